//! Any text, with and without a day of publication, gives expressions on character boundaries that never overlap: `cargo +nightly fuzz run dates`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use postil::document::Edtf;
use postil::time::{self, Choice, Decision};
use postil::{import, language};

fuzz_target!(|text: &str| {
    let document = import::exact("fuzz", text, None, None);
    let sentences = language::sentence::sentences(&document);
    let published: Option<Edtf> = "2024-01-18".parse().ok();
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
});
