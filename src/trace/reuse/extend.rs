//! A seed grown into the passage it stands in.
//!
//! Both ends of a seed are aligned on with gaps and substitutions until the score has dropped too far below its best (X-drop, as in BLAST's gapped extension); the passage ends
//! where the score was best, so that a weak tail falls away by itself. The rows are no wider than the drop allows: the time is linear in the length of the passage.

use std::ops::Range;

/// What a step of an alignment is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scores {
    /// Two equal words that carry meaning.
    pub strong: i32,
    /// Two equal words that carry little.
    pub weak: i32,
    /// A word in place of another.
    pub substitution: i32,
    /// A word more on one side.
    pub gap: i32,
    /// How far the score may drop below its best.
    pub drop: i32,
}

impl Scores {
    /// Among few documents: what is worded anew in part is still found.
    pub const LENIENT: Self = Self {
        strong: 4,
        weak: 2,
        substitution: -2,
        gap: -2,
        drop: 18,
    };
    /// Among many, where more is alike by chance.
    pub const STRICT: Self = Self {
        substitution: -3,
        drop: 14,
        ..Self::LENIENT
    };
}

/// A passage of two word lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its words in the first list.
    pub a: Range<usize>,
    /// Its words in the second.
    pub b: Range<usize>,
    /// Words equal on both sides.
    pub matched: usize,
    /// The score of the alignment.
    pub score: i32,
}

impl Region {
    /// The same with the lists in the other order.
    pub fn swapped(&self) -> Self {
        Self {
            a: self.b.clone(),
            b: self.a.clone(),
            ..*self
        }
    }
}

#[derive(Clone, Copy)]
struct Cell {
    score: i32,
    matched: u32,
}

const DEAD: Cell = Cell {
    score: i32::MIN / 2,
    matched: 0,
};

/// Rows that are used again for every extension.
#[derive(Default)]
pub struct Rows {
    before: Vec<Cell>,
    row: Vec<Cell>,
}

/// Where an extension ends: words of either side, words matched, score.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    n_a: usize,
    n_b: usize,
    matched: usize,
    score: i32,
}

/// Grows the run of `n_words` equal words at `at_a` and `at_b` both ways.
pub fn grow(
    (a, b): (&[u32], &[u32]),
    (at_a, at_b, n_words): (usize, usize, usize),
    is_weak: &impl Fn(u32) -> bool,
    scores: Scores,
    rows: &mut Rows,
) -> Region {
    let back = |ids: &[u32], at: usize| ids.get(..at).unwrap_or_default().len();
    let (n_left_a, n_left_b) = (back(a, at_a), back(b, at_b));
    let left = extend(
        |n| {
            n_left_a
                .checked_sub(n + 1)
                .and_then(|at| a.get(at))
                .copied()
        },
        |n| {
            n_left_b
                .checked_sub(n + 1)
                .and_then(|at| b.get(at))
                .copied()
        },
        is_weak,
        scores,
        rows,
    );
    let (end_a, end_b) = (at_a + n_words, at_b + n_words);
    let right = extend(
        |n| a.get(end_a + n).copied(),
        |n| b.get(end_b + n).copied(),
        is_weak,
        scores,
        rows,
    );
    let seed: i32 = a
        .get(at_a..end_a)
        .unwrap_or_default()
        .iter()
        .map(|id| {
            if is_weak(*id) {
                scores.weak
            } else {
                scores.strong
            }
        })
        .sum();
    Region {
        a: at_a.saturating_sub(left.n_a)..end_a + right.n_a,
        b: at_b.saturating_sub(left.n_b)..end_b + right.n_b,
        matched: left.matched + n_words + right.matched,
        score: left.score + seed + right.score,
    }
}

/// Aligns two sequences from their start as far as it is worth it.
#[allow(clippy::too_many_lines)] // one recurrence, and its borders
fn extend(
    a: impl Fn(usize) -> Option<u32>,
    b: impl Fn(usize) -> Option<u32>,
    is_weak: &impl Fn(u32) -> bool,
    scores: Scores,
    rows: &mut Rows,
) -> End {
    let mut best = End::default();
    // The exact part first: most of a passage is.
    let mut start = 0;
    let mut score = 0;
    while let (Some(left), Some(right)) = (a(start), b(start)) {
        if left != right {
            break;
        }
        score += if is_weak(left) {
            scores.weak
        } else {
            scores.strong
        };
        start += 1;
    }
    best.score = score;
    (best.n_a, best.n_b, best.matched) = (start, start, start);
    // Columns `from..from + before.len()` of the last row are alive.
    let mut from = start;
    rows.before.clear();
    let mut cell = Cell {
        score,
        matched: start as u32,
    };
    while cell.score >= best.score - scores.drop {
        rows.before.push(cell);
        cell.score += scores.gap;
    }
    let mut n_a = start;
    while let Some(word) = a(n_a) {
        n_a += 1;
        rows.row.clear();
        let mut first = None;
        let mut column = from;
        let (mut left, mut across) = (DEAD, DEAD);
        loop {
            let above = rows.before.get(column - from).copied().unwrap_or(DEAD);
            let within = column <= from + rows.before.len();
            let other = column.checked_sub(1).and_then(&b);
            let mut cell = DEAD;
            if let Some(other) = other.filter(|_| across.score > DEAD.score) {
                cell = if other == word {
                    Cell {
                        score: across.score
                            + if is_weak(word) {
                                scores.weak
                            } else {
                                scores.strong
                            },
                        matched: across.matched + 1,
                    }
                } else {
                    Cell {
                        score: across.score + scores.substitution,
                        matched: across.matched,
                    }
                };
            }
            if above.score + scores.gap > cell.score {
                cell = Cell {
                    score: above.score + scores.gap,
                    matched: above.matched,
                };
            }
            if left.score + scores.gap > cell.score && other.is_some() {
                cell = Cell {
                    score: left.score + scores.gap,
                    matched: left.matched,
                };
            }
            across = above;
            let alive = cell.score >= best.score - scores.drop;
            if !alive {
                cell = DEAD;
            }
            if cell.score > best.score {
                best = End {
                    n_a,
                    n_b: column,
                    matched: cell.matched as usize,
                    score: cell.score,
                };
            }
            if alive && first.is_none() {
                first = Some(column);
            }
            if first.is_some() {
                rows.row.push(cell);
            }
            left = cell;
            column += 1;
            if !within && !alive {
                break;
            }
        }
        let Some(first) = first else { break };
        while rows.row.last().is_some_and(|cell| cell.score == DEAD.score) {
            rows.row.pop();
        }
        from = first;
        std::mem::swap(&mut rows.before, &mut rows.row);
    }
    best
}
