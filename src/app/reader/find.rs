//! Finding a pattern in the open text.

use super::Reader;
use super::motion::Way;
use crate::app::effect::JobId;
use crate::app::msg::Coverage;
use crate::search::find::Finder;
use crate::text::TextRange;

/// What is looked for, and what was found so far.
#[derive(Debug)]
pub struct Search {
    /// The pattern as typed.
    pub pattern: String,
    /// The same, ready to look.
    pub finder: Finder,
    /// Which way `n` goes.
    pub way: Way,
    /// All hits in order, once they were counted.
    pub hits: Vec<TextRange>,
    /// Whether `hits` is all.
    pub coverage: Coverage,
    /// The question whose answer is awaited.
    pub job: JobId,
}

/// Where a hit was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// On the way.
    Ahead(TextRange),
    /// After going on at the other end of the text.
    Wrapped(TextRange),
}

impl Hit {
    /// Where it stands.
    pub const fn range(self) -> TextRange {
        match self {
            Self::Ahead(range) | Self::Wrapped(range) => range,
        }
    }
}

impl Search {
    /// The number of the hit that starts at `at`, from 1, once it is known.
    pub fn ordinal(&self, at: u32) -> Option<usize> {
        self.hits
            .binary_search_by_key(&at, |hit| hit.start)
            .ok()
            .map(|index| index + 1)
    }
}

impl Reader {
    /// The next hit from the cursor on; `from_here` takes one that starts under the cursor.
    pub fn next_hit(&self, finder: &Finder, way: Way, from: u32) -> Option<Hit> {
        let text = self.text();
        match way {
            Way::Forward => finder
                .first_from(text, from)
                .map(Hit::Ahead)
                .or_else(|| finder.first_from(text, 0).map(Hit::Wrapped)),
            Way::Back => finder.last_before(text, from).map(Hit::Ahead).or_else(|| {
                finder
                    .last_before(text, text.len() as u32)
                    .map(Hit::Wrapped)
            }),
        }
    }

    /// Hits that share a byte with the rows on the screen.
    pub fn visible_hits(&self) -> Vec<TextRange> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let mut lines = self
            .visible
            .iter()
            .filter_map(|row| row.line.as_ref())
            .map(|line| line.range);
        let Some(first) = lines.next() else {
            return Vec::new();
        };
        let window = lines.next_back().map_or(first, |last| first.union(last));
        search
            .finder
            .hits(self.text(), window)
            .take(10_000)
            .collect()
    }
}
