//! Where a quotation comes from, and by whom a sentence is repeated.

use super::Cursor;
use crate::app::effect::JobId;
use crate::library::tracing::{Quotation, UseOf, Uses};
use crate::text::TextRange;

/// A quotation above, its source below.
#[derive(Debug)]
pub struct TraceCard {
    /// The question whose answer is awaited.
    pub job: JobId,
    /// Where the quotation stands.
    pub at: TextRange,
    /// Its words in one line, until the answer has come.
    pub said: String,
    /// The quotations of the document.
    pub found: Option<Vec<Quotation>>,
    /// The one that is shown; none where that under the cursor is too short to be traced.
    pub shown: Option<usize>,
    /// Rows scrolled down.
    pub top: usize,
}

impl TraceCard {
    /// A card of a quotation that is being traced.
    pub fn new(job: JobId, at: TextRange, said: String) -> Self {
        Self {
            job,
            at,
            said,
            found: None,
            shown: None,
            top: 0,
        }
    }

    /// Takes the answer, and shows the quotation under the cursor.
    pub fn take(&mut self, found: Vec<Quotation>) {
        self.shown = found
            .iter()
            .position(|one| one.parts.iter().any(|part| part.overlaps(self.at)));
        self.found = Some(found);
    }

    /// The quotation that is shown.
    pub fn quotation(&self) -> Option<&Quotation> {
        self.found.as_ref()?.get(self.shown?)
    }

    /// Shows the next quotation, or the one before.
    pub fn turn(&mut self, by: i64) {
        let Some(found) = self.found.as_ref().filter(|found| !found.is_empty()) else {
            return;
        };
        let starts = |one: &Quotation| one.parts.first().map_or(0, |part| part.start);
        let next = found.partition_point(|one| starts(one) <= self.at.start);
        let now = match self.shown {
            Some(now) => now as i64 + by,
            None if by > 0 => next as i64,
            None => next as i64 - 1,
        };
        let now = now.clamp(0, found.len() as i64 - 1) as usize;
        if let Some(part) = found.get(now).and_then(|one| one.parts.first()) {
            self.at = *part;
        }
        self.shown = Some(now);
        self.top = 0;
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, by: i64) {
        self.top = (self.top as i64).saturating_add(by).clamp(0, 10_000) as usize;
    }
}

/// A sentence above, who repeats it below.
#[derive(Debug)]
pub struct UsesCard {
    /// The question whose answer is awaited.
    pub job: JobId,
    /// The sentence.
    pub sentence: TextRange,
    /// Its words in one line.
    pub said: String,
    /// Who repeats which sentence.
    pub found: Option<Uses>,
    /// The chosen row.
    pub cursor: Cursor,
}

impl UsesCard {
    /// A card of a sentence that is being looked for.
    pub fn new(job: JobId, sentence: TextRange, said: String) -> Self {
        Self {
            job,
            sentence,
            said,
            found: None,
            cursor: Cursor::default(),
        }
    }

    /// The numbers of the uses of the sentence.
    pub fn rows(&self) -> &[usize] {
        let sentences = self.found.as_ref().map(|found| found.sentences.as_slice());
        sentences
            .unwrap_or_default()
            .iter()
            .find(|(sentence, _)| sentence.overlaps(self.sentence))
            .map_or(&[], |(_, uses)| uses.as_slice())
    }

    /// The use in a row.
    pub fn row(&self, index: usize) -> Option<&UseOf> {
        self.found.as_ref()?.uses.get(*self.rows().get(index)?)
    }

    /// The chosen use.
    pub fn chosen(&self) -> Option<&UseOf> {
        self.row(self.cursor.selected)
    }

    /// How many sentences somebody repeats, of how many.
    pub fn repeated(&self) -> (usize, usize) {
        self.found.as_ref().map_or((0, 0), |found| {
            let used = found.sentences.iter().filter(|(_, uses)| !uses.is_empty());
            (used.count(), found.sentences.len())
        })
    }

    /// Chooses another row.
    pub fn step(&mut self, by: i64) {
        let len = self.rows().len();
        self.cursor.step(by, len);
    }

    /// The next sentence that somebody repeats, or the one before.
    pub fn neighbour(&self, by: i64) -> Option<TextRange> {
        let sentences = &self.found.as_ref()?.sentences;
        let used = |(range, uses): &&(TextRange, Vec<usize>)| {
            !uses.is_empty()
                && if by > 0 {
                    range.start > self.sentence.start
                } else {
                    range.start < self.sentence.start
                }
        };
        let found = if by > 0 {
            sentences.iter().find(used)
        } else {
            sentences.iter().rev().find(used)
        };
        found.map(|(range, _)| *range)
    }
}
