//! The index of the passages that the documents of a collection share: where it lies, and what it keeps of a document.
//!
//! `postil reuse` brings it wholly up to date and tells of every pair; the screen only takes words of new documents in, and looks up who shares some with the open one ([`crate::index::reuse`]).

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::{DocId, DocKind, Document, Revision};
use crate::library::{Corrections, Stamp};

/// The folder of the index of a collection: every catalogue and collection has its own.
pub fn folder(roots: &[String], catalogue: &Path) -> PathBuf {
    let id = DocId::of_locator(&roots.join("\n"));
    let stem = catalogue.file_stem().unwrap_or_default();
    let name = format!("{}-reuse-{id}", stem.to_string_lossy());
    catalogue.with_file_name(name)
}

/// What tells a file as it is from the same file changed.
pub fn mark(stamp: Stamp) -> String {
    format!("{}:{}", stamp.size, stamp.mtime_ns)
}

/// A document as the index keeps it, with what it was made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Its locator.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The first day it may have been published on.
    pub published: Option<Date>,
    /// What sort of text it is.
    pub kind: DocKind,
    /// Its text.
    pub revision: Revision,
    /// What was set by hand when it was read.
    pub set: Corrections,
}

impl Kept {
    /// What is kept of a document.
    pub fn of(document: &Document, locator: &str, set: &Corrections) -> Self {
        let published = document.meta.published.as_ref();
        Self {
            id: document.id.to_string(),
            path: locator.to_owned(),
            title: document.title().to_owned(),
            published: published.and_then(|published| published.date.interval().earliest),
            kind: document.meta.kind,
            revision: document.revision,
            set: set.clone(),
        }
    }

    /// The same as it is written down.
    pub fn card(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
