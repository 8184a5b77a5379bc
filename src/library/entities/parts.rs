//! Mentions of an entity that the reader took out: those in one document, or those written in one way, in all documents or in one.
//!
//! In: the reader's decisions. Out: [`Parts`], which gives such mentions an id of their own: the id the text gives, `~`, then the spelling and the id of the
//! document. Likeness of names brings nothing to such an id; the reader's merges do. What was taken out first stays out: a later decision is about what is
//! left of the entity, and one about an id with a `~` about what was taken out so.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::decision::{Decision, on_one_line};
use crate::document::{DocId, Document};
use crate::language::entities::EntityId;
use crate::library::Analysis;
use crate::text::TextRange;

/// What parts the id of an entity from what was taken out of it; no id that a text gives holds it.
const MARK: char = '~';
/// Characters of a spelling that an id holds. Longer ones that begin alike share an id, and so stay one.
const SPELLED: usize = 64;

/// Which mentions were taken out of which entities.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts(BTreeMap<EntityId, Vec<Portion>>);

/// The mentions one decision takes out: at least one of the two is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Portion {
    doc: Option<DocId>,
    written: Option<Box<str>>,
}

/// Where two [`Parts`] take out other mentions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differing {
    /// In these documents.
    pub documents: BTreeSet<DocId>,
    /// Wherever these entities are named: ids as the texts give them.
    pub entities: BTreeSet<EntityId>,
}

/// The id of an entity taken out, which no text gives: what comes before the first `~` is the one it was taken out of.
pub(super) fn is_parted(entity: &EntityId) -> bool {
    entity.as_str().contains(MARK)
}

/// The ids that one was taken out of, of which the first is that of the text; none if it was not taken out.
pub(super) fn taken_from(entity: &EntityId) -> impl Iterator<Item = EntityId> {
    let id = entity.as_str();
    id.match_indices(MARK)
        .filter_map(|(at, _)| Some(EntityId(id.get(..at)?.into())))
}

/// The id as the text gives it.
fn stem(entity: &EntityId) -> EntityId {
    let id = entity.as_str();
    EntityId(id.split(MARK).next().unwrap_or(id).into())
}

impl Decision {
    /// The id that what is taken out by this decision has from then on; none if it takes nothing out.
    pub fn apart(&self) -> Option<EntityId> {
        let (entity, portion) = Portion::of(self)?;
        Some(portion.id(entity))
    }
}

impl Portion {
    fn of(decision: &Decision) -> Option<(&EntityId, Self)> {
        match decision {
            Decision::Part { entity, doc } => {
                let (doc, written) = (Some(*doc), None);
                Some((entity, Self { doc, written }))
            }
            Decision::PartSpelling {
                entity,
                written,
                doc,
            } => {
                let (doc, written) = (*doc, Some(written.clone()));
                Some((entity, Self { doc, written }))
            }
            Decision::Merge { .. }
            | Decision::Split { .. }
            | Decision::Distinct { .. }
            | Decision::Rename { .. }
            | Decision::Retype { .. }
            | Decision::Hide { .. } => None,
        }
    }

    fn id(&self, entity: &EntityId) -> EntityId {
        let mut id = entity.as_str().to_owned();
        if let Some(written) = &self.written {
            id.push(MARK);
            let words = written.split_whitespace();
            let spelled = words.collect::<Vec<_>>().join("_");
            id.extend(spelled.chars().take(SPELLED));
        }
        if let Some(doc) = self.doc {
            id.push(MARK);
            id.push_str(&doc.to_string());
        }
        EntityId(id.into())
    }

    fn takes(&self, doc: DocId, written: &str) -> bool {
        self.doc.is_none_or(|own| own == doc)
            && self.written.as_deref().is_none_or(|own| own == written)
    }
}

impl Parts {
    /// What was decided, in the order of the decisions.
    pub fn of(decisions: &[Decision]) -> Self {
        let mut parts: BTreeMap<EntityId, Vec<Portion>> = BTreeMap::new();
        for (entity, portion) in decisions.iter().filter_map(Portion::of) {
            let portions = parts.entry(entity.clone()).or_default();
            if !portions.contains(&portion) {
                portions.push(portion);
            }
        }
        Self(parts)
    }

    /// A number that tells these from others, the same at every start; 0 for none.
    pub fn stamp(&self) -> u64 {
        if self.0.is_empty() {
            return 0;
        }
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish().max(1)
    }

    /// Where other mentions are taken out than by `other`.
    pub fn differing(&self, other: &Self) -> Differing {
        let mut differing = Differing::default();
        let entities: BTreeSet<&EntityId> = self.0.keys().chain(other.0.keys()).collect();
        for entity in entities {
            let of = |parts: &Self| parts.0.get(entity).cloned().unwrap_or_default();
            let (ours, theirs) = (of(self), of(other));
            if ours == theirs {
                continue;
            }
            let changed: Vec<&Portion> = if same_set(&ours, &theirs) {
                ours.iter().collect()
            } else {
                let only = |of: &[Portion], portion: &&Portion| !of.contains(portion);
                let new = ours.iter().filter(|it| only(&theirs, it));
                new.chain(theirs.iter().filter(|it| only(&ours, it)))
                    .collect()
            };
            for portion in changed {
                match portion.doc {
                    Some(doc) => drop(differing.documents.insert(doc)),
                    None => drop(differing.entities.insert(stem(entity))),
                }
            }
        }
        differing
    }

    /// The id of a mention, and the spelling that was taken out, if one was. Each step makes the id longer, so there is an end.
    fn now(&self, entity: &EntityId, doc: DocId, written: &str) -> (EntityId, Option<&str>) {
        let (mut id, mut spelling) = (entity.clone(), None);
        while let Some(portion) = self
            .0
            .get(&id)
            .and_then(|portions| portions.iter().find(|it| it.takes(doc, written)))
        {
            id = portion.id(&id);
            spelling = portion.written.as_deref().or(spelling);
        }
        (id, spelling)
    }

    /// Whether anything may be taken out of an entity in a document.
    fn concern(&self, entity: &EntityId, doc: DocId) -> bool {
        self.0.get(entity).is_some_and(|portions| {
            portions
                .iter()
                .any(|it| it.doc.is_none_or(|own| own == doc))
        })
    }

    /// What was found in the text of a document, with the ids of what was taken out there.
    #[must_use]
    pub fn apply(&self, document: &Document, mut analysis: Analysis) -> Analysis {
        let doc = document.id;
        if self.0.is_empty() {
            return analysis;
        }
        let mut places = Places::default();
        let mut mentions = std::mem::take(&mut analysis.mentions).into_items();
        for (range, mention) in &mut mentions {
            if !self.concern(&mention.entity, doc) {
                continue;
            }
            let written = on_one_line(range.of_text(&document.text));
            let (id, spelling) = self.now(&mention.entity, doc, &written);
            if let Some(spelling) = spelling {
                mention.name = Arc::from(spelling);
            }
            let old = std::mem::replace(&mut mention.entity, id.clone());
            places.0.entry(old).or_default().push((*range, id));
        }
        analysis.mentions = mentions.into_iter().collect();
        let mut quotes = std::mem::take(&mut analysis.quotes).into_items();
        for speaker in quotes.iter_mut().filter_map(|(_, it)| it.speaker.as_mut()) {
            let at = speaker.range;
            for entity in speaker.entity.iter_mut().chain(&mut speaker.others) {
                if let Some(id) = places.nearest(entity, at) {
                    *entity = id;
                }
            }
        }
        analysis.quotes = quotes.into_iter().collect();
        for event in &mut analysis.events {
            if event.entities.iter().any(|id| places.0.contains_key(id)) {
                let range = event.range;
                let old = std::mem::take(&mut event.entities);
                event.entities = old
                    .into_iter()
                    .flat_map(|id| places.within(id, range))
                    .collect();
            }
        }
        analysis
    }
}

fn same_set(one: &[Portion], other: &[Portion]) -> bool {
    one.len() == other.len() && one.iter().all(|portion| other.contains(portion))
}

/// Where the entities of which something was taken out are named in a document, and their ids there, in text order.
#[derive(Default)]
struct Places(HashMap<EntityId, Vec<(TextRange, EntityId)>>);

impl Places {
    /// The id of the mention at a place, else of the one before it, else of the first.
    fn nearest(&self, entity: &EntityId, at: TextRange) -> Option<EntityId> {
        let places = self.0.get(entity)?;
        let after = places.partition_point(|(range, _)| range.start < at.end);
        let place = places.get(after.saturating_sub(1))?;
        Some(place.1.clone())
    }

    /// The ids of the mentions in a passage, each once; where none stands in it, of the nearest.
    fn within(&self, entity: EntityId, passage: TextRange) -> Vec<EntityId> {
        let Some(places) = self.0.get(&entity) else {
            return vec![entity];
        };
        let first = places.partition_point(|(range, _)| range.end <= passage.start);
        let mut ids: Vec<EntityId> = Vec::new();
        for (range, id) in places.get(first..).unwrap_or_default() {
            if range.start >= passage.end {
                break;
            }
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        if ids.is_empty() {
            ids.extend(self.nearest(&entity, passage));
        }
        ids
    }
}

#[cfg(test)]
mod tests;
