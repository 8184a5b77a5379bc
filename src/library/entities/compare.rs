//! Whether two full names are one person's. Each rule names its reason; what no rule is sure of is no link.
//!
//! Names in other orders, with hyphens and accents or without, with middle names or initials, and in other transliterations are one person's. A surname
//! alone, or one other letter in a name of two words, is not enough: those are offered.

use super::linked::Why;
use super::spelling::{self, one_vowel_apart, skeleton};

/// A person's name, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Folded words in the order they are written.
    pub(super) words: Vec<String>,
    /// The same with the freedoms of transliteration taken out.
    pub(super) bones: Vec<String>,
}

/// Surnames that stand before given names of one syllable each: in such names no part can be left out.
const SYLLABIC: &[&str] = &[
    "ahn", "an", "bae", "bai", "baek", "bui", "cai", "cha", "chang", "chen", "cheng", "cho",
    "choe", "choi", "chon", "chong", "chu", "chung", "dang", "deng", "ding", "do", "dong", "du",
    "duong", "fan", "fang", "feng", "gao", "gu", "guo", "ha", "han", "he", "ho", "hoang", "hong",
    "hu", "huang", "hwang", "hyon", "im", "jang", "jeon", "jeong", "jia", "jiang", "jin", "jo",
    "ju", "jun", "jung", "kang", "kim", "ko", "kong", "ku", "kwon", "lam", "le", "lee", "lei",
    "li", "liang", "lim", "lin", "liu", "lu", "luo", "ma", "min", "mun", "nam", "ngo", "nguyen",
    "no", "noh", "o", "oh", "pak", "pan", "park", "peng", "pham", "phan", "qian", "qin", "ri",
    "rim", "ryu", "seo", "shen", "shi", "shin", "sim", "sin", "so", "son", "song", "su", "suh",
    "sun", "tan", "tang", "tian", "to", "tran", "u", "vo", "vu", "wang", "wei", "won", "wu", "xi",
    "xia", "xiao", "xie", "xu", "yan", "yang", "yao", "ye", "yi", "yim", "yin", "yo", "yoo",
    "yoon", "yu", "yuan", "yun", "zeng", "zhang", "zhao", "zheng", "zhong", "zhou", "zhu", "zou",
];

impl Name {
    /// A name as written.
    pub(super) fn of(text: &str) -> Self {
        let words = spelling::words(text);
        let bones = words.iter().map(|word| skeleton(word)).collect();
        Self { words, bones }
    }

    /// Whether it has a given name and a surname.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1 && self.words.iter().any(|word| word.chars().count() > 1)
    }

    /// All letters in the order they are written: hyphens and blanks make no difference.
    pub(super) fn run(&self) -> String {
        self.bones.concat()
    }

    /// The words in a fixed order.
    pub(super) fn any_order(&self) -> String {
        let mut words: Vec<&str> = self.bones.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// First and last word, under which forms with and without middle names meet; none where no part can be left out.
    pub(super) fn ends(&self) -> Option<String> {
        let (first, last) = (self.bones.first()?, self.bones.last()?);
        (self.words.len() > 1 && first.len() > 1 && last.len() > 1)
            .then(|| format!("{first} {last}"))
    }

    /// Whether first and last word have the same letters.
    pub(super) fn has_ends_of(&self, other: &Self) -> bool {
        self.words.first() == other.words.first() && self.words.last() == other.words.last()
    }

    /// What stands between the first and the last word.
    pub(super) fn middle(&self) -> &[String] {
        self.bones
            .get(1..self.bones.len().saturating_sub(1))
            .unwrap_or_default()
    }

    /// Whether a part in the middle may be left out by some writers.
    pub(super) fn has_syllables(&self) -> bool {
        let ends = [self.words.first(), self.words.last()];
        ends.into_iter()
            .flatten()
            .any(|word| SYLLABIC.contains(&word.as_str()))
    }

    /// The words that may be its surname: the last, and in an East Asian name the first.
    pub(super) fn surnames(&self) -> impl Iterator<Item = &str> {
        let first = self.bones.first().filter(|_| self.has_syllables());
        let last = self.bones.last().filter(|last| Some(*last) != first);
        last.into_iter().chain(first).map(String::as_str)
    }

    /// "J. Biden" as `j biden`: a first name of one letter, and the surname.
    pub(super) fn initial(&self) -> Option<String> {
        let (first, last) = (self.bones.first()?, self.bones.last()?);
        (self.bones.len() > 1 && first.chars().count() == 1 && last.len() > 2)
            .then(|| format!("{first} {last}"))
    }

    /// What [`Self::initial`] of a shorter form of this name would be.
    pub(super) fn as_initial(&self) -> Option<String> {
        let (first, last) = (self.bones.first()?, self.bones.last()?);
        let letter = first.chars().next()?;
        (self.bones.len() > 1 && first.chars().count() > 1 && last.len() > 2)
            .then(|| format!("{letter} {last}"))
    }

    /// Under these keys names meet that differ in one vowel: the words with that vowel left open.
    pub(super) fn vowels_open(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for (index, word) in self.words.iter().enumerate() {
            let n = word.chars().count();
            if n < 4 {
                continue;
            }
            for (at, _) in word
                .chars()
                .enumerate()
                .filter(|(at, c)| at + 1 < n && spelling::is_vowel(*c))
            {
                let open: String = word
                    .chars()
                    .enumerate()
                    .map(|(here, c)| if here == at { '·' } else { c })
                    .collect();
                let words: Vec<&str> = self
                    .words
                    .iter()
                    .enumerate()
                    .map(|(here, word)| {
                        if here == index {
                            open.as_str()
                        } else {
                            word.as_str()
                        }
                    })
                    .collect();
                keys.push(words.join(" "));
            }
        }
        keys
    }

    /// Whether the two differ in one vowel of one word.
    pub(super) fn vowel_apart(&self, other: &Self) -> bool {
        let mut apart = self.words.iter().zip(&other.words).filter(|(a, b)| a != b);
        self.words.len() == other.words.len()
            && apart.next().is_some_and(|(a, b)| one_vowel_apart(a, b))
            && apart.next().is_none()
    }

    /// Why two names with the same letters are the same.
    pub(super) fn why_same(&self, other: &Self) -> Why {
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        if self.words == other.words || self.words.concat() == other.words.concat() {
            Why::Letters
        } else if sorted(&self.words) == sorted(&other.words) {
            Why::Order
        } else {
            Why::Spelling
        }
    }
}

/// Whether two middles can be one person's: equal, or initials of one another, word by word.
pub(super) fn middles_agree(a: &[String], b: &[String]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            let short = a.chars().count().min(b.chars().count()) == 1;
            a == b || (short && a.chars().next() == b.chars().next())
        })
}

/// Whether a middle consists of initials alone.
pub(super) fn is_initials(middle: &[String]) -> bool {
    middle.iter().all(|word| word.chars().count() == 1)
}
