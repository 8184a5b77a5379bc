//! How well a term fits a text: an alignment over the places where its letters stand, and a bound that is cheap to know.

use memchr::memchr;

use super::candidates::Item;
use super::term::{Place, Query, Sign, Term};
use crate::text::TextRange;

/// A letter that matches.
const LETTER: i32 = 32;
/// A letter right after the one before it in the term.
const NEXT: i32 = 16;
/// A letter that begins the text, a word, a part of a word (after a hyphen, or a capital after a small letter).
const TEXT_START: i32 = 24;
const WORD_START: i32 = 16;
const PART_START: i32 = 14;
/// A term of two letters or more that is a whole word. With `WORD_START` it is worth more than the beginning of the text.
const WHOLE_WORD: i32 = 20;
/// A gap between two letters of a term, and each byte of it after the first.
const GAP: i32 = -12;
const GAP_BYTE: i32 = -1;

/// Rows of the alignment, kept from text to text.
#[derive(Default)]
pub(super) struct Scratch {
    above: Vec<(i32, i32)>,
    row: Vec<(i32, i32)>,
}

/// What came of scoring a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    NoMatch,
    /// It matches, with a score below the floor.
    Below,
    Score(i32),
}

/// Scores a text that has all characters of the query. Below `floor` the score itself is not worked out.
pub(super) fn score(query: &Query, item: Item<'_>, floor: i32, scratch: &mut Scratch) -> Outcome {
    let mut ceiling = 0_i32;
    for term in &query.terms {
        if !term.is_told_by_mask() && !term.lets_through(item) {
            return Outcome::NoMatch;
        }
        if term.sign == Sign::Wanted {
            ceiling += term.ceiling(item);
        }
    }
    let wanted = || query.terms.iter().filter(|term| term.sign == Sign::Wanted);
    let mut scattered = 0;
    for term in wanted() {
        if ceiling < floor {
            return Outcome::Below;
        }
        let better = term.side_by_side(item).unwrap_or_else(|| {
            scattered += 1;
            term.scattered_ceiling()
        });
        ceiling += better - term.ceiling(item);
    }
    if scattered > 0 {
        for term in wanted() {
            if ceiling < floor {
                return Outcome::Below;
            }
            if term.side_by_side(item).is_none() {
                ceiling += term.align(item, scratch) - term.scattered_ceiling();
            }
        }
    }
    if ceiling < floor {
        Outcome::Below
    } else {
        Outcome::Score(ceiling)
    }
}

impl Term {
    /// Whether having all characters of the query is all that it asks; true of the first key, the costliest one, as everything is looked at.
    fn is_told_by_mask(&self) -> bool {
        self.place == Place::Scattered
            && self.text.len() == 1
            && self.text.as_bytes().iter().all(u8::is_ascii_alphanumeric)
            && !self.case_matters
    }

    /// Whether the text has the term as it must stand, or has it not if it is unwanted.
    pub(super) fn lets_through(&self, item: Item<'_>) -> bool {
        let found = match self.place {
            Place::Scattered => self.has_letters(item),
            Place::Inside => self.occurrences(item).next().is_some(),
            Place::Start => self.stands_at(item, 0),
            Place::End => self.ends(item).is_some(),
            Place::Whole => item.bytes.len() == self.text.len() && self.stands_at(item, 0),
        };
        found == (self.sign == Sign::Wanted)
    }

    /// Whether the letters stand in the text in this order.
    fn has_letters(&self, item: Item<'_>) -> bool {
        let mut from = 0;
        let mut letters = Letters::of(self);
        letters.all(|letter| match letter.find(item, from) {
            Some(at) => {
                from = at + letter.bytes.len();
                true
            }
            None => false,
        })
    }

    /// The letters, each at its first place after the one before, as ranges of the folded text.
    pub(super) fn leftmost(&self, item: Item<'_>) -> Vec<TextRange> {
        let mut from = 0;
        Letters::of(self)
            .map_while(|letter| {
                let at = letter.find(item, from)?;
                from = at + letter.bytes.len();
                Some(TextRange::of(at, from))
            })
            .collect()
    }

    fn ends(&self, item: Item<'_>) -> Option<usize> {
        let at = item.bytes.len().checked_sub(self.text.len())?;
        self.stands_at(item, at).then_some(at)
    }

    fn stands_at(&self, item: Item<'_>, at: usize) -> bool {
        item.bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(self.text.as_bytes()))
            && self.case_fits(item, at)
    }

    fn case_fits(&self, item: Item<'_>, at: usize) -> bool {
        !self.case_matters
            || self
                .capitals
                .iter()
                .enumerate()
                .all(|(i, capital)| item.is_capital(at + i) == *capital)
    }

    /// Where the whole term stands, side by side.
    fn occurrences<'a>(&'a self, item: Item<'a>) -> impl Iterator<Item = usize> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let at = from + self.finder.find(item.bytes.get(from..)?)?;
                from = at + 1;
                if self.case_fits(item, at) {
                    return Some(at);
                }
            }
        })
    }

    /// More than this no text can score.
    #[inline]
    fn ceiling(&self, item: Item<'_>) -> i32 {
        let first = if item.bytes.first() == self.text.as_bytes().first() {
            TEXT_START
        } else {
            WORD_START
        };
        self.run() + first + self.whole_word_bonus()
    }

    /// More than this no text can score in which the term does not stand side by side.
    fn scattered_ceiling(&self) -> i32 {
        self.run() - NEXT + TEXT_START + WORD_START + GAP
    }

    fn run(&self) -> i32 {
        let n = self.n_chars as i32;
        n * LETTER + (n - 1) * NEXT
    }

    fn whole_word_bonus(&self) -> i32 {
        if self.n_chars > 1 { WHOLE_WORD } else { 0 }
    }

    /// The best score of the term standing side by side, where it has to stand.
    fn side_by_side(&self, item: Item<'_>) -> Option<i32> {
        self.best_run(item).map(|(score, _)| score)
    }

    /// The best place of the term standing side by side, with its score; the first of equals.
    pub(super) fn best_run(&self, item: Item<'_>) -> Option<(i32, usize)> {
        let at_place = |at: usize| (self.run_score(item, at), at);
        match self.place {
            Place::Start | Place::Whole => Some(at_place(0)),
            Place::End => self.ends(item).map(at_place),
            Place::Scattered | Place::Inside => {
                let most = self.run() + WORD_START + self.whole_word_bonus();
                let mut best: Option<(i32, usize)> = None;
                for at in self.occurrences(item) {
                    let this = at_place(at);
                    if best.is_none_or(|(score, _)| this.0 > score) {
                        best = Some(this);
                    }
                    if this.0 >= most {
                        break;
                    }
                }
                best
            }
        }
    }

    fn run_score(&self, item: Item<'_>, at: usize) -> i32 {
        let begins = start_bonus(item, at);
        let ends_word = item
            .bytes
            .get(at + self.text.len())
            .is_none_or(|next| !is_letter(*next));
        let whole = if begins > 0 && ends_word {
            self.whole_word_bonus()
        } else {
            0
        };
        self.run() + begins + whole
    }

    /// The best score of the letters standing in order, by dynamic programming over the places where they stand.
    ///
    /// A cell is the end of a letter's place and the best score of the term so far with the letter there. Gaps cost the same a byte wherever they
    /// start, so the best gap into a place is a running maximum, and the whole is linear in the number of places.
    fn align(&self, item: Item<'_>, scratch: &mut Scratch) -> i32 {
        let Scratch { above, row } = scratch;
        above.clear();
        for (n, letter) in Letters::of(self).enumerate() {
            row.clear();
            let width = letter.bytes.len();
            let (mut passed, mut best_gap) = (0, i32::MIN);
            let mut from = above.first().map_or(0, |cell| cell.0 as usize);
            while let Some(at) = letter.find(item, from) {
                from = at + width;
                let here = at as i32;
                let mut next = i32::MIN;
                while let Some((end, score)) = above.get(passed).filter(|cell| cell.0 <= here) {
                    if *end == here {
                        next = *score + NEXT;
                        break;
                    }
                    best_gap = best_gap.max(score - GAP_BYTE * end);
                    passed += 1;
                }
                let jumped = if n == 0 {
                    start_bonus(item, at)
                } else if best_gap > i32::MIN {
                    best_gap + GAP_BYTE * (here - 1) + GAP + start_bonus(item, at)
                } else {
                    i32::MIN
                };
                let before = next.max(jumped);
                if before > i32::MIN {
                    row.push((from as i32, before + LETTER));
                }
            }
            std::mem::swap(above, row);
        }
        above
            .iter()
            .map(|(_, score)| *score)
            .max()
            .unwrap_or_default()
    }
}

/// One letter of a term.
struct Letter<'a> {
    bytes: &'a [u8],
    /// `None` where case does not matter.
    capital: Option<bool>,
}

impl Letter<'_> {
    #[inline]
    fn find(&self, item: Item<'_>, mut from: usize) -> Option<usize> {
        let (last, lead) = self.bytes.split_last()?;
        loop {
            // The last byte of a character tells more than the first, which a whole script shares.
            let rest = item.bytes.get(from + lead.len()..)?;
            let at = from + memchr(*last, rest)?;
            let fits = lead.is_empty()
                || item
                    .bytes
                    .get(at..)
                    .is_some_and(|found| found.starts_with(self.bytes));
            if fits
                && self
                    .capital
                    .is_none_or(|wanted| item.is_capital(at) == wanted)
            {
                return Some(at);
            }
            from = at + 1;
        }
    }
}

struct Letters<'a> {
    term: &'a Term,
    at: usize,
}

impl<'a> Letters<'a> {
    fn of(term: &'a Term) -> Self {
        Self { term, at: 0 }
    }
}

impl<'a> Iterator for Letters<'a> {
    type Item = Letter<'a>;

    #[inline]
    fn next(&mut self) -> Option<Letter<'a>> {
        let rest = self.term.text.as_bytes().get(self.at..)?;
        let width = match *rest.first()? {
            0..=0x7F => 1,
            0x80..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0.. => 4,
        };
        let capital = if self.term.case_matters {
            self.term.capitals.get(self.at).copied()
        } else {
            None
        };
        self.at += width;
        Some(Letter {
            bytes: rest.get(..width)?,
            capital,
        })
    }
}

#[inline]
fn start_bonus(item: Item<'_>, at: usize) -> i32 {
    let Some(before) = at.checked_sub(1) else {
        return TEXT_START;
    };
    match item.bytes.get(before).copied() {
        Some(
            b' ' | b'\t' | b'\n' | b'/' | b'\\' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}'
            | b'"',
        ) => WORD_START,
        Some(byte) if !is_letter(byte) => PART_START,
        _ if item.is_capital(at) && !item.is_capital(before) => PART_START,
        _ => 0,
    }
}

/// Letters and digits, and every byte of what is not ASCII.
#[inline]
const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}
