//! What a match found in its tokens, before anything is resolved.

use super::lexicon::{self as lex, Classes, ENGLISH, Marks};
use super::numeric::HUNDREDTHS;
use super::token::Token;

/// How a match is to be read. The tables name these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Build {
    /// No temporal expression: the tokens are taken so that nothing else takes them.
    Nothing,
    /// A calendar date or a part of one.
    Date,
    /// From one day to another in one phrase.
    Days,
    /// A time of day, with or without its day.
    Time,
    /// Today, yesterday, tomorrow.
    Today,
    /// Last, this, next with a unit, month, weekday or season.
    Relative,
    /// That, the same, the following, the previous with a unit: relative to what was said before.
    Anaphoric,
    /// So many units before today.
    Ago,
    /// So many units before or after what was said before.
    Later,
    /// The past or next so many units: a length that ends or starts today.
    Span,
    /// A length.
    Length,
    /// A recurring time.
    Repeat,
    /// Every weekday, month or season.
    Every,
    /// A quarter or half of a year.
    Quarter,
    /// A decade.
    Decade,
    /// A century.
    Century,
    /// A named day.
    Holiday,
    /// Now.
    Present,
    /// Some time ago.
    Past,
    /// Some time to come.
    Future,
}

impl Build {
    /// By the name the tables use.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "nothing" => Self::Nothing,
            "date" => Self::Date,
            "days" => Self::Days,
            "time" => Self::Time,
            "today" => Self::Today,
            "relative" => Self::Relative,
            "anaphoric" => Self::Anaphoric,
            "ago" => Self::Ago,
            "later" => Self::Later,
            "span" => Self::Span,
            "length" => Self::Length,
            "repeat" => Self::Repeat,
            "every" => Self::Every,
            "quarter" => Self::Quarter,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "holiday" => Self::Holiday,
            "present" => Self::Present,
            "past" => Self::Past,
            "future" => Self::Future,
            _ => return None,
        })
    }
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// In hundredths.
    Hundredths(i32),
    /// Several, a few.
    Vague,
}

/// The values of a match's tokens.
// Each flag is a word that was there or not; they do not exclude each other.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) year: Option<i32>,
    pub(super) year2: Option<i32>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) day2: Option<i8>,
    /// ISO: Monday is 1.
    pub(super) weekday: Option<i8>,
    pub(super) unit: Option<i32>,
    pub(super) season: Option<i32>,
    pub(super) part: Option<i32>,
    pub(super) direction: Option<i32>,
    pub(super) modifier: Option<i32>,
    pub(super) ordinal: Option<i32>,
    pub(super) decade: Option<i32>,
    pub(super) era: Option<i32>,
    pub(super) holiday: Option<i32>,
    /// Minutes after midnight.
    pub(super) clock: Option<i32>,
    /// 0 before noon, 12 after.
    pub(super) ampm: Option<i32>,
    pub(super) frequency: Option<i32>,
    pub(super) quantity: Option<Quantity>,
    pub(super) half_year: Option<i32>,
    /// 1 for later, -1 for earlier.
    pub(super) later: Option<i32>,
    /// A year taken over from the date it is joined to.
    pub(super) borrowed_year: Option<i32>,
    /// "earlier" or "later" rather than "early" or "late".
    pub(super) comparative: bool,
    /// A quarter, not a half.
    pub(super) quarter: bool,
    /// The unit stands in the plural.
    pub(super) plural: bool,
    /// So many times a unit.
    pub(super) times: bool,
    /// Saturday and Sunday.
    pub(super) weekend: bool,
    /// A date in figures that is one with day and month swapped, too.
    pub(super) either_order: bool,
    /// The eve of a named day.
    pub(super) eve: bool,
}

impl Fields {
    /// Whether it is a time of day that names no day.
    pub(super) const fn is_lone_time(&self) -> bool {
        self.month.is_none()
            && self.year.is_none()
            && self.weekday.is_none()
            && self.direction.is_none()
    }

    /// Keeps the values of `token`, of which the pattern wanted these classes and marks.
    pub(super) fn take(&mut self, token: &Token, classes: Classes, marks: Marks) {
        let entry = ENGLISH.entry(token.word);
        let small = |value: i32| i8::try_from(value / HUNDREDTHS).ok();
        let put = |slot: &mut Option<i32>, class: Classes| {
            if classes & class != 0 {
                *slot = entry.value(class).or(*slot);
            }
        };
        if classes & lex::MONTH != 0 {
            self.month = entry
                .value(lex::MONTH)
                .and_then(|value| i8::try_from(value).ok());
        }
        if classes & (lex::WEEKDAY | lex::WEEKDAYS) != 0 {
            let value = entry.value(lex::WEEKDAY | lex::WEEKDAYS);
            self.weekday = value.and_then(|value| i8::try_from(value).ok());
        }
        put(&mut self.unit, lex::UNIT | lex::UNITS | lex::SHORT);
        put(&mut self.season, lex::SEASON | lex::SEASONS);
        put(&mut self.part, lex::PART | lex::PARTS | lex::TONIGHT);
        put(
            &mut self.direction,
            lex::DIR | lex::SPAN | lex::FOLLOW | lex::TODAY,
        );
        put(&mut self.later, lex::LATER);
        put(&mut self.modifier, lex::MOD | lex::EDGE);
        put(&mut self.decade, lex::DECADE);
        put(&mut self.era, lex::ERA);
        put(&mut self.holiday, lex::HOLIDAY);
        put(&mut self.ampm, lex::AMPM);
        put(&mut self.frequency, lex::FREQUENCY);
        put(&mut self.half_year, lex::HNAME);
        put(&mut self.ordinal, lex::QNAME);
        self.plural |= classes & lex::UNITS != 0;
        self.times |= classes & lex::TIMES != 0;
        match &*entry.text {
            "earlier" | "later" => self.comparative = true,
            "quarter" => self.quarter = true,
            "weekend" => self.weekend = true,
            "eve" => self.eve = true,
            "times" => self.times = true,
            _ => {}
        }
        self.quarter |= classes & lex::QNAME != 0;
        if classes & lex::HALF != 0 {
            // "a year and a half"
            self.quantity = self.quantity.map(|quantity| match quantity {
                Quantity::Hundredths(value) => {
                    Quantity::Hundredths(value.saturating_add(HUNDREDTHS / 2))
                }
                Quantity::Vague => Quantity::Vague,
            });
        }
        if classes & lex::NUMBER != 0 {
            // "five o'clock"
            self.clock = entry
                .value(lex::NUMBER)
                .filter(|hour| *hour <= 24)
                .map(|hour| hour * 60);
        }
        if classes & lex::NAMED_HOUR != 0 {
            self.clock = entry.value(lex::NAMED_HOUR).map(|hour| hour * 60);
        }
        if classes & lex::TENS != 0 {
            self.ordinal = entry.value(lex::TENS);
        }
        if classes & (lex::ORD | lex::DAY) != 0 && marks & lex::HOUR == 0 {
            let value = if token.word == 0 {
                Some(token.value / HUNDREDTHS)
            } else {
                entry.value(lex::ORD)
            };
            if classes & lex::DAY != 0 {
                let day = small(token.value);
                if self.day.is_none() {
                    self.day = day;
                } else {
                    self.day2 = day;
                }
            } else {
                // "twenty-first": the tens came before.
                let tens = self
                    .ordinal
                    .filter(|tens| tens % 10 == 0 && matches!(value, Some(1..=9)));
                // "from the 15th to the 19th century": the first of them is the phrase.
                if self.ordinal.is_none() || tens.is_some() {
                    self.ordinal = value.map(|value| value + tens.unwrap_or(0));
                }
            }
        }
        if classes & (lex::YEAR | lex::YEAR2 | lex::NUM) != 0 || marks & lex::YEAR3 != 0 {
            let year = Some(token.value / HUNDREDTHS);
            if self.year.is_none() {
                self.year = year;
            } else {
                self.year2 = year;
            }
        }
        self.take_marks(token, marks);
    }

    fn take_marks(&mut self, token: &Token, marks: Marks) {
        let small = |value: i32| i8::try_from(value).ok();
        if marks & lex::CLOCK != 0 {
            self.clock = Some(token.value);
        }
        if marks & lex::HOUR != 0 {
            self.clock = Some(token.value / HUNDREDTHS * 60 + token.value % HUNDREDTHS);
        }
        if marks & lex::CLOCK4 != 0 {
            let value = token.value / HUNDREDTHS;
            self.clock = Some(value / 100 * 60 + value % 100);
        }
        if marks & lex::FULLDATE != 0 {
            self.year = Some(token.value / 10_000);
            self.month = small(token.value / 100 % 100);
            self.day = small(token.value % 100);
            self.either_order = token.has(lex::EITHER);
        }
        if marks & lex::YEARMONTH != 0 {
            self.year = Some(token.value / 100);
            self.month = small(token.value % 100);
        }
        if marks & lex::DECADENUM != 0 {
            self.decade = Some(token.value);
        }
    }
}
