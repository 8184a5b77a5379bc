//! Temporal expressions in running text, and the calendar intervals they denote.
//!
//! In: a document's text, its sentences and the day of publication. Out: [`Timex`] values in text order that never overlap. No clock, no locale,
//! no I/O: "next Friday" is resolved against the publication day. Kinds and values follow TIMEX3 (TimeML 1.2.1), `edtf` follows ISO 8601-2:2019.

use serde::{Deserialize, Serialize};

use crate::document::Interval;

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
    /// The rule that made it, by name.
    pub rule: &'static str,
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
}
