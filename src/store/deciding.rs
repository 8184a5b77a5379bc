//! What the reader decides about where an annotation stands, and how that is taken back.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::anchorings::{
    AnchoringRecord, COLUMNS, append, decisions, holds, record, revision_number, standing_decision,
};
use super::log::{self, Action, LogEntry};
use super::takeback::UNREADABLE;
use super::{Store, StoreError, annotations, snapshots, works};
use crate::annotation::{Anchor, Anchoring, Annotation, Decision, Method, RecordId, locate};
use crate::document::{DocId, Document, Meta, Revision, SourceMap};
use crate::text::Layer;

impl Store {
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
        self.settle(id, document, Some(locator), decision, now)
    }

    /// As [`Store::decide_place`], about a text that was decided about before and need not be at hand; for undo and redo.
    pub fn decide_place_again(
        &mut self,
        id: RecordId,
        revision: &Revision,
        decision: Decision,
        now: Timestamp,
    ) -> Result<Anchoring, StoreError> {
        let text = self.annotated_text(revision)?;
        let text = text.ok_or_else(|| StoreError::NoRecord {
            kind: "text with note",
            key: id.0.to_string(),
        })?;
        self.settle(id, &plain(&text, *revision), None, decision, now)
    }

    fn settle(
        &mut self,
        id: RecordId,
        document: &Document,
        locator: Option<&str>,
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
            let revision = match locator {
                Some(locator) => works::ensure(transaction, locator, document, now)?.1,
                None => revision_number(transaction, &document.revision)?,
            };
            snapshots::keep(transaction, revision, &document.text)?;
            let decided = Some(decision.as_str());
            append(transaction, id, revision, &anchoring, decided, now)?;
            let old = before.as_ref().map(|record| &record.anchoring);
            note(transaction, id, old, &anchoring, now)
        })?;
        Ok(anchoring)
    }
}

/// Whether a decision about the place of an annotation stands in any of its texts.
pub(super) fn is_decided(connection: &Connection, id: RecordId) -> rusqlite::Result<bool> {
    let decided = decisions(connection, id)?;
    Ok(decided.iter().any(|record| holds(record, &decided)))
}

/// Whether what was decided about a text is as a change left it.
pub(super) fn stands(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<bool> {
    let decided = decisions(connection, RecordId(entry.record))?;
    Ok(
        made(connection, entry, &decided)?.is_some_and(|(earlier, this)| {
            let then = decided.get(..=earlier.len()).unwrap_or_default();
            let said =
                |record: &AnchoringRecord| (record.decision.clone(), record.anchoring.clone());
            standing_decision(then, &this.revision).map(said)
                == standing_decision(&decided, &this.revision).map(said)
        }),
    )
}

/// The row a change of a decision made, and those before it: every decision has its line in the log and its row, in the same order.
fn made<'a>(
    connection: &Connection,
    entry: &LogEntry,
    decided: &'a [AnchoringRecord],
) -> rusqlite::Result<Option<(&'a [AnchoringRecord], &'a AnchoringRecord)>> {
    let n: i64 = connection
        .prepare_cached(
            "SELECT count(*) FROM log WHERE kind = 'place' AND record = ?1 AND id <= ?2",
        )?
        .query_row(params![entry.record, entry.id], |row| row.get(0))?;
    let at = usize::try_from(n - 1).ok();
    Ok(match at.and_then(|at| decided.split_at_checked(at)) {
        Some((earlier, [this, ..])) => Some((earlier, this)),
        _ => None,
    })
}

/// Takes a decision about a place back: what was decided about the text before holds again, else where the words were found without a decision. Or why it stays.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let id = RecordId(entry.record);
    let Some((annotation, false)) = annotations::load(connection, id)? else {
        return Ok(Some("its note is deleted".to_owned()));
    };
    let decided = decisions(connection, id)?;
    let Some((earlier, this)) = made(connection, entry, &decided)? else {
        return Ok(Some(UNREADABLE.to_owned()));
    };
    let former = standing_decision(earlier, &this.revision);
    let (anchoring, decision) = if let Some(former) = former {
        (former.anchoring.clone(), former.decision.as_deref())
    } else {
        let found = undecided(connection, &annotation, this)?;
        (found, Some(Decision::Withdraw.as_str()))
    };
    let revision = revision_number(connection, &this.revision)?;
    append(connection, id, revision, &anchoring, decision, now)?;
    note(connection, id, Some(&this.anchoring), &anchoring, now)?;
    Ok(None)
}

/// Where an annotation was found, without a decision, in the text that was decided about; looked for again where that was not written down.
fn undecided(
    connection: &Connection,
    annotation: &Annotation,
    decided: &AnchoringRecord,
) -> rusqlite::Result<Anchoring> {
    let found = connection
        .prepare_cached(&format!(
            "{COLUMNS} WHERE x.annotation = ?1 AND r.hash = ?2 AND x.decision IS NULL AND x.id < ?3 ORDER BY x.id DESC LIMIT 1"
        ))?
        .query_row(
            params![annotation.id.0, decided.revision.0, decided.id],
            record,
        )
        .optional()?;
    if let Some(found) = found {
        return Ok(found.anchoring);
    }
    let then = snapshots::text(connection, &annotation.target.revision)?;
    let now = snapshots::text(connection, &decided.revision)?.unwrap_or_default();
    let now = plain(&now, decided.revision);
    Ok(locate(&annotation.target, then.as_deref(), &now))
}

/// A kept text as a document, for what looks at nothing but its words.
pub(super) fn plain(text: &str, revision: Revision) -> Document {
    Document {
        id: DocId::of_locator(""),
        revision,
        meta: Meta::default(),
        text: text.into(),
        blocks: Vec::new(),
        inlines: Layer::default(),
        source: SourceMap::default(),
    }
}

fn note(
    connection: &Connection,
    id: RecordId,
    before: Option<&Anchoring>,
    after: &Anchoring,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let action = if before.is_some() {
        Action::Update
    } else {
        Action::Add
    };
    log::note(
        connection,
        ("place", id.0, action),
        before,
        Some(after),
        now,
    )
}
