//! Words that are time only in company: May, march, Sun, fall, second. Numbers that are years only where a year would stand are in `guard.rs`.

use super::lexicon::{self as lex, ENGLISH};
use super::token::{Gap, Token};

/// The token's word in lower case if the lexicon knows it, else nothing.
pub(super) fn text(token: &Token) -> &'static str {
    if token.word == 0 {
        ""
    } else {
        &ENGLISH.entry(token.word).text
    }
}

/// Words without a class of their own around which a rule can match.
pub(super) fn is_heart_word(token: &Token) -> bool {
    matches!(
        text(token),
        "past"
            | "future"
            | "independence"
            | "memorial"
            | "labor"
            | "labour"
            | "veterans"
            | "election"
            | "right"
            | "half"
            | "clock"
            | "present"
            | "oclock"
    )
}

/// Takes the classes of time from words that mean something else here.
pub(super) fn settle(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let Some(token) = tokens.get(at).copied() else {
            break;
        };
        let lost = lost(tokens, at, &token);
        if let Some(token) = tokens.get_mut(at).filter(|_| lost != 0) {
            token.classes &= !lost;
        }
    }
}

/// The classes the token loses.
fn lost(tokens: &[Token], at: usize, token: &Token) -> lex::Classes {
    let mut lost = 0;
    if token.has(lex::GLUED) {
        return lex::YEAR | lex::DAY | lex::NUM;
    }
    if token.is(lex::NUM) && is_code(tokens, at, token) {
        return lex::YEAR | lex::DAY | lex::YEAR2 | lex::NUM | lex::COUNT;
    }
    if token.is(lex::ZONE) && token.has(lex::LOWER) {
        return lex::ZONE;
    }
    if token.is(lex::MONTH) && is_name(tokens, at) {
        lost |= lex::MONTH;
    }
    // "it will last 60 days", "to last two weeks"
    if text(token) == "last" && lasts(tokens, at) {
        return lex::DIR | lex::SPAN | lex::ORD;
    }
    if token.is(lex::SEASON) && names_games(tokens, at) {
        return lex::SEASON;
    }
    if !token.is(lex::UNSURE) {
        if token.is(lex::UNIT | lex::UNITS) && is_other_unit(tokens, at, token) {
            lost |= lex::UNIT | lex::UNITS;
        }
        return lost;
    }
    if token.is(lex::MONTH) && !is_month(tokens, at, token) {
        lost |= lex::MONTH;
    }
    if token.is(lex::WEEKDAY) && !is_weekday(tokens, at, token) {
        lost |= lex::WEEKDAY;
    }
    if token.is(lex::SEASON) && !is_season(tokens, at) {
        lost |= lex::SEASON;
    }
    if token.is(lex::UNIT | lex::UNITS) && !is_small_unit(tokens, at) {
        lost |= lex::UNIT | lex::UNITS;
    }
    lost
}

/// The token so many steps before, in the same paragraph.
pub(super) fn before(tokens: &[Token], at: usize, by: usize) -> Option<&Token> {
    // A paragraph's first word has nothing before it.
    (0..by).try_for_each(|step| {
        let token = tokens.get(at.checked_sub(step)?)?;
        (token.gap != Gap::Break).then_some(())
    })?;
    tokens.get(at.checked_sub(by)?)
}

/// The token so many steps after, in the same paragraph.
pub(super) fn after(tokens: &[Token], at: usize, by: usize) -> Option<&Token> {
    (1..=by).try_for_each(|step| {
        let token = tokens.get(at + step)?;
        (token.gap != Gap::Break).then_some(())
    })?;
    tokens.get(at + by)
}

/// `F-16`, `Covid-19`, `A320`: a number that hangs on a word.
fn is_code(tokens: &[Token], at: usize, token: &Token) -> bool {
    if token.gap != Gap::None {
        return false;
    }
    let Some(previous) = before(tokens, at, 1) else {
        return false;
    };
    if previous.has(lex::DASH) && previous.gap == Gap::None {
        let Some(word) = before(tokens, at, 2) else {
            return false;
        };
        let letters = word.has(lex::CAPITAL | lex::LOWER);
        return letters
            && !word.is(lex::MONTH | lex::MOD | lex::SEASON | lex::WEEKDAY)
            && !matches!(text(word), "pre" | "post" | "early" | "late");
    }
    previous.has(lex::CAPITAL | lex::LOWER)
        && !previous.is(lex::MONTH | lex::FYNAME | lex::ABBREVIATED)
        || text(previous) == "#"
}

/// Whether "last" is a verb where it stands.
fn lasts(tokens: &[Token], at: usize) -> bool {
    let number = after(tokens, at, 1).is_some_and(|token| {
        token.is(lex::NUM | lex::NUMBER | lex::VAGUE | lex::ARTICLE | lex::COUPLE)
            || matches!(
                text(token),
                "about" | "more" | "only" | "for" | "until" | "at" | "up"
            )
    });
    let modal = before(tokens, at, 1).is_some_and(|token| {
        matches!(
            text(token),
            "will" | "would" | "should" | "could" | "can" | "may" | "might" | "must" | "to" | "not"
        )
    });
    number && modal
}

/// "the 2012 Summer Games", "the Winter Palace": a season that begins a name.
fn names_games(tokens: &[Token], at: usize) -> bool {
    let capital = |token: &Token| token.has(lex::CAPITAL) && !token.is(lex::YEAR);
    let (previous, next) = (before(tokens, at, 1), after(tokens, at, 1));
    let after_year = previous.is_some_and(|token| token.is(lex::YEAR));
    let named = previous.is_some_and(|token| text(token) == "the" || token.is(lex::ARTICLE))
        && next.is_some_and(|token| token.word == 0 && token.gap == Gap::Space);
    (after_year || named) && tokens.get(at).is_some_and(capital) && next.is_some_and(capital)
}

/// After a title, or before a surname.
fn is_name(tokens: &[Token], at: usize) -> bool {
    let title = |token: &Token| token.is(lex::TRAP_PREFIX) && token.has(lex::CAPITAL);
    let previous = before(tokens, at, 1);
    if previous.is_some_and(title) {
        return true;
    }
    previous.is_some_and(|token| text(token) == ".") && before(tokens, at, 2).is_some_and(title)
}

fn is_month(tokens: &[Token], at: usize, token: &Token) -> bool {
    let (previous, next) = (before(tokens, at, 1), after(tokens, at, 1));
    let next_second = after(tokens, at, 2);
    let figures = |figures: Option<&Token>| {
        figures.is_some_and(|next| {
            next.is(lex::DAY | lex::YEAR) || next.has(lex::YEAR3) && token.has(lex::CAPITAL)
        })
    };
    let comma_year = next.is_some_and(|next| matches!(text(next), "," | "of"))
        && next_second.is_some_and(|token| token.is(lex::YEAR) || text(token) == "that");
    let day_before = previous.is_some_and(|token| token.is(lex::DAY))
        || previous.is_some_and(|token| matches!(text(token), "of" | "-"))
            && before(tokens, at, 2).is_some_and(|token| token.is(lex::DAY | lex::ORD));
    // "May-August 1950"
    let to_month = next.is_some_and(|token| token.has(lex::DASH | lex::JOIN))
        && next_second.is_some_and(|token| token.is(lex::MONTH));
    if figures(next) || comma_year || day_before || to_month && token.has(lex::CAPITAL) {
        return true;
    }
    let led = previous.is_some_and(|token| {
        token.has(lex::PREP)
            || text(token) == "than"
            || token.is(lex::DIR | lex::MOD | lex::EVERY | lex::FOLLOW | lex::WEEKDAY)
            || text(token) == "-"
                && before(tokens, at, 2).is_some_and(|token| token.is(lex::MOD | lex::MONTH))
            || token.has(lex::JOIN)
                && before(tokens, at, 2).is_some_and(|token| token.is(lex::MONTH))
    });
    if token.has(lex::LOWER) {
        let firm = previous.is_some_and(|token| {
            matches!(
                text(token),
                "in" | "since" | "until" | "last" | "next" | "mid" | "early" | "late"
            )
        });
        return firm && !matches!(text(token), "may" | "mar");
    }
    // "a March operation".
    let attributive = previous.is_some_and(|token| token.is(lex::ARTICLE))
        && next.is_some_and(|token| token.has(lex::LOWER));
    if led || attributive {
        return true;
    }
    // Months that are also given names or verbs at the start of a sentence.
    match text(token) {
        "may" | "march" | "mar" | "jan" | "sep" | "dec" => false,
        _ => {
            !next.is_some_and(|token| token.has(lex::CAPITAL) && token.word == 0)
                && !previous.is_some_and(|token| token.has(lex::CAPITAL) && token.word == 0)
        }
    }
}

fn is_weekday(tokens: &[Token], at: usize, token: &Token) -> bool {
    if token.has(lex::LOWER) {
        return false;
    }
    let led = before(tokens, at, 1).is_some_and(|token| {
        matches!(
            text(token),
            "on" | "by" | "until" | "through" | "since" | "(" | "-" | "to"
        ) || token.is(lex::DIR | lex::EVERY)
    });
    let next = after(tokens, at, 1);
    let next = match next {
        Some(mark) if text(mark) == "," => after(tokens, at, 2),
        other => other,
    };
    led || next
        .is_some_and(|token| token.is(lex::DAY | lex::MONTH) || token.has(lex::HOUR | lex::CLOCK))
}

fn is_season(tokens: &[Token], at: usize) -> bool {
    let (previous, next) = (before(tokens, at, 1), after(tokens, at, 1));
    let next_text = next.map_or("", text);
    if next.is_some_and(|token| token.is(lex::YEAR)) {
        return true;
    }
    if matches!(next_text, "of" | "in") {
        return after(tokens, at, 2).is_some_and(|token| {
            token.is(lex::YEAR)
                || token.has(lex::YEAR3)
                || matches!(text(token), "that" | "this" | "last" | "next")
                || text(token) == "the"
                    && after(tokens, at, 3)
                        .is_some_and(|token| token.is(lex::FOLLOW) || text(token) == "year")
        });
    }
    // What is held or fought in a season: "a spring offensive", "the fall semester".
    let held = [
        "offensive",
        "offensives",
        "campaign",
        "campaigns",
        "semester",
        "term",
        "session",
        "break",
        "fighting",
        "harvest",
        "planting",
        "election",
        "elections",
    ];
    if held.contains(&next_text) {
        return true;
    }
    // "Spring and late autumn are best."
    let with_another = next.is_some_and(|token| token.has(lex::JOIN))
        && [2, 3].into_iter().any(|by| {
            after(tokens, at, by)
                .is_some_and(|token| token.is(lex::SEASON) && !token.is(lex::PASTV))
        });
    with_another
        || previous.is_some_and(|token| {
            token.is(lex::DIR | lex::MOD | lex::EVERY | lex::FOLLOW | lex::SEASON)
                || matches!(
                    text(token),
                    "in" | "the" | "since" | "by" | "until" | "during" | "from" | "through" | "-"
                )
        })
}

/// Second and minute are units after a number, and `minute` also after an article when no adjective is meant.
fn is_small_unit(tokens: &[Token], at: usize) -> bool {
    let previous = before(tokens, at, 1);
    let number = |token: &Token| {
        token.is(lex::NUM
            | lex::NUMBER
            | lex::VAGUE
            | lex::SCALE
            | lex::EVERY
            | lex::PER
            | lex::SPAN)
            || text(token) == "half"
    };
    let unit = tokens.get(at).map_or("", text);
    match previous {
        Some(dash) if text(dash) == "-" => before(tokens, at, 2).is_some_and(number),
        // "its 375 million second phase"
        Some(token) if number(token) => {
            unit != "second" || !token.is(lex::EVERY | lex::SPAN | lex::SCALE)
        }
        Some(token) if token.is(lex::ARTICLE) => {
            unit == "minute"
                && !after(tokens, at, 1).is_some_and(|next| next.has(lex::LOWER) && next.word == 0)
        }
        _ => {
            matches!(unit, "minutes" | "seconds")
                && previous.is_none_or(|token| {
                    !token.has(lex::LOWER) || text(token) == "within" || text(token) == "for"
                })
        }
    }
}

/// A quarter of something, living quarters, a season of television.
fn is_other_unit(tokens: &[Token], at: usize, token: &Token) -> bool {
    let previous = before(tokens, at, 1);
    let next_of = after(tokens, at, 1).is_some_and(|next| text(next) == "of");
    let counted =
        previous.is_some_and(|token| token.is(lex::NUM | lex::NUMBER | lex::VAGUE | lex::SPAN));
    match text(token) {
        "quarter" => {
            next_of && previous.is_some_and(|token| token.is(lex::ARTICLE | lex::NUMBER))
                || previous.is_some_and(|token| token.is(lex::ARTICLE))
        }
        "quarters" => !counted || next_of,
        "seasons" | "nights" => !counted,
        // "the early morning hours", "working hours"
        "hours" => previous.is_some_and(|token| {
            token.is(lex::PART) || matches!(text(token), "wee" | "working" | "office" | "early")
        }),
        _ => false,
    }
}
