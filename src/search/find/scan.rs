use super::Finder;
use crate::text::TextRange;

/// All hits of a text, found a piece at a time, so that a screen can show the first ones while the rest is counted.
#[derive(Debug, Clone)]
pub struct Scan {
    finder: Finder,
    at: usize,
    hits: Vec<TextRange>,
    total: usize,
}

/// How far a scan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Hits so far.
    pub total: usize,
    /// Bytes of the text that are done.
    pub bytes: usize,
    /// Whether that is all of it.
    pub done: bool,
}

impl Scan {
    /// The ranges of so many hits are kept; further ones are counted.
    pub const MOST_KEPT: usize = 1 << 18;

    /// Has found nothing yet.
    pub const fn new(finder: Finder) -> Self {
        Self {
            finder,
            at: 0,
            hits: Vec::new(),
            total: 0,
        }
    }

    /// Searches `budget_bytes` more of `text`, which must be the same at every step; a hit begun there is followed past them.
    pub fn step(&mut self, text: &str, budget_bytes: usize) -> Progress {
        let until = self.at.saturating_add(budget_bytes.max(1)).min(text.len());
        let until = super::ceil(text, until);
        while let Some(hit) = self.finder.first_between(text, self.at, until) {
            self.total += 1;
            if self.hits.len() < Self::MOST_KEPT {
                self.hits.push(hit);
            }
            self.at = hit.end as usize;
        }
        self.at = self.at.max(until);
        Progress {
            total: self.total,
            bytes: self.at,
            done: self.at >= text.len(),
        }
    }

    /// The hits found so far, in order, at most [`Scan::MOST_KEPT`].
    pub fn hits(&self) -> &[TextRange] {
        &self.hits
    }

    /// The number, from 0, of the hit that begins at `at_byte` or is the next after it, if the scan has come so far and still kept it.
    pub fn number_of(&self, at_byte: u32) -> Option<usize> {
        let n = self.hits.partition_point(|hit| hit.start < at_byte);
        (n < self.hits.len()).then_some(n)
    }

    /// What it searches with.
    pub const fn finder(&self) -> &Finder {
        &self.finder
    }
}
