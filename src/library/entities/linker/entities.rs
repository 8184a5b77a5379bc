//! From names that are together to entities: what each is called, of which type it is, and what is offered.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Linker, MOST_OFFERS};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::compare::Name;
use crate::library::entities::decision::Decision;
use crate::library::entities::linked::{Linked, Member, Offer, Why};
use crate::library::entities::parts::taken_from;
use crate::library::entities::spelling::is_acronym;

impl Linker {
    /// The entities, in the order of their ids, as decided.
    pub(in crate::library::entities) fn finish(mut self, decisions: &[Decision]) -> Vec<Linked> {
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut entities: Vec<Linked> = Vec::new();
        let mut members: Vec<Vec<Member>> = Vec::new();
        let mut by_id: HashMap<EntityId, u32> = HashMap::with_capacity(self.seen.len());
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
                members.push(Vec::new());
                entities.len() as u32 - 1
            });
            by_id.insert(seen.id.clone(), number);
            if let (Some(entity), Some(members)) = (
                entities.get_mut(number as usize),
                members.get_mut(number as usize),
            ) {
                entity.mentions = entity.mentions.saturating_add(seen.mentions);
                entity.documents = entity.documents.saturating_add(seen.documents);
                members.push(Member {
                    id: seen.id.clone(),
                    name: seen.name.clone(),
                    mentions: seen.mentions,
                    why,
                });
            }
        }
        for (entity, members) in entities.iter_mut().zip(members) {
            self.call(entity, members);
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
        entities
    }

    /// Name and type of an entity are those of most mentions; the longer name where they are as many.
    fn call(&self, entity: &mut Linked, mut members: Vec<Member>) {
        members.sort_by(|a, b| {
            let by_length = || b.name.len().cmp(&a.name.len());
            b.mentions
                .cmp(&a.mentions)
                .then_with(by_length)
                .then_with(|| a.id.cmp(&b.id))
        });
        // The others belong to the first; it needs no reason itself.
        let head = members.first().map_or(Why::Itself, |member| member.why);
        if head != Why::Itself {
            if let Some(other) = members.iter_mut().find(|member| member.why == Why::Itself) {
                other.why = head;
            }
            if let Some(first) = members.first_mut() {
                first.why = Why::Itself;
            }
        }
        // A short form is not what an entity is called while it has another name.
        let is_short = |name: &str| is_acronym(name) || Name::of(name).initial().is_some();
        let plain = members.iter().find(|member| !is_short(&member.name));
        if let Some(member) = plain.or_else(|| members.first()) {
            entity.name = member.name.clone();
        }
        let mut kinds: Vec<(EntityType, u32)> = Vec::new();
        for member in &members {
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
        kinds.sort_by_key(|(_, n)| Reverse(*n));
        if let Some((kind, _)) = kinds.first() {
            entity.kind = *kind;
        }
        entity.members = members;
    }

    fn is_taken_out_of(&mut self, part: u32, whole: u32) -> bool {
        let Some(seen) = self.seen.get(part as usize) else {
            return false;
        };
        let sources = taken_from(&seen.id).filter_map(|id| self.index.get(&id).copied());
        let sources: Vec<u32> = sources.collect();
        sources
            .into_iter()
            .any(|source| self.groups.together(source, whole))
    }

    fn make_offers(&mut self, entities: &mut [Linked], by_id: &HashMap<EntityId, u32>) {
        let mut offered: Vec<(u32, u32, Why)> = Vec::new();
        for (a, b, why) in std::mem::take(&mut self.offers) {
            if self.groups.together(a, b) || self.groups.are_kept_apart(a, b) {
                continue;
            }
            // Whoever took it out has said that it is another.
            if self.is_taken_out_of(a, b) || self.is_taken_out_of(b, a) {
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
            (*to, *why == Why::Surname, Reverse(mentions), *other)
        });
        offered.dedup_by_key(|(to, other, _)| (*to, *other));
        let mut offers: Vec<Vec<Offer>> = vec![Vec::new(); entities.len()];
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
            if let Some(offers) = offers.get_mut(to as usize)
                && offers.len() < MOST_OFFERS
                && !offers.iter().any(|known| known.id == offer.id)
            {
                offers.push(offer);
            }
        }
        for (entity, offers) in entities.iter_mut().zip(offers) {
            entity.offers = offers;
        }
    }
}
