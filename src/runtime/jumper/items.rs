//! What can be jumped to, as text to match and a place it leads to.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Known, Places};
use crate::annotation::{Annotation, Bookmark};
use crate::app::effect::JumpKind;
use crate::app::msg::JumpTarget;
use crate::app::overlay::kept::bookmark_name;
use crate::document::{DocId, Document};
use crate::library::EntityCount;

/// One place.
pub(super) struct Item {
    pub(super) kind: JumpKind,
    pub(super) text: Arc<str>,
    pub(super) aside: String,
    pub(super) to: JumpTarget,
    /// What it is worth before anything is typed; a letter that matches is worth 32.
    pub(super) prior: i32,
}

/// Words of a passage shown in the picker.
const SHOWN_WORDS: usize = 14;

/// Every place, documents first.
pub(super) fn items_of(places: &Places, known: &Known) -> Vec<Item> {
    let titles: HashMap<DocId, &Arc<str>> = places
        .documents
        .iter()
        .map(|(doc, title, _)| (*doc, title))
        .collect();
    let title = |doc: DocId| {
        titles
            .get(&doc)
            .map_or_else(String::new, ToString::to_string)
    };
    let mut items = Vec::with_capacity(places.documents.len() + known.entities.len());
    items.extend(places.documents.iter().map(|(doc, title, date)| Item {
        kind: JumpKind::Document,
        text: title.clone(),
        aside: date.clone(),
        to: JumpTarget::Place(*doc, None),
        prior: 4 + visited(places, JumpKind::Document, &doc.to_string()),
    }));
    if let Some(open) = &places.open {
        items.extend(headings(open));
    }
    let open = places.open.as_ref().map(|open| open.id);
    let elsewhere = known.headings.iter();
    items.extend(
        elsewhere
            .filter(|(doc, ..)| Some(*doc) != open)
            .map(|(doc, at, text)| Item {
                kind: JumpKind::Heading,
                text: text.as_str().into(),
                aside: title(*doc),
                to: JumpTarget::Place(*doc, Some(*at)),
                prior: 0,
            }),
    );
    items.extend(
        known
            .entities
            .iter()
            .map(|(count, doc)| entity(places, count, *doc)),
    );
    items.extend(
        places
            .bookmarks
            .iter()
            .map(|mark| bookmark(mark, title(mark.target.doc))),
    );
    items.extend(
        places
            .annotations
            .iter()
            .map(|note| annotation(note, title(note.target.doc))),
    );
    items
}

/// A visit now is worth about half a letter, many visits a letter or so.
fn visited(places: &Places, kind: JumpKind, key: &str) -> i32 {
    let score = places
        .visits
        .get(&(kind.name().to_owned(), key.to_owned()))
        .copied()
        .unwrap_or(0.0);
    (score.max(0.0).ln_1p() * 12.0).min(40.0) as i32
}

/// The headings of the open document but its title: the document itself leads there.
fn headings(open: &Arc<Document>) -> impl Iterator<Item = Item> + '_ {
    open.headings().filter_map(|(index, _, heading)| {
        let text = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let at = open.blocks.get(index)?.range.start;
        (text != open.title()).then(|| Item {
            kind: JumpKind::Heading,
            text: text.into(),
            aside: open.title().to_owned(),
            to: JumpTarget::Place(open.id, Some(at)),
            prior: 2,
        })
    })
}

fn entity(places: &Places, count: &EntityCount, doc: DocId) -> Item {
    let often = (f64::from(count.mentions).ln_1p() * 2.0).min(12.0) as i32;
    let documents = if count.documents == 1 {
        "1 document".to_owned()
    } else {
        format!("{} documents", count.documents)
    };
    Item {
        kind: JumpKind::Entity,
        text: count.name.clone(),
        aside: format!("{} in {documents}", count.mentions),
        to: JumpTarget::Entity(count.entity.clone(), count.kind, doc),
        prior: often + visited(places, JumpKind::Entity, count.entity.as_str()),
    }
}

fn passage(exact: &str) -> String {
    exact
        .split_whitespace()
        .take(SHOWN_WORDS)
        .collect::<Vec<_>>()
        .join(" ")
}

fn bookmark(mark: &Bookmark, title: String) -> Item {
    Item {
        kind: JumpKind::Bookmark,
        text: format!(
            "{} {}",
            bookmark_name(&mark.name),
            passage(&mark.target.quote.exact)
        )
        .into(),
        aside: title,
        to: JumpTarget::Place(mark.target.doc, Some(mark.target.position.start)),
        prior: 8,
    }
}

fn annotation(note: &Annotation, title: String) -> Item {
    let quoted = format!("“{}”", passage(&note.target.quote.exact));
    let first = note.body.note.lines().next().unwrap_or_default();
    let tags: Vec<String> = note.body.tags.iter().map(|tag| format!("#{tag}")).collect();
    let parts = [first.to_owned(), tags.join(" "), quoted];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Item {
        kind: JumpKind::Annotation,
        text: parts.join(" ").into(),
        aside: title,
        to: JumpTarget::Place(note.target.doc, Some(note.target.position.start)),
        prior: 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_every_document_lead_to_their_place() {
        let doc = DocId::of_locator("/a.txt");
        let places = Places {
            documents: vec![(doc, "Talks".into(), String::new())],
            ..Places::default()
        };
        let known = Known {
            headings: vec![(doc, 40, "On grain".to_owned())],
            ..Known::default()
        };
        let items = items_of(&places, &known);
        let heading = items.last().unwrap();
        assert_eq!(
            (&*heading.text, heading.aside.as_str()),
            ("On grain", "Talks")
        );
        assert_eq!(heading.to, JumpTarget::Place(doc, Some(40)));
    }
}
