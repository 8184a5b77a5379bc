//! Calendar days as headers and bylines write them.
//!
//! Understood: `30 October 2023`, `October 30, 2023`, `Oct. 30, 2023`, `30th of October 2023`, `2023-10-30`, `30.10.2023`, `2023年10月30日`, months in
//! English, French, Spanish, German, Italian and Portuguese. Days written `3/4/2024` are left alone: nobody can tell the month. This is no
//! reader of running prose; that is `time`.

use std::ops::Range;

use jiff::civil::Date;

use super::canonical::beginning;

const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "enero", "januar", "gennaio", "janeiro",
    ],
    &[
        "february",
        "feb",
        "février",
        "febrero",
        "februar",
        "febbraio",
        "fevereiro",
    ],
    &["march", "mar", "mars", "marzo", "märz", "março"],
    &["april", "apr", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "maio"],
    &["june", "jun", "juin", "junio", "juni", "giugno", "junho"],
    &["july", "jul", "juillet", "julio", "juli", "luglio", "julho"],
    &["august", "aug", "août", "agosto"],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "settembre",
        "setembro",
    ],
    &[
        "october", "oct", "octobre", "octubre", "oktober", "ottobre", "outubro",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "décembre",
        "diciembre",
        "dezember",
        "dicembre",
        "dezembro",
    ],
];

/// The month a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    if !(3..=12).contains(&word.len()) {
        return None;
    }
    let word = word.to_lowercase();
    let index = MONTHS
        .iter()
        .position(|names| names.contains(&word.as_str()))?;
    i8::try_from(index + 1).ok()
}

#[derive(Debug, Clone)]
struct Token<'a> {
    text: &'a str,
    range: Range<usize>,
}

/// Words, numbers and single signs; blanks left out.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if first.is_alphabetic() && !matches!(first, '年' | '月' | '日') {
            rest.find(|c: char| !c.is_alphabetic())
        } else {
            Some(first.len_utf8())
        };
        let (token, after) = rest.split_at(length.unwrap_or(rest.len()));
        let start = text.len() - rest.len();
        if !first.is_whitespace() {
            tokens.push(Token {
                text: token,
                range: start..start + token.len(),
            });
        }
        rest = after;
    }
    tokens
}

/// The first day in a short text, and where it stands; text past 400 bytes is not looked at.
pub(super) fn find(text: &str) -> Option<(Range<usize>, Date)> {
    let head = beginning(text, 400);
    if !head.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(head);
    (0..tokens.len()).find_map(|at| {
        let tokens = tokens.get(at..)?;
        let (used, date) = iso(tokens)
            .or_else(|| month_first(tokens))
            .or_else(|| day_first(tokens))
            .or_else(|| dotted(tokens))
            .or_else(|| han(tokens))?;
        let (first, last) = (tokens.first()?, tokens.get(used - 1)?);
        Some((first.range.start..last.range.end, date))
    })
}

fn number(token: Option<&Token<'_>>, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let token = token?;
    digits
        .contains(&token.text.len())
        .then(|| token.text.parse().ok())?
}

fn date(year: i16, month: i8, day: i16) -> Option<Date> {
    (1000..=2999)
        .contains(&year)
        .then(|| Date::new(year, month, i8::try_from(day).ok()?).ok())?
}

fn is(token: Option<&Token<'_>>, words: &[&str]) -> bool {
    token.is_some_and(|token| {
        words
            .iter()
            .any(|word| token.text.eq_ignore_ascii_case(word))
    })
}

fn joined(tokens: &[Token<'_>], count: usize) -> bool {
    tokens
        .windows(2)
        .take(count - 1)
        .all(|pair| matches!(pair, [left, right] if left.range.end == right.range.start))
}

fn iso(tokens: &[Token<'_>]) -> Option<(usize, Date)> {
    let year = number(tokens.first(), 4..=4)?;
    let dashes = is(tokens.get(1), &["-"]) && is(tokens.get(3), &["-"]);
    let (month, day) = (number(tokens.get(2), 2..=2)?, number(tokens.get(4), 2..=2)?);
    (dashes && joined(tokens, 5)).then(|| Some((5, date(year, i8::try_from(month).ok()?, day)?)))?
}

fn dotted(tokens: &[Token<'_>]) -> Option<(usize, Date)> {
    let day = number(tokens.first(), 1..=2)?;
    let dots = is(tokens.get(1), &["."]) && is(tokens.get(3), &["."]);
    let (month, year) = (number(tokens.get(2), 1..=2)?, number(tokens.get(4), 4..=4)?);
    (dots && joined(tokens, 5)).then(|| Some((5, date(year, i8::try_from(month).ok()?, day)?)))?
}

fn han(tokens: &[Token<'_>]) -> Option<(usize, Date)> {
    let (year, month, day) = (
        number(tokens.first(), 4..=4)?,
        number(tokens.get(2), 1..=2)?,
        number(tokens.get(4), 1..=2)?,
    );
    let signs =
        is(tokens.get(1), &["年"]) && is(tokens.get(3), &["月"]) && is(tokens.get(5), &["日"]);
    signs.then(|| Some((6, date(year, i8::try_from(month).ok()?, day)?)))?
}

fn skip(tokens: &[Token<'_>], at: usize, words: &[&str]) -> usize {
    at + usize::from(is(tokens.get(at), words))
}

fn month_first(tokens: &[Token<'_>]) -> Option<(usize, Date)> {
    let month = month(tokens.first()?.text)?;
    let at = skip(tokens, 1, &["."]);
    let day = number(tokens.get(at), 1..=2)?;
    let at = skip(tokens, at + 1, &["st", "nd", "rd", "th"]);
    let at = skip(tokens, at, &[","]);
    let year = number(tokens.get(at), 4..=4)?;
    Some((at + 1, date(year, month, day)?))
}

fn day_first(tokens: &[Token<'_>]) -> Option<(usize, Date)> {
    let day = number(tokens.first(), 1..=2)?;
    let at = skip(tokens, 1, &["st", "nd", "rd", "th", "er", "."]);
    let at = skip(tokens, at, &["of", "de"]);
    let month = month(tokens.get(at)?.text)?;
    let at = skip(tokens, at + 1, &["."]);
    let at = skip(tokens, at, &[",", "de"]);
    let year = number(tokens.get(at), 4..=4)?;
    Some((at + 1, date(year, month, day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_many_dresses() {
        for text in [
            "written by A B | October 30, 2023",
            "Oct. 30, 2023",
            "Monday, 30th of October 2023",
            "30 octobre 2023",
            "30 de octubre de 2023",
            "30. Oktober 2023",
            "30.10.2023",
            "2023-10-30T08:00:00Z",
            "2023年10月30日",
        ] {
            let found = find(text).map(|(_, date)| date.to_string());
            assert_eq!(found.as_deref(), Some("2023-10-30"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_left_alone() {
        for text in [
            "October 2023",
            "3/4/2024",
            "June 31, 2024",
            "12023-10-301",
            "on June 24",
            "maybe 5, 2024",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
