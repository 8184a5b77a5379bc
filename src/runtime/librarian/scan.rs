//! Reading what is new: a scan goes through the files of the collection, a batch at a time, and puts what it finds into the catalogue.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::Librarian;
use crate::app::msg::Outcome;
use crate::document::{DocId, Document};
use crate::language::entities::Lists;
use crate::library::entities::Parts;
use crate::library::{
    self, Corrections, Entry, Listing, Postings, Stamp, analyse_naming, headings, samples,
};
use crate::runtime::clock;
use crate::runtime::collection::Member;
use crate::runtime::keeper;
use crate::runtime::source::{self, Sources};
use crate::store::Files;
use crate::trace::sketch::Sketch;
use crate::trace::words::Words;

/// Files above this size are listed, but analysed only when they are opened.
const LARGEST_ANALYSED: u64 = 8 << 20;
/// Documents read and analysed between two looks at the requests.
const BATCH: usize = 48;
/// What takes longer than this is told.
const TELL_AFTER: Duration = Duration::from_millis(150);

/// A scan under way.
pub(super) struct Scan {
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

    /// Finds out what is new, changed or gone since the catalogue was made.
    pub(super) fn begin_scan(&mut self) -> Scan {
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
    pub(super) fn step(&mut self, mut scan: Scan) -> Option<Scan> {
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
        authors: meta.authors.clone(),
        kind: meta.kind,
        words: meta.words,
        n_warnings: u16::try_from(n_warnings).unwrap_or(u16::MAX),
        added: clock::now().as_second(),
    }
}
