//! Blocks of a document laid out as screen lines: what stands on which line, and in which cell.
//!
//! In: a [`Document`], the number of one block and a [`Measure`]. Out: the [`Line`]s of that block, as byte ranges of the
//! document's text with an indent and what stands in it; [`cells`] says where on such a line each grapheme stands,
//! [`byte_at`] and [`x_of`] convert between the two. One block is laid out at a time and a block is bounded, so nothing ever
//! wraps a whole document; [`Layouts`] keeps the blocks on screen.
//!
//! Lines are filled greedily. They break at blanks, after hyphens and dashes, between ideographs (closing punctuation
//! never starts a line, opening punctuation never ends one: the common core of UAX #14), after the separators of
//! an address where that fills a line that would stay half empty, and never inside a grapheme cluster (UAX #29). Colours, symbols
//! and the terminal are absent: how a [`Lead`] looks is the painter's business.

mod breaks;
mod cells;
mod fill;
mod graphemes;
mod hyphens;
mod layouts;

pub use cells::{Cell, byte_at, cells, x_of};
pub use hyphens::Hyphenation;
pub use layouts::Layouts;

use crate::document::{Block, BlockKind, Document};
use crate::text::TextRange;
use crate::text::width::text_cells;
use fill::Filler;

/// The column text is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Width in cells, indents included; 0 is taken as 1.
    pub width_cells: u16,
    /// Whether lines end evenly.
    pub alignment: Alignment,
    /// Whether words are divided at the end of a line.
    pub hyphenation: Hyphenation,
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            width_cells: 76,
            alignment: Alignment::Ragged,
            hyphenation: Hyphenation::Off,
        }
    }
}

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Alignment {
    /// Where the last word ends.
    #[default]
    Ragged,
    /// At the edge of the measure, by wider blanks; the last line of a block and lines with too few blanks stay ragged.
    Justified,
}

/// One line on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The text on it, in bytes of the document, without the white space it broke at.
    pub range: TextRange,
    /// Cells left free before the text.
    pub indent_cells: u16,
    /// What stands in those cells.
    pub lead: Lead,
    /// Cells to be spread over its blanks ([`cells`] does that); 0 unless justified.
    pub stretch_cells: u16,
    /// Whether a hyphen is drawn after the text.
    pub hyphen: Hyphen,
    /// Whether white space inside it is one blank or as it stands.
    pub blanks: Blanks,
}

/// What stands in the indent of a line: bullets and numbers right in it, with one free cell before the text, bars from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Nothing.
    None,
    /// The bullet of a list item.
    Bullet,
    /// The number of a list item.
    Number(u32),
    /// The bars of a block quotation, one for every two cells of the indent.
    Bar {
        /// How many.
        depth: u8,
    },
    /// The whole line is a rule, drawn instead of its text.
    Rule,
}

/// Whether a hyphen that is not in the text is drawn at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hyphen {
    /// No.
    #[default]
    No,
    /// Yes; it takes one cell.
    Yes,
}

/// How white space inside a line is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blanks {
    /// A run of it, line breaks included, is one blank.
    #[default]
    Collapsed,
    /// As it stands.
    Kept,
}

/// The deepest nesting that is shown by indents; a block nested deeper is set like one at this depth.
const MAX_DEPTH: u8 = 8;
/// Cells from the margin of an item to its text: "• " or "12. ".
const BULLET_CELLS: u16 = 2;
const NUMBER_CELLS: u16 = 4;
/// How many blocks back the head of a table is looked for, and how many of its rows decide on its form.
const TABLE_REACH: usize = 4096;
const DECIDING_ROWS: usize = 48;
/// How many blocks back the list item that a nested paragraph belongs to is looked for.
const ITEM_REACH: usize = 32;

/// The lines of block number `block`, in order; none if there is no such block.
///
/// Every byte of the block lies on exactly one line or is white space between lines. An empty block has one empty line; else
/// only preformatted text has empty lines. A measure too narrow for one grapheme still gives one a line. The
/// rows of a table that fits are one line each, with columns that are even in the text; of a wider one each cell has lines of its own. Takes time
/// linear in the size of the block, and for a table in that of its first rows.
pub fn lay_out(document: &Document, block: usize, measure: &Measure) -> Vec<Line> {
    let Some(shape) = shape(document, block) else {
        return Vec::new();
    };
    let width = measure.width_cells.max(1);
    let indent = shape.indent_cells.min(width / 2);
    let filler = Filler {
        text: shape.range.of_text(&document.text),
        base: shape.range.start,
        width_cells: width - indent,
        indent_cells: indent,
        alignment: measure.alignment,
        hyphenation: measure.hyphenation,
    };
    let mut lines = match shape.setting {
        Setting::Prose => filler.prose(),
        Setting::Heading => Filler {
            alignment: Alignment::Ragged,
            hyphenation: Hyphenation::Off,
            ..filler
        }
        .prose(),
        Setting::Preformatted => filler.preformatted(),
        Setting::Whole => filler.whole(),
        Setting::Row if fits(document, block, filler.width_cells) => filler.whole(),
        Setting::Row => filler.stacked(),
    };
    match shape.lead {
        Lead::None => {}
        Lead::Bullet | Lead::Number(_) => {
            if let (Some(first), false) = (lines.first_mut(), shape.goes_on) {
                first.lead = shape.lead;
            }
        }
        Lead::Bar { depth } => {
            let depth = depth.min(u8::try_from(indent / 2).unwrap_or(u8::MAX));
            for line in &mut lines {
                line.lead = Lead::Bar { depth };
            }
        }
        Lead::Rule => {
            for line in &mut lines {
                line.lead = Lead::Rule;
            }
        }
    }
    lines
}

/// Blank rows above block number `block`.
///
/// One between paragraphs, two above a heading (one where it follows a heading), none above the first block, a continuation,
/// the rows of a table and the items of a tight list (one whose items no blank line parts in the text).
pub fn space_above(document: &Document, block: usize) -> u16 {
    let (Some(own), Some(before)) = (
        document.blocks.get(block),
        block
            .checked_sub(1)
            .and_then(|before| document.blocks.get(before)),
    ) else {
        return 0;
    };
    let above = origin(document, block - 1).map_or(before.kind, |block| block.kind);
    match (above, own.kind) {
        (_, BlockKind::Continuation) | (BlockKind::TableRow { .. }, BlockKind::TableRow { .. }) => {
            0
        }
        (BlockKind::Heading { .. }, BlockKind::Heading { .. }) => 1,
        (_, BlockKind::Heading { .. }) => 2,
        (BlockKind::Item { .. }, BlockKind::Item { .. }) | (BlockKind::Code, BlockKind::Code) => {
            parted(document, before.range, own.range)
        }
        (BlockKind::Paragraph, BlockKind::Item { .. })
            if before.depth > 0 && own.depth >= before.depth =>
        {
            parted(document, before.range, own.range)
        }
        (
            _,
            BlockKind::Paragraph
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::TableRow { .. }
            | BlockKind::Code
            | BlockKind::Rule,
        ) => 1,
    }
}

/// Whether the table of which `block` is a row can be shown with its columns side by side. The head and the rows after it decide for all, so that a
/// table has one form throughout.
fn fits(document: &Document, block: usize, width_cells: u16) -> bool {
    let is_row = |block: &&Block| matches!(block.kind, BlockKind::TableRow { .. });
    let above = document.blocks.get(..=block).unwrap_or_default();
    let mut first = block;
    for row in above.iter().rev().take(TABLE_REACH).take_while(is_row) {
        if row.kind == (BlockKind::TableRow { head: true }) {
            break;
        }
        first = first.saturating_sub(1);
    }
    let rows = document.blocks.get(first..).unwrap_or_default();
    // Without a head the search ends on the block above the first row.
    let first_rows = rows
        .iter()
        .take(DECIDING_ROWS)
        .skip_while(|block| !is_row(block))
        .take_while(is_row);
    first_rows
        .chain(document.blocks.get(block))
        .all(|row| row_fits(row.range.of_text(&document.text), usize::from(width_cells)))
}

/// Whether every line of a table's row has at most `width_cells` cells.
fn row_fits(row: &str, width_cells: usize) -> bool {
    row.split('\n')
        .all(|line| line.len() <= width_cells || text_cells(line) <= width_cells)
}

/// One where a blank line stands between the two in the text, else none.
fn parted(document: &Document, above: TextRange, below: TextRange) -> u16 {
    let gap = TextRange::new(above.end.min(below.start), below.start).of_text(&document.text);
    u16::from(gap.bytes().filter(|byte| *byte == b'\n').count() > 1)
}

/// The block that `block` continues: itself unless it is a continuation.
fn origin(document: &Document, block: usize) -> Option<&Block> {
    document
        .blocks
        .get(..=block)?
        .iter()
        .rev()
        .find(|block| block.kind != BlockKind::Continuation)
}

enum Setting {
    Prose,
    Heading,
    Preformatted,
    Whole,
    Row,
}

struct Shape {
    range: TextRange,
    indent_cells: u16,
    lead: Lead,
    goes_on: bool,
    setting: Setting,
}

fn shape(document: &Document, block: usize) -> Option<Shape> {
    let own = document.blocks.get(block)?;
    let origin = origin(document, block).unwrap_or(own);
    let depth = origin.depth.min(MAX_DEPTH);
    let (indent_cells, lead, setting) = match origin.kind {
        BlockKind::Paragraph | BlockKind::Continuation => {
            (inner(document, block, depth), Lead::None, Setting::Prose)
        }
        BlockKind::Heading { .. } => (0, Lead::None, Setting::Heading),
        BlockKind::Item { number: None } => (item(depth, None), Lead::Bullet, Setting::Prose),
        BlockKind::Item {
            number: Some(number),
        } => (
            item(depth, Some(number)),
            Lead::Number(number),
            Setting::Prose,
        ),
        BlockKind::Quote => {
            let depth = depth.max(1);
            (u16::from(depth) * 2, Lead::Bar { depth }, Setting::Prose)
        }
        BlockKind::TableRow { .. } => (inner(document, block, depth), Lead::None, Setting::Row),
        BlockKind::Code => (
            inner(document, block, depth),
            Lead::None,
            Setting::Preformatted,
        ),
        BlockKind::Rule => (0, Lead::Rule, Setting::Whole),
    };
    Some(Shape {
        range: own.range,
        indent_cells,
        lead,
        goes_on: own.kind == BlockKind::Continuation,
        setting,
    })
}

/// Cells before the text of a list item at `depth`.
fn item(depth: u8, number: Option<u32>) -> u16 {
    let margin = u16::from(depth.saturating_sub(1)) * 2;
    let hang = number.map_or(BULLET_CELLS, |number| {
        let digits = number.checked_ilog10().unwrap_or(0) as u16 + 1;
        (digits + 2).max(NUMBER_CELLS)
    });
    margin + hang
}

/// Cells before a block that stands inside a list item or a quotation: under the text of the nearest item above it.
fn inner(document: &Document, block: usize, depth: u8) -> u16 {
    if depth == 0 {
        return 0;
    }
    let above = document.blocks.get(..block).unwrap_or_default();
    above
        .iter()
        .rev()
        .take(ITEM_REACH)
        .take_while(|block| block.depth >= depth || block.kind == BlockKind::Continuation)
        .find_map(|block| match block.kind {
            BlockKind::Item { number } if block.depth == depth => Some(item(depth, number)),
            BlockKind::Paragraph
            | BlockKind::Continuation
            | BlockKind::Heading { .. }
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::TableRow { .. }
            | BlockKind::Code
            | BlockKind::Rule => None,
        })
        .unwrap_or(u16::from(depth) * 2)
}

#[cfg(test)]
mod tests;
