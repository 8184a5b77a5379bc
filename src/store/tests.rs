//! The records; the file they lie in is tested in `file`.

mod anchoring;
mod corners;
mod file;
mod follow;
mod rough;
mod steps;
mod takeback;

use jiff::Timestamp;

use super::*;
use crate::annotation::{Annotation, Body, BookmarkName, Colour, Target};
use crate::document::{DocId, Document, Edtf, Meta, Revision, SourceMap};
use crate::library::Corrections;
use crate::text::{Layer, TextRange};
use crate::time::{Choice, Decision};

const TEXT: &str = "We strongly condemn it. 👩‍👧 核実験 e\u{301}tat. They deny it.";

/// The minute `n` of an afternoon.
fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + n * 60).unwrap()
}

fn document(locator: &str, text: &str) -> Document {
    Document {
        id: DocId::of_locator(locator),
        revision: Revision::of_text(text),
        meta: Meta {
            title: Some("A statement".to_owned()),
            ..Meta::default()
        },
        text: text.into(),
        blocks: Vec::new(),
        inlines: Layer::default(),
        source: SourceMap::default(),
    }
}

fn target(document: &Document, exact: &str) -> Target {
    let at = document.text.find(exact).unwrap();
    Target::new(document, TextRange::of(at, at + exact.len()))
}

fn body(note: &str, tags: &[&str]) -> Body {
    Body {
        note: note.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        colour: Colour::Green,
    }
}

fn annotate(store: &mut Store, locator: &str, text: &str, exact: &str) -> Annotation {
    let document = document(locator, text);
    let target = target(&document, exact);
    store
        .add_annotation(
            &document,
            locator,
            &target,
            &body("why?", &["arms"]),
            minute(1),
        )
        .unwrap()
}

fn notes(store: &Store, locator: &str, text: &str) -> Vec<String> {
    let found = store
        .annotations_of(locator, &Revision::of_text(text))
        .unwrap();
    found
        .into_iter()
        .map(|note| note.target.quote.exact)
        .collect()
}

#[test]
fn an_annotation_comes_back_as_it_was_stored() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    let made = annotate(&mut store, "/a.txt", TEXT, "核実験");
    drop(store);
    let store = Store::open(&path, minute(2)).unwrap();
    let found = store
        .annotations_of("/a.txt", &Revision::of_text(TEXT))
        .unwrap();
    assert_eq!(found, std::slice::from_ref(&made));
    assert_eq!(
        (made.created, made.body),
        (minute(1), body("why?", &["arms"]))
    );
    let all = store.all_annotations().unwrap();
    assert_eq!(
        (&*all[0].locator, &*all[0].title),
        ("/a.txt", "A statement")
    );
    assert_eq!(
        store.note_counts().unwrap()[&DocId::of_locator("/a.txt")],
        1
    );
}

#[test]
fn the_text_somebody_wrote_on_is_kept_letter_for_letter() {
    let mut store = Store::in_memory().unwrap();
    let revision = Revision::of_text(TEXT);
    assert_eq!(store.annotated_text(&revision).unwrap(), None);
    annotate(&mut store, "/a.txt", TEXT, "核実験");
    assert_eq!(
        store.annotated_text(&revision).unwrap().as_deref(),
        Some(TEXT)
    );
}

#[test]
fn notes_follow_a_file_through_renames_copies_and_edits() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    assert_eq!(
        notes(&store, "/renamed.txt", TEXT),
        ["condemn"],
        "by content"
    );
    assert_eq!(
        notes(&store, "/a.txt", "Quite another text."),
        ["condemn"],
        "by place"
    );
    assert_eq!(
        notes(&store, "/renamed.txt", "Quite another text."),
        [""; 0]
    );
    let seen = [
        ("/renamed.txt", Revision::of_text(TEXT)),
        ("/x", Revision::of_text("x")),
    ];
    assert_eq!(store.recognise(seen, minute(2)).unwrap(), 1);
    assert_eq!(
        notes(&store, "/renamed.txt", "Quite another text."),
        ["condemn"]
    );
    assert_eq!(
        &*store.all_annotations().unwrap()[0].locator,
        "/renamed.txt"
    );
}

#[test]
fn two_files_that_changed_places_keep_their_own_notes() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", "First text.", "First");
    annotate(&mut store, "/b.txt", "Second text.", "Second");
    assert_eq!(notes(&store, "/a.txt", "Second text."), ["Second"]);
    assert_eq!(notes(&store, "/b.txt", "First text."), ["First"]);
}

#[test]
fn empty_files_share_nothing() {
    let mut store = Store::in_memory().unwrap();
    let empty = document("/a.txt", "");
    let target = Target::new(&empty, TextRange::empty(0));
    store
        .add_annotation(&empty, "/a.txt", &target, &body("?", &[]), minute(1))
        .unwrap();
    assert_eq!(notes(&store, "/a.txt", "").len(), 1);
    assert_eq!(notes(&store, "/b.txt", "").len(), 0);
}

#[test]
fn undoing_a_delete_brings_back_the_same_number() {
    let mut store = Store::in_memory().unwrap();
    let made = annotate(&mut store, "/a.txt", TEXT, "condemn");
    assert_eq!(store.delete_annotation(made.id, minute(2)).unwrap(), made);
    assert_eq!(notes(&store, "/a.txt", TEXT).len(), 0);
    assert!(store.tags().unwrap().is_empty());
    let gone = store.delete_annotation(made.id, minute(3)).unwrap_err();
    assert_eq!(
        gone.to_string(),
        "there is no annotation 1: it was never made or has been deleted; list what there is"
    );
    let next = annotate(&mut store, "/a.txt", TEXT, "deny");
    assert_ne!(next.id, made.id);
    assert_eq!(store.restore_annotation(made.id, minute(4)).unwrap(), made);
    assert_eq!(notes(&store, "/a.txt", TEXT), ["condemn", "deny"]);
}

#[test]
fn every_change_is_logged_with_before_and_after() {
    let mut store = Store::in_memory().unwrap();
    let made = annotate(&mut store, "/a.txt", TEXT, "condemn");
    let changed = store
        .update_annotation(
            made.id,
            &body("because", &["#Arms", " war ", "war"]),
            minute(2),
        )
        .unwrap();
    assert_eq!(changed.body.tags, ["Arms", "war"]);
    assert_eq!((changed.created, changed.modified), (minute(1), minute(2)));
    store.delete_annotation(made.id, minute(3)).unwrap();
    let log = store.changes_since(1).unwrap();
    let actions: Vec<_> = log.iter().map(|entry| entry.action).collect();
    assert_eq!(actions, [Action::Update, Action::Delete]);
    let read = |json: &Option<String>| {
        json.as_deref()
            .map(|json| serde_json::from_str::<Annotation>(json).unwrap())
    };
    assert_eq!(
        (read(&log[0].before), read(&log[0].after)),
        (Some(made), Some(changed.clone()))
    );
    assert_eq!(
        (read(&log[1].before), read(&log[1].after)),
        (Some(changed), None)
    );
    assert_eq!(store.last_change().unwrap(), 3);
    assert!(store.connection.execute("DELETE FROM log", []).is_err());
}

#[test]
fn what_the_reader_typed_is_stored_without_control_characters() {
    let mut store = Store::in_memory().unwrap();
    let made = annotate(&mut store, "/a.txt", TEXT, "condemn");
    let body = body("two\nlines\u{1b}[31m", &["a\u{202e}b"]);
    let changed = store.update_annotation(made.id, &body, minute(2)).unwrap();
    assert_eq!(
        (changed.body.note.as_str(), changed.body.tags),
        ("two\nlines", vec!["ab".to_owned()])
    );
}

#[test]
fn a_letter_set_again_moves_and_comes_back() {
    let mut store = Store::in_memory().unwrap();
    let (a, b) = (document("/a.txt", TEXT), document("/b.txt", "Other words."));
    let mut set = |document: &Document, locator: &str, exact: &str, name: BookmarkName| {
        store
            .set_bookmark(
                document,
                locator,
                &target(document, exact),
                &name,
                minute(1),
            )
            .unwrap()
    };
    let (first, none) = set(&a, "/a.txt", "We", BookmarkName::Local('a'));
    assert_eq!(none, None);
    assert_eq!(
        set(&b, "/b.txt", "Other", BookmarkName::Local('a')).1,
        None,
        "another document"
    );
    assert_eq!(
        set(&a, "/a.txt", "They", BookmarkName::Local('a')).1,
        Some(first.clone())
    );
    let (global, _) = set(&a, "/a.txt", "They", BookmarkName::Global('A'));
    assert_eq!(
        set(&b, "/b.txt", "words", BookmarkName::Global('A')).1,
        Some(global)
    );
    set(&a, "/a.txt", "it", BookmarkName::Named("key".to_owned()));
    set(&a, "/a.txt", "deny", BookmarkName::Named("key".to_owned()));
    let names = |store: &Store| {
        let found = store.bookmarks_of("/a.txt", &a.revision).unwrap();
        found
            .into_iter()
            .map(|mark| mark.target.quote.exact)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&store), ["it", "They", "deny"]);
    store.restore_bookmark(first.id, minute(2)).unwrap();
    assert_eq!(names(&store), ["We", "it", "deny"]);
    let renamed = store
        .rename_bookmark(first.id, &BookmarkName::Local('z'), minute(3))
        .unwrap();
    assert_eq!(renamed.name, BookmarkName::Local('z'));
    store.delete_bookmark(first.id, minute(4)).unwrap();
    assert_eq!(store.all_bookmarks().unwrap().len(), 4);
}

#[test]
fn the_place_in_a_document_is_remembered_and_what_was_read_only_grows() {
    let mut store = Store::in_memory().unwrap();
    let document = document("/a.txt", TEXT);
    let at = TEXT.find("They").unwrap() as u32;
    store
        .set_position(&document, "/a.txt", at, 0.9, minute(1))
        .unwrap();
    store
        .set_position(&document, "/a.txt", 3, 0.1, minute(2))
        .unwrap();
    let place = store
        .position_of("/elsewhere.txt", &document.revision)
        .unwrap()
        .unwrap();
    assert_eq!((place.target.position.start, place.opened), (3, minute(2)));
    assert!(place.target.quote.exact.starts_with("strongly condemn"));
    assert!((store.read_fractions().unwrap()[&document.id] - 0.9).abs() < 1e-6);
}

#[test]
fn metadata_set_by_hand_is_kept_and_taken_back() {
    let mut store = Store::in_memory().unwrap();
    let document = document("/a.txt", TEXT);
    let set = Corrections {
        published: "2023-10".parse::<Edtf>().ok(),
        publisher: Some(" Radio\u{7} ".to_owned()),
        title: None,
        dates: vec![Decision::about(
            TEXT,
            TextRange::of(0, 2),
            Choice::Means("2023-10-25".parse().unwrap()),
        )],
    };
    let before = store
        .set_meta(&document, "/a.txt", &set, minute(1))
        .unwrap();
    assert_eq!(before, Corrections::default());
    let found = store.meta_of("/b.txt", &document.revision).unwrap();
    assert_eq!(
        (found.publisher.as_deref(), &found.published),
        (Some("Radio"), &set.published)
    );
    assert_eq!(found.dates, set.dates);
    assert_eq!(store.all_meta().unwrap()[&document.id], found);
    store
        .set_meta(&document, "/a.txt", &before, minute(2))
        .unwrap();
    assert!(store.all_meta().unwrap().is_empty());
}

#[test]
fn what_was_visited_often_and_lately_comes_first() {
    let mut store = Store::in_memory().unwrap();
    for (key, at) in [
        ("often", 0),
        ("often", 1),
        ("often", 2),
        ("old", -20_000),
        ("late", 100),
    ] {
        store.visit("document", key, minute(at)).unwrap();
    }
    store.visit("entity", "seoul", minute(3)).unwrap();
    let keys = |kind, n| {
        let found = store.frecent(kind, n, minute(101)).unwrap();
        found.into_iter().map(|visit| visit.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(Some("document"), 9), ["often", "late", "old"]);
    assert_eq!(keys(None, 2), ["often", "late"]);
}

#[test]
fn lines_typed_again_become_the_latest() {
    let mut store = Store::in_memory().unwrap();
    for line in ["date 2023", "sort title", "date 2023"] {
        store.add_history("command", line, minute(1)).unwrap();
    }
    assert_eq!(
        store.history("command").unwrap(),
        ["date 2023", "sort title"]
    );
    assert!(store.history("find").unwrap().is_empty());
}

#[test]
fn settings_have_one_value_each() {
    let mut store = Store::in_memory().unwrap();
    store.set_setting("measure", "70").unwrap();
    store.set_setting("measure", "76").unwrap();
    assert_eq!(store.setting("measure").unwrap().as_deref(), Some("76"));
}

#[test]
fn a_collection_is_its_roots() {
    let roots = |roots: &[&str]| {
        roots
            .iter()
            .map(|root| (*root).to_owned())
            .collect::<Vec<_>>()
    };
    let mut store = Store::in_memory().unwrap();
    assert_eq!(store.current_collection().unwrap(), None);
    let docs = store
        .open_collection(&roots(&["/home/docs/", "/b"]), minute(1))
        .unwrap();
    assert_eq!(docs.name, "docs");
    assert_eq!(
        store
            .open_collection(&roots(&["/b", "/home/docs/"]), minute(2))
            .unwrap(),
        docs
    );
    assert_eq!(
        store
            .open_collection(&roots(&["/other/docs"]), minute(3))
            .unwrap()
            .name,
        "docs 2"
    );
    store
        .add_collection("mine", &roots(&["/c"]), minute(4))
        .unwrap();
    assert!(store.add_collection("mine", &[], minute(4)).is_err());
    store
        .rename_collection("docs 2", "papers", minute(5))
        .unwrap();
    assert_eq!(store.current_collection().unwrap().unwrap().name, "papers");
    assert!(
        store
            .rename_collection("papers", "mine", minute(5))
            .is_err()
    );
    store.set_current_collection("docs", minute(5)).unwrap();
    store.remove_collection("docs", minute(5)).unwrap();
    assert_eq!(store.current_collection().unwrap(), None);
    let names: Vec<_> = store
        .collections()
        .unwrap()
        .into_iter()
        .map(|c| c.name)
        .collect();
    assert_eq!(names, ["mine", "papers"]);
}
