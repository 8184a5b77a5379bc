//! Temporal expressions in running text, and the calendar intervals they denote.
//!
//! In: a document's text, its sentences and the day of publication. Out: [`Timex`] values in text order that never overlap. No clock, no locale,
//! no I/O: "next Friday" is resolved against the publication day. Kinds and values follow TIMEX3 (TimeML 1.2.1), `edtf` follows ISO 8601-2:2019.

mod abroad;
mod anaphora;
mod clause;
mod context;
mod dates;
mod decision;
mod describe;
mod direction;
mod fields;
mod find;
mod guard;
mod holiday;
mod length;
mod lexicon;
mod moment;
mod names;
mod numeric;
mod pattern;
mod period;
mod quantity;
mod resolve;
mod rules;
mod suggest;
mod token;
mod unit;
mod why;
mod work;

pub use decision::{Choice, Decision, apply_decisions};
pub use moment::{parse_edtf, parse_moment};
use serde::{Deserialize, Serialize};
pub use suggest::{Passage, Suggestion, suggest_published};
pub use why::long_days;

use crate::document::{Edtf, Interval};
use crate::text::Layer;
use context::Context;
use fields::Build;
use jiff::civil::Date;

/// The temporal expressions of a text, in order, never overlapping.
///
/// `sentences` are ranges of `text`; without any the text is one sentence. Nothing is looked for outside them. `published` is the day of publication: without
/// it a phrase that needs one has no interval, unless the text itself names a full date before. Takes time linear in the text.
///
/// ```
/// use postil::{document::Edtf, text::Layer, time};
/// let published: Edtf = "2023-11-05".parse().unwrap();
/// let found = time::timexes("They met in mid-October.", &Layer::default(), Some(&published));
/// assert_eq!(found.get(0).unwrap().1.edtf.as_deref(), Some("2023-10-11/2023-10-20"));
/// ```
pub fn timexes(text: &str, sentences: &Layer<()>, published: Option<&Edtf>) -> Layer<Timex> {
    let mut phrases = find::phrases(text, sentences);
    lend_years(&mut phrases);
    let mut context = Context::new(&phrases, published);
    let mut found = Vec::with_capacity(phrases.len());
    // Clock times wait for the day of their sentence, which may come after them.
    let mut waiting: Vec<(usize, Context)> = Vec::new();
    for (at, phrase) in phrases.iter().enumerate() {
        let lone_time = phrase.build == Build::Time && phrase.fields.is_lone_time();
        let timex = if lone_time {
            waiting.push((at, context.clone()));
            None
        } else {
            resolve::resolve(phrase, &context)
        };
        if let Some(timex) = &timex {
            context.hear(phrase, timex);
        }
        found.push(timex);
    }
    for (at, mut context) in waiting {
        context.sentence_day = day_of_sentence(&phrases, &found, at);
        if let (Some(phrase), Some(slot)) = (phrases.get(at), found.get_mut(at)) {
            *slot = resolve::resolve(phrase, &context);
        }
    }
    let found = phrases
        .iter()
        .zip(found)
        .filter_map(|(phrase, timex)| Some((phrase.range, timex?)))
        .collect();
    let found = abroad::with_months(text, sentences, found);
    found.into_iter().collect()
}

/// "May 3 to May 5, 2023": a date takes the year of the one it is joined to.
fn lend_years(phrases: &mut [find::Phrase]) {
    let mut lent: Option<(i32, i8)> = None;
    for phrase in phrases.iter_mut().rev() {
        let season = phrase
            .fields
            .season
            .and_then(|season| i8::try_from(season * 3).ok());
        let named = phrase.fields.month.is_some() || season.is_some();
        let month = phrase.fields.month.or(season).unwrap_or(1);
        match (phrase.fields.year, lent) {
            (Some(year), _) if phrase.fields.era.is_none() && named => {
                lent = Some((year, month));
            }
            (None, Some((year, last))) if phrase.build == Build::Date && named => {
                // December to March 2024 began the year before.
                phrase.fields.borrowed_year = Some(if month > last { year - 1 } else { year });
            }
            _ => lent = None,
        }
        if phrase.link == find::Link::Apart {
            lent = None;
        }
    }
}

/// The nearest day named in the sentence of a clock time: right after it, else before it, else after it.
fn day_of_sentence(phrases: &[find::Phrase], found: &[Option<Timex>], at: usize) -> Option<Date> {
    let of = phrases.get(at)?;
    let day = |at: usize| {
        work::step();
        let phrase = phrases
            .get(at)
            .filter(|phrase| phrase.sentence == of.sentence)?;
        let timex = found.get(at)?.as_ref()?;
        let interval = timex.interval.filter(|interval| interval.is_day())?;
        let has_day = timex.kind == TimexKind::Date
            || phrase.build == Build::Time && !phrase.fields.is_lone_time();
        has_day.then_some((phrase.range, interval.earliest?))
    };
    // Times of one sentence may be many; its day is near.
    let (near_before, near_after) = (at.saturating_sub(6)..at, at + 1..at + 7);
    let next = near_after.clone().find_map(day);
    let close = next.filter(|(range, _)| range.start.saturating_sub(of.range.end) <= 8);
    close
        .or_else(|| near_before.rev().find_map(day))
        .or(next)
        .map(|(_, day)| day)
}

/// A resolved temporal expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value, e.g. `2023-W42`, `2023-FA`, `P3D`, `PRESENT_REF`.
    pub value: Box<str>,
    /// TIMEX3 mod.
    pub modifier: Option<Modifier>,
    /// The closed interval of days; none for durations, and where nothing dates the phrase.
    pub interval: Option<Interval>,
    /// The same as EDTF.
    pub edtf: Option<Box<str>>,
    /// How fine the phrase is.
    pub grain: Grain,
    /// What it was resolved against.
    pub anchor: Anchoring,
    /// The day it was counted from: that of publication, or the first day of a date said before.
    pub counted_from: Option<Date>,
    /// Whether the text means the time up to it or from it on ("since last year").
    pub bound: Option<Bound>,
    /// The second-best reading, where it was close ("on Friday": the coming one).
    pub alternative: Option<Reading>,
    /// The rule that made it, by name.
    pub rule: &'static str,
}

/// Another way to resolve an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// TIMEX3 value.
    pub value: Box<str>,
    /// The closed interval of days.
    pub interval: Interval,
}

/// On which side of a date the time meant lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// From it on.
    Since,
    /// Up to it.
    Until,
    /// Earlier than it.
    Before,
    /// Later than it.
    After,
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A calendar time of a day or more.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// TIMEX3 modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Modifier {
    /// Early, beginning of.
    Start,
    /// Mid.
    Mid,
    /// Late, end of.
    End,
    /// About.
    Approx,
    /// Before.
    Before,
    /// After.
    After,
    /// No more than.
    EqualOrLess,
    /// No less than.
    EqualOrMore,
    /// Less than.
    LessThan,
    /// More than.
    MoreThan,
}

impl TimexKind {
    /// As TimeML writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

impl Modifier {
    /// By the number the tables use.
    const fn from_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(Self::Start),
            2 => Some(Self::Mid),
            3 => Some(Self::End),
            4 => Some(Self::Approx),
            _ => None,
        }
    }

    /// Whether it names a part of the period.
    const fn is_part(self) -> bool {
        match self {
            Self::Start | Self::Mid | Self::End => true,
            Self::Approx
            | Self::Before
            | Self::After
            | Self::EqualOrLess
            | Self::EqualOrMore
            | Self::LessThan
            | Self::MoreThan => false,
        }
    }
}

/// How fine a temporal expression is, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grain {
    /// A time of day.
    Time,
    /// One day.
    Day,
    /// A week or a few days.
    Week,
    /// A part of a month.
    PartOfMonth,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A season.
    Season,
    /// A part of a year.
    PartOfYear,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years or more.
    Century,
    /// No telling.
    Vague,
}

/// What a temporal expression was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchoring {
    /// Needs no anchor, or has none.
    None,
    /// The publication date.
    Published,
    /// An earlier date in the text.
    Text,
    /// What the reader decided.
    Reader,
}

#[cfg(test)]
mod anchors;
#[cfg(test)]
mod classes;
#[cfg(test)]
mod newswire;
#[cfg(test)]
mod tests;
