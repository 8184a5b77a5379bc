//! A text as words: where they stand, a number for each that is the same where they read the same, and where each number stands.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold_str;
use crate::text::TextRange;

/// Numbers for words; those that differ in their typography alone have the same.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    numbers: HashMap<Cow<'a, str>, u32>,
    /// By number: whether the word has letters or digits.
    has_letters: Vec<bool>,
}

/// The words and marks of a stretch of text, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// In bytes of the whole text.
    pub(super) ranges: Vec<TextRange>,
    /// The number of each.
    pub(super) ids: Vec<u32>,
}

impl<'a> Names<'a> {
    /// How many different words there are.
    pub(super) const fn len(&self) -> usize {
        self.has_letters.len()
    }

    /// By number: whether the word has letters or digits.
    pub(super) fn has_letters(&self, id: u32) -> bool {
        self.has_letters.get(id as usize).copied().unwrap_or(false)
    }

    /// The same of all, by number.
    pub(super) fn into_letters(self) -> Vec<bool> {
        self.has_letters
    }

    fn number(&mut self, word: &'a str) -> u32 {
        let plain = if word.is_ascii() {
            Cow::Borrowed(word)
        } else {
            Cow::Owned(fold_str(word))
        };
        let next = self.has_letters.len() as u32;
        let number = *self.numbers.entry(plain).or_insert(next);
        if number == next {
            self.has_letters.push(word.contains(char::is_alphanumeric));
        }
        number
    }

    /// The words between two places of `text`.
    pub(super) fn words(&mut self, text: &'a str, from: usize, to: usize) -> Words {
        let mut words = Words::default();
        let stretch = text.get(from..to).unwrap_or_default();
        // No word reaches over an ASCII blank.
        for piece in stretch.split_ascii_whitespace() {
            let at = from + (piece.as_ptr() as usize - stretch.as_ptr() as usize);
            if piece.is_ascii() {
                self.ascii(piece, at, &mut words);
                continue;
            }
            for (inside, word) in piece.split_word_bound_indices() {
                if !word.trim().is_empty() {
                    self.push(word, at + inside, &mut words);
                }
            }
        }
        words
    }

    fn push(&mut self, word: &'a str, at: usize, words: &mut Words) {
        words.ranges.push(TextRange::of(at, at + word.len()));
        words.ids.push(self.number(word));
    }

    /// The words of a piece without blanks, by the rules of Unicode's annex 29 for these characters: letters and digits stand together, a stop or an apostrophe between two
    /// letters, or a stop, a comma or an apostrophe between two digits, parts no word.
    fn ascii(&mut self, piece: &'a str, at: usize, words: &mut Words) {
        let bytes = piece.as_bytes();
        let of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut start = 0;
        while let Some(first) = bytes.get(start) {
            let mut end = start + 1;
            while of_word(*first) {
                match (bytes.get(end - 1), bytes.get(end), bytes.get(end + 1)) {
                    (_, Some(byte), _) if of_word(*byte) => end += 1,
                    (Some(before), Some(mark), Some(after)) if joins(*before, *mark, *after) => {
                        end += 2;
                    }
                    _ => break,
                }
            }
            if let Some(word) = piece.get(start..end) {
                self.push(word, at + start, words);
            }
            start = end;
        }
    }
}

const fn joins(before: u8, mark: u8, after: u8) -> bool {
    let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match mark {
        b'.' | b'\'' => letters || digits,
        b':' => letters,
        b',' | b';' => digits,
        _ => false,
    }
}

impl Words {
    /// Which words a range of the text touches.
    pub(super) fn touched(&self, range: TextRange) -> std::ops::Range<usize> {
        let first = self.ranges.partition_point(|word| word.end <= range.start);
        let end = self.ranges.partition_point(|word| word.start < range.end);
        first..end.max(first)
    }
}

/// Where each number stands among the words of a text.
#[derive(Debug)]
pub(super) struct Postings {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Postings {
    /// `n_names` is one more than the highest number.
    pub(super) fn new(ids: &[u32], n_names: usize) -> Self {
        let mut starts = vec![0_u32; n_names + 1];
        for id in ids {
            if let Some(n) = starts.get_mut(*id as usize + 1) {
                *n += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0_u32; ids.len()];
        for (at, id) in ids.iter().enumerate() {
            if let Some(slot) = next.get_mut(*id as usize) {
                if let Some(place) = places.get_mut(*slot as usize) {
                    *place = at as u32;
                }
                *slot += 1;
            }
        }
        Self { starts, places }
    }

    /// The places of a number, in order.
    pub(super) fn of(&self, id: u32) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let (from, to) = (bound(id as usize), bound(id as usize + 1));
        self.places.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_those_of_the_annex() {
        let check = |text: &str, expected: &str| {
            let words = Names::default().words(text, 0, text.len());
            let found: Vec<&str> = words.ranges.iter().map(|r| r.of_text(text)).collect();
            assert_eq!(found.join("|"), expected);
        };
        check("Russia's 1,000.5 tons.", "Russia's|1,000.5|tons|.");
        check("a_b e.g. 'so' x.y:z", "a_b|e.g|.|'|so|'|x.y:z");
        check("“Été”, 核実", "“|Été|”|,|核|実");
        check("", "");
    }

    #[test]
    fn a_number_leads_to_all_its_places() {
        let text = "the cat and “the” dog";
        let mut names = Names::default();
        let words = names.words(text, 0, text.len());
        let postings = Postings::new(&words.ids, names.len());
        assert_eq!(postings.of(words.ids[0]), [0, 4]);
        assert_eq!(postings.of(words.ids[6]), [6]);
        assert_eq!(postings.of(99), [0_u32; 0]);
    }

    proptest! {
        #[test]
        fn ascii_is_split_as_any_other_text(text in "[a-c0-2.,:;'_ \n-]{0,40}") {
            let words = Names::default().words(&text, 0, text.len());
            let found: Vec<&str> = words.ranges.iter().map(|r| r.of_text(&text)).collect();
            let expected: Vec<&str> = text.split_word_bounds().filter(|word| !word.trim().is_empty()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
