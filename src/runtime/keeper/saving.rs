//! Writing what the reader changed; the screen hears of it once it is committed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::overtaking::overtaken;
use super::{Keeper, open_store};
use crate::annotation::{Anchor, Annotation, Body, Link, RecordId, Tag, Target, anchor};
use crate::app::effect::{Cause, Change};
use crate::app::msg::{Msg, Outcome, Standing};
use crate::document::{DocId, Document};
use crate::runtime::{clock, librarian};
use crate::store::{Access, BulkChange, Store, StoreError};

impl Keeper {
    pub(super) fn save(
        &mut self,
        changes: &[Change],
        cause: Cause,
        documents: &HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
    ) {
        let now = clock::now();
        if self
            .store
            .as_ref()
            .is_none_or(|store| store.access() == Access::Read)
        {
            // What stood in the way may be gone.
            let (store, why) = open_store(&self.path, now);
            self.store = store;
            self.tell_state(why);
        }
        let in_the_way = match (&self.store, cause) {
            (Some(store), Cause::Undo | Cause::Redo) => overtaken(store, changes, documents),
            (None, _) | (_, Cause::Edit) => Ok(None),
        };
        if let Ok(Some(why)) = in_the_way {
            let given_up = Outcome::Overtaken(cause, why);
            drop(self.out.send(Msg::Done(given_up)));
            return;
        }
        let mut saved = Vec::new();
        let mut failed = None;
        let mut left = changes;
        while let Some(change) = left.first() {
            let n_alike = alike(left);
            let some = left.get(..n_alike).unwrap_or_default();
            // What takes the making of a note back is told apart from a delete, also of a single one.
            let takes_back = cause == Cause::Undo && Sort::of(change) == Some(Sort::Delete);
            let done = if some.len() > 1 || takes_back {
                self.save_many(some, cause, now)
                    .map(|()| saved.extend_from_slice(some))
            } else {
                self.save_one(change, cause, documents, now)
                    .map(|change| saved.push(change))
            };
            if let Err(why) = done {
                failed = Some(why);
                break;
            }
            left = left.get(n_alike.max(1)..).unwrap_or_default();
        }
        let rest = changes.get(saved.len()..).unwrap_or_default().to_vec();
        let metas: Vec<DocId> = saved
            .iter()
            .filter_map(|change| match change {
                Change::Meta { doc, .. } => Some(*doc),
                Change::Annotation { .. }
                | Change::Bookmark { .. }
                | Change::Entity { .. }
                | Change::Place { .. }
                | Change::Link { .. }
                | Change::Tag { .. } => None,
            })
            .collect();
        if saved
            .iter()
            .any(|change| matches!(change, Change::Entity { .. }))
        {
            self.tell_decisions();
        }
        if !metas.is_empty() {
            self.tell_overrides();
            for doc in metas {
                if let Some((locator, _)) = documents.get(&doc) {
                    drop(
                        self.librarian
                            .send(librarian::Request::ReadAgain(locator.clone())),
                    );
                }
            }
        }
        if !saved.is_empty() {
            drop(self.out.send(Msg::Done(Outcome::Saved(saved, cause))));
        }
        match failed {
            Some(refusal) => {
                // What is wrong with one change is no trouble of the store; but what the screen knows of it is out of date.
                let stale = !refusal.of_store;
                self.tell_state(refusal.of_store.then(|| refusal.why.clone()));
                let failed = Outcome::SaveFailed(rest, cause, refusal.why);
                drop(self.out.send(Msg::Done(failed)));
                if stale {
                    self.tell_kept();
                }
            }
            None => self.tell_state(None),
        }
    }

    /// Writes changes of the same sort to annotations there are, all or none.
    fn save_many(
        &mut self,
        changes: &[Change],
        cause: Cause,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some(store) = &mut self.store else {
            return Err(Refusal::of_store(self.no_store()));
        };
        let mut bodies = Vec::new();
        let mut ids = Vec::new();
        let mut sort = None;
        for change in changes {
            if let Change::Annotation { before, after } = change {
                sort = Sort::of(change);
                ids.extend(before.as_ref().or(after.as_ref()).map(|note| note.id));
                bodies.extend(after.as_ref().map(|note| (note.id, note.body.clone())));
            }
        }
        let done = match sort {
            Some(Sort::Body) => store.put_bodies(&bodies, now),
            Some(Sort::Delete) if cause == Cause::Undo => {
                store.change_annotations(&ids, &BulkChange::TakeBack, now)
            }
            Some(Sort::Delete) => store.change_annotations(&ids, &BulkChange::Delete, now),
            Some(Sort::Restore) => store.change_annotations(&ids, &BulkChange::Restore, now),
            None => return Ok(()),
        };
        done.map(drop).map_err(Refusal::from)
    }

    pub(super) fn no_store(&self) -> String {
        let told = self.told.clone();
        told.unwrap_or_else(|| format!("{} cannot be opened", self.path.display()))
    }

    #[expect(clippy::too_many_lines, reason = "one arm a sort of change")]
    fn save_one(
        &mut self,
        change: &Change,
        cause: Cause,
        documents: &HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
        now: Timestamp,
    ) -> Result<Change, Refusal> {
        let Some(store) = &mut self.store else {
            return Err(Refusal::of_store(self.no_store()));
        };
        let place = |doc: DocId| -> Result<(Arc<str>, Arc<Document>), String> {
            match documents.get(&doc) {
                Some((locator, Some(document))) => Ok((locator.clone(), document.clone())),
                _ => Err("the document is no longer open; open it and try again".to_owned()),
            }
        };
        let say = Refusal::from;
        match change {
            Change::Annotation {
                before,
                after: Some(after),
            } => {
                let stored = match before {
                    _ if after.id.0 <= 0 => {
                        let (locator, document) = place(after.target.doc)?;
                        let target = target_in(&after.target, &document)?;
                        store
                            .add_annotation(&document, &locator, &target, &after.body, now)
                            .map_err(say)?
                    }
                    Some(before) => {
                        let stored = store.annotation(after.id).map_err(say)?;
                        let body = match &stored {
                            Some(stored) => merged(&before.body, &after.body, &stored.body)?,
                            None => after.body.clone(),
                        };
                        store.update_annotation(after.id, &body, now).map_err(say)?
                    }
                    None => store.restore_annotation(after.id, now).map_err(say)?,
                };
                Ok(Change::Annotation {
                    before: before.clone(),
                    after: Some(stored),
                })
            }
            Change::Annotation {
                before,
                after: None,
            } => {
                if let Some(before) = before {
                    store.delete_annotation(before.id, now).map_err(say)?;
                }
                Ok(change.clone())
            }
            Change::Bookmark {
                before,
                after: Some(after),
            } => {
                // A letter that goes back to another place has the bookmark it had there.
                let was = before.as_ref().map_or(RecordId(0), |before| before.id);
                let stored = match after.id {
                    id if id.0 > 0 && id != was => store.restore_bookmark(id, now).map_err(say)?,
                    _ => {
                        let (locator, document) = place(after.target.doc)?;
                        store
                            .set_bookmark(&document, &locator, &after.target, &after.name, now)
                            .map_err(say)?
                            .0
                    }
                };
                Ok(Change::Bookmark {
                    before: before.clone(),
                    after: Some(stored),
                })
            }
            Change::Bookmark {
                before,
                after: None,
            } => {
                if let Some(before) = before {
                    store.delete_bookmark(before.id, now).map_err(say)?;
                }
                Ok(change.clone())
            }
            Change::Entity { before, after } => {
                let held = match (before, after) {
                    (_, Some(after)) => match cause {
                        Cause::Edit => store.decide_entity(after, now),
                        Cause::Undo | Cause::Redo => store.decide_entity_again(after, now),
                    },
                    (Some(before), None) => store.undecide_entity(&before.slot(), now),
                    (None, None) => Ok(None),
                };
                Ok(Change::Entity {
                    before: held.map_err(say)?,
                    after: after.clone(),
                })
            }
            Change::Place {
                note,
                doc,
                revision,
                after,
                ..
            } => {
                let open = place(*doc).ok();
                let at_hand = [open, self.shelf.read.get(doc).cloned()]
                    .into_iter()
                    .flatten()
                    .find(|(_, document)| document.revision == *revision);
                let anchoring = match (at_hand, cause) {
                    (Some((locator, document)), _) => store
                        .decide_place(*note, &document, &locator, *after, now)
                        .map_err(say)?,
                    (None, Cause::Undo | Cause::Redo) => store
                        .decide_place_again(*note, revision, *after, now)
                        .map_err(say)?,
                    (None, Cause::Edit) => {
                        return Err("the text has changed since · gr looks again"
                            .to_owned()
                            .into());
                    }
                };
                let standing = Standing {
                    revision: *revision,
                    anchoring,
                };
                let placed = Outcome::Placed(vec![(*note, standing)]);
                drop(self.out.send(Msg::Done(placed)));
                Ok(change.clone())
            }
            Change::Link { before, after } => {
                let after =
                    save_link(store, before.as_ref(), after.as_ref(), cause, now).map_err(say)?;
                Ok(Change::Link {
                    before: before.clone(),
                    after,
                })
            }
            Change::Tag { before, after } => {
                let name = after.as_ref().or(before.as_ref()).map(|tag| &tag.name);
                let Some(name) = name else {
                    return Ok(change.clone());
                };
                let tag = after.clone().unwrap_or_else(|| Tag::plain(name));
                store.put_tag(&tag, now).map_err(say)?;
                Ok(change.clone())
            }
            Change::Meta { doc, before, after } => {
                // What was set once is taken back and set again also when the document has been left; what else was set since stays.
                if let (Some((locator, _)), Cause::Undo | Cause::Redo) = (documents.get(doc), cause)
                {
                    let set = store.known_meta(locator).map_err(say)?;
                    let set = set.amended(before, after)?;
                    store.set_known_meta(locator, &set, now).map_err(say)?;
                } else {
                    let (locator, document) = place(*doc)?;
                    store
                        .set_meta(&document, &locator, after, now)
                        .map_err(say)?;
                }
                Ok(change.clone())
            }
        }
    }
}

/// Why a change was not made.
#[derive(Debug)]
struct Refusal {
    why: String,
    /// Whether the store cannot be written at all, or only this change cannot be made.
    of_store: bool,
}

impl Refusal {
    const fn of_store(why: String) -> Self {
        Self {
            why,
            of_store: true,
        }
    }
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self {
            why,
            of_store: false,
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let of_store = match &error {
            StoreError::NoRecord { .. } | StoreError::NameTaken { .. } => false,
            StoreError::Folder { .. }
            | StoreError::Absent { .. }
            | StoreError::Unreachable { .. }
            | StoreError::ReadOnly { .. }
            | StoreError::Locked { .. }
            | StoreError::Full { .. }
            | StoreError::Corrupt { .. }
            | StoreError::Foreign { .. }
            | StoreError::Newer { .. }
            | StoreError::Older { .. }
            | StoreError::Exists { .. }
            | StoreError::NoBackup { .. }
            | StoreError::Failed { .. } => true,
        };
        Self {
            why: error.to_string(),
            of_store,
        }
    }
}

/// What becomes of a note that was changed here from `before` to `after`, and by another program to `stored`: what only one of them changed is as that one left it.
fn merged(before: &Body, after: &Body, stored: &Body) -> Result<Body, String> {
    let note = if after.note == before.note || after.note == stored.note {
        &stored.note
    } else if stored.note == before.note {
        &after.note
    } else {
        return Err("the note was changed elsewhere meanwhile".to_owned());
    };
    let colour = if after.colour == before.colour {
        stored.colour
    } else {
        after.colour
    };
    let mut tags = stored.tags.clone();
    if stored.tags == before.tags {
        tags.clone_from(&after.tags);
    } else {
        tags.retain(|tag| after.tags.contains(tag) || !before.tags.contains(tag));
        let added = after.tags.iter().filter(|tag| !before.tags.contains(tag));
        for tag in added {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
    }
    Ok(Body {
        note: note.clone(),
        tags,
        colour,
    })
}

/// A passage that was chosen in an earlier text of the document, in the one that is open now.
fn target_in(target: &Target, document: &Document) -> Result<Target, String> {
    if target.revision == document.revision {
        return Ok(target.clone());
    }
    match anchor(target, None, document) {
        Anchor::Unchanged(range) | Anchor::Moved(range) => Ok(Target::new(document, range)),
        Anchor::Edited(_)
        | Anchor::Ambiguous(_)
        | Anchor::Probable(_)
        | Anchor::Lost { .. }
        | Anchor::Sought => {
            Err("the document has changed and the words are not in it any more".to_owned())
        }
    }
}

/// Makes a link, brings it back or takes it away; gives it as it is now.
fn save_link(
    store: &mut Store,
    before: Option<&Link>,
    after: Option<&Link>,
    cause: Cause,
    now: Timestamp,
) -> Result<Option<Link>, StoreError> {
    match (before, after) {
        (_, Some(link)) if link.id.0 > 0 => store.restore_link(link.id, now).map(Some),
        (_, Some(link)) => store
            .add_link(link.source, link.target, link.kind, &link.note, now)
            .map(Some),
        (Some(link), None) if cause == Cause::Undo => store.untie(link.id, now).map(|()| None),
        (Some(link), None) => store.delete_link(link.id, now).map(|_| None),
        (None, None) => Ok(None),
    }
}

/// What is done to an annotation there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Body,
    Delete,
    Restore,
}

impl Sort {
    fn of(change: &Change) -> Option<Self> {
        let Change::Annotation { before, after } = change else {
            return None;
        };
        let stored = |note: &Option<Annotation>| note.as_ref().map(|note| note.id.0 > 0);
        match (stored(before), stored(after)) {
            (Some(true), Some(true)) => Some(Self::Body),
            (Some(true), None) => Some(Self::Delete),
            (None, Some(true)) => Some(Self::Restore),
            _ => None,
        }
    }
}

/// How many of the first changes can be written together.
fn alike(changes: &[Change]) -> usize {
    let first = changes.first().and_then(Sort::of);
    let same = |change: &&Change| first.is_some() && Sort::of(change) == first;
    changes.iter().take_while(same).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(typed: &str) -> Body {
        let (note, tags) = typed.split_once('#').unwrap_or((typed, ""));
        Body {
            note: note.trim().to_owned(),
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            ..Body::default()
        }
    }

    fn check(before: &str, ours: &str, theirs: &str, becomes: Option<&str>) {
        let merged = merged(&body(before), &body(ours), &body(theirs));
        assert_eq!(
            merged.ok(),
            becomes.map(body),
            "{before} | {ours} | {theirs}"
        );
    }

    #[test]
    fn what_another_program_changed_meanwhile_is_kept() {
        check("old", "ours", "old", Some("ours"));
        check("old", "old # a", "theirs", Some("theirs # a"));
        check("old # a b", "old # a c", "old # a b d", Some("old # a d c"));
        check("old # a", "ours # a", "old # a d", Some("ours # a d"));
        check("old", "same", "same", Some("same"));
        check("old", "ours", "theirs", None);
    }
}
