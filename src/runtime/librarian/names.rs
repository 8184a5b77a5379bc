//! Who is the same over the library, and what is known of each.

use std::collections::HashMap;
use std::sync::Arc;

use super::Librarian;
use crate::app::msg::Outcome;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::EntityCount;
use crate::library::entities::{Companion, Differing, Facts, Parts, SaidAs};
use crate::runtime::analyst;

/// Spellings and titles a card shows.
const MOST_SAID: usize = 60;
/// Companions asked for, of which some are one or hidden, and those a card shows.
const COMPANIONS: (usize, usize) = (60, 12);
/// Dated passages a card shows.
const MOST_PASSAGES: usize = 500;

impl Librarian {
    /// Takes up which names are one as it was linked last, so that nothing is told twice where nothing changed.
    pub(super) fn recall(&mut self) {
        let key = self.collection.key();
        if let Ok(Some(linking)) = self.catalogue.linked(key, &self.decisions) {
            self.linking = linking;
            self.tell_links();
        }
    }

    fn tell_links(&self) {
        let links = &self.linking.links;
        drop(self.analyst.send(analyst::Request::Links(links.clone())));
        self.tell(Outcome::Linked(links.clone()));
    }

    /// Brings up to date which names are one, and tells where that is news.
    pub(super) fn link(&mut self) -> bool {
        let key = self.collection.key();
        let linked = self.catalogue.link(key, &self.linking, &self.decisions);
        let linking = match linked {
            Ok(linking) => linking,
            Err(error) => {
                self.tell(Outcome::Failed(error.to_string()));
                return false;
            }
        };
        let before = std::mem::replace(&mut self.linking, linking);
        let links = &self.linking.links;
        if Arc::ptr_eq(links, &before.links) || **links == *before.links {
            return false;
        }
        self.tell_links();
        true
    }

    /// Reads the documents again in which something was taken out, or is one with the others again; whether more are to be read, by a scan.
    pub(super) fn part(&mut self) -> bool {
        let parts = Parts::of(&self.decisions);
        let differing = parts.differing(&self.parts);
        self.parts = parts;
        for doc in &differing.documents {
            let key = self.collection.key();
            if let Ok(Some(locator)) = self.catalogue.locator_of(key, *doc) {
                self.read_again(&locator);
            }
        }
        // A spelling may stand in any document that names the entity, and those may be many.
        let mut others = 0;
        for entity in &differing.entities {
            others += self.catalogue.forget_analyses(entity).unwrap_or(0);
        }
        if differing != Differing::default() {
            let with = self.names.stamp() ^ self.parts.stamp();
            drop(self.catalogue.note_names(with));
        }
        others > 0
    }

    /// Every entity that is shown, each with a document that names it.
    pub(super) fn entity_places(&self) -> Vec<(EntityCount, DocId)> {
        let places: HashMap<EntityId, DocId> = self
            .catalogue
            .entity_places(self.collection.key())
            .unwrap_or_default()
            .into_iter()
            .map(|(count, doc)| (count.entity, doc))
            .collect();
        let shown = self
            .linking
            .links
            .entities()
            .iter()
            .filter(|entity| !entity.hidden);
        shown
            .filter_map(|entity| {
                let named = entity
                    .members
                    .iter()
                    .find_map(|member| places.get(&member.id));
                Some((entity.count(), *named?))
            })
            .collect()
    }

    /// What is known of an entity; nothing if no document of the library names it.
    pub(super) fn facts(&self, entity: &EntityId) -> Option<Facts> {
        let key = self.collection.key();
        let linked = self
            .linking
            .links
            .entity(entity)
            .filter(|linked| linked.mentions > 0)?;
        let members = self.linking.links.members(entity);
        let catalogue = &self.catalogue;
        let said = |sort| {
            catalogue
                .said_of(key, &members, sort, MOST_SAID)
                .unwrap_or_default()
        };
        let mut with: Vec<Companion> = Vec::new();
        let named = catalogue.named_with(key, &members, COMPANIONS.0);
        for (id, documents) in named.unwrap_or_default() {
            let Some(other) = self.linking.links.entity(&id) else {
                continue;
            };
            // Of several names of one the most frequent counts: their documents may be the same.
            let known = with.iter().any(|known| known.id == other.id);
            if !known && !other.hidden && other.id != linked.id && with.len() < COMPANIONS.1 {
                with.push(Companion {
                    id: other.id.clone(),
                    name: other.name.clone(),
                    kind: other.kind,
                    documents,
                });
            }
        }
        let [first, last] = catalogue.first_and_last(key, &members).unwrap_or_default();
        let events = catalogue.events_naming(key, &members, MOST_PASSAGES);
        let mut events = events.unwrap_or_default();
        for event in &mut events {
            self.linking.links.apply_to_event(event);
        }
        Some(Facts {
            id: linked.id.clone(),
            name: linked.name.clone(),
            kind: linked.kind,
            hidden: linked.hidden,
            mentions: linked.mentions,
            documents: linked.documents,
            aliases: said(SaidAs::Alias),
            roles: said(SaidAs::Role),
            first,
            last,
            with,
            events,
            members: linked.members.clone(),
            offers: linked.offers.clone(),
        })
    }
}
