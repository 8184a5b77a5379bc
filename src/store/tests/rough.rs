//! Rough treatment: a clock that goes backwards, two who write at once, a page that was overwritten, a disk that is full in the middle.

use std::sync::Arc;

use super::*;
use crate::annotation::RecordId;
use crate::store::BulkChange;
use crate::store::doctor::{Outcome, doctor, latest_backup};

#[test]
fn a_clock_that_goes_backwards_loses_no_order() {
    let mut store = Store::in_memory().unwrap();
    let id = annotate(&mut store, "/a.txt", TEXT, "condemn").id;
    store
        .update_annotation(id, &body("later, it says, is earlier", &[]), minute(-500))
        .unwrap();
    annotate(
        &mut store,
        "/a.txt",
        "Another text. We condemn it.",
        "condemn",
    );
    let changes = store.changes_since(0).unwrap();
    assert!(changes.is_sorted_by_key(|change| change.id));
    assert!(
        changes[1].at < changes[0].at,
        "the times are those the clock gave"
    );
    assert_eq!(
        store.annotation(id).unwrap().unwrap().body.note,
        "later, it says, is earlier"
    );
    // What was seen last is the latest seen, whatever the clock says.
    let old = document("/a.txt", "A third text. We condemn it.");
    assert!(store.saw(&old, "/a.txt", minute(-900)).unwrap());
    assert_eq!(
        store.annotations_of("/a.txt", &old.revision).unwrap().len(),
        2
    );
}

#[test]
fn two_who_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = Arc::new(folder.path().join("postil.db"));
    drop(Store::open(&path, minute(0)).unwrap());
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let path = Arc::clone(&path);
            std::thread::spawn(move || {
                let mut store = Store::open(&path, minute(0)).unwrap();
                for n in 0..50 {
                    let text = format!("Writer {writer} says that number {n} is condemned.");
                    annotate(
                        &mut store,
                        &format!("/{writer}/{n}.txt"),
                        &text,
                        "condemned",
                    );
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let store = Store::open(&path, minute(1)).unwrap();
    assert_eq!(store.all_annotations().unwrap().len(), 100);
    assert_eq!(store.changes_since(0).unwrap().len(), 100);
    assert!(doctor(&path, minute(2)).unwrap().findings.is_empty());
}

#[test]
fn a_bulk_change_on_a_full_disk_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    let ids: Vec<RecordId> = (0..200)
        .map(|n| annotate(&mut store, "/a.txt", &format!("{TEXT} {n}"), "condemn").id)
        .collect();
    let pages: i64 = store
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    store
        .connection
        .query_row(
            &format!("PRAGMA max_page_count = {}", pages + 2),
            [],
            |_| Ok(()),
        )
        .unwrap();
    let change = BulkChange::Retag {
        add: vec!["a tag that needs room ".repeat(20)],
        remove: Vec::new(),
    };
    let error = store
        .change_annotations(&ids, &change, minute(3))
        .unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(store.tags().unwrap(), [("arms".to_owned(), 200)]);
}

#[test]
fn broken_indexes_are_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    // An index without its rows, as a crash of a disk leaves it: the schema says that it indexes nothing, then that it indexes all.
    store
        .connection
        .execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'CREATE INDEX places_by_work ON places (work) WHERE work < 0' WHERE name = 'places_by_work';
             PRAGMA writable_schema = RESET;
             REINDEX places_by_work;
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'CREATE INDEX places_by_work ON places (work)' WHERE name = 'places_by_work';
             PRAGMA writable_schema = RESET;",
        )
        .unwrap();
    drop(store);
    let report = doctor(&path, minute(1)).unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert!(
        report.findings.iter().any(|finding| finding.what.contains("indexes") && finding.outcome == Outcome::Repaired),
        "{report:?}"
    );
    assert!(doctor(&path, minute(2)).unwrap().findings.is_empty());
}

#[test]
fn the_first_schema_is_brought_up_to_date_with_its_notes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let first = schema::MIGRATIONS.get(..1).unwrap();
    let mut store = Store::open_with(&path, minute(0), first).unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    drop(store);
    let mut store = Store::open(&path, minute(1)).unwrap();
    let id = store.all_annotations().unwrap()[0].record.id;
    let changed = document("/a.txt", "Nothing of it.");
    let placed = store.place_annotations("/a.txt", &changed).unwrap();
    let found = [(id, placed[0].1.clone())];
    assert_eq!(
        store
            .record_anchorings(&changed, "/a.txt", &found, minute(2))
            .unwrap(),
        1
    );
    assert!(latest_backup(&path).is_some());
}

#[test]
fn the_latest_backup_is_the_one_with_the_latest_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    for name in [
        "postil.db.schema-1-20260101T000000Z.backup",
        "postil.db.20260301T000000Z.backup",
        "postil.db.schema-2-20260201T000000Z.backup",
    ] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let latest = latest_backup(&path).unwrap();
    assert!(
        latest.ends_with("postil.db.20260301T000000Z.backup"),
        "{}",
        latest.display()
    );
}
