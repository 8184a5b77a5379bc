//! Which ids are one entity, and what an entity is called.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::decision::Decision;
use super::keys::Key;
use super::linked::{Linked, Seen};
use super::linker::Linker;
use super::page::{self, Held, Page};
use super::parts::Parts;
use crate::document::Document;
use crate::language::entities::{EntityId, EntityType, Mention};
use crate::library::Analysis;

/// Pages the ids of a library are spread over, by hash: a change concerns few of them, and the others are shared by the links before and after.
const PAGES: usize = 1024;
/// Raised whenever the same names are linked otherwise; what was kept is then made anew.
const LINKING: u64 = 1;

/// Which ids of a library are one entity. The same seen and decided give the same links, in whatever order documents came.
#[derive(Debug, Clone)]
pub struct Links {
    pages: Vec<Arc<Page>>,
    /// The entities by how often they are named, made when somebody wants all.
    sorted: OnceLock<Vec<Linked>>,
    parts: Parts,
}

impl Links {
    /// Brings together what is one. `meet` says whether some document names both ids: whoever writes both tells them apart. Time grows with the number
    /// of ids; where few changed, [`Links::renewed`] gives the same.
    pub fn new(
        seen: Vec<Seen>,
        decisions: &[Decision],
        meet: impl Fn(&EntityId, &EntityId) -> bool,
    ) -> Self {
        let entities = Self::entities_of(seen, decisions, &meet, &HashSet::new());
        let mut links = Self {
            parts: Parts::of(decisions),
            ..Self::default()
        };
        links.hold(entities);
        links
    }

    /// The entities that these names make; the surnames of `crowded` are borne by more names than these.
    pub(super) fn entities_of(
        mut seen: Vec<Seen>,
        decisions: &[Decision],
        meet: &impl Fn(&EntityId, &EntityId) -> bool,
        crowded: &HashSet<Key>,
    ) -> Vec<Linked> {
        seen.sort_by(|a, b| a.id.cmp(&b.id));
        seen.dedup_by(|a, b| a.id == b.id);
        let mut known: HashSet<EntityId> = seen.iter().map(|seen| seen.id.clone()).collect();
        // An id that only a decision knows is kept, so that what it leads to is known when documents bring it.
        for id in decisions.iter().flat_map(Decision::entities) {
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
        linker.offer_surnames(crowded);
        linker.finish(decisions)
    }

    /// What the reader took out in single documents.
    pub const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Every entity that is named, most mentioned first; hidden ones too. The first time it is asked the whole is read.
    pub fn entities(&self) -> &[Linked] {
        self.sorted.get_or_init(|| {
            let pages = self.pages.iter();
            let mut all: Vec<Linked> = pages.flat_map(|page| page.entities()).cloned().collect();
            all.sort_unstable_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.id.cmp(&b.id)));
            all
        })
    }

    /// The entity an id belongs to.
    pub fn entity(&self, id: &EntityId) -> Option<&Linked> {
        match self.held(id)? {
            Held::Entity(linked) => Some(linked),
            Held::Member(of) => match self.held(of)? {
                Held::Entity(linked) => Some(linked),
                Held::Member(_) => None,
            },
        }
    }

    fn held(&self, id: &EntityId) -> Option<&Held> {
        self.pages.get(page_of(id))?.ids().get(id)
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

impl Links {
    /// Links that were kept, by the number of the page; `decisions` are those they were made with.
    pub fn of_pages(pages: Vec<(usize, Vec<u8>)>, decisions: &[Decision]) -> Self {
        let mut links = Self {
            parts: Parts::of(decisions),
            ..Self::default()
        };
        for (number, bytes) in pages {
            if let Some(page) = links.pages.get_mut(number) {
                *page = Arc::new(Page::packed(bytes));
            }
        }
        links
    }

    /// The pages on which these links differ from `other`, to be kept: their numbers and bytes.
    pub fn pages_unlike(&self, other: &Self) -> Vec<(usize, Vec<u8>)> {
        let pages = self.pages.iter().zip(&other.pages).enumerate();
        let unlike = pages.filter(|(_, (now, then))| !Arc::ptr_eq(now, then));
        unlike
            .map(|(number, (page, _))| (number, page.pack()))
            .collect()
    }

    /// A number that tells what kept links depend on, but for what the documents say: how they are made, how they are packed, what was decided.
    pub fn stamp(decisions: &[Decision]) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        std::hash::Hash::hash(&(LINKING, page::FORMAT, decisions), &mut hasher);
        std::hash::Hasher::finish(&hasher)
    }

    /// Takes these ids out and puts entities in.
    pub(super) fn exchange(&mut self, ids: &[EntityId], entities: Vec<Linked>) {
        for id in ids {
            if self.held(id).is_some() {
                self.change(id, |page| {
                    page.remove(id);
                });
            }
        }
        self.hold(entities);
    }

    pub(super) fn set_parts(&mut self, decisions: &[Decision]) {
        self.parts = Parts::of(decisions);
    }

    fn hold(&mut self, entities: Vec<Linked>) {
        for linked in entities {
            for member in linked.members.iter().filter(|it| it.id != linked.id) {
                let held = Held::Member(linked.id.clone());
                self.change(&member.id, |page| {
                    drop(page.insert(member.id.clone(), held));
                });
            }
            let id = linked.id.clone();
            self.change(&id, |page| {
                page.insert(linked.id.clone(), Held::Entity(linked));
            });
        }
    }

    fn change(&mut self, id: &EntityId, act: impl FnOnce(&mut page::Ids)) {
        self.sorted.take();
        if let Some(page) = self.pages.get_mut(page_of(id)) {
            Arc::make_mut(page).change(act);
        }
    }

    /// Sets how many documents name an entity, where its members share some.
    pub fn count_documents(&mut self, count: impl Fn(&[EntityId]) -> Option<u32>) {
        let several = |linked: &&Linked| linked.members.len() > 1;
        let pages = self.pages.iter();
        let mut linked: Vec<Linked> = pages
            .flat_map(|page| page.entities().filter(several))
            .cloned()
            .collect();
        for linked in &mut linked {
            linked.count_documents(&count);
        }
        self.hold(linked);
    }
}

impl Default for Links {
    fn default() -> Self {
        let empty = Arc::new(Page::default());
        Self {
            pages: std::iter::repeat_n(empty, PAGES).collect(),
            sorted: OnceLock::new(),
            parts: Parts::default(),
        }
    }
}

impl PartialEq for Links {
    fn eq(&self, other: &Self) -> bool {
        let mut pages = self.pages.iter().zip(&other.pages);
        self.parts == other.parts
            && pages.all(|(one, other)| Arc::ptr_eq(one, other) || one.ids() == other.ids())
    }
}

/// The page of an id, by FNV-1a.
fn page_of(id: &EntityId) -> usize {
    let hash = id.as_str().bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 16)) as usize % PAGES
}

#[cfg(test)]
mod tests;
