//! Stretches of a text as they read without typography, and as they are never cut inside a grapheme.

use unicode_segmentation::UnicodeSegmentation;

use super::fold::folded;
use crate::text::TextRange;

/// A stretch of a text without its typography.
#[derive(Debug)]
pub(super) struct Stretch {
    /// What is left of it.
    pub(super) plain: String,
    /// The same by characters.
    pub(super) chars: Vec<char>,
    /// Where in `plain` each character starts.
    starts: Vec<u32>,
    /// Which bytes of the whole text each character comes from.
    from: Vec<TextRange>,
}

impl Stretch {
    /// Folds the stretch `range` of `text`.
    pub(super) fn new(text: &str, range: TextRange) -> Self {
        let part = range.of_text(text);
        let mut stretch = Self {
            plain: String::with_capacity(part.len()),
            chars: Vec::with_capacity(part.len()),
            starts: Vec::with_capacity(part.len()),
            from: Vec::with_capacity(part.len()),
        };
        for letter in folded(part) {
            stretch.starts.push(stretch.plain.len() as u32);
            stretch.plain.push(letter.c);
            stretch.chars.push(letter.c);
            stretch.from.push(letter.from.shifted(range.start));
        }
        stretch
    }

    /// The bytes of the whole text that the characters from `start` to before `end` come from.
    pub(super) fn source(&self, start: usize, end: usize) -> Option<TextRange> {
        let last = self.from.get(end.checked_sub(1)?)?;
        Some(self.from.get(start)?.union(*last))
    }

    /// The same for bytes of `plain`.
    pub(super) fn source_of_bytes(&self, start: usize, end: usize) -> Option<TextRange> {
        let index = |at: usize| {
            let next = self.starts.partition_point(|start| *start as usize <= at);
            next.checked_sub(1)
        };
        self.source(index(start)?, index(end.checked_sub(1)?)? + 1)
    }
}

/// A grapheme longer than this is no letter but an attack; it is cut.
const GRAPHEME_MOST_BYTES: usize = 256;

/// `range`, widened where it begins or ends inside a grapheme.
pub(super) fn whole_graphemes(text: &str, range: TextRange) -> TextRange {
    if range.is_empty() {
        return range;
    }
    let (start, _) = around(text, range.start as usize);
    let (_, end) = around(text, range.end as usize);
    TextRange::of(start, end)
}

/// The boundaries of graphemes nearest to `at`: at or before it, and at or after it.
fn around(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let beside = [at.checked_sub(1), Some(at)].into_iter().flatten();
    let mut beside = beside.filter_map(|at| bytes.get(at));
    if beside.all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
        return (at, at);
    }
    let (mut from, mut to) = (
        at.saturating_sub(GRAPHEME_MOST_BYTES),
        (at + GRAPHEME_MOST_BYTES).min(text.len()),
    );
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let window = text.get(from..to).unwrap_or_default();
    let ends = window.grapheme_indices(true).map(|(start, _)| from + start);
    let (mut before, mut after) = (from, to);
    for end in ends {
        if end <= at {
            before = end;
        } else {
            after = after.min(end);
        }
    }
    if to == at || before == at {
        (at, at)
    } else {
        (before, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_widened_to_whole_graphemes() {
        let check = |text: &str, from: usize, to: usize, expected: &str| {
            let range = whole_graphemes(text, TextRange::of(from, to));
            assert_eq!(range.of_text(text), expected);
        };
        check("a cafe\u{301} b", 2, 6, "cafe\u{301}");
        check("e\u{301}tat", 1, 4, "e\u{301}t");
        check("a 👩‍🚀 b", 2, 6, "👩‍🚀");
        check("one two", 4, 7, "two");
        check("deux\r\ntrois", 5, 6, "\r\n");
    }

    #[test]
    fn what_is_found_in_a_stretch_leads_back_to_the_text() {
        let text = "First. He said  “naïve” twice.";
        let range = TextRange::of(7, text.len());
        let stretch = Stretch::new(text, range);
        let at = stretch.plain.find("\"naïve\"").unwrap();
        let found = stretch.source_of_bytes(at, at + "\"naïve\"".len()).unwrap();
        assert_eq!(found.of_text(text), "“naïve”");
        let first = stretch.source(0, 2).unwrap();
        assert_eq!(first.of_text(text), "He");
    }
}
