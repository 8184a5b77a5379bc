use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::document::{DocId, Revision};
use crate::language::entities::EntityType;
use crate::library::entities::{Said, SaidAs, read};
use crate::library::{EntityCount, Entry, Listing, Postings, Stamp};

const NAMES: &[&str] = &[
    "Kim Jong Un",
    "Kim Jung Un",
    "Kim",
    "George Bush",
    "George W. Bush",
    "G. Bush",
    "Bush",
    "Sergei Lavrov",
    "Sergey Lavrov",
    "Anna Lavrov",
    "Lavrov",
    "Ministry of Defence",
    "Ministry of Defense",
    "Gulf Cooperation Council",
    "Global Carbon Council",
    "GCC",
];

fn key() -> CollectionKey {
    CollectionKey::of_roots(&["/docs"])
}

fn id(name: &str) -> EntityId {
    EntityId(name.to_lowercase().replace([' ', '.'], "-").into())
}

fn doc(number: u32) -> DocId {
    DocId::of_locator(&format!("/docs/{number}"))
}

/// A document that names these, each once; a council by its short form too.
fn document(number: u32, names: &[&str]) -> Entry {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    let kind = |name: &str| {
        if name.starts_with('M') || name.ends_with("Council") || name == "GCC" {
            EntityType::Org
        } else {
            EntityType::Person
        }
    };
    let count = |name: &&str| EntityCount {
        entity: id(name),
        name: (*name).into(),
        kind: kind(name),
        mentions: number % 3 + 1,
        documents: 1,
    };
    let said = |name: &&str| {
        let short = if name.ends_with("Council") {
            "GCC"
        } else {
            name
        };
        Said {
            entity: id(name),
            sort: SaidAs::Alias,
            text: short.into(),
            times: 1,
        }
    };
    let text = format!("{number} {names:?}");
    Entry {
        listing: Listing {
            id: doc(number),
            locator: format!("/docs/{number}").into(),
            title: "t".into(),
            published: None,
            published_from: None,
            publisher: None,
            authors: Vec::new(),
            kind: crate::document::DocKind::Statement,
            words: 1,
            n_warnings: 0,
            added: 0,
        },
        stamp: Stamp::default(),
        revision: Revision::of_text(&text),
        found: Some(Postings {
            entities: names.iter().map(count).collect(),
            said: names.iter().map(said).collect(),
            ..Postings::default()
        }),
    }
}

fn links(catalogue: &mut Catalogue, last: &Linking, decisions: &str) -> Linking {
    let decisions = read(decisions).unwrap();
    catalogue.link(key(), last, &decisions).unwrap()
}

#[derive(Debug, Clone)]
enum Step {
    Put(u32, Vec<&'static str>),
    Remove(u32),
    Decide(&'static str),
    /// The program ends and begins again.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let names = proptest::sample::subsequence(NAMES, 1..6);
    prop_oneof![
        5 => (0..9_u32, names).prop_map(|(n, names)| Step::Put(n, names)),
        2 => (0..9_u32).prop_map(Step::Remove),
        1 => proptest::sample::select(&[
            "",
            "merge kim into bush",
            "split sergei-lavrov\nhide kim",
            "merge ghost into gcc\ndistinct kim-jong-un from kim-jung-un",
        ][..]).prop_map(Step::Decide),
        1 => Just(Step::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_kept_is_what_a_new_catalogue_gives(steps in proptest::collection::vec(step(), 1..14)) {
        let mut catalogue = Catalogue::in_memory().unwrap();
        // Enough that a change is a small part.
        let mut there: HashMap<u32, Entry> = (100..116)
            .map(|n| (n, document(n, &[NAMES[n as usize % 16], NAMES[n as usize * 7 % 16]])))
            .collect();
        let mut batch: Vec<Entry> = there.values().cloned().collect();
        batch.sort_by_key(|entry| entry.listing.id);
        catalogue.put(key(), &batch).unwrap();
        let mut decided = "";
        let mut last = links(&mut catalogue, &Linking::default(), decided);
        for step in steps {
            match step {
                Step::Put(number, names) => {
                    let entry = document(number, &names);
                    catalogue.put(key(), std::slice::from_ref(&entry)).unwrap();
                    there.insert(number, entry);
                }
                Step::Remove(number) => {
                    catalogue.remove(key(), &[doc(number)]).unwrap();
                    there.remove(&number);
                }
                Step::Decide(decisions) => decided = decisions,
                Step::Restart => last = Linking::default(),
            }
            last = links(&mut catalogue, &last, decided);
            let mut fresh = Catalogue::in_memory().unwrap();
            let all: Vec<Entry> = there.values().cloned().collect();
            fresh.put(key(), &all).unwrap();
            let fresh = links(&mut fresh, &Linking::default(), decided);
            prop_assert_eq!(last.links.entities(), fresh.links.entities());
        }
    }
}

#[test]
fn nothing_is_linked_anew_where_nothing_changed() {
    let mut catalogue = Catalogue::in_memory().unwrap();
    let names = ["Kim Jong Un", "Kim Jung Un", "GCC"];
    catalogue.put(key(), &[document(1, &names)]).unwrap();
    let first = links(&mut catalogue, &Linking::default(), "");
    let again = links(&mut catalogue, &first, "");
    assert!(Arc::ptr_eq(&first.links, &again.links));
    let after_a_restart = links(&mut catalogue, &Linking::default(), "");
    assert_eq!(after_a_restart.generation, first.generation);
    assert_eq!(*after_a_restart.links, *first.links);
    assert_eq!(
        links(&mut catalogue, &first, "hide gcc").generation,
        first.generation + 1
    );
}

#[test]
fn what_another_program_linked_is_taken_up() {
    let mut catalogue = Catalogue::in_memory().unwrap();
    let batch: Vec<Entry> = (0..9)
        .map(|n| document(n, &[NAMES[n as usize], "Kim"]))
        .collect();
    catalogue.put(key(), &batch).unwrap();
    let mine = links(&mut catalogue, &Linking::default(), "");
    catalogue.put(key(), &[document(20, &["Lavrov"])]).unwrap();
    let theirs = links(&mut catalogue, &Linking::default(), "");
    assert!(mine.links.entity(&id("Lavrov")).is_none());
    let mine = links(&mut catalogue, &mine, "");
    assert!(mine.links.entity(&id("Lavrov")).is_some());
    assert_eq!(*mine.links, *theirs.links);
}

#[test]
fn the_longest_name_stays_whatever_came_first() {
    let named = |name: &str| {
        let mut entry = document(name.len() as u32, &["Kim"]);
        if let Some(found) = &mut entry.found {
            found.entities[0].name = name.into();
        }
        entry
    };
    let shown = |batch: &[Entry]| {
        let mut catalogue = Catalogue::in_memory().unwrap();
        catalogue.put(key(), batch).unwrap();
        let linking = links(&mut catalogue, &Linking::default(), "");
        linking.links.entities()[0].name.to_string()
    };
    assert_eq!(
        shown(&[named("Kim Un"), named("Kim Jong-un")]),
        "Kim Jong-un"
    );
    assert_eq!(
        shown(&[named("Kim Jong-un"), named("Kim Un")]),
        "Kim Jong-un"
    );
}
