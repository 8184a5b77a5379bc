//! Linking anew what a change concerns, and nothing else.
//!
//! In: the links there are, the ids whose documents or decisions changed, and [`Names`], where names are looked up. Out: the links that [`Links::new`] would
//! make of all names. Whether two names are one depends on names alone that share a [`Key`] with either, that the reader decided about together, or that
//! documents give the same short form; so what these reach is linked again, by the same rules, and takes the place of what was there. The cost grows with
//! what the change reaches, not with the library.

use std::collections::{HashMap, HashSet};

use super::decision::Decision;
use super::keys::{self, Key, Shared};
use super::linked::Seen;
use super::linker::MOST_BEARERS;
use super::links::Links;
use crate::language::entities::{EntityId, EntityType};

/// Where the names of a library are looked up.
pub trait Names {
    /// What the documents say of an id: with no mentions if none names it any more, nothing if none ever did.
    fn seen(&self, id: &EntityId) -> Option<Seen>;
    /// The ids whose names have a key, at most `n`.
    fn sharing(&self, key: Key, n: usize) -> Vec<EntityId>;
    /// The ids that some document writes with this short form.
    fn written(&self, acronym: &str) -> Vec<EntityId>;
    /// Whether some document names both.
    fn meet(&self, one: &EntityId, other: &EntityId) -> bool;
    /// How many documents name any of these.
    fn n_documents(&self, members: &[EntityId]) -> Option<u32>;
}

impl Links {
    /// The links of a library in which what is said of `changed` is new; the other ids are as they were. `changed` also holds the ids of decisions that
    /// came or went, and those whose name is a short form that came or went.
    #[must_use]
    pub fn renewed(
        &self,
        changed: &[EntityId],
        decisions: &[Decision],
        names: &impl Names,
    ) -> Self {
        let mut links = self.clone();
        links.set_parts(decisions);
        if changed.is_empty() {
            return links;
        }
        let reach = Reach::of(self, changed, decisions, names);
        let about: Vec<Decision> = decisions
            .iter()
            .filter(|decision| decision.entities().iter().any(|id| reach.ids.contains(*id)))
            .cloned()
            .collect();
        let meet = |one: &EntityId, other: &EntityId| names.meet(one, other);
        let mut entities = Self::entities_of(reach.seen, &about, &meet, &reach.crowded);
        for linked in &mut entities {
            linked.count_documents(|members| names.n_documents(members));
        }
        let ids: Vec<EntityId> = reach.ids.into_iter().collect();
        links.exchange(&ids, entities);
        links
    }
}

/// What a change reaches.
struct Reach {
    ids: HashSet<EntityId>,
    seen: Vec<Seen>,
    /// Surnames that too many bear to be offered.
    crowded: HashSet<Key>,
}

impl Reach {
    fn of(links: &Links, changed: &[EntityId], decisions: &[Decision], names: &impl Names) -> Self {
        let together = decided_together(decisions);
        let mut reach = Self {
            ids: HashSet::new(),
            seen: Vec::new(),
            crowded: HashSet::new(),
        };
        // Keys that were followed.
        let mut followed: HashSet<(Key, Shared)> = HashSet::new();
        // So many bearers of a surname may have come since it was looked at last.
        let most = MOST_BEARERS.saturating_add(changed.len());
        let mut waiting: Vec<EntityId> = changed.to_vec();
        while let Some(id) = waiting.pop() {
            if !reach.ids.insert(id.clone()) {
                continue;
            }
            // What was one with it is looked at again as a whole.
            waiting.extend(links.members(&id));
            let offers = links
                .entity(&id)
                .into_iter()
                .flat_map(|linked| &linked.offers);
            waiting.extend(offers.map(|offer| offer.id.clone()));
            waiting.extend(together.get(&id).into_iter().flatten().cloned());
            let Some(seen) = names.seen(&id) else {
                continue;
            };
            for (key, shared) in keys::shared(seen.kind, &seen.name) {
                if followed.insert((key, shared)) {
                    reach.follow((key, shared), &seen, names, most, &mut waiting);
                }
            }
            if seen.kind == EntityType::Org {
                for key in seen.acronyms.iter().map(|acronym| keys::acronym(acronym)) {
                    waiting.extend(names.sharing(key, usize::MAX));
                }
            }
            if seen.documents > 0 {
                reach.seen.push(seen);
            }
        }
        reach
    }

    /// The ids that a name reaches by one of its keys.
    fn follow(
        &mut self,
        (key, shared): (Key, Shared),
        seen: &Seen,
        names: &impl Names,
        most: usize,
        waiting: &mut Vec<EntityId>,
    ) {
        match shared {
            Shared::Likeness => waiting.extend(names.sharing(key, usize::MAX)),
            Shared::Initial(full) => {
                waiting.extend(names.sharing(key, usize::MAX));
                waiting.extend(names.sharing(full, usize::MAX));
            }
            // Names with the same initial have nothing to do with one another unless somebody writes it.
            Shared::InitialOf(initial) => {
                let short = names.sharing(initial, usize::MAX);
                if !short.is_empty() {
                    waiting.extend(short);
                    waiting.extend(names.sharing(key, usize::MAX));
                }
            }
            Shared::Surname(lone) => {
                if !names.sharing(lone, 1).is_empty() {
                    self.bear(key, names, most, waiting);
                }
            }
            Shared::Alone => self.bear(key, names, most, waiting),
            Shared::Acronym => {
                waiting.extend(names.sharing(key, usize::MAX));
                waiting.extend(names.written(&seen.name));
            }
        }
    }
}

impl Reach {
    /// Those who bear a surname, where it is offered to them or was.
    fn bear(&mut self, key: Key, names: &impl Names, most: usize, waiting: &mut Vec<EntityId>) {
        let bearers = names.sharing(key, most.saturating_add(1));
        if bearers.len() > MOST_BEARERS {
            self.crowded.insert(key);
        }
        if bearers.len() <= most {
            waiting.extend(bearers);
        }
    }
}

/// Whom the reader said something about together with an id.
fn decided_together(decisions: &[Decision]) -> HashMap<EntityId, Vec<EntityId>> {
    let mut together: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
    let mut put = |one: &EntityId, other: &EntityId| {
        together.entry(one.clone()).or_default().push(other.clone());
        together.entry(other.clone()).or_default().push(one.clone());
    };
    for decision in decisions {
        if let [one, other] = decision.entities().as_slice() {
            put(one, other);
        }
        // What was taken out is not offered to what it was taken out of, nor to what is one with that.
        if let Some(apart) = decision.apart() {
            put(decision.entity(), &apart);
        }
    }
    together
}

#[cfg(test)]
mod tests;
