//! Annotations on their way out to other programs, and in from them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::annotations::{clean, expect, occurrence, set_tags};
use super::bulk::{self, Change};
use super::deciding::plain;
use super::log::{self, Action, unreadable};
use super::steps::{self, Plan, What};
use super::{Store, StoreError, links, snapshots, works};
use crate::annotation::{Annotation, Link, LinkKind, Origin, RecordId, Signed, Target, Uid};
use crate::document::Document;
use crate::text::sanitise;

/// Annotations of another program on passages of one document.
#[derive(Debug)]
pub struct Parcel<'a> {
    /// The document.
    pub document: &'a Document,
    /// Where it lies.
    pub locator: &'a str,
    /// What came. Of each the number everywhere, body, writer, dates and origin are taken; its own number here is new. From its target the position is taken, or where it was made on
    /// another text the words: then the excerpt they are in is kept in the place of that text.
    pub signed: Vec<Signed>,
}

/// What became of the annotations of one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Received {
    /// New annotations and those that are back, in the order they came.
    pub added: Vec<RecordId>,
    /// Annotations that are here already, under the same number everywhere; they stay as they are.
    pub known: u32,
    /// Annotations that were deleted here; they stay so.
    pub deleted: u32,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrival {
    /// The number of its first change in the log; none if nothing came that was not here.
    pub first: Option<i64>,
    /// What became of each parcel.
    pub parcels: Vec<Received>,
    /// Links that are new, or back.
    pub links: Vec<Link>,
    /// Links that have an end which is not here.
    pub loose: u32,
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

    /// Stores annotations of another program and the links between them as one step, all or none. One that has been here before is not added again, so that the same
    /// file can be brought in twice; one that went because an import was taken back comes back, one that the reader deleted does not.
    pub fn receive(
        &mut self,
        parcels: &[Parcel<'_>],
        links: &[(Uid, LinkKind, Uid)],
        label: &str,
        now: Timestamp,
    ) -> Result<Arrival, StoreError> {
        let plan = Plan {
            what: What::Import,
            label,
            undoes: None,
        };
        let (arrival, first) = self.step(plan, now, |transaction| {
            let mut arrival = Arrival::default();
            for parcel in parcels {
                arrival.parcels.push(unpack(transaction, parcel, now)?);
            }
            for (source, kind, target) in links {
                let ends = (by_uid(transaction, *source)?, by_uid(transaction, *target)?);
                let (Some(source), Some(target)) = ends else {
                    arrival.loose += 1;
                    continue;
                };
                arrival
                    .links
                    .extend(tie(transaction, (source, target), *kind, now)?);
            }
            Ok(arrival)
        })?;
        Ok(Arrival { first, ..arrival })
    }
}

fn unpack(
    connection: &Connection,
    parcel: &Parcel<'_>,
    now: Timestamp,
) -> rusqlite::Result<Received> {
    let Parcel {
        document,
        locator,
        signed,
    } = parcel;
    let mut received = Received::default();
    let mut place = None;
    for signed in signed {
        let known: Option<(i64, bool)> = connection
            .prepare_cached("SELECT id, deleted IS NOT NULL FROM annotations WHERE uid = ?1")?
            .query_row([signed.uid.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match known {
            Some((id, true)) if steps::was_taken_back(connection, "annotation", id)? => {
                let id = RecordId(id);
                bulk::apply(connection, id, &Change::Restore, now)?;
                received.added.push(id);
            }
            Some((_, true)) => received.deleted += 1,
            Some((_, false)) => received.known += 1,
            None => {
                let (work, revision) = if let Some(place) = place {
                    place
                } else {
                    let ensured = works::ensure(connection, locator, document, now)?;
                    snapshots::keep(connection, ensured.1, &document.text)?;
                    *place.insert(ensured)
                };
                let id = insert(connection, (work.0, revision), document, signed, now)?;
                let stored = expect(connection, id)?;
                let what = ("annotation", id.0, Action::Add);
                log::note(connection, what, None, Some(&stored), now)?;
                received.added.push(id);
            }
        }
    }
    Ok(received)
}

/// The annotation with this number everywhere, if it is not deleted.
fn by_uid(connection: &Connection, uid: Uid) -> rusqlite::Result<Option<RecordId>> {
    connection
        .prepare_cached("SELECT id FROM annotations WHERE uid = ?1 AND deleted IS NULL")?
        .query_row([uid.0], |row| row.get(0).map(RecordId))
        .optional()
}

/// Makes a link that came in, or brings back one whose import was taken back; none if it is here, or the reader deleted it.
fn tie(
    connection: &Connection,
    (source, target): (RecordId, RecordId),
    kind: LinkKind,
    now: Timestamp,
) -> rusqlite::Result<Option<Link>> {
    let known: Option<(i64, bool)> = connection
        .prepare_cached(
            "SELECT id, deleted IS NOT NULL FROM links WHERE source = ?1 AND target = ?2 AND kind = ?3 ORDER BY deleted IS NULL DESC, id DESC LIMIT 1",
        )?
        .query_row(params![source.0, target.0, kind.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    match known {
        None => links::add(connection, (source, target), kind, "", now).map(Some),
        Some((id, true)) if steps::was_taken_back(connection, "link", id)? => {
            links::put(connection, RecordId(id), Action::Restore, now)?;
            links::find(connection, RecordId(id))
        }
        Some(_) => Ok(None),
    }
}

fn insert(
    connection: &Connection,
    (work, revision): (i64, i64),
    document: &Document,
    signed: &Signed,
    now: Timestamp,
) -> rusqlite::Result<RecordId> {
    let annotation = &signed.annotation;
    let is_here = annotation.target.revision == document.revision;
    let target = if is_here {
        Target::new(document, annotation.target.position)
    } else {
        annotation.target.clone()
    };
    let revision = if is_here {
        revision
    } else {
        let excerpt = target.quote.excerpt();
        let number = works::ensure_revision(connection, &plain(&excerpt, target.revision), now)?;
        snapshots::keep(connection, number, &excerpt)?;
        number
    };
    let body = clean(&annotation.body);
    let block = document.block_at(target.position.start);
    let in_block = document
        .blocks
        .get(block)
        .filter(|_| is_here)
        .map(|block| target.position.start.saturating_sub(block.range.start));
    let (k, n) = if is_here {
        occurrence(&document.text, &target.quote.exact, target.position)
    } else {
        (None, None)
    };
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
