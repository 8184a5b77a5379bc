//! Links between two passages: what sort one is, chosen when it is made, and where those of a note lead.

use super::Cursor;
use crate::annotation::{LinkKind, RecordId, Target};
use crate::document::DocId;
use crate::text::TextRange;

/// A list about links.
#[derive(Debug)]
pub struct Bond {
    /// What is listed.
    pub about: About,
    /// The chosen row.
    pub cursor: Cursor,
}

/// What is listed.
#[derive(Debug)]
pub enum About {
    /// What the passage at `from` does to the one at `to`.
    Kind {
        /// The passage the link starts at.
        from: Box<Target>,
        /// The passage it leads to.
        to: Box<Target>,
    },
    /// Where the links of a note lead.
    Ends(Vec<End>),
}

/// The other end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The link.
    pub link: RecordId,
    /// What it says, from this end.
    pub says: &'static str,
    /// The words at the other end.
    pub words: String,
    /// Their document.
    pub doc: DocId,
    /// Where they were annotated.
    pub range: TextRange,
}

impl Bond {
    /// Asks what one passage does to another.
    pub fn kind(from: Target, to: Target) -> Self {
        Self {
            about: About::Kind {
                from: Box::new(from),
                to: Box::new(to),
            },
            cursor: Cursor::default(),
        }
    }

    /// Where the links of a note lead.
    pub fn ends(ends: Vec<End>) -> Self {
        Self {
            about: About::Ends(ends),
            cursor: Cursor::default(),
        }
    }

    /// Rows.
    pub fn len(&self) -> usize {
        match &self.about {
            About::Kind { .. } => LinkKind::ALL.len(),
            About::Ends(ends) => ends.len(),
        }
    }

    /// Whether there is nothing to choose.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
