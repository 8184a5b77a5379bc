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
    /// The chosen one.
    pub cursor: Cursor,
}

impl HistoryList {
    /// A list of a phrase that is being looked for.
    pub fn new(job: JobId, phrase: String) -> Self {
        Self {
            job,
            phrase,
            steps: None,
            basis: None,
            cursor: Cursor::default(),
        }
    }

    /// Takes the answer; where it was first seen is chosen.
    pub fn take(&mut self, steps: Vec<Step>, basis: Basis) {
        self.basis = Some(basis);
        let first = steps
            .iter()
            .position(|step| step.happened == Happened::FirstSeen);
        self.cursor.selected = first.unwrap_or(0);
        self.steps = Some(steps);
    }

    /// The documents.
    pub fn rows(&self) -> &[Step] {
        self.steps.as_deref().unwrap_or_default()
    }

    /// The last document that has it.
    pub fn last(&self) -> Option<usize> {
        self.rows().iter().rposition(|step| step.range.is_some())
    }

    /// The chosen document.
    pub fn chosen(&self) -> Option<&Step> {
        self.rows().get(self.cursor.selected)
    }

    /// Chooses another row.
    pub fn step(&mut self, by: i64) {
        let len = self.rows().len();
        self.cursor.step(by, len);
    }
}
