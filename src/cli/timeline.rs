//! `postil timeline`: what happened when, told by all documents together.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::entities::gather::{Census, Named};
use super::failure::{Failure, Outcome};
use super::list::column;
use super::out::{Form, Out, columns};
use super::points::Points;
use super::room::{Opened, Room};
use crate::document::{DocId, Edtf, Interval};
use crate::language::entities::EntityId;
use crate::language::quotes::Quote;
use crate::library::tracing::Issued;
use crate::library::tracing::Ready;
use crate::runtime::paths::Paths;
use crate::text::Layer;
use crate::text::width::text_cells;
use crate::timeline::{Event, Row, Sort, Zoom, row_edtf, row_label, rows};

/// What `timeline` takes.
#[derive(Debug, Args)]
pub(super) struct TimelineArgs {
    /// Files and folders; without any the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Only what lies in these days: a date, or two with `..` between; either may be left out
    #[arg(long, value_name = "FROM..TO", allow_hyphen_values = true)]
    range: Option<String>,
    /// Also the passages that no day is known of, at the end
    #[arg(long)]
    undated: bool,
}

/// Where a passage stands and what it says.
struct Passage {
    start: u32,
    end: u32,
    text: String,
}

/// A dated passage by its document, its sentence and its date.
type Key = (DocId, u32, u32);

/// A document that says who said something, with its quotations and what it tells.
type Quoting = (Arc<Ready>, Layer<Quote>, Vec<Event>);

struct Found {
    ready: Arc<Ready>,
    quotes: Layer<Quote>,
    title: (DocId, String),
    passages: Vec<(Key, Passage)>,
    events: Vec<Event>,
    named: Named,
}

#[derive(Serialize)]
struct Line<'a> {
    /// `told` what happened, or `said` that somebody said it; the days are those of it.
    kind: &'static str,
    earliest: Option<Date>,
    latest: Option<Date>,
    edtf: Option<String>,
    label: &'a str,
    entities: Vec<&'a EntityId>,
    conflict: bool,
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    document: String,
    start: u32,
    end: u32,
    text: &'a str,
    /// When it happened, or will.
    earliest: Option<Date>,
    latest: Option<Date>,
    /// Who says so.
    speaker: Option<&'a str>,
    /// When it was said.
    stated: Option<Days>,
    /// When the document was published.
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct Days {
    earliest: Option<Date>,
    latest: Option<Date>,
}

/// Prints the rows in the order of time, undated passages last.
pub(super) fn run(args: &TimelineArgs, places: &Paths) -> Result<Outcome, Failure> {
    let range = args.range.as_deref().map(days).transpose();
    let range = range.map_err(|wrong| Failure::Range {
        typed: args.range.clone().unwrap_or_default(),
        wrong,
    })?;
    let room = Arc::new(Room::new(&args.paths, places)?);
    let mut events: Vec<Event> = Vec::new();
    let mut passages: HashMap<Key, Passage> = HashMap::new();
    let mut titles: HashMap<DocId, String> = HashMap::new();
    let mut census = Census::default();
    let mut issued = Issued::default();
    let mut quoting: Vec<Quoting> = Vec::new();
    let outcome = room.each(
        |room, opened| Ok(find(room, opened)),
        |found| {
            issued.add(&found.ready, &found.quotes);
            if found.events.iter().any(|event| event.sort == Sort::Said) {
                quoting.push((found.ready, found.quotes, found.events));
            } else {
                events.extend(found.events);
            }
            passages.extend(found.passages);
            titles.extend([found.title]);
            census.add(found.named);
            Ok(())
        },
    )?;
    // What a story quotes was said when the statement it comes from was issued.
    for (ready, quotes, mut found) in quoting {
        issued.date(&ready, &quotes, &mut found);
        events.extend(found);
    }
    // Who is the same across the documents, as in `entities`.
    let links = census.links(&room.ledger.entity_decisions()?);
    for event in &mut events {
        links.apply_to_event(event);
    }
    let rows = rows(events);
    let inside = rows.iter().filter(|row| {
        range.is_none_or(|range| row.interval.is_some_and(|days| days.overlaps(range)))
    });
    let mut out = Out::new();
    match Form::of_flag(args.json) {
        Form::Json => {
            for row in inside {
                out.json(&line(row, &passages))?;
            }
        }
        Form::People => {
            // What has no day is vague most often: it is counted, and listed where it is asked for or there is nothing else.
            let (shown, folded): (Vec<&Row>, Vec<&Row>) =
                inside.partition(|row| args.undated || row.interval.is_some());
            let (shown, folded) = if shown.is_empty() {
                (folded, shown)
            } else {
                (shown, folded)
            };
            let dates = shown.iter().map(|row| text_cells(&date_of(row)));
            let cells = Cells {
                all: columns(),
                date: dates.max().unwrap_or(0).min(MOST_DATE_CELLS),
            };
            for row in shown {
                people(row, &titles, cells, &mut out)?;
            }
            if !folded.is_empty() {
                let n = folded.len();
                let passages = if n == 1 { "passage" } else { "passages" };
                out.text(&format!(
                    "and {n} {passages} without a day: --undated lists them"
                ))?;
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// What is wrong with a range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeError {
    /// One of its ends is no date, or it has none.
    NoDays,
    /// It ends before it begins.
    Backwards,
}

/// "2023-09..2023-11", "2023-09..", "..2024", "2023-10".
fn days(range: &str) -> Result<Interval, RangeError> {
    let date = |typed: &str| {
        let date = typed.trim().parse::<Edtf>();
        date.map(|date| date.interval())
            .map_err(|_| RangeError::NoDays)
    };
    let end = |side: &str| match side.trim() {
        "" => Ok(Interval::default()),
        side => date(side),
    };
    match range.split_once("..") {
        None => date(range),
        Some((from, to)) => {
            let (from, to) = (end(from)?.earliest, end(to)?.latest);
            if matches!((from, to), (Some(from), Some(to)) if from > to) {
                return Err(RangeError::Backwards);
            }
            if from.or(to).is_none() {
                return Err(RangeError::NoDays);
            }
            Ok(Interval {
                earliest: from,
                latest: to,
            })
        }
    }
}

fn find(room: &Room, opened: Opened) -> Found {
    let document = &opened.document;
    let analysis = room.analyse(&opened);
    let named = Named::of(document, &analysis);
    let events = analysis.events;
    let mut points = Points::new(&document.text);
    let passages = events
        .iter()
        .map(|event| {
            let passage = Passage {
                start: points.at(event.range.start),
                end: points.at(event.range.end),
                text: event.range.of_text(&document.text).to_owned(),
            };
            (key(event), passage)
        })
        .collect();
    let title = (document.id, document.title().to_owned());
    Found {
        ready: Arc::new(Ready::new(Arc::new(opened.document), None)),
        quotes: analysis.quotes,
        title,
        passages,
        events,
        named,
    }
}

fn key(event: &Event) -> Key {
    (event.doc, event.range.start, event.timex.start)
}

fn line<'a>(row: &'a Row, passages: &'a HashMap<Key, Passage>) -> Line<'a> {
    let mut entities: Vec<&EntityId> = Vec::new();
    for entity in row.sources.iter().flat_map(|source| &source.entities) {
        if !entities.contains(&entity) {
            entities.push(entity);
        }
    }
    let ends = |days: Option<Interval>| {
        let days = days.unwrap_or_default();
        (days.earliest, days.latest)
    };
    let sources = row.sources.iter().filter_map(|source| {
        let passage = passages.get(&key(source))?;
        let (earliest, latest) = ends(source.interval);
        Some(Source {
            document: source.doc.to_string(),
            start: passage.start,
            end: passage.end,
            text: &passage.text,
            earliest,
            latest,
            speaker: source.speaker.as_deref(),
            stated: source.stated.map(|days| Days {
                earliest: days.earliest,
                latest: days.latest,
            }),
            published: source.published.as_ref().map(Edtf::as_str),
        })
    });
    let (earliest, latest) = ends(row.interval);
    Line {
        kind: match row.sources.first().map(|source| source.sort) {
            Some(Sort::Said) => "said",
            Some(Sort::Told) | None => "told",
        },
        earliest,
        latest,
        edtf: row_edtf(row),
        label: row.sources.first().map_or("", |source| &source.label),
        entities,
        conflict: row.conflict,
        sources: sources.collect(),
    }
}

/// Cells of a date at most.
const MOST_DATE_CELLS: usize = 18;

/// Cells of a line and of the dates in it.
#[derive(Clone, Copy)]
struct Cells {
    all: usize,
    date: usize,
}

/// When a row was; what has no day in the words of the text.
fn date_of(row: &Row) -> String {
    if row.interval.is_some() {
        return row_label(row, Zoom::Year);
    }
    let said = row.sources.first().map_or("", |source| &source.said);
    format!("? {said}")
}

/// The date, a mark for a conflict, what happened, and in how many documents; below a conflict each document with its date.
fn people(
    row: &Row,
    titles: &HashMap<DocId, String>,
    cells: Cells,
    out: &mut Out,
) -> Result<(), Failure> {
    let mark = if row.conflict { "!" } else { " " };
    let count = match row.sources.len() {
        0 | 1 => String::new(),
        n => format!(" ×{n}"),
    };
    let label = row.sources.first().map_or("", |source| &source.label);
    let left = cells
        .all
        .saturating_sub(cells.date + 3 + text_cells(&count));
    out.text(
        format!(
            "{} {mark} {}{count}",
            column(&date_of(row), cells.date),
            column(label, left)
        )
        .trim_end(),
    )?;
    if row.conflict {
        for source in &row.sources {
            let title = titles.get(&source.doc).map_or("", String::as_str);
            let line = format!("{} in {title}", source.said);
            let left = cells.all.saturating_sub(cells.date + 5);
            let lead = " ".repeat(cells.date);
            out.text(format!("{lead}     {}", column(&line, left)).trim_end())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> String {
        let end = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        days(text).map_or_else(
            |wrong| format!("{wrong:?}"),
            |days| format!("{}/{}", end(days.earliest), end(days.latest)),
        )
    }

    #[test]
    fn ranges_have_two_ends_one_or_none() {
        assert_eq!(range("2023-09..2023-11"), "2023-09-01/2023-11-30");
        assert_eq!(range("2023-10.."), "2023-10-01/..");
        assert_eq!(range("..2023"), "../2023-12-31");
        assert_eq!(range("2023"), "2023-01-01/2023-12-31");
        assert_eq!(range("2024-02"), "2024-02-01/2024-02-29");
        assert_eq!(range("2024-02-29"), "2024-02-29/2024-02-29");
        assert_eq!(range(".."), "NoDays");
        assert_eq!(range("2024..2023"), "Backwards");
        assert_eq!(range("soon..2023"), "NoDays");
    }
}
