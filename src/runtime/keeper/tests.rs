use std::sync::mpsc::channel;

use super::*;
use crate::annotation::{Body, Target};
use crate::text::TextRange;

fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + n * 60).unwrap()
}

/// The notes of the open document, as the last message about it tells.
fn notes_told(messages: &Receiver<Msg>) -> Option<usize> {
    messages
        .try_iter()
        .filter_map(|message| match message {
            Msg::Done(Outcome::Opened(_, opened)) => Some(opened.annotations.len()),
            _ => None,
        })
        .last()
}

#[test]
fn a_note_of_another_program_is_seen_also_when_this_one_writes_in_between() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("postil.db");
    let mut other = Store::open(&path, minute(0)).unwrap();
    let (out, messages) = channel();
    let store = Store::open(&path, minute(0)).unwrap();
    let document = crate::language::sample::document("They met in Berlin.");
    let locator: Arc<str> = "/a.txt".into();
    let mut keeper = Keeper {
        seen_version: store.data_version().ok(),
        store: Some(store),
        path,
        out,
        analyst: channel().0,
        librarian: channel().0,
        open: Some(Page {
            locator: locator.clone(),
            document: Arc::new(document.clone()),
            warnings: Vec::new(),
            dates: Vec::new(),
        }),
        told: None,
        roots: Vec::new(),
        shelf: Shelf::default(),
    };
    keeper.look();
    assert_eq!(notes_told(&messages), None, "nobody wrote");

    let target = Target::new(&document, TextRange::of(0, 4));
    other
        .add_annotation(&document, &locator, &target, &Body::default(), minute(1))
        .unwrap();
    keeper.quietly(|store, now| store.visit("document", "/a.txt", now));
    keeper.look();
    assert_eq!(notes_told(&messages), Some(1));
    keeper.look();
    assert_eq!(notes_told(&messages), None, "it was told already");
}
