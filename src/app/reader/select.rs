//! Selecting text: an end that stays, an end that moves with the cursor, and growing by word, sentence and paragraph.

use unicode_segmentation::UnicodeSegmentation;

use super::Reader;
use super::segment::word_range;
use crate::text::TextRange;

/// How far the next word is looked for, in bytes.
const FAR: usize = 1 << 16;

/// Selected text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The graphemes at the end that stays.
    pub fixed: TextRange,
    /// Whether the last thing done was growing by a unit, and to where.
    pub grown: Option<TextRange>,
}

/// What a selection grows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A block.
    Paragraph,
}

impl Reader {
    /// Starts a selection at the cursor.
    pub fn start_selection(&mut self) {
        self.selection = Some(Selection {
            fixed: self.grapheme_at(self.at),
            grown: None,
        });
    }

    /// What is selected: from the fixed end to the grapheme under the cursor, in text order.
    pub fn selected(&self) -> Option<TextRange> {
        let selection = self.selection?;
        Some(
            selection
                .grown
                .unwrap_or_else(|| selection.fixed.union(self.grapheme_at(self.at))),
        )
    }

    /// Grows the selection: first to the whole unit around it, then by one unit more at its end.
    pub fn grow_selection(&mut self, unit: Unit) {
        if self.selection.is_none() {
            self.start_selection();
        }
        let Some(now) = self.selected() else { return };
        let last = now.end.saturating_sub(1).max(now.start);
        let whole = self
            .unit_at(now.start, unit)
            .union(self.unit_at(last, unit));
        let whole = if whole == now || now.covers(whole) {
            let next = self.next_unit(now.end, unit);
            next.map_or(now, |next| now.union(next))
        } else {
            whole.union(now)
        };
        let whole = self.trimmed(whole);
        self.selection = Some(Selection {
            fixed: self.grapheme_at(whole.start),
            grown: Some(whole),
        });
        self.at = self.snapped(whole.end.saturating_sub(1).max(whole.start));
        self.goal_cells = None;
        self.follow_cursor();
    }

    /// Exchanges the ends.
    pub fn swap_selection(&mut self) {
        if let Some(range) = self.selected() {
            let last = self.grapheme_at(self.snapped(range.end.saturating_sub(1).max(range.start)));
            let at_end = self.at >= last.start;
            let fixed = if at_end {
                last
            } else {
                self.grapheme_at(range.start)
            };
            self.at = if at_end { range.start } else { last.start };
            self.selection = Some(Selection { fixed, grown: None });
            self.goal_cells = None;
            self.follow_cursor();
        }
    }

    /// After a motion the selection ends at the cursor again.
    pub fn selection_follows(&mut self) {
        if let Some(selection) = &mut self.selection {
            selection.grown = None;
        }
    }

    /// What the reader means when nothing is selected: the selection, or else the sentence under the cursor.
    pub fn passage(&self) -> TextRange {
        self.selected()
            .unwrap_or_else(|| self.trimmed(self.sentence_at(self.at)))
    }

    /// The grapheme at a byte.
    pub fn grapheme_at(&self, at: u32) -> TextRange {
        let block = self.block_range(at);
        let end = if at < block.end {
            block.end as usize
        } else {
            self.text().len()
        };
        let rest = self.text().get(at as usize..end).unwrap_or_default();
        let len = rest.graphemes(true).next().map_or(0, str::len);
        TextRange::of(at as usize, at as usize + len)
    }

    fn unit_at(&self, at: u32, unit: Unit) -> TextRange {
        match unit {
            Unit::Word => {
                let block = self.block_range(at);
                let text = block.of_text(self.text());
                word_range(text, at.saturating_sub(block.start) as usize).shifted(block.start)
            }
            Unit::Sentence => self.sentence_at(at),
            Unit::Paragraph => self.block_range(at),
        }
    }

    /// The unit after the byte at `at`, blanks and marks between left out.
    fn next_unit(&self, at: u32, unit: Unit) -> Option<TextRange> {
        match unit {
            Unit::Word => {
                let rest = self.text().get(at as usize..)?;
                let mut near = rest.char_indices().take_while(|(at, _)| *at < FAR);
                let offset = near.find(|(_, c)| c.is_alphanumeric())?.0;
                Some(self.unit_at(at + offset as u32, unit))
            }
            Unit::Sentence => match self.analysis.sentences.next_after(at.saturating_sub(1)) {
                Some((range, ())) => Some(*range),
                None => self.next_unit(at, Unit::Paragraph),
            },
            Unit::Paragraph => {
                let blocks = &self.document.blocks;
                blocks
                    .get(blocks.partition_point(|block| block.range.start < at))
                    .map(|block| block.range)
            }
        }
    }

    /// Without white space at its ends.
    fn trimmed(&self, range: TextRange) -> TextRange {
        let text = range.of_text(self.text());
        let start = range.start + (text.len() - text.trim_start().len()) as u32;
        let end = range.end - (text.len() - text.trim_end().len()) as u32;
        // A blank that carries a combining mark is a letter like any other.
        let start = self.snapped(start).max(range.start);
        TextRange::new(start.min(end), end)
    }
}
