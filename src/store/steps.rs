//! Changes that were made as one, so that they can be told and taken back as one.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::log::{time, unreadable};
use super::{Store, StoreError};

/// Several changes made as one: a range of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub what: What,
    /// In words: which file, how many notes.
    pub label: String,
    /// The number of its first change.
    pub first: i64,
    /// The number of its last change.
    pub last: i64,
    /// The first of the changes it took back, if it took back any.
    pub undoes: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Brought in a file of another program.
    Import,
    /// Changed many notes at once.
    Bulk,
    /// Changed the vocabulary of tags.
    Tags,
    /// Took back what was done before.
    Undo,
}

impl What {
    const ALL: [Self; 4] = [Self::Import, Self::Bulk, Self::Tags, Self::Undo];

    /// As stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Bulk => "bulk",
            Self::Tags => "tags",
            Self::Undo => "undo",
        }
    }
}

/// A step before anything is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan<'a> {
    pub(super) what: What,
    pub(super) label: &'a str,
    pub(super) undoes: Option<i64>,
}

const COLUMNS: &str = "SELECT what, label, first, last, undoes, at FROM steps ";

impl Store {
    /// Every step, the oldest first.
    pub fn steps(&self) -> Result<Vec<Step>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY first"))?;
            statement.query_map([], step)?.collect()
        })
    }

    /// The last import of notes that was not taken back; one of decisions about names is none.
    pub fn last_import(&self) -> Result<Option<Step>, StoreError> {
        let steps = self.steps()?;
        let imports = steps.iter().rev().filter(|step| step.what == What::Import);
        for import in imports.filter(|import| !is_undone(import.first, &steps)) {
            let kind: String = self.read(|connection| {
                connection
                    .prepare_cached("SELECT kind FROM log WHERE id = ?1")?
                    .query_row([import.first], |row| row.get(0))
            })?;
            if kind != "entity" {
                return Ok(Some(import.clone()));
            }
        }
        Ok(None)
    }

    /// Runs `act` in one transaction; what it changed is one step. Gives what it returned with the number of the first change, none if nothing was changed.
    pub(super) fn step<T>(
        &mut self,
        plan: Plan<'_>,
        now: Timestamp,
        act: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<(T, Option<i64>), StoreError> {
        self.write(|transaction| {
            let before = last_change(transaction)?;
            let done = act(transaction)?;
            Ok((done, conclude(transaction, before, plan, now)?))
        })
    }
}

/// Makes one step of everything that was changed after `before`, in the transaction that changed it. Gives the number of the first change, none if nothing was changed.
pub(super) fn conclude(
    connection: &Connection,
    before: i64,
    plan: Plan<'_>,
    now: Timestamp,
) -> rusqlite::Result<Option<i64>> {
    let last = last_change(connection)?;
    if last <= before {
        return Ok(None);
    }
    let first: i64 = connection
        .prepare_cached("SELECT min(id) FROM log WHERE id > ?1")?
        .query_row([before], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO steps (what, label, first, last, undoes, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            plan.what.as_str(),
            plan.label,
            first,
            last,
            plan.undoes,
            now.as_microsecond()
        ])?;
    Ok(Some(first))
}

/// Whether the change `first`, and what was done with it, was taken back, and that not taken back again.
fn is_undone(first: i64, steps: &[Step]) -> bool {
    steps
        .iter()
        .any(|step| step.undoes == Some(first) && !is_undone(step.first, steps))
}

/// The number of the last change.
pub(super) fn last_change(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT ifnull(max(id), 0) FROM log")?
        .query_row([], |row| row.get(0))
}

/// The step a change belongs to.
pub(super) fn containing(connection: &Connection, change: i64) -> rusqlite::Result<Option<Step>> {
    connection
        .prepare_cached(&format!(
            "{COLUMNS} WHERE last >= ?1 AND first <= ?1 ORDER BY last LIMIT 1"
        ))?
        .query_row([change], step)
        .optional()
}

/// Whether what is gone went because its making was taken back, and not because the reader deleted it.
pub(super) fn was_taken_back(
    connection: &Connection,
    kind: &str,
    record: i64,
) -> rusqlite::Result<bool> {
    let last: Option<i64> = connection
        .prepare_cached("SELECT max(id) FROM log WHERE kind = ?1 AND record = ?2")?
        .query_row(params![kind, record], |row| row.get(0))?;
    let Some(last) = last else {
        return Ok(false);
    };
    Ok(containing(connection, last)?.is_some_and(|step| step.what == What::Undo))
}

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    let word: String = row.get(0)?;
    Ok(Step {
        what: What::ALL
            .into_iter()
            .find(|what| what.as_str() == word)
            .ok_or_else(|| unreadable(0, format!("`{word}` is no step")))?,
        label: row.get(1)?,
        first: row.get(2)?,
        last: row.get(3)?,
        undoes: row.get(4)?,
        at: time(row, 5)?,
    })
}
