//! When a row happened, in a few cells: "25|26 Oct", "mid-Oct", "summer", "Sep", "19 Jun".

use jiff::civil::{Date, Weekday};

use super::{Row, Zoom};
use crate::document::Interval;
use crate::time::{Bound, Grain};

/// The text for a row's date. At [`Zoom::Year`] it has the year; at [`Zoom::Month`] rows stand below the year's heading and it is left out; at
/// [`Zoom::Day`] a single day has its weekday. `~` stands before an approximate date, "from", "to", "before" or "after" before an open end. Empty for an
/// undated row.
pub fn row_label(row: &Row, zoom: Zoom) -> String {
    let Some(interval) = row.interval else {
        return String::new();
    };
    let (text, year) = if row.conflict {
        conflict(row)
    } else {
        short(interval, row.grain)
    };
    let text = if is_approximate(row) && !row.conflict {
        format!("~{text}")
    } else {
        text
    };
    // "to late" alone would be no date.
    let (text, year) = match (bound(row), row.grain, year) {
        (Some(_), Grain::PartOfYear, Some(year)) => (format!("{text} {year}"), None),
        (_, _, year) => (text, year),
    };
    let text = match bound(row) {
        None => text,
        Some(_) if row.conflict => text,
        Some(Bound::Since) => format!("from {text}"),
        Some(Bound::Until) => format!("to {text}"),
        Some(Bound::Before) => format!("before {text}"),
        Some(Bound::After) => format!("after {text}"),
    };
    match (zoom, year) {
        (Zoom::Year, Some(year)) => format!("{text} {year}"),
        (Zoom::Day, _) if interval.is_day() && !row.conflict && bound(row).is_none() => {
            match interval.earliest {
                Some(day) => format!("{} {text}", weekday(day)),
                None => text,
            }
        }
        (Zoom::Year | Zoom::Month | Zoom::Day, _) => text,
    }
}

/// The row's date as EDTF (ISO 8601-2:2019): `~` where it is approximate, `..` at an open end. None for an undated row.
pub fn row_edtf(row: &Row) -> Option<String> {
    let days = row.interval?;
    let exactly = row
        .sources
        .iter()
        .filter(|event| event.interval == Some(days));
    let plain = match exactly.clone().find_map(|event| event.edtf.as_deref()) {
        Some(edtf) if !row.conflict => edtf.to_owned(),
        _ => days.to_edtf()?,
    };
    Some(match bound(row) {
        None => plain,
        Some(Bound::Since) => format!("{}/..", plain.split('/').next().unwrap_or_default()),
        Some(Bound::Until) => format!("../{}", plain.rsplit('/').next().unwrap_or_default()),
        Some(Bound::Before) => format!("../{}", days.earliest?.yesterday().ok()?),
        Some(Bound::After) => format!("{}/..", days.latest?.tomorrow().ok()?),
    })
}

/// The side of the date all sources mean.
fn bound(row: &Row) -> Option<Bound> {
    let first = row.sources.first()?.bound;
    first.filter(|_| row.sources.iter().all(|event| event.bound == first))
}

/// Whether no source gives the date but roughly.
fn is_approximate(row: &Row) -> bool {
    let rough = |edtf: &Option<Box<str>>| edtf.as_deref().is_some_and(|edtf| edtf.ends_with('~'));
    !row.sources.is_empty() && row.sources.iter().all(|event| rough(&event.edtf))
}

/// Each date of the sources once, in order, with bars between.
fn conflict(row: &Row) -> (String, Option<String>) {
    let mut days: Vec<Interval> = row
        .sources
        .iter()
        .filter_map(|event| event.interval)
        .collect();
    days.sort_by_key(|days| (days.earliest, days.latest));
    days.dedup();
    let one_month = days.iter().all(|interval| {
        let same = |day: Option<Date>| {
            day.map(Date::first_of_month)
                == days
                    .first()
                    .and_then(|first| first.earliest)
                    .map(Date::first_of_month)
        };
        interval.is_day() && same(interval.earliest)
    });
    let year = days.first().and_then(|days| days.earliest).map(year);
    if one_month {
        let numbers: Vec<String> = days
            .iter()
            .filter_map(|days| Some(days.earliest?.day().to_string()))
            .collect();
        let month = days
            .first()
            .and_then(|days| days.earliest)
            .map_or("", month);
        return (format!("{} {month}", numbers.join("|")), year);
    }
    let texts: Vec<String> = days
        .iter()
        .map(|days| {
            short(
                *days,
                if days.is_day() {
                    Grain::Day
                } else {
                    Grain::Vague
                },
            )
            .0
        })
        .collect();
    (texts.join("|"), year)
}

/// The date and, apart, the year where the date does not hold it already.
fn short(interval: Interval, grain: Grain) -> (String, Option<String>) {
    let (Some(from), Some(to)) = (interval.earliest, interval.latest) else {
        return match (interval.earliest, interval.latest) {
            (Some(from), None) => (
                format!("from {} {}", from.day(), month(from)),
                Some(year(from)),
            ),
            (None, Some(to)) => (format!("to {} {}", to.day(), month(to)), Some(year(to))),
            _ => (String::new(), None),
        };
    };
    let with = |text: String| (text, Some(year(from)));
    let same_month = from.first_of_month() == to.first_of_month();
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let third = match (from.day(), to.day()) {
        _ if !same_month => None,
        (1, 10) => Some("early"),
        (11, 20) => Some("mid"),
        (21, _) if to == to.last_of_month() => Some("late"),
        _ => None,
    };
    match grain {
        _ if from == to => with(format!("{} {}", from.day(), month(from))),
        Grain::PartOfMonth => match third {
            Some(part) => with(format!("{part}-{}", month(from))),
            None => with(format!("{}–{} {}", from.day(), to.day(), month(from))),
        },
        Grain::Season if whole_months && (to - from).get_days() < 100 => {
            with(season(from).to_owned())
        }
        Grain::Quarter if whole_months => with(format!("Q{}", (from.month() - 1) / 3 + 1)),
        Grain::PartOfYear => with(match (from.month(), to.month()) {
            (1, 1..=3) => "early".to_owned(),
            (10, 12) => "late".to_owned(),
            (4, 9) => "mid".to_owned(),
            (1, 6) => "H1".to_owned(),
            (7, 12) => "H2".to_owned(),
            _ => format!("{}–{}", month(from), month(to)),
        }),
        _ if whole_months && same_month => with(month(from).to_owned()),
        _ if from.day_of_year() == 1 && to.month() == 12 && to.day() == 31 => {
            if from.year() == to.year() {
                (year(from), None)
            } else if i32::from(to.year()) - i32::from(from.year()) == 9 && from.year() > 0 {
                (format!("{}s", from.year()), None)
            } else {
                (format!("{}–{}", year(from), year(to)), None)
            }
        }
        _ if same_month => with(format!("{}–{} {}", from.day(), to.day(), month(from))),
        _ if whole_months && from.year() == to.year() => {
            with(format!("{}–{}", month(from), month(to)))
        }
        _ => with(format!(
            "{} {}–{} {}",
            from.day(),
            month(from),
            to.day(),
            month(to)
        )),
    }
}

fn season(first: Date) -> &'static str {
    match first.month() {
        3..=5 => "spring",
        6..=8 => "summer",
        9..=11 => "autumn",
        _ => "winter",
    }
}

pub(super) fn month(day: Date) -> &'static str {
    match day.month() {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

pub(super) fn year(day: Date) -> String {
    match day.year() {
        year if year <= 0 => format!("{} BC", 1 - i32::from(year)),
        year => year.to_string(),
    }
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}
