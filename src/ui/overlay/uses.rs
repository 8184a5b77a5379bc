//! A sentence above and who repeats it below; or all sentences of the document, each with how often it is repeated.

use ratatui::layout::Rect;

use super::listed;
use super::marked::{self, Line, Signs, lines};
use super::trace::{WIDTH, changes, class_role, dated, plain};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::UsesCard;
use crate::app::overlay::trace::{Only, View};
use crate::app::repeats::Which;
use crate::library::tracing::{Age, SentenceUses, UseOf, Uses};
use crate::text::width::{shorten, text_cells};
use crate::trace::inverse::Manner;
use crate::trace::passage::Class;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line};
use crate::ui::{frame, hints};

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

/// Rows of the passages of one sentence at most.
const MOST_ROWS: usize = 60;
/// Cells from which a row tells all there is to tell of a passage.
const ROOMY: u16 = 60;

fn sentence(model: &Model, card: &UsesCard, pen: &mut Pen) {
    let widest = layout::overlay(model.size, WIDTH, u16::MAX, Placement::Centre);
    let cells = usize::from(widest.width.saturating_sub(4));
    let is_low = widest.height < 16;
    let said: Vec<Line> = plain(&card.said, cells, Role::Text).take(13).collect();
    let n_rows = card.rows().len();
    // As high as what is in it: the sentence, the list, and the words of the longest passage, so that it stands still while one goes through them.
    let highest = (0..n_rows.min(MOST_ROWS))
        .filter_map(|index| card.row(index))
        .map(|one| evidence(one, card, cells).len())
        .max();
    let rows = said.len() + 1 + n_rows + highest.unwrap_or(0) + 4;
    let height = u16::try_from(rows).unwrap_or(u16::MAX).clamp(7, 40);
    let area = layout::overlay(model.size, WIDTH, height, Placement::Centre);
    let next = match model.repeats.which {
        Which::All => "n p next repeated sentence|n p next",
        Which::Altered => "n p next altered sentence|n p next",
    };
    let goes = card
        .chosen()
        .map_or("", |_| "Enter goes there|Enter goes · ");
    let hints = format!("{goes}{next} · a all sentences|a all · f altered only · Esc closes");
    let inner = frame::paint(area, "Who repeats this sentence", &hints, pen);
    if inner.height < 3 {
        return;
    }
    let most = if is_low {
        2
    } else {
        usize::from(inner.height) / 3
    };
    let mut said = said;
    if said.len() > most {
        said.truncate(most);
        if let Some(line) = said.last_mut() {
            line.push(span(" …", Role::Dim));
        }
    }
    let mut y = marked::paint(&said, 0, inner, pen);
    let (used, all) = card.repeated();
    let of = format!("{used} of {}", counted(all, "sentence"));
    let summary = match (&card.found, n_rows) {
        (None, _) => "Looking through the library…".to_owned(),
        (Some(_), 0) => {
            format!("Nobody in this library repeats it|Nobody repeats it · {of} here are repeated")
        }
        (Some(_), n) => format!("{} · {of} here are repeated", counted(n, "passage")),
    };
    let summary = hints::fitted(&summary, inner.width);
    pen.spans(inner.x, y, inner.right(), &[span(summary, Role::Dim)]);
    y += 1 + u16::from(inner.height > 12);
    let list = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    let words = card
        .chosen()
        .map_or_else(Vec::new, |one| evidence(one, card, cells));
    listed::paint(
        list,
        (card.cursor.selected, n_rows),
        &words,
        pen,
        |index, row, pen| {
            if let Some(one) = card.row(index) {
                let (left, right) = use_row(one, row.width);
                pen.row(row, &left, &right);
            }
        },
    );
}

/// The words of a passage, the changes that others share, and each change.
fn evidence(one: &UseOf, card: &UsesCard, cells: usize) -> Vec<Line> {
    let mut rows = lines(&one.words, (cells, MOST_ROWS), Role::Text, Signs::None);
    let chains = card.found.iter().flat_map(|found| found.chains_of(one));
    for chain in chains {
        super::trace::chained(chain, cells, &mut rows);
    }
    rows.extend(changes(&one.changes, cells));
    rows
}

/// A passage in a row: when and where, by whom, what became of the words. Where there is little room that is told before the title.
fn use_row(one: &UseOf, cells: u16) -> (Line, Line) {
    let how = match (one.manner, one.age) {
        (Manner::Quoted, _) => "quoted",
        (Manner::Reused, Age::Younger) => "reused",
        (Manner::Reused, Age::Older) => "stood there before",
    };
    let class = span(class_name(one.class), class_role(one.class));
    let mut left = dated(&one.by);
    if cells < ROOMY {
        left.insert(1, class);
        left.insert(2, span("  ", Role::Dim));
        return (left, Line::new());
    }
    if let Some(who) = &one.speaker {
        left.push(span(format!(" · {who}"), Role::Dim));
    }
    (left, vec![span(format!("{how}, "), Role::Dim), class])
}

/// All sentences, each with how often it is repeated, how often altered, and by whom.
fn document(model: &Model, card: &UsesCard, pen: &mut Pen) {
    let listed = card.listed();
    let widest = layout::overlay(model.size, WIDE, u16::MAX, Placement::Centre);
    let cells = usize::from(widest.width.saturating_sub(4));
    // The words of the chosen sentence and who repeats it take a third.
    let n_words = usize::from(widest.height / 3).saturating_sub(1).max(3);
    let height = u16::try_from(listed.len() + n_words + 5).unwrap_or(u16::MAX);
    let area = layout::overlay(model.size, WIDE, height.max(8), Placement::Centre);
    let hints = "Enter goes there|Enter goes · o by whom · f all, repeated, altered, those nobody repeats|f fewer · Esc closes";
    let inner = frame::paint(area, "Who repeats this document", hints, pen);
    if inner.height < 3 {
        return;
    }
    let (used, all) = card.repeated();
    let which = match card.only {
        Only::All => String::new(),
        Only::Repeated | Only::Altered | Only::Unused => {
            format!(" · {} shown", card.only.as_str())
        }
    };
    let summary = if card.found.is_some() {
        format!("{used} of {} repeated{which}", counted(all, "sentence"))
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
    let Some(found) = card.found.as_ref().filter(|_| !listed.is_empty()) else {
        if card.found.is_some() {
            let says = "There is no such sentence · f shows others";
            pen.spans(list.x, list.y, list.right(), &[span(says, Role::Dim)]);
        }
        return;
    };
    let said = |one: &SentenceUses| {
        let reader = model.reader.as_ref();
        shown_of(reader.map_or("", |reader| one.range.of_text(reader.text())))
    };
    let most = listed.iter().map(|(_, one)| one.n_repeats as u32).max();
    let mut words: Vec<Line> = Vec::new();
    if let Some((_, one)) = listed.get(card.chosen_sentence) {
        words.extend(plain(&said(one), cells, Role::Text).take((n_words / 2).max(2)));
        for one in one.uses.iter().filter_map(|at| found.uses.get(*at)) {
            // What became of the words first: the title may be cut.
            let (row, _) = use_row(one, 0);
            words.push(row);
            let limits = (cells.saturating_sub(2), 2);
            let evidence = lines(&one.words, limits, Role::Text, Signs::None);
            words.extend(evidence.into_iter().map(|mut line| {
                line.insert(0, span("  ", Role::Dim));
                line
            }));
            if words.len() >= n_words {
                break;
            }
        }
        // What is not filled stays free, so that the list stands still.
        words.resize(n_words, Line::new());
    }
    listed::paint(
        list,
        (card.chosen_sentence, listed.len()),
        &words,
        pen,
        |index, row, pen| {
            if let Some((_, one)) = listed.get(index) {
                sentence_row(model, (one, &said(one), found), most.unwrap_or(0), row, pen);
            }
        },
    );
}

/// Letters of a sentence that are looked at for its row.
const ROW_BYTES: usize = 1_000;

/// The beginning of a sentence, in one line.
fn shown_of(said: &str) -> String {
    let end = (0..=ROW_BYTES.min(said.len()))
        .rev()
        .find(|at| said.is_char_boundary(*at));
    one_line(said.get(..end.unwrap_or(0)).unwrap_or_default())
}

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
