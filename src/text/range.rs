use serde::{Deserialize, Serialize};

/// A stretch of text: UTF-8 byte offsets, half-open, `start <= end`, both on character boundaries of the text it points into.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range from `start` to `end`; the two are swapped if they come in the wrong order.
    pub const fn new(start: u32, end: u32) -> Self {
        if start <= end {
            Self { start, end }
        } else {
            Self {
                start: end,
                end: start,
            }
        }
    }

    /// The range from `start` to `end` as `usize` offsets; an offset past 4 GiB is cut there.
    pub fn of(start: usize, end: usize) -> Self {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self::new(cut(start), cut(end))
    }

    /// The empty range at `at`.
    pub const fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `at` lies in it.
    pub const fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether all of `other` lies in it.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both cover, if they share a byte.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The smallest range that covers both.
    pub fn union(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same length, `by` bytes later.
    pub const fn shifted(self, by: u32) -> Self {
        Self {
            start: self.start.saturating_add(by),
            end: self.end.saturating_add(by),
        }
    }

    /// As the standard library's range, for `str::get`.
    pub const fn bytes(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text it points at; the empty string if it does not fit `text`.
    pub fn of_text(self, text: &str) -> &str {
        text.get(self.bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intersection_and_union_of_overlapping_ranges() {
        let (a, b) = (TextRange::new(2, 6), TextRange::new(4, 9));
        assert_eq!(a.intersection(b), Some(TextRange::new(4, 6)));
        assert_eq!(a.union(b), TextRange::new(2, 9));
        assert_eq!(a.intersection(TextRange::new(6, 7)), None);
    }

    #[test]
    fn a_range_that_does_not_fit_gives_no_text() {
        assert_eq!(TextRange::new(1, 2).of_text("é"), "");
        assert_eq!(TextRange::new(0, 9).of_text("abc"), "");
    }
}
