use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A closed interval of days; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Interval {
    /// First day.
    pub earliest: Option<Date>,
    /// Last day, included.
    pub latest: Option<Date>,
}

impl Interval {
    /// The shortest EDTF (ISO 8601-2:2019) for the days: a year, a month, a day, or an interval, `..` at an open end; none where both ends are.
    pub fn to_edtf(self) -> Option<String> {
        let year = |day: Date| match i32::from(day.year()) {
            year if year < 0 => format!("-{:04}", -year),
            year => format!("{year:04}"),
        };
        let month = |day: Date| format!("{}-{:02}", year(day), day.month());
        let day = |day: Date| format!("{}-{:02}", month(day), day.day());
        Some(match (self.earliest, self.latest) {
            (None, None) => return None,
            (Some(from), None) => format!("{}/..", day(from)),
            (None, Some(to)) => format!("../{}", day(to)),
            (Some(from), Some(to)) if from == to => day(from),
            (Some(from), Some(to)) if from.day() == 1 && to == from.last_of_month() => month(from),
            (Some(from), Some(to)) if from.day_of_year() == 1 && to == from.last_of_year() => {
                year(from)
            }
            (Some(from), Some(to)) => format!("{}/{}", day(from), day(to)),
        })
    }

    /// One day.
    pub const fn day(date: Date) -> Self {
        Self {
            earliest: Some(date),
            latest: Some(date),
        }
    }

    /// From one day to another, both included; swapped if they come in the wrong order.
    pub fn days(from: Date, to: Date) -> Self {
        Self {
            earliest: Some(from.min(to)),
            latest: Some(from.max(to)),
        }
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        let before =
            |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }

    /// Whether `other` lies wholly in this one.
    pub fn covers(self, other: Self) -> bool {
        let starts = match (self.earliest, other.earliest) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a <= b,
        };
        let ends = match (self.latest, other.latest) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => b <= a,
        };
        starts && ends
    }

    /// Number of days, if both ends are known.
    pub fn n_days(self) -> Option<i64> {
        let (from, to) = (self.earliest?, self.latest?);
        Some(i64::from((to - from).get_days()) + 1)
    }

    /// Whether it is exactly one day.
    pub fn is_day(self) -> bool {
        self.earliest.is_some() && self.earliest == self.latest
    }
}

/// A date, month, season, year or interval in the Extended Date/Time Format (ISO 8601-2:2019).
///
/// Understood: `2023`, `2023-10`, `2023-10-25`, seasons `2023-21` to `-24`, `199X`, a trailing `~`, `?` or `%`, `A/B` with an
/// end left empty (unknown) or `..` (open), and negative years. Anything else is an error that names the part.
/// A season is northern meteorological; winter is named by the year it starts in.
///
/// ```
/// let edtf: postil::document::Edtf = "2023-10".parse().unwrap();
/// assert_eq!(edtf.interval().n_days(), Some(31));
/// assert_eq!(edtf.to_string(), "2023-10");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: Box<str>,
    interval: Interval,
}

impl Edtf {
    /// One day, written `YYYY-MM-DD`.
    pub fn day(date: Date) -> Self {
        Self {
            text: date.to_string().into(),
            interval: Interval::day(date),
        }
    }

    /// The days it covers.
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Why a text is no EDTF date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdtfError {
    part: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a date: write 2023-10-25, 2023-10, 2023, a season 2023-21 to 2023-24, or two with a slash",
            self.part
        )
    }
}

impl std::error::Error for EdtfError {}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let fail = || EdtfError {
            part: text.chars().filter(|c| !c.is_control()).take(40).collect(),
        };
        let interval = match text.split_once('/') {
            None => part(text).ok_or_else(fail)?,
            Some((from, to)) => {
                let end = |side: &str| match side {
                    "" | ".." => Some(Interval::default()),
                    side => part(side),
                };
                let (from, to) = (end(from).ok_or_else(fail)?, end(to).ok_or_else(fail)?);
                let interval = Interval {
                    earliest: from.earliest,
                    latest: to.latest,
                };
                if interval == Interval::default() || interval.n_days().is_some_and(|days| days < 1)
                {
                    return Err(fail());
                }
                interval
            }
        };
        Ok(Self {
            text: text.into(),
            interval,
        })
    }
}

/// The days of a part without a slash.
fn part(text: &str) -> Option<Interval> {
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut fields = digits.split('-');
    let year = fields.next()?;
    if year.len() != 4 {
        return None;
    }
    let unknown = year
        .chars()
        .rev()
        .take_while(|c| matches!(c, 'X' | 'u'))
        .count();
    if unknown > 0 {
        let known: i16 = year.get(..4 - unknown)?.parse().ok()?;
        let size = 10_i16.checked_pow(unknown as u32)?;
        let first = known.checked_mul(size)?;
        return (sign == 1 && fields.next().is_none()).then(|| {
            Some(Interval::days(
                Date::new(first, 1, 1).ok()?,
                Date::new(first + (size - 1), 12, 31).ok()?,
            ))
        })?;
    }
    let year = sign * number(year)?;
    let first = |year, month| Date::new(year, month, 1).ok();
    let interval = match (fields.next(), fields.next(), fields.next()) {
        (None, ..) => Interval::days(first(year, 1)?, Date::new(year, 12, 31).ok()?),
        (Some(month), None, _) => match i8::try_from(two_digits(month)?).ok()? {
            month @ 1..=12 => {
                Interval::days(first(year, month)?, first(year, month)?.last_of_month())
            }
            21 => Interval::days(first(year, 3)?, first(year, 5)?.last_of_month()),
            22 => Interval::days(first(year, 6)?, first(year, 8)?.last_of_month()),
            23 => Interval::days(first(year, 9)?, first(year, 11)?.last_of_month()),
            24 => Interval::days(
                first(year, 12)?,
                first(year.checked_add(1)?, 2)?.last_of_month(),
            ),
            _ => return None,
        },
        (Some(month), Some(day), None) => {
            let (month, day) = (
                i8::try_from(two_digits(month)?).ok()?,
                i8::try_from(two_digits(day)?).ok()?,
            );
            Interval::day(Date::new(year, month, day).ok()?)
        }
        _ => return None,
    };
    Some(interval)
}

fn number(text: &str) -> Option<i16> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

fn two_digits(text: &str) -> Option<i16> {
    (text.len() == 2).then(|| number(text))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_short_as_can_be() {
        for text in [
            "2023",
            "2023-10",
            "2023-10-25",
            "2023-10-11/2023-10-20",
            "2023-10-25/..",
            "../2023-12-31",
            "-0043",
        ] {
            let interval = text.parse::<Edtf>().unwrap().interval();
            assert_eq!(interval.to_edtf().as_deref(), Some(text));
        }
        assert_eq!(Interval::default().to_edtf(), None);
    }

    fn days(text: &str) -> Option<String> {
        let interval = text.parse::<Edtf>().ok()?.interval();
        let end = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        Some(format!(
            "{} {}",
            end(interval.earliest),
            end(interval.latest)
        ))
    }

    #[test]
    fn each_grain_covers_its_days() {
        assert_eq!(days("2023-10-25").as_deref(), Some("2023-10-25 2023-10-25"));
        assert_eq!(days("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(days("2023-22~").as_deref(), Some("2023-06-01 2023-08-31"));
        assert_eq!(days("2023-24").as_deref(), Some("2023-12-01 2024-02-29"));
        assert_eq!(days("199X").as_deref(), Some("1990-01-01 1999-12-31"));
        assert_eq!(
            days("2023-10-11/2023-10-20").as_deref(),
            Some("2023-10-11 2023-10-20")
        );
        assert_eq!(days("2023/..").as_deref(), Some("2023-01-01 .."));
    }

    #[test]
    fn what_is_no_date_is_an_error() {
        for text in [
            "",
            "2023-13",
            "2023-02-30",
            "23-01-01",
            "2024/2023",
            "../..",
            "2023-1-1",
            "२०२३",
            "12345",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
