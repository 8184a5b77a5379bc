//! Texts that are made to take long, at full size. None of these tests looks at a clock: what is not linear here takes minutes.

use super::quotations::{Text, traces};
use super::redline::{Joining, Version, redline};
use super::reuse::{Options, shared};
use super::words::Words;
use crate::document::DocKind;
use crate::language::quotes::{Quote, Speaker, Style};
use crate::text::{Layer, TextRange};

const SENTENCE: &str = "The ministers agreed on nothing at all this spring. ";
const TIMES: usize = 100_000;
/// Quotations are looked at one by one, which takes longer.
const QUOTATIONS: usize = 20_000;

/// The places of a text that is so many times the same, without the blank at the end.
fn places(one: &str, times: usize) -> Layer<()> {
    let starts = (0..times).map(|n| n * one.len());
    starts
        .map(|at| (TextRange::of(at, at + one.len() - 1), ()))
        .collect()
}

fn quoted(one: &str) -> Layer<Quote> {
    let inner = one.find('”').unwrap();
    let quote = |(n, (range, ())): (usize, &(TextRange, ()))| {
        let range = TextRange::new(range.start + 3, range.start + inner as u32);
        let quote = Quote {
            speaker: None,
            cue: None,
            group: n as u32,
            style: Style::Marks,
        };
        (range, quote)
    };
    places(one, QUOTATIONS)
        .iter()
        .enumerate()
        .map(quote)
        .collect()
}

#[test]
fn quotations_of_one_sentence_are_traced_in_a_source_that_repeats_it() {
    let one = "“The ministers agreed on nothing at all this spring.” ";
    let (quoting, source) = (one.repeat(QUOTATIONS), SENTENCE.repeat(TIMES));
    let (quotes, none) = (quoted(one), Layer::default());
    let of = |text, words, quotes| Text {
        text,
        words,
        quotes,
        published: None,
        kind: DocKind::Other,
    };
    let (words, of_source) = (Words::of(&quoting), Words::of(&source));
    let found = traces(
        of(&quoting, &words, &quotes),
        &[of(&source, &of_source, &none)],
    );
    assert_eq!(found.len(), QUOTATIONS);
    assert!(found.iter().all(|trace| trace.link.is_some()));
}

#[test]
fn a_speaker_whom_the_source_never_names_costs_no_reading_for_each_quotation() {
    let one = "“The ministers agreed on nothing at all,” said Ann Bee. ";
    let (quoting, source) = (one.repeat(QUOTATIONS), SENTENCE.repeat(TIMES));
    let name = one.find("Ann").unwrap();
    let unspoken = quoted(one);
    let spoken = unspoken.iter().map(|(range, quote)| {
        let at = range.start / one.len() as u32 * one.len() as u32 + name as u32;
        let speaker = Speaker {
            range: TextRange::new(at, at + "Ann Bee".len() as u32),
            entity: None,
            others: Vec::new(),
        };
        let quote = Quote {
            speaker: Some(speaker),
            ..quote.clone()
        };
        (*range, quote)
    });
    let (quotes, none) = (spoken.collect(), Layer::default());
    let of = |text, words, quotes| Text {
        text,
        words,
        quotes,
        published: None,
        kind: DocKind::Other,
    };
    let (words, of_source) = (Words::of(&quoting), Words::of(&source));
    let found = traces(
        of(&quoting, &words, &quotes),
        &[of(&source, &of_source, &none)],
    );
    assert_eq!(found.len(), QUOTATIONS);
}

#[test]
fn a_sentence_repeated_a_hundred_thousand_times_is_compared() {
    let old = SENTENCE.repeat(TIMES);
    let new = format!("Once more. {old}");
    let olds = places(SENTENCE, TIMES);
    let first = TextRange::of(0, 10);
    let moved = olds.iter().map(|(range, ())| (range.shifted(11), ()));
    let news: Layer<()> = [(first, ())].into_iter().chain(moved).collect();
    let version = |text, sentences| Version { text, sentences };
    let found = redline(version(&old, &olds), version(&new, &news), Joining::Weak);
    assert_eq!((found.summary.kept, found.summary.new), (TIMES, 1));
}

#[test]
fn documents_that_repeat_themselves_share_few_passages() {
    let one = SENTENCE.repeat(TIMES);
    for (first, second) in [
        (one.clone(), format!("Once more. {one}")),
        ("word ".repeat(TIMES * 5), "word ".repeat(TIMES * 4)),
        ("no yes ".repeat(TIMES * 2), "yes no ".repeat(TIMES * 2)),
    ] {
        let (a, b) = (Words::of(&first), Words::of(&second));
        let found = shared(&[&a, &b], &Options::for_words(a.len() + b.len()));
        assert!(found.len() <= 16, "{} passages", found.len());
    }
}
