//! Which document is which: by the places it was seen at and the texts it had.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};
use crate::document::{DocId, Document, Revision};

/// A document as the store knows it, whatever it is called and wherever it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(pub i64);

/// A record with the document it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// Where the document was seen last.
    pub locator: Arc<str>,
    /// Its title at that time.
    pub title: Arc<str>,
    /// The record.
    pub record: T,
}

impl Store {
    /// The work that the text `revision` at `locator` is.
    ///
    /// In this order: the work known at this place, if it once had this text; a work that has had this text, wherever it lay (renamed, moved,
    /// copied, downloaded again); the work known at this place, with a text never seen.
    pub fn work_for(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Option<WorkId>, StoreError> {
        self.read(|connection| find(connection, locator, revision))
    }

    /// Every place known, with its work.
    pub fn places(&self) -> Result<HashMap<DocId, (Arc<str>, WorkId)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT locator, work FROM places")?;
            let rows = statement.query_map([], |row| {
                let locator: Arc<str> = row.get(0)?;
                Ok((DocId::of_locator(&locator), (locator, WorkId(row.get(1)?))))
            })?;
            rows.collect()
        })
    }
}

pub(super) fn find(
    connection: &Connection,
    locator: &str,
    revision: &Revision,
) -> rusqlite::Result<Option<WorkId>> {
    let here: Option<i64> = connection
        .prepare_cached("SELECT work FROM places WHERE locator = ?1")?
        .query_row([locator], |row| row.get(0))
        .optional()?;
    // Empty texts are all alike and say nothing about what a file is.
    if *revision == Revision::of_text("") {
        return Ok(here.map(WorkId));
    }
    let by_content: Option<i64> = connection
        .prepare_cached(
            "SELECT work FROM work_revisions JOIN revisions ON id = revision WHERE hash = ?1
             ORDER BY work IS ?2 DESC, last_seen DESC, work DESC LIMIT 1",
        )?
        .query_row(params![revision.0, here], |row| row.get(0))
        .optional()?;
    Ok(by_content.or(here).map(WorkId))
}

/// The work and the number of the text of `document`, both made where they are missing, and seen now.
pub(super) fn ensure(
    connection: &Connection,
    locator: &str,
    document: &Document,
    now: Timestamp,
) -> rusqlite::Result<(WorkId, i64)> {
    let at = now.as_microsecond();
    let work = if let Some(work) = find(connection, locator, &document.revision)? {
        work
    } else {
        connection.execute(
            "INSERT INTO works (locator, title, created) VALUES (?1, '', ?2)",
            params![locator, at],
        )?;
        WorkId(connection.last_insert_rowid())
    };
    place(connection, work, locator, now)?;
    connection
        .prepare_cached("UPDATE works SET title = ?2 WHERE id = ?1")?
        .execute(params![work.0, document.title()])?;
    let revision = ensure_revision(connection, document, now)?;
    connection
        .prepare_cached(
            "INSERT INTO work_revisions (work, revision, first_seen, last_seen) VALUES (?1, ?2, ?3, ?3)
             ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen",
        )?
        .execute(params![work.0, revision, at])?;
    Ok((work, revision))
}

pub(super) fn place(
    connection: &Connection,
    work: WorkId,
    locator: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO places (locator, work, first_seen, last_seen) VALUES (?1, ?2, ?3, ?3)
             ON CONFLICT DO UPDATE SET work = excluded.work, last_seen = excluded.last_seen",
        )?
        .execute(params![locator, work.0, now.as_microsecond()])?;
    connection
        .prepare_cached("UPDATE works SET locator = ?2 WHERE id = ?1")?
        .execute(params![work.0, locator])?;
    Ok(())
}

pub(super) fn ensure_revision(
    connection: &Connection,
    document: &Document,
    now: Timestamp,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO revisions (hash, n_bytes, first_read, importer) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET n_bytes = excluded.n_bytes WHERE n_bytes <> excluded.n_bytes",
        )?
        .execute(params![
            document.revision.0,
            document.text.len() as i64,
            now.as_microsecond(),
            concat!("postil ", env!("CARGO_PKG_VERSION"))
        ])?;
    connection
        .prepare_cached("SELECT id FROM revisions WHERE hash = ?1")?
        .query_row([document.revision.0], |row| row.get(0))
}
