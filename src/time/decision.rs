//! What a reader decided about expressions: the other reading, a date of the reader's own, or no date at all.
//!
//! In: the expressions found in a text and the reader's [`Decision`]s. Out: the expressions with the decisions in place. A decision knows its expression by its
//! words and those around it, as a text quote selector of the W3C annotation model does, so it outlives edits elsewhere in the document. No I/O.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::period::Period;
use super::resolve::grain_of;
use super::{Anchoring, Reading, Timex, TimexKind};
use crate::document::{Edtf, Interval};
use crate::text::{Layer, TextRange};

/// Characters kept on either side of the expression.
const AROUND: usize = 32;

/// What a reader decided about one expression of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The expression as the text puts it.
    pub exact: Box<str>,
    /// Up to 32 characters before it.
    pub prefix: Box<str>,
    /// Up to 32 characters after it.
    pub suffix: Box<str>,
    /// What it is to mean.
    pub choice: Choice,
}

/// What an expression is to mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// This date.
    Means(Edtf),
    /// No date: it only looks like one.
    NoDate,
}

impl Choice {
    /// What a reader typed: a date as `parse_moment` takes it, or `none` for no date at all. None if it is neither.
    pub fn typed(typed: &str, anchor: Option<&Edtf>) -> Option<Self> {
        let typed = typed.trim();
        if typed.eq_ignore_ascii_case("none") {
            return Some(Self::NoDate);
        }
        super::parse_edtf(typed, anchor).map(Self::Means)
    }
}

impl Decision {
    /// The decision about the expression at `range` of `text`.
    ///
    /// ```
    /// use postil::{text::{Layer, TextRange}, time::{self, Choice, Decision}};
    /// let text = "The ship left on Friday.";
    /// let mut found = time::timexes(text, &Layer::default(), Some(&"2024-01-18".parse().unwrap()));
    /// let range = found.get(0).unwrap().0;
    /// let decision = Decision::about(text, range, Choice::Means("2024-01-19".parse().unwrap()));
    /// assert!(time::apply_decisions(&mut found, text, &[decision]).is_empty());
    /// assert_eq!(&*found.get(0).unwrap().1.value, "2024-01-19");
    /// ```
    pub fn about(text: &str, range: TextRange, choice: Choice) -> Self {
        let (prefix, suffix) = around(text, range);
        Self {
            exact: range.of_text(text).into(),
            prefix: prefix.into(),
            suffix: suffix.into(),
            choice,
        }
    }

    /// Where in `text` its expression stands: the only place with its words and those kept on both sides, else on one.
    pub fn place_in(&self, text: &str) -> Option<TextRange> {
        let places = || {
            text.match_indices(&*self.exact)
                .map(|(at, words)| TextRange::of(at, at + words.len()))
        };
        let only = |wanted: &dyn Fn(bool, bool) -> bool| {
            let mut fitting = places().filter(|range| {
                let (before, after) = around(text, *range);
                wanted(before == &*self.prefix, after == &*self.suffix)
            });
            fitting.next().filter(|_| fitting.next().is_none())
        };
        only(&|before, after| before && after).or_else(|| only(&|before, after| before || after))
    }

    /// The decision for the second-best reading; none where there is no second.
    pub fn for_alternative(text: &str, range: TextRange, timex: &Timex) -> Option<Self> {
        let other = timex.alternative.as_ref()?.interval;
        let edtf = other.to_edtf()?.parse().ok()?;
        Some(Self::about(text, range, Choice::Means(edtf)))
    }
}

/// Puts the reader's decisions in place; gives back those whose expression is not there, or not to be told from another.
///
/// An expression is recognised by its words and all of the words kept on both sides, else by those of one side if nothing else has them. The reading it had
/// becomes the alternative, so that the reader can go back. Of two decisions about one expression the later one counts.
pub fn apply_decisions<'a>(
    timexes: &mut Layer<Timex>,
    text: &str,
    decisions: &'a [Decision],
) -> Vec<&'a Decision> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let mut items: Vec<(TextRange, Option<Timex>)> = std::mem::take(timexes)
        .into_items()
        .into_iter()
        .map(|(range, timex)| (range, Some(timex)))
        .collect();
    let mut by_words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (range, _)) in items.iter().enumerate() {
        by_words.entry(range.of_text(text)).or_default().push(at);
    }
    let mut chosen: HashMap<usize, &Decision> = HashMap::new();
    let mut homeless = Vec::new();
    for decision in decisions {
        let same = by_words
            .get(&*decision.exact)
            .map_or(&[][..], Vec::as_slice);
        match place(decision, same, &items, text) {
            Some(at) => {
                chosen.insert(at, decision);
            }
            None => homeless.push(decision),
        }
    }
    for (at, decision) in chosen {
        if let Some((_, slot)) = items.get_mut(at) {
            *slot = match &decision.choice {
                Choice::Means(edtf) => slot.take().map(|timex| decided(&timex, edtf)),
                Choice::NoDate => None,
            };
        }
    }
    *timexes = items
        .into_iter()
        .filter_map(|(range, timex)| Some((range, timex?)))
        .collect();
    homeless
}

/// Which of the expressions with the same words is meant.
fn place(
    decision: &Decision,
    same: &[usize],
    items: &[(TextRange, Option<Timex>)],
    text: &str,
) -> Option<usize> {
    let sides = |at: &usize| {
        let (before, after) = items
            .get(*at)
            .map_or(("", ""), |(range, _)| around(text, *range));
        (before == &*decision.prefix, after == &*decision.suffix)
    };
    let only = |wanted: &dyn Fn((bool, bool)) -> bool| {
        let mut fitting = same.iter().filter(|at| wanted(sides(at)));
        fitting.next().filter(|_| fitting.next().is_none()).copied()
    };
    only(&|(before, after)| before && after).or_else(|| only(&|(before, after)| before || after))
}

/// The words around an expression.
fn around(text: &str, range: TextRange) -> (&str, &str) {
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .nth(AROUND - 1)
        .map_or(0, |(at, _)| at);
    let to = after
        .char_indices()
        .nth(AROUND)
        .map_or(after.len(), |(at, _)| at);
    (
        before.get(from..).unwrap_or_default(),
        after.get(..to).unwrap_or_default(),
    )
}

fn decided(timex: &Timex, edtf: &Edtf) -> Timex {
    let interval = edtf.interval();
    let former = timex
        .interval
        .filter(|former| *former != interval)
        .map(|interval| Reading {
            value: timex.value.clone(),
            interval,
        });
    Timex {
        kind: TimexKind::Date,
        value: value(edtf).into(),
        modifier: None,
        interval: Some(interval),
        edtf: Some(edtf.as_str().into()),
        grain: grain_of(interval),
        anchor: Anchoring::Reader,
        counted_from: None,
        bound: timex.bound,
        alternative: former,
        rule: "reader",
    }
}

/// The TIMEX3 value of an EDTF date.
fn value(edtf: &Edtf) -> String {
    let text = edtf.as_str().trim_end_matches(['~', '?', '%']);
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let season = text
        .split_once('-')
        .and_then(|(year, season)| Some((year.parse().ok()?, season.parse::<i8>().ok()? - 20)));
    match season {
        Some((year, number @ 1..=4)) => return Period::Season(year, number).value(),
        _ if plain && !text.starts_with('-') => return text.to_owned(),
        _ => {}
    }
    let Interval { earliest, latest } = edtf.interval();
    let end = |day: Option<jiff::civil::Date>| day.map(|day| Period::Day(day).value());
    format!(
        "{}/{}",
        end(earliest).unwrap_or_default(),
        end(latest).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::timexes;

    fn found(text: &str) -> Layer<Timex> {
        timexes(
            text,
            &Layer::default(),
            Some(&"2024-01-18".parse().unwrap()),
        )
    }

    fn values(layer: &Layer<Timex>) -> Vec<&str> {
        layer.iter().map(|(_, timex)| &*timex.value).collect()
    }

    fn means(text: &str, at: usize, edtf: &str) -> Decision {
        let range = found(text).get(at).unwrap().0;
        Decision::about(text, range, Choice::Means(edtf.parse().unwrap()))
    }

    const TEXT: &str = "The envoy came on Friday and spoke. The ship had left on Friday, unseen.";

    #[test]
    fn a_decision_finds_its_expression_among_others_of_the_same_words() {
        let mut layer = found(TEXT);
        let decision = means(TEXT, 1, "2024-01-05");
        assert!(apply_decisions(&mut layer, TEXT, &[decision]).is_empty());
        assert_eq!(values(&layer), ["2024-01-12", "2024-01-05"]);
        let (_, timex) = layer.get(1).unwrap();
        assert_eq!(timex.anchor, Anchoring::Reader);
        assert_eq!(
            timex.alternative.as_ref().map(|former| &*former.value),
            Some("2024-01-12")
        );
    }

    #[test]
    fn a_decision_survives_an_edit_on_one_side_of_its_expression() {
        let decision = means(TEXT, 1, "2024-01-05");
        let edited = TEXT.replace("unseen", "at four");
        let mut layer = found(&edited);
        assert!(apply_decisions(&mut layer, &edited, std::slice::from_ref(&decision)).is_empty());
        assert_eq!(values(&layer).get(1), Some(&"2024-01-05"));
        let other = "Nothing here but Friday.";
        let mut layer = found(other);
        assert_eq!(
            apply_decisions(&mut layer, other, std::slice::from_ref(&decision)),
            [&decision]
        );
        assert_eq!(values(&layer), ["2024-01-12"]);
    }

    #[test]
    fn a_reader_can_say_that_it_is_no_date_or_pick_the_other_reading() {
        let mut layer = found(TEXT);
        let (first, timex) = layer.get(0).unwrap().clone();
        let other = Decision::for_alternative(TEXT, first, &timex).unwrap();
        let second = layer.get(1).unwrap().0;
        let none = Decision::about(TEXT, second, Choice::NoDate);
        apply_decisions(&mut layer, TEXT, &[other, none]);
        assert_eq!(values(&layer), ["2024-01-19"]);
    }

    #[test]
    fn a_decision_finds_its_words_also_where_they_are_no_date() {
        let second = found(TEXT).get(1).unwrap().0;
        let decision = Decision::about(TEXT, second, Choice::NoDate);
        assert_eq!(decision.place_in(TEXT), Some(second));
        assert_eq!(decision.place_in("Friday it was."), None);
    }

    #[test]
    fn a_typed_date_is_a_day_a_range_or_none() {
        let typed = |text: &str| match Choice::typed(text, Some(&"2024-01-18".parse().unwrap())) {
            Some(Choice::Means(edtf)) => edtf.as_str().to_owned(),
            Some(Choice::NoDate) => "no date".to_owned(),
            None => "?".to_owned(),
        };
        assert_eq!(typed("12 January 2024"), "2024-01-12");
        assert_eq!(typed("2023-10"), "2023-10");
        assert_eq!(typed("mid-October"), "2023-10-11/2023-10-20");
        assert_eq!(typed("last week"), "2024-01-08/2024-01-14");
        assert_eq!(typed("about 1950"), "1950~");
        assert_eq!(typed("from 2015"), "2015-01-01/..");
        assert_eq!(typed("until March 2024"), "../2024-03-31");
        assert_eq!(typed("from May to July 2023"), "2023-05-01/2023-07-31");
        assert_eq!(typed("2023-13"), "?");
        assert_eq!(typed("None"), "no date");
        assert_eq!(typed("soup"), "?");
    }

    #[test]
    fn decisions_are_kept_as_json() {
        let decision = means(TEXT, 0, "2023-21");
        let json = serde_json::to_string(&decision).unwrap();
        assert!(json.contains(r#""choice":{"means":"2023-21"}"#), "{json}");
        assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), decision);
        let mut layer = found(TEXT);
        apply_decisions(
            &mut layer,
            TEXT,
            &[decision, means(TEXT, 1, "2023-10-11/2023-10-20")],
        );
        assert_eq!(values(&layer), ["2023-SP", "2023-10-11/2023-10-20"]);
    }
}
