//! Entities of one document that the reader took out of those of the same name in others.
//!
//! In: the reader's decisions. Out: [`Parts`], which gives such an entity an id of its own in that document: the id the text gives it, `~`, the id of the
//! document. Likeness of names brings nothing to such an id; the reader's merges do.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::decision::Decision;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::Analysis;

/// What parts the id of an entity from that of the document it was taken out in; no id that a text gives holds it.
const MARK: char = '~';

/// Which entities were taken out in which documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts(BTreeSet<(DocId, EntityId)>);

/// The id of an entity that was taken out in a document.
pub fn parted(entity: &EntityId, doc: DocId) -> EntityId {
    EntityId(format!("{}{MARK}{doc}", entity.as_str()).into())
}

/// Whether an id is that of an entity taken out in a document.
pub(super) fn is_parted(entity: &EntityId) -> bool {
    entity.as_str().contains(MARK)
}

impl Parts {
    /// What was decided.
    pub fn of(decisions: &[Decision]) -> Self {
        let parts = decisions.iter().filter_map(|decision| match decision {
            Decision::Part { entity, doc } => Some((*doc, entity.clone())),
            Decision::Merge { .. }
            | Decision::Split { .. }
            | Decision::Distinct { .. }
            | Decision::Rename { .. }
            | Decision::Retype { .. }
            | Decision::Hide { .. } => None,
        });
        Self(parts.collect())
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

    /// The documents in which other entities are taken out than by `other`.
    pub fn differing(&self, other: &Self) -> BTreeSet<DocId> {
        let differing = self.0.symmetric_difference(&other.0);
        differing.map(|(doc, _)| *doc).collect()
    }

    /// What was found in the text of a document, with the ids of what was taken out there.
    #[must_use]
    pub fn apply(&self, doc: DocId, mut analysis: Analysis) -> Analysis {
        let out = |entity: &EntityId| self.0.contains(&(doc, entity.clone()));
        if !self.0.iter().any(|(parted, _)| *parted == doc) {
            return analysis;
        }
        let mut mentions = std::mem::take(&mut analysis.mentions).into_items();
        for (_, mention) in &mut mentions {
            if out(&mention.entity) {
                mention.entity = parted(&mention.entity, doc);
            }
        }
        analysis.mentions = mentions.into_iter().collect();
        let mut quotes = std::mem::take(&mut analysis.quotes).into_items();
        for (_, quote) in &mut quotes {
            if let Some(entity) = quote.speaker.as_mut().and_then(|it| it.entity.as_mut())
                && out(entity)
            {
                *entity = parted(entity, doc);
            }
        }
        analysis.quotes = quotes.into_iter().collect();
        for entity in analysis.events.iter_mut().flat_map(|it| &mut it.entities) {
            if out(entity) {
                *entity = parted(entity, doc);
            }
        }
        analysis
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::library::analyse;
    use crate::library::entities::{Links, Seen};

    #[test]
    fn who_was_taken_out_in_a_document_has_an_id_of_its_own_there_alone() {
        let document = import::exact(
            "a",
            "President Anna Lind met Karl Ohm on 5 May 2024.",
            None,
            None,
        );
        let found = analyse(&document);
        let anna = found.mentions.get(0).unwrap().1.entity.clone();
        let doc = document.id;
        let decisions = [Decision::Part {
            entity: anna.clone(),
            doc,
        }];
        let parts = Parts::of(&decisions);
        let apart = parts.apply(doc, found.clone());
        assert_eq!(apart.mentions.get(0).unwrap().1.entity, parted(&anna, doc));
        assert_eq!(apart.mentions.get(1), found.mentions.get(1));
        assert!(apart.events[0].entities.contains(&parted(&anna, doc)));
        assert!(!apart.events[0].entities.contains(&anna));
        assert_eq!(parts.apply(DocId(1), found.clone()), found);
        assert_eq!(parts.differing(&Parts::default()), [doc].into());
        assert_ne!(parts.stamp(), Parts::default().stamp());
    }

    #[test]
    fn likeness_does_not_bring_back_what_was_taken_out_and_a_merge_does() {
        let (anna, doc) = (EntityId("anna-lind".into()), DocId(7));
        let seen = |id: &EntityId| Seen {
            id: id.clone(),
            name: "Anna Lind".into(),
            kind: crate::language::entities::EntityType::Person,
            mentions: 2,
            documents: 1,
            acronyms: Vec::new(),
        };
        let all = || vec![seen(&anna), seen(&parted(&anna, doc))];
        let part = Decision::Part {
            entity: anna.clone(),
            doc,
        };
        let links = Links::new(all(), std::slice::from_ref(&part), |_, _| false);
        assert_eq!(links.members(&anna), std::slice::from_ref(&anna));
        let merge = Decision::Merge {
            entity: parted(&anna, doc),
            into: anna.clone(),
        };
        let links = Links::new(all(), &[part, merge], |_, _| false);
        assert_eq!(links.members(&anna).len(), 2);
    }
}
