//! Which ids are one entity, why, and what an entity is called.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compare::{self, Name};
use super::decision::Decision;
use super::groups::Groups;
use super::spelling::{is_acronym, title_key};
use crate::language::entities::{EntityId, EntityType, Mention};
use crate::library::{Analysis, EntityCount};

/// Names that are compared with one another; of more that look alike only the first are.
const MOST_ALIKE: usize = 64;
/// Merges offered of one entity.
const MOST_OFFERS: usize = 6;

/// What the documents of a library say of one id.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The id the documents gave it.
    pub id: EntityId,
    /// The name they show for it.
    pub name: Arc<str>,
    /// Its type.
    pub kind: EntityType,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Documents that name it.
    pub documents: u32,
    /// Short forms in capitals that it is also written as ("GCC").
    pub acronyms: Vec<Arc<str>>,
}

/// Why a name belongs to an entity, or may belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// It is the name the documents agree on.
    Itself,
    /// The same letters; hyphens, blanks, accents and case aside.
    Letters,
    /// The same words in another order.
    Order,
    /// With a middle name or initial, and without.
    Middle,
    /// A first name written as its initial.
    Initial,
    /// Another transliteration, or one other vowel.
    Spelling,
    /// A short form that stands for the long one in a document.
    Acronym,
    /// The reader merged them.
    Decided,
    /// The same surname: never enough, only offered.
    Surname,
}

impl Why {
    /// In a few plain words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Itself => "the name itself",
            Self::Letters => "same letters, written differently",
            Self::Order => "same names in another order",
            Self::Middle => "with or without a middle name",
            Self::Initial => "first name as an initial",
            Self::Spelling => "another spelling",
            Self::Acronym => "short for it in a document",
            Self::Decided => "merged by you",
            Self::Surname => "same surname",
        }
    }
}

/// One entity of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// Its id: the first, in the order of letters, of those that are one. All the others lead to it too, so that an id once noted keeps its meaning.
    pub id: EntityId,
    /// The name to show: the reader's, else that of its most mentioned member.
    pub name: Arc<str>,
    /// Its type: the reader's, else that of most mentions.
    pub kind: EntityType,
    /// Whether the reader says that it is no entity.
    pub hidden: bool,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Documents that name it; of several members the sum, at most, since one document may name it in two ways.
    pub documents: u32,
    /// The ids that are one, most mentioned first.
    pub members: Vec<Member>,
    /// What may be the same, most mentioned first.
    pub offers: Vec<Offer>,
}

/// One of the ids that make an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Which.
    pub id: EntityId,
    /// What the documents call it.
    pub name: Arc<str>,
    /// Mentions under this id.
    pub mentions: u32,
    /// Why it belongs here.
    pub why: Why,
}

/// A merge that is not certain enough to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The entity that may be the same.
    pub id: EntityId,
    /// Its name.
    pub name: Arc<str>,
    /// Its mentions.
    pub mentions: u32,
    /// What the two have in common.
    pub why: Why,
}

/// Which ids of a library are one entity. The same seen and decided give the same links, in whatever order documents came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Links {
    entities: Vec<Linked>,
    /// Every id to the number of its entity.
    by_id: HashMap<EntityId, u32>,
}

impl Links {
    /// Brings together what is one. `meet` says whether some document names both ids: whoever writes both tells them apart. Time grows with the number
    /// of ids.
    pub fn new(
        mut seen: Vec<Seen>,
        decisions: &[Decision],
        meet: impl Fn(&EntityId, &EntityId) -> bool,
    ) -> Self {
        seen.sort_by(|a, b| a.id.cmp(&b.id));
        seen.dedup_by(|a, b| a.id == b.id);
        let mut known: HashSet<EntityId> = seen.iter().map(|seen| seen.id.clone()).collect();
        // An id that only a decision knows is kept, so that what it leads to is known when documents bring it.
        for id in decisions.iter().flat_map(ids_of) {
            if known.insert(id.clone()) {
                seen.push(Seen {
                    id: id.clone(),
                    name: id.as_str().into(),
                    kind: EntityType::Org,
                    mentions: 0,
                    documents: 0,
                    acronyms: Vec::new(),
                });
            }
        }
        let mut linker = Linker::new(seen);
        linker.obey(decisions);
        linker.link_people(&meet);
        linker.link_titles();
        linker.link_acronyms();
        linker.offer_surnames();
        linker.finish(decisions)
    }

    /// Every entity that is named, most mentioned first; hidden ones too.
    pub fn entities(&self) -> &[Linked] {
        &self.entities
    }

    /// The entity an id belongs to.
    pub fn entity(&self, id: &EntityId) -> Option<&Linked> {
        let index = *self.by_id.get(id)?;
        self.entities.get(index as usize)
    }

    /// The id of the entity an id belongs to; none if the reader hid it. An id that is not known stands for itself.
    pub fn resolve(&self, id: &EntityId) -> Option<EntityId> {
        match self.entity(id) {
            Some(entity) if entity.hidden => None,
            Some(entity) => Some(entity.id.clone()),
            None => Some(id.clone()),
        }
    }

    /// The ids of the members of an entity, whichever of them is given.
    pub fn members(&self, id: &EntityId) -> Vec<EntityId> {
        self.entity(id).map_or_else(
            || vec![id.clone()],
            |entity| {
                entity
                    .members
                    .iter()
                    .map(|member| member.id.clone())
                    .collect()
            },
        )
    }

    /// A mention under the id, name and type of its entity; none if the reader hid it.
    pub fn mention(&self, mention: &Mention) -> Option<Mention> {
        match self.entity(&mention.entity) {
            Some(entity) if entity.hidden => None,
            Some(entity) => Some(Mention {
                entity: entity.id.clone(),
                name: entity.name.clone(),
                kind: entity.kind,
                adjective: mention.adjective,
            }),
            None => Some(mention.clone()),
        }
    }

    /// What was found in a document, with the entities of the library.
    #[must_use]
    pub fn apply(&self, mut analysis: Analysis) -> Analysis {
        let mentions = std::mem::take(&mut analysis.mentions).into_items();
        analysis.mentions = mentions
            .into_iter()
            .filter_map(|(range, mention)| Some((range, self.mention(&mention)?)))
            .collect();
        let mut quotes = std::mem::take(&mut analysis.quotes).into_items();
        for (_, quote) in &mut quotes {
            if let Some(speaker) = &mut quote.speaker {
                speaker.entity = speaker.entity.take().and_then(|id| self.resolve(&id));
            }
        }
        analysis.quotes = quotes.into_iter().collect();
        for event in &mut analysis.events {
            self.apply_to_event(event);
        }
        analysis
    }

    /// A dated passage with the entities of the library, each once.
    pub fn apply_to_event(&self, event: &mut crate::timeline::Event) {
        let mut entities: Vec<EntityId> = Vec::with_capacity(event.entities.len());
        for id in &event.entities {
            if let Some(id) = self.resolve(id)
                && !entities.contains(&id)
            {
                entities.push(id);
            }
        }
        event.entities = entities;
    }
}

fn ids_of(decision: &Decision) -> Vec<&EntityId> {
    match decision {
        Decision::Merge { entity, into } => vec![entity, into],
        Decision::Distinct { entity, from } => vec![entity, from],
        Decision::Split { entity }
        | Decision::Rename { entity, .. }
        | Decision::Retype { entity, .. }
        | Decision::Hide { entity } => vec![entity],
    }
}

struct Linker {
    seen: Vec<Seen>,
    /// People by name; of the others nothing.
    names: Vec<Option<Name>>,
    index: HashMap<EntityId, u32>,
    groups: Groups,
    offers: Vec<(u32, u32, Why)>,
}

type Buckets = HashMap<String, Vec<u32>>;

impl Linker {
    fn new(seen: Vec<Seen>) -> Self {
        let person = |seen: &Seen| {
            (seen.kind == EntityType::Person && seen.mentions > 0).then(|| Name::of(&seen.name))
        };
        let names = seen.iter().map(person).collect();
        let index = seen
            .iter()
            .enumerate()
            .map(|(index, seen)| (seen.id.clone(), index as u32))
            .collect();
        let groups = Groups::new(seen.len());
        Self {
            seen,
            names,
            index,
            groups,
            offers: Vec::new(),
        }
    }

    /// What the reader decided comes first: of what contradicts itself the later holds, so that a split undoes the merges before it.
    fn obey(&mut self, decisions: &[Decision]) {
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
                Decision::Rename { .. } | Decision::Retype { .. } | Decision::Hide { .. } => {
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

    fn buckets(&self, keys: impl Fn(&Name) -> Vec<String>) -> Vec<Vec<u32>> {
        let mut buckets: Buckets = HashMap::new();
        for (index, name) in self.names.iter().enumerate() {
            let Some(name) = name.as_ref().filter(|name| name.is_full()) else {
                continue;
            };
            for key in keys(name) {
                let bucket = buckets.entry(key).or_default();
                if bucket.len() < MOST_ALIKE {
                    bucket.push(index as u32);
                }
            }
        }
        let mut buckets: Vec<Vec<u32>> = buckets
            .into_values()
            .filter(|bucket| bucket.len() > 1)
            .collect();
        buckets.sort_unstable();
        buckets
    }

    fn name(&self, index: u32) -> Option<&Name> {
        self.names.get(index as usize)?.as_ref()
    }

    fn link_people(&mut self, meet: &impl Fn(&EntityId, &EntityId) -> bool) {
        for key in [Name::run, Name::any_order] {
            for bucket in self.buckets(|name| vec![key(name)]) {
                let Some((first, others)) = bucket.split_first() else {
                    continue;
                };
                for other in others {
                    if let (Some(a), Some(b)) = (self.name(*first), self.name(*other)) {
                        let why = a.why_same(b);
                        self.link(*first, *other, why);
                    }
                }
            }
        }
        for bucket in self.buckets(|name| name.ends().into_iter().collect()) {
            self.link_middles(&bucket);
        }
        self.link_initials();
        for bucket in self.buckets(Name::vowels_open) {
            self.link_vowels(&bucket, meet);
        }
    }

    fn link(&mut self, a: u32, b: u32, why: Why) {
        if !self.groups.join(a, b, why) {
            self.offers.push((a, b, why));
        }
    }

    /// First and last word alike: one person if all the middles can be one's.
    fn link_middles(&mut self, bucket: &[u32]) {
        let mut bare: Vec<u32> = Vec::new();
        // Names whose middles agree, each class with one of them.
        let mut classes: Vec<(Vec<String>, u32)> = Vec::new();
        for index in bucket {
            let Some(name) = self.name(*index) else {
                continue;
            };
            let middle = name.middle().to_vec();
            let dropped = compare::is_initials(&middle) || !name.has_syllables();
            if middle.is_empty() {
                bare.push(*index);
            } else if let Some((known, class)) = classes
                .iter_mut()
                .find(|(known, _)| compare::middles_agree(known, &middle))
            {
                let class = *class;
                if compare::is_initials(known) {
                    *known = middle;
                }
                self.link(class, *index, Why::Middle);
            } else if dropped {
                classes.push((middle, *index));
            }
        }
        match classes.as_slice() {
            [(_, class)] => {
                let class = *class;
                for index in bare {
                    self.link(class, index, Why::Middle);
                }
            }
            classes => {
                let several: Vec<u32> = classes.iter().map(|(_, class)| *class).collect();
                for class in several {
                    self.offers
                        .extend(bare.iter().map(|index| (class, *index, Why::Middle)));
                }
            }
        }
    }

    /// "J. Biden" is the only J… Biden of the library, or is offered to each.
    fn link_initials(&mut self) {
        let mut full: Buckets = HashMap::new();
        for (index, name) in self.names.iter().enumerate() {
            if let Some(key) = name.as_ref().and_then(Name::as_initial) {
                let bucket = full.entry(key).or_default();
                if bucket.len() < MOST_ALIKE {
                    bucket.push(index as u32);
                }
            }
        }
        for index in 0..self.names.len() as u32 {
            let Some(key) = self.name(index).and_then(Name::initial) else {
                continue;
            };
            let bucket = full.get(&key).cloned().unwrap_or_default();
            let Some(first) = bucket.first().copied() else {
                continue;
            };
            if bucket
                .iter()
                .all(|other| self.groups.together(first, *other))
            {
                self.link(first, index, Why::Initial);
            } else {
                self.offers
                    .extend(bucket.iter().map(|other| (*other, index, Why::Initial)));
            }
        }
    }

    /// One vowel apart: linked in names of three words, offered in shorter ones, and where a document writes both.
    fn link_vowels(&mut self, bucket: &[u32], meet: &impl Fn(&EntityId, &EntityId) -> bool) {
        let Some((first, others)) = bucket.split_first() else {
            return;
        };
        for other in others {
            let (Some(a), Some(b)) = (self.name(*first), self.name(*other)) else {
                continue;
            };
            let (apart, long) = (a.vowel_apart(b), a.words.len() >= 3);
            if !apart || self.groups.together(*first, *other) {
                continue;
            }
            let both = match (
                self.seen.get(*first as usize),
                self.seen.get(*other as usize),
            ) {
                (Some(a), Some(b)) => meet(&a.id, &b.id),
                _ => true,
            };
            if long && !both {
                self.link(*first, *other, Why::Spelling);
            } else {
                self.offers.push((*first, *other, Why::Spelling));
            }
        }
    }

    /// Bodies and places whose names differ in case, accents, hyphens, "the" or British spelling.
    fn link_titles(&mut self) {
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
    fn link_acronyms(&mut self) {
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

    /// A surname alone is offered to those who bear it, and to the same surname alone in other documents.
    fn offer_surnames(&mut self) {
        let mut bearers: HashMap<&str, Vec<u32>> = HashMap::new();
        let mut most: Vec<u32> = (0..self.seen.len() as u32).collect();
        most.sort_by_key(|index| {
            std::cmp::Reverse(
                self.seen
                    .get(*index as usize)
                    .map_or(0, |seen| seen.mentions),
            )
        });
        for index in &most {
            let Some(name) = self.names.get(*index as usize).and_then(Option::as_ref) else {
                continue;
            };
            let ends = [
                name.bones.last(),
                name.bones.first().filter(|_| name.has_syllables()),
            ];
            for end in ends.into_iter().flatten() {
                let bearers = bearers.entry(end.as_str()).or_default();
                if bearers.len() < MOST_OFFERS && !bearers.contains(index) {
                    bearers.push(*index);
                }
            }
        }
        let mut offers = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            let Some(name) = name.as_ref().filter(|name| name.words.len() == 1) else {
                continue;
            };
            let Some(surname) = name.bones.first() else {
                continue;
            };
            let bearers = bearers
                .get(surname.as_str())
                .map(Vec::as_slice)
                .unwrap_or_default();
            offers.extend(
                bearers
                    .iter()
                    .filter(|bearer| **bearer != index as u32)
                    .map(|bearer| (*bearer, index as u32, Why::Surname)),
            );
        }
        self.offers.extend(offers);
    }

    fn finish(mut self, decisions: &[Decision]) -> Links {
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
                Decision::Merge { .. } | Decision::Split { .. } | Decision::Distinct { .. } => {}
            }
        }
        self.make_offers(&mut entities, &by_id);
        let mut links = Links { entities, by_id };
        links.sort();
        links
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

impl Linked {
    /// How often it is named.
    pub fn count(&self) -> EntityCount {
        EntityCount {
            entity: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            mentions: self.mentions,
            documents: self.documents,
        }
    }
}

impl Links {
    /// Most mentioned first.
    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.entities.len() as u32).collect();
        let mentions = |index: &u32| {
            self.entities
                .get(*index as usize)
                .map_or(0, |entity| entity.mentions)
        };
        order.sort_by_key(|index| (std::cmp::Reverse(mentions(index)), *index));
        let mut place = vec![0_u32; order.len()];
        for (to, from) in order.iter().enumerate() {
            if let Some(place) = place.get_mut(*from as usize) {
                *place = to as u32;
            }
        }
        for number in self.by_id.values_mut() {
            *number = place.get(*number as usize).copied().unwrap_or(*number);
        }
        let mut entities: Vec<Option<Linked>> = std::mem::take(&mut self.entities)
            .into_iter()
            .map(Some)
            .collect();
        self.entities = order
            .iter()
            .filter_map(|index| entities.get_mut(*index as usize).and_then(Option::take))
            .collect();
    }

    /// Sets how many documents name an entity, where its members share some.
    pub fn count_documents(&mut self, count: impl Fn(&[EntityId]) -> Option<u32>) {
        for entity in self
            .entities
            .iter_mut()
            .filter(|entity| entity.members.len() > 1)
        {
            let members: Vec<EntityId> = entity
                .members
                .iter()
                .map(|member| member.id.clone())
                .collect();
            if let Some(documents) = count(&members) {
                entity.documents = documents;
            }
        }
    }
}

#[cfg(test)]
mod tests;
