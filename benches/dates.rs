//! Megabytes a second of finding and resolving dates, on one core, over made-up statement prose; and laying 20,000 events out in rows.

use divan::{Bencher, counter::BytesCount};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::date;
use postil::document::{DocId, Edtf, Interval};
use postil::language::entities::EntityId;
use postil::text::{Layer, TextRange};
use postil::time::{Grain, timexes};
use postil::timeline::{Event, rows};

/// Paragraphs in the style of statements: about one sentence in three names a time.
const PARAGRAPHS: &[&str] = &[
    "The harbour authority told reporters on Tuesday that the northern pier will open by the end of March, two years after the storm that closed it. Engineers had hoped to finish in mid-October, but the \
     steel arrived late. Nobody on the council wants to promise a day before the cranes have been tested again.",
    "Under the agreement of 14 May 2019 both towns share the cost of the ferry, and neither may raise fares without asking the other. The mayor called that clause a nuisance; her \
     predecessor, who signed it, called it the only reason the boats still run. Ridership fell in 2020 and has not come back.",
    "We thank the crews who worked through the night. Their patience, and the patience of everyone who waited on the quay in the rain, made the difference. A full account will be \
     given to the assembly when it meets next week, and the minutes will be open to all.",
    "Critics answer that the report says little about the wells, less about the villages that drink from them, and nothing at all about who is to pay. They point to the summer of 2021, when \
     three of the pumps failed within a few days, and ask what has changed since then. The company declined to comment.",
];

fn corpus(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    for paragraph in PARAGRAPHS.iter().cycle() {
        if text.len() >= bytes {
            break;
        }
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text
}

fn sentences(text: &str) -> Layer<()> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for (at, _) in text.match_indices(". ") {
        ranges.push((TextRange::of(start, at + 2), ()));
        start = at + 2;
    }
    ranges.push((TextRange::of(start, text.len()), ()));
    ranges.into_iter().collect()
}

#[divan::bench]
fn statements(bencher: Bencher) {
    let text = corpus(1_000_000);
    let sentences = sentences(&text);
    let published: Edtf = "2024-01-18"
        .parse()
        .unwrap_or_else(|_| unreachable!("a day is EDTF"));
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| timexes(&text, &sentences, Some(&published)));
}

/// Events of 1,000 documents over two years that share a small world of names and words.
fn events(count: u32) -> Vec<Event> {
    let pick = |seed: u32, of: u32| seed.wrapping_mul(2_654_435_761).rotate_left(7) % of;
    let event = |number: u32| {
        let day = date(2022, 1, 1).saturating_add(i64::from(pick(number, 700)).days());
        Event {
            sort: postil::timeline::Sort::Told,
            speaker: None,
            stated: None,
            published: None,
            doc: DocId(u64::from(number / 20)),
            range: TextRange::default(),
            timex: TextRange::default(),
            interval: Some(Interval::day(day)),
            grain: Grain::Day,
            bound: None,
            edtf: None,
            said: "then".into(),
            label: "something happened".into(),
            entities: (0..4)
                .map(|at| EntityId(Arc::from(format!("entity-{}", pick(number * 7 + at, 300)))))
                .collect(),
            words: (0..9)
                .map(|at| format!("word{}", pick(number * 13 + at, 2000)).into())
                .collect(),
        }
    };
    (0..count).map(event).collect()
}

#[divan::bench(sample_count = 10)]
fn rows_of_20_000_events(bencher: Bencher) {
    bencher.with_inputs(|| events(20_000)).bench_values(rows);
}

fn main() {
    divan::main();
}
