//! What the store knows of a document that was read: metadata set by hand, notes and bookmarks where they stand now, the reader's place.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Keeper, Loaded, Page, Purpose};
use crate::annotation::{
    Alignment, Anchor, Anchoring, Annotation, Bookmark, Method, RecordId, Target, anchor,
    anchor_aligned,
};
use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Msg, Opened, Outcome, Standing};
use crate::document::{DocId, Document, Revision};
use crate::library::Corrections;
use crate::runtime::analyst;
use crate::store::Store;

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
        let (opened, found) = match coverage {
            Coverage::Whole => self.with_notes(&locator, &document, warnings.clone(), corrections),
            // Notes are placed in the whole text; where the reader was is found there as well.
            Coverage::Part => {
                let beginning = Opened {
                    document: document.clone(),
                    coverage,
                    warnings: warnings.clone(),
                    annotations: Vec::new(),
                    bookmarks: Vec::new(),
                    place: None,
                    corrections,
                };
                (beginning, Vec::new())
            }
        };
        let outcome = match purpose {
            Purpose::Open(job) => Outcome::Opened(job, Box::new(opened)),
            Purpose::Refresh => Outcome::Opened(JobId::default(), Box::new(opened)),
        };
        drop(self.out.send(Msg::Done(outcome)));
        if coverage == Coverage::Whole {
            // The text a known document has now is noted, so that it is known again under another name.
            self.quietly(|store, now| store.saw(&document, &locator, now));
            self.found(&locator, &document, found);
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
    ) -> (Opened, Vec<(Annotation, Anchoring)>) {
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
            return (opened, Vec::new());
        };
        let placed = store.place_annotations(locator, document);
        let found = placed.unwrap_or_default();
        opened.annotations = found
            .iter()
            .map(|(note, anchoring)| (note.clone(), anchoring.anchor.clone()))
            .collect();
        let bookmarks: Vec<Bookmark> = store
            .bookmarks_of(locator, &document.revision)
            .unwrap_or_default();
        let position = store
            .position_of(locator, &document.revision)
            .ok()
            .flatten();
        let targets = bookmarks.iter().map(|mark| &mark.target);
        let targets = targets.chain(position.iter().map(|position| &position.target));
        let mut anchors = anchors(store, targets, document).into_iter();
        opened.bookmarks = bookmarks.into_iter().zip(anchors.by_ref()).collect();
        opened.place = match anchors.next() {
            Some(Anchor::Lost { near }) => Some(near.start),
            found => found
                .and_then(|found| found.range())
                .map(|range| range.start),
        };
        (opened, found)
    }

    /// Writes down where the annotations of a document were found, and tells it.
    pub(super) fn found(
        &mut self,
        locator: &str,
        document: &Document,
        found: Vec<(Annotation, Anchoring)>,
    ) {
        let Some(store) = &self.store else { return };
        // That a note stands where it was made is no news, unless it once did not.
        let news: Vec<(RecordId, Anchoring)> = found
            .into_iter()
            .map(|(note, anchoring)| (note.id, anchoring))
            .filter(|(id, anchoring)| {
                anchoring.method != Some(Method::Position)
                    || store
                        .anchorings_of(*id)
                        .is_ok_and(|lines| !lines.is_empty())
            })
            .collect();
        if news.is_empty() {
            return;
        }
        self.quietly(|store, now| store.record_anchorings(document, locator, &news, now));
        let standings = news.into_iter().map(|(id, anchoring)| {
            let standing = Standing {
                revision: document.revision,
                anchoring,
            };
            (id, standing)
        });
        let placed = Outcome::Placed(standings.collect());
        drop(self.out.send(Msg::Done(placed)));
    }
}

/// Where bookmarks and the reader's place stand now; each old text is compared once.
fn anchors<'a>(
    store: &Store,
    targets: impl Iterator<Item = &'a Target> + Clone,
    document: &Document,
) -> Vec<Anchor> {
    let mut texts: HashMap<Revision, Option<String>> = HashMap::new();
    for target in targets.clone() {
        if target.revision != document.revision {
            texts
                .entry(target.revision)
                .or_insert_with(|| store.annotated_text(&target.revision).ok().flatten());
        }
    }
    let mut alignments: HashMap<Revision, Alignment<'_>> = HashMap::new();
    targets
        .map(|target| match texts.get(&target.revision) {
            Some(Some(then)) => {
                let alignment = alignments
                    .entry(target.revision)
                    .or_insert_with(|| Alignment::new(then, &document.text));
                anchor_aligned(target, Some(alignment), document)
            }
            Some(None) | None => anchor(target, None, document),
        })
        .collect()
}
