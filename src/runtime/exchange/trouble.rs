use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::export::{ExportError, Format};
use crate::text::sanitise;

/// Why a file of notes cannot be read or written.
#[derive(Debug)]
pub enum FileTrouble {
    /// It cannot be read.
    NotRead {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What is in it is wrong.
    Wrong {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        source: ExportError,
    },
    /// No format is called so.
    NoFormat {
        /// As typed.
        word: String,
    },
    /// Neither its name nor its beginning tells the format.
    Untold {
        /// Which.
        path: PathBuf,
    },
    /// It cannot be written.
    NotWritten {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A format that is a file for each document wants a folder.
    NeedsFolder {
        /// The format.
        format: &'static str,
    },
}

impl fmt::Display for FileTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &PathBuf| sanitise::line(&path.to_string_lossy()).into_owned();
        let choices = || Format::ALL.map(Format::as_str).join(", ");
        match self {
            Self::NotRead { path, source } => {
                write!(
                    f,
                    "{} cannot be read: {source}; check the path",
                    shown(path)
                )
            }
            Self::Wrong { path, source } => write!(f, "{}: {source}", shown(path)),
            Self::NoFormat { word } => write!(
                f,
                "`{}` is not a format; use {}",
                sanitise::line(word),
                choices()
            ),
            Self::Untold { path } => write!(
                f,
                "`{}` does not tell its format: its name ends in none of .jsonld, .json, .ann, .csv, .md; say which it is: {}",
                shown(path),
                choices()
            ),
            Self::NotWritten { path, source } if source.kind() == io::ErrorKind::AlreadyExists => {
                write!(
                    f,
                    "{} exists already: an export never replaces a file; choose another name",
                    shown(path)
                )
            }
            Self::NotWritten { path, source } => write!(
                f,
                "{} cannot be written: {source}; choose another place",
                shown(path)
            ),
            Self::NeedsFolder { format } => write!(
                f,
                "`{format}` is a file for each document: name an existing folder"
            ),
        }
    }
}

impl std::error::Error for FileTrouble {}
