//! The sample library keeps what it promises: documents of its own, safe to print, that show every feature.

// What cannot be had here fails the test, as it should; the lint's exemption ends at functions marked as tests.
#![allow(clippy::unwrap_used, clippy::panic)]

mod shared;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use postil::import::{Import, import};
use postil::text::sanitise::is_unsafe;

/// Name and text of each sample, in order.
fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut samples: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

fn sample(name: &str) -> String {
    let (_, text) = samples()
        .into_iter()
        .find(|(found, _)| found == name)
        .unwrap();
    text
}

/// Runs of letters and digits in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The words that differ between two stretches of equal length, as (first, second).
fn changed(a: &str, b: &str) -> Vec<(String, String)> {
    let (a, b) = (words(a), words(b));
    assert_eq!(a.len(), b.len());
    a.into_iter().zip(b).filter(|(a, b)| a != b).collect()
}

/// What stands in `text` from `from` up to and with `to`.
fn stretch<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap();
    let end = start + text.get(start..).unwrap().find(to).unwrap() + to.len();
    text.get(start..end).unwrap()
}

#[test]
fn every_sample_is_marked_short_and_safe_to_print() {
    let samples = samples();
    assert!(samples.len() >= 11);
    for (name, text) in samples {
        assert!(text.contains("postil"), "{name} is not marked as a sample");
        let n_words = text.split_whitespace().count();
        assert!((120..=450).contains(&n_words), "{name} has {n_words} words");
        let odd: Vec<char> = text
            .chars()
            .filter(|c| *c != '\n' && is_unsafe(*c))
            .collect();
        assert!(odd.is_empty(), "{name} holds unsafe characters: {odd:?}");
        assert!(text.ends_with('\n'), "{name} does not end its last line");
    }
}

#[test]
fn the_editorial_quotes_the_statement_verbatim_altered_and_interrupted() {
    let (statement, editorial) = (sample("01-joint-statement.md"), sample("02-editorial.md"));
    for verbatim in [
        "Every crate that crosses that border lengthens the war against Ukraine and adds to the number of its dead",
        "We shall use every lawful means to bring it to an end",
    ] {
        assert!(
            statement.contains(verbatim) && editorial.contains(verbatim),
            "{verbatim}"
        );
    }
    let altered = |text| stretch(text, "In exchange for them", "is on its way");
    assert_eq!(
        changed(altered(&statement), altered(&editorial)),
        [("capabilities".to_owned(), "ambitions".to_owned())]
    );
    let whole = stretch(&statement, "Russia, which raised", "never read them");
    let quoted = stretch(&editorial, "Russia, which raised", "never read them");
    assert_eq!(
        words(whole),
        words(&quoted.replace("the ministers observed", ""))
    );
}

#[test]
fn the_later_brief_changes_a_modal_of_the_later_statement() {
    assert!(sample("06-later-statement.md").contains("has not changed and will not change"));
    assert!(sample("07-brief-tokyo.txt").contains("“has not changed and cannot change”"));
}

#[test]
fn one_event_has_two_dates_and_one_sample_has_none() {
    assert!(sample("01-joint-statement.md").contains("25 October 2023"));
    assert!(sample("09-week-in-brief.txt").contains("On 26 October 2023"));
    let editorial = "02-editorial.md";
    let Import::Document(imported) = import(editorial, sample(editorial).as_bytes()) else {
        panic!("{editorial} is no document")
    };
    let published = imported.document.meta.published.unwrap();
    assert_eq!(published.date.as_str(), "2023-10-28");
    let undated = sample("08-undated.txt");
    assert!(undated.contains("January 10"));
    assert!(
        words(&undated)
            .iter()
            .all(|word| !(word.len() == 4 && word.starts_with("20")))
    );
}

#[test]
fn layouts_scripts_and_front_matter_are_shown() {
    let brief = sample("03-brief-seoul.txt");
    assert!(brief.lines().all(|line| line.chars().count() <= 72));
    assert!(brief.lines().filter(|line| line.len() > 60).count() > 8);
    assert!(
        sample("04-brief-new-york.txt")
            .lines()
            .any(|line| line.len() > 300)
    );
    let blog = sample("05-blog.md");
    assert!(
        ["cafe\u{301}", "上川陽子", "📎"]
            .iter()
            .all(|part| blog.contains(part))
    );
    assert!(sample("01-joint-statement.md").starts_with("---\n"));
    assert!(sample("12-background.md").starts_with("+++\n"));
    assert!(sample("10-press-briefing.md").contains("\nQUESTION: "));
    assert!(sample("11-declaration.md").contains("« "));
}

/// The names of states in a row make ten words; twelve are nobody's by chance.
#[test]
fn no_sample_repeats_the_real_documents() {
    const RUN: usize = 12;
    let mut real: HashSet<Vec<String>> = HashSet::new();
    for folder in ["seeds", "docs"] {
        let Some(folder) = shared::shared(folder) else {
            return;
        };
        for entry in fs::read_dir(folder).unwrap() {
            let text = fs::read(entry.unwrap().path()).unwrap();
            let words = words(&String::from_utf8_lossy(&text));
            real.extend(words.windows(RUN).map(<[String]>::to_vec));
        }
    }
    for (name, text) in samples() {
        for run in words(&text).windows(RUN) {
            assert!(!real.contains(run), "{name} repeats \"{}\"", run.join(" "));
        }
    }
}
