//! What the store remembers for the program, and the reader's decisions.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};

impl Store {
    /// Sets one of the store's own settings.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|transaction| set(transaction, key, value))
    }

    /// One of the store's own settings.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| get(connection, key))
    }

    /// Keeps a decision of the reader (two entities are one, two dates do agree, …): one value for each kind and key.
    pub fn decide(
        &mut self,
        kind: &str,
        key: &str,
        value: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO decisions (kind, key, value, at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at",
                )?
                .execute(params![kind, key, value, now.as_microsecond()])?;
            Ok(())
        })
    }

    /// Takes a decision back.
    pub fn undecide(&mut self, kind: &str, key: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("DELETE FROM decisions WHERE kind = ?1 AND key = ?2")?
                .execute([kind, key])?;
            Ok(())
        })
    }

    /// The decisions of one kind as key and value, by key.
    pub fn decisions(&self, kind: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT key, value FROM decisions WHERE kind = ?1 ORDER BY key")?;
            let rows = statement.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })
    }
}

pub(super) fn set(connection: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
        )?
        .execute([key, value])?;
    Ok(())
}

pub(super) fn get(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}
