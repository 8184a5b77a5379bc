//! Writing what the reader changed; the screen hears of it once it is committed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Keeper, open_store};
use crate::app::effect::{Cause, Change};
use crate::app::msg::{Msg, Outcome};
use crate::document::{DocId, Document};
use crate::runtime::{clock, librarian};
use crate::store::{Access, StoreError};

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
        let mut saved = Vec::new();
        let mut failed = None;
        for change in changes {
            match self.save_one(change, documents, now) {
                Ok(change) => saved.push(change),
                Err(why) => {
                    failed = Some(why);
                    break;
                }
            }
        }
        let rest = changes.get(saved.len()..).unwrap_or_default().to_vec();
        let metas: Vec<DocId> = saved
            .iter()
            .filter_map(|change| match change {
                Change::Meta { doc, .. } => Some(*doc),
                Change::Annotation { .. } | Change::Bookmark { .. } | Change::Entity { .. } => None,
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
            Some(why) => {
                self.tell_state(Some(why.clone()));
                drop(
                    self.out
                        .send(Msg::Done(Outcome::SaveFailed(rest, cause, why))),
                );
            }
            None => self.tell_state(None),
        }
    }

    fn save_one(
        &mut self,
        change: &Change,
        documents: &HashMap<DocId, (Arc<str>, Option<Arc<Document>>)>,
        now: Timestamp,
    ) -> Result<Change, String> {
        let Some(store) = &mut self.store else {
            return Err(self
                .told
                .clone()
                .unwrap_or_else(|| format!("{} cannot be opened", self.path.display())));
        };
        let place = |doc: DocId| -> Result<(Arc<str>, Arc<Document>), String> {
            match documents.get(&doc) {
                Some((locator, Some(document))) => Ok((locator.clone(), document.clone())),
                _ => Err("the document is no longer open; open it and try again".to_owned()),
            }
        };
        let say = |error: StoreError| error.to_string();
        match change {
            Change::Annotation {
                before,
                after: Some(after),
            } => {
                let stored = match before {
                    _ if after.id.0 <= 0 => {
                        let (locator, document) = place(after.target.doc)?;
                        store
                            .add_annotation(&document, &locator, &after.target, &after.body, now)
                            .map_err(say)?
                    }
                    Some(_) => store
                        .update_annotation(after.id, &after.body, now)
                        .map_err(say)?,
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
                let stored = match before {
                    None if after.id.0 > 0 => store.restore_bookmark(after.id, now).map_err(say)?,
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
                    (_, Some(after)) => store.decide_entity(after, now),
                    (Some(before), None) => store.undecide_entity(&before.slot(), now),
                    (None, None) => Ok(None),
                };
                Ok(Change::Entity {
                    before: held.map_err(say)?,
                    after: after.clone(),
                })
            }
            Change::Meta { doc, after, .. } => {
                let (locator, document) = place(*doc)?;
                store
                    .set_meta(&document, &locator, after, now)
                    .map_err(say)?;
                Ok(change.clone())
            }
        }
    }
}
