//! Stretches of a text as they read without typography.

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

#[cfg(test)]
mod tests {
    use super::*;

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
