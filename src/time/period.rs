//! Calendar periods: their days, TIMEX3 values, EDTF strings and neighbours.
//!
//! A [`Period`] is a year, month, week … of the proleptic Gregorian calendar (ISO 8601 weeks), or what is known of one. Seasons are northern meteorological;
//! winter is named by the year it starts in. Years before the common era count astronomically (1 BC is 0).

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::unit::Unit;
use super::{Grain, Modifier};
use crate::document::Interval;

/// A stretch of the calendar, or a part of a date that no year is known for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day(Date),
    Week(Date),
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, i8),
    Year(i16),
    /// By its first year.
    Decade(i16),
    /// By its first year: 1900 is the twentieth century.
    Century(i16),
    /// From one day to another.
    Days(Date, Date),
    /// A date whose year, or more, is not known; `week` says it is a weekday of an unknown week.
    Partial(Partial),
}

/// What is known of a date without a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Partial {
    MonthDay(i8, i8),
    Month(i8),
    Weekday(i8),
    Season(i8),
    Quarter(i8),
    Half(i8),
    Unit(Unit),
}

fn first(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn whole(year: i16, from: i8, to: i8) -> Option<(Date, Date)> {
    Some((first(year, from)?, first(year, to)?.last_of_month()))
}

impl Period {
    /// The period of this unit that holds a day; units below a day give the day.
    pub(super) fn holding(unit: Unit, day: Date) -> Self {
        let (year, month) = (day.year(), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::HalfYear => Self::Half(year, (month - 1) / 6 + 1),
            Unit::Season => Self::season_holding(day),
            Unit::Year => Self::Year(year),
            // Before the common era decades and centuries are counted backwards: the 480s BC are 489 to 480.
            Unit::Decade if year <= 0 => Self::Decade(1 - ((1 - year) / 10 * 10 + 9)),
            Unit::Century | Unit::Millennium if year <= 0 => {
                Self::Century(1 - (-year / 100 * 100 + 100))
            }
            Unit::Decade => Self::Decade(year - year.rem_euclid(10)),
            Unit::Century | Unit::Millennium => Self::Century(year - year.rem_euclid(100)),
        }
    }

    fn season_holding(day: Date) -> Self {
        let (year, month) = (day.year(), day.month());
        match month {
            1 | 2 => Self::Season(year - 1, 4),
            3..=5 => Self::Season(year, 1),
            6..=8 => Self::Season(year, 2),
            9..=11 => Self::Season(year, 3),
            _ => Self::Season(year, 4),
        }
    }

    /// First and last day.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let plus = |day: Date, days: i32| day.checked_add(days.days()).ok();
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Week(monday) => Some((monday, plus(monday, 6)?)),
            Self::Weekend(monday) => Some((plus(monday, 5)?, plus(monday, 6)?)),
            Self::Month(year, month) => whole(year, month, month),
            Self::Quarter(year, number) => whole(year, number * 3 - 2, number * 3),
            Self::Half(year, number) => whole(year, number * 6 - 5, number * 6),
            Self::Season(year, 4) => Some((
                first(year, 12)?,
                first(year.checked_add(1)?, 2)?.last_of_month(),
            )),
            Self::Season(year, number) => whole(year, number * 3, number * 3 + 2),
            Self::Year(year) => whole(year, 1, 12),
            Self::Decade(year) => Some((first(year, 1)?, whole(year.checked_add(9)?, 12, 12)?.1)),
            Self::Century(year) => Some((first(year, 1)?, whole(year.checked_add(99)?, 12, 12)?.1)),
            Self::Days(from, to) => Some((from.min(to), from.max(to))),
            Self::Partial(_) => None,
        }
    }

    /// The period `by` steps later.
    pub(super) fn shifted(self, by: i32) -> Option<Self> {
        let step = |year: i16, number: i8, per_year: i32| {
            let index = i32::from(year) * per_year + i32::from(number) - 1 + by;
            let year = i16::try_from(index.div_euclid(per_year)).ok()?;
            let number = i8::try_from(index.rem_euclid(per_year) + 1).ok()?;
            Some((year, number))
        };
        let year_on = |year: i16, size: i32| {
            i16::try_from(i32::from(year).checked_add(by.checked_mul(size)?)?).ok()
        };
        let days_on = |day: Date, size: i32| {
            let days = by.checked_mul(size).filter(|days| days.abs() < 5_000_000)?;
            day.checked_add(days.days()).ok()
        };
        if by.abs() > 200_000 {
            return None;
        }
        Some(match self {
            Self::Day(day) => Self::Day(days_on(day, 1)?),
            Self::Week(day) => Self::Week(days_on(day, 7)?),
            Self::Weekend(day) => Self::Weekend(days_on(day, 7)?),
            Self::Month(year, month) => step(year, month, 12).map(|(y, m)| Self::Month(y, m))?,
            Self::Quarter(year, number) => {
                step(year, number, 4).map(|(y, n)| Self::Quarter(y, n))?
            }
            Self::Half(year, number) => step(year, number, 2).map(|(y, n)| Self::Half(y, n))?,
            Self::Season(year, number) => step(year, number, 4).map(|(y, n)| Self::Season(y, n))?,
            Self::Year(year) => Self::Year(year_on(year, 1)?),
            Self::Decade(year) => Self::Decade(year_on(year, 10)?),
            Self::Century(year) => Self::Century(year_on(year, 100)?),
            Self::Days(..) | Self::Partial(_) => return None,
        })
    }

    /// How fine it is.
    pub(super) const fn grain(self) -> Grain {
        match self {
            Self::Day(_) | Self::Partial(Partial::MonthDay(..) | Partial::Weekday(_)) => Grain::Day,
            Self::Week(_) | Self::Weekend(_) | Self::Days(..) => Grain::Week,
            Self::Month(..) | Self::Partial(Partial::Month(_)) => Grain::Month,
            Self::Quarter(..) | Self::Partial(Partial::Quarter(_)) => Grain::Quarter,
            Self::Season(..) | Self::Partial(Partial::Season(_)) => Grain::Season,
            Self::Half(..) | Self::Partial(Partial::Half(_)) => Grain::PartOfYear,
            Self::Year(_) => Grain::Year,
            Self::Decade(_) => Grain::Decade,
            Self::Century(_) => Grain::Century,
            Self::Partial(Partial::Unit(unit)) => match unit {
                Unit::Second | Unit::Minute | Unit::Hour => Grain::Time,
                Unit::Day | Unit::Night => Grain::Day,
                Unit::Week | Unit::Weekend | Unit::Fortnight => Grain::Week,
                Unit::Month => Grain::Month,
                Unit::Quarter => Grain::Quarter,
                Unit::Season => Grain::Season,
                Unit::HalfYear => Grain::PartOfYear,
                Unit::Year => Grain::Year,
                Unit::Decade => Grain::Decade,
                Unit::Century | Unit::Millennium => Grain::Century,
            },
        }
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(day) => format!("{}-{:02}-{:02}", year(day.year()), day.month(), day.day()),
            Self::Week(monday) => week(monday),
            Self::Weekend(monday) => format!("{}-WE", week(monday)),
            Self::Month(of, month) => format!("{}-{month:02}", year(of)),
            Self::Quarter(of, number) => format!("{}-Q{number}", year(of)),
            Self::Half(of, number) => format!("{}-H{number}", year(of)),
            Self::Season(of, number) => format!("{}-{}", year(of), season(number)),
            Self::Decade(of) if of >= 0 => format!("{:03}", of / 10),
            Self::Century(of) if of >= 0 => format!("{:02}", of / 100),
            Self::Decade(of) => format!("BC{:03}", (1 - i32::from(of)) / 10),
            Self::Century(of) => format!("BC{:02}", -i32::from(of) / 100),
            Self::Year(of) => year(of),
            Self::Days(from, to) => {
                format!("{}/{}", Self::Day(from).value(), Self::Day(to).value())
            }
            Self::Partial(partial) => partial.value(),
        }
    }

    /// The EDTF string; none for what EDTF cannot say.
    pub(super) fn edtf(self) -> Option<String> {
        let of = |year: i16| {
            if year < 0 {
                format!("-{:04}", -i32::from(year))
            } else {
                format!("{year:04}")
            }
        };
        let date = |day: Date| format!("{}-{:02}-{:02}", of(day.year()), day.month(), day.day());
        Some(match self {
            Self::Day(day) => date(day),
            Self::Month(year, month) => format!("{}-{month:02}", of(year)),
            Self::Season(year, number) => format!("{}-{}", of(year), 20 + number),
            Self::Year(year) => of(year),
            Self::Decade(year) if year >= 0 => format!("{:03}X", year / 10),
            Self::Century(year) if year >= 0 => format!("{:02}XX", year / 100),
            Self::Partial(_) => return None,
            _ => {
                let (from, to) = self.days()?;
                format!("{}/{}", date(from), date(to))
            }
        })
    }

    /// The days meant by its early, middle or late part.
    pub(super) fn part(self, modifier: Modifier) -> Option<Interval> {
        let (from, to) = self.days()?;
        let year_part = |from_month: i8, to_month: i8| {
            let days = whole(from.year(), from_month, to_month)?;
            Some(Interval::days(days.0, days.1))
        };
        let years =
            |from: i16, to: i16| Some(Interval::days(first(from, 1)?, whole(to, 12, 12)?.1));
        let third = |number: i64| {
            let length = i64::from((to - from).get_days()) + 1;
            let at = |days: i64| from.checked_add(days.days()).ok();
            let (start, end) = (at(length * number / 3)?, at(length * (number + 1) / 3 - 1)?);
            Some(Interval::days(start, end.max(start)))
        };
        let day = |number: i8| Date::new(from.year(), from.month(), number).ok();
        match (self, modifier) {
            (Self::Month(..), Modifier::Start) => Some(Interval::days(day(1)?, day(10)?)),
            (Self::Month(..), Modifier::Mid) => Some(Interval::days(day(11)?, day(20)?)),
            (Self::Month(..), Modifier::End) => Some(Interval::days(day(21)?, to)),
            (Self::Year(_), Modifier::Start) => year_part(1, 3),
            (Self::Year(_), Modifier::Mid) => year_part(4, 9),
            (Self::Year(_), Modifier::End) => year_part(10, 12),
            (Self::Day(_) | Self::Week(_) | Self::Weekend(_), _) => Some(Interval::days(from, to)),
            (Self::Decade(first), Modifier::Start) => years(first, first + 4),
            (Self::Decade(first), Modifier::Mid) => years(first + 4, first + 6),
            (Self::Decade(first), Modifier::End) => years(first + 5, first + 9),
            (Self::Century(first), Modifier::Start) => years(first, first + 24),
            (Self::Century(first), Modifier::Mid) => years(first + 25, first + 74),
            (Self::Century(first), Modifier::End) => years(first + 75, first + 99),
            (_, Modifier::Start) => third(0),
            (_, Modifier::Mid) => third(1),
            (_, Modifier::End) => third(2),
            _ => Some(Interval::days(from, to)),
        }
    }
}

impl Partial {
    fn value(self) -> String {
        match self {
            Self::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Self::Month(month) => format!("XXXX-{month:02}"),
            Self::Weekday(day) => format!("XXXX-WXX-{day}"),
            Self::Season(number) => format!("XXXX-{}", season(number)),
            Self::Quarter(number) => format!("XXXX-Q{number}"),
            Self::Half(number) => format!("XXXX-H{number}"),
            Self::Unit(unit) => match unit {
                Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => "XXXX-XX-XX",
                Unit::Week | Unit::Fortnight => "XXXX-WXX",
                Unit::Weekend => "XXXX-WXX-WE",
                Unit::Month | Unit::Season => "XXXX-XX",
                Unit::Quarter => "XXXX-QX",
                Unit::HalfYear => "XXXX-HX",
                Unit::Year => "XXXX",
                Unit::Decade => "XXX",
                Unit::Century | Unit::Millennium => "XX",
            }
            .to_owned(),
        }
    }
}

/// The Monday of the ISO week that holds the day.
pub(super) fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

/// The day with this ISO weekday in the week of `day`.
pub(super) fn weekday_of_week(day: Date, weekday: i8) -> Option<Date> {
    monday(day)
        .checked_add((i32::from(weekday) - 1).days())
        .ok()
}

fn week(monday: Date) -> String {
    let week: ISOWeekDate = monday.iso_week_date();
    debug_assert_eq!(week.weekday(), Weekday::Monday);
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// `2023`, or `BC0146` for years before the common era.
fn year(of: i16) -> String {
    if of <= 0 {
        format!("BC{:04}", 1 - i32::from(of))
    } else {
        format!("{of:04}")
    }
}

const fn season(number: i8) -> &'static str {
    match number {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    }
}
