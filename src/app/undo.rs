//! What the reader changed in this session, so that it can be taken back and done again.

use super::effect::{Cause, Change};

/// Two stacks of saved changes. A step leaves its stack when it is asked for and enters the other when it was saved; one that could not be saved goes back.
#[derive(Debug, Default)]
pub struct Undo {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
}

impl Undo {
    /// What takes the last edit back.
    pub fn take_undo(&mut self) -> Option<Vec<Change>> {
        self.done.pop().map(inverse)
    }

    /// What does the edit taken back last again.
    pub fn take_redo(&mut self) -> Option<Vec<Change>> {
        self.undone.pop()
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

fn inverse(changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(Change::inverse).collect()
}
