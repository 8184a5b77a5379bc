//! The fuzzy jump: what was typed, what was found, and a preview of where the chosen hit leads.

use std::sync::Arc;

use super::Cursor;
use crate::app::effect::{JobId, JumpKind, Kinds};
use crate::app::input::Input;
use crate::app::msg::{JumpHit, Jumped, Preview};
use crate::app::reflow::{self, Line, Measure};
use crate::document::Document;
use crate::text::TextRange;

/// The fuzzy jump.
#[derive(Debug, Default)]
pub struct Picker {
    /// What the choice is for.
    pub purpose: Purpose,
    /// What was typed.
    pub input: Input,
    /// Which kinds are wanted, by key.
    pub kinds: Kinds,
    /// What was found.
    pub found: Jumped,
    /// The chosen hit.
    pub cursor: Cursor,
    /// The question whose answer is awaited.
    pub job: JobId,
    /// The question `found` answers.
    pub answered: JobId,
    /// Enter was pressed before the answer came: the best hit is taken when it does.
    pub accepted: Accepted,
    /// The passage the chosen hit leads to.
    pub preview: Option<PreviewPage>,
    /// The question whose answer is the preview.
    pub preview_job: JobId,
}

/// What the choice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To go there.
    #[default]
    Go,
    /// To compare the open document with it.
    Compare,
}

/// Whether the best hit is to be taken as soon as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accepted {
    /// No.
    #[default]
    No,
    /// Yes.
    WhenAnswered,
}

/// The passage a hit leads to, laid out.
#[derive(Debug)]
pub struct PreviewPage {
    /// The document.
    pub document: Arc<Document>,
    /// The byte the hit leads to.
    pub at: u32,
    /// Lines around it; `None` is a blank row.
    pub lines: Vec<Option<Line>>,
    /// The line among them that holds the byte.
    pub marked: usize,
}

impl Picker {
    /// The kinds asked for, by key or by a prefix such as `e:`, and the rest of the query.
    pub fn question(&self) -> (Kinds, &str) {
        let typed = self.input.text();
        let mut chars = typed.trim_start().chars();
        let kind = JumpKind::ALL
            .into_iter()
            .find(|kind| chars.clone().next() == Some(kind.prefix()));
        chars.next();
        match (kind, chars.next()) {
            (Some(kind), Some(':')) => (
                Kinds {
                    only: Some(kind),
                    ..self.kinds
                },
                chars.as_str().trim_start(),
            ),
            _ => (self.kinds, typed),
        }
    }

    /// The next kind by key: all, then one after the other.
    pub fn next_kind(&mut self) {
        let all = JumpKind::ALL;
        let now = self
            .kinds
            .only
            .and_then(|kind| all.iter().position(|other| *other == kind));
        self.kinds.only = all.get(now.map_or(0, |index| index + 1)).copied();
    }

    /// The chosen hit.
    pub fn chosen(&self) -> Option<&JumpHit> {
        self.found.best.get(self.cursor.selected)
    }
}

impl PreviewPage {
    /// Lays out `rows` rows around the byte the hit leads to.
    pub fn new(preview: Preview, measure: &Measure, rows: usize) -> Self {
        let document = preview.document;
        let block = document.block_at(preview.at);
        let mut lines = Vec::new();
        let mut marked = 0;
        for index in block.saturating_sub(2)..document.blocks.len() {
            if lines.len() > marked + rows && index > block {
                break;
            }
            if !lines.is_empty() {
                lines.extend((0..reflow::space_above(&document, index)).map(|_| None));
            }
            for line in reflow::lay_out(&document, index, measure) {
                if line.range.start <= preview.at && index == block {
                    marked = lines.len();
                }
                lines.push(Some(line));
                if lines.len() > marked + rows && index > block {
                    break;
                }
            }
        }
        let first = marked
            .saturating_sub(rows / 3)
            .min(lines.len().saturating_sub(rows));
        lines.drain(..first);
        lines.truncate(rows);
        Self {
            document,
            at: preview.at,
            lines,
            marked: marked - first,
        }
    }

    /// The words to mark: the sentence-like stretch from the byte to the end of its line.
    pub fn mark(&self) -> TextRange {
        let line = self.lines.get(self.marked).and_then(Option::as_ref);
        line.map_or(TextRange::empty(self.at), |line| {
            TextRange::new(self.at, line.range.end.max(self.at))
        })
    }
}
