//! Megabytes a second of finding quotations and their speakers, on one core, over made-up news prose; sentences and names are found beforehand.

use divan::{Bencher, counter::BytesCount};
use postil::import;
use postil::language::{entities, quotes, sentence};

const PARAGRAPHS: &[&str] = &[
    "“We shall not rest until the last pump works,” the harbour master, Ann Bee, told reporters on Tuesday. “Nobody should have to drink from that well again.”",
    "The council met twice in March and agreed on nothing. Its members blame the weather, the tide and one another; the report that was promised for the spring has not \
     been seen by anybody, and the steel that was ordered two years ago still lies on the quay.",
    "Critics say the plan is \"late and thin\", and according to Cy Dee it “answers a question that no one has asked”. The mayor declined to comment. Engineers had hoped to \
     finish in October, but the cranes have to be tested once more before the pier can open.",
];

#[divan::bench]
fn news(bencher: Bencher) {
    let mut text = String::new();
    for paragraph in PARAGRAPHS.iter().cycle() {
        if text.len() > 1_000_000 {
            break;
        }
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    let document = import::exact("bench", &text, None, None);
    let sentences = sentence::sentences(&document);
    let mentions = entities::mentions(&document, &sentences);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| quotes::quotes(&document, &sentences, &mentions));
}

fn main() {
    divan::main();
}
