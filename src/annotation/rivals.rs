//! Words that stand more than once: which of the places they can be, judged by what stands around.
//!
//! Two places are held against each other by the words around them: those that stand at both without a gap, and behind the first difference what a few words more have
//! in common. Only words that are rare count, articles fit everywhere.

use std::ops::Range;

use super::align::Alignment;

/// Copies looked at; of words that stand more often the first are.
const MOST_COPIES: usize = 64;
/// Places of the rarest word looked at for copies.
const MOST_PLACES: usize = 1 << 14;
/// Words without a gap that are compared on each side.
const MOST_AROUND: usize = 160;
/// Telling words behind the first difference that are compared, and among how many.
const MOST_BEYOND: usize = 24;
const MOST_PASSED: usize = 72;
/// By how many telling words the surroundings of a place must fit better than those of any other.
pub(super) const LEAST_LEAD: u32 = 4;
/// So many telling words in a row that stand twice are a sentence that does: what stands before it and what stands after it must both tell.
const BOILERPLATE: u32 = 6;
/// Telling words of a sentence that a passage reaches into, fewer of which can stand there by chance.
const LEAST_PART: usize = 1;
/// By how many on each side.
const LEAST_SIDE: u32 = 3;
/// What the edge of both texts counts for.
const EDGE: u32 = 24;
/// Of fewer words than this there are too many copies: so many beside them must be the same as well.
const NEIGHBOURS: usize = 5;

/// Words that stand in both texts without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The first in the old text.
    pub(super) old: usize,
    /// The first in the new one.
    pub(super) new: usize,
    /// How many.
    pub(super) n: usize,
}

/// Other places that fit about as well.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rivals {
    /// In the new text: the first word of each.
    pub(super) new: Vec<usize>,
    /// Whether the place may be that of a copy in the old text.
    pub(super) is_copy: bool,
}

/// How many telling words two places have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// Before the words themselves.
    before: u32,
    /// After them.
    after: u32,
    /// The words themselves, and those on either side without a gap.
    same: u32,
    /// The same, telling or not.
    n_words: u32,
    /// The words themselves.
    words: u32,
}

impl Fit {
    /// On both sides together.
    pub(super) const fn total(self) -> u32 {
        self.before + self.after
    }

    /// The words themselves and all that is the same around them.
    pub(super) const fn weight(self) -> u32 {
        self.total() + self.words
    }

    /// The words themselves, and those on either side without a gap.
    pub(super) const fn same(self) -> u32 {
        self.same
    }

    /// Whether what is the same reaches from a sentence to one so many words away.
    const fn spans(self, n_words: usize) -> bool {
        self.same >= BOILERPLATE && n_words <= self.n_words as usize + 1
    }

    /// Whether it leaves no doubt that a place with this fit is meant and not one with the other.
    pub(super) const fn beats(self, other: Self) -> bool {
        let both_sides =
            self.before >= other.before + LEAST_SIDE && self.after >= other.after + LEAST_SIDE;
        self.total() >= other.total() + LEAST_LEAD && (other.same < BOILERPLATE || both_sides)
    }
}

impl Alignment<'_> {
    /// The longest run of words of a passage that stand together in the new text as well.
    pub(super) fn core(&self, passage: Range<usize>) -> Option<Run> {
        let mut best: Option<Run> = None;
        let mut last: Option<Run> = None;
        for old in passage {
            let Some(new) = self.became.get(old).copied().flatten() else {
                last = None;
                continue;
            };
            let new = new as usize;
            let run = match last {
                Some(run) if run.new + run.n == new => Run {
                    n: run.n + 1,
                    ..run
                },
                _ => Run { old, new, n: 1 },
            };
            if best.is_none_or(|best| run.n > best.n) {
                best = Some(run);
            }
            last = Some(run);
        }
        best
    }

    /// The other places that a run kept by the comparison can be as well.
    pub(super) fn rivals(&self, run: Run) -> Rivals {
        let own = self.around(run);
        let mut rivals = Rivals::default();
        let new = self.alike(run, |needle| self.copies_in_new(needle));
        for new in new.into_iter().filter(|new| *new != run.new) {
            let other = Run { new, ..run };
            let fit = self.around(other);
            if self.is_twin_of_another(other) {
                continue;
            }
            // One of two in a row has its twin for a neighbour: that tells nothing.
            let in_row = fit.spans(other.new.abs_diff(run.new));
            if in_row || !own.beats(fit) && !self.is_owned(other) {
                rivals.new.push(other.new);
            }
        }
        let old = self.alike(run, |needle| self.copies_in_old(needle));
        let mut others = old.into_iter().filter(|old| *old != run.old);
        rivals.is_copy = others.any(|old| {
            let other = Run { old, ..run };
            !self.is_settled(other) && self.may_be(other, run.old, own)
        });
        rivals
    }

    /// Whether the comparison gave a new place, all of it, to other old words than those of the run.
    fn is_twin_of_another(&self, at: Run) -> bool {
        let owner = self.was.get(at.new).copied().flatten();
        let owner = owner.map(|old| old as usize).filter(|old| *old != at.old);
        owner.is_some_and(|old| self.is_laid(Run { old, ..at }, at))
    }

    /// Whether the comparison found old words, all of them, at another new place than that of the run.
    fn is_settled(&self, other: Run) -> bool {
        let new = self.became.get(other.old).copied().flatten();
        let new = new.map(|new| new as usize).filter(|new| *new != other.new);
        new.is_some_and(|new| self.is_laid(Run { new, ..other }, other))
    }

    /// Whether the comparison laid each word of a run beside its like, and no fewer words around them are the same than with another match.
    fn is_laid(&self, run: Run, other: Run) -> bool {
        let all = (0..run.n).all(|step| {
            let new = self.became.get(run.old + step).copied().flatten();
            new.is_some_and(|new| new as usize == run.new + step)
        });
        let same = |run: Run| {
            let (before, after) = self.same_around(run, MOST_AROUND);
            before + after
        };
        all && same(run) >= same(other)
    }

    /// Where the words of a run stand, in order; of a few words only where those before them or those after them are the same as well.
    fn alike(&self, run: Run, copies: impl Fn(&[u32]) -> Vec<usize>) -> Vec<usize> {
        let (before, after) = match run.n {
            0..NEIGHBOURS => self.same_around(run, NEIGHBOURS),
            _ => (0, 0),
        };
        let words = |from: usize, to: usize| self.old.ids.get(from..to).unwrap_or_default();
        let end = run.old + run.n;
        let mut places = copies(words(run.old, end + after));
        if before > 0 {
            let more = copies(words(run.old - before, end)).into_iter();
            places.extend(more.map(|at| at + before));
            places.sort_unstable();
            places.dedup();
        }
        places
    }

    /// Where all words of a passage stand right beside what stood beside them, although the comparison gave some of them to others.
    pub(super) fn beside(&self, passage: &Range<usize>) -> Option<Run> {
        let n = passage.len();
        let needle = self
            .old
            .ids
            .get(passage.clone())
            .filter(|ids| !ids.is_empty())?;
        let became = |old: usize| Some(self.became.get(old).copied().flatten()? as usize);
        let after = passage
            .start
            .checked_sub(1)
            .and_then(became)
            .map(|new| new + 1);
        let before = became(passage.end).and_then(|new| new.checked_sub(n));
        let places = [after, before].into_iter().flatten();
        let mut fitting = places.filter(|new| self.new.ids.get(*new..new + n) == Some(needle));
        fitting.next().map(|new| Run {
            old: passage.start,
            new,
            n,
        })
    }

    /// Whether one of the sentences that a run reaches over stands there by chance: where the whole has no rivals, a part may.
    pub(super) fn is_patched(&self, run: Run) -> bool {
        let parts = self.parts(run);
        if parts.len() < 2 {
            return false;
        }
        // A few words at an edge must go on as they did.
        let is_chance = |part: &Run, (before, after): (usize, usize)| {
            let goes_on = if part.old == run.old { before } else { after };
            let words = self.old.ids.get(part.old..part.old + part.n);
            let words = words.unwrap_or_default().iter();
            goes_on == 0 && words.filter(|id| self.tells(**id)).count() < LEAST_PART
        };
        let around = self.same_around(run, 1);
        let mut edges = [parts.first(), parts.last()].into_iter().flatten();
        edges.any(|part| is_chance(part, around))
            || parts.iter().filter(|part| part.n > 1).any(|part| {
                let rivals = self.rivals(*part);
                rivals.is_copy || !rivals.new.is_empty()
            })
    }

    /// A run cut behind the ends of sentences in it.
    pub(super) fn parts(&self, run: Run) -> Vec<Run> {
        let (mut parts, mut start, mut ended) = (Vec::new(), run.old, false);
        let mut cut = |start: usize, end: usize| {
            parts.push(Run {
                old: start,
                new: run.new + (start - run.old),
                n: end - start,
            });
        };
        for at in run.old..run.old + run.n {
            let word = self.old.ranges.get(at);
            let word = word.map_or("", |word| word.of_text(self.then));
            // What closes a quotation belongs to the sentence before.
            if ended && word.contains(char::is_alphanumeric) {
                cut(start, at);
                (start, ended) = (at, false);
            }
            ended |= matches!(word, "." | "!" | "?" | "。");
        }
        cut(start, run.old + run.n);
        parts
    }

    /// Whether the old run at `old`, which fits a new place with `own`, does so better than another old run.
    pub(super) fn fits_better(&self, own: Fit, other: Run, old: usize) -> bool {
        let fit = self.around(other);
        own.beats(fit) && !fit.spans(other.old.abs_diff(old))
    }

    /// Whether another old run may be the one that stands at a new place, to which the old run in question, at `old`, fits with `own`.
    pub(super) fn may_be(&self, other: Run, old: usize, own: Fit) -> bool {
        if self.fits_better(own, other, old) {
            return false;
        }
        // One that is elsewhere for good is not here.
        let elsewhere = self.became.get(other.old).copied().flatten();
        let elsewhere = elsewhere.filter(|new| *new as usize != other.new);
        elsewhere.is_none_or(|new| {
            let there = Run {
                new: new as usize,
                ..other
            };
            !self.is_same(there) || !self.around(there).beats(self.around(other))
        })
    }

    /// Whether a new place is for good that of other old words than those of a run.
    pub(super) fn is_owned(&self, at: Run) -> bool {
        let owner = self.was.get(at.new).copied().flatten();
        let owner = owner.map(|old| Run {
            old: old as usize,
            ..at
        });
        owner
            .filter(|owner| owner.old != at.old && self.is_same(*owner))
            .is_some_and(|owner| self.around(owner).beats(self.around(at)))
    }

    /// Where these words stand in the new text.
    pub(super) fn copies_in_new(&self, needle: &[u32]) -> Vec<usize> {
        copies(needle, &self.new.ids, |id| self.in_new.of(id))
    }

    /// Where these words stand in the old text.
    pub(super) fn copies_in_old(&self, needle: &[u32]) -> Vec<usize> {
        copies(needle, &self.old.ids, |id| self.in_old.of(id))
    }

    fn is_same(&self, run: Run) -> bool {
        let old = self.old.ids.get(run.old..run.old + run.n);
        old.is_some() && old == self.new.ids.get(run.new..run.new + run.n)
    }

    /// How many words before and after a run are the same, up to `most` on each side.
    fn same_around(&self, run: Run, most: usize) -> (usize, usize) {
        let before = back(&self.old.ids, run.old).zip(back(&self.new.ids, run.new));
        let after = on(&self.old.ids, run.old + run.n).zip(on(&self.new.ids, run.new + run.n));
        (
            before.take(most).take_while(|(a, b)| a == b).count(),
            after.take(most).take_while(|(a, b)| a == b).count(),
        )
    }

    /// How many telling words around the old place stand around the new one too.
    pub(super) fn around(&self, run: Run) -> Fit {
        let (old, new) = (&self.old.ids, &self.new.ids);
        let (before, after) = self.same_around(run, MOST_AROUND);
        let telling = |range: Range<usize>| {
            let ids = old.get(range).unwrap_or_default().iter();
            ids.filter(|id| self.tells(**id)).count() as u32
        };
        let (start, new_start) = (run.old - before, run.new - before);
        let (end, new_end) = (run.old + run.n + after, run.new + run.n + after);
        let words = telling(run.old..run.old + run.n);
        let same_before = telling(start..run.old);
        let same_after = telling(run.old + run.n..end);
        let beyond_before = match (start, new_start) {
            (0, 0) => EDGE,
            _ => self.common(back(old, start), back(new, new_start)),
        };
        let beyond_after = if end == old.len() && new_end == new.len() {
            EDGE
        } else {
            self.common(on(old, end), on(new, new_end))
        };
        Fit {
            before: same_before + beyond_before,
            after: same_after + beyond_after,
            same: same_before + same_after + words,
            n_words: (end - start) as u32,
            words,
        }
    }

    /// How many of the next telling words two rows have in common, in the same order.
    fn common(&self, a: impl Iterator<Item = u32>, b: impl Iterator<Item = u32>) -> u32 {
        let a: Vec<u32> = self.next_telling(a).collect();
        // The longest common subsequence in bits (Hyyrö 2004).
        let mut row = u64::MAX;
        for id in self.next_telling(b) {
            let bits = a.iter().enumerate();
            let here = bits.fold(0_u64, |bits, (at, other)| {
                bits | u64::from(*other == id) << at
            });
            let hit = row & here;
            row = row.wrapping_add(hit) | (row & !here);
        }
        (!row).count_ones()
    }

    fn next_telling(&self, ids: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
        ids.take(MOST_PASSED)
            .filter(|id| self.tells(*id))
            .take(MOST_BEYOND)
    }
}

/// The words before a place, the nearest first.
fn back(ids: &[u32], at: usize) -> impl Iterator<Item = u32> {
    ids.get(..at).unwrap_or_default().iter().rev().copied()
}

/// The words from a place on.
fn on(ids: &[u32], at: usize) -> impl Iterator<Item = u32> {
    ids.get(at..).unwrap_or_default().iter().copied()
}

/// Where `needle` stands in `ids`, found by its rarest word.
fn copies<'a>(needle: &[u32], ids: &[u32], places: impl Fn(u32) -> &'a [u32]) -> Vec<usize> {
    let rarest = needle
        .iter()
        .enumerate()
        .min_by_key(|(_, id)| places(**id).len());
    let Some((offset, id)) = rarest else {
        return Vec::new();
    };
    let starts = places(*id)
        .iter()
        .take(MOST_PLACES)
        .filter_map(|at| (*at as usize).checked_sub(offset));
    starts
        .filter(|start| ids.get(*start..start + needle.len()) == Some(needle))
        .take(MOST_COPIES)
        .collect()
}
