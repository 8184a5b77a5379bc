//! Which letters of a shown text a query matched.

use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

use super::candidates::{Candidates, Item, head};
use super::term::{Query, Sign, Term};
use crate::search::fold::Folded;
use crate::text::TextRange;

/// Longer texts get their letters marked from the left, without `SkimMatcherV2`, whose table grows with text times term.
const LONGEST_ALIGNED: usize = 4096;

/// Finds what to mark in the texts that are shown.
pub struct Highlighter<'a> {
    query: &'a Query,
    skim: SkimMatcherV2,
}

impl<'a> Highlighter<'a> {
    /// Marks for a query.
    pub fn new(query: &'a Query) -> Self {
        Self {
            query,
            skim: SkimMatcherV2::default(),
        }
    }

    /// What of `text` the query matched: byte ranges of whole graphemes, in order, apart from each other; none if it does not match.
    pub fn ranges(&self, text: &str) -> Vec<TextRange> {
        let head = head(text);
        let folded = Folded::new(head);
        let candidates: Candidates = [head].into_iter().collect();
        let item = candidates.item(0);
        let mut ranges = Vec::new();
        for term in &self.query.terms {
            if !term.lets_through(item) {
                return Vec::new();
            }
            if term.sign == Sign::Unwanted {
                continue;
            }
            match term.best_run(item) {
                Some((_, at)) => ranges.push(TextRange::of(at, at + term.text.len())),
                None => ranges.extend(self.letters(term, item, folded.text())),
            }
        }
        let whole = ranges
            .into_iter()
            .map(|range| whole_graphemes(text, folded.original(range)));
        joined(whole.collect())
    }

    /// The scattered letters of a term, as ranges of the folded text.
    fn letters(&self, term: &Term, item: Item<'_>, folded: &str) -> Vec<TextRange> {
        let from_left = || term.leftmost(item);
        if folded.len() > LONGEST_ALIGNED {
            return from_left();
        }
        let choice: String = folded
            .char_indices()
            .map(|(at, c)| with_case(c, item.is_capital(at), term))
            .collect();
        let pattern: String = term
            .text
            .char_indices()
            .map(|(at, c)| with_case(c, term.capitals.get(at) == Some(&true), term))
            .collect();
        let found = if term.case_matters {
            respecting_case().fuzzy_indices(&choice, &pattern)
        } else {
            self.skim.fuzzy_indices(&choice, &pattern)
        };
        let Some((_, indices)) = found else {
            return from_left();
        };
        let mut indices = indices.into_iter().peekable();
        folded
            .char_indices()
            .enumerate()
            .filter_map(|(n, (at, c))| {
                indices
                    .next_if_eq(&n)
                    .map(|_| TextRange::of(at, at + c.len_utf8()))
            })
            .collect()
    }
}

impl fmt::Debug for Highlighter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Highlighter")
            .field("query", self.query)
            .finish_non_exhaustive()
    }
}

/// What of `text` the query matched; for many texts make one [`Highlighter`].
///
/// ```
/// use postil::search::fuzzy::{Query, highlight};
///
/// let title = "An accord in São Paulo";
/// let marked: Vec<&str> = highlight(title, &Query::parse("sao acc")).iter().map(|range| range.of_text(title)).collect();
/// assert_eq!(marked, ["acc", "São"]);
/// ```
pub fn highlight(text: &str, query: &Query) -> Vec<TextRange> {
    Highlighter::new(query).ranges(text)
}

fn respecting_case() -> SkimMatcherV2 {
    SkimMatcherV2::default().respect_case()
}

/// A folded character with its capital back, so that `SkimMatcherV2` sees the humps of `CamelCase`; letters beyond ASCII only where case
/// matters, because it folds ASCII alone.
fn with_case(c: char, capital: bool, term: &Term) -> char {
    let mut upper = c.to_uppercase();
    match (capital, upper.next(), upper.next()) {
        (true, Some(upper), None) if c.is_ascii() || term.case_matters => upper,
        _ => c,
    }
}

/// The smallest range of whole graphemes that covers `range`.
fn whole_graphemes(text: &str, range: TextRange) -> TextRange {
    let (start, end) = (range.start as usize, range.end as usize);
    let is_boundary = |at: usize| {
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        !matches!(
            cursor.is_boundary(text, 0),
            Ok(false) | Err(GraphemeIncomplete::InvalidOffset)
        )
    };
    let before = |at: usize| {
        if is_boundary(at) {
            return at;
        }
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(at)
    };
    let after = |at: usize| {
        if is_boundary(at) {
            return at;
        }
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        cursor.next_boundary(text, 0).ok().flatten().unwrap_or(at)
    };
    TextRange::of(before(start), after(end))
}

/// In order, overlapping and touching ones made one.
fn joined(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_unstable();
    let mut out: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => *last = last.union(range),
            _ => out.push(range),
        }
    }
    out
}
