//! The card of an entity: what is known of it above, and one of its lists below.

use ratatui::layout::Rect;

use super::{choose, first_row, row_of};
use crate::app::cards::type_name;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::EntityCard;
use crate::app::overlay::entity::{Chosen, Reading, Section};
use crate::document::DocId;
use crate::library::entities::{Context, Facts};
use crate::text::width::{grapheme_cells, text_cells};
use crate::ui::frame;
use crate::ui::pen::{Pen, Span, cells_of, span};
use crate::ui::reader::layers::mention_role;
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line, thousands};
use unicode_segmentation::UnicodeSegmentation;

/// Cells of a card, and of the names of its facts.
const WIDTH: u16 = 118;
const NAME: usize = 7;
/// From this width on each row says when its document was published.
const WITH_DATES: u16 = 64;
/// Rows of spellings, titles, companions, at most.
const MOST_ROWS: usize = 2;

pub(super) fn paint(model: &Model, card: &EntityCard, pen: &mut Pen) {
    let widest = layout::overlay(model.size, WIDTH, 40, Placement::Centre);
    let room = Rect::new(
        0,
        0,
        widest.width.saturating_sub(4),
        widest.height.saturating_sub(2),
    );
    // As high as the longest list needs, so that it keeps its size from one list to the next and while mentions come.
    let longest = Section::ALL
        .map(|section| n_rows(card, section))
        .into_iter()
        .max();
    let wanted = facts_rows(model, card, room).len() + longest.unwrap_or(0) + 5;
    let height = u16::try_from(wanted).unwrap_or(u16::MAX).clamp(14, 40);
    let area = layout::overlay(model.size, WIDTH, height, Placement::Centre);
    let inner = frame::paint(area, card.title(), footer(card, area.width), pen);
    if inner.height < 4 || inner.width < 8 {
        return;
    }
    let mut y = inner.y;
    for row in facts_rows(model, card, inner) {
        // The list keeps at least half of the card.
        if y - inner.y >= inner.height / 2 {
            break;
        }
        pen.spans(inner.x, y, inner.right(), &row);
        y += 1;
    }
    if inner.height > 12 {
        y += 1;
    }
    tabs(
        card,
        Rect {
            y,
            height: 1,
            ..inner
        },
        pen,
    );
    let list = Rect {
        y: y + 1,
        height: (inner.bottom()).saturating_sub(y + 1),
        ..inner
    };
    rows(model, card, list, pen);
}

/// Rows a list has, or will have once all mentions are there.
fn n_rows(card: &EntityCard, section: Section) -> usize {
    let mentions = card
        .facts
        .as_ref()
        .map_or(0, |facts| facts.mentions as usize);
    match section {
        Section::Mentions => mentions.max(card.len(section)),
        Section::Timeline | Section::With | Section::Names => card.len(section),
    }
}

/// What can be done with the chosen row first, then with the entity.
fn footer(card: &EntityCard, width: u16) -> &'static str {
    let hidden = card.facts.as_ref().is_some_and(|facts| facts.hidden);
    let offer = matches!(card.chosen(), Some(Chosen::Offer(_)));
    match (width, card.section) {
        (..60, _) if hidden => "x shows it again",
        (..60, Section::Names) if offer => "m same · d different",
        (..60, Section::Names) => "s takes it out · m merge",
        (..60, Section::Mentions | Section::Timeline | Section::With) => "Enter goes · Tab next",
        (_, _) if hidden => "x shows it again · Esc closes",
        (_, Section::Names) if offer => {
            "m the same · d somebody else · Enter looks closer · u undo"
        }
        (_, Section::Names) => {
            "s takes the name out · m merge · r rename · t type · x hide · u undo"
        }
        (_, Section::With) => {
            "Enter opens the card · Tab next list · f show only this · Esc closes"
        }
        (..100, Section::Mentions | Section::Timeline) => {
            "Enter goes there · Tab next list · f show only this · m merge · x hide"
        }
        (_, Section::Mentions | Section::Timeline) => {
            "Enter goes there · Tab next list · f show only this · m merge · r rename · t type · x hide"
        }
    }
}

/// What is known of it, as rows of spans.
fn facts_rows<'a>(model: &'a Model, card: &'a EntityCard, inner: Rect) -> Vec<Vec<Span<'a>>> {
    let Some(facts) = card.facts.as_deref() else {
        return vec![vec![span("Looking through the library…", Role::Dim)]];
    };
    let mut head = vec![
        span(type_name(facts.kind), mention_role(facts.kind)),
        span(
            format!(
                " · {} in {}",
                counted(facts.mentions as usize, "mention"),
                counted(facts.documents as usize, "document")
            ),
            Role::Text,
        ),
    ];
    if facts.hidden {
        head.push(span(" · hidden: not marked in the text", Role::Warn));
    }
    let mut rows = vec![head];
    rows.extend(dates(model, facts, inner.width));
    let words = |said: &[(String, u32)]| -> Vec<String> {
        said.iter()
            .map(|(text, n)| format!("{} {n}", one_line(text)))
            .collect()
    };
    let with: Vec<String> = facts
        .with
        .iter()
        .map(|other| format!("{} {}", other.name, other.documents))
        .collect();
    let few = inner.height < 14;
    for (name, values) in [
        ("written", words(&facts.aliases)),
        ("role", words(&facts.roles)),
        ("with", with),
    ] {
        if values.is_empty() || (few && name == "with") {
            continue;
        }
        let room = usize::from(inner.width).saturating_sub(NAME + 2);
        let most = if few { 1 } else { MOST_ROWS };
        for (index, line) in lines(&values, room, most).into_iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            rows.push(vec![
                span(format!("{name:<NAME$}  "), Role::Dim),
                span(line, Role::Text),
            ]);
        }
    }
    if !facts.offers.is_empty() {
        let names: Vec<&str> = facts.offers.iter().map(|offer| &*offer.name).collect();
        rows.push(vec![
            span(format!("{:<NAME$}  ", "same?"), Role::Warn),
            span(names.join(" · "), Role::Text),
        ]);
    }
    rows
}

/// The first and the last document that names it.
fn dates<'a>(model: &'a Model, facts: &'a Facts, width: u16) -> Vec<Vec<Span<'a>>> {
    let title = |doc: DocId| model.list.listing(doc).map_or("", |listing| &listing.title);
    let (Some((first, of_first)), Some((last, of_last))) = (&facts.first, &facts.last) else {
        return vec![vec![span(
            "dated    no document that names it has a date",
            Role::Dim,
        )]];
    };
    if width < WITH_DATES {
        return vec![vec![
            span(format!("{:<NAME$}  ", "dated"), Role::Dim),
            span(format!("{first} to {last}"), Role::When),
        ]];
    }
    let row = |name: &str, date: String, doc: DocId| {
        vec![
            span(format!("{name:<NAME$}  "), Role::Dim),
            span(format!("{date}  "), Role::When),
            span(title(doc), Role::Dim),
        ]
    };
    let mut rows = vec![row("first", first.to_string(), *of_first)];
    if of_first != of_last {
        rows.push(row("last", last.to_string(), *of_last));
    }
    rows
}

/// Values parted by dots in at most `most` lines, broken between values alone; a sign at the end where some are left out.
fn lines(values: &[String], room: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for value in values {
        let n = lines.len();
        let Some(line) = lines.last_mut() else { break };
        let wanted = text_cells(line) + 3 + text_cells(value);
        // The last line keeps room for the sign.
        let room = if n == most {
            room.saturating_sub(4)
        } else {
            room
        };
        if line.is_empty() {
            line.push_str(value);
        } else if wanted <= room {
            line.push_str(" · ");
            line.push_str(value);
        } else if n < most {
            line.push_str(" ·");
            lines.push(value.clone());
        } else {
            line.push_str(" · …");
            break;
        }
    }
    lines
}

/// The lists by name, each with its length.
fn tabs(card: &EntityCard, row: Rect, pen: &mut Pen) {
    let narrow = row.width < 60;
    let mut spans: Vec<Span> = Vec::new();
    for section in Section::ALL {
        let (name, short) = match section {
            Section::Mentions => ("mentions", "text"),
            Section::Timeline => ("timeline", "dates"),
            Section::With => ("named with", "with"),
            Section::Names => ("names", "names"),
        };
        let name = if narrow { short } else { name };
        let n = card.len(section);
        let more = section == Section::Mentions
            && (card.next.is_some() || card.reading == Reading::UnderWay);
        let n = match (&card.facts, section) {
            (Some(facts), Section::Mentions) => thousands((facts.mentions as usize).max(n)),
            _ if more => "…".to_owned(),
            _ => thousands(n),
        };
        let (name_role, n_role) = if section == card.section {
            (Role::PaneFocused, Role::Accent)
        } else {
            (Role::Dim, Role::Dim)
        };
        spans.push(span(name, name_role));
        spans.push(span(format!(" {n}   "), n_role));
    }
    pen.spans(row.x, row.y, row.right(), &spans);
}

fn rows(model: &Model, card: &EntityCard, list: Rect, pen: &mut Pen) {
    if list.height == 0 {
        return;
    }
    if card.is_empty() {
        let says = match card.section {
            _ if card.facts.is_none() => "",
            Section::Mentions if card.reading == Reading::UnderWay => "Reading the documents…",
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
        let row = Rect {
            y,
            height: 1,
            ..list
        };
        pen.row(
            row,
            &[span(&*listing.title, Role::Dim)],
            &[span(place, Role::Dim)],
        );
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
    let days = event
        .interval
        .map_or_else(|| "?".to_owned(), |interval| days(&interval));
    let end = (row.x + 23).min(row.x + row.width / 2);
    pen.spans(row.x, row.y, end, &[span(days, Role::When)]);
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

/// A name that is this entity's, or may be, and why.
fn name(card: &EntityCard, index: usize, row: Rect, pen: &mut Pen) {
    let Some(facts) = card.facts.as_deref() else {
        return;
    };
    let (name, mentions, why, sign) = match facts.members.get(index) {
        Some(member) => (
            &member.name,
            member.mentions,
            member.why.describe().to_owned(),
            "  ",
        ),
        None => match facts.offers.get(index.saturating_sub(facts.members.len())) {
            Some(offer) => (
                &offer.name,
                offer.mentions,
                format!("the same? {}", offer.why.describe()),
                "? ",
            ),
            None => return,
        },
    };
    let left = vec![
        span(sign, Role::Warn),
        span(&**name, mention_role(facts.kind)),
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
