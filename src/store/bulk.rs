//! Many annotations changed at once: all or none.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::annotations::{clean, load, set_tags};
use super::log::{self, Action};
use super::{Store, StoreError};
use crate::annotation::{Annotation, Body, Colour, RecordId};

/// What is done to each of many annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkChange {
    /// Tags are put on and taken off; what it has otherwise stays in its order.
    Retag {
        /// Put on, at the end.
        add: Vec<String>,
        /// Taken off.
        remove: Vec<String>,
    },
    /// All get this colour.
    Recolour(Colour),
    /// All are deleted; [`BulkChange::Restore`] brings them back.
    Delete,
    /// All come back.
    Restore,
}

impl Store {
    /// Changes many annotations in one transaction, each with its line in the log, and gives those that changed as they were before. One that is not there fails the
    /// whole change.
    ///
    /// To undo: [`BulkChange::Restore`] after [`BulkChange::Delete`] and the other way round, else [`Store::put_bodies`] with the bodies as they were.
    pub fn change_annotations(
        &mut self,
        ids: &[RecordId],
        change: &BulkChange,
        now: Timestamp,
    ) -> Result<Vec<Annotation>, StoreError> {
        self.many(ids, now, |before, gone| match change {
            BulkChange::Delete => (!gone).then_some(Step::Delete),
            BulkChange::Restore => gone.then_some(Step::Restore),
            BulkChange::Recolour(colour) => Some(Step::Body(Body {
                colour: *colour,
                ..before.body.clone()
            })),
            BulkChange::Retag { add, remove } => {
                let mut body = before.body.clone();
                body.tags.retain(|tag| !remove.contains(tag));
                body.tags.extend(add.iter().cloned());
                Some(Step::Body(body))
            }
        })
    }

    /// Gives many annotations these bodies in one transaction, as [`Store::change_annotations`] does.
    pub fn put_bodies(
        &mut self,
        bodies: &[(RecordId, Body)],
        now: Timestamp,
    ) -> Result<Vec<Annotation>, StoreError> {
        let ids: Vec<RecordId> = bodies.iter().map(|(id, _)| *id).collect();
        let bodies: HashMap<RecordId, &Body> =
            bodies.iter().map(|(id, body)| (*id, body)).collect();
        self.many(&ids, now, |before, _| {
            let body = bodies.get(&before.id);
            body.map(|body| Step::Body((*body).clone()))
        })
    }

    fn many(
        &mut self,
        ids: &[RecordId],
        now: Timestamp,
        step: impl Fn(&Annotation, bool) -> Option<Step>,
    ) -> Result<Vec<Annotation>, StoreError> {
        let mut absent = None;
        let changed = self.write(|transaction| {
            let mut changed = Vec::with_capacity(ids.len());
            for id in ids {
                let found = load(transaction, *id)?;
                let next = found
                    .as_ref()
                    .and_then(|(before, gone)| step(before, *gone));
                let (Some((before, gone)), Some(step)) = (found, next) else {
                    absent = Some(*id);
                    return Err(rusqlite::Error::QueryReturnedNoRows);
                };
                if gone && !matches!(step, Step::Restore) {
                    absent = Some(*id);
                    return Err(rusqlite::Error::QueryReturnedNoRows);
                }
                if apply(transaction, &before, &step, now)? {
                    changed.push(before);
                }
            }
            Ok(changed)
        });
        match absent {
            Some(id) => Err(StoreError::NoRecord {
                kind: "annotation",
                key: id.0.to_string(),
            }),
            None => changed,
        }
    }
}

enum Step {
    Body(Body),
    Delete,
    Restore,
}

/// Whether anything changed.
fn apply(
    connection: &Connection,
    before: &Annotation,
    step: &Step,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let id = before.id;
    let action = match step {
        Step::Body(body) => {
            let body = clean(body);
            if body == before.body {
                return Ok(false);
            }
            connection
                .prepare_cached(
                    "UPDATE annotations SET note = ?2, colour = ?3, modified = ?4 WHERE id = ?1",
                )?
                .execute(params![
                    id.0,
                    body.note,
                    body.colour.as_str(),
                    now.as_microsecond()
                ])?;
            set_tags(connection, id, &body.tags)?;
            Action::Update
        }
        Step::Delete => {
            connection
                .prepare_cached("UPDATE annotations SET deleted = ?2 WHERE id = ?1")?
                .execute(params![id.0, now.as_microsecond()])?;
            Action::Delete
        }
        Step::Restore => {
            connection
                .prepare_cached("UPDATE annotations SET deleted = NULL WHERE id = ?1")?
                .execute([id.0])?;
            Action::Restore
        }
    };
    let after = load(connection, id)?.map(|(after, _)| after);
    let old = (action != Action::Restore).then_some(before);
    let new = after.as_ref().filter(|_| action != Action::Delete);
    log::note(connection, ("annotation", id.0, action), old, new, now)?;
    Ok(true)
}
