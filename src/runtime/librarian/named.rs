//! Who is named in documents and notes, for the filters of the lists: as the documents call and write them, and as the reader renamed them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Librarian;
use crate::annotation::RecordId;
use crate::app::named::NamedInNotes;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::entities::Decision;
use crate::search::fold::fold;
use crate::search::query::{Words, stands};

/// The words of a note and its passage, and where it stands.
pub(in crate::runtime) type NoteWords = (RecordId, DocId, String);

impl Librarian {
    /// The documents that name somebody or something by these words.
    pub(super) fn documents_naming(&self, words: &Words) -> HashSet<DocId> {
        let key = self.collection.key();
        let hidden = self.hidden();
        let found = self
            .catalogue
            .documents_naming(key, |name| words.stand_in(name), &hidden);
        let mut found = found.unwrap_or_default();
        for (entity, name) in self.renamed() {
            if words.stand_in(name) && !hidden.contains(entity) {
                let members = self.linking.links.members(entity);
                let documents = self.catalogue.documents_of(key, &members);
                found.extend(documents.unwrap_or_default().iter().map(|(doc, _)| *doc));
            }
        }
        found
    }

    /// Who is named in the words of notes: those that the document of a note names, in whatever way it writes them.
    pub(super) fn named_in(&self, notes: Vec<NoteWords>) -> NamedInNotes {
        let links = &self.linking.links;
        let renamed: HashMap<EntityId, &str> = (self.renamed())
            .flat_map(|(entity, name)| {
                (links.members(entity).into_iter()).map(move |id| (id, name))
            })
            .collect();
        let mut by_document: HashMap<DocId, Vec<(RecordId, String)>> = HashMap::new();
        for (note, doc, words) in notes {
            by_document.entry(doc).or_default().push((note, words));
        }
        let mut found = NamedInNotes::default();
        for (doc, notes) in by_document {
            let key = self.collection.key();
            let named = self.catalogue.named_in(key, doc).unwrap_or_default();
            let notes: Vec<(RecordId, String)> = notes
                .into_iter()
                .map(|(note, words)| (note, one_line(&words)))
                .collect();
            for entity in named {
                let linked = links.entity(&entity.entity);
                if linked.is_some_and(|linked| linked.hidden) {
                    continue;
                }
                let shown = linked.map_or(&entity.name, |linked| &linked.name);
                let mut all_names: Vec<Arc<str>> = vec![entity.name.clone()];
                all_names.extend(entity.written.iter().cloned());
                all_names.extend(renamed.get(&entity.entity).map(|name| (*name).into()));
                let written: Vec<String> =
                    entity.written.iter().map(|words| one_line(words)).collect();
                for (note, words) in &notes {
                    if written.iter().any(|name| stands(name, words)) {
                        found.add(*note, shown, &all_names);
                    }
                }
            }
        }
        found
    }

    fn hidden(&self) -> HashSet<EntityId> {
        let mut hidden = HashSet::new();
        for decision in &self.decisions {
            if let Decision::Hide { entity } = decision {
                hidden.extend(self.linking.links.members(entity));
            }
        }
        hidden
    }

    fn renamed(&self) -> impl Iterator<Item = (&EntityId, &str)> {
        self.decisions.iter().filter_map(|decision| match decision {
            Decision::Rename { entity, name } => Some((entity, name.as_str())),
            Decision::Merge { .. }
            | Decision::Split { .. }
            | Decision::Distinct { .. }
            | Decision::Part { .. }
            | Decision::PartSpelling { .. }
            | Decision::Retype { .. }
            | Decision::Hide { .. } => None,
        })
    }
}

fn one_line(text: &str) -> String {
    let folded = fold(text);
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
