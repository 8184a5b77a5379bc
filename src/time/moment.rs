//! A date as the reader types it, for jumping.

use super::{TimexKind, timexes};
use crate::document::{Edtf, Interval};
use crate::text::Layer;

/// The days meant by "mid-October 2023", "2023-10", "last week": EDTF first, then the same engine as running text, seen from `today`.
///
/// None if the text names no date, or one that needs a year or a day that `today` does not give.
pub fn parse_moment(text: &str, today: Option<&Edtf>) -> Option<Interval> {
    let text = text.trim();
    if let Ok(edtf) = text.parse::<Edtf>() {
        return Some(edtf.interval());
    }
    if is_figures(text) {
        // "2023-13" was meant as a date of figures, and is none.
        return None;
    }
    let read = |text: &str| {
        let found = timexes(text, &Layer::default(), today);
        let dated = found.into_items().into_iter().filter(|(_, timex)| {
            matches!(
                timex.kind,
                TimexKind::Date | TimexKind::Time | TimexKind::Duration
            )
        });
        let mut intervals = dated.filter_map(|(_, timex)| timex.interval);
        let first = intervals.next()?;
        // "May to July 2023": all of it.
        Some(intervals.fold(first, |all, next| Interval {
            earliest: all.earliest.min(next.earliest),
            latest: all.latest.max(next.latest),
        }))
    };
    // Words that are time only in company get some: "may", "fall", "1850".
    read(text)
        .or_else(|| read(&format!("in {text}")))
        .or_else(|| {
            let mut capital = text.chars();
            let first = capital.next()?;
            read(&format!("in {}{}", first.to_uppercase(), capital.as_str()))
        })
}

/// Whether it is written as a date of figures, year first: "2023-02-30".
fn is_figures(text: &str) -> bool {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    year == 4
        && text.len() > 5
        && text.as_bytes().get(4) == Some(&b'-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// The same as EDTF: what is typed as EDTF stays as it is, other dates are a day, a month, a year or an interval of days.
pub fn parse_edtf(text: &str, today: Option<&Edtf>) -> Option<Edtf> {
    let text = text.trim();
    if let Ok(edtf) = text.parse() {
        return Some(edtf);
    }
    // "about 1950", "from 2015", "until March 2024": what stands before the date is part of it.
    let (lead, rest) = text.split_once(char::is_whitespace).unwrap_or(("", text));
    let days = || parse_moment(rest, today);
    match lead.to_lowercase().as_str() {
        "about" | "around" | "circa" | "c." | "ca." => {
            return format!("{}~", days()?.to_edtf()?).parse().ok();
        }
        "from" | "since" if !rest.contains(" to ") && !rest.contains(" until ") => {
            return format!("{}/..", days()?.earliest?).parse().ok();
        }
        "until" | "till" | "to" => return format!("../{}", days()?.latest?).parse().ok(),
        _ => {}
    }
    parse_moment(text, today)?.to_edtf()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> String {
        let today: Edtf = "2024-01-18".parse().unwrap();
        let day =
            |day: Option<jiff::civil::Date>| day.map_or("..".to_owned(), |day| day.to_string());
        parse_moment(text, Some(&today)).map_or("none".to_owned(), |interval| {
            format!("{} {}", day(interval.earliest), day(interval.latest))
        })
    }

    #[test]
    fn readers_type_dates_in_many_ways() {
        assert_eq!(moment("mid-October 2023"), "2023-10-11 2023-10-20");
        assert_eq!(moment("2023-10"), "2023-10-01 2023-10-31");
        assert_eq!(moment("last week"), "2024-01-08 2024-01-14");
        assert_eq!(moment("25 oct 2023"), "2023-10-25 2023-10-25");
        assert_eq!(moment("2023-13"), "none");
        assert_eq!(moment("2023-02-30"), "none");
        assert_eq!(moment("may 2023"), "2023-05-01 2023-05-31");
        assert_eq!(moment("summer 2023"), "2023-06-01 2023-08-31");
        assert_eq!(moment("1850"), "1850-01-01 1850-12-31");
        assert_eq!(moment("yesterday"), "2024-01-17 2024-01-17");
        assert_eq!(moment("somewhere"), "none");
    }
}
