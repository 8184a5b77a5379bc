//! Named sets of folders and files.

use jiff::Timestamp;
use rusqlite::{Connection, params};

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
            insert(transaction, &name, roots, now).map(Some)
        })?;
        made.ok_or(StoreError::NameTaken { name })
    }

    /// Forgets a collection; its documents and what was written about them stay.
    pub fn remove_collection(&mut self, name: &str) -> Result<(), StoreError> {
        let removed = self.write(|transaction| {
            let removed = transaction.execute("DELETE FROM collections WHERE name = ?1", [name])?;
            transaction.execute(
                "DELETE FROM settings WHERE key = ?1 AND value = ?2",
                [CURRENT, name],
            )?;
            Ok(removed)
        })?;
        if removed == 0 {
            return Err(missing(name));
        }
        Ok(())
    }

    /// Gives a collection another name.
    pub fn rename_collection(&mut self, name: &str, to: &str) -> Result<(), StoreError> {
        let to = clean(to);
        let taken = name != to && self.read(|connection| exists(connection, &to))?;
        if taken {
            return Err(StoreError::NameTaken { name: to });
        }
        let renamed = self.write(|transaction| {
            transaction.execute(
                "UPDATE settings SET value = ?3 WHERE key = ?1 AND value = ?2",
                [CURRENT, name, &to],
            )?;
            transaction.execute(
                "UPDATE collections SET name = ?2 WHERE name = ?1",
                [name, &to],
            )
        })?;
        if renamed == 0 {
            return Err(missing(name));
        }
        Ok(())
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
        let mut statement = connection.prepare_cached(
            "SELECT root FROM collection_roots WHERE collection = ?1 ORDER BY position",
        )?;
        let roots = statement.query_map([id], |row| row.get(0))?;
        Ok(Collection {
            name,
            roots: roots.collect::<rusqlite::Result<_>>()?,
        })
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
    let id = connection.last_insert_rowid();
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
    Ok(Collection {
        name: name.to_owned(),
        roots: kept,
    })
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
