//! Any text, with and without a day of publication, gives expressions on character boundaries that never overlap: `cargo +nightly fuzz run dates`.
//!
//! SQLite's C has two tables of one name, which the address sanitizer takes for an error before the first run: set `ASAN_OPTIONS=detect_odr_violation=0`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postil::document::{Edtf, Interval};
use postil::text::TextRange;
use postil::time::{self, Choice, Decision, Passage};
use postil::{import, language};

fuzz_target!(|text: &str| {
    let document = import::exact("fuzz", text, None, None);
    let published: Option<Edtf> = "2024-01-18".parse().ok();
    let sentences = language::sentence::sentences(&document);
    for published in [None, published.as_ref()] {
        let mut found = time::timexes(text, &sentences, published);
        let mut end = 0;
        for (range, timex) in &found {
            assert!(
                range.start >= end && range.start < range.end,
                "{range:?} overlaps or is empty"
            );
            assert!(
                text.get(range.bytes()).is_some(),
                "{range:?} splits a character"
            );
            if let Some(edtf) = &timex.edtf {
                assert!(edtf.parse::<Edtf>().is_ok(), "{edtf} is not EDTF");
            }
            let _ = (
                timex.why(range.of_text(text)),
                timex.describe(range.of_text(text)),
            );
            end = range.end;
        }
        let n_found = found.len();
        let none = found
            .get(0)
            .map(|(range, _)| Decision::about(text, *range, Choice::NoDate));
        let homeless = time::apply_decisions(&mut found, text, none.as_slice()).len();
        assert_eq!(found.len() + none.iter().len(), n_found + homeless);
    }
    let _ = time::parse_moment(text, published.as_ref());
    let half = TextRange::of(0, text.floor_char_boundary(text.len() / 2)).of_text(text);
    for (range, timex) in &time::timexes(half, &Default::default(), published.as_ref()) {
        let Some(days) = timex
            .interval
            .filter(|days| *days == Interval::day(days.earliest.unwrap_or_default()))
        else {
            continue;
        };
        let passage = Passage {
            text: half,
            days,
            locator: range.of_text(half),
        };
        for found in time::suggest_published(text, &sentences, &[passage]) {
            assert!(text.get(found.at.bytes()).is_some());
            let _ = found.why(text, &[passage]);
        }
    }
});
