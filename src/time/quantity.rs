//! Numbers as they stand before a unit: `3`, `2 1/2`, `twenty-five`, `two and a half`, `a couple of`, `several`.

use super::fields::Quantity;
use super::lexicon::{self as lex, ENGLISH};
use super::numeric::HUNDREDTHS;
use super::token::{Gap, Token};

/// The quantity that starts at token `at`, and the token after it.
pub(super) fn at(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let token = tokens.get(at)?;
    let is = |offset: usize, text: &str| {
        tokens.get(at + offset).is_some_and(|token| {
            token.gap != Gap::Break && &*ENGLISH.entry(token.word).text == text
        })
    };
    let class = |offset: usize, classes| {
        tokens
            .get(at + offset)
            .is_some_and(|token| token.gap != Gap::Break && token.is(classes))
    };
    if token.is(lex::HALF) {
        let end = if class(1, lex::ARTICLE) {
            at + 2
        } else {
            at + 1
        };
        return Some((Quantity::Hundredths(HUNDREDTHS / 2), end));
    }
    if token.is(lex::VAGUE) {
        return Some((Quantity::Vague, at + 1));
    }
    if token.is(lex::ARTICLE) {
        if class(1, lex::VAGUE) {
            return Some((Quantity::Vague, at + 2));
        }
        if class(1, lex::UNITS) {
            // "a months-long siege"
            return None;
        }
        if class(1, lex::COUPLE) {
            let value = value(tokens, at + 1, lex::COUPLE)?;
            let end = if is(2, "of") { at + 3 } else { at + 2 };
            return Some((Quantity::Hundredths(value), end));
        }
        if class(1, lex::HALF) {
            return Some((Quantity::Hundredths(HUNDREDTHS / 2), at + 2));
        }
        if class(1, lex::SCALE) {
            return Some((
                Quantity::Hundredths(value(tokens, at + 1, lex::SCALE)?),
                at + 2,
            ));
        }
        return Some(half_after(tokens, at + 1, HUNDREDTHS));
    }
    if token.is(lex::COUPLE) {
        // "the last couple of years"
        return (is(1, "of")).then(|| {
            Some((
                Quantity::Hundredths(value(tokens, at, lex::COUPLE)?),
                at + 2,
            ))
        })?;
    }
    if token.is(lex::YEAR) && class(1, lex::UNIT) {
        // "the 2011 season" is no two thousand of them.
        return None;
    }
    if token.is(lex::NUM) {
        let mut value = token.value;
        let mut end = at + 1;
        if tokens
            .get(end)
            .is_some_and(|next| next.has(lex::FRACTION) && next.value == 102)
        {
            return Some((
                Quantity::Hundredths(value.saturating_add(HUNDREDTHS / 2)),
                end + 1,
            ));
        }
        if let Some(scale) = tokens.get(end).filter(|next| next.is(lex::SCALE)) {
            value = value.saturating_mul(ENGLISH.entry(scale.word).value(lex::SCALE)?);
            end += 1;
        }
        return Some(half_after(tokens, end, value));
    }
    words(tokens, at)
}

/// `twenty-five`, `two hundred and ten`.
fn words(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let (mut total, mut part, mut end) = (0_i32, 0_i32, at);
    // A number in words is at most a handful of them.
    while end < at + 8 {
        let Some(token) = tokens
            .get(end)
            .filter(|token| end == at || token.gap != Gap::Break)
        else {
            break;
        };
        if token.is(lex::SCALE) && end > at {
            let scale = ENGLISH.entry(token.word).value(lex::SCALE)?;
            part = part.max(1).saturating_mul(scale);
            if scale >= 1000 {
                total = total.saturating_add(part);
                part = 0;
            }
            end += 1;
            continue;
        }
        if token.is(lex::NUMBER) {
            let value = ENGLISH.entry(token.word).value(lex::NUMBER)?;
            if end > at && !(part % 100 == 0 || part % 10 == 0 && part % 100 >= 20 && value < 10) {
                break;
            }
            part = part.saturating_add(value);
            end += 1;
            let next_number = tokens.get(end + 1).is_some_and(|next| next.is(lex::NUMBER));
            let joins = tokens.get(end).is_some_and(|dash| dash.has(lex::DASH));
            if joins && next_number && part % 10 == 0 {
                end += 1;
            }
            continue;
        }
        break;
    }
    if end == at {
        return None;
    }
    Some(half_after(
        tokens,
        end,
        total.saturating_add(part).saturating_mul(HUNDREDTHS),
    ))
}

/// `… and a half`.
fn half_after(tokens: &[Token], end: usize, value: i32) -> (Quantity, usize) {
    let text = |offset: usize| {
        tokens
            .get(end + offset)
            .filter(|token| token.gap != Gap::Break)
            .map_or("", |token| &*ENGLISH.entry(token.word).text)
    };
    let skip = usize::from(text(0) == "-");
    if text(skip) == "and" {
        let mut after = skip + 1;
        after += usize::from(text(after) == "-");
        let article = matches!(text(after), "a" | "one");
        after += usize::from(article);
        after += usize::from(article && text(after) == "-");
        if text(after) == "half" {
            return (
                Quantity::Hundredths(value.saturating_add(HUNDREDTHS / 2)),
                end + after + 1,
            );
        }
    }
    (Quantity::Hundredths(value), end)
}

fn value(tokens: &[Token], at: usize, class: lex::Classes) -> Option<i32> {
    let entry = ENGLISH.entry(tokens.get(at)?.word);
    Some(entry.value(class)?.saturating_mul(HUNDREDTHS))
}
