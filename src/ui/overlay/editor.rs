//! A note being written: the passage above it, tags and colour below it.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use crate::app::layout::{self, Areas, Placement};
use crate::app::model::Model;
use crate::app::overlay::Editor;
use crate::app::overlay::editor::{Origin, Saving};
use crate::app::reader::Visible;
use crate::ui::frame;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::reader::note_role;
use crate::ui::theme::Role;
use crate::ui::words::{one_line, wrapped};

/// Rows of the passage that are shown.
const PASSAGE_ROWS: usize = 2;
const HEIGHT: u16 = 12;

pub(super) fn paint(
    model: &Model,
    editor: &Editor,
    areas: &Areas,
    pen: &mut Pen,
) -> Option<Position> {
    let area = place(model, editor, areas);
    let title = match (editor.origin, &editor.before) {
        (Origin::Resumed, _) => "Unfinished note",
        (Origin::Begun, Some(_)) => "Note",
        (Origin::Begun, None) => "New note",
    };
    let hints = match editor.origin {
        Origin::Resumed => "Esc saves · ^C throws away · ^L later",
        Origin::Begun => "Esc saves · ^C throws away · ^O opens your editor",
    };
    let inner = frame::paint(area, title, hints, pen);
    if inner.height < 2 || inner.width < 4 {
        return None;
    }
    let passage = wrapped(
        &one_line(&editor.target.quote.exact),
        usize::from(inner.width.saturating_sub(2)),
    );
    let n_rows = passage
        .len()
        .min(PASSAGE_ROWS)
        .min(usize::from(inner.height) / 3);
    for (index, line) in passage.iter().enumerate().take(n_rows) {
        let y = inner.y + index as u16;
        pen.sign(inner.x, y, pen.symbols().quote_bar, Role::Lead);
        let cut = index + 1 == n_rows && passage.len() > n_rows;
        let more = if cut { pen.symbols().ellipsis } else { "" };
        pen.spans(
            inner.x + 2,
            y,
            inner.right(),
            &[span(line.as_str(), Role::Dim), span(more, Role::Dim)],
        );
    }
    let above = if n_rows == 0 { 0 } else { n_rows as u16 + 1 };
    let text = Rect {
        y: inner.y + above,
        height: inner.height.saturating_sub(above + 2).max(1),
        ..inner
    };
    let cursor = write(editor, text.intersection(inner), pen);
    if inner.height > above + 2 {
        body(
            editor,
            Rect {
                y: inner.bottom() - 1,
                height: 1,
                ..inner
            },
            pen,
        );
    }
    cursor
}

/// Below the text and in line with it, or at the top where the passage would be covered.
fn place(model: &Model, editor: &Editor, areas: &Areas) -> Rect {
    let mut area = layout::overlay(model.size, 84, HEIGHT, Placement::Bottom);
    let text = areas.text(model.settings.measure_cells);
    if text.width >= 36 {
        area.width = text.width.min(80) + 4;
        area.x = text
            .x
            .saturating_sub(2)
            .min(model.size.0.saturating_sub(area.width));
    }
    let start = editor.target.position.start;
    let row = model.reader.as_ref().and_then(|reader| {
        let shows = |row: &Visible| {
            row.line
                .is_some_and(|line| line.range.start <= start && start <= line.range.end)
        };
        reader.visible.iter().position(shows)
    });
    let y = row.map(|row| usize::from(text.y) + row);
    if y.is_some_and(|y| y >= usize::from(area.y)) && area.y >= area.height / 2 {
        area.y = 0;
    }
    area
}

/// The text area paints its text and marks its cursor; the look is ours.
fn write(editor: &Editor, area: Rect, pen: &mut Pen) -> Option<Position> {
    if area.width == 0 || area.height == 0 {
        return None;
    }
    (&editor.area).render(area, pen.buffer());
    let role = if editor.area.is_empty() {
        Role::Dim
    } else {
        Role::Text
    };
    let plain = pen
        .style(Role::Page)
        .patch(pen.style(Role::Overlay))
        .patch(pen.style(role));
    let selection = pen.style(Role::Selection);
    let selected = editor.area.selection_range().is_some();
    let mut cursor = None;
    for position in area.positions() {
        let Some(cell) = pen.buffer().cell_mut(position) else {
            continue;
        };
        let is_cursor = cell.modifier.contains(Modifier::REVERSED);
        let is_selected = selected && cell.bg != ratatui::style::Color::Reset && !is_cursor;
        cell.set_style(Style::reset()).set_style(plain);
        if is_selected {
            cell.set_style(selection);
        }
        if is_cursor && cursor.is_none() {
            cursor = Some(position);
        }
    }
    cursor
}

/// Tags and colour, or why it could not be saved.
fn body(editor: &Editor, row: Rect, pen: &mut Pen) {
    let colour = editor.body.colour;
    let right = [span(format!(" {} ", colour.as_str()), note_role(colour))];
    let left: Vec<Span> = match &editor.saving {
        Saving::Failed(why) => vec![span(format!("Not saved: {why}"), Role::Error)],
        Saving::Changed(theirs) => vec![span(
            format!("Changed elsewhere: “{theirs}” · Esc keeps yours, ^Y both, ^C theirs"),
            Role::Warn,
        )],
        Saving::Gone => vec![span(
            "Deleted elsewhere · Esc saves it as a new note, ^C lets it go",
            Role::Warn,
        )],
        Saving::Sent => vec![span("Saving…", Role::Dim)],
        Saving::No => editor
            .body
            .tags
            .iter()
            .map(|tag| span(format!("#{tag} "), Role::Tag))
            .collect(),
    };
    pen.row(row, &left, &right);
}
