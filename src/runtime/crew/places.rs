//! What the jumper and the tracer are told of what the model holds.

use super::Crew;
use crate::annotation::{Anchor, Annotation};
use crate::app::model::Model;
use crate::document::{DocId, Revision};
use crate::runtime::jumper;

impl Crew {
    /// Tells the jumper what can be jumped to; what the librarian knows the jumper asks for itself, so that no key waits for it.
    pub(super) fn tell_places(&self, model: &Model) {
        let date = |date: &crate::document::Edtf| date.to_string();
        let documents = model.list.documents.iter();
        let places = jumper::Places {
            documents: documents
                .map(|listing| {
                    (
                        listing.id,
                        listing.title.clone(),
                        listing.published.as_ref().map(date).unwrap_or_default(),
                    )
                })
                .collect(),
            open: model.reader.as_ref().map(|reader| reader.document.clone()),
            bookmarks: model.kept.bookmarks.clone(),
            annotations: model.kept.annotations.clone(),
            visits: self.visits.clone(),
        };
        drop(self.jumper.send(jumper::Request::Places(places)));
    }
}

/// What the reader wrote on two documents, with where it was found last.
pub(super) fn notes_of(
    model: &Model,
    docs: [DocId; 2],
) -> Vec<(Annotation, Option<(Revision, Anchor)>)> {
    let notes = model.kept.annotations.iter();
    notes
        .filter(|note| docs.contains(&note.target.doc))
        .map(|note| {
            let standing = model.kept.standings.get(&note.id);
            let known = standing.map(|found| (found.revision, found.anchoring.anchor.clone()));
            (note.clone(), known)
        })
        .collect()
}
