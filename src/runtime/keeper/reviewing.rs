//! Annotations of documents that are not open: looked for again when their file changed, and gathered where the reader must decide.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::Keeper;
use super::placing::Looking;
use crate::annotation::{Anchoring, Annotation};
use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Msg, Outcome};
use crate::app::overlay::review::Doubt;
use crate::document::{DocId, Document, Revision};
use crate::runtime::source::Sources;
use crate::store::{Files, Store};

/// Documents that are not open.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Shelf {
    /// Those the reader decides about, as they were read.
    pub(super) read: HashMap<DocId, (Arc<str>, Arc<Document>)>,
    /// Locators of those whose annotations have still to be looked for.
    pub(super) waiting: VecDeque<Arc<str>>,
    /// The search for those of the open document.
    pub(super) looking: Option<Looking>,
}

impl Keeper {
    /// Takes note of which of these texts are new to the annotations made on them; they are looked at when nothing else is to be done.
    pub(super) fn note_changed(&mut self, seen: &[(String, Revision)]) {
        let Some(store) = &self.store else { return };
        let annotated: HashSet<DocId> = store
            .all_annotations()
            .unwrap_or_default()
            .iter()
            .map(|placed| DocId::of_locator(&placed.locator))
            .collect();
        for (locator, revision) in seen {
            if !annotated.contains(&DocId::of_locator(locator)) {
                continue;
            }
            let notes = store.annotations_of(locator, revision).unwrap_or_default();
            let is_new = notes.iter().any(|note| {
                let lines = store.anchorings_of(note.id).unwrap_or_default();
                match lines.last() {
                    Some(last) => last.revision != *revision,
                    None => note.target.revision != *revision,
                }
            });
            if is_new && !self.shelf.waiting.iter().any(|known| **known == **locator) {
                self.shelf.waiting.push_back(locator.as_str().into());
            }
        }
    }

    /// Looks for the annotations of one document that changed.
    pub(super) fn place_next(&mut self) {
        let next = self.shelf.waiting.pop_front();
        if let Some((locator, document)) = next.and_then(|locator| self.read(&locator)) {
            self.place_kept(&locator, &document);
        }
    }

    /// Gathers what the reader must decide, a document at a time.
    pub(super) fn review(&mut self, job: JobId) {
        while self.take_found(Duration::from_millis(100)) {}
        while !self.shelf.waiting.is_empty() {
            self.place_next();
        }
        self.shelf.read.clear();
        let places = self.store.as_ref().map(Store::places_in_doubt);
        // The same text may lie in several places.
        let mut seen = HashSet::new();
        for locator in places.and_then(Result::ok).unwrap_or_default() {
            let Some((locator, document)) = self.read(&locator) else {
                continue;
            };
            let doubts: Vec<Doubt> = self
                .place_kept(&locator, &document)
                .iter()
                .filter(|(note, _)| seen.insert((note.id, document.revision)))
                .filter_map(|(note, anchoring)| Doubt::new(note, anchoring, &document))
                .collect();
            if !doubts.is_empty() {
                self.shelf.read.insert(document.id, (locator, document));
                let some = Outcome::Review(job, doubts, Coverage::Part);
                drop(self.out.send(Msg::Done(some)));
            }
        }
        let all = Outcome::Review(job, Vec::new(), Coverage::Whole);
        drop(self.out.send(Msg::Done(all)));
    }

    /// A document as its file has it now, with the metadata the reader set; one that has no file as it is open.
    fn read(&self, locator: &Arc<str>) -> Option<(Arc<str>, Arc<Document>)> {
        let Some(mut document) = Files::document(&Sources::default(), locator) else {
            let open = self.open.as_ref().filter(|page| page.locator == *locator);
            return open.map(|page| (locator.clone(), page.document.clone()));
        };
        document.id = DocId::of_locator(locator);
        let set = self.store.as_ref()?.meta_of(locator, &document.revision);
        if let Ok(set) = set {
            set.apply(&mut document);
        }
        Some((locator.clone(), Arc::new(document)))
    }

    /// Finds the annotations of a document in its present text and writes that down.
    fn place_kept(&mut self, locator: &str, document: &Document) -> Vec<(Annotation, Anchoring)> {
        let found = self
            .store
            .as_ref()
            .and_then(|store| store.place_annotations(locator, document).ok())
            .unwrap_or_default();
        self.quietly(|store, now| store.saw(document, locator, now));
        let places = found.iter();
        let places = places.map(|(note, anchoring)| (note.id, anchoring.clone()));
        self.found(locator, document, places.collect());
        found
    }
}
