//! Sentence boundaries.
//!
//! In: a document. Out: ranges in order that never overlap and never cross a block; headings, table rows and code are one each, rules none. A stop ends
//! a sentence unless it belongs to an abbreviation, an initial, a number, the day of a month or a list label; what closes after it (marks, brackets) belongs to it. The rules
//! look at most a few words to either side, so the time taken is linear in the text.

use std::cell::OnceCell;

use super::entities::{Language, of_blocks};
use super::ordinal;
use super::token::keeps_stop;
use crate::document::{BlockKind, Document};
use crate::text::{Layer, TextRange};

/// Text without a stop is cut at a blank after this many bytes.
const LONGEST: usize = 16 * 1024;

/// How far a rule looks to either side of a stop, in bytes.
const REACH: usize = 64;

/// The sentences of a document in order.
pub fn sentences(document: &Document) -> Layer<()> {
    let mut found = Vec::new();
    // Which language a block is in is asked where a stop stands between a number and a month, and else never.
    let languages = OnceCell::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let text = document.block_text(block);
        let ordinals = || {
            let languages: &Vec<Language> = languages.get_or_init(|| of_blocks(document));
            languages.get(at).copied().is_some_and(ordinal::written_in)
        };
        match block.kind {
            BlockKind::Rule => {}
            BlockKind::Heading { .. } | BlockKind::TableRow { .. } | BlockKind::Code => {
                push(&mut found, text, 0, text.len(), block.range.start);
            }
            BlockKind::Paragraph
            | BlockKind::Continuation
            | BlockKind::Item { .. }
            | BlockKind::Quote => split(&mut found, text, block.range.start, ordinals),
        }
    }
    found.into_iter().collect()
}

/// Adds `from..to` without the white space around it.
fn push(found: &mut Vec<(TextRange, ())>, text: &str, from: usize, to: usize, base: u32) {
    let part = text.get(from..to).unwrap_or_default();
    let start = from + (part.len() - part.trim_start().len());
    let end = from + part.trim_end().len();
    if start < end {
        found.push((TextRange::of(start, end).shifted(base), ()));
    }
}

/// Adds the sentences of a block; `ordinals` tells whether its language writes them with a stop.
fn split(found: &mut Vec<(TextRange, ())>, text: &str, base: u32, ordinals: impl Fn() -> bool) {
    let mut start = 0;
    let mut blank = 0;
    let mut skip_to = 0;
    for (at, letter) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if letter.is_whitespace() {
            blank = at;
        }
        if let Some(end) = end_of_sentence(text, start, at, letter) {
            let before = text.get(start..at).unwrap_or_default();
            let day = || {
                letter == '.' && ordinal::is_day(before, window_after(text, end.at)) && ordinals()
            };
            if end.splits && !day() {
                push(found, text, start, end.at, base);
                start = end.at;
                blank = start;
            }
            skip_to = end.at;
        } else if at - start >= LONGEST {
            let cut = if blank > start { blank } else { at };
            push(found, text, start, cut, base);
            start = cut;
            blank = start;
        }
    }
    push(found, text, start, text.len(), base);
}

/// A stop and what closes after it.
struct Stop {
    /// One past the last mark that belongs to the stop.
    at: usize,
    /// Whether the sentence ends there.
    splits: bool,
}

fn end_of_sentence(text: &str, start: usize, at: usize, stop: char) -> Option<Stop> {
    let ideographic = matches!(stop, '。' | '！' | '？' | '．' | '｡');
    if !ideographic && !matches!(stop, '.' | '!' | '?' | '…' | '؟' | '।' | '۔' | '։') {
        return None;
    }
    let mut end = at + stop.len_utf8();
    let mut stops = 1;
    for letter in window_after(text, end).chars() {
        match letter {
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => stops += 1,
            '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' => {}
            _ => break,
        }
        end += letter.len_utf8();
    }
    let after = window_after(text, end);
    let splits = if ideographic || after.is_empty() {
        true
    } else if !after.starts_with(char::is_whitespace) && !after.starts_with(['“', '«', '—']) {
        false
    } else {
        let sentence = text.get(start..at).unwrap_or_default();
        let closed = end > at + stop.len_utf8();
        stop_splits(sentence, stop, stops, closed, after)
    };
    Some(Stop { at: end, splits })
}

/// At most [`REACH`] bytes from `at` on, cut on a character boundary.
fn window_after(text: &str, at: usize) -> &str {
    let mut end = text.len().min(at + REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or_default()
}

/// The word that ends `sentence`: letters, digits and inner stops.
fn last_word(sentence: &str) -> &str {
    let mut start = sentence.len();
    for (at, letter) in sentence.char_indices().rev() {
        if !(letter.is_alphanumeric() || letter == '.') || sentence.len() - at > REACH {
            break;
        }
        start = at;
    }
    sentence.get(start..).unwrap_or_default()
}

fn stop_splits(sentence: &str, stop: char, stops: u32, closed: bool, after: &str) -> bool {
    let mut following = after
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty());
    let Some(raw) = following.next() else {
        return true;
    };
    let next =
        raw.trim_start_matches(['"', '\'', '“', '‘', '«', '(', '[', '—', '–', '-', '¿', '¡']);
    let then = following.next().unwrap_or_default();
    let opens = next.chars().next();
    if opens.is_some_and(char::is_lowercase) {
        return false;
    }
    if stop != '.' || stops > 1 {
        return true;
    }
    let word = last_word(sentence);
    let digit = opens.is_some_and(char::is_numeric);
    let label = sentence.len() <= REACH && sentence.trim().len() == word.len();
    if label
        && (word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit())
            || word.chars().count() == 1)
    {
        return false;
    }
    if closed && !word.contains('.') {
        return true;
    }
    let bare = next.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    if matches!(word, "a.m" | "p.m" | "A.M" | "P.M") {
        return !in_clock_time(bare, then);
    }
    if word.contains('.') {
        return starts_sentence(bare) || (closed && word.len() < 6);
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return !letter.is_alphabetic() || (starts_sentence(bare) && letter != 'I');
    }
    match word {
        "No" | "Nos" | "Art" | "Fig" | "Vol" | "Sec" | "para" | "pp" | "ca" | "Para" => !digit,
        word if is_month(word) => !digit,
        "vs" | "cf" | "Mt" | "Ft" | "Ph" | "Sr" => false,
        "Jr" | "Inc" | "Ltd" | "Corp" | "Co" | "etc" | "al" | "Bros" => starts_sentence(bare),
        word => !keeps_stop(word),
    }
}

/// An abbreviated month, in any case: datelines are written in capitals.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ];
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

/// Whether what follows "5 p.m." still belongs to the time: a zone, a weekday, a month, "Moscow time".
fn in_clock_time(next: &str, then: &str) -> bool {
    let zone = (2..=5).contains(&next.len()) && next.bytes().all(|byte| byte.is_ascii_uppercase());
    let stem = next.get(..3).unwrap_or_default();
    zone || then
        .trim_matches(|letter: char| !letter.is_alphabetic())
        .eq_ignore_ascii_case("time")
        || matches!(
            next,
            "Eastern" | "Central" | "Pacific" | "Mountain" | "Greenwich" | "Local"
        )
        || (matches!(stem, "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun")
            && next.ends_with("day"))
        || [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
        .iter()
        .any(|month| {
            next == *month || (next.len() >= 3 && next.len() <= 4 && month.starts_with(next))
        })
}

/// Words that open sentences and seldom stand in a name.
fn starts_sentence(word: &str) -> bool {
    const STARTERS: [&str; 62] = [
        "The",
        "A",
        "An",
        "In",
        "It",
        "Its",
        "He",
        "She",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "But",
        "And",
        "Or",
        "So",
        "Yet",
        "However",
        "On",
        "At",
        "As",
        "For",
        "From",
        "To",
        "By",
        "With",
        "When",
        "While",
        "Where",
        "What",
        "Who",
        "Why",
        "How",
        "If",
        "Although",
        "Though",
        "After",
        "Before",
        "Since",
        "Our",
        "Their",
        "His",
        "Her",
        "My",
        "Such",
        "Both",
        "All",
        "Some",
        "Many",
        "Most",
        "Also",
        "Moreover",
        "Meanwhile",
        "Under",
        "Not",
        "No",
        "Let",
    ];
    STARTERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sample::document;
    use proptest::prelude::*;

    fn check(expected: &str) {
        let text = expected.replace(" / ", " ");
        let document = document(&text);
        let found: Vec<&str> = sentences(&document)
            .iter()
            .map(|(range, ())| range.of_text(&document.text))
            .collect();
        assert_eq!(found.join(" / "), expected);
    }

    #[test]
    fn a_stop_ends_a_sentence_unless_it_abbreviates() {
        check("We met. / U.S. Secretary of State Antony J. Blinken spoke to Mr. Kim and Gov. Li.");
        check("It was made in the U.S. / The next one was not.");
        check("On Jan. 16 Resolution No. 2735 passed. / It cost 3.5 million.");
        check("1. The Parties agree. / 2. They sign.");
    }

    #[test]
    fn the_day_before_a_month_ends_nothing_where_it_is_written_with_a_stop() {
        check(
            "Der Minister war am 25. Oktober 2023 in der Stadt und sprach mit dem Rat. / Er ging.",
        );
        check("Am 3. April war die Lage in der Stadt nicht gut. / Das war im Mai.");
        check("Ministeren kom den 25. oktober til byen, og det er som det har været.");
        check("Ministeri saapui 25. lokakuuta 2023. / Hän lähti pian.");
        check("The talks of the week closed on the 25. / October was for the sea.");
    }

    #[test]
    fn clock_times_keep_their_zone() {
        check(
            "10:02 A.M. EDT it began. / It ended at 5 p.m. Tuesday. / We left at 6 p.m. / Nobody stayed.",
        );
    }

    #[test]
    fn closing_marks_belong_to_the_sentence() {
        check("He said “Stop.” / Then he left. / (It was late.) / \"Why?\" she asked.");
        check("Well... maybe. / So... / That is it.");
    }

    #[test]
    fn stops_of_other_scripts_count() {
        let text = "我们同意。他们不同意！".to_owned();
        assert_eq!(sentences(&document(&text)).len(), 2);
    }

    #[test]
    fn sentences_never_cross_blocks() {
        let document = document("# U.S. Policy. New\n\nNo stop here\n\nNor here");
        assert_eq!(sentences(&document).len(), 3);
    }

    #[test]
    fn a_megabyte_without_a_stop_is_cut() {
        let document = document(&"word ".repeat(200_000));
        assert!(
            sentences(&document)
                .iter()
                .all(|(range, ())| (range.len() as usize) <= LONGEST + 4)
        );
    }

    proptest! {
        #[test]
        fn sentences_hold_every_letter_once(text in "[a-cA-C.!?\"” \n…。é]{0,120}") {
            let document = document(&text);
            let mut at = 0;
            let mut letters = String::new();
            for (range, ()) in &sentences(&document) {
                prop_assert!(range.start >= at);
                letters.push_str(range.of_text(&text));
                at = range.end;
            }
            let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&letters), bare(&text));
        }
    }
}
