//! The document list and the timeline, and the one cursor that links them with the text.

use std::collections::HashMap;

use super::{App, NOTE, doc, document, listing, listings, open, open_at, opened, passage, row};
use crate::app::effect::Effect;
use crate::app::list::groups::InGroup;
use crate::app::model::Pane;
use crate::app::msg::{Listings, Outcome};
use crate::app::timeline::Fold;
use crate::document::DocId;

fn shown(app: &App) -> Vec<u64> {
    let list = &app.model.list;
    list.shown
        .iter()
        .map(|index| list.documents[*index as usize].id.0)
        .collect()
}

fn chosen(app: &App) -> Option<DocId> {
    app.model.list.chosen().map(|listing| listing.id)
}

fn opens(effects: &[Effect]) -> Vec<DocId> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Open { doc, .. } => Some(*doc),
            _ => None,
        })
        .collect()
}

/// A timeline over the note: two passages of document 1 and one of document 2, one row told by both.
fn timeline() -> App {
    let mut app = open(NOTE);
    let job = app.model.timeline_job;
    let rows = vec![
        row(vec![passage(1, 42, "2024-05-05")]),
        row(vec![
            passage(1, 140, "2024-06-01"),
            passage(2, 5, "2024-06-01"),
        ]),
        row(vec![passage(3, 0, "2024-07-01")]),
    ];
    app.done(Outcome::Timeline(job, rows));
    app
}

#[test]
fn the_order_goes_round_and_undated_come_last() {
    let mut app = open(NOTE);
    assert_eq!(
        (shown(&app), app.model.list.first_undated),
        (vec![1, 2, 3, 4], Some(3))
    );
    app.keys("zs");
    assert_eq!(
        (shown(&app), app.model.list.first_undated),
        (vec![4, 1, 2, 3], None)
    );
    assert_eq!(chosen(&app), Some(doc(1)));
    app.keys(":sort added<enter>");
    assert_eq!(shown(&app), [4, 3, 2, 1]);
    app.keys(":sort size<enter>");
    assert!(
        app.status()
            .starts_with("The list cannot be sorted by “size”")
    );
}

#[test]
fn moving_in_the_list_opens_documents() {
    let mut app = open(NOTE).after("1");
    app.wait(600);
    assert_eq!(opens(&app.keys("jj")), [doc(2), doc(3)]);
    assert_eq!(app.model.focus, Pane::List);
    assert_eq!(opens(&app.keys("gg")), [], "the open document is there");
    assert_eq!(opens(&app.keys("G")), [doc(4)]);
    assert_eq!(opens(&app.keys("2k")), [doc(2)]);
    app.answer(opened(document(doc(2), "Two.")));
    assert_eq!(opens(&app.keys("<enter>")), []);
    assert_eq!(app.model.focus, Pane::Reader);
    assert_eq!(
        opens(&app.keys("<C-o>")),
        [doc(1)],
        "back to where the text was left"
    );
}

#[test]
fn a_filter_keeps_the_choice_or_takes_the_nearest_row() {
    let mut app = open(NOTE).after("1");
    app.wait(600);
    app.keys("/summer");
    assert_eq!((shown(&app), chosen(&app)), (vec![3], Some(doc(3))));
    assert_eq!(app.reader().doc(), doc(1), "nothing is opened while typing");
    app.keys("<esc>");
    assert_eq!((shown(&app).len(), chosen(&app)), (4, Some(doc(1))));
    assert_eq!(opens(&app.keys("/joint<enter>")), []);
    assert_eq!(opens(&app.keys("<esc>/summer<enter>")), [doc(3)]);
    app.answer(opened(document(doc(3), "Three.")));
    app.keys("<esc>");
    assert_eq!((shown(&app).len(), chosen(&app)), (4, Some(doc(3))));
}

#[test]
fn when_the_filter_hides_the_open_document_moving_starts_from_the_nearest_row() {
    let mut app = open(NOTE).after("]]");
    app.answer(opened(document(doc(2), "Two.")));
    app.done(Outcome::Listed(listings()));
    app.keys("1");
    app.wait(600);
    app.keys("/e -reply");
    app.keys("<C-u>joint");
    assert_eq!(shown(&app), [1]);
    assert_eq!(opens(&app.keys("<enter>")), [doc(1)]);
    app.keys("/nothing at all<enter>");
    assert!(app.status().contains("hides every document"));
}

#[test]
fn the_whole_list_comes_after_its_first_page() {
    let mut app = open(NOTE).after("]]");
    app.answer(opened(document(doc(2), "Two.")));
    let mut all = listings();
    all.documents
        .extend((10..300).map(|n| listing(n, "Earlier", "2020-01-01")));
    let above = app.model.list.row_of(app.model.list.selected) - app.model.list.top;
    app.done(Outcome::Listed(all));
    assert_eq!(chosen(&app), Some(doc(2)));
    assert_eq!(app.model.list.selected, 291);
    assert!(app.model.list.row_of(291) - app.model.list.top >= above);
}

#[test]
fn one_entity_narrows_list_and_timeline() {
    let mut app = timeline().after("]e");
    let effects = app.keys("Fe");
    let [Effect::EntityDocuments(japan)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(app.model.timeline.shown.len(), 0, "no passage names it");
    app.done(Outcome::EntityDocuments(
        japan.clone(),
        HashMap::from([(doc(1), 2), (doc(3), 1)]),
    ));
    assert_eq!((shown(&app), chosen(&app)), (vec![1, 3], Some(doc(1))));
    app.keys("Fx");
    assert_eq!((shown(&app).len(), app.model.timeline.shown.len()), (4, 3));
    app.done(Outcome::EntityDocuments(japan.clone(), HashMap::new()));
    assert_eq!(shown(&app).len(), 4, "the answer came too late");
}

#[test]
fn the_list_is_narrowed_by_who_is_named_once_that_is_found() {
    let mut app = timeline().after("1");
    app.wait(600);
    let effects = app.keys("/entity:jap");
    let [.., Effect::DocumentsNaming(words)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let all = shown(&app);
    assert_eq!(all.len(), 4, "what is shown stays until it is known");
    let late = words.clone();
    let effects = app.keys("an");
    let [_, Effect::DocumentsNaming(words)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    app.done(Outcome::DocumentsNaming(late, [doc(2)].into()));
    assert_eq!(shown(&app), all, "an answer to what is no longer asked");
    app.done(Outcome::DocumentsNaming(
        words.clone(),
        [doc(1), doc(3)].into(),
    ));
    assert_eq!(shown(&app), [1, 3]);
    let effects = app.done(Outcome::Listed(listings()));
    assert!(effects.contains(&Effect::DocumentsNaming(words.clone())));
    assert_eq!(shown(&app), [1, 3], "until it is answered anew");
    app.keys("<esc>");
    assert_eq!(shown(&app).len(), 4);
}

#[test]
fn moving_in_the_timeline_opens_passages_and_selects_their_documents() {
    let mut app = timeline().after("3");
    app.wait(600);
    app.keys("j");
    assert_eq!(app.reader().at, 140);
    assert_eq!(
        opens(&app.keys("j")),
        [doc(2)],
        "the second source of the same row"
    );
    assert_eq!(chosen(&app), Some(doc(2)));
    assert_eq!(
        (app.model.timeline.selected, app.model.timeline.source),
        (1, 1)
    );
    assert_eq!(opens(&app.keys("G")), [doc(3)]);
    assert_eq!(app.keys("<esc>"), []);
    assert_eq!(app.model.focus, Pane::Reader);
}

#[test]
fn reading_moves_the_timeline_to_the_nearest_date() {
    let mut app = timeline();
    assert_eq!(app.model.timeline.selected, 0);
    app.keys("G");
    assert_eq!(app.model.timeline.selected, 1);
    app.keys("gg");
    assert_eq!(app.model.timeline.selected, 0);
}

#[test]
fn the_timeline_is_narrowed_by_document_range_and_words() {
    let mut app = timeline();
    app.keys("Fd");
    assert_eq!(app.model.timeline.shown, [0, 1]);
    app.keys("Fd:range 2024-06..<enter>");
    assert_eq!(app.model.timeline.shown, [1, 2]);
    app.keys("Fr");
    let asked = app
        .model
        .prompt
        .as_ref()
        .map(|prompt| prompt.input.text().to_owned());
    assert_eq!(
        asked.as_deref(),
        Some("2024-06-01.."),
        "the present range is there to change"
    );
    app.keys("<C-u><enter>");
    assert_eq!(
        app.model.timeline.shown.len(),
        3,
        "an empty range takes it away"
    );
    app.keys("3");
    app.wait(600);
    app.keys("/passage of 3<enter>");
    assert_eq!(app.model.timeline.shown, [2]);
    app.keys("<esc>");
    assert_eq!(app.model.timeline.shown.len(), 3);
}

#[test]
fn a_hidden_passage_leaves_the_nearest_shown_one_chosen() {
    let mut app = timeline();
    app.keys(":range 2024-06..<enter>");
    app.keys("gg");
    assert_eq!(
        app.model.timeline.chosen_event().map(|event| event.doc),
        Some(doc(1))
    );
}

#[test]
fn go_chooses_the_row_of_a_date() {
    let mut app = timeline();
    assert_eq!(opens(&app.keys("gd2024-07-01<enter>")), [doc(3)]);
    assert_eq!(app.model.focus, Pane::Timeline);
    app.keys("gdno such day<enter>");
    assert!(app.status().contains("is not a date"));
}

#[test]
fn a_stale_timeline_is_dropped() {
    let mut app = timeline();
    let old = app.model.timeline_job;
    app.done(Outcome::Listed(listings()));
    app.done(Outcome::Timeline(old, Vec::new()));
    assert_eq!(app.model.timeline.rows.len(), 3);
}

#[test]
fn on_a_narrow_screen_the_list_gives_way_to_the_text() {
    for leave in ["<enter>", "<esc>"] {
        let mut app = open_at(NOTE, (80, 24)).after("zl");
        assert_eq!(app.model.focus, Pane::List);
        assert!(app.model.areas().list.is_some());
        app.keys(leave);
        assert_eq!(
            (app.model.focus, app.model.areas().list),
            (Pane::Reader, None)
        );
    }
}

#[test]
fn a_hundred_thousand_documents_are_chosen_by_search_not_by_scan() {
    let mut app = open(NOTE);
    let documents = (1..=100_000)
        .map(|n| listing(n, "Title", "2020-01-01"))
        .collect();
    app.done(Outcome::Listed(Listings {
        documents,
        total: 100_000,
        ..Listings::default()
    }));
    for n in 0..20_000 {
        app.model.list.select(doc(100_000 - n));
    }
    assert_eq!(chosen(&app), Some(doc(80_001)));
}

#[test]
fn documents_that_are_nearly_the_same_are_folded_under_the_earliest() {
    let mut app = open(NOTE).after("1");
    app.wait(600);
    // The undated letter is the same as the note, the first of all.
    app.done(Outcome::Alike(vec![vec![doc(1), doc(4)]]));
    assert_eq!(shown(&app), [1, 2, 3]);
    assert_eq!(app.model.list.first_undated, None);
    assert_eq!(
        app.model.list.in_group(doc(1)),
        InGroup::Leader(1, Fold::Closed)
    );
    app.keys("za");
    assert_eq!(shown(&app), [1, 4, 2, 3]);
    assert_eq!(opens(&app.keys("j")), [doc(4)]);
    assert_eq!(chosen(&app), Some(doc(4)));
    // Folding goes back to what it stands under.
    app.keys("za");
    assert_eq!((shown(&app), chosen(&app)), (vec![1, 2, 3], Some(doc(1))));
    app.keys("jza");
    assert!(
        app.status()
            .starts_with("No other document here is nearly the same")
    );
    // Whoever looks for something sees all that fits.
    app.keys("/letter<enter>");
    assert_eq!(shown(&app), [4]);
    assert_eq!(app.model.list.in_group(doc(4)), InGroup::Alone);
}

#[test]
fn a_folded_document_that_is_open_is_chosen_with_its_leader() {
    let mut app = open(NOTE);
    app.done(Outcome::Alike(vec![vec![doc(2), doc(1)]]));
    assert_eq!((shown(&app), chosen(&app)), (vec![2, 3, 4], Some(doc(2))));
    app.done(Outcome::Alike(Vec::new()));
    assert_eq!(
        (shown(&app), chosen(&app)),
        (vec![1, 2, 3, 4], Some(doc(1)))
    );
}

#[test]
fn passages_without_a_day_are_folded_away_until_they_are_asked_for() {
    let mut app = timeline();
    let job = app.model.timeline_job;
    let rows = vec![
        row(vec![passage(1, 42, "2024-05-05")]),
        row(vec![passage(1, 80, "soon")]),
        row(vec![passage(2, 8, "lately")]),
    ];
    app.done(Outcome::Timeline(job, rows));
    let shown = |app: &App| (app.model.timeline.shown.len(), app.model.timeline.n_folded);
    assert_eq!(shown(&app), (1, 2));
    app.keys("za");
    assert_eq!(shown(&app), (3, 0));
    app.keys("za");
    assert_eq!(shown(&app), (1, 2));
    // In one document they are few, and may be what is wanted.
    app.keys("Fd");
    assert_eq!(shown(&app), (2, 0));
}

#[test]
fn what_was_chosen_is_chosen_again_when_a_filter_goes() {
    let mut app = timeline();
    let job = app.model.timeline_job;
    let mut said = passage(2, 5, "2024-05-07");
    said.sort = crate::timeline::Sort::Said;
    let mut late = passage(2, 9, "2024-12-01");
    late.sort = said.sort;
    let rows = vec![
        row(vec![passage(1, 42, "2024-05-05")]),
        row(vec![said]),
        row(vec![passage(3, 0, "2024-05-09")]),
        row(vec![passage(3, 9, "2024-08-09")]),
        row(vec![late]),
    ];
    app.done(Outcome::Timeline(job, rows));
    let chosen = |app: &App| app.model.timeline.shown[app.model.timeline.selected];
    app.keys("3");
    app.wait(600);
    app.keys("jj");
    assert_eq!(chosen(&app), 2);
    app.keys("Fs");
    assert_eq!(app.model.timeline.shown, [1, 4]);
    assert_eq!(chosen(&app), 1, "two days off, not seven months");
    app.keys("Fs");
    assert_eq!(chosen(&app), 2);
    app.keys("Fs");
    assert_eq!(chosen(&app), 2);
    app.keys(":range 2024-08..<enter>");
    assert_eq!(chosen(&app), 3);
    app.keys("Fx");
    assert_eq!(chosen(&app), 2);
}

#[test]
fn the_timeline_is_narrowed_to_what_was_said() {
    let mut app = timeline();
    let job = app.model.timeline_job;
    let mut said = passage(2, 5, "2024-06-01");
    said.sort = crate::timeline::Sort::Said;
    let rows = vec![row(vec![passage(1, 42, "2024-05-05")]), row(vec![said])];
    app.done(Outcome::Timeline(job, rows));
    let n = |app: &App| app.model.timeline.shown.clone();
    app.keys("Fs");
    assert_eq!(n(&app), [1]);
    app.keys("Fs");
    assert_eq!(n(&app), [0]);
    app.keys("Fs");
    assert_eq!(n(&app), [0, 1]);
}
