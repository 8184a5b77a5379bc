//! What a large library costs to open: pages, whole lists, stamps, entities and dated passages of made-up catalogues.
//!
//! `cargo bench --bench catalogue`

// A benchmark that cannot reach its catalogue has nothing to say.
#![allow(clippy::expect_used)]

use divan::{Bencher, black_box};
use jiff::civil::Date;
use postil::document::{DocId, Edtf, Interval, PublishedFrom, Revision};
use postil::language::entities::{EntityId, EntityType};
use postil::library::{EntityCount, Entry, Listing, Postings, Sort, Stamp};
use postil::store::catalogue::{Catalogue, CollectionKey};
use postil::text::TextRange;
use postil::time::Grain;
use postil::timeline::Event;

const SIZES: [u32; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

fn key() -> CollectionKey {
    CollectionKey::of_roots(&["/made-up"])
}

/// A number that looks random and is the same in every run.
fn mixed(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761) ^ (n >> 7)
}

fn entry(n: u32) -> Entry {
    let locator = format!("/made-up/{:04}/document-{n:06}.txt", mixed(n) % 1000);
    let day = Date::constant(2000, 1, 1).saturating_add(jiff::Span::new().days(mixed(n) % 9000));
    let id = DocId::of_locator(&locator);
    let entity = |k: u32| EntityCount {
        entity: EntityId(format!("entity-{}", mixed(n * 7 + k) % 5000).into()),
        name: "An Entity".into(),
        kind: EntityType::Org,
        mentions: 1 + k,
        documents: 1,
    };
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
        entities: vec![EntityId("entity-1".into())],
        words: vec!["agree".into(), "meet".into(), "minist".into()],
    };
    Entry {
        listing: Listing {
            id,
            locator: locator.clone().into(),
            title: format!(
                "{} statement number {n} on the matter at hand",
                mixed(n) % 100
            )
            .into(),
            published: (!n.is_multiple_of(10)).then(|| Edtf::day(day)),
            published_from: (!n.is_multiple_of(10)).then_some(PublishedFrom::Byline),
            publisher: Some("Ministry".into()),
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
            said: Vec::new(),
            entities: (0..10).map(entity).collect(),
            events: (0..3).map(event).collect(),
        }),
    }
}

/// A catalogue of `n` documents in the temporary folder, made by the first run and used again by the next.
fn catalogue(n: u32) -> Catalogue {
    let path = std::env::temp_dir().join(format!("postil-bench-catalogue-{n}.db"));
    let mut catalogue = Catalogue::open(&path).expect("a catalogue in the temporary folder");
    if catalogue.count(key()).expect("a count") != n {
        for from in (0..n).step_by(1000) {
            let batch: Vec<Entry> = (from..(from + 1000).min(n)).map(entry).collect();
            catalogue.put(key(), &batch).expect("a batch");
        }
    }
    catalogue
}

#[divan::bench(args = SIZES)]
fn open_and_read_one_screen(bencher: Bencher, n: u32) {
    drop(catalogue(n));
    let path = std::env::temp_dir().join(format!("postil-bench-catalogue-{n}.db"));
    bencher.bench_local(|| {
        let catalogue = Catalogue::open(&path).expect("the catalogue");
        catalogue.page(key(), Sort::Date, 0, 48).expect("a page")
    });
}

#[divan::bench(args = SIZES)]
fn first_screen(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| catalogue.page(key(), Sort::Date, 0, 48).expect("a page"));
}

#[divan::bench(args = SIZES)]
fn screen_in_the_middle(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| {
        catalogue
            .page(key(), Sort::Title, black_box(n as usize / 2), 48)
            .expect("a page")
    });
}

#[divan::bench(args = SIZES)]
fn last_screen(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| {
        catalogue
            .page(key(), Sort::Date, black_box(n as usize - 48), 48)
            .expect("a page")
    });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn whole_list(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| catalogue.all(key(), Sort::Date).expect("the list"));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn stamps(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| catalogue.stamps(key()).expect("the stamps"));
}

#[divan::bench(args = SIZES)]
fn entity_totals(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| catalogue.entity_totals(key()).expect("the totals"));
}

#[divan::bench(args = SIZES)]
fn events_around_a_day(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    let day = Date::constant(2012, 5, 5);
    bencher.bench_local(|| catalogue.events(key(), Some(day), 0, 60).expect("events"));
}

#[divan::bench(args = SIZES)]
fn density(bencher: Bencher, n: u32) {
    let catalogue = catalogue(n);
    bencher.bench_local(|| catalogue.density(key()).expect("the density"));
}

#[divan::bench(sample_count = 5)]
fn put_a_thousand(bencher: Bencher) {
    let batch: Vec<Entry> = (0..1000).map(entry).collect();
    bencher.bench_local(|| {
        let mut catalogue = Catalogue::in_memory().expect("a catalogue");
        catalogue.put(key(), &batch).expect("a batch");
    });
}
