//! What the keys typed so far can still become.

use ratatui::layout::Rect;

use super::frame;
use super::pen::{Pen, span};
use super::theme::Role;
use crate::app::key;
use crate::app::layout::Areas;
use crate::app::model::Model;
use crate::text::width::text_cells;

/// Widest column.
const COLUMN: usize = 46;

pub(super) fn paint(model: &Model, areas: &Areas, pen: &mut Pen) {
    let pending = &model.pending;
    let screen = pen.area();
    let (title, rows): (String, Vec<(String, &str)>) = if let Some(action) = pending.letter {
        let rows = vec![
            ("a–z".to_owned(), "in this document"),
            ("A–Z".to_owned(), "in the library"),
        ];
        (action.name().to_owned(), rows)
    } else if pending.keys.is_empty() {
        return;
    } else {
        let next = model.keymap.continuations(model.context(), &pending.keys);
        let rows = next
            .into_iter()
            .map(|(keys, action)| (key::pretty(&keys), action.help()))
            .collect();
        (key::pretty(&pending.keys), rows)
    };
    let (Some(bottom), false) = (areas.status.y.checked_sub(screen.y), rows.is_empty()) else {
        return;
    };
    let keys = rows
        .iter()
        .map(|(keys, _)| text_cells(keys))
        .max()
        .unwrap_or(0);
    let help = rows
        .iter()
        .map(|(_, help)| text_cells(help))
        .max()
        .unwrap_or(0);
    let room = usize::from(screen.width).saturating_sub(4);
    let widest = (keys + 2 + help).min(room).max(1);
    let n_columns = ((room + 3) / (widest.min(COLUMN) + 3)).clamp(1, rows.len());
    // Alone, a column may be as wide as it needs.
    let column = if n_columns == 1 {
        widest
    } else {
        widest.min(COLUMN)
    };
    let n_rows = rows
        .len()
        .div_ceil(n_columns)
        .min(usize::from(bottom).saturating_sub(2));
    let width = (n_columns * (column + 3) - 3 + 4).min(usize::from(screen.width)) as u16;
    let height = n_rows as u16 + 2;
    let area = Rect::new(
        screen.width.saturating_sub(width),
        bottom.saturating_sub(height),
        width,
        height,
    );
    let inner = frame::paint(area, &title, "", pen);
    for (index, (keys_text, help)) in rows.iter().enumerate() {
        let (at_column, row) = (index / n_rows.max(1), index % n_rows.max(1));
        let x = inner.x + (at_column * (column + 3)) as u16;
        let end = (x + column as u16).min(inner.right());
        if at_column >= n_columns || x >= end {
            break;
        }
        let y = inner.y + row as u16;
        pen.put(x, y, end, keys_text, Role::StatusKey);
        pen.spans(
            (x + keys as u16 + 2).min(end),
            y,
            end,
            &[span(*help, Role::Text)],
        );
    }
}
