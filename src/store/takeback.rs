//! Taking back what the log says was done: a change, or all that was done with it in one step. What was changed again since stays, and is named.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::bulk::{self, Change};
use super::log::{Action, LogEntry};
use super::steps::{self, Plan, Step, What};
use super::{Store, StoreError, bookmarks, links, log, tags};
use crate::annotation::{Annotation, RecordId};

/// What taking back did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakenBack {
    /// What was taken back, where it was a step of several changes.
    pub step: Option<Step>,
    /// The number of the first change that this made; it can be taken back as well.
    pub first: Option<i64>,
    /// Records that are again as they were.
    pub done: u32,
    /// Records that stay as they are.
    pub left: Vec<Left>,
}

/// A record that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// `annotation`, `link`, `tag` and so on.
    pub kind: String,
    /// Its number.
    pub record: i64,
    /// Why.
    pub why: &'static str,
}

const CHANGED: &str = "it was changed since";
const LINKED: &str = "it was linked since";
const DECIDED: &str = "its place was decided since";
const NOT_HERE: &str = "a change of this kind is taken back on the screen";

impl Store {
    /// Takes back the change with this number in the log, with all that was done in the same step; all or nothing, as a step of its own.
    pub fn take_back(&mut self, change: i64, now: Timestamp) -> Result<TakenBack, StoreError> {
        let missing = || StoreError::NoRecord {
            kind: "change",
            key: change.to_string(),
        };
        let found = self.read(|connection| {
            let step = steps::containing(connection, change)?;
            let (first, last) = step
                .as_ref()
                .map_or((change, change), |step| (step.first, step.last));
            Ok((log::between(connection, first, last)?, step))
        })?;
        let (entries, step) = found;
        let last = entries.last().map(|entry| entry.id).ok_or_else(missing)?;
        let first = entries.first().map_or(last, |entry| entry.id);
        let label = match &step {
            Some(step) => format!("{} {}", step.what.as_str(), step.label),
            None => format!("change {change}"),
        };
        let plan = Plan {
            what: What::Undo,
            label: &label,
            undoes: Some(first),
        };
        let ((done, left), made) = self.step(plan, now, |transaction| {
            let mut done: Vec<(&str, i64)> = Vec::new();
            let mut left: Vec<Left> = Vec::new();
            for entry in entries.iter().rev() {
                let record = (entry.kind.as_str(), entry.record);
                if left
                    .iter()
                    .any(|left| (left.kind.as_str(), left.record) == record)
                {
                    continue;
                }
                let in_the_way = obstacle(transaction, entry, (first, last))?;
                let why = match in_the_way {
                    Some(why) => Some(why),
                    None => reverse(transaction, entry, now)?,
                };
                match why {
                    Some(why) => left.push(Left {
                        kind: entry.kind.clone(),
                        record: entry.record,
                        why,
                    }),
                    None if !done.contains(&record) => done.push(record),
                    None => {}
                }
            }
            left.reverse();
            Ok((done.len() as u32, left))
        })?;
        Ok(TakenBack {
            step,
            first: made,
            done,
            left,
        })
    }
}

/// What was done with the record since, if anything was.
fn obstacle(
    connection: &Connection,
    entry: &LogEntry,
    (first, last): (i64, i64),
) -> rusqlite::Result<Option<&'static str>> {
    let later = |kind: &str| {
        connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM log WHERE kind = ?1 AND record = ?2 AND id > ?3)",
            )?
            .query_row(params![kind, entry.record, last], |row| {
                row.get::<_, bool>(0)
            })
    };
    if later(&entry.kind)? {
        return Ok(Some(CHANGED));
    }
    let would_go =
        entry.kind == "annotation" && matches!(entry.action, Action::Add | Action::Restore);
    if !would_go {
        return Ok(None);
    }
    if later("place")? {
        return Ok(Some(DECIDED));
    }
    // Links that came in the same step go with it.
    let linked = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM links l WHERE ?1 IN (l.source, l.target) AND l.deleted IS NULL
                AND NOT EXISTS (SELECT 1 FROM log g WHERE g.kind = 'link' AND g.record = l.id AND g.id BETWEEN ?2 AND ?3))",
        )?
        .query_row(params![entry.record, first, last], |row| row.get(0))?;
    Ok(if linked { Some(LINKED) } else { None })
}

/// Does the opposite; or why that cannot be done.
fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<&'static str>> {
    match (entry.kind.as_str(), entry.action) {
        ("annotation", action) => {
            let id = RecordId(entry.record);
            let change = match action {
                Action::Add | Action::Restore => Change::Delete,
                Action::Delete => Change::Restore,
                Action::Update => match before::<Annotation>(entry) {
                    Some(before) => Change::Body(before.body),
                    None => return Ok(Some(NOT_HERE)),
                },
            };
            bulk::apply(connection, id, &change, now)?;
            Ok(None)
        }
        ("bookmark", Action::Add | Action::Restore) => {
            bookmarks::forget(connection, RecordId(entry.record), now)?;
            Ok(None)
        }
        ("link", Action::Add | Action::Restore) => {
            links::put(connection, RecordId(entry.record), Action::Delete, now)?;
            Ok(None)
        }
        ("link", Action::Delete) => {
            links::put(connection, RecordId(entry.record), Action::Restore, now)?;
            Ok(None)
        }
        ("tag", Action::Add | Action::Update) => {
            let name: Option<String> = connection
                .prepare_cached("SELECT name FROM tags WHERE id = ?1")?
                .query_row([entry.record], |row| row.get(0))
                .optional()?;
            let Some(name) = name else {
                return Ok(Some(NOT_HERE));
            };
            let old = before::<tags::Logged>(entry);
            let old = old.map_or_else(|| crate::annotation::Tag::plain(&name), tags::Logged::tag);
            tags::put(connection, &old, now)?;
            Ok(None)
        }
        _ => Ok(Some(NOT_HERE)),
    }
}

fn before<T: serde::de::DeserializeOwned>(entry: &LogEntry) -> Option<T> {
    serde_json::from_str(entry.before.as_deref()?).ok()
}
