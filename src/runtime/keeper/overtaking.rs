//! What another window or program did since to what is to be undone or redone here. Nothing of that is taken along: the step is given up, and the ones before it can still be taken back.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::annotation::{RecordId, Tag};
use crate::app::effect::Change;
use crate::document::{DocId, Document};
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
            Change::Annotation { before: None, .. } => None,
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
                let slot = before.as_ref().or(after.as_ref()).map(|one| one.slot());
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
            Change::Link { before: None, .. } => None,
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
