//! Highlights, notes, tags, marks, bookmarks and metadata as the effects that save them.

use super::{App, NOTE, open};
use crate::annotation::{BookmarkName, Colour};
use crate::app::effect::{Change, Effect};
use crate::app::msg::Outcome;
use crate::library::Corrections;

fn only(app: &mut App, keys: &str) -> Change {
    let mut saves = app.saves(keys);
    assert_eq!(saves.len(), 1, "{saves:?}");
    let (mut changes, _) = saves.remove(0);
    assert_eq!(changes.len(), 1);
    changes.remove(0)
}

fn made(change: &Change) -> (String, Colour, String) {
    let Change::Annotation {
        before: None,
        after: Some(note),
    } = change
    else {
        panic!("{change:?}");
    };
    (
        note.target.quote.exact.clone(),
        note.body.colour,
        note.body.note.clone(),
    )
}

#[test]
fn a_highlight_takes_the_selection_or_the_sentence_and_a_colour() {
    let change = only(&mut open(NOTE), "jvwh");
    assert_eq!(
        made(&change),
        ("Japan".into(), Colour::Yellow, String::new())
    );
    let change = only(&mut open(NOTE), "j3h");
    assert_eq!(made(&change).0, "Japan signed the paper on 5 May 2024.");
    assert_eq!(made(&change).1, Colour::Blue);
}

#[test]
fn on_a_highlight_h_takes_the_next_colour_and_x_deletes_it() {
    let mut app = open(NOTE).after("j");
    app.saved("h", 1);
    app.saved("h", 2);
    assert_eq!(app.reader().annotations[0].0.body.colour, Colour::Green);
    app.saved("x", 2);
    assert!(app.reader().annotations.is_empty());
    assert_eq!(app.status(), "Saved · highlight deleted");
}

#[test]
fn a_note_is_written_in_lines_and_pasted_into() {
    let mut app = open(NOTE).after("jaFirst<enter>second");
    app.paste(" and\r\nthird\u{1b}[2J");
    let change = only(&mut app, "<esc>");
    assert_eq!(made(&change).2, "First\nsecond and\nthird");
    assert_eq!(open(NOTE).saves("ja<esc>"), [], "nothing was written");
    assert_eq!(open(NOTE).saves("jadraft<C-c>"), []);
}

#[test]
fn the_nested_note_is_the_one_under_the_cursor() {
    let mut app = open(NOTE).after("j");
    app.saved("h", 1);
    app.saved("vwh", 2);
    let at = app.reader().at;
    assert_eq!(
        app.reader().annotation_at(at).map(|(note, _)| note.id.0),
        Some(2)
    );
    assert_eq!(
        app.reader()
            .annotation_at(at + 20)
            .map(|(note, _)| note.id.0),
        Some(1)
    );
    assert_eq!(app.reader().annotation_at(0), None);
}

#[test]
fn tags_are_parted_and_completed() {
    let mut app = open(NOTE).after("j");
    app.saved("t#treaty, asia treaty<enter>", 1);
    assert_eq!(app.reader().annotations[0].0.body.tags, ["treaty", "asia"]);
    app.saved("G", 1);
    app.saved("ttr<tab><enter>", 2);
    assert_eq!(app.reader().annotations[1].0.body.tags, ["treaty"]);
    assert_eq!(open(NOTE).saves("jt<enter>"), [], "no tags, no annotation");
}

#[test]
fn marks_of_the_document_and_of_the_library() {
    let mut app = open(NOTE).after("j");
    app.saved("ma", 1);
    assert_eq!(app.reader().bookmarks[0].0.name, BookmarkName::Local('a'));
    app.keys("G'a");
    assert_eq!(app.at(), "Japan si");
    app.keys("''");
    assert_eq!(app.at(), "France w");
    app.saved("maggmB", 2);
    assert_eq!(app.reader().bookmarks.len(), 2, "a is set anew, not twice");
    app.keys("G'B");
    assert_eq!(app.at(), "Joint no");
    app.keys("'z");
    assert!(app.status().starts_with("There is no mark z"));
    app.keys(":mark 5<enter>");
    assert!(app.status().contains("a letter, a to z"));
}

#[test]
fn bookmarks_have_names_and_x_deletes_them() {
    let mut app = open(NOTE).after("j");
    app.saved("Mthe paper<enter>", 1);
    assert_eq!(
        app.reader().bookmarks[0].0.name,
        BookmarkName::Named("the paper".into())
    );
    app.saved("x", 2);
    assert!(app.reader().bookmarks.is_empty());
}

#[test]
fn a_mark_of_another_document_opens_it() {
    let mut app = open(NOTE).after("j");
    app.saved("mQ", 1);
    app.model
        .open(super::doc(2), crate::app::model::Landing::Remembered);
    app.answer(super::opened(super::document(
        super::doc(2),
        "Other words.",
    )));
    let effects = app.keys("'Q");
    assert!(matches!(effects.as_slice(), [Effect::Open { doc, .. }] if *doc == super::doc(1)));
    app.answer(super::opened(super::document(super::doc(1), NOTE)));
    assert_eq!(app.at(), "Japan si");
}

fn dated(typed: &str) -> Option<String> {
    let mut app = open(NOTE);
    let saves = app.saves(&format!(":date {typed}<enter>"));
    match saves.first().map(|(changes, _)| &changes[0]) {
        Some(Change::Meta {
            after: Corrections { published, .. },
            ..
        }) => published.as_ref().map(ToString::to_string),
        _ => None,
    }
}

#[test]
fn a_date_is_taken_as_people_write_it() {
    assert_eq!(dated("2023-10-25").as_deref(), Some("2023-10-25"));
    assert_eq!(dated("25 October 2023").as_deref(), Some("2023-10-25"));
    assert_eq!(dated("Oct. 25, 2023").as_deref(), Some("2023-10-25"));
    assert_eq!(dated("October 2023").as_deref(), Some("2023-10"));
    assert_eq!(dated("1999").as_deref(), Some("1999"));
    assert_eq!(
        dated("mid-October 2023").as_deref(),
        Some("2023-10-11/2023-10-20")
    );
    assert_eq!(dated("some day"), None);
}

#[test]
fn metadata_shows_in_the_list_and_the_document_is_read_again() {
    let mut app = open(NOTE);
    let effects = app.saved(":title A new name<enter>", 1);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Open { .. }, Effect::Timeline { .. }]
    ));
    assert_eq!(
        &*app.model.list.listing(super::doc(1)).unwrap().title,
        "A new name"
    );
    assert_eq!(app.saves(":title A new name<enter>"), [], "nothing changed");
    app.saved(":date 2024-09-01<enter>", 1);
    assert_eq!(
        app.model.list.chosen().map(|listing| listing.id),
        Some(super::doc(1))
    );
    assert_eq!(
        app.model.list.selected, 2,
        "it moves down the list with its date"
    );
}

#[test]
fn a_copy_carries_its_citation() {
    let effects = open(NOTE).keys("jvwy");
    let [Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(text, "“Japan”\n— “Joint note”, paragraph 2\n");
    assert_eq!(open("").keys("y"), []);
}

#[test]
fn an_annotation_motion_goes_to_each_and_not_round() {
    let mut app = open(NOTE).after("j");
    app.saved("vwh", 1);
    app.saved("Gvwh", 2);
    app.keys("gg]a");
    assert_eq!(app.at(), "Japan si");
    app.keys("]a");
    assert_eq!(app.at(), "France w");
    app.keys("]a");
    assert_eq!(app.status(), "No annotation further below");
    app.keys("2[a");
    assert_eq!(app.at(), "Japan si");
}

#[test]
fn a_failed_store_is_said_until_it_is_mended() {
    let mut app = open(NOTE);
    app.done(Outcome::StoreState(Some("the library is read-only".into())));
    app.keys("j");
    assert_eq!(
        app.model.status.standing.as_deref(),
        Some("the library is read-only")
    );
    app.done(Outcome::StoreState(None));
    assert_eq!(app.model.status.standing, None);
}
