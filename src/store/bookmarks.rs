//! Marks and named bookmarks in the store.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::annotations::target;
use super::log::{self, Action, LogEntry, time, unreadable};
use super::steps::{self, Plan, What};
use super::takeback::{UNREADABLE, after, before};
use super::{Placed, Store, StoreError, snapshots, works};
use crate::annotation::{Bookmark, BookmarkName, RecordId, Target};
use crate::document::{DocId, Document, Revision};
use crate::text::sanitise;

const COLUMNS: &str = "SELECT b.id, r.hash, b.start_byte, b.end_byte, b.exact, b.prefix, b.suffix, w.locator, w.title,
        b.kind, b.name, b.created, b.deleted
    FROM bookmarks b JOIN revisions r ON r.id = b.revision JOIN works w ON w.id = b.work ";

impl Store {
    /// Sets a bookmark; a letter that is set already moves here. Gives the bookmark and the one it replaced, which [`Store::restore_bookmark`] brings back.
    pub fn set_bookmark(
        &mut self,
        document: &Document,
        locator: &str,
        target: &Target,
        name: &BookmarkName,
        now: Timestamp,
    ) -> Result<(Bookmark, Option<Bookmark>), StoreError> {
        self.write(|transaction| {
            let (work, revision) = works::ensure(transaction, locator, document, now)?;
            snapshots::keep(transaction, revision, &document.text)?;
            let (kind, label) = stored_name(name);
            let earlier = steps::last_change(transaction)?;
            let replaced = make_room(transaction, work.0, kind, &label, now)?;
            transaction
                .prepare_cached(
                    "INSERT INTO bookmarks (work, revision, start_byte, end_byte, exact, prefix, suffix, kind, name, created)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    work.0,
                    revision,
                    target.position.start,
                    target.position.end,
                    target.quote.exact,
                    target.quote.prefix,
                    target.quote.suffix,
                    kind,
                    label,
                    now.as_microsecond(),
                ])?;
            let id = RecordId(transaction.last_insert_rowid());
            let stored = expect(transaction, id)?;
            log::note(transaction, ("bookmark", id.0, Action::Add), None, Some(&stored), now)?;
            if replaced.is_some() {
                moved(transaction, earlier, &label, now)?;
            }
            Ok((stored, replaced))
        })
    }

    /// Gives a bookmark another name; a letter that is set already moves here.
    pub fn rename_bookmark(
        &mut self,
        id: RecordId,
        name: &BookmarkName,
        now: Timestamp,
    ) -> Result<Bookmark, StoreError> {
        let renamed = self.write(|transaction| {
            let Some((before, work, false)) = load(transaction, id)? else {
                return Ok(None);
            };
            let (kind, label) = stored_name(name);
            if stored_name(&before.name) == (kind, label.clone()) {
                return Ok(Some(before));
            }
            let earlier = steps::last_change(transaction)?;
            let replaced = make_room(transaction, work, kind, &label, now)?;
            let after = rename(transaction, &before, (kind, &label), now)?;
            if replaced.is_some() {
                moved(transaction, earlier, &label, now)?;
            }
            Ok(Some(after))
        })?;
        renamed.ok_or_else(|| missing(id))
    }

    /// One bookmark, if it is there and not deleted.
    pub fn bookmark(&self, id: RecordId) -> Result<Option<Bookmark>, StoreError> {
        self.read(|connection| {
            Ok(load(connection, id)?.and_then(|(bookmark, _, gone)| (!gone).then_some(bookmark)))
        })
    }

    /// The bookmark that would lose its letter if this one were brought back.
    pub fn in_place_of(&self, id: RecordId) -> Result<Option<Bookmark>, StoreError> {
        self.read(|connection| {
            let Some((bookmark, work, true)) = load(connection, id)? else {
                return Ok(None);
            };
            let (kind, label) = stored_name(&bookmark.name);
            holder(connection, work, kind, &label)
        })
    }

    /// Deletes a bookmark and gives it as it was.
    pub fn delete_bookmark(
        &mut self,
        id: RecordId,
        now: Timestamp,
    ) -> Result<Bookmark, StoreError> {
        let deleted = self.write(|transaction| {
            let Some((before, _, false)) = load(transaction, id)? else {
                return Ok(None);
            };
            delete(transaction, &before, now)?;
            Ok(Some(before))
        })?;
        deleted.ok_or_else(|| missing(id))
    }

    /// Undoes a delete under the same number; a letter set elsewhere meanwhile moves back.
    pub fn restore_bookmark(
        &mut self,
        id: RecordId,
        now: Timestamp,
    ) -> Result<Bookmark, StoreError> {
        let restored = self.write(|transaction| {
            let Some((bookmark, work, gone)) = load(transaction, id)? else {
                return Ok(None);
            };
            if gone {
                let (kind, label) = stored_name(&bookmark.name);
                let earlier = steps::last_change(transaction)?;
                let replaced = make_room(transaction, work, kind, &label, now)?;
                bring_back(transaction, &bookmark, now)?;
                if replaced.is_some() {
                    moved(transaction, earlier, &label, now)?;
                }
            }
            Ok(Some(bookmark))
        })?;
        restored.ok_or_else(|| missing(id))
    }

    /// The bookmarks of the document at `locator` with the text `revision`, in text order; their targets name this document.
    pub fn bookmarks_of(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Vec<Bookmark>, StoreError> {
        let doc = DocId::of_locator(locator);
        self.read(|connection| {
            let Some(work) = works::find(connection, locator, revision)? else {
                return Ok(Vec::new());
            };
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE b.work = ?1 AND b.deleted IS NULL ORDER BY b.start_byte, b.id"
            ))?;
            let rows = statement.query_map([work.0], |row| {
                let mut bookmark = bookmark(row)?;
                bookmark.target.doc = doc;
                Ok(bookmark)
            })?;
            rows.collect()
        })
    }

    /// Every bookmark with its document, by document, then in text order.
    pub fn all_bookmarks(&self) -> Result<Vec<Placed<Bookmark>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE b.deleted IS NULL ORDER BY b.work, b.start_byte, b.id"
            ))?;
            let rows = statement.query_map([], |row| {
                Ok(Placed {
                    locator: row.get(7)?,
                    title: row.get(8)?,
                    record: bookmark(row)?,
                })
            })?;
            rows.collect()
        })
    }
}

fn missing(id: RecordId) -> StoreError {
    StoreError::NoRecord {
        kind: "bookmark",
        key: id.0.to_string(),
    }
}

/// A letter that went from one place to another is taken back as one.
fn moved(
    connection: &Connection,
    earlier: i64,
    letter: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let label = format!("mark {letter} moved");
    let plan = Plan {
        what: What::Bulk,
        label: &label,
        undoes: None,
    };
    steps::conclude(connection, earlier, plan, now).map(drop)
}

/// Deletes the bookmark that holds a letter, if one does, and gives it.
fn make_room(
    connection: &Connection,
    work: i64,
    kind: &str,
    label: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<Bookmark>> {
    let holder = holder(connection, work, kind, label)?;
    if let Some(holder) = &holder {
        delete(connection, holder, now)?;
    }
    Ok(holder)
}

/// The bookmark that holds a letter.
fn holder(
    connection: &Connection,
    work: i64,
    kind: &str,
    label: &str,
) -> rusqlite::Result<Option<Bookmark>> {
    connection
        .prepare_cached(&format!(
            "{COLUMNS} WHERE b.deleted IS NULL AND b.kind = ?1 AND b.name = ?2
                 AND (b.kind = 'global' OR b.kind = 'local' AND b.work = ?3)"
        ))?
        .query_row(params![kind, label, work], bookmark)
        .optional()
}

/// Whether a bookmark is as a change left it.
pub(super) fn stands(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<bool> {
    let there = load(connection, RecordId(entry.record))?;
    Ok(match (there, after::<Bookmark>(entry)) {
        (Some((now, _, false)), Some(then)) => now.name == then.name,
        (Some((_, _, gone)), None) => gone,
        _ => false,
    })
}

/// Takes a change back; or why it stays. A letter that was set elsewhere since is not taken from there.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let Some((bookmark, work, _)) = load(connection, RecordId(entry.record))? else {
        return Ok(Some(UNREADABLE.to_owned()));
    };
    let name = match entry.action {
        Action::Add | Action::Restore => {
            delete(connection, &bookmark, now)?;
            return Ok(None);
        }
        Action::Delete => bookmark.name.clone(),
        Action::Update => match before::<Bookmark>(entry) {
            Some(before) => before.name,
            None => return Ok(Some(UNREADABLE.to_owned())),
        },
    };
    let (kind, label) = stored_name(&name);
    if let Some(other) = holder(connection, work, kind, &label)? {
        let other = other.id.0;
        return Ok(Some(format!(
            "mark {label} was set elsewhere since (bookmark {other})"
        )));
    }
    if entry.action == Action::Update {
        rename(connection, &bookmark, (kind, &label), now)?;
    } else {
        bring_back(connection, &bookmark, now)?;
    }
    Ok(None)
}

fn rename(
    connection: &Connection,
    before: &Bookmark,
    (kind, label): (&str, &str),
    now: Timestamp,
) -> rusqlite::Result<Bookmark> {
    connection
        .prepare_cached("UPDATE bookmarks SET kind = ?2, name = ?3 WHERE id = ?1")?
        .execute(params![before.id.0, kind, label])?;
    let after = expect(connection, before.id)?;
    let change = ("bookmark", before.id.0, Action::Update);
    log::note(connection, change, Some(before), Some(&after), now)?;
    Ok(after)
}

fn bring_back(
    connection: &Connection,
    bookmark: &Bookmark,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE bookmarks SET deleted = NULL WHERE id = ?1")?
        .execute([bookmark.id.0])?;
    let change = ("bookmark", bookmark.id.0, Action::Restore);
    log::note(connection, change, None, Some(bookmark), now)
}

fn delete(connection: &Connection, bookmark: &Bookmark, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE bookmarks SET deleted = ?2 WHERE id = ?1")?
        .execute(params![bookmark.id.0, now.as_microsecond()])?;
    let change = ("bookmark", bookmark.id.0, Action::Delete);
    log::note(connection, change, Some(bookmark), None, now)
}

fn stored_name(name: &BookmarkName) -> (&'static str, String) {
    match name {
        BookmarkName::Local(letter) => ("local", letter.to_string()),
        BookmarkName::Global(letter) => ("global", letter.to_string()),
        BookmarkName::Named(name) => ("named", sanitise::line(name).trim().to_owned()),
    }
}

/// A bookmark, its work, and whether it is deleted.
fn load(connection: &Connection, id: RecordId) -> rusqlite::Result<Option<(Bookmark, i64, bool)>> {
    let work: Option<i64> = connection
        .prepare_cached("SELECT work FROM bookmarks WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    let Some(work) = work else { return Ok(None) };
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE b.id = ?1"))?
        .query_row([id.0], |row| {
            let gone = row.get::<_, Option<i64>>(12)?.is_some();
            Ok((bookmark(row)?, work, gone))
        })
        .optional()
}

fn expect(connection: &Connection, id: RecordId) -> rusqlite::Result<Bookmark> {
    load(connection, id)?
        .map(|(bookmark, ..)| bookmark)
        .ok_or(rusqlite::Error::QueryReturnedNoRows)
}

fn bookmark(row: &Row<'_>) -> rusqlite::Result<Bookmark> {
    let (kind, name): (String, String) = (row.get(9)?, row.get(10)?);
    let name = match (kind.as_str(), name.chars().next()) {
        ("local", Some(letter)) => BookmarkName::Local(letter),
        ("global", Some(letter)) => BookmarkName::Global(letter),
        ("named", _) => BookmarkName::Named(name),
        _ => return Err(unreadable(9, format!("`{kind}` is no kind of bookmark"))),
    };
    Ok(Bookmark {
        id: RecordId(row.get(0)?),
        name,
        target: target(row)?,
        created: time(row, 11)?,
    })
}
