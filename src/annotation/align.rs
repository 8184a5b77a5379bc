//! Two versions of a text laid beside each other, word by word.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use unicode_segmentation::UnicodeSegmentation;

use super::diff;
use super::fold::fold_str;
use super::stretch::{Stretch, Stretches};
use crate::text::TextRange;

/// Unchanged bytes that are compared word by word with the changed ones, so that a passage at their edge sees its neighbours.
const MARGIN_BYTES: usize = 4096;

/// Which words of an old text became which of a new one.
///
/// Made once for two texts, then asked for as many passages as there are. Words are compared without regard to typography; what both texts open and close with is not
/// split into words at all.
#[derive(Debug)]
pub struct Alignment<'a> {
    then: &'a str,
    now: &'a str,
    same_start: usize,
    same_end: usize,
    /// What of the old text is split into words.
    split: TextRange,
    old: Vec<TextRange>,
    new: Vec<TextRange>,
    became: Vec<Option<u32>>,
    was: Vec<Option<u32>>,
    /// What looking for similar words may still cost, over all passages.
    left: AtomicUsize,
    folded: Stretches,
}

/// Letters that may be looked at when similar words are looked for, over all passages: some seconds.
const MOST_STEPS: usize = 1 << 30;
/// Words in a row that were found in the old text by chance, such as articles, inside a stretch that was not.
const MOST_CHANCE_WORDS: usize = 4;
/// New words in a row that may come between two kept ones, beside twice as many as stood there.
const MOST_BETWEEN_WORDS: usize = 6;
/// A stretch with fewer new words is no sentence.
const LEAST_NEW_WORDS: usize = 3;

/// What became of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// All its words stand together, where their neighbours stand.
    Kept(TextRange),
    /// At least half of them do, between the same neighbours.
    Changed(TextRange),
    /// It stood near here.
    Gone(u32),
}

impl<'a> Alignment<'a> {
    /// Compares two texts.
    pub fn new(then: &'a str, now: &'a str) -> Self {
        let (same_start, same_end) = same_edges(then, now);
        let from = blank_before(then, same_start.saturating_sub(MARGIN_BYTES));
        let to = blank_after(then, (then.len() - same_end + MARGIN_BYTES).min(then.len()));
        let now_to = now.len() - (then.len() - to);
        let mut names: HashMap<Cow<'_, str>, u32> = HashMap::new();
        let (old, old_ids) = words(then, from, to, &mut names);
        let (new, new_ids) = words(now, from, now_to, &mut names);
        let became = diff::matches(&old_ids, &new_ids);
        let mut was = vec![None; new.len()];
        for (i, j) in became.iter().enumerate() {
            if let Some(slot) = j.and_then(|j| was.get_mut(j as usize)) {
                *slot = Some(i as u32);
            }
        }
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
            left: AtomicUsize::new(MOST_STEPS),
            folded: Stretches::default(),
        }
    }

    /// What became of the passage at `range` of the old text.
    pub(super) fn fate(&self, range: TextRange) -> Fate {
        if range.end as usize <= self.same_start {
            return Fate::Kept(range);
        }
        if range.start as usize >= self.then.len() - self.same_end {
            return Fate::Kept(self.shifted(range));
        }
        let first = self.old.partition_point(|word| word.end <= range.start);
        let end = self.old.partition_point(|word| word.start < range.end);
        let all: Vec<(usize, usize)> = (first..end)
            .filter_map(|i| Some((i, self.new_of(i)?)))
            .collect();
        let kept = main_run(&all);
        let left = first.checked_sub(1).and_then(|i| self.new_of(i));
        let right = self.new_of(end);
        let near = || {
            let before = (0..first).rev().find_map(|i| self.new_of(i));
            before
                .and_then(|j| self.new.get(j))
                .map_or(self.same_start.min(self.now.len()) as u32, |word| word.end)
        };
        let (Some((first_kept, from)), Some((last_kept, to))) =
            (kept.first().copied(), kept.last().copied())
        else {
            return match right.and_then(|j| self.new.get(j)) {
                Some(word) if first >= end => Fate::Kept(TextRange::empty(word.start)),
                _ => Fate::Gone(near()),
            };
        };
        let n_old = end - first;
        // The span reaches to the neighbours that are still there, so that a word changed at its edge is in it.
        let open = left.filter(|j| *j < from).map_or(from, |j| j + 1);
        let close = right.filter(|j| *j > to).map_or(to, |j| j - 1);
        let at_left = (left.is_some() && open + (first_kept - first) >= from) || first == 0;
        let at_right =
            (right.is_some() && close <= to + (end - 1 - last_kept)) || end == self.old.len();
        let n_new = to + 1 - from;
        if kept.len() == n_old && n_new == n_old {
            let stays = (open == from && left.is_some())
                || (close == to && right.is_some())
                || first == 0
                || end == self.old.len()
                || n_old >= 8;
            return if stays {
                Fate::Kept(self.exact_edges(range, (first, from), (end - 1, to)))
            } else {
                Fate::Gone(near())
            };
        }
        let (from, to) = (
            if at_left && first_kept > first {
                open
            } else {
                from
            },
            if at_right && last_kept + 1 < end {
                close
            } else {
                to
            },
        );
        let n_new = to + 1 - from;
        let (n_telling, n_telling_kept) = self.telling(first..end, kept);
        let similar = n_telling_kept * 2 >= n_telling
            && kept.len() * 2 >= n_old
            && kept.len() * 5 >= n_new * 2;
        let in_place = at_left || at_right || kept.len() * 4 >= n_old * 3;
        match (self.new.get(from), self.new.get(to)) {
            (Some(a), Some(b)) if similar && in_place => {
                Fate::Changed(self.clipped(range, a.union(*b)))
            }
            _ => Fate::Gone(near()),
        }
    }

    /// Whether the words at `range` of the new text are those that stood outside `passage` in the old one.
    pub(super) fn is_other(&self, range: TextRange, passage: TextRange) -> bool {
        if range.end as usize <= self.same_start {
            return !range.overlaps(passage);
        }
        if range.start as usize >= self.now.len() - self.same_end {
            return !range.overlaps(self.shifted(passage));
        }
        let first = self.new.partition_point(|word| word.end <= range.start);
        let end = self.new.partition_point(|word| word.start < range.end);
        first < end
            && (first..end).all(|j| {
                let old = self.was.get(j).copied().flatten();
                old.and_then(|i| self.old.get(i as usize))
                    .is_some_and(|word| !word.overlaps(passage))
            })
    }

    /// How many of these old words have letters or digits, and how many of those were kept; all count where none has.
    fn telling(&self, words: Range<usize>, kept: &[(usize, usize)]) -> (usize, usize) {
        let tells = |index: usize| {
            let word = self.old.get(index).map(|word| word.of_text(self.then));
            word.is_some_and(|word| word.contains(char::is_alphanumeric))
        };
        match words.clone().filter(|index| tells(*index)).count() {
            0 => (words.len(), kept.len()),
            n => (n, kept.iter().filter(|(index, _)| tells(*index)).count()),
        }
    }

    /// The old text.
    pub(super) const fn then(&self) -> &'a str {
        self.then
    }

    /// A stretch of the new text without its typography.
    pub(super) fn folded(&self, stretch: TextRange) -> Arc<Stretch> {
        self.folded.get(self.now, stretch)
    }

    /// Whether so many letters may still be looked at; if so they count as looked at.
    pub(super) fn spend(&self, n_steps: usize) -> bool {
        let take = |left: usize| left.checked_sub(n_steps);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// The stretches of the new text whose words are not known to come from outside `unit` of the old one, in text order.
    pub(super) fn loose(&self, unit: TextRange) -> Vec<TextRange> {
        let is_taken = |index: usize| {
            let old = self.was.get(index).copied().flatten();
            old.and_then(|i| self.old.get(i as usize))
                .is_some_and(|word| !word.overlaps(unit))
        };
        let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
        for index in (0..self.new.len()).filter(|index| !is_taken(*index)) {
            match stretches.last_mut() {
                Some((_, end, n)) if index - *end <= MOST_CHANCE_WORDS => {
                    (*end, *n) = (index + 1, *n + 1);
                }
                _ => stretches.push((index, index + 1, 1)),
            }
        }
        stretches
            .into_iter()
            .filter(|(_, _, n)| *n >= LEAST_NEW_WORDS)
            .filter_map(|(start, end, _)| {
                let from = self.new.get(start.saturating_sub(MOST_CHANCE_WORDS))?;
                let to = self
                    .new
                    .get((end + MOST_CHANCE_WORDS).min(self.new.len()) - 1)?;
                Some(from.union(*to))
            })
            .collect()
    }

    fn new_of(&self, old: usize) -> Option<usize> {
        Some(self.became.get(old).copied().flatten()? as usize)
    }

    /// A range of the unchanged end, where it stands now.
    fn shifted(&self, range: TextRange) -> TextRange {
        let shift = |at: u32| (at as usize + self.now.len()).saturating_sub(self.then.len());
        TextRange::of(shift(range.start), shift(range.end))
    }

    /// Word `a.1` of the new text to word `b.1`, cut inside them as `range` cuts the old words `a.0` and `b.0`.
    fn exact_edges(&self, range: TextRange, a: (usize, usize), b: (usize, usize)) -> TextRange {
        let side = |(old, new): (usize, usize)| Some((*self.old.get(old)?, *self.new.get(new)?));
        let (Some((old_a, new_a)), Some((old_b, new_b))) = (side(a), side(b)) else {
            return TextRange::empty(0);
        };
        let same = |old: TextRange, new: TextRange| old.of_text(self.then) == new.of_text(self.now);
        let start = if range.start > old_a.start && same(old_a, new_a) {
            new_a.start + (range.start - old_a.start)
        } else {
            new_a.start
        };
        let end = if range.end < old_b.end && same(old_b, new_b) {
            new_b.end - (old_b.end - range.end)
        } else {
            new_b.end
        };
        self.clipped(range, TextRange::new(start, end))
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

/// The longest run of kept words, as (old, new), without those that a few words have in common with a text put between by chance, such as a last full stop.
fn main_run(kept: &[(usize, usize)]) -> &[(usize, usize)] {
    let parts = |(before, after): (&(usize, usize), &(usize, usize))| {
        let (old, new) = (after.0 - before.0, after.1 - before.1);
        new > old * 2 + MOST_BETWEEN_WORDS
    };
    let cuts = (1..kept.len()).filter(|at| {
        let pair = at
            .checked_sub(1)
            .and_then(|at| kept.get(at))
            .zip(kept.get(*at));
        pair.is_some_and(parts)
    });
    let mut best = 0..0;
    let mut start = 0;
    for end in cuts.chain([kept.len()]) {
        if end - start > best.len() {
            best = start..end;
        }
        start = end;
    }
    // Where an insertion parts it in two halves, both belong to it.
    if best.len() * 4 < kept.len() * 3 {
        return kept;
    }
    kept.get(best).unwrap_or_default()
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

/// The words and marks between two places, and a number for each that is the same where they read the same.
fn words<'a>(
    text: &'a str,
    from: usize,
    to: usize,
    names: &mut HashMap<Cow<'a, str>, u32>,
) -> (Vec<TextRange>, Vec<u32>) {
    let stretch = text.get(from..to).unwrap_or_default();
    stretch
        .split_word_bound_indices()
        .filter(|(_, word)| !word.trim().is_empty())
        .map(|(at, word)| {
            let plain = if word.is_ascii() {
                Cow::Borrowed(word)
            } else {
                Cow::Owned(fold_str(word))
            };
            let next = names.len() as u32;
            let id = *names.entry(plain).or_insert(next);
            (TextRange::of(from + at, from + at + word.len()), id)
        })
        .unzip()
}
