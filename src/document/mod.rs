//! A document: one sanitised text, its blocks and inline styles, and what is known about it.
//!
//! The text is immutable; a changed file gives another [`Revision`]. Blocks are flat and in order; whatever points
//! into the text does so with a [`TextRange`]. Dates are EDTF (ISO 8601-2:2019, level 1 and the
//! parts of level 2 named in [`Edtf`]). Nothing here reads files.

mod block;
mod edtf;
mod id;
mod meta;
mod source_map;

pub use block::{Block, BlockKind, Inline};
pub use edtf::{Edtf, EdtfError, Interval};
pub use id::{DocId, Revision};
pub use meta::{Confidence, DocKind, Meta, Published, PublishedFrom};
pub use source_map::SourceMap;

use crate::text::{Layer, TextRange};

/// One document as read: text, structure and metadata.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which place it came from.
    pub id: DocId,
    /// Which text it is.
    pub revision: Revision,
    /// What is known about it.
    pub meta: Meta,
    /// The canonical text: sanitised, tabs expanded, `\n` between lines.
    pub text: Box<str>,
    /// In text order; they never overlap, and what lies between them is white space, in a text taken exactly as given also
    /// the marks of headings, items and quotations.
    pub blocks: Vec<Block>,
    /// Emphasis, links and the like; they may nest.
    pub inlines: Layer<Inline>,
    /// From the canonical text back to the bytes of the source.
    pub source: SourceMap,
}

impl Document {
    /// The text of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        block.range.of_text(&self.text)
    }

    /// The number of the block that holds the byte at `at`, or of the last one before it.
    pub fn block_at(&self, at: u32) -> usize {
        self.blocks
            .partition_point(|block| block.range.start <= at)
            .saturating_sub(1)
    }

    /// The title to show: from the metadata, else the opening words.
    pub fn title(&self) -> &str {
        self.meta.title.as_deref().unwrap_or("(empty document)")
    }

    /// Whether the title is only the opening words, which stand in the text anyway.
    pub fn title_is_opening(&self) -> bool {
        let (Some(title), Some(first)) = (&self.meta.title, self.blocks.first()) else {
            return self.meta.title.is_none();
        };
        let mut words = self.block_text(first).split_whitespace();
        let mut shown = title.trim_end_matches('…').split_whitespace();
        self.meta.title_at.is_none()
            && shown.all(|word| {
                words
                    .next()
                    .is_some_and(|in_text| in_text.starts_with(word))
            })
    }

    /// Headings in order: their block number, level (1 to 6) and text.
    pub fn headings(&self) -> impl Iterator<Item = (usize, u8, &str)> {
        self.blocks
            .iter()
            .enumerate()
            .filter_map(|(index, block)| match block.kind {
                BlockKind::Heading { level } => Some((index, level, self.block_text(block))),
                _ => None,
            })
    }

    /// The range of the whole text.
    pub fn range(&self) -> TextRange {
        TextRange::of(0, self.text.len())
    }
}
