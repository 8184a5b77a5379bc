//! Finding in the text: as one types, round the end, forward and back, given up.

use super::{App, NOTE, open, range_of};
use crate::app::effect::Effect;
use crate::app::msg::{Coverage, Outcome};

fn note(app: &App) -> Option<&str> {
    app.model
        .prompt
        .as_ref()
        .and_then(|prompt| prompt.note.as_deref())
}

#[test]
fn the_first_hit_shows_while_typing() {
    let mut app = open(NOTE).after("/Fra");
    assert_eq!(app.at(), "France m");
    app.keys("nce will");
    assert_eq!(app.at(), "France w");
    app.keys("x");
    assert_eq!(
        (app.at().as_str(), note(&app)),
        ("Joint no", Some("not found"))
    );
    app.keys("<backspace>");
    assert_eq!((app.at().as_str(), note(&app)), ("France w", None));
}

#[test]
fn giving_up_restores_cursor_and_view() {
    let text = super::paragraphs(200);
    let mut app = open(&text).after("60j<C-e>");
    let before = (app.reader().at, app.reader().top);
    app.keys("/Paragraph 5<esc>");
    assert_eq!((app.reader().at, app.reader().top), before);
    assert!(app.reader().search.is_none());
    app.keys("/nowhere");
    assert_eq!((app.reader().at, app.reader().top), before);
}

#[test]
fn n_goes_on_and_round_the_end_and_says_which_hit() {
    let mut app = open(NOTE);
    let effects = app.keys("/France<enter>");
    let [Effect::Scan { job, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let hits: Vec<_> = app
        .reader()
        .text()
        .match_indices("France")
        .map(|(at, word)| crate::text::TextRange::of(at, at + word.len()))
        .collect();
    app.done(Outcome::Scanned(*job, hits, Coverage::Whole));
    assert_eq!(app.status(), "1 of 2 hits");
    app.keys("n");
    assert_eq!(
        (app.at().as_str(), app.status()),
        ("France w", "2 of 2 hits")
    );
    app.keys("n");
    assert_eq!(
        (app.at().as_str(), app.status()),
        ("France m", "1 of 2 hits · from the other end")
    );
    app.keys("N");
    assert_eq!(app.at(), "France w");
    app.keys("2n");
    assert_eq!(app.at(), "France w");
    app.keys("<esc>n");
    assert_eq!(app.status(), "Nothing to find yet · / finds");
}

#[test]
fn a_search_back_goes_back() {
    let mut app = open(NOTE).after("G:find-back France<enter>");
    assert_eq!(app.at(), "France m");
    app.keys("n");
    assert_eq!(app.at(), "France w", "round the start");
}

#[test]
fn a_broken_pattern_says_why_and_is_looked_for_as_it_stands() {
    let mut app = open("Some (words in brackets) here.").after("/(wor");
    assert!(
        note(&app).is_some_and(|note| note.contains("unclosed group")),
        "{:?}",
        note(&app)
    );
    assert_eq!(app.at(), "(words i");
    app.keys("<enter>");
    assert!(app.status().contains("unclosed group"));
    app.keys("gg/nowhere<enter>");
    assert_eq!(app.status(), "“nowhere” is not in this document");
}

#[test]
fn counts_of_an_older_pattern_are_dropped() {
    let mut app = open(NOTE);
    let effects = app.keys("/Japan<enter>");
    let [Effect::Scan { job, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    app.keys("/France<enter>");
    let hit = range_of(&app, "Japan");
    app.done(Outcome::Scanned(*job, vec![hit], Coverage::Whole));
    assert!(
        app.reader()
            .search
            .as_ref()
            .is_some_and(|search| search.hits.is_empty())
    );
}

#[test]
fn finding_extends_a_selection_and_is_a_jump() {
    let mut app = open(NOTE).after("jv/signed<enter>");
    assert_eq!(app.selected(), Some("Japan s"));
    app.keys("<esc><C-o>");
    assert_eq!(app.at(), "Japan si");
}
