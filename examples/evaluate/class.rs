//! To which class an expression belongs, by its words: what a table of errors is sorted by.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::score::{f1, percent};

/// A class, and what its expressions have among their words.
type Class = (&'static str, fn(&Words<'_>) -> bool);

/// The classes in the order of the table; the first that fits is the one.
const CLASSES: [Class; 17] = [
    ("explicit date", |of| {
        of.is_figures() || of.month() && of.day() && of.year()
    }),
    ("month-day", |of| of.month() && of.day()),
    ("month and year", |of| of.month() && of.year()),
    ("month", |of| of.month()),
    ("weekday", |of| of.weekday()),
    ("quarter, fiscal", |of| {
        of.has("quarter quarters fiscal half q1 q2 q3 q4 h1 h2") && !of.has("and")
    }),
    ("season", |of| of.has("spring summer autumn fall winter")),
    ("decade, century", |of| {
        of.decade() || of.has("century centuries") || of.has("decade") && of.has(DEICTIC)
    }),
    ("N ago, last N", |of| {
        of.has("ago recent coming") && of.unit()
            || of.has("last past next") && (of.units() || of.unit() && of.words.len() > 3)
    }),
    ("later, before", |of| {
        of.unit() && of.has("later earlier after before afterwards")
    }),
    ("deictic unit", |of| {
        of.unit() && of.has(DEICTIC) || of.has("today yesterday tomorrow")
    }),
    ("set", |of| {
        of.has("every each daily weekly monthly annually nightly per times once twice")
    }),
    ("holiday", |of| {
        of.has("christmas easter thanksgiving halloween eve holiday 9 11") && !of.unit()
    }),
    ("time", |of| {
        of.clock()
            || of.has("am pm a p") && of.has("m am pm")
            || of.has(
                "morning afternoon evening night tonight noon midnight dawn dusk overnight gmt utc",
            )
    }),
    ("year", |of| {
        of.year() || of.has("bc bce ad ce") || of.lone_number()
    }),
    ("vague", |of| {
        of.has("now currently recently soon former formerly future current presently time once lately past date")
    }),
    ("duration", |of| of.unit() || of.units()),
];

const DEICTIC: &str =
    "this last next that same following previous preceding coming past current the earlier later";

/// The words of an expression, in lower case.
struct Words<'a> {
    lower: &'a str,
    words: Vec<&'a str>,
}

impl Words<'_> {
    fn has(&self, list: &str) -> bool {
        let listed = |word: &&str| list.split(' ').any(|known| known == *word);
        self.words.iter().any(listed)
    }

    fn any(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| fits(word))
    }

    fn unit(&self) -> bool {
        self.has("second minute hour day night week weekend fortnight month year decade century")
            || self.units()
    }

    fn units(&self) -> bool {
        self.has("seconds minutes hours days nights weeks weekends months years decades centuries")
    }

    fn month(&self) -> bool {
        const MONTHS: &str = "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec";
        self.has(MONTHS)
    }

    fn year(&self) -> bool {
        self.any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn day(&self) -> bool {
        self.any(|word| is_number(word) && word.trim_end_matches(char::is_alphabetic).len() <= 2)
    }

    fn weekday(&self) -> bool {
        self.any(|word| {
            let single = word.strip_suffix('s').unwrap_or(word);
            single.ends_with("day")
                && single.len() > 5
                && !matches!(single, "yesterday" | "holiday")
        })
    }

    /// `5/5/2013`, `2013-05-05`.
    fn is_figures(&self) -> bool {
        self.lower.matches(['-', '/', '.']).count() == 2
            && self.words.iter().all(|word| is_number(word))
    }

    /// `1990s`, `'80s`.
    fn decade(&self) -> bool {
        let apostrophes = ['\'', '’'];
        self.any(|word| {
            let figures = word.strip_suffix('s').unwrap_or_default();
            let figures = figures.trim_matches(apostrophes);
            figures.ends_with('0') && figures.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    fn clock(&self) -> bool {
        self.any(|word| is_number(word) && word.contains(':'))
    }

    fn lone_number(&self) -> bool {
        self.words.len() == 1 && self.any(is_number)
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The class of an expression.
fn class(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | ':');
    let words = Words {
        lower: &lower,
        words: lower
            .split(|c| !inside(c))
            .filter(|word| !word.is_empty())
            .collect(),
    };
    let found = CLASSES.iter().find(|(_, fits)| fits(&words));
    found.map_or("other", |(name, _)| name)
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
        for name in CLASSES.iter().map(|(name, _)| *name).chain(["other"]) {
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
