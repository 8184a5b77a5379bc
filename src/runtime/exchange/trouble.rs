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
        /// Documents there are.
        n_documents: usize,
    },
    /// A format that is one file for all documents wants the name of a file.
    NeedsFile {
        /// The format.
        format: &'static str,
        /// The folder that was named.
        path: PathBuf,
    },
    /// A report is of a document, and there is none.
    NoDocument,
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
            Self::NeedsFolder {
                format,
                n_documents: 0 | 1,
            } => write!(
                f,
                "`{format}` is more than one file: name a folder, with `/` at the end if it is to be made"
            ),
            Self::NeedsFolder {
                format,
                n_documents: n,
            } => write!(
                f,
                "`{format}` is a file for each document, and these notes are on {n}: name a folder (with `/` at the end if it is to be made), or choose one document"
            ),
            Self::NeedsFile { format, path } => write!(
                f,
                "{} is a folder and `{format}` one file for all documents: name a new file in it",
                shown(path)
            ),
            Self::NoDocument => f.write_str(
                "there is no note, so there is no document to report on: name the document",
            ),
        }
    }
}

impl std::error::Error for FileTrouble {}
