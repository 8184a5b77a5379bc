//! `postil trace`: where the quotations of a document come from, and what was changed in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out, say};
use super::pick::DocArgs;
use super::points::Points;
use super::traced::{Traced, all};
use crate::document::Edtf;
use crate::library::tracing::{Chain, Rest, chains_of, changes, traced};
use crate::runtime::paths::Paths;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::passage::Change;
use crate::trace::quotations::{Link, Text, Trace};

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
    /// Its alterations that other documents have too.
    chains: Vec<ChainRecord<'a>>,
}

#[derive(Serialize)]
struct ChainRecord<'a> {
    /// The words of the source that were changed.
    source: Span,
    change: &'a str,
    /// The documents that have it, the earliest first.
    links: Vec<LinkRecord<'a>>,
}

#[derive(Serialize)]
struct LinkRecord<'a> {
    document: String,
    path: &'a str,
    title: &'a str,
    published: Option<&'a str>,
    speaker: Option<&'a str>,
    start: u32,
    end: u32,
    text: String,
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
    /// The end of the last sentence, left out as if nothing came.
    left_out: Option<LeftOut>,
    /// Whether the words alone are too few to be certain of.
    probable: bool,
    matched: usize,
    changes: Vec<Changed>,
}

#[derive(Serialize)]
struct LeftOut {
    #[serde(flatten)]
    span: Span,
    /// Whether it is a condition or an exception.
    condition: bool,
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
    let room = Arc::new(args.doc.room_around(&opened.locator, places)?);
    let document = Traced::new(&room, opened);
    let (mut others, outcome) = all(&room)?;
    // The same text under another name is no source.
    others.retain(|other| {
        other.document().id != document.document().id
            && other.document().revision != document.document().revision
    });
    let sources: Vec<Text> = others.iter().map(Traced::text).collect();
    let found = traced(document.text(), &sources);
    let chains = chains(&document, &found, &others);
    let mut out = Out::new();
    let mut points = Points::new(&document.document().text);
    for trace in &found {
        let source = trace
            .link
            .as_ref()
            .and_then(|link| Some((link, others.get(link.source)?)));
        let shared = chains_of_trace(&document, trace, &chains);
        match Form::of_flag(args.json) {
            Form::Json => {
                let mut record = quotation(&document, trace, source, &mut points);
                if let Some((_, from)) = source {
                    let all = (&document, &*others);
                    record.chains = shared.iter().map(|one| chain(one, from, all)).collect();
                }
                out.json(&record)?;
            }
            Form::People => {
                people(&document, trace, source, &mut out)?;
                for chain in shared {
                    tell_chain(chain, &mut out)?;
                }
            }
        }
    }
    out.flush()?;
    if found.iter().any(|trace| trace.link.is_none()) {
        say(&format!(
            "looked in {} other documents; `--in PATH` looks elsewhere, quotations of fewer than five words are left out",
            sources.len()
        ));
    }
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
    Some(one_line(speaker.range.of_text(&document.document().text)))
}

fn quotation<'a>(
    document: &Traced,
    trace: &Trace,
    source: Option<(&'a Link, &'a Traced)>,
    points: &mut Points,
) -> Quotation<'a> {
    let text = &document.document().text;
    Quotation {
        document: document.document().id.to_string(),
        parts: trace
            .parts
            .iter()
            .map(|part| span(text, points, *part))
            .collect(),
        speaker: speaker(document, trace),
        class: source.map_or("no-source", |(link, _)| link.class.as_str()),
        chains: Vec::new(),
        source: source.map(|(link, from)| {
            let mut of_source = Points::new(&from.document().text);
            let passage = span(&from.document().text, &mut of_source, link.range);
            let left_out = link.rest.map(|rest| LeftOut {
                span: span(&from.document().text, &mut of_source, rest),
                condition: link.drops_condition(&from.document().text),
            });
            let changed = |change: &&Change| Changed {
                kind: change.kind,
                quote: span(text, points, change.copy),
                source: span(&from.document().text, &mut of_source, change.source),
            };
            Source {
                document: from.document().id.to_string(),
                path: &from.locator,
                title: from.document().title(),
                start: passage.start,
                end: passage.end,
                text: passage.text,
                cut: link.is_cut(),
                left_out,
                probable: link.is_probable,
                matched: link.matched,
                changes: link.ranked().iter().map(changed).collect(),
            }
        }),
    }
}

/// The alterations of all quotations that other documents have too, by the number of the source.
fn chains(document: &Traced, found: &[Trace], others: &[Traced]) -> BTreeMap<usize, Vec<Chain>> {
    let mut altered: BTreeMap<usize, Vec<TextRange>> = BTreeMap::new();
    for trace in found {
        if let Some(link) = trace.link.as_ref().filter(|link| link.is_altered()) {
            let parts = altered.entry(link.source).or_default();
            parts.extend_from_slice(&trace.parts);
        }
    }
    let all: Vec<_> = others.iter().map(|other| other.ready.clone()).collect();
    altered
        .into_iter()
        .filter_map(|(number, parts)| {
            let source = all.get(number)?;
            Some((number, chains_of(&document.ready, source, &parts, &all)))
        })
        .collect()
}

/// Those of them that a quotation is a link of.
fn chains_of_trace<'c>(
    document: &Traced,
    trace: &Trace,
    chains: &'c BTreeMap<usize, Vec<Chain>>,
) -> Vec<&'c Chain> {
    let link = trace.link.as_ref().filter(|link| link.is_altered());
    let of_source = link.and_then(|link| chains.get(&link.source));
    let id = document.document().id;
    of_source
        .into_iter()
        .flatten()
        .filter(|chain| trace.parts.iter().any(|part| chain.has(id, *part)))
        .collect()
}

fn chain<'a>(
    chain: &'a Chain,
    source: &Traced,
    (document, others): (&'a Traced, &'a [Traced]),
) -> ChainRecord<'a> {
    let text = &source.document().text;
    let links = chain.links.iter().filter_map(|link| {
        let mut all = std::iter::once(document).chain(others);
        let of = all.find(|one| one.document().id == link.of.doc)?;
        let text = &of.document().text;
        let at = span(text, &mut Points::new(text), link.at);
        Some(LinkRecord {
            document: link.of.doc.to_string(),
            path: &of.locator,
            title: &link.of.title,
            published: link.of.published.as_ref().map(Edtf::as_str),
            speaker: link.speaker.as_deref(),
            start: at.start,
            end: at.end,
            text: at.text,
        })
    });
    ChainRecord {
        source: span(text, &mut Points::new(text), chain.source),
        change: &chain.told,
        links: links.collect(),
    }
}

fn tell_chain(chain: &Chain, out: &mut Out) -> Result<(), Failure> {
    out.text(&format!("  the same change elsewhere: {}", chain.told))?;
    for link in &chain.links {
        let day = link.of.published.as_ref().map_or("undated", Edtf::as_str);
        out.text(&format!("    {day}  {}", link.of.title))?;
    }
    Ok(())
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
    let text = &document.document().text;
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
    let cut = if link.is_cut() { ", ends early" } else { "" };
    let from_where = if link.is_probable {
        "probably from"
    } else {
        "·"
    };
    let day = from.ready.published.as_ref();
    out.text(&format!(
        "  {}{cut} {from_where} {} · {}",
        link.class.as_str(),
        from.document().title(),
        day.map_or("undated", Edtf::as_str)
    ))?;
    if let Some(rest) = link.rest {
        let rest = Rest {
            words: one_line(rest.of_text(&from.document().text)),
            is_condition: link.drops_condition(&from.document().text),
        };
        out.text(&format!("  {}", rest.told()))?;
    }
    for (sort, told) in changes(text, &from.document().text, &link.changes) {
        out.text(&format!("  {sort}: {told}"))?;
    }
    Ok(())
}
