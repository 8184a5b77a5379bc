//! The store's thread: it owns the only connection, writes what the reader changed and answers once it is committed.

mod overtaking;
mod placing;
mod receiving;
mod reviewing;
mod saving;

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

pub(super) use self::reviewing::Shelf;
use super::analyst;
use super::clock;
use super::exchange::worker::Delivery;
use super::librarian;
use crate::app::effect::{Cause, Change, JobId, JumpKind, Place};
use crate::app::msg::{Coverage, Kept, Msg, Outcome, Standing};
use crate::document::{DocId, Document, Revision};
use crate::library::Corrections;
use crate::store::{Access, Store, StoreError};
use crate::time::Decision;

/// How long after another program wrote its commit is looked for.
const LOOK_AFTER: [Duration; 2] = [Duration::from_millis(40), Duration::from_millis(400)];

/// How long what is only for lists, and a missing store, waits for the first document to be shown.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// How long requests wait while annotations are looked for: not noticeably.
const PATIENCE: Duration = Duration::from_millis(5);

/// What the keeper is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Say what the store knows of a document that was read.
    Place(Box<Loaded>),
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
    /// Find all annotations that need a decision.
    Review(JobId),
    /// Put what came in with a file of notes where it belongs.
    Receive(Box<Delivery>),
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

/// The document that is open.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) locator: Arc<str>,
    pub(super) document: Arc<Document>,
    pub(super) warnings: Vec<String>,
    /// What the reader decided about its dates.
    pub(super) dates: Vec<Decision>,
}

/// The keeper's state.
pub(super) struct Keeper {
    pub(super) store: Option<Store>,
    pub(super) path: PathBuf,
    pub(super) out: Sender<Msg>,
    pub(super) analyst: Sender<analyst::Request>,
    pub(super) librarian: Sender<librarian::Request>,
    /// The document that is open, to place its notes again when another program writes.
    pub(super) open: Option<Page>,
    /// The store's version when its content was last read in full; only what others commit changes it.
    pub(super) seen_version: Option<i64>,
    /// What stands in the way of writing, as last told.
    pub(super) told: Option<String>,
    /// The collection that was opened, to be remembered; none where it is not to be.
    pub(super) roots: Vec<String>,
    /// What was read to decide about its annotations, and what is still to be looked at.
    pub(super) shelf: Shelf,
}

impl Page {
    /// What the reader set by hand about it.
    fn corrections(&self, store: Option<&Store>) -> Corrections {
        let set =
            store.and_then(|store| store.meta_of(&self.locator, &self.document.revision).ok());
        set.unwrap_or_default()
    }
}

impl Keeper {
    /// Answers until nobody asks any more. A store that is not there yet is made after the first document was shown: there is nothing in it to show.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        // When to look whether another program has written: its commit is seen a little after its writing is.
        let mut due: VecDeque<Instant> = VecDeque::new();
        if self.store.is_none() && self.told.is_none() {
            let first = requests.recv_timeout(FIRST_WAIT);
            let others = match first {
                Ok(Request::Place(loaded)) => {
                    self.place(*loaded);
                    None
                }
                Ok(other) => Some(other),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let (store, why) = open_store(&self.path, clock::now());
            self.store = store;
            self.tell_state(why);
            // Another program may have made it first and written to it.
            self.look();
            if let Some(request) = others {
                self.answer(request, &mut due);
            }
        } else {
            // The first page does not wait for the notes of the whole library.
            match requests.recv_timeout(FIRST_WAIT) {
                Ok(Request::Place(loaded)) => {
                    self.place(*loaded);
                    self.tell_kept();
                }
                Ok(other) => {
                    self.tell_kept();
                    self.answer(other, &mut due);
                }
                Err(RecvTimeoutError::Timeout) => self.tell_kept(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if !self.roots.is_empty() {
            let roots = std::mem::take(&mut self.roots);
            self.quietly(|store, now| store.open_collection(&roots, now));
        }
        loop {
            let request = match due.front() {
                // Between two requests what was found is told.
                _ if self.shelf.looking.is_some() => match requests.try_recv() {
                    Ok(request) => Ok(request),
                    Err(TryRecvError::Empty) => {
                        self.take_found(PATIENCE);
                        continue;
                    }
                    Err(TryRecvError::Disconnected) => return,
                },
                _ if !self.shelf.waiting.is_empty() => match requests.try_recv() {
                    Ok(request) => Ok(request),
                    Err(TryRecvError::Empty) => {
                        self.place_next();
                        continue;
                    }
                    Err(TryRecvError::Disconnected) => return,
                },
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
            Request::Place(loaded) => self.place(*loaded),
            Request::Save {
                changes,
                cause,
                documents,
            } => self.save(&changes, cause, &documents),
            Request::Remember(place, locator, document) => {
                let read = f32::from(place.percent) / 100.0;
                self.quietly(|store, now| {
                    store.set_position(&document, &locator, place.at, read, now)
                });
                self.quietly(|store, _| store.set_setting("last-document", &locator));
            }
            Request::Visit(kind, key) => {
                self.quietly(|store, now| store.visit(kind.name(), &key, now));
            }
            Request::Command(line) => {
                self.quietly(|store, now| store.add_history("command", &line, now));
            }
            Request::Recognise(seen) => {
                let files = super::source::Sources::default();
                let found = self
                    .store
                    .as_mut()
                    .filter(|store| store.access() == Access::Write)
                    .map(|store| store.follow(&seen, &files, clock::now()));
                if matches!(found, Some(Ok(1..))) {
                    self.tell_kept();
                }
                self.note_changed(&seen);
            }
            Request::Look => {
                let now = Instant::now();
                *due = LOOK_AFTER.iter().map(|after| now + *after).collect();
            }
            Request::Review(job) => self.review(job),
            Request::Receive(delivery) => self.receive(*delivery),
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
            drop(self.out.send(Msg::Done(Outcome::Kept(kept(store)))));
        }
    }

    fn tell_overrides(&self) {
        if let Some(set) = self.store.as_ref().and_then(|store| store.all_meta().ok()) {
            drop(self.librarian.send(librarian::Request::Overrides(set)));
        }
    }

    pub(super) fn tell_decisions(&self) {
        let decided = self.store.as_ref().map(Store::entity_decisions);
        if let Some(Ok(decisions)) = decided {
            drop(
                self.librarian
                    .send(librarian::Request::Decisions(decisions)),
            );
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
        // Before anything is read: what is written meanwhile is seen by the next look. What this program writes does not change the version.
        self.seen_version = version;
        self.tell_kept();
        self.tell_overrides();
        self.tell_decisions();
        if let Some(page) = self.open.clone() {
            let Page {
                locator,
                document,
                warnings,
                dates,
            } = page.clone();
            let set = page.corrections(self.store.as_ref());
            if set.dates != dates {
                let request = analyst::Request::Document(document.clone(), set.dates.clone());
                drop(self.analyst.send(request));
                self.open = Some(Page {
                    dates: set.dates.clone(),
                    ..page.clone()
                });
            }
            let (mut opened, known) = self.with_notes(&locator, &document, warnings, set);
            opened.place = None;
            let bookmarks = opened.bookmarks.clone();
            drop(self.out.send(Msg::Done(Outcome::Opened(
                JobId::default(),
                Box::new(opened),
            ))));
            self.look_for(&locator, &document, known, &bookmarks);
        }
    }
}

/// Everything the reader wrote.
pub(super) fn kept(store: &Store) -> Kept {
    let mut annotations = store.all_annotations().unwrap_or_default();
    annotations.sort_by_key(|placed| placed.record.id);
    let bookmarks = store.all_bookmarks().unwrap_or_default();
    let vocabulary = store.vocabulary().unwrap_or_default();
    Kept {
        annotations: annotations
            .into_iter()
            .map(|placed| placed.record)
            .collect(),
        bookmarks: bookmarks.into_iter().map(|placed| placed.record).collect(),
        tags: (vocabulary.iter())
            .filter(|used| used.uses > 0)
            .map(|used| used.tag.name.clone())
            .collect(),
        vocabulary: vocabulary
            .into_iter()
            .map(|used| used.tag)
            .filter(|tag| !tag.is_plain())
            .collect(),
        commands: store.history("command").unwrap_or_default(),
        standings: store
            .last_statuses()
            .unwrap_or_default()
            .into_iter()
            .map(|(id, record)| {
                let standing = Standing {
                    revision: record.revision,
                    anchoring: record.anchoring,
                };
                (id, standing)
            })
            .collect(),
        links: store.all_links().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
