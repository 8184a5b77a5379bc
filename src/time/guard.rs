//! Whether a match may stand where it does: numbers that are years only where a year would stand, phrases that describe a noun, ordinals that count one.

use super::fields::Build;
use super::lexicon as lex;
use super::names::{after, before, text};
use super::numeric::HUNDREDTHS;
use super::rules::{Guard, Match};
use super::token::{Gap, Token};

/// Whether the rule's guard lets the match stand.
pub(super) fn admits(tokens: &[Token], found: &Match<'_>) -> bool {
    if found.rule.build == Build::Nothing {
        return true;
    }
    let next = tokens.get(found.to).filter(|token| token.gap != Gap::Break);
    let alone = next.is_none_or(|token| {
        token.word != 0 || !token.has(lex::LOWER | lex::CAPITAL) || token.is(lex::PASTV)
    });
    let last = tokens.get(found.to - 1);
    match found.rule.guard {
        Guard::Free => true,
        Guard::Alone => alone,
        Guard::Ends => next.is_none_or(|token| {
            !token.has(lex::LOWER | lex::CAPITAL) && !token.is(lex::YEAR | lex::NUM)
                || token.is(lex::PASTV | lex::NOWV)
                || token.has(lex::JOIN)
        }),
        Guard::Whole => is_year(tokens, found) && (alone || !follows_article(tokens, found)),
        Guard::Ordinal => {
            let counts = next.is_some_and(|token| {
                token.is(lex::UNIT | lex::UNITS | lex::MONTH)
                    || token.has(lex::DASH)
                    || matches!(text(token), "of" | "anniversary")
                    || token.has(lex::JOIN) && joins_ordinal(tokens, found.to)
            });
            alone && !counts && last.is_some_and(|token| token.is(lex::ORD))
        }
        Guard::Described => found
            .to
            .checked_sub(2)
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| {
                token.word == 0 && token.gap == Gap::Space && !token.has(lex::PLURAL | lex::ING)
            }),
        Guard::Attack => last.is_some_and(|token| token.value == 911),
        Guard::Year => is_year(tokens, found),
    }
}

/// "the 2014 …": the year stands right after an article.
fn follows_article(tokens: &[Token], found: &Match<'_>) -> bool {
    found
        .to
        .checked_sub(2)
        .filter(|at| *at >= found.from)
        .and_then(|at| tokens.get(at))
        .is_some_and(|token| text(token) == "the")
}

/// "… to the 19th": another ordinal follows the join at `at`.
fn joins_ordinal(tokens: &[Token], at: usize) -> bool {
    let mut rest = tokens.iter().skip(at + 1).take(3);
    rest.find(|token| text(token) != "the" && !token.is(lex::MOD))
        .is_some_and(|token| token.is(lex::ORD))
}

/// Whether a bare number of four digits is a year where it stands.
fn is_year(tokens: &[Token], found: &Match<'_>) -> bool {
    let Some(last) = tokens.get(found.to - 1) else {
        return false;
    };
    if !last.is(lex::YEAR) || found.to - found.from > 1 {
        return true;
    }
    let year = last.value / HUNDREDTHS;
    let (previous, next) = (before(tokens, found.from, 1), after(tokens, found.from, 1));
    let previous_text = previous.map_or("", text);
    if previous.is_some_and(|token| token.is(lex::NUM | lex::LABEL) && !token.is(lex::DAY))
        || matches!(previous_text, "$" | "#" | "/" | "&")
    {
        return false;
    }
    if previous
        .is_some_and(|token| token.has(lex::CAPITAL) && token.word == 0 && !token.has(lex::UPPER))
        && year < 1700
    {
        return false;
    }
    let counted = next.is_some_and(|token| {
        token.is(lex::MEASURE | lex::UNITS | lex::SCALE)
            || token.has(lex::PLURAL)
            || matches!(text(token), "%" | "/")
    });
    let led = previous
        .is_some_and(|token| token.has(lex::STRONG) || token.is(lex::MOD | lex::EDGE | lex::MONTH))
        || matches!(previous_text, "the" | "(");
    if counted {
        // "the 2020 elections" and "1913 levels" are years; "1400 victims" and "2000 troops" are counts.
        let measured = next.is_some_and(|token| {
            token.is(lex::MEASURE | lex::UNITS | lex::SCALE) || matches!(text(token), "%" | "/")
        });
        let odd = year % 100 != 0 && !measured && (1700..=2100).contains(&year);
        return odd
            || led
                && !next.is_some_and(|token| token.is(lex::MEASURE))
                && (1500..=2100).contains(&year);
    }
    // "c. 1580"
    if previous_text == "." {
        let short = before(tokens, found.from, 2).map_or("", text);
        if matches!(short, "c" | "ca" | "circa") {
            return true;
        }
    }
    let prep = previous.is_some_and(|token| token.has(lex::PREP | lex::JOIN | lex::DASH))
        || led
        || previous.is_none();
    prep || (1700..=2100).contains(&year)
}
