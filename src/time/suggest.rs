//! When an undated text may have been published, going by what others say of the days it names without a year.
//!
//! In: the text, its sentences, and dated passages of other documents. Out: [`Suggestion`]s, a year each, the most likely first, with the words and the passage
//! they rest on. A suggestion is for the reader to take or leave; nothing here changes a document. Absent: full dates in the text itself (they date what follows
//! them without help) and any look at where a passage comes from.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexicon::{ENGLISH, WEEKDAY};
use super::timexes;
use crate::document::{Edtf, Interval};
use crate::text::{Layer, TextRange};

/// A sentence or so of another document, and the day it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Its words.
    pub text: &'a str,
    /// The days it tells of; only single days are of use.
    pub days: Interval,
    /// The document it stands in.
    pub locator: &'a str,
}

/// A day near which a text may have been published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The latest day the text tells of that others date, marked as approximate: it was published then or a little later.
    pub date: Edtf,
    /// The words of the text that name that day without its year.
    pub at: TextRange,
    /// The number of the passage that has the year.
    pub passage: usize,
    /// Words both sentences have, as the text spells them, in text order.
    pub shared: Vec<Box<str>>,
    /// How much the passages of that year have in common with the text, all together: names count 2, other words 1.
    pub weight: u32,
}

impl Suggestion {
    /// The reason in one line: `“October 26” stands for 2023-10-26 in report.txt, which also has Seoul, arms, transfer`.
    pub fn why(&self, text: &str, passages: &[Passage<'_>]) -> String {
        let passage = passages.get(self.passage);
        let day = passage.and_then(|passage| passage.days.earliest);
        format!(
            "“{}” stands for {} in {}, which also has {}",
            self.at.of_text(text),
            day.map_or_else(|| self.date.to_string(), |day| day.to_string()),
            passage.map_or("another document", |passage| passage.locator),
            self.shared.join(", ")
        )
    }
}

/// Days without a year that are looked up, and passages each is compared with, at most: enough for any report, and the work stays bounded.
const MOST_DAYS: usize = 200;
const MOST_PASSAGES: usize = 200;
/// A sentence is looked at this far to either side of its date, in bytes.
const REACH: usize = 600;
/// Two sentences tell of the same event from this weight on.
const ENOUGH: u32 = 4;
/// The same where they differ by a day or two.
const ENOUGH_NEAR: u32 = 7;
/// A word in more than one of so many passages says nothing about the event.
const COMMON: usize = 5;

/// Publication dates for a text that gives none, one for each year, the heaviest first; empty where no passage shares a day and enough words with it.
pub fn suggest_published(
    text: &str,
    sentences: &Layer<()>,
    passages: &[Passage<'_>],
) -> Vec<Suggestion> {
    let by_day = passages_by_day(passages);
    let mut seen_in: HashMap<String, usize> = HashMap::new();
    for passage in passages {
        for word in words(passage.text)
            .into_iter()
            .map(|word| word.stem)
            .collect::<HashSet<_>>()
        {
            *seen_in.entry(word).or_default() += 1;
        }
    }
    let common = |stem: &str| {
        passages.len() >= 4 * COMMON
            && seen_in
                .get(stem)
                .is_some_and(|count| count * COMMON > passages.len())
    };
    let mut by_year: BTreeMap<i16, Suggestion> = BTreeMap::new();
    let found = timexes(text, sentences, None);
    let days = found.iter().filter_map(|(range, timex)| {
        let (month, day) = timex.value.strip_prefix("XXXX-")?.split_once('-')?;
        Some((*range, (month.parse::<i8>().ok()?, day.parse::<i8>().ok()?)))
    });
    for (at, month_day) in days.take(MOST_DAYS) {
        let around = words(sentence_of(text, sentences, at));
        for (number, off) in near(&by_day, month_day) {
            let Some((passage, day)) = passages.get(number).and_then(|passage| {
                let day = passage.days.earliest?.checked_sub(off.days()).ok()?;
                Some((passage, day))
            }) else {
                continue;
            };
            if weekday(at.of_text(text))
                .is_some_and(|said| said != day.weekday().to_monday_one_offset())
            {
                continue;
            }
            let theirs: HashSet<String> = words(passage.text)
                .into_iter()
                .map(|word| word.stem)
                .collect();
            let mut shared: Vec<&Word<'_>> = Vec::new();
            for word in &around {
                let new = shared.iter().all(|known| known.stem != word.stem);
                if new && theirs.contains(&word.stem) && !common(&word.stem) {
                    shared.push(word);
                }
            }
            let weight = shared.iter().map(|word| word.weight()).sum::<u32>();
            let enough = if off == 0 { ENOUGH } else { ENOUGH_NEAR };
            if weight < enough || shared.len() < 2 {
                continue;
            }
            keep(&mut by_year, day, at, number, &shared, weight);
        }
    }
    let mut suggestions: Vec<_> = by_year.into_values().collect();
    suggestions.sort_by(|a, b| {
        b.weight
            .cmp(&a.weight)
            .then(b.date.as_str().cmp(a.date.as_str()))
    });
    suggestions
}

/// Passages of a day of the year, then those of the days beside it with how many days later they are: reports of one event may differ by a day or two.
fn near(
    by_day: &BTreeMap<(i8, i8), Vec<usize>>,
    (month, day): (i8, i8),
) -> impl Iterator<Item = (usize, i64)> {
    [0, 1, -1, 2, -2].into_iter().flat_map(move |off| {
        // A leap year has every day.
        let beside = Date::new(2024, month, day)
            .and_then(|day| day.checked_add(off.days()))
            .ok();
        let numbers = beside.and_then(|day| by_day.get(&(day.month(), day.day())));
        numbers
            .into_iter()
            .flatten()
            .map(move |number| (*number, off))
    })
}

/// Adds what a passage says to the suggestion of its year; the latest day is the one shown.
fn keep(
    by_year: &mut BTreeMap<i16, Suggestion>,
    day: Date,
    at: TextRange,
    passage: usize,
    shared: &[&Word<'_>],
    weight: u32,
) {
    let Ok(date) = format!("{day}~").parse::<Edtf>() else {
        return;
    };
    let before = by_year.remove(&day.year());
    let total = weight + before.as_ref().map_or(0, |before| before.weight);
    let later = before.filter(|before| before.date.as_str() >= date.as_str());
    let kept = later.unwrap_or_else(|| Suggestion {
        date,
        at,
        passage,
        shared: shared.iter().map(|word| word.text.into()).collect(),
        weight,
    });
    by_year.insert(
        day.year(),
        Suggestion {
            weight: total,
            ..kept
        },
    );
}

fn passages_by_day(passages: &[Passage<'_>]) -> BTreeMap<(i8, i8), Vec<usize>> {
    let mut by_day: BTreeMap<(i8, i8), Vec<usize>> = BTreeMap::new();
    for (number, passage) in passages.iter().enumerate() {
        let Some(day) = passage.days.earliest.filter(|_| passage.days.is_day()) else {
            continue;
        };
        let list = by_day.entry((day.month(), day.day())).or_default();
        if list.len() < MOST_PASSAGES {
            list.push(number);
        }
    }
    by_day
}

/// The sentence around a range, cut to what is near.
fn sentence_of<'a>(text: &'a str, sentences: &Layer<()>, at: TextRange) -> &'a str {
    let holding = sentences
        .iter()
        .find(|(range, ())| range.start <= at.start && at.end <= range.end);
    let (start, end) = holding.map_or((0, text.len()), |(range, ())| {
        (range.start as usize, range.end as usize)
    });
    let mut start = start.max((at.start as usize).saturating_sub(REACH));
    let mut end = end.min(at.end as usize + REACH);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.get(start..end).unwrap_or_default()
}

/// The ISO weekday the words name, if they name one.
fn weekday(words: &str) -> Option<i8> {
    words.split(|c: char| !c.is_alphabetic()).find_map(|word| {
        let value = ENGLISH.entry(ENGLISH.find(word)).value(WEEKDAY)?;
        i8::try_from(value).ok()
    })
}

/// A word that says what a sentence is about.
struct Word<'a> {
    text: &'a str,
    /// Lower case, without endings.
    stem: String,
}

impl Word<'_> {
    fn weight(&self) -> u32 {
        if self.text.starts_with(char::is_uppercase) {
            2
        } else {
            1
        }
    }
}

/// Letters of a word that are compared: endings differ where the word is the same.
const STEM: usize = 6;

/// Words of four letters and more that are no words of time and none of the commonest, at most 200.
fn words(sentence: &str) -> Vec<Word<'_>> {
    const EMPTY: [&str; 32] = [
        "that", "this", "with", "from", "have", "were", "been", "their", "which", "will", "would",
        "they", "said", "says", "also", "after", "before", "about", "between", "there", "them",
        "than", "into", "when", "where", "while", "more", "other", "over", "what", "some", "these",
    ];
    let all = sentence.split(|c: char| !c.is_alphanumeric());
    let telling = all.filter_map(|word| {
        let long = word.chars().take(4).count() == 4
            || word.len() >= 2 && word.chars().all(char::is_uppercase);
        if !long
            || !word.starts_with(char::is_alphabetic)
            || ENGLISH.entry(ENGLISH.find(word)).classes != 0
        {
            return None;
        }
        let lower = word.to_lowercase();
        let stem = lower.chars().take(STEM).collect();
        (!EMPTY.contains(&lower.as_str())).then_some(Word { text: word, stem })
    });
    telling.take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggest(text: &str, passages: &[(&str, &str)]) -> Vec<(String, String)> {
        let passages: Vec<_> = passages
            .iter()
            .map(|(day, text)| Passage {
                text,
                days: Interval::day(day.parse().unwrap()),
                locator: "gazette.txt",
            })
            .collect();
        let found = suggest_published(text, &Layer::default(), &passages);
        let line = |found: &Suggestion| (found.date.to_string(), found.why(text, &passages));
        found.iter().map(line).collect()
    }

    const FERRY: &str =
        "On Friday, March 3, the harbour council of Aldmouth closed the northern ferry.";

    #[test]
    fn an_event_dated_elsewhere_lends_its_year() {
        let found = suggest(
            FERRY,
            &[
                ("2023-03-03", "Aldmouth closed its northern ferry that day."),
                ("2019-03-03", "A bakery in Tarn burned down."),
            ],
        );
        let reason = "“Friday, March 3” stands for 2023-03-03 in gazette.txt, which also has Aldmouth, closed, northern, ferry";
        assert_eq!(found, [("2023-03-03~".to_owned(), reason.to_owned())]);
    }

    #[test]
    fn another_weekday_is_another_year() {
        assert!(
            suggest(
                FERRY,
                &[("2021-03-03", "Aldmouth closed its northern ferry.")]
            )
            .is_empty()
        );
    }

    #[test]
    fn a_day_in_common_is_not_enough() {
        assert!(suggest(FERRY, &[("2023-03-03", "The council met in Tarn.")]).is_empty());
        assert!(
            suggest(
                FERRY,
                &[("2023-03-04", "Aldmouth closed its northern ferry.")]
            )
            .is_empty()
        );
        assert!(
            suggest(
                "On March 3, 2020 Aldmouth closed its northern ferry.",
                &[("2023-03-03", "Aldmouth closed its northern ferry.")]
            )
            .is_empty()
        );
    }

    #[test]
    fn reports_that_differ_by_a_day_lend_their_year_where_they_tell_the_same_for_certain() {
        let told = "Mayor Ruiz and the harbour council of Aldmouth closed the northern ferry.";
        let found = suggest(FERRY, &[("2023-03-04", told)]);
        assert_eq!(
            found.first().map(|(date, _)| date.as_str()),
            Some("2023-03-03~")
        );
        assert!(suggest(FERRY, &[("2023-03-07", told)]).is_empty());
    }

    #[test]
    fn years_that_could_both_be_meant_are_both_offered_the_heavier_first() {
        let text = "The Aldmouth council closed the northern ferry on March 3. It was opened by Mayor Ruiz on March 9.";
        let found = suggest(
            text,
            &[
                (
                    "2022-03-03",
                    "Aldmouth closed the northern ferry for repairs.",
                ),
                ("2023-03-03", "Aldmouth closed the northern ferry."),
                ("2023-03-09", "Mayor Ruiz opened the ferry in Aldmouth."),
            ],
        );
        let dates: Vec<_> = found.iter().map(|(date, _)| date.as_str()).collect();
        assert_eq!(dates, ["2023-03-09~", "2022-03-03~"]);
    }
}
