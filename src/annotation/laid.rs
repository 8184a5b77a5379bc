//! What became of a passage, read from the words of two texts that were laid beside each other.

use std::ops::Range;

use super::fold::folded;
use crate::text::TextRange;

/// New words in a row that may come between two kept ones, beside twice as many as stood there.
const MOST_BETWEEN_WORDS: usize = 6;
/// New words that may have come for one old word at the edge of a passage.
const MOST_FOR_ONE: usize = 2;
/// Kept words that are still something of a passage most of whose words are gone.
const LEAST_PART_WORDS: usize = 4;

/// What became of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// All its words stand together, where their neighbours stand.
    Kept(TextRange),
    /// At least half of them do, between the same neighbours.
    Changed(TextRange),
    /// Some do; the rest is gone.
    Part(TextRange),
    /// It stood near here.
    Gone(u32),
}

/// Two texts, their words, and which of the old words became which of the new ones.
#[derive(Clone, Copy)]
pub(super) struct Laid<'a> {
    pub(super) then: &'a str,
    pub(super) now: &'a str,
    pub(super) old: &'a [TextRange],
    pub(super) new: &'a [TextRange],
    /// For each old word the number of the new one, in increasing order.
    pub(super) became: &'a [Option<u32>],
}

impl Laid<'_> {
    /// What became of the passage at `range` of the old text; `near` is told where nothing is left of it.
    pub(super) fn fate(&self, range: TextRange, near: impl Fn(usize) -> u32) -> Fate {
        let first = self.old.partition_point(|word| word.end <= range.start);
        let end = self.old.partition_point(|word| word.start < range.end);
        let all: Vec<(usize, usize)> = (first..end)
            .filter_map(|i| Some((i, self.new_of(i)?)))
            .collect();
        let kept = main_run(&all);
        let left = first.checked_sub(1).and_then(|i| self.new_of(i));
        let right = self.new_of(end);
        let (Some((first_kept, from)), Some((last_kept, to))) =
            (kept.first().copied(), kept.last().copied())
        else {
            return match right.and_then(|j| self.new.get(j)) {
                Some(word) if first >= end => Fate::Kept(TextRange::empty(word.start)),
                _ => Fate::Gone(near(first)),
            };
        };
        let n_old = end - first;
        // The span reaches to the neighbours that are still there, so that a word changed at its edge is in it.
        let open = left.filter(|j| *j < from).map_or(from, |j| j + 1);
        let close = right.filter(|j| *j > to).map_or(to, |j| j - 1);
        let at_left =
            (left.is_some() && open + MOST_FOR_ONE * (first_kept - first) >= from) || first == 0;
        let at_right = (right.is_some() && close <= to + MOST_FOR_ONE * (end - 1 - last_kept))
            || end == self.old.len();
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
                Fate::Gone(near(first))
            };
        }
        let part = self.new.get(from).zip(self.new.get(to));
        let part = part.map(|(a, b)| a.union(*b));
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
        // Between two neighbours that stayed there is room for nothing else.
        let between = at_left && at_right;
        let similar = n_telling_kept * 2 >= n_telling
            && (between || kept.len() * 2 >= n_old)
            && kept.len() * 5 >= n_new * 2;
        let in_place = at_left || at_right || kept.len() * 4 >= n_old * 3;
        let whole = self.new.get(from).zip(self.new.get(to));
        match (whole, part) {
            (Some((a, b)), _) if similar && in_place => Fate::Changed(a.union(*b)),
            (_, Some(part)) if n_telling_kept >= LEAST_PART_WORDS && (at_left || at_right) => {
                Fate::Part(part)
            }
            _ => Fate::Gone(near(first)),
        }
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

    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        Some(self.became.get(old).copied().flatten()? as usize)
    }

    /// Word `a.1` of the new text to word `b.1`, cut inside them as `range` cuts the old words `a.0` and `b.0`.
    pub(super) fn exact_edges(
        &self,
        range: TextRange,
        a: (usize, usize),
        b: (usize, usize),
    ) -> TextRange {
        let side = |(old, new): (usize, usize)| Some((*self.old.get(old)?, *self.new.get(new)?));
        let (Some((old_a, new_a)), Some((old_b, new_b))) = (side(a), side(b)) else {
            return TextRange::empty(0);
        };
        let mut found = new_a.union(new_b);
        if range.start > old_a.start {
            let cut = TextRange::new(old_a.start, range.start);
            found.start = self.cut(cut, old_a, new_a);
        }
        if range.end < old_b.end {
            let cut = TextRange::new(old_b.start, range.end);
            found.end = self.cut(cut, old_b, new_b);
        }
        TextRange::new(found.start, found.end.max(found.start))
    }

    /// Where a word is cut whose old form was cut after `part`.
    fn cut(&self, part: TextRange, old: TextRange, new: TextRange) -> u32 {
        if old.of_text(self.then) == new.of_text(self.now) {
            return new.start + part.len();
        }
        // The same letters, written otherwise.
        let n_letters = folded(part.of_text(self.then)).count();
        let mut letters = folded(new.of_text(self.now));
        letters
            .nth(n_letters)
            .map_or(new.end, |letter| new.start + letter.from.start)
    }
}

/// The longest run of kept words, as (old, new), without those that a few words have in common with a text put between by chance, such as a last full stop.
pub(super) fn main_run(kept: &[(usize, usize)]) -> &[(usize, usize)] {
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
