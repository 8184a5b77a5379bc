//! Where a quotation comes from, and by whom a sentence is repeated.

use std::sync::Arc;

use super::Cursor;
use crate::app::effect::JobId;
use crate::app::repeats::Which;
use crate::library::tracing::{Quotation, SentenceUses, UseOf, Uses};
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
    pub found: Option<Arc<Vec<Quotation>>>,
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
    pub fn take(&mut self, found: Arc<Vec<Quotation>>) {
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

/// A sentence above, who repeats it below; or all sentences, each with how often it is repeated.
#[derive(Debug)]
pub struct UsesCard {
    /// The question whose answer is awaited.
    pub job: JobId,
    /// The sentence.
    pub sentence: TextRange,
    /// Its words in one line.
    pub said: String,
    /// Who repeats which sentence.
    pub found: Option<Arc<Uses>>,
    /// The chosen row of those who repeat it.
    pub cursor: Cursor,
    /// What is shown.
    pub view: View,
    /// Which sentences are listed where all are.
    pub only: Only,
    /// The chosen sentence among them.
    pub chosen_sentence: usize,
}

/// What the card of the uses shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// One sentence and who repeats it.
    Sentence,
    /// The sentences of the document.
    Document,
}

/// Which sentences are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All.
    All,
    /// Those that somebody repeats.
    Repeated,
    /// Those that somebody alters.
    Altered,
    /// Those that nobody repeats.
    Unused,
}

impl Only {
    /// The next, in a circle.
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Repeated,
            Self::Repeated => Self::Altered,
            Self::Altered => Self::Unused,
            Self::Unused => Self::All,
        }
    }

    /// In plain words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all sentences",
            Self::Repeated => "repeated ones",
            Self::Altered => "altered ones",
            Self::Unused => "those nobody repeats",
        }
    }

    const fn takes(self, one: &SentenceUses) -> bool {
        match self {
            Self::All => true,
            Self::Repeated => one.n_repeats > 0,
            Self::Altered => one.n_altered > 0,
            Self::Unused => one.n_repeats == 0,
        }
    }
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
            view: View::Sentence,
            only: Only::All,
            chosen_sentence: 0,
        }
    }

    /// Takes the answer.
    pub fn take(&mut self, found: Arc<Uses>) {
        self.found = Some(found);
        self.find_sentence();
    }

    fn sentences(&self) -> &[SentenceUses] {
        let found = self.found.as_ref();
        found.map_or(&[], |found| found.sentences.as_slice())
    }

    /// The sentences listed, each with its number among all.
    pub fn listed(&self) -> Vec<(usize, &SentenceUses)> {
        let all = self.sentences().iter().enumerate();
        all.filter(|(_, one)| self.only.takes(one)).collect()
    }

    /// The sentence that is chosen where all are listed.
    pub fn listed_sentence(&self) -> Option<TextRange> {
        let all = self.sentences().iter();
        all.filter(|one| self.only.takes(one))
            .nth(self.chosen_sentence)
            .map(|one| one.range)
    }

    /// Lists all sentences, that of the card chosen, or goes back to the one that is chosen.
    pub fn turn(&mut self) -> Option<TextRange> {
        match self.view {
            View::Sentence => {
                self.view = View::Document;
                self.find_sentence();
                None
            }
            View::Document => {
                self.view = View::Sentence;
                self.cursor = Cursor::default();
                self.sentence = self.listed_sentence().unwrap_or(self.sentence);
                Some(self.sentence)
            }
        }
    }

    /// Lists the next sort of sentences.
    pub fn narrow(&mut self) {
        self.sentence = self.listed_sentence().unwrap_or(self.sentence);
        self.only = self.only.next();
        self.find_sentence();
    }

    fn find_sentence(&mut self) {
        let at = self.sentence.start;
        let listed = self.listed();
        let after = listed.iter().position(|(_, one)| one.range.end > at);
        self.chosen_sentence = after.unwrap_or(listed.len().saturating_sub(1));
    }

    /// The numbers of the uses of the sentence.
    pub fn rows(&self) -> &[usize] {
        self.sentences()
            .iter()
            .find(|one| one.range.overlaps(self.sentence))
            .map_or(&[], |one| one.uses.as_slice())
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
        let found = self.found.as_ref();
        found.map_or((0, 0), |found| (found.n_repeated(), found.sentences.len()))
    }

    /// Chooses another row.
    pub fn step(&mut self, by: i64) {
        match self.view {
            View::Sentence => {
                let len = self.rows().len();
                self.cursor.step(by, len);
            }
            View::Document => {
                let last = self.listed().len().saturating_sub(1) as i64;
                let now = (self.chosen_sentence as i64).saturating_add(by);
                self.chosen_sentence = now.clamp(0, last) as usize;
            }
        }
    }

    /// The next sentence that somebody repeats, or the one before; with [`Which::Altered`] one that somebody alters.
    pub fn neighbour(&self, by: i64, which: Which) -> Option<TextRange> {
        let counts = |one: &&SentenceUses| {
            let n = match which {
                Which::All => one.n_repeats,
                Which::Altered => one.n_altered,
            };
            n > 0
                && if by > 0 {
                    one.range.start > self.sentence.start
                } else {
                    one.range.start < self.sentence.start
                }
        };
        let mut sentences = self.sentences().iter();
        let found = if by > 0 {
            sentences.find(counts)
        } else {
            sentences.rfind(counts)
        };
        found.map(|one| one.range)
    }
}
