//! `postil history`: a phrase over a series of documents.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out, say};
use super::pick::DocArgs;
use super::points::Points;
use super::room::Room;
use crate::document::DocId;
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
    let room = Arc::new(Room::new(&args.paths, places)?);
    let mut members: Vec<Member> = Vec::new();
    let outcome = room.each(
        |_, opened| {
            let ready = Ready::new(Arc::new(opened.document), None);
            Ok(Member {
                id: ready.document.id.to_string(),
                path: opened.locator,
                title: ready.document.title().to_owned(),
                published: ready.day(),
                ready: Arc::new(ready),
            })
        },
        |member| {
            members.push(member);
            Ok(())
        },
    )?;
    if let Some(like) = &args.like {
        let of = DocArgs::new(like.clone(), args.paths.clone()).open(places)?;
        keep_series(&mut members, of.document.id);
    }
    members.sort_by(|a, b| {
        (a.published.is_none(), a.published, &a.path).cmp(&(
            b.published.is_none(),
            b.published,
            &b.path,
        ))
    });
    let texts: Vec<&str> = members.iter().map(Member::text).collect();
    let n_dated = members.partition_point(|member| member.published.is_some());
    let versions = history(&args.phrase, &texts, n_dated);
    let mut out = Out::new();
    let mut before: Option<&Member> = None;
    let last = versions
        .iter()
        .take(n_dated)
        .rposition(|version| version.range.is_some());
    for (number, (member, version)) in members.iter().zip(&versions).enumerate() {
        match Form::of_flag(args.json) {
            Form::Json => {
                let mut record = record(member, before, version);
                record.is_last = last == Some(number);
                out.json(&record)?;
            }
            Form::People => people(member, before, version, &mut out)?,
        }
        if version.range.is_some() && member.published.is_some() {
            before = Some(member);
        }
    }
    let last = last.and_then(|number| members.get(number));
    if let (Form::People, Some(last)) = (Form::of_flag(args.json), last) {
        out.text(&format!("{}  last seen  {}", day_of(last), last.title))?;
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

/// The day a document was published on, in ten cells.
fn day_of(member: &Member) -> String {
    member
        .published
        .map_or_else(|| "undated   ".to_owned(), |day| day.to_string())
}

/// Keeps the documents that belong to the series of one of them; that one alone where there is none.
fn keep_series(members: &mut Vec<Member>, of: DocId) {
    let publisher = |member: &Member| member.ready.document.meta.publisher.clone();
    let publishers: Vec<Option<String>> = members.iter().map(publisher).collect();
    let named: Vec<(Option<&str>, &str)> = publishers
        .iter()
        .zip(&*members)
        .map(|(publisher, member)| (publisher.as_deref(), &*member.title))
        .collect();
    let Some(at) = members.iter().position(|one| one.ready.document.id == of) else {
        return;
    };
    let titled: HashSet<DocId> = series_by_title(&named, at)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|number| Some(members.get(number)?.ready.document.id))
        .collect();
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
        return;
    };
    let found = alike(&open, &candidates, |one| titled.contains(&one.document.id));
    let kept: HashSet<DocId> = found.iter().map(|one| one.document.id).collect();
    members.retain(|member| kept.contains(&member.ready.document.id));
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

fn people(
    member: &Member,
    before: Option<&Member>,
    version: &Version,
    out: &mut Out,
) -> Result<(), Failure> {
    let (event, changes) = told(&version.event);
    // What happens for long is told once, when it begins.
    if changes.is_empty() && matches!(version.event, Event::NotYet | Event::Kept | Event::Absent) {
        return Ok(());
    }
    let day = day_of(member);
    let event = match version.event {
        Event::Undated(_) => "has it",
        _ => event,
    };
    out.text(&format!("{day}  {event}  {}", member.title))?;
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for change in changes {
        let old = before.map_or_else(String::new, |before| {
            flat(change.source.of_text(before.text()))
        });
        out.text(&format!(
            "  {}: [-{old}-] {{+{}+}}",
            change.kind.as_str(),
            flat(change.copy.of_text(member.text()))
        ))?;
    }
    Ok(())
}
