//! `postil history`: a phrase over a series of documents.

mod told;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::analyze::{Form as Input, each_line};
use super::failure::{Failure, Outcome};
use super::out::{Form, Out, say};
use super::pick::DocArgs;
use super::points::Points;
use super::room::Room;
use crate::document::{DocId, Document, Published, PublishedFrom};
use crate::import::file_date;
use crate::library::tracing::{Ready, alike, members as series_by_title};
use crate::runtime::paths::Paths;
use crate::trace::history::{Event, Version, history};
use crate::trace::kinds::Kind;
use crate::trace::passage::Change;

/// What `history` takes.
#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// The phrase or sentence to follow, as it stands in any of the documents
    #[arg(value_name = "PHRASE")]
    phrase: String,
    /// The series: files and folders; without any the current collection, else the samples
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only the series a document belongs to, by publisher, titles and likeness of the texts: a path, an id, a file name or a part of a title
    #[arg(long, value_name = "DOC")]
    like: Option<String>,
    /// What the paths are: documents, or files of JSON lines as `analyze` takes them; where none of these is dated, their order is the series
    #[arg(long, value_enum, default_value_t, conflicts_with = "like")]
    input: Input,
    /// One JSON object a document
    #[arg(long)]
    json: bool,
}

/// A document of the series.
struct Member {
    id: String,
    path: String,
    title: String,
    published: Option<Date>,
    ready: Arc<Ready>,
}

impl Member {
    fn of(document: Document, path: String) -> Self {
        let ready = Ready::new(Arc::new(document), None);
        Self {
            id: ready.document.id.to_string(),
            path,
            title: ready.document.title().to_owned(),
            published: ready.day(),
            ready: Arc::new(ready),
        }
    }

    fn text(&self) -> &str {
        &self.ready.document.text
    }
}

#[derive(Serialize)]
struct Record<'a> {
    document: &'a str,
    path: &'a str,
    published: Option<Date>,
    /// `not-yet`, `first-seen`, `kept`, `changed`, `dropped`, `absent`, `returned`, or `undated` where it stands in a document without a day.
    event: &'static str,
    /// Whether it is the last document that has it.
    is_last: bool,
    start: Option<u32>,
    end: Option<u32>,
    text: Option<&'a str>,
    changes: Vec<Changed<'a>>,
}

#[derive(Serialize)]
struct Changed<'a> {
    kind: Kind,
    before: &'a str,
    now: &'a str,
}

/// Prints what became of the phrase, in the order of the days; undated documents come last.
pub(super) fn run(args: &HistoryArgs, places: &Paths) -> Result<Outcome, Failure> {
    let mut members: Vec<Member> = Vec::new();
    let outcome = match args.input {
        Input::Text => {
            let room = Arc::new(Room::new(&args.paths, places)?);
            room.each(
                |_, opened| Ok(Member::of(opened.document, opened.locator)),
                |member| {
                    members.push(member);
                    Ok(())
                },
            )?
        }
        Input::Jsonl => each_line(&args.paths, |mut document| {
            let name = document.title().to_owned();
            // As of a file: what does not say when it is from may be called by its day.
            if document.meta.published.is_none() {
                document.meta.published = file_date(&name).map(|date| Published {
                    date,
                    from: PublishedFrom::FileName,
                    at: None,
                });
            }
            members.push(Member::of(document, name));
        })?,
    };
    let in_series = if let Some(like) = &args.like {
        let of = DocArgs::new(like.clone(), args.paths.clone()).open(places)?;
        let series = series_of(&members, of.document.id);
        members.retain(|member| series.contains(&member.ready.document.id));
        Series::Known
    } else if args.input == Input::Jsonl {
        Series::Known
    } else {
        suggest(&mut members, args)
    };
    let in_order = args.input == Input::Jsonl && members.iter().all(|one| one.published.is_none());
    if !in_order {
        members.sort_by(|a, b| {
            (a.published.is_none(), a.published, &a.path).cmp(&(
                b.published.is_none(),
                b.published,
                &b.path,
            ))
        });
    }
    let texts: Vec<&str> = members.iter().map(Member::text).collect();
    let n_dated = if in_order {
        members.len()
    } else {
        members.partition_point(|member| member.published.is_some())
    };
    let mut versions = history(&args.phrase, &texts, n_dated);
    if in_series == Series::Unknown {
        versions.iter_mut().for_each(Version::alone);
    }
    let mut out = Out::new();
    let last = versions
        .iter()
        .take(n_dated)
        .rposition(|version| version.range.is_some());
    match Form::of_flag(args.json) {
        Form::Json => {
            let mut before: Option<&Member> = None;
            for (number, (member, version)) in members.iter().zip(&versions).enumerate() {
                let mut record = record(member, before, version);
                record.is_last = last == Some(number);
                out.json(&record)?;
                if version.range.is_some() && number < n_dated {
                    before = Some(member);
                }
            }
        }
        Form::People => told::people(&members, &versions, (n_dated, in_series), &mut out)?,
    }
    out.flush()?;
    if versions.iter().all(|version| version.range.is_none()) {
        say(&format!(
            "`{}` is in none of {} documents, nor anything like it: fewer words may find more",
            args.phrase.trim(),
            members.len()
        ));
        return Ok(Outcome::Found);
    }
    Ok(outcome)
}

/// Whether the documents are known to be a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Series {
    /// They are, or the reader says so.
    Known,
    /// They are not: one without the phrase has not dropped it.
    Unknown,
}

/// Keeps the series of the earliest document with the phrase, and what has the phrase too: a story among statements does not drop what they say.
fn suggest(members: &mut Vec<Member>, args: &HistoryArgs) -> Series {
    let has = |member: &Member| {
        let found = history(&args.phrase, &[member.text()], 1);
        found.iter().any(|version| version.range.is_some())
    };
    let with: HashSet<DocId> = members
        .iter()
        .filter(|member| has(member))
        .map(|member| member.ready.document.id)
        .collect();
    let first = members
        .iter()
        .filter(|member| with.contains(&member.ready.document.id))
        .min_by_key(|member| (member.published.is_none(), member.published));
    let Some(first) = first.map(|member| member.ready.document.id) else {
        return Series::Known;
    };
    let mut series = series_of(members, first);
    // One of the series may have become another text: its title tells.
    let at = members
        .iter()
        .position(|one| one.ready.document.id == first);
    series.extend(at.into_iter().flat_map(|at| titled_like(members, at)));
    if series.len() < FEWEST {
        // What the reader names is the series, even where it does not look like one.
        return if args.paths.is_empty() {
            Series::Unknown
        } else {
            Series::Known
        };
    }
    members.retain(|member| {
        let doc = member.ready.document.id;
        series.contains(&doc) || with.contains(&doc)
    });
    Series::Known
}

/// Documents that make a series at least.
const FEWEST: usize = 3;

/// The publisher of each document.
fn publishers(members: &[Member]) -> Vec<Option<String>> {
    let publisher = |member: &Member| member.ready.document.meta.publisher.clone();
    members.iter().map(publisher).collect()
}

/// The documents with a title like that of one of them.
fn titled_like(members: &[Member], at: usize) -> HashSet<DocId> {
    let publishers = publishers(members);
    let named: Vec<(Option<&str>, &str)> = publishers
        .iter()
        .zip(members)
        .map(|(publisher, member)| (publisher.as_deref(), &*member.title))
        .collect();
    series_by_title(&named, at)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|number| Some(members.get(number)?.ready.document.id))
        .collect()
}

/// The documents that belong to the series of one of them; that one alone where there is none.
fn series_of(members: &[Member], of: DocId) -> HashSet<DocId> {
    let Some(at) = members.iter().position(|one| one.ready.document.id == of) else {
        return HashSet::new();
    };
    let publishers = publishers(members);
    let titled = titled_like(members, at);
    let own = publishers.get(at).cloned().flatten();
    let candidates: Vec<Arc<Ready>> = members
        .iter()
        .zip(&publishers)
        .filter(|(member, publisher)| {
            let same = own.is_some() && **publisher == own;
            let doc = member.ready.document.id;
            doc != of && (same || titled.contains(&doc))
        })
        .map(|(member, _)| member.ready.clone())
        .collect();
    let Some(open) = members.get(at).map(|member| member.ready.clone()) else {
        return HashSet::new();
    };
    let found = alike(&open, &candidates, |one| titled.contains(&one.document.id));
    found.iter().map(|one| one.document.id).collect()
}

/// The name of what happened, and what was changed.
const fn told(event: &Event) -> (&'static str, &[Change]) {
    match event {
        Event::NotYet => ("not-yet", &[]),
        Event::FirstSeen => ("first-seen", &[]),
        Event::Kept => ("kept", &[]),
        Event::Changed(changes) => ("changed", changes.as_slice()),
        Event::Dropped => ("dropped", &[]),
        Event::Absent => ("absent", &[]),
        Event::Returned(changes) => ("returned", changes.as_slice()),
        Event::Undated(changes) => ("undated", changes.as_slice()),
    }
}

fn record<'a>(member: &'a Member, before: Option<&'a Member>, version: &Version) -> Record<'a> {
    let mut points = Points::new(member.text());
    let (event, changes) = told(&version.event);
    Record {
        document: &member.id,
        path: &member.path,
        published: member.published,
        event,
        is_last: false,
        start: version.range.map(|range| points.at(range.start)),
        end: version.range.map(|range| points.at(range.end)),
        text: version.range.map(|range| range.of_text(member.text())),
        changes: changes
            .iter()
            .map(|change| Changed {
                kind: change.kind,
                before: before.map_or("", |before| change.source.of_text(before.text())),
                now: change.copy.of_text(member.text()),
            })
            .collect(),
    }
}
