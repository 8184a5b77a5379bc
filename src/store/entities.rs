//! What the reader decided about entities: merged, split, named, typed, hidden.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::log::{self, Action};
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

    /// Decides something about an entity, and gives what stood in its place before, for undo.
    pub fn decide_entity(
        &mut self,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<Option<Decision>, StoreError> {
        self.write(|transaction| put(transaction, decision, now))
    }

    /// Takes back what was decided in a slot, and gives it.
    pub fn undecide_entity(
        &mut self,
        slot: &Slot,
        now: Timestamp,
    ) -> Result<Option<Decision>, StoreError> {
        self.write(|transaction| {
            let Some((id, before)) = find(transaction, slot)? else {
                return Ok(None);
            };
            transaction
                .prepare_cached("DELETE FROM entity_decisions WHERE id = ?1")?
                .execute([id])?;
            let change = ("entity", id, Action::Delete);
            log::note(transaction, change, before.as_ref(), None, now)?;
            Ok(before)
        })
    }

    /// Decides all of these, in their order, all or none; gives how many were new or different.
    pub fn decide_entities(
        &mut self,
        decisions: &[Decision],
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.write(|transaction| {
            let mut n_new = 0;
            for decision in decisions {
                let before = find(transaction, &decision.slot())?.and_then(|(_, known)| known);
                if before.as_ref() != Some(decision) {
                    put(transaction, decision, now)?;
                    n_new += 1;
                }
            }
            Ok(n_new)
        })
    }
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
    now: Timestamp,
) -> rusqlite::Result<Option<Decision>> {
    let slot = decision.slot();
    let before = find(connection, &slot)?.and_then(|(_, known)| known);
    // A new row, so that the order is that of the decisions.
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO entity_decisions (what, entity, other, decision, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
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
        assert_eq!(store.decide_entities(&lines, at(1)).unwrap(), 2);
        assert_eq!(store.decide_entities(&lines, at(2)).unwrap(), 0);
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
