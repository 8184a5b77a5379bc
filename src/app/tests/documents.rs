//! Opening documents: the newest wish wins, places are remembered, and a text that changed keeps its reader.

use std::sync::Arc;

use super::{App, NOTE, doc, document, open, open_at, opened};
use crate::app::effect::{Effect, JobId, JumpKind};
use crate::app::model::Landing;
use crate::app::msg::{Coverage, Opened, Outcome};
use crate::app::reader::Spot;

fn again(app: &mut App, text: &str) -> Vec<Effect> {
    let job = app.model.job();
    app.done(Outcome::Opened(
        job,
        Box::new(opened(document(doc(1), text))),
    ))
}

#[test]
fn the_newest_wish_wins() {
    let mut app = open(NOTE);
    app.model.open(doc(2), Landing::Remembered);
    let old = app.model.opening.as_ref().unwrap().job;
    app.model.open(doc(3), Landing::Remembered);
    let stale = opened(document(doc(2), "Two."));
    assert_eq!(app.done(Outcome::Opened(old, Box::new(stale))), []);
    assert_eq!(app.reader().doc(), doc(1));
    app.answer(opened(document(doc(3), "Three.")));
    assert_eq!(app.reader().doc(), doc(3));
}

#[test]
fn a_document_that_cannot_be_read_says_why_and_the_open_one_stays() {
    let mut app = open(NOTE);
    app.model.open(doc(2), Landing::Remembered);
    let job = app.model.opening.as_ref().unwrap().job;
    app.done(Outcome::OpenFailed(JobId(0), doc(3), "stale".into()));
    assert_eq!(app.status(), "");
    app.done(Outcome::OpenFailed(job, doc(2), "2.txt is gone".into()));
    assert_eq!(
        (app.status(), app.reader().doc()),
        ("2.txt is gone", doc(1))
    );
}

#[test]
fn the_place_left_is_remembered_and_the_visit_counted() {
    let mut app = open(NOTE).after("j");
    app.model.open(doc(2), Landing::Remembered);
    let effects = app.answer(opened(document(doc(2), "Two.")));
    let [
        Effect::Remember(place),
        Effect::Visit {
            kind: JumpKind::Document,
            ..
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}");
    };
    assert_eq!((place.doc, place.at), (doc(1), 12));
    assert_eq!(
        app.model.list.chosen().map(|listing| listing.id),
        Some(doc(2))
    );
}

#[test]
fn a_document_opens_at_its_title_or_where_it_was_left() {
    let text = super::paragraphs(90);
    for place in [None, Some(0)] {
        let mut app = open_at(NOTE, (80, 12));
        app.model.open(doc(2), Landing::Remembered);
        app.answer(Opened {
            place,
            ..opened(document(doc(2), &text))
        });
        assert_eq!(app.reader().top, Spot::default());
    }
    let mut app = open(NOTE);
    app.model.open(doc(2), Landing::Remembered);
    app.answer(Opened {
        place: Some(700),
        ..opened(document(doc(2), &text))
    });
    assert!(app.reader().at <= 700 && app.reader().at > 690);
    assert!(app.cursor_row().is_some());
}

#[test]
fn what_is_looked_for_is_looked_for_in_the_next_document() {
    let mut app = open(NOTE).after("/Japan<enter>");
    app.model.open(doc(2), Landing::Remembered);
    let effects = app.answer(opened(document(doc(2), "Here Japan speaks.")));
    let Some(Effect::Scan { job, pattern, .. }) = effects.last() else {
        panic!("{effects:?}")
    };
    assert_eq!(pattern, "Japan");
    let job = *job;
    app.done(Outcome::Scanned(
        job,
        vec![super::range_of(&app, "Japan")],
        Coverage::Whole,
    ));
    app.keys("n");
    assert_eq!(
        (app.at().as_str(), app.status()),
        ("Japan sp", "the only hit")
    );
}

#[test]
fn giving_up_a_search_that_began_in_another_document_stays_in_this_one() {
    let mut app = open(NOTE).after("G");
    app.model.open(doc(2), Landing::Remembered);
    app.keys("/Fr");
    app.answer(opened(document(doc(2), "é.")));
    app.keys("<esc>");
    assert_eq!(app.reader().at, 0);
}

#[test]
fn the_same_text_again_keeps_cursor_view_and_selection() {
    let mut app = open(NOTE).after("j]svw");
    let (at, top) = (app.reader().at, app.reader().top);
    let effects = again(&mut app, NOTE);
    assert_eq!(effects, []);
    assert_eq!((app.reader().at, app.reader().top), (at, top));
    assert_eq!(app.selected(), Some("Officials"));
    assert!(
        !app.reader().analysis.sentences.is_empty(),
        "the analysis is that of this text"
    );
}

#[test]
fn a_text_changed_above_carries_the_cursor_along() {
    let mut app = open(NOTE).after("j]svw");
    let row = app.cursor_row();
    again(
        &mut app,
        &NOTE.replace("# Joint note", "# The joint note of the two"),
    );
    assert_eq!(
        (app.at().as_str(), app.selected()),
        ("s from J", Some("Officials"))
    );
    assert_eq!(app.cursor_row(), row);
    again(&mut app, &NOTE.replace("Officials", "Envoys"));
    assert_eq!(app.selected(), None, "the selected words are gone");
}

#[test]
fn a_rest_that_comes_later_moves_nothing() {
    let mut app = open(NOTE).after("j]s");
    let at = app.at();
    let whole = document(doc(1), &format!("{NOTE}\n\nAnd more."));
    app.done(Outcome::Opened(JobId::default(), Box::new(opened(whole))));
    assert_eq!(app.at(), at);
    app.keys("G");
    assert_eq!(app.at(), "And more");
}

#[test]
fn an_entity_is_landed_on_once_the_text_is_analysed_unless_the_reader_moved() {
    let japan = {
        let app = open(NOTE).after("]e");
        app.reader()
            .under_cursor()
            .mention
            .map(|(_, mention)| mention.entity.clone())
            .unwrap()
    };
    let text = "The talks were short. They were held in Japan.";
    for (keys, lands) in [("", "Japan."), ("w", "talks we")] {
        let mut app = open(NOTE);
        app.model.open(doc(2), Landing::Entity(japan.clone()));
        app.answer(opened(document(doc(2), text)));
        app.keys(if keys.is_empty() { "<f9>" } else { keys });
        let found = super::analysis(&app.reader().document);
        app.done(Outcome::Analysed(doc(2), Arc::new(found)));
        assert_eq!(app.at(), lands);
    }
}

#[test]
fn what_waits_to_be_saved_is_shown_when_its_document_comes_back() {
    let mut app = open(NOTE).after("j");
    let (changes, cause) = app.saves("h").remove(0);
    app.done(Outcome::SaveFailed(changes, cause, "disk full".into()));
    app.model.open(doc(2), Landing::Remembered);
    app.answer(opened(document(doc(2), "Two.")));
    assert!(app.reader().annotations.is_empty());
    app.model.open(doc(1), Landing::Remembered);
    app.answer(opened(document(doc(1), NOTE)));
    assert_eq!(app.reader().annotations.len(), 1);
}
