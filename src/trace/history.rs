//! A phrase over a series of documents: where it was first seen, how it changed, when it was dropped.
//!
//! In: the documents of a series in the order of their days, and a phrase. Out: a [`Version`] a document. The phrase is followed from its last wording: what it became in one document is looked for in
//! the next, so that a sentence may change in every step and stay the same sentence.

use serde::Serialize;

use super::fit::fit;
use super::passage::{Change, Class, judged};
use super::sorts::MONTHS;
use super::words::Words;
use crate::text::TextRange;

/// What became of the phrase in a document of the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It was not there yet.
    NotYet,
    /// It stands there for the first time.
    FirstSeen,
    /// It stands there as before.
    Kept,
    /// It stands there in other words.
    Changed(Vec<Change>),
    /// It stood in the document before, and does not here.
    Dropped,
    /// It was dropped before, and is not here either.
    Absent,
    /// It stands there again after it was dropped.
    Returned(Vec<Change>),
    /// It stands in a document without a day, of which nobody can say whether it came before or after.
    Undated(Vec<Change>),
}

/// A phrase in a document of the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Where it stands.
    pub range: Option<TextRange>,
    /// What became of it. Changes are between this text (copy) and the last in which it stood (source).
    pub event: Event,
}

impl Version {
    /// Takes it out of its series: where none is known, a document without the phrase has not dropped it.
    pub fn alone(&mut self) {
        self.event = match std::mem::replace(&mut self.event, Event::Absent) {
            Event::Dropped => Event::Absent,
            Event::Returned(changes) if changes.is_empty() => Event::Kept,
            Event::Returned(changes) => Event::Changed(changes),
            other => other,
        };
    }
}

/// The share of words, in hundredths, that must be equal from one document to the next.
const ALIKE: usize = 60;

/// The phrase in each of `texts`, the first `n_dated` of which are in the order of their days. The others have none: they begin and end nothing, and are compared with the last of those that have.
/// A phrase of no words is in none.
pub fn history(phrase: &str, texts: &[&str], n_dated: usize) -> Vec<Version> {
    let mut wording = phrase.to_owned();
    let mut last: Option<(usize, TextRange)> = None;
    let mut dropped = false;
    let mut versions = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        let words = Words::of(text);
        let is_dated = number < n_dated;
        let Some(found) = find(&Words::of(&wording), &words) else {
            let event = match (last, dropped) {
                _ if !is_dated => Event::Absent,
                (None, _) => Event::NotYet,
                (Some(_), false) => Event::Dropped,
                (Some(_), true) => Event::Absent,
            };
            dropped = last.is_some() && is_dated;
            versions.push(Version { range: None, event });
            continue;
        };
        let Some(range) = words.span(found.start, found.end) else {
            continue;
        };
        let range = match last.and_then(|(before, at)| Some((*texts.get(before)?, at))) {
            Some((before, at)) => to_the_ends((before, at), text, range),
            None => range,
        };
        let changes = last
            .and_then(|(before, at)| Some(changed((text, range), (texts.get(before)?, at))))
            .unwrap_or_default();
        if !is_dated {
            versions.push(Version {
                range: Some(range),
                event: Event::Undated(changes),
            });
            continue;
        }
        let event = match (last, dropped, changes.is_empty()) {
            (None, ..) => Event::FirstSeen,
            (Some(_), true, _) => Event::Returned(changes),
            (Some(_), false, true) => Event::Kept,
            (Some(_), false, false) => Event::Changed(changes),
        };
        range.of_text(text).clone_into(&mut wording);
        last = Some((number, range));
        dropped = false;
        versions.push(Version {
            range: Some(range),
            event,
        });
    }
    versions
}

/// Words a wording may be longer at either end than what was found of it.
const MOST_ADDED: usize = 12;

/// The range with what stands before and behind it in its clause, where the wording looked for began or ended its own: else new words at the end would be cut off.
fn to_the_ends((before, at): (&str, TextRange), text: &str, range: TextRange) -> TextRange {
    let ends = |letter: char| matches!(letter, '.' | '!' | '?' | ';' | ':' | ',' | '\n');
    let (asked, here) = (Words::within(before, at), Words::within(text, range));
    // How its own clause goes on behind it, and how it begins before it.
    let own_end = before.get(at.end as usize..).unwrap_or_default();
    let own_start = before.get(..at.start as usize).unwrap_or_default();
    let ended = own_end.is_empty() || own_end.starts_with(ends);
    let began = own_start.trim_end_matches(' ');
    let began = began.is_empty() || began.ends_with(ends);
    let differs = |a: Option<&u32>, b: Option<&u32>| a != b;
    let mut wide = range;
    if ended && differs(asked.ids().last(), here.ids().last()) {
        let behind = text.get(range.end as usize..).unwrap_or_default();
        let clause = behind.split(ends).next().unwrap_or_default();
        let added = TextRange::of(
            range.end as usize,
            range.end as usize + clause.trim_end().len(),
        );
        if Words::within(text, added).len() <= MOST_ADDED {
            wide = TextRange::new(wide.start, added.end.max(wide.end));
        }
    }
    if began && differs(asked.ids().first(), here.ids().first()) {
        let before = text.get(..range.start as usize).unwrap_or_default();
        let clause = before.rsplit(ends).next().unwrap_or_default();
        let start = before.len() - clause.trim_start().len();
        let added = TextRange::of(start, range.start as usize);
        if Words::within(text, added).len() <= MOST_ADDED {
            wide = TextRange::new(added.start.min(wide.start), wide.end);
        }
    }
    wide
}

/// The words of `text` the phrase fits best, if they are like it.
fn find(phrase: &Words, text: &Words) -> Option<std::ops::Range<usize>> {
    let found = fit(phrase.ids(), text.ids(), &[])?;
    let n_words = phrase.len().max(found.source.len());
    (found.matched > 0 && found.matched * 100 >= n_words * ALIKE).then_some(found.source)
}

fn changed(
    (text, range): (&str, TextRange),
    (text_before, before): (&str, TextRange),
) -> Vec<Change> {
    let (a, b) = (
        Words::within(text, range),
        Words::within(text_before, before),
    );
    let hunks = super::align::edits(a.ids(), b.ids());
    let of = (0..a.len(), 0..b.len());
    judged((text, &a), (text_before, &b), &of, &hunks, &[])
        .filter(|passage| !matches!(passage.class, Class::Verbatim))
        .map(|passage| passage.changes)
        .unwrap_or_default()
}

/// Groups of documents that look like a series: the same publisher, and titles that differ in numbers and dates alone; each group in the order given, of three and more.
pub fn series(documents: &[(Option<&str>, &str)]) -> Vec<Vec<usize>> {
    let mut groups: std::collections::BTreeMap<(Option<&str>, String), Vec<usize>> =
        std::collections::BTreeMap::new();
    for (number, (publisher, title)) in documents.iter().enumerate() {
        groups
            .entry((*publisher, pattern(title)))
            .or_default()
            .push(number);
    }
    groups
        .into_values()
        .filter(|group| group.len() >= 3)
        .collect()
}

/// A title without numbers and months.
fn pattern(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| {
            !word.is_empty()
                && !word.bytes().any(|byte| byte.is_ascii_digit())
                && !MONTHS.contains(word)
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_words_at_the_end_of_a_clause_are_taken_whole() {
        let texts = [
            "The risks to the outlook are roughly in balance. More.",
            "The risks to the outlook are tilted to the downside. More.",
        ];
        let found = history("risks to the outlook are roughly in balance", &texts, 2);
        let Event::Changed(changes) = &found[1].event else {
            panic!("{:?}", found[1].event);
        };
        let now: Vec<&str> = changes
            .iter()
            .map(|change| change.copy.of_text(texts[1]))
            .collect();
        assert_eq!(now, ["tilted to the downside"]);
    }

    #[test]
    fn a_sentence_is_followed_through_its_wordings() {
        let texts = [
            "Nothing yet.",
            "The board expects that rates will rise soon. More.",
            "The board expects that rates will rise soon. Less.",
            "Less. The board expects that rates may rise soon.",
            "The board now expects that rates may fall soon.",
            "Silence.",
            "Silence.",
            "The board now expects that rates may fall soon.",
            "Silence.",
        ];
        let found = history(
            "the board expects that rates will rise",
            &texts,
            texts.len() - 2,
        );
        let told: Vec<String> = found
            .iter()
            .enumerate()
            .map(|(number, version)| match &version.event {
                Event::NotYet => "not yet".to_owned(),
                Event::FirstSeen => "first seen".to_owned(),
                Event::Kept => "kept".to_owned(),
                Event::Changed(changes) => changes
                    .iter()
                    .map(|change| change.copy.of_text(texts[number]))
                    .collect::<Vec<_>>()
                    .join("/"),
                Event::Dropped => "dropped".to_owned(),
                Event::Absent => "absent".to_owned(),
                Event::Returned(_) => "returned".to_owned(),
                Event::Undated(_) => "has it".to_owned(),
            })
            .collect();
        assert_eq!(
            told,
            [
                "not yet",
                "first seen",
                "kept",
                "may",
                "now/fall",
                "dropped",
                "absent",
                // Without a day it neither returns nor stays away.
                "has it",
                "absent",
            ]
        );
    }

    #[test]
    fn a_series_has_one_title_but_for_its_day() {
        let titles = [
            "Statement of 3 May 2024",
            "Statement of 7 June 2024",
            "Another text",
            "Statement of 2 July 2024",
        ];
        let documents: Vec<(Option<&str>, &str)> =
            titles.iter().map(|title| (Some("Board"), *title)).collect();
        assert_eq!(series(&documents), [vec![0, 1, 3]]);
    }
}
