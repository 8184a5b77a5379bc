//! A sentence above and who repeats it below; or all sentences of the document, each with how often it is repeated.

use ratatui::layout::Rect;

use super::marked::{self, Line, Signs, lines};
use super::trace::{WIDTH, class_role, dated, plain};
use super::{choose, first_row, row_of};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::UsesCard;
use crate::app::overlay::trace::{Only, View};
use crate::app::repeats::Which;
use crate::library::tracing::{Age, SentenceUses, UseOf, Uses};
use crate::text::width::{shorten, text_cells};
use crate::trace::inverse::Manner;
use crate::trace::passage::Class;
use crate::ui::frame;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line};

/// Cells of the list of sentences.
const WIDE: u16 = 128;

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

pub(super) fn paint(model: &Model, card: &UsesCard, pen: &mut Pen) {
    match card.view {
        View::Sentence => sentence(model, card, pen),
        View::Document => document(model, card, pen),
    }
}

fn sentence(model: &Model, card: &UsesCard, pen: &mut Pen) {
    let widest = layout::overlay(model.size, WIDTH, u16::MAX, Placement::Centre);
    let cells = usize::from(widest.width.saturating_sub(4));
    // As high as what is in it: the sentence, the list, and the words of the chosen one.
    let said_rows = plain(&card.said, cells, Role::Text).take(12).count();
    let n_uses = card.rows().len();
    let rows = said_rows
        + 5
        + if n_uses > 0 {
            (n_uses * 2).max(n_uses + 12)
        } else {
            0
        };
    let height = u16::try_from(rows).unwrap_or(u16::MAX).clamp(7, 40);
    let area = layout::overlay(model.size, WIDTH, height, Placement::Centre);
    let next = match model.repeats.which {
        Which::All => "n p next repeated sentence",
        Which::Altered => "n p next altered sentence",
    };
    let footer = match (area.width, card.chosen()) {
        (..60, Some(_)) => "Enter goes · n p next · a all".to_owned(),
        (..60, None) => "n p next · a all".to_owned(),
        (_, Some(_)) => format!("Enter goes there · {next} · f altered only · a all sentences"),
        (_, None) => format!("{next} · f altered only · a all sentences"),
    };
    let inner = frame::paint(area, "Who repeats this sentence", &footer, pen);
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
        let chains = card.found.iter().flat_map(|found| found.chains_of(one));
        for chain in chains {
            super::trace::chained(chain, cells, &mut rows);
        }
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

/// All sentences, each with how often it is repeated, how often altered, and by whom.
fn document(model: &Model, card: &UsesCard, pen: &mut Pen) {
    let height = u16::try_from(card.listed().len() + 4).unwrap_or(u16::MAX);
    let area = layout::overlay(model.size, WIDE, height.max(8), Placement::Centre);
    let footer = match area.width {
        ..60 => "Enter goes · o by whom · f fewer",
        _ => {
            "Enter goes there · o by whom · f all, repeated, altered, those nobody repeats · Esc closes"
        }
    };
    let inner = frame::paint(area, "Who repeats this document", footer, pen);
    if inner.height < 3 {
        return;
    }
    let (used, all) = card.repeated();
    let listed = match card.only {
        Only::All => String::new(),
        Only::Repeated | Only::Altered | Only::Unused => {
            format!(" · {} shown", card.only.as_str())
        }
    };
    let summary = if card.found.is_some() {
        format!("{used} of {} repeated{listed}", counted(all, "sentence"))
    } else {
        "Looking through the library…".to_owned()
    };
    pen.spans(inner.x, inner.y, inner.right(), &[span(summary, Role::Dim)]);
    let skipped = 1 + u16::from(inner.height > 12);
    let list = Rect {
        y: inner.y + skipped,
        height: inner.height - skipped,
        ..inner
    };
    let listed = card.listed();
    let Some(found) = card.found.as_ref().filter(|_| !listed.is_empty()) else {
        if card.found.is_some() {
            let says = "There is no such sentence · f shows others";
            pen.spans(list.x, list.y, list.right(), &[span(says, Role::Dim)]);
        }
        return;
    };
    let most = listed.iter().map(|(_, one)| one.n_repeats as u32).max();
    let height = usize::from(list.height);
    let top = first_row(card.chosen_sentence, listed.len(), height);
    for (index, (_, one)) in listed.iter().enumerate().skip(top).take(height) {
        let row = row_of(list, index - top);
        let is_chosen = index == card.chosen_sentence;
        if is_chosen {
            choose(row, pen);
        }
        let inside = Rect {
            x: row.x + 2,
            width: row.width.saturating_sub(2),
            ..row
        };
        let said = model
            .reader
            .as_ref()
            .map_or("", |reader| one.range.of_text(reader.text()));
        sentence_row(model, (one, said, found), most.unwrap_or(0), inside, pen);
        if is_chosen {
            pen.even(row, Role::Chosen);
        }
    }
}

/// Letters of a sentence that are looked at for its row.
const ROW_BYTES: usize = 1_000;

fn sentence_row(
    model: &Model,
    (one, said, found): (&SentenceUses, &str, &Uses),
    most: u32,
    row: Rect,
    pen: &mut Pen,
) {
    let symbols = pen.symbols();
    if let Some(sign) = symbols.heat_of(one.n_repeats as u32, most) {
        pen.sign(row.x, row.y, sign, Role::Density);
        let count = format!("{:>3}", one.n_repeats);
        pen.put(row.x + 1, row.y, row.right(), &count, Role::Text);
    }
    if one.n_altered > 0 {
        pen.sign(row.x + 5, row.y, symbols.heat_altered, Role::Warn);
        let count = one.n_altered.to_string();
        pen.put(row.x + 6, row.y, row.right(), &count, Role::Warn);
    }
    let text = Rect {
        x: row.x + 9.min(row.width),
        width: row.width.saturating_sub(9),
        ..row
    };
    let end = (0..=ROW_BYTES.min(said.len()))
        .rev()
        .find(|at| said.is_char_boundary(*at));
    let said = one_line(said.get(..end.unwrap_or(0)).unwrap_or_default());
    let role = if one.n_repeats == 0 {
        Role::Dim
    } else {
        Role::Text
    };
    if text.width < 60 {
        pen.spans(text.x, text.y, text.right(), &[span(said, role)]);
        return;
    }
    // By whom, where there is room: the first of them and how many more.
    let mut by: Vec<&str> = Vec::new();
    for one in one.uses.iter().filter_map(|number| found.uses.get(*number)) {
        let listing = model.list.listing(one.by.doc);
        let publisher = listing.and_then(|listing| listing.publisher.as_deref());
        let name = publisher.unwrap_or(&one.by.title);
        if one.age == Age::Younger && !by.contains(&name) {
            by.push(name);
        }
    }
    let who = match (by.first(), by.len()) {
        (None, _) => String::new(),
        (Some(first), 1) => shorten(first, usize::from(text.width / 3)),
        (Some(first), n) => {
            let more = format!(" +{}", n - 1);
            shorten(
                first,
                usize::from(text.width / 3).saturating_sub(more.len()),
            ) + &more
        }
    };
    let cells = text_cells(&who) as u16;
    let end = text
        .right()
        .saturating_sub(if cells == 0 { 0 } else { cells + 2 });
    pen.spans(text.x, text.y, end, &[span(said, role)]);
    pen.put(text.right() - cells, text.y, text.right(), &who, Role::Dim);
}
