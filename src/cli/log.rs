//! `postil log`: every change to what the reader wrote, with before and after; and back.

use std::collections::HashMap;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::failure::{Failure, Outcome};
use super::ledger::open_reading;
use super::list::column;
use super::out::{Form, Out, columns};
use super::takeback;
use crate::document::{DocId, Revision};
use crate::runtime::paths::Paths;
use crate::store::{LogEntry, Step, Store, StoreError};
use crate::text::{Offsets, TextRange};

/// What `log` takes.
#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// Only changes to the note, bookmark, link or collection with this number
    #[arg(value_name = "ID")]
    record: Option<i64>,
    /// Only this kind: annotation (a highlight or note), place (where one stands), bookmark, link, tag, override (what is set about a document), entity (what is decided
    /// about names), collection
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    kind: Option<String>,
    /// Only changes after the one with this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    since: i64,
    /// Only the last so many
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// Takes back the change with this number, and all that was done in the same step; what was changed since stays and is named
    #[arg(long, value_name = "N", conflicts_with_all = ["record", "kind", "since", "last"])]
    undo: Option<i64>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// The kinds of records there are.
const KINDS: [&str; 8] = [
    "annotation",
    "place",
    "bookmark",
    "link",
    "tag",
    "override",
    "entity",
    "collection",
];

/// A change as programs read it.
#[derive(Serialize)]
struct ChangeRecord<'a> {
    id: i64,
    at: Timestamp,
    kind: &'a str,
    record: i64,
    action: &'a str,
    /// The first change of the step it belongs to, and what that did.
    step: Option<i64>,
    did: Option<&'a str>,
    before: Value,
    after: Value,
}

/// Prints the changes, oldest first.
pub(super) fn run(args: &LogArgs, places: &Paths) -> Result<Outcome, Failure> {
    if let Some(number) = args.undo {
        return takeback::change(number, Form::of_flag(args.json), places);
    }
    let store = match open_reading(&places.store) {
        Err(StoreError::Absent { .. }) => return Ok(Outcome::Done),
        opened => opened?,
    };
    let mut changes = store.changes_since(args.since)?;
    changes.retain(|change| {
        args.record.is_none_or(|record| change.record == record)
            && args.kind.as_ref().is_none_or(|kind| change.kind == *kind)
    });
    let from = changes.len() - args.last.map_or(changes.len(), |n| n.min(changes.len()));
    let steps = store.steps()?;
    let mut out = Out::new();
    let mut texts = Texts::default();
    let mut shown: Option<i64> = None;
    for change in changes.iter().skip(from) {
        let step = containing(&steps, change.id);
        let [before, after] = [&change.before, &change.after].map(|json| {
            let mut value = value(json.as_deref());
            texts.readable(&mut value, &store);
            value
        });
        match Form::of_flag(args.json) {
            Form::Json => out.json(&ChangeRecord {
                id: change.id,
                at: change.at,
                kind: &change.kind,
                record: change.record,
                action: change.action.as_str(),
                step: step.map(|step| step.first),
                did: step.map(|step| step.what.as_str()),
                before,
                after,
            })?,
            Form::People => {
                if let Some(step) = step.filter(|step| shown != Some(step.first)) {
                    shown = Some(step.first);
                    out.text(&headline(step))?;
                }
                people(&mut out, change, &before, &after)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The texts that records of the log were made on.
#[derive(Default)]
struct Texts(HashMap<Revision, Option<(String, Offsets)>>);

impl Texts {
    /// Puts what the store has into the form that the other commands print: documents and revisions as their names, offsets in code points.
    fn readable(&mut self, value: &mut Value, store: &Store) {
        match value {
            Value::Object(fields) => {
                let revision = fields.get("revision").cloned().map(serde_json::from_value);
                if let Some(Ok(revision)) = revision {
                    let position = fields.get("position").cloned().map(serde_json::from_value);
                    if let Some(Ok(range)) = position {
                        let points = self.points(range, revision, store);
                        fields.insert("position".to_owned(), points);
                    }
                    fields.insert("revision".to_owned(), revision.to_string().into());
                }
                let doc = fields
                    .get("doc")
                    .cloned()
                    .map(serde_json::from_value::<DocId>);
                if let Some(Ok(doc)) = doc {
                    fields.insert("doc".to_owned(), doc.to_string().into());
                }
                fields
                    .values_mut()
                    .for_each(|inside| self.readable(inside, store));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.readable(item, store)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn points(&mut self, range: TextRange, revision: Revision, store: &Store) -> Value {
        let known = self.0.entry(revision).or_insert_with(|| {
            let text = store.annotated_text(&revision).ok().flatten()?;
            let offsets = Offsets::new(&text);
            Some((text, offsets))
        });
        let Some((text, offsets)) = known else {
            return Value::Null;
        };
        let point = |byte| offsets.code_point(text, byte);
        serde_json::json!({"start": point(range.start), "end": point(range.end)})
    }
}

/// The step a change belongs to; steps are in the order of the log.
fn containing(steps: &[Step], change: i64) -> Option<&Step> {
    let after = steps.partition_point(|step| step.first <= change);
    let step = steps.get(after.checked_sub(1)?)?;
    (change <= step.last).then_some(step)
}

/// What was done as one.
fn headline(step: &Step) -> String {
    let n = step.last - step.first + 1;
    let (what, s) = (step.what.as_str(), if n == 1 { "" } else { "s" });
    format!(
        "{what}: {} · {n} change{s} · `postil log --undo {}` takes back all",
        step.label, step.first
    )
}

fn value(json: Option<&str>) -> Value {
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or(Value::Null)
}

/// A line for the change; below it what was and what is, of an update only the fields that differ.
fn people(out: &mut Out, change: &LogEntry, before: &Value, after: &Value) -> Result<(), Failure> {
    let at = change.at.strftime("%Y-%m-%d %H:%M:%S");
    let (action, kind) = (change.action.as_str(), &change.kind);
    out.text(&format!(
        "{:>5}  {at}  {action} {kind} {}",
        change.id, change.record
    ))?;
    let (mut was, mut is) = (Vec::new(), Vec::new());
    leaves("", before, &mut was);
    leaves("", after, &mut is);
    let cells = columns().saturating_sub(9).max(20);
    for (sign, ours, others) in [("-", &was, &is), ("+", &is, &was)] {
        for (name, words) in ours {
            let differs = !others
                .iter()
                .any(|other| other.0 == *name && other.1 == *words);
            if differs && !words.is_empty() && name != "modified" {
                // As a person says it.
                let by_hand = name == "method" && words == "reader";
                let words = if by_hand { "by hand" } else { words };
                let line = format!("{name}: {words}");
                out.text(&format!("     {sign} {}", column(&line, cells).trim_end()))?;
            }
        }
    }
    Ok(())
}

/// Fields a person can read, by their path: texts, numbers, lists of texts.
fn leaves(path: &str, value: &Value, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                // Numbers of texts and documents mean nothing to a person.
                if matches!(name.as_str(), "revision" | "doc" | "id") {
                    continue;
                }
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                leaves(&path, inside, into);
            }
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(word).collect();
            into.push((path.to_owned(), words.join(", ")));
        }
        Value::Null => {}
        other => into.push((path.to_owned(), word(other))),
    }
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| text.replace('\n', " ⏎ "))
}
