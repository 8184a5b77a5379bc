//! A quotation above and its source below.

use super::marked::{self, Line, Signs, lines};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::TraceCard;
use crate::document::Edtf;
use crate::library::tracing::{Chain, Named, Quotation};
use crate::trace::passage::Class;
use crate::ui::frame;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, wrapped};

/// Cells of a card.
pub(super) const WIDTH: u16 = 104;
/// Documents of a chain that are named.
const MOST_LINKS: usize = 8;
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

pub(super) fn plain(text: &str, cells: usize, role: Role) -> impl Iterator<Item = Line> {
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
    let scrolls = rows.len() > usize::from(area.height.saturating_sub(2));
    let hints = match (scrolls, has_source) {
        (true, true) => {
            "Enter goes to the source|Enter goes · j k scroll · n p next quotation|n p next · Esc closes"
        }
        (false, true) => {
            "Enter goes to the source|Enter goes · n p next quotation|n p next · Esc closes"
        }
        (true, false) => "j k scroll · n p next quotation|n p next · Esc closes",
        (false, false) => "n p next quotation|n p next · Esc closes",
    };
    let title = match (&card.found, card.shown) {
        (Some(found), Some(shown)) => {
            format!("Quotation {} of {}", shown + 1, found.len())
        }
        _ => "Quotation".to_owned(),
    };
    let inner = frame::paint(area, &title, hints, pen);
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
    if let Some(quotation) = card.quotation() {
        traced(quotation, cells, &mut rows);
    } else {
        rows.extend(plain(&card.said, cells, Role::Text).take(MOST_ROWS));
        rows.push(Line::new());
        let n = counted(found.len(), "other quotation");
        let why = format!("Too short to be traced: fewer than five words. {n} can be.");
        rows.extend(plain(&why, cells, Role::Dim));
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
    if !source.changes.is_empty() {
        rows.push(Line::new());
    }
    rows.extend(changes(&source.changes, cells));
    for chain in &quotation.chains {
        rows.push(Line::new());
        chained(chain, cells, rows);
    }
}

/// Each change with its sort, in as many lines as it takes.
pub(super) fn changes(
    changes: &[(&'static str, String)],
    cells: usize,
) -> impl Iterator<Item = Line> {
    changes.iter().flat_map(move |(sort, told)| {
        let lines = wrapped(&format!("{sort}: {told}"), cells.saturating_sub(2));
        lines.into_iter().enumerate().map(|(index, line)| {
            let sign = if index == 0 { "· " } else { "  " };
            vec![span(sign, Role::Dim), span(line, Role::Text)]
        })
    })
}

/// An alteration that several documents share: what it is, and who has it, the earliest first.
pub(super) fn chained(chain: &Chain, cells: usize, rows: &mut Vec<Line>) {
    let n = counted(chain.links.len(), "document");
    let told = format!("the same change in {n}, earliest first: {}", chain.told);
    rows.extend(plain(&told, cells, Role::Warn));
    for link in chain.links.iter().take(MOST_LINKS) {
        let mut line = vec![span("· ", Role::Dim)];
        line.extend(dated(&link.of));
        if let Some(who) = &link.speaker {
            line.push(span(format!(" · {who}"), Role::Dim));
        }
        rows.push(line);
    }
    if let Some(rest) = chain.links.len().checked_sub(MOST_LINKS).filter(|n| *n > 0) {
        rows.push(heading(format!("  and {rest} more"), Role::Dim));
    }
}

/// How weighty what became of words is.
pub(super) const fn class_role(class: Class) -> Role {
    match class {
        Class::Verbatim | Class::Typographic | Class::Ellipsis => Role::QuoteVerbatim,
        Class::Cut | Class::Altered | Class::Rewritten => Role::Warn,
    }
}
