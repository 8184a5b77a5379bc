//! Days written with a stop: "25. Oktober" does not end a sentence behind the 25.
//!
//! In: what stands before and behind a stop, and a language. Out: whether the stop makes an ordinal of the number before a month. German and the Nordic
//! and Slavic languages write days so; where they write months small, as Finnish and Czech do, no sentence could begin there anyway.

use super::entities::Language;

/// Largest day of a month.
const LAST_DAY: u32 = 31;

/// Whether a language writes ordinals with a stop. Danish and Norwegian are told as Swedish, Czech and Slovak as Polish.
pub(super) fn written_in(language: Language) -> bool {
    matches!(language.0, "de" | "sv" | "pl")
}

/// Whether `before` ends in the day of a month and `after` begins with the month; both may be as short as a few words.
pub(super) fn is_day(before: &str, after: &str) -> bool {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, letter)| letter.is_alphanumeric())
        .last()
        .map_or(before.len(), |(at, _)| at);
    let number = before.get(start..).unwrap_or_default();
    let day = number.len() <= 2
        && number
            .parse::<u32>()
            .is_ok_and(|day| (1..=LAST_DAY).contains(&day));
    let month = after
        .trim_start()
        .split(|letter: char| !letter.is_alphabetic())
        .next()
        .unwrap_or_default();
    day && is_month(month)
}

fn is_month(word: &str) -> bool {
    let small = word.to_lowercase();
    MONTHS.contains(&small.as_str())
}

/// Months in German, Danish, Norwegian, Finnish and Czech, as they stand behind a day.
const MONTHS: [&str; 47] = [
    "januar",
    "jänner",
    "februar",
    "feber",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "marts",
    "mars",
    "maj",
    "desember",
    "december",
    "tammikuuta",
    "helmikuuta",
    "maaliskuuta",
    "huhtikuuta",
    "toukokuuta",
    "kesäkuuta",
    "heinäkuuta",
    "elokuuta",
    "syyskuuta",
    "lokakuuta",
    "marraskuuta",
    "joulukuuta",
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
    "januari",
    "februari",
    "augusti",
    "januára",
];
