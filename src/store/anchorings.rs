//! Where each annotation was found in each text of its document, and what the reader decided about it. Only ever added to.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::log::{self, Action, time, unreadable};
use super::{Store, StoreError, snapshots, works};
use crate::annotation::{Anchor, Anchoring, Decision, Method, RecordId, locate};
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

const COLUMNS: &str = "SELECT x.id, x.annotation, r.hash, x.status, x.places, x.method, x.errors, x.score, x.margin, x.decision, x.at
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

    /// Writes down what the reader decided about the place of an annotation in the text a document has now, keeps that text, and gives where it stands from now on; for
    /// [`Decision::Withdraw`] where it is found without a decision.
    pub fn decide_place(
        &mut self,
        id: RecordId,
        document: &Document,
        locator: &str,
        decision: Decision,
        now: Timestamp,
    ) -> Result<Anchoring, StoreError> {
        let missing = || StoreError::NoRecord {
            kind: "annotation",
            key: id.0.to_string(),
        };
        let annotation = self.annotation(id)?.ok_or_else(missing)?;
        let records = self
            .decided([id].into_iter())?
            .remove(&id)
            .unwrap_or_default();
        let before = standing_decision(&records, &document.revision).cloned();
        let anchoring = match decision {
            Decision::Confirm(range) | Decision::Pick(range) => {
                let words = document.text.get(range.bytes()).ok_or_else(missing)?;
                let anchor = if words == annotation.target.quote.exact {
                    Anchor::Moved(range)
                } else {
                    Anchor::Edited(range)
                };
                Anchoring {
                    anchor,
                    method: Some(Method::Reader),
                    errors: 0,
                    score: 1.0,
                    margin: 1.0,
                }
            }
            Decision::Reject | Decision::Withdraw => {
                let mut texts = HashMap::new();
                let others: Vec<AnchoringRecord> = records
                    .iter()
                    .filter(|record| record.revision != document.revision)
                    .cloned()
                    .collect();
                let sought = self.sought(&annotation, &others, &document.revision, &mut texts)?;
                let target = &sought.target;
                self.keep_text(target.revision, &mut texts)?;
                let then = texts.get(&target.revision).and_then(Option::as_deref);
                let found = sought.told(locate(target, then, document), document);
                if decision == Decision::Withdraw {
                    found
                } else {
                    let near = match &found.anchor {
                        Anchor::Lost { near } => near.start,
                        offered => offered.range().map_or(0, |range| range.start),
                    };
                    Anchoring {
                        method: Some(Method::Reader),
                        ..Anchoring::lost(near)
                    }
                }
            }
        };
        self.write(|transaction| {
            let (_, revision) = works::ensure(transaction, locator, document, now)?;
            snapshots::keep(transaction, revision, &document.text)?;
            append(transaction, id, revision, &anchoring, Some(decision), now)?;
            let (old, action) = match &before {
                Some(record) => (Some(&record.anchoring), Action::Update),
                None => (None, Action::Add),
            };
            log::note(
                transaction,
                ("place", id.0, action),
                old,
                Some(&anchoring),
                now,
            )
        })?;
        Ok(anchoring)
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
            let mut statement = connection.prepare_cached(&format!(
                "{COLUMNS} WHERE x.annotation = ?1 AND x.decision IS NOT NULL ORDER BY x.id"
            ))?;
            let mut found = HashMap::new();
            for id in ids {
                let rows = statement.query_map([id.0], record)?;
                let records = rows.collect::<rusqlite::Result<Vec<_>>>()?;
                if !records.is_empty() {
                    found.insert(id, records);
                }
            }
            Ok(found)
        })
    }
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

fn append(
    connection: &Connection,
    id: RecordId,
    revision: i64,
    anchoring: &Anchoring,
    decision: Option<Decision>,
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
            decision.map(Decision::as_str),
            now.as_microsecond()
        ])?;
    Ok(())
}

fn record(row: &Row<'_>) -> rusqlite::Result<AnchoringRecord> {
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
