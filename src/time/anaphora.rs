//! Readings that lean on a date said before: that year, the same day, the following week, the day after, the quarter.

use super::context::{Anchor, Context};
use super::direction;
use super::find::{Link, Phrase};
use super::period::{Partial, Period};
use super::resolve::Meaning;
use super::unit::Unit;

/// That year, the same day, the following week, the previous month.
pub(super) fn anaphoric(phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let fields = &phrase.fields;
    let by = match (fields.later, fields.direction) {
        (Some(by), None) => by,
        (_, by) => by.unwrap_or(0),
    };
    let unit = fields.unit.and_then(Unit::from_number);
    if phrase.rule == "event-day" {
        // "day five": of what began when, the text seldom says in so many words.
        return Some(Meaning::plain(Period::Partial(Partial::Unit(Unit::Day))));
    }
    if phrase.rule == "the-quarter" {
        return the_quarter(context);
    }
    if let Some(month) = fields.month.or_else(|| fields.season.map(|_| 0)) {
        let in_season = fields.season.and_then(|season| i8::try_from(season).ok());
        let make = |year: i16| {
            Some(in_season.map_or(Period::Month(year, month), |season| {
                Period::Season(year, season)
            }))
        };
        // "In 1940 …, in August of that year": the year last said, though the story may be elsewhere.
        let of_year = matches!(phrase.rule, "month-of-year" | "season-of-year");
        let said = context.said.last.filter(|_| of_year);
        let said = said.map(|day| (day, Anchor::Text(day)));
        let Some((anchor_day, anchor)) = said.or_else(|| context.said_now()) else {
            let partial = in_season.map_or(Partial::Month(month), Partial::Season);
            return Some(Meaning::plain(Period::Partial(partial)));
        };
        // "August of that year", "the following March".
        let period = match (phrase.rule, by) {
            ("month-of-year" | "season-of-year", by) => {
                make(i16::try_from(i32::from(anchor_day.year()) + by).ok()?)?
            }
            (_, 0) => make(anchor_day.year())?,
            (_, by) => direction::directed(anchor_day, by, make)?,
        };
        return Some(Meaning::by(period, anchor));
    }
    if let Some(weekday) = fields.weekday {
        let day = context.said.day.or(context.today);
        return Some(match day {
            Some(day) => {
                let last = direction::weekday_before(day, weekday)?;
                let by = if by < 0 { 0 } else { 7 };
                let same = day.weekday().to_monday_one_offset() == weekday
                    && phrase.fields.direction == Some(0);
                let period = if same {
                    Period::Day(day)
                } else {
                    Period::Day(last).shifted(by)?
                };
                Meaning::by(period, Anchor::Text(day))
            }
            None => Meaning::plain(Period::Partial(Partial::Weekday(weekday))),
        });
    }
    let unit = unit?;
    if phrase.rule == "event-after" {
        // "on 8 October, the day after the crossing" is that day; otherwise only the event could date it.
        let same = context
            .said
            .day
            .filter(|_| phrase.link != Link::Apart && unit <= Unit::Night);
        return Some(match same {
            Some(day) => Meaning::by(Period::Day(day), Anchor::Text(day)),
            None => Meaning::plain(Period::Partial(Partial::Unit(unit))),
        });
    }
    if let Some(quarter) = context.said.quarter.filter(|_| unit == Unit::Quarter) {
        return Some(Meaning::by(
            quarter.shifted(by)?,
            Anchor::Text(quarter.days()?.0),
        ));
    }
    Some(match context.said_at(unit) {
        Some((day, anchor)) => Meaning::by(Period::holding(unit, day).shifted(by)?, anchor),
        None => Meaning::plain(Period::Partial(Partial::Unit(unit))),
    })
}
/// "for the quarter": the one figures were given for, else the last one that is over.
fn the_quarter(context: &Context) -> Option<Meaning> {
    if let Some(quarter) = context.said.quarter {
        return Some(Meaning::by(quarter, Anchor::Text(quarter.days()?.0)));
    }
    Some(match context.writing() {
        Some((today, anchor)) => {
            Meaning::by(Period::holding(Unit::Quarter, today).shifted(-1)?, anchor)
        }
        None => Meaning::plain(Period::Partial(Partial::Unit(Unit::Quarter))),
    })
}
