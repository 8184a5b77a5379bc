//! A phrase over a series of documents.

use super::Cursor;
use crate::app::effect::JobId;
use crate::library::tracing::{Basis, Happened, Step};

/// A phrase over a series of documents.
#[derive(Debug)]
pub struct HistoryList {
    /// The question whose answer is awaited.
    pub job: JobId,
    /// The phrase in one line.
    pub phrase: String,
    /// The documents in the order of their days.
    pub steps: Option<Vec<Step>>,
    /// Why they are taken together.
    pub basis: Option<Basis>,
    /// Which of them are listed.
    pub only: Only,
    /// The chosen one of those that are listed.
    pub cursor: Cursor,
    /// Indices into `steps`: those that are listed.
    listed: Vec<usize>,
}

/// Which documents of a series are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All.
    All,
    /// Those in which something happens to the phrase; where no series is known, those that have it.
    Changes,
}

/// Documents up to which all are listed at first.
const FEW: usize = 12;

/// Whether something happens to the phrase, rather than that all stays as it was.
const fn happens(step: &Step) -> bool {
    match step.happened {
        Happened::NotYet | Happened::Kept | Happened::Absent => false,
        Happened::FirstSeen
        | Happened::Changed
        | Happened::Dropped
        | Happened::Returned
        | Happened::Undated => true,
    }
}

impl HistoryList {
    /// A list of a phrase that is being looked for.
    pub fn new(job: JobId, phrase: String) -> Self {
        Self {
            job,
            phrase,
            steps: None,
            basis: None,
            only: Only::All,
            cursor: Cursor::default(),
            listed: Vec::new(),
        }
    }

    /// Takes the answer; where it was first seen is chosen. Of many documents those are listed in which something happens.
    pub fn take(&mut self, mut steps: Vec<Step>, basis: Basis) {
        if basis == Basis::Words {
            steps.iter_mut().for_each(Step::alone);
        }
        self.basis = Some(basis);
        let is_long = steps.len() > FEW || basis == Basis::Words;
        self.only = if is_long && steps.iter().any(happens) {
            Only::Changes
        } else {
            Only::All
        };
        let first = steps
            .iter()
            .position(|step| step.happened == Happened::FirstSeen);
        self.steps = Some(steps);
        self.list(first.unwrap_or(0));
    }

    /// Lists the documents, that with number `chosen` chosen, or the last listed one before it.
    fn list(&mut self, chosen: usize) {
        let steps = self.steps().iter().enumerate();
        let last = self.last();
        let listed = steps
            .filter(|(number, step)| match self.only {
                Only::All => true,
                Only::Changes if self.basis == Some(Basis::Words) => step.range.is_some(),
                Only::Changes => happens(step) || last == Some(*number),
            })
            .map(|(number, _)| number)
            .collect();
        self.listed = listed;
        let after = self.listed.partition_point(|number| *number <= chosen);
        self.cursor.selected = after.saturating_sub(1);
    }

    /// Lists all documents, or again those in which something happens.
    pub fn narrow(&mut self) {
        let chosen = self.listed.get(self.cursor.selected).copied();
        self.only = match self.only {
            Only::All => Only::Changes,
            Only::Changes => Only::All,
        };
        self.list(chosen.unwrap_or(0));
    }

    /// The documents of the series.
    pub fn steps(&self) -> &[Step] {
        self.steps.as_deref().unwrap_or_default()
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// A listed document with its number in the series.
    pub fn row(&self, index: usize) -> Option<(usize, &Step)> {
        let number = *self.listed.get(index)?;
        Some((number, self.steps().get(number)?))
    }

    /// Documents behind a listed one that are not listed.
    pub fn n_alike(&self, index: usize) -> usize {
        let next = self.listed.get(index + 1).copied();
        let next = next.unwrap_or(self.steps().len());
        let here = self.listed.get(index).map_or(next, |number| number + 1);
        next.saturating_sub(here)
    }

    /// The last document with a day that has it.
    pub fn last(&self) -> Option<usize> {
        let has = |step: &Step| step.range.is_some();
        let dated = |step: &Step| has(step) && step.happened != Happened::Undated;
        let steps = self.steps();
        steps
            .iter()
            .rposition(dated)
            .or_else(|| steps.iter().rposition(has))
    }

    /// The last document before a number that has it, where that one has it not.
    pub fn before(&self, number: usize) -> Option<&Step> {
        let steps = self.steps().get(..number)?;
        steps.iter().rfind(|step| step.range.is_some())
    }

    /// The chosen document.
    pub fn chosen(&self) -> Option<&Step> {
        self.row(self.cursor.selected).map(|(_, step)| step)
    }

    /// Chooses another row.
    pub fn step(&mut self, by: i64) {
        let len = self.len();
        self.cursor.step(by, len);
    }
}
