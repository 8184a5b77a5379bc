//! The card of an entity: what it asks, its lists, where it leads and the way back.

use super::*;

#[test]
fn e_asks_what_is_known_of_the_name_and_where_it_stands() {
    let mut app = library();
    app.keys("]e");
    let effects = app.keys("e");
    let [
        Effect::EntityFacts { entity, .. },
        Effect::Contexts { from: 0, .. },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(entity, &id("japan"));
    answer(&mut app, 2, None);
    assert_eq!(card(&app).contexts.len(), 2);
    assert_eq!(app.keys("<esc>"), []);
    assert!(app.model.overlays.is_empty());
}

#[test]
fn e_on_the_timeline_is_about_whom_the_passage_names() {
    let mut app = library();
    let mut told = passage(1, 0, "2024-05-05");
    told.entities = vec![id("france")];
    let job = app.model.timeline_job;
    app.done(Outcome::Timeline(job, vec![row(vec![told])]));
    app.keys("3");
    app.wait(500);
    app.keys("e");
    assert_eq!(card(&app).id, id("france"));
}

#[test]
fn the_mention_the_card_was_opened_at_is_chosen() {
    let mut app = library();
    app.keys("]e]e]e");
    let at = app.reader().at;
    app.keys("e");
    let job = card(&app).contexts_job;
    let contexts = vec![
        context(2, at),
        context(1, 0),
        context(1, at),
        context(3, at),
    ];
    let gathered = Gathered {
        contexts,
        ..Gathered::default()
    };
    app.done(Outcome::Contexts(job, gathered));
    assert_eq!(card(&app).cursor().selected, 2);
}

#[test]
fn mentions_are_read_on_to_the_one_the_card_was_opened_at() {
    let mut app = library();
    app.keys("]e");
    let at = app.reader().at;
    app.keys("e");
    let job = card(&app).contexts_job;
    let some = |contexts, next| Gathered {
        contexts,
        next,
        coverage: Coverage::Whole,
    };
    let first = some(vec![context(2, at), context(2, 90)], Some(16));
    let effects = app.done(Outcome::Contexts(job, first));
    assert!(
        matches!(effects.as_slice(), [Effect::Contexts { from: 16, .. }]),
        "{effects:?}"
    );
    let second = some(vec![context(1, at)], Some(32));
    app.done(Outcome::Contexts(job, second));
    assert_eq!(card(&app).cursor().selected, 2);
}

#[test]
fn enter_goes_to_the_mention_in_the_other_document_and_back_to_the_card() {
    let mut app = opened_card();
    let at = app.reader().at;
    let effects = app.keys("j<enter>");
    assert!(
        matches!(effects.as_slice(), [Effect::Open { doc, .. }] if *doc == super::doc(2)),
        "{effects:?}"
    );
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.status(), "^O goes back to the card of Japan");
    app.answer(opened(document(doc(2), NOTE)));
    assert_eq!((app.reader().doc(), app.reader().at), (doc(2), 12));
    app.keys("<C-o>");
    app.answer(opened(document(doc(1), NOTE)));
    assert_eq!((app.reader().doc(), app.reader().at), (doc(1), at));
    let card = card(&app);
    assert_eq!(
        (card.id.clone(), card.section),
        (id("japan"), Section::Mentions)
    );
    assert_eq!((card.cursor().selected, card.contexts.len()), (1, 3));
    app.keys("<esc>");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn the_way_back_brings_the_whole_pile_and_leads_further_from_the_card() {
    let mut app = library();
    app.keys("]eG");
    let far = app.reader().at;
    app.keys("ge<tab><tab><tab>ja<enter>");
    answer(&mut app, 3, None);
    app.keys("<tab><enter><C-o>");
    assert_eq!(card(&app).section, Section::Timeline);
    app.keys("<esc>");
    match app.model.overlays.as_slice() {
        [Overlay::Entities(list)] => assert_eq!(list.input.text(), "ja"),
        other => panic!("{other:?}"),
    }
    app.keys("<enter>");
    answer(&mut app, 3, None);
    app.keys("<C-o>");
    assert!(app.model.overlays.is_empty());
    assert_ne!(app.reader().at, far, "to where G began");
}

#[test]
fn a_mention_at_the_very_place_leads_back_to_its_card() {
    let mut app = library();
    app.keys("]e");
    let at = app.reader().at;
    app.keys("e");
    let job = card(&app).contexts_job;
    let contexts = vec![context(1, at), context(1, at + 90)];
    let gathered = Gathered {
        contexts,
        ..Gathered::default()
    };
    app.done(Outcome::Contexts(job, gathered));
    app.keys("<enter><C-o>");
    assert_eq!((card(&app).cursor().selected, app.reader().at), (0, at));
    app.keys("<esc>G<C-o>");
    assert_eq!(app.reader().at, at);
    assert!(app.model.overlays.is_empty(), "that jump began in the text");
}

#[test]
fn a_card_put_aside_is_asked_anew_where_something_was_decided_meanwhile() {
    let mut app = opened_card();
    app.keys("jj<enter>");
    app.answer(opened(document(doc(2), NOTE)));
    app.done(Outcome::Linked(links(&["merge france into japan"
        .parse()
        .unwrap()])));
    let effects = app.keys("<C-o>");
    let asks = |wanted: &EntityId| {
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Contexts { entity, .. } if entity == wanted))
    };
    assert!(asks(&id("france")), "{effects:?}");
    assert_eq!(
        card(&app).contexts.len(),
        3,
        "shown until the new ones come"
    );
    let job = card(&app).contexts_job;
    let contexts = (0..5).map(|at| context(2, at * 6)).collect();
    let gathered = Gathered {
        contexts,
        ..Gathered::default()
    };
    app.done(Outcome::Contexts(job, gathered));
    assert_eq!(
        (card(&app).contexts.len(), card(&app).cursor().selected),
        (5, 4)
    );
}

#[test]
fn the_next_mentions_are_asked_for_before_the_last_is_reached() {
    let mut app = library();
    app.keys("gejapan<enter>");
    answer(&mut app, 100, Some(7));
    assert_eq!(app.keys("j"), []);
    let effects = app.keys("G");
    assert!(
        matches!(effects.as_slice(), [Effect::Contexts { from: 7, .. }]),
        "{effects:?}"
    );
    assert_eq!(app.keys("k"), [], "asked once");
    let job = card(&app).contexts_job;
    let more = Gathered {
        contexts: vec![context(3, 4)],
        next: None,
        coverage: Coverage::Whole,
    };
    app.done(Outcome::Contexts(job, more));
    assert_eq!(card(&app).contexts.len(), 101);
    assert_eq!(app.keys("G"), []);
}

#[test]
fn tab_goes_through_the_lists_and_each_keeps_its_row() {
    let mut app = opened_card();
    app.keys("jj<tab>");
    assert_eq!(
        (card(&app).section, card(&app).cursor().selected),
        (Section::Timeline, 0)
    );
    app.keys("<s-tab>");
    assert_eq!(
        (card(&app).section, card(&app).cursor().selected),
        (Section::Mentions, 2)
    );
    app.keys("<tab><tab><enter>");
    assert_eq!(card(&app).id, id("france"));
    app.keys("<esc>");
    assert_eq!(
        (card(&app).id.clone(), card(&app).section),
        (id("japan"), Section::With)
    );
    let effects = app.keys("<s-tab><enter>");
    assert!(
        matches!(effects.as_slice(), [Effect::Open { doc, .. }] if *doc == super::doc(3)),
        "{effects:?}"
    );
}

#[test]
fn f_narrows_list_and_timeline() {
    let mut app = opened_card();
    assert_eq!(app.keys("f"), [Effect::EntityDocuments(id("japan"))]);
    assert!(app.model.overlays.is_empty());
    assert_eq!(
        app.model.timeline.filter.entity,
        Some((id("japan"), "Japan".to_owned()))
    );
}

#[test]
fn a_name_no_document_of_the_library_has_is_told_from_the_text() {
    let mut app = open(NOTE);
    app.keys("]ee");
    let job = card(&app).job;
    app.done(Outcome::EntityFacts(job, None));
    assert!(
        matches!(app.model.overlays.last(), Some(Overlay::Card(page)) if page.title == "Japan")
    );
}
