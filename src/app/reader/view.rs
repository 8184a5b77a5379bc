//! Which rows of the document are on the screen, and how the view follows the cursor.

use super::Reader;
use super::segment::grapheme_start;
use crate::app::reflow::{self, Line, Measure};
use crate::document::{BlockKind, Document};
use crate::text::width::text_cells;

/// A row of the document: which block, and which of the block's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spot {
    /// The block.
    pub block: usize,
    /// The row in it, counting the space above it.
    pub row: usize,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Nothing.
    Blank,
    /// A line of the title that does not stand in the text.
    Title(usize),
    /// Publisher, authors, date, kind, length.
    Meta,
    /// A line of the block.
    Line(usize),
}

/// A row on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Visible {
    /// Where it is.
    pub spot: Spot,
    /// What it shows.
    pub row: Row,
    /// Its text, where it is a line.
    pub line: Option<Line>,
}

/// The rows of a block that come before or after its lines.
#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    blanks: usize,
    titles: usize,
    meta_above: usize,
    meta_below: usize,
}

impl Reader {
    /// Takes the size of the pane and makes the rows that are on the screen; called once after each change.
    pub fn settle(&mut self, measure: &Measure, height: u16) {
        let height = height.max(1);
        if self.layouts.measure() != *measure {
            let screen_row = self.cursor_row();
            self.layouts = reflow::Layouts::new(*measure);
            self.height = height;
            self.place_cursor_at_row(screen_row.unwrap_or(0));
        } else if self.height != height {
            let screen_row = self.cursor_row();
            self.height = height;
            if screen_row.is_some_and(|row| row >= usize::from(height)) {
                self.follow_cursor();
            }
        }
        self.stand_on_a_grapheme();
        self.clamp_top();
        self.visible = self.rows_from(self.top, usize::from(height));
    }

    /// What the cursor was sent to, a word or a sentence, may begin inside a grapheme (a blank that bears a mark); the cursor never stands there.
    fn stand_on_a_grapheme(&mut self) {
        let block = self.block_range(self.at);
        let within = self.at.saturating_sub(block.start) as usize;
        let start = grapheme_start(block.of_text(self.text()), within);
        if start < within {
            self.at = block.start + start as u32;
        }
    }

    /// The rows from `spot` on.
    fn rows_from(&mut self, spot: Spot, n_rows: usize) -> Vec<Visible> {
        let mut rows = Vec::with_capacity(n_rows);
        let mut next = Some(spot);
        while let Some(spot) = next.filter(|_| rows.len() < n_rows) {
            let row = self.row(spot);
            let line = match row {
                Row::Line(index) => self.line(spot.block, index),
                Row::Blank | Row::Title(_) | Row::Meta => None,
            };
            rows.push(Visible { spot, row, line });
            next = self.after(spot);
        }
        rows
    }

    /// The lines of a block.
    pub(super) fn lines(&mut self, block: usize) -> &[Line] {
        self.layouts.ensure(&self.document, block..block + 1);
        self.layouts.lines(block)
    }

    pub(super) fn line(&mut self, block: usize, index: usize) -> Option<Line> {
        self.lines(block).get(index).copied()
    }

    /// The block and line that show the byte at `at`.
    pub(super) fn line_at(&mut self, at: u32) -> (usize, usize) {
        let block = self.document.block_at(at);
        let line = self
            .lines(block)
            .partition_point(|line| line.range.start <= at)
            .saturating_sub(1);
        (block, line)
    }

    /// The row that shows the byte at `at`.
    pub(super) fn spot_of(&mut self, at: u32) -> Spot {
        let (block, line) = self.line_at(at);
        Spot {
            block,
            row: self.frame(block).above() + line,
        }
    }

    /// The next row of the document.
    pub(super) fn after(&mut self, spot: Spot) -> Option<Spot> {
        if spot.row + 1 < self.n_rows(spot.block) {
            return Some(Spot {
                row: spot.row + 1,
                ..spot
            });
        }
        (spot.block + 1 < self.document.blocks.len()).then_some(Spot {
            block: spot.block + 1,
            row: 0,
        })
    }

    /// The row before.
    pub(super) fn before(&mut self, spot: Spot) -> Option<Spot> {
        if spot.row > 0 {
            return Some(Spot {
                row: spot.row - 1,
                ..spot
            });
        }
        let block = spot.block.checked_sub(1)?;
        Some(Spot {
            block,
            row: self.n_rows(block).saturating_sub(1),
        })
    }

    fn n_rows(&mut self, block: usize) -> usize {
        let frame = self.frame(block);
        frame.above() + self.lines(block).len() + frame.meta_below
    }

    /// What the row at `spot` shows.
    pub(super) fn row(&mut self, spot: Spot) -> Row {
        let frame = self.frame(spot.block);
        let n_lines = self.lines(spot.block).len();
        let blanks_first = spot.block > 0;
        let row = spot.row;
        if blanks_first {
            return match row.checked_sub(frame.blanks) {
                None => Row::Blank,
                Some(line) if line < n_lines => Row::Line(line),
                Some(_) => Row::Meta,
            };
        }
        if row < frame.titles {
            Row::Title(row)
        } else if row < frame.titles + frame.meta_above {
            Row::Meta
        } else if row < frame.above() {
            Row::Blank
        } else if row < frame.above() + n_lines {
            Row::Line(row - frame.above())
        } else {
            Row::Meta
        }
    }

    fn frame(&self, block: usize) -> Frame {
        let document = &self.document;
        if block > 0 {
            return Frame {
                blanks: usize::from(reflow::space_above(document, block)),
                ..Frame::default()
            };
        }
        if title_is_first_block(document) {
            return Frame {
                meta_below: 1,
                ..Frame::default()
            };
        }
        let titles = if document.meta.title_at.is_none() && !document.title_is_opening() {
            self.title_lines().len()
        } else {
            0
        };
        Frame {
            titles,
            meta_above: 1,
            blanks: 1,
            meta_below: 0,
        }
    }

    /// A title that does not stand in the text, wrapped to the measure.
    pub fn title_lines(&self) -> Vec<String> {
        wrap_words(
            self.document.title(),
            usize::from(self.layouts.measure().width_cells),
        )
    }

    /// The row of the screen the cursor is on, if it is on the screen.
    pub fn cursor_row(&mut self) -> Option<usize> {
        let spot = self.spot_of(self.at);
        self.visible.iter().position(|row| row.spot == spot)
    }

    /// Scrolls so that the cursor stands on row `row` of the screen, as far as the document allows.
    pub fn place_cursor_at_row(&mut self, row: usize) {
        let mut spot = self.spot_of(self.at);
        for _ in 0..row.min(usize::from(self.height).saturating_sub(1)) {
            match self.before(spot) {
                Some(before) => spot = before,
                None => break,
            }
        }
        self.top = spot;
    }

    /// Scrolls to the very start, title and all, where the cursor stays on the screen then.
    pub fn show_title(&mut self) {
        let spot = self.spot_of(self.at);
        if self.at == self.first_byte() && spot.row < usize::from(self.height) {
            self.top = Spot::default();
        }
    }

    /// Scrolls no further than needed so that the cursor stands on the screen with some rows around it.
    pub fn follow_cursor(&mut self) {
        let height = usize::from(self.height);
        let margin = (height / 6).min(5);
        let goal = self.spot_of(self.at);
        let mut spot = self.top;
        if goal >= spot {
            for row in 0..height {
                if spot == goal {
                    if row < margin {
                        self.place_cursor_at_row(margin);
                    } else if row + margin >= height {
                        self.place_cursor_at_row(height.saturating_sub(margin + 1));
                    }
                    return;
                }
                match self.after(spot) {
                    Some(after) => spot = after,
                    None => break,
                }
            }
            // Just below the screen: bring it in at the bottom; further away: a third from the top, as after a jump.
            for _ in 0..height {
                if spot == goal {
                    return self.place_cursor_at_row(height.saturating_sub(margin + 1));
                }
                match self.after(spot) {
                    Some(after) => spot = after,
                    None => break,
                }
            }
            return self.place_cursor_at_row(height / 3);
        }
        for _ in 0..height {
            match self.before(spot) {
                Some(before) if before == goal => return self.place_cursor_at_row(margin),
                Some(before) => spot = before,
                None => break,
            }
        }
        self.place_cursor_at_row(height / 3);
    }

    /// Scrolls by rows, down if positive, and carries the cursor along where it would leave the screen; says whether anything moved.
    pub fn scroll(&mut self, rows: i32) -> Scrolled {
        let before = self.top;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 {
                self.after(self.top)
            } else {
                self.before(self.top)
            };
            match next {
                Some(spot) => self.top = spot,
                None => break,
            }
        }
        self.clamp_top();
        if self.top == before {
            return Scrolled::No;
        }
        let height = usize::from(self.height);
        let rows = self.rows_from(self.top, height);
        let lines: Vec<_> = rows
            .iter()
            .filter(|row| row.line.is_some())
            .map(|row| row.spot)
            .collect();
        let cursor = self.spot_of(self.at);
        let x = self.cursor_cells();
        match (lines.first(), lines.last()) {
            (Some(first), _) if cursor < *first => self.put_cursor(*first, x),
            (_, Some(last)) if cursor > *last => self.put_cursor(*last, x),
            _ => {}
        }
        Scrolled::Yes
    }

    /// Puts the cursor on the line at `spot`, in the column `x`.
    pub(super) fn put_cursor(&mut self, spot: Spot, x_cells: u16) {
        let index = spot.row.saturating_sub(self.frame(spot.block).above());
        if let Some(line) = self.line(spot.block, index) {
            self.at = reflow::byte_at(&self.document.text, &line, x_cells);
        }
    }

    /// The column of the cursor.
    pub fn cursor_cells(&mut self) -> u16 {
        let (block, line) = self.line_at(self.at);
        let line = self.line(block, line);
        line.map_or(0, |line| reflow::x_of(&self.document.text, &line, self.at))
    }

    /// Keeps the last page full: the view never ends above the last row.
    fn clamp_top(&mut self) {
        let Some(last_block) = self.document.blocks.len().checked_sub(1) else {
            self.top = Spot::default();
            return;
        };
        self.top.block = self.top.block.min(last_block);
        self.top.row = self
            .top
            .row
            .min(self.n_rows(self.top.block).saturating_sub(1));
        let mut below = self.top;
        for seen in 1..usize::from(self.height) {
            match self.after(below) {
                Some(after) => below = after,
                None => {
                    for _ in seen..usize::from(self.height) {
                        match self.before(self.top) {
                            Some(before) => self.top = before,
                            None => return,
                        }
                    }
                    return;
                }
            }
        }
    }
}

/// Whether scrolling did anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scrolled {
    /// The view moved.
    Yes,
    /// It was at the end.
    No,
}

impl Frame {
    const fn above(self) -> usize {
        self.titles + self.meta_above + self.blanks
    }
}

fn title_is_first_block(document: &Document) -> bool {
    document.blocks.first().is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading { .. })
            && document
                .meta
                .title_at
                .is_some_and(|at| block.range.covers(at))
    })
}

fn wrap_words(text: &str, width_cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_cells(line) + 1 + text_cells(word) <= width_cells => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.truncate(4);
    lines
}
