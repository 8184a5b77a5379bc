//! The librarian's thread: owns the catalogue, reads what is new in the collection behind the screen, and answers from what is known.

mod alike;
mod dating;
mod named;
mod names;
mod scan;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::time::Duration;

use jiff::civil::Date;

pub(super) use self::named::NoteWords;
pub use self::scan::listing_of;

use self::dating::Undated;
use super::collection::Collection;
use super::source::Sources;
use super::{analyst, concordance, jumper, keeper};
use crate::app::effect::JobId;
use crate::app::msg::{Listings, Msg, Outcome};
use crate::document::{DocId, Document};
use crate::language::entities::{EntityId, Lists};
use crate::library::entities::{Decision, Linked, Parts};
use crate::library::{Analysis, Corrections, Sort};
use crate::search::query::Words;
use crate::store::catalogue::{Catalogue, Linking};
use crate::timeline;

/// Dated passages the timeline holds at once; of a larger library those around the open document.
const MOST_EVENTS: usize = 20_000;

/// What the librarian is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Look at the files again.
    Scan,
    /// Some files changed: look once they have settled.
    Changed,
    /// A document's metadata was set by hand: put it into the catalogue again.
    ReadAgain(Arc<str>),
    /// Metadata set by hand, all of it.
    Overrides(HashMap<DocId, Corrections>),
    /// Make the timeline around a day.
    Timeline(JobId, Option<Date>),
    /// The documents that name an entity.
    EntityDocuments(EntityId),
    /// The documents that name somebody or something by these words.
    DocumentsNaming(Words),
    /// Who is named in the words of these notes.
    NamedInNotes(Vec<NoteWords>),
    /// How often these entities are named in the library.
    Count(Vec<EntityId>),
    /// This document is open; when may it have been published, if it does not say so?
    Opened(Arc<Document>, Arc<Analysis>),
    /// What is known of an entity.
    EntityFacts(JobId, EntityId),
    /// The mentions of an entity in context, from this document on.
    Contexts(JobId, EntityId, u32),
    /// What the reader decided about entities, all of it.
    Decisions(Vec<Decision>),
    /// Every entity and heading, for the fuzzy jump.
    Places(Sender<jumper::Known>),
}

/// The librarian's state.
pub(super) struct Librarian {
    pub(super) catalogue: Catalogue,
    pub(super) collection: Collection,
    pub(super) sources: Sources,
    pub(super) overrides: HashMap<DocId, Corrections>,
    pub(super) read: HashMap<DocId, u8>,
    pub(super) out: Sender<Msg>,
    pub(super) keeper: Sender<keeper::Request>,
    /// Set by the reader to stop what runs behind.
    pub(super) stop: Arc<AtomicBool>,
    /// The last timeline asked for, to make it again when the library grew.
    pub(super) timeline: Option<(JobId, Option<Date>)>,
    pub(super) problems: Vec<String>,
    /// The document that is open, if it has no date.
    pub(super) undated: Option<Undated>,
    /// What the reader decided about entities.
    pub(super) decisions: Vec<Decision>,
    /// Which names are one, by the documents and the decisions.
    pub(super) linking: Linking,
    pub(super) analyst: Sender<analyst::Request>,
    pub(super) concordance: Sender<concordance::Request>,
    /// The reader's own names.
    pub(super) names: Arc<Lists>,
    /// What the reader took out in single documents.
    pub(super) parts: Parts,
}

impl Librarian {
    /// Answers until nobody asks any more.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        self.parts = Parts::of(&self.decisions);
        let with = self.names.stamp() ^ self.parts.stamp();
        drop(self.catalogue.expect_names(with));
        self.recall();
        let mut scan = Some(self.begin_scan());
        self.tell_list();
        // What the screen asks goes before linking what changed.
        let mut unlinked = true;
        loop {
            let request = if scan.is_some() || unlinked {
                match requests.try_recv() {
                    Ok(request) => Some(request),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                }
            } else {
                match requests.recv() {
                    Ok(request) => Some(request),
                    Err(_) => return,
                }
            };
            match request {
                Some(Request::Scan) => scan = Some(self.begin_scan()),
                Some(Request::Changed) => {
                    // Editors write in several steps; what follows at once belongs to the same change.
                    std::thread::sleep(Duration::from_millis(80));
                    scan = Some(self.begin_scan());
                }
                Some(Request::Decisions(decisions)) => {
                    if decisions != self.decisions && self.decide(decisions) {
                        scan = Some(self.begin_scan());
                    }
                }
                Some(request) => self.answer(request),
                None => {
                    if let Some(running) = scan.take() {
                        scan = self.step(running);
                    } else {
                        unlinked = false;
                        self.tell_groups();
                        if self.link() {
                            self.tell_timeline();
                        }
                    }
                }
            }
        }
    }

    /// Takes what the reader decided about entities; whether documents are to be read again for it.
    fn decide(&mut self, decisions: Vec<Decision>) -> bool {
        self.decisions = decisions;
        let scans = self.part();
        if self.link() {
            self.tell_timeline();
        }
        scans
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Scan | Request::Changed | Request::Decisions(_) => {}
            Request::ReadAgain(locator) => {
                if self.read_again(&locator) {
                    self.tell_list();
                    self.tell_suggestion();
                }
            }
            Request::Overrides(overrides) => self.overrides = overrides,
            Request::Timeline(job, around) => {
                self.timeline = Some((job, around));
                self.tell_timeline();
            }
            Request::EntityFacts(job, entity) => {
                let facts = self.facts(&entity).map(Box::new);
                self.tell(Outcome::EntityFacts(job, facts));
            }
            Request::Contexts(job, entity, from) => {
                let locators = self
                    .catalogue
                    .locators_of(self.collection.key(), &self.linking.links.members(&entity))
                    .unwrap_or_default();
                drop(self.concordance.send(concordance::Request {
                    job,
                    members: self.linking.links.members(&entity),
                    parts: self.linking.links.parts().clone(),
                    locators,
                    from,
                }));
            }
            Request::EntityDocuments(entity) => {
                let documents = self
                    .catalogue
                    .documents_of(self.collection.key(), &self.linking.links.members(&entity))
                    .unwrap_or_default();
                self.tell(Outcome::EntityDocuments(
                    entity,
                    documents.into_iter().collect(),
                ));
            }
            Request::DocumentsNaming(words) => {
                let documents = self.documents_naming(&words);
                self.tell(Outcome::DocumentsNaming(words, documents));
            }
            Request::NamedInNotes(notes) => {
                self.tell(Outcome::NamedInNotes(self.named_in(notes)));
            }
            Request::Count(entities) => {
                let counts = entities
                    .iter()
                    .filter_map(|entity| self.linking.links.entity(entity));
                let counts = counts.map(Linked::count).collect();
                self.tell(Outcome::Counted(counts));
            }
            Request::Opened(document, analysis) => {
                let undated = document.meta.published.is_none();
                self.undated = undated.then_some(Undated { document, analysis });
                self.tell_suggestion();
            }
            Request::Places(to) => {
                let headings = self.catalogue.headings(self.collection.key());
                drop(to.send(jumper::Known {
                    headings: headings.unwrap_or_default(),
                    entities: self.entity_places(),
                }));
            }
        }
    }

    fn tell(&self, outcome: Outcome) {
        drop(self.out.send(Msg::Done(outcome)));
    }

    fn tell_list(&self) {
        let key = self.collection.key();
        match self.catalogue.all(key, Sort::Date) {
            Ok(documents) => {
                let total = documents.len();
                self.tell(Outcome::Listed(Listings {
                    documents,
                    total,
                    read: self.read.clone(),
                    problems: self.problems.clone(),
                }));
            }
            Err(error) => self.tell(Outcome::Failed(error.to_string())),
        }
    }

    fn tell_timeline(&self) {
        let Some((job, around)) = self.timeline else {
            return;
        };
        let key = self.collection.key();
        let catalogue = &self.catalogue;
        let page = |from, n| catalogue.events(key, from, 0, n).unwrap_or_default();
        let mut events = match around.filter(|_| catalogue.has_more_events(key, MOST_EVENTS)) {
            Some(day) => {
                let before = catalogue.events_before(key, day, 0, MOST_EVENTS / 2);
                let mut events = before.unwrap_or_default();
                events.extend(page(Some(day), MOST_EVENTS / 2));
                events
            }
            None => page(None, MOST_EVENTS),
        };
        for event in &mut events {
            self.linking.links.apply_to_event(event);
        }
        self.tell(Outcome::Timeline(job, timeline::rows(events)));
    }
}
