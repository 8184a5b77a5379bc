//! Taking back what the log says was done: a change, or all that was done with it in one step. What was changed again since stays, and is named.
//!
//! Each kind of record knows how its own changes are taken back (`reverse` in its module); here is what stands in the way of all of them.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::annotations::load;
use super::bulk::{self, Change};
use super::log::{Action, LogEntry};
use super::steps::{self, Plan, Step, What};
use super::{
    Store, StoreError, bookmarks, collections, deciding, entities, links, log, overrides, tags,
};
use crate::annotation::{Annotation, Bookmark, BookmarkName, RecordId};
use crate::library::entities::Decision;

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
    /// The record in words: `note 3`, `mark a`, `the tag arms`.
    pub what: String,
    /// Why.
    pub why: String,
}

/// What is said of a change this version knows nothing of.
pub(super) const UNREADABLE: &str =
    "the log does not say what it was before: a later version of postil wrote it";

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
            let mut stays: HashSet<(&str, i64)> = HashSet::new();
            let mut rows = entities::Rows::default();
            for entry in entries.iter().rev() {
                let record = (entry.kind.as_str(), entry.record);
                if stays.contains(&record) {
                    continue;
                }
                let why = match obstacle(transaction, entry, (first, last))? {
                    Some(why) => Some(why),
                    None => reverse(transaction, entry, &mut rows, now)?,
                };
                match why {
                    Some(why) => {
                        stays.insert(record);
                        left.push(Left {
                            kind: entry.kind.clone(),
                            record: entry.record,
                            what: in_words(transaction, entry)?,
                            why,
                        });
                    }
                    None => done.push(record),
                }
            }
            done.sort_unstable();
            done.dedup();
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
) -> rusqlite::Result<Option<String>> {
    if !stands(connection, entry)? {
        let later: Option<i64> = connection
            .prepare_cached(
                "SELECT id FROM log WHERE kind = ?1 AND record = ?2 AND id > ?3 ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![entry.kind, entry.record, last], |row| row.get(0))
            .optional()?;
        return Ok(Some(match later {
            Some(later) => format!("it was changed since (change {later})"),
            None => UNREADABLE.to_owned(),
        }));
    }
    let would_go =
        entry.kind == "annotation" && matches!(entry.action, Action::Add | Action::Restore);
    if !would_go {
        return Ok(None);
    }
    if deciding::is_decided(connection, RecordId(entry.record))? {
        return Ok(Some("its place was decided since".to_owned()));
    }
    // Links that came in the same step go with it.
    let link: Option<i64> = connection
        .prepare_cached(
            "SELECT l.id FROM links l WHERE ?1 IN (l.source, l.target) AND l.deleted IS NULL
                AND NOT EXISTS (SELECT 1 FROM log g WHERE g.kind = 'link' AND g.record = l.id AND g.id BETWEEN ?2 AND ?3) LIMIT 1",
        )?
        .query_row(params![entry.record, first, last], |row| row.get(0))
        .optional()?;
    Ok(link.map(|link| format!("it was linked since (link {link})")))
}

/// Whether the record is as the change left it.
fn stands(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<bool> {
    match entry.kind.as_str() {
        "annotation" => {
            let there = load(connection, RecordId(entry.record))?;
            Ok(match (there, after::<Annotation>(entry)) {
                (Some((now, false)), Some(then)) => now.body == then.body,
                (Some((_, gone)), None) => gone,
                _ => false,
            })
        }
        "bookmark" => bookmarks::stands(connection, entry),
        "collection" => collections::stands(connection, entry),
        "link" => links::stands(connection, entry),
        "place" => deciding::stands(connection, entry),
        "tag" => tags::stands(connection, entry),
        // These say themselves what was decided or set since: one record there is about several things.
        _ => Ok(true),
    }
}

/// Does the opposite; or why that cannot be done.
fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    rows: &mut entities::Rows,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    match entry.kind.as_str() {
        "annotation" => reverse_annotation(connection, entry, now),
        "bookmark" => bookmarks::reverse(connection, entry, now),
        "collection" => collections::reverse(connection, entry, now),
        "entity" => entities::reverse(connection, entry, rows, now),
        "link" => links::reverse(connection, entry, now),
        "override" => overrides::reverse(connection, entry, now),
        "place" => deciding::reverse(connection, entry, now),
        "tag" => tags::reverse(connection, entry, now),
        _ => Ok(Some(UNREADABLE.to_owned())),
    }
}

fn reverse_annotation(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let change = match entry.action {
        Action::Add | Action::Restore => Change::Delete,
        Action::Delete => Change::Restore,
        Action::Update => match before::<Annotation>(entry) {
            Some(before) => Change::Body(before.body),
            None => return Ok(Some(UNREADABLE.to_owned())),
        },
    };
    bulk::apply(connection, RecordId(entry.record), &change, now)?;
    Ok(None)
}

/// What a change is about, as a person says it.
fn in_words(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<String> {
    let LogEntry { kind, record, .. } = entry;
    Ok(match kind.as_str() {
        "annotation" => format!("note {record}"),
        "place" => format!("the place of note {record}"),
        "bookmark" => match after::<Bookmark>(entry).or_else(|| before(entry)) {
            Some(bookmark) => match bookmark.name {
                BookmarkName::Local(letter) | BookmarkName::Global(letter) => {
                    format!("mark {letter}")
                }
                BookmarkName::Named(name) => format!("bookmark {name}"),
            },
            None => format!("bookmark {record}"),
        },
        "tag" => match after::<tags::Logged>(entry).or_else(|| before(entry)) {
            Some(tag) => format!("tag {}", tag.tag().name),
            None => format!("tag {record}"),
        },
        "collection" => match after::<collections::Logged>(entry).or_else(|| before(entry)) {
            Some(collection) => format!("collection {}", collection.name),
            None => format!("collection {record}"),
        },
        "entity" => match after::<Decision>(entry).or_else(|| before(entry)) {
            Some(decision) => format!("`{decision}`"),
            None => format!("decision {record}"),
        },
        "override" => connection
            .prepare_cached("SELECT title FROM works WHERE id = ?1")?
            .query_row([record], |row| row.get(0))
            .optional()?
            .map_or_else(
                || format!("document {record}"),
                |title: String| format!("what is set of “{title}”"),
            ),
        other => format!("{other} {record}"),
    })
}

/// The record before the change.
pub(super) fn before<T: DeserializeOwned>(entry: &LogEntry) -> Option<T> {
    serde_json::from_str(entry.before.as_deref()?).ok()
}

/// The record after the change.
pub(super) fn after<T: DeserializeOwned>(entry: &LogEntry) -> Option<T> {
    serde_json::from_str(entry.after.as_deref()?).ok()
}
