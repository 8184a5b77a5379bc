use super::*;
use crate::annotation::{Annotation, Body};
use crate::import::exact;
use crate::runtime::keeper::Shelf;

const LOCATOR: &str = "/a.txt";

/// Sentences of their own; the second text has others before and between them.
fn text(n: usize, revised: bool) -> String {
    let sentence = |n: usize| {
        let new = if revised && n.is_multiple_of(3) {
            "Nobody saw it. "
        } else {
            ""
        };
        format!(
            "{new}Delegation {n} left the harbour with ship {} at dawn. ",
            n * 7
        )
    };
    (0..n).map(sentence).collect()
}

/// A keeper whose store has notes on every fifth sentence, what it tells, and how many notes there are.
fn keeper(n: usize) -> (Keeper, Receiver<Msg>, usize) {
    let mut store = Store::in_memory().unwrap();
    let then = exact(LOCATOR, &text(n, false), None, None);
    let mut n_notes = 0;
    for n in (0..n).step_by(5) {
        let words = format!("Delegation {n} left");
        let at = then.text.find(&words).unwrap();
        let target = Target::new(&then, TextRange::of(at, at + words.len()));
        store
            .add_annotation(
                &then,
                LOCATOR,
                &target,
                &Body::default(),
                jiff::Timestamp::UNIX_EPOCH,
            )
            .unwrap();
        n_notes += 1;
    }
    let (out, messages) = channel();
    let keeper = Keeper {
        seen_version: None,
        store: Some(store),
        path: std::path::PathBuf::new(),
        out,
        analyst: channel().0,
        librarian: channel().0,
        open: None,
        told: None,
        roots: Vec::new(),
        shelf: Shelf::default(),
    };
    (keeper, messages, n_notes)
}

fn loaded(text: &str) -> Loaded {
    Loaded {
        locator: LOCATOR.into(),
        document: exact(LOCATOR, text, None, None),
        warnings: Vec::new(),
        coverage: Coverage::Whole,
        purpose: Purpose::Open(JobId(7)),
    }
}

/// The notes of a page as it is first shown, and what was told of them before it.
fn page(messages: &Receiver<Msg>) -> Vec<(Annotation, Anchor)> {
    match messages.try_recv() {
        Ok(Msg::Done(Outcome::Opened(_, opened))) => opened.annotations,
        other => panic!("{other:?}"),
    }
}

fn places(messages: &Receiver<Msg>) -> HashMap<RecordId, Anchoring> {
    let told = messages.try_iter().filter_map(|message| match message {
        Msg::Done(Outcome::Placed(placed)) => Some(placed),
        _ => None,
    });
    let told = told.flatten();
    told.map(|(id, standing)| (id, standing.anchoring))
        .collect()
}

#[test]
fn the_page_is_shown_before_its_notes_are_looked_for() {
    let (mut keeper, messages, n_notes) = keeper(400);
    let revised = text(400, true);
    keeper.place(loaded(&revised));
    let shown = page(&messages);
    assert_eq!(shown.len(), n_notes);
    assert!(shown.iter().all(|(_, anchor)| *anchor == Anchor::Sought));
    let sought = places(&messages);
    assert_eq!(sought.len(), n_notes);
    assert!(sought.values().all(|told| *told == Anchoring::SOUGHT));

    while keeper.take_found(Duration::from_secs(5)) {}
    let found = places(&messages);
    for (note, _) in &shown {
        let anchor = &found[&note.id].anchor;
        let words = anchor.range().unwrap().of_text(&revised);
        assert_eq!(anchor.status(), "unchanged");
        assert_eq!(words, note.target.quote.exact);
    }

    // Another time they are known from the start.
    keeper.place(loaded(&revised));
    let shown = page(&messages);
    assert!(
        shown
            .iter()
            .all(|(note, anchor)| *anchor == found[&note.id].anchor)
    );
}

#[test]
fn another_page_ends_the_search_for_the_notes_of_the_one_before() {
    let (mut keeper, messages, n_notes) = keeper(400);
    keeper.place(loaded(&text(400, true)));
    keeper.place(loaded(&text(400, false)));
    let first = page(&messages);
    assert!(first.iter().all(|(_, anchor)| *anchor == Anchor::Sought));
    let second = messages.try_iter().find_map(|message| match message {
        Msg::Done(Outcome::Opened(_, opened)) => Some(opened.annotations),
        _ => None,
    });
    let second = second.unwrap();
    assert_eq!(second.len(), n_notes);
    let made = |note: &Annotation| Anchor::Unchanged(note.target.position);
    assert!(second.iter().all(|(note, anchor)| *anchor == made(note)));
    assert!(!keeper.take_found(Duration::ZERO), "nothing is under way");
}

#[test]
fn bookmarks_of_large_texts_are_compared_behind_the_page() {
    use crate::annotation::BookmarkName;
    let (mut keeper, messages, _) = keeper(3000);
    let then = exact(LOCATOR, &text(3000, false), None, None);
    let words = "Delegation 600 left";
    let at = then.text.find(words).unwrap();
    let target = Target::new(&then, TextRange::of(at, at + words.len()));
    let name = BookmarkName::Local('a');
    let store = keeper.store.as_mut().unwrap();
    store
        .set_bookmark(&then, LOCATOR, &target, &name, jiff::Timestamp::UNIX_EPOCH)
        .unwrap();
    let revised = text(3000, true);
    assert!(revised.len() > COMPARED_AT_ONCE_BYTES);
    keeper.place(loaded(&revised));
    let told = |messages: &Receiver<Msg>| {
        let opened = messages.try_iter().filter_map(|message| match message {
            Msg::Done(Outcome::Opened(_, opened)) => Some(opened.bookmarks),
            _ => None,
        });
        opened.last().unwrap()[0].1.clone()
    };
    assert_eq!(told(&messages), Anchor::Sought);
    while keeper.take_found(Duration::from_secs(5)) {}
    let range = told(&messages).range().unwrap();
    assert_eq!(range.of_text(&revised), words);
}
