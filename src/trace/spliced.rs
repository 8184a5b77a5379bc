//! A quotation put together of two passages of one document.
//!
//! In: the runs of words a quotation shares with documents. Out: the document in which two stretches that follow on each other in the quotation, and lie apart there, make up most of it, and
//! where the one ends and the other begins.

use std::collections::BTreeMap;

/// Words in a run.
pub(super) const RUN: usize = 3;
/// Words of a quotation that is tried, at most: what is longer is found by the passages documents share.
const LONGEST: usize = 400;
/// Runs looked at, at most.
const MOST_RUNS: usize = 20_000;
/// Runs of words in each of the two stretches, at least.
const FEWEST_RUNS: u32 = 4;
/// Words around what is fitted.
const AROUND: usize = 6;
/// Words between the two stretches, at most.
const FARTHEST: usize = 4_000;

/// A run of words that stands in the quotation and in a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) source: u32,
    pub(super) at: u32,
    pub(super) in_quote: u32,
}

/// Where two passages were put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seam {
    pub(super) source: u32,
    /// The word of the quotation that begins the second passage.
    pub(super) before: usize,
    /// The words of the source that hold both.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Runs that lie on one line: as far from each other in the quotation as in the source.
#[derive(Debug, Clone, Copy)]
struct Line {
    n_runs: u32,
    first: u32,
    last: u32,
    /// In the source, of the first.
    at: u32,
}

/// The best seam for a quotation of `n_words`, if two passages make up four fifths of it.
pub(super) fn seam(n_words: usize, runs: impl Iterator<Item = Run>) -> Option<Seam> {
    if n_words > LONGEST {
        return None;
    }
    let mut lines: BTreeMap<(u32, i64), Line> = BTreeMap::new();
    for run in runs.take(MOST_RUNS) {
        let shift = i64::from(run.at) - i64::from(run.in_quote);
        let line = lines.entry((run.source, shift)).or_insert(Line {
            n_runs: 0,
            first: run.in_quote,
            last: run.in_quote,
            at: run.at,
        });
        line.n_runs += 1;
        if run.in_quote < line.first {
            (line.first, line.at) = (run.in_quote, run.at);
        }
        line.last = line.last.max(run.in_quote);
    }
    lines.retain(|_, line| line.n_runs >= FEWEST_RUNS);
    let lines: Vec<(u32, Line)> = lines
        .into_iter()
        .map(|((source, _), line)| (source, line))
        .collect();
    let mut best: Option<(u32, Seam)> = None;
    for (number, (source, one)) in lines.iter().enumerate() {
        // They are in the order of their shift: the other lies later in the source than the quotation would have it.
        let others = lines
            .iter()
            .skip(number + 1)
            .take_while(|(of, _)| of == source);
        for (_, other) in others.filter(|(_, other)| other.first > one.last) {
            let n_runs = one.n_runs + other.n_runs;
            let n_covered = n_runs as usize + 2 * (RUN - 1);
            let (from, to) = (
                one.at as usize,
                other.at as usize + (other.last - other.first) as usize + RUN,
            );
            let near = to.saturating_sub(from) <= n_words + FARTHEST;
            if near && n_covered * 5 >= n_words * 4 && best.is_none_or(|(most, _)| n_runs > most) {
                let seam = Seam {
                    source: *source,
                    before: other.first as usize,
                    from: from.saturating_sub(AROUND + one.first as usize),
                    to: to + AROUND,
                };
                best = Some((n_runs, seam));
            }
        }
    }
    best.map(|(_, seam)| seam)
}
