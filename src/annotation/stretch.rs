//! Stretches of a text as they read without typography, each folded once for all passages that are looked for in it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::fold::folded;
use crate::text::TextRange;

/// Folded text takes some twenty times its bytes; past this the rest is folded anew whenever it is asked for.
const KEPT_MOST_BYTES: usize = 4 << 20;

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

/// The stretches of one text that were folded so far.
#[derive(Debug, Default)]
pub(super) struct Stretches(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    folded: HashMap<TextRange, Arc<Stretch>>,
    n_bytes: usize,
}

impl Stretches {
    /// The stretch `range` of `text`, which must be the same text each time.
    pub(super) fn get(&self, text: &str, range: TextRange) -> Arc<Stretch> {
        // A panic elsewhere leaves what is folded as it was.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.folded.get(&range) {
            return known.clone();
        }
        let stretch = Arc::new(Stretch::new(text, range));
        let n_bytes = range.len() as usize;
        if kept.n_bytes + n_bytes <= KEPT_MOST_BYTES {
            kept.n_bytes += n_bytes;
            kept.folded.insert(range, stretch.clone());
        }
        stretch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_in_a_stretch_leads_back_to_the_text() {
        let text = "First. He said  “naïve” twice.";
        let range = TextRange::of(7, text.len());
        let stretches = Stretches::default();
        let stretch = stretches.get(text, range);
        let at = stretch.plain.find("\"naïve\"").unwrap();
        let found = stretch.source_of_bytes(at, at + "\"naïve\"".len()).unwrap();
        assert_eq!(found.of_text(text), "“naïve”");
        let first = stretch.source(0, 2).unwrap();
        assert_eq!(first.of_text(text), "He");
        assert!(
            Arc::ptr_eq(&stretch, &stretches.get(text, range)),
            "folded once"
        );
    }
}
