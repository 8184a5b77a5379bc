//! What the keys typed so far can still become.

use ratatui::layout::Rect;

use super::frame;
use super::pen::{Pen, span};
use super::theme::Role;
use super::words::one_line;
use crate::annotation::{Bookmark, BookmarkName};
use crate::app::action::Action;
use crate::app::key;
use crate::app::layout::Areas;
use crate::app::model::Model;
use crate::text::width::{shorten, text_cells};

/// Narrowest column, where there are more rows than lines.
const COLUMN: usize = 30;
/// Cells between two columns.
const GAP: usize = 3;
/// Cells of the passage at a mark.
const PASSAGE: usize = 48;

/// Keys, and what they lead to.
type Line = (String, String);

pub(super) fn paint(model: &Model, areas: &Areas, pen: &mut Pen) {
    let pending = &model.pending;
    let screen = pen.area();
    let (title, rows): (String, Vec<Line>) = if let Some(action) = pending.letter {
        let marks = match action {
            Action::GoToMark => marks(model),
            _ => letters(),
        };
        (action.name().to_owned(), marks)
    } else if pending.keys.is_empty() {
        return;
    } else {
        let next = model.keymap.continuations(model.context(), &pending.keys);
        let rows = next
            .into_iter()
            .map(|(keys, action)| (key::pretty(&keys), action.help().to_owned()))
            .collect();
        (key::pretty(&pending.keys), rows)
    };
    let (Some(bottom), false) = (areas.status.y.checked_sub(screen.y), rows.is_empty()) else {
        return;
    };
    let widest_of = |text: fn(&Line) -> &String| {
        let cells = rows.iter().map(|row| text_cells(text(row)));
        cells.max().unwrap_or(0)
    };
    let keys = widest_of(|(keys, _)| keys);
    let room = usize::from(screen.width).saturating_sub(4);
    let widest = (keys + 2 + widest_of(|(_, help)| help)).clamp(1, room.max(1));
    // As many columns as can show all of their words, more only where the rows would not fit one above the other.
    let most_rows = usize::from(bottom).saturating_sub(2).max(1);
    let whole = ((room + GAP) / (widest + GAP)).max(1);
    let needed = rows.len().div_ceil(most_rows);
    let narrow = ((room + GAP) / (COLUMN + GAP)).max(1);
    let n_columns = whole.max(needed.min(narrow)).min(rows.len());
    let column = widest.min(((room + GAP) / n_columns).saturating_sub(GAP).max(1));
    let n_rows = rows.len().div_ceil(n_columns).min(most_rows);
    let width = (n_columns * (column + GAP) - GAP + 4).min(usize::from(screen.width)) as u16;
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
        let x = inner.x + (at_column * (column + GAP)) as u16;
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
            &[span(help.as_str(), Role::Text)],
        );
    }
}

/// What a letter means where a mark is set.
fn letters() -> Vec<Line> {
    [("a–z", "in this document"), ("A–Z", "in the library")]
        .map(|(keys, what)| (keys.to_owned(), what.to_owned()))
        .to_vec()
}

/// The marks that are set, those of the document first, each with the words it stands at.
fn marks(model: &Model) -> Vec<Line> {
    let reader = model.reader.as_ref();
    let here = reader.into_iter().flat_map(|reader| &reader.bookmarks);
    let mut marks: Vec<Line> = Vec::new();
    for (bookmark, _) in here {
        if let BookmarkName::Local(letter) = bookmark.name {
            marks.push((letter.to_string(), words_at(bookmark)));
        }
    }
    marks.sort();
    let n_here = marks.len();
    for bookmark in &model.kept.bookmarks {
        if let BookmarkName::Global(letter) = bookmark.name {
            let listing = model.list.listing(bookmark.target.doc);
            let title = listing.map_or("", |listing| &listing.title);
            let words = words_at(bookmark);
            let text = format!("{words} · {}", shorten(title, PASSAGE / 2));
            marks.push((letter.to_string(), text));
        }
    }
    if let Some(library) = marks.get_mut(n_here..) {
        library.sort();
    }
    if marks.is_empty() {
        let says = "no mark is set: m and a letter sets one".to_owned();
        marks.push(("–".to_owned(), says));
    }
    marks
}

fn words_at(bookmark: &Bookmark) -> String {
    shorten(&one_line(&bookmark.target.quote.exact), PASSAGE)
}
