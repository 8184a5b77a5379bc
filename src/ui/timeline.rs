//! The timeline: bars for how much happened when, and below them what happened, in the order of time.

use ratatui::layout::Rect;

use super::pane;
use super::pen::{Pen, Span, span};
use super::theme::Role;
use super::when::{self, Bars};
use super::words::{counted, one_line, thousands};
use crate::app::layout::Areas;
use crate::app::model::{Model, Pane};
use crate::document::{DocId, Edtf, Interval};
use crate::text::width::text_cells;
use crate::timeline::{Event, Row, Sort, Zoom, row_label};

/// Rows of the bars and of the name of the chosen period.
const HEAD: u16 = 2;
/// Widest column for when something was.
const WHEN: usize = 13;
/// The same where it holds the year.
const WHEN_WITH_YEAR: usize = 17;

pub(super) fn paint(model: &Model, area: Rect, pen: &mut Pen) {
    pen.clear(area, Role::Page);
    title(model, area, pen);
    let content = Areas::content(area);
    let pane = &model.timeline;
    if pane.shown.is_empty() {
        let says: &[&str] = if !pane.made {
            &["No dates yet · analysing…"]
        } else if pane.rows.is_empty() {
            &["Nothing is dated here"]
        } else {
            &["Everything is filtered out", "Fx shows all"]
        };
        return pane::empty(content, says, pen);
    }
    density(model, content, pen);
    let rows = Rect {
        y: content.y.saturating_add(HEAD),
        height: content.height.saturating_sub(HEAD),
        ..content
    };
    let columns = Columns::of(model, rows.height);
    let mut y = rows.y;
    let mut year_above = None;
    for shown in pane.top..pane.shown.len() {
        if y >= rows.bottom() {
            break;
        }
        let Some(row) = row_at(model, shown) else {
            break;
        };
        let line = Rect {
            y,
            height: 1,
            ..rows
        };
        let year = year_of(row);
        event_row(
            model,
            shown,
            row,
            if year == year_above { None } else { year },
            columns,
            line,
            pen,
        );
        year_above = year;
        y += 1;
        if pane.n_lines(shown) > 1 {
            for (index, event) in row.sources.iter().enumerate() {
                if y >= rows.bottom() {
                    break;
                }
                let mark = if index == pane.source {
                    pen.symbols().chosen
                } else {
                    pen.symbols().separator
                };
                source(model, event, mark, Rect { y, ..line }, pen);
                y += 1;
            }
        }
    }
    if pane.n_folded > 0 && y < rows.bottom() {
        let says = format!("{} without a day · za", counted(pane.n_folded, "passage"));
        pen.put(rows.x + 1, y, rows.right(), &says, Role::Dim);
    }
}

fn row_at(model: &Model, shown: usize) -> Option<&Row> {
    let index = *model.timeline.shown.get(shown)?;
    model.timeline.rows.get(index as usize)
}

fn title(model: &Model, area: Rect, pen: &mut Pen) {
    let pane = &model.timeline;
    let role = pane::title_role(model, Pane::Timeline);
    let count = if pane.shown.len() + pane.n_folded < pane.rows.len() {
        format!(
            " {}/{}",
            thousands(pane.shown.len()),
            thousands(pane.rows.len())
        )
    } else {
        format!(" {}", thousands(pane.rows.len()))
    };
    let mut left: Vec<Span> = vec![span("Timeline", role)];
    if pane.made {
        left.push(span(count, Role::Dim));
    }
    let filter = &pane.filter;
    if filter.document.is_some() {
        left.push(span(" · this document", Role::Accent));
    }
    if let Some((_, name)) = &filter.entity {
        left.push(span(format!(" · {name}"), Role::Accent));
    }
    if let Some(range) = filter.range {
        left.push(span(format!(" · {}", days(range)), Role::Accent));
    }
    match filter.sort {
        None => {}
        Some(Sort::Said) => left.push(span(" · what was said", Role::Accent)),
        Some(Sort::Told) => left.push(span(" · what happened", Role::Accent)),
    }
    if !filter.text.is_empty() {
        left.push(span(format!(" · {}", filter.text), Role::Accent));
    }
    // What narrows it matters more than how close it looks.
    let right = [span(when::zoom_name(pane.zoom), Role::Dim)];
    let right: &[Span] = if filter.is_empty() || area.width > 48 {
        &right
    } else {
        &[]
    };
    pane::title(area, &left, right, pen);
}

/// A range of days, as it is typed.
fn days(range: Interval) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    if range.earliest == range.latest {
        day(range.earliest)
    } else {
        format!("{}..{}", day(range.earliest), day(range.latest))
    }
}

/// The bars, the first and last period at their ends, and the chosen one's name below its bar.
fn density(model: &Model, content: Rect, pen: &mut Pen) {
    let pane = &model.timeline;
    let label = 6_u16;
    let labelled = content.width >= 30;
    let inset = if labelled { label + 2 } else { 1 };
    let room = content.width.saturating_sub(inset * 2);
    let Bars { bars, chosen } = when::bars(pane, usize::from(room));
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return;
    };
    let most = bars.iter().map(|bar| bar.rows).max().unwrap_or(0);
    // Few bars are drawn wide, so that the line is as long for a week as for a decade.
    let each = (usize::from(room) / bars.len().max(1)).clamp(1, 3) as u16;
    let x0 = content.x + inset;
    let mut x = x0;
    let mut under = None;
    for (index, bar) in bars.iter().enumerate() {
        let role = if chosen == Some(index) {
            Role::Accent
        } else {
            Role::Density
        };
        if chosen == Some(index) {
            under = Some(x + each / 2);
        }
        let sign = pen.symbols().density_of(bar.rows, most);
        for x in x..x + each {
            match sign {
                Some(sign) if content.height > 0 => pen.sign(x, content.y, sign, role),
                _ => {}
            }
        }
        x += each;
    }
    if labelled && content.height > 0 {
        let first = when::short_name(first.start, pane.zoom);
        let last = when::short_name(last.start, pane.zoom);
        let cells = text_cells(&first) as u16;
        pen.put(
            x0 - 1 - cells.min(x0 - 1 - content.x),
            content.y,
            x0 - 1,
            &first,
            Role::Dim,
        );
        if first != last {
            pen.put(x + 1, content.y, content.right(), &last, Role::Dim);
        }
    }
    if let Some((under, bar)) = under.zip(chosen.and_then(|index| bars.get(index)))
        && content.height > 1
    {
        let name = when::name(bar.start, pane.zoom);
        let cells = text_cells(&name) as u16;
        let x = under
            .saturating_sub(cells / 2)
            .min(content.right().saturating_sub(cells + 1))
            .max(content.x + 1);
        pen.put(x, content.y + 1, content.right(), &name, Role::Dim);
    }
}

/// Where the columns of the rows on the screen stand.
#[derive(Clone, Copy)]
struct Columns {
    year: u16,
    when: u16,
}

impl Columns {
    fn of(model: &Model, height: u16) -> Self {
        let pane = &model.timeline;
        let rows = (pane.top..pane.shown.len())
            .take(usize::from(height))
            .filter_map(|shown| row_at(model, shown));
        let widest = rows
            .map(|row| text_cells(&when_text(row, pane.zoom)))
            .max()
            .unwrap_or(0);
        Self {
            year: if pane.zoom == Zoom::Year { 0 } else { 5 },
            when: match pane.zoom {
                Zoom::Year => widest.clamp(4, WHEN_WITH_YEAR) as u16,
                Zoom::Month | Zoom::Day => widest.clamp(4, WHEN) as u16,
            },
        }
    }
}

/// When a row was, without the year where a column has it.
fn when_text(row: &Row, zoom: Zoom) -> String {
    if row.interval.is_none() {
        // In the words of the text, as there are no days.
        let said = row.sources.first().map(|event| one_line(&event.said));
        return said.unwrap_or_default();
    }
    let text = row_label(row, zoom);
    let year = year_of(row).map(|year| year.to_string());
    if zoom != Zoom::Year && Some(&text) == year.as_ref() {
        String::new()
    } else {
        text
    }
}

fn year_of(row: &Row) -> Option<i16> {
    let interval = row.interval?;
    interval
        .earliest
        .or(interval.latest)
        .map(jiff::civil::Date::year)
}

fn event_row(
    model: &Model,
    shown: usize,
    row: &Row,
    year: Option<i16>,
    columns: Columns,
    line: Rect,
    pen: &mut Pen,
) {
    let pane = &model.timeline;
    if shown == pane.selected {
        pen.tint(line, pane::chosen_role(model, Pane::Timeline));
        pen.sign(line.x, line.y, pen.symbols().chosen, Role::Accent);
    }
    let end = line.right().saturating_sub(1);
    let mut x = line.x.saturating_add(1);
    if columns.year > 0 {
        if let Some(year) = year {
            pen.spans(
                x,
                line.y,
                (x + columns.year).min(end),
                &[span(year.to_string(), Role::Dim)],
            );
        }
        x = x.saturating_add(columns.year);
    }
    if row.conflict && x < end {
        pen.sign(x, line.y, pen.symbols().warning, Role::Warn);
    }
    x = x.saturating_add(1);
    let role = if row.conflict {
        Role::Warn
    } else if row.interval.is_none() {
        Role::Dim
    } else {
        Role::When
    };
    pen.spans(
        x,
        line.y,
        (x + columns.when).min(end),
        &[span(when_text(row, pane.zoom), role)],
    );
    x = x.saturating_add(columns.when + 1);
    // What the open document tells is text, what others tell steps back.
    let open = model.here().map(|(doc, _)| doc);
    let role = if row.sources.iter().any(|event| Some(event.doc) == open) {
        Role::Text
    } else {
        Role::Dim
    };
    if let Some(best) = row.sources.first() {
        let mut end = end;
        if row.sources.len() > 1 && shown != pane.selected && x.saturating_add(12) < end {
            let many = format!("{}", row.sources.len());
            end -= many.len() as u16 + 1;
            pen.put(end + 1, line.y, line.right(), &many, Role::Dim);
        }
        pen.spans(x, line.y, end, &[span(&*best.label, role)]);
    }
    if shown == pane.selected {
        pen.even(line, pane::chosen_role(model, Pane::Timeline));
    }
}

/// One of several documents that tell of a row: what it says, and which it is.
fn source(model: &Model, event: &Event, mark: &str, line: Rect, pen: &mut Pen) {
    let end = line.right().saturating_sub(1);
    let x = line.x.saturating_add(2);
    pen.tint(line, pane::chosen_role(model, Pane::Timeline));
    pen.put(x, line.y, end, mark, Role::Accent);
    let mut spans = vec![span(event.said.to_string(), Role::When)];
    if let Some(stated) = stated_apart(event) {
        spans.push(span(format!(" · said {stated}"), Role::Dim));
    }
    spans.push(span(" · ", Role::Dim));
    spans.push(span(document_name(model, event.doc), Role::Dim));
    pen.spans(x.saturating_add(2), line.y, end, &spans);
    pen.even(line, pane::chosen_role(model, Pane::Timeline));
}

/// The day something was said, where that is another than the one it tells of.
pub(super) fn stated_apart(event: &Event) -> Option<String> {
    let stated = event.stated.filter(|_| event.stated != event.interval)?;
    Some(days_said(stated))
}

/// Days in a few cells: "26 Oct 2023".
pub(super) fn days_said(interval: Interval) -> String {
    let day = |day: Option<jiff::civil::Date>, format: &str| {
        day.map(|day| day.strftime(format).to_string())
            .unwrap_or_default()
    };
    if interval.earliest == interval.latest {
        day(interval.earliest, "%-d %b %Y")
    } else {
        format!(
            "{}–{}",
            day(interval.earliest, "%-d %b"),
            day(interval.latest, "%-d %b %Y")
        )
    }
}

/// A document by its publisher, else its title, and its date.
fn document_name(model: &Model, doc: DocId) -> String {
    let Some(listing) = model.list.listing(doc) else {
        return "a document not in the list".to_owned();
    };
    let who = listing.publisher.as_deref().unwrap_or(&listing.title);
    match listing.published.as_ref().map(Edtf::as_str) {
        Some(date) => format!("{who}, {date}"),
        None => who.to_owned(),
    }
}
