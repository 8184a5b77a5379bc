//! Readings that name a place on the calendar: dates, weekdays, last and next, that year, the day after.

use super::clause::{Lead, Tense};
use super::context::{Anchor, Context};
use super::direction;
use super::fields::{Build, Fields};
use super::find::Phrase;
use super::holiday;
use super::period::{Partial, Period, weekday_of_week};
use super::resolve::Meaning;
use super::unit::Unit;
/// The year as the calendar counts it.
pub(super) fn year(fields: &Fields) -> Option<i16> {
    let year = fields.year?;
    let year = if fields.era == Some(-1) {
        1 - year
    } else {
        year
    };
    let year = match year {
        0..=99 if fields.era.is_none() => super::numeric::long_year(year),
        year => year,
    };
    i16::try_from(year).ok()
}
pub(super) fn date(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let meaning = calendar(phrase, context)?;
    meaning.mapped(|period| match period {
        Period::Day(day) if phrase.rule == "week-of" => Some(Period::holding(Unit::Week, day)),
        period => Some(period),
    })
}

/// A date from its parts, with the year understood where none is written.
fn calendar(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let day = fields
        .day
        .or_else(|| fields.ordinal.and_then(|day| i8::try_from(day).ok()));
    // "in the year 71" is not 1971.
    let early = fields
        .year
        .filter(|_| matches!(phrase.rule, "year-early" | "era-first"));
    let of_story = || short_year(phrase, context).or_else(|| year(fields));
    if phrase.rule == "quarter-ended" {
        return quarter_ended(phrase, context);
    }
    if phrase.rule == "nth-weekday" {
        return nth_weekday(phrase, context);
    }
    if let Some(year) = early.map_or_else(of_story, |year| i16::try_from(year).ok()) {
        let period = match (fields.month, day) {
            (Some(month), Some(day)) if (1..=31).contains(&day) => {
                Period::Day(jiff::civil::Date::new(year, month, day).ok()?)
            }
            (Some(month), _) => Period::Month(year, month),
            (None, _) => match (
                fields.season,
                fields.half_year,
                fields.unit.and_then(Unit::from_number),
            ) {
                (Some(season), ..) => Period::Season(year, i8::try_from(season).ok()?),
                (None, Some(half), _) => Period::Half(year, i8::try_from(half).ok()?),
                (None, None, _) if phrase.build == Build::Quarter => quarter(fields, year)?,
                (None, None, _) => Period::Year(year),
            },
        };
        // "3/4/2024": the fourth of March or the third of April.
        let other = fields.month.zip(day).filter(|_| fields.either_order);
        let other = other.and_then(|(day, month)| jiff::civil::Date::new(year, month, day).ok());
        return Some(Meaning {
            other: other.map(Period::Day),
            ..Meaning::plain(period)
        });
    }
    if let ("month-day-of-year", Some(said)) = (phrase.rule, context.said.last) {
        let date = jiff::civil::Date::new(said.year(), fields.month?, day?).ok()?;
        return Some(Meaning::by(Period::Day(date), Anchor::Text(said)));
    }
    if phrase.rule == "the-day" {
        return the_day(day?, context);
    }
    if let (Build::Quarter, Some(by)) = (phrase.build, fields.direction) {
        let (today, anchor) = context.now()?;
        let year = i16::try_from(i32::from(today.year()) + by).ok()?;
        return Some(Meaning::by(quarter(fields, year)?, anchor));
    }
    let partial = match (fields.month, day, fields.season) {
        (Some(month), Some(day), _) => Partial::MonthDay(month, day),
        (Some(month), None, _) => Partial::Month(month),
        (None, _, Some(season)) => Partial::Season(i8::try_from(season).ok()?),
        (None, ..) if phrase.build == Build::Quarter => match quarter(fields, 1)? {
            Period::Half(_, number) => Partial::Half(number),
            Period::Quarter(_, number) => Partial::Quarter(number),
            _ => return None,
        },
        (None, ..) => Partial::Weekday(fields.weekday?),
    };
    Some(direction::nearest(partial, phrase, context))
}
/// The year of two figures nearest to where a story of other centuries is: '89 after 1790.
fn short_year(phrase: &Phrase, context: &Context) -> Option<i16> {
    let said = context.said.any.filter(|_| context.narrative)?.year();
    let is_short = phrase.rule == "year" && matches!(phrase.range.len(), 3 | 5);
    let two = i16::try_from(phrase.fields.year.filter(|_| is_short)? % 100).ok()?;
    let of_century = said.checked_sub(said.rem_euclid(100))?.checked_add(two)?;
    let near = [-100, 0, 100]
        .into_iter()
        .filter_map(|by| of_century.checked_add(by));
    near.min_by_key(|year| year.abs_diff(said))
}
/// "the quarter ended June 30": the quarter of that day.
fn quarter_ended(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let month = phrase.fields.month?;
    let number = (month - 1) / 3 + 1;
    let Some(year) = year(&phrase.fields) else {
        let of = direction::nearest(Partial::Month(month), phrase, context);
        return of.mapped(|month| Some(Period::Quarter(month.days()?.0.year(), number)));
    };
    Some(Meaning::plain(Period::Quarter(year, number)))
}
/// "the second Monday in October".
fn nth_weekday(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let month = fields.month?;
    let count = i8::try_from(fields.ordinal?).ok()?;
    let weekday = jiff::civil::Weekday::from_monday_one_offset(fields.weekday?).ok()?;
    let day = |year: i16| {
        let first = jiff::civil::Date::new(year, month, 1).ok()?;
        first.nth_weekday_of_month(count, weekday).ok()
    };
    if let Some(year) = year(fields) {
        return Some(Meaning::plain(Period::Day(day(year)?)));
    }
    // The year is that of the month, were it written alone.
    let fields = Fields {
        weekday: None,
        ordinal: None,
        ..*fields
    };
    let of = direction::nearest(
        Partial::Month(month),
        &Phrase { fields, ..*phrase },
        context,
    );
    of.mapped(|month| Some(Period::Day(day(month.days()?.0.year())?)))
}
/// "on the 20th": of the month last spoken of.
pub(super) fn the_day(day: i8, context: &Context) -> Option<Meaning> {
    let (said, anchor) = context.said_now()?;
    let date = jiff::civil::Date::new(said.year(), said.month(), day).ok()?;
    Some(Meaning::by(Period::Day(date), anchor))
}
pub(super) fn quarter(fields: &Fields, year: i16) -> Option<Period> {
    let number = match fields.ordinal? {
        -1 => 4,
        number => i8::try_from(number).ok()?,
    };
    let half = !fields.quarter;
    match (half, number) {
        (true, -1 | 4) if fields.ordinal == Some(-1) => Some(Period::Half(year, 2)),
        (true, 1 | 2) => Some(Period::Half(year, number)),
        (false, 1..=4) => Some(Period::Quarter(year, number)),
        _ => None,
    }
}
pub(super) fn days(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let last = phrase.fields.day2?;
    date(phrase, context)?.mapped(|first| {
        let Period::Day(from) = first else {
            return Some(first);
        };
        let to = jiff::civil::Date::new(from.year(), from.month(), last).ok();
        let to = to.filter(|to| from < *to);
        Some(to.map_or(first, |to| Period::Days(from, to)))
    })
}
pub(super) fn time(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    if phrase.fields.clock.is_some_and(|clock| clock > 24 * 60) {
        return None;
    }
    if fields.month.is_some() || fields.year.is_some() || fields.weekday.is_some() {
        return date(phrase, context);
    }
    if phrase.rule == "night-generic" && fields.part == Some(NIGHT) {
        return Some(Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))));
    }
    if phrase.rule == "part-anaphoric" {
        let day = context.said.day.or(context.today);
        let by = fields.direction.unwrap_or(0);
        return Some(
            day.and_then(|day| Some((day, Period::Day(day).shifted(by)?)))
                .map_or(
                    Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
                    |(day, period)| Meaning::by(period, Anchor::Text(day)),
                ),
        );
    }
    if let Some(by) = fields.direction {
        let now = context.writing();
        // "last night" is the night that began yesterday; "this morning" is today.
        return Some(match now {
            Some((today, anchor)) => Meaning::by(Period::Day(today).shifted(by)?, anchor),
            None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
        });
    }
    Some(
        match context
            .sentence_day
            .map(|day| (day, Anchor::Text(day)))
            .or_else(|| context.now())
        {
            Some((day, anchor)) => Meaning::by(Period::Day(day), anchor),
            None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
        },
    )
}
pub(super) fn today(fields: &Fields, context: &Context) -> Option<Meaning> {
    // "the day after tomorrow"
    let by = fields.direction? + fields.later.unwrap_or(0);
    Some(match context.today {
        Some(today) => Meaning::by(Period::Day(today).shifted(by)?, Anchor::Published(today)),
        None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))),
    })
}
/// The number the tables give the night.
const NIGHT: i32 = 4;

/// A season that begins later than this many days from now is not "this" one where the verb speaks of the past.
const FAR_AHEAD: i32 = 120;

/// Last, this, next; "the end of the year".
pub(super) fn relative(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let by = fields.direction.unwrap_or(0);
    let told = match phrase.tense {
        Tense::Past => true,
        Tense::Unknown => !matches!(phrase.lead, Lead::Until | Lead::By),
        Tense::Present | Tense::Future => false,
    };
    let said_before = fields.direction.is_none() && context.narrative && told;
    let now = if said_before {
        context.said_now()
    } else {
        context.now()
    };
    let quarter = fields.quarter.then_some(Unit::Quarter);
    let weekend = fields.weekend.then_some(Unit::Weekend);
    let unit = quarter
        .or(weekend)
        .or_else(|| fields.unit.and_then(Unit::from_number));
    let Some((today, anchor)) = now else {
        let partial = match (fields.weekday, fields.month, fields.season, unit) {
            (Some(weekday), ..) => Partial::Weekday(weekday),
            (None, Some(month), ..) => Partial::Month(month),
            (None, None, Some(season), _) => Partial::Season(i8::try_from(season).ok()?),
            (None, None, None, unit) => Partial::Unit(unit?),
        };
        return Some(Meaning::plain(Period::Partial(partial)));
    };
    if let Some(weekday) = fields.weekday {
        let this_week = weekday_of_week(today, weekday)?;
        let (from_week, other) = match by {
            -1 => {
                let recent = direction::weekday_before(today, weekday)?;
                (Period::Day(recent), Period::Day(this_week).shifted(-7))
            }
            1 => (
                Period::Day(this_week).shifted(7)?,
                Period::Day(direction::weekday_before(today, weekday)?).shifted(7),
            ),
            _ if unit == Some(Unit::Week) => (Period::Day(this_week).shifted(by * 7)?, None),
            _ => (Period::Day(this_week), None),
        };
        return Some(Meaning {
            period: from_week,
            anchor,
            other: other.filter(|other| *other != from_week),
        });
    }
    let named = |year: i16| match (fields.month, fields.season) {
        (Some(month), _) if fields.day.is_some() => Some(Period::Day(
            jiff::civil::Date::new(year, month, fields.day?).ok()?,
        )),
        (Some(month), _) => Some(Period::Month(year, month)),
        (None, season) => Some(Period::Season(year, i8::try_from(season?).ok()?)),
    };
    if phrase.rule == "season-of-relative" {
        let year = i16::try_from(i32::from(today.year()) + by).ok()?;
        return Some(Meaning::by(named(year)?, anchor));
    }
    if let Some(month) = fields.month {
        return Some(Meaning::by(
            direction::directed(today, by, |year| Some(Period::Month(year, month)))?,
            anchor,
        ));
    }
    if let Some(season) = fields.season {
        let season = i8::try_from(season).ok()?;
        let make = |year| Some(Period::Season(year, season));
        let period = direction::directed(today, by, make)?;
        // "what we did this summer", said in January; in May it is the coming one whatever the verb.
        let ahead = period
            .days()
            .is_some_and(|(from, _)| (from - today).get_days() > FAR_AHEAD);
        let period = match phrase.tense {
            Tense::Past if by == 0 && ahead => direction::directed(today, -1, make)?,
            _ => period,
        };
        return Some(Meaning::by(period, anchor));
    }
    let unit = unit?;
    let period = Period::holding(unit, today).shifted(by)?;
    // "what was said this weekend", read on a Tuesday, is the weekend before.
    let ahead = period.days().is_some_and(|(from, _)| from > today);
    let period = match phrase.tense {
        Tense::Past if by == 0 && ahead => period.shifted(-1)?,
        _ => period,
    };
    Some(Meaning::by(period, anchor))
}
pub(super) fn century(fields: &Fields, context: &Context) -> Option<Meaning> {
    let Some(number) = fields.ordinal else {
        let published = context.today.map(|today| (today, Anchor::Published(today)));
        let (today, anchor) = published.or_else(|| context.now())?;
        return Some(Meaning::by(Period::holding(Unit::Century, today), anchor));
    };
    let first = if fields.era == Some(-1) {
        1 - number.checked_mul(100)?
    } else {
        (number - 1).checked_mul(100)?
    };
    let first = i16::try_from(first)
        .ok()
        .filter(|first| (-9000..=9000).contains(first))?;
    Some(Meaning::plain(Period::Century(first)))
}
pub(super) fn holiday(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let day = |year: i16| holiday::day(phrase, year);
    if let Some(year) = year(&phrase.fields) {
        return Some(Meaning::plain(Period::Day(day(year)?)));
    }
    let Some((today, anchor)) = context.now() else {
        let day = day(2001)?;
        return Some(Meaning::plain(Period::Partial(Partial::MonthDay(
            day.month(),
            day.day(),
        ))));
    };
    if let Some(by) = phrase.fields.direction {
        let period = direction::directed(today, by, |year| day(year).map(Period::Day))?;
        return Some(Meaning::by(period, anchor));
    }
    let candidates = (today.year().saturating_sub(1)..=today.year().saturating_add(1))
        .filter_map(day)
        .map(Period::Day);
    let future = phrase.tense == Tense::Future;
    direction::cheapest(candidates, today, phrase.tense, future).map(|(period, other)| Meaning {
        period,
        anchor,
        other,
    })
}
