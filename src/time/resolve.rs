//! From phrases to dates: what each one means on the calendar, given the day of publication and what was said before.
//!
//! In: [`Phrase`]s in text order. Out: [`Timex`] values in the same order. The choice of year and week is `direction.rs`, what was said before is
//! `context.rs`; here every way to read a match has its few lines.

use super::anaphora;
use super::clause::Lead;
use super::context::{Anchor, Context};
use super::dates;
use super::fields::{Build, Fields};
use super::find::Phrase;
use super::length;
use super::period::Period;
use super::unit::Unit;
use super::{Anchoring, Bound, Grain, Modifier, Reading, Timex, TimexKind};
use crate::document::Interval;

/// A meaning: a period of the calendar and how it came about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub(super) period: Period,
    pub(super) anchor: Anchor,
    pub(super) other: Option<Period>,
}

impl Meaning {
    pub(super) const fn plain(period: Period) -> Self {
        Self {
            period,
            anchor: Anchor::None,
            other: None,
        }
    }

    /// The same with another period made of each reading: the week of a day, the quarter of a month.
    pub(super) fn mapped(self, make: impl Fn(Period) -> Option<Period>) -> Option<Self> {
        let period = make(self.period)?;
        let other = self.other.and_then(make).filter(|other| *other != period);
        Some(Self {
            period,
            other,
            ..self
        })
    }

    pub(super) const fn by(period: Period, anchor: Anchor) -> Self {
        Self {
            period,
            anchor,
            other: None,
        }
    }
}

/// What a phrase says; kinds without a period have their value only.
pub(super) enum Said {
    Period(Meaning),
    /// A length, with the days it covers if it is anchored.
    Length(String, Option<(Interval, Anchor)>),
    Set(String),
    Reference(&'static str),
}

/// Resolves one phrase; none if it turns out to mean nothing.
pub(super) fn resolve(phrase: &Phrase, context: &Context) -> Option<Timex> {
    let said = said(phrase, context)?;
    let timex = match said {
        Said::Period(meaning) => dated(phrase, context, meaning),
        Said::Length(value, days) => Timex {
            interval: days.map(|(interval, _)| interval),
            edtf: days.and_then(|(interval, _)| interval_edtf(interval)),
            modifier: lead_modifier(phrase.lead),
            grain: days.map_or(Grain::Vague, |(interval, _)| grain_of(interval)),
            ..leaning(
                bare(phrase, TimexKind::Duration, &value),
                days.map_or(Anchor::None, |(_, anchor)| anchor),
            )
        },
        Said::Set(value) => bare(phrase, TimexKind::Set, &value),
        Said::Reference(value) => bare(phrase, TimexKind::Date, value),
    };
    Some(timex)
}

fn bare(phrase: &Phrase, kind: TimexKind, value: &str) -> Timex {
    Timex {
        kind,
        value: value.into(),
        modifier: None,
        interval: None,
        edtf: None,
        grain: Grain::Vague,
        anchor: Anchoring::None,
        counted_from: None,
        bound: None,
        alternative: None,
        rule: phrase.rule,
    }
}

/// The timex with what it leans on.
fn leaning(timex: Timex, anchor: Anchor) -> Timex {
    let (anchor, counted_from) = match anchor {
        Anchor::None => (Anchoring::None, None),
        Anchor::Published(day) => (Anchoring::Published, Some(day)),
        Anchor::Text(day) => (Anchoring::Text, Some(day)),
    };
    Timex {
        anchor,
        counted_from,
        ..timex
    }
}

fn lead_modifier(lead: Lead) -> Option<Modifier> {
    match lead {
        Lead::About => Some(Modifier::Approx),
        Lead::MoreThan => Some(Modifier::MoreThan),
        Lead::LessThan => Some(Modifier::LessThan),
        Lead::Until
        | Lead::By
        | Lead::Since
        | Lead::Starting
        | Lead::Before
        | Lead::After
        | Lead::Other => None,
    }
}

pub(super) fn grain_of(interval: Interval) -> Grain {
    match interval.n_days() {
        Some(..=1) => Grain::Day,
        Some(..=13) => Grain::Week,
        Some(..=62) => Grain::Month,
        Some(..=3000) => Grain::Year,
        _ => Grain::Decade,
    }
}

pub(super) fn interval_edtf(interval: Interval) -> Option<Box<str>> {
    let (from, to) = match (interval.earliest, interval.latest) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => return Some(format!("{}/..", Period::Day(from).edtf()?).into()),
        (None, Some(to)) => return Some(format!("../{}", Period::Day(to).edtf()?).into()),
        (None, None) => return None,
    };
    Period::Days(from, to)
        .edtf()
        .filter(|_| from != to)
        .or_else(|| Period::Day(from).edtf())
        .map(Into::into)
}

/// A timex with a period: its modifier, its days, its other reading.
fn dated(phrase: &Phrase, context: &Context, meaning: Meaning) -> Timex {
    let phrase = &hour(phrase);
    let fields = &phrase.fields;
    let period = meaning.period;
    let modifier = fields
        .modifier
        .and_then(Modifier::from_number)
        .or_else(|| lead_modifier(phrase.lead).filter(|modifier| *modifier == Modifier::Approx));
    let is_time = phrase.build == Build::Time || fields.clock.is_some() || fields.part.is_some();
    let clock = if is_time {
        clock(fields)
    } else {
        String::new()
    };
    let value = format!("{}{clock}", period.value());
    let whole = period.days().map(|(from, to)| Interval::days(from, to));
    let part = modifier
        .filter(|modifier| modifier.is_part())
        // "later in 1689" is not late 1689; only against today does it cut the period.
        .filter(|_| !is_time && (!fields.comparative || against_today(phrase) || is_long(phrase)));
    let interval = match part {
        Some(modifier) => part_days(phrase, context, period, modifier).or(whole),
        None => whole,
    };
    let cut = interval != whole;
    let edtf = if part.is_some() || cut {
        interval.and_then(interval_edtf)
    } else {
        period.edtf().map(|mut text| {
            if modifier == Some(Modifier::Approx) {
                text.push('~');
            }
            text.into()
        })
    };
    let grain = match (period, part) {
        (Period::Month(..), Some(_)) => Grain::PartOfMonth,
        (Period::Year(_), Some(_)) => Grain::PartOfYear,
        _ if is_time => Grain::Time,
        (period, _) => period.grain(),
    };
    Timex {
        modifier,
        interval,
        edtf,
        grain,
        bound: bound(phrase.lead),
        alternative: meaning
            .other
            .and_then(|period| reading(period, modifier, &clock)),
        ..leaning(
            bare(
                phrase,
                if is_time {
                    TimexKind::Time
                } else {
                    TimexKind::Date
                },
                &value,
            ),
            meaning.anchor,
        )
    }
}

/// Whether it is a decade or century, of which "later" is "late": "the later 1800s".
fn is_long(phrase: &Phrase) -> bool {
    matches!(phrase.build, Build::Decade | Build::Century)
}

/// Whether it is a period that holds the day of publication: this week, this year.
fn against_today(phrase: &Phrase) -> bool {
    phrase.build == Build::Relative && phrase.fields.direction == Some(0)
}

const fn bound(lead: Lead) -> Option<Bound> {
    match lead {
        Lead::Since | Lead::Starting => Some(Bound::Since),
        Lead::Until | Lead::By => Some(Bound::Until),
        Lead::Before => Some(Bound::Before),
        Lead::After => Some(Bound::After),
        Lead::About | Lead::MoreThan | Lead::LessThan | Lead::Other => None,
    }
}

fn reading(period: Period, modifier: Option<Modifier>, clock: &str) -> Option<Reading> {
    let (from, to) = period.days()?;
    let part = modifier.filter(|modifier| modifier.is_part());
    let interval = part.and_then(|part| period.part(part));
    Some(Reading {
        value: format!("{}{clock}", period.value()).into(),
        interval: interval.unwrap_or_else(|| Interval::days(from, to)),
    })
}

/// The days of an early, middle or late part, cut at the day of publication where the phrase looks back or ahead from it.
fn part_days(
    phrase: &Phrase,
    context: &Context,
    period: Period,
    modifier: Modifier,
) -> Option<Interval> {
    let (from, to) = period.days()?;
    let part = period.part(modifier)?;
    let Some(today) = context
        .today
        .filter(|today| against_today(phrase) && from <= *today && *today <= to)
    else {
        return Some(part);
    };
    if phrase.fields.comparative {
        // "earlier this week", "later this month": all of it on that side of today.
        return Some(match modifier {
            Modifier::Start => Interval::days(from, today),
            _ => Interval::days(today, to),
        });
    }
    Some(match (part.earliest, part.latest) {
        (Some(first), Some(last)) if first <= today => Interval::days(first, last.min(today)),
        _ => part,
    })
}

/// The time of day: `T09:30`, `TMO`.
pub(super) fn clock(fields: &Fields) -> String {
    match (fields.clock, fields.part) {
        (Some(minutes), _) => {
            let hour = minutes / 60;
            let hour = match fields.ampm {
                Some(shift) => hour % 12 + shift,
                None => hour,
            };
            format!("T{hour:02}:{:02}", minutes % 60)
        }
        (None, Some(1)) => "TMO".to_owned(),
        (None, Some(2)) => "TAF".to_owned(),
        (None, Some(3)) => "TEV".to_owned(),
        (None, Some(4)) => "TNI".to_owned(),
        (None, Some(5)) => "TDT".to_owned(),
        (None, _) => String::new(),
    }
}

/// "3 o'clock": the number is an hour, not a day.
fn hour(phrase: &Phrase) -> Phrase {
    let mut phrase = *phrase;
    if phrase.rule == "clock-hour" {
        phrase.fields = clocked(phrase.fields);
    }
    phrase
}

fn clocked(fields: Fields) -> Fields {
    let hour = fields.day.map(|hour| i32::from(hour) * 60);
    Fields {
        clock: fields.clock.or(hour),
        day: None,
        ..fields
    }
}

fn said(phrase: &Phrase, context: &Context) -> Option<Said> {
    let fields = &phrase.fields;
    let period = |meaning: Meaning| Some(Said::Period(meaning));
    match phrase.build {
        Build::Nothing => None,
        Build::Date | Build::Quarter => period(dates::date(phrase, context)?),
        Build::Days => dates::days(phrase, context).and_then(period),
        Build::Time => period(dates::time(&hour(phrase), context)?),
        Build::Today => period(dates::today(fields, context)?),
        Build::Relative => period(dates::relative(phrase, context)?),
        Build::Anaphoric => period(anaphora::anaphoric(phrase, context)?),
        Build::Ago if phrase.rule == "from-now" => {
            let later = Some(1);
            Some(length::ago(&Fields { later, ..*fields }, context))
        }
        Build::Ago => Some(length::ago(fields, context)),
        Build::Later => Some(length::later(fields, context)),
        Build::Span => length::span(phrase, context),
        Build::Length if phrase.rule == "quarter-century" => {
            Some(Said::Length("P25Y".to_owned(), None))
        }
        Build::Length => {
            let unit = Unit::from_number(fields.unit?)?;
            // "a month-long siege"
            let one = (!fields.plural && phrase.rule == "unit-long").then_some(100);
            Some(Said::Length(
                unit.duration(length::hundredths(fields, one)),
                None,
            ))
        }
        Build::Repeat => length::repeat(fields).map(Said::Set),
        Build::Every => length::every(fields).map(Said::Set),
        Build::Decade => {
            let first = i16::try_from(fields.decade?).ok()?;
            if fields.era == Some(-1) {
                return period(Meaning::plain(Period::Decade(1 - (first + 9))));
            }
            let hundred = first % 100 == 0 && first < 2000;
            period(Meaning::plain(if hundred {
                Period::Century(first)
            } else {
                Period::Decade(first)
            }))
        }
        Build::Century => period(dates::century(fields, context)?),
        Build::Holiday => period(dates::holiday(phrase, context)?),
        Build::Present => Some(Said::Reference("PRESENT_REF")),
        Build::Past => Some(Said::Reference("PAST_REF")),
        Build::Future => Some(Said::Reference("FUTURE_REF")),
    }
}
