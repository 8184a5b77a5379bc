//! Days with a name.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::find::Phrase;

/// The day a named day falls on in a year; none if the phrase names none.
pub(super) fn day(phrase: &Phrase, year: i16) -> Option<Date> {
    let eve = phrase.fields.eve;
    let date_of = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok();
    let date = |month: i8, day: i8| date_of(year, month, day);
    let nth = |month: i8, count: i8, weekday: Weekday| {
        date(month, 1)?.nth_weekday_of_month(count, weekday).ok()
    };
    let day = match (phrase.rule, phrase.fields.holiday) {
        ("new-year", _) => {
            let next = i16::from(eve);
            return Date::new(year.checked_add(next)?, 1, 1)
                .ok()?
                .checked_sub(i32::from(next).days())
                .ok();
        }
        ("nine-eleven", _) => return date_of(2001, 9, 11),
        (rule, None) if fixed(rule).is_some() => {
            fixed(rule).and_then(|(month, day)| date(month, day))
        }
        (rule, None) if from_easter(rule).is_some() => {
            easter(year)?.checked_add(from_easter(rule)?.days()).ok()
        }
        ("black-friday", _) => nth(11, 4, Weekday::Thursday)?.tomorrow().ok(),
        ("king-day", _) => nth(1, 3, Weekday::Monday),
        ("presidents-day", _) => nth(2, 3, Weekday::Monday),
        ("columbus-day", _) => nth(10, 2, Weekday::Monday),
        ("mothers-day", _) => nth(5, 2, Weekday::Sunday),
        ("fathers-day", _) => nth(6, 3, Weekday::Sunday),
        ("labor-day", _) => nth(9, 1, Weekday::Monday),
        ("memorial-day", _) => nth(5, -1, Weekday::Monday),
        ("election-day", _) => date(11, 1)?
            .nth_weekday_of_month(1, Weekday::Monday)
            .ok()?
            .tomorrow()
            .ok(),
        (_, Some(1)) => date(12, 25),
        (_, Some(2)) => nth(11, 4, Weekday::Thursday),
        (_, Some(3)) => easter(year),
        (_, Some(4)) => date(10, 31),
        (_, Some(5)) => date(6, 19),
        _ => None,
    }?;
    if eve { day.yesterday().ok() } else { Some(day) }
}

/// Month and day of the days that never move, by the name of their rule.
fn fixed(rule: &str) -> Option<(i8, i8)> {
    Some(match rule {
        "independence-day" => (7, 4),
        "veterans-day" | "armistice-day" => (11, 11),
        "inauguration-day" => (1, 20),
        "boxing-day" => (12, 26),
        "may-day" => (5, 1),
        "earth-day" => (4, 22),
        "anzac-day" => (4, 25),
        "bastille-day" => (7, 14),
        "victory-day" => (5, 9),
        "valentines-day" => (2, 14),
        "patricks-day" => (3, 17),
        "womens-day" => (3, 8),
        "rights-day" => (12, 10),
        _ => return None,
    })
}

/// Days from Easter Sunday, by the name of the rule.
fn from_easter(rule: &str) -> Option<i32> {
    Some(match rule {
        "ash-wednesday" => -46,
        "palm-sunday" => -7,
        "good-friday" => -2,
        "easter-sunday" => 0,
        "easter-monday" => 1,
        _ => return None,
    })
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
