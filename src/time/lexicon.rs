//! The words of time: a hashed table from a word to its classes and their values.
//!
//! In: `assets/time/en.words`, read once. Out: [`Lexicon::find`], which takes a word in any case. Another language is another file; the
//! classes stay. Absent: inflection (every form stands in the table) and anything about grammar (`rules.rs`).

use std::sync::LazyLock;

/// A set of word classes, one bit each.
pub(super) type Classes = u64;

macro_rules! classes {
    ($($name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        enum Bit { $($name),* }
        $(pub(super) const $name: Classes = 1 << Bit::$name as u32;)*
        /// Every class under the name the tables use.
        pub(super) const NAMES: &[(&str, Classes)] = &[$((stringify!($name), $name)),*];
    };
}

classes! {
    MONTH WEEKDAY WEEKDAYS UNSURE ABBREVIATED UNIT UNITS SHORT SEASON SEASONS PART PARTS NAMED_HOUR TODAY TONIGHT DIR SPAN
    FOLLOW LATER AGO HENCE MOD EDGE PORTION NUMBER SCALE VAGUE ARTICLE HALF COUPLE COUNT ORD TENS DECADE ERA AMPM ZONE SCOPE
    QNAME HNAME FYNAME EVERY FREQUENCY TIMES PER PRESENT PAST HOLIDAY TRAP_PREFIX LABEL MEASURE WILL MOVED PASTV NOWV
    NUM DAY YEAR YEAR2
}

// The classes above fill most of 64 bits; what follows is kept in a second word of bits so that neither runs out.
macro_rules! marks {
    ($($name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        enum Mark { $($name),* }
        $(pub(super) const $name: Marks = 1 << Mark::$name as u32;)*
        /// Every mark under the name the tables use.
        pub(super) const MARK_NAMES: &[(&str, Marks)] = &[$((stringify!($name), $name)),*];
    };
}

/// A second set of word classes: those that only give context, and those of numbers.
pub(super) type Marks = u32;

marks! {
    PREP STRONG JOIN DASH PUNCT POSS WORD NOTPAST CLOCK CLOCK4 HOUR FULLDATE EITHER YEARMONTH YEAR3 DECADENUM DECIMAL FRACTION LOWER CAPITAL UPPER GLUED PLURAL ING
}

/// A word of the table.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// As written in the table, lower case.
    pub(super) text: Box<str>,
    pub(super) classes: Classes,
    pub(super) marks: Marks,
    values: Vec<(Classes, i32)>,
}

impl Entry {
    /// The word's value as a member of `class`.
    pub(super) fn value(&self, class: Classes) -> Option<i32> {
        self.values
            .iter()
            .find(|(of, _)| of & class != 0)
            .map(|(_, value)| *value)
    }
}

/// The table, hashed.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The first entry stands for every word that is not in the table.
    entries: Vec<Entry>,
    /// Open addressing; 0 is empty.
    slots: Vec<u16>,
    unknown: Entry,
}

/// Longer words are not looked up.
const LONGEST: usize = 16;

/// The English table.
pub(super) static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../assets/time/en.words")));

impl Lexicon {
    fn parse(table: &str) -> Self {
        let mut lexicon = Self {
            entries: vec![Entry::default()],
            slots: vec![0; 4096],
            unknown: Entry::default(),
        };
        for line in table.lines().map(str::trim) {
            let Some((class, words)) = line.split_once(' ').filter(|_| !line.starts_with('#'))
            else {
                continue;
            };
            let bit = |name: &str| NAMES.iter().find(|(known, _)| *known == name);
            let mark = |name: &str| MARK_NAMES.iter().find(|(known, _)| *known == name);
            let classes = bit(class).map_or(0, |(_, bit)| *bit);
            let marks = mark(class).map_or(0, |(_, mark)| *mark);
            for word in words.split_whitespace() {
                let (word, value) = match word.split_once('=') {
                    Some((word, value)) => (word, value.parse().ok()),
                    None => (word, None),
                };
                let id = lexicon.intern(word);
                if let Some(entry) = lexicon.entries.get_mut(usize::from(id)) {
                    entry.classes |= classes;
                    entry.marks |= marks;
                    entry.values.extend(value.map(|value| (classes, value)));
                }
            }
        }
        lexicon
    }

    fn intern(&mut self, word: &str) -> u16 {
        let (slot, id) = self.probe(word.as_bytes());
        if id != 0 {
            return id;
        }
        let id = self.entries.len() as u16;
        self.entries.push(Entry {
            text: word.into(),
            ..Entry::default()
        });
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = id;
        }
        id
    }

    /// The slot where the word is or would be, and its id (0: not in the table).
    fn probe(&self, word: &[u8]) -> (usize, u16) {
        let mask = self.slots.len() - 1;
        let mut slot = hash(word) as usize & mask;
        loop {
            let id = self.slots.get(slot).copied().unwrap_or(0);
            let known = self.entries.get(usize::from(id));
            if id == 0 || known.is_some_and(|entry| same(entry.text.as_bytes(), word)) {
                return (slot, id);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The id of a word in any case; 0 if it is not in the table.
    pub(super) fn find(&self, word: &str) -> u16 {
        if word.len() > LONGEST {
            return 0;
        }
        self.probe(word.as_bytes()).1
    }

    /// The entry behind an id.
    pub(super) fn entry(&self, id: u16) -> &Entry {
        // Ids come from this table, so the first entry is never really needed here.
        self.entries.get(usize::from(id)).unwrap_or(&self.unknown)
    }

    /// How many ids there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// FNV-1a over the lower-cased ASCII letters.
fn hash(word: &[u8]) -> u32 {
    word.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    })
}

fn same(entry: &[u8], word: &[u8]) -> bool {
    entry.eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_with_a_value_for_each_class() {
        let march = ENGLISH.entry(ENGLISH.find("MARCH"));
        assert_eq!(march.value(MONTH), Some(3));
        assert_ne!(march.classes & UNSURE, 0);
        let second = ENGLISH.entry(ENGLISH.find("Second"));
        assert_eq!((second.value(UNIT), second.value(ORD)), (Some(0), Some(2)));
        assert_eq!(ENGLISH.find("marching"), 0);
    }

    #[test]
    fn every_line_of_the_table_names_a_known_class() {
        for line in include_str!("../../assets/time/en.words").lines() {
            let class = line.split(' ').next().unwrap_or_default();
            let known = NAMES.iter().any(|(name, _)| *name == class)
                || MARK_NAMES.iter().any(|(name, _)| *name == class);
            assert!(known || line.starts_with('#') || line.is_empty(), "{line}");
        }
    }
}
