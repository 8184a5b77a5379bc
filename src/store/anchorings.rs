//! Where each annotation was found in each text of its document, and what the reader decided about it. Only ever added to.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::log::{self, Action, time, unreadable};
use super::{Store, StoreError, snapshots, works};
use crate::annotation::{
    Alignment, Anchor, Anchoring, Annotation, Decision, Method, RecordId, Target, TextQuote,
    in_same_text, locate, locate_aligned,
};
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

/// What is known of the place of an annotation before it is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPlace {
    /// The annotation.
    pub annotation: Annotation,
    /// Where it stands, as the reader decided, as the text itself says, or as it was found in this text before.
    pub anchoring: Option<Anchoring>,
    /// Whether looking for it would say nothing else.
    pub is_settled: bool,
}

/// Annotations to be looked for in the present text of their document, with the texts they were made on.
#[derive(Debug, Default)]
pub struct Search {
    sought: Vec<(RecordId, Target)>,
    texts: HashMap<Revision, Option<String>>,
}

const COLUMNS: &str = "SELECT x.id, x.annotation, r.hash, x.status, x.places, x.method, x.errors, x.score, x.margin, x.decision, x.at
    FROM anchorings x JOIN revisions r ON r.id = x.revision ";

impl Store {
    /// The annotations of a document with where they stand in its present text, in the order of the text they were made on.
    ///
    /// What the reader decided about this text holds. An annotation whose place in an earlier text was confirmed or picked is looked for from there.
    pub fn place_annotations(
        &self,
        locator: &str,
        document: &Document,
    ) -> Result<Vec<(Annotation, Anchoring)>, StoreError> {
        let known = self.known_places(locator, document)?;
        let sought = known.iter().filter(|known| !known.is_settled);
        let search = self.search(sought.map(|known| &known.annotation), document)?;
        let mut found: HashMap<RecordId, Anchoring> = HashMap::new();
        search.run(document, |id, anchoring| {
            found.insert(id, anchoring);
            ControlFlow::Continue(())
        });
        let placed = known.into_iter().filter_map(|known| {
            let anchoring = found.remove(&known.annotation.id).or(known.anchoring)?;
            Some((known.annotation, anchoring))
        });
        Ok(placed.collect())
    }

    /// The annotations of a document with what is known of their places in its present text before anything is looked for, in the order of the text they were made on.
    pub fn known_places(
        &self,
        locator: &str,
        document: &Document,
    ) -> Result<Vec<KnownPlace>, StoreError> {
        let annotations = self.annotations_of(locator, &document.revision)?;
        let others = || {
            let made_on_another = |note: &&Annotation| note.target.revision != document.revision;
            annotations
                .iter()
                .filter(made_on_another)
                .map(|note| note.id)
        };
        let decided = self.decided(annotations.iter().map(|annotation| annotation.id))?;
        let mut latest = self.latest(others(), &document.revision)?;
        let known = annotations.into_iter().map(|annotation| {
            let records = decided.get(&annotation.id).map_or(&[][..], Vec::as_slice);
            let settled = standing_decision(records, &document.revision)
                .map(|record| record.anchoring.clone())
                .or_else(|| in_same_text(&annotation.target, document));
            let is_settled = settled.is_some();
            let before = latest.remove(&annotation.id).map(|record| record.anchoring);
            KnownPlace {
                anchoring: settled.or(before),
                is_settled,
                annotation,
            }
        });
        Ok(known.collect())
    }

    /// All that is needed to look for annotations in the present text of their document, without the store.
    pub fn search<'a>(
        &self,
        annotations: impl Iterator<Item = &'a Annotation> + Clone,
        document: &Document,
    ) -> Result<Search, StoreError> {
        let decided = self.decided(annotations.clone().map(|annotation| annotation.id))?;
        let mut search = Search::default();
        for annotation in annotations {
            let records = decided.get(&annotation.id).map_or(&[][..], Vec::as_slice);
            let base = self.base(annotation, records, &document.revision, &mut search.texts)?;
            let target = base.unwrap_or_else(|| annotation.target.clone());
            self.keep_text(target.revision, &mut search.texts)?;
            search.sought.push((annotation.id, target));
        }
        Ok(search)
    }

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
                let base = self.base(&annotation, &others, &document.revision, &mut texts)?;
                let target = base.unwrap_or_else(|| annotation.target.clone());
                self.keep_text(target.revision, &mut texts)?;
                let then = texts.get(&target.revision).and_then(Option::as_deref);
                let found = locate(&target, then, document);
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
    fn latest(
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
    fn decided(
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

    /// The passage as the reader saw it last in another text than the present one.
    fn base(
        &self,
        annotation: &Annotation,
        decided: &[AnchoringRecord],
        present: &Revision,
        texts: &mut HashMap<Revision, Option<String>>,
    ) -> Result<Option<Target>, StoreError> {
        for record in decided.iter().rev() {
            if record.revision == *present || !holds(record, decided) {
                continue;
            }
            let Some(range) = record.anchoring.anchor.range() else {
                continue;
            };
            let text = self.keep_text(record.revision, texts)?;
            if let Some(text) = text.filter(|text| text.get(range.bytes()).is_some()) {
                return Ok(Some(Target {
                    doc: annotation.target.doc,
                    revision: record.revision,
                    position: range,
                    quote: TextQuote::new(text, range),
                }));
            }
        }
        Ok(None)
    }

    fn keep_text<'a>(
        &self,
        revision: Revision,
        texts: &'a mut HashMap<Revision, Option<String>>,
    ) -> Result<Option<&'a str>, StoreError> {
        let text = match texts.entry(revision) {
            Entry::Occupied(kept) => kept.into_mut(),
            Entry::Vacant(place) => place.insert(self.annotated_text(&revision)?),
        };
        Ok(text.as_deref())
    }
}

impl Search {
    /// Whether there is nothing to look for.
    pub const fn is_empty(&self) -> bool {
        self.sought.is_empty()
    }

    /// Looks for each in `document`, the present text, and tells where it stands, until told to stop. What is said of one does not depend on the others.
    pub fn run(
        &self,
        document: &Document,
        mut take: impl FnMut(RecordId, Anchoring) -> ControlFlow<()>,
    ) {
        let mut alignments: HashMap<Revision, Alignment<'_>> = HashMap::new();
        for (id, target) in &self.sought {
            let then = self.texts.get(&target.revision).and_then(Option::as_deref);
            let anchoring = match then {
                Some(then) if target.revision != document.revision => {
                    let alignment = alignments
                        .entry(target.revision)
                        .or_insert_with(|| Alignment::new(then, &document.text));
                    locate_aligned(target, Some(alignment), document)
                }
                then => locate(target, then, document),
            };
            if take(*id, anchoring).is_break() {
                return;
            }
        }
    }
}

/// Whether a decision was the last one about its text, and not one that takes another back.
fn holds(record: &AnchoringRecord, decided: &[AnchoringRecord]) -> bool {
    record.decision.as_deref() != Some(Decision::Withdraw.as_str())
        && !decided
            .iter()
            .any(|later| later.id > record.id && later.revision == record.revision)
}

/// What was decided about one text.
fn standing_decision<'a>(
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
