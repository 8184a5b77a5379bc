//! One search after the other: what cannot match is passed over, what matched before is looked at first, the best are kept.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Weak};

use rayon::prelude::*;

use super::candidates::Candidates;
use super::score::{Outcome, Scratch, score};
use super::term::Query;

/// Texts between two looks at whether the search is still wanted.
const PIECE: usize = 8192;
/// From this many texts on, they are shared out to all cores.
const SHARED_FROM: usize = 4 * PIECE;

/// Searches candidates, and remembers what matched the last query for the one that narrows it.
#[derive(Default)]
pub struct Matcher {
    query: Query,
    /// What matched `query` among the first `seen` candidates of the set `of`; not kept for an empty query.
    survivors: Vec<u32>,
    seen: usize,
    of: Weak<()>,
}

/// What besides the query decides: all three may change between searches of one matcher.
#[derive(Clone, Copy, Default)]
pub struct Scope<'a> {
    /// Which candidates count, by number; all if `None`.
    pub keep: Option<&'a (dyn Fn(u32) -> bool + Sync)>,
    /// What a candidate brings along, added to its score (a letter that matches is worth 32); nothing if `None`.
    pub prior: Option<&'a (dyn Fn(u32) -> i32 + Sync)>,
    /// Asked every few thousand texts: whether nobody waits for the answer any more.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

/// What matched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matches {
    /// How many candidates match.
    pub total: usize,
    /// The best of them, best first; ties by shorter text, then by number. For an empty query ties go by number alone.
    pub best: Vec<Match>,
}

/// One candidate that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Its number.
    pub index: u32,
    /// How well, its prior included.
    pub score: i32,
}

impl Matcher {
    /// Remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The `k` best candidates in `scope` that match `query`, and how many match; `None` if it was cancelled.
    ///
    /// ```
    /// use postil::search::fuzzy::{Candidates, Matcher, Query, Scope};
    ///
    /// let titles = Candidates::from_iter(["Bank rate rise", "São Paulo accord", "Rates of exchange"]);
    /// let found = Matcher::new().search(&titles, &Query::parse("sao acc"), 10, Scope::default()).unwrap();
    /// assert_eq!((found.total, found.best[0].index), (1, 1));
    /// ```
    pub fn search(
        &mut self,
        candidates: &Candidates,
        query: &Query,
        k: usize,
        scope: Scope<'_>,
    ) -> Option<Matches> {
        let known = self.of.as_ptr() == Arc::as_ptr(&candidates.identity)
            && !self.query.is_empty()
            && query.narrows(&self.query);
        let (survivors, seen) = if known {
            (self.survivors.as_slice(), self.seen)
        } else {
            (&[][..], 0)
        };
        let search = Search {
            candidates,
            query,
            k,
            scope,
            survivors,
            seen,
            floor: AtomicI32::new(i32::MIN),
        };
        let n = survivors.len() + candidates.len().saturating_sub(seen);
        let pieces = n.div_ceil(PIECE);
        let piece = |i: usize| search.piece(i * PIECE, n.min((i + 1) * PIECE));
        let found: Vec<Piece> = if n < SHARED_FROM {
            (0..pieces).map(piece).collect::<Option<_>>()?
        } else {
            (0..pieces)
                .into_par_iter()
                .map(piece)
                .collect::<Option<_>>()?
        };

        let total = found.iter().map(|piece| piece.total).sum();
        let mut ranks: Vec<Rank> = found
            .iter()
            .flat_map(|piece| &piece.best)
            .copied()
            .collect();
        ranks.sort_unstable_by_key(|rank| Reverse(*rank));
        ranks.truncate(k);
        self.survivors.clear();
        self.survivors
            .reserve_exact(found.iter().map(|piece| piece.matched.len()).sum());
        for piece in found {
            self.survivors.extend(piece.matched);
        }
        self.query = query.clone();
        self.seen = candidates.len();
        self.of = Arc::downgrade(&candidates.identity);
        Some(Matches {
            total,
            best: ranks.into_iter().map(Rank::of_match).collect(),
        })
    }

    /// Forgets the last query and gives its memory back.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher")
            .field("query", &self.query)
            .field("survivors", &self.survivors.len())
            .finish_non_exhaustive()
    }
}

struct Search<'a> {
    candidates: &'a Candidates,
    query: &'a Query,
    k: usize,
    scope: Scope<'a>,
    survivors: &'a [u32],
    seen: usize,
    /// A score that `k` candidates have reached.
    floor: AtomicI32,
}

struct Piece {
    total: usize,
    matched: Vec<u32>,
    best: Vec<Rank>,
}

/// Score, shortness and number in one integer: the greater, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(u128);

impl Rank {
    fn new(score: i32, length: u32, index: u32) -> Self {
        let score = score.cast_unsigned() ^ (1 << 31);
        Self(u128::from(score) << 64 | u128::from(!length) << 32 | u128::from(!index))
    }

    fn score(self) -> i32 {
        ((self.0 >> 64) as u32 ^ (1 << 31)).cast_signed()
    }

    fn of_match(self) -> Match {
        Match {
            index: !(self.0 as u32),
            score: self.score(),
        }
    }
}

impl Search<'_> {
    /// The number of the `i`-th candidate to look at: first what matched before, then what is new.
    fn nth(&self, i: usize) -> u32 {
        self.survivors
            .get(i)
            .copied()
            .unwrap_or_else(|| (self.seen + i.saturating_sub(self.survivors.len())) as u32)
    }

    fn piece(&self, from: usize, until: usize) -> Option<Piece> {
        if self.scope.cancelled.is_some_and(|cancelled| cancelled()) {
            return None;
        }
        let mut piece = Piece {
            total: 0,
            matched: Vec::new(),
            best: Vec::new(),
        };
        let mut best: BinaryHeap<Reverse<Rank>> = BinaryHeap::new();
        let mut scratch = Scratch::default();
        let mut floor = self.floor.load(Ordering::Relaxed);
        for index in (from..until).map(|i| self.nth(i)) {
            if self.query.mask & !self.candidates.mask(index) != 0 {
                continue;
            }
            let item = self.candidates.item(index);
            let prior = self.scope.prior.map_or(0, |prior| prior(index));
            let outcome = score(self.query, item, floor.saturating_sub(prior), &mut scratch);
            if outcome == Outcome::NoMatch {
                continue;
            }
            if !self.query.is_empty() {
                piece.matched.push(index);
            }
            if self.scope.keep.is_some_and(|keep| !keep(index)) {
                continue;
            }
            piece.total += 1;
            let Outcome::Score(score) = outcome else {
                continue;
            };
            let length = if self.query.is_empty() {
                0
            } else {
                item.bytes.len() as u32
            };
            let rank = Rank::new(score.saturating_add(prior), length, index);
            if best.len() < self.k {
                best.push(Reverse(rank));
            } else if let Some(mut worst) = best.peek_mut()
                && rank > worst.0
            {
                *worst = Reverse(rank);
            }
            if best.len() >= self.k
                && let Some(Reverse(worst)) = best.peek()
                && worst.score() > floor
            {
                floor = worst.score();
            }
        }
        self.floor.fetch_max(floor, Ordering::Relaxed);
        piece.best = best.into_iter().map(|Reverse(rank)| rank).collect();
        Some(piece)
    }
}
