//! Every command by name, with its keys.

use ratatui::layout::{Position, Rect};

use super::{choose, first_row, row_of};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::Palette;
use crate::app::overlay::help::keys_of;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::theme::Role;
use crate::ui::{frame, prompt};

/// Cells of the names.
const NAME: u16 = 20;

pub(super) fn paint(model: &Model, palette: &Palette, pen: &mut Pen) -> Option<Position> {
    let area = layout::overlay(model.size, 100, 24, Placement::Centre);
    let inner = frame::paint(area, "Commands", "Enter runs it · Esc closes", pen);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let x = pen.put(inner.x, inner.y, inner.right(), "› ", Role::StatusKey);
    let cursor = prompt::input(&palette.input, x, inner.y, inner.right(), pen);
    let body = Rect {
        y: inner.y + 2,
        height: inner.height - 2,
        ..inner
    };
    if palette.shown.is_empty() {
        pen.spans(
            body.x + 2,
            body.y,
            body.right(),
            &[span("No command has these words", Role::Dim)],
        );
    }
    let height = usize::from(body.height);
    let top = first_row(palette.cursor.selected, palette.shown.len(), height);
    for (index, action) in palette.shown.iter().enumerate().skip(top).take(height) {
        let row = row_of(body, index - top);
        if index == palette.cursor.selected {
            choose(row, pen);
        }
        let keys = keys_of(*action, &model.keymap);
        // Where no key leads to it the name says all.
        let keys: Vec<Span> = if keys.starts_with(':') {
            Vec::new()
        } else {
            vec![span(keys, Role::StatusKey)]
        };
        let name_end = (row.x + 2 + NAME).min(row.right());
        pen.spans(
            row.x + 2,
            row.y,
            name_end,
            &[span(action.name(), Role::Text)],
        );
        let rest = Rect {
            x: name_end,
            width: row.right() - name_end,
            ..row
        };
        pen.row(rest, &[span(action.help(), Role::Dim)], &keys);
        if index == palette.cursor.selected {
            pen.even(row, Role::Chosen);
        }
    }
    Some(cursor)
}
