//! Notes in files that changed in ways nobody thinks of: each must stand on its words, ask, or be lost.

use super::follow::Shelf;
use super::*;
use crate::annotation::{Anchor, Anchoring, Method, RecordId};
use crate::import::{Import, import};
use crate::store::Decision;

const TEXT: &str = "The ministers of the three countries met in Zürich on Monday. They condemned the transfer of arms to the north.\n\n\
    Nobody had expected that the river would rise so early. The bridges were closed at noon, and the café stayed open.\n\n\
    The talks will go on in May.\n";

/// A file as it is read.
fn read(bytes: &[u8]) -> Document {
    match import("/a.txt", bytes) {
        Import::Document(imported) => imported.document,
        Import::Skipped(_) => document("/a.txt", ""),
    }
}

/// A store with notes on the passages in the file, one each, and its documents' text.
fn noted(bytes: &[u8], passages: &[&str]) -> (Store, Document) {
    let mut store = Store::in_memory().unwrap();
    let then = read(bytes);
    for exact in passages {
        let target = target(&then, exact);
        store
            .add_annotation(&then, "/a.txt", &target, &body("why?", &[]), minute(1))
            .unwrap();
    }
    (store, then)
}

fn placed(store: &Store, now: &Document) -> Vec<(RecordId, Anchoring)> {
    let found = store.place_annotations("/a.txt", now).unwrap();
    let found = found.into_iter();
    found
        .map(|(note, anchoring)| (note.id, anchoring))
        .collect()
}

/// The statuses of the notes and the words they stand at, in the order of the old text.
fn told(store: &Store, now: &Document) -> Vec<String> {
    let tell = |(_, found): (RecordId, Anchoring)| {
        let words = found
            .anchor
            .range()
            .map_or("", |range| range.of_text(&now.text));
        format!("{}: {words}", found.anchor.status())
    };
    placed(store, now).into_iter().map(tell).collect()
}

/// Notes on `passages` of the first file, looked for in the second.
fn check(then: &[u8], passages: &[&str], now: &[u8], expected: &[&str]) {
    let (store, _) = noted(then, passages);
    assert_eq!(told(&store, &read(now)), expected);
}

#[test]
fn a_file_swapped_for_an_empty_one_loses_its_notes_and_gives_them_back() {
    let (store, then) = noted(TEXT.as_bytes(), &["condemned", "the café"]);
    assert_eq!(told(&store, &read(b"")), ["lost: ", "lost: "]);
    assert_eq!(told(&store, &read(b"\n \n")), ["lost: ", "lost: "]);
    assert_eq!(
        told(&store, &then),
        ["unchanged: condemned", "unchanged: the café"]
    );
}

#[test]
fn encodings_marks_of_order_and_line_ends_change_no_words() {
    let (store, then) = noted(TEXT.as_bytes(), &["in Zürich", "the café"]);
    let expected = ["unchanged: in Zürich", "unchanged: the café"];
    let latin: Vec<u8> = TEXT.chars().map(|c| c as u32 as u8).collect();
    let utf_16: Vec<u8> = ("\u{feff}".to_owned() + TEXT)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        latin,
        utf_16,
        format!("\u{feff}{TEXT}").into_bytes(),
        TEXT.replace('\n', "\r\n").into_bytes(),
        TEXT.replace('\n', "\r").into_bytes(),
    ] {
        let now = read(&bytes);
        assert_eq!(told(&store, &now), expected);
        assert_eq!(now.revision, then.revision, "{}", now.text);
    }
}

#[test]
fn composed_and_decomposed_letters_are_the_same_words() {
    let apart = TEXT.replace('ü', "u\u{308}").replace('é', "e\u{301}");
    check(
        TEXT.as_bytes(),
        &["in Zürich", "the café stayed"],
        format!("Corrected.\n\n{apart}").as_bytes(),
        &[
            "unchanged: in Zu\u{308}rich",
            "unchanged: the cafe\u{301} stayed",
        ],
    );
    check(
        apart.as_bytes(),
        &["in Zu\u{308}rich"],
        TEXT.as_bytes(),
        &["unchanged: in Zürich"],
    );
}

#[test]
fn in_a_doubled_document_every_note_asks() {
    let (store, _) = noted(TEXT.as_bytes(), &["condemned", "so early"]);
    let twice = read(format!("{TEXT}\n{TEXT}").as_bytes());
    for (_, found) in placed(&store, &twice) {
        let Anchor::Ambiguous(places) = found.anchor else {
            panic!("{found:?}")
        };
        assert_eq!(places.len(), 2);
    }
}

#[test]
fn paragraphs_set_anew_keep_their_notes() {
    let words: Vec<&str> = TEXT.split(' ').collect();
    let narrow: Vec<String> = words.chunks(5).map(|line| line.join(" ")).collect();
    let narrow = "A new heading\n\n".to_owned() + &narrow.join("\n");
    let (store, _) = noted(TEXT.as_bytes(), &["the transfer of arms", "closed at noon"]);
    for found in placed(&store, &read(narrow.as_bytes())) {
        assert!(matches!(found.1.anchor, Anchor::Unchanged(_)), "{found:?}");
    }
}

#[test]
fn a_file_renamed_and_edited_at_once_keeps_its_notes() {
    let (mut store, _) = noted(TEXT.as_bytes(), &["condemned the transfer of arms"]);
    let edited = TEXT
        .replace("on Monday", "on Tuesday")
        .replace("in May", "in June");
    let files = Shelf::of(&[("/b.txt", &edited)]);
    store.follow(&files.seen(), &files, minute(2)).unwrap();
    let now = document("/b.txt", &edited);
    let found = store.place_annotations("/b.txt", &now).unwrap();
    let [(_, found)] = found.as_slice() else {
        panic!("{found:?}")
    };
    let range = found.anchor.range().unwrap();
    assert_eq!(range.of_text(&edited), "condemned the transfer of arms");
    assert_eq!(found.anchor, Anchor::Unchanged(range));
}

#[test]
fn two_notes_on_the_same_words_go_together() {
    let edited = TEXT.replace("the transfer of arms", "every transfer of arms");
    check(
        TEXT.as_bytes(),
        &["condemned the transfer", "condemned the transfer"],
        edited.as_bytes(),
        &[
            "edited: condemned every transfer",
            "edited: condemned every transfer",
        ],
    );
}

#[test]
fn a_note_over_a_paragraph_break_stays_over_it() {
    let (store, then) = noted(TEXT.as_bytes(), &["Zürich"]);
    drop(store);
    let passage = "to the north.\n\nNobody had expected";
    assert!(then.text.contains(passage), "{}", then.text);
    let edited = format!("Corrected.\n\n{}", TEXT.replace("in May", "in June"));
    check(
        TEXT.as_bytes(),
        &[passage],
        edited.as_bytes(),
        &[&format!("unchanged: {passage}")],
    );
}

#[test]
fn notes_at_the_very_start_and_end_stay_there() {
    let edited = TEXT.replace("so early", "so very late");
    check(
        TEXT.as_bytes(),
        &["The ministers", "in May."],
        edited.as_bytes(),
        &["unchanged: The ministers", "unchanged: in May."],
    );
    let more = format!("Corrected on Friday.\n\n{TEXT}\nThe editors regret it.\n");
    check(
        TEXT.as_bytes(),
        &["The ministers", "in May."],
        more.as_bytes(),
        &["unchanged: The ministers", "unchanged: in May."],
    );
}

#[test]
fn back_in_an_earlier_text_a_note_is_exactly_where_it_was() {
    let (mut store, then) = noted(TEXT.as_bytes(), &["They condemned the transfer of arms"]);
    let (id, first) = placed(&store, &then).remove(0);
    assert_eq!(first.method, Some(Method::Position));
    let sentence = "They condemned the transfer of arms to the north.";
    let gone = read(TEXT.replace(sentence, "").as_bytes());
    let edited =
        TEXT.replace(sentence, "") + "\nThey all condemned the transfer of arms to the north.\n";
    let edited = read(edited.as_bytes());
    for now in [&gone, &edited] {
        let found = placed(&store, now);
        store
            .record_anchorings(now, "/a.txt", &found, minute(2))
            .unwrap();
    }
    // Even what the reader decided about another text does not move it.
    let (_, offered) = placed(&store, &edited).remove(0);
    let range = offered.anchor.range().unwrap();
    store
        .decide_place(id, &edited, "/a.txt", Decision::Confirm(range), minute(3))
        .unwrap();
    assert_eq!(placed(&store, &then), [(id, first)]);
    assert_eq!(placed(&store, &gone)[0].1.anchor.status(), "lost");
    assert_eq!(
        placed(&store, &edited)[0].1.anchor.range(),
        Some(range),
        "and what was decided holds where it was decided"
    );
}

#[test]
fn what_is_known_before_anything_is_looked_for() {
    let (mut store, then) = noted(TEXT.as_bytes(), &["condemned"]);
    let known = store.known_places("/a.txt", &then).unwrap();
    assert!(known[0].is_settled, "the text is the same");
    let now = read(TEXT.replace("Monday", "Friday").as_bytes());
    let known = store.known_places("/a.txt", &now).unwrap();
    assert_eq!((known[0].is_settled, &known[0].anchoring), (false, &None));
    let found = placed(&store, &now);
    store
        .record_anchorings(&now, "/a.txt", &found, minute(2))
        .unwrap();
    let known = store.known_places("/a.txt", &now).unwrap();
    assert_eq!(known[0].anchoring.as_ref(), Some(&found[0].1));
}
