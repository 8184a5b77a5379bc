//! Seconds to find the passages that any two of 1,000 and 10,000 made-up documents share, one in three of which repeats a sentence of another: in memory, and with the index on disk made, and
//! brought up to date when nothing changed. Of a folder: `time postil reuse FOLDER --json`.

#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::path::Path;

use divan::Bencher;
use postil::index::reuse::Index;
use postil::trace::reuse::{Options, shared};
use postil::trace::words::Words;

/// Documents of about 600 words from a vocabulary of 9,000, in which frequent words are frequent.
fn documents(count: u32) -> Vec<String> {
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
    texts
}

/// Brings the index in `folder` up to date.
fn bring(folder: &Path, documents: &[(String, String)]) {
    let mut index = Index::open(folder).unwrap();
    for (key, text) in documents {
        if index.card(key, "1").is_none() {
            index
                .add((key, "1"), String::new(), (text, &Words::of(text)))
                .unwrap();
        }
    }
    let keys: HashSet<String> = documents.iter().map(|(key, _)| key.clone()).collect();
    index.commit(&keys).unwrap();
}

fn named(count: u32) -> Vec<(String, String)> {
    let numbered = documents(count).into_iter().enumerate();
    numbered
        .map(|(number, text)| (format!("{number:06}"), text))
        .collect()
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn index_made(bencher: Bencher, count: u32) {
    let documents = named(count);
    bencher
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_refs(|folder| bring(folder.path(), &documents));
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn index_unchanged(bencher: Bencher, count: u32) {
    let documents = named(count);
    let folder = tempfile::tempdir().unwrap();
    bring(folder.path(), &documents);
    bencher.bench(|| bring(folder.path(), &documents));
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn all_pairs(bencher: Bencher, count: u32) {
    let texts = documents(count);
    let words: Vec<Words> = texts.iter().map(|text| Words::of(text)).collect();
    let all: Vec<&Words> = words.iter().collect();
    let options = Options::for_words(all.iter().map(|words| words.len()).sum());
    bencher.bench(|| shared(&all, &options));
}

fn main() {
    divan::main();
}
