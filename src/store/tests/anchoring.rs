//! Where annotations were found, what the reader decided, links, tags, bulk changes and what comes in.

use super::*;
use crate::annotation::{Anchor, Anchoring, LinkKind, Method, RecordId};
use crate::store::{BulkChange, Decision};

const MOVED: &str = "The ministers of the three countries strongly condemned the illegal transfer of arms. Many things were said that day about rivers, and nobody wrote any of them down. \
    In the evening a train took everybody home, slowly and with long stops. Then they left.";
const EDITED: &str = "Many things were said that day about rivers, and nobody wrote any of them down. In the evening a train took everybody home, slowly and with long stops. \
    The ministers of the four countries have strongly condemned the unlawful transfer of arms. Then they left.";

/// The status of the only annotation of a document, and the words it stands at.
fn standing(store: &Store, locator: &str, text: &str) -> String {
    let document = document(locator, text);
    let placed = store.place_annotations(locator, &document).unwrap();
    let [(_, found)] = placed.as_slice() else {
        panic!("{placed:?}")
    };
    let words = found.anchor.range().map_or("", |range| range.of_text(text));
    format!("{}: {words}", found.anchor.status())
}

/// A store with a note on `exact`, and its number.
fn with_note(exact: &str) -> (Store, RecordId) {
    let mut store = Store::in_memory().unwrap();
    let id = annotate(&mut store, "/a.txt", MOVED, exact).id;
    (store, id)
}

/// The place that is offered in the edited text.
fn offered(store: &mut Store) -> (Document, TextRange) {
    let document = document("/a.txt", EDITED);
    let placed = store.place_annotations("/a.txt", &document).unwrap();
    let (note, found) = &placed[0];
    store
        .record_anchorings(&document, "/a.txt", &[(note.id, found.clone())], minute(2))
        .unwrap();
    assert_eq!(found.method, Some(Method::Resemblance));
    let Anchor::Probable(range) = found.anchor else {
        panic!("{found:?}")
    };
    (document, range)
}

#[test]
fn a_probable_place_is_confirmed_and_leads_to_the_next_text() {
    let (mut store, id) = with_note("strongly condemned the illegal transfer");
    let (document, range) = offered(&mut store);
    assert_eq!(
        range.of_text(EDITED),
        "strongly condemned the unlawful transfer"
    );
    store
        .decide_place(id, &document, "/a.txt", Decision::Confirm(range), minute(3))
        .unwrap();
    assert_eq!(
        standing(&store, "/a.txt", EDITED),
        "edited: strongly condemned the unlawful transfer"
    );
    // The next text is compared with the one the reader confirmed, not with the first.
    let later = format!("News. {EDITED}");
    assert_eq!(
        standing(&store, "/a.txt", &later),
        "edited: strongly condemned the unlawful transfer"
    );
    let withdrawn = store
        .decide_place(id, &document, "/a.txt", Decision::Withdraw, minute(4))
        .unwrap();
    assert_eq!(withdrawn.anchor, Anchor::Probable(range));
    assert_eq!(
        standing(&store, "/a.txt", EDITED),
        "probable: strongly condemned the unlawful transfer"
    );
    let history: Vec<(String, Option<String>)> = store
        .anchorings_of(id)
        .unwrap()
        .into_iter()
        .map(|record| (record.anchoring.anchor.status().to_owned(), record.decision))
        .collect();
    let line =
        |status: &str, decision: Option<&str>| (status.to_owned(), decision.map(str::to_owned));
    assert_eq!(
        history,
        [
            line("probable", None),
            line("edited", Some("confirmed")),
            line("probable", Some("withdrawn")),
        ]
    );
    assert_eq!(
        store.annotation(id).unwrap().unwrap().target.quote.exact,
        "strongly condemned the illegal transfer",
        "what was annotated is never overwritten"
    );
}

#[test]
fn a_rejected_place_is_lost_in_that_text_alone() {
    let (mut store, id) = with_note("strongly condemned the illegal transfer");
    let (document, _) = offered(&mut store);
    store
        .decide_place(id, &document, "/a.txt", Decision::Reject, minute(3))
        .unwrap();
    assert_eq!(standing(&store, "/a.txt", EDITED), "lost: ");
    assert_eq!(
        standing(&store, "/a.txt", MOVED),
        "unchanged: strongly condemned the illegal transfer"
    );
}

#[test]
fn the_reader_picks_among_several_places() {
    let mut store = Store::in_memory().unwrap();
    let then =
        "Before all that came the long agreement of 1994 to an end. And more was said there.";
    let now = "Alpha the long agreement of 1994 beta. Gamma the long agreement of 1994 delta. And nothing else.";
    let id = annotate(&mut store, "/a.txt", then, "the long agreement of 1994").id;
    let document = document("/a.txt", now);
    let second = now.rfind("the long").unwrap();
    let range = TextRange::of(second, second + "the long agreement of 1994".len());
    let found = store
        .decide_place(id, &document, "/a.txt", Decision::Pick(range), minute(2))
        .unwrap();
    assert_eq!(found.anchor, Anchor::Moved(range));
    let placed = store.place_annotations("/a.txt", &document).unwrap();
    assert_eq!(placed[0].1, found);
}

#[test]
fn what_was_given_up_stays_so_until_its_words_come_back() {
    let (mut store, id) = with_note("strongly condemned the illegal transfer");
    let (document, _) = offered(&mut store);
    store
        .decide_place(id, &document, "/a.txt", Decision::Reject, minute(3))
        .unwrap();
    let later = format!("News. {EDITED}");
    let placed = store
        .place_annotations("/a.txt", &self::document("/a.txt", &later))
        .unwrap();
    assert_eq!(placed[0].1.anchor.status(), "lost");
    assert_eq!(placed[0].1.method, Some(Method::Reader), "it asks no more");
    assert_eq!(
        standing(&store, "/a.txt", &format!("News. {MOVED}")),
        "unchanged: strongly condemned the illegal transfer"
    );
}

#[test]
fn a_picked_place_holds_in_later_texts() {
    let mut store = Store::in_memory().unwrap();
    let then =
        "Nobody came. Questions may be sent to the press office. The meeting was long and dull.";
    let now = "Nobody came at all. Questions may be sent to the press office. Questions may be sent to the press office. The weather was fine.";
    let words = "Questions may be sent to the press office.";
    let id = annotate(&mut store, "/a.txt", then, words).id;
    let second = now.rfind(words).unwrap();
    let range = TextRange::of(second, second + words.len());
    store
        .decide_place(
            id,
            &document("/a.txt", now),
            "/a.txt",
            Decision::Pick(range),
            minute(2),
        )
        .unwrap();
    let later = now.replace("weather", "water");
    let placed = store
        .place_annotations("/a.txt", &document("/a.txt", &later))
        .unwrap();
    assert_eq!(placed[0].1.anchor, Anchor::Unchanged(range));
}

#[test]
fn a_copy_that_stayed_as_it_was_hides_no_doubt_about_the_other() {
    let (mut store, id) = with_note("strongly condemned the illegal transfer");
    let (document, _) = offered(&mut store);
    let copy = self::document("/b.txt", MOVED);
    let placed = store.place_annotations("/b.txt", &copy).unwrap();
    assert_eq!(placed[0].1.anchor.status(), "unchanged");
    let found = [(id, placed[0].1.clone())];
    store
        .record_anchorings(&copy, "/b.txt", &found, minute(3))
        .unwrap();
    let places = store.places_in_doubt().unwrap();
    assert!(
        places.iter().any(|place| **place == *"/a.txt"),
        "{places:?}"
    );
    store
        .decide_place(id, &document, "/a.txt", Decision::Reject, minute(4))
        .unwrap();
    assert!(store.places_in_doubt().unwrap().is_empty());
}

#[test]
fn the_history_is_not_written_twice_and_never_changed() {
    let (mut store, id) = with_note("Then they left");
    let later = document("/a.txt", EDITED);
    let found = [(id, Anchoring::lost(3))];
    assert_eq!(
        store
            .record_anchorings(&later, "/a.txt", &found, minute(2))
            .unwrap(),
        1
    );
    assert_eq!(
        store
            .record_anchorings(&later, "/a.txt", &found, minute(3))
            .unwrap(),
        0
    );
    assert_eq!(
        store.last_statuses().unwrap()[&id].anchoring,
        Anchoring::lost(3)
    );
    for sql in [
        "DELETE FROM anchorings",
        "UPDATE anchorings SET status = 'moved'",
    ] {
        let error = store.connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("where an annotation was found"), "{error}");
    }
}

#[test]
fn links_are_followed_both_ways_and_come_back() {
    let mut store = Store::in_memory().unwrap();
    let one = annotate(&mut store, "/a.txt", TEXT, "condemn").id;
    let two = annotate(&mut store, "/b.txt", MOVED, "condemned").id;
    let link = store
        .add_link(one, two, LinkKind::Contradicts, "who is right?", minute(2))
        .unwrap();
    let again = store
        .add_link(one, two, LinkKind::Contradicts, "", minute(3))
        .unwrap();
    assert_eq!(again, link);
    assert_eq!(store.links_of(one).unwrap(), store.links_of(two).unwrap());
    store.delete_annotation(two, minute(4)).unwrap();
    assert_eq!(store.links_of(one).unwrap(), []);
    store.restore_annotation(two, minute(5)).unwrap();
    assert_eq!(store.all_links().unwrap(), std::slice::from_ref(&link));
    store.delete_link(link.id, minute(6)).unwrap();
    assert_eq!(store.links_of(two).unwrap(), []);
    store.restore_link(link.id, minute(7)).unwrap();
    assert_eq!(store.links_of(two).unwrap().len(), 1);
    let error = store
        .add_link(one, RecordId(99), LinkKind::Quotes, "", minute(8))
        .unwrap_err();
    assert!(error.to_string().contains("no annotation 99"), "{error}");
}

#[test]
fn many_are_changed_at_once_or_none() {
    let mut store = Store::in_memory().unwrap();
    let ids: Vec<RecordId> = ["condemn", "deny", "核実験"]
        .map(|exact| annotate(&mut store, "/a.txt", TEXT, exact).id)
        .to_vec();
    let retag = BulkChange::Retag {
        add: vec!["new".to_owned()],
        remove: vec!["arms".to_owned()],
    };
    let before = store.change_annotations(&ids, &retag, minute(2)).unwrap();
    assert_eq!(before.len(), 3);
    assert_eq!(store.tags().unwrap(), [("new".to_owned(), 3)]);
    let back: Vec<(RecordId, Body)> = before
        .into_iter()
        .map(|note| (note.id, note.body))
        .collect();
    store.put_bodies(&back, minute(3)).unwrap();
    assert_eq!(store.tags().unwrap(), [("arms".to_owned(), 3)]);
    store
        .change_annotations(&ids[..2], &BulkChange::Delete, minute(4))
        .unwrap();
    let error = store
        .change_annotations(&ids, &BulkChange::Recolour(Colour::Pink), minute(5))
        .unwrap_err();
    assert!(error.to_string().contains("no annotation"), "{error}");
    assert_eq!(
        store.all_annotations().unwrap()[0].record.body.colour,
        Colour::Green
    );
    store
        .change_annotations(&ids[..2], &BulkChange::Restore, minute(6))
        .unwrap();
    assert_eq!(store.all_annotations().unwrap().len(), 3);
    // Nothing changes, nothing is logged.
    let last = store.last_change().unwrap();
    let same = BulkChange::Recolour(Colour::Green);
    assert_eq!(
        store.change_annotations(&ids, &same, minute(7)).unwrap(),
        []
    );
    assert_eq!(store.last_change().unwrap(), last);
}
