//! The scrollbar: where the view is in the text, and where notes, hits and the timeline's passage are; beside it how often the sentences are repeated.

use ratatui::layout::Rect;

use super::layers::window;
use crate::app::layout::Areas;
use crate::app::model::Model;
use crate::app::reader::Reader;
use crate::text::TextRange;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Nothing is drawn where all of the text is on the screen.
pub(super) fn paint(model: &Model, reader: &Reader, areas: &Areas, pen: &mut Pen) {
    let content = Areas::content(areas.reader);
    let (Some(window), Some(x)) = (window(reader), content.right().checked_sub(1)) else {
        return;
    };
    let last = reader
        .document
        .blocks
        .last()
        .map_or(0, |block| block.range.end);
    let first = reader
        .document
        .blocks
        .first()
        .map_or(0, |block| block.range.start);
    if content.width < 8 {
        return;
    }
    if window.start <= first && window.end >= last {
        return heat_of_rows(model, reader, content, pen);
    }
    let bar = Rect {
        x,
        width: 1,
        ..content
    };
    let len = u64::from(last.max(1));
    let height = u64::from(bar.height);
    let row_of =
        |at: u32| (u64::from(at.min(last)) * height / len).min(height.saturating_sub(1)) as u16;
    let symbols = pen.symbols();
    // The rule beside it serves as its track.
    if areas.rules[1] != Some(x + 1) {
        for y in bar.top()..bar.bottom() {
            pen.sign(x, y, symbols.scroll_track, Role::Scrollbar);
        }
    }
    for row in row_of(window.start)..=row_of(window.end.saturating_sub(1)) {
        pen.sign(x, bar.y + row, symbols.scroll_thumb, Role::ScrollbarThumb);
    }
    let start_of = |row: u16| (u64::from(row) * len).div_ceil(height.max(1)) as u32;
    let rows = (0..bar.height).map(|row| TextRange::new(start_of(row), start_of(row + 1)));
    heat(model, reader, content, rows, pen);
    let mut tick = |row: u16, role: Role| {
        let cell = Rect {
            y: bar.y + row,
            height: 1,
            ..bar
        };
        pen.clear(cell, Role::Page);
        pen.sign(x, cell.y, symbols.scroll_tick, role);
    };
    // One look-up a row, however many notes and hits there are.
    for row in 0..bar.height {
        let (from, to) = (start_of(row), start_of(row + 1));
        let next = match from.checked_sub(1) {
            Some(before) => reader.annotation_places().next_after(before),
            None => reader.annotation_places().get(0),
        };
        // What stands at the very end belongs to the last row.
        let is_last = row + 1 == bar.height;
        if next.is_some_and(|(range, _)| range.start < to || is_last) {
            tick(row, Role::ScrollbarTick);
        }
    }
    if let Some(search) = &reader.search {
        for row in 0..bar.height {
            let from = (u64::from(row) * len).div_ceil(height.max(1));
            let to = (u64::from(row + 1) * len).div_ceil(height.max(1));
            let next = search
                .hits
                .partition_point(|hit| u64::from(hit.start) < from);
            if search
                .hits
                .get(next)
                .is_some_and(|hit| u64::from(hit.start) < to)
            {
                tick(row, Role::Warn);
            }
        }
    }
    if let Some(event) = model
        .timeline
        .chosen_event()
        .filter(|event| event.doc == reader.doc())
    {
        tick(row_of(event.timex.start), Role::Accent);
    }
}

/// The strip where all of the text is on the screen: each sentence beside the row it begins in.
fn heat_of_rows(model: &Model, reader: &Reader, content: Rect, pen: &mut Pen) {
    let starts: Vec<Option<u32>> = reader
        .visible
        .iter()
        .take(usize::from(content.height))
        .map(|row| row.line.as_ref().map(|line| line.range.start))
        .collect();
    let end = reader.document.text.len() as u32;
    let rows = starts.iter().enumerate().map(|(row, start)| {
        let next = starts.iter().skip(row + 1).find_map(|start| *start);
        start.map_or(TextRange::empty(0), |start| {
            TextRange::new(start, next.unwrap_or(end).max(start))
        })
    });
    heat(model, reader, content, rows, pen);
}

/// How often the sentences of each row of the strip are repeated.
fn heat(
    model: &Model,
    reader: &Reader,
    content: Rect,
    rows: impl Iterator<Item = TextRange>,
    pen: &mut Pen,
) {
    let Some(x) = content.right().checked_sub(2) else {
        return;
    };
    if !model.settings.heat.is_on() {
        return;
    }
    let revision = reader.document.revision;
    let heats: Vec<(u32, u32)> = rows
        .map(|range| model.repeats.heat(revision, range))
        .collect();
    let most = heats.iter().map(|(n, _)| *n).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    let symbols = pen.symbols();
    for (row, (n, n_altered)) in (0_u16..).zip(heats) {
        let (sign, role) = match symbols.heat_of(n, most) {
            Some(_) if n_altered > 0 => (symbols.heat_altered, Role::Warn),
            Some(sign) => (sign, Role::Density),
            // A line from end to end makes it a strip: a mark on it belongs to the document, not to the words beside it.
            None => (symbols.heat_none, Role::Scrollbar),
        };
        pen.sign(x, content.y.saturating_add(row), sign, role);
    }
}
