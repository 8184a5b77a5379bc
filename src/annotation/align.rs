//! Two versions of a text laid beside each other, word by word.

use super::diff;
use super::laid::{Fate, Laid};
use super::words::{Names, Postings, Words};
use crate::text::TextRange;

/// Of texts up to this size together every word is looked at; of larger ones those of the part that changed.
const WHOLE_MOST_BYTES: usize = 32 << 20;
/// Unchanged bytes that are compared word by word with the changed ones, so that a passage at their edge sees its neighbours.
const MARGIN_BYTES: usize = 4096;
/// A word tells one place from another unless it stands more often than this in the two texts, or than one word in [`RARE_SHARE`].
const RARE_WORDS: usize = 16;
const RARE_SHARE: usize = 128;

/// Which words of an old text became which of a new one, and where each word stands in both.
///
/// Made once for two texts, then asked for as many passages as there are, in any order: what it says of a passage depends on the two texts and the passage alone. Words
/// are compared without regard to typography; what two very large texts open and close with is not split into words at all.
#[derive(Debug)]
pub struct Alignment<'a> {
    pub(super) then: &'a str,
    pub(super) now: &'a str,
    same_start: usize,
    same_end: usize,
    /// What of the old text is split into words.
    split: TextRange,
    pub(super) old: Words,
    pub(super) new: Words,
    pub(super) became: Vec<Option<u32>>,
    pub(super) was: Vec<Option<u32>>,
    /// Where each word stands in the old text.
    pub(super) in_old: Postings,
    /// Where each word stands in the new one.
    pub(super) in_new: Postings,
    /// Whether a word tells one place from another.
    tells: Vec<bool>,
    /// Whether a word has letters or digits.
    letters: Vec<bool>,
    /// For each old word, and for the end, the new word behind the last kept one before it.
    after_kept: Vec<u32>,
}

impl<'a> Alignment<'a> {
    /// Compares two texts.
    pub fn new(then: &'a str, now: &'a str) -> Self {
        let (same_start, same_end) = same_edges(then, now);
        let (mut from, mut to) = (0, then.len());
        if then.len() + now.len() > WHOLE_MOST_BYTES {
            from = blank_before(then, same_start.saturating_sub(MARGIN_BYTES));
            to = blank_after(then, (then.len() - same_end + MARGIN_BYTES).min(then.len()));
        }
        let now_to = now.len() - (then.len() - to);
        let mut names = Names::default();
        let old = names.words(then, from, to);
        let new = names.words(now, from, now_to);
        let became = diff::matches(&old.ids, &new.ids);
        let mut was = vec![None; new.ids.len()];
        let mut after_kept = Vec::with_capacity(became.len() + 1);
        let mut after = 0;
        for (i, j) in became.iter().enumerate() {
            after_kept.push(after);
            if let Some(j) = *j {
                after = j + 1;
                if let Some(slot) = was.get_mut(j as usize) {
                    *slot = Some(i as u32);
                }
            }
        }
        after_kept.push(after);
        let in_old = Postings::new(&old.ids, names.len());
        let in_new = Postings::new(&new.ids, names.len());
        let often = RARE_WORDS.max((old.ids.len() + new.ids.len()) / RARE_SHARE);
        let tells = (0..names.len() as u32)
            .map(|id| names.has_letters(id) && in_old.of(id).len() + in_new.of(id).len() <= often)
            .collect();
        Self {
            then,
            now,
            same_start,
            same_end,
            split: TextRange::of(from, to),
            old,
            new,
            became,
            was,
            in_old,
            in_new,
            tells,
            letters: names.into_letters(),
            after_kept,
        }
    }

    pub(super) fn laid(&self) -> Laid<'_> {
        Laid {
            then: self.then,
            now: self.now,
            old: &self.old.ranges,
            new: &self.new.ranges,
            became: &self.became,
        }
    }

    /// What became of the passage at `range` of the old text.
    pub(super) fn fate(&self, range: TextRange) -> Fate {
        if range.end as usize <= self.same_start && self.agree(range, range) {
            return Fate::Kept(range);
        }
        let shifted = self.shifted(range);
        if range.start as usize >= self.then.len() - self.same_end && self.agree(range, shifted) {
            return Fate::Kept(shifted);
        }
        match self.laid().fate(range, |first| self.near(first)) {
            Fate::Kept(found) => Fate::Kept(self.clipped(range, found)),
            Fate::Changed(found) => Fate::Changed(self.clipped(range, found)),
            Fate::Part(found) => Fate::Part(found),
            Fate::Gone(near) => Fate::Gone(near),
        }
    }

    /// Whether the words of an old range became those of a new one: where the text closes with words that it also opens with, they may be taken for the others.
    fn agree(&self, old: TextRange, new: TextRange) -> bool {
        let there = self.new.touched(new);
        self.old.touched(old).zip(there).all(|(i, j)| {
            let became = self.became.get(i).copied().flatten();
            became.is_none_or(|became| became as usize == j)
        })
    }

    /// Where old words from `first` on would stand: behind the last kept word before them.
    pub(super) fn near(&self, first: usize) -> u32 {
        let after = self.after_kept.get(first).copied().unwrap_or_default();
        let before = (after as usize).checked_sub(1);
        let before = before.and_then(|j| self.new.ranges.get(j));
        before.map_or(self.same_start.min(self.now.len()) as u32, |word| word.end)
    }

    /// Whether the words with this number have letters or digits.
    pub(super) fn has_letters(&self, id: u32) -> bool {
        self.letters.get(id as usize).copied().unwrap_or(false)
    }

    /// Whether the words with this number tell one place from another.
    pub(super) fn tells(&self, id: u32) -> bool {
        self.tells.get(id as usize).copied().unwrap_or(false)
    }

    /// Whether a new word is known to come from outside these words of the old text.
    pub(super) fn is_taken(&self, new: usize, by_other_than: &std::ops::Range<usize>) -> bool {
        let old = self.was.get(new).copied().flatten();
        old.is_some_and(|old| !by_other_than.contains(&(old as usize)))
    }

    /// A range of the unchanged end, where it stands now.
    fn shifted(&self, range: TextRange) -> TextRange {
        let shift = |at: u32| (at as usize + self.now.len()).saturating_sub(self.then.len());
        TextRange::of(shift(range.start), shift(range.end))
    }

    /// `found`, widened by what of `range` lies in the unchanged edges that were not split into words.
    fn clipped(&self, range: TextRange, found: TextRange) -> TextRange {
        let mut found = found;
        if range.start < self.split.start {
            found.start = range.start.min(found.start);
        }
        if range.end > self.split.end {
            found.end = self.shifted(range).end.max(found.end);
        }
        let fits = found.end as usize <= self.now.len()
            && self.now.is_char_boundary(found.start as usize)
            && self.now.is_char_boundary(found.end as usize);
        if fits { found } else { TextRange::empty(0) }
    }
}

/// How many bytes the two open and close with in common, cut back to blanks so that no word is split.
fn same_edges(then: &str, now: &str) -> (usize, usize) {
    if then == now {
        return (then.len(), 0);
    }
    let same =
        |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let start = same(&mut then.bytes().zip(now.bytes()));
    let start = blank_before(then, start);
    let room = then.len().min(now.len()) - start;
    let end = same(&mut then.bytes().rev().zip(now.bytes().rev()).take(room));
    let opens_word = |text: &str| {
        let before = text.len().checked_sub(end + 1);
        before.is_none_or(|at| matches!(text.as_bytes().get(at), Some(b' ' | b'\n')))
    };
    if opens_word(then) && opens_word(now) {
        return (start, end);
    }
    (start, then.len() - blank_after(then, then.len() - end))
}

/// The last place at or before `at` that follows an ASCII blank; the start of the text where there is none.
fn blank_before(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    memchr::memrchr2(b' ', b'\n', before).map_or(0, |blank| blank + 1)
}

/// The first ASCII blank at or after `at`; the end of the text where there is none.
fn blank_after(text: &str, at: usize) -> usize {
    let after = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr2(b' ', b'\n', after).map_or(text.len(), |blank| at + blank)
}
