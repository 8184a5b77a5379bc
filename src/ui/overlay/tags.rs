//! The tags of the library: how often each is used, its name, what it means.

use ratatui::layout::{Position, Rect};

use super::{choose, first_row, row_of};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::TagList;
use crate::app::overlay::kept::Typing;
use crate::app::overlay::tags::TagRow;
use crate::text::width::{shorten, text_cells};
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{one_line, thousands};
use crate::ui::{frame, prompt};

/// Cells of the longest name that has a column of its own.
const NAME: usize = 28;

pub(super) fn paint(model: &Model, list: &TagList, pen: &mut Pen) -> Option<Position> {
    let height = (list.n_all + 3).clamp(6, 40) as u16;
    let area = layout::overlay(model.size, 96, height, Placement::Centre);
    let title = if list.shown.len() < list.n_all {
        format!(
            "Tags {} of {}",
            thousands(list.shown.len()),
            thousands(list.n_all)
        )
    } else {
        format!("Tags {}", thousands(list.n_all))
    };
    let hints = match list.typing {
        Typing::Filter => "Enter keeps the filter",
        Typing::List => {
            "e means · r renames · m merges · Enter notes · c controls · a adds · x removes"
        }
    };
    let inner = frame::paint(area, &title, hints, pen);
    if inner.height < 2 || inner.width < 8 {
        return None;
    }
    let (mut cursor, mut body) = (None, inner);
    if list.typing == Typing::Filter || !list.input.text().is_empty() {
        let x = pen.put(inner.x, inner.y, inner.right(), "/ ", Role::StatusKey);
        let at = prompt::input(&list.input, x, inner.y, inner.right(), pen);
        cursor = (list.typing == Typing::Filter).then_some(at);
        body = Rect {
            y: inner.y + 1,
            height: inner.height - 1,
            ..inner
        };
    }
    if list.shown.is_empty() {
        let says = if list.n_all == 0 {
            "There are no tags yet · t on a note gives it some, a makes one here"
        } else {
            "Nothing matches"
        };
        pen.spans(body.x + 2, body.y, body.right(), &[span(says, Role::Dim)]);
    }
    let names = list.shown.iter().map(|row| text_cells(&row.tag.name));
    let most = usize::from(body.width).saturating_sub(10) / 2;
    let name_cells = names.max().unwrap_or(0).min(NAME).min(most);
    let height = usize::from(body.height);
    let top = first_row(list.cursor.selected, list.shown.len(), height);
    for (index, row) in list.shown.iter().enumerate().skip(top).take(height) {
        let place = row_of(body, index - top);
        if index == list.cursor.selected {
            choose(place, pen);
        }
        paint_tag(row, name_cells, place, pen);
        if index == list.cursor.selected {
            pen.even(place, Role::Chosen);
        }
    }
    cursor
}

fn paint_tag(row: &TagRow, name_cells: usize, place: Rect, pen: &mut Pen) {
    let sign = if row.tag.control.is_controlled() {
        "!"
    } else {
        " "
    };
    let name = shorten(&row.tag.name, name_cells);
    let gap = " ".repeat(name_cells.saturating_sub(text_cells(&name)) + 2);
    let inside = Rect {
        x: place.x + 1,
        width: place.width.saturating_sub(1),
        ..place
    };
    pen.spans(
        inside.x,
        inside.y,
        inside.right(),
        &[
            span(format!("{:>5} ", thousands(row.uses)), Role::Dim),
            span(sign, Role::Accent),
            span(name, Role::Tag),
            span(gap, Role::Dim),
            span(one_line(&row.tag.description), Role::Text),
        ],
    );
}
