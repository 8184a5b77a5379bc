//! What the reader decided about entities: merged, split, named, typed, hidden.
//!
//! The order of the decisions is that of their rows, and matters. What is decided anew comes last; what comes back by taking something back stands where it stood.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::log::{self, Action, LogEntry};
use super::steps::{Plan, What};
use super::takeback::{UNREADABLE, after, before};
use super::{Store, StoreError};
use crate::library::entities::{Decision, Slot};

impl Store {
    /// Every decision about entities, in the order they were made.
    pub fn entity_decisions(&self) -> Result<Vec<Decision>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT decision FROM entity_decisions ORDER BY id")?;
            let mut rows = statement.query([])?;
            let mut decisions = Vec::new();
            while let Some(row) = rows.next()? {
                // What a later version decides and this one does not understand is left alone.
                if let Ok(decision) = row.get_ref(0)?.as_str()?.parse() {
                    decisions.push(decision);
                }
            }
            Ok(decisions)
        })
    }

    /// What is decided in a slot.
    pub fn entity_decision(&self, slot: &Slot) -> Result<Option<Decision>, StoreError> {
        self.read(|connection| Ok(find(connection, slot)?.and_then(|(_, decision)| decision)))
    }

    /// Decides something about an entity, and gives what stood in its place before, for undo.
    pub fn decide_entity(
        &mut self,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<Option<Decision>, StoreError> {
        self.write(|transaction| put(transaction, decision, Row::Last, now))
    }

    /// Decides again what was decided once, at its place in the order of the decisions, and gives what stood there meanwhile; for undo and redo.
    pub fn decide_entity_again(
        &mut self,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<Option<Decision>, StoreError> {
        self.write(|transaction| {
            let line = serde_json::to_string(decision)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            let row: Option<i64> = transaction
                .prepare_cached(
                    "SELECT record FROM log WHERE kind = 'entity' AND after = ?1 ORDER BY id DESC LIMIT 1",
                )?
                .query_row([line], |row| row.get(0))
                .optional()?;
            put(transaction, decision, row.map_or(Row::Last, Row::At), now)
        })
    }

    /// Takes back what was decided in a slot, and gives it.
    pub fn undecide_entity(
        &mut self,
        slot: &Slot,
        now: Timestamp,
    ) -> Result<Option<Decision>, StoreError> {
        self.write(|transaction| drop_slot(transaction, slot, now))
    }

    /// Decides all of these, in their order, all or none, as one step with this name; gives how many were new or different, and the number of the first change.
    pub fn decide_entities(
        &mut self,
        decisions: &[Decision],
        label: &str,
        now: Timestamp,
    ) -> Result<(usize, Option<i64>), StoreError> {
        let plan = Plan {
            what: What::Import,
            label,
            undoes: None,
        };
        self.step(plan, now, |transaction| {
            let mut n_new = 0;
            for decision in decisions {
                let before = find(transaction, &decision.slot())?.and_then(|(_, known)| known);
                if before.as_ref() != Some(decision) {
                    put(transaction, decision, Row::Last, now)?;
                    n_new += 1;
                }
            }
            Ok(n_new)
        })
    }
}

/// The rows that decisions had, by the decision as the log has it, each with its number in the log; read when one must go back to its place.
#[derive(Debug, Default)]
pub(super) struct Rows(Option<HashMap<String, Vec<(i64, i64)>>>);

impl Rows {
    /// The row a decision had before the change numbered `change`.
    fn of(
        &mut self,
        connection: &Connection,
        line: &str,
        change: i64,
    ) -> rusqlite::Result<Option<i64>> {
        let rows = match &mut self.0 {
            Some(rows) => rows,
            none => {
                let mut rows: HashMap<String, Vec<(i64, i64)>> = HashMap::new();
                let mut statement = connection.prepare_cached(
                    "SELECT after, id, record FROM log WHERE kind = 'entity' AND after IS NOT NULL ORDER BY id",
                )?;
                let mut all = statement.query([])?;
                while let Some(row) = all.next()? {
                    let known = rows.entry(row.get(0)?).or_default();
                    known.push((row.get(1)?, row.get(2)?));
                }
                none.insert(rows)
            }
        };
        let known = rows.get(line).map_or(&[][..], Vec::as_slice);
        let earlier = known.partition_point(|(id, _)| *id < change);
        let last = earlier.checked_sub(1).and_then(|at| known.get(at));
        Ok(last.map(|(_, row)| *row))
    }
}

/// Takes a change of a decision back; or why it stays.
pub(super) fn reverse(
    connection: &Connection,
    entry: &LogEntry,
    rows: &mut Rows,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let (old, new) = (before::<Decision>(entry), after::<Decision>(entry));
    let Some(slot) = new.as_ref().or(old.as_ref()).map(Decision::slot) else {
        return Ok(Some(UNREADABLE.to_owned()));
    };
    let stands = find(connection, &slot)?.and_then(|(_, known)| known);
    if stands != new {
        return Ok(Some(match stands {
            Some(other) => format!("`{other}` was decided since"),
            None => "it was taken back since".to_owned(),
        }));
    }
    match old {
        None => drop(drop_slot(connection, &slot, now)?),
        Some(old) => {
            let row = match entry.action {
                Action::Delete => Some(entry.record),
                Action::Add | Action::Update | Action::Restore => {
                    let line = entry.before.as_deref().unwrap_or_default();
                    rows.of(connection, line, entry.id)?
                }
            };
            put(connection, &old, row.map_or(Row::Last, Row::At), now)?;
        }
    }
    Ok(None)
}

fn drop_slot(
    connection: &Connection,
    slot: &Slot,
    now: Timestamp,
) -> rusqlite::Result<Option<Decision>> {
    let Some((id, before)) = find(connection, slot)? else {
        return Ok(None);
    };
    connection
        .prepare_cached("DELETE FROM entity_decisions WHERE id = ?1")?
        .execute([id])?;
    let change = ("entity", id, Action::Delete);
    log::note(connection, change, before.as_ref(), None, now)?;
    Ok(before)
}

/// Where a decision stands in their order.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// After all others.
    Last,
    /// Where it stood before.
    At(i64),
}

fn find(connection: &Connection, slot: &Slot) -> rusqlite::Result<Option<(i64, Option<Decision>)>> {
    connection
        .prepare_cached(
            "SELECT id, decision FROM entity_decisions WHERE what = ?1 AND entity = ?2 AND other = ?3",
        )?
        .query_row(params![slot.what, slot.entity.as_str(), slot.other], |row| {
            Ok((row.get(0)?, row.get_ref(1)?.as_str()?.parse().ok()))
        })
        .optional()
}

fn put(
    connection: &Connection,
    decision: &Decision,
    row: Row,
    now: Timestamp,
) -> rusqlite::Result<Option<Decision>> {
    let slot = decision.slot();
    let before = find(connection, &slot)?.and_then(|(_, known)| known);
    let row = match row {
        Row::Last => None,
        Row::At(row) => Some(row),
    };
    // A new row, so that the order is that of the decisions.
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO entity_decisions (id, what, entity, other, decision, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            row,
            slot.what,
            slot.entity.as_str(),
            slot.other,
            decision.to_string(),
            now.as_microsecond()
        ])?;
    let action = if before.is_some() {
        Action::Update
    } else {
        Action::Add
    };
    let change = ("entity", connection.last_insert_rowid(), action);
    log::note(connection, change, before.as_ref(), Some(decision), now)?;
    Ok(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::entities::read;

    fn decided(store: &Store) -> Vec<String> {
        let all = store.entity_decisions().unwrap();
        all.iter().map(ToString::to_string).collect()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn decide(store: &mut Store, line: &str) -> Option<String> {
        let before = store.decide_entity(&line.parse().unwrap(), at(5)).unwrap();
        before.map(|before| before.to_string())
    }

    #[test]
    fn a_later_decision_takes_the_place_of_the_earlier_and_gives_it_back() {
        let mut store = Store::in_memory().unwrap();
        assert_eq!(decide(&mut store, "merge a into b"), None);
        assert_eq!(decide(&mut store, "rename b to Bee"), None);
        assert_eq!(
            decide(&mut store, "distinct b from a").as_deref(),
            Some("merge a into b")
        );
        assert_eq!(decided(&store), ["rename b to Bee", "distinct b from a"]);
        let slot = read("merge a into b").unwrap()[0].slot();
        let before = store.undecide_entity(&slot, at(6)).unwrap();
        assert_eq!(
            before.map(|before| before.to_string()).as_deref(),
            Some("distinct b from a")
        );
        assert_eq!(store.undecide_entity(&slot, at(7)).unwrap(), None);
        assert_eq!(decided(&store), ["rename b to Bee"]);
        assert_eq!(store.changes_since(0).unwrap().len(), 4);
    }

    #[test]
    fn decisions_survive_and_an_import_counts_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("postil.db");
        let mut store = Store::open(&path, at(0)).unwrap();
        let lines = read("hide a\nretype b to place").unwrap();
        let first = store.decide_entities(&lines, "names.txt", at(1)).unwrap();
        assert_eq!(first, (2, Some(1)));
        let again = store.decide_entities(&lines, "names.txt", at(2)).unwrap();
        assert_eq!(again, (0, None));
        drop(store);
        let mut store = Store::open_reading(&path).unwrap();
        assert_eq!(decided(&store), ["hide a", "retype b to place"]);
        let refused = store.decide_entity(&lines[0], at(3)).unwrap_err();
        assert!(matches!(refused, StoreError::ReadOnly { .. }));
    }

    #[test]
    fn what_a_later_version_decides_is_left_alone() {
        let mut store = Store::in_memory().unwrap();
        store
            .write(|transaction| {
                transaction.execute(
                    "INSERT INTO entity_decisions (what, entity, other, decision, at) VALUES ('colour', 'a', '', 'paint a red', 0)",
                    [],
                )
            })
            .unwrap();
        decide(&mut store, "hide a");
        assert_eq!(decided(&store), ["hide a"]);
    }
}
