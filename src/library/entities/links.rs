//! Which ids are one entity, why, and what an entity is called.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decision::Decision;
use super::linker::Linker;
use super::parts::Parts;
use crate::document::Document;
use crate::language::entities::{EntityId, EntityType, Mention};
use crate::library::{Analysis, EntityCount};

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
    parts: Parts,
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
        Self {
            parts: Parts::of(decisions),
            ..linker.finish(decisions)
        }
    }

    /// What the reader took out in single documents.
    pub const fn parts(&self) -> &Parts {
        &self.parts
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
    pub fn apply(&self, document: &Document, analysis: Analysis) -> Analysis {
        let mut analysis = self.parts.apply(document, analysis);
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
        | Decision::Part { entity, .. }
        | Decision::PartSpelling { entity, .. }
        | Decision::Rename { entity, .. }
        | Decision::Retype { entity, .. }
        | Decision::Hide { entity } => vec![entity],
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
    /// Links of these entities, which come most mentioned first.
    pub(super) fn sorted(entities: Vec<Linked>, by_id: HashMap<EntityId, u32>) -> Self {
        let mut links = Self {
            entities,
            by_id,
            parts: Parts::default(),
        };
        links.sort();
        links
    }

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
