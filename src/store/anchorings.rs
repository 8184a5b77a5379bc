//! Where each annotation was found in each text of its document, and what the reader decided about it. Only ever added to.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::log::{time, unreadable};
use super::{Store, StoreError, works};
use crate::annotation::{Anchor, Anchoring, Decision, Method, RecordId};
use crate::document::{Document, Revision};
use crate::text::TextRange;

/// One line of an annotation's history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnchoringRecord {
    /// Its number; later ones have higher ones.
    pub id: i64,
    /// The annotation.
    pub annotation: RecordId,
    /// The text it was looked for in.
    pub revision: Revision,
    /// What was found, or decided.
    pub anchoring: Anchoring,
    /// `confirmed`, `picked`, `rejected` or `withdrawn`, if the reader decided.
    pub decision: Option<String>,
    /// When.
    pub at: Timestamp,
}

pub(super) const COLUMNS: &str = "SELECT x.id, x.annotation, r.hash, x.status, x.places, x.method, x.errors, x.score, x.margin, x.decision, x.at
    FROM anchorings x JOIN revisions r ON r.id = x.revision ";

impl Store {
    /// Writes down where annotations were found in the text a document has now. What the history says already is not written again. Gives how many lines were added.
    pub fn record_anchorings(
        &mut self,
        document: &Document,
        locator: &str,
        found: &[(RecordId, Anchoring)],
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let known = self.latest(found.iter().map(|(id, _)| *id), &document.revision)?;
        let news: Vec<&(RecordId, Anchoring)> = found
            .iter()
            .filter(|(id, anchoring)| {
                anchoring.method != Some(Method::Reader)
                    && known
                        .get(id)
                        .is_none_or(|record| record.anchoring != *anchoring)
            })
            .collect();
        if news.is_empty() {
            return Ok(0);
        }
        self.write(|transaction| {
            let (_, revision) = works::ensure(transaction, locator, document, now)?;
            for (id, anchoring) in &news {
                append(transaction, *id, revision, anchoring, None, now)?;
            }
            Ok(news.len())
        })
    }

    /// Where an annotation was found, oldest first.
    pub fn anchorings_of(&self, id: RecordId) -> Result<Vec<AnchoringRecord>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached(&format!("{COLUMNS} WHERE x.annotation = ?1 ORDER BY x.id"))?;
            let rows = statement.query_map([id.0], record)?;
            rows.collect()
        })
    }

    /// The latest status of every annotation that was ever looked for in a later text; for lists that do not open documents.
    pub fn last_statuses(&self) -> Result<HashMap<RecordId, AnchoringRecord>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE x.id IN (SELECT max(id) FROM anchorings GROUP BY annotation)"
            ))?;
            let rows = statement.query_map([], record)?;
            rows.map(|row| row.map(|record| (record.annotation, record)))
                .collect()
        })
    }

    /// Where the documents lie, or once lay, of which nothing sure is known about an annotation in one of their texts, and nothing was decided; in order.
    pub fn places_in_doubt(&self) -> Result<Vec<Arc<str>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT p.locator FROM anchorings x
                 JOIN annotations a ON a.id = x.annotation AND a.deleted IS NULL
                 JOIN places p ON p.work = a.work
                 WHERE x.id IN (SELECT max(id) FROM anchorings GROUP BY annotation, revision)
                 AND x.status IN ('ambiguous', 'probable', 'lost') AND x.method IS NOT 'reader'
                 ORDER BY p.locator",
            )?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        })
    }

    /// The latest line of each annotation about one text.
    pub(super) fn latest(
        &self,
        ids: impl Iterator<Item = RecordId>,
        revision: &Revision,
    ) -> Result<HashMap<RecordId, AnchoringRecord>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE x.annotation = ?1 AND r.hash = ?2 ORDER BY x.id DESC LIMIT 1"
            ))?;
            let mut found = HashMap::new();
            for id in ids {
                let latest = statement
                    .query_row(params![id.0, revision.0], record)
                    .optional()?;
                if let Some(record) = latest {
                    found.insert(id, record);
                }
            }
            Ok(found)
        })
    }

    /// The decisions about annotations, oldest first.
    pub(super) fn decided(
        &self,
        ids: impl Iterator<Item = RecordId>,
    ) -> Result<HashMap<RecordId, Vec<AnchoringRecord>>, StoreError> {
        self.read(|connection| {
            let mut found = HashMap::new();
            for id in ids {
                let records = decisions(connection, id)?;
                if !records.is_empty() {
                    found.insert(id, records);
                }
            }
            Ok(found)
        })
    }
}

/// The decisions about one annotation, oldest first.
pub(super) fn decisions(
    connection: &Connection,
    id: RecordId,
) -> rusqlite::Result<Vec<AnchoringRecord>> {
    let mut statement = connection.prepare_cached(&format!(
        "{COLUMNS} WHERE x.annotation = ?1 AND x.decision IS NOT NULL ORDER BY x.id"
    ))?;
    statement.query_map([id.0], record)?.collect()
}

pub(super) fn revision_number(
    connection: &Connection,
    revision: &Revision,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT id FROM revisions WHERE hash = ?1")?
        .query_row([revision.0], |row| row.get(0))
}

/// Whether a decision was the last one about its text, and not one that takes another back.
pub(super) fn holds(record: &AnchoringRecord, decided: &[AnchoringRecord]) -> bool {
    record.decision.as_deref() != Some(Decision::Withdraw.as_str())
        && !decided
            .iter()
            .any(|later| later.id > record.id && later.revision == record.revision)
}

/// What was decided about one text.
pub(super) fn standing_decision<'a>(
    decided: &'a [AnchoringRecord],
    revision: &Revision,
) -> Option<&'a AnchoringRecord> {
    decided
        .iter()
        .rfind(|record| record.revision == *revision)
        .filter(|record| holds(record, decided))
}

pub(super) fn append(
    connection: &Connection,
    id: RecordId,
    revision: i64,
    anchoring: &Anchoring,
    decision: Option<&str>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let places: Vec<[u32; 2]> = match &anchoring.anchor {
        Anchor::Unchanged(range)
        | Anchor::Edited(range)
        | Anchor::Moved(range)
        | Anchor::Probable(range)
        | Anchor::Lost { near: range } => vec![[range.start, range.end]],
        Anchor::Sought => return Ok(()),
        Anchor::Ambiguous(ranges) => ranges
            .iter()
            .map(|range| [range.start, range.end])
            .collect(),
    };
    let places = serde_json::to_string(&places)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection
        .prepare_cached(
            "INSERT INTO anchorings (annotation, revision, status, places, method, errors, score, margin, decision, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            id.0,
            revision,
            anchoring.anchor.status(),
            places,
            anchoring.method.map(Method::as_str),
            anchoring.errors,
            f64::from(anchoring.score),
            f64::from(anchoring.margin),
            decision,
            now.as_microsecond()
        ])?;
    Ok(())
}

pub(super) fn record(row: &Row<'_>) -> rusqlite::Result<AnchoringRecord> {
    let (status, places): (String, String) = (row.get(3)?, row.get(4)?);
    let places: Vec<[u32; 2]> =
        serde_json::from_str(&places).map_err(|error| unreadable(4, error.to_string()))?;
    let ranges: Vec<TextRange> = places
        .into_iter()
        .map(|[start, end]| TextRange::new(start, end))
        .collect();
    let first = ranges.first().copied().unwrap_or_default();
    let anchor = match status.as_str() {
        "unchanged" => Anchor::Unchanged(first),
        "edited" => Anchor::Edited(first),
        "moved" => Anchor::Moved(first),
        "ambiguous" => Anchor::Ambiguous(ranges),
        "probable" => Anchor::Probable(first),
        "lost" => Anchor::Lost { near: first },
        other => return Err(unreadable(3, format!("`{other}` is no status"))),
    };
    let method: Option<String> = row.get(5)?;
    Ok(AnchoringRecord {
        id: row.get(0)?,
        annotation: RecordId(row.get(1)?),
        revision: Revision(row.get(2)?),
        anchoring: Anchoring {
            anchor,
            method: method.as_deref().and_then(Method::from_word),
            errors: row.get(6)?,
            score: row.get::<_, f64>(7)? as f32,
            margin: row.get::<_, f64>(8)? as f32,
        },
        decision: row.get(9)?,
        at: time(row, 10)?,
    })
}
