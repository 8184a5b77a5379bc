//! The days a TIMEX3 value means, where no interval is given with it.

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// First and last day, as written; an open end is none.
pub(crate) type Days = (Option<String>, Option<String>);

/// The days of a TIMEX3 value.
pub(crate) fn value_days(value: &str) -> Option<Days> {
    if let Some((from, to)) = value.split_once('/') {
        let end = |side: &str| match side {
            "" | ".." => Some((None, None)),
            side => value_days(side),
        };
        return Some((end(from)?.0, end(to)?.1));
    }
    let value = value.split('T').next()?;
    let digits = |from: usize, to: usize| -> Option<i16> { value.get(from..to)?.parse().ok() };
    let year = digits(0, 4);
    let first_of = |year: i16, month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
    let months = |year: i16, from: i16, to: i16| {
        Some((first_of(year, from)?, first_of(year, to)?.last_of_month()))
    };
    let rest = value.get(4..).unwrap_or_default();
    let days = match (year, rest) {
        (None, _) | (Some(_), "") if value.len() != 4 => {
            let number: i16 = value.trim_end_matches('X').parse().ok()?;
            match value.trim_end_matches('X').len() {
                3 => Some((
                    first_of(number * 10, 1)?,
                    first_of(number * 10 + 9, 12)?.last_of_month(),
                )),
                2 => Some((
                    first_of(number * 100, 1)?,
                    first_of(number * 100 + 99, 12)?.last_of_month(),
                )),
                _ => None,
            }
        }
        (Some(year), "" | "-XX" | "-XX-XX") => months(year, 1, 12),
        (Some(year), "-SP") => months(year, 3, 5),
        (Some(year), "-SU") => months(year, 6, 8),
        (Some(year), "-FA") => months(year, 9, 11),
        (Some(year), "-WI") => Some((first_of(year, 12)?, first_of(year + 1, 2)?.last_of_month())),
        (Some(year), "-H1") => months(year, 1, 6),
        (Some(year), "-H2") => months(year, 7, 12),
        (Some(year), quarter) if quarter.starts_with("-Q") => {
            let number = digits(6, 7)?;
            months(year, number * 3 - 2, number * 3)
        }
        (Some(year), week) if week.starts_with("-W") => {
            let week = i8::try_from(digits(6, 8)?).ok()?;
            let day = |weekday| ISOWeekDate::new(year, week, weekday).ok().map(Date::from);
            match value.get(8..)? {
                "" => Some((day(Weekday::Monday)?, day(Weekday::Sunday)?)),
                "-WE" => Some((day(Weekday::Saturday)?, day(Weekday::Sunday)?)),
                _ => None,
            }
        }
        (Some(year), _) => {
            let month = digits(5, 7)?;
            match value.get(7..)? {
                "" | "-XX" => months(year, month, month),
                _ => {
                    let day = Date::new(
                        year,
                        i8::try_from(month).ok()?,
                        i8::try_from(digits(8, 10)?).ok()?,
                    )
                    .ok()?;
                    Some((day, day))
                }
            }
        }
        (None, _) => None,
    }?;
    Some((Some(days.0.to_string()), Some(days.1.to_string())))
}
