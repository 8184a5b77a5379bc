//! Annotations on their way out to other programs, and in from them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::annotations::{clean, expect, occurrence, set_tags};
use super::log::{self, Action, unreadable};
use super::{Store, StoreError, snapshots, works};
use crate::annotation::{Annotation, Origin, RecordId, Signed, Target, Uid};
use crate::document::Document;
use crate::text::sanitise;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Received {
    /// New annotations, in the order they came.
    pub added: Vec<RecordId>,
    /// Annotations that are here already, under the same number everywhere; they stay as they are.
    pub known: u32,
    /// Annotations that were deleted here; they stay so.
    pub deleted: u32,
}

impl Store {
    /// Annotations with their numbers everywhere, writers and origins, in the order asked for; what is not there is left out.
    pub fn signed(&self, ids: &[RecordId]) -> Result<Vec<Signed>, StoreError> {
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(annotation) = self.annotation(*id)? {
                all.push(self.read(|connection| sign(connection, annotation))?);
            }
        }
        Ok(all)
    }

    /// Stores annotations of another program on passages of `document`, all or none. Of each the number everywhere, body, writer, dates and origin are taken, and from its target
    /// the position; its own number here is new. One that has been here before is not added again, so that the same file can be brought in twice.
    pub fn receive(
        &mut self,
        document: &Document,
        locator: &str,
        incoming: &[Signed],
        now: Timestamp,
    ) -> Result<Received, StoreError> {
        self.write(|transaction| {
            let mut received = Received::default();
            let mut place = None;
            for signed in incoming {
                let known: Option<bool> = transaction
                    .prepare_cached("SELECT deleted IS NOT NULL FROM annotations WHERE uid = ?1")?
                    .query_row([signed.uid.0], |row| row.get(0))
                    .optional()?;
                match known {
                    Some(true) => received.deleted += 1,
                    Some(false) => received.known += 1,
                    None => {
                        let (work, revision) = if let Some(place) = place {
                            place
                        } else {
                            let ensured = works::ensure(transaction, locator, document, now)?;
                            snapshots::keep(transaction, ensured.1, &document.text)?;
                            *place.insert(ensured)
                        };
                        let id = insert(transaction, (work.0, revision), document, signed)?;
                        let stored = expect(transaction, id)?;
                        let what = ("annotation", id.0, Action::Add);
                        log::note(transaction, what, None, Some(&stored), now)?;
                        received.added.push(id);
                    }
                }
            }
            Ok(received)
        })
    }
}

fn insert(
    connection: &Connection,
    (work, revision): (i64, i64),
    document: &Document,
    signed: &Signed,
) -> rusqlite::Result<RecordId> {
    let annotation = &signed.annotation;
    let target = Target::new(document, annotation.target.position);
    let body = clean(&annotation.body);
    let block = document.block_at(target.position.start);
    let in_block = document
        .blocks
        .get(block)
        .map(|block| target.position.start.saturating_sub(block.range.start));
    let (k, n) = occurrence(&document.text, &target.quote.exact, target.position);
    let imported = (!signed.origin.is_empty())
        .then(|| serde_json::to_string(&signed.origin))
        .transpose()
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let creator = signed.creator.as_deref().map(sanitise::line);
    connection
        .prepare_cached(
            "INSERT INTO annotations (uid, work, revision, start_byte, end_byte, exact, prefix, suffix, block, block_offset,
                 occurrence, n_occurrences, note, colour, creator, imported, created, modified)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?
        .execute(params![
            signed.uid.0,
            work,
            revision,
            target.position.start,
            target.position.end,
            target.quote.exact,
            target.quote.prefix,
            target.quote.suffix,
            in_block.map(|_| block as i64),
            in_block,
            k,
            n,
            body.note,
            body.colour.as_str(),
            creator,
            imported,
            annotation.created.as_microsecond(),
            annotation.modified.as_microsecond(),
        ])?;
    let id = RecordId(connection.last_insert_rowid());
    set_tags(connection, id, &body.tags)?;
    Ok(id)
}

fn sign(connection: &Connection, annotation: Annotation) -> rusqlite::Result<Signed> {
    connection
        .prepare_cached("SELECT uid, creator, imported FROM annotations WHERE id = ?1")?
        .query_row([annotation.id.0], |row| {
            let imported: Option<String> = row.get(2)?;
            let origin = imported
                .map(|json| serde_json::from_str::<Origin>(&json))
                .transpose()
                .map_err(|error| unreadable(2, error.to_string()))?;
            Ok(Signed {
                uid: Uid(row.get(0)?),
                annotation,
                creator: row.get(1)?,
                origin: origin.unwrap_or_default(),
            })
        })
}
