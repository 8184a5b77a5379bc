//! The chosen note in full below the list, where there is room: its passage, what was written, its tags, its document, when it was made and how it is linked.

use ratatui::layout::Rect;

use crate::annotation::Annotation;
use crate::app::model::Model;
use crate::document::Edtf;
use crate::text::width::{shorten, text_cells};
use crate::ui::pen::{Pen, Span, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line, wrapped};

/// Rows it takes, with the rule above it.
const ROWS: u16 = 9;
/// Rows a screen has that leaves room for it.
const SCREEN_ROWS: u16 = 36;
const PASSAGE_ROWS: usize = 2;
const NOTE_ROWS: usize = 4;
/// With less of it a title says nothing.
const TITLE_CELLS: usize = 16;

/// Rows it takes on a screen with so many.
pub(super) const fn rows(screen_rows: u16) -> u16 {
    if screen_rows < SCREEN_ROWS { 0 } else { ROWS }
}

/// What is left for the list, and where the chosen note is shown; nowhere where the list needs the room.
pub(super) fn split(body: Rect, screen_rows: u16) -> (Rect, Option<Rect>) {
    if screen_rows < SCREEN_ROWS || body.height <= ROWS {
        return (body, None);
    }
    let list = Rect {
        height: body.height - ROWS,
        ..body
    };
    let below = Rect {
        y: list.bottom(),
        height: ROWS,
        ..body
    };
    (list, Some(below))
}

pub(super) fn paint(model: &Model, note: &Annotation, area: Rect, pen: &mut Pen) {
    for x in area.x + 1..area.right().saturating_sub(1) {
        pen.sign(x, area.y, pen.symbols().rule, Role::Rule);
    }
    let inner = Rect {
        x: area.x + 3,
        y: area.y + 1,
        width: area.width.saturating_sub(5),
        height: area.height.saturating_sub(1),
    };
    let mut y = inner.y;
    let mut write = |text: &str, rows: usize, role: Role, pen: &mut Pen| {
        let lines = wrapped(text, usize::from(inner.width));
        for (index, line) in lines.iter().take(rows).enumerate() {
            let cut = index + 1 == rows && lines.len() > rows;
            let more = if cut { pen.symbols().ellipsis } else { "" };
            let words = [span(line.as_str(), role), span(more, Role::Dim)];
            pen.spans(inner.x, y, inner.right(), &words);
            y += 1;
        }
    };
    write(
        &one_line(&note.target.quote.exact),
        PASSAGE_ROWS,
        Role::Dim,
        pen,
    );
    let text = note.body.note.lines().collect::<Vec<&str>>().join(" ");
    write(&one_line(&text), NOTE_ROWS, Role::Text, pen);
    let last = Rect {
        y: inner.bottom().saturating_sub(1),
        height: 1,
        ..inner
    };
    facts(model, note, last, pen);
}

/// Tags at the left; document, dates and links at the right.
fn facts(model: &Model, note: &Annotation, row: Rect, pen: &mut Pen) {
    let tags = note.body.tags.iter();
    let left: Vec<Span> = tags
        .map(|tag| span(format!("#{tag} "), Role::Tag))
        .collect();
    let separator = format!(" {} ", pen.symbols().separator);
    let listing = model.list.listing(note.target.doc);
    let mut facts: Vec<String> = Vec::new();
    match n_links(model, note) {
        0 => {}
        n => facts.push(counted(n, "link")),
    }
    let made = note.created.strftime("%Y-%m-%d").to_string();
    let changed = note.modified.strftime("%Y-%m-%d").to_string();
    facts.push(if made == changed {
        format!("written {made}")
    } else {
        format!("written {made}, changed {changed}")
    });
    if let Some(listing) = listing {
        facts.extend(
            listing
                .published
                .as_ref()
                .map(|date| Edtf::as_str(date).to_owned()),
        );
        // The title has what is left of the right half.
        let taken = text_cells(&facts.join(&separator)) + text_cells(&separator);
        let room = usize::from(row.width / 2).saturating_sub(taken + 2);
        if room >= TITLE_CELLS {
            facts.push(shorten(&listing.title, room));
        }
    }
    pen.row(row, &left, &[span(facts.join(&separator), Role::Dim)]);
}

/// How many links a note has.
pub(super) fn n_links(model: &Model, note: &Annotation) -> usize {
    let links = model.kept.links.iter();
    let its = links.filter(|link| link.source == note.id || link.target == note.id);
    its.count()
}
