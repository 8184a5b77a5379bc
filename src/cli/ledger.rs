//! What the reader wrote, for commands that only read it.
//!
//! A store that is not there is an empty one. One that cannot be read costs the notes and what was set by hand, not the documents: it is said once, and the
//! command ends with exit code 1.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::annotation::{Anchoring, Annotation, Bookmark, Link, RecordId, Signed};
use crate::document::{Document, Revision};
use crate::library::Corrections;
use crate::library::entities::Decision;
use crate::runtime::clock;
use crate::store::{Collection, Store, StoreError};

/// The store as it is read.
pub(super) struct Ledger {
    store: Option<Mutex<Store>>,
    /// Why there is none although there is a file.
    pub(super) trouble: Option<StoreError>,
    has_meta: bool,
    has_notes: bool,
}

/// How much was written about a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) n_notes: usize,
    /// Each once, in order of use.
    pub(super) tags: Vec<String>,
}

/// Opens a store for reading; one of an earlier version is brought up to date first.
pub(super) fn open_reading(path: &Path) -> Result<Store, StoreError> {
    match Store::open_reading(path) {
        Err(StoreError::Older { .. }) => Store::open(path, clock::now()),
        opened => opened,
    }
}

impl Ledger {
    /// The store at `path`.
    pub(super) fn read(path: &Path) -> Self {
        let opened = open_reading(path).and_then(|store| {
            let (meta, notes) = (store.all_meta()?, store.note_counts()?);
            Ok((store, !meta.is_empty(), !notes.is_empty()))
        });
        match opened {
            Ok((store, has_meta, has_notes)) => Self {
                store: Some(Mutex::new(store)),
                trouble: None,
                has_meta,
                has_notes,
            },
            Err(error) => Self {
                store: None,
                trouble: (!matches!(error, StoreError::Absent { .. })).then_some(error),
                has_meta: false,
                has_notes: false,
            },
        }
    }

    /// The collection opened last.
    pub(super) fn current(&self) -> Result<Option<Collection>, StoreError> {
        self.ask(Store::current_collection)
            .map_or(Ok(None), |found| found)
    }

    /// Puts what was set by hand over what a document says, and gives it.
    pub(super) fn apply(
        &self,
        document: &mut Document,
        locator: &str,
    ) -> Result<Corrections, StoreError> {
        let set = self.corrections(locator, &document.revision)?;
        set.apply(document);
        Ok(set)
    }

    /// What was set by hand for the text `revision` at `locator`.
    pub(super) fn corrections(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Corrections, StoreError> {
        if !self.has_meta {
            return Ok(Corrections::default());
        }
        self.ask(|store| store.meta_of(locator, revision))
            .unwrap_or_else(|| Ok(Corrections::default()))
    }

    /// What was written about the text `revision` at `locator`.
    pub(super) fn written(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Written, StoreError> {
        if !self.has_notes {
            return Ok(Written::default());
        }
        let notes = self
            .ask(|store| store.annotations_of(locator, revision))
            .unwrap_or_else(|| Ok(Vec::new()))?;
        let mut tags: Vec<String> = Vec::new();
        for tag in notes.iter().flat_map(|note| &note.body.tags) {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        Ok(Written {
            n_notes: notes.len(),
            tags,
        })
    }

    /// What was decided about entities, in the order it was.
    pub(super) fn entity_decisions(&self) -> Result<Vec<Decision>, StoreError> {
        self.ask(Store::entity_decisions)
            .unwrap_or_else(|| Ok(Vec::new()))
    }

    fn ask<T>(&self, question: impl FnOnce(&Store) -> T) -> Option<T> {
        let store = self.store.as_ref()?;
        Some(question(
            &store.lock().unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

impl Ledger {
    /// The text that notes were made on, where it was kept.
    pub(super) fn annotated_text(&self, revision: &Revision) -> Result<Option<String>, StoreError> {
        self.ask(|store| store.annotated_text(revision))
            .unwrap_or(Ok(None))
    }

    /// The notes on the text `revision` at `locator`, in text order.
    pub(super) fn notes_of(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Vec<Annotation>, StoreError> {
        self.ask(|store| store.annotations_of(locator, revision))
            .unwrap_or_else(|| Ok(Vec::new()))
    }

    /// The notes on a document with where they stand in it, the reader's decisions counted in.
    pub(super) fn placed(
        &self,
        locator: &str,
        document: &Document,
    ) -> Result<Vec<(Annotation, Anchoring)>, StoreError> {
        self.ask(|store| store.place_annotations(locator, document))
            .unwrap_or_else(|| Ok(Vec::new()))
    }

    /// Notes with their numbers everywhere, writers and origins.
    pub(super) fn signed(&self, ids: &[RecordId]) -> Result<Vec<Signed>, StoreError> {
        self.ask(|store| store.signed(ids))
            .unwrap_or_else(|| Ok(Vec::new()))
    }

    /// Every link between notes.
    pub(super) fn links(&self) -> Result<Vec<Link>, StoreError> {
        self.ask(Store::all_links).unwrap_or_else(|| Ok(Vec::new()))
    }

    /// The bookmarks of the text `revision` at `locator`, in text order.
    pub(super) fn bookmarks_of(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Vec<Bookmark>, StoreError> {
        self.ask(|store| store.bookmarks_of(locator, revision))
            .unwrap_or_else(|| Ok(Vec::new()))
    }
}
