use jiff::civil::date;

use super::*;
use crate::document::{DocId, Interval, PublishedFrom, Revision};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::{Said, SaidAs};
use crate::library::{EntityCount, Entry, Listing, Postings, Sort, Stamp};
use crate::text::TextRange;
use crate::time::{Bound, Grain};
use crate::timeline::Event;
use crate::trace::sketch::Sketch;
use crate::trace::words::Words;

fn key() -> CollectionKey {
    CollectionKey::of_roots(&["/docs"])
}

/// A document in two words: its title and its date, which may be empty.
fn entry(title: &str, published: &str) -> Entry {
    let locator = format!("/docs/{title}.txt");
    Entry {
        listing: Listing {
            id: DocId::of_locator(&locator),
            locator: locator.into(),
            title: title.into(),
            published: published.parse().ok(),
            published_from: (!published.is_empty()).then_some(PublishedFrom::Byline),
            publisher: Some("Radio".into()),
            authors: vec!["Ann Bee".to_owned(), "Bo".to_owned()],
            kind: crate::document::DocKind::News,
            words: 7,
            n_warnings: 1,
            added: 99,
        },
        stamp: Stamp {
            size: 10,
            mtime_ns: -5,
        },
        revision: Revision::of_text(title),
        found: None,
    }
}

/// The same with the entities named (`north-korea 3`) and the days of its dated passages.
fn analysed(title: &str, names: &[(&str, u32)], days: &[Option<Interval>]) -> Entry {
    let entry = entry(title, "");
    let doc = entry.listing.id;
    let entities = names.iter().map(|(name, mentions)| EntityCount {
        entity: EntityId((*name).into()),
        name: name.to_uppercase().into(),
        kind: EntityType::Person,
        mentions: *mentions,
        documents: 1,
    });
    let events = days.iter().map(|interval| Event {
        doc,
        range: TextRange::new(1, 20),
        timex: TextRange::new(2, 6),
        interval: *interval,
        grain: Grain::PartOfMonth,
        bound: Some(Bound::Since),
        edtf: Some("2023-10-11/2023-10-20".into()),
        said: "mid-October".into(),
        label: "They met in mid-October".into(),
        entities: vec![EntityId("seoul".into()), EntityId("kim".into())],
        words: vec!["meet".into()],
        sort: crate::timeline::Sort::Said,
        speaker: Some("Kim".into()),
        stated: *interval,
        published: None,
    });
    let found = Postings {
        entities: entities.collect(),
        events: events.collect(),
        headings: Vec::new(),
        said: Vec::new(),
        sketch: Some(Sketch::of(&Words::of(title))),
    };
    Entry {
        found: Some(found),
        ..entry
    }
}

fn with(batch: &[Entry]) -> Catalogue {
    let mut catalogue = Catalogue::in_memory().unwrap();
    catalogue.put(key(), batch).unwrap();
    catalogue
}

fn titles(catalogue: &Catalogue, sort: Sort, from: usize, n: usize) -> Vec<String> {
    let page = catalogue.page(key(), sort, from, n).unwrap();
    page.iter()
        .map(|listing| listing.title.to_string())
        .collect()
}

#[test]
fn sketches_are_kept_with_the_day_and_go_with_their_document() {
    let mut catalogue = with(&[analysed("a", &[], &[]), analysed("b", &[], &[])]);
    let sketches = catalogue.sketches(key()).unwrap();
    assert_eq!(sketches.len(), 2);
    assert_eq!(sketches[0].1, Sketch::of(&Words::of("a")));
    let first = sketches[0].0;
    catalogue.remove(key(), &[first]).unwrap();
    let rest = catalogue.sketches(key()).unwrap();
    assert!(rest.len() == 1 && rest[0].0 != first);
}

#[test]
fn other_names_of_the_reader_have_everything_analysed_again() {
    let mut catalogue = with(&[analysed("a", &[("kim", 2)], &[])]);
    let is_analysed = |catalogue: &Catalogue| {
        let stamps = catalogue.stamps(key()).unwrap();
        stamps.values().all(|(_, analysed)| *analysed)
    };
    assert!(!catalogue.expect_names(0).unwrap() && is_analysed(&catalogue));
    assert!(catalogue.expect_names(u64::MAX).unwrap() && !is_analysed(&catalogue));
    assert!(!catalogue.expect_names(u64::MAX).unwrap());
    catalogue
        .put(key(), &[analysed("a", &[("kim", 3)], &[])])
        .unwrap();
    assert!(is_analysed(&catalogue));
    assert!(catalogue.expect_names(0).unwrap());
}

#[test]
fn listings_come_back_as_they_were_put() {
    let entry = entry("Readout", "2023-10~");
    let catalogue = with(std::slice::from_ref(&entry));
    assert_eq!(
        catalogue.all(key(), Sort::Date).unwrap(),
        std::slice::from_ref(&entry.listing)
    );
    assert_eq!(
        catalogue.stamps(key()).unwrap()[&entry.listing.id],
        (entry.stamp, false)
    );
    assert_eq!(
        catalogue.revisions(key()).unwrap(),
        [(entry.listing.locator.to_string(), entry.revision)]
    );
    let other = CollectionKey::of_roots(&["/docs", "/more"]);
    assert_eq!(other, CollectionKey::of_roots(&["/more", "/docs", "/more"]));
    assert_eq!(
        (
            catalogue.count(key()).unwrap(),
            catalogue.count(other).unwrap()
        ),
        (1, 0)
    );
}

#[test]
fn pages_are_sorted_with_undated_documents_last() {
    let catalogue = with(&[
        entry("beta", "2024"),
        entry("“Émile”", ""),
        entry("Alpha", "2023-10-25"),
        entry("Gamma", ""),
    ]);
    assert_eq!(
        titles(&catalogue, Sort::Date, 0, 9),
        ["Alpha", "beta", "“Émile”", "Gamma"]
    );
    assert_eq!(
        titles(&catalogue, Sort::Title, 0, 9),
        ["Alpha", "beta", "“Émile”", "Gamma"]
    );
    assert_eq!(titles(&catalogue, Sort::Title, 1, 2), ["beta", "“Émile”"]);
    assert_eq!(titles(&catalogue, Sort::Name, 3, 9), ["“Émile”"]);
    for sort in [Sort::Date, Sort::Title, Sort::Name, Sort::Added] {
        let paged: Vec<_> = (0..4)
            .flat_map(|n| catalogue.page(key(), sort, n, 1).unwrap())
            .collect();
        assert_eq!(paged, catalogue.all(key(), sort).unwrap());
    }
}

#[test]
fn a_document_put_again_is_replaced_but_keeps_when_it_was_added() {
    let mut catalogue = with(&[analysed("a", &[("kim", 2)], &[])]);
    let mut again = entry("a", "2024");
    again.listing.added = 500;
    catalogue.put(key(), std::slice::from_ref(&again)).unwrap();
    assert!(
        catalogue.stamps(key()).unwrap()[&again.listing.id].1,
        "the same text stays analysed"
    );
    assert_eq!(catalogue.entity_totals(key()).unwrap().len(), 1);
    again.revision = Revision::of_text("changed");
    catalogue.put(key(), std::slice::from_ref(&again)).unwrap();
    assert!(!catalogue.stamps(key()).unwrap()[&again.listing.id].1);
    assert!(catalogue.entity_totals(key()).unwrap().is_empty());
    let found = catalogue.all(key(), Sort::Added).unwrap();
    assert_eq!((found.len(), found[0].added), (1, 99));
}

#[test]
fn entity_totals_keep_step_with_what_is_put_and_removed() {
    let mut catalogue = with(&[
        analysed("a", &[("kim", 2), ("seoul", 1)], &[]),
        analysed("b", &[("kim", 3)], &[]),
    ]);
    let totals = |catalogue: &Catalogue| {
        let found = catalogue.entity_totals(key()).unwrap();
        found
            .into_iter()
            .map(|e| (e.entity.as_str().to_owned(), e.mentions, e.documents))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        totals(&catalogue),
        [("kim".to_owned(), 5, 2), ("seoul".to_owned(), 1, 1)]
    );
    catalogue
        .put(key(), &[analysed("a", &[("kim", 7)], &[])])
        .unwrap();
    assert_eq!(totals(&catalogue), [("kim".to_owned(), 10, 2)]);
    let kim = EntityId("kim".into());
    let (a, b) = (
        DocId::of_locator("/docs/a.txt"),
        DocId::of_locator("/docs/b.txt"),
    );
    assert_eq!(
        catalogue.entity_documents(key(), &kim).unwrap(),
        [(a, 7), (b, 3)]
    );
    catalogue.remove(key(), &[a, DocId(1)]).unwrap();
    assert_eq!(totals(&catalogue), [("kim".to_owned(), 3, 1)]);
    assert_eq!(
        catalogue
            .entity_total(key(), &kim)
            .unwrap()
            .map(|e| e.mentions),
        Some(3)
    );
    assert_eq!(titles(&catalogue, Sort::Date, 0, 9), ["b"]);
}

#[test]
fn events_stand_in_the_order_of_time() {
    let day = |d| Some(Interval::day(date(2023, 10, d)));
    let until = Some(Interval {
        earliest: None,
        latest: Some(date(2023, 9, 30)),
    });
    let a = analysed("a", &[], &[day(25), None, day(18)]);
    let b = analysed("b", &[], &[until]);
    let mut catalogue = with(&[a.clone(), b]);
    let intervals = |events: Vec<Event>| {
        events
            .into_iter()
            .map(|event| event.interval)
            .collect::<Vec<_>>()
    };
    let all = catalogue.events(key(), None, 0, 9).unwrap();
    assert_eq!(intervals(all), [until, day(18), day(25), None]);
    assert!(catalogue.has_more_events(key(), 3) && !catalogue.has_more_events(key(), 4));
    let page = catalogue
        .events(key(), Some(date(2023, 10, 18)), 1, 1)
        .unwrap();
    assert_eq!(page, a.found.as_ref().unwrap().events[..1]);
    assert_eq!(
        intervals(
            catalogue
                .events_before(key(), date(2023, 10, 25), 0, 2)
                .unwrap()
        ),
        [until, day(18)]
    );
    assert_eq!(
        catalogue.events_of(key(), a.listing.id).unwrap(),
        a.found.unwrap().events
    );
    assert_eq!(
        catalogue.density(key()).unwrap(),
        [(2023, 9, 1), (2023, 10, 2)]
    );
    catalogue.remove(key(), &[a.listing.id]).unwrap();
    assert_eq!(catalogue.density(key()).unwrap(), [(2023, 9, 1)]);
}

#[test]
fn a_damaged_or_older_catalogue_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache/catalogue.db");
    let mut catalogue = Catalogue::open(&path).unwrap();
    catalogue.put(key(), &[entry("a", "")]).unwrap();
    drop(catalogue);
    let catalogue = Catalogue::open(&path).unwrap();
    assert_eq!(catalogue.count(key()).unwrap(), 1);
    catalogue
        .connection
        .pragma_update(None, "user_version", 1)
        .unwrap();
    drop(catalogue);
    let mut catalogue = Catalogue::open(&path).unwrap();
    assert_eq!(catalogue.count(key()).unwrap(), 0, "another version");
    catalogue.put(key(), &[entry("a", "")]).unwrap();
    drop(catalogue);
    std::fs::write(&path, "rubbish".repeat(1000)).unwrap();
    assert_eq!(
        Catalogue::open(&path).unwrap().count(key()).unwrap(),
        0,
        "damaged"
    );
}

#[test]
fn headings_are_kept_with_their_document() {
    let mut first = analysed("first", &[], &[]);
    let heading = |at, text: &str| crate::library::Heading {
        at,
        level: 2,
        text: text.to_owned(),
    };
    if let Some(found) = &mut first.found {
        found.headings = vec![heading(40, "On grain"), heading(90, "On steel")];
    }
    let doc = first.listing.id;
    let mut catalogue = with(&[first.clone(), analysed("second", &[], &[])]);
    let found = catalogue.headings(key()).unwrap();
    assert_eq!(
        found,
        [
            (doc, 40, "On grain".to_owned()),
            (doc, 90, "On steel".to_owned())
        ]
    );
    if let Some(found) = &mut first.found {
        found.headings.truncate(1);
    }
    first.revision = Revision::of_text("changed");
    catalogue.put(key(), &[first]).unwrap();
    assert_eq!(catalogue.headings(key()).unwrap().len(), 1);
    catalogue.remove(key(), &[doc]).unwrap();
    assert_eq!(catalogue.headings(key()).unwrap(), []);
}

/// A document published on a day, with what is said of the entities it names: `kim: Kim Jong Un`, `kim~ leader`.
fn telling(title: &str, published: &str, names: &[(&str, u32)], words: &[&str]) -> Entry {
    let mut entry = Entry {
        listing: self::entry(title, published).listing,
        ..analysed(title, names, &[Some(Interval::day(date(2023, 10, 25)))])
    };
    let said = words.iter().map(|line| {
        let (mark, sort) = if line.contains(": ") {
            (": ", SaidAs::Alias)
        } else {
            ("~ ", SaidAs::Role)
        };
        let (id, text) = line.split_once(mark).unwrap();
        Said {
            entity: EntityId(id.into()),
            sort,
            text: text.into(),
            times: 2,
        }
    });
    if let Some(found) = &mut entry.found {
        found.said = said.collect();
    }
    entry
}

#[test]
fn a_card_is_told_over_all_members_of_an_entity() {
    let mut catalogue = with(&[
        telling(
            "a",
            "2023-10-25",
            &[("kim", 2), ("seoul", 1)],
            &["kim: Kim", "kim~ leader"],
        ),
        telling(
            "b",
            "2023-12",
            &[("kim", 1), ("kim-2", 1), ("seoul", 1)],
            &["kim-2: Kim", "kim-2: Kim Jong Un"],
        ),
        telling("c", "", &[("kim-2", 4)], &["kim-2: KJU"]),
        telling("d", "2024", &[("paris", 4)], &[]),
    ]);
    let id = |id: &str| EntityId(id.into());
    let members = [id("kim"), id("kim-2")];
    let doc = |name: &str| DocId::of_locator(&format!("/docs/{name}.txt"));
    assert_eq!(
        catalogue.documents_of(key(), &members).unwrap(),
        [(doc("a"), 2), (doc("b"), 2), (doc("c"), 4)]
    );
    assert_eq!(catalogue.n_documents_of(key(), &members).unwrap(), 3);
    assert_eq!(catalogue.locators_of(key(), &members).unwrap().len(), 3);
    let [first, last] = catalogue.first_and_last(key(), &members).unwrap();
    let told = |end: Option<(crate::document::Edtf, DocId)>| {
        end.map(|(date, doc)| (date.to_string(), doc))
    };
    assert_eq!(told(first), Some(("2023-10-25".to_owned(), doc("a"))));
    assert_eq!(told(last), Some(("2023-12".to_owned(), doc("b"))));
    let said = |sort, n| catalogue.said_of(key(), &members, sort, n).unwrap();
    assert_eq!(
        said(SaidAs::Alias, 2),
        [("Kim".to_owned(), 4), ("KJU".to_owned(), 2)]
    );
    assert_eq!(said(SaidAs::Role, 9), [("leader".to_owned(), 2)]);
    let with = catalogue.named_with(key(), &members, 9).unwrap();
    assert_eq!(with, [(id("kim-2"), 2), (id("kim"), 2), (id("seoul"), 2)]);
    assert_eq!(
        catalogue.events_naming(key(), &members, 9).unwrap().len(),
        3
    );
    assert_eq!(
        catalogue
            .events_naming(key(), &[id("paris")], 9)
            .unwrap()
            .len(),
        0
    );
    assert!(catalogue.meet(key(), &members[0], &members[1]).unwrap());
    assert!(!catalogue.meet(key(), &members[0], &id("paris")).unwrap());
    let seen = catalogue.entities_seen(key()).unwrap();
    let short: Vec<&str> = seen
        .iter()
        .flat_map(|seen| &seen.acronyms)
        .map(|text| &**text)
        .collect();
    assert_eq!(short, ["KJU"]);
    catalogue.remove(key(), &[doc("b"), doc("c")]).unwrap();
    let said = catalogue
        .said_of(key(), &members, SaidAs::Alias, 9)
        .unwrap();
    assert_eq!(said, [("Kim".to_owned(), 2)]);
    assert!(catalogue.documents_of(key(), &[]).unwrap().is_empty());
}

#[test]
fn documents_that_name_an_entity_or_what_was_taken_out_of_it_are_read_again() {
    let mut catalogue = Catalogue::in_memory().unwrap();
    let entries = [
        analysed("a", &[("japan", 3)], &[]),
        analysed("b", &[("japan~Tokyo", 1)], &[]),
        analysed("c", &[("japanese-embassy", 1)], &[]),
    ];
    catalogue.put(key(), &entries).unwrap();
    let japan = EntityId("japan".into());
    assert_eq!(catalogue.forget_analyses(&japan).unwrap(), 2);
    let stamps = catalogue.stamps(key()).unwrap();
    let known = |title: &str| stamps[&entry(title, "").listing.id].1;
    assert_eq!(["a", "b", "c"].map(known), [false, false, true]);
}

/// The documents found for a name: their titles.
fn naming(name: &str, hidden: &[&str]) -> Vec<String> {
    let mut catalogue = Catalogue::in_memory().unwrap();
    let mut brief = analysed("brief", &[("north-korea", 3)], &[]);
    let spelled = |text: &str, sort| Said {
        entity: EntityId("north-korea".into()),
        sort,
        text: text.into(),
        times: 1,
    };
    if let Some(found) = &mut brief.found {
        found.said = vec![
            spelled("DPRK", SaidAs::Alias),
            spelled("the North", SaidAs::Alias),
            spelled("Chairman", SaidAs::Role),
        ];
    }
    let letter = analysed("letter", &[("north-korea", 1), ("japan", 1)], &[]);
    catalogue.put(key(), &[brief, letter]).unwrap();
    let hidden = hidden.iter().map(|id| EntityId((*id).into())).collect();
    let found = catalogue
        .documents_naming(key(), |text| text.eq_ignore_ascii_case(name), &hidden)
        .unwrap();
    let all = catalogue.all(key(), Sort::Title).unwrap();
    let found = all.iter().filter(|listing| found.contains(&listing.id));
    found.map(|listing| listing.title.to_string()).collect()
}

#[test]
fn documents_are_found_by_a_name_and_by_how_they_write_it() {
    assert_eq!(naming("north-korea", &[]), ["brief", "letter"]);
    assert_eq!(
        naming("dprk", &[]),
        ["brief"],
        "the letter does not write so"
    );
    assert_eq!(naming("japan", &[]), ["letter"]);
    assert_eq!(naming("chairman", &[]), [""; 0], "a title is no name");
    assert_eq!(naming("dprk", &["north-korea"]), [""; 0]);
    assert_eq!(naming("north-korea", &["north-korea"]), [""; 0]);
}
