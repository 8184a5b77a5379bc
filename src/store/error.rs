use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the store could not do what was asked. Nothing was changed.
#[derive(Debug)]
pub enum StoreError {
    /// The folder of the file cannot be made.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no such file.
    Absent {
        /// The file.
        path: PathBuf,
    },
    /// What is on the way to the file is no folder, or closed.
    Unreachable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file may be read but not written.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the file and did not let go in time.
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    Corrupt {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A later version of postil wrote the file.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The latest schema known here.
        known: i64,
    },
    /// An earlier version wrote the file and it cannot be brought up to date without writing.
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema needed.
        known: i64,
    },
    /// A file stands where a backup should go.
    Exists {
        /// The file in the way.
        path: PathBuf,
    },
    /// A backup cannot be made where it should go.
    NoBackup {
        /// The new file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No such annotation, bookmark, link, tag, change or collection.
    NoRecord {
        /// What was looked for.
        kind: &'static str,
        /// Its number or name.
        key: String,
    },
    /// Another collection has this name.
    NameTaken {
        /// The name.
        name: String,
    },
    /// Anything else SQLite reports.
    Failed {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// What an error of SQLite means for the file at `path`.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Locked { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt { path },
            Some(ErrorCode::NotADatabase) => Self::Foreign { path },
            _ => Self::Failed { path, source },
        }
    }

    /// Whether the same write may succeed later without anything being done to the file.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Locked { .. } | Self::Full { .. })
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { path, source } => write!(
                f,
                "cannot make the folder {}: {source}; make it yourself or choose another file with `--library FILE`",
                path.display()
            ),
            Self::Absent { path } => write!(
                f,
                "there is no store at {}; check the path, or open it for writing once",
                path.display()
            ),
            Self::Unreachable { path, source } => write!(
                f,
                "{} cannot be reached: {source}; check the path, or choose another file with `--library FILE`",
                path.display()
            ),
            Self::ReadOnly { path } => write!(
                f,
                "{} cannot be written to: the file or its folder is read-only; allow writing, or choose another file with `--library FILE`",
                path.display()
            ),
            Self::Locked { path } => write!(
                f,
                "{} is locked by another program: only one may write at a time; wait until it is done, or close it, and try again",
                path.display()
            ),
            Self::Full { path } => write!(
                f,
                "{} cannot grow: the disk is full; free some space and try again",
                path.display()
            ),
            Self::Corrupt { path } => write!(
                f,
                "{} is damaged: its pages contradict each other; run `postil doctor`, which copies what can be read, or put a backup in its place",
                path.display()
            ),
            Self::Foreign { path } => write!(
                f,
                "{} is not a store of postil: it is damaged or another program's file; choose another file with `--library FILE`, or put a backup in its place",
                path.display()
            ),
            Self::Newer { path, found, known } => write!(
                f,
                "{} has schema {found}, and this version of postil knows no later one than {known}; install the version that wrote it",
                path.display()
            ),
            Self::Older { path, found, known } => write!(
                f,
                "{} has schema {found} and must be brought to {known} before it can be read; open it once where it may be written to",
                path.display()
            ),
            Self::Exists { path } => write!(
                f,
                "{} exists already: a backup never replaces a file; choose another name",
                path.display()
            ),
            Self::NoBackup { path, source } => write!(
                f,
                "the backup {} cannot be made: {source}; name a new file in a folder that is there and may be written to",
                path.display()
            ),
            Self::NoRecord { kind, key } => write!(
                f,
                "there is no {kind} {key}: it was never made or has been deleted; list what there is"
            ),
            Self::NameTaken { name } => write!(
                f,
                "a collection named `{name}` exists already: names are given once; choose another"
            ),
            Self::Failed { path, source } => write!(
                f,
                "{} could not be used: {source}; run `postil doctor`",
                path.display()
            ),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Folder { source, .. }
            | Self::Unreachable { source, .. }
            | Self::NoBackup { source, .. } => Some(source),
            Self::Failed { source, .. } => Some(source),
            Self::Absent { .. }
            | Self::ReadOnly { .. }
            | Self::Locked { .. }
            | Self::Full { .. }
            | Self::Corrupt { .. }
            | Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Older { .. }
            | Self::Exists { .. }
            | Self::NoRecord { .. }
            | Self::NameTaken { .. } => None,
        }
    }
}
