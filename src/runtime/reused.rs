//! The index of the passages that the documents of a collection share: where it lies, and what it keeps of a document.
//!
//! `postil reuse` brings it wholly up to date and tells of every pair; the screen only takes words of new documents in, and looks up who shares some with the open one ([`crate::index::reuse`]).

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::{DocId, DocKind, Document, Revision};
use crate::index::reuse::{Index, LIST};
use crate::library::{Corrections, Stamp};

/// What stands between the names of the catalogue and of the collection.
const BETWEEN: &str = "-reuse-";
/// Indexes of other collections that are kept, the last used ones, and how long one that is not used.
const MOST_KEPT: usize = 12;
const LONGEST_KEPT: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The folder of the index of a collection: every catalogue and collection has its own.
pub fn folder(roots: &[String], catalogue: &Path) -> PathBuf {
    let id = DocId::of_locator(&roots.join("\n"));
    let stem = catalogue.file_stem().unwrap_or_default();
    let name = format!("{}{BETWEEN}{id}", stem.to_string_lossy());
    catalogue.with_file_name(name)
}

/// Notes that the index in `used` was used at `now`, and deletes those beside it that were not for long, or are more than are kept. What is deleted is made again when it is wanted.
pub fn forget_old(used: &Path, now: SystemTime) {
    // Where nothing can be written, nothing is forgotten.
    let touched = File::options().append(true).open(used.join(LIST));
    if touched.and_then(|list| list.set_modified(now)).is_err() {
        return;
    }
    let name = used.file_name().unwrap_or_default().to_string_lossy();
    let (Some((stem, _)), Some(parent)) = (name.split_once(BETWEEN), used.parent()) else {
        return;
    };
    let beginning = format!("{stem}{BETWEEN}");
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut others: Vec<(SystemTime, PathBuf)> = entries
        .filter(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with(&beginning)
        })
        .map(|entry| entry.path())
        .filter(|path| path != used)
        .filter_map(|path| Some((fs::metadata(path.join(LIST)).ok()?.modified().ok()?, path)))
        .collect();
    others.sort();
    for (number, (last, path)) in others.into_iter().rev().enumerate() {
        let age = now.duration_since(last).unwrap_or_default();
        if number >= MOST_KEPT || age > LONGEST_KEPT {
            // Left over, it takes room and does no harm.
            drop(Index::discard(&path));
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_nobody_uses_any_more_are_deleted() {
        let cache = tempfile::tempdir().unwrap();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
        let day = Duration::from_secs(24 * 60 * 60);
        let catalogue = cache.path().join("catalogue.db");
        let made = |number: u32, n_days: u32| {
            let at = folder(&[format!("/{number}")], &catalogue);
            fs::create_dir(&at).unwrap();
            let list = File::create(at.join(LIST)).unwrap();
            list.set_modified(now - day * n_days).unwrap();
            at
        };
        let used = made(0, 70);
        let old = made(1, 70);
        let newer: Vec<PathBuf> = (2..16).map(|number| made(number, number)).collect();
        let other = cache.path().join("other-reuse-1");
        fs::create_dir(&other).unwrap();
        forget_old(&used, now);
        assert!(used.exists() && !old.exists() && other.exists());
        let kept = newer.iter().filter(|path| path.exists()).count();
        assert_eq!(kept, MOST_KEPT);
        assert!(newer[0].exists() && !newer[13].exists(), "the oldest go");
    }
}
