//! What a phrase can lean on: the day of publication and the dates said before it.

use jiff::civil::Date;

use super::clause::{Lead, Tense};
use super::fields::Build;
use super::find::{Link, Phrase};
use super::period::Period;
use super::unit::Unit;
use super::{Grain, Timex, TimexKind};
use crate::document::{Edtf, Interval};

/// What a meaning leans on: the kind that is told and the day itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Nothing.
    None,
    /// The day of publication.
    Published(Date),
    /// A day, or the first day of a period, said before.
    Text(Date),
}

/// The state of resolving a text from its start to its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// The day of publication.
    pub(super) today: Option<Date>,
    /// Whether the text tells of times long before it was written, so that each date leans on the one before.
    pub(super) narrative: bool,
    pub(super) said: Dates,
    /// The day of the sentence, for a clock time without one.
    pub(super) sentence_day: Option<Date>,
}

/// The last dates said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dates {
    /// The last day named, while nothing coarser elsewhere was named after it.
    pub(super) day: Option<Date>,
    /// First day of the last date whatever its grain.
    pub(super) any: Option<Date>,
    /// First day of the last date said, even in passing: what "that year" is.
    pub(super) last: Option<Date>,
    /// How fine that was.
    last_grain: Option<Grain>,
    /// The last day named that lies ahead of the day of publication.
    pub(super) ahead: Option<Date>,
    /// The week just named: its Monday and where the phrase ends.
    pub(super) week: Option<(Date, u32)>,
    /// The quarter or half-year figures were last given for.
    pub(super) quarter: Option<Period>,
    /// A year touched on; named again, it is where the story goes on.
    passing: Option<i16>,
    /// Whether the last date was a year and no more.
    pub(super) only_year: bool,
    /// Whether the last date was no coarser than a month.
    fine: bool,
    /// Whether the last date leans on a year named alone, and the paragraph of that year.
    year_alone: Option<u32>,
    /// The last date with a month that leans on no year named alone.
    story: Option<Date>,
    /// The sentence in which a year was last written, and how far it reaches.
    explicit: Option<(u32, i16, Reach)>,
}

impl Dates {
    /// The week last said, where the last date was a week and weeks are counted from it.
    pub(super) fn week_before(&self, unit: Unit) -> Option<Date> {
        let week = self.last.filter(|_| self.last_grain == Some(Grain::Week));
        week.filter(|_| unit == Unit::Week)
    }
}

/// Where a year that was written out still holds for dates without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// A year alone: in its own sentence.
    Sentence,
    /// A year with a month or season: what is told next may still be then.
    Next,
}

/// So many dates of other years make a narrative, if they are the most.
const MANY: u32 = 3;

/// A jump over so many years in the middle of a sentence is a look aside.
const FAR: i32 = 30;

impl Context {
    /// Looks over all phrases for what the text is about.
    pub(super) fn new(phrases: &[Phrase], published: Option<&Edtf>) -> Self {
        let today = published
            .map(Edtf::interval)
            .filter(|interval| interval.n_days().is_some_and(|days| days <= 31))
            .and_then(|interval| interval.latest);
        let this_year = today
            .or_else(|| published.and_then(|edtf| edtf.interval().latest))
            .map(Date::year);
        let (mut far, mut near, mut pointing) = (0, 0, 0);
        for phrase in phrases {
            let explicit = phrase
                .fields
                .year
                .filter(|_| matches!(phrase.build, Build::Date | Build::Days));
            let weekday = phrase.fields.weekday.is_some() && phrase.fields.month.is_none();
            match (explicit, this_year) {
                (Some(year), Some(this))
                    if year >= i32::from(this) - 1 && phrase.fields.era.is_none() =>
                {
                    near += 1;
                }
                (Some(_), Some(_)) => far += 1,
                _ if phrase.build == Build::Today
                    || phrase.build == Build::Relative && phrase.fields.direction.is_some()
                    || phrase.build == Build::Date && weekday =>
                {
                    pointing += 1;
                }
                _ => {}
            }
        }
        Self {
            today,
            narrative: far >= MANY && (far > near + pointing || pointing * 20 < far),
            ..Self::default()
        }
    }

    /// What "now" is where the writer speaks: the day of publication.
    pub(super) fn writing(&self) -> Option<(Date, Anchor)> {
        let said = || {
            self.said
                .day
                .or(self.said.any)
                .map(|day| (day, Anchor::Text(day)))
        };
        self.today
            .map(|today| (today, Anchor::Published(today)))
            .or_else(said)
    }

    /// What "now" is: the day of publication, in a narrative the last date said.
    pub(super) fn now(&self) -> Option<(Date, Anchor)> {
        if let Some(said) = self.said_now().filter(|_| self.narrative) {
            return Some(said);
        }
        self.today.map(|today| (today, Anchor::Published(today)))
    }

    /// The last date said, else the day of publication.
    pub(super) fn said_now(&self) -> Option<(Date, Anchor)> {
        let said = self.said.day.or(self.said.any);
        said.map(|day| (day, Anchor::Text(day)))
            .or_else(|| self.today.map(|today| (today, Anchor::Published(today))))
    }

    /// The last date said that is fine enough to count this unit from.
    pub(super) fn said_at(&self, unit: Unit) -> Option<(Date, Anchor)> {
        let published = || self.today.map(|today| (today, Anchor::Published(today)));
        let fits = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => self.said.day,
            // "last week; the week before that".
            Unit::Week | Unit::Weekend | Unit::Fortnight => {
                let week = self
                    .said
                    .last
                    .filter(|_| self.said.last_grain == Some(Grain::Week));
                week.or(self.said.day)
            }
            Unit::Month | Unit::Quarter => self.said.any.filter(|_| self.said.fine),
            Unit::Season
            | Unit::HalfYear
            | Unit::Year
            | Unit::Decade
            | Unit::Century
            | Unit::Millennium => self.said.last,
        };
        match (fits, self.said.any) {
            (Some(day), _) => Some((day, Anchor::Text(day))),
            (None, Some(_)) if self.narrative => None,
            (None, _) => published(),
        }
    }

    /// What a date without a year is counted from.
    pub(super) fn reference(&self, phrase: &Phrase) -> Option<(Date, Anchor)> {
        let said = self
            .said
            .any
            .map(|any| self.said.day.unwrap_or(any))
            .filter(|_| !self.is_weak_for(phrase))
            .or_else(|| self.story(phrase))
            .map(|day| (day, Anchor::Text(day)));
        // A lone weekday leans on a day; a month or year said before is too coarse for it.
        let weekday = phrase.fields.weekday.is_some() && phrase.fields.month.is_none();
        let leans = self.narrative && !(weekday && self.said.day.is_none()) || self.today.is_none();
        if let Some(said) = said.filter(|_| leans) {
            return Some(said);
        }
        let today = self.today?;
        // A report that has just named a year long past is still there in the same sentence; after a full date in the next, too.
        let just = self.said.explicit.filter(|(sentence, year, reach)| {
            let reach = u32::from(phrase.tense == Tense::Past && *reach == Reach::Next);
            phrase.sentence.saturating_sub(*sentence) <= reach
                && year.saturating_add(1) < today.year()
        });
        if let Some(said) = said.filter(|_| just.is_some() && phrase.tense != Tense::Future) {
            return Some(said);
        }
        Some((today, Anchor::Published(today)))
    }

    /// Whether nothing but a year named alone in another paragraph could lend its year, in a text without a date of its own.
    fn is_weak_for(&self, phrase: &Phrase) -> bool {
        let of = self.said.year_alone.filter(|_| self.today.is_none());
        of.is_some_and(|paragraph| paragraph != phrase.paragraph)
    }

    /// The last full date, where the year alone that came after it was a look back.
    fn story(&self, phrase: &Phrase) -> Option<Date> {
        let year = self.said.any?.year();
        let story = self.said.story.filter(|story| story.year() >= year);
        story.filter(|_| self.is_weak_for(phrase))
    }

    /// Whether a year only says what something is called, until when it lasts, or what is planned: no year of the story.
    fn is_no_anchor(&self, phrase: &Phrase, timex: &Timex, year: i16) -> bool {
        if timex.grain < Grain::PartOfYear {
            return false;
        }
        let lasts = matches!(phrase.lead, Lead::Until | Lead::By | Lead::Since);
        // What comes after the last full date is a plan unless the verb says otherwise.
        let ahead = self.said.story.is_some_and(|story| story.year() < year);
        let told = phrase.tense == Tense::Past;
        timex.grain >= Grain::Decade
            || phrase.names
            || phrase.aside
            || phrase.tense == Tense::Future
            || lasts && (ahead || !told)
            || !told && (ahead || phrase.link != Link::Apart)
    }

    /// Remembers a resolved phrase.
    pub(super) fn hear(&mut self, phrase: &Phrase, timex: &Timex) {
        if !matches!(timex.kind, TimexKind::Date | TimexKind::Time) {
            return;
        }
        // "Two decades earlier" looks aside; the story goes on where it was.
        let aside = matches!(phrase.build, Build::Ago | Build::Later) && timex.grain >= Grain::Year;
        let Some(first) = timex
            .interval
            .filter(|_| !aside)
            .and_then(|interval| interval.earliest)
        else {
            return;
        };
        if phrase.fields.year.is_some() && !phrase.aside {
            let alone = phrase.fields.month.is_none() && phrase.fields.season.is_none();
            let reach = if alone { Reach::Sentence } else { Reach::Next };
            self.said.explicit = Some((phrase.sentence, first.year(), reach));
        }
        let is_day = timex.interval.is_some_and(Interval::is_day);
        if is_day && self.today.is_some_and(|today| first > today) {
            self.said.ahead = Some(first);
        }
        self.said.week = (timex.grain == Grain::Week).then_some((first, phrase.range.end));
        let year_only = timex.grain >= Grain::PartOfYear;
        // "It had been theirs since 1898. The following year …" goes on from the story.
        if !(phrase.aside && self.narrative) || self.said.last.is_none() {
            self.said.last = Some(first);
            self.said.last_grain = Some(timex.grain);
        }
        self.said.quarter = match timex.grain {
            Grain::Quarter => Some(Period::holding(Unit::Quarter, first)),
            Grain::PartOfYear if phrase.build == Build::Quarter => {
                Some(Period::holding(Unit::HalfYear, first))
            }
            _ => self.said.quarter,
        };
        if self.today.is_none() && self.is_no_anchor(phrase, timex, first.year()) {
            return;
        }
        let again = self.said.passing.replace(first.year()) == Some(first.year());
        if year_only && self.in_passing(phrase, first.year(), again) {
            return;
        }
        if phrase.aside && self.narrative && self.said.any.is_some() {
            return;
        }
        // What another full date has dated leans on no year named alone.
        let from_story = timex.counted_from.is_some() && timex.counted_from == self.said.story;
        if is_day {
            self.said.day = Some(first);
        } else if let Some(last) = timex.interval.and_then(|interval| interval.latest) {
            // A day outside the period just named is no longer what is talked about.
            self.said.day = self.said.day.filter(|day| first <= *day && *day <= last);
        }
        self.said.any = Some(self.said.day.unwrap_or(first));
        self.said.only_year = year_only;
        self.said.year_alone = match (year_only, phrase.fields.year.is_some()) {
            (true, _) => Some(phrase.paragraph),
            (false, true) => None,
            (false, false) => self.said.year_alone.filter(|_| !from_story),
        };
        if self.said.year_alone.is_none() {
            self.said.story = self.said.any;
        }
        self.said.fine = timex.grain <= Grain::Month;
    }

    /// Whether a year is only touched on: one the story is in already, one far away, or one named once that does not open its sentence while the story goes by
    /// days and months.
    fn in_passing(&self, phrase: &Phrase, year: i16, again: bool) -> bool {
        let Some(said) = self.said.any.map(Date::year) else {
            return false;
        };
        if said == year {
            return !self.said.only_year && !phrase.opens;
        }
        let far = (i32::from(said) - i32::from(year)).abs() > FAR;
        self.narrative && !phrase.opens && (far || !again && !self.said.only_year)
    }
}
