//! To which class an expression belongs, by its words: what a table of errors is sorted by.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::score::{f1, percent};

/// The classes in the order of the table; the first that fits is the one.
const CLASSES: [&str; 17] = [
    "explicit date",
    "month-day",
    "month and year",
    "month",
    "weekday",
    "quarter, fiscal",
    "season",
    "decade, century",
    "N ago, last N",
    "later, before",
    "deictic unit",
    "set",
    "holiday",
    "time",
    "year",
    "vague",
    "duration",
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const UNITS: [&str; 18] = [
    "second",
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "weekend",
    "fortnight",
    "month",
    "year",
    "decade",
    "century",
    "centuries",
    "seconds",
    "minutes",
    "hours",
    "days",
    "weeks",
];
const DEICTIC: [&str; 14] = [
    "this",
    "last",
    "next",
    "that",
    "same",
    "following",
    "previous",
    "preceding",
    "coming",
    "past",
    "current",
    "the",
    "earlier",
    "later",
];

fn is_unit(word: &str) -> bool {
    UNITS.contains(&word) || matches!(word, "months" | "years" | "decades" | "nights" | "weekends")
}

fn is_month(word: &str) -> bool {
    word.get(..3).is_some_and(|start| MONTHS.contains(&start))
        && (word.len() <= 4
            || word.ends_with("ry")
            || word.ends_with("ch")
            || word.ends_with("il")
            || word.ends_with("ne")
            || word.ends_with("ly")
            || word.ends_with("st")
            || word.ends_with("er"))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The class of an expression.
pub(crate) fn class(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != ':')
        .filter(|word| !word.is_empty())
        .collect();
    let any = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let number = |word: &&&str| word.starts_with(|c: char| c.is_ascii_digit());
    let month = words.iter().any(|word| is_month(word));
    let year = words.iter().any(|word| is_year(word));
    let day = words
        .iter()
        .any(|word| number(&word) && word.trim_end_matches(char::is_alphabetic).len() <= 2);
    let unit = words.iter().any(|word| is_unit(word));
    let figures =
        lower.matches(['-', '/', '.']).count() == 2 && words.iter().all(|word| number(&word));
    let decade = words.iter().any(|word| {
        let plural = word
            .strip_suffix('s')
            .map(|word| word.trim_end_matches(['\'', '’']));
        plural.is_some_and(|word| {
            word.trim_start_matches(['\'', '’'])
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                && word.ends_with('0')
        })
    });
    let clock = words.iter().any(|word| word.contains(':') && number(&word));
    let checks = [
        figures || month && day && year,
        month && day,
        month && year,
        month,
        words.iter().any(|word| {
            word.trim_end_matches('s').ends_with("day")
                && word.len() > 5
                && !matches!(*word, "today" | "yesterday" | "holiday")
        }),
        any(&[
            "quarter", "quarters", "fiscal", "half", "q1", "q2", "q3", "q4", "h1", "h2",
        ]) && !any(&["and"]),
        any(&["spring", "summer", "autumn", "fall", "winter"]),
        decade || any(&["century", "centuries"]) || any(&["decade"]) && any(&DEICTIC),
        any(&["ago", "recent", "coming"]) && unit
            || any(&["last", "past", "next"])
                && unit
                && (words.len() > 3
                    || words
                        .iter()
                        .any(|word| word.ends_with('s') && is_unit(word))),
        unit && any(&["later", "earlier", "after", "before", "afterwards"]),
        unit && any(&DEICTIC) || any(&["today", "yesterday", "tomorrow"]),
        any(&[
            "every", "each", "daily", "weekly", "monthly", "annually", "nightly", "per", "times",
            "once", "twice",
        ]),
        any(&[
            "christmas",
            "easter",
            "thanksgiving",
            "halloween",
            "eve",
            "holiday",
            "9",
            "11",
        ]) && !unit
            && !clock,
        clock
            || any(&["am", "pm", "a", "p"]) && any(&["m", "am", "pm"])
            || any(&[
                "morning",
                "afternoon",
                "evening",
                "night",
                "tonight",
                "noon",
                "midnight",
                "dawn",
                "dusk",
                "overnight",
                "gmt",
                "utc",
                "hours",
            ]) && !any(&["24", "48"]),
        year || any(&["bc", "bce", "ad", "ce"])
            || words.len() == 1 && words.iter().any(|word| number(&word)),
        any(&[
            "now",
            "currently",
            "recently",
            "soon",
            "former",
            "formerly",
            "future",
            "current",
            "presently",
            "time",
            "once",
            "lately",
            "past",
            "date",
        ]),
        unit,
    ];
    checks
        .iter()
        .position(|fits| *fits)
        .and_then(|at| CLASSES.get(at).copied())
        .unwrap_or("other")
}

/// Counts of one class.
#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    strict: usize,
    value: usize,
    paired: usize,
    with_days: usize,
    days: usize,
}

/// How a gold expression agrees with what it is paired with.
pub(crate) struct Agreement {
    /// The spans are identical.
    pub(crate) strict: bool,
    /// The values are.
    pub(crate) value: bool,
    /// First and last day are, where the gold has them.
    pub(crate) days: Option<bool>,
}

/// The table, filled as documents are scored.
#[derive(Default)]
pub(crate) struct Classes(BTreeMap<&'static str, Counts>);

impl Classes {
    /// A gold expression, with how it agrees with what it is paired with.
    pub(crate) fn gold(&mut self, words: &str, pair: Option<Agreement>) {
        let counts = self.0.entry(class(words)).or_default();
        counts.gold += 1;
        if let Some(pair) = pair {
            counts.found += 1;
            counts.paired += 1;
            counts.strict += usize::from(pair.strict);
            counts.value += usize::from(pair.value);
            counts.with_days += usize::from(pair.days.is_some());
            counts.days += usize::from(pair.days == Some(true));
        }
    }

    /// An expression found where the gold has none.
    pub(crate) fn spurious(&mut self, words: &str) {
        self.0.entry(class(words)).or_default().found += 1;
    }

    /// A line for each class: strict precision, recall and F1, the value F1 (relaxed F1 times the share of right values), and the share of
    /// right first and last days.
    pub(crate) fn table(&self) -> String {
        let mut out = String::from(
            "  class             gold found |  strict P     R    F1 | relaxed F1 | value F1 (right) | days right\n",
        );
        for name in CLASSES.iter().chain(&["other"]) {
            let Some(counts) = self.0.get(name) else {
                continue;
            };
            let (p, r) = (
                percent(counts.strict, counts.found),
                percent(counts.strict, counts.gold),
            );
            let relaxed = f1(
                percent(counts.paired, counts.found),
                percent(counts.paired, counts.gold),
            );
            let right = percent(counts.value, counts.paired);
            let _ = writeln!(
                out,
                "  {name:16} {:5} {:5} |     {p:5.1} {r:5.1} {:5.1} |      {relaxed:5.1} |    {:5.1} ({right:5.1}%) | {:5.1}% of {}",
                counts.gold,
                counts.found,
                f1(p, r),
                relaxed * right / 100.0,
                percent(counts.days, counts.with_days),
                counts.with_days
            );
        }
        out.truncate(out.trim_end().len());
        out
    }
}
