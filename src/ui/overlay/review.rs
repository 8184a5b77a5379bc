//! Notes that need a decision: the list where there is room, and of the chosen one the old words beside what stands there now.

use ratatui::layout::Rect;

use super::{choose, first_row, row_of};
use crate::annotation::{Anchor, Decision, Wording, wording};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::msg::Coverage;
use crate::app::overlay::Review;
use crate::app::overlay::review::{Doubt, Place};
use crate::text::width::{shorten, text_cells};
use crate::ui::frame;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::theme::Role;
use crate::ui::words::{one_line, wrapped_parts};

/// Rows of the list at most; it is left out where the rest would not fit.
const MOST_LISTED: u16 = 8;
/// Rows what is chosen should have.
const LEAST_DETAIL: u16 = 12;
/// Cells of the column of names, where there is room for one.
const NAME: usize = 9;
/// Cells of context on each side.
const CONTEXT: usize = 60;

pub(super) fn paint(model: &Model, review: &Review, pen: &mut Pen) {
    let listed = (review.doubts.len() as u16).min(MOST_LISTED);
    let area = layout::overlay(model.size, 110, listed + 22, Placement::Centre);
    let open = review.n_open();
    let title = match (review.doubts.len(), review.coverage) {
        (0, _) => "Review".to_owned(),
        (_, Coverage::Part) => format!("Review · {open} to decide so far"),
        (_, Coverage::Whole) if open == 0 => "Review · everything is decided".to_owned(),
        (_, Coverage::Whole) => format!("Review · {open} to decide"),
    };
    let hints = match review.chosen().map(|doubt| &doubt.anchoring.anchor) {
        _ if review.chosen().is_some_and(|doubt| !doubt.is_open()) => {
            if open == 0 {
                "u undoes · Esc closes"
            } else {
                "n goes on · u undoes"
            }
        }
        Some(Anchor::Ambiguous(_)) => {
            "1-9 picks · n none · r elsewhere|r else · Tab next place|Tab next · Enter goes there|Enter goes"
        }
        Some(Anchor::Lost { .. }) => {
            "n leaves it lost|n lost · r puts it on other words|r elsewhere · Enter goes there|Enter goes"
        }
        Some(_) => "y it is · n it is not|n is not · r elsewhere · Enter goes there|Enter goes",
        None => "Esc closes",
    };
    let inner = frame::paint(area, &title, hints, pen);
    let Some(doubt) = review.chosen() else {
        let says = match review.coverage {
            Coverage::Part => "Looking through the notes …",
            Coverage::Whole => "No note needs a decision: all stand where their words are",
        };
        pen.spans(
            inner.x + 2,
            inner.y,
            inner.right(),
            &[span(says, Role::Dim)],
        );
        return;
    };
    let n_rows = (review.doubts.len() as u16).min(MOST_LISTED);
    let listed = if inner.height >= n_rows + 1 + LEAST_DETAIL {
        n_rows
    } else {
        0
    };
    let list = Rect {
        height: listed,
        ..inner
    };
    paint_list(review, list, pen);
    let gap = if listed > 0 { listed + 1 } else { 0 };
    let body = Rect {
        y: inner.y + gap,
        height: inner.height - gap,
        ..inner
    };
    let lines = detail(
        review,
        doubt,
        usize::from(body.width),
        usize::from(body.height),
    );
    for (index, line) in lines.iter().take(usize::from(body.height)).enumerate() {
        let row = row_of(body, index);
        pen.spans(row.x, row.y, row.right(), line);
    }
}

fn paint_list(review: &Review, area: Rect, pen: &mut Pen) {
    let height = usize::from(area.height);
    if height == 0 {
        return;
    }
    let top = first_row(review.cursor.selected, review.doubts.len(), height);
    for (index, doubt) in review.doubts.iter().enumerate().skip(top).take(height) {
        let row = row_of(area, index - top);
        if index == review.cursor.selected {
            choose(row, pen);
        }
        let text = Rect {
            x: row.x + row.width.min(2),
            width: row.width.saturating_sub(2),
            ..row
        };
        let (state, role) = state(doubt);
        let title = shorten(&doubt.title, usize::from(text.width) / 3);
        let room = usize::from(text.width).saturating_sub(14 + text_cells(&title));
        let left = [
            span(format!("{state:<10} "), role),
            span(
                shorten(&one_line(&doubt.note.target.quote.exact), room),
                Role::Text,
            ),
        ];
        pen.row(text, &left, &[span(title, Role::Dim)]);
        if index == review.cursor.selected {
            pen.even(row, Role::Chosen);
        }
    }
}

/// The status, or what was decided since.
fn state(doubt: &Doubt) -> (&'static str, Role) {
    match doubt.stands() {
        Decision::Withdraw => (doubt.anchoring.anchor.status(), Role::Warn),
        Decision::Pick(range) if doubt.places.iter().all(|place| place.range != range) => {
            ("by hand", Role::Ok)
        }
        decision => (decision.as_str(), Role::Ok),
    }
}

/// All about one, in rows.
fn detail<'a>(
    review: &Review,
    doubt: &'a Doubt,
    width: usize,
    height: usize,
) -> Vec<Vec<Span<'a>>> {
    let name_cells = if width >= 60 { NAME } else { 5 };
    let mut page = Page {
        width,
        name_cells,
        rows: Vec::new(),
    };
    let (state, role) = state(doubt);
    let at = format!(
        "{} of {} · ",
        review.cursor.selected + 1,
        review.doubts.len()
    );
    let room = width.saturating_sub(text_cells(&at) + text_cells(state) + 3);
    page.rows.push(vec![
        span(at, Role::Dim),
        span(state, role),
        span(" · ", Role::Dim),
        span(shorten(&doubt.title, room), Role::Dim),
    ]);
    page.words("", &[(doubt.because(), Role::Dim)]);
    let quote = &doubt.note.target.quote;
    let was = wording_of(doubt, review.place);
    page.gap(height);
    let mut old = Vec::new();
    if matches!(doubt.anchoring.anchor, Anchor::Lost { .. }) && height > 8 {
        old.push((format!("… {} ", last(&quote.prefix)), Role::Dim));
    }
    match &was {
        Some(parts) => old.extend(parts.iter().filter_map(|part| match part {
            Wording::Same(words, _) => Some((words.clone(), Role::Text)),
            Wording::Gone(words) => Some((words.clone(), Role::Strike)),
            Wording::New(_) => None,
        })),
        None => old.push((quote.exact.clone(), Role::Text)),
    }
    if matches!(doubt.anchoring.anchor, Anchor::Lost { .. }) && height > 8 {
        old.push((format!(" {} …", first(&quote.suffix)), Role::Dim));
    }
    page.words("was", &old);
    let lost = matches!(doubt.anchoring.anchor, Anchor::Lost { .. });
    let many = doubt.places.len() > 1;
    for (index, place) in doubt.places.iter().enumerate() {
        // On a small screen one place at a time.
        if many && height < LEAST_DETAIL.into() && index != review.place {
            continue;
        }
        page.gap(height);
        let name = match (lost, many) {
            (true, _) => "stood".to_owned(),
            (false, true) => format!("{}", index + 1),
            (false, false) => "now".to_owned(),
        };
        let parts = was.as_deref().filter(|_| index == review.place);
        page.words(&name, &words_at(place, parts, lost, height > 8));
        let where_it_is = format!("paragraph {} of {}", place.paragraph, doubt.n_paragraphs);
        let marked = many && index == review.place && height >= LEAST_DETAIL.into();
        let shown = if marked {
            format!("{where_it_is} · y takes this one")
        } else {
            where_it_is
        };
        page.words("", &[(shown, Role::Dim)]);
    }
    if !doubt.note.body.note.is_empty() {
        page.gap(height);
        page.words("note", &[(doubt.note.body.note.clone(), Role::NoteMark)]);
    }
    page.rows
}

/// What of the passage changed at the place shown; nothing where it is lost.
fn wording_of(doubt: &Doubt, place: usize) -> Option<Vec<Wording>> {
    if matches!(doubt.anchoring.anchor, Anchor::Lost { .. }) {
        return None;
    }
    let place = doubt.places.get(place)?;
    Some(wording(&doubt.note.target.quote.exact, &place.words))
}

/// The words of a place between those around it.
fn words_at(
    place: &Place,
    parts: Option<&[Wording]>,
    lost: bool,
    roomy: bool,
) -> Vec<(String, Role)> {
    let mut line = Vec::new();
    if roomy || lost {
        line.push((format!("… {} ", last(&place.before)), Role::Dim));
    }
    match parts {
        _ if lost => line.push(("·".to_owned(), Role::Warn)),
        Some(parts) => line.extend(parts.iter().filter_map(|part| match part {
            Wording::Same(_, words) => Some((words.clone(), Role::Text)),
            Wording::New(words) => Some((words.clone(), Role::Strong)),
            Wording::Gone(_) => None,
        })),
        None => line.push((place.words.clone(), Role::Text)),
    }
    if roomy || lost {
        // A full stop belongs to the word before it.
        let joins = place.after.starts_with(|c: char| !c.is_whitespace());
        let gap = if joins && !lost { "" } else { " " };
        line.push((format!("{gap}{} …", first(&place.after)), Role::Dim));
    }
    line
}

fn first(text: &str) -> String {
    let line = one_line(text);
    let words = line.split(' ').scan(0, |cells, word| {
        *cells += text_cells(word) + 1;
        (*cells <= CONTEXT).then_some(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn last(text: &str) -> String {
    let line = one_line(text);
    let mut words: Vec<&str> = (line.rsplit(' '))
        .scan(0, |cells, word| {
            *cells += text_cells(word) + 1;
            (*cells <= CONTEXT).then_some(word)
        })
        .collect();
    words.reverse();
    words.join(" ")
}

struct Page<'a> {
    width: usize,
    name_cells: usize,
    rows: Vec<Vec<Span<'a>>>,
}

impl Page<'_> {
    /// A blank row, where there is room for such.
    fn gap(&mut self, height: usize) {
        if height >= usize::from(LEAST_DETAIL) {
            self.rows.push(Vec::new());
        }
    }

    /// Words of several roles, wrapped beside a name.
    fn words(&mut self, name: &str, parts: &[(String, Role)]) {
        let room = self.width.saturating_sub(self.name_cells).max(1);
        for (index, words) in wrapped_parts(parts, room).into_iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            let mut row = vec![span(format!("{name:<w$}", w = self.name_cells), Role::Dim)];
            row.extend(words);
            self.rows.push(row);
        }
    }
}
