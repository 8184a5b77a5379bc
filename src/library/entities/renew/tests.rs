use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::library::entities::is_acronym;

/// A document: whom it names, how often, and by which short forms.
type Page = Vec<(&'static str, u32)>;

/// Names that reach one another in every way there is. The id is the name in lower case, so that spellings have ids of their own.
const NAMES: &[&str] = &[
    "Kim Jong Un",
    "Kim Jung Un",
    "Un Kim-Jong",
    "Kim Jong-un",
    "Kim",
    "Un",
    "Kim Song Nam",
    "Kim Sang Nam",
    "George Bush",
    "George W. Bush",
    "George H. W. Bush",
    "G. Bush",
    "Greta Bush",
    "Bush",
    "Sergei Lavrov",
    "Sergey Lavrov",
    "Sergey Viktorovich Lavrov",
    "S. Lavrov",
    "Anna Lavrov",
    "Lavrov",
    "Lavrov~SERGEY",
    "Sergei Lavrov~sl",
    "org Ministry of Defence",
    "org Ministry of Defense",
    "org Gulf Cooperation Council=GCC",
    "org Global Carbon Council=GCC",
    "org GCC",
    "org The Gulf Cooperation Council",
    "place Sao Tome",
    "place São Tomé",
];

const DECISIONS: &[&str] = &[
    "merge kim into un",
    "split kim-jong-un",
    "distinct sergei-lavrov from sergey-lavrov",
    "merge gcc into gulf-cooperation-council",
    "hide bush",
    "rename lavrov to Minister Lavrov",
    "retype gcc to place",
    "merge ghost into bush",
    "part sergei-lavrov written sl",
    "part lavrov written sergey",
];

fn id_of(name: &str) -> EntityId {
    let name = name.split('=').next().unwrap();
    let name = name.strip_prefix("org ").unwrap_or(name);
    let name = name.strip_prefix("place ").unwrap_or(name);
    EntityId(name.to_lowercase().replace([' ', '.'], "-").into())
}

/// A library of made-up documents.
struct Shelf {
    pages: BTreeMap<u32, Page>,
    keys: BTreeMap<EntityId, Vec<Key>>,
}

impl Default for Shelf {
    fn default() -> Self {
        let mut shelf = Self {
            pages: BTreeMap::new(),
            keys: BTreeMap::new(),
        };
        for name in NAMES {
            let id = id_of(name);
            if let Some(seen) = shelf.seen(&id) {
                shelf.keys.insert(id, keys::keys(seen.kind, &seen.name));
            }
        }
        shelf
    }
}

impl Shelf {
    fn all(&self) -> Vec<Seen> {
        let names = self.pages.values().flatten().map(|(name, _)| *name);
        let ids: BTreeSet<EntityId> = names.map(id_of).collect();
        let seen = ids.iter().filter_map(|id| self.seen(id));
        seen.filter(|seen| seen.documents > 0).collect()
    }

    fn documents(&self, id: &EntityId) -> BTreeSet<u32> {
        let whole = NAMES.iter().find(|name| id_of(name) == *id);
        let names = |page: &Page| page.iter().any(|(name, _)| Some(name) == whole);
        let pages = self.pages.iter().filter(|(_, page)| names(page));
        pages.map(|(number, _)| *number).collect()
    }

    fn scratch(&self, decisions: &[Decision]) -> Links {
        let mut links = Links::new(self.all(), decisions, |one, other| self.meet(one, other));
        links.count_documents(|members| self.n_documents(members));
        links
    }

    /// Puts a document in the place of another, or takes it out; gives whom that concerns.
    fn put(&mut self, number: u32, page: Option<Page>) -> Vec<EntityId> {
        let old = match page.clone() {
            Some(page) => self.pages.insert(number, page),
            None => self.pages.remove(&number),
        };
        let named = old.into_iter().chain(page).flatten();
        named
            .flat_map(|(name, _)| {
                let short = name.split_once('=').map(|(_, short)| id_of(short));
                [Some(id_of(name)), short].into_iter().flatten()
            })
            .collect()
    }
}

impl Names for Shelf {
    fn seen(&self, id: &EntityId) -> Option<Seen> {
        let whole = NAMES.iter().find(|name| id_of(name) == *id)?;
        let mentions = self.pages.values().flatten();
        let mentions = mentions.filter(|(name, _)| name == whole).map(|(_, n)| n);
        let (kind, name) = match whole.split_once(' ') {
            Some(("org", name)) => (EntityType::Org, name),
            Some(("place", name)) => (EntityType::Place, name),
            _ => (EntityType::Person, *whole),
        };
        // What was taken out is called as it is written.
        let name = name.split('~').next().unwrap_or(name);
        let (name, short) = name.split_once('=').unwrap_or((name, ""));
        let named = self.documents(id);
        let written = [name, short]
            .into_iter()
            .filter(|text| is_acronym(text) && !named.is_empty());
        Some(Seen {
            id: id.clone(),
            name: name.into(),
            kind,
            mentions: mentions.sum(),
            documents: named.len() as u32,
            acronyms: written.map(Into::into).collect(),
        })
    }

    fn sharing(&self, key: Key, n: usize) -> Vec<EntityId> {
        let has = self.keys.iter().filter(|(_, keys)| keys.contains(&key));
        let named = has.filter(|(id, _)| !self.documents(id).is_empty());
        named.map(|(id, _)| id.clone()).take(n).collect()
    }

    fn written(&self, acronym: &str) -> Vec<EntityId> {
        let seen = self.all().into_iter();
        let written = seen.filter(|seen| seen.acronyms.iter().any(|short| &**short == acronym));
        written.map(|seen| seen.id).collect()
    }

    fn meet(&self, one: &EntityId, other: &EntityId) -> bool {
        !self.documents(one).is_disjoint(&self.documents(other))
    }

    fn n_documents(&self, members: &[EntityId]) -> Option<u32> {
        let named: BTreeSet<u32> = members.iter().flat_map(|id| self.documents(id)).collect();
        Some(named.len() as u32)
    }
}

#[derive(Debug, Clone)]
enum Step {
    Document(u32, Option<Page>),
    Decide(Vec<Decision>),
}

fn step() -> impl Strategy<Value = Step> {
    let name = (proptest::sample::select(NAMES), 1..4_u32);
    let page = proptest::collection::vec(name, 1..5);
    let decisions = proptest::sample::subsequence(DECISIONS, 0..4);
    prop_oneof![
        4 => (0..8_u32, page).prop_map(|(n, page)| Step::Document(n, Some(page))),
        2 => (0..8_u32).prop_map(|n| Step::Document(n, None)),
        1 => decisions.prop_map(|lines| {
            Step::Decide(lines.iter().map(|line| line.parse().unwrap()).collect())
        }),
    ]
}

proptest! {
    #[test]
    fn documents_that_come_and_go_leave_the_links_of_those_that_are_there(
        steps in proptest::collection::vec(step(), 1..16)
    ) {
        let (mut shelf, mut links, mut decisions) = (Shelf::default(), Links::default(), Vec::new());
        for step in steps {
            let changed = match step {
                Step::Document(number, page) => shelf.put(number, page),
                Step::Decide(newer) => {
                    let both = decisions.iter().chain(&newer);
                    let ids = both
                        .flat_map(|it| it.entities().into_iter().cloned().chain(it.apart()))
                        .collect();
                    decisions = newer;
                    ids
                }
            };
            let renewed = links.renewed(&changed, &decisions, &shelf);
            let scratch = shelf.scratch(&decisions);
            prop_assert_eq!(renewed.entities(), scratch.entities());
            prop_assert!(renewed == scratch);
            // What is kept is what there is.
            let kept = Links::of_pages(renewed.pages_unlike(&Links::default()), &decisions);
            prop_assert!(kept == renewed);
            links = renewed;
        }
    }
}

#[test]
fn a_change_reaches_those_alone_whom_it_concerns() {
    let mut shelf = Shelf::default();
    for (number, name) in NAMES.iter().enumerate() {
        shelf.put(number as u32, Some(vec![(name, 1)]));
    }
    let links = shelf.scratch(&[]);
    let reached = |id: &str| {
        let reach = Reach::of(&links, &[EntityId(id.into())], &[], &shelf);
        reach.ids.len()
    };
    assert_eq!(reached("sao-tome"), 2);
    assert_eq!(reached("greta-bush"), 6);
    assert_eq!(reached("unheard-of"), 1);
}

#[test]
fn a_surname_of_very_many_is_offered_to_none() {
    const PARTS: [&str; 9] = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "zo"];
    let part = |n: u32| PARTS[n as usize % PARTS.len()];
    let seen = |n: u32| Seen {
        id: EntityId(format!("p{n}").into()),
        name: if n == 0 {
            "Berg".into()
        } else {
            format!("{}{}d Berg", part(n), part(n / 9)).into()
        },
        kind: EntityType::Person,
        mentions: 1,
        documents: 1,
        acronyms: Vec::new(),
    };
    let offers = |n: u32| {
        let links = Links::new((0..n).map(seen).collect(), &[], |_, _| false);
        links.entities().iter().map(|it| it.offers.len()).max()
    };
    assert_eq!(offers(MOST_BEARERS as u32), Some(6));
    assert_eq!(offers(MOST_BEARERS as u32 + 1), Some(0));
}
