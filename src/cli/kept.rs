//! Notes and bookmarks with the documents they belong to, as the files are now.
//!
//! In a collection of paths: every record of the documents there, found by place and by content. Over the whole store: every record, each looked for where its
//! document was seen last; where that is gone, at its other places and among the files of the current collection. A file found
//! under a new name is remembered there, if the store may be written to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failure::{Failure, Outcome};
use super::ledger::{Ledger, open_reading};
use super::out::say;
use super::room::{Opened, Room, is_gone};
use crate::document::{DocId, Revision};
use crate::library::samples;
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::store::{Placed, Store, StoreError, WorkId};

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
    let room = Arc::new(Room::new(paths, places)?);
    let mut seen: Vec<(String, Revision)> = Vec::new();
    let of = reading.of;
    let outcome = room.each(
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
            seen.extend(
                leaf.opened
                    .as_ref()
                    .map(|opened| (leaf.locator.clone(), opened.document.revision)),
            );
            take(leaf, &room.ledger)
        },
    )?;
    remember(places, &seen);
    Ok(outcome)
}

/// Tells the store where documents lie now. A store that cannot be written to is as good as it was.
fn remember(places: &Paths, seen: &[(String, Revision)]) -> usize {
    if seen.is_empty() {
        return 0;
    }
    let seen = seen
        .iter()
        .map(|(locator, revision)| (locator.as_str(), *revision));
    Store::open(&places.store, clock::now())
        .and_then(|mut store| store.recognise(seen, clock::now()))
        .unwrap_or(0)
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
    let mut groups = grouped((reading.all)(&store)?);
    if groups.iter().any(|(locator, _)| !is_there(locator)) {
        let mut seen: Vec<(String, Revision)> = Vec::new();
        room.each(
            |_, opened| Ok((opened.locator, opened.document.revision)),
            |found| {
                seen.push(found);
                Ok(())
            },
        )?;
        if remember(places, &seen) > 0 {
            groups = grouped((reading.all)(&store)?);
        }
    }
    let mut others: HashMap<WorkId, Vec<Arc<str>>> = HashMap::new();
    let known = store.places()?;
    for (locator, work) in known.values() {
        others.entry(*work).or_default().push(Arc::clone(locator));
    }
    let mut outcome = Outcome::Done;
    for (locator, records) in groups {
        let mut found = Ok(Arc::clone(&locator));
        if !is_there(&locator) {
            let work = known.get(&DocId::of_locator(&locator));
            let elsewhere = work.and_then(|(_, work)| others.get(work));
            let there = elsewhere
                .into_iter()
                .flatten()
                .find(|locator| is_there(locator));
            found = there.cloned().ok_or(locator);
        }
        let leaf = match found {
            Ok(locator) => open(&room, &locator, records)?,
            Err(locator) => Leaf {
                locator: locator.to_string(),
                opened: None,
                records,
            },
        };
        if leaf.opened.is_none() {
            outcome = Outcome::Found;
            say(&format!(
                "`{}` is no longer there, so what was written on it is lost; if it was moved, name the folder it is in now",
                leaf.locator
            ));
        }
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

/// Whether there is something at a locator.
fn is_there(locator: &str) -> bool {
    Path::new(locator).is_file() || samples::at_locator(locator).is_some()
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
