//! What the reader changed in this session, so that it can be taken back and done again.

use std::collections::VecDeque;

use super::effect::{Cause, Change};

/// Two stacks of saved changes. A step leaves its stack when it is asked for and enters the other when it was saved; one that could not be saved goes back.
///
/// While a save is under way a further undo or redo waits for its answer, so that steps are taken back in the order they were made.
#[derive(Debug, Default)]
pub struct Undo {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
    under_way: usize,
    waiting: VecDeque<Step>,
}

/// Back or forward in what was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Takes the last edit back.
    Undo,
    /// Does the edit taken back last again.
    Redo,
}

/// What a step asked for leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// These changes must be saved.
    Changes(Vec<Change>),
    /// It is taken when the saves under way are answered.
    Later,
    /// There is no such step.
    Nothing,
}

impl Undo {
    /// Asks for a step.
    pub fn ask(&mut self, step: Step) -> Asked {
        if self.under_way > 0 {
            self.waiting.push_back(step);
            return Asked::Later;
        }
        let changes = match step {
            Step::Undo => self.done.pop().map(inverse),
            Step::Redo => self.undone.pop(),
        };
        changes.map_or(Asked::Nothing, Asked::Changes)
    }

    /// Takes note that a save was sent.
    pub fn sent(&mut self) {
        self.under_way += 1;
    }

    /// Takes note that a save was answered; the step to ask for now, if one has waited for it.
    pub fn answered(&mut self) -> Option<Step> {
        self.under_way = self.under_way.saturating_sub(1);
        if self.under_way == 0 {
            self.waiting.pop_front()
        } else {
            None
        }
    }

    /// Takes note of saved changes, as they were saved.
    pub fn saved(&mut self, changes: Vec<Change>, cause: Cause) {
        match cause {
            Cause::Edit => {
                self.done.push(changes);
                self.undone.clear();
            }
            Cause::Undo => self.undone.push(inverse(changes)),
            Cause::Redo => self.done.push(changes),
        }
    }

    /// Puts back a step that could not be saved.
    pub fn failed(&mut self, changes: Vec<Change>, cause: Cause) {
        match cause {
            Cause::Edit => {}
            Cause::Undo => self.done.push(inverse(changes)),
            Cause::Redo => self.undone.push(changes),
        }
    }
}

/// What takes changes back, the last one first.
pub(in crate::app) fn inverse(changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(Change::inverse).collect()
}
