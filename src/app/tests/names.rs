//! The card of an entity, the list of all, and what is decided about them.

use std::sync::Arc;

use super::*;
use crate::app::model::Colouring;
use crate::app::msg::Gathered;
use crate::app::overlay::Overlay;
use crate::app::overlay::entity::{EntityCard, Section};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::{Companion, Context, Decision, Facts, Links, Seen};

fn id(id: &str) -> EntityId {
    EntityId(id.into())
}

/// `japan Japan 9`: an id, a name, a number of mentions; people have a blank in their names.
fn seen(line: &str) -> Seen {
    let (entity, rest) = line.split_once(' ').unwrap();
    let (name, n) = rest.rsplit_once(' ').unwrap();
    let person = name.contains(' ');
    Seen {
        id: id(entity),
        name: name.into(),
        kind: if person {
            EntityType::Person
        } else {
            EntityType::Place
        },
        mentions: n.parse().unwrap(),
        documents: 1,
        acronyms: Vec::new(),
    }
}

const LIBRARY: [&str; 4] = [
    "japan Japan 9",
    "france France 4",
    "lavrov-sergei Sergei Lavrov 3",
    "lavrov-anna Anna Lavrov 1",
];

pub(super) fn links(decisions: &[Decision]) -> Arc<Links> {
    Arc::new(Links::new(
        LIBRARY.iter().map(|line| seen(line)).collect(),
        decisions,
        |_, _| false,
    ))
}

/// The note open and the names of the library known.
fn library() -> App {
    let mut app = open(NOTE);
    app.done(Outcome::Linked(links(&[])));
    app
}

fn card(app: &App) -> &EntityCard {
    match app.model.overlays.last() {
        Some(Overlay::Entity(card)) => card,
        other => panic!("no card: {other:?}"),
    }
}

fn facts(app: &App) -> Facts {
    let linked = app.model.links.entity(&card(app).id).unwrap();
    Facts {
        id: linked.id.clone(),
        name: linked.name.clone(),
        kind: linked.kind,
        hidden: linked.hidden,
        mentions: linked.mentions,
        documents: 2,
        aliases: vec![(linked.name.to_string(), linked.mentions)],
        roles: Vec::new(),
        first: None,
        last: None,
        with: vec![Companion {
            id: id("france"),
            name: "France".into(),
            kind: EntityType::Place,
            documents: 2,
        }],
        events: vec![passage(3, 7, "2024-07-02")],
        members: linked.members.clone(),
        offers: linked.offers.clone(),
    }
}

fn context(n: u64, at: u32) -> Context {
    Context {
        doc: doc(n),
        range: TextRange::new(at, at + 5),
        before: "before ".into(),
        name: "Japan".into(),
        after: " after".into(),
    }
}

/// Answers what the topmost card asked; `n` mentions in document 2, and whether there are more.
fn answer(app: &mut App, n: u32, next: Option<u32>) {
    let (facts_job, job) = (card(app).job, card(app).contexts_job);
    let facts = facts(app);
    app.done(Outcome::EntityFacts(facts_job, Some(Box::new(facts))));
    app.done(Outcome::Contexts(
        job,
        Gathered {
            contexts: (0..n).map(|at| context(2, at * 12)).collect(),
            next,
            coverage: Coverage::Whole,
        },
    ));
}

fn opened_card() -> App {
    let mut app = library();
    app.keys("]ee");
    answer(&mut app, 3, None);
    app
}

fn decided(effects: Vec<Effect>) -> Vec<String> {
    let told = |change: Change| match change {
        Change::Entity {
            after: Some(after), ..
        } => after.to_string(),
        Change::Entity {
            before: Some(before),
            after: None,
        } => format!("not {before}"),
        other => panic!("{other:?}"),
    };
    saves(effects)
        .into_iter()
        .flat_map(|(changes, _)| changes)
        .map(told)
        .collect()
}

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
fn enter_goes_to_the_mention_in_the_other_document_and_back_again() {
    let mut app = opened_card();
    let at = app.reader().at;
    let effects = app.keys("j<enter>");
    assert!(
        matches!(effects.as_slice(), [Effect::Open { doc, .. }] if *doc == super::doc(2)),
        "{effects:?}"
    );
    assert!(app.model.overlays.is_empty());
    app.answer(opened(document(doc(2), NOTE)));
    assert_eq!((app.reader().doc(), app.reader().at), (doc(2), 12));
    app.keys("<C-o>");
    app.answer(opened(document(doc(1), NOTE)));
    assert_eq!((app.reader().doc(), app.reader().at), (doc(1), at));
}

#[test]
fn the_next_mentions_are_asked_for_before_the_last_is_reached() {
    let mut app = library();
    app.keys("]ee");
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

#[test]
fn entities_are_renamed_typed_and_hidden_from_the_card() {
    let mut app = opened_card();
    let effects = app.keys("r<C-u>Nippon<enter>");
    assert_eq!(decided(effects), ["rename japan to Nippon"]);
    assert_eq!(decided(app.keys("t")), ["retype japan to person"]);
    assert_eq!(decided(app.keys("x")), ["hide japan"]);
    app.done(Outcome::Linked(links(&["hide japan".parse().unwrap()])));
    assert_eq!(decided(app.keys("x")), ["not hide japan"]);
    assert_eq!(
        app.keys(":entity-type ship<enter>").len(),
        1,
        "remembers the line alone"
    );
    assert!(
        app.status().contains("not one of person"),
        "{}",
        app.status()
    );
}

#[test]
fn a_document_is_taken_out_of_the_card_at_one_of_its_mentions() {
    let mut app = opened_card();
    assert_eq!(decided(app.keys("s")), ["part japan in 0000000000000002"]);
    app.saved("x", 1);
}

#[test]
fn undo_takes_the_decision_back_and_redo_makes_it_again() {
    let mut app = opened_card();
    app.saved("x", 1);
    assert!(app.status().contains("hidden"), "{}", app.status());
    assert_eq!(decided(app.keys("u")), ["not hide japan"]);
    app.done(Outcome::Saved(
        vec![Change::Entity {
            before: Some("hide japan".parse().unwrap()),
            after: None,
        }],
        Cause::Undo,
    ));
    assert!(app.status().contains("Undone"), "{}", app.status());
    assert_eq!(decided(app.keys("<C-r>")), ["hide japan"]);
}

#[test]
fn a_replaced_decision_comes_back_by_undo() {
    let mut app = opened_card();
    app.keys("t");
    app.done(Outcome::Saved(
        vec![Change::Entity {
            before: Some("retype japan to organisation".parse().unwrap()),
            after: Some("retype japan to person".parse().unwrap()),
        }],
        Cause::Edit,
    ));
    assert_eq!(decided(app.keys("u")), ["retype japan to organisation"]);
}

#[test]
fn what_is_the_same_is_chosen_from_the_list() {
    let mut app = opened_card();
    app.keys("m");
    let Some(Overlay::Entities(list)) = app.model.overlays.last() else {
        panic!()
    };
    assert_eq!(list.shown.len(), 3, "all but itself");
    assert_eq!(
        decided(app.keys("fran<enter>")),
        ["merge france into japan"]
    );
    assert_eq!(card(&app).id, id("japan"));
    app.done(Outcome::Linked(links(&["merge france into japan"
        .parse()
        .unwrap()])));
    assert_eq!(card(&app).id, id("france"), "the first of the ids");
    answer(&mut app, 2, None);
    app.keys("<s-tab>j");
    assert_eq!(decided(app.keys("s")), ["split france"]);
}

#[test]
fn a_shared_surname_is_offered_and_taken_or_refused() {
    let mut app = library();
    app.done(Outcome::Linked(Arc::new(Links::new(
        ["lavrov-1 Lavrov 2", "lavrov-sergei Sergei Lavrov 3"]
            .iter()
            .map(|line| Seen {
                kind: EntityType::Person,
                ..seen(line)
            })
            .collect(),
        &[],
        |_, _| false,
    ))));
    app.keys("gesergei<enter>");
    answer(&mut app, 1, None);
    app.keys("<s-tab>j");
    assert_eq!(
        decided(app.keys("d")),
        ["distinct lavrov-sergei from lavrov-1"]
    );
    assert_eq!(
        decided(app.keys("m")),
        ["merge lavrov-1 into lavrov-sergei"]
    );
}

#[test]
fn the_list_is_narrowed_as_one_types_and_by_sort() {
    let mut app = library();
    app.keys("ge");
    let shown = |app: &App| match app.model.overlays.last() {
        Some(Overlay::Entities(list)) => list
            .shown
            .iter()
            .map(|index| app.model.links.entities()[*index as usize].name.to_string())
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        shown(&app),
        ["Japan", "France", "Sergei Lavrov", "Anna Lavrov"]
    );
    app.keys("LÁV");
    assert_eq!(shown(&app), ["Sergei Lavrov", "Anna Lavrov"]);
    app.keys("<C-u><tab>");
    assert_eq!(shown(&app), ["Sergei Lavrov", "Anna Lavrov"]);
    app.keys("<tab><tab>");
    assert_eq!(shown(&app), ["Japan", "France"]);
    app.keys("<tab>");
    assert_eq!(shown(&app), Vec::<String>::new());
    app.done(Outcome::Linked(links(&["hide france".parse().unwrap()])));
    assert_eq!(shown(&app), ["France"]);
    app.keys("<enter>");
    assert_eq!(card(&app).id, id("france"));
}

#[test]
fn a_filter_follows_its_entity_to_another_id() {
    let mut app = library();
    app.keys("]eFe");
    let effects = app.done(Outcome::Linked(links(&["merge japan into france"
        .parse()
        .unwrap()])));
    assert_eq!(effects, [Effect::EntityDocuments(id("france"))]);
    assert_eq!(
        app.model.timeline.filter.entity,
        Some((id("france"), "Japan".to_owned()))
    );
}

#[test]
fn names_are_coloured_by_type_or_each_by_its_own() {
    let mut app = library();
    app.keys("zc");
    assert_eq!(app.model.colouring, Colouring::ByEntity);
    app.keys("zc");
    assert_eq!(app.model.colouring, Colouring::ByType);
}

#[test]
fn star_goes_to_the_next_mention_of_the_entity_under_its_other_name() {
    let text = "Japan met Nippon. France looked on. Japan left.";
    let mut app = open(text);
    let mut found = analysis(&app.reader().document);
    let raw: Vec<_> = found
        .mentions
        .iter()
        .map(|(range, mention)| (*range, mention.clone()))
        .collect();
    let at = text.find("Nippon").unwrap();
    let mut nippon = raw[0].1.clone();
    nippon.entity = id("nippon");
    let with = raw
        .into_iter()
        .chain([(TextRange::of(at, at + 6), nippon)])
        .collect();
    found.mentions = with;
    let merged = Links::new(
        vec![seen("japan Japan 2"), seen("nippon Nippon 1")],
        &["merge nippon into japan".parse().unwrap()],
        |_, _| false,
    );
    app.done(Outcome::Analysed(
        doc(1),
        Arc::new(merged.apply(doc(1), found)),
    ));
    app.keys("]e[e*");
    assert_eq!(app.at(), "Nippon. ");
    app.keys("*");
    assert_eq!(app.at(), "Japan le");
    app.keys("#");
    assert_eq!(app.at(), "Nippon. ");
}
