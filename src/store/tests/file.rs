//! The file itself: locks, damage, versions, backups, the doctor.

use std::path::Path;

use rusqlite::Connection;

use super::*;
use crate::store::doctor::{Outcome, doctor, latest_backup};

#[test]
fn two_instances_see_each_others_notes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut one = Store::open(&path, minute(0)).unwrap();
    let two = Store::open(&path, minute(0)).unwrap();
    let version = two.data_version().unwrap();
    annotate(&mut one, "/a.txt", TEXT, "condemn");
    assert_ne!(two.data_version().unwrap(), version);
    assert_eq!(two.changes_since(0).unwrap().len(), 1);
    assert_eq!(notes(&two, "/a.txt", TEXT), ["condemn"]);
}

#[test]
fn a_store_held_by_another_program_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    store
        .connection
        .busy_timeout(std::time::Duration::ZERO)
        .unwrap();
    let error = store.visit("document", "a", minute(1)).unwrap_err();
    assert!(
        error.may_pass()
            && error
                .to_string()
                .contains("postil.db is locked by another program"),
        "{error}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    store.visit("document", "a", minute(1)).unwrap();
}

#[test]
fn a_full_disk_says_so_and_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    let pages: i64 = store
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    store
        .connection
        .pragma_query(None, "page_count", |_| Ok(()))
        .unwrap();
    store
        .connection
        .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .unwrap();
    let long: String = (0..20_000)
        .map(|n| char::from_u32(0x4e00 + n * 7 % 20_000).unwrap())
        .collect();
    let big = document("/b.txt", &long);
    let error = store
        .add_annotation(
            &big,
            "/b.txt",
            &Target::new(&big, TextRange::of(0, 3)),
            &body("", &[]),
            minute(2),
        )
        .unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(store.all_annotations().unwrap().len(), 1);
    assert_eq!(notes(&store, "/b.txt", &long).len(), 0);
}

#[test]
fn a_damaged_file_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    std::fs::write(&path, "no database at all".repeat(100)).unwrap();
    for error in [
        Store::open(&path, minute(0)).unwrap_err(),
        Store::open_reading(&path).unwrap_err(),
        doctor(&path, minute(0)).unwrap_err(),
    ] {
        assert!(
            error
                .to_string()
                .contains("postil.db is not a store of postil"),
            "{error}"
        );
    }
    assert_eq!(
        std::fs::read(&path).unwrap(),
        "no database at all".repeat(100).as_bytes()
    );
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (a)")
        .unwrap();
    assert!(matches!(
        Store::open(&path, minute(0)),
        Err(StoreError::Foreign { .. })
    ));
    let tables: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn a_later_schema_is_refused_with_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let store = Store::open(&path, minute(0)).unwrap();
    store
        .connection
        .pragma_update(None, "user_version", 99)
        .unwrap();
    drop(store);
    let error = Store::open(&path, minute(0)).unwrap_err().to_string();
    assert!(
        error.contains("has schema 99") && error.contains("install the version that wrote it"),
        "{error}"
    );
}

#[test]
fn an_earlier_schema_is_copied_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    drop(store);
    let steps = [
        schema::MIGRATIONS,
        &["CREATE TABLE later (a INTEGER) STRICT"],
    ]
    .concat();
    let store = Store::open_with(&path, minute(5), &steps).unwrap();
    assert_eq!(notes(&store, "/a.txt", TEXT), ["condemn"]);
    store
        .connection
        .execute("INSERT INTO later VALUES (1)", [])
        .unwrap();
    let backup = latest_backup(&path).unwrap();
    let old = Store::open_reading(&backup).unwrap();
    assert_eq!(notes(&old, "/a.txt", TEXT), ["condemn"]);
    let broken = [
        schema::MIGRATIONS,
        &["CREATE TABLE later (a INTEGER)", "CREATE TABLE nonsense ("],
    ]
    .concat();
    assert!(Store::open_with(&folder.path().join("new.db"), minute(5), &broken).is_err());
    assert!(
        Store::open(&folder.path().join("new.db"), minute(5)).is_ok(),
        "a failed step leaves nothing behind"
    );
}

#[test]
fn a_store_opened_for_reading_reads_and_refuses_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b?.db");
    assert!(matches!(
        Store::open_reading(&path),
        Err(StoreError::Absent { .. })
    ));
    annotate(
        &mut Store::open(&path, minute(0)).unwrap(),
        "/a.txt",
        TEXT,
        "condemn",
    );
    let mut store = Store::open_reading(&path).unwrap();
    assert_eq!(store.access(), Access::Read);
    assert_eq!(notes(&store, "/a.txt", TEXT), ["condemn"]);
    let error = store.visit("document", "a", minute(1)).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    annotate(
        &mut Store::open(&path, minute(0)).unwrap(),
        "/a.txt",
        TEXT,
        "condemn",
    );
    let allow = |file: &Path, mode| {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&path, 0o444);
    allow(folder.path(), 0o555);
    let may_write_anyhow = std::fs::write(folder.path().join("probe"), "").is_ok();
    if may_write_anyhow {
        eprintln!("skipped: this user may write to read-only folders");
    } else {
        assert!(matches!(
            Store::open(&path, minute(1)),
            Err(StoreError::ReadOnly { .. })
        ));
        assert_eq!(
            notes(&Store::open_reading(&path).unwrap(), "/a.txt", TEXT),
            ["condemn"]
        );
    }
    allow(folder.path(), 0o755);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = Store::open(&folder.path().join("file/postil.db"), minute(0))
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("cannot make the folder") && error.contains("--library FILE"),
        "{error}"
    );
}

#[test]
fn a_backup_is_whole_and_never_replaces_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("postil.db"), minute(0)).unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    let to = folder.path().join("copy.db");
    store.backup(&to).unwrap();
    assert_eq!(
        notes(&Store::open_reading(&to).unwrap(), "/a.txt", TEXT),
        ["condemn"]
    );
    assert!(matches!(store.backup(&to), Err(StoreError::Exists { .. })));
}

#[test]
fn the_doctor_finds_nothing_in_a_sound_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    annotate(
        &mut Store::open(&path, minute(0)).unwrap(),
        "/a.txt",
        TEXT,
        "condemn",
    );
    let report = doctor(&path, minute(1)).unwrap();
    assert!(report.is_sound() && report.findings.is_empty());
    assert_eq!((report.n_annotations, report.n_documents), (1, 1));
}

#[test]
fn the_doctor_removes_orphans_and_reports_damaged_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    store.connection.execute_batch(
        "PRAGMA foreign_keys = OFF; INSERT INTO places VALUES ('/gone', 77, 0, 0); UPDATE snapshots SET text = x'00';",
    ).unwrap();
    drop(store);
    let report = doctor(&path, minute(1)).unwrap();
    assert!(!report.is_sound());
    assert_eq!(
        report.findings[0].what,
        "1 places of documents that are gone, which were removed"
    );
    assert!(
        report.findings[1].what.starts_with("the kept text")
            && matches!(report.findings[1].outcome, Outcome::Remains { .. })
    );
    let store = Store::open(&path, minute(2)).unwrap();
    assert_eq!(
        notes(&store, "/a.txt", TEXT),
        ["condemn"],
        "what the reader wrote stays"
    );
}

#[test]
fn the_doctor_copies_what_can_be_read_of_a_damaged_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    for n in 0..200 {
        let text = format!("{TEXT} {n}");
        annotate(&mut store, &format!("/{n}.txt"), &text, "condemn");
    }
    store
        .connection
        .pragma_update(None, "journal_mode", "DELETE")
        .unwrap();
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    // A page in the middle of the annotations: they alone have the colour.
    let notes: Vec<usize> = memchr::memmem::find_iter(&bytes, b"why?green").collect();
    let at = notes[notes.len() / 2] / 4096 * 4096;
    bytes[at..at + 4096].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    let report = doctor(&path, minute(1)).unwrap();
    assert!(!report.is_sound());
    for finding in &report.findings {
        let Outcome::Remains { advice } = &finding.outcome else {
            panic!("{finding:?}")
        };
        assert!(
            !advice.contains("postil doctor") && advice.contains(".recover"),
            "{advice}"
        );
    }
    let salvaged = report.salvaged.unwrap();
    let copy = Store::open_reading(&salvaged.path).unwrap();
    let n = copy.all_annotations().unwrap().len();
    assert!((100..200).contains(&n), "{n} notes");
    assert!(
        salvaged.rows.contains(&("works".to_owned(), 200)),
        "{:?}",
        salvaged.rows
    );
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "left as it was");
}

#[test]
fn a_store_below_a_file_is_an_error_also_for_reading() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let below = folder.path().join("file/postil.db");
    let error = Store::open_reading(&below).unwrap_err().to_string();
    assert!(error.contains("cannot be reached"), "{error}");
}
