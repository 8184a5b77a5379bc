//! From an edit to the store and back: undo, redo, failures, leaving.

use super::{NOTE, open, saves};
use crate::annotation::{Anchor, RecordId};
use crate::app::effect::{Cause, Change, Effect};
use crate::app::msg::{Kept, Outcome};

fn ids(app: &super::App) -> Vec<i64> {
    let notes = app.reader().annotations.iter();
    notes.map(|(note, _)| note.id.0).collect()
}

#[test]
fn undo_and_redo_send_what_was_saved() {
    let mut app = open(NOTE).after("j");
    app.saved("h", 7);
    assert_eq!(ids(&app), [7]);
    let undo = app.saves("u");
    let [(changes, Cause::Undo)] = undo.as_slice() else {
        panic!("{undo:?}");
    };
    assert!(
        matches!(changes.as_slice(), [Change::Annotation { before: Some(note), after: None }] if note.id == RecordId(7))
    );
    app.done(Outcome::Saved(changes.clone(), Cause::Undo));
    assert_eq!(ids(&app), [0_i64; 0]);
    assert_eq!(app.status(), "Undone · the highlight is gone");
    app.saved("<C-r>", 8);
    assert_eq!(ids(&app), [7], "it comes back under its own number");
    app.saved("uu", 9);
    assert_eq!(app.status(), "Nothing to undo in this session");
}

#[test]
fn each_sort_of_change_is_undone_and_redone() {
    let mut app = open(NOTE).after("j");
    let state = |app: &super::App| {
        let kept = &app.model.kept;
        let reader = app.reader();
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            kept.annotations,
            kept.bookmarks,
            kept.vocabulary,
            reader.annotations,
            reader.bookmarks,
            reader.corrections
        )
    };
    let steps = [
        "h",
        "3h",
        "awhy? 核<esc>",
        "tx<enter>",
        "ma",
        "]sma",
        "mA",
        "Mhere<enter>",
        ":date 2023-10-25<enter>",
        ":title Mine<enter>",
        ":publisher They<enter>",
        ":date -<enter>",
        "gtc<esc>",
        "gtewhat it means<enter><esc>",
        "gtr<C-u>y<enter><esc>",
        "gtx<esc>",
        "x",
        "[sx",
    ];
    for (n, keys) in steps.into_iter().enumerate() {
        let before = state(&app);
        app.saved(keys, 10 * n as i64 + 1);
        let after = state(&app);
        assert_ne!(before, after, "{keys}");
        app.saved("u", 0);
        assert_eq!(state(&app), before, "{keys} undone");
        app.saved("<C-r>", 0);
        assert_eq!(state(&app), after, "{keys} redone");
    }
    app.saved(&"u".repeat(steps.len()), 0);
    assert_eq!(app.status(), "Nothing to undo in this session");
    assert!(app.model.kept.annotations.is_empty() && app.model.kept.bookmarks.is_empty());
}

#[test]
fn undo_waits_for_the_save_before_it() {
    let mut app = open(NOTE).after("j");
    app.saved("h", 1);
    let second = app.saves("]s2h");
    assert_eq!(app.saves("uu"), [], "the second highlight is not saved yet");
    let (mut changes, cause) = second[0].clone();
    changes = changes
        .into_iter()
        .map(|change| super::numbered(change, &mut 2))
        .collect();
    let undo = saves(app.done(Outcome::Saved(changes, cause)));
    assert!(
        matches!(undo[0].0[0], Change::Annotation { before: Some(ref note), after: None } if note.id.0 == 2)
    );
    let undo = saves(app.done(Outcome::Saved(undo[0].0.clone(), Cause::Undo)));
    assert!(
        matches!(undo[0].0[0], Change::Annotation { before: Some(ref note), after: None } if note.id.0 == 1)
    );
}

#[test]
fn a_step_that_could_not_be_saved_can_be_asked_for_again() {
    let mut app = open(NOTE).after("j");
    app.saved("h", 1);
    let undo = app.saves("u");
    app.done(Outcome::SaveFailed(
        undo[0].0.clone(),
        Cause::Undo,
        "disk full".into(),
    ));
    assert_eq!(app.status(), "Not saved: disk full");
    assert_eq!(ids(&app), [1]);
    assert_eq!(app.saves("u"), undo);
}

#[test]
fn what_could_not_be_saved_stays_on_the_screen_and_is_tried_again() {
    let mut app = open(NOTE).after("j");
    let (changes, cause) = app.saves("h").remove(0);
    app.done(Outcome::SaveFailed(
        changes.clone(),
        cause,
        "disk full".into(),
    ));
    assert_eq!(ids(&app), [-1]);
    assert_eq!(app.model.kept.annotations.len(), 1);
    app.done(Outcome::Kept(Kept::default()));
    assert_eq!(
        app.model.kept.annotations.len(),
        1,
        "what other programs wrote does not hide it"
    );

    let again = app.saves(":save<enter>");
    assert_eq!(again, [(changes.clone(), Cause::Edit)], "sent as new");
    app.done(Outcome::SaveFailed(
        changes.clone(),
        cause,
        "disk full".into(),
    ));
    assert_eq!(ids(&app), [-1]);

    app.saved(":save<enter>", 5);
    assert_eq!(ids(&app), [5]);
    assert_eq!(app.model.kept.annotations.len(), 1);
    app.keys(":save<enter>");
    assert_eq!(app.status(), "Everything is saved");
}

#[test]
fn a_change_of_something_unsaved_goes_with_it() {
    let mut app = open(NOTE).after("j");
    let (changes, cause) = app.saves("h").remove(0);
    app.done(Outcome::SaveFailed(changes, cause, "disk full".into()));
    let again = app.saves("ttreaty<enter>");
    assert!(
        matches!(&again[0].0[0], Change::Annotation { before: None, after: Some(note) }
        if note.id.0 == 0 && note.body.tags == ["treaty"])
    );
    app.done(Outcome::SaveFailed(
        again[0].0.clone(),
        cause,
        "disk full".into(),
    ));
    assert_eq!(ids(&app), [-1]);
    app.keys("u");
    assert_eq!(ids(&app), [0_i64; 0]);
    assert!(app.model.unsaved.is_empty());
}

#[test]
fn deleting_something_unsaved_needs_no_store() {
    let mut app = open(NOTE).after("j");
    let (changes, cause) = app.saves("h").remove(0);
    app.done(Outcome::SaveFailed(changes, cause, "disk full".into()));
    assert_eq!(app.saves("x"), []);
    assert_eq!((ids(&app).len(), app.model.unsaved.len()), (0, 0));
}

#[test]
fn a_draft_stays_open_until_it_is_saved() {
    let mut app = open(NOTE).after("j");
    let (changes, cause) = app.saves("aWhy?<esc>").remove(0);
    assert_eq!(app.model.overlays.len(), 1);
    app.done(Outcome::SaveFailed(changes, cause, "disk full".into()));
    assert_eq!((app.model.overlays.len(), app.model.unsaved.len()), (1, 0));
    app.saved("<esc>", 3);
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.reader().annotations[0].0.body.note, "Why?");
}

#[test]
fn the_answer_to_an_older_save_does_not_close_a_draft() {
    let mut app = open(NOTE).after("j");
    let (old, cause) = app.saves("h").remove(0);
    app.keys("aWhy?");
    app.keys("<esc>");
    app.done(Outcome::SaveFailed(old.clone(), cause, "disk full".into()));
    assert_eq!(app.model.unsaved.len(), 1);
    assert_eq!(app.model.overlays.len(), 1);
}

#[test]
fn leaving_with_something_unsaved_warns_once() {
    let mut app = open(NOTE).after("j");
    let (changes, cause) = app.saves("h").remove(0);
    app.done(Outcome::SaveFailed(changes, cause, "disk full".into()));
    assert_eq!(app.keys("q"), []);
    assert!(app.status().contains(":save tries again"));
    app.keys("j");
    assert_eq!(
        app.keys("q"),
        [],
        "another key in between takes the question back"
    );
    assert!(app.keys(":q<enter>").ends_with(&[Effect::Quit]));
}

#[test]
fn quitting_remembers_the_place() {
    let effects = open(NOTE).after("j").keys("q");
    assert!(
        matches!(effects.as_slice(), [Effect::Remember(place), Effect::Quit] if place.at == 12)
    );
}

#[test]
fn a_highlight_stands_where_it_was_made() {
    let mut app = open(NOTE).after("j");
    app.saved("vwh", 1);
    let (note, anchor) = &app.reader().annotations[0];
    assert_eq!(note.target.quote.exact, "Japan");
    assert_eq!(*anchor, Anchor::Unchanged(note.target.position));
}

#[test]
fn an_open_draft_is_written_when_the_program_is_asked_to_end() {
    let mut app = open(NOTE);
    app.keys("aHalf a thought");
    let effects = crate::app::update::update(
        &mut app.model,
        jiff::Timestamp::UNIX_EPOCH,
        crate::app::msg::Msg::Ended,
    );
    let saved = effects.iter().any(|effect| {
        matches!(effect, Effect::Save { changes, .. } if matches!(changes.as_slice(),
            [Change::Annotation { after: Some(note), .. }] if note.body.note == "Half a thought"))
    });
    assert!(saved && effects.last() == Some(&Effect::Quit));
}

#[test]
fn after_a_failed_save_esc_keeps_the_note_in_memory_and_reading_goes_on() {
    let mut app = open(NOTE);
    app.keys("aA thought");
    let (changes, cause) = app.saves("<esc>").remove(0);
    app.done(Outcome::SaveFailed(changes, cause, "disk full".into()));
    app.keys("<esc>");
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.reader().annotations.len(), 1);
    let again = app.saves(":save<enter>");
    assert_eq!(again.len(), 1);
}

#[test]
fn the_same_key_again_makes_no_second_highlight() {
    let mut app = open(NOTE).after("j");
    let saves = app.saves("hh");
    assert_eq!(saves.len(), 1);
    let (changes, cause) = saves[0].clone();
    let changes = changes
        .into_iter()
        .map(|change| super::numbered(change, &mut 3))
        .collect();
    app.done(Outcome::Saved(changes, cause));
    let again = app.saves("h");
    assert!(
        matches!(
            again[0].0[0],
            Change::Annotation {
                before: Some(_),
                ..
            }
        ),
        "now it is there, and its colour changes"
    );
}
