//! The rows of a card's lists.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{NARROW, WITH_DATES};
use crate::app::cards::type_name;
use crate::app::model::Model;
use crate::app::overlay::EntityCard;
use crate::app::overlay::entity::parting::{Parting, Share};
use crate::app::overlay::entity::{Chosen, Reading, Section};
use crate::document::DocId;
use crate::library::entities::Context;
use crate::text::width::{grapheme_cells, shorten, text_cells};
use crate::ui::overlay::{choose, first_row, row_of};
use crate::ui::pen::{Pen, cells_of, span};
use crate::ui::reader::layers::mention_role;
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line, thousands};

pub(super) fn paint(model: &Model, card: &EntityCard, list: Rect, pen: &mut Pen) {
    if list.height == 0 {
        return;
    }
    if let Some(parting) = &card.parting {
        return shares(model, card, parting, list, pen);
    }
    if card.is_empty() {
        let says = match card.section {
            _ if card.facts.is_none() => "",
            Section::Mentions if card.reading != Reading::Done => "Reading the documents…",
            Section::Mentions => "No mention is left in the files",
            Section::Timeline => "No dated passage names it",
            Section::With => "Nobody else is named in its documents",
            Section::Names => "",
        };
        pen.spans(list.x + 2, list.y, list.right(), &[span(says, Role::Dim)]);
        return;
    }
    // The last row says which document the chosen row stands in.
    let height = usize::from(list.height - 1).max(1);
    let (selected, len) = (card.cursor().selected, card.len(card.section));
    let top = first_row(selected, len, height);
    for index in top..(top + height).min(len) {
        let row = row_of(list, index - top);
        if index == selected {
            choose(row, pen);
        }
        let inside = Rect {
            x: row.x + 2,
            width: row.width.saturating_sub(2),
            ..row
        };
        match card.section {
            Section::Mentions => {
                if let Some(context) = card.contexts.get(index) {
                    concordance(model, card, context, inside, pen);
                }
            }
            Section::Timeline => event(model, card, index, inside, pen),
            Section::With => companion(card, index, inside, pen),
            Section::Names => name(card, index, inside, pen),
        }
        if index == selected {
            pen.even(row, Role::Chosen);
        }
    }
    if list.height > 2
        && let Some(Chosen::Passage(doc, _)) = card.chosen()
        && let Some(listing) = model.list.listing(doc)
    {
        let y = list.bottom() - 1;
        let place = format!("{} of {}", thousands(selected + 1), thousands(len));
        // Where the rows have no room for dates, the chosen one has here.
        let date = (list.width < WITH_DATES + 2).then(|| format!("{} · ", date_of(model, doc)));
        let row = Rect {
            y,
            height: 1,
            ..list
        };
        let told = [
            span(date.unwrap_or_default(), Role::Dim),
            span(&*listing.title, Role::Dim),
        ];
        pen.row(row, &told, &[span(place, Role::Dim)]);
    }
}

/// What may be taken out, under the question.
fn shares(model: &Model, card: &EntityCard, parting: &Parting, list: Rect, pen: &mut Pen) {
    let narrow = list.width < NARROW;
    let asks = if narrow {
        "What of it is another?".to_owned()
    } else {
        format!(
            "What names somebody or something other than {}?",
            card.title()
        )
    };
    pen.spans(list.x + 2, list.y, list.right(), &[span(asks, Role::Warn)]);
    let height = usize::from(list.height - 1);
    for (index, share) in parting.choices.iter().enumerate().take(height) {
        let row = row_of(list, index + 1);
        let chosen = index == parting.cursor.selected;
        if chosen {
            choose(row, pen);
        }
        let (words, doc) = match (share, narrow) {
            (Share::Spelling(written), true) => (format!("“{written}” everywhere"), None),
            (Share::Spelling(written), false) => (format!("“{written}” in all documents"), None),
            (Share::SpellingIn(written, doc), true) => (format!("“{written}” here"), Some(*doc)),
            (Share::SpellingIn(written, doc), false) => {
                (format!("“{written}” in this document alone"), Some(*doc))
            }
            (Share::Document(doc), true) => ("every name of it here".to_owned(), Some(*doc)),
            (Share::Document(doc), false) => {
                ("every name of it in this document".to_owned(), Some(*doc))
            }
        };
        let right = match share {
            Share::Spelling(written) => {
                let mut spellings = card.spellings().iter();
                let known = spellings.find(|(text, _)| text == written);
                known.map(|(_, n)| counted(*n as usize, "mention"))
            }
            Share::SpellingIn(..) | Share::Document(_) => doc
                .and_then(|doc| model.list.listing(doc))
                .map(|listing| listing.title.to_string()),
        };
        let inside = Rect {
            x: row.x + 2,
            width: row.width.saturating_sub(2),
            ..row
        };
        let left = [span(words, Role::Text)];
        // On the right stands what leaves half of the row.
        let room = inside.width.saturating_sub(cells_of(&left) + 3);
        let room = usize::from(room.min((inside.width / 2).saturating_sub(2)));
        let right = shorten(&right.unwrap_or_default(), room);
        pen.row(inside, &left, &[span(right, Role::Dim)]);
        if chosen {
            pen.even(row, Role::Chosen);
        }
    }
}

fn date_of(model: &Model, doc: DocId) -> String {
    let listing = model.list.listing(doc);
    let published = listing.and_then(|listing| listing.published.as_ref());
    published.map_or_else(|| "undated".to_owned(), ToString::to_string)
}

/// A mention with the words around it, the names one below the other.
fn concordance(model: &Model, card: &EntityCard, context: &Context, row: Rect, pen: &mut Pen) {
    let mut x = row.x;
    if row.width >= WITH_DATES {
        let date: String = date_of(model, context.doc).chars().take(10).collect();
        pen.put(x, row.y, x + 10, &date, Role::Dim);
        x += 12;
    }
    let room = row.right().saturating_sub(x);
    let left = room * 2 / 5;
    let before = tail(&context.before, left);
    let at = x + left - text_cells(before) as u16;
    pen.put(at, row.y, x + left, before, Role::Text);
    let role = card
        .facts
        .as_ref()
        .map_or(Role::Mention, |facts| mention_role(facts.kind));
    let at = pen.put(x + left, row.y, row.right(), &context.name, role);
    pen.spans(at, row.y, row.right(), &[span(&*context.after, Role::Text)]);
}

/// The end of a text that fits in `cells`.
fn tail(text: &str, cells: u16) -> &str {
    let mut used = 0;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme_cells(grapheme);
        if used > cells {
            break;
        }
        start = at;
    }
    let tail = text.get(start..).unwrap_or_default();
    // What is cut begins with a whole word.
    match tail.split_once(' ') {
        Some((_, words)) if start > 0 && !tail.starts_with(' ') => words,
        _ => tail,
    }
}

fn event(model: &Model, card: &EntityCard, index: usize, row: Rect, pen: &mut Pen) {
    let Some(event) = card
        .facts
        .as_ref()
        .and_then(|facts| facts.events.get(index))
    else {
        return;
    };
    // What nothing dates is told as the text puts it.
    let when = match &event.interval {
        Some(interval) => span(days(interval), Role::When),
        None => span(one_line(&event.said), Role::Dim),
    };
    let end = (row.x + 23).min(row.x + row.width / 2);
    pen.spans(row.x, row.y, end, &[when]);
    let label = [span(one_line(&event.label), Role::Text)];
    let published = date_of(model, event.doc);
    let right = if row.width >= WITH_DATES {
        vec![span(published, Role::Dim)]
    } else {
        Vec::new()
    };
    let rest = Rect {
        x: end + 1,
        width: row.right().saturating_sub(end + 1),
        ..row
    };
    pen.row(rest, &label, &right);
}

/// An interval in the fewest signs: a day, a whole month or year, else its first and last day without what they share.
fn days(interval: &crate::document::Interval) -> String {
    let (Some(first), Some(last)) = (interval.earliest, interval.latest) else {
        let end =
            |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        return format!("{}…{}", end(interval.earliest), end(interval.latest));
    };
    let month = (first.year(), first.month()) == (last.year(), last.month());
    if first == last {
        first.to_string()
    } else if first == first.first_of_year() && last == first.last_of_year() {
        first.strftime("%Y").to_string()
    } else if month && first == first.first_of_month() && last == last.last_of_month() {
        first.strftime("%Y-%m").to_string()
    } else if month {
        format!("{first}–{:02}", last.day())
    } else if first.year() == last.year() {
        format!("{first}–{}", last.strftime("%m-%d"))
    } else {
        format!("{first}–{last}")
    }
}

fn companion(card: &EntityCard, index: usize, row: Rect, pen: &mut Pen) {
    let Some(other) = card.facts.as_ref().and_then(|facts| facts.with.get(index)) else {
        return;
    };
    let left = [
        span(&*other.name, mention_role(other.kind)),
        span(format!("  {}", type_name(other.kind)), Role::Dim),
    ];
    let n = format!("in {}", counted(other.documents as usize, "document"));
    pen.row(row, &left, &[span(n, Role::Dim)]);
}

/// A name that is this entity's, or may be, and why; or a way it is written.
fn name(card: &EntityCard, index: usize, row: Rect, pen: &mut Pen) {
    let Some(facts) = card.facts.as_deref() else {
        return;
    };
    let (n_members, n_offers) = (facts.members.len(), facts.offers.len());
    let offer = index.checked_sub(n_members);
    let spelling = offer.and_then(|index| index.checked_sub(n_offers));
    let (name, mentions, why, sign) = if let Some(member) = facts.members.get(index) {
        let why = member.why.describe().to_owned();
        (member.name.to_string(), member.mentions, why, "  ")
    } else if let Some(offer) = offer.and_then(|index| facts.offers.get(index)) {
        let why = format!("the same? {}", offer.why.describe());
        (offer.name.to_string(), offer.mentions, why, "? ")
    } else if let Some((text, n)) = spelling.and_then(|index| card.spellings().get(index)) {
        let quoted = format!("“{}”", one_line(text));
        (quoted, *n, "written so".to_owned(), "  ")
    } else {
        return;
    };
    let left = vec![
        span(sign, Role::Warn),
        span(name, mention_role(facts.kind)),
        span(
            format!("  {}", counted(mentions as usize, "mention")),
            Role::Dim,
        ),
    ];
    let right = vec![span(why, Role::Dim)];
    if cells_of(&left) + cells_of(&right) + 2 > row.width {
        pen.spans(row.x, row.y, row.right(), &left);
    } else {
        pen.row(row, &left, &right);
    }
}
