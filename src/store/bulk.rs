//! Many annotations changed at once: all or none.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::annotations::{clean, load, set_tags};
use super::log::{self, Action};
use super::steps::{Plan, What};
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
    /// All go because their making is taken back: unlike those the reader deleted, they come back when they are brought in again.
    TakeBack,
}

impl BulkChange {
    /// In words, as the log shows it.
    fn label(&self, n: usize) -> String {
        let s = if n == 1 { "" } else { "s" };
        match self {
            Self::Retag { add, remove } => {
                let off = remove.iter().map(|tag| format!("-{tag}"));
                let words: Vec<String> =
                    add.iter().map(|tag| format!("+{tag}")).chain(off).collect();
                format!("{} on {n} note{s}", words.join(" "))
            }
            Self::Recolour(colour) => format!("{n} note{s} {}", colour.as_str()),
            Self::Delete => format!("{n} note{s} deleted"),
            Self::Restore => format!("{n} note{s} brought back"),
            Self::TakeBack => format!("{n} note{s} taken back"),
        }
    }
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
        let label = change.label(ids.len());
        let what = match change {
            BulkChange::TakeBack => What::Undo,
            BulkChange::Delete
            | BulkChange::Restore
            | BulkChange::Recolour(_)
            | BulkChange::Retag { .. } => What::Bulk,
        };
        self.many(ids, (what, &label), now, |before, gone| match change {
            BulkChange::Delete | BulkChange::TakeBack => (!gone).then_some(Change::Delete),
            BulkChange::Restore => gone.then_some(Change::Restore),
            BulkChange::Recolour(colour) => Some(Change::Body(Body {
                colour: *colour,
                ..before.body.clone()
            })),
            BulkChange::Retag { add, remove } => {
                let mut body = before.body.clone();
                body.tags.retain(|tag| !remove.contains(tag));
                body.tags.extend(add.iter().cloned());
                Some(Change::Body(body))
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
        let label = format!("{} notes changed", ids.len());
        self.many(&ids, (What::Bulk, &label), now, |before, _| {
            let body = bodies.get(&before.id);
            body.map(|body| Change::Body((*body).clone()))
        })
    }

    fn many(
        &mut self,
        ids: &[RecordId],
        (what, label): (What, &str),
        now: Timestamp,
        step: impl Fn(&Annotation, bool) -> Option<Change>,
    ) -> Result<Vec<Annotation>, StoreError> {
        let mut absent = None;
        let plan = Plan {
            what,
            label,
            undoes: None,
        };
        let changed = self.step(plan, now, |transaction| {
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
                if gone && !matches!(step, Change::Restore) {
                    absent = Some(*id);
                    return Err(rusqlite::Error::QueryReturnedNoRows);
                }
                if change(transaction, &before, &step, now)? {
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
            None => changed.map(|(changed, _)| changed),
        }
    }
}

/// What is done to one annotation.
pub(super) enum Change {
    Body(Body),
    Delete,
    Restore,
}

/// Changes the annotation with this number, whether it is deleted or not. Whether anything changed.
pub(super) fn apply(
    connection: &Connection,
    id: RecordId,
    to: &Change,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    match (load(connection, id)?, to) {
        (Some((before, true)), Change::Restore)
        | (Some((before, false)), Change::Body(_) | Change::Delete) => {
            change(connection, &before, to, now)
        }
        _ => Ok(false),
    }
}

/// Whether anything changed.
fn change(
    connection: &Connection,
    before: &Annotation,
    to: &Change,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let id = before.id;
    let action = match to {
        Change::Body(body) => {
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
        Change::Delete => {
            connection
                .prepare_cached("UPDATE annotations SET deleted = ?2 WHERE id = ?1")?
                .execute(params![id.0, now.as_microsecond()])?;
            Action::Delete
        }
        Change::Restore => {
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
