//! Notes of a file that was read: stored as one step, which the screen can undo.

use std::collections::HashSet;

use super::{Keeper, open_store};
use crate::annotation::RecordId;
use crate::app::effect::Change;
use crate::app::msg::{Imported, Msg, Outcome};
use crate::runtime::clock;
use crate::runtime::exchange::worker::Delivery;
use crate::store::{Access, Arrival, Parcel, Store, StoreError};

impl Keeper {
    pub(super) fn receive(&mut self, delivery: Delivery) {
        let now = clock::now();
        if self
            .store
            .as_ref()
            .is_none_or(|store| store.access() == Access::Read)
        {
            let (store, why) = open_store(&self.path, now);
            self.store = store;
            self.tell_state(why);
        }
        let told = match &mut self.store {
            Some(store) => put(store, delivery).map_err(|error| error.to_string()),
            None => Err(self.no_store()),
        };
        let news = matches!(&told, Ok(imported) if !imported.changes.is_empty());
        drop(
            self.out
                .send(Msg::Done(Outcome::Imported(told.map(Box::new)))),
        );
        if news && let Some(page) = self.open.clone() {
            // Where the new notes stand in the open text.
            let (locator, document) = (page.locator.clone(), page.document.clone());
            let set = page.corrections(self.store.as_ref());
            let (mut opened, known) = self.with_notes(&locator, &document, page.warnings, set);
            opened.place = None;
            let bookmarks = opened.bookmarks.clone();
            let again = Outcome::Opened(crate::app::effect::JobId::default(), Box::new(opened));
            drop(self.out.send(Msg::Done(again)));
            self.look_for(&locator, &document, known, &bookmarks);
        }
    }
}

fn put(store: &mut Store, delivery: Delivery) -> Result<Imported, StoreError> {
    let Delivery {
        label,
        laid,
        links,
        mut left,
    } = delivery;
    let parcels: Vec<Parcel<'_>> = laid
        .iter()
        .map(|(locator, document, signed)| Parcel {
            document,
            locator,
            signed: signed.clone(),
        })
        .collect();
    let arrival = store.receive(&parcels, &links, &label, clock::now())?;
    let new: HashSet<RecordId> = (arrival.parcels.iter())
        .flat_map(|received| received.added.iter().copied())
        .collect();
    let mut changes: Vec<Change> = Vec::with_capacity(new.len() + arrival.links.len());
    for placed in store.all_annotations()? {
        if new.contains(&placed.record.id) {
            changes.push(Change::Annotation {
                before: None,
                after: Some(placed.record),
            });
        }
    }
    changes.extend(arrival.links.iter().map(|link| Change::Link {
        before: None,
        after: Some(link.clone()),
    }));
    if arrival.loose > 0 {
        let n = arrival.loose;
        left.push(format!(
            "{n} links: a note they begin or end at is not here"
        ));
    }
    Ok(Imported {
        told: told(&label, &arrival, left.len()),
        changes,
        left,
    })
}

/// What came, in one line.
fn told(label: &str, arrival: &Arrival, n_left: usize) -> String {
    let sum = |count: fn(&crate::store::Received) -> usize| -> usize {
        arrival.parcels.iter().map(count).sum()
    };
    let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut parts = vec![format!(
        "{} from {label}",
        many(sum(|received| received.added.len()), "note")
    )];
    if !arrival.links.is_empty() {
        parts.push(many(arrival.links.len(), "link"));
    }
    let known = sum(|received| received.known as usize);
    if known > 0 {
        parts.push(format!("{known} were here already"));
    }
    let deleted = sum(|received| received.deleted as usize);
    if deleted > 0 {
        parts.push(format!("{deleted} had been deleted here"));
    }
    if n_left > 0 {
        parts.push(format!("{n_left} not as in the file"));
    }
    if arrival.first.is_some() {
        parts.push("u takes it back".to_owned());
    }
    parts.join(" · ")
}
