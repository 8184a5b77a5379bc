//! What was changed in a passage, word by word, to be shown as a redline.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::diff;

/// A stretch of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// It stands in both: as the old words have it, and as the new ones do. Blanks after it may differ.
    Same(String, String),
    /// It stood in the old words only.
    Gone(String),
    /// It stands in the new words only.
    New(String),
}

/// Words and blanks of each side that are shown.
const MOST_PIECES: usize = 4000;

/// The two passages as one: in the order of the new words, what is gone before what came for it. Blanks become one space.
///
/// ```
/// use postil::annotation::{Wording, wording};
///
/// let Ok([Wording::Same(..), Wording::Gone(gone), Wording::New(new), Wording::Same(..)]) =
///     <[_; 4]>::try_from(wording("He denied the report.", "He confirmed the report."))
/// else {
///     panic!("four stretches")
/// };
/// assert_eq!((gone.trim(), new.trim()), ("denied", "confirmed"));
/// ```
pub fn wording(old: &str, new: &str) -> Vec<Wording> {
    let (old, new) = (words(old), words(new));
    let mut names: HashMap<&str, u32> = HashMap::new();
    let mut numbers: Vec<u32> = Vec::with_capacity(old.len() + new.len());
    for word in old.iter().chain(&new) {
        let next = names.len() as u32;
        numbers.push(*names.entry(word.trim_end()).or_insert(next));
    }
    let (old_ids, new_ids) = numbers.split_at(old.len());
    let became = diff::matches(old_ids, new_ids);
    let mut line = Line::default();
    let (mut i, mut j) = (0, 0);
    for (at, to) in became
        .iter()
        .enumerate()
        .filter_map(|(at, to)| Some((at, (*to)? as usize)))
        .chain([(old.len(), new.len())])
    {
        line.push(Wording::Gone, old.get(i..at).unwrap_or_default());
        line.push(Wording::New, new.get(j..to).unwrap_or_default());
        if let (Some(old), Some(new)) = (old.get(at), new.get(to)) {
            line.same(old, new);
        }
        (i, j) = (at + 1, to + 1);
    }
    line.0
}

#[derive(Default)]
struct Line(Vec<Wording>);

impl Line {
    fn same(&mut self, old: &str, new: &str) {
        if let Some(Wording::Same(was, is)) = self.0.last_mut() {
            was.push_str(old);
            is.push_str(new);
        } else {
            self.0.push(Wording::Same(old.to_owned(), new.to_owned()));
        }
    }

    fn push(&mut self, kind: fn(String) -> Wording, words: &[String]) {
        if words.is_empty() {
            return;
        }
        let words = words.concat();
        match (self.0.last_mut(), kind(words)) {
            (Some(Wording::Gone(before)), Wording::Gone(more))
            | (Some(Wording::New(before)), Wording::New(more)) => before.push_str(&more),
            (_, other) => self.0.push(other),
        }
    }
}

/// Words and marks, each with a space where a blank follows it.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in text.split_word_bounds().take(MOST_PIECES) {
        if piece.trim().is_empty() {
            if let Some(last) = words.last_mut().filter(|last| !last.ends_with(' ')) {
                last.push(' ');
            }
        } else {
            words.push(piece.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is gone in brackets, what is new in braces.
    fn check(old: &str, new: &str, expected: &str) {
        let shown: String = wording(old, new)
            .into_iter()
            .map(|part| match part {
                Wording::Same(_, words) => words,
                Wording::Gone(words) => format!("[{words}]"),
                Wording::New(words) => format!("{{{words}}}"),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn changed_words_stand_beside_each_other() {
        check("a b c", "a x c", "a [b ]{x }c");
        check("one two", "one two three", "one two {three}");
        check("He left.", "He left\n early.", "He left {early}.");
        check("gone", "", "[gone]");
        check("", "new", "{new}");
        check("same  words", "same words", "same words");
    }
}
