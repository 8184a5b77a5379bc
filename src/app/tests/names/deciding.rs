//! What is decided from the card: sent, told, taken back.

use super::*;

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
fn a_spelling_is_taken_out_everywhere_or_here_or_all_that_stands_here() {
    let mut app = spelled_card();
    assert_eq!(decided(app.keys("s")), Vec::<String>::new(), "asks first");
    assert_eq!(decided(app.keys("<enter>")), ["part japan written Japan"]);
    assert_eq!(
        decided(app.keys("sj<enter>")),
        ["part japan in 0000000000000002 written Japan"]
    );
    assert_eq!(
        decided(app.keys("sG<enter>")),
        ["part japan in 0000000000000002"]
    );
    assert_eq!(app.keys("s<esc>"), []);
    assert_eq!(card(&app).parting, None);
    assert_eq!(app.keys("<esc>"), []);
    assert!(app.model.overlays.is_empty());
}

#[test]
fn a_spelling_is_taken_out_among_the_names() {
    let mut app = spelled_card();
    app.keys("<s-tab>");
    assert_eq!(card(&app).len(Section::Names), 3, "one name, two spellings");
    assert_eq!(decided(app.keys("Gs")), ["part japan written Nippon"]);
    app.keys("k<enter>");
    assert_eq!(card(&app).section, Section::Mentions);
}

#[test]
fn the_only_name_cannot_be_taken_out_and_its_spellings_can() {
    let mut app = spelled_card();
    assert!(decided(app.keys("<s-tab>s")).is_empty());
    assert!(app.status().contains("spelling below"), "{}", app.status());
}

#[test]
fn what_is_taken_out_of_two_names_stays_one_and_is_told_and_taken_back_as_one() {
    let mut app = spelled_card();
    app.done(Outcome::Linked(links(&["merge france into japan"
        .parse()
        .unwrap()])));
    let mut facts = facts(&app);
    facts.aliases = vec![("Japan".to_owned(), 7), ("Nippon".to_owned(), 2)];
    let job = card(&app).job;
    app.done(Outcome::EntityFacts(job, Some(Box::new(facts))));
    app.keys("<s-tab>G");
    let saves = app.saves("s");
    let (changes, cause) = saves[0].clone();
    let made: Vec<String> = decided(vec![Effect::Save {
        changes: changes.clone(),
        cause,
    }]);
    assert_eq!(
        made,
        [
            "part japan written Nippon",
            "part france written Nippon",
            "merge france~Nippon into japan~Nippon"
        ]
    );
    app.done(Outcome::Saved(changes, Cause::Edit));
    assert_eq!(
        app.status(),
        "Saved · “Nippon” is another now · u takes it back"
    );
    assert_eq!(
        decided(app.keys("u")),
        [
            "not merge france~Nippon into japan~Nippon",
            "not part france written Nippon",
            "not part japan written Nippon"
        ]
    );
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
fn nothing_is_taken_out_before_the_mentions_have_come() {
    let mut app = library();
    app.keys("]ee");
    assert_eq!(app.keys("s"), []);
    assert_eq!(card(&app).section, Section::Mentions);
    assert!(
        app.status().contains("again in a moment"),
        "{}",
        app.status()
    );
}
