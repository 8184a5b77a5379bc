//! What is taken out has an id of its own, and nothing else has.

use super::*;
use crate::import;
use crate::language::entities::EntityType;
use crate::library::analyse;
use crate::library::entities::{Links, Seen, read};

fn id(id: &str) -> EntityId {
    EntityId(id.into())
}

fn parts(lines: &str) -> Parts {
    Parts::of(&read(lines).unwrap())
}

/// The ids of the names in a text, in its order, once these lines were decided. `HERE` is the document of the text.
fn named(text: &str, lines: &str) -> Vec<String> {
    let document = import::exact("a", text, None, None);
    let lines = lines.replace("HERE", &document.id.to_string());
    let apart = parts(&lines).apply(&document, analyse(&document));
    let ids = apart.mentions.iter();
    let here = format!("~{}", document.id);
    ids.map(|(_, mention)| mention.entity.as_str().replace(&here, "~HERE"))
        .collect()
}

#[test]
fn a_document_a_spelling_and_a_spelling_in_a_document_are_taken_out() {
    let text = "Japan spoke; then the Japanese left. Japan stayed.";
    assert_eq!(named(text, ""), ["japan", "japan", "japan"]);
    assert_eq!(
        named(text, "part japan in HERE"),
        ["japan~HERE", "japan~HERE", "japan~HERE"]
    );
    assert_eq!(
        named(text, "part japan written Japanese"),
        ["japan", "japan~Japanese", "japan"]
    );
    assert_eq!(
        named(text, "part japan in HERE written Japan"),
        ["japan~Japan~HERE", "japan", "japan~Japan~HERE"]
    );
    assert_eq!(
        named(text, "part japan in 0000000000000001 written Japan"),
        ["japan", "japan", "japan"]
    );
    assert_eq!(
        named(text, "part japan written japan"),
        ["japan", "japan", "japan"],
        "case counts"
    );
}

#[test]
fn what_was_taken_out_first_stays_out_and_can_be_taken_apart_itself() {
    let text = "Japan spoke; then the Japanese left.";
    assert_eq!(
        named(text, "part japan in HERE\npart japan written Japanese"),
        ["japan~HERE", "japan~HERE"]
    );
    assert_eq!(
        named(text, "part japan written Japanese\npart japan in HERE"),
        ["japan~HERE", "japan~Japanese"]
    );
    assert_eq!(
        named(text, "part japan in HERE\npart japan~HERE written Japanese"),
        ["japan~HERE", "japan~HERE~Japanese"]
    );
}

#[test]
fn a_spelling_is_one_however_many_blanks_it_has() {
    let text = "South Korea spoke to South  Korea. The Republic of Korea stayed.";
    let apart = "part south-korea written South Korea";
    assert_eq!(
        named(text, apart),
        [
            "south-korea~South_Korea",
            "south-korea~South_Korea",
            "south-korea"
        ]
    );
}

#[test]
fn speakers_and_dated_passages_follow_their_mentions() {
    let text = "President Anna Lind met Karl Ohm on 5 May 2024. “We agreed on nothing at all,” Anna Lind said. Lind left on 7 May 2024.";
    let document = import::exact("a", text, None, None);
    let found = analyse(&document);
    let anna = found.mentions.get(0).unwrap().1.entity.clone();
    let decision = Decision::part_spelling(anna.clone(), "Anna Lind", None).unwrap();
    let full = decision.apart().unwrap();
    let apart = Parts::of(&[decision]).apply(&document, found.clone());
    assert_eq!(apart.mentions.get(0).unwrap().1.entity, full);
    assert_eq!(&*apart.mentions.get(0).unwrap().1.name, "Anna Lind");
    assert_eq!(apart.mentions.get(1), found.mentions.get(1), "Karl Ohm");
    assert!(apart.events[0].entities.contains(&full));
    assert!(!apart.events[0].entities.contains(&anna));
    let last = apart.events.last().unwrap();
    assert_eq!(last.entities, [anna], "Lind alone");
    let (_, quote) = apart.quotes.get(0).unwrap();
    assert_eq!(quote.speaker.as_ref().unwrap().entity, Some(full));
    assert_eq!(Parts::default().apply(&document, found.clone()), found);
}

#[test]
fn what_differs_is_a_document_or_wherever_an_entity_is_named() {
    let none = Parts::default();
    let one = parts("part a in 0000000000000007");
    assert_eq!(one.differing(&none).documents, [DocId(7)].into());
    assert!(one.differing(&none).entities.is_empty());
    let both = parts("part a in 0000000000000007\npart a~0000000000000007 written A B");
    assert_eq!(both.differing(&one).entities, [id("a")].into());
    assert!(both.differing(&one).documents.is_empty());
    let (first, second) = ("part a written A", "part a in 0000000000000007");
    let forth = parts(&format!("{first}\n{second}"));
    let back = parts(&format!("{second}\n{first}"));
    assert_eq!(forth.differing(&back).documents, [DocId(7)].into());
    assert_ne!(forth.stamp(), back.stamp());
    assert_eq!(
        (none.stamp(), forth.differing(&forth)),
        (0, Differing::default())
    );
}

#[test]
fn likeness_does_not_bring_back_what_was_taken_out_and_a_merge_does() {
    let part = read("part anna-lind written Anna Lind").unwrap();
    let (anna, out) = (id("anna-lind"), part[0].apart().unwrap());
    let seen = |id: &EntityId| Seen {
        id: id.clone(),
        name: "Anna Lind".into(),
        kind: EntityType::Person,
        mentions: 2,
        documents: 1,
        acronyms: Vec::new(),
    };
    let all = || vec![seen(&anna), seen(&out)];
    let links = Links::new(all(), &part, |_, _| false);
    assert_eq!(links.members(&anna), std::slice::from_ref(&anna));
    let merge = Decision::Merge {
        entity: out.clone(),
        into: anna.clone(),
    };
    let both: Vec<Decision> = part.into_iter().chain([merge]).collect();
    assert_eq!(
        Links::new(all(), &both, |_, _| false).members(&anna).len(),
        2
    );
}

#[test]
fn what_was_taken_out_is_not_offered_again() {
    let person = |name: &str, id: &EntityId| Seen {
        id: id.clone(),
        name: name.into(),
        kind: EntityType::Person,
        mentions: 2,
        documents: 1,
        acronyms: Vec::new(),
    };
    let parts = read("part kim-jong-un written Kim Jung Un").unwrap();
    let (whole, spelled) = (id("kim-jong-un"), parts[0].apart().unwrap());
    let other = id("kim-jung-un");
    let seen = vec![
        person("Kim Jong Un", &whole),
        person("Kim Jung Un", &spelled),
        person("Kim Jung Un", &other),
    ];
    let offered = |decisions: &[Decision]| -> Vec<EntityId> {
        let links = Links::new(seen.clone(), decisions, |_, _| false);
        let offers = &links.entity(&spelled).unwrap().offers;
        offers.iter().map(|offer| offer.id.clone()).collect()
    };
    assert_eq!(
        offered(&parts),
        [],
        "the other spelling is one with the whole"
    );
    let apart = read("part kim-jong-un written Kim Jung Un\nsplit kim-jung-un").unwrap();
    assert!(!offered(&apart).contains(&whole));
}

#[test]
fn an_id_is_bounded_and_holds_no_blank() {
    let long = "Ministry of Words ".repeat(60);
    let decision = Decision::part_spelling(id("a"), long.get(..390).unwrap(), Some(DocId(3)));
    let apart = decision.unwrap().apart().unwrap();
    assert!(apart.as_str().len() < 100, "{apart:?}");
    assert!(!apart.as_str().contains(' '));
}
