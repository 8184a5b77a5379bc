//! What another window or program did since to what is to be undone or redone here. Nothing of that is taken along: the step is given up, and the ones before it can still be taken back.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::annotation::{RecordId, Tag};
use crate::app::effect::Change;
use crate::document::{DocId, Document};
use crate::library::entities::Decision;
use crate::store::{Store, StoreError};

/// Why a step cannot be taken, if anything that it changes is no longer as the step before left it.
pub(super) fn overtaken(
    store: &Store,
    changes: &[Change],
    documents: &HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
) -> Result<Option<String>, StoreError> {
    // What goes in the same step goes first.
    let tied: HashSet<RecordId> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Link {
                before: Some(link), ..
            } => Some(link.id),
            Change::Link { before: None, .. }
            | Change::Annotation { .. }
            | Change::Bookmark { .. }
            | Change::Meta { .. }
            | Change::Entity { .. }
            | Change::Place { .. }
            | Change::Tag { .. } => None,
        })
        .collect();
    for change in changes {
        let why = match change {
            Change::Annotation {
                before: Some(before),
                after,
            } => match store.is_written(before.id, &before.body)? {
                None => Some("the note was deleted since, elsewhere".to_owned()),
                Some(false) => Some("the note was changed since, elsewhere".to_owned()),
                Some(true) if after.is_none() => {
                    let links = store.links_of(before.id)?;
                    let linked = links.iter().any(|link| !tied.contains(&link.id));
                    linked.then(|| "the note was linked since, elsewhere".to_owned())
                }
                Some(true) => None,
            },
            Change::Annotation { before: None, .. } | Change::Link { before: None, .. } => None,
            Change::Bookmark { before, after } => {
                let now = match before {
                    Some(before) => store.bookmark(before.id)?,
                    None => None,
                };
                let was = before.as_ref().map(|before| before.id);
                let other = match after {
                    Some(after) => store.in_place_of(after.id)?,
                    None => None,
                };
                if before.as_ref().map(|before| &before.name) != now.as_ref().map(|now| &now.name) {
                    Some("the bookmark was changed or deleted since, elsewhere".to_owned())
                } else if other.is_some_and(|other| Some(other.id) != was) {
                    Some("the letter was set elsewhere since".to_owned())
                } else {
                    None
                }
            }
            Change::Meta { doc, before, after } => match documents.get(doc) {
                Some((locator, _)) => {
                    let amended = store.known_meta(locator)?.amended(before, after);
                    amended
                        .err()
                        .map(|what| format!("{what} was set again since, elsewhere"))
                }
                None => Some("its document is no longer in the library".to_owned()),
            },
            Change::Entity { before, after } => {
                let slot = before.as_ref().or(after.as_ref()).map(Decision::slot);
                let now = match slot {
                    Some(slot) => store.entity_decision(&slot)?,
                    None => None,
                };
                (now != *before).then(|| match now {
                    Some(now) => format!("`{now}` was decided since, elsewhere"),
                    None => "it was taken back since, elsewhere".to_owned(),
                })
            }
            Change::Link {
                before: Some(link), ..
            } => {
                let there = store.links_of(link.source)?;
                let gone = !there.iter().any(|other| other.id == link.id);
                gone.then(|| "the link is gone since".to_owned())
            }
            Change::Tag { before, after } => {
                let said = before.as_ref().or(after.as_ref());
                let all = store.vocabulary()?;
                said.and_then(|tag| {
                    let plain = Tag::plain(&tag.name);
                    let now = all.iter().find(|used| used.tag.name == tag.name);
                    let now = now.map_or(&plain, |used| &used.tag);
                    let differs = *now != before.clone().unwrap_or_else(|| plain.clone());
                    differs.then(|| format!("the tag {} was changed since, elsewhere", tag.name))
                })
            }
            Change::Place { note, .. } => {
                let gone = store.annotation(*note)?.is_none();
                gone.then(|| "the note was deleted since, elsewhere".to_owned())
            }
        };
        if why.is_some() {
            return Ok(why);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::annotation::{Annotation, Body, BookmarkName, LinkKind, Target};
    use crate::library::Corrections;
    use crate::text::TextRange;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;
    const LOCATOR: &str = "/a.txt";

    fn document() -> Document {
        crate::language::sample::document("They met in Berlin. Nobody spoke.")
    }

    fn note(store: &mut Store, end: u32) -> Annotation {
        let target = Target::new(&document(), TextRange::new(0, end));
        store
            .add_annotation(&document(), LOCATOR, &target, &Body::default(), AT)
            .unwrap()
    }

    /// What stands in the way of a step, in a store where something was done since.
    fn check(store: &Store, changes: &[Change]) -> String {
        let doc = DocId::of_locator(LOCATOR);
        let documents = HashMap::from([(doc, (Arc::from(LOCATOR), None))]);
        let why = overtaken(store, changes, &documents).unwrap();
        why.unwrap_or_default()
    }

    #[test]
    fn a_note_that_was_changed_linked_or_deleted_elsewhere_is_left_alone() {
        let mut store = Store::in_memory().unwrap();
        let (one, other) = (note(&mut store, 4), note(&mut store, 8));
        let made = |note: &Annotation| Change::Annotation {
            before: Some(note.clone()),
            after: None,
        };
        assert_eq!(check(&store, &[made(&one), made(&other)]), "");
        let link = store
            .add_link(one.id, other.id, LinkKind::Quotes, "", AT)
            .unwrap();
        assert_eq!(
            check(&store, &[made(&one)]),
            "the note was linked since, elsewhere"
        );
        let tied = Change::Link {
            before: Some(link),
            after: None,
        };
        assert_eq!(
            check(&store, &[tied.clone(), made(&one)]),
            "",
            "it goes in the same step"
        );
        let body = Body {
            tags: vec!["theirs".to_owned()],
            ..Body::default()
        };
        store.update_annotation(other.id, &body, AT).unwrap();
        assert_eq!(
            check(&store, &[made(&other)]),
            "the note was changed since, elsewhere"
        );
        store.delete_annotation(other.id, AT).unwrap();
        assert_eq!(
            check(&store, &[made(&other)]),
            "the note was deleted since, elsewhere"
        );
        assert_eq!(check(&store, &[tied]), "the link is gone since");
    }

    #[test]
    fn what_was_set_decided_or_marked_elsewhere_is_left_alone() {
        let mut store = Store::in_memory().unwrap();
        let title = |title: &str| Corrections {
            title: Some(title.to_owned()),
            ..Corrections::default()
        };
        store
            .set_meta(&document(), LOCATOR, &title("mine"), AT)
            .unwrap();
        let set = Change::Meta {
            doc: DocId::of_locator(LOCATOR),
            before: title("mine"),
            after: Corrections::default(),
        };
        assert_eq!(check(&store, std::slice::from_ref(&set)), "");
        let both = Corrections {
            publisher: Some("theirs".to_owned()),
            ..title("mine")
        };
        store.set_meta(&document(), LOCATOR, &both, AT).unwrap();
        assert_eq!(
            check(&store, std::slice::from_ref(&set)),
            "",
            "another field"
        );
        store
            .set_meta(&document(), LOCATOR, &title("theirs"), AT)
            .unwrap();
        assert_eq!(
            check(&store, &[set]),
            "the title was set again since, elsewhere"
        );

        let decision: Decision = "merge a into b".parse().unwrap();
        store.decide_entity(&decision, AT).unwrap();
        let merged = Change::Entity {
            before: Some(decision),
            after: None,
        };
        assert_eq!(check(&store, std::slice::from_ref(&merged)), "");
        store
            .decide_entity(&"distinct a from b".parse().unwrap(), AT)
            .unwrap();
        assert_eq!(
            check(&store, &[merged]),
            "`distinct a from b` was decided since, elsewhere"
        );

        let target = Target::new(&document(), TextRange::new(0, 4));
        let mark = |store: &mut Store| {
            let letter = BookmarkName::Local('a');
            let set = store.set_bookmark(&document(), LOCATOR, &target, &letter, AT);
            set.unwrap().0
        };
        let first = mark(&mut store);
        store.delete_bookmark(first.id, AT).unwrap();
        let back = Change::Bookmark {
            before: None,
            after: Some(first),
        };
        assert_eq!(check(&store, std::slice::from_ref(&back)), "");
        let second = mark(&mut store);
        assert_eq!(check(&store, &[back]), "the letter was set elsewhere since");
        let gone = Change::Bookmark {
            before: Some(second.clone()),
            after: None,
        };
        store.delete_bookmark(second.id, AT).unwrap();
        assert!(check(&store, &[gone]).starts_with("the bookmark was changed or deleted"));
    }
}
