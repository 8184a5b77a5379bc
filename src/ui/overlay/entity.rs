//! The card of an entity: what is known of it above, and one of its lists below.

mod rows;

use ratatui::layout::Rect;

use crate::app::cards::type_name;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::EntityCard;
use crate::app::overlay::entity::{Chosen, Reading, Section};
use crate::document::DocId;
use crate::library::entities::Facts;
use crate::text::width::text_cells;
use crate::ui::frame;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::reader::layers::mention_role;
use crate::ui::theme::Role;
use crate::ui::words::{counted, one_line, thousands};

/// Cells of a card, and of the names of its facts.
const WIDTH: u16 = 118;
const NAME: usize = 7;
/// From this width on each row says when its document was published.
const WITH_DATES: u16 = 64;
/// Narrower than this, few words are used.
const NARROW: u16 = 60;
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
    let inner = frame::paint(area, card.title(), hints(card), pen);
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
    rows::paint(model, card, list, pen);
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
fn hints(card: &EntityCard) -> &'static str {
    if card.parting.is_some() {
        return "Enter takes it out · Esc leaves it|Esc · u would bring it back";
    }
    if card.facts.as_ref().is_some_and(|facts| facts.hidden) {
        return "x shows it again · Esc closes";
    }
    match (card.section, &card.chosen()) {
        (Section::Names, Some(Chosen::Offer(_))) => {
            "m the same|m same · d somebody else|d different · Enter looks closer · u undo"
        }
        (Section::Names, Some(Chosen::Spelling(_))) => {
            "s takes this spelling out|s takes it out · Enter shows where|Enter shows · m merge · r rename · x hide · u undo"
        }
        (Section::Names, _) => {
            "s takes the name out|s takes it out · m merge · r rename · t type · x hide · u undo"
        }
        (Section::With, _) => {
            "Enter opens the card|Enter opens · Tab next list|Tab next · f show only this|f only this · Esc closes"
        }
        (Section::Mentions | Section::Timeline, _) => {
            "Enter goes there|Enter goes · Tab next list|Tab next · s split · f show only this|f only this · m merge · x hide · r rename · t type"
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
        let says = if width < WITH_DATES {
            "in no document"
        } else {
            "no document that names it has a date"
        };
        return vec![vec![span(format!("{:<NAME$}  {says}", "dated"), Role::Dim)]];
    };
    if width < WITH_DATES {
        return vec![vec![
            span(format!("{:<NAME$}  ", "dated"), Role::Dim),
            span(
                if first == last {
                    first.to_string()
                } else {
                    format!("{first} to {last}")
                },
                Role::When,
            ),
        ]];
    }
    let row = |name: &str, date: String, doc: DocId| {
        vec![
            span(format!("{name:<NAME$}  "), Role::Dim),
            span(format!("{date}  "), Role::When),
            span(title(doc), Role::Dim),
        ]
    };
    if of_first == of_last {
        return vec![row("dated", first.to_string(), *of_first)];
    }
    vec![
        row("first", first.to_string(), *of_first),
        row("last", last.to_string(), *of_last),
    ]
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
    let narrow = row.width < NARROW;
    let gap = if narrow { "  " } else { "   " };
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
        spans.push(span(format!(" {n}{gap}"), n_role));
    }
    pen.spans(row.x, row.y, row.right(), &spans);
}
