//! The store's thread: it owns the only connection, writes what the reader changed and answers once it is committed.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::analyst;
use super::clock;
use super::librarian;
use super::source;
use crate::annotation::{Anchor, Annotation, Bookmark, Target, anchor};
use crate::app::effect::{Cause, Change, JobId, JumpKind, MetaPatch, Place};
use crate::app::msg::{Coverage, Kept, Msg, Opened, Outcome};
use crate::document::{DocId, Document, Revision};
use crate::store::{Access, MetaOverride, Store, StoreError};

/// How long after another program wrote its commit is looked for.
const LOOK_AFTER: [Duration; 2] = [Duration::from_millis(40), Duration::from_millis(400)];

/// How long a missing store waits for the first document to be shown.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// What the keeper is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Say what the store knows of a document that was read.
    Place(Loaded),
    /// Write changes.
    Save {
        /// What changed.
        changes: Vec<Change>,
        /// Why.
        cause: Cause,
        /// The documents they are about, with their locators.
        documents: HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
    },
    /// Remember where the reader is.
    Remember(Place, Arc<str>, Arc<Document>),
    /// Count a visit.
    Visit(JumpKind, String),
    /// Remember a command line.
    Command(String),
    /// Tell which texts lie where, so that renamed files keep their notes.
    Recognise(Vec<(String, Revision)>),
    /// Another program may have written: look.
    Look,
    /// Answer when all that was asked before is done.
    Settle(Sender<()>),
}

/// A document as it was read, before the store was asked.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) locator: Arc<str>,
    pub(super) document: Document,
    pub(super) warnings: Vec<String>,
    pub(super) coverage: Coverage,
    pub(super) purpose: Purpose,
}

/// Why a document was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The reader opens it.
    Open(JobId),
    /// It is open and something about it changed.
    Refresh,
}

/// Opens the store for writing, else for reading, else not at all; with what stands in the way.
pub(super) fn open_store(
    path: &std::path::Path,
    now: Timestamp,
) -> (Option<Store>, Option<String>) {
    match Store::open(path, now) {
        Ok(store) => (Some(store), None),
        Err(error) => (Store::open_reading(path).ok(), Some(error.to_string())),
    }
}

/// The keeper's state.
pub(super) struct Keeper {
    pub(super) store: Option<Store>,
    pub(super) path: PathBuf,
    pub(super) out: Sender<Msg>,
    pub(super) analyst: Sender<analyst::Request>,
    pub(super) librarian: Sender<librarian::Request>,
    /// The document that is open, to place its notes again when another program writes.
    pub(super) open: Option<(Arc<str>, Arc<Document>, Vec<String>)>,
    pub(super) seen_version: Option<i64>,
    /// What stands in the way of writing, as last told.
    pub(super) told: Option<String>,
    /// The collection that was opened, to be remembered; none where it is not to be.
    pub(super) roots: Vec<String>,
}

impl Keeper {
    /// Answers until nobody asks any more. A store that is not there yet is made after the first document was shown: there is nothing in it to show.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        if self.store.is_none() && self.told.is_none() {
            let first = requests.recv_timeout(FIRST_WAIT);
            let others = match first {
                Ok(Request::Place(loaded)) => {
                    self.place(loaded);
                    None
                }
                Ok(other) => Some(other),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let (store, why) = open_store(&self.path, clock::now());
            self.store = store;
            self.tell_state(why);
            others
                .into_iter()
                .for_each(|request| self.answer(request, &mut VecDeque::new()));
        }
        if !self.roots.is_empty() {
            let roots = std::mem::take(&mut self.roots);
            self.quietly(|store, now| store.open_collection(&roots, now));
        }
        self.tell_kept();
        // When to look whether another program has written: its commit is seen a little after its writing is.
        let mut due: VecDeque<Instant> = VecDeque::new();
        loop {
            let request = match due.front() {
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => requests.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            let request = match request {
                Ok(request) => request,
                Err(RecvTimeoutError::Timeout) => {
                    due.pop_front();
                    self.look();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            self.answer(request, &mut due);
        }
    }

    fn answer(&mut self, request: Request, due: &mut VecDeque<Instant>) {
        match request {
            Request::Place(loaded) => self.place(loaded),
            Request::Save {
                changes,
                cause,
                documents,
            } => self.save(changes, cause, &documents),
            Request::Remember(place, locator, document) => {
                let read = f32::from(place.percent) / 100.0;
                self.quietly(|store, now| {
                    store.set_position(&document, &locator, place.at, read, now)
                });
                self.quietly(|store, _| store.set_setting("last-document", &locator));
            }
            Request::Visit(kind, key) => {
                self.quietly(|store, now| store.visit(kind.name(), &key, now))
            }
            Request::Command(line) => {
                self.quietly(|store, now| store.add_history("command", &line, now))
            }
            Request::Recognise(seen) => {
                let seen = seen
                    .iter()
                    .map(|(locator, revision)| (locator.as_str(), *revision));
                let found = self
                    .store
                    .as_mut()
                    .map(|store| store.recognise(seen, clock::now()));
                if matches!(found, Some(Ok(1..))) {
                    self.tell_kept();
                }
            }
            Request::Look => {
                let now = Instant::now();
                *due = LOOK_AFTER.iter().map(|after| now + *after).collect();
            }
            Request::Settle(done) => drop(done.send(())),
        }
    }

    /// What is only convenience may fail in silence: the standing warning about the store already says why.
    fn quietly<T>(&mut self, write: impl FnOnce(&mut Store, Timestamp) -> Result<T, StoreError>) {
        if let Some(store) = self
            .store
            .as_mut()
            .filter(|store| store.access() == Access::Write)
        {
            drop(write(store, clock::now()));
            self.seen_version = store.data_version().ok();
        }
    }

    fn place(&mut self, loaded: Loaded) {
        let Loaded {
            locator,
            mut document,
            warnings,
            coverage,
            purpose,
        } = loaded;
        let id = DocId::of_locator(&locator);
        document.id = id;
        let mut patch = MetaPatch::default();
        if let Some(store) = &self.store
            && let Ok(set) = store.meta_of(&locator, &document.revision)
        {
            source::apply_override(&mut document, &set);
            patch = MetaPatch {
                title: set.title,
                published: set.published,
                publisher: set.publisher,
            };
        }
        let document = Arc::new(document);
        let opened = match coverage {
            Coverage::Whole => self.with_notes(&locator, document.clone(), warnings.clone(), patch),
            // Notes are placed in the whole text; where the reader was is found there as well.
            Coverage::Part => Opened {
                document: document.clone(),
                coverage,
                warnings: warnings.clone(),
                annotations: Vec::new(),
                bookmarks: Vec::new(),
                place: None,
                patch,
            },
        };
        let outcome = match purpose {
            Purpose::Open(job) => Outcome::Opened(job, Box::new(opened)),
            Purpose::Refresh => Outcome::Opened(JobId::default(), Box::new(opened)),
        };
        self.open = Some((locator, document.clone(), warnings));
        drop(self.out.send(Msg::Done(outcome)));
        if coverage == Coverage::Whole {
            drop(self.analyst.send(analyst::Request(document)));
        }
    }

    fn with_notes(
        &self,
        locator: &str,
        document: Arc<Document>,
        warnings: Vec<String>,
        patch: MetaPatch,
    ) -> Opened {
        let mut opened = Opened {
            document: document.clone(),
            coverage: Coverage::Whole,
            warnings,
            annotations: Vec::new(),
            bookmarks: Vec::new(),
            place: None,
            patch,
        };
        let Some(store) = &self.store else {
            return opened;
        };
        let mut texts: HashMap<Revision, Option<String>> = HashMap::new();
        let mut place = |target: &Target| -> Anchor {
            if target.revision == document.revision {
                return anchor(target, None, &document);
            }
            let then = texts
                .entry(target.revision)
                .or_insert_with(|| store.annotated_text(&target.revision).ok().flatten());
            anchor(target, then.as_deref(), &document)
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

    fn save(
        &mut self,
        changes: Vec<Change>,
        cause: Cause,
        documents: &HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
    ) {
        let now = clock::now();
        if self
            .store
            .as_ref()
            .is_none_or(|store| store.access() == Access::Read)
        {
            // What stood in the way may be gone.
            let (store, why) = open_store(&self.path, now);
            self.store = store;
            self.tell_state(why);
        }
        let mut saved = Vec::new();
        let mut failed = None;
        for change in &changes {
            match self.save_one(change, documents, now) {
                Ok(change) => saved.push(change),
                Err(why) => {
                    failed = Some(why);
                    break;
                }
            }
        }
        let rest = changes.get(saved.len()..).unwrap_or_default().to_vec();
        let metas: Vec<DocId> = saved
            .iter()
            .filter_map(|change| match change {
                Change::Meta { doc, .. } => Some(*doc),
                Change::Annotation { .. } | Change::Bookmark { .. } => None,
            })
            .collect();
        if !metas.is_empty() {
            self.tell_overrides();
            for doc in metas {
                if let Some((locator, _)) = documents.get(&doc) {
                    drop(
                        self.librarian
                            .send(librarian::Request::ReadAgain(locator.clone())),
                    );
                }
            }
        }
        if !saved.is_empty() {
            drop(self.out.send(Msg::Done(Outcome::Saved(saved, cause))));
        }
        match failed {
            Some(why) => {
                self.tell_state(Some(why.clone()));
                drop(
                    self.out
                        .send(Msg::Done(Outcome::SaveFailed(rest, cause, why))),
                );
            }
            None => self.tell_state(None),
        }
        self.seen_version = self
            .store
            .as_ref()
            .and_then(|store| store.data_version().ok());
    }

    fn save_one(
        &mut self,
        change: &Change,
        documents: &HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
        now: Timestamp,
    ) -> Result<Change, String> {
        let Some(store) = &mut self.store else {
            return Err(self
                .told
                .clone()
                .unwrap_or_else(|| format!("{} cannot be opened", self.path.display())));
        };
        let place = |doc: DocId| -> Result<(Arc<str>, Arc<Document>), String> {
            match documents.get(&doc) {
                Some((locator, Some(document))) => Ok((locator.clone(), document.clone())),
                _ => Err("the document is not open any more; open it and try again".to_owned()),
            }
        };
        let say = |error: StoreError| error.to_string();
        match change {
            Change::Annotation {
                before,
                after: Some(after),
            } => {
                let stored = match before {
                    _ if after.id.0 <= 0 => {
                        let (locator, document) = place(after.target.doc)?;
                        store
                            .add_annotation(&document, &locator, &after.target, &after.body, now)
                            .map_err(say)?
                    }
                    Some(_) => store
                        .update_annotation(after.id, &after.body, now)
                        .map_err(say)?,
                    None => store.restore_annotation(after.id, now).map_err(say)?,
                };
                Ok(Change::Annotation {
                    before: before.clone(),
                    after: Some(stored),
                })
            }
            Change::Annotation {
                before,
                after: None,
            } => {
                if let Some(before) = before {
                    store.delete_annotation(before.id, now).map_err(say)?;
                }
                Ok(change.clone())
            }
            Change::Bookmark {
                before,
                after: Some(after),
            } => {
                let stored = match before {
                    None if after.id.0 > 0 => store.restore_bookmark(after.id, now).map_err(say)?,
                    _ => {
                        let (locator, document) = place(after.target.doc)?;
                        store
                            .set_bookmark(&document, &locator, &after.target, &after.name, now)
                            .map_err(say)?
                            .0
                    }
                };
                Ok(Change::Bookmark {
                    before: before.clone(),
                    after: Some(stored),
                })
            }
            Change::Bookmark {
                before,
                after: None,
            } => {
                if let Some(before) = before {
                    store.delete_bookmark(before.id, now).map_err(say)?;
                }
                Ok(change.clone())
            }
            Change::Meta { doc, after, .. } => {
                let (locator, document) = place(*doc)?;
                let set = MetaOverride {
                    title: after.title.clone(),
                    published: after.published.clone(),
                    publisher: after.publisher.clone(),
                };
                store
                    .set_meta(&document, &locator, &set, now)
                    .map_err(say)?;
                Ok(change.clone())
            }
        }
    }

    /// Says what stands in the way of writing, when that is news.
    fn tell_state(&mut self, why: Option<String>) {
        if self.told != why {
            self.told.clone_from(&why);
            let text = why.map(|why| format!("Notes cannot be saved: {why}"));
            drop(self.out.send(Msg::Done(Outcome::StoreState(text))));
        }
    }

    /// Sends everything the reader wrote.
    pub(super) fn tell_kept(&mut self) {
        if let Some(store) = &self.store {
            self.seen_version = store.data_version().ok();
            drop(self.out.send(Msg::Done(Outcome::Kept(kept(store)))));
        }
    }

    fn tell_overrides(&self) {
        if let Some(set) = self.store.as_ref().and_then(|store| store.all_meta().ok()) {
            drop(self.librarian.send(librarian::Request::Overrides(set)));
        }
    }

    /// Looks whether another program has written.
    fn look(&mut self) {
        let version = self
            .store
            .as_ref()
            .and_then(|store| store.data_version().ok());
        if version.is_none() || version == self.seen_version {
            return;
        }
        self.tell_kept();
        self.tell_overrides();
        if let Some((locator, document, warnings)) = self.open.clone() {
            let set = self
                .store
                .as_ref()
                .and_then(|store| store.meta_of(&locator, &document.revision).ok())
                .unwrap_or_default();
            let patch = MetaPatch {
                title: set.title,
                published: set.published,
                publisher: set.publisher,
            };
            let mut opened = self.with_notes(&locator, document, warnings, patch);
            opened.place = None;
            drop(self.out.send(Msg::Done(Outcome::Opened(
                JobId::default(),
                Box::new(opened),
            ))));
        }
    }
}

/// Everything the reader wrote.
pub(super) fn kept(store: &Store) -> Kept {
    let annotations = store.all_annotations().unwrap_or_default();
    let bookmarks = store.all_bookmarks().unwrap_or_default();
    Kept {
        annotations: annotations
            .into_iter()
            .map(|placed| placed.record)
            .collect(),
        bookmarks: bookmarks.into_iter().map(|placed| placed.record).collect(),
        tags: store
            .tags()
            .unwrap_or_default()
            .into_iter()
            .map(|(tag, _)| tag)
            .collect(),
        commands: store.history("command").unwrap_or_default(),
    }
}
