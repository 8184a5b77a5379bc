//! A quotation fitted into a source: the whole of it against the stretch it comes from.
//!
//! Semi-global alignment: every word of the quotation counts, the source may begin and end anywhere. Of equally cheap ways the one that puts a word in the place of another. Where the quotation
//! has an ellipsis, words of the source are left out for nothing.

use std::ops::Range;

use super::align::Hunk;

/// Where a quotation fits best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fit {
    /// The words of the source.
    pub(super) source: Range<usize>,
    /// Where the two differ.
    pub(super) hunks: Vec<Hunk>,
    /// Words equal on both sides.
    pub(super) matched: usize,
    /// Words changed, left out (unless behind an ellipsis) and put in.
    pub(super) cost: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Start,
    Pair,
    Copy,
    Source,
}

/// Fits `quote` into `source`; `open[i]` says that an ellipsis stands before word `i` of the quotation. None where it is too long to be tried, or empty.
pub(super) fn fit(quote: &[u32], source: &[u32], open: &[bool]) -> Option<Fit> {
    const CELLS: usize = 1 << 21;
    let width = source.len() + 1;
    if quote.is_empty() || source.is_empty() || width.saturating_mul(quote.len() + 1) > CELLS {
        return None;
    }
    let mut steps = vec![Step::Start; width];
    let mut before = vec![0_u32; width];
    for (i, word) in quote.iter().enumerate() {
        let is_open = open.get(i + 1).copied().unwrap_or(false);
        let mut row = Vec::with_capacity(width);
        row.push(i as u32 + 1);
        steps.push(Step::Copy);
        for (j, other) in source.iter().enumerate() {
            let get = |line: &[u32], at: usize| line.get(at).copied().unwrap_or(u32::MAX / 2);
            let pair = get(&before, j) + u32::from(word != other);
            let copy = get(&before, j + 1) + 1;
            let left_out = get(&row, j) + u32::from(!is_open);
            let (cost, step) = if pair <= copy && pair <= left_out {
                (pair, Step::Pair)
            } else if copy <= left_out {
                (copy, Step::Copy)
            } else {
                (left_out, Step::Source)
            };
            row.push(cost);
            steps.push(step);
        }
        before = row;
    }
    // Of equally cheap ends one with the same last word, else one whose last word stands in the place of another.
    let equal = |end: usize| end > 0 && source.get(end - 1) == quote.last();
    let paired = |end: usize| steps.get(quote.len() * width + end) == Some(&Step::Pair);
    let (end, cost) = before
        .iter()
        .copied()
        .enumerate()
        .min_by_key(|(end, cost)| (*cost, !equal(*end), !paired(*end), *end))?;
    let (mut i, mut j) = (quote.len(), end);
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut open_hunk: Option<(usize, usize)> = None;
    let mut matched = 0;
    while i > 0 {
        let step = steps.get(i * width + j).copied()?;
        let equal = step == Step::Pair && quote.get(i - 1) == source.get(j.checked_sub(1)?);
        if equal {
            if let Some((end_a, end_b)) = open_hunk.take() {
                hunks.push(Hunk {
                    a: i..end_a,
                    b: j..end_b,
                });
            }
            matched += 1;
        } else {
            open_hunk = open_hunk.or(Some((i, j)));
        }
        match step {
            Step::Pair => (i, j) = (i - 1, j - 1),
            Step::Copy => i -= 1,
            Step::Source => j -= 1,
            Step::Start => break,
        }
    }
    if let Some((end_a, end_b)) = open_hunk {
        hunks.push(Hunk {
            a: i..end_a,
            b: j..end_b,
        });
    }
    hunks.reverse();
    Some(Fit {
        source: j..end,
        hunks,
        matched,
        cost,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quotation_lies_where_it_costs_least() {
        let found = fit(&[5, 6, 9, 8], &[1, 2, 5, 6, 7, 8, 3], &[]).unwrap();
        assert_eq!((found.source, found.matched, found.cost), (2..6, 3, 1));
        assert_eq!(
            found.hunks,
            [Hunk {
                a: 2..3,
                b: 2 + 2..5
            }]
        );
    }

    #[test]
    fn an_ellipsis_skips_words_for_nothing() {
        let source: Vec<u32> = (0..30).collect();
        let found = fit(
            &[3, 4, 5, 25, 26],
            &source,
            &[false, false, false, true, false],
        )
        .unwrap();
        assert_eq!((found.source, found.cost), (3..27, 0));
    }

    proptest! {
        #[test]
        fn hunks_are_all_that_differs(quote in prop::collection::vec(0_u32..4, 1..12), source in prop::collection::vec(0_u32..4, 1..30)) {
            let found = fit(&quote, &source, &[]).unwrap();
            let (mut at_a, mut at_b) = (0, found.source.start);
            for hunk in &found.hunks {
                prop_assert_eq!(&quote[at_a..hunk.a.start], &source[at_b..hunk.b.start]);
                (at_a, at_b) = (hunk.a.end, hunk.b.end);
            }
            prop_assert_eq!(&quote[at_a..], &source[at_b..found.source.end]);
        }
    }
}
