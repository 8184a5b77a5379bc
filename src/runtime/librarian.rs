//! The librarian's thread: owns the catalogue, reads what is new in the collection behind the screen, and answers from what is known.

mod alike;
mod dating;
mod names;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;

use self::dating::Undated;
use super::analyst;
use super::clock;
use super::collection::{Collection, Member};
use super::concordance;
use super::keeper;
use super::source::{self, Sources};
use crate::app::effect::JobId;
use crate::app::msg::{Listings, Msg, Outcome};
use crate::document::{DocId, Document};
use crate::language::entities::{EntityId, Lists};
use crate::library::entities::{Decision, Linked, Links, Parts};
use crate::library::{
    self, Analysis, Corrections, EntityCount, Entry, Listing, Postings, Sort, Stamp,
    analyse_naming, headings, samples,
};
use crate::store::Files;
use crate::store::catalogue::Catalogue;
use crate::timeline;
use crate::trace::sketch::Sketch;
use crate::trace::words::Words;

/// Files above this size are listed, but analysed only when they are opened.
const LARGEST_ANALYSED: u64 = 8 << 20;
/// Documents read and analysed between two looks at the requests.
const BATCH: usize = 48;
/// Dated passages the timeline holds at once; of a larger library those around the open document.
const MOST_EVENTS: usize = 20_000;
/// What takes longer than this is told.
const TELL_AFTER: Duration = Duration::from_millis(150);

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
    /// Every entity, for the fuzzy jump.
    Entities(Sender<Vec<(EntityCount, DocId)>>),
    /// Every heading, for the fuzzy jump: the document, the byte, the words.
    Headings(Sender<Vec<(DocId, u32, String)>>),
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
    pub(super) links: Arc<Links>,
    pub(super) analyst: Sender<analyst::Request>,
    pub(super) concordance: Sender<concordance::Request>,
    /// The reader's own names.
    pub(super) names: Arc<Lists>,
    /// What the reader took out in single documents.
    pub(super) parts: Parts,
}

/// A scan under way.
struct Scan {
    new: VecDeque<(String, Stamp)>,
    done: usize,
    total: usize,
    began: Instant,
    /// Documents were taken out.
    shrank: bool,
    /// The list is told again once so many are done.
    tell_at: usize,
}

impl Librarian {
    /// Answers until nobody asks any more.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        self.parts = Parts::of(&self.decisions);
        let with = self.names.stamp() ^ self.parts.stamp();
        drop(self.catalogue.expect_names(with));
        let mut scan = Some(self.begin_scan());
        self.tell_list();
        // What the screen asks goes before linking the names that are known already.
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
                    .locators_of(self.collection.key(), &self.links.members(&entity))
                    .unwrap_or_default();
                drop(self.concordance.send(concordance::Request {
                    job,
                    members: self.links.members(&entity),
                    parts: self.links.parts().clone(),
                    locators,
                    from,
                }));
            }
            Request::EntityDocuments(entity) => {
                let documents = self
                    .catalogue
                    .documents_of(self.collection.key(), &self.links.members(&entity))
                    .unwrap_or_default();
                self.tell(Outcome::EntityDocuments(
                    entity,
                    documents.into_iter().collect(),
                ));
            }
            Request::Count(entities) => {
                let counts = entities
                    .iter()
                    .filter_map(|entity| self.links.entity(entity));
                let counts = counts.map(Linked::count).collect();
                self.tell(Outcome::Counted(counts));
            }
            Request::Opened(document, analysis) => {
                let undated = document.meta.published.is_none();
                self.undated = undated.then_some(Undated { document, analysis });
                self.tell_suggestion();
            }
            Request::Headings(to) => drop(
                to.send(
                    self.catalogue
                        .headings(self.collection.key())
                        .unwrap_or_default(),
                ),
            ),
            Request::Entities(to) => drop(to.send(self.entity_places())),
        }
    }

    /// Puts a document into the catalogue again; whether it could be read.
    pub(super) fn read_again(&mut self, locator: &str) -> bool {
        let stamp = self
            .catalogue
            .stamps(self.collection.key())
            .ok()
            .and_then(|stamps| stamps.get(&source::doc_of(locator)).copied());
        let stamp = stamp.map_or(Stamp::default(), |(stamp, _)| stamp);
        let own = (&self.overrides, &*self.names, &self.parts);
        let entry = read_entry(&self.sources, own, locator, stamp);
        let Ok(entry) = entry else {
            return false;
        };
        drop(self.catalogue.put(self.collection.key(), &[entry]));
        true
    }

    fn tell(&self, outcome: Outcome) {
        drop(self.out.send(Msg::Done(outcome)));
    }

    /// Finds out what is new, changed or gone since the catalogue was made.
    fn begin_scan(&mut self) -> Scan {
        self.stop.store(false, Ordering::Relaxed);
        let key = self.collection.key();
        let known = self.catalogue.stamps(key).unwrap_or_default();
        let mut here = HashSet::new();
        let mut new = VecDeque::new();
        self.problems.clear();
        for member in self.collection.members() {
            match member {
                Member::Problem(problem) => self.problems.push(problem),
                Member::Document { locator, stamp } => {
                    let doc = source::doc_of(&locator);
                    here.insert(doc);
                    let fresh = known.get(&doc).is_some_and(|(then, analysed)| {
                        *then == stamp && (*analysed || stamp.size > LARGEST_ANALYSED)
                    });
                    if !fresh {
                        new.push_back((locator, stamp));
                    }
                }
            }
        }
        let gone: Vec<DocId> = known
            .keys()
            .filter(|doc| !here.contains(doc))
            .copied()
            .collect();
        if !gone.is_empty() {
            drop(self.catalogue.remove(key, &gone));
        }
        let total = new.len();
        Scan {
            new,
            done: 0,
            total,
            began: Instant::now(),
            shrank: !gone.is_empty(),
            tell_at: BATCH,
        }
    }

    /// Reads and analyses a batch; gives the scan back while there is more to do.
    fn step(&mut self, mut scan: Scan) -> Option<Scan> {
        let batch: Vec<(String, Stamp)> = scan.new.drain(..BATCH.min(scan.new.len())).collect();
        if batch.is_empty() || self.stop.load(Ordering::Relaxed) {
            self.end_scan(&scan);
            return None;
        }
        let read: Vec<Result<Entry, String>> = {
            let (sources, own) = (&self.sources, (&self.overrides, &*self.names, &self.parts));
            batch
                .par_iter()
                .map(|(locator, stamp)| read_entry(sources, own, locator, *stamp))
                .collect()
        };
        let mut entries = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok(entry) => entries.push(entry),
                Err(problem) => self.problems.push(problem),
            }
        }
        drop(self.catalogue.put(self.collection.key(), &entries));
        scan.done += batch.len();
        if scan.began.elapsed() > TELL_AFTER && scan.done < scan.total {
            self.tell(Outcome::Progress(Some((
                "Reading the library".to_owned(),
                scan.done,
                scan.total,
            ))));
        }
        if scan.done >= scan.tell_at && scan.done < scan.total {
            // The whole list is told each time, so it is told at doubling sizes.
            scan.tell_at = scan.done * 2;
            self.tell_list();
        }
        if scan.new.is_empty() {
            self.end_scan(&scan);
            return None;
        }
        Some(scan)
    }

    fn end_scan(&mut self, scan: &Scan) {
        if scan.began.elapsed() > TELL_AFTER {
            self.tell(Outcome::Progress(None));
        }
        if scan.done > 0 || scan.shrank {
            self.link();
            self.tell_list();
            self.tell_groups();
            self.tell_timeline();
            self.tell_suggestion();
            let seen = self
                .catalogue
                .revisions(self.collection.key())
                .unwrap_or_default();
            drop(self.keeper.send(keeper::Request::Recognise(seen)));
        }
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
        let all = self
            .catalogue
            .events(key, None, 0, MOST_EVENTS + 1)
            .unwrap_or_default();
        let mut events = match around {
            Some(day) if all.len() > MOST_EVENTS => {
                let mut events = self
                    .catalogue
                    .events_before(key, day, 0, MOST_EVENTS / 2)
                    .unwrap_or_default();
                events.extend(
                    self.catalogue
                        .events(key, Some(day), 0, MOST_EVENTS / 2)
                        .unwrap_or_default(),
                );
                events
            }
            _ => all,
        };
        for event in &mut events {
            self.links.apply_to_event(event);
        }
        self.tell(Outcome::Timeline(job, timeline::rows(events)));
    }
}

/// A document's row of the catalogue, or why it has none; with what the reader set by hand, the reader's names, and what was taken out.
fn read_entry(
    sources: &Sources,
    (overrides, names, parts): (&HashMap<DocId, Corrections>, &Lists, &Parts),
    locator: &str,
    stamp: Stamp,
) -> Result<Entry, String> {
    let large = stamp.size > LARGEST_ANALYSED;
    let reading = if large {
        sources.beginning(locator)
    } else {
        sources.document(locator).map(source::Reading::Whole)
    };
    let (source::Reading::Whole(imported) | source::Reading::Start(imported)) =
        reading.map_err(|error| error.to_string())?;
    let mut document = imported.document;
    let set = overrides.get(&document.id);
    if let Some(set) = set {
        set.apply(&mut document);
    }
    let dates = set.map_or(&[][..], |set| &set.dates);
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        (!large).then(|| {
            let analysis = analyse_naming(&document, dates, names);
            let analysis = parts.apply(&document, analysis);
            Postings {
                headings: headings(&document),
                said: library::entities::said(&document, &analysis),
                sketch: Some(Sketch::of(&Words::of(&document.text))),
                ..analysis.postings()
            }
        })
    }));
    let found = found.map_err(|_| {
        format!(
            "`{}` could not be analysed; please report it",
            crate::text::sanitise::line(locator)
        )
    })?;
    Ok(Entry {
        listing: listing_of(&document, locator, imported.warnings.len()),
        stamp,
        revision: document.revision,
        found,
    })
}

impl Files for Sources {
    fn is_there(&self, locator: &str) -> bool {
        samples::at_locator(locator).is_some() || source::path_of(locator).is_file()
    }

    fn document(&self, locator: &str) -> Option<Document> {
        let len = std::fs::metadata(source::path_of(locator)).map_or(0, |meta| meta.len());
        if len > LARGEST_ANALYSED {
            return None;
        }
        Some(Self::document(self, locator).ok()?.document)
    }
}

/// What a list shows of a document.
pub fn listing_of(document: &Document, locator: &str, n_warnings: usize) -> Listing {
    let meta = &document.meta;
    Listing {
        id: document.id,
        locator: locator.into(),
        title: document.title().into(),
        published: meta
            .published
            .as_ref()
            .map(|published| published.date.clone()),
        published_from: meta.published.as_ref().map(|published| published.from),
        publisher: meta.publisher.as_deref().map(Into::into),
        words: meta.words,
        n_warnings: u16::try_from(n_warnings).unwrap_or(u16::MAX),
        added: clock::now().as_second(),
    }
}
