//! Full dates in French, German, Italian, Dutch, Portuguese and Spanish: `25 octobre 2023`, `25 de octubre de 2023`, `Oktober 2023`.
//!
//! In: the years that the English engine found, each with what stands before it. Out: the same expressions with month and day, where a month of another language stands there. Dates without a year are not read.

use jiff::civil::Date;

use super::{Grain, Timex, TimexKind};
use crate::document::Interval;
use crate::text::{Layer, TextRange};

/// Bytes before a year in which day and month stand.
const REACH: u32 = 32;

/// Months that are written otherwise than in English, lower case; of three letters none, which are too often something else.
const MONTHS: [&[&str]; 12] = [
    &[
        "enero", "janvier", "januar", "jänner", "gennaio", "janeiro", "januari",
    ],
    &[
        "febrero",
        "février",
        "fevrier",
        "februar",
        "febbraio",
        "fevereiro",
        "februari",
    ],
    &["marzo", "mars", "märz", "março", "maart"],
    &["abril", "avril", "aprile"],
    &["mayo", "maggio", "maio"],
    &["junio", "juin", "juni", "giugno", "junho"],
    &["julio", "juillet", "juli", "luglio", "julho"],
    &["agosto", "août", "aout", "augustus"],
    &[
        "septiembre",
        "setiembre",
        "septembre",
        "settembre",
        "setembro",
    ],
    &["octubre", "octobre", "oktober", "ottobre", "outubro"],
    &["noviembre", "novembre", "novembro"],
    &[
        "diciembre",
        "décembre",
        "decembre",
        "dezember",
        "dicembre",
        "dezembro",
    ],
];

/// Puts months and days to the years before which they stand.
pub(super) fn with_months(
    text: &str,
    sentences: &Layer<()>,
    found: Vec<(TextRange, Timex)>,
) -> Vec<(TextRange, Timex)> {
    let mut all: Vec<(TextRange, Timex)> = Vec::with_capacity(found.len());
    for (range, timex) in found {
        let fuller = dated(text, sentences, (range, &timex));
        let (range, timex) = fuller.unwrap_or((range, timex));
        // "25" alone may have been read as something of its own.
        while all
            .last()
            .is_some_and(|(before, _)| before.end > range.start)
        {
            all.pop();
        }
        all.push((range, timex));
    }
    all
}

fn dated(
    text: &str,
    sentences: &Layer<()>,
    (range, timex): (TextRange, &Timex),
) -> Option<(TextRange, Timex)> {
    let year: i16 = range.of_text(text).parse().ok()?;
    if timex.kind != TimexKind::Date || timex.grain != Grain::Year || range.len() != 4 {
        return None;
    }
    let sentence = sentences.at(range.start).next();
    let floor = sentence.map_or(0, |(sentence, ())| sentence.start);
    let mut start = range.start.saturating_sub(REACH).max(floor);
    while !text.is_char_boundary(start as usize) {
        start += 1;
    }
    let before = TextRange::new(start, range.start).of_text(text);
    let mut words = Words { rest: before };
    let mut word = words.last()?;
    if matches!(word.to_lowercase().as_str(), "de" | "del" | "di" | "do") {
        word = words.last()?;
    }
    let lower = word.to_lowercase();
    let month = MONTHS
        .iter()
        .position(|names| names.contains(&lower.as_str()))? as i8
        + 1;
    let month_at = start + words.rest.len() as u32;
    let mut days = Words { rest: words.rest };
    let day = days.last().and_then(|mut word| {
        if matches!(word.to_lowercase().as_str(), "de" | "di") {
            word = days.last()?;
        }
        let figures = word.trim_end_matches(['.', 'º', '°']);
        let figures = figures.strip_suffix("er").unwrap_or(figures);
        let day: i8 = figures.parse().ok().filter(|_| figures.len() <= 2)?;
        Date::new(year, month, day).ok()
    });
    let (start, interval, grain, value) = match day {
        Some(day) => {
            let start = start + days.rest.len() as u32;
            (start, Interval::day(day), Grain::Day, day.to_string())
        }
        // "Mars 2020" was a flight; in French the month is small.
        None if word == "Mars" => return None,
        None => {
            let first = Date::new(year, month, 1).ok()?;
            let days = Interval::days(first, first.last_of_month());
            (
                month_at,
                days,
                Grain::Month,
                format!("{year:04}-{month:02}"),
            )
        }
    };
    let lead = TextRange::new(start, range.start).of_text(text);
    let start = start + (lead.len() - lead.trim_start().len()) as u32;
    Some((
        TextRange::new(start, range.end),
        Timex {
            edtf: Some(value.as_str().into()),
            value: value.into(),
            interval: Some(interval),
            grain,
            rule: "date-abroad",
            ..timex.clone()
        },
    ))
}

/// The words before a place, the last first.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn last(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_end();
        let mut letters = text.char_indices().rev();
        let blank = letters.find(|(_, letter)| letter.is_whitespace());
        let at = blank.map_or(0, |(at, letter)| at + letter.len_utf8());
        let word = text.get(at..).filter(|word| !word.is_empty())?;
        self.rest = text.get(..at).unwrap_or_default();
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Layer;
    use crate::time::timexes;

    fn check(text: &str, expected: &[&str]) {
        let found = timexes(text, &Layer::default(), None);
        let told: Vec<String> = found
            .iter()
            .map(|(range, timex)| format!("{}={}", range.of_text(text), timex.value))
            .collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn dates_in_other_languages_have_their_day() {
        check(
            "El ministro habló el 25 de octubre de 2023 en Madrid.",
            &["25 de octubre de 2023=2023-10-25"],
        );
        check(
            "Le ministre a parlé le 1er août 2023 à Paris.",
            &["1er août 2023=2023-08-01"],
        );
        check(
            "Il ministro parlò il 3 marzo 2024 a Roma.",
            &["3 marzo 2024=2024-03-03"],
        );
        check(
            "Im Oktober 2023 sprach der Minister.",
            &["Oktober 2023=2023-10"],
        );
        check(
            "O ministro falou em março de 2024.",
            &["março de 2024=2024-03"],
        );
    }

    #[test]
    fn a_year_after_other_words_stays_a_year() {
        check("En el año 2023 no pasó nada.", &["2023=2023"]);
        check("The rover Mars 2020 landed.", &["2020=2020"]);
        check("El 45 de octubre de 2023.", &["octubre de 2023=2023-10"]);
    }
}
