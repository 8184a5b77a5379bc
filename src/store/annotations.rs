//! Highlights, notes and tags in the store.

use std::collections::HashMap;

use jiff::Timestamp;
use memchr::memmem;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::log::{self, Action, time, unreadable};
use super::{Placed, Store, StoreError, snapshots, works};
use crate::annotation::{Annotation, Body, Colour, RecordId, Target, TextQuote};
use crate::document::{DocId, Document, Revision};
use crate::text::{TextRange, sanitise};

const COLUMNS: &str = "SELECT a.id, r.hash, a.start_byte, a.end_byte, a.exact, a.prefix, a.suffix, w.locator, w.title,
        a.note, a.colour, a.created, a.modified, a.deleted,
        (SELECT json_group_array(name) FROM (SELECT t.name FROM annotation_tags x JOIN tags t ON t.id = x.tag
                                             WHERE x.annotation = a.id ORDER BY x.position))
    FROM annotations a JOIN revisions r ON r.id = a.revision JOIN works w ON w.id = a.work ";

impl Store {
    /// Stores what the reader wrote about the passage of `target` in `document`, and keeps the document's text.
    pub fn add_annotation(
        &mut self,
        document: &Document,
        locator: &str,
        target: &Target,
        body: &Body,
        now: Timestamp,
    ) -> Result<Annotation, StoreError> {
        self.write(|transaction| {
            let (work, revision) = works::ensure(transaction, locator, document, now)?;
            snapshots::keep(transaction, revision, &document.text)?;
            let body = clean(body);
            let block = document.block_at(target.position.start);
            let in_block = document
                .blocks
                .get(block)
                .map(|block| target.position.start.saturating_sub(block.range.start));
            let (k, n) = occurrence(&document.text, &target.quote.exact, target.position);
            transaction
                .prepare_cached(
                    "INSERT INTO annotations (work, revision, start_byte, end_byte, exact, prefix, suffix, block, block_offset,
                         occurrence, n_occurrences, note, colour, created, modified)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
                )?
                .execute(params![
                    work.0,
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
                    now.as_microsecond(),
                ])?;
            let id = RecordId(transaction.last_insert_rowid());
            set_tags(transaction, id, &body.tags)?;
            let stored = expect(transaction, id)?;
            log::note(transaction, ("annotation", id.0, Action::Add), None, Some(&stored), now)?;
            Ok(stored)
        })
    }

    /// Replaces the note, tags and colour of an annotation.
    pub fn update_annotation(
        &mut self,
        id: RecordId,
        body: &Body,
        now: Timestamp,
    ) -> Result<Annotation, StoreError> {
        self.change(id, Action::Update, now, |transaction| {
            let body = clean(body);
            transaction
                .prepare_cached(
                    "UPDATE annotations SET note = ?2, colour = ?3, modified = ?4 WHERE id = ?1 AND deleted IS NULL",
                )?
                .execute(params![id.0, body.note, body.colour.as_str(), now.as_microsecond()])?;
            set_tags(transaction, id, &body.tags)
        })
    }

    /// Deletes an annotation and gives it as it was; [`Store::restore_annotation`] brings it back.
    pub fn delete_annotation(
        &mut self,
        id: RecordId,
        now: Timestamp,
    ) -> Result<Annotation, StoreError> {
        self.change(id, Action::Delete, now, |transaction| {
            transaction
                .prepare_cached("UPDATE annotations SET deleted = ?2 WHERE id = ?1")?
                .execute(params![id.0, now.as_microsecond()])?;
            Ok(())
        })
    }

    /// Undoes a delete: the same annotation under the same number.
    pub fn restore_annotation(
        &mut self,
        id: RecordId,
        now: Timestamp,
    ) -> Result<Annotation, StoreError> {
        self.change(id, Action::Restore, now, |transaction| {
            transaction
                .prepare_cached("UPDATE annotations SET deleted = NULL WHERE id = ?1")?
                .execute([id.0])?;
            Ok(())
        })
    }

    /// The annotations of the document at `locator` with the text `revision`, in text order; their targets name this document.
    pub fn annotations_of(
        &self,
        locator: &str,
        revision: &Revision,
    ) -> Result<Vec<Annotation>, StoreError> {
        let doc = DocId::of_locator(locator);
        self.read(|connection| {
            let Some(work) = works::find(connection, locator, revision)? else {
                return Ok(Vec::new());
            };
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE a.work = ?1 AND a.deleted IS NULL ORDER BY a.start_byte, a.end_byte, a.id"
            ))?;
            let rows = statement.query_map([work.0], |row| {
                let mut annotation = annotation(row)?;
                annotation.target.doc = doc;
                Ok(annotation)
            })?;
            rows.collect()
        })
    }

    /// Every annotation with its document, by document, then in text order; the targets name the place where the document was seen last.
    pub fn all_annotations(&self) -> Result<Vec<Placed<Annotation>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE a.deleted IS NULL ORDER BY a.work, a.start_byte, a.end_byte, a.id"
            ))?;
            let rows = statement.query_map([], |row| {
                Ok(Placed {
                    locator: row.get(7)?,
                    title: row.get(8)?,
                    record: annotation(row)?,
                })
            })?;
            rows.collect()
        })
    }

    /// One annotation, if it is there and not deleted.
    pub fn annotation(&self, id: RecordId) -> Result<Option<Annotation>, StoreError> {
        self.read(|connection| {
            Ok(load(connection, id)?.and_then(|(record, gone)| (!gone).then_some(record)))
        })
    }

    /// Whether an annotation has this note, these tags and this colour; none if it is not there.
    pub fn is_written(&self, id: RecordId, body: &Body) -> Result<Option<bool>, StoreError> {
        let there = self.annotation(id)?;
        Ok(there.map(|annotation| annotation.body == clean(body)))
    }

    /// How many annotations each document has, under every place it is known by.
    pub fn note_counts(&self) -> Result<HashMap<DocId, u32>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT p.locator, count(*) FROM annotations a JOIN places p ON p.work = a.work
                 WHERE a.deleted IS NULL GROUP BY p.locator",
            )?;
            let rows = statement.query_map([], |row| {
                Ok((DocId::of_locator(row.get_ref(0)?.as_str()?), row.get(1)?))
            })?;
            rows.collect()
        })
    }

    /// Every tag in use and how often, most used first, then by name.
    pub fn tags(&self) -> Result<Vec<(String, u32)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.name, count(*) AS uses FROM annotation_tags x JOIN tags t ON t.id = x.tag
                 JOIN annotations a ON a.id = x.annotation WHERE a.deleted IS NULL
                 GROUP BY t.id ORDER BY uses DESC, t.name",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })
    }

    fn change(
        &mut self,
        id: RecordId,
        action: Action,
        now: Timestamp,
        act: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<Annotation, StoreError> {
        let restores = action == Action::Restore;
        let changed = self.write(|transaction| {
            let Some((before, gone)) = load(transaction, id)? else {
                return Ok(None);
            };
            if gone != restores {
                return Ok((restores && !gone).then_some(before));
            }
            act(transaction)?;
            let after = expect(transaction, id)?;
            let (old, new) = (
                (!restores).then_some(&before),
                (action != Action::Delete).then_some(&after),
            );
            log::note(transaction, ("annotation", id.0, action), old, new, now)?;
            Ok(Some(after))
        })?;
        changed.ok_or_else(|| StoreError::NoRecord {
            kind: "annotation",
            key: id.0.to_string(),
        })
    }
}

/// What the reader wrote, safe to show, tags trimmed and without repeats.
pub(super) fn clean(body: &Body) -> Body {
    let mut tags: Vec<String> = Vec::with_capacity(body.tags.len());
    for tag in &body.tags {
        let tag = sanitise::line(tag)
            .trim()
            .trim_start_matches('#')
            .to_owned();
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Body {
        note: sanitise::lines(&body.note).into_owned(),
        tags,
        colour: body.colour,
    }
}

pub(super) fn set_tags(
    connection: &Connection,
    id: RecordId,
    tags: &[String],
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM annotation_tags WHERE annotation = ?1")?
        .execute([id.0])?;
    for (position, tag) in tags.iter().enumerate() {
        connection
            .prepare_cached("INSERT INTO tags (name) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([tag])?;
        connection
            .prepare_cached(
                "INSERT INTO annotation_tags (annotation, position, tag) SELECT ?1, ?2, id FROM tags WHERE name = ?3",
            )?
            .execute(params![id.0, position as i64, tag])?;
    }
    Ok(())
}

/// An annotation and whether it is deleted.
pub(super) fn load(
    connection: &Connection,
    id: RecordId,
) -> rusqlite::Result<Option<(Annotation, bool)>> {
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE a.id = ?1"))?
        .query_row([id.0], |row| {
            Ok((annotation(row)?, row.get::<_, Option<i64>>(13)?.is_some()))
        })
        .optional()
}

pub(super) fn expect(connection: &Connection, id: RecordId) -> rusqlite::Result<Annotation> {
    load(connection, id)?
        .map(|(annotation, _)| annotation)
        .ok_or(rusqlite::Error::QueryReturnedNoRows)
}

fn annotation(row: &Row<'_>) -> rusqlite::Result<Annotation> {
    let colour: String = row.get(10)?;
    let tags: String = row.get(14)?;
    Ok(Annotation {
        id: RecordId(row.get(0)?),
        target: target(row)?,
        body: Body {
            note: row.get(9)?,
            tags: serde_json::from_str(&tags).map_err(|error| unreadable(14, error.to_string()))?,
            colour: Colour::from_word(&colour)
                .ok_or_else(|| unreadable(10, format!("`{colour}` is no colour")))?,
        },
        created: time(row, 11)?,
        modified: time(row, 12)?,
    })
}

/// The target in columns 1 to 7: hash, start, end, exact, prefix, suffix, locator.
pub(super) fn target(row: &Row<'_>) -> rusqlite::Result<Target> {
    Ok(Target {
        doc: DocId::of_locator(row.get_ref(7)?.as_str()?),
        revision: Revision(row.get(1)?),
        position: TextRange::new(row.get(2)?, row.get(3)?),
        quote: TextQuote {
            exact: row.get(4)?,
            prefix: row.get(5)?,
            suffix: row.get(6)?,
        },
    })
}

/// Which copy of the same words this is, counted from 1, and how many there are.
pub(super) fn occurrence(
    text: &str,
    exact: &str,
    position: TextRange,
) -> (Option<i64>, Option<i64>) {
    if exact.is_empty() {
        return (None, None);
    }
    let (mut before, mut all) = (0, 0);
    for at in memmem::find_iter(text.as_bytes(), exact.as_bytes()) {
        all += 1;
        before += i64::from((at as u64) < u64::from(position.start));
    }
    (Some(before + 1), Some(all))
}
