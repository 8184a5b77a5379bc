//! Where places of a text are in the text that replaces it.
//!
//! Only what begins and what ends alike is told apart from what lies between; annotations are found again by their words, not by this.

use crate::text::TextRange;

/// One stretch of a text replaced by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Replaced {
    /// The stretch in the old text.
    old: TextRange,
    /// Its end in the new one; both begin at the same byte.
    new_end: u32,
    new_len: u32,
}

impl Replaced {
    /// What is not alike in two texts.
    pub(super) fn of(old: &str, new: &str) -> Self {
        let floor = |mut at: usize| {
            while !(old.is_char_boundary(at) && new.is_char_boundary(at)) {
                at -= 1;
            }
            at
        };
        let alike = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b);
        let start = floor(alike.count());
        let (rest, new_rest) = (
            old.get(start..).unwrap_or_default(),
            new.get(start..).unwrap_or_default(),
        );
        let alike = rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(|(a, b)| a == b);
        let end: usize = alike.map(|(c, _)| c.len_utf8()).sum();
        Self {
            old: TextRange::of(start, old.len() - end),
            new_end: (new.len() - end) as u32,
            new_len: new.len() as u32,
        }
    }

    /// Whether the new text is the old one, perhaps with more at its end.
    pub(super) const fn goes_on(self) -> bool {
        self.old.is_empty() && (self.new_end == self.new_len || self.old.start == self.new_end)
    }

    /// Whether the byte at `at` lies before the change.
    pub(super) const fn is_before(self, at: u32) -> bool {
        at < self.old.start || (self.old.is_empty() && self.old.start == self.new_end)
    }

    /// Where the byte at `at` is now; inside the change it is the start of it.
    pub(super) fn now(self, at: u32) -> u32 {
        if self.is_before(at) {
            at
        } else if at >= self.old.end {
            at - self.old.end + self.new_end
        } else {
            self.old.start
        }
    }

    /// Where a stretch is now, unless the change touches it.
    pub(super) fn range(self, range: TextRange) -> Option<TextRange> {
        let untouched = range.end <= self.old.start || range.start >= self.old.end;
        let shift = |at: u32| at - self.old.end + self.new_end;
        if range.end <= self.old.start {
            Some(range)
        } else {
            untouched.then(|| TextRange::new(shift(range.start), shift(range.end)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(old: &str, new: &str, word: &str) -> String {
        let at = old.find(word).unwrap();
        let now = Replaced::of(old, new).now(at as u32);
        new.get(now as usize..).unwrap().to_owned()
    }

    #[test]
    fn words_before_and_after_the_change_are_found_again() {
        assert_eq!(now("one two three", "one 2 three", "one"), "one 2 three");
        assert_eq!(now("one two three", "one 2 three", "three"), "three");
        assert_eq!(now("one two three", "one 2 three", "wo"), "2 three");
        assert_eq!(now("one é", "one è", "é"), "è");
    }

    #[test]
    fn a_text_that_goes_on_is_no_change() {
        assert!(Replaced::of("one", "one two").goes_on());
        assert!(Replaced::of("one", "one").goes_on());
        assert!(!Replaced::of("one two", "one").goes_on());
        assert!(!Replaced::of("two", "one two").goes_on());
    }
}
