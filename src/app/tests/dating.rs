//! Why a date is read as it is, and what the reader decides it means.

use std::sync::Arc;

use super::{App, doc, document, open, opened};
use crate::app::effect::Change;
use crate::app::msg::{Opened, Outcome};
use crate::app::overlay::Overlay;
use crate::document::{Published, PublishedFrom};
use crate::library::{Corrections, analyse_with};

const BRIEF: &str = "The envoy left on Friday. Talks go on.";

/// The brief, published on a Thursday, as the workers would hand it over.
fn brief(corrections: Corrections) -> Opened {
    let mut document = document(doc(1), BRIEF);
    document.meta.published = Some(Published {
        date: "2024-01-18".parse().unwrap(),
        from: PublishedFrom::Byline,
        at: None,
    });
    Opened {
        corrections,
        ..opened(document)
    }
}

/// The brief open, with what was decided about its dates.
fn told(corrections: Corrections) -> App {
    let mut app = open("Nothing.");
    show(&mut app, corrections);
    app
}

fn show(app: &mut App, corrections: Corrections) {
    app.model
        .open(doc(1), crate::app::model::Landing::Remembered);
    app.answer(brief(corrections));
    let reader = app.reader();
    let found = analyse_with(&reader.document, &reader.corrections.dates);
    app.done(Outcome::Analysed(doc(1), Arc::new(found)));
}

/// Types keys, saves what they save, and shows the document as it is read then.
fn decided(app: &mut App, keys: &str) -> Corrections {
    let mut saves = app.saves(keys);
    assert_eq!(saves.len(), 1, "{}", app.status());
    let (changes, cause) = saves.remove(0);
    let Some(Change::Meta { after, .. }) = changes.first().cloned() else {
        panic!("{changes:?}");
    };
    app.done(Outcome::Saved(changes, cause));
    show(app, after.clone());
    after
}

fn values(app: &App) -> Vec<String> {
    let timexes = &app.reader().analysis.timexes;
    timexes
        .iter()
        .map(|(_, timex)| timex.value.to_string())
        .collect()
}

/// What can be chosen, the chosen one first.
fn meanings(app: &App) -> Vec<&str> {
    match app.model.overlays.last() {
        Some(Overlay::Why(why)) => why
            .meanings
            .iter()
            .map(|meaning| meaning.label.as_str())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_date_says_why_and_what_else_it_may_mean() {
    let app = told(Corrections::default()).after("]dd");
    assert_eq!(
        meanings(&app),
        [
            "12 January 2024",
            "19 January 2024",
            "no date",
            "another date…"
        ]
    );
    let mut app = app.after("<esc>gg");
    assert!(app.saves("d").is_empty());
    assert_eq!(
        app.status(),
        "No date is under the cursor · ]d goes to the next one"
    );
}

#[test]
fn the_other_reading_is_chosen_and_taken_back() {
    let mut app = told(Corrections::default());
    assert_eq!(app.saves("]dd<enter>"), [], "it holds already");
    decided(&mut app, "dj<enter>");
    assert_eq!(values(&app), ["2024-01-19"]);
    let app = &mut app;
    app.keys("d");
    assert_eq!(
        meanings(app),
        [
            "19 January 2024",
            "12 January 2024",
            "no date",
            "another date…"
        ]
    );
    assert_eq!(decided(app, "j<enter>"), Corrections::default());
    assert_eq!(values(app), ["2024-01-12"]);
}

#[test]
fn undo_takes_a_decision_back() {
    let mut app = told(Corrections::default());
    decided(&mut app, "]ddj<enter>");
    assert_eq!(decided(&mut app, "u"), Corrections::default());
    assert_eq!(values(&app), ["2024-01-12"]);
}

#[test]
fn what_is_no_date_can_become_one_again() {
    let mut app = told(Corrections::default());
    decided(&mut app, "]ddjj<enter>");
    assert_eq!(values(&app), <[&str; 0]>::default());
    app.keys("d");
    assert_eq!(meanings(&app), ["no date", "as it was", "another date…"]);
    decided(&mut app, "j<enter>");
    assert_eq!(values(&app), ["2024-01-12"]);
}

#[test]
fn a_date_is_typed_as_people_write_it() {
    let mut app = told(Corrections::default());
    decided(&mut app, "]ddG<enter>5 January<enter>");
    assert_eq!(values(&app), ["2024-01-05"]);
    decided(&mut app, ":means mid-December 2023<enter>");
    assert_eq!(values(&app), ["2023-12-11/2023-12-20"]);
    assert_eq!(
        app.reader().corrections.dates.len(),
        1,
        "the last one counts"
    );
    assert_eq!(app.saves(":means soup<enter>"), []);
    assert!(app.status().starts_with("“soup” is not a date"));
    decided(&mut app, ":means -<enter>");
    assert_eq!(values(&app), ["2024-01-12"]);
    assert_eq!(app.saves(":means -<enter>"), []);
}
