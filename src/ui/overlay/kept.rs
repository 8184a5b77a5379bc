//! Annotations and bookmarks of the whole library: the passage, what the reader wrote, and where it stands.

mod detail;

use ratatui::layout::{Position, Rect};

use super::{choose, row_of};
use crate::annotation::{Annotation, Bookmark, Target};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::KeptList;
use crate::app::overlay::kept::{Grouping, KeptKind, Sorting, Typing, bookmark_name};
use crate::document::Edtf;
use crate::text::width::{shorten, text_cells};
use crate::ui::pen::{Pen, Span, cells_of, span};
use crate::ui::reader::note_role;
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line, thousands, wrapped};
use crate::ui::{frame, prompt};

/// Each takes two rows.
const ROWS: usize = 2;

/// What is listed, and how many there are.
const fn of_what(model: &Model, list: &KeptList) -> (&'static str, usize) {
    match list.what {
        KeptKind::Annotations => ("Notes", model.kept.annotations.len()),
        KeptKind::Bookmarks => ("Bookmarks", model.kept.bookmarks.len()),
    }
}

pub(super) fn paint(model: &Model, list: &KeptList, pen: &mut Pen) -> Option<Position> {
    let (what, all) = of_what(model, list);
    // As high as all of them need, with a row for the filter, so that it keeps its size while one is typed; in groups some stand more than once.
    let entries = all.max(list.shown.len());
    let in_full = match list.what {
        KeptKind::Annotations if all > 0 => usize::from(detail::rows(model.size.1)),
        KeptKind::Annotations | KeptKind::Bookmarks => 0,
    };
    let height = (entries * ROWS + list.groups.len() + in_full + 3).clamp(6, 40) as u16;
    let area = layout::overlay(model.size, 110, height, Placement::Centre);
    let (title, footer) = edges(model, list, what, all, area.width);
    let inner = frame::paint(area, &title, footer, pen);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let mut cursor = None;
    let mut body = inner;
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
    if let Some(error) = &list.error {
        paint_error(error, body, pen);
        return cursor;
    }
    if list.shown.is_empty() {
        let says = match (all, list.what) {
            (0, KeptKind::Annotations) => {
                "Nothing is annotated yet · h highlights, a writes a note"
            }
            (0, KeptKind::Bookmarks) => {
                "No bookmark is set yet · m and a letter sets a mark, M a name"
            }
            _ => "Nothing matches",
        };
        pen.spans(body.x + 2, body.y, body.right(), &[span(says, Role::Dim)]);
    }
    let (rows, below) = match list.what {
        KeptKind::Annotations => detail::split(body, model.size.1),
        KeptKind::Bookmarks => (body, None),
    };
    body = rows;
    if let (Some(area), Some(note)) = (below, list.chosen_annotation(&model.kept)) {
        detail::paint(model, note, area, pen);
    }
    let mut y = 0;
    for shown in first_shown(list, usize::from(body.height))..list.shown.len() {
        let heading = list.group_at(shown);
        if let Some(name) = heading.filter(|_| y < usize::from(body.height)) {
            let row = row_of(body, y);
            let n = list.n_in_group(shown);
            let words = [
                span(name, Role::Heading),
                span(format!("  {}", thousands(n)), Role::Dim),
            ];
            pen.spans(row.x + 1, row.y, row.right(), &words);
            y += 1;
        }
        if y + ROWS > usize::from(body.height) {
            break;
        }
        let first = row_of(body, y);
        let both = Rect {
            height: ROWS as u16,
            ..first
        };
        y += ROWS;
        let Some(index) = list.shown.get(shown) else {
            break;
        };
        if shown == list.cursor.selected {
            pen.tint(both, Role::Chosen);
            choose(first, pen);
        }
        match list.what {
            KeptKind::Annotations => {
                if let Some(note) = model.kept.annotations.get(*index) {
                    annotation(model, note, first, pen);
                    if list.marked.contains(&note.id) {
                        pen.sign(first.x + 1, first.y, "+", Role::Accent);
                    }
                }
            }
            KeptKind::Bookmarks => {
                if let Some(mark) = model.kept.bookmarks.get(*index) {
                    bookmark(model, mark, first, pen);
                }
            }
        }
        if shown == list.cursor.selected {
            pen.even(both, Role::Chosen);
        }
    }
    cursor
}

/// Why the filter cannot be used, in as many rows as it takes.
fn paint_error(error: &str, body: Rect, pen: &mut Pen) {
    let room = usize::from(body.width.saturating_sub(3));
    for (line, n) in wrapped(error, room).iter().zip(0..body.height) {
        let words = [span(line.as_str(), Role::Warn)];
        pen.spans(body.x + 2, body.y + n, body.right(), &words);
    }
}

/// What stands in the upper and the lower edge.
fn edges(
    model: &Model,
    list: &KeptList,
    what: &str,
    all: usize,
    width: u16,
) -> (String, &'static str) {
    let mut title = if list.error.is_some() {
        what.to_owned()
    } else if list.shown.len() < all {
        format!(
            "{what} {} of {}",
            thousands(list.shown.len()),
            thousands(all)
        )
    } else {
        format!("{what} {}", thousands(all))
    };
    let footer = match (list.typing, list.what) {
        (Typing::Filter, _) => "Enter keeps the filter",
        (Typing::List, KeptKind::Annotations) if width < 50 => "/ filter · ? keys",
        (Typing::List, KeptKind::Annotations) if list.marked.is_empty() && width < 76 => {
            "/ filter · Tab groups · space marks · ? keys"
        }
        (Typing::List, KeptKind::Annotations) if list.marked.is_empty() => {
            "Enter goes there · / filter · Tab groups · s sorts · space marks · ? keys"
        }
        (Typing::List, KeptKind::Annotations) if width < 76 => {
            "t tags · 1-5 colours · x deletes · ? keys"
        }
        (Typing::List, KeptKind::Annotations) => {
            "t tags · 1-5 colours · x deletes · y copies · w writes · u undoes · ? keys"
        }
        (Typing::List, KeptKind::Bookmarks) => "Enter goes there · / filter · x delete",
    };
    if list.grouping != Grouping::Newest {
        title = format!("{title} · {}", list.grouping.name());
    }
    if list.sorting != Sorting::Newest {
        title = format!("{title} · {}", list.sorting.name());
    }
    match list.n_marked(&model.kept) {
        (0, _) => {}
        (n, 0) => title = format!("{title} · {} marked", thousands(n)),
        (n, hidden) => {
            let (n, hidden) = (thousands(n), thousands(hidden));
            title = format!("{title} · {n} marked, {hidden} not shown");
        }
    }
    (title, footer)
}

/// The first entry to show so that the chosen one stands in the middle, as far as that can be.
fn first_shown(list: &KeptList, height: usize) -> usize {
    let rows = |at: usize| ROWS + usize::from(list.group_at(at).is_some());
    // What lies below the chosen one, to its end: where the list ends sooner more is seen above it.
    let mut below = 0;
    for at in list.cursor.selected..list.shown.len() {
        if below >= height.div_ceil(2) {
            break;
        }
        below += rows(at);
    }
    let mut room = height.saturating_sub(below);
    let mut first = list.cursor.selected;
    while let Some(before) = first.checked_sub(1) {
        let Some(left) = room.checked_sub(rows(before)) else {
            break;
        };
        (room, first) = (left, before);
    }
    first
}

fn annotation(model: &Model, note: &Annotation, row: Rect, pen: &mut Pen) {
    // The dot lies on the highlight's own ground, and has its number, so that colours are told apart without colour too.
    let dot = format!(" {} ", colour_number(note));
    let x = pen.put(
        row.x + 2,
        row.y,
        row.right(),
        &dot,
        note_role(note.body.colour),
    ) + 1;
    let passage = one_line(&note.target.quote.exact);
    pen.row(
        Rect {
            x,
            width: row.right().saturating_sub(x),
            ..row
        },
        &[span(passage, Role::Text)],
        &date(model, &note.target),
    );
    let mut left: Vec<Span> = Vec::new();
    let status = model.kept.status(note.id);
    match status {
        "unchanged" => {}
        "moved" | "edited" => left.push(span(format!("{status}  "), Role::Dim)),
        _ => left.push(span(
            format!("{} {status}  ", pen.symbols().warning),
            Role::Warn,
        )),
    }
    match detail::n_links(model, note) {
        0 => {}
        n => left.push(span(format!("{}  ", counted(n, "link")), Role::Dim)),
    }
    let tags: Vec<String> = note
        .body
        .tags
        .iter()
        .map(|tag| format!("#{tag} "))
        .collect();
    let text = one_line(note.body.note.split('\n').next().unwrap_or_default());
    // Tags are seen whole; the note has what they, what stands before it and the title leave.
    let room = usize::from(row.right().saturating_sub(x)) * 2 / 3;
    let taken = usize::from(cells_of(&left)) + text_cells(&tags.concat()) + 5;
    let text = shorten(&text, room.saturating_sub(taken).max(12));
    if !text.is_empty() {
        left.push(span(
            format!("{} {text}  ", pen.symbols().note),
            Role::NoteMark,
        ));
    }
    left.extend(tags.into_iter().map(|tag| span(tag, Role::Tag)));
    below(model, &note.target, &left, row, x, pen);
}

fn bookmark(model: &Model, mark: &Bookmark, row: Rect, pen: &mut Pen) {
    let name = bookmark_name(&mark.name);
    let left = [span(
        format!("{} {name}", pen.symbols().bookmark),
        Role::Bookmark,
    )];
    let x = row.x + 2;
    pen.row(
        Rect {
            x,
            width: row.right().saturating_sub(x),
            ..row
        },
        &left,
        &date(model, &mark.target),
    );
    let passage = [span(one_line(&mark.target.quote.exact), Role::Text)];
    below(model, &mark.target, &passage, row, x + 2, pen);
}

/// The second row: what there is to say, and the document.
fn below(model: &Model, target: &Target, left: &[Span], row: Rect, x: u16, pen: &mut Pen) {
    let title = model
        .list
        .listing(target.doc)
        .map_or("a document not in this library", |listing| &listing.title);
    let area = Rect {
        x,
        y: row.y + 1,
        width: row.right().saturating_sub(x),
        height: 1,
    };
    if left.is_empty() {
        pen.row(area, &[span(title, Role::Dim)], &[]);
        return;
    }
    let cells = crate::text::width::text_cells(title).min(usize::from(area.width) / 3);
    let title = crate::text::width::shorten(title, cells);
    pen.row(area, left, &[span(title, Role::Dim)]);
}

fn date(model: &Model, target: &Target) -> Vec<Span<'static>> {
    let published = model
        .list
        .listing(target.doc)
        .and_then(|listing| listing.published.as_ref());
    let date = published.map(Edtf::as_str).unwrap_or_default();
    vec![span(date.to_owned(), Role::Dim)]
}

fn colour_number(note: &Annotation) -> usize {
    crate::annotation::Colour::ALL
        .iter()
        .position(|colour| *colour == note.body.colour)
        .unwrap_or(0)
        + 1
}
