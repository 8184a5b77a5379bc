use proptest::prelude::*;

use super::*;

/// The text with its hits in brackets.
fn marked(pattern: &str, text: &str) -> String {
    let mut out = text.to_owned();
    let hits: Vec<TextRange> = Finder::new(pattern)
        .unwrap()
        .hits(text, TextRange::of(0, text.len()))
        .collect();
    for hit in hits.iter().rev() {
        out.insert(hit.end as usize, ']');
        out.insert(hit.start as usize, '[');
    }
    out
}

#[test]
fn patterns_are_met_as_a_reader_means_them() {
    for (pattern, expected) in [
        (
            "final settlement",
            "the [final settlement] of a [final\n   settlement]",
        ),
        ("don't", "they [don't], we [don’t]"),
        ("\"peace\"", "a [“peace”] and a [\"peace\"]"),
        ("rate", "[Rate] and [rate]"),
        ("Rate", "[Rate] and rate"),
        (r"\bW\w+\S", "[West] and west"),
        (r"\W+", "a[ - ]b"),
        ("^on", "[on] and on\n[on]"),
        ("on$", "on and [on]\non and [on]"),
        ("[ ,]b", "a[ b][,b] a\nb"),
        ("['x]a", "[’a] [xa] ya"),
        ("[!-']a", "[!a]['a] ’a"),
        ("a *b", "[ab] [a b] [a  \nb]"),
        ("a {2}b", "a b [a  b]"),
        (r"a\ b", "[a b] a\nb"),
        ("x*", "a[xx]b[x]"),
        ("(?:a b)+", "[a ba\nb]"),
        ("é", "[é][É]e"),
        ("[]x]", "a[]][x]"),
    ] {
        let text: String = expected
            .chars()
            .filter(|c| pattern == "[]x]" || !"[]".contains(*c))
            .collect();
        let text = if pattern == "[]x]" {
            "a]x".to_owned()
        } else {
            text
        };
        assert_eq!(marked(pattern, &text), expected, "{pattern}");
    }
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    for (pattern, message) in [
        (
            "a[bc",
            "this is not a regular expression at character 2: unclosed character class; put `\\` before a sign to find it as it stands",
        ),
        (
            "final (settle",
            "this is not a regular expression at character 7: unclosed group; put `\\` before a sign to find it as it stands",
        ),
        (
            "é+)",
            "this is not a regular expression at character 3: unopened group; put `\\` before a sign to find it as it stands",
        ),
        ("", "the pattern is empty; type what to find"),
        (
            r"(\w{500}){500}",
            "the pattern is too large once its repetitions are written out; repeat fewer times",
        ),
    ] {
        assert_eq!(Finder::new(pattern).unwrap_err().to_string(), message);
    }
    let long = "a".repeat(1001);
    assert_eq!(
        Finder::new(&long).unwrap_err(),
        FindError::TooLong { bytes: 1001 }
    );
}

#[test]
fn what_is_no_regexp_yet_is_searched_as_it_stands() {
    let text = "see (a b) and (A\nB)";
    let (finder, error) = Finder::typed("(a b");
    assert!(matches!(error, Some(FindError::Syntax { .. })));
    let finder = finder.unwrap();
    assert_eq!(finder.first_from(text, 0).unwrap().of_text(text), "(a b");
    assert_eq!(finder.first_from(text, 5).unwrap().of_text(text), "(A\nB");
    assert!(Finder::typed("").0.is_none());
}

#[test]
fn hits_far_apart_are_found_both_ways() {
    let text = format!(
        "{}needle one,{}needle two\n{}",
        "é ".repeat(300_000),
        "a\n".repeat(900_000),
        "b".repeat(500_000)
    );
    let finder = Finder::new(r"needle \w+$").unwrap();
    let two = finder.first_from(&text, 0).unwrap();
    assert_eq!(two.of_text(&text), "needle two");
    assert_eq!(finder.first_from(&text, two.start + 1), None);
    assert_eq!(finder.last_before(&text, text.len() as u32), Some(two));
    assert_eq!(finder.last_before(&text, two.start), None);
    let finder = Finder::new("needle").unwrap();
    let one = finder.first_from(&text, 1).unwrap();
    assert_eq!(finder.last_before(&text, two.start), Some(one));
    assert_eq!(
        finder.last_before(&text, u32::MAX).map(|hit| hit.start),
        Some(two.start)
    );
}

#[test]
fn a_pattern_that_wants_the_whole_text_stays_cheap() {
    let text = "b".repeat(200_000);
    let mut scan = Scan::new(Finder::new(r"(?s:.*a)|bb").unwrap());
    assert_eq!(
        scan.step(&text, 2000),
        Progress {
            total: 1000,
            bytes: 2000,
            done: false
        }
    );
    let finder = Finder::new("(?s).+").unwrap();
    let hits: Vec<TextRange> = finder.hits(&text, TextRange::of(0, text.len())).collect();
    assert!(hits.len() < 5, "{hits:?}");
    assert_eq!(hits.last().map(|hit| hit.end), Some(200_000));
}

#[test]
fn a_scan_counts_on_while_the_first_hits_are_shown() {
    let text = "rate and base rate, ".repeat(40);
    let mut scan = Scan::new(Finder::new("rate").unwrap());
    let first = scan.step(&text, 30);
    assert_eq!((first.total, first.done), (3, false));
    assert_eq!(scan.number_of(5), Some(1));
    while !scan.step(&text, 7).done {}
    assert_eq!(scan.hits().len(), 80);
    assert_eq!(scan.number_of(text.len() as u32), None);
}

proptest! {
    #[test]
    fn finding_words_agrees_with_a_naive_search(text in "[abé ]{0,40}", word in "[abé]{1,3}", budget in 1_usize..9) {
        let naive: Vec<TextRange> = text.match_indices(&word).map(|(at, word)| TextRange::of(at, at + word.len())).collect();
        let mut scan = Scan::new(Finder::new(&word).unwrap());
        while !scan.step(&text, budget).done {}
        prop_assert_eq!(scan.hits(), &naive[..]);
        prop_assert_eq!(scan.finder().first_from(&text, 0), naive.first().copied());
        for at in 0..=text.len() as u32 {
            let starts = text.char_indices().filter(|(i, _)| text.get(*i..).is_some_and(|rest| rest.starts_with(&word)));
            let last = starts.map(|(i, _)| i as u32).rfind(|i| *i < at);
            let found = scan.finder().last_before(&text, at);
            prop_assert_eq!(found.is_some(), last.is_some());
            prop_assert!(found.is_none_or(|hit| hit.start < at && hit.of_text(&text) == word));
        }
    }

    #[test]
    fn any_pattern_and_text_end_in_hits_or_an_error(pattern in "[ab .*+?()\\[\\]{}|^$'\"\\\\1,é-]{0,10}", text in "[ab é'\n]{0,30}") {
        let (finder, _) = Finder::typed(&pattern);
        if let Some(finder) = finder {
            let mut scan = Scan::new(finder);
            while !scan.step(&text, 5).done {}
            for hit in scan.hits() {
                prop_assert!(!hit.is_empty() && text.get(hit.bytes()).is_some());
            }
            prop_assert!(scan.hits().windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
