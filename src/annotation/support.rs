//! What the sentences around a passage say of its place: a few words resemble too many, the sentence they stand in does not.

use std::ops::Range;

use super::align::Alignment;
use super::laid::main_run;
use super::rivals::Run;
use super::sentence::sentences_around;
use crate::text::TextRange;

/// How much of a sentence must have stayed for it to be the same sentence: of its words, and of them weighed by how rare they are.
const LEAST_KEPT: f32 = 0.5;
const LEAST_RARE: f32 = 0.35;
/// A sentence of which less has stayed is another one.
const LEAST_ALIKE: f32 = 0.34;
/// A sentence of which no more has stayed was taken out.
const MOST_CHANCE: f32 = 0.1;
/// Fewer words are no sentence by themselves.
const LEAST_WORDS: usize = 3;
/// Words on each side of a sentence among which one is looked for that changed places with it, and words in a row that tell that one did, or that none did beyond them.
const BESIDE_WORDS: usize = 96;
const SAME_WORDS: usize = 5;
/// What of the words kept of a sentence those that changed places with it must come to: beside less, the sentence stayed and they moved.
const LEAST_CROSSED: f32 = 0.4;

/// Whether the sentences a passage stands in are still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Support {
    /// One of them has become another sentence.
    Gone,
    /// Too little of one has stayed to be sure.
    Weak,
    /// Each has stayed, with other words in it.
    Firm,
}

impl Alignment<'_> {
    /// What the sentences that the passage at `range` of the old text touches say of its place.
    pub(super) fn support(&self, range: TextRange) -> Support {
        let unit = self.old.touched(sentences_around(self.then, range));
        let passage = self.old.touched(range);
        let touched = self
            .sentences(&unit)
            .into_iter()
            .filter(|part| part.start < passage.end && passage.start < part.end);
        touched
            .map(|part| self.standing(&part))
            .min()
            .unwrap_or(Support::Weak)
    }

    /// Old words cut into sentences; what is too short for one goes with the next.
    fn sentences(&self, words: &Range<usize>) -> Vec<Range<usize>> {
        let whole = Run {
            old: words.start,
            new: 0,
            n: words.len(),
        };
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for part in self.parts(whole) {
            let part = part.old..part.old + part.n;
            match sentences.last_mut() {
                Some(last) if last.len() < LEAST_WORDS => last.end = part.end,
                _ => sentences.push(part),
            }
        }
        sentences
    }

    fn standing(&self, sentence: &Range<usize>) -> Support {
        let all: Vec<(usize, usize)> = sentence
            .clone()
            .filter_map(|old| Some((old, self.became.get(old).copied().flatten()? as usize)))
            .collect();
        let weigh = |words: &mut dyn Iterator<Item = usize>| {
            let (mut n, mut rare) = (0.0_f32, 0.0_f32);
            for old in words {
                let Some(id) = self.old.ids.get(old) else {
                    continue;
                };
                if self.has_letters(*id) {
                    n += 1.0;
                    rare += 1.0 / self.in_old.of(*id).len().max(1) as f32;
                }
            }
            (n, rare)
        };
        let (n, rare) = weigh(&mut sentence.clone());
        let kept = main_run(&all);
        let (n_kept, rare_kept) = weigh(&mut kept.iter().map(|(old, _)| *old));
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        let spread = kept
            .first()
            .zip(kept.last())
            .map_or(0, |((_, first), (_, last))| last + 1 - first);
        let is_compact = kept.len() * 5 >= spread * 2;
        let kept_share = share(n_kept, n);
        if !is_compact || (MOST_CHANCE..LEAST_ALIKE).contains(&kept_share) {
            Support::Gone
        } else if kept_share >= LEAST_KEPT && share(rare_kept, rare) >= LEAST_RARE {
            Support::Firm
        } else {
            Support::Weak
        }
    }

    /// Whether the sentence a passage stands in and one beside it have changed places: which of the two moved, nothing tells.
    pub(super) fn changed_places(&self, range: TextRange) -> bool {
        let unit = self.old.touched(sentences_around(self.then, range));
        let mut kept = unit
            .clone()
            .filter_map(|old| self.became.get(old).copied().flatten());
        let Some(first) = kept.next() else {
            return false;
        };
        let mut n_kept = 1;
        let last = kept.inspect(|_| n_kept += 1).last().unwrap_or(first);
        let (first, last) = (first as usize, last as usize);
        let kept = |at: usize| self.became.get(at).is_some_and(Option::is_some);
        let known = |at: usize| self.was.get(at).is_some_and(Option::is_some);
        let after = gap_after(last + 1, self.new.ids.len(), known);
        let over = self.crossed(&gap_before(unit.start, kept), &after);
        let before = gap_before(first, known);
        let behind = gap_after(unit.end, self.old.ids.len(), kept);
        let under = self.crossed(&behind, &before);
        over.max(under) as f32 >= LEAST_CROSSED * n_kept as f32
    }

    /// How many words in rows, which the comparison lost, stand in both stretches.
    fn crossed(&self, old: &Range<usize>, new: &Range<usize>) -> usize {
        let old_at = |at: usize| {
            let lost = old.contains(&at) && self.became.get(at).is_some_and(Option::is_none);
            self.old.ids.get(at).copied().filter(|_| lost)
        };
        let new_at = |at: usize| {
            let lost = new.contains(&at) && self.was.get(at).is_some_and(Option::is_none);
            self.new.ids.get(at).copied().filter(|_| lost)
        };
        let (mut n, mut at) = (0, new.start);
        while at < new.end {
            let id = new_at(at).filter(|id| self.tells(*id));
            let places = id.map_or(&[][..], |id| self.in_old.of(id));
            let from = places.partition_point(|place| (*place as usize) < old.start);
            let near = places.iter().skip(from).map(|place| *place as usize);
            let row = near.take_while(|place| *place < old.end).map(|place| {
                let same = |step: &usize| {
                    let id = old_at(place + step);
                    id.is_some() && id == new_at(at + step)
                };
                (0..BESIDE_WORDS).take_while(same).count()
            });
            let row = row.max().unwrap_or(0);
            n += if row >= SAME_WORDS { row } else { 0 };
            at += row.max(1);
        }
        n
    }

    /// The new words between what stood before a passage and what stood after it, where its own words gave way to others in a sentence that stayed.
    pub(super) fn replaced(&self, range: TextRange) -> Option<TextRange> {
        let words = self.old.touched(range);
        let new_of = |old: usize| Some(self.became.get(old).copied().flatten()? as usize);
        let before = new_of(words.start.checked_sub(1)?)?;
        let after = new_of(words.end)?;
        let n_new = after.checked_sub(before + 1)?;
        if n_new == 0 || n_new > 2 * words.len() + 1 || self.support(range) != Support::Firm {
            return None;
        }
        let first = self.new.ranges.get(before + 1)?;
        Some(first.union(*self.new.ranges.get(after - 1)?))
    }
}

/// The lost words right before a place, up to the next ones in a row that are not.
fn gap_before(at: usize, is_kept: impl Fn(usize) -> bool) -> Range<usize> {
    let floor = at.saturating_sub(BESIDE_WORDS);
    let (mut start, mut row) = (at, 0);
    while start > floor && row < SAME_WORDS {
        start -= 1;
        row = if is_kept(start) { row + 1 } else { 0 };
    }
    start + row..at
}

/// The same from a place on.
fn gap_after(at: usize, n_words: usize, is_kept: impl Fn(usize) -> bool) -> Range<usize> {
    let ceiling = (at + BESIDE_WORDS).min(n_words);
    let (mut end, mut row) = (at.min(ceiling), 0);
    while end < ceiling && row < SAME_WORDS {
        row = if is_kept(end) { row + 1 } else { 0 };
        end += 1;
    }
    at.min(ceiling)..end - row
}
