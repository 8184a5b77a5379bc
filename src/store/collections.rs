//! Named sets of folders and files.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::log::{self, Action, LogEntry};
use super::takeback::{UNREADABLE, after, before};
use super::{Store, StoreError, settings};
use crate::text::sanitise;

const CURRENT: &str = "current-collection";

/// A named set of folders and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its name, given once.
    pub name: String,
    /// Its folders and files, as locators, in the order they were given.
    pub roots: Vec<String>,
}

impl Store {
    /// The collection of exactly these roots, in any order; made under the name of the first root where there is none. It becomes the current one.
    pub fn open_collection(
        &mut self,
        roots: &[String],
        now: Timestamp,
    ) -> Result<Collection, StoreError> {
        self.write(|transaction| {
            let mut wanted: Vec<&String> = roots.iter().collect();
            wanted.sort();
            wanted.dedup();
            let found = all(transaction)?.into_iter().find(|collection| {
                let mut roots: Vec<&String> = collection.roots.iter().collect();
                roots.sort();
                roots == wanted
            });
            let collection = if let Some(collection) = found {
                collection
            } else {
                let name = free_name(transaction, roots)?;
                insert(transaction, &name, roots, now)?
            };
            open(transaction, &collection.name, now)?;
            Ok(collection)
        })
    }

    /// Makes a collection; it does not become the current one.
    pub fn add_collection(
        &mut self,
        name: &str,
        roots: &[String],
        now: Timestamp,
    ) -> Result<Collection, StoreError> {
        let name = clean(name);
        let made = self.write(|transaction| {
            if exists(transaction, &name)? {
                return Ok(None);
            }
            let made = insert(transaction, &name, roots, now)?;
            if let Some((id, logged)) = find(transaction, &name)? {
                let change = ("collection", id, Action::Add);
                log::note(transaction, change, None, Some(&logged), now)?;
            }
            Ok(Some(made))
        })?;
        made.ok_or(StoreError::NameTaken { name })
    }

    /// Forgets a collection; its documents and what was written about them stay.
    pub fn remove_collection(&mut self, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let removed = self.write(|transaction| remove(transaction, name, now))?;
        if removed { Ok(()) } else { Err(missing(name)) }
    }

    /// Gives a collection another name.
    pub fn rename_collection(
        &mut self,
        name: &str,
        to: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let to = clean(to);
        let taken = name != to && self.read(|connection| exists(connection, &to))?;
        if taken {
            return Err(StoreError::NameTaken { name: to });
        }
        let renamed = self.write(|transaction| rename(transaction, name, &to, now))?;
        if renamed { Ok(()) } else { Err(missing(name)) }
    }

    /// Makes a collection the current one.
    pub fn set_current_collection(
        &mut self,
        name: &str,
        now: Timestamp,
    ) -> Result<Collection, StoreError> {
        let found = self.write(|transaction| {
            let found = all(transaction)?
                .into_iter()
                .find(|collection| collection.name == name);
            if found.is_some() {
                open(transaction, name, now)?;
            }
            Ok(found)
        })?;
        found.ok_or_else(|| missing(name))
    }

    /// The collection that was opened last.
    pub fn current_collection(&self) -> Result<Option<Collection>, StoreError> {
        self.read(|connection| {
            let Some(name) = settings::get(connection, CURRENT)? else {
                return Ok(None);
            };
            Ok(all(connection)?
                .into_iter()
                .find(|collection| collection.name == name))
        })
    }

    /// Every collection, the one opened last first.
    pub fn collections(&self) -> Result<Vec<Collection>, StoreError> {
        self.read(all)
    }
}

/// A collection as the log has it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Logged {
    pub(super) name: String,
    roots: Vec<String>,
    /// Whether it was the one opened last.
    current: bool,
}

/// Whether a collection is as a change left it; that another was opened since changes nothing.
pub(super) fn stands(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<bool> {
    let name: Option<String> = connection
        .prepare_cached("SELECT name FROM collections WHERE id = ?1")?
        .query_row([entry.record], |row| row.get(0))
        .optional()?;
    let now = name.map(|name| find(connection, &name)).transpose()?;
    let now = now.flatten().map(|(_, now)| (now.name, now.roots));
    Ok(now == after::<Logged>(entry).map(|then| (then.name, then.roots)))
}

/// Takes a change back; or why it stays.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let (old, new) = (before::<Logged>(entry), after::<Logged>(entry));
    match (&old, &new) {
        (None, Some(new)) => drop(remove(connection, &new.name, now)?),
        (Some(old), _) if exists(connection, &old.name)? => {
            return Ok(Some("another has its name since".to_owned()));
        }
        (Some(old), Some(new)) => drop(rename(connection, &new.name, &old.name, now)?),
        (Some(old), None) => {
            connection
                .prepare_cached(
                    "INSERT INTO collections (id, name, created, opened) VALUES (?1, ?2, ?3, ?3)",
                )?
                .execute(params![entry.record, old.name, now.as_microsecond()])?;
            put_roots(connection, entry.record, &old.roots)?;
            if old.current && settings::get(connection, CURRENT)?.is_none() {
                settings::set(connection, CURRENT, &old.name)?;
            }
            let change = ("collection", entry.record, Action::Restore);
            log::note(connection, change, None, Some(old), now)?;
        }
        (None, None) => return Ok(Some(UNREADABLE.to_owned())),
    }
    Ok(None)
}

fn remove(connection: &Connection, name: &str, now: Timestamp) -> rusqlite::Result<bool> {
    let Some((id, logged)) = find(connection, name)? else {
        return Ok(false);
    };
    connection.execute("DELETE FROM collections WHERE id = ?1", [id])?;
    connection.execute(
        "DELETE FROM settings WHERE key = ?1 AND value = ?2",
        [CURRENT, name],
    )?;
    let change = ("collection", id, Action::Delete);
    log::note(connection, change, Some(&logged), None, now)?;
    Ok(true)
}

fn rename(connection: &Connection, name: &str, to: &str, now: Timestamp) -> rusqlite::Result<bool> {
    let Some((id, old)) = find(connection, name)? else {
        return Ok(false);
    };
    connection.execute(
        "UPDATE settings SET value = ?3 WHERE key = ?1 AND value = ?2",
        [CURRENT, name, to],
    )?;
    connection.execute(
        "UPDATE collections SET name = ?2 WHERE id = ?1",
        params![id, to],
    )?;
    let new = find(connection, to)?.map(|(_, new)| new);
    if new.as_ref() != Some(&old) {
        let change = ("collection", id, Action::Update);
        log::note(connection, change, Some(&old), new.as_ref(), now)?;
    }
    Ok(true)
}

/// A collection by its name, with its number.
fn find(connection: &Connection, name: &str) -> rusqlite::Result<Option<(i64, Logged)>> {
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM collections WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(None) };
    let logged = Logged {
        name: name.to_owned(),
        roots: roots(connection, id)?,
        current: settings::get(connection, CURRENT)?.as_deref() == Some(name),
    };
    Ok(Some((id, logged)))
}

fn roots(connection: &Connection, id: i64) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT root FROM collection_roots WHERE collection = ?1 ORDER BY position",
    )?;
    statement.query_map([id], |row| row.get(0))?.collect()
}

fn missing(name: &str) -> StoreError {
    StoreError::NoRecord {
        kind: "collection",
        key: format!("`{}`", sanitise::line(name)),
    }
}

fn clean(name: &str) -> String {
    let name = sanitise::line(name).trim().to_owned();
    if name.is_empty() {
        "library".to_owned()
    } else {
        name
    }
}

fn all(connection: &Connection) -> rusqlite::Result<Vec<Collection>> {
    let mut statement =
        connection.prepare_cached("SELECT id, name FROM collections ORDER BY opened DESC, name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (id, name): (i64, String) = row?;
        let roots = roots(connection, id)?;
        Ok(Collection { name, roots })
    })
    .collect()
}

fn exists(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM collections WHERE name = ?1")?
        .exists([name])
}

fn insert(
    connection: &Connection,
    name: &str,
    roots: &[String],
    now: Timestamp,
) -> rusqlite::Result<Collection> {
    connection.execute(
        "INSERT INTO collections (name, created, opened) VALUES (?1, ?2, ?2)",
        params![name, now.as_microsecond()],
    )?;
    Ok(Collection {
        name: name.to_owned(),
        roots: put_roots(connection, connection.last_insert_rowid(), roots)?,
    })
}

/// Stores the roots of a collection, each once, and gives them.
fn put_roots(connection: &Connection, id: i64, roots: &[String]) -> rusqlite::Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::with_capacity(roots.len());
    for root in roots {
        if kept.contains(root) {
            continue;
        }
        connection.execute(
            "INSERT INTO collection_roots (collection, position, root) VALUES (?1, ?2, ?3)",
            params![id, kept.len() as i64, root],
        )?;
        kept.push(root.clone());
    }
    Ok(kept)
}

fn open(connection: &Connection, name: &str, now: Timestamp) -> rusqlite::Result<()> {
    connection.execute(
        "UPDATE collections SET opened = ?2 WHERE name = ?1",
        params![name, now.as_microsecond()],
    )?;
    settings::set(connection, CURRENT, name)
}

/// The last part of the first root, with a number where that name is taken.
fn free_name(connection: &Connection, roots: &[String]) -> rusqlite::Result<String> {
    let first = roots.first().map_or("", String::as_str);
    let last = first
        .trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\', ':'])
        .next();
    let name = clean(last.unwrap_or_default());
    let mut free = name.clone();
    let mut n = 2;
    while exists(connection, &free)? {
        free = format!("{name} {n}");
        n += 1;
    }
    Ok(free)
}
