//! The patience diff over any two sequences (Bram Cohen's), bounded on hostile input.

/// Cells the quadratic step may fill in one comparison; past that the rest stays unmatched.
const MOST_CELLS: usize = 8_000_000;
const MOST_DEPTH: usize = 64;

/// For each item of `old` the index of the item of `new` it became, in increasing order.
///
/// Patience: items that stand once on both sides hold the two together, what lies between is compared the same way, and short stretches without such items by
/// their longest common subsequence. Time is O(n log n) a level, levels and quadratic work are bounded. Items are numbered from 0: room for the highest number is taken.
pub(super) fn matches(old: &[u32], new: &[u32]) -> Vec<Option<u32>> {
    let highest = old.iter().chain(new).max().copied().unwrap_or_default();
    let mut found = Found {
        pairs: vec![None; old.len()],
        cells: MOST_CELLS,
        seen: vec![Seen::default(); highest as usize + 1],
        n_looked: 0,
    };
    found.stretch((old, 0), (new, 0), 0);
    found.pairs
}

struct Found {
    pairs: Vec<Option<u32>>,
    cells: usize,
    /// By item, what is known of it in the stretch that is looked at.
    seen: Vec<Seen>,
    /// Stretches looked at so far: what is known of another one counts for nothing.
    n_looked: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    stretch: u32,
    n_old: u32,
    n_new: u32,
    /// Where it stands in `new`.
    at: u32,
}

type Side<'a> = (&'a [u32], usize);

impl Found {
    fn pair(&mut self, old: usize, new: usize) {
        if let Some(slot) = self.pairs.get_mut(old) {
            *slot = Some(new as u32);
        }
    }

    fn stretch(&mut self, (old, old_at): Side<'_>, (new, new_at): Side<'_>, depth: usize) {
        let same_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        for i in 0..same_start {
            self.pair(old_at + i, new_at + i);
        }
        let (old, new) = (rest(old, same_start), rest(new, same_start));
        let (old_at, new_at) = (old_at + same_start, new_at + same_start);
        let same_end = old
            .iter()
            .rev()
            .zip(new.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        for i in 1..=same_end {
            self.pair(old_at + old.len() - i, new_at + new.len() - i);
        }
        let old = cut(old, 0, old.len() - same_end);
        let new = cut(new, 0, new.len() - same_end);
        if old.is_empty() || new.is_empty() {
            return;
        }
        let mut fixed = if depth < MOST_DEPTH {
            increasing(&self.unique_pairs(old, new))
        } else {
            Vec::new()
        };
        if fixed.is_empty() {
            self.common_subsequence((old, old_at), (new, new_at));
            return;
        }
        fixed.push((old.len(), new.len()));
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in fixed {
            self.stretch(
                (cut(old, i, to_i), old_at + i),
                (cut(new, j, to_j), new_at + j),
                depth + 1,
            );
            if to_i < old.len() {
                self.pair(old_at + to_i, new_at + to_j);
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
    }

    /// Places of items that stand once in `old` and once in `new`, in the order of `old`.
    fn unique_pairs(&mut self, old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
        self.n_looked += 1;
        let stretch = self.n_looked;
        for item in old {
            if let Some(seen) = self.seen.get_mut(*item as usize) {
                if seen.stretch != stretch {
                    *seen = Seen {
                        stretch,
                        ..Seen::default()
                    };
                }
                seen.n_old += 1;
            }
        }
        for (j, item) in new.iter().enumerate() {
            if let Some(seen) = self.seen.get_mut(*item as usize)
                && seen.stretch == stretch
            {
                (seen.n_new, seen.at) = (seen.n_new + 1, j as u32);
            }
        }
        old.iter()
            .enumerate()
            .filter_map(|(i, item)| {
                let seen = self.seen.get(*item as usize)?;
                let once = seen.n_old == 1 && seen.n_new == 1;
                once.then_some((i, seen.at as usize))
            })
            .collect()
    }

    fn common_subsequence(&mut self, (old, old_at): Side<'_>, (new, new_at): Side<'_>) {
        let width = new.len() + 1;
        let n_cells = width.saturating_mul(old.len() + 1);
        if n_cells > self.cells {
            return;
        }
        self.cells -= n_cells;
        // lengths[i][j]: the longest common subsequence of old[i..] and new[j..].
        let mut lengths = vec![0_u32; n_cells];
        let at = |lengths: &[u32], i: usize, j: usize| {
            lengths.get(i * width + j).copied().unwrap_or_default()
        };
        for (i, a) in old.iter().enumerate().rev() {
            for (j, b) in new.iter().enumerate().rev() {
                let best = if a == b {
                    at(&lengths, i + 1, j + 1) + 1
                } else {
                    at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
                };
                if let Some(cell) = lengths.get_mut(i * width + j) {
                    *cell = best;
                }
            }
        }
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
            if a == b {
                self.pair(old_at + i, new_at + j);
                (i, j) = (i + 1, j + 1);
            } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
}

fn rest(items: &[u32], from: usize) -> &[u32] {
    items.get(from..).unwrap_or_default()
}

fn cut(items: &[u32], from: usize, to: usize) -> &[u32] {
    items.get(from..to).unwrap_or_default()
}

/// The longest run of pairs whose second members increase.
fn increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let new_of = |index: usize| pairs.get(index).map_or(0, |pair| pair.1);
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, j)) in pairs.iter().enumerate() {
        let at = tails.partition_point(|tail| new_of(*tail) < *j);
        before.push(at.checked_sub(1).and_then(|at| tails.get(at)).copied());
        match tails.get_mut(at) {
            Some(tail) => *tail = index,
            None => tails.push(index),
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(index) = next {
        chain.extend(pairs.get(index).copied());
        next = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(text: &str) -> Vec<u32> {
        text.bytes().map(u32::from).collect()
    }

    /// What became of each letter: its place in `new`, or `.`.
    fn check(old: &str, new: &str, became: &str) {
        let found: String = matches(&ids(old), &ids(new))
            .iter()
            .map(|j| j.and_then(|j| char::from_digit(j, 36)).unwrap_or('.'))
            .collect();
        assert_eq!(found, became, "{old} -> {new}");
    }

    #[test]
    fn letters_find_their_places() {
        check("abcd", "abcd", "0123");
        check("abcd", "xxabcd", "2345");
        check("abcd", "abxd", "01.3");
        check("abcabc", "abcxabc", "012456");
        check("aabb", "bbaa", "..01");
        check("abc", "", "...");
    }

    proptest! {
        #[test]
        fn pairs_are_equal_and_in_order(old in "[a-f]{0,60}", new in "[a-f]{0,60}") {
            let (old, new) = (ids(&old), ids(&new));
            let mut last = None;
            for (i, j) in matches(&old, &new).into_iter().enumerate() {
                let Some(j) = j else { continue };
                prop_assert_eq!(old[i], new[j as usize]);
                prop_assert!(last < Some(j));
                last = Some(j);
            }
        }
    }
}
