//! Days with a name.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::find::Phrase;

/// The day a named day falls on in a year; none if the phrase names none.
pub(super) fn day(phrase: &Phrase, year: i16) -> Option<Date> {
    let eve = phrase.fields.eve;
    let date_of = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok();
    let date = |month: i8, day: i8| date_of(year, month, day);
    let day = match (phrase.rule, phrase.fields.holiday) {
        ("new-year", _) => {
            let next = i16::from(eve);
            return Date::new(year.checked_add(next)?, 1, 1)
                .ok()?
                .checked_sub(i32::from(next).days())
                .ok();
        }
        ("nine-eleven", _) => return date_of(2001, 9, 11),
        ("independence-day", _) => date(7, 4),
        ("veterans-day", _) => date(11, 11),
        ("labor-day", _) => date(9, 1)?.nth_weekday_of_month(1, Weekday::Monday).ok(),
        ("memorial-day", _) => date(5, 1)?.nth_weekday_of_month(-1, Weekday::Monday).ok(),
        ("election-day", _) => date(11, 1)?
            .nth_weekday_of_month(1, Weekday::Monday)
            .ok()?
            .tomorrow()
            .ok(),
        (_, Some(1)) => date(12, 25),
        (_, Some(2)) => date(11, 1)?.nth_weekday_of_month(4, Weekday::Thursday).ok(),
        (_, Some(3)) => easter(year),
        (_, Some(4)) => date(10, 31),
        (_, Some(5)) => date(6, 19),
        _ => None,
    }?;
    if eve { day.yesterday().ok() } else { Some(day) }
}

/// Western Easter Sunday, by the algorithm of Meeus, Jones and Butcher, in its letters.
#[allow(clippy::many_single_char_names)]
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_sundays() {
        for (year, month, day) in [(2024, 3, 31), (2023, 4, 9), (1961, 4, 2)] {
            assert_eq!(easter(year), Date::new(year, month, day).ok());
        }
    }
}
