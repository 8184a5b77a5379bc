//! What the reader set by hand about documents: title, date of publication, publisher, what dates in the text mean.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::log::{self, Action, LogEntry, unreadable};
use super::takeback::{UNREADABLE, after, before};
use super::{Store, StoreError, WorkId, works};
use crate::document::{DocId, Document, Edtf, Revision};
use crate::library::Corrections;
use crate::text::sanitise;
use crate::time::Decision;

impl Store {
    /// Replaces what the reader set by hand about a document, and gives what was set before, for undo.
    pub fn set_meta(
        &mut self,
        document: &Document,
        locator: &str,
        meta: &Corrections,
        now: Timestamp,
    ) -> Result<Corrections, StoreError> {
        self.write(|transaction| {
            let (work, _) = works::ensure(transaction, locator, document, now)?;
            put(transaction, work, meta, now)
        })
    }

    /// What the reader set about a document that is known here by its place and need not be at hand.
    pub fn known_meta(&self, locator: &str) -> Result<Corrections, StoreError> {
        self.read(|connection| match at(connection, locator)? {
            Some(work) => load(connection, work),
            None => Ok(Corrections::default()),
        })
    }

    /// As [`Store::set_meta`], about a document that is known here by its place and need not be at hand.
    pub fn set_known_meta(
        &mut self,
        locator: &str,
        meta: &Corrections,
        now: Timestamp,
    ) -> Result<Corrections, StoreError> {
        let done = self.write(|transaction| {
            let work = at(transaction, locator)?;
            work.map(|work| put(transaction, work, meta, now))
                .transpose()
        })?;
        done.ok_or_else(|| StoreError::NoRecord {
            kind: "document",
            key: locator.to_owned(),
        })
    }

    /// What the reader set about the document at `locator` with the text `revision`.
    pub fn meta_of(&self, locator: &str, revision: &Revision) -> Result<Corrections, StoreError> {
        self.read(
            |connection| match works::find(connection, locator, revision)? {
                Some(work) => load(connection, work),
                None => Ok(Corrections::default()),
            },
        )
    }

    /// What the reader set about every document, under every place it is known by.
    pub fn all_meta(&self) -> Result<HashMap<DocId, Corrections>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT locator, field, value FROM overrides JOIN places USING (work)",
            )?;
            let mut rows = statement.query([])?;
            let mut all: HashMap<DocId, Corrections> = HashMap::new();
            while let Some(row) = rows.next()? {
                let doc = DocId::of_locator(row.get_ref(0)?.as_str()?);
                set(
                    all.entry(doc).or_default(),
                    row.get_ref(1)?.as_str()?,
                    row.get(2)?,
                )?;
            }
            Ok(all)
        })
    }
}

/// The work that was seen at a place last.
fn at(connection: &Connection, locator: &str) -> rusqlite::Result<Option<WorkId>> {
    connection
        .prepare_cached("SELECT work FROM places WHERE locator = ?1")?
        .query_row([locator], |row| row.get(0).map(WorkId))
        .optional()
}

/// Replaces what is set and writes it down, if that is news; gives what was set before.
fn put(
    connection: &Connection,
    work: WorkId,
    meta: &Corrections,
    now: Timestamp,
) -> rusqlite::Result<Corrections> {
    let line = |text: &Option<String>| {
        let text = text
            .as_deref()
            .map(|text| sanitise::line(text).trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let fields = [
        ("title", line(&meta.title)),
        ("published", meta.published.as_ref().map(Edtf::to_string)),
        ("publisher", line(&meta.publisher)),
        ("dates", dates(&meta.dates)),
    ];
    let before = load(connection, work)?;
    for (field, value) in &fields {
        match value {
            Some(value) => connection
                .prepare_cached(
                    "INSERT INTO overrides (work, field, value, at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at",
                )?
                .execute(params![work.0, field, value, now.as_microsecond()])?,
            None => connection
                .prepare_cached("DELETE FROM overrides WHERE work = ?1 AND field = ?2")?
                .execute(params![work.0, field])?,
        };
    }
    let after = load(connection, work)?;
    if before != after {
        let change = ("override", work.0, Action::Update);
        log::note(connection, change, Some(&before), Some(&after), now)?;
    }
    Ok(before)
}

/// Takes a change back, field by field and date by date; or why it stays. What else was set since stays set.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let (Some(old), Some(new)) = (before::<Corrections>(entry), after::<Corrections>(entry)) else {
        return Ok(Some(UNREADABLE.to_owned()));
    };
    let work = WorkId(entry.record);
    match load(connection, work)?.amended(&new, &old) {
        Ok(meta) => put(connection, work, &meta, now).map(|_| None),
        Err(what) => Ok(Some(format!("{what} was set again since"))),
    }
}

/// What was decided about dates as JSON; nothing where there is nothing.
fn dates(decided: &[Decision]) -> Option<String> {
    (!decided.is_empty())
        .then(|| serde_json::to_string(decided).ok())
        .flatten()
}

fn load(connection: &Connection, work: WorkId) -> rusqlite::Result<Corrections> {
    let mut statement =
        connection.prepare_cached("SELECT field, value FROM overrides WHERE work = ?1")?;
    let mut rows = statement.query([work.0])?;
    let mut meta = Corrections::default();
    while let Some(row) = rows.next()? {
        set(&mut meta, row.get_ref(0)?.as_str()?, row.get(1)?)?;
    }
    Ok(meta)
}

fn set(meta: &mut Corrections, field: &str, value: String) -> rusqlite::Result<()> {
    match field {
        "title" => meta.title = Some(value),
        "publisher" => meta.publisher = Some(value),
        "dates" => {
            let dates = serde_json::from_str(&value);
            meta.dates = dates.map_err(|error| unreadable(2, error.to_string()))?;
        }
        "published" => {
            let date = value.parse::<Edtf>();
            meta.published = Some(date.map_err(|error| unreadable(2, error.to_string()))?);
        }
        // A later version may know more fields; they are left alone.
        _ => {}
    }
    Ok(())
}
