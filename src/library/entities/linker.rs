//! Bringing together what is one: first what the reader decided, then what names alone tell.

mod people;

use std::collections::HashMap;
use std::sync::Arc;

use super::compare::Name;
use super::decision::Decision;
use super::groups::Groups;
use super::links::{Linked, Links, Member, Offer, Seen, Why};
use super::parts::is_parted;
use super::spelling::{is_acronym, title_key};
use crate::language::entities::{EntityId, EntityType};

/// Names that are compared with one another; of more that look alike only the first are.
const MOST_ALIKE: usize = 64;
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
            let key = (seen.kind, title_key(&seen.name));
            if key.1.is_empty() {
                continue;
            }
            let first = *buckets.entry(key).or_insert(index as u32);
            if first != index as u32 {
                self.link(first, index as u32, Why::Letters);
            }
        }
    }

    /// A short form that one body alone has in some document is that body's in all.
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
            let Some(seen) = self
                .seen
                .get(index as usize)
                .filter(|seen| seen.kind == EntityType::Org && is_acronym(&seen.name))
            else {
                continue;
            };
            let others: Vec<u32> = owners
                .get(&seen.name)
                .map(|owners| {
                    owners
                        .iter()
                        .copied()
                        .filter(|owner| *owner != index)
                        .collect()
                })
                .unwrap_or_default();
            let Some(first) = others.first().copied() else {
                continue;
            };
            if others
                .iter()
                .all(|other| self.groups.together(first, *other))
            {
                self.link(first, index, Why::Acronym);
            } else {
                self.offers
                    .extend(others.into_iter().map(|other| (other, index, Why::Acronym)));
            }
        }
    }

    pub(super) fn finish(mut self, decisions: &[Decision]) -> Links {
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut entities: Vec<Linked> = Vec::new();
        let mut by_id = HashMap::with_capacity(self.seen.len());
        // In the order of ids: the first of a group gives it its own.
        let mut order: Vec<u32> = (0..self.seen.len() as u32).collect();
        order.sort_by(|a, b| {
            let id = |index: &u32| self.seen.get(*index as usize).map(|seen| &seen.id);
            id(a).cmp(&id(b))
        });
        for index in order {
            let root = self.groups.root(index);
            let why = self.groups.why(index);
            let Some(seen) = self.seen.get(index as usize) else {
                continue;
            };
            let number = *numbers.entry(root).or_insert_with(|| {
                entities.push(Linked {
                    id: seen.id.clone(),
                    name: seen.name.clone(),
                    kind: seen.kind,
                    hidden: false,
                    mentions: 0,
                    documents: 0,
                    members: Vec::new(),
                    offers: Vec::new(),
                });
                entities.len() as u32 - 1
            });
            by_id.insert(seen.id.clone(), number);
            if let Some(entity) = entities.get_mut(number as usize) {
                entity.mentions = entity.mentions.saturating_add(seen.mentions);
                entity.documents = entity.documents.saturating_add(seen.documents);
                entity.members.push(Member {
                    id: seen.id.clone(),
                    name: seen.name.clone(),
                    mentions: seen.mentions,
                    why,
                });
            }
        }
        for entity in &mut entities {
            self.call(entity);
        }
        for decision in decisions {
            let number = by_id.get(decision.entity()).copied();
            let Some(entity) = number.and_then(|number| entities.get_mut(number as usize)) else {
                continue;
            };
            match decision {
                Decision::Rename { name, .. } => entity.name = name.as_str().into(),
                Decision::Retype { kind, .. } => entity.kind = *kind,
                Decision::Hide { .. } => entity.hidden = true,
                Decision::Merge { .. }
                | Decision::Split { .. }
                | Decision::Distinct { .. }
                | Decision::Part { .. }
                | Decision::PartSpelling { .. } => {}
            }
        }
        self.make_offers(&mut entities, &by_id);
        Links::sorted(entities, by_id)
    }

    /// Name and type of an entity are those of most mentions; the longer name where they are as many.
    fn call(&self, entity: &mut Linked) {
        entity.members.sort_by(|a, b| {
            let by_length = || b.name.len().cmp(&a.name.len());
            b.mentions
                .cmp(&a.mentions)
                .then_with(by_length)
                .then_with(|| a.id.cmp(&b.id))
        });
        // The others belong to the first; it needs no reason itself.
        let head = entity
            .members
            .first()
            .map_or(Why::Itself, |member| member.why);
        if head != Why::Itself {
            if let Some(other) = entity
                .members
                .iter_mut()
                .find(|member| member.why == Why::Itself)
            {
                other.why = head;
            }
            if let Some(first) = entity.members.first_mut() {
                first.why = Why::Itself;
            }
        }
        // A short form is not what an entity is called while it has another name.
        let is_short = |name: &str| is_acronym(name) || Name::of(name).initial().is_some();
        let plain = entity.members.iter().find(|member| !is_short(&member.name));
        if let Some(member) = plain.or_else(|| entity.members.first()) {
            entity.name = member.name.clone();
        }
        let mut kinds: Vec<(EntityType, u32)> = Vec::new();
        for member in &entity.members {
            let kind = self
                .index
                .get(&member.id)
                .and_then(|index| self.seen.get(*index as usize))
                .map(|seen| seen.kind);
            let Some(kind) = kind else { continue };
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, n)) => *n += member.mentions,
                None => kinds.push((kind, member.mentions)),
            }
        }
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        if let Some((kind, _)) = kinds.first() {
            entity.kind = *kind;
        }
    }

    fn make_offers(&mut self, entities: &mut [Linked], by_id: &HashMap<EntityId, u32>) {
        let mut offered: Vec<(u32, u32, Why)> = Vec::new();
        for (a, b, why) in std::mem::take(&mut self.offers) {
            if self.groups.together(a, b) || self.groups.are_kept_apart(a, b) {
                continue;
            }
            let number = |index: u32| {
                self.seen
                    .get(index as usize)
                    .and_then(|seen| by_id.get(&seen.id))
                    .copied()
            };
            if let (Some(a), Some(b)) = (number(a), number(b)) {
                offered.extend([(a, b, why), (b, a, why)]);
            }
        }
        offered.sort_by_key(|(to, other, why)| {
            let mentions = entities
                .get(*other as usize)
                .map_or(0, |entity| entity.mentions);
            (
                *to,
                *why == Why::Surname,
                std::cmp::Reverse(mentions),
                *other,
            )
        });
        offered.dedup_by_key(|(to, other, _)| (*to, *other));
        for (to, other, why) in offered {
            let Some(offer) = entities
                .get(other as usize)
                .filter(|entity| !entity.hidden && entity.mentions > 0)
                .map(|entity| Offer {
                    id: entity.id.clone(),
                    name: entity.name.clone(),
                    mentions: entity.mentions,
                    why,
                })
            else {
                continue;
            };
            if let Some(entity) = entities.get_mut(to as usize)
                && entity.offers.len() < MOST_OFFERS
                && !entity.offers.iter().any(|known| known.id == offer.id)
            {
                entity.offers.push(offer);
            }
        }
    }
}
