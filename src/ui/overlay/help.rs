//! The help screen.

use ratatui::layout::{Position, Rect};

use super::row_of;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::Help;
use crate::app::overlay::help::HelpLine;
use crate::text::width::text_cells;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::{frame, prompt};

/// Widest column of keys.
const KEYS: usize = 24;

pub(super) fn paint(model: &Model, help: &Help, pen: &mut Pen) -> Option<Position> {
    let area = layout::overlay(model.size, 100, 44, Placement::Centre);
    let footer = if area.width < 60 {
        "Esc closes"
    } else {
        "type to narrow · ^N ^P scroll · Esc closes"
    };
    let inner = frame::paint(area, "Help", footer, pen);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let x = pen.put(inner.x, inner.y, inner.right(), "› ", Role::StatusKey);
    let cursor = prompt::input(&help.input, x, inner.y, inner.right(), pen);
    if help.input.text().is_empty() {
        pen.spans(
            x,
            inner.y,
            inner.right(),
            &[span("what do you want to do?", Role::Dim)],
        );
    }
    let body = Rect {
        y: inner.y + 2,
        height: inner.height - 2,
        ..inner
    };
    let lines = help.lines(&model.keymap);
    if lines.is_empty() {
        pen.spans(
            body.x,
            body.y,
            body.right(),
            &[span("No command has these words", Role::Dim)],
        );
    }
    let keys = lines
        .iter()
        .map(|line| match line {
            HelpLine::Action { keys, .. } => text_cells(keys),
            HelpLine::Group(_) | HelpLine::Blank => 0,
        })
        .max()
        .unwrap_or(0)
        .min(KEYS)
        .min(usize::from(body.width) / 3) as u16;
    // The last page stays full.
    let top = help
        .top
        .min(lines.len().saturating_sub(usize::from(body.height)));
    for (index, line) in lines
        .iter()
        .skip(top)
        .take(usize::from(body.height))
        .enumerate()
    {
        let row = row_of(body, index);
        match line {
            HelpLine::Blank => {}
            HelpLine::Group(title) => {
                pen.spans(row.x, row.y, row.right(), &[span(*title, Role::Heading)]);
            }
            HelpLine::Action { keys: shown, help } => {
                pen.spans(
                    row.x,
                    row.y,
                    (row.x + keys).min(row.right()),
                    &[span(shown.as_str(), Role::StatusKey)],
                );
                pen.spans(
                    (row.x + keys + 2).min(row.right()),
                    row.y,
                    row.right(),
                    &[span(*help, Role::Text)],
                );
            }
        }
    }
    Some(cursor)
}
