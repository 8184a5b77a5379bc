//! Two documents compared, sentence by sentence.

use crate::app::effect::JobId;
use crate::document::DocId;
use crate::library::tracing::{Compared, NoteAt, Pair};
use crate::text::TextRange;
use crate::trace::redline::Fate;

/// Two documents compared.
#[derive(Debug)]
pub struct RedlinePage {
    /// The question whose answer is awaited.
    pub job: JobId,
    /// The title of the other document, until the answer has come.
    pub other: String,
    /// What was found.
    pub found: Option<Box<Compared>>,
    /// The chosen row, an index into the rows shown.
    pub selected: usize,
    /// The document Enter goes to.
    pub side: Side,
    /// Which rows are shown.
    pub order: Order,
    /// The chosen note among those of the chosen row.
    pub note: Option<usize>,
}

/// One of two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The older one.
    Old,
    /// The newer one.
    New,
}

/// Which rows are shown, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// All, as they stand in the text.
    Reading,
    /// The changed ones, the weightiest first.
    Ranked,
}

impl RedlinePage {
    /// A page of documents that are being compared.
    pub fn new(job: JobId, other: String) -> Self {
        Self {
            job,
            other,
            found: None,
            selected: 0,
            side: Side::New,
            order: Order::Reading,
            note: None,
        }
    }

    /// The chosen note.
    pub fn chosen_note(&self) -> Option<&NoteAt> {
        self.row(self.selected)?.notes.get(self.note?)
    }

    /// How many notes there are on the rows shown.
    pub fn n_notes(&self) -> usize {
        let rows = (0..self.len()).filter_map(|index| self.row(index));
        rows.map(|row| row.notes.len()).sum()
    }

    /// Goes to the next note, or the one before; stays where there is none. Says whether there was one.
    pub fn step_note(&mut self, by: i64) -> bool {
        let n_notes = |index: usize| self.row(index).map_or(0, |row| row.notes.len());
        let here = n_notes(self.selected);
        let within = match (self.note, by > 0) {
            (Some(note), true) => note + 1,
            (Some(note), false) => note.wrapping_sub(1),
            (None, true) => 0,
            (None, false) => usize::MAX,
        };
        if within < here {
            self.note = Some(within);
            return true;
        }
        let found = if by > 0 {
            (self.selected + 1..self.len()).find(|index| n_notes(*index) > 0)
        } else {
            (0..self.selected).rev().find(|index| n_notes(*index) > 0)
        };
        let Some(found) = found else {
            return false;
        };
        let last = n_notes(found).saturating_sub(1);
        self.selected = found;
        self.note = Some(if by > 0 { 0 } else { last });
        true
    }

    /// Rows shown.
    pub fn len(&self) -> usize {
        self.found.as_ref().map_or(0, |found| match self.order {
            Order::Reading => found.rows.len(),
            Order::Ranked => found.ranked.len(),
        })
    }

    /// Whether no row is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at an index among those shown.
    pub fn row(&self, index: usize) -> Option<&Pair> {
        let found = self.found.as_ref()?;
        match self.order {
            Order::Reading => found.rows.get(index),
            Order::Ranked => found.rows.get(*found.ranked.get(index)?),
        }
    }

    /// Takes the answer; the first change is chosen.
    pub fn take(&mut self, found: Box<Compared>) {
        self.found = Some(found);
        self.selected = 0;
        if self.row(0).is_some_and(|row| row.fate == Fate::Kept) {
            self.change(1);
        }
    }

    /// Chooses another row.
    pub fn step(&mut self, by: i64) {
        let last = self.len().saturating_sub(1) as i64;
        self.selected = (self.selected as i64).saturating_add(by).clamp(0, last) as usize;
        self.note = None;
    }

    /// Goes to the next change, or the one before; stays where there is none.
    pub fn change(&mut self, by: i64) {
        let differs = |index: &usize| self.row(*index).is_some_and(|row| row.fate != Fate::Kept);
        let found = if by > 0 {
            (self.selected + 1..self.len()).find(differs)
        } else {
            (0..self.selected).rev().find(differs)
        };
        self.selected = found.unwrap_or(self.selected);
        self.note = None;
    }

    /// Shows the changed rows alone, from the weightiest on, or all again where the chosen one stands.
    pub fn reorder(&mut self) {
        let Some(found) = &self.found else { return };
        self.note = None;
        (self.order, self.selected) = match self.order {
            Order::Reading => (Order::Ranked, 0),
            Order::Ranked => {
                let to = found.ranked.get(self.selected).copied();
                (Order::Reading, to.unwrap_or(0))
            }
        };
    }

    /// Where Enter goes: to the chosen row in the chosen document, or in the one that has it.
    pub fn place(&self) -> Option<(DocId, TextRange)> {
        let found = self.found.as_ref()?;
        let row = self.row(self.selected)?;
        let old = row.old_at.map(|at| (found.old.doc, at));
        let new = row.new_at.map(|at| (found.new.doc, at));
        match self.side {
            Side::Old => old.or(new),
            Side::New => new.or(old),
        }
    }
}
