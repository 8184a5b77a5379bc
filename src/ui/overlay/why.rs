//! Why a date is read as it is, and what it may mean instead.

use ratatui::layout::Rect;

use super::card::{beside_cursor, rows};
use super::{choose, first_row, row_of};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::Why;
use crate::text::width::shorten;
use crate::ui::frame;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;

const WIDTH: u16 = 84;
/// Cells of the expression in the title.
const TITLE: usize = 48;

pub(super) fn paint(model: &Model, why: &Why, pen: &mut Pen) {
    let widest = layout::overlay(model.size, WIDTH, u16::MAX, Placement::Centre);
    let width = usize::from(widest.width.saturating_sub(4));
    let about = rows(&why.about, width, usize::from(widest.height));
    let standards = rows(&why.standards, width, usize::from(widest.height));
    let below = if standards.is_empty() {
        0
    } else {
        standards.len() + 1
    };
    let height = about.len() + 1 + why.meanings.len() + below + 2;
    let area = layout::overlay(model.size, WIDTH, height as u16, Placement::Centre);
    let area = beside_cursor(model, area);
    let title = shorten(&why.said, TITLE);
    let hints = "Enter takes it · Esc leaves it as it is|Esc leaves";
    let inner = frame::paint(area, &title, hints, pen);
    // What can be chosen goes before what explains it where there is no room for both.
    let n_meanings = (why.meanings.len() as u16).min(inner.height);
    let n_about = (about.len() as u16).min(inner.height - n_meanings);
    for (index, row) in about.iter().take(usize::from(n_about)).enumerate() {
        let line = row_of(inner, index);
        pen.spans(line.x, line.y, line.right(), row);
    }
    let below = inner.height - n_about;
    let gap = u16::from(below > n_meanings && n_about > 0);
    let body = Rect {
        y: inner.y + n_about + gap,
        height: below - gap,
        ..inner
    };
    // At the foot, where there is room for it.
    let foot = (standards.len() as u16).min(body.height.saturating_sub(n_meanings + 1));
    for (index, row) in standards.iter().take(usize::from(foot)).enumerate() {
        let y = body.bottom() - foot + index as u16;
        let dim: Vec<_> = row
            .iter()
            .map(|(text, _)| span(&**text, Role::Dim))
            .collect();
        pen.spans(body.x, y, body.right(), &dim);
    }
    let rows = usize::from(body.height - foot);
    let top = first_row(why.cursor.selected, why.meanings.len(), rows);
    for (index, meaning) in why.meanings.iter().enumerate().skip(top).take(rows) {
        let row = row_of(body, index - top);
        let chosen = index == why.cursor.selected;
        if chosen {
            choose(row, pen);
        }
        let indent = row.width.min(2);
        let text = Rect {
            x: row.x + indent,
            width: row.width - indent,
            ..row
        };
        let label = [span(meaning.label.as_str(), Role::Text)];
        pen.row(text, &label, &[span(meaning.from, Role::Dim)]);
        if chosen {
            pen.even(row, Role::Chosen);
        }
    }
}
