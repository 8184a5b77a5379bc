//! Bringing together what is one: first what the reader decided, then what names alone tell.

mod entities;
mod people;

use std::collections::HashMap;
use std::sync::Arc;

use super::compare::Name;
use super::decision::Decision;
use super::groups::Groups;
use super::linked::{Seen, Why};
use super::parts::is_parted;
use super::spelling::{is_acronym, title_key};
use crate::language::entities::is_made_of;
use crate::language::entities::{EntityId, EntityType};

/// Names that are compared with one another; of more that look alike only the first are.
const MOST_ALIKE: usize = 64;
/// Names that may bear a surname that is offered.
pub(super) const MOST_BEARERS: usize = 64;
/// Merges offered of one entity.
const MOST_OFFERS: usize = 6;

/// The names of a library, and what is together so far.
pub(super) struct Linker {
    seen: Vec<Seen>,
    /// People by name; of the others nothing.
    names: Vec<Option<Name>>,
    index: HashMap<EntityId, u32>,
    groups: Groups,
    offers: Vec<(u32, u32, Why)>,
}

impl Linker {
    pub(super) fn new(seen: Vec<Seen>) -> Self {
        let person = |seen: &Seen| {
            (seen.kind == EntityType::Person && seen.mentions > 0).then(|| Name::of(&seen.name))
        };
        let names = seen.iter().map(person).collect();
        let index = seen
            .iter()
            .enumerate()
            .map(|(index, seen)| (seen.id.clone(), index as u32))
            .collect();
        let mut groups = Groups::new(seen.len());
        for (index, seen) in seen.iter().enumerate() {
            if is_parted(&seen.id) {
                groups.keep_alone(index as u32);
            }
        }
        Self {
            seen,
            names,
            index,
            groups,
            offers: Vec::new(),
        }
    }

    /// What the reader decided comes first: of what contradicts itself the later holds, so that a split undoes the merges before it.
    pub(super) fn obey(&mut self, decisions: &[Decision]) {
        let mut pairs: HashMap<(u32, u32), (usize, bool)> = HashMap::new();
        let mut splits: HashMap<u32, usize> = HashMap::new();
        for (order, decision) in decisions.iter().enumerate() {
            let (a, b, one) = match decision {
                Decision::Merge { entity, into } => (entity, into, true),
                Decision::Distinct { entity, from } => (entity, from, false),
                Decision::Split { entity } => {
                    if let Some(name) = self.index.get(entity) {
                        self.groups.keep_alone(*name);
                        splits.insert(*name, order);
                    }
                    continue;
                }
                Decision::Part { .. }
                | Decision::PartSpelling { .. }
                | Decision::Rename { .. }
                | Decision::Retype { .. }
                | Decision::Hide { .. } => {
                    continue;
                }
            };
            if let (Some(a), Some(b)) = (self.index.get(a), self.index.get(b)) {
                pairs.insert((*a.min(b), *a.max(b)), (order, one));
            }
        }
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|(_, (order, _))| *order);
        for ((a, b), (_, one)) in &pairs {
            if !one {
                self.groups.keep_apart(*a, *b);
            }
        }
        for ((a, b), (order, one)) in pairs {
            let split = [a, b]
                .iter()
                .any(|name| splits.get(name).is_some_and(|split| *split > order));
            if one && !split {
                self.groups.bring(a, b, Why::Decided);
            }
        }
    }

    fn link(&mut self, a: u32, b: u32, why: Why) {
        if !self.groups.join(a, b, why) {
            self.offers.push((a, b, why));
        }
    }

    /// Bodies and places whose names differ in case, accents, hyphens, "the" or British spelling.
    pub(super) fn link_titles(&mut self) {
        let mut buckets: HashMap<(EntityType, String), u32> = HashMap::new();
        for index in 0..self.seen.len() {
            let Some(seen) = self
                .seen
                .get(index)
                .filter(|seen| seen.kind != EntityType::Person && seen.mentions > 0)
            else {
                continue;
            };
            let key = (seen.kind, title_key(seen.kind, &seen.name));
            if key.1.is_empty() {
                continue;
            }
            let first = *buckets.entry(key).or_insert(index as u32);
            if first != index as u32 {
                self.link(first, index as u32, Why::Letters);
            }
        }
    }

    /// A short form that one body alone has in some document, and that can be made of its name, is that body's in all.
    pub(super) fn link_acronyms(&mut self) {
        let mut owners: HashMap<Arc<str>, Vec<u32>> = HashMap::new();
        for (index, seen) in self.seen.iter().enumerate() {
            if seen.kind != EntityType::Org {
                continue;
            }
            for acronym in &seen.acronyms {
                let owners = owners.entry(acronym.clone()).or_default();
                if owners.len() < MOST_ALIKE {
                    owners.push(index as u32);
                }
            }
        }
        for index in 0..self.seen.len() as u32 {
            let short = |seen: &&Seen| seen.kind == EntityType::Org && is_acronym(&seen.name);
            let Some(seen) = self.seen.get(index as usize).filter(short) else {
                continue;
            };
            let named = |owner: &u32| {
                let owner = self.seen.get(*owner as usize);
                owner.is_some_and(|owner| {
                    is_made_of(&seen.name, &owner.name) && !is_acronym(&owner.name)
                })
            };
            let owners = owners.get(&seen.name).into_iter().flatten().copied();
            let (likely, others): (Vec<u32>, Vec<u32>) =
                owners.filter(|owner| *owner != index).partition(named);
            let together = match likely.split_first() {
                Some((first, rest)) => rest.iter().all(|it| self.groups.together(*first, *it)),
                None => false,
            };
            match likely.first().filter(|_| together) {
                Some(first) => self.link(*first, index, Why::Acronym),
                None => self.offer_acronym(&likely, index),
            }
            self.offer_acronym(&others, index);
        }
    }

    fn offer_acronym(&mut self, owners: &[u32], index: u32) {
        let offers = owners.iter().map(|owner| (*owner, index, Why::Acronym));
        self.offers.extend(offers);
    }
}
