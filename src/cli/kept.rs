//! Notes and bookmarks with the documents they belong to, as the files are now.
//!
//! In a collection of paths: every record of the documents there, found by place and by content, then those of documents that lay there and are nowhere now. Over the whole store: every record, each looked for where its
//! document was seen last; where that is gone, at its other places and among the files of the current collection. A file found
//! under a new name is remembered there, if the store may be written to.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failure::{Failure, Outcome};
use super::ledger::{Ledger, open_reading};
use super::out::say;
use super::room::{Opened, Room, is_gone};
use crate::annotation::{Anchoring, Annotation, RecordId};
use crate::document::Revision;
use crate::runtime::clock;
use crate::runtime::collection::Collection;
use crate::runtime::paths::Paths;
use crate::runtime::source::Sources;
use crate::store::{Files, Placed, Store, StoreError, WorkId};

/// A document that was written on.
pub(super) struct Leaf<T> {
    /// Where it is, or was seen last.
    pub(super) locator: String,
    /// The document, if it is still there.
    pub(super) opened: Option<Opened>,
    /// What was written, in text order.
    pub(super) records: Vec<T>,
}

/// How records of one kind are read.
pub(super) struct Reading<T> {
    /// Of one document.
    pub(super) of: fn(&Ledger, &str, &Revision) -> Result<Vec<T>, StoreError>,
    /// Of every document.
    pub(super) all: fn(&Store) -> Result<Vec<Placed<T>>, StoreError>,
    /// Its number, and the text it was made on.
    pub(super) made: fn(&T) -> (RecordId, Revision),
}

impl Leaf<Annotation> {
    /// Its notes, each with where it stands now.
    pub(super) fn placed(
        &self,
        ledger: &Ledger,
    ) -> Result<Vec<(Annotation, Anchoring)>, StoreError> {
        let Some(opened) = &self.opened else {
            let gone = self.records.iter();
            return Ok(gone
                .map(|note| (note.clone(), Anchoring::lost(0)))
                .collect());
        };
        let ours: HashSet<RecordId> = self.records.iter().map(|note| note.id).collect();
        let mut placed = ledger.placed(&self.locator, &opened.document)?;
        placed.retain(|(note, _)| ours.contains(&note.id));
        Ok(placed)
    }
}

/// What was written on the documents at `paths`, or without any on all documents.
pub(super) fn leaves<T: Send + 'static>(
    paths: &[PathBuf],
    places: &Paths,
    reading: &Reading<T>,
    mut take: impl FnMut(Leaf<T>, &Ledger) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    if paths.is_empty() {
        return everywhere(places, reading, take);
    }
    let store = open_reading(&places.store);
    let room = match &store {
        Ok(_) | Err(StoreError::Absent { .. }) => Arc::new(Room::new(paths, places)?),
        Err(_) => return store.map(|_| Outcome::Done).map_err(Failure::Store),
    };
    let mut copied: HashSet<Arc<str>> = HashSet::new();
    let absent = match store {
        Err(_) => None,
        Ok(store) => {
            copied = copies(&store)?;
            let mut absent = Absent::find(&store, reading, &room.collection)?;
            if !absent.leaves.is_empty() && follow(&room, places)? > 0 {
                absent = Absent::find(&store, reading, &room.collection)?;
            }
            Some(absent)
        }
    };
    let mut witness = Witness::new(places);
    let mut held: Vec<Leaf<T>> = Vec::new();
    let mut seen: HashSet<RecordId> = HashSet::new();
    let (of, made) = (reading.of, reading.made);
    let mut outcome = room.each(
        move |room, opened| {
            let records = of(&room.ledger, &opened.locator, &opened.document.revision)?;
            Ok((!records.is_empty()).then(|| Leaf {
                locator: opened.locator.clone(),
                opened: Some(opened),
                records,
            }))
        },
        |leaf| {
            let Some(leaf) = leaf else {
                return Ok(());
            };
            witness.saw(&leaf);
            if copied.contains(leaf.locator.as_str()) {
                held.push(leaf);
                return Ok(());
            }
            // Of a copy that was not known yet.
            let mut leaf = leaf;
            leaf.records.retain(|record| seen.insert(made(record).0));
            if leaf.records.is_empty() {
                return Ok(());
            }
            take(leaf, &room.ledger)
        },
    )?;
    for leaf in once(held, made) {
        take(leaf, &room.ledger)?;
    }
    for leaf in absent.into_iter().flat_map(|absent| absent.leaves) {
        outcome = Outcome::Found;
        lost(&leaf);
        take(leaf, &room.ledger)?;
    }
    Ok(outcome)
}

/// Where the documents lie that are there in several places.
fn copies(store: &Store) -> Result<HashSet<Arc<str>>, StoreError> {
    let sources = Sources::default();
    let mut copied = HashSet::new();
    for places in known(store)?
        .into_values()
        .filter(|places| places.len() > 1)
    {
        let there = places.into_iter().filter(|place| sources.is_there(place));
        let there: Vec<Arc<str>> = there.collect();
        if there.len() > 1 {
            copied.extend(there);
        }
    }
    Ok(copied)
}

/// Every record once, though its document lies there in several copies: in the one with the text it was made on, else in the first.
fn once<T>(leaves: Vec<Leaf<T>>, made: fn(&T) -> (RecordId, Revision)) -> Vec<Leaf<T>> {
    let mut home: HashMap<RecordId, (usize, bool)> = HashMap::new();
    for (index, leaf) in leaves.iter().enumerate() {
        let text = leaf.opened.as_ref().map(|opened| opened.document.revision);
        for (id, revision) in leaf.records.iter().map(made) {
            let is_its = text == Some(revision);
            let best = home.entry(id).or_insert((index, is_its));
            if is_its && !best.1 {
                *best = (index, true);
            }
        }
    }
    let mut leaves = leaves;
    for (index, leaf) in leaves.iter_mut().enumerate() {
        leaf.records.retain(|record| {
            home.get(&made(record).0)
                .is_some_and(|(at, _)| *at == index)
        });
    }
    leaves.retain(|leaf| !leaf.records.is_empty());
    leaves
}

/// What was written on documents that lay in a collection and are nowhere now.
struct Absent<T> {
    leaves: Vec<Leaf<T>>,
}

impl<T> Absent<T> {
    fn find(store: &Store, reading: &Reading<T>, collection: &Collection) -> Result<Self, Failure> {
        let sources = Sources::default();
        let all = grouped((reading.all)(store)?);
        if all.iter().all(|(locator, _)| sources.is_there(locator)) {
            return Ok(Self { leaves: Vec::new() });
        }
        let known = known(store)?;
        let leaves = all
            .into_iter()
            .filter(|(locator, _)| {
                let here = [Arc::clone(locator)];
                let others = known.get(locator).map_or(&here[..], Vec::as_slice);
                let lay_here = |place: &Arc<str>| {
                    collection
                        .roots
                        .iter()
                        .any(|root| Path::new(&**place).starts_with(root))
                };
                !others.iter().any(|place| sources.is_there(place)) && others.iter().any(lay_here)
            })
            .map(|(locator, records)| Leaf {
                locator: locator.to_string(),
                opened: None,
                records,
            })
            .collect();
        Ok(Self { leaves })
    }
}

/// For each place known, all places of the same work.
fn known(store: &Store) -> Result<HashMap<Arc<str>, Vec<Arc<str>>>, StoreError> {
    let places = store.places()?;
    let mut of_work: HashMap<WorkId, Vec<Arc<str>>> = HashMap::new();
    for (locator, work) in places.values() {
        of_work.entry(*work).or_default().push(Arc::clone(locator));
    }
    let all = places.into_values();
    Ok(all
        .map(|(locator, work)| (locator, of_work.get(&work).cloned().unwrap_or_default()))
        .collect())
}

fn lost<T>(leaf: &Leaf<T>) {
    say(&format!(
        "`{}` is no longer there, so what was written on it is lost; if it was moved, name the folder it is in now",
        leaf.locator
    ));
}

/// Tells the store which documents lie in the room, so that those that moved are found. A store that cannot be written to is as good as it was.
fn follow(room: &Arc<Room>, places: &Paths) -> Result<usize, Failure> {
    let mut seen: Vec<(String, Revision)> = Vec::new();
    room.each(
        |_, opened| Ok((opened.locator, opened.document.revision)),
        |found| {
            seen.push(found);
            Ok(())
        },
    )?;
    Ok(Store::open(&places.store, clock::now())
        .and_then(|mut store| store.follow(&seen, &Sources::default(), clock::now()))
        .unwrap_or(0))
}

/// Writes down what texts the documents have now, so that they are known when they move.
struct Witness<'a> {
    places: &'a Paths,
    /// Opened when it is needed; none if it cannot be had.
    store: OnceCell<Option<Store>>,
}

impl<'a> Witness<'a> {
    const fn new(places: &'a Paths) -> Self {
        Self {
            places,
            store: OnceCell::new(),
        }
    }

    /// A store that cannot be written to is as good as it was.
    fn saw<T>(&mut self, leaf: &Leaf<T>) {
        let Some(opened) = leaf.opened.as_ref() else {
            return;
        };
        let now = clock::now();
        self.store
            .get_or_init(|| Store::open(&self.places.store, now).ok());
        if let Some(Some(store)) = self.store.get_mut() {
            store.saw(&opened.document, &leaf.locator, now).ok();
        }
    }
}

fn everywhere<T>(
    places: &Paths,
    reading: &Reading<T>,
    mut take: impl FnMut(Leaf<T>, &Ledger) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let store = match open_reading(&places.store) {
        Err(StoreError::Absent { .. }) => return Ok(Outcome::Done),
        opened => opened?,
    };
    let room = Arc::new(Room::new(&[], places)?);
    let sources = Sources::default();
    let mut groups = grouped((reading.all)(&store)?);
    let is_gone = |(locator, _): &(Arc<str>, Vec<T>)| !sources.is_there(locator);
    if groups.iter().any(is_gone) && follow(&room, places)? > 0 {
        groups = grouped((reading.all)(&store)?);
    }
    let known = known(&store)?;
    let mut witness = Witness::new(places);
    let mut outcome = Outcome::Done;
    for (locator, records) in groups {
        let mut others = known.get(&locator).into_iter().flatten();
        let found = if sources.is_there(&locator) {
            Some(&locator)
        } else {
            others.find(|place| sources.is_there(place))
        };
        let leaf = match found {
            Some(locator) => open(&room, locator, records)?,
            None => Leaf {
                locator: locator.to_string(),
                opened: None,
                records,
            },
        };
        if leaf.opened.is_none() {
            outcome = Outcome::Found;
            lost(&leaf);
        }
        witness.saw(&leaf);
        take(leaf, &room.ledger)?;
    }
    Ok(outcome)
}

fn open<T>(room: &Room, locator: &str, records: Vec<T>) -> Result<Leaf<T>, Failure> {
    let opened = match room.open(locator) {
        Ok(opened) => Some(opened),
        Err(Failure::Source(error)) => {
            if !is_gone(&error) {
                say(&error.to_string());
            }
            None
        }
        Err(other) => return Err(other),
    };
    Ok(Leaf {
        locator: locator.to_owned(),
        opened,
        records,
    })
}

/// Records by their documents, in the order they come.
fn grouped<T>(all: Vec<Placed<T>>) -> Vec<(Arc<str>, Vec<T>)> {
    let mut groups: Vec<(Arc<str>, Vec<T>)> = Vec::new();
    for placed in all {
        match groups.last_mut() {
            Some((locator, records)) if *locator == placed.locator => records.push(placed.record),
            _ => groups.push((placed.locator, vec![placed.record])),
        }
    }
    groups
}
