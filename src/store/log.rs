//! Every change to what the reader wrote, with before and after.

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::{Store, StoreError};

/// One change to what the reader wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number; later changes have higher ones.
    pub id: i64,
    /// When, by the clock of the instance that made it.
    pub at: Timestamp,
    /// `annotation`, `bookmark`, `link`, `tag`, `collection`, `entity` for a decision about names, `override` for what is set about a document, or `place` for where an
    /// annotation stands.
    pub kind: String,
    /// The record's number; of an override the work's, of a place the annotation's.
    pub record: i64,
    /// What was done.
    pub action: Action,
    /// The record before, as JSON.
    pub before: Option<String>,
    /// The record afterwards, as JSON.
    pub after: Option<String>,
}

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Add,
    /// It was changed.
    Update,
    /// It was deleted; it can be restored.
    Delete,
    /// A delete was undone.
    Restore,
}

impl Action {
    /// As stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Restore => "restore",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Add, Self::Update, Self::Delete, Self::Restore]
            .into_iter()
            .find(|action| action.as_str() == word)
    }
}

impl Store {
    /// Every change after the one numbered `after`, oldest first, whichever instance made it; 0 gives all.
    pub fn changes_since(&self, after: i64) -> Result<Vec<LogEntry>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, at, kind, record, action, before, after FROM log WHERE id > ?1 ORDER BY id",
            )?;
            statement.query_map([after], entry)?.collect()
        })
    }

    /// The number of the latest change, 0 before the first.
    pub fn last_change(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT ifnull(max(id), 0) FROM log")?
                .query_row([], |row| row.get(0))
        })
    }
}

/// The changes from the one numbered `first` to the one numbered `last`, oldest first.
pub(super) fn between(
    connection: &Connection,
    first: i64,
    last: i64,
) -> rusqlite::Result<Vec<LogEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, kind, record, action, before, after FROM log WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    statement.query_map([first, last], entry)?.collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let action: String = row.get(4)?;
    Ok(LogEntry {
        id: row.get(0)?,
        at: time(row, 1)?,
        kind: row.get(2)?,
        record: row.get(3)?,
        action: Action::from_word(&action)
            .ok_or_else(|| unreadable(4, format!("`{action}` is no change the log knows")))?,
        before: row.get(5)?,
        after: row.get(6)?,
    })
}

/// Writes down a change, in the transaction that makes it.
pub(super) fn note<T: Serialize>(
    connection: &Connection,
    (kind, record, action): (&str, i64, Action),
    before: Option<&T>,
    after: Option<&T>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let json = |record: Option<&T>| {
        record
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
    };
    connection
        .prepare_cached(
            "INSERT INTO log (at, kind, record, action, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            now.as_microsecond(),
            kind,
            record,
            action.as_str(),
            json(before)?,
            json(after)?
        ])?;
    Ok(())
}

/// The time in a column of microseconds.
pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(row.get(column)?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, error.into())
    })
}

/// A column that holds what no version of postil writes.
pub(super) fn unreadable(column: usize, why: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why.into())
}
