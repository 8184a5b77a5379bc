//! Readings that count: so many units ago or later, lengths, recurring times.

use super::context::{Anchor, Context};
use super::dates::date;
use super::fields::{Fields, Quantity};
use super::find::Phrase;
use super::period::{Partial, Period};
use super::resolve::{Meaning, Said, clock};
use super::unit::Unit;
use crate::document::Interval;
pub(super) fn hundredths(fields: &Fields, default: Option<i32>) -> Option<i32> {
    match fields.quantity {
        Some(Quantity::Hundredths(value)) => Some(value),
        Some(Quantity::Vague) => None,
        None => default,
    }
}
/// The period so many units away from a day, as fine as the unit says.
pub(super) fn stepped(
    day: jiff::civil::Date,
    unit: Unit,
    hundredths: i32,
    sign: i32,
) -> Option<Period> {
    if hundredths % 100 != 0 {
        return match unit {
            Unit::Year => {
                Period::holding(Unit::Month, day).shifted(sign * hundredths.checked_mul(12)? / 100)
            }
            Unit::Month => {
                let fortnight = Period::Day(day).shifted(sign * 15)?;
                let (middle, _) = fortnight.days()?;
                Period::holding(Unit::Month, middle).shifted(sign * (hundredths / 100))
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
pub(super) fn ago(fields: &Fields, context: &Context) -> Said {
    let sign = if fields.later == Some(1) { 1 } else { -1 };
    let unit = fields.unit.and_then(Unit::from_number);
    let count = hundredths(fields, None);
    let found = unit.zip(count).zip(context.writing());
    let period = found.and_then(|((unit, count), (today, anchor))| {
        // "three years ago tomorrow" is a day.
        let exact = fields.direction.map(|by| {
            let day = exactly(today, unit, count, sign)?;
            Period::Day(day).shifted(by)
        });
        let period = match exact {
            Some(day) => day?,
            None => stepped(today, unit, count, sign)?,
        };
        Some((period, anchor))
    });
    match (period, count) {
        (Some((period, anchor)), _) => Said::Period(Meaning::by(period, anchor)),
        (None, Some(_)) if unit.is_some() => Said::Period(Meaning::plain(Period::Partial(
            Partial::Unit(unit.unwrap_or(Unit::Year)),
        ))),
        _ => Said::Reference(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }),
    }
}
pub(super) fn later(fields: &Fields, context: &Context) -> Said {
    let sign = fields.later.unwrap_or(1);
    let Some(unit) = fields.unit.and_then(Unit::from_number) else {
        return Said::Reference("FUTURE_REF");
    };
    let vague = match fields.quantity {
        Some(Quantity::Vague) => true,
        Some(Quantity::Hundredths(_)) => false,
        None => fields.plural,
    };
    if vague {
        return Said::Reference(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" });
    }
    let one = (!fields.plural).then_some(100);
    // In figures of business "a year earlier" is the same quarter a year before.
    let quarter = context
        .said
        .quarter
        .filter(|_| sign < 0 && unit == Unit::Year && hundredths(fields, one) == Some(100));
    let before = quarter.and_then(|quarter| {
        let per_year = if matches!(quarter, Period::Half(..)) {
            2
        } else {
            4
        };
        Some((quarter.days()?.0, quarter.shifted(-per_year)?))
    });
    if let Some((day, period)) = before {
        return Said::Period(Meaning::by(period, Anchor::Text(day)));
    }
    let week = context.said.week_before(unit).filter(|_| !fields.plural);
    if let Some((monday, count)) = week.zip(hundredths(fields, one)) {
        let period = Period::holding(Unit::Week, monday).shifted(sign * (count / 100));
        return match period {
            Some(period) => Said::Period(Meaning::by(period, Anchor::Text(monday))),
            None => Said::Period(Meaning::plain(Period::Partial(Partial::Unit(unit)))),
        };
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
pub(super) fn span(phrase: &Phrase, context: &Context) -> Option<Said> {
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
    let now = context.now();
    let days = now.and_then(|(today, anchor)| Some((span_days(today, unit, count, sign)?, anchor)));
    Some(Said::Length(unit.duration(count), days))
}
/// From so many units ago until now, or from now on; a count that is not told leaves the far end open.
fn span_days(
    today: jiff::civil::Date,
    unit: Unit,
    count: Option<i32>,
    sign: i32,
) -> Option<Interval> {
    let Some(count) = count else {
        let day = Some(today);
        return Some(if sign < 0 {
            Interval {
                earliest: None,
                latest: day,
            }
        } else {
            Interval {
                earliest: day,
                latest: None,
            }
        });
    };
    let other = exactly(today, unit, count, sign)?;
    Some(Interval::days(today, other))
}
/// "The last two weeks of February 1951": a length at one end of a month or year.
pub(super) fn part_of(
    phrase: &Phrase,
    context: &Context,
    unit: Unit,
    count: Option<i32>,
) -> Option<Said> {
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
pub(super) fn exactly(
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
pub(super) fn repeat(fields: &Fields) -> Option<String> {
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
pub(super) fn every(fields: &Fields) -> Option<String> {
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
