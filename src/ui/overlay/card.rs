//! Something to read and close.

use ratatui::layout::Rect;

use crate::annotation::Wording;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::Card;
use crate::app::overlay::card::CardLine;
use crate::app::reader::{Reader, Visible};
use crate::text::width::text_cells;
use crate::ui::frame;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::theme::Role;
use crate::ui::words::{one_line, wrapped, wrapped_parts};

/// Widest column of names.
const NAME: usize = 14;
const WIDTH: u16 = 84;

pub(super) fn paint(model: &Model, card: &Card, pen: &mut Pen) {
    // As high as its lines, which the width decides.
    let widest = layout::overlay(model.size, WIDTH, u16::MAX, Placement::Centre);
    let rows = rows(
        card.lines.get(card.top..).unwrap_or_default(),
        usize::from(widest.width.saturating_sub(4)),
        usize::from(widest.height),
    );
    let height = if card.top == 0 {
        rows.len() as u16 + 2
    } else {
        widest.height
    };
    let area = beside_cursor(
        model,
        layout::overlay(model.size, WIDTH, height.max(5), Placement::Centre),
    );
    let more = rows.len() > usize::from(area.height.saturating_sub(2));
    let hints = if more || card.top > 0 {
        "j k scroll · any other key closes"
    } else {
        "any key closes"
    };
    let inner = frame::paint(area, &card.title, hints, pen);
    for (index, row) in rows.iter().take(usize::from(inner.height)).enumerate() {
        let line = Rect {
            y: inner.y + index as u16,
            height: 1,
            ..inner
        };
        pen.spans(line.x, line.y, line.right(), row);
    }
}

/// Moved down or up where it would cover the line of the cursor, which it speaks about, and there is room.
pub(super) fn beside_cursor(model: &Model, area: Rect) -> Rect {
    let areas = model.areas();
    let text = areas.text(model.settings.measure_cells);
    let shows = |reader: &Reader| {
        let on_it = |row: &Visible| row.line.is_some_and(|line| line.range.contains(reader.at));
        reader.visible.iter().position(on_it)
    };
    let Some(row) = model.reader.as_ref().and_then(shows) else {
        return area;
    };
    let y = text.y.saturating_add(row as u16);
    if y + 1 < area.y || y > area.bottom() {
        area
    } else if areas.status.y >= area.height + y + 2 {
        Rect { y: y + 2, ..area }
    } else if y > area.height {
        Rect {
            y: y - area.height - 1,
            ..area
        }
    } else {
        area
    }
}

/// The rows of lines, as many as the highest card can show and one more.
pub(super) fn rows(lines: &[CardLine], width: usize, most: usize) -> Vec<Vec<Span<'_>>> {
    let name_cells = |line: &CardLine| match line {
        CardLine::Field(name, _) | CardLine::Redline(name, _) => text_cells(name),
        CardLine::Heading(_) | CardLine::Text(_) | CardLine::Blank => 0,
    };
    let column = lines
        .iter()
        .take(200)
        .map(name_cells)
        .max()
        .unwrap_or(0)
        .min(NAME)
        .min(width / 3);
    let mut rows: Vec<Vec<Span>> = Vec::new();
    for line in lines {
        if rows.len() > most {
            break;
        }
        match line {
            CardLine::Blank => rows.push(Vec::new()),
            CardLine::Heading(text) => rows.push(vec![span(text.as_str(), Role::Heading)]),
            CardLine::Text(text) => {
                // What begins with a sign hangs by it.
                let hang = if text.starts_with("· ") { 2 } else { 0 };
                for (index, line) in wrapped(&one_line(text), width.saturating_sub(hang))
                    .into_iter()
                    .enumerate()
                {
                    let blanks = if index == 0 { 0 } else { hang };
                    rows.push(vec![
                        span(" ".repeat(blanks), Role::Text),
                        span(line, Role::Text),
                    ]);
                }
            }
            CardLine::Redline(name, changed) => {
                let room = width.saturating_sub(column + 2);
                for (index, words) in wrapped_parts(&redline(changed), room)
                    .into_iter()
                    .enumerate()
                {
                    let name = if index == 0 { name.as_str() } else { "" };
                    let gap = " ".repeat((column + 2).saturating_sub(text_cells(name)));
                    let mut row = vec![span(name, Role::Dim), span(gap, Role::Dim)];
                    row.extend(words);
                    rows.push(row);
                }
            }
            CardLine::Field(name, value) => {
                let room = width.saturating_sub(column + 2);
                for (index, line) in wrapped(&one_line(value), room).into_iter().enumerate() {
                    let name = if index == 0 { name.as_str() } else { "" };
                    let gap = " ".repeat((column + 2).saturating_sub(text_cells(name)));
                    rows.push(vec![
                        span(name, Role::Dim),
                        span(gap, Role::Dim),
                        span(line, Role::Text),
                    ]);
                }
            }
        }
    }
    rows
}

/// What is gone struck out, before what came for it.
fn redline(changed: &[Wording]) -> Vec<(String, Role)> {
    let part = |one: &Wording| match one {
        Wording::Same(_, words) => (words.clone(), Role::Text),
        Wording::Gone(words) => (words.clone(), Role::Deleted),
        Wording::New(words) => (words.clone(), Role::Inserted),
    };
    changed.iter().map(part).collect()
}
