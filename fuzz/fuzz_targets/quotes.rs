//! Any text gives quotations on character boundaries that never overlap, with their speakers and reporting words inside the text; and any two texts a redline: `cargo +nightly fuzz run quotes`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postil::language::{entities, quotes, sentence};
use postil::trace::redline::{Joining, Version, redline};
use postil::trace::words::Words;
use postil::{import, text::TextRange};

fuzz_target!(|text: &str| {
    let document = import::exact("fuzz", text, None, None);
    let sentences = sentence::sentences(&document);
    let mentions = entities::mentions(&document, &sentences);
    let whole = |range: TextRange| assert!(text.get(range.bytes()).is_some(), "{range:?} splits a character");
    let mut end = 0;
    for (range, quote) in &quotes::quotes(&document, &sentences, &mentions) {
        assert!(range.start >= end && range.start < range.end, "{range:?} overlaps or is empty");
        whole(*range);
        quote.evidence().into_iter().for_each(whole);
        end = range.end;
    }
    for (range, turn) in &quotes::turns(&document, &mentions) {
        whole(*range);
        whole(turn.speaker.range);
    }
    let words = Words::of(text);
    for index in 0..words.len() {
        words.range(index).into_iter().for_each(whole);
    }
    let half = text.len() / 2;
    let half = (0..=half).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (first, second) = text.split_at(half);
    let of = |text: &str| sentence::sentences(&import::exact("fuzz", text, None, None));
    let (of_first, of_second) = (of(first), of(second));
    let version = |text, sentences| Version { text, sentences };
    let there = redline(version(first, &of_first), version(second, &of_second), Joining::Never).summary;
    let back = redline(version(second, &of_second), version(first, &of_first), Joining::Never).summary;
    assert_eq!((there.dropped, there.n_deleted), (back.new, back.n_inserted));
});
