//! The text pane: one document, a cursor in it, and what is shown of it.
//!
//! The view is a [`Spot`] (block and row in the block) and the cursor a byte of the canonical text, so nothing here depends on how many lines the
//! document has; blocks are laid out when they come into view. Motions are in [`motion`], rows in [`view`], selection in [`select`], find in [`find`].

pub mod find;
pub mod motion;
pub mod place;
pub mod select;
pub mod view;

use std::sync::Arc;

use self::find::Search;
use self::select::Selection;
pub use self::view::{Row, Spot, Visible};
use super::effect::MetaPatch;
use super::msg::{Coverage, Opened};
use super::reflow::{Layouts, Measure};
use crate::annotation::{Anchor, Annotation, Bookmark};
use crate::document::{DocId, Document};
use crate::library::Analysis;
use crate::text::TextRange;

/// An open document.
#[derive(Debug)]
pub struct Reader {
    /// The text.
    pub document: Arc<Document>,
    /// Whether it is all of it.
    pub coverage: Coverage,
    /// What was found in it; empty until the worker has answered.
    pub analysis: Arc<Analysis>,
    /// What importing noticed.
    pub warnings: Vec<String>,
    /// Annotations and where they stand.
    pub annotations: Vec<(Annotation, Anchor)>,
    /// Bookmarks and where they stand.
    pub bookmarks: Vec<(Bookmark, Anchor)>,
    /// Metadata set by hand.
    pub patch: MetaPatch,
    /// The cursor: the first byte of a grapheme.
    pub at: u32,
    /// The column the cursor keeps to when it moves over shorter lines.
    pub goal_cells: Option<u16>,
    /// The first row shown.
    pub top: Spot,
    /// Selected text.
    pub selection: Option<Selection>,
    /// What is looked for.
    pub search: Option<Search>,
    /// A passage shown for a moment after a jump, until the next key.
    pub flash: Option<TextRange>,
    /// The rows on the screen, made by [`Reader::settle`].
    pub visible: Vec<Visible>,
    layouts: Layouts,
    height: u16,
}

impl Reader {
    /// A document as it was opened, at the place where the reader left it.
    pub fn new(opened: Opened, measure: Measure) -> Self {
        let at = opened
            .place
            .unwrap_or(0)
            .min(opened.document.text.len() as u32);
        let mut reader = Self {
            document: opened.document,
            coverage: opened.coverage,
            analysis: Arc::default(),
            warnings: opened.warnings,
            annotations: opened.annotations,
            bookmarks: opened.bookmarks,
            patch: opened.patch,
            at: 0,
            goal_cells: None,
            top: Spot::default(),
            selection: None,
            search: None,
            flash: None,
            visible: Vec::new(),
            layouts: Layouts::new(measure),
            height: 1,
        };
        reader.at = reader.snapped(at);
        reader
    }

    /// Which document it is.
    pub fn doc(&self) -> DocId {
        self.document.id
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.document.text
    }

    /// Rows of the pane.
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// Takes the same document read again: the whole of one whose beginning was shown, or with other notes or metadata. Where the text up to the cursor is
    /// the same, cursor and view stay; a changed text keeps what was found in the old one off the screen until it is analysed.
    pub fn refresh(&mut self, opened: Opened) {
        let begun = self.coverage == Coverage::Part;
        let same_text = self.document.revision == opened.document.revision;
        self.layouts = Layouts::new(self.layouts.measure());
        self.document = opened.document;
        self.coverage = opened.coverage;
        self.warnings = opened.warnings;
        self.annotations = opened.annotations;
        self.bookmarks = opened.bookmarks;
        self.patch = opened.patch;
        if !same_text {
            self.selection = None;
            self.analysis = Arc::default();
        }
        let to = opened.place.filter(|_| {
            begun
                && self.at
                    <= self
                        .document
                        .blocks
                        .first()
                        .map_or(0, |block| block.range.start)
        });
        self.at = self.snapped(to.unwrap_or(self.at));
        if to.is_some() {
            self.place_cursor_at_row(usize::from(self.height / 3));
        }
    }

    /// The sentence that holds the byte at `at`; where none does, the block.
    pub fn sentence_at(&self, at: u32) -> TextRange {
        let sentence = self
            .analysis
            .sentences
            .at(at)
            .next()
            .map(|(range, ())| *range);
        sentence.unwrap_or_else(|| self.block_range(at))
    }

    /// The block that holds the byte at `at`.
    pub fn block_range(&self, at: u32) -> TextRange {
        self.document
            .blocks
            .get(self.document.block_at(at))
            .map_or(TextRange::empty(at), |block| block.range)
    }

    /// The annotation under the cursor: the shortest that covers it.
    pub fn annotation_at(&self, at: u32) -> Option<&(Annotation, Anchor)> {
        let covering = self
            .annotations
            .iter()
            .filter(|(_, anchor)| anchor.range().is_some_and(|range| range.contains(at)));
        covering.min_by_key(|(_, anchor)| anchor.range().map(TextRange::len))
    }

    /// How much of the text lies before the end of what is shown, from 0 to 100.
    pub fn percent(&self) -> u8 {
        let end = self
            .visible
            .iter()
            .rev()
            .find_map(|row| row.line.as_ref())
            .map_or(0, |line| line.range.end);
        let len = self
            .document
            .blocks
            .last()
            .map_or(0, |block| block.range.end);
        if end >= len {
            100
        } else {
            (u64::from(end) * 100 / u64::from(len.max(1))) as u8
        }
    }
}
