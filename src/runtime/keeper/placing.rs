//! What the store knows of a document that was read: metadata set by hand, notes and bookmarks where they stand now, the reader's place.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Keeper, Loaded, Page, Purpose};
use crate::annotation::{Anchor, Annotation, Bookmark, Target, anchor};
use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Msg, Opened, Outcome};
use crate::document::{DocId, Document, Revision};
use crate::library::Corrections;
use crate::runtime::analyst;

impl Keeper {
    pub(super) fn place(&mut self, loaded: Loaded) {
        let Loaded {
            locator,
            mut document,
            warnings,
            coverage,
            purpose,
        } = loaded;
        let id = DocId::of_locator(&locator);
        document.id = id;
        let mut corrections = Corrections::default();
        if let Some(store) = &self.store
            && let Ok(set) = store.meta_of(&locator, &document.revision)
        {
            set.apply(&mut document);
            corrections = set;
        }
        let document = Arc::new(document);
        let dates = corrections.dates.clone();
        let opened = match coverage {
            Coverage::Whole => self.with_notes(&locator, &document, warnings.clone(), corrections),
            // Notes are placed in the whole text; where the reader was is found there as well.
            Coverage::Part => Opened {
                document: document.clone(),
                coverage,
                warnings: warnings.clone(),
                annotations: Vec::new(),
                bookmarks: Vec::new(),
                place: None,
                corrections,
            },
        };
        let outcome = match purpose {
            Purpose::Open(job) => Outcome::Opened(job, Box::new(opened)),
            Purpose::Refresh => Outcome::Opened(JobId::default(), Box::new(opened)),
        };
        drop(self.out.send(Msg::Done(outcome)));
        if coverage == Coverage::Whole {
            // The text a known document has now is noted, so that it is known again under another name.
            self.quietly(|store, now| store.saw(&document, &locator, now));
        }
        self.open = Some(Page {
            locator,
            document: document.clone(),
            warnings,
            dates: dates.clone(),
        });
        if coverage == Coverage::Whole {
            drop(
                self.analyst
                    .send(analyst::Request::Document(document, dates)),
            );
        }
    }

    pub(super) fn with_notes(
        &self,
        locator: &str,
        document: &Arc<Document>,
        warnings: Vec<String>,
        corrections: Corrections,
    ) -> Opened {
        let mut opened = Opened {
            document: document.clone(),
            coverage: Coverage::Whole,
            warnings,
            annotations: Vec::new(),
            bookmarks: Vec::new(),
            place: None,
            corrections,
        };
        let Some(store) = &self.store else {
            return opened;
        };
        let mut texts: HashMap<Revision, Option<String>> = HashMap::new();
        let mut place = |target: &Target| -> Anchor {
            if target.revision == document.revision {
                return anchor(target, None, document);
            }
            let then = texts
                .entry(target.revision)
                .or_insert_with(|| store.annotated_text(&target.revision).ok().flatten());
            anchor(target, then.as_deref(), document)
        };
        let annotations: Vec<Annotation> = store
            .annotations_of(locator, &document.revision)
            .unwrap_or_default();
        opened.annotations = annotations
            .into_iter()
            .map(|note| (place(&note.target), note))
            .map(|(anchor, note)| (note, anchor))
            .collect();
        let bookmarks: Vec<Bookmark> = store
            .bookmarks_of(locator, &document.revision)
            .unwrap_or_default();
        opened.bookmarks = bookmarks
            .into_iter()
            .map(|mark| (place(&mark.target), mark))
            .map(|(anchor, mark)| (mark, anchor))
            .collect();
        if let Ok(Some(position)) = store.position_of(locator, &document.revision) {
            opened.place = match place(&position.target) {
                Anchor::Lost { near } => Some(near.start),
                found => found.range().map(|range| range.start),
            };
        }
        opened
    }
}
