//! What `analyze` puts out: one object a document, with offsets in code points.

use std::cell::Cell;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::super::json;
use super::super::points::Points;
use super::input::Item;
use crate::document::{Document, Edtf, Interval, Published, PublishedFrom};
use crate::import::exact;
use crate::language::entities::{EntityId, EntityType, Lists, Mention};
use crate::language::quotes::Quote;
use crate::library::{Analysis, analyse_naming};
use crate::runtime::source::{STDIN, Sources};
use crate::text::{TextRange, width};
use crate::time::{Anchoring, Modifier, Timex, TimexKind};
use crate::timeline::Event;

/// What the command line asks of every document.
pub(super) struct Asked {
    pub(super) published: Option<Edtf>,
    pub(super) text: Text,
    pub(super) sources: Sources,
    /// The names of the reader that were given.
    pub(super) names: Lists,
}

/// When `text` is put out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Where the caller does not have it.
    OfFiles,
    /// Always.
    Always,
}

/// A line of output.
pub(super) enum Answer {
    /// An analysis.
    Record(Vec<u8>),
    /// What kept a document from being analysed.
    Error(Vec<u8>),
}

/// Columns of a message that may repeat the input.
const MESSAGE_CELLS: usize = 200;

/// The line of output for an item.
pub(super) fn answer(item: &Item, asked: &Asked) -> Answer {
    let failed = |error| Answer::Error(json::line(&error));
    match item {
        Item::Document { locator } => match asked.sources.document(locator) {
            Ok(imported) => {
                let mut document = imported.document;
                if let Some(date) = &asked.published {
                    document.meta.published = Some(given(date.clone()));
                }
                let (id, path) = (document.id.to_string(), Some(locator.as_str()));
                record(&id, path, (&document, &asked.names), Some(&document.text))
            }
            Err(error) => failed(error_of(item, error.to_string())),
        },
        Item::Line { bytes, .. } => match read(bytes) {
            Ok(input) => {
                let published = input.published.or_else(|| asked.published.clone());
                let document = exact(&input.id, &input.text, input.title.as_deref(), published);
                drop(input.text);
                let text = match asked.text {
                    Text::Always => Some(&*document.text),
                    Text::OfFiles => None,
                };
                record(&input.id, None, (&document, &asked.names), text)
            }
            Err((id, why)) => failed(Failed {
                id,
                ..error_of(item, why)
            }),
        },
        Item::Missing { why, .. } => failed(error_of(item, why.clone())),
    }
}

fn given(date: Edtf) -> Published {
    Published {
        date,
        from: PublishedFrom::Input,
        at: None,
    }
}

/// An object with `error`, in the place of a document.
#[derive(Serialize)]
pub(super) struct Failed {
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    error: String,
}

/// What is put out for an item that could not be analysed.
pub(super) fn error_of(item: &Item, error: String) -> Failed {
    let (id, path, line) = match item {
        Item::Document { locator } => (
            Some(crate::runtime::source::doc_of(locator).to_string()),
            (locator != STDIN).then(|| locator.clone()),
            None,
        ),
        Item::Line { path, number, .. } => {
            (None, path.as_deref().map(str::to_owned), Some(*number))
        }
        Item::Missing { path, number, .. } => (None, path.as_deref().map(str::to_owned), *number),
    };
    Failed {
        id,
        path,
        line,
        error,
    }
}

/// The document in a line, or what is wrong and where.
pub(super) fn document(item: &Item) -> Result<Document, String> {
    match item {
        Item::Line { bytes, .. } => match read(bytes) {
            Ok(input) => Ok(exact(
                &input.id,
                &input.text,
                input.title.as_deref().or(Some(&input.id)),
                input.published,
            )),
            Err((_, why)) => Err(told(item, &why)),
        },
        Item::Missing { why, .. } => Err(told(item, why)),
        Item::Document { locator } => Err(format!("`{locator}` is no line of JSON")),
    }
}

/// What is wrong with an item, with where it stands.
pub(super) fn told(item: &Item, why: &str) -> String {
    let (path, number) = match item {
        Item::Document { locator } => (Some(&**locator), None),
        Item::Line { path, number, .. } => (path.as_deref(), Some(*number)),
        Item::Missing { path, number, .. } => (path.as_deref(), *number),
    };
    let line = number.map(|number| format!("line {number}: "));
    let path = path.map(|path| format!("{path}: "));
    format!(
        "{}{}{why}",
        path.unwrap_or_default(),
        line.unwrap_or_default()
    )
}

/// A line of input, understood.
struct Input {
    id: String,
    text: String,
    title: Option<String>,
    published: Option<Edtf>,
}

/// Reads a line; where it is no document, its id if it has one, and why.
fn read(line: &[u8]) -> Result<Input, (Option<String>, String)> {
    const NEXT: &str = r#"write {"id": "…", "text": "…"} on one line"#;
    let mut fields: Map<String, Value> = serde_json::from_slice(line).map_err(|error| {
        let error = width::shorten(&error.to_string(), MESSAGE_CELLS);
        (
            None,
            format!("the line is not a JSON object ({error}); {NEXT}"),
        )
    })?;
    let mut string = |field: &str| match fields.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => Err(
            format!("\"{field}\" is not a string; put quotation marks around it"),
        ),
    };
    let id = string("id").map_err(|why| (None, why))?;
    let failed = |why: String| (id.clone(), why);
    let text = string("text").map_err(failed)?;
    let title = string("title").map_err(failed)?;
    let published = string("published").map_err(failed)?;
    let published = published.map(|date| date.parse::<Edtf>());
    let published = published
        .transpose()
        .map_err(|error| failed(format!("\"published\": {error}")))?;
    match (id.clone(), text) {
        (Some(id), Some(text)) => Ok(Input {
            id,
            text,
            title,
            published,
        }),
        (None, _) => Err(failed(format!("the object has no \"id\"; {NEXT}"))),
        (Some(_), None) => Err(failed(format!("the object has no \"text\"; {NEXT}"))),
    }
}

/// A list that is made while it is written: whole, those of a large document would be larger than the document.
struct Each<I>(Cell<Option<I>>);

impl<I> Each<I> {
    const fn of(items: I) -> Self {
        Self(Cell::new(Some(items)))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}

#[derive(Serialize)]
struct Record<'a, E, T, Q, V> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a Edtf>,
    published_from: Option<&'static str>,
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    entities: E,
    timexes: T,
    quotes: Q,
    events: V,
}

#[derive(Serialize)]
struct EntityRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(rename = "type")]
    kind: EntityType,
    entity: &'a EntityId,
    name: &'a str,
    adjective: bool,
}

#[derive(Serialize)]
struct TimexRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(rename = "type")]
    kind: TimexKind,
    value: &'a str,
    #[serde(rename = "mod")]
    modifier: Option<Modifier>,
    earliest: Option<Date>,
    latest: Option<Date>,
    edtf: Option<&'a str>,
    anchored_to: Anchoring,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    speaker: Option<SpeakerRecord<'a>>,
    cue: Option<SpanRecord>,
    group: u32,
}

#[derive(Serialize)]
struct SpeakerRecord<'a> {
    start: u32,
    end: u32,
    entity: Option<&'a EntityId>,
}

#[derive(Serialize)]
struct SpanRecord {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct EventRecord<'a> {
    start: u32,
    end: u32,
    earliest: Option<Date>,
    latest: Option<Date>,
    entities: &'a [EntityId],
    label: &'a str,
}

fn record(
    id: &str,
    path: Option<&str>,
    (document, names): (&Document, &Lists),
    text: Option<&str>,
) -> Answer {
    let Analysis {
        mentions,
        timexes,
        quotes,
        events,
        ..
    } = analyse_naming(document, &[], names);
    let spans = || Spans {
        text: &document.text,
        points: Points::new(&document.text),
    };
    let (mut of_entities, mut of_timexes, mut of_quotes, mut of_events) =
        (spans(), spans(), spans(), spans());
    // A saying that no date stands in is no dated passage of the text.
    let dated: Vec<&Event> = events
        .iter()
        .filter(|event| event.speaker.is_none() || !event.timex.is_empty())
        .collect();
    let published = document.meta.published.as_ref();
    let record = Record {
        id,
        path: path.filter(|path| *path != STDIN),
        title: document.meta.title.as_deref(),
        published: published.map(|published| &published.date),
        published_from: published.map(|published| published.from.as_str()),
        language: document.meta.language.as_deref(),
        text,
        entities: Each::of(
            mentions
                .iter()
                .map(|(range, mention)| of_entities.entity(*range, mention)),
        ),
        timexes: Each::of(
            timexes
                .iter()
                .map(|(range, timex)| of_timexes.timex(*range, timex)),
        ),
        quotes: Each::of(
            quotes
                .iter()
                .map(|(range, quote)| of_quotes.quote(*range, quote)),
        ),
        events: Each::of(dated.iter().map(|event| of_events.event(event))),
    };
    Answer::Record(json::line(&record))
}

fn days(interval: Option<Interval>) -> (Option<Date>, Option<Date>) {
    let interval = interval.unwrap_or_default();
    (interval.earliest, interval.latest)
}

/// Ranges of a text, as the interface counts them.
struct Spans<'a> {
    text: &'a str,
    points: Points<'a>,
}

impl<'a> Spans<'a> {
    fn span(&mut self, range: TextRange) -> SpanRecord {
        SpanRecord {
            start: self.points.at(range.start),
            end: self.points.at(range.end),
        }
    }

    fn entity(&mut self, range: TextRange, mention: &'a Mention) -> EntityRecord<'a> {
        let SpanRecord { start, end } = self.span(range);
        EntityRecord {
            start,
            end,
            text: range.of_text(self.text),
            kind: mention.kind,
            entity: &mention.entity,
            name: &mention.name,
            adjective: mention.adjective,
        }
    }

    fn timex(&mut self, range: TextRange, timex: &'a Timex) -> TimexRecord<'a> {
        let SpanRecord { start, end } = self.span(range);
        let (earliest, latest) = days(timex.interval);
        TimexRecord {
            start,
            end,
            text: range.of_text(self.text),
            kind: timex.kind,
            value: &timex.value,
            modifier: timex.modifier,
            earliest,
            latest,
            edtf: timex.edtf.as_deref(),
            anchored_to: timex.anchor,
        }
    }

    fn quote(&mut self, range: TextRange, quote: &'a Quote) -> QuoteRecord<'a> {
        let SpanRecord { start, end } = self.span(range);
        let speaker = quote.speaker.as_ref().map(|speaker| {
            let SpanRecord { start, end } = self.span(speaker.range);
            SpeakerRecord {
                start,
                end,
                entity: speaker.entity.as_ref(),
            }
        });
        QuoteRecord {
            start,
            end,
            text: range.of_text(self.text),
            speaker,
            cue: quote.cue.map(|cue| self.span(cue)),
            group: quote.group,
        }
    }

    fn event(&mut self, event: &'a Event) -> EventRecord<'a> {
        let SpanRecord { start, end } = self.span(event.range);
        let (earliest, latest) = days(event.interval);
        EventRecord {
            start,
            end,
            earliest,
            latest,
            entities: &event.entities,
            label: &event.label,
        }
    }
}
