//! Names outside the card: the list of all, the filter, colours, the next mention.

use super::*;

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
    let found = merged.apply(&app.reader().document, found);
    app.done(Outcome::Analysed(doc(1), Arc::new(found)));
    app.keys("]e[e*");
    assert_eq!(app.at(), "Nippon. ");
    app.keys("*");
    assert_eq!(app.at(), "Japan le");
    app.keys("#");
    assert_eq!(app.at(), "Nippon. ");
}

#[test]
fn past_the_last_mention_the_same_key_goes_on_in_the_next_document_that_names_it() {
    let mut app = open("Japan spoke. Japan left.");
    app.keys("]e[e**");
    let at = app.reader().at;
    assert_eq!(
        app.status(),
        "The last mention of Japan in this document · * again looks in the next"
    );
    assert_eq!(app.keys("*"), [Effect::EntityDocuments(id("japan"))]);
    let named = || Outcome::EntityDocuments(id("japan"), [(doc(1), 2), (doc(3), 2)].into());
    let effects = app.done(named());
    assert!(
        matches!(effects.as_slice(), [Effect::Open { doc, .. }] if *doc == super::doc(3)),
        "{effects:?}"
    );
    assert_eq!(
        app.status(),
        "Japan goes on in “Summer summit” · ^O goes back"
    );
    assert_eq!(app.model.list.entity, None, "nothing is narrowed");
    let text = "France came. Japan came. Japan stayed.";
    app.answer(opened(document(doc(3), text)));
    let found = analysis(&app.reader().document);
    app.done(Outcome::Analysed(doc(3), Arc::new(found)));
    assert_eq!(app.at(), "Japan ca");
    app.keys("**");
    assert_eq!(app.keys("*"), [Effect::EntityDocuments(id("japan"))]);
    assert_eq!(app.done(named()), []);
    assert_eq!(
        app.status(),
        "No document further below in the list names Japan"
    );
    app.keys("##");
    app.keys("#");
    app.done(named());
    app.answer(opened(document(doc(1), "Japan spoke. Japan left.")));
    let found = analysis(&app.reader().document);
    app.done(Outcome::Analysed(doc(1), Arc::new(found)));
    assert_eq!(app.reader().at, at, "at its last mention");
}

#[test]
fn whoever_moves_on_is_not_taken_to_the_next_document() {
    let mut app = open("Japan spoke. Japan left.");
    app.keys("]e[e***");
    app.keys("[e");
    let named = Outcome::EntityDocuments(id("japan"), [(doc(1), 2), (doc(3), 2)].into());
    assert_eq!(app.done(named), []);
}
