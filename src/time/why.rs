//! Why an expression means what it is taken to mean, in one line for the reader.

use jiff::civil::Date;

use super::describe::year;
use super::{Anchoring, Timex, TimexKind};
use crate::document::Interval;

impl Timex {
    /// “Friday”, read as 12 January 2024, on or before the publication date, 18 January 2024; else 19 January 2024.
    ///
    /// `said` is the text it covers. What it was counted from is named with its day, and the second-best reading where one was close.
    pub fn why(&self, said: &str) -> String {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut line = format!("“{said}”");
        let Some(interval) = self.interval else {
            line.push_str(self.dateless());
            return line;
        };
        let sense = match self.kind {
            TimexKind::Duration => ", a length of time over ",
            TimexKind::Date | TimexKind::Time | TimexKind::Set => ", read as ",
        };
        line.push_str(sense);
        line.push_str(&long_days(interval));
        match (self.anchor, self.counted_from) {
            (Anchoring::Published, Some(day)) => {
                line.extend([side(interval, day), " the publication date, ", &full(day)]);
            }
            (Anchoring::Text, Some(day)) => {
                line.extend([", counted from ", &full(day), ", named before it"]);
            }
            (Anchoring::Reader, _) => line.push_str(", as you decided"),
            (Anchoring::None, _) => line.push_str(", as the text says"),
            (Anchoring::Published | Anchoring::Text, None) => {}
        }
        if let Some(other) = &self.alternative {
            line.push_str("; else ");
            line.push_str(&long_days(other.interval));
        }
        line
    }

    fn dateless(&self) -> &'static str {
        match self.kind {
            TimexKind::Duration => ", a length of time, which has no date",
            TimexKind::Set => ", which comes again and again, so it has no one date",
            TimexKind::Date | TimexKind::Time => match &*self.value {
                "PRESENT_REF" => ", the time of writing",
                "PAST_REF" => ", some time before",
                "FUTURE_REF" => ", some time to come",
                _ => ", which needs the publication date to be dated",
            },
        }
    }
}

/// On which side of the day it was counted from it lies.
fn side(interval: Interval, day: Date) -> &'static str {
    match (interval.earliest, interval.latest) {
        (Some(from), Some(to)) if from == to && from == day => ", on",
        (_, Some(to)) if to < day => ", before",
        (Some(from), _) if from > day => ", after",
        (_, Some(to)) if to == day => ", up to",
        (Some(from), _) if from == day => ", from",
        _ => ", around",
    }
}

/// "18 January 2024", "October 2023", "11 to 20 October 2023", "28 December 2023 to 3 January 2024".
pub fn long_days(interval: Interval) -> String {
    let (from, to) = match (interval.earliest, interval.latest) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => return format!("{} on", full(from)),
        (None, Some(to)) => return format!("up to {}", full(to)),
        (None, None) => return "no known day".to_owned(),
    };
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let one_year = from.year() == to.year();
    match () {
        () if from == to => full(from),
        () if whole_months && from.month() == 1 && to.month() == 12 => {
            if one_year {
                year(from)
            } else {
                format!("{} to {}", year(from), year(to))
            }
        }
        () if whole_months && from.first_of_month() == to.first_of_month() => {
            format!("{} {}", month(from), year(from))
        }
        () if whole_months && one_year => {
            format!("{} to {} {}", month(from), month(to), year(to))
        }
        () if from.first_of_month() == to.first_of_month() => {
            format!("{} to {}", from.day(), full(to))
        }
        () if one_year => format!("{} {} to {}", from.day(), month(from), full(to)),
        () => format!("{} to {}", full(from), full(to)),
    }
}

fn full(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), year(day))
}

fn month(day: Date) -> &'static str {
    match day.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Layer;
    use crate::time::timexes;

    #[track_caller]
    fn check(text: &str, why: &str) {
        let published = "2024-01-18".parse().unwrap();
        let found = timexes(text, &Layer::default(), Some(&published));
        let (range, timex) = found.into_items().pop().expect("a timex");
        assert_eq!(timex.why(range.of_text(text)), why);
    }

    #[test]
    fn a_line_names_the_reading_the_anchor_and_the_second_best() {
        check(
            "The ship left on Friday.",
            "“Friday”, read as 12 January 2024, before the publication date, 18 January 2024; else 19 January 2024",
        );
        check(
            "They met in mid-October.",
            "“mid-October”, read as 11 to 20 October 2023, before the publication date, 18 January 2024",
        );
        check(
            "It was signed on 19 June 2022.",
            "“19 June 2022”, read as 19 June 2022, as the text says",
        );
        check(
            "It failed on 10 March 2023. Two days later it closed.",
            "“Two days later”, read as 12 March 2023, counted from 10 March 2023, named before it",
        );
        check(
            "It rose over the past two months.",
            "“the past two months”, a length of time over 18 November 2023 to 18 January 2024, up to the publication date, 18 January 2024",
        );
        check(
            "It ran for two days.",
            "“two days”, a length of time, which has no date",
        );
    }
}
