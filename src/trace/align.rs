//! Two word lists laid side by side: what is equal, and the hunks where they differ.
//!
//! Short lists are aligned by edit distance, which pairs a word with the one in its place; long ones by Myers' O(ND) difference in linear space, whose sum of deleted and inserted words
//! is the least possible. Where two long lists have next to nothing in common the search is broken off, as other diff programs do, and the result is right but not least.

use std::ops::Range;

/// A place where two lists differ; one side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The words of the first list.
    pub a: Range<usize>,
    /// The words of the second list, in their place.
    pub b: Range<usize>,
}

impl Hunk {
    /// The same, so many words later.
    fn shifted(&self, by_a: usize, by_b: usize) -> Self {
        Self {
            a: self.a.start + by_a..self.a.end + by_a,
            b: self.b.start + by_b..self.b.end + by_b,
        }
    }
}

/// Tables up to so many cells are filled.
const CELLS: usize = 1 << 18;

/// The hunks between two lists, a word replaced by another counting once.
pub fn edits(a: &[u32], b: &[u32]) -> Vec<Hunk> {
    let (start, n_end) = common_ends(a, b);
    let (inner_a, inner_b) = (inside(a, start, n_end), inside(b, start, n_end));
    if inner_a.len().saturating_mul(inner_b.len()) > CELLS {
        return differences(a, b);
    }
    let found = by_distance(inner_a, inner_b);
    found
        .iter()
        .map(|hunk| hunk.shifted(start, start))
        .collect()
}

/// The hunks between two lists with the fewest words deleted and inserted.
pub fn differences(a: &[u32], b: &[u32]) -> Vec<Hunk> {
    let mut found = Vec::new();
    let mut work = vec![(0..a.len(), 0..b.len())];
    let mut ends = Ends::default();
    while let Some((of_a, of_b)) = work.pop() {
        let (Some(x), Some(y)) = (a.get(of_a.clone()), b.get(of_b.clone())) else {
            continue;
        };
        let (start, n_end) = common_ends(x, y);
        let of_a = of_a.start + start..of_a.end - n_end;
        let of_b = of_b.start + start..of_b.end - n_end;
        if of_a.is_empty() || of_b.is_empty() {
            if !(of_a.is_empty() && of_b.is_empty()) {
                found.push(Hunk { a: of_a, b: of_b });
            }
            continue;
        }
        let (x, y) = (inside(x, start, n_end), inside(y, start, n_end));
        match ends.middle(x, y) {
            Some((at_a, at_b)) => {
                let (at_a, at_b) = (of_a.start + at_a, of_b.start + at_b);
                work.push((at_a..of_a.end, at_b..of_b.end));
                work.push((of_a.start..at_a, of_b.start..at_b));
            }
            None => found.push(Hunk { a: of_a, b: of_b }),
        }
    }
    joined(found)
}

/// Hunks that touch made one.
fn joined(mut hunks: Vec<Hunk>) -> Vec<Hunk> {
    hunks.sort_unstable_by_key(|hunk| (hunk.a.start, hunk.b.start));
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        match joined.last_mut() {
            Some(last) if last.a.end == hunk.a.start && last.b.end == hunk.b.start => {
                last.a.end = hunk.a.end;
                last.b.end = hunk.b.end;
            }
            _ => joined.push(hunk),
        }
    }
    joined
}

fn inside(list: &[u32], start: usize, n_end: usize) -> &[u32] {
    list.get(start..list.len() - n_end).unwrap_or_default()
}

/// How many words two lists share at their start, and at their end behind that.
fn common_ends(a: &[u32], b: &[u32]) -> (usize, usize) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (
        a.get(start..).unwrap_or_default(),
        b.get(start..).unwrap_or_default(),
    );
    let end = rest_a
        .iter()
        .rev()
        .zip(rest_b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    (start, end)
}

/// Edit distance with all three steps costing one; of equal ways the one that substitutes.
fn by_distance(a: &[u32], b: &[u32]) -> Vec<Hunk> {
    let width = b.len() + 1;
    let mut cost: Vec<u32> = (0..width as u32).collect();
    cost.resize(width * (a.len() + 1), 0);
    let at = |i: usize, j: usize| i * width + j;
    let get =
        |cost: &[u32], i: usize, j: usize| cost.get(at(i, j)).copied().unwrap_or(u32::MAX / 2);
    for (i, x) in a.iter().enumerate() {
        if let Some(cell) = cost.get_mut(at(i + 1, 0)) {
            *cell = i as u32 + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let best = (get(&cost, i, j) + u32::from(x != y))
                .min(get(&cost, i, j + 1) + 1)
                .min(get(&cost, i + 1, j) + 1);
            if let Some(cell) = cost.get_mut(at(i + 1, j + 1)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut found: Vec<Hunk> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    while i > 0 || j > 0 {
        let here = get(&cost, i, j);
        let equal = i > 0 && j > 0 && a.get(i - 1) == b.get(j - 1);
        if equal && get(&cost, i - 1, j - 1) == here {
            if let Some((end_a, end_b)) = open.take() {
                found.push(Hunk {
                    a: i..end_a,
                    b: j..end_b,
                });
            }
            (i, j) = (i - 1, j - 1);
            continue;
        }
        open = open.or(Some((i, j)));
        if i > 0 && j > 0 && !equal && get(&cost, i - 1, j - 1) + 1 == here {
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && get(&cost, i - 1, j) + 1 == here {
            i -= 1;
        } else {
            j = j.saturating_sub(1);
        }
    }
    if let Some((end_a, end_b)) = open {
        found.push(Hunk {
            a: 0..end_a,
            b: 0..end_b,
        });
    }
    found.reverse();
    found
}

/// The furthest points reached from both ends, by diagonal.
#[derive(Default)]
struct Ends {
    forward: Vec<usize>,
    backward: Vec<usize>,
}

/// Steps after which the search for the middle is broken off: enough for any two texts that have to do with each other.
const STEPS: usize = 768;

impl Ends {
    /// A point on a shortest way through two lists that neither begin nor end with the same word; none where they share nothing in reach.
    #[allow(clippy::many_single_char_names)] // Myers' own names
    fn middle(&mut self, a: &[u32], b: &[u32]) -> Option<(usize, usize)> {
        let (n, m) = (a.len() as isize, b.len() as isize);
        let most = (n + m).div_euclid(2) + 1;
        let limit = most.min(STEPS as isize);
        let size = (2 * limit + 3) as usize;
        self.forward.clear();
        self.forward.resize(size, 0);
        self.backward.clear();
        self.backward.resize(size, 0);
        let delta = n - m;
        let slot = |k: isize| (k + limit + 1) as usize;
        let read = |line: &[usize], k: isize| line.get(slot(k)).copied().unwrap_or(0) as isize;
        for d in 0..=limit {
            for k in (-d..=d).step_by(2) {
                let down =
                    k == -d || (k != d && read(&self.forward, k - 1) < read(&self.forward, k + 1));
                let mut x = if down {
                    read(&self.forward, k + 1)
                } else {
                    read(&self.forward, k - 1) + 1
                };
                let mut y = x - k;
                while x < n && y < m && y >= 0 && a.get(x as usize) == b.get(y as usize) {
                    x += 1;
                    y += 1;
                }
                if let Some(cell) = self.forward.get_mut(slot(k)) {
                    *cell = x.max(0) as usize;
                }
                // The ways from both ends meet on diagonal `k`; the other end counts its own from `delta`.
                let other = delta - k;
                if delta.rem_euclid(2) == 1
                    && other.abs() < d
                    && x + read(&self.backward, other) >= n
                    && y <= m
                    && y >= 0
                    && x <= n
                {
                    return split(x, y, n, m);
                }
            }
            for k in (-d..=d).step_by(2) {
                let down = k == -d
                    || (k != d && read(&self.backward, k - 1) < read(&self.backward, k + 1));
                let mut x = if down {
                    read(&self.backward, k + 1)
                } else {
                    read(&self.backward, k - 1) + 1
                };
                let mut y = x - k;
                while x < n
                    && y < m
                    && y >= 0
                    && a.get((n - x - 1) as usize) == b.get((m - y - 1) as usize)
                {
                    x += 1;
                    y += 1;
                }
                if let Some(cell) = self.backward.get_mut(slot(k)) {
                    *cell = x.max(0) as usize;
                }
                let other = delta - k;
                if delta.rem_euclid(2) == 0
                    && other.abs() <= d
                    && x + read(&self.forward, other) >= n
                    && y <= m
                    && y >= 0
                    && x <= n
                {
                    return split(n - x, m - y, n, m);
                }
            }
        }
        // Broken off: go on from the point furthest along.
        let furthest = (-limit..=limit)
            .map(|k| (read(&self.forward, k), read(&self.forward, k) - k))
            .filter(|(x, y)| *x <= n && *y <= m && *y >= 0)
            .max_by_key(|(x, y)| x + y)?;
        split(furthest.0, furthest.1, n, m)
    }
}

/// The point, unless it would not divide the lists.
fn split(x: isize, y: isize, n: isize, m: isize) -> Option<(usize, usize)> {
    let inside =
        (0..=n).contains(&x) && (0..=m).contains(&y) && (x, y) != (0, 0) && (x, y) != (n, m);
    inside.then_some((x as usize, y as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn optimum(a: &[u32], b: &[u32]) -> usize {
        let mut before = vec![0; b.len() + 1];
        for x in a {
            let mut row = vec![0];
            for (j, y) in b.iter().enumerate() {
                row.push(if x == y {
                    before[j] + 1
                } else {
                    before[j + 1].max(row[j])
                });
            }
            before = row;
        }
        a.len() + b.len() - 2 * before[b.len()]
    }

    /// What the hunks leave is equal on both sides; gives how many words are in them.
    fn check(a: &[u32], b: &[u32], hunks: &[Hunk]) -> usize {
        let (mut at_a, mut at_b, mut n) = (0, 0, 0);
        for hunk in hunks {
            assert_eq!(a[at_a..hunk.a.start], b[at_b..hunk.b.start]);
            assert!(!hunk.a.is_empty() || !hunk.b.is_empty());
            (at_a, at_b) = (hunk.a.end, hunk.b.end);
            n += hunk.a.len() + hunk.b.len();
        }
        assert_eq!(a[at_a..], b[at_b..]);
        n
    }

    proptest! {
        #[test]
        fn hunks_are_all_that_differs(a in prop::collection::vec(0_u32..5, 0..40), b in prop::collection::vec(0_u32..5, 0..40)) {
            check(&a, &b, &edits(&a, &b));
            prop_assert_eq!(check(&a, &b, &differences(&a, &b)), optimum(&a, &b));
        }
    }

    #[test]
    fn a_word_in_place_of_another_is_one_hunk() {
        assert_eq!(
            edits(&[1, 2, 3, 4], &[1, 9, 3, 4]),
            [Hunk { a: 1..2, b: 1..2 }]
        );
    }

    #[test]
    fn long_lists_that_share_nothing_take_no_time() {
        let a: Vec<u32> = (0..10_000).collect();
        let b: Vec<u32> = (100_000..110_000).collect();
        assert_eq!(check(&a, &b, &differences(&a, &b)), 20_000);
        let repeated: Vec<u32> = (0..10_000).map(|n| n % 7).collect();
        let other: Vec<u32> = (0..10_000).map(|n| n % 5).collect();
        check(&repeated, &other, &differences(&repeated, &other));
    }
}
