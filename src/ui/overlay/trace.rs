//! A quotation above and its source below; a sentence above and who repeats it below.

use ratatui::layout::Rect;

use super::marked::{self, Line, Signs, lines};
use super::{choose, first_row, row_of};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::{TraceCard, UsesCard};
use crate::document::Edtf;
use crate::library::tracing::{Age, Named, Quotation, UseOf};
use crate::trace::inverse::Manner;
use crate::trace::passage::Class;
use crate::ui::frame;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, wrapped};

/// Cells of a card.
const WIDTH: u16 = 104;
/// Rows of one passage at most.
const MOST_ROWS: usize = 200;

/// When a document was published, and its title.
pub(super) fn dated(of: &Named) -> Line {
    let date = of
        .published
        .as_ref()
        .map_or("undated", Edtf::as_str)
        .to_owned();
    vec![
        span(format!("{date}  "), Role::When),
        span(of.title.clone(), Role::Title),
    ]
}

fn heading(text: String, role: Role) -> Line {
    vec![span(text, role)]
}

fn plain(text: &str, cells: usize, role: Role) -> impl Iterator<Item = Line> {
    wrapped(text, cells)
        .into_iter()
        .map(move |line| vec![span(line, role)])
}

pub(super) fn paint(model: &Model, card: &TraceCard, pen: &mut Pen) {
    let widest = layout::overlay(model.size, WIDTH, u16::MAX, Placement::Centre);
    let cells = usize::from(widest.width.saturating_sub(4));
    let mut rows = rows(card, cells);
    if rows.len() > usize::from(widest.height.saturating_sub(2)) {
        // Blank rows are the first to go where there is no room.
        rows.retain(|row| !row.is_empty());
    }
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX).max(6);
    let area = layout::overlay(model.size, WIDTH, height, Placement::Centre);
    let has_source = card.quotation().is_some_and(|one| one.source.is_some());
    let footer = match (area.width, has_source) {
        (..60, true) => "Enter goes · n p next",
        (..60, false) => "n p next · Esc closes",
        (_, true) => "Enter goes to the source · n p next quotation · Esc closes",
        (_, false) => "n p next quotation · Esc closes",
    };
    let more = rows.len() > usize::from(area.height.saturating_sub(2));
    let footer = match (more, area.width) {
        (true, 60..) => format!("j k scroll · {}", footer.replace(" · Esc closes", "")),
        (true, _) => format!("j k scroll · {}", footer.replace(" · n p next", "")),
        (false, _) => footer.to_owned(),
    };
    let title = match (&card.found, card.shown) {
        (Some(found), Some(shown)) => {
            format!("Quotation {} of {}", shown + 1, found.len())
        }
        _ => "Quotation".to_owned(),
    };
    let inner = frame::paint(area, &title, &footer, pen);
    let last = rows.len().saturating_sub(usize::from(inner.height));
    marked::paint(&rows, card.top.min(last), inner, pen);
}

fn rows(card: &TraceCard, cells: usize) -> Vec<Line> {
    let mut rows = Vec::new();
    let Some(found) = &card.found else {
        rows.extend(plain(&card.said, cells, Role::Text).take(MOST_ROWS));
        rows.push(Line::new());
        rows.push(heading(
            "Looking for its source in the library…".to_owned(),
            Role::Dim,
        ));
        return rows;
    };
    match card.quotation() {
        Some(quotation) => traced(quotation, cells, &mut rows),
        None => {
            rows.extend(plain(&card.said, cells, Role::Text).take(MOST_ROWS));
            rows.push(Line::new());
            let n = counted(found.len(), "other quotation");
            let why = format!("Too short to be traced: fewer than five words. {n} can be.");
            rows.extend(plain(&why, cells, Role::Dim));
        }
    }
    rows
}

fn traced(quotation: &Quotation, cells: usize, rows: &mut Vec<Line>) {
    let sign = match &quotation.source {
        None => Role::Dim,
        Some(source) => class_role(source.class),
    };
    let verdict = quotation.verdict();
    rows.extend(plain(&verdict, cells, sign));
    rows.push(Line::new());
    let who = quotation.speaker.as_deref();
    rows.push(heading(
        who.map_or_else(
            || "quoted here".to_owned(),
            |who| format!("quoted here · {who}"),
        ),
        Role::Dim,
    ));
    let limits = (cells, MOST_ROWS);
    rows.extend(lines(&quotation.words, limits, Role::Text, Signs::None));
    let Some(source) = &quotation.source else {
        return;
    };
    rows.push(Line::new());
    rows.push(dated(&source.of));
    rows.extend(lines(&source.words, limits, Role::Text, Signs::None));
    if source.changes.is_empty() {
        return;
    }
    rows.push(Line::new());
    for (sort, told) in &source.changes {
        for (index, line) in wrapped(&format!("{sort}: {told}"), cells.saturating_sub(2))
            .into_iter()
            .enumerate()
        {
            let sign = if index == 0 { "· " } else { "  " };
            rows.push(vec![span(sign, Role::Dim), span(line, Role::Text)]);
        }
    }
}

/// How weighty what became of words is.
const fn class_role(class: Class) -> Role {
    match class {
        Class::Verbatim | Class::Typographic | Class::Ellipsis => Role::QuoteVerbatim,
        Class::Cut | Class::Altered | Class::Rewritten => Role::Warn,
    }
}

/// What became of words in a word or two.
const fn class_name(class: Class) -> &'static str {
    match class {
        Class::Verbatim => "word for word",
        Class::Typographic => "the same words",
        Class::Ellipsis => "words left out openly",
        Class::Cut => "ended early",
        Class::Altered => "altered",
        Class::Rewritten => "rewritten",
    }
}

pub(super) fn paint_uses(model: &Model, card: &UsesCard, pen: &mut Pen) {
    let widest = layout::overlay(model.size, WIDTH, u16::MAX, Placement::Centre);
    let cells = usize::from(widest.width.saturating_sub(4));
    let area = layout::overlay(model.size, WIDTH, 40, Placement::Centre);
    let footer = match (area.width, card.chosen()) {
        (..60, Some(_)) => "Enter goes · n p next",
        (..60, None) => "n p next · Esc closes",
        (_, Some(_)) => "Enter goes there · n p next repeated sentence · Esc closes",
        (_, None) => "n p next repeated sentence · Esc closes",
    };
    let inner = frame::paint(area, "Who repeats this sentence", footer, pen);
    if inner.height < 3 {
        return;
    }
    let most = (usize::from(inner.height) / 3).max(1);
    let said: Vec<Line> = plain(&card.said, cells, Role::Text).take(most).collect();
    let mut y = marked::paint(&said, 0, inner, pen);
    let (used, all) = card.repeated();
    let of = format!("{used} of {}", counted(all, "sentence"));
    let n_rows = card.rows().len();
    let summary = match (&card.found, n_rows) {
        (None, _) => "Looking through the library…".to_owned(),
        (Some(_), 0) => format!("Nobody in this library repeats it · {of} here are repeated"),
        (Some(_), n) => format!("{} · {of} here are repeated", counted(n, "passage")),
    };
    pen.spans(inner.x, y, inner.right(), &[span(summary, Role::Dim)]);
    y += 1 + u16::from(inner.height > 12);
    let list = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    if list.height == 0 || n_rows == 0 {
        return;
    }
    // Below the list stand the words of the chosen one.
    let words_rows = if list.height >= 6 { list.height / 2 } else { 0 };
    let height = usize::from(list.height - words_rows);
    let top = first_row(card.cursor.selected, n_rows, height);
    for index in top..(top + height).min(n_rows) {
        let Some(one) = card.row(index) else { continue };
        let row = row_of(list, index - top);
        if index == card.cursor.selected {
            choose(row, pen);
        }
        let inside = Rect {
            x: row.x + 2,
            width: row.width.saturating_sub(2),
            ..row
        };
        use_row(one, inside, pen);
        if index == card.cursor.selected {
            pen.even(row, Role::Chosen);
        }
    }
    if let Some(one) = card.chosen().filter(|_| words_rows > 0) {
        let shown = height.min(n_rows) as u16;
        let rest = Rect {
            y: list.y + shown + 1,
            height: list.height.saturating_sub(shown + 1),
            ..list
        };
        let limits = (cells, usize::from(rest.height));
        let mut rows = lines(&one.words, limits, Role::Text, Signs::None);
        for (sort, told) in &one.changes {
            rows.push(vec![
                span("· ", Role::Dim),
                span(format!("{sort}: {told}"), Role::Dim),
            ]);
        }
        marked::paint(&rows, 0, rest, pen);
    }
}

fn use_row(one: &UseOf, row: Rect, pen: &mut Pen) {
    let how = match (one.manner, one.age) {
        (Manner::Quoted, _) => "quoted",
        (Manner::Reused, Age::Younger) => "reused",
        (Manner::Reused, Age::Older) => "stood there before",
    };
    let mut left = dated(&one.by);
    if let Some(who) = &one.speaker {
        left.push(span(format!(" · {who}"), Role::Dim));
    }
    let right = [
        span(format!("{how}, "), Role::Dim),
        span(class_name(one.class), class_role(one.class)),
    ];
    pen.row(row, &left, &right);
}
