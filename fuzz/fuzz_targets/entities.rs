//! Any text gives names on character boundaries that never overlap, and any text is a list of names or an error with its line: `cargo +nightly fuzz run entities`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postil::import;
use postil::language::entities::{Lists, languages, mentions, mentions_with};
use postil::language::sentence::sentences;

fuzz_target!(|text: &str| {
    let document = import::exact("fuzz", text, None, None);
    let sentences = sentences(&document);
    assert!(languages(&document).len() <= document.blocks.len());
    let mut layers = vec![mentions(&document, &sentences)];
    match Lists::read(text) {
        Ok(lists) => layers.push(mentions_with(&document, &sentences, &lists)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    for layer in layers {
        let mut end = 0;
        for (range, mention) in &layer {
            assert!(range.start >= end && range.start < range.end, "{range:?} overlaps or is empty");
            assert!(text.get(range.bytes()).is_some(), "{range:?} splits a character");
            assert!(!mention.entity.as_str().is_empty(), "{range:?} names nobody");
            end = range.end;
        }
    }
});
