//! What comes in at once, the vocabulary, and what takes them back.

use super::*;
use crate::annotation::{Control, LinkKind, Origin, RecordId, Signed, Tag, Uid};
use crate::store::{BulkChange, Left, Parcel, What};

/// Annotations of another program on these words, numbered from 1.
fn coming(document: &Document, words: &[&str]) -> Vec<Signed> {
    let signed = |(n, exact): (usize, &&str)| Signed {
        uid: uid(n as u8 + 1),
        annotation: Annotation {
            id: RecordId(0),
            target: target(document, exact),
            body: body("from elsewhere", &["in"]),
            created: minute(-9),
            modified: minute(-8),
        },
        creator: Some("Ann".to_owned()),
        origin: Origin {
            id: Some(format!("x7Y{n}")),
            references: vec!["q".to_owned()],
            whole: false,
        },
    };
    words.iter().enumerate().map(signed).collect()
}

fn uid(n: u8) -> Uid {
    Uid([n; 16])
}

/// Brings in annotations on these words, the first linked with the second; the ids of those that are new or back.
fn bring_in(store: &mut Store, words: &[&str], at: i64) -> (Vec<RecordId>, Option<i64>) {
    let document = document("/a.txt", TEXT);
    let parcel = Parcel {
        document: &document,
        locator: "/a.txt",
        signed: coming(&document, words),
    };
    let links = [(uid(1), LinkKind::Confirms, uid(2))];
    let arrival = store
        .receive(&[parcel], &links, "notes.json", minute(at))
        .unwrap();
    (arrival.parcels[0].added.clone(), arrival.first)
}

fn counts(store: &Store) -> (usize, usize) {
    let (notes, links) = (store.all_annotations(), store.all_links());
    (notes.unwrap().len(), links.unwrap().len())
}

#[test]
fn what_comes_in_twice_is_there_once() {
    let mut store = Store::in_memory().unwrap();
    let (added, first) = bring_in(&mut store, &["deny", "condemn"], 1);
    assert_eq!((added.len(), first), (2, Some(1)));
    let mut expected = coming(&document("/a.txt", TEXT), &["deny", "condemn"]);
    for (signed, id) in expected.iter_mut().zip(&added) {
        signed.annotation.id = *id;
    }
    assert_eq!(store.signed(&added).unwrap(), expected);
    assert_eq!(counts(&store), (2, 1));
    assert_eq!(
        bring_in(&mut store, &["deny", "condemn"], 2),
        (vec![], None)
    );
    assert_eq!(counts(&store), (2, 1));
    store.delete_annotation(added[0], minute(3)).unwrap();
    assert_eq!(bring_in(&mut store, &["deny", "condemn"], 4).0, []);
    assert_eq!(counts(&store).0, 1, "what the reader deleted stays so");
}

#[test]
fn an_import_is_taken_back_whole_and_comes_again() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", TEXT, "They");
    let (added, first) = bring_in(&mut store, &["deny", "condemn", "核実験"], 2);
    let import = store.last_import().unwrap().unwrap();
    assert_eq!(
        (import.what, import.label.as_str(), Some(import.first)),
        (What::Import, "notes.json", first)
    );
    // Any change of the import leads to all of it.
    let back = store.take_back(import.last, minute(3)).unwrap();
    assert_eq!((back.done, back.left.as_slice()), (4, [].as_slice()));
    assert_eq!(counts(&store), (1, 0));
    assert_eq!(store.last_import().unwrap(), None);

    // Taking that back brings everything again; so does the file.
    let again = store.take_back(back.first.unwrap(), minute(4)).unwrap();
    assert_eq!((again.done, counts(&store)), (4, (4, 1)));
    assert_eq!(store.last_import().unwrap().unwrap().first, import.first);
    store.take_back(again.first.unwrap(), minute(5)).unwrap();
    assert_eq!(counts(&store), (1, 0));
    assert_eq!(
        bring_in(&mut store, &["deny", "condemn", "核実験"], 6).0,
        added
    );
    assert_eq!(counts(&store), (4, 1));
}

#[test]
fn what_was_changed_since_an_import_stays_and_is_named() {
    let mut store = Store::in_memory().unwrap();
    let words = ["deny", "condemn", "核実験", "They", "it"];
    let (ids, first) = bring_in(&mut store, &words, 1);
    store
        .update_annotation(ids[2], &body("mine now", &[]), minute(2))
        .unwrap();
    let own = annotate(&mut store, "/a.txt", TEXT, "tat").id;
    store
        .add_link(own, ids[3], LinkKind::Quotes, "", minute(2))
        .unwrap();
    let back = store.take_back(first.unwrap(), minute(3)).unwrap();
    let left: Vec<(i64, &str)> = back
        .left
        .iter()
        .map(|Left { record, why, .. }| (*record, why.as_str()))
        .collect();
    assert_eq!(
        left,
        [
            (ids[2].0, "it was changed since (change 7)"),
            (ids[3].0, "it was linked since (link 2)")
        ]
    );
    assert_eq!(back.done, 4, "three notes and their link");
    assert_eq!(counts(&store), (3, 1));
}

#[test]
fn an_import_on_a_full_disk_brings_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut store = Store::open(&path, minute(0)).unwrap();
    let own = annotate(&mut store, "/a.txt", TEXT, "They");
    let pragma = |store: &Store, line: &str| -> i64 {
        let number = store.connection.query_row(line, [], |row| row.get(0));
        number.unwrap()
    };
    let pages = pragma(&store, "PRAGMA page_count");
    pragma(&store, &format!("PRAGMA max_page_count = {}", pages + 1));
    let document = document("/a.txt", TEXT);
    let mut signed = coming(&document, &["deny", "condemn"]);
    for one in &mut signed {
        one.annotation.body.note = "a note that needs room ".repeat(2000);
    }
    let parcel = Parcel {
        document: &document,
        locator: "/a.txt",
        signed,
    };
    let error = store
        .receive(&[parcel], &[], "notes.json", minute(2))
        .unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    let left = store.all_annotations().unwrap();
    assert_eq!((left.len(), &left[0].record), (1, &own));
    assert_eq!(
        (store.steps().unwrap().len(), store.last_change().unwrap()),
        (0, 1)
    );
}

#[test]
fn two_instances_take_the_same_import_back_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut one = Store::open(&path, minute(0)).unwrap();
    let mut two = Store::open(&path, minute(0)).unwrap();
    let (_, first) = bring_in(&mut one, &["deny", "condemn"], 1);
    // The clock of the other goes an hour behind.
    assert_eq!(two.take_back(first.unwrap(), minute(-60)).unwrap().done, 3);
    let again = one.take_back(first.unwrap(), minute(2)).unwrap();
    assert_eq!((again.done, again.left.len()), (0, 3));
    assert_eq!(counts(&one), (0, 0));
    assert_eq!(one.last_import().unwrap(), None);
}

#[test]
fn a_single_change_is_taken_back_too() {
    let mut store = Store::in_memory().unwrap();
    let id = annotate(&mut store, "/a.txt", TEXT, "deny").id;
    store
        .update_annotation(id, &body("second", &["b"]), minute(2))
        .unwrap();
    let change = store.last_change().unwrap();
    assert_eq!(store.take_back(change, minute(3)).unwrap().done, 1);
    let body_now = store.annotation(id).unwrap().unwrap().body;
    assert_eq!(body_now, body("why?", &["arms"]));
    let stale = store.take_back(change, minute(4)).unwrap();
    assert_eq!(
        (stale.done, stale.left[0].why.as_str()),
        (0, "it was changed since (change 3)")
    );
    // It is as it was made, so that its making can be taken back.
    assert_eq!(store.take_back(1, minute(4)).unwrap().done, 1);
    let error = store.take_back(99, minute(5)).unwrap_err();
    assert!(error.to_string().contains("no change 99"), "{error}");
}

#[test]
fn many_notes_changed_at_once_are_one_step() {
    let mut store = Store::in_memory().unwrap();
    let ids: Vec<RecordId> = ["condemn", "deny"]
        .map(|exact| annotate(&mut store, "/a.txt", TEXT, exact).id)
        .to_vec();
    store
        .change_annotations(&ids, &BulkChange::Recolour(Colour::Pink), minute(2))
        .unwrap();
    let steps = store.steps().unwrap();
    assert_eq!((steps.len(), steps[0].label.as_str()), (1, "2 notes pink"));
    assert_eq!(store.take_back(steps[0].first, minute(3)).unwrap().done, 2);
    let colours: Vec<Colour> = (store.all_annotations().unwrap().iter())
        .map(|placed| placed.record.body.colour)
        .collect();
    assert_eq!(colours, [Colour::Green, Colour::Green]);
}

fn tag(name: &str, description: &str, control: Control) -> Tag {
    Tag {
        name: name.to_owned(),
        description: description.to_owned(),
        control,
    }
}

/// Name, what it means, `!` if it is controlled, and how often it is used.
fn vocabulary(store: &Store) -> Vec<String> {
    let told = store.vocabulary().unwrap().into_iter().map(|used| {
        let sign = if used.tag.control.is_controlled() {
            "!"
        } else {
            ""
        };
        format!(
            "{sign}{} {}: {}",
            used.tag.name, used.uses, used.tag.description
        )
    });
    told.collect()
}

#[test]
fn tags_have_descriptions_and_may_be_controlled() {
    let mut store = Store::in_memory().unwrap();
    annotate(&mut store, "/a.txt", TEXT, "condemn");
    let arms = tag("#arms", " Shells and rockets ", Control::Controlled);
    store.put_tag(&arms, minute(2)).unwrap();
    store
        .put_tag(&tag("ports", "Ships", Control::Free), minute(2))
        .unwrap();
    assert_eq!(
        vocabulary(&store),
        ["!arms 1: Shells and rockets", "ports 0: Ships"]
    );
    store.put_tag(&Tag::plain("ports"), minute(3)).unwrap();
    assert_eq!(vocabulary(&store).len(), 1);
    assert_eq!(store.changes_since(1).unwrap().len(), 3);
}

#[test]
fn a_renamed_tag_is_renamed_on_every_note_and_can_be_taken_back() {
    let mut store = Store::in_memory().unwrap();
    for exact in ["condemn", "deny"] {
        annotate(&mut store, "/a.txt", TEXT, exact);
    }
    store
        .put_tag(&tag("arms", "Shells", Control::Controlled), minute(2))
        .unwrap();
    store
        .put_tag(&tag("guns", "Rifles", Control::Free), minute(2))
        .unwrap();
    let (n, first) = store.rename_tag("arms", "guns", minute(3)).unwrap();
    assert_eq!(
        (n, vocabulary(&store)),
        (2, vec!["!guns 2: Rifles · Shells".to_owned()])
    );
    let back = store.take_back(first.unwrap(), minute(4)).unwrap();
    assert_eq!(
        (back.left.len(), back.step.unwrap().label),
        (0, "arms is guns now".to_owned())
    );
    assert_eq!(vocabulary(&store), ["!arms 2: Shells", "guns 0: Rifles"]);
    let error = store.rename_tag("nothing", "x", minute(5)).unwrap_err();
    assert!(error.to_string().contains("no tag nothing"), "{error}");
}

#[test]
fn a_vocabulary_is_taken_over_as_one_step() {
    let mut store = Store::in_memory().unwrap();
    let tags = [
        tag("arms", "Shells", Control::Controlled),
        tag("talks", "", Control::Controlled),
    ];
    let (n, first) = store.put_vocabulary(&tags, "tags.txt", minute(1)).unwrap();
    assert_eq!((n, vocabulary(&store).len()), (2, 2));
    let again = store.put_vocabulary(&tags, "tags.txt", minute(2)).unwrap();
    assert_eq!(again, (0, None));
    store.take_back(first.unwrap(), minute(3)).unwrap();
    assert_eq!(vocabulary(&store), Vec::<String>::new());
}
