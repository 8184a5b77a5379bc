//! The document list: what was read how far, when it was published, what it is called, and what was noted on it.

use ratatui::layout::Rect;

use super::pane;
use super::pen::{Pen, Span, cells_of, span};
use super::theme::Role;
use super::words::thousands;
use crate::app::layout::Areas;
use crate::app::list::groups::InGroup;
use crate::app::list::{ListPane, Order};
use crate::app::model::{Model, Pane};
use crate::app::timeline::Fold;
use crate::document::Edtf;
use crate::library::Listing;
use crate::text::width::text_cells;

/// Percent from which a document counts as read.
const READ: u8 = 97;
/// Cells of a date.
const DATE: u16 = 10;
/// Cells of a publisher, and the fewest in which one is shown.
const PUBLISHER: u16 = 18;
const LEAST_OF_PUBLISHER: u16 = 9;

pub(super) fn paint(model: &Model, area: Rect, pen: &mut Pen) {
    pen.clear(area, Role::Page);
    title(model, area, pen);
    let content = Areas::content(area);
    let list = &model.list;
    if list.shown.is_empty() {
        return empty(model, content, pen);
    }
    for row in 0..content.height {
        let at = list.top + usize::from(row);
        if at >= list.n_rows() {
            break;
        }
        let line = Rect {
            y: content.y + row,
            height: 1,
            ..content
        };
        match list.first_undated {
            Some(first) if at == first => heading(line, pen),
            Some(first) if at > first => document(model, at - 1, line, pen),
            _ => document(model, at, line, pen),
        }
    }
}

fn title(model: &Model, area: Rect, pen: &mut Pen) {
    let list = &model.list;
    let role = pane::title_role(model, Pane::List);
    let narrowed = !list.filter.is_empty() || list.entity.is_some();
    let count = if narrowed {
        format!(" {}/{}", thousands(list.shown.len()), thousands(list.total))
    } else {
        format!(" {}", thousands(list.total))
    };
    let mut left: Vec<Span> = vec![span("Library", role), span(count, Role::Dim)];
    if let Some(error) = &list.filter_error {
        left.push(span(format!(" · {error}"), Role::Warn));
    } else if !list.filter.is_empty() {
        left.push(span(format!(" · {}", list.filter), Role::Accent));
    }
    if list.entity.is_some()
        && let Some((_, name)) = &model.timeline.filter.entity
    {
        left.push(span(format!(" · {name}"), Role::Accent));
    }
    if list.order != Order::Date {
        left.push(span(format!(" · by {}", list.order.name()), Role::Dim));
    }
    let right: Vec<Span> = if list.problems.is_empty() {
        Vec::new()
    } else {
        vec![span(
            format!("{}{}", pen.symbols().warning, list.problems.len()),
            Role::Warn,
        )]
    };
    pane::title(area, &left, &right, pen);
}

fn empty(model: &Model, content: Rect, pen: &mut Pen) {
    let list = &model.list;
    if model.loading {
        pane::empty(content, &["Looking at the files…"], pen);
    } else if list.documents.is_empty() {
        pane::empty(
            content,
            &["No documents here", "`postil DIR` opens a folder"],
            pen,
        );
    } else if list.filter.is_empty() {
        pane::empty(
            content,
            &["No document names it", "Esc shows everything"],
            pen,
        );
    } else {
        let what = format!("Nothing matches `{}`", list.filter);
        pane::empty(content, &[&what, "Esc shows everything"], pen);
    }
}

fn heading(line: Rect, pen: &mut Pen) {
    let x = line.x + line.width.min(2);
    let says = ["undated · :date sets one", "undated · :date", "undated"];
    let room = usize::from(line.right().saturating_sub(x));
    let fits = says.into_iter().find(|says| text_cells(says) <= room);
    pen.spans(
        x,
        line.y,
        line.right(),
        &[span(fits.unwrap_or("undated"), Role::Dim)],
    );
}

fn document(model: &Model, shown: usize, line: Rect, pen: &mut Pen) {
    let list = &model.list;
    let Some(listing) = list
        .shown
        .get(shown)
        .and_then(|index| list.documents.get(*index as usize))
    else {
        return;
    };
    let chosen = shown == list.selected;
    if chosen {
        pen.tint(line, pane::chosen_role(model, Pane::List));
        pen.sign(line.x, line.y, pen.symbols().chosen, Role::Accent);
    }
    match list.read.get(&listing.id) {
        None => pen.sign(line.x + 1, line.y, pen.symbols().unread, Role::Unread),
        Some(percent) if *percent < READ => {
            pen.sign(line.x + 1, line.y, pen.symbols().reading, Role::Dim);
        }
        Some(_) => {}
    }
    let mut x = line.x.saturating_add(3);
    // Below their heading the undated need no column for the date.
    if list.first_undated.is_none_or(|first| shown < first) {
        let date = listing.published.as_ref().map_or("", day_of);
        pen.spans(
            x,
            line.y,
            (x + DATE).min(line.right()),
            &[span(date, Role::Dim)],
        );
        x = x.saturating_add(DATE + 1);
    }
    if list.in_group(listing.id) == InGroup::Follower {
        // It stands under the one that it is nearly the same as.
        pen.put(x, line.y, line.right(), pen.symbols().separator, Role::Dim);
        x = x.saturating_add(2);
    }
    let marks = marks(list, listing, pen);
    let mut end = line.right().saturating_sub(1);
    let wanted = cells_of(&marks);
    if wanted > 0 && x.saturating_add(wanted + 8) < end {
        pen.spans(end - wanted, line.y, end, &marks);
        end -= wanted + 1;
    }
    let x = pen.spans(x, line.y, end, &[span(&*listing.title, Role::Text)]);
    // What the title leaves free.
    if let Some(publisher) = &listing.publisher {
        let from = x.saturating_add(2).max(end.saturating_sub(PUBLISHER));
        if from.saturating_add(LEAST_OF_PUBLISHER) <= end {
            pen.spans(from, line.y, end, &[span(&**publisher, Role::Dim)]);
        }
    }
    if chosen {
        pen.even(line, pane::chosen_role(model, Pane::List));
    }
}

/// A publication date in the ten cells of the list: of an approximate one the day, of an interval its beginning.
fn day_of(date: &Edtf) -> &str {
    let first = date.as_str().split('/').find(|end| *end != "..");
    first.unwrap_or_default().trim_end_matches(['~', '?', '%'])
}

/// How often the entity is named that narrows the list, how many notes there are, and whether importing went well.
fn marks<'a>(list: &ListPane, listing: &Listing, pen: &Pen) -> Vec<Span<'a>> {
    let mut marks = Vec::new();
    if let InGroup::Leader(n, fold) = list.in_group(listing.id) {
        let sign = match fold {
            Fold::Closed => "+",
            Fold::Open => "-",
        };
        marks.push(span(format!("{sign}{n}"), Role::Accent));
    }
    if let Some((_, documents)) = &list.entity
        && let Some(count) = documents.get(&listing.id)
    {
        marks.push(span(format!("{count}"), Role::Dim));
    }
    if let Some(notes) = list.notes.get(&listing.id).filter(|notes| **notes > 0) {
        marks.push(span(
            format!("{}{notes}", pen.symbols().note),
            Role::NoteMark,
        ));
    }
    if listing.n_warnings > 0 {
        marks.push(span(pen.symbols().warning, Role::Warn));
    }
    let mut apart = Vec::new();
    for mark in marks {
        if !apart.is_empty() {
            apart.push(span(" ", Role::Dim));
        }
        apart.push(mark);
    }
    apart
}
