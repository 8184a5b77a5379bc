//! Which year, which week: the nearest candidate by cost.
//!
//! A day in the past costs its distance, a day to come 1.75 times that, and 0.7 times where the clause speaks of the future; a past-tense verb rules the
//! future out. In a narrative the next date is expected a little after the last one. The second cheapest is kept as the other reading.

use jiff::ToSpan;
use jiff::civil::Date;

use super::clause::{Lead, Tense};
use super::context::{Anchor, Context};
use super::find::{Link, Phrase};
use super::period::{Partial, Period, weekday_of_week};
use super::resolve::Meaning;

/// Costs are distances in days times these, in percent.
const AHEAD: i64 = 175;
const AHEAD_WITH_CUE: i64 = 70;
const BACK: i64 = 100;
/// In a narrative going back to the year before is dearer than going on.
const BACK_A_YEAR: i64 = 150;
const AGAINST_VERB: i64 = 500;
/// The other reading is worth keeping up to this many times the cost of the first.
const WORTH: i64 = 4;

/// A date without a year, or a weekday: the reading that fits best.
pub(super) fn nearest(partial: Partial, phrase: &Phrase, context: &Context) -> Meaning {
    let unknown = Meaning::plain(Period::Partial(partial));
    if let Partial::Weekday(weekday) = partial {
        return weekday_near(weekday, phrase, context).unwrap_or(unknown);
    }
    let make = |year: i16| period(partial, year);
    if phrase.rule == "nine-eleven-attacks" && partial == Partial::MonthDay(9, 11) {
        return make(2001).map_or(unknown, Meaning::plain);
    }
    if let Some(year) = phrase
        .fields
        .borrowed_year
        .and_then(|year| i16::try_from(year).ok())
    {
        return make(year).map_or(unknown, Meaning::plain);
    }
    if let Some((said, anchor)) = context.reference(phrase) {
        if matches!(anchor, Anchor::Text(_)) {
            let Some(told) = in_narrative(said, make, phrase, context) else {
                return unknown;
            };
            // The other reading counts from the day of publication.
            let published = context
                .today
                .and_then(|today| by_day(today, partial, phrase));
            let published = published.map(|(period, _)| period);
            return Meaning {
                other: published
                    .filter(|other| *other != told.period)
                    .or(told.other),
                ..told
            };
        }
        let found = by_day(said, partial, phrase);
        // "from November 20 to March 11" goes on from the first of them.
        let first = context.said.any.filter(|_| phrase.link == Link::GoesOn);
        let mut years = said.year().saturating_sub(1)..=said.year().saturating_add(1);
        let next = first.and_then(|first| {
            let after = |period: &Period| period.days().is_some_and(|(from, _)| from >= first);
            years.find_map(|year| make(year).filter(after))
        });
        if let Some(period) = next {
            let other = found.map(|(nearest, _)| nearest);
            return Meaning {
                period,
                anchor,
                other: other.filter(|other| *other != period),
            };
        }
        if let Some((period, other)) = found {
            return Meaning {
                period,
                anchor,
                other,
            };
        }
    }
    unknown
}

/// The readings nearest to a day: the cheapest and the second.
fn by_day(said: Date, partial: Partial, phrase: &Phrase) -> Option<(Period, Option<Period>)> {
    let make = |year: i16| period(partial, year);
    let years = said.year().saturating_sub(1)..=said.year().saturating_add(1);
    // "It gave them until March 1" may look ahead though the verb looks back.
    let tense = match (phrase.tense, phrase.lead) {
        (Tense::Past, Lead::Until) => Tense::Unknown,
        (tense, _) => tense,
    };
    let with_weekday = |period: &Period| match (phrase.fields.weekday, period) {
        (Some(weekday), Period::Day(day)) => day.weekday().to_monday_one_offset() == weekday,
        _ => true,
    };
    let all = || years.clone().filter_map(make);
    let future = tense == Tense::Future;
    if all().any(|period| with_weekday(&period)) {
        cheapest(all().filter(with_weekday), said, tense, future)
    } else {
        cheapest(all(), said, tense, future)
    }
}

/// In text that tells of the past, the date follows the one before it.
fn in_narrative(
    said: Date,
    make: impl Fn(i16) -> Option<Period>,
    phrase: &Phrase,
    context: &Context,
) -> Option<Meaning> {
    let by_text = |period: Period| Meaning {
        period,
        anchor: Anchor::Text(said),
        other: None,
    };
    // What leans on an older full date (said) is not in the year named since.
    if context.said.only_year && context.said.any == Some(said) {
        return make(said.year()).map(by_text);
    }
    // A statement without a date of its own looks ahead unless the verb looks back.
    let back_a_year = match phrase.tense {
        Tense::Present | Tense::Future | Tense::Unknown if context.today.is_none() => AGAINST_VERB,
        _ => BACK_A_YEAR,
    };
    let years = said.year().saturating_sub(1)..=said.year().saturating_add(1);
    let costs = years.filter_map(make).filter_map(|period| {
        let (from, to) = period.days()?;
        let cost = if to < said {
            let same_year = from.year() == said.year();
            distance(to, said) * if same_year { BACK } else { back_a_year }
        } else if said < from {
            distance(said, from) * BACK
        } else {
            0
        };
        Some((cost, period))
    });
    let (period, other) = two_cheapest(costs.collect())?;
    Some(Meaning {
        other,
        ..by_text(period)
    })
}

/// The cheapest and, if it is near in cost, the second.
fn two_cheapest(mut costs: Vec<(i64, Period)>) -> Option<(Period, Option<Period>)> {
    costs.sort_by_key(|(cost, _)| *cost);
    let (best, period) = *costs.first()?;
    let other = costs
        .get(1)
        .filter(|(cost, _)| *cost <= best.saturating_mul(WORTH).max(3000));
    Some((period, other.map(|(_, period)| *period)))
}

fn period(partial: Partial, year: i16) -> Option<Period> {
    Some(match partial {
        Partial::MonthDay(month, day) => Period::Day(Date::new(year, month, day).ok()?),
        Partial::Month(month) => Period::Month(year, month),
        Partial::Season(number) => Period::Season(year, number),
        Partial::Quarter(number) => Period::Quarter(year, number),
        Partial::Half(number) => Period::Half(year, number),
        Partial::Weekday(_) | Partial::Unit(_) => return None,
    })
}

fn distance(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days()).abs()
}

/// The cheapest of the candidates and, if it is near in cost, the second.
pub(super) fn cheapest(
    candidates: impl Iterator<Item = Period>,
    today: Date,
    tense: Tense,
    cue: bool,
) -> Option<(Period, Option<Period>)> {
    let costs = candidates.filter_map(|period| {
        let (from, to) = period.days()?;
        let cost = if to < today {
            distance(to, today) * BACK
        } else if today < from {
            let ahead = distance(today, from);
            match tense {
                Tense::Past => 1_000_000 + ahead,
                _ if cue => ahead * AHEAD_WITH_CUE,
                _ => ahead * AHEAD,
            }
        } else {
            0
        };
        Some((cost, period))
    });
    two_cheapest(costs.collect())
}

/// The last day with this weekday strictly before `day`.
pub(super) fn weekday_before(day: Date, weekday: i8) -> Option<Date> {
    let back = (i32::from(day.weekday().to_monday_one_offset()) - i32::from(weekday) - 1)
        .rem_euclid(7)
        + 1;
    day.checked_sub(back.days()).ok()
}

/// A bare weekday: today or the last one, the next one where the clause looks ahead.
fn weekday_near(weekday: i8, phrase: &Phrase, context: &Context) -> Option<Meaning> {
    let (today, anchor) = context.reference(phrase)?;
    let day = |day: Date, anchor: Anchor| Meaning {
        period: Period::Day(day),
        anchor,
        other: None,
    };
    // "next week, on Thursday".
    let week = context.said.week.filter(|(_, end)| {
        phrase.range.start.saturating_sub(*end) <= 6 && phrase.tense != Tense::Past
    });
    if let Some((monday, _)) = week {
        return Some(day(weekday_of_week(monday, weekday)?, Anchor::Text(monday)));
    }
    // A day to come that was named in full before is still meant.
    let ahead = context
        .said
        .ahead
        .filter(|ahead| ahead.weekday().to_monday_one_offset() == weekday);
    if let Some(ahead) = ahead.filter(|_| phrase.tense != Tense::Past) {
        let other = weekday_before(today, weekday).and_then(|day| Period::Day(day).shifted(7));
        return Some(Meaning {
            other: other.filter(|other| *other != Period::Day(ahead)),
            ..day(ahead, Anchor::Text(ahead))
        });
    }
    let before = weekday_before(today, weekday)?;
    let is_today = today.weekday().to_monday_one_offset() == weekday;
    let next = Period::Day(before).shifted(7)?;
    if matches!(anchor, Anchor::Text(_)) {
        return Some(Meaning {
            period: next,
            anchor,
            other: Some(Period::Day(before)),
        });
    }
    let timed = phrase.fields.clock.is_some() && phrase.tense == Tense::Present;
    let ahead = match phrase.tense {
        Tense::Future => true,
        Tense::Past => false,
        Tense::Present | Tense::Unknown => {
            timed || matches!(phrase.lead, Lead::Until | Lead::By | Lead::Starting)
        }
    };
    let (period, other) = match (ahead, is_today) {
        // Until 5 p.m. Friday, said on a Friday, is today.
        (true, true) if phrase.fields.clock.is_some() => (Period::Day(today), Some(next)),
        // Until Friday, said on a Friday, is a week from then.
        (true, true) if !matches!(phrase.lead, Lead::Until | Lead::By) => {
            (next, Period::Day(today).shifted(7))
        }
        (true, true) => (Period::Day(today).shifted(7)?, Some(next)),
        (true, false) => (next, Some(Period::Day(before))),
        // Said on a Friday, "Friday" may be a week off on the side the verb speaks of.
        (false, true) => match phrase.tense {
            Tense::Past => (Period::Day(today), Some(Period::Day(before))),
            _ => (Period::Day(today), Period::Day(today).shifted(7)),
        },
        (false, false) => (Period::Day(before), Some(next)),
    };
    Some(Meaning {
        period,
        anchor,
        other,
    })
}

/// Last, this or next month or season with a name, seen from `today`: the last one over or begun, this year's, the next to begin.
pub(super) fn directed(
    today: Date,
    by: i32,
    make: impl Fn(i16) -> Option<Period>,
) -> Option<Period> {
    let years = today.year().saturating_sub(2)..=today.year().saturating_add(2);
    let mut candidates = years
        .filter_map(&make)
        .filter_map(|period| Some((period, period.days()?)));
    match by {
        0 => {
            let holding = candidates.find(|(_, (from, to))| *from <= today && today <= *to);
            holding
                .map(|(period, _)| period)
                .or_else(|| make(today.year()))
        }
        by if by < 0 => candidates
            .filter(|(_, (_, to))| *to < today)
            .last()
            .map(|(period, _)| period),
        _ => candidates
            .find(|(_, (from, _))| *from > today)
            .map(|(period, _)| period),
    }
}
