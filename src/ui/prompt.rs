//! A line being asked for, in the last row, and what could complete it in the row above.

use ratatui::layout::{Position, Rect};

use super::pen::{Pen, cells_of, span};
use super::theme::Role;
use super::words::one_line;
use crate::app::input::Input;
use crate::app::model::Model;
use crate::app::prompt::Completion;
use crate::text::width::{grapheme_cells, shorten, text_cells};
use unicode_segmentation::UnicodeSegmentation;

/// The place of the cursor, if something is asked for.
pub(super) fn paint(model: &Model, area: Rect, pen: &mut Pen) -> Option<Position> {
    let prompt = model.prompt.as_ref()?;
    if area.height == 0 || area.width < 3 {
        return None;
    }
    let label = prompt.label();
    let x = pen.put(area.x + 1, area.y, area.right(), &label, Role::StatusKey);
    let mut end = area.right() - 1;
    if let Some(note) = &prompt.note {
        let note = [span(note.as_str(), Role::Warn)];
        let wanted = cells_of(&note).min(area.width / 2);
        pen.spans(end - wanted, area.y, end, &note);
        end = end.saturating_sub(wanted + 2);
    }
    if let (Some(completion), Some(y)) = (&prompt.completion, area.y.checked_sub(1)) {
        completions(completion, Rect { y, ..area }, pen);
    }
    Some(input(&prompt.input, x, area.y, end.max(x + 1), pen))
}

/// The line being typed, scrolled so that its cursor is seen; the cursor's place.
pub(super) fn input(input: &Input, x: u16, y: u16, end: u16, pen: &mut Pen) -> Position {
    let text = input.text();
    let room = usize::from(end.saturating_sub(x).max(1));
    let skip = (input.cursor_cells() + 1).saturating_sub(room);
    let mut skipped = 0;
    let mut from = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if skipped >= skip {
            break;
        }
        skipped += usize::from(grapheme_cells(grapheme));
        from = at + grapheme.len();
    }
    pen.put(x, y, end, text.get(from..).unwrap_or_default(), Role::Text);
    let cursor = (input.cursor_cells().saturating_sub(skipped)).min(room - 1);
    Position::new(x + cursor as u16, y)
}

/// The candidates in one row, scrolled so that the chosen one is seen.
fn completions(completion: &Completion, row: Rect, pen: &mut Pen) {
    pen.clear(row, Role::Overlay);
    let gloss = completion
        .chosen
        .and_then(|chosen| completion.glosses.get(chosen));
    let row = match gloss.filter(|gloss| !gloss.is_empty()) {
        Some(gloss) => {
            let most = usize::from(row.width / 2);
            let gloss = shorten(&one_line(gloss), most);
            let cells = text_cells(&gloss) as u16;
            let x = row.right().saturating_sub(cells + 1);
            pen.spans(x, row.y, row.right(), &[span(gloss, Role::Text)]);
            Rect {
                width: row.width.saturating_sub(cells + 2),
                ..row
            }
        }
        None => row,
    };
    let room = usize::from(row.width.saturating_sub(2));
    let cells = |candidate: &String| text_cells(candidate) + 2;
    let chosen = completion.chosen.unwrap_or(0);
    let mut first = 0;
    let mut used: usize = completion
        .candidates
        .iter()
        .take(chosen + 1)
        .map(cells)
        .sum();
    while used > room && first < chosen {
        used -= completion.candidates.get(first).map_or(0, cells);
        first += 1;
    }
    let mut x = row.x + 1;
    for (index, candidate) in completion.candidates.iter().enumerate().skip(first) {
        let role = if completion.chosen == Some(index) {
            Role::Match
        } else {
            Role::Dim
        };
        x = pen
            .spans(
                x,
                row.y,
                row.right().saturating_sub(1),
                &[span(candidate.as_str(), role)],
            )
            .saturating_add(2);
        if x >= row.right() {
            break;
        }
    }
}
