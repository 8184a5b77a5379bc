//! What names cost in a large library: linking all of them, and the card of the one named in every document.
//!
//! `cargo bench --bench links`

// A benchmark that cannot reach its catalogue has nothing to say.
#![allow(clippy::expect_used)]

use divan::Bencher;
use jiff::civil::Date;
use postil::document::{DocId, Edtf, Interval, PublishedFrom, Revision};
use postil::language::entities::{EntityId, EntityType};
use postil::library::entities::{Links, Said, SaidAs};
use postil::library::{EntityCount, Entry, Listing, Postings, Stamp};
use postil::store::catalogue::{Catalogue, CollectionKey, Linking};
use postil::text::TextRange;
use postil::time::Grain;
use postil::timeline::Event;

/// Documents, names in each, and different people in all.
const DOCUMENTS: u32 = 10_000;
const NAMES: u32 = 40;
const PEOPLE: u32 = 60_000;

fn main() {
    divan::main();
}

fn key() -> CollectionKey {
    CollectionKey::of_roots(&["/made-up-names"])
}

/// A number that looks random and is the same in every run.
fn mixed(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761) ^ (n >> 7)
}

/// A person with a given name and a surname of the commonness they have.
fn name(n: u32) -> String {
    let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"];
    let word = |mut n: u32, letters: u32| {
        let mut word = String::new();
        for _ in 0..letters {
            word.push_str(syllables.get(n as usize % 10).copied().unwrap_or("ba"));
            n /= 10;
        }
        word
    };
    format!("{} {}", word(n % 300, 3), word(n / 30, 4))
}

fn entry(n: u32) -> Entry {
    let locator = format!("/made-up-names/document-{n:06}.txt");
    let day = Date::constant(2000, 1, 1).saturating_add(jiff::Span::new().days(mixed(n) % 9000));
    let id = DocId::of_locator(&locator);
    let person = |k: u32| mixed(n * NAMES + k) % PEOPLE;
    let mut entities: Vec<EntityCount> = (0..NAMES)
        .map(|k| EntityCount {
            entity: EntityId(format!("person-{}", person(k)).into()),
            name: name(person(k)).into(),
            kind: EntityType::Person,
            mentions: 2,
            documents: 1,
        })
        .collect();
    entities.push(EntityCount {
        entity: EntityId("everywhere".into()),
        name: "Everywhere".into(),
        kind: EntityType::Place,
        mentions: 5,
        documents: 1,
    });
    let said = entities
        .iter()
        .flat_map(|count| {
            let alias = |text: String| Said {
                entity: count.entity.clone(),
                sort: SaidAs::Alias,
                text: text.into(),
                times: 1,
            };
            [alias(count.name.to_string()), alias("Short".to_owned())]
        })
        .collect();
    let event = |k: u32| Event {
        sort: postil::timeline::Sort::Told,
        speaker: None,
        stated: None,
        published: None,
        doc: id,
        range: TextRange::new(k * 100, k * 100 + 90),
        timex: TextRange::new(k * 100 + 10, k * 100 + 20),
        interval: Some(Interval::day(day)),
        grain: Grain::Day,
        bound: None,
        edtf: None,
        said: "on Monday".into(),
        label: "The ministers met on Monday and agreed to meet again".into(),
        entities: vec![
            EntityId("everywhere".into()),
            EntityId(format!("person-{}", person(k)).into()),
        ],
        words: vec!["agree".into(), "meet".into()],
    };
    Entry {
        listing: Listing {
            id,
            locator: locator.clone().into(),
            title: format!("Statement number {n}").into(),
            published: Some(Edtf::day(day)),
            published_from: Some(PublishedFrom::Byline),
            publisher: None,
            authors: Vec::new(),
            kind: postil::document::DocKind::Statement,
            words: 600,
            n_warnings: 0,
            added: i64::from(n),
        },
        stamp: Stamp::default(),
        revision: Revision::of_text(&locator),
        found: Some(Postings {
            sketch: None,
            headings: Vec::new(),
            said,
            events: (0..5).map(event).collect(),
            entities,
        }),
    }
}

/// A catalogue in the temporary folder, made by the first run and used again by the next.
fn catalogue() -> Catalogue {
    let path = std::env::temp_dir().join("postil-bench-entities.db");
    let mut catalogue = Catalogue::open(&path).expect("a catalogue in the temporary folder");
    if catalogue.count(key()).expect("a count") != DOCUMENTS {
        for from in (0..DOCUMENTS).step_by(1000) {
            let batch: Vec<Entry> = (from..from + 1000).map(entry).collect();
            catalogue.put(key(), &batch).expect("a batch");
        }
    }
    catalogue
}

fn everywhere() -> Vec<EntityId> {
    vec![EntityId("everywhere".into())]
}

#[divan::bench(sample_count = 10)]
fn read_all_names(bencher: Bencher) {
    let catalogue = catalogue();
    bencher.bench_local(|| catalogue.entities_seen(key()).expect("the names"));
}

#[divan::bench(sample_count = 10)]
fn link_all_names(bencher: Bencher) {
    let catalogue = catalogue();
    let seen = catalogue.entities_seen(key()).expect("the names");
    bencher.bench_local(|| Links::new(seen.clone(), &[], |_, _| false));
}

/// The names linked and kept.
fn linked() -> (Catalogue, Linking) {
    let mut catalogue = catalogue();
    let linking = catalogue.link(key(), &Linking::default(), &[]);
    (catalogue, linking.expect("the links"))
}

#[divan::bench(sample_count = 10)]
fn read_what_was_linked(bencher: Bencher) {
    let (mut catalogue, _) = linked();
    bencher.bench_local(|| catalogue.link(key(), &Linking::default(), &[]));
}

#[divan::bench(sample_count = 10)]
fn read_and_resolve_all_of_what_was_linked(bencher: Bencher) {
    let (mut catalogue, linking) = linked();
    let ids: Vec<EntityId> = linking
        .links
        .entities()
        .iter()
        .map(|it| it.id.clone())
        .collect();
    bencher.bench_local(|| {
        let linking = catalogue
            .link(key(), &Linking::default(), &[])
            .expect("the links");
        ids.iter()
            .filter_map(|id| linking.links.resolve(id))
            .count()
    });
}

#[divan::bench(sample_count = 10)]
fn link_when_one_document_changed(bencher: Bencher) {
    let (mut catalogue, mut linking) = linked();
    let mut n = 0;
    bencher.bench_local(|| {
        n = (n + 1) % DOCUMENTS;
        catalogue.put(key(), &[entry(n)]).expect("a document");
        linking = catalogue.link(key(), &linking, &[]).expect("the links");
    });
}

#[divan::bench(sample_count = 10)]
fn put_a_hundred_documents(bencher: Bencher) {
    let mut catalogue = catalogue();
    let batch: Vec<Entry> = (0..100).map(entry).collect();
    bencher.bench_local(|| catalogue.put(key(), &batch).expect("a batch"));
}

#[divan::bench(sample_count = 10)]
fn card_of_the_commonest_names(bencher: Bencher) {
    let catalogue = catalogue();
    bencher.bench_local(|| {
        catalogue
            .said_of(key(), &everywhere(), SaidAs::Alias, 60)
            .expect("the names")
    });
}

#[divan::bench(sample_count = 10)]
fn card_of_the_commonest_companions(bencher: Bencher) {
    let catalogue = catalogue();
    bencher.bench_local(|| {
        catalogue
            .named_with(key(), &everywhere(), 60)
            .expect("the companions")
    });
}

#[divan::bench(sample_count = 10)]
fn card_of_the_commonest_dates(bencher: Bencher) {
    let catalogue = catalogue();
    bencher.bench_local(|| {
        catalogue
            .first_and_last(key(), &everywhere())
            .expect("the dates")
    });
}

#[divan::bench(sample_count = 10)]
fn card_of_the_commonest_passages(bencher: Bencher) {
    let catalogue = catalogue();
    bencher.bench_local(|| {
        catalogue
            .events_naming(key(), &everywhere(), 500)
            .expect("the passages")
    });
}

#[divan::bench(sample_count = 10)]
fn documents_of_the_commonest(bencher: Bencher) {
    let catalogue = catalogue();
    bencher.bench_local(|| {
        catalogue
            .locators_of(key(), &everywhere())
            .expect("the documents")
    });
}
