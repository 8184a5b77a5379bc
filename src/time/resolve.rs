//! From phrases to dates: what each one means on the calendar, given the day of publication and what was said before.
//!
//! In: [`Phrase`]s in text order. Out: [`Timex`] values in the same order. The choice of year and week is `direction.rs`, what was said before is
//! `context.rs`; here every way to read a match has its few lines.

use super::context::Context;
use super::direction;
use super::fields::{Build, Fields, Quantity};
use super::find::{Lead, Phrase, Tense};
use super::holiday;
use super::period::{Partial, Period, Unit, weekday_of_week};
use super::{Anchoring, Bound, Grain, Modifier, Reading, Timex, TimexKind};
use crate::document::Interval;

/// A meaning: a period of the calendar and how it came about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub(super) period: Period,
    pub(super) anchor: Anchoring,
    pub(super) other: Option<Period>,
}

impl Meaning {
    pub(super) const fn plain(period: Period) -> Self {
        Self {
            period,
            anchor: Anchoring::None,
            other: None,
        }
    }

    const fn by(period: Period, anchor: Anchoring) -> Self {
        Self {
            period,
            anchor,
            other: None,
        }
    }
}

/// What a phrase says; kinds without a period have their value only.
enum Said {
    Period(Meaning),
    /// A length, with the days it covers if it is anchored.
    Length(String, Option<(Interval, Anchoring)>),
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
            anchor: days.map_or(Anchoring::None, |(_, anchor)| anchor),
            modifier: lead_modifier(phrase.lead),
            grain: days.map_or(Grain::Vague, |(interval, _)| grain_of(interval)),
            ..bare(phrase, TimexKind::Duration, &value)
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
        bound: None,
        alternative: None,
        rule: phrase.rule,
    }
}

fn lead_modifier(lead: Lead) -> Option<Modifier> {
    match lead {
        Lead::About => Some(Modifier::Approx),
        Lead::MoreThan => Some(Modifier::MoreThan),
        Lead::LessThan => Some(Modifier::LessThan),
        Lead::Until | Lead::Since | Lead::Starting | Lead::Before | Lead::After | Lead::Other => {
            None
        }
    }
}

fn grain_of(interval: Interval) -> Grain {
    match interval.n_days() {
        Some(..=1) => Grain::Day,
        Some(..=13) => Grain::Week,
        Some(..=62) => Grain::Month,
        Some(..=3000) => Grain::Year,
        _ => Grain::Decade,
    }
}

fn interval_edtf(interval: Interval) -> Option<Box<str>> {
    let (from, to) = (interval.earliest?, interval.latest?);
    Period::Days(from, to)
        .edtf()
        .filter(|_| from != to)
        .or_else(|| Period::Day(from).edtf())
        .map(Into::into)
}

/// A timex with a period: its modifier, its days, its other reading.
fn dated(phrase: &Phrase, context: &Context, meaning: Meaning) -> Timex {
    let fields = &phrase.fields;
    let period = meaning.period;
    let modifier = fields
        .modifier
        .and_then(Modifier::from_number)
        .or_else(|| lead_modifier(phrase.lead).filter(|modifier| *modifier == Modifier::Approx));
    let is_time = phrase.build == Build::Time || fields.clock.is_some() || fields.part.is_some();
    let value = if is_time {
        format!("{}{}", period.value(), clock(fields))
    } else {
        period.value()
    };
    let whole = period.days().map(|(from, to)| Interval::days(from, to));
    let part = modifier
        .filter(|modifier| modifier.is_part())
        .filter(|_| !is_time);
    let interval = match part {
        Some(modifier) => part_days(phrase, context, period, modifier).or(whole),
        None => whole,
    };
    let edtf = if part.is_some() {
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
        anchor: meaning.anchor,
        bound: bound(phrase.lead),
        alternative: meaning.other.and_then(|period| reading(period, modifier)),
        ..bare(
            phrase,
            if is_time {
                TimexKind::Time
            } else {
                TimexKind::Date
            },
            &value,
        )
    }
}

const fn bound(lead: Lead) -> Option<Bound> {
    match lead {
        Lead::Since | Lead::Starting => Some(Bound::Since),
        Lead::Until => Some(Bound::Until),
        Lead::Before => Some(Bound::Before),
        Lead::After => Some(Bound::After),
        Lead::About | Lead::MoreThan | Lead::LessThan | Lead::Other => None,
    }
}

fn reading(period: Period, modifier: Option<Modifier>) -> Option<Reading> {
    let (from, to) = period.days()?;
    let part = modifier.filter(|modifier| modifier.is_part());
    let interval = part.and_then(|part| period.part(part));
    Some(Reading {
        value: period.value().into(),
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
    let relative = phrase.build == Build::Relative && phrase.fields.direction == Some(0);
    let Some(today) = context
        .today
        .filter(|today| relative && from <= *today && *today <= to)
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
fn clock(fields: &Fields) -> String {
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

fn said(phrase: &Phrase, context: &Context) -> Option<Said> {
    let fields = &phrase.fields;
    let period = |meaning: Meaning| Some(Said::Period(meaning));
    match phrase.build {
        Build::Nothing => None,
        Build::Date | Build::Quarter => period(date(phrase, context)?),
        Build::Days => days(phrase, context).and_then(period),
        Build::Time => period(time(phrase, context)?),
        Build::Today => period(today(fields, context)?),
        Build::Relative => period(relative(phrase, context)?),
        Build::Anaphoric => period(anaphoric(phrase, context)?),
        Build::Ago => Some(ago(fields, context)),
        Build::Later => Some(later(fields, context)),
        Build::Span => span(phrase, context),
        Build::Length => {
            let unit = Unit::from_number(fields.unit?)?;
            Some(Said::Length(unit.duration(hundredths(fields, None)), None))
        }
        Build::Repeat => repeat(fields).map(Said::Set),
        Build::Every => every(fields).map(Said::Set),
        Build::Decade => {
            let first = i16::try_from(fields.decade?).ok()?;
            let hundred = first % 100 == 0 && first < 2000;
            period(Meaning::plain(if hundred {
                Period::Century(first)
            } else {
                Period::Decade(first)
            }))
        }
        Build::Century => period(century(fields, context)?),
        Build::Holiday => period(holiday(phrase, context)?),
        Build::Present => Some(Said::Reference("PRESENT_REF")),
        Build::Past => Some(Said::Reference("PAST_REF")),
        Build::Future => Some(Said::Reference("FUTURE_REF")),
    }
}

/// The year as the calendar counts it.
fn year(fields: &Fields) -> Option<i16> {
    let year = fields.year?;
    let year = if fields.era == Some(-1) {
        1 - year
    } else {
        year
    };
    let year = match year {
        0..=99 if fields.era.is_none() => super::numeric::long_year(year),
        year => year,
    };
    i16::try_from(year).ok()
}

fn date(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let day = fields
        .day
        .or_else(|| fields.ordinal.and_then(|day| i8::try_from(day).ok()));
    if let Some(year) = year(fields) {
        let period = match (fields.month, day) {
            (Some(month), Some(day)) if (1..=31).contains(&day) => {
                Period::Day(jiff::civil::Date::new(year, month, day).ok()?)
            }
            (Some(month), _) => Period::Month(year, month),
            (None, _) => match (
                fields.season,
                fields.half_year,
                fields.unit.and_then(Unit::from_number),
            ) {
                (Some(season), ..) => Period::Season(year, i8::try_from(season).ok()?),
                (None, Some(half), _) => Period::Half(year, i8::try_from(half).ok()?),
                (None, None, _) if phrase.build == Build::Quarter => quarter(fields, year)?,
                (None, None, _) => Period::Year(year),
            },
        };
        return Some(Meaning::plain(period));
    }
    if phrase.rule == "the-day" {
        return the_day(day?, context);
    }
    if let (Build::Quarter, Some(by)) = (phrase.build, fields.direction) {
        let (today, anchor) = context.now()?;
        let year = i16::try_from(i32::from(today.year()) + by).ok()?;
        return Some(Meaning::by(quarter(fields, year)?, anchor));
    }
    let partial = match (fields.month, day, fields.season) {
        (Some(month), Some(day), _) => Partial::MonthDay(month, day),
        (Some(month), None, _) => Partial::Month(month),
        (None, _, Some(season)) => Partial::Season(i8::try_from(season).ok()?),
        (None, ..) if phrase.build == Build::Quarter => match quarter(fields, 1)? {
            Period::Half(_, number) => Partial::Half(number),
            Period::Quarter(_, number) => Partial::Quarter(number),
            _ => return None,
        },
        (None, ..) => Partial::Weekday(fields.weekday?),
    };
    Some(direction::nearest(partial, phrase, context))
}

/// "on the 20th": of the month last spoken of.
fn the_day(day: i8, context: &Context) -> Option<Meaning> {
    let (said, anchor) = context.said_now()?;
    let date = jiff::civil::Date::new(said.year(), said.month(), day).ok()?;
    Some(Meaning::by(Period::Day(date), anchor))
}

fn quarter(fields: &Fields, year: i16) -> Option<Period> {
    let number = match fields.ordinal? {
        -1 => 4,
        number => i8::try_from(number).ok()?,
    };
    let half = !fields.quarter;
    match (half, number) {
        (true, -1 | 4) if fields.ordinal == Some(-1) => Some(Period::Half(year, 2)),
        (true, 1 | 2) => Some(Period::Half(year, number)),
        (false, 1..=4) => Some(Period::Quarter(year, number)),
        _ => None,
    }
}

fn days(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let last = phrase.fields.day2?;
    let first = date(phrase, context)?;
    let Period::Day(from) = first.period else {
        return Some(first);
    };
    let to = jiff::civil::Date::new(from.year(), from.month(), last).ok();
    let period = to
        .filter(|to| from < *to)
        .map_or(first.period, |to| Period::Days(from, to));
    Some(Meaning { period, ..first })
}

fn time(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    if phrase.fields.clock.is_some_and(|clock| clock > 24 * 60) {
        return None;
    }
    if fields.month.is_some() || fields.year.is_some() || fields.weekday.is_some() {
        return date(phrase, context);
    }
    if phrase.rule == "part-anaphoric" {
        let day = context.said.day.or(context.today);
        let by = fields.direction.unwrap_or(0);
        return Some(day.and_then(|day| Period::Day(day).shifted(by)).map_or(
            Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
            |period| Meaning::by(period, Anchoring::Text),
        ));
    }
    if let Some(by) = fields.direction {
        // "last night" is the night that began yesterday; "this morning" is today.
        return Some(match context.now() {
            Some((today, anchor)) => Meaning::by(Period::Day(today).shifted(by)?, anchor),
            None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
        });
    }
    Some(
        match context
            .sentence_day
            .map(|day| (day, Anchoring::Text))
            .or_else(|| context.now())
        {
            Some((day, anchor)) => Meaning::by(Period::Day(day), anchor),
            None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
        },
    )
}

fn today(fields: &Fields, context: &Context) -> Option<Meaning> {
    let by = fields.direction?;
    Some(match context.today {
        Some(today) => Meaning::by(Period::Day(today).shifted(by)?, Anchoring::Published),
        None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
    })
}

/// Last, this, next; "the end of the year".
fn relative(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let by = fields.direction.unwrap_or(0);
    let said_before = fields.direction.is_none() && context.narrative;
    let now = if said_before {
        context.said_now()
    } else {
        context.now()
    };
    let unit = fields.unit.and_then(Unit::from_number);
    let Some((today, anchor)) = now else {
        let partial = match (fields.weekday, fields.month, fields.season, unit) {
            (Some(weekday), ..) => Partial::Weekday(weekday),
            (None, Some(month), ..) => Partial::Month(month),
            (None, None, Some(season), _) => Partial::Season(i8::try_from(season).ok()?),
            (None, None, None, unit) => Partial::Unit(unit?),
        };
        return Some(Meaning::plain(Period::Partial(partial)));
    };
    if let Some(weekday) = fields.weekday {
        let this_week = weekday_of_week(today, weekday)?;
        let (from_week, other) = match by {
            -1 => {
                let recent = direction::weekday_before(today, weekday)?;
                (Period::Day(recent), Period::Day(this_week).shifted(-7))
            }
            1 => (
                Period::Day(this_week).shifted(7)?,
                Period::Day(direction::weekday_before(today, weekday)?).shifted(7),
            ),
            _ if unit == Some(Unit::Week) => (Period::Day(this_week).shifted(by * 7)?, None),
            _ => (Period::Day(this_week), None),
        };
        return Some(Meaning {
            period: from_week,
            anchor,
            other: other.filter(|other| *other != from_week),
        });
    }
    let named = |year: i16| match (fields.month, fields.season) {
        (Some(month), _) => Some(Period::Month(year, month)),
        (None, season) => Some(Period::Season(year, i8::try_from(season?).ok()?)),
    };
    if phrase.rule == "season-of-relative" {
        let year = i16::try_from(i32::from(today.year()) + by).ok()?;
        return Some(Meaning::by(named(year)?, anchor));
    }
    if let Some(month) = fields.month {
        return Some(Meaning::by(
            direction::directed(today, by, |year| Some(Period::Month(year, month)))?,
            anchor,
        ));
    }
    if let Some(season) = fields.season {
        let season = i8::try_from(season).ok()?;
        return Some(Meaning::by(
            direction::directed(today, by, |year| Some(Period::Season(year, season)))?,
            anchor,
        ));
    }
    let unit = unit?;
    Some(Meaning::by(
        Period::holding(unit, today).shifted(by)?,
        anchor,
    ))
}

/// That year, the same day, the following week, the previous month.
fn anaphoric(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let by = match (fields.later, fields.direction) {
        (Some(by), None) => by,
        (_, by) => by.unwrap_or(0),
    };
    let unit = fields.unit.and_then(Unit::from_number);
    if let Some(month) = fields.month.or_else(|| fields.season.map(|_| 0)) {
        let in_season = fields.season.and_then(|season| i8::try_from(season).ok());
        let make = |year: i16| {
            Some(in_season.map_or(Period::Month(year, month), |season| {
                Period::Season(year, season)
            }))
        };
        let Some((anchor_day, anchor)) = context.said_now() else {
            let partial = in_season.map_or(Partial::Month(month), Partial::Season);
            return Some(Meaning::plain(Period::Partial(partial)));
        };
        // "August of that year", "the following March".
        let period = match (phrase.rule, by) {
            ("month-of-year" | "season-of-year", by) => {
                make(i16::try_from(i32::from(anchor_day.year()) + by).ok()?)?
            }
            (_, 0) => make(anchor_day.year())?,
            (_, by) => direction::directed(anchor_day, by, make)?,
        };
        return Some(Meaning::by(period, anchor));
    }
    if let Some(weekday) = fields.weekday {
        let day = context.said.day.or(context.today);
        return Some(match day {
            Some(day) => {
                let last = direction::weekday_before(day, weekday)?;
                let by = if by < 0 { 0 } else { 7 };
                let same = day.weekday().to_monday_one_offset() == weekday
                    && phrase.fields.direction == Some(0);
                let period = if same {
                    Period::Day(day)
                } else {
                    Period::Day(last).shifted(by)?
                };
                Meaning::by(period, Anchoring::Text)
            }
            None => Meaning::plain(Period::Partial(Partial::Weekday(weekday))),
        });
    }
    let unit = unit?;
    Some(match context.said_at(unit) {
        Some((day, anchor)) => Meaning::by(Period::holding(unit, day).shifted(by)?, anchor),
        None => Meaning::plain(Period::Partial(Partial::Unit(unit))),
    })
}

fn hundredths(fields: &Fields, default: Option<i32>) -> Option<i32> {
    match fields.quantity {
        Some(Quantity::Hundredths(value)) => Some(value),
        Some(Quantity::Vague) => None,
        None => default,
    }
}

/// The period so many units away from a day, as fine as the unit says.
fn stepped(day: jiff::civil::Date, unit: Unit, hundredths: i32, sign: i32) -> Option<Period> {
    if hundredths % 100 != 0 {
        return match unit {
            Unit::Year => {
                Period::holding(Unit::Month, day).shifted(sign * hundredths.checked_mul(12)? / 100)
            }
            _ => None,
        };
    }
    let by = (hundredths / 100).checked_mul(sign)?;
    match unit {
        Unit::Second | Unit::Minute => Some(Period::Day(day)),
        Unit::Hour => Period::Day(day).shifted(by / 24),
        Unit::Day | Unit::Night => Period::Day(day).shifted(by),
        Unit::Week | Unit::Weekend => Period::Day(day).shifted(by.checked_mul(7)?),
        Unit::Fortnight => Period::Day(day).shifted(by.checked_mul(14)?),
        Unit::Month => Period::holding(Unit::Month, day).shifted(by),
        Unit::Quarter | Unit::Season | Unit::HalfYear => Period::holding(unit, day).shifted(by),
        Unit::Year => Period::holding(Unit::Year, day).shifted(by),
        Unit::Decade => Period::holding(Unit::Year, day).shifted(by.checked_mul(10)?),
        Unit::Century => Period::holding(Unit::Year, day).shifted(by.checked_mul(100)?),
        Unit::Millennium => Period::holding(Unit::Year, day).shifted(by.checked_mul(1000)?),
    }
}

fn ago(fields: &Fields, context: &Context) -> Said {
    let sign = if fields.later == Some(1) { 1 } else { -1 };
    let unit = fields.unit.and_then(Unit::from_number);
    let count = hundredths(fields, None);
    let found = unit.zip(count).zip(context.writing());
    let period = found.and_then(|((unit, count), (today, anchor))| {
        Some((stepped(today, unit, count, sign)?, anchor))
    });
    match (period, count) {
        (Some((period, anchor)), _) => Said::Period(Meaning::by(period, anchor)),
        (None, Some(_)) if unit.is_some() => Said::Period(Meaning::plain(Period::Partial(
            Partial::Unit(unit.unwrap_or(Unit::Year)),
        ))),
        _ => Said::Reference(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }),
    }
}

fn later(fields: &Fields, context: &Context) -> Said {
    let sign = fields.later.unwrap_or(1);
    let Some(unit) = fields.unit.and_then(Unit::from_number) else {
        return Said::Reference("FUTURE_REF");
    };
    let one = (!fields.plural).then_some(100);
    // In figures of business "a year earlier" is the same quarter a year before.
    let quarter = context
        .said
        .quarter
        .filter(|_| sign < 0 && unit == Unit::Year && hundredths(fields, one) == Some(100));
    if let Some(period) = quarter.and_then(|quarter| quarter.shifted(-4)) {
        return Said::Period(Meaning::by(period, Anchoring::Text));
    }
    let found = hundredths(fields, one).zip(context.said_at(unit));
    let period =
        found.and_then(|(count, (day, anchor))| Some((stepped(day, unit, count, sign)?, anchor)));
    Said::Period(match period {
        Some((period, anchor)) => Meaning::by(period, anchor),
        None => Meaning::plain(Period::Partial(Partial::Unit(unit))),
    })
}

/// The past three years: a length that ends on the day of publication.
fn span(phrase: &Phrase, context: &Context) -> Option<Said> {
    let fields = &phrase.fields;
    let unit = Unit::from_number(fields.unit?)?;
    let count = match (fields.quantity, fields.plural) {
        (None, false) => Some(100),
        (None, true) => None,
        _ => hundredths(fields, None),
    };
    if phrase.rule == "part-of" {
        return part_of(phrase, context, unit, count);
    }
    let sign = fields.direction.unwrap_or(-1);
    let days = count
        .zip(context.now())
        .and_then(|(count, (today, anchor))| {
            let other = exactly(today, unit, count, sign)?;
            Some((Interval::days(today, other), anchor))
        });
    Some(Said::Length(unit.duration(count), days))
}

/// "The last two weeks of February 1951": a length at one end of a month or year.
fn part_of(phrase: &Phrase, context: &Context, unit: Unit, count: Option<i32>) -> Option<Said> {
    let fields = Fields {
        ordinal: None,
        ..phrase.fields
    };
    let whole = date(&Phrase { fields, ..*phrase }, context)?;
    let days = whole
        .period
        .days()
        .zip(count)
        .and_then(|((from, to), count)| {
            let last = phrase.fields.direction == Some(-1) || phrase.fields.ordinal == Some(-1);
            let first = phrase.fields.ordinal == Some(1);
            let span = if last {
                Interval::days(exactly(to, unit, count, -1)?.tomorrow().ok()?, to)
            } else if first {
                Interval::days(from, exactly(from, unit, count, 1)?.yesterday().ok()?)
            } else {
                Interval::days(from, to)
            };
            Some((span, whole.anchor))
        });
    Some(Said::Length(unit.duration(count), days))
}

/// The day exactly so many units away.
fn exactly(
    day: jiff::civil::Date,
    unit: Unit,
    hundredths: i32,
    sign: i32,
) -> Option<jiff::civil::Date> {
    use jiff::ToSpan;
    let count = i64::from(hundredths) * i64::from(sign);
    let months = |each: i64| day.checked_add((count * each / 100).months()).ok();
    let days = |each: i64| day.checked_add((count * each / 100).days()).ok();
    if hundredths > 1_000_000 {
        return None;
    }
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => day
            .checked_add(((count / 100 + i64::from(sign) * 23) / 24).days())
            .ok(),
        Unit::Day | Unit::Night => days(1),
        Unit::Week | Unit::Weekend => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Quarter | Unit::Season => months(3),
        Unit::HalfYear => months(6),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century | Unit::Millennium => None,
    }
}

fn repeat(fields: &Fields) -> Option<String> {
    if let Some(frequency) = fields.frequency {
        return Some(Unit::from_number(frequency % 100)?.duration(Some(frequency / 100 * 100)));
    }
    if let Some(unit) = fields.unit {
        let count = match fields.quantity {
            _ if fields.times => Some(100),
            Some(_) => hundredths(fields, None),
            None => Some(100),
        };
        return Some(Unit::from_number(unit)?.duration(count));
    }
    fields.part.map(|_| format!("XXXX-XX-XX{}", clock(fields)))
}

fn every(fields: &Fields) -> Option<String> {
    let partial = match (fields.weekday, fields.month, fields.season) {
        (Some(weekday), ..) => Partial::Weekday(weekday),
        (None, Some(month), _) => Partial::Month(month),
        (None, None, season) => Partial::Season(i8::try_from(season?).ok()?),
    };
    Some(format!(
        "{}{}",
        Period::Partial(partial).value(),
        clock(fields)
    ))
}

fn century(fields: &Fields, context: &Context) -> Option<Meaning> {
    let Some(number) = fields.ordinal else {
        let published = context.today.map(|today| (today, Anchoring::Published));
        let (today, anchor) = published.or_else(|| context.now())?;
        return Some(Meaning::by(Period::holding(Unit::Century, today), anchor));
    };
    let first = if fields.era == Some(-1) {
        1 - number.checked_mul(100)?
    } else {
        (number - 1).checked_mul(100)?
    };
    let first = i16::try_from(first)
        .ok()
        .filter(|first| (-9000..=9000).contains(first))?;
    Some(Meaning::plain(Period::Century(first)))
}

fn holiday(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let day = |year: i16| holiday::day(phrase, year);
    if let Some(year) = year(&phrase.fields) {
        return Some(Meaning::plain(Period::Day(day(year)?)));
    }
    let Some((today, anchor)) = context.now() else {
        let day = day(2001)?;
        return Some(Meaning::plain(Period::Partial(Partial::MonthDay(
            day.month(),
            day.day(),
        ))));
    };
    let candidates = (today.year().saturating_sub(1)..=today.year().saturating_add(1))
        .filter_map(day)
        .map(Period::Day);
    let future = phrase.tense == Tense::Future;
    direction::cheapest(candidates, today, phrase.tense, future).map(|(period, other)| Meaning {
        period,
        anchor,
        other,
    })
}
