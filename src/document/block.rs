use serde::{Deserialize, Serialize};

use crate::text::TextRange;

/// A paragraph-like stretch of a document, laid out on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text. Line breaks inside it are blanks unless the kind keeps its lines ([`BlockKind::keeps_lines`]).
    pub range: TextRange,
    /// How deep it is nested in quotes and lists: 0 at the top.
    pub depth: u8,
}

/// The kinds of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// The rest of an over-long paragraph that was cut so that no block exceeds a few tens of kilobytes; set without space above.
    Continuation,
    /// A heading, level 1 to 6; a document's title is level 1.
    Heading {
        /// 1 is the highest.
        level: u8,
    },
    /// The first block of a list item.
    Item {
        /// Its number, or none in a list with bullets.
        number: Option<u32>,
    },
    /// A paragraph inside a block quotation; `depth` says how deep.
    Quote,
    /// One row of a table, cells separated by ` │ `; lines are kept.
    TableRow {
        /// Whether it is the head of the table.
        head: bool,
    },
    /// Preformatted text; lines are kept.
    Code,
    /// A thematic break; its range covers the mark in the text.
    Rule,
}

impl BlockKind {
    /// Whether line breaks in the text are line breaks on the screen.
    pub const fn keeps_lines(self) -> bool {
        matches!(self, Self::Code | Self::TableRow { .. })
    }
}

/// An inline style or link over a range of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// `*…*`
    Emphasis,
    /// `**…**`
    Strong,
    /// `~~…~~`
    Strike,
    /// A code span.
    Code,
    /// A link; the address is sanitised, never opened by itself.
    Link {
        /// Where it leads.
        to: Box<str>,
    },
}
