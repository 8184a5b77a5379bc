//! A timex in a few words for the reader's footer.

use jiff::civil::Date;

use super::{Anchoring, Bound, Grain, Timex, TimexKind};
use crate::document::Interval;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Timex {
    /// What it means, short: "mid-October 2023 · 11 to 20 Oct · from the publication date". `said` is the text it covers.
    ///
    /// A day gives its date alone. What nothing dates says why, and what would help.
    pub fn describe(&self, said: &str) -> String {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.kind {
            TimexKind::Duration if self.interval.is_none() => {
                return format!("{said} · a length of time");
            }
            TimexKind::Set => return format!("{said} · again and again"),
            TimexKind::Date | TimexKind::Time | TimexKind::Duration => {}
        }
        let Some(interval) = self.interval else {
            return self.undated(&said);
        };
        let mut parts = Vec::new();
        if interval.is_day() && self.anchor == Anchoring::None {
            parts.push(self.days(interval));
        } else {
            parts.push(with_year(&said, interval));
            parts.push(self.days(interval));
        }
        match self.bound {
            Some(Bound::Since) => parts.push("from then on".to_owned()),
            Some(Bound::Until) => parts.push("up to then".to_owned()),
            Some(Bound::Before | Bound::After) | None => {}
        }
        match self.anchor {
            Anchoring::Published => parts.push("from the publication date".to_owned()),
            Anchoring::Text => parts.push("from a date before it".to_owned()),
            Anchoring::Reader => parts.push("as you decided".to_owned()),
            Anchoring::None => {}
        }
        parts.dedup();
        parts.join(" · ")
    }

    fn undated(&self, said: &str) -> String {
        match &*self.value {
            "PRESENT_REF" => format!("{said} · at the time of writing"),
            "PAST_REF" => format!("{said} · some time before"),
            "FUTURE_REF" => format!("{said} · some time to come"),
            _ if self.grain == Grain::Vague => format!("{said} · no date is known"),
            value if value.starts_with("XXXX-WXX") || value == "XXXX-XX-XX" => {
                "no day is known: set the publication date with :date".to_owned()
            }
            _ => "no year is known: set the publication date with :date".to_owned(),
        }
    }

    /// The days, as short as can be: a year, a month, "11 to 20 Oct".
    fn days(&self, interval: Interval) -> String {
        let time = self.value.split_once('T').map(|(_, time)| time);
        let clock = time.filter(|time| time.contains(':'));
        let mut text = days(interval);
        if let Some(clock) = clock {
            text.push_str(", ");
            text.push_str(clock);
        }
        text
    }
}

/// The phrase with the year it lacks.
fn with_year(said: &str, interval: Interval) -> String {
    let year = match (interval.earliest, interval.latest) {
        (Some(from), Some(to)) if from.year() == to.year() => from.year().to_string(),
        _ => return said.to_owned(),
    };
    let month = super::lexicon::MONTH | super::lexicon::SEASON;
    let last = said
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let names_period = said.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let lexicon = &*super::lexicon::ENGLISH;
        lexicon.entry(lexicon.find(word)).classes & month != 0
    });
    if names_period && !said.contains(&year) && !last.is_empty() {
        format!("{said} {year}")
    } else {
        said.to_owned()
    }
}

/// "25 Oct 2023", "11 to 20 Oct", "Oct 2023", "28 Dec 2023 to 3 Jan 2024".
fn days(interval: Interval) -> String {
    let (Some(from), Some(to)) = (interval.earliest, interval.latest) else {
        return match (interval.earliest, interval.latest) {
            (Some(from), None) => format!("from {}", full(from)),
            (None, Some(to)) => format!("up to {}", full(to)),
            _ => "no date is known".to_owned(),
        };
    };
    let whole_years = from.day_of_year() == 1 && to.month() == 12 && to.day() == 31;
    let whole_months = from.day() == 1 && to == to.last_of_month();
    match () {
        () if from == to => full(from),
        () if whole_years && from.year() == to.year() => year(from),
        () if whole_years => format!("{} to {}", year(from), year(to)),
        () if whole_months && from.first_of_month() == to.first_of_month() => {
            format!("{} {}", month(from), year(from))
        }
        () if whole_months && from.year() == to.year() => {
            format!("{} to {} {}", month(from), month(to), year(to))
        }
        () if whole_months => format!(
            "{} {} to {} {}",
            month(from),
            year(from),
            month(to),
            year(to)
        ),
        () if from.first_of_month() == to.first_of_month() => {
            format!("{} to {} {}", from.day(), to.day(), month(to))
        }
        () if from.year() == to.year() => format!(
            "{} {} to {} {}",
            from.day(),
            month(from),
            to.day(),
            month(to)
        ),
        () => format!("{} to {}", full(from), full(to)),
    }
}

fn full(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), year(day))
}

/// The name of a month in three letters.
fn month(day: Date) -> &'static str {
    MONTHS
        .get(usize::from(day.month().unsigned_abs()).saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

pub(super) fn year(day: Date) -> String {
    match day.year() {
        year if year <= 0 => format!("{} BC", 1 - i32::from(year)),
        year => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Edtf;
    use crate::text::Layer;
    use crate::time::timexes;

    fn footer(text: &str, published: Option<&str>) -> String {
        let published = published.map(|day| day.parse::<Edtf>().unwrap());
        let found = timexes(text, &Layer::default(), published.as_ref());
        let (range, timex) = found.get(0).expect("a timex");
        timex.describe(range.of_text(text))
    }

    #[test]
    fn a_footer_says_what_is_meant_and_why() {
        let day = Some("2023-11-05");
        assert_eq!(
            footer("He came in mid-October.", day),
            "mid-October 2023 · 11 to 20 Oct · from the publication date"
        );
        assert_eq!(footer("Done on 25 October 2023.", day), "25 Oct 2023");
        assert_eq!(
            footer("He came on June 24.", None),
            "no year is known: set the publication date with :date"
        );
        assert_eq!(
            footer("It ran for three days.", day),
            "three days · a length of time"
        );
        assert_eq!(
            footer("They met last week.", day),
            "last week · 23 to 29 Oct · from the publication date"
        );
    }
}
