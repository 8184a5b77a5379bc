//! `postil trace`: where the quotations of a document come from, and what was changed in them.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out};
use super::pick::DocArgs;
use super::points::Points;
use super::room::Room;
use super::traced::{Traced, all};
use crate::runtime::paths::Paths;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::passage::Change;
use crate::trace::quotations::{Link, Text, Trace, traces};

/// What `trace` takes.
#[derive(Debug, Args)]
pub(super) struct TraceArgs {
    #[command(flatten)]
    doc: DocArgs,
    /// One JSON object a quotation
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Span {
    start: u32,
    end: u32,
    text: String,
}

#[derive(Serialize)]
struct Quotation<'a> {
    document: String,
    parts: Vec<Span>,
    speaker: Option<String>,
    /// `verbatim`, …, or `no-source`.
    class: &'static str,
    source: Option<Source<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    document: String,
    path: &'a str,
    title: &'a str,
    start: u32,
    end: u32,
    text: String,
    cut: bool,
    matched: usize,
    changes: Vec<Changed>,
}

#[derive(Serialize)]
struct Changed {
    kind: Kind,
    quote: Span,
    source: Span,
}

/// Prints each quotation with its source; found missing is an alteration.
pub(super) fn run(args: &TraceArgs, places: &Paths) -> Result<Outcome, Failure> {
    let opened = args.doc.open(places)?;
    let room = Arc::new(Room::new(args.doc.around(), places)?);
    let document = Traced::new(&room, opened);
    let (mut others, outcome) = all(&room)?;
    // The same text under another name is no source.
    others.retain(|other| {
        other.document.id != document.document.id
            && other.document.revision != document.document.revision
    });
    let sources: Vec<Text> = others.iter().map(Traced::text).collect();
    let found = traces(document.text(), &sources);
    let mut out = Out::new();
    let mut points = Points::new(&document.document.text);
    for trace in &found {
        let source = trace
            .link
            .as_ref()
            .and_then(|link| Some((link, others.get(link.source)?)));
        match Form::of_flag(args.json) {
            Form::Json => out.json(&quotation(&document, trace, source, &mut points))?,
            Form::People => people(&document, trace, source, &mut out)?,
        }
    }
    out.flush()?;
    let n_altered = found
        .iter()
        .filter(|trace| trace.link.as_ref().is_some_and(Link::is_altered))
        .count();
    Ok(outcome.and(Outcome::of_count(n_altered)))
}

fn span(text: &str, points: &mut Points, range: TextRange) -> Span {
    Span {
        start: points.at(range.start),
        end: points.at(range.end),
        text: range.of_text(text).to_owned(),
    }
}

fn speaker(document: &Traced, trace: &Trace) -> Option<String> {
    let (_, quote) = document.quotes.get(*trace.quotes.first()?)?;
    let speaker = quote.speaker.as_ref()?;
    Some(one_line(speaker.range.of_text(&document.document.text)))
}

fn quotation<'a>(
    document: &Traced,
    trace: &Trace,
    source: Option<(&'a Link, &'a Traced)>,
    points: &mut Points,
) -> Quotation<'a> {
    let text = &document.document.text;
    Quotation {
        document: document.document.id.to_string(),
        parts: trace
            .parts
            .iter()
            .map(|part| span(text, points, *part))
            .collect(),
        speaker: speaker(document, trace),
        class: source.map_or("no-source", |(link, _)| link.class.as_str()),
        source: source.map(|(link, from)| {
            let mut of_source = Points::new(&from.document.text);
            let passage = span(&from.document.text, &mut of_source, link.range);
            let changed = |change: &&Change| Changed {
                kind: change.kind,
                quote: span(text, points, change.copy),
                source: span(&from.document.text, &mut of_source, change.source),
            };
            Source {
                document: from.document.id.to_string(),
                path: &from.locator,
                title: from.document.title(),
                start: passage.start,
                end: passage.end,
                text: passage.text,
                cut: link.is_cut,
                matched: link.matched,
                changes: link.ranked().iter().map(changed).collect(),
            }
        }),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn people(
    document: &Traced,
    trace: &Trace,
    source: Option<(&Link, &Traced)>,
    out: &mut Out,
) -> Result<(), Failure> {
    let text = &document.document.text;
    let parts: Vec<String> = trace
        .parts
        .iter()
        .map(|part| one_line(part.of_text(text)))
        .collect();
    let who = speaker(document, trace).map_or(String::new(), |who| format!("{who}: "));
    out.text(&format!("{who}“{}”", parts.join("” … “")))?;
    let Some((link, from)) = source else {
        return out.text("  no source found");
    };
    let cut = if link.is_cut { ", ends early" } else { "" };
    out.text(&format!(
        "  {}{cut} · {}",
        link.class.as_str(),
        from.document.title()
    ))?;
    for change in link.ranked() {
        let quoted = one_line(change.copy.of_text(text));
        let said = one_line(change.source.of_text(&from.document.text));
        let told = match (said.is_empty(), quoted.is_empty()) {
            (false, false) => format!("“{said}” became “{quoted}”"),
            (false, true) => format!("“{said}” was left out"),
            (true, _) => format!("“{quoted}” was put in"),
        };
        out.text(&format!("  {}: {told}", change.kind.as_str()))?;
    }
    Ok(())
}
