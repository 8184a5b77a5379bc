//! What the store knows of a document that was read: metadata set by hand, notes and bookmarks where they stand now, the reader's place.
//!
//! The page does not wait for notes whose text has changed: they are shown as sought, a thread of its own looks for them, and the keeper tells of them as they are found and
//! writes down where they were. A page that is opened meanwhile ends the search for those of the one before.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Keeper, Loaded, Page, Purpose};
use crate::annotation::{
    Alignment, Anchor, Anchoring, Bookmark, Method, RecordId, Target, anchor, anchor_aligned,
    glance,
};
use crate::app::effect::JobId;
use crate::app::msg::{Coverage, Msg, Opened, Outcome, Standing};
use crate::document::{DocId, Document, Revision};
use crate::library::Corrections;
use crate::runtime::analyst;
use crate::store::{KnownPlace, Search, Store};
use crate::text::TextRange;

/// A text and its forerunner larger than this together are not compared while the page waits.
const COMPARED_AT_ONCE_BYTES: usize = 128 << 10;
/// How often what was found is told.
const TELL_AFTER: Duration = Duration::from_millis(50);

/// The search for the annotations of the open document, under way.
#[derive(Debug)]
pub(in crate::runtime) struct Looking {
    locator: Arc<str>,
    document: Arc<Document>,
    /// Bookmarks are compared with the whole text only afterwards.
    has_bookmarks: bool,
    found: Receiver<Vec<(RecordId, Anchoring)>>,
}

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
        let (opened, known) = match coverage {
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
        let bookmarks = opened.bookmarks.clone();
        let outcome = match purpose {
            Purpose::Open(job) => Outcome::Opened(job, Box::new(opened)),
            Purpose::Refresh => Outcome::Opened(JobId::default(), Box::new(opened)),
        };
        drop(self.out.send(Msg::Done(outcome)));
        self.open = Some(Page {
            locator: locator.clone(),
            document: document.clone(),
            warnings,
            dates: dates.clone(),
        });
        if coverage == Coverage::Whole {
            let request = analyst::Request::Document(document.clone(), dates);
            drop(self.analyst.send(request));
        }
        self.look_for(&locator, &document, known, &bookmarks);
        if coverage == Coverage::Whole {
            // The text a known document has now is noted, so that it is known again under another name.
            self.quietly(|store, now| store.saw(&document, &locator, now));
        }
    }

    /// What is shown of a document at once, and the annotations that are still to be looked for, with those found in this very text before.
    pub(super) fn with_notes(
        &self,
        locator: &str,
        document: &Arc<Document>,
        warnings: Vec<String>,
        corrections: Corrections,
    ) -> (Opened, Vec<KnownPlace>) {
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
        let known = store.known_places(locator, document).unwrap_or_default();
        opened.annotations = known
            .iter()
            .map(|known| {
                let anchoring = known.anchoring.as_ref();
                let anchor = anchoring.map_or(Anchor::Sought, |known| known.anchor.clone());
                (known.annotation.clone(), anchor)
            })
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
        let mut anchors = anchors(store, targets, document, Haste::Now).into_iter();
        opened.bookmarks = bookmarks.into_iter().zip(anchors.by_ref()).collect();
        opened.place = match (anchors.next(), &position) {
            (Some(Anchor::Lost { near }), _) => Some(near.start),
            // Of two large texts: about as far on as before.
            (Some(Anchor::Sought), Some(position)) => Some(position.target.position.start),
            (found, _) => found
                .and_then(|found| found.range())
                .map(|range| range.start),
        };
        (opened, known)
    }

    /// Has the annotations that are not settled looked for, and tells until then that they are.
    pub(super) fn look_for(
        &mut self,
        locator: &Arc<str>,
        document: &Arc<Document>,
        known: Vec<KnownPlace>,
        bookmarks: &[(Bookmark, Anchor)],
    ) {
        self.shelf.looking = None;
        let (settled, sought): (Vec<KnownPlace>, Vec<KnownPlace>) =
            known.into_iter().partition(|known| known.is_settled);
        let is_sought = |(_, anchor): &(Bookmark, Anchor)| *anchor == Anchor::Sought;
        let has_bookmarks = bookmarks.iter().any(is_sought);
        if !sought.is_empty() || has_bookmarks {
            self.begin(locator, document, &sought, has_bookmarks);
        }
        // Writing may wait for the disk, so it comes last.
        let settled = settled
            .into_iter()
            .filter_map(|known| Some((known.annotation.id, known.anchoring?)));
        self.found(locator, document, settled.collect());
    }

    fn begin(
        &mut self,
        locator: &Arc<str>,
        document: &Arc<Document>,
        sought: &[KnownPlace],
        has_bookmarks: bool,
    ) {
        let unknown = sought.iter().filter(|known| known.anchoring.is_none());
        self.tell_places(
            document,
            unknown.map(|known| (known.annotation.id, Anchoring::SOUGHT)),
        );
        let notes = sought.iter().map(|known| &known.annotation);
        let search = self
            .store
            .as_ref()
            .map(|store| store.search(notes, document));
        let Some(Ok(search)) = search else { return };
        let (out, found) = channel();
        let text = document.clone();
        let started = thread::Builder::new()
            .name("placing".to_owned())
            .spawn(move || look(&search, &text, &out));
        if started.is_ok() {
            self.shelf.looking = Some(Looking {
                locator: locator.clone(),
                document: document.clone(),
                has_bookmarks,
                found,
            });
        }
    }

    /// Waits a moment for annotations to be found; whether there is still something under way.
    pub(super) fn take_found(&mut self, patience: Duration) -> bool {
        let Some(looking) = self.shelf.looking.take() else {
            return false;
        };
        match looking.found.recv_timeout(patience) {
            Ok(found) => {
                self.found(&looking.locator, &looking.document, found);
                self.shelf.looking = Some(looking);
                true
            }
            Err(RecvTimeoutError::Timeout) => {
                self.shelf.looking = Some(looking);
                true
            }
            Err(RecvTimeoutError::Disconnected) => {
                if looking.has_bookmarks {
                    self.show_bookmarks();
                }
                false
            }
        }
    }

    /// Shows the bookmarks of the open page where they stand, now that there is time to look.
    fn show_bookmarks(&mut self) {
        let (Some(page), Some(store)) = (self.open.clone(), &self.store) else {
            return;
        };
        let set = store.meta_of(&page.locator, &page.document.revision);
        let (mut opened, _) = self.with_notes(
            &page.locator,
            &page.document,
            page.warnings,
            set.unwrap_or_default(),
        );
        let marks = opened.bookmarks.iter().map(|(mark, _)| &mark.target);
        let anchors = anchors(store, marks, &page.document, Haste::Whole);
        for ((_, shown), anchor) in opened.bookmarks.iter_mut().zip(anchors) {
            *shown = anchor;
        }
        opened.place = None;
        let again = Outcome::Opened(JobId::default(), Box::new(opened));
        drop(self.out.send(Msg::Done(again)));
    }

    /// Writes down where the annotations of a document were found, and tells it.
    pub(super) fn found(
        &mut self,
        locator: &str,
        document: &Document,
        found: Vec<(RecordId, Anchoring)>,
    ) {
        let Some(store) = &self.store else { return };
        // That a note stands where it was made is no news, unless it once did not.
        let news: Vec<(RecordId, Anchoring)> = found
            .into_iter()
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
        self.tell_places(document, news.iter().cloned());
        self.quietly(|store, now| store.record_anchorings(document, locator, &news, now));
    }

    fn tell_places(
        &self,
        document: &Document,
        places: impl Iterator<Item = (RecordId, Anchoring)>,
    ) {
        let standings = places.map(|(id, anchoring)| {
            let standing = Standing {
                revision: document.revision,
                anchoring,
            };
            (id, standing)
        });
        let standings: Vec<(RecordId, Standing)> = standings.collect();
        if !standings.is_empty() {
            drop(self.out.send(Msg::Done(Outcome::Placed(standings))));
        }
    }
}

/// Looks for annotations and hands over what was found every now and then, until nobody wants it any more.
fn look(search: &Search, document: &Document, out: &Sender<Vec<(RecordId, Anchoring)>>) {
    let mut found = Vec::new();
    let mut told = Instant::now();
    search.run(document, |id, anchoring| {
        found.push((id, anchoring));
        if told.elapsed() < TELL_AFTER {
            return ControlFlow::Continue(());
        }
        told = Instant::now();
        match out.send(std::mem::take(&mut found)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    drop(out.send(found));
}

/// How much time there is to find bookmarks and the reader's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Haste {
    /// A page waits: in large texts only what is seen at a glance.
    Now,
    /// The texts are compared, however large.
    Whole,
}

/// Where bookmarks and the reader's place stand now; each old text is compared once.
fn anchors<'a>(
    store: &Store,
    targets: impl Iterator<Item = &'a Target>,
    document: &Document,
    haste: Haste,
) -> Vec<Anchor> {
    let targets: Vec<(&Target, Option<TextRange>)> = targets
        .map(|target| (target, glance(target, document)))
        .collect();
    let mut texts: HashMap<Revision, Option<String>> = HashMap::new();
    for (target, _) in targets.iter().filter(|(_, seen)| seen.is_none()) {
        texts
            .entry(target.revision)
            .or_insert_with(|| store.annotated_text(&target.revision).ok().flatten());
    }
    let mut alignments: HashMap<Revision, Alignment<'_>> = HashMap::new();
    targets
        .into_iter()
        .map(|(target, seen)| {
            if let Some(range) = seen {
                return Anchor::Unchanged(range);
            }
            let then = texts.get(&target.revision).and_then(Option::as_deref);
            let n_bytes = document.text.len() + then.map_or(0, str::len);
            match (haste, then) {
                (Haste::Now, _) if n_bytes > COMPARED_AT_ONCE_BYTES => Anchor::Sought,
                (Haste::Now | Haste::Whole, Some(then)) => {
                    let alignment = alignments
                        .entry(target.revision)
                        .or_insert_with(|| Alignment::new(then, &document.text));
                    anchor_aligned(target, Some(alignment), document)
                }
                (Haste::Now | Haste::Whole, None) => anchor(target, None, document),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
