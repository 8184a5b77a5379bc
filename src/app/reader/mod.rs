//! The text pane: one document, a cursor in it, and what is shown of it.
//!
//! The view is a [`Spot`] (block and row in the block) and the cursor a byte of the canonical text, so nothing here depends on how many lines the
//! document has; blocks are laid out when they come into view. Motions are in [`motion`], rows in [`view`], selection in [`select`], find in [`find`].

pub mod find;
pub mod motion;
pub mod place;
mod replaced;
mod segment;
pub mod select;
pub mod view;

use std::collections::HashMap;
use std::sync::Arc;

use self::find::Search;
use self::replaced::Replaced;
use self::select::Selection;
pub use self::view::{Row, Spot, Visible};
use super::msg::{Coverage, Opened, SuggestedDate};
use super::reflow::{Layouts, Measure};
use crate::annotation::{Anchor, Annotation, Bookmark};
use crate::document::{DocId, Document};
use crate::language::entities::EntityId;
use crate::library::{Analysis, Corrections};
use crate::text::{Layer, TextRange};

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
    pub corrections: Corrections,
    /// When it may have been published, if it does not say so.
    pub suggested: Option<SuggestedDate>,
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
    /// Whether the reader did anything in it yet: what was only passed by stays unread.
    pub engaged: bool,
    /// The rows on the screen, made by [`Reader::settle`].
    pub visible: Vec<Visible>,
    layouts: Layouts,
    height: u16,
    /// Where each of `annotations` stands that stands anywhere.
    places: Layer<usize>,
    /// How often each entity is named in `counted`.
    counts: HashMap<EntityId, usize>,
    counted: Arc<Analysis>,
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
            corrections: opened.corrections,
            suggested: None,
            at: 0,
            goal_cells: None,
            top: Spot::default(),
            selection: None,
            search: None,
            flash: None,
            engaged: false,
            visible: Vec::new(),
            layouts: Layouts::new(measure),
            height: 1,
            places: Layer::default(),
            counts: HashMap::new(),
            counted: Arc::default(),
        };
        reader.place_annotations();
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

    /// Takes another text of the same document: the whole of one whose beginning was shown, or the same with other metadata.
    ///
    /// Cursor, view and selection stay with their words: where the two texts begin alike they stay, where they end alike they go along.
    pub fn replace_document(&mut self, document: Arc<Document>, coverage: Coverage) {
        let row = self.cursor_row();
        let change = Replaced::of(self.text(), &document.text);
        let kept = |at: u32| change.now(at);
        let selection = self.selection.and_then(|selection| {
            let range = |range: TextRange| change.range(range);
            Some(Selection {
                fixed: range(selection.fixed)?,
                grown: match selection.grown {
                    Some(grown) => Some(range(grown)?),
                    None => None,
                },
            })
        });
        let at = kept(self.at);
        let above_change = change.is_before(self.at);
        if !change.goes_on() {
            self.take_analysis(Arc::default());
        }
        self.layouts = Layouts::new(self.layouts.measure());
        self.document = document;
        self.coverage = coverage;
        self.at = self.snapped(at);
        self.selection = selection;
        self.flash = None;
        if !above_change {
            self.place_cursor_at_row(row.unwrap_or(0));
        }
    }

    /// Takes the same document as it was read again.
    pub fn take_again(&mut self, opened: Opened) {
        self.warnings = opened.warnings;
        self.annotations = opened.annotations;
        self.bookmarks = opened.bookmarks;
        self.corrections = opened.corrections;
        let first = self
            .document
            .blocks
            .first()
            .map_or(0, |block| block.range.start);
        let unmoved = self.coverage == Coverage::Part && self.at <= first;
        self.replace_document(opened.document, opened.coverage);
        self.place_annotations();
        // Of a large document only the beginning was there to go to.
        if let Some(place) = opened.place.filter(|_| unmoved) {
            self.jump_to(place);
        }
    }

    /// Takes what was found in the text.
    pub fn take_analysis(&mut self, analysis: Arc<Analysis>) {
        self.counts.clear();
        for (_, mention) in &analysis.mentions {
            *self.counts.entry(mention.entity.clone()).or_default() += 1;
        }
        self.counted = analysis.clone();
        self.analysis = analysis;
    }

    /// Takes note of where the annotations stand; called after each change of them.
    pub fn place_annotations(&mut self) {
        self.places = self
            .annotations
            .iter()
            .enumerate()
            .filter_map(|(index, (_, anchor))| Some((anchor.range()?, index)))
            .collect();
    }

    /// Where annotations stand, in text order, with their numbers in [`Reader::annotations`].
    pub const fn annotation_places(&self) -> &Layer<usize> {
        &self.places
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
        let shortest = self.places.at(at).min_by_key(|(range, _)| range.len())?;
        self.annotations.get(shortest.1)
    }

    /// How much of the text lies before the cursor's line, from 0 to 100; 100 on the last line.
    pub fn percent(&self) -> u8 {
        let len = self
            .document
            .blocks
            .last()
            .map_or(0, |block| block.range.end);
        let row = self
            .visible
            .iter()
            .filter_map(|row| row.line.as_ref())
            .find(|line| line.range.contains(self.at) || line.range.start == self.at);
        if row.is_some_and(|line| line.range.end >= len) {
            return 100;
        }
        let first = self
            .document
            .blocks
            .first()
            .map_or(0, |block| block.range.start);
        let (at, len) = (
            u64::from(self.at.saturating_sub(first)),
            u64::from(len.saturating_sub(first).max(1)),
        );
        (at * 100 / len).min(99) as u8
    }

    /// How much of the text was on the screen so far, from its beginning, from 0 to 100.
    pub fn seen_percent(&self) -> u8 {
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
