//! Opening a store: for writing with its schema brought up to date, or for reading as it lies.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags, Transaction, TransactionBehavior};

use super::StoreError;
use super::schema::{self, MIGRATIONS};

/// How long a write waits for another program to let go of the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the reader wrote, on disk. One connection, used from one thread.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    access: Access,
}

/// What may be done with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    Write,
    /// Read alone; every write is [`StoreError::ReadOnly`].
    Read,
}

impl Store {
    /// Opens the store at `path` for reading and writing; makes the file and its folder where they are missing.
    ///
    /// A file of an earlier version is copied beside itself, then brought up to date. If it may be read but not written, or another program holds it, the error says so, and
    /// [`Store::open_reading`] may still open it.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self, StoreError> {
        Self::open_with(path, now, MIGRATIONS)
    }

    pub(super) fn open_with(
        path: &Path,
        now: Timestamp,
        steps: &[&str],
    ) -> Result<Self, StoreError> {
        let fail = |source| StoreError::of(path, source);
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder {
                path: folder.to_owned(),
                source,
            })?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
        let mut store = Self {
            connection,
            path: path.to_owned(),
            access: Access::Write,
        };
        let found = store.prepare(steps.len()).map_err(|error| match error {
            // Where the files beside it cannot be made SQLite says that it cannot open it.
            StoreError::Failed { source, .. }
                if source.sqlite_error_code() == Some(ErrorCode::CannotOpen)
                    && std::fs::File::open(path).is_ok() =>
            {
                StoreError::ReadOnly {
                    path: path.to_owned(),
                }
            }
            other => other,
        })?;
        if store.connection.is_readonly(MAIN_DB).map_err(fail)? {
            return Err(StoreError::ReadOnly {
                path: path.to_owned(),
            });
        }
        store
            .connection
            .pragma_update(None, "journal_mode", "WAL")
            .map_err(fail)?;
        if found < steps.len() as i64 {
            if found > 0 {
                store.backup(&before_migration(path, found, now))?;
            }
            schema::migrate(&mut store.connection, steps).map_err(fail)?;
        }
        Ok(store)
    }

    /// Opens the store at `path` for reading alone, also in a folder that may not be written to.
    ///
    /// In such a folder notes that another program writes meanwhile are not seen.
    pub fn open_reading(path: &Path) -> Result<Self, StoreError> {
        Self::must_be_there(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = |connection: rusqlite::Result<Connection>| {
            let store = Self {
                connection: connection.map_err(|source| StoreError::of(path, source))?,
                path: path.to_owned(),
                access: Access::Read,
            };
            let found = store.prepare(MIGRATIONS.len())?;
            let known = MIGRATIONS.len() as i64;
            if found == known {
                return Ok(store);
            }
            Err(StoreError::Older {
                path: path.to_owned(),
                found,
                known,
            })
        };
        // A file in WAL mode wants its `-shm` beside it; where that cannot be made, it is read as it lies.
        open(Connection::open_with_flags(path, flags)).or_else(|error| match error {
            StoreError::ReadOnly { .. } | StoreError::Failed { .. } => open(
                Connection::open_with_flags(immutable(path), flags | OpenFlags::SQLITE_OPEN_URI),
            ),
            other => Err(other),
        })
    }

    /// Whether there is a file at `path`, and why not.
    pub(super) fn must_be_there(path: &Path) -> Result<(), StoreError> {
        let path = || path.to_owned();
        match std::fs::metadata(path()) {
            Ok(meta) if meta.is_file() => Ok(()),
            Ok(_) => Err(StoreError::Foreign { path: path() }),
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
                Err(StoreError::Absent { path: path() })
            }
            Err(source) => Err(StoreError::Unreachable {
                path: path(),
                source,
            }),
        }
    }

    /// A store that lives as long as the value: for when no file can be used at all, and for tests.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let fail = |source| StoreError::of(Path::new(":memory:"), source);
        let mut connection = Connection::open_in_memory().map_err(fail)?;
        schema::migrate(&mut connection, MIGRATIONS).map_err(fail)?;
        let store = Self {
            connection,
            path,
            access: Access::Write,
        };
        store.prepare(MIGRATIONS.len())?;
        Ok(store)
    }

    /// What may be done with it.
    pub const fn access(&self) -> Access {
        self.access
    }

    /// The file it lies in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that is another one whenever another connection has committed a change since it was last asked.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            connection.pragma_query_value(None, "data_version", |row| row.get(0))
        })
    }

    /// Copies the whole store to a new file, also while others write to it; the copy is whole or not there.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let fail = |source| StoreError::of(to, source);
        let folder = |source| StoreError::Folder {
            path: to.to_owned(),
            source,
        };
        if to.exists() {
            return Err(StoreError::Exists {
                path: to.to_owned(),
            });
        }
        let partial = with_suffix(to, ".partial");
        if partial.exists() {
            std::fs::remove_file(&partial).map_err(folder)?;
        }
        // Made here, so that the system itself says what is wrong with the place.
        std::fs::File::create_new(&partial).map_err(|source| StoreError::NoBackup {
            path: to.to_owned(),
            source,
        })?;
        let mut copy = Connection::open(&partial).map_err(fail)?;
        let copied = Backup::new(&self.connection, &mut copy).and_then(|backup| backup.step(-1));
        copy.pragma_update(None, "journal_mode", "DELETE").ok();
        drop(copy);
        match copied {
            Ok(StepResult::Done) => std::fs::rename(&partial, to).map_err(folder),
            Ok(_) => Err(StoreError::Locked {
                path: self.path.clone(),
            }),
            Err(source) => {
                std::fs::remove_file(&partial).ok();
                Err(fail(source))
            }
        }
    }

    /// Settings of the connection, and the schema the file has.
    fn prepare(&self, n_known: usize) -> Result<i64, StoreError> {
        let path = || self.path.clone();
        let set = || {
            let connection = &self.connection;
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "fullfsync", true)?;
            connection.pragma_update(None, "checkpoint_fullfsync", true)?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.pragma_update(None, "cell_size_check", true)?;
            connection.set_prepared_statement_cache_capacity(64);
            schema::version(connection)
        };
        let known = n_known as i64;
        match set().map_err(|source| StoreError::of(&self.path, source))? {
            None => Err(StoreError::Foreign { path: path() }),
            Some(found) if found > known => Err(StoreError::Newer {
                path: path(),
                found,
                known,
            }),
            Some(found) => Ok(found),
        }
    }

    /// Runs `act` and gives what it read.
    pub(super) fn read<T>(
        &self,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        act(&self.connection).map_err(|source| StoreError::of(&self.path, source))
    }

    /// Runs `act` in one transaction, and gives what it returned once that is committed.
    pub(super) fn write<T>(
        &mut self,
        act: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::ReadOnly {
                path: self.path.clone(),
            });
        }
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

/// Where a file of schema `found` is copied before it is changed: `postil.db.schema-1-20261122T030000Z.backup`.
fn before_migration(path: &Path, found: i64, now: Timestamp) -> PathBuf {
    let at = now.strftime("%Y%m%dT%H%M%SZ");
    let mut to = with_suffix(path, &format!(".schema-{found}-{at}.backup"));
    for n in 2.. {
        if !to.exists() {
            break;
        }
        to = with_suffix(path, &format!(".schema-{found}-{at}-{n}.backup"));
    }
    to
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// `path` as a URI for a file that nobody changes.
pub(super) fn immutable(path: &Path) -> String {
    use std::fmt::Write;
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => {
                write!(uri, "%{other:02X}").ok();
            }
        }
    }
    uri + "?immutable=1"
}
