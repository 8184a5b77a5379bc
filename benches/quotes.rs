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

/// The same in single marks, as British papers set them.
const BRITISH: &[&str] = &[
    "‘We shall not rest until the last pump works,’ the harbour master, Ann Bee, told reporters on Tuesday. ‘It’s the ministers’ fault that nobody can drink from that \
     well.’",
    PARAGRAPHS[1],
    "Critics say the plan is ‘late and thin’, and according to Cy Dee it ‘answers a question that no one has asked’. The mayor declined to comment. Engineers had hoped to \
     finish in October, but the cranes have to be tested once more before the pier can open.",
];

/// Speech behind dashes.
const DASHES: &[&str] = &[
    "— We shall not rest until the last pump works, said Ann Bee, the harbour master, and you can tell that to your readers.",
    PARAGRAPHS[1],
    "— Will you drink from that well? asked the guard. — I have done so since I was born, and so has everybody on this quay.",
];

const TRANSCRIPT: &[&str] = &[
    "MS. BEE: We shall not rest until the last pump works. (Laughter.) Nobody should have to drink from that well again; the steel that was ordered two years ago still \
     lies on the quay.",
    "Q    Has the report that was promised for the spring been seen by anybody?",
    "Senator Dee: The cranes have to be tested once more before the pier can open.",
];

fn text_of(paragraphs: &[&str]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs.iter().cycle() {
        if text.len() > 1_000_000 {
            break;
        }
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text
}

#[divan::bench]
fn news(bencher: Bencher) {
    quotations(bencher, PARAGRAPHS);
}

#[divan::bench]
fn single_marks(bencher: Bencher) {
    quotations(bencher, BRITISH);
}

#[divan::bench]
fn dashes(bencher: Bencher) {
    quotations(bencher, DASHES);
}

#[divan::bench]
fn turns(bencher: Bencher) {
    let text = text_of(TRANSCRIPT);
    let document = import::exact("bench", &text, None, None);
    let sentences = sentence::sentences(&document);
    let mentions = entities::mentions(&document, &sentences);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| quotes::turns(&document, &mentions));
}

fn quotations(bencher: Bencher, paragraphs: &[&str]) {
    let text = text_of(paragraphs);
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
