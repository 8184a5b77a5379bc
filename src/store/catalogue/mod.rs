//! The catalogue: what is known about the documents of each collection, derived from them and made again at any time.
//!
//! In: [`Entry`](crate::library::Entry)s, a batch at a time. Out: pages of listings, entity counts, dated passages, and stamps for a rescan, without loading a
//! library's worth of any of them. A file of its own in the cache folder: damaged or written by another version, it is deleted and begun anew. Nothing
//! the reader wrote is in here.

mod entities;
mod events;
mod headings;
mod links;
mod listings;
mod mentions;
mod named;
mod put;
mod sketches;
#[cfg(test)]
mod tests;

pub use links::Linking;
pub use named::NamedAs;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};

use super::StoreError;
use super::open::with_suffix;
use crate::library::ANALYSER_VERSION;

/// Raised with every change of the schema.
const SCHEMA_VERSION: i64 = 7;
/// Sorts what has no day behind what has one.
const NO_DAY: i64 = i64::MAX;

/// The derived catalogue, open. One connection, used from one thread.
#[derive(Debug)]
pub struct Catalogue {
    connection: Connection,
    path: PathBuf,
}

/// Which collection: the first 64 bits of the SHA-256 of its roots, whatever order they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CollectionKey(i64);

impl CollectionKey {
    /// The key of the collection of these roots.
    pub fn of_roots<S: AsRef<str>>(roots: &[S]) -> Self {
        let mut roots: Vec<&str> = roots.iter().map(AsRef::as_ref).collect();
        roots.sort_unstable();
        roots.dedup();
        let mut hash = Sha256::new();
        for root in roots {
            hash.update(root.as_bytes());
            hash.update([0]);
        }
        let bits = hash
            .finalize()
            .iter()
            .take(8)
            .fold(0_u64, |key, byte| key << 8 | u64::from(*byte));
        Self(bits as i64)
    }
}

impl Catalogue {
    /// Opens the catalogue at `path`, anew if the file there is damaged or of another version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        }
        match Self::try_open(path) {
            Ok(Some(catalogue)) => Ok(catalogue),
            Ok(None) | Err(StoreError::Corrupt { .. } | StoreError::Foreign { .. }) => {
                Self::discard(path)?;
                Self::try_open(path)?.ok_or_else(|| StoreError::Corrupt {
                    path: path.to_owned(),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// A catalogue that lives as long as the value.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let made = Connection::open_in_memory().and_then(|connection| {
            make(&connection)?;
            Ok(connection)
        });
        match made {
            Ok(connection) => Ok(Self { connection, path }),
            Err(source) => Err(StoreError::of(&path, source)),
        }
    }

    /// Deletes the catalogue at `path`; nothing is lost but the time to make it again.
    pub fn discard(path: &Path) -> Result<(), StoreError> {
        for suffix in ["", "-wal", "-shm"] {
            let file = with_suffix(path, suffix);
            match std::fs::remove_file(&file) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::Folder { path: file, source });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// `None` for a file of another version.
    fn try_open(path: &Path) -> Result<Option<Self>, StoreError> {
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "OFF")?;
            connection.set_prepared_statement_cache_capacity(64);
            let version: i64 =
                connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            let tables: i64 =
                connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            if tables == 0 {
                make(&connection)?;
            }
            Ok((tables == 0 || version == file_version()).then_some(connection))
        };
        match open() {
            Ok(connection) => Ok(connection.map(|connection| Self {
                connection,
                path: path.to_owned(),
            })),
            Err(source) => Err(StoreError::of(path, source)),
        }
    }

    fn read<T>(
        &self,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        act(&self.connection).map_err(|source| StoreError::of(&self.path, source))
    }

    fn write<T>(
        &mut self,
        act: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let committed = (|| {
            let transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = act(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        committed.map_err(|source| StoreError::of(&self.path, source))
    }
}

const fn file_version() -> i64 {
    SCHEMA_VERSION * 100_000 + ANALYSER_VERSION as i64
}

fn make(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {} PRAGMA user_version = {}; COMMIT;",
        include_str!("schema.sql"),
        file_version()
    ))
}
