//! The pointer: a click chooses, a drag selects or moves a border, the wheel scrolls what it is over.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use jiff::{SignedDuration, Timestamp};
use ratatui::layout::{Position, Rect};

use super::{motions, panes};
use crate::app::effect::Effect;
use crate::app::layout::Areas;
use crate::app::model::{Drag, Landing, Model, Pane};
use crate::app::overlay::Overlay;
use crate::app::reader::select::Unit;
use crate::app::reflow;

const WHEEL_ROWS: i32 = 3;
const DOUBLE_CLICK: SignedDuration = SignedDuration::from_millis(400);

/// Takes what the pointer did.
pub(super) fn act(model: &mut Model, now: Timestamp, event: MouseEvent) -> Vec<Effect> {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => wheel(model, at, WHEEL_ROWS),
        MouseEventKind::ScrollUp => wheel(model, at, -WHEEL_ROWS),
        MouseEventKind::Down(MouseButton::Left) => press(model, now, at),
        MouseEventKind::Drag(MouseButton::Left) => drag(model, at),
        MouseEventKind::Up(MouseButton::Left) => {
            model.drag = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn wheel(model: &mut Model, at: Position, rows: i32) -> Vec<Effect> {
    match model.overlays.last_mut() {
        Some(Overlay::Jump(picker)) => picker.cursor.step(i64::from(rows), picker.found.best.len()),
        Some(Overlay::Kept(list)) => list.cursor.step(i64::from(rows), list.shown.len()),
        Some(Overlay::Review(review)) => review.step(i64::from(rows)),
        Some(Overlay::Bond(bond)) => bond.cursor.step(i64::from(rows), bond.len()),
        Some(Overlay::Palette(palette)) => {
            palette.cursor.step(i64::from(rows), palette.shown.len());
        }
        Some(Overlay::Tags(list)) => list.cursor.step(i64::from(rows), list.shown.len()),
        Some(Overlay::Why(why)) => why.cursor.step(i64::from(rows), why.meanings.len()),
        Some(Overlay::Card(card)) => card.scroll(i64::from(rows)),
        Some(Overlay::Help(help)) => {
            let last = help.lines(&model.keymap).len().saturating_sub(1) as i64;
            help.top = (help.top as i64 + i64::from(rows)).clamp(0, last) as usize;
        }
        Some(Overlay::Entity(card)) => card.step(i64::from(rows)),
        Some(Overlay::Entities(list)) => list.cursor.step(i64::from(rows), list.shown.len()),
        Some(Overlay::Trace(card)) => card.scroll(i64::from(rows)),
        Some(Overlay::Uses(card)) => card.step(i64::from(rows)),
        Some(Overlay::Redline(page)) => page.step(i64::from(rows)),
        Some(Overlay::History(list)) => list.step(i64::from(rows)),
        Some(Overlay::Editor(_) | Overlay::Links(_)) => {}
        None => return wheel_panes(model, at, rows),
    }
    Vec::new()
}

fn wheel_panes(model: &mut Model, at: Position, rows: i32) -> Vec<Effect> {
    let areas = model.areas();
    if areas.list.is_some_and(|list| list.contains(at)) {
        return motions::neighbour(model, i64::from(rows.signum()));
    }
    if areas.timeline.is_some_and(|timeline| timeline.contains(at)) {
        let by = rows.signum();
        let to = model.timeline.selected as i64 + i64::from(by);
        model.timeline.choose(to.max(0) as usize);
        return motions::show_event(model);
    }
    if let Some(reader) = &mut model.reader {
        reader.engaged = true;
        reader.scroll(rows);
    }
    Vec::new()
}

fn press(model: &mut Model, now: Timestamp, at: Position) -> Vec<Effect> {
    if !model.overlays.is_empty() || model.prompt.is_some() {
        return Vec::new();
    }
    model.status.message = None;
    let areas = model.areas();
    let clicks = match model.pressed {
        Some((x, y, then, clicks))
            if (x, y) == (at.x, at.y) && now.duration_since(then) < DOUBLE_CLICK =>
        {
            clicks % 3 + 1
        }
        _ => 1,
    };
    model.pressed = Some((at.x, at.y, now, clicks));
    if areas.rules[0] == Some(at.x) && model.panes.list {
        model.drag = Some(Drag::ListRule);
    } else if areas.rules[1] == Some(at.x) && model.panes.timeline {
        model.drag = Some(Drag::TimelineRule);
    } else if let Some(list) = areas.list.filter(|list| list.contains(at)) {
        return press_list(model, list, at);
    } else if let Some(timeline) = areas.timeline.filter(|timeline| timeline.contains(at)) {
        return press_timeline(model, timeline, at);
    } else if areas.reader.contains(at) {
        press_reader(model, &areas, at, clicks);
    }
    Vec::new()
}

fn press_list(model: &mut Model, area: Rect, at: Position) -> Vec<Effect> {
    panes::focus(model, Pane::List);
    let Some(row) = at.y.checked_sub(Areas::content(area).y) else {
        return Vec::new();
    };
    let row = model.list.top + usize::from(row);
    let shown = match model.list.first_undated {
        Some(first) if row == first => return Vec::new(),
        Some(first) if row > first => row - 1,
        _ => row,
    };
    let index = model.list.shown.get(shown).copied();
    match index
        .and_then(|index| model.list.documents.get(index as usize))
        .map(|listing| listing.id)
    {
        Some(doc) => {
            model.list.choose(shown);
            model.open(doc, Landing::Remembered)
        }
        None => Vec::new(),
    }
}

fn press_timeline(model: &mut Model, area: Rect, at: Position) -> Vec<Effect> {
    panes::focus(model, Pane::Timeline);
    let content = Areas::content(area);
    // The density line and a blank stand above the rows.
    let Some(mut line) = at.y.checked_sub(content.y + 2).map(usize::from) else {
        return Vec::new();
    };
    let mut shown = model.timeline.top;
    loop {
        let n_lines = model.timeline.n_lines(shown);
        if line < n_lines || shown + 1 >= model.timeline.shown.len() {
            break;
        }
        line -= n_lines;
        shown += 1;
    }
    if shown != model.timeline.selected {
        model.timeline.choose(shown);
    }
    if line > 0 {
        model.timeline.choose_source(line - 1);
    }
    motions::show_event(model)
}

/// The byte of the text under a point of the screen.
fn byte_under(model: &Model, areas: &Areas, at: Position) -> Option<u32> {
    let reader = model.reader.as_ref()?;
    let area = areas.text(model.settings.measure_cells);
    let row = usize::from(at.y.saturating_sub(area.y));
    let nearest = reader
        .visible
        .iter()
        .enumerate()
        .filter(|(_, row)| row.line.is_some())
        .min_by_key(|(index, _)| index.abs_diff(row));
    let line = nearest.and_then(|(_, row)| row.line)?;
    Some(reflow::byte_at(
        reader.text(),
        &line,
        at.x.saturating_sub(area.x),
    ))
}

fn press_reader(model: &mut Model, areas: &Areas, at: Position, clicks: u8) {
    panes::focus(model, Pane::Reader);
    let content = Areas::content(areas.reader);
    if at.x + 1 == content.right() {
        model.drag = Some(Drag::Scrollbar);
        return scroll_to(model, content, at);
    }
    if at.y < content.y {
        return;
    }
    let Some(byte) = byte_under(model, areas, at) else {
        return;
    };
    let Some(reader) = &mut model.reader else {
        return;
    };
    reader.selection = None;
    reader.at = byte;
    reader.goal_cells = None;
    match clicks {
        2 => reader.grow_selection(Unit::Word),
        3 => reader.grow_selection(Unit::Sentence),
        _ => model.drag = Some(Drag::Selection),
    }
}

fn scroll_to(model: &mut Model, content: Rect, at: Position) {
    let Some(reader) = &mut model.reader else {
        return;
    };
    let row = u64::from(at.y.saturating_sub(content.y));
    let byte = reader.text().len() as u64 * row / u64::from(content.height.max(1));
    reader.jump_to(byte as u32);
}

fn drag(model: &mut Model, at: Position) -> Vec<Effect> {
    let areas = model.areas();
    match model.drag {
        Some(Drag::ListRule) => model.panes.list_cells = Some(at.x),
        Some(Drag::TimelineRule) => {
            model.panes.timeline_cells = Some(model.size.0.saturating_sub(at.x + 1));
        }
        Some(Drag::Scrollbar) => scroll_to(model, Areas::content(areas.reader), at),
        Some(Drag::Selection) => {
            let content = Areas::content(areas.reader);
            let byte = byte_under(model, &areas, at);
            if let (Some(reader), Some(byte)) = (&mut model.reader, byte) {
                if reader.selection.is_none() && byte != reader.at {
                    reader.start_selection();
                }
                if at.y < content.y + 1 {
                    reader.scroll(-1);
                } else if at.y + 1 >= content.bottom() {
                    reader.scroll(1);
                }
                reader.at = byte;
                reader.selection_follows();
            }
        }
        None => {}
    }
    Vec::new()
}
