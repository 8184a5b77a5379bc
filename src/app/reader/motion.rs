//! How the cursor moves.

#![allow(
    clippy::wrong_self_convention,
    reason = "a motion goes to a place; nothing is converted"
)]

use unicode_segmentation::UnicodeSegmentation;

use super::Reader;
use super::segment::{grapheme_start, word_start};
use super::view::Row;
use crate::app::action::Action;
use crate::document::BlockKind;
use crate::text::Layer;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Back,
}

/// More lines than anybody counts.
const FAR_LINES: u32 = 10_000;

impl Reader {
    /// Carries out a motion, `count` times or to the place `count` names; says whether the action was one.
    pub fn apply_motion(&mut self, action: Action, count: Option<u32>) -> Moved {
        let n = count.unwrap_or(1).max(1);
        let from = self.at;
        let half = u32::from(self.height() / 2).max(1);
        let page = u32::from(self.height().saturating_sub(2)).max(1);
        let mut vertical = true;
        match action {
            Action::Down => self.move_lines(n, Way::Forward),
            Action::Up => self.move_lines(n, Way::Back),
            Action::HalfPageDown => self.move_page(half.saturating_mul(n), Way::Forward),
            Action::HalfPageUp => self.move_page(half.saturating_mul(n), Way::Back),
            Action::PageDown => self.move_page(page.saturating_mul(n), Way::Forward),
            Action::PageUp => self.move_page(page.saturating_mul(n), Way::Back),
            Action::ScrollDown => drop(self.scroll(n.min(10_000) as i32)),
            Action::ScrollUp => drop(self.scroll(-(n.min(10_000) as i32))),
            Action::Centre => self.place_cursor_at_row(usize::from(self.height() / 2)),
            _ => {
                vertical = false;
                match action {
                    Action::Left => self.repeat(n, |reader| reader.grapheme(Way::Back)),
                    Action::Right => self.repeat(n, |reader| reader.grapheme(Way::Forward)),
                    Action::WordNext => self.repeat(n, |reader| reader.word(Way::Forward)),
                    Action::WordPrevious => self.repeat(n, |reader| reader.word(Way::Back)),
                    Action::LineStart => self.to_line_edge(Way::Back),
                    Action::LineEnd => self.to_line_edge(Way::Forward),
                    Action::Top => match count {
                        None => self.at = self.first_byte(),
                        Some(line) => {
                            self.at = self.first_byte();
                            self.move_lines(line.saturating_sub(1), Way::Forward);
                        }
                    },
                    Action::Bottom => match count {
                        None => self.to_end(),
                        Some(line) => {
                            self.at = self.first_byte();
                            self.move_lines(line.saturating_sub(1), Way::Forward);
                        }
                    },
                    Action::Percent => self.to_percent(count.unwrap_or(0)),
                    Action::SentenceNext => self.repeat(n, |reader| reader.sentence(Way::Forward)),
                    Action::SentencePrevious => self.repeat(n, |reader| reader.sentence(Way::Back)),
                    Action::ParagraphNext => {
                        self.repeat(n, |reader| reader.block(Way::Forward, |_| true));
                    }
                    Action::ParagraphPrevious => {
                        self.repeat(n, |reader| reader.block(Way::Back, |_| true));
                    }
                    Action::HeadingNext => {
                        self.repeat(n, |reader| reader.block(Way::Forward, is_heading));
                    }
                    Action::HeadingPrevious => {
                        self.repeat(n, |reader| reader.block(Way::Back, is_heading));
                    }
                    _ => return Moved::NoMotion,
                }
            }
        }
        if !vertical {
            self.goal_cells = None;
            self.follow_cursor();
            if action == Action::Top {
                self.show_title();
            }
        }
        if self.at == from {
            Moved::Stayed
        } else {
            Moved::Yes
        }
    }

    /// Puts the cursor at a byte and shows it a third from the top, unless it is on the screen already.
    pub fn jump_to(&mut self, at: u32) {
        self.at = self.snapped(at);
        self.goal_cells = None;
        let spot = self.spot_of(self.at);
        let margin = usize::from(self.height() / 8);
        let row = self.visible.iter().position(|row| row.spot == spot);
        if !row.is_some_and(|row| row >= margin && row + margin < usize::from(self.height())) {
            self.place_cursor_at_row(usize::from(self.height() / 3));
        }
    }

    /// The start of the grapheme that holds the byte at `at`, inside a block.
    pub(super) fn snapped(&self, at: u32) -> u32 {
        let Some(block) = self.document.blocks.get(self.document.block_at(at)) else {
            return 0;
        };
        if at < block.range.start {
            return block.range.start;
        }
        let text = self.document.block_text(block);
        let within = (at - block.range.start) as usize;
        block.range.start + grapheme_start(text, within) as u32
    }

    fn repeat(&mut self, n: u32, step: impl Fn(&mut Self) -> bool) {
        for _ in 0..n {
            if !step(self) {
                break;
            }
        }
    }

    pub(super) fn first_byte(&self) -> u32 {
        self.document
            .blocks
            .first()
            .map_or(0, |block| block.range.start)
    }

    fn to_end(&mut self) {
        if let Some(block) = self.document.blocks.last() {
            self.at = self.snapped(block.range.end.saturating_sub(1));
            self.to_line_edge(Way::Back);
        }
    }

    fn to_percent(&mut self, percent: u32) {
        let len = self.document.text.len() as u64;
        let at = (len * u64::from(percent.min(100)) / 100) as u32;
        self.at = self.snapped(at.min((len as u32).saturating_sub(1)));
        self.to_line_edge(Way::Back);
    }

    /// Moves over lines of text, not over blank rows, and keeps the column.
    fn move_lines(&mut self, n: u32, way: Way) {
        let x = self.goal_cells.unwrap_or_else(|| self.cursor_cells());
        let mut spot = self.spot_of(self.at);
        let mut goal = spot;
        let mut left = n;
        // A line holds a byte at least: a count beyond all lines need not lay them out.
        match way {
            Way::Forward if n > FAR_LINES && n as usize > self.text().len() => {
                return self.to_end();
            }
            Way::Back if n > FAR_LINES && n > self.at => {
                self.at = self.first_byte();
                self.follow_cursor();
                return self.show_title();
            }
            Way::Forward | Way::Back => {}
        }
        while left > 0 {
            let next = match way {
                Way::Forward => self.after(spot),
                Way::Back => self.before(spot),
            };
            let Some(next) = next else { break };
            spot = next;
            if matches!(self.row(spot), Row::Line(_)) {
                goal = spot;
                left -= 1;
            }
        }
        self.put_cursor(goal, x);
        self.goal_cells = Some(x);
        self.follow_cursor();
        if left > 0 && way == Way::Back {
            // Above the first line there may still be the title.
            self.show_title();
        }
    }

    fn move_page(&mut self, rows: u32, way: Way) {
        let x = self.goal_cells.unwrap_or_else(|| self.cursor_cells());
        let row = self.cursor_row().unwrap_or(0);
        let signed = rows.min(1_000_000) as i32;
        let scrolled = self.scroll(if way == Way::Forward { signed } else { -signed });
        if scrolled == super::view::Scrolled::No {
            return match way {
                Way::Forward => self.to_end(),
                Way::Back => self.at = self.first_byte(),
            };
        }
        // The cursor keeps its row on the screen, or takes the nearest line above it.
        let mut spot = self.top;
        let mut best = None;
        for _ in 0..=row {
            if matches!(self.row(spot), Row::Line(_)) {
                best = Some(spot);
            }
            match self.after(spot) {
                Some(after) => spot = after,
                None => break,
            }
        }
        if let Some(spot) = best {
            self.put_cursor(spot, x);
        }
        self.goal_cells = Some(x);
    }

    fn to_line_edge(&mut self, way: Way) {
        let (block, index) = self.line_at(self.at);
        if let Some(line) = self.line(block, index) {
            self.at = match way {
                Way::Back => line.range.start,
                Way::Forward => {
                    self.snapped(line.range.end.saturating_sub(1).max(line.range.start))
                }
            };
        }
    }

    /// One grapheme on, also over block borders.
    fn grapheme(&mut self, way: Way) -> bool {
        let index = self.document.block_at(self.at);
        let Some(block) = self.document.blocks.get(index) else {
            return false;
        };
        let text = self.document.block_text(block);
        let within = self.at.saturating_sub(block.range.start) as usize;
        let next = match way {
            Way::Forward => {
                let len = text
                    .get(within..)
                    .and_then(|rest| rest.graphemes(true).next())
                    .map_or(0, str::len);
                Some(within + len).filter(|next| *next < text.len())
            }
            Way::Back => within
                .checked_sub(1)
                .map(|before| grapheme_start(text, before)),
        };
        let range = block.range;
        match (next, way) {
            (Some(next), _) => self.at = range.start + next as u32,
            (None, Way::Forward) => match self.document.blocks.get(index + 1) {
                Some(after) => self.at = after.range.start,
                None => return false,
            },
            (None, Way::Back) => match index
                .checked_sub(1)
                .and_then(|index| self.document.blocks.get(index))
            {
                Some(before) => self.at = self.snapped(before.range.end.saturating_sub(1)),
                None => return false,
            },
        }
        true
    }

    /// To the start of the next or previous word, also over block borders.
    pub(super) fn word(&mut self, way: Way) -> bool {
        let index = self.document.block_at(self.at);
        let Some(block) = self.document.blocks.get(index) else {
            return false;
        };
        let found = word_start(
            self.document.block_text(block),
            self.at.saturating_sub(block.range.start) as usize,
            way,
        );
        if let Some(offset) = found {
            self.at = block.range.start + offset as u32;
            return true;
        }
        let next = match way {
            Way::Forward => index.checked_add(1),
            Way::Back => index.checked_sub(1),
        };
        let Some(block) = next.and_then(|index| self.document.blocks.get(index)) else {
            return false;
        };
        self.at = match way {
            Way::Forward => block.range.start,
            Way::Back => {
                let text = self.document.block_text(block);
                block.range.start + word_start(text, text.len(), Way::Back).unwrap_or(0) as u32
            }
        };
        true
    }

    fn sentence(&mut self, way: Way) -> bool {
        let sentences = &self.analysis.sentences;
        if sentences.is_empty() {
            return self.block(way, |_| true);
        }
        self.to_item(next_start(sentences, self.at, way))
    }

    fn block(&mut self, way: Way, wanted: impl Fn(BlockKind) -> bool) -> bool {
        let index = self.document.block_at(self.at);
        let blocks = &self.document.blocks;
        let start = |index: usize| blocks.get(index).map_or(0, |block| block.range.start);
        let found = match way {
            Way::Forward => (index + 1..blocks.len())
                .find(|i| blocks.get(*i).is_some_and(|block| wanted(block.kind))),
            Way::Back => {
                let from = if self.at > start(index) {
                    index + 1
                } else {
                    index
                };
                (0..from)
                    .rev()
                    .find(|i| blocks.get(*i).is_some_and(|block| wanted(block.kind)))
            }
        };
        self.to_item(found.map(start))
    }

    /// Moves to the next or previous item of a layer; says whether there was one.
    pub fn to_layer_item<T>(&mut self, layer: &Layer<T>, way: Way) -> bool {
        self.to_item(next_start(layer, self.at, way))
    }

    fn to_item(&mut self, at: Option<u32>) -> bool {
        at.is_some_and(|at| {
            self.at = self.snapped(at);
            true
        })
    }
}

/// What a motion did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// The cursor is elsewhere.
    Yes,
    /// It was at the end already, or only the view moved.
    Stayed,
    /// The action is no motion of the text.
    NoMotion,
}

const fn is_heading(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Heading { .. })
}

fn next_start<T>(layer: &Layer<T>, at: u32, way: Way) -> Option<u32> {
    let item = match way {
        Way::Forward => layer.next_after(at),
        Way::Back => layer.last_before(at),
    };
    item.map(|(range, _)| range.start)
}
