//! A text as the words that are compared when passages are traced.
//!
//! A word is a run of letters and digits, in lower case; apostrophes inside it belong to it and are all the same, so does a first letter in brackets (`[T]he`); hyphens and all other marks separate. So what differs only in marks, dashes,
//! case or white space is equal here. Words are kept as 32-bit hashes with their places; equal words have equal hashes, and whoever calls two passages equal compares
//! their letters too ([`same`]).

use crate::text::TextRange;

/// The words of one text in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    ids: Vec<u32>,
    ranges: Vec<TextRange>,
}

impl Words {
    /// The words of `text`.
    pub fn of(text: &str) -> Self {
        Self::within(text, TextRange::of(0, text.len()))
    }

    /// The words of a stretch of `text`.
    pub fn within(text: &str, range: TextRange) -> Self {
        let bytes = range.of_text(text).as_bytes();
        let mut words = Self {
            ids: Vec::with_capacity(bytes.len() / 6),
            ranges: Vec::with_capacity(bytes.len() / 6),
        };
        let part = range.of_text(text);
        let mut at = 0;
        while let Some((end, id, start)) = next_word(part, at) {
            words.ids.push(id);
            words
                .ranges
                .push(TextRange::of(start, end).shifted(range.start));
            at = end;
        }
        words
    }

    /// The words of several stretches of a text, one after the other, as if nothing stood between them.
    pub fn of_parts(text: &str, parts: &[TextRange]) -> Self {
        let mut words = Self::default();
        for part in parts {
            let more = Self::within(text, *part);
            words.ids.extend(more.ids);
            words.ranges.extend(more.ranges);
        }
        words
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Their hashes.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Where the word `index` stands.
    pub fn range(&self, index: usize) -> Option<TextRange> {
        self.ranges.get(index).copied()
    }

    /// From the first byte of the word `from` to the last of the word before `to`.
    pub fn span(&self, from: usize, to: usize) -> Option<TextRange> {
        let last = to.checked_sub(1).filter(|last| *last >= from)?;
        Some(self.range(from)?.union(self.range(last)?))
    }

    /// The first word that ends after the byte at `at`.
    pub fn at(&self, at: u32) -> usize {
        self.ranges.partition_point(|range| range.end <= at)
    }

    /// Bytes of memory taken, about.
    pub fn n_bytes(&self) -> usize {
        self.ids.len() * 12
    }
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mix(hash: u64, unit: u64) -> u64 {
    (hash.rotate_left(5) ^ unit).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Letters and digits of ASCII in lower case, all other bytes 0.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            lower[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
};

/// The letter of `[W]e`: an editor set the case of a word whose first letter stands in brackets.
fn bracketed(bytes: &[u8], at: usize) -> Option<u8> {
    let [b'[', letter, b']', next] = bytes.get(at..at + 4)? else {
        return None;
    };
    let is_word = letter.is_ascii_alphabetic() && next.is_ascii_lowercase();
    is_word.then(|| letter.to_ascii_lowercase())
}

/// The end, hash and start of the first word at or behind byte `from`.
fn next_word(text: &str, from: usize) -> Option<(usize, u32, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut start = None;
    let mut hash = SEED;
    loop {
        let from = at;
        let mut byte = b' ';
        for next in bytes.get(at..).unwrap_or_default() {
            byte = *next;
            let Some(lower) = LOWER.get(byte as usize).filter(|lower| **lower != 0) else {
                break;
            };
            hash = mix(hash, u64::from(*lower));
            at += 1;
        }
        if at > from {
            start = start.or(Some(from));
        }
        if at >= bytes.len() || byte.is_ascii() {
            let Some(start) = start else {
                if at >= bytes.len() {
                    return None;
                }
                if let Some(lower) = bracketed(bytes, at) {
                    hash = mix(hash, u64::from(lower));
                    start = Some(at);
                    at += 3;
                } else {
                    at += 1;
                }
                continue;
            };
            if byte == b'\''
                && bytes
                    .get(at + 1)
                    .is_some_and(|next| next.is_ascii_alphabetic() || !next.is_ascii())
            {
                hash = mix(hash, u64::from(b'\''));
                at += 1;
                continue;
            }
            return Some((at, finish(hash), start));
        }
        let letter = text.get(at..)?.chars().next()?;
        let past = at + letter.len_utf8();
        if letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter) {
            start = start.or(Some(at));
            for lower in letter.to_lowercase() {
                hash = mix(hash, u64::from(u32::from(lower)));
            }
        } else if let Some(start) = start {
            let joins = letter == '’' && text.get(past..)?.starts_with(char::is_alphabetic);
            // A soft hyphen and joiners are no part of a word, and do not end one.
            if joins {
                hash = mix(hash, u64::from(b'\''));
            } else if !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}') {
                return Some((at, finish(hash), start));
            }
        }
        at = past;
    }
}

const fn finish(hash: u64) -> u32 {
    (hash.wrapping_mul(SEED) >> 32) as u32
}

/// Whether two words are equal letter by letter, as [`Words`] takes them.
pub fn same(a: &str, b: &str) -> bool {
    fn letters(word: &str) -> impl Iterator<Item = char> + '_ {
        word.chars()
            .filter(|letter| !matches!(letter, '[' | ']' | '\u{ad}' | '\u{200b}'..='\u{200d}'))
            .map(|letter| if letter == '’' { '\'' } else { letter })
            .flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b))
}

/// Words that carry little by themselves: articles, prepositions, auxiliaries, pronouns.
pub(super) const WEAK: &str = "a an the and or but of to in on at by for from with as that this these those it its is are was were be been being has have had \
     he she they we his her their our which who also into than then there s";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::of(text);
        let found: Vec<&str> = (0..words.len())
            .map(|index| words.range(index).unwrap().of_text(text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_separate_words_but_apostrophes_join() {
        check(
            "The DPRK’s “all-out” plan – of 2,735 items, 'tis.",
            &[
                "The", "DPRK’s", "all", "out", "plan", "of", "2", "735", "items", "tis",
            ],
        );
        check(
            "Österreich’s Straße, l'été",
            &["Österreich’s", "Straße", "l'été"],
        );
    }

    #[test]
    fn a_first_letter_in_brackets_belongs_to_its_word() {
        check(
            "[W]e and [t]he [a] say[s]",
            &["[W]e", "and", "[t]he", "a", "say", "s"],
        );
        assert_eq!(Words::of("[W]e").ids(), Words::of("we").ids());
        assert!(same("[W]e", "we"));
    }

    #[test]
    fn case_and_apostrophes_make_no_difference() {
        assert_eq!(
            Words::of("DON’T stop").ids(),
            Words::of("don't Stop!").ids()
        );
        assert_ne!(Words::of("now").ids(), Words::of("won").ids());
        assert!(same("Russia’s", "russia's") && !same("arms", "arm"));
    }

    proptest! {
        #[test]
        fn words_lie_in_order_and_equal_words_have_equal_hashes(text in "[a-cA-C'’ .é中\u{301}-]{0,80}") {
            let words = Words::of(&text);
            let mut at = 0;
            for index in 0..words.len() {
                let range = words.range(index).unwrap();
                prop_assert!(range.start >= at && !range.of_text(&text).is_empty());
                at = range.end;
                for other in 0..index {
                    let other_word = words.range(other).unwrap().of_text(&text);
                    prop_assert_eq!(same(range.of_text(&text), other_word), words.ids()[index] == words.ids()[other]);
                }
            }
        }
    }
}
