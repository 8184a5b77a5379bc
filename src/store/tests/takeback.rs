//! Every kind of change, taken back and done again, and what stands in the way.

use super::*;
use crate::annotation::{Anchor, Control, LinkKind, RecordId, Tag};
use crate::library::entities::read;
use crate::store::{BulkChange, Decision as Place, TakenBack};

const THEN: &str = "The ministers strongly condemned the illegal transfer of arms. Nobody wrote anything down that day.";
const NOW: &str = "Nobody wrote anything down that day. The ministers have strongly condemned the unlawful transfer of arms.";

/// Everything the reader wrote, in words.
fn state(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    for placed in store.all_annotations().unwrap() {
        let note = placed.record;
        lines.push(format!("note {} {:?}", note.id.0, note.body));
        let records = store.anchorings_of(note.id).unwrap();
        let decided = records.iter().rfind(|record| record.decision.is_some());
        // Withdrawn is as never decided.
        let stands = decided.filter(|record| record.decision.as_deref() != Some("withdrawn"));
        lines.extend(stands.map(|record| {
            format!(
                "place of {} {:?} {:?}",
                note.id.0, record.decision, record.anchoring
            )
        }));
    }
    for placed in store.all_bookmarks().unwrap() {
        let mark = placed.record;
        lines.push(format!("{:?} at {}", mark.name, mark.target.quote.exact));
    }
    lines.extend(
        store
            .all_links()
            .unwrap()
            .iter()
            .map(|link| format!("link {} {:?}", link.id.0, link.kind)),
    );
    lines.extend(
        store
            .vocabulary()
            .unwrap()
            .iter()
            .map(|used| format!("{used:?}")),
    );
    lines.extend(
        store
            .entity_decisions()
            .unwrap()
            .iter()
            .map(ToString::to_string),
    );
    let mut set: Vec<String> = store
        .all_meta()
        .unwrap()
        .values()
        .map(|set| format!("{set:?}"))
        .collect();
    set.sort();
    lines.extend(set);
    let current = store
        .current_collection()
        .unwrap()
        .map(|current| current.name);
    let mut collections: Vec<String> = store
        .collections()
        .unwrap()
        .iter()
        .map(|one| format!("{one:?} {}", current.as_ref() == Some(&one.name)))
        .collect();
    collections.sort();
    lines.extend(collections);
    lines
}

type Deed = (&'static str, fn(&mut Store));

fn mark(store: &mut Store, exact: &str, name: &BookmarkName) -> RecordId {
    let document = document("/a.txt", THEN);
    let target = target(&document, exact);
    let set = store.set_bookmark(&document, "/a.txt", &target, name, minute(1));
    set.unwrap().0.id
}

fn set(store: &mut Store, change: impl FnOnce(&mut Corrections)) {
    let document = document("/a.txt", THEN);
    let mut meta = store.meta_of("/a.txt", &document.revision).unwrap();
    change(&mut meta);
    store
        .set_meta(&document, "/a.txt", &meta, minute(1))
        .unwrap();
}

fn means(words: &str, date: &str) -> Decision {
    let at = THEN.find(words).unwrap();
    Decision::about(
        THEN,
        TextRange::of(at, at + words.len()),
        Choice::Means(date.parse().unwrap()),
    )
}

fn decide(store: &mut Store, line: &str) {
    store
        .decide_entity(&line.parse().unwrap(), minute(1))
        .unwrap();
}

fn place(store: &mut Store, decision: fn(TextRange) -> Place) {
    let document = document("/a.txt", NOW);
    let at = NOW.find("strongly condemned the unlawful").unwrap();
    let range = TextRange::of(at, at + "strongly condemned the unlawful".len());
    store
        .decide_place(RecordId(1), &document, "/a.txt", decision(range), minute(1))
        .unwrap();
}

/// One change of each sort, in an order in which they can be made.
const DEEDS: &[Deed] = &[
    ("a note", |store| {
        annotate(store, "/a.txt", THEN, "strongly condemned the illegal");
    }),
    ("another", |store| {
        annotate(store, "/a.txt", THEN, "wrote");
    }),
    ("its text", |store| {
        store
            .update_annotation(RecordId(2), &body("é 👩‍👧 核", &["x"]), minute(1))
            .unwrap();
    }),
    ("many coloured", |store| {
        store
            .change_annotations(
                &[RecordId(1), RecordId(2)],
                &BulkChange::Recolour(Colour::Pink),
                minute(1),
            )
            .unwrap();
    }),
    ("a link", |store| {
        store
            .add_link(RecordId(1), RecordId(2), LinkKind::Quotes, "", minute(1))
            .unwrap();
    }),
    ("no link", |store| {
        store.delete_link(RecordId(1), minute(1)).unwrap();
    }),
    ("a place confirmed", |store| place(store, Place::Confirm)),
    ("a place rejected", |store| place(store, |_| Place::Reject)),
    ("a place picked", |store| place(store, Place::Pick)),
    ("a mark", |store| {
        mark(store, "The", &BookmarkName::Local('a'));
    }),
    ("a mark moved", |store| {
        mark(store, "Nobody", &BookmarkName::Local('a'));
    }),
    ("a bookmark", |store| {
        mark(store, "day", &BookmarkName::Named("key".to_owned()));
    }),
    ("a bookmark renamed", |store| {
        store
            .rename_bookmark(RecordId(3), &BookmarkName::Global('Q'), minute(1))
            .unwrap();
    }),
    ("a bookmark over a mark", |store| {
        store
            .rename_bookmark(RecordId(3), &BookmarkName::Local('a'), minute(1))
            .unwrap();
    }),
    ("a bookmark deleted", |store| {
        store.delete_bookmark(RecordId(3), minute(1)).unwrap();
    }),
    ("a mark back", |store| {
        store.restore_bookmark(RecordId(1), minute(1)).unwrap();
    }),
    ("a tag told of", |store| {
        store
            .put_tag(
                &Tag {
                    name: "x".to_owned(),
                    description: "what".to_owned(),
                    control: Control::Controlled,
                },
                minute(1),
            )
            .unwrap();
    }),
    ("a tag renamed", |store| {
        store.rename_tag("x", "y", minute(1)).unwrap();
    }),
    ("a date", |store| {
        set(store, |meta| {
            meta.published = Some("2023-10-25".parse().unwrap());
        });
    }),
    ("a title", |store| {
        set(store, |meta| meta.title = Some("Mine 声明".to_owned()));
    }),
    ("no date", |store| set(store, |meta| meta.published = None)),
    ("a meaning", |store| {
        set(store, |meta| {
            meta.dates.push(means("that day", "2023-10-20"));
        });
    }),
    ("another meaning", |store| {
        set(store, |meta| {
            meta.dates = vec![means("day", "2023-10-21"), means("that day", "2023-10-22")];
        });
    }),
    ("a merge", |store| decide(store, "merge a into b")),
    ("a rename", |store| decide(store, "rename b to Bee")),
    ("a split", |store| decide(store, "split a")),
    ("a type", |store| decide(store, "retype b to place")),
    ("a hidden one", |store| decide(store, "hide c")),
    ("a merge refused", |store| {
        decide(store, "distinct a from b");
    }),
    ("no name", |store| {
        store
            .undecide_entity(&read("rename b to X").unwrap()[0].slot(), minute(1))
            .unwrap();
    }),
    ("many names", |store| {
        store
            .decide_entities(
                &read("merge a into b\nrename b to Bea\nhide c\nhide d").unwrap(),
                "names.txt",
                minute(1),
            )
            .unwrap();
    }),
    ("a collection", |store| {
        store
            .add_collection("docs", &["/d".to_owned(), "/e".to_owned()], minute(1))
            .unwrap();
    }),
    ("a collection renamed", |store| {
        store
            .rename_collection("docs", "papers", minute(1))
            .unwrap();
    }),
    ("no collection", |store| {
        store.remove_collection("papers", minute(1)).unwrap();
    }),
    ("a note deleted", |store| {
        store.delete_annotation(RecordId(2), minute(1)).unwrap();
    }),
    ("and back", |store| {
        store.restore_annotation(RecordId(2), minute(1)).unwrap();
    }),
];

fn undo(store: &mut Store, change: i64, what: &str) -> TakenBack {
    let taken = store.take_back(change, minute(2)).unwrap();
    assert_eq!(taken.left, [], "{what}");
    assert!(taken.done > 0, "{what}");
    taken
}

#[test]
fn every_change_is_taken_back_and_done_again_at_once() {
    let mut store = Store::in_memory().unwrap();
    for (what, deed) in DEEDS {
        let before = state(&store);
        deed(&mut store);
        let after = state(&store);
        assert_ne!(before, after, "{what}");
        let change = store.last_change().unwrap();
        let taken = undo(&mut store, change, what);
        assert_eq!(state(&store), before, "{what} taken back");
        let again = undo(&mut store, taken.first.unwrap(), what);
        assert_eq!(state(&store), after, "{what} done again");
        let third = undo(&mut store, again.first.unwrap(), what);
        assert_eq!(state(&store), before, "{what} taken back again");
        undo(&mut store, third.first.unwrap(), what);
    }
}

#[test]
fn a_whole_session_is_taken_back_change_by_change() {
    let mut store = Store::in_memory().unwrap();
    let mut done = Vec::new();
    for (what, deed) in DEEDS {
        let before = state(&store);
        deed(&mut store);
        done.push((*what, before, store.last_change().unwrap()));
    }
    let end = state(&store);
    let mut taken = Vec::new();
    for (what, before, change) in done.into_iter().rev() {
        taken.push(undo(&mut store, change, what).first.unwrap());
        assert_eq!(state(&store), before, "{what}");
    }
    assert_eq!(state(&store), Vec::<String>::new());
    for change in taken.into_iter().rev() {
        undo(&mut store, change, "done again");
    }
    assert_eq!(state(&store), end);
}

/// What was done since stands in the way, and is named; nothing is changed.
#[track_caller]
fn refused(deeds: &[&str], then: fn(&mut Store), what: &str, why: &str) {
    let mut store = Store::in_memory().unwrap();
    for name in deeds {
        DEEDS.iter().find(|(known, _)| known == name).unwrap().1(&mut store);
    }
    let change = store.last_change().unwrap();
    then(&mut store);
    let before = state(&store);
    let taken = store.take_back(change, minute(3)).unwrap();
    let left: Vec<(&str, &str)> = taken
        .left
        .iter()
        .map(|left| (left.what.as_str(), left.why.as_str()))
        .collect();
    assert_eq!(left, [(what, why)]);
    assert_eq!((taken.done, state(&store)), (0, before));
}

#[test]
fn what_was_done_since_stands_in_the_way_and_is_named() {
    refused(
        &["a note", "a place confirmed"],
        |store| place(store, |_| Place::Reject),
        "the place of note 1",
        "it was changed since (change 3)",
    );
    refused(
        &["a note", "a place confirmed"],
        |store| {
            store.delete_annotation(RecordId(1), minute(2)).unwrap();
        },
        "the place of note 1",
        "its note is deleted",
    );
    refused(
        &["a note"],
        |store| place(store, Place::Confirm),
        "note 1",
        "its place was decided since",
    );
    refused(
        &["a note", "another", "a link", "no link"],
        |store| {
            store
                .add_link(RecordId(1), RecordId(2), LinkKind::Quotes, "", minute(2))
                .unwrap();
        },
        "link 1",
        "the same link was made again since (link 2)",
    );
    refused(
        &["a note", "another", "a link", "no link"],
        |store| {
            store.delete_annotation(RecordId(2), minute(2)).unwrap();
        },
        "link 1",
        "note 2, which it links, is deleted",
    );
    refused(
        &["a mark"],
        |store| {
            mark(store, "day", &BookmarkName::Local('a'));
        },
        "mark a",
        "it was changed since (change 2)",
    );
    let gone = |store: &mut Store| {
        store.delete_bookmark(RecordId(1), minute(2)).unwrap();
    };
    let mut store = Store::in_memory().unwrap();
    mark(&mut store, "The", &BookmarkName::Local('a'));
    gone(&mut store);
    mark(&mut store, "day", &BookmarkName::Local('a'));
    let taken = store.take_back(2, minute(3)).unwrap();
    assert_eq!(
        taken.left[0].why,
        "mark a was set elsewhere since (bookmark 2)"
    );
}

#[test]
fn what_was_set_or_decided_since_stands_in_the_way_and_is_named() {
    refused(
        &["a title"],
        |store| set(store, |meta| meta.title = None),
        "what is set of “A statement”",
        "the title was set again since",
    );
    refused(
        &["a meaning"],
        |store| set(store, |meta| meta.dates = vec![means("that day", "2020")]),
        "what is set of “A statement”",
        "what “that day” means was set again since",
    );
    refused(
        &["a merge"],
        |store| decide(store, "distinct b from a"),
        "`merge a into b`",
        "`distinct b from a` was decided since",
    );
    refused(
        &["a hidden one"],
        |store| {
            store
                .undecide_entity(&read("hide c").unwrap()[0].slot(), minute(2))
                .unwrap();
        },
        "`hide c`",
        "it was taken back since",
    );
    refused(
        &["a collection"],
        |store| store.rename_collection("docs", "mine", minute(2)).unwrap(),
        "collection docs",
        "it was changed since (change 2)",
    );
    refused(
        &["a collection", "a collection renamed", "no collection"],
        |store| {
            store.add_collection("papers", &[], minute(2)).unwrap();
        },
        "collection papers",
        "another has its name since",
    );
    refused(
        ["a note", "its text"].get(..1).unwrap(),
        |store| {
            store
                .update_annotation(RecordId(1), &body("b", &[]), minute(2))
                .unwrap();
        },
        "note 1",
        "it was changed since (change 2)",
    );
    refused(
        &["a tag told of"],
        |store| store.put_tag(&Tag::plain("x"), minute(2)).unwrap(),
        "tag x",
        "it was changed since (change 2)",
    );
}

#[test]
fn what_else_was_set_or_decided_since_stays() {
    let mut store = Store::in_memory().unwrap();
    set(&mut store, |meta| {
        meta.dates.push(means("that day", "2023-10-20"));
    });
    set(&mut store, |meta| {
        meta.dates.push(means("wrote", "2023-10-21"));
    });
    set(&mut store, |meta| meta.title = Some("Mine".to_owned()));
    undo(&mut store, 1, "the first meaning");
    let left = store.meta_of("/a.txt", &Revision::of_text(THEN)).unwrap();
    assert_eq!(
        (left.title.as_deref(), left.dates),
        (Some("Mine"), vec![means("wrote", "2023-10-21")])
    );
    let file = read("merge a into b\nhide c").unwrap();
    let (_, first) = store
        .decide_entities(&file, "names.txt", minute(1))
        .unwrap();
    decide(&mut store, "distinct a from b");
    let taken = store.take_back(first.unwrap(), minute(2)).unwrap();
    assert_eq!((taken.done, taken.left.len()), (1, 1));
    assert_eq!(
        store.entity_decisions().unwrap(),
        read("distinct a from b").unwrap()
    );
}

#[test]
fn decisions_about_names_come_back_in_their_order_and_are_no_import_of_notes() {
    let mut store = Store::in_memory().unwrap();
    let order = |store: &Store| -> Vec<String> {
        store
            .entity_decisions()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    for line in ["merge a into b", "split c", "rename b to Bee"] {
        decide(&mut store, line);
    }
    let before = order(&store);
    let file = read("distinct a from b\nhide d").unwrap();
    let (n, first) = store
        .decide_entities(&file, "names.txt", minute(1))
        .unwrap();
    assert_eq!((n, store.last_import().unwrap()), (2, None));
    assert_eq!(store.steps().unwrap()[0].label, "names.txt");
    undo(&mut store, first.unwrap(), "the file");
    assert_eq!(order(&store), before);
    // And as the screen takes it back.
    decide(&mut store, "distinct a from b");
    store
        .decide_entity_again(&read("merge a into b").unwrap()[0], minute(2))
        .unwrap();
    assert_eq!(order(&store), before);
}

#[test]
fn what_was_set_and_decided_is_taken_back_without_the_document() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", THEN, "strongly condemned the illegal");
    place(&mut store, Place::Confirm);
    let revision = Revision::of_text(NOW);
    let back = store
        .decide_place_again(RecordId(1), &revision, Place::Withdraw, minute(2))
        .unwrap();
    assert!(
        matches!(
            back.anchor,
            Anchor::Probable(_) | Anchor::Edited(_) | Anchor::Moved(_)
        ),
        "{back:?}"
    );
    set(&mut store, |meta| meta.title = Some("Mine".to_owned()));
    let was = store
        .set_known_meta("/a.txt", &Corrections::default(), minute(2))
        .unwrap();
    assert_eq!(was.title.as_deref(), Some("Mine"));
    assert!(store.all_meta().unwrap().is_empty());
    let error = store
        .set_known_meta("/none.txt", &was, minute(3))
        .unwrap_err();
    assert!(
        error.to_string().contains("no document /none.txt"),
        "{error}"
    );
}
