//! Seconds to find the passages that any two of 1,000 and 10,000 made-up documents share; one in three repeats a sentence of another.

use divan::Bencher;
use postil::trace::reuse::{Options, shared};
use postil::trace::words::Words;

/// Documents of about 600 words from a vocabulary of 9,000, in which frequent words are frequent.
fn documents(count: u32) -> Vec<Words> {
    let mut state = 7_u32;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let mut texts: Vec<String> = Vec::new();
    for number in 0..count {
        let mut text = String::new();
        for _ in 0..600 {
            let rank = (f64::from(next() % 10_000) / 10_000.0).powi(3) * 9_000.0;
            text.push_str("word");
            text.push_str(&(rank as u32).to_string());
            text.push(' ');
        }
        if number % 3 == 2
            && let Some(source) = texts.get((next() % number) as usize)
        {
            let passage: Vec<&str> = source.split(' ').skip(40).take(20).collect();
            text.push_str(&passage.join(" "));
        }
        texts.push(text);
    }
    texts.iter().map(|text| Words::of(text)).collect()
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn all_pairs(bencher: Bencher, count: u32) {
    let words = documents(count);
    let all: Vec<&Words> = words.iter().collect();
    let options = Options::for_words(all.iter().map(|words| words.len()).sum());
    bencher.bench(|| shared(&all, &options));
}

fn main() {
    divan::main();
}
