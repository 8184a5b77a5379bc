//! A note that is being written and not saved yet.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Annotation, Body, Target};

/// The number of a draft among those of one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DraftId(pub i64);

/// A note as far as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// The annotation as it was when it was taken up, where it is not a new one.
    pub before: Option<Annotation>,
    /// The passage.
    pub target: Target,
    /// The note as far as it is written, with tags and colour.
    pub body: Body,
    /// The place of the document; empty where it is not known.
    pub locator: String,
    /// When it was written on last.
    pub touched: Timestamp,
}

impl Draft {
    /// Whether this annotation is what the draft was to become: the note was saved.
    pub fn became(&self, note: &Annotation) -> bool {
        let same = if let Some(before) = &self.before {
            before.id == note.id
        } else {
            let (ours, theirs) = (&self.target, &note.target);
            (ours.revision, ours.position) == (theirs.revision, theirs.position)
        };
        same && note.body.note == self.body.note
    }
}
