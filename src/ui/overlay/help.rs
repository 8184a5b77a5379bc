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
use crate::ui::words::wrapped;
use crate::ui::{frame, prompt};

/// Widest column of keys.
const KEYS: usize = 24;

pub(super) fn paint(model: &Model, help: &Help, pen: &mut Pen) -> Option<Position> {
    let area = layout::overlay(model.size, 100, 44, Placement::Centre);
    let hints = "type to narrow · ^N ^P scroll · Esc closes";
    let inner = frame::paint(area, "Help", hints, pen);
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
    let room = usize::from(body.width.saturating_sub(keys + 2));
    let rows: Vec<Rows> = lines
        .iter()
        .map(|line| Rows::of(line, usize::from(keys), room))
        .collect();
    // The last page stays full.
    let height = usize::from(body.height);
    let mut n_rows = 0;
    let last_page = rows.iter().rposition(|rows| {
        n_rows += rows.height();
        n_rows > height
    });
    let top = help.top.min(last_page.map_or(0, |before| before + 1));
    let mut y = 0;
    for rows in rows.iter().skip(top) {
        for index in 0..rows.height() {
            if y >= height {
                return Some(cursor);
            }
            let row = row_of(body, y);
            rows.paint(index, keys, row, pen);
            y += 1;
        }
    }
    Some(cursor)
}

/// A line of the help set in the columns there are.
struct Rows<'a> {
    heading: Option<&'a str>,
    keys: Vec<String>,
    help: Vec<String>,
}

impl<'a> Rows<'a> {
    fn of(line: &'a HelpLine, keys: usize, room: usize) -> Self {
        match line {
            HelpLine::Blank => Self {
                heading: None,
                keys: Vec::new(),
                help: Vec::new(),
            },
            HelpLine::Group(title) => Self {
                heading: Some(title),
                keys: Vec::new(),
                help: Vec::new(),
            },
            HelpLine::Action { keys: shown, help } => Self {
                heading: None,
                keys: wrapped(shown, keys),
                help: wrapped(help, room),
            },
        }
    }

    fn height(&self) -> usize {
        self.keys.len().max(self.help.len()).max(1)
    }

    fn paint(&self, index: usize, keys: u16, row: Rect, pen: &mut Pen) {
        if let Some(heading) = self.heading {
            pen.spans(row.x, row.y, row.right(), &[span(heading, Role::Heading)]);
        }
        if let Some(shown) = self.keys.get(index) {
            let end = (row.x + keys).min(row.right());
            pen.spans(row.x, row.y, end, &[span(shown.as_str(), Role::StatusKey)]);
        }
        if let Some(help) = self.help.get(index) {
            let x = (row.x + keys + 2).min(row.right());
            pen.spans(x, row.y, row.right(), &[span(help.as_str(), Role::Text)]);
        }
    }
}
