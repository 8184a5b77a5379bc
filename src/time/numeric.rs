//! What a run of digits can be: a day, a year, a clock time, a date in figures, an ordinal, a decade.
//!
//! In: bytes and the place of a digit. Out: one token that covers the figures with their marks (`2021-06-14`, `9:30`, `3rd`, `1990s`, `1,914`).
//! Values: a whole number in hundredths for `NUM`, the year for `YEAR` and decades, hours x 60 + minutes for clocks, year x 10000 + month x 100 + day
//! for dates. Figures with slashes are read month first, unless only day first is a date; where both are one, the token is marked `EITHER`.

use super::lexicon::{self as lex, Marks};
use super::token::Token;

/// More digits than this are no number that matters here; the run is still one token.
const MOST_DIGITS: usize = 9;

/// Hundredths: how counts are kept, so that 2.5 is a whole number.
pub(super) const HUNDREDTHS: i32 = 100;

/// The token that starts with the digit at `at`, and where it ends.
pub(super) fn number(bytes: &[u8], at: usize) -> (Token, usize) {
    let (first, end) = digits(bytes, at);
    let length = end - at;
    let Some(first) = first else {
        return (Token::default(), end);
    };
    let glued = at > 0
        && bytes
            .get(at - 1)
            .is_some_and(|byte| matches!(byte, b'.' | b',' | b'_'));
    if let Some(found) = date(bytes, first, length, end) {
        return found;
    }
    if let Some(found) = clock(bytes, first, length, end) {
        return found;
    }
    match (bytes.get(end), bytes.get(end + 1)) {
        // 2022/23 is two years.
        (Some(b'/'), Some(next)) if length == 4 && next.is_ascii_digit() => {}
        (Some(b',' | b'.' | b'/'), Some(next)) if next.is_ascii_digit() => {
            return amount(bytes, first, end);
        }
        _ => {}
    }
    if let Some(found) = suffixed(bytes, first, length, end) {
        return found;
    }
    let mut token = Token {
        classes: lex::NUM | lex::COUNT,
        value: first.saturating_mul(HUNDREDTHS),
        ..Token::default()
    };
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && !is_clock_suffix(bytes, end) {
        // "737s", "3D", "19th" are handled above; what is left is a code.
        return (
            Token {
                classes: 0,
                marks: lex::GLUED,
                ..token
            },
            end,
        );
    }
    match length {
        1 | 2 => {
            token.classes |= if (1..=31).contains(&first) {
                lex::DAY
            } else {
                0
            };
            token.marks |= if first <= 24 { lex::HOUR } else { 0 };
            token.classes |= if length == 2 { lex::YEAR2 } else { 0 };
        }
        3 => token.marks |= lex::YEAR3,
        4 if (1000..=2199).contains(&first) => token.classes |= lex::YEAR,
        _ => {}
    }
    if length == 4 && first % 100 < 60 && first <= 2400 {
        token.marks |= lex::CLOCK4;
    }
    if glued {
        token.marks |= lex::GLUED;
        token.classes = 0;
    }
    (token, end)
}

/// The value of the digits from `at` (none if there are too many), and where they end.
fn digits(bytes: &[u8], at: usize) -> (Option<i32>, usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let value = (length > 0 && length <= MOST_DIGITS).then(|| {
        rest.iter()
            .take(length)
            .fold(0, |value, byte| value * 10 + i32::from(byte - b'0'))
    });
    (value, at + length)
}

/// Exactly `length` digits at `at`.
fn fixed(bytes: &[u8], at: usize, least: usize, most: usize) -> Option<(i32, usize)> {
    let (value, end) = digits(bytes, at);
    let length = end - at;
    (least <= length && length <= most).then_some((value?, end))
}

fn ends_here(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(b'-' | b'/' | b'.' | b':') => !bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(byte) => !byte.is_ascii_digit() && !byte.is_ascii_alphabetic() || *byte == b'T',
    }
}

/// `2021-06-14`, `2021/06/14`, `2021-06`, `20210614`, `03/22/2022`, `16.01.2024`, `16-01-2024`.
fn date(bytes: &[u8], first: i32, length: usize, end: usize) -> Option<(Token, usize)> {
    let token = |value: i32, mark: Marks, end: usize| {
        Some((
            Token {
                marks: mark,
                value,
                ..Token::default()
            },
            end,
        ))
    };
    let separator = *bytes.get(end)?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let (second, second_end) = fixed(bytes, end + 1, 1, 2)?;
    if length == 4 && (1000..2200).contains(&first) {
        if bytes.get(second_end) == Some(&separator) {
            let (third, third_end) = fixed(bytes, second_end + 1, 1, 2)?;
            return (is_day(first, second, third) && ends_here(bytes, third_end))
                .then(|| token(packed(first, second, third), lex::FULLDATE, third_end))?;
        }
        // 2023-24 is two years; 2023-10 can only be a month when its second part is no later year.
        let month = separator == b'-'
            && second_end - end == 3
            && (1..=12).contains(&second)
            && second <= first % 100;
        return (month && ends_here(bytes, second_end))
            .then(|| token(first * 100 + second, lex::YEARMONTH, second_end))?;
    }
    if length > 2 || bytes.get(second_end) != Some(&separator) {
        return None;
    }
    let (year, year_end) = fixed(bytes, second_end + 1, 2, 4)?;
    let year = match year_end - second_end - 1 {
        4 => year,
        2 if separator != b'-' => long_year(year),
        _ => return None,
    };
    if !ends_here(bytes, year_end) {
        return None;
    }
    let (month, day) = if separator == b'.' || first > 12 {
        (second, first)
    } else {
        (first, second)
    };
    // With points the day stands first; with slashes and dashes it may.
    let either = separator != b'.' && month.max(day) <= 12 && month != day;
    let mark = lex::FULLDATE | if either { lex::EITHER } else { 0 };
    is_day(year, month, day).then(|| token(packed(year, month, day), mark, year_end))?
}

fn packed(year: i32, month: i32, day: i32) -> i32 {
    year * 10_000 + month * 100 + day
}

fn is_day(year: i32, month: i32, day: i32) -> bool {
    let part = |value: i32| i8::try_from(value).ok();
    let date =
        (|| jiff::civil::Date::new(i16::try_from(year).ok()?, part(month)?, part(day)?).ok())();
    date.is_some()
}

/// The century a year of two digits belongs to: up to 39 this one.
pub(super) const fn long_year(year: i32) -> i32 {
    if year < 40 { 2000 + year } else { 1900 + year }
}

/// `9:30`, `15:11:02`, `9.30` only before a.m. or p.m. (the matcher sees to that).
fn clock(bytes: &[u8], hour: i32, length: usize, end: usize) -> Option<(Token, usize)> {
    if length > 2 || hour > 24 || bytes.get(end) != Some(&b':') {
        return None;
    }
    let (minute, mut end) = fixed(bytes, end + 1, 2, 2)?;
    if minute > 59 {
        return None;
    }
    if bytes.get(end) == Some(&b':')
        && let Some((_, seconds)) = fixed(bytes, end + 1, 2, 2).filter(|(value, _)| *value < 60)
    {
        end = seconds;
    }
    let token = Token {
        marks: lex::CLOCK,
        value: hour * 60 + minute,
        ..Token::default()
    };
    Some((token, end))
}

/// `1,914`, `2.5`, `9/11`, `24/7`, `1.2.3`: an amount, or no number at all.
fn amount(bytes: &[u8], first: i32, first_end: usize) -> (Token, usize) {
    let mut end = first_end;
    let (mut value, mut parts, mut decimal, mut clear) = (Some(first), 0, None, true);
    while let (Some(separator @ (b',' | b'.' | b'/')), Some(next)) =
        (bytes.get(end), bytes.get(end + 1))
    {
        if !next.is_ascii_digit() {
            break;
        }
        let (part, part_end) = digits(bytes, end + 1);
        // A list of years without blanks ("2011,2012") stays a list.
        if *separator == b',' && part_end - end != 4 {
            if parts == 0 {
                return (
                    Token {
                        marks: lex::GLUED,
                        ..Token::default()
                    },
                    first_end,
                );
            }
            break;
        }
        match separator {
            b',' => {
                value = value
                    .zip(part)
                    .and_then(|(value, part)| value.checked_mul(1000)?.checked_add(part));
            }
            b'.' if decimal.is_none() && part_end - end <= 3 => {
                decimal = part.map(|part| if part_end - end == 2 { part * 10 } else { part });
            }
            _ => clear = false,
        }
        parts += 1;
        end = part_end;
    }
    let mut token = Token::default();
    if clear {
        token.classes = lex::NUM | lex::COUNT;
        token.marks = lex::DECIMAL;
        token.value = value
            .unwrap_or(0)
            .saturating_mul(HUNDREDTHS)
            .saturating_add(decimal.unwrap_or(0));
        if parts == 1
            && first <= 24
            && decimal.is_some_and(|minutes| minutes < 60)
            && end - first_end == 3
        {
            token.marks |= lex::HOUR;
        }
    } else {
        token.marks = lex::FRACTION;
        let (second, _) = digits(bytes, first_end + 1);
        token.value = second.map_or(0, |second| first.saturating_mul(100).saturating_add(second));
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && !is_clock_suffix(bytes, end) {
        token.classes = 0;
    }
    (token, end)
}

fn is_clock_suffix(bytes: &[u8], end: usize) -> bool {
    let letter = |at: usize| bytes.get(at).map(u8::to_ascii_lowercase);
    let word_ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    match (letter(end), letter(end + 1)) {
        (Some(b'a' | b'p'), Some(b'm')) => word_ends(end + 2),
        (Some(b'a' | b'p'), Some(b'.')) => letter(end + 2) == Some(b'm'),
        (Some(b'h'), Some(b'r')) => letter(end + 2) == Some(b's') && word_ends(end + 3),
        (Some(b'b'), Some(b'c')) => true,
        _ => false,
    }
}

/// ` BC`, ` B.C.`.
fn is_before_era(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let upper = |at: usize| rest.get(at).map(u8::to_ascii_uppercase);
    let blank = rest.first().is_some_and(u8::is_ascii_whitespace);
    let second = if upper(2) == Some(b'.') {
        upper(3)
    } else {
        upper(2)
    };
    blank && upper(1) == Some(b'B') && second == Some(b'C')
}

/// `3rd`, `20th`, `1990s`, `80s`.
fn suffixed(bytes: &[u8], first: i32, length: usize, end: usize) -> Option<(Token, usize)> {
    let letter = |at: usize| bytes.get(at).map(u8::to_ascii_lowercase);
    let word_ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let ordinal = matches!(
        (letter(end)?, letter(end + 1)),
        (b's', Some(b't')) | (b'n' | b'r', Some(b'd')) | (b't', Some(b'h'))
    );
    let mut token = Token::default();
    if ordinal && word_ends(end + 2) && length <= 2 {
        token.classes = lex::ORD
            | if (1..=31).contains(&first) {
                lex::DAY
            } else {
                0
            };
        token.value = first.saturating_mul(HUNDREDTHS);
        return Some((token, end + 2));
    }
    let s_at = match bytes.get(end..) {
        Some([b'\'', ..]) => end + 1,
        Some(rest) if rest.starts_with("\u{2019}".as_bytes()) => end + 3,
        _ => end,
    };
    let plural = letter(s_at) == Some(b's') && word_ends(s_at + 1) && first % 10 == 0;
    // "the 480s BC"; without the era 480s is no decade.
    let ancient = length == 3 && is_before_era(bytes, s_at + 1);
    if plural
        && (ancient
            || length == 4 && (1000..=2100).contains(&first)
            || length == 2 && (20..=90).contains(&first) && s_at == end)
    {
        token.marks = lex::DECADENUM;
        token.value = if length == 2 { 1900 + first } else { first };
        return Some((token, s_at + 1));
    }
    None
}

/// After an apostrophe: `'71`, `'90s`.
pub(super) fn short_year(bytes: &[u8], at: usize) -> Option<(Token, usize)> {
    let (year, end) = fixed(bytes, at, 2, 2)?;
    let next = bytes.get(end).map(u8::to_ascii_lowercase);
    let mut token = Token {
        value: long_year(year),
        ..Token::default()
    };
    let s_at = match next {
        Some(b'\'') => end + 1,
        _ => end,
    };
    if bytes.get(s_at).map(u8::to_ascii_lowercase) == Some(b's')
        && !bytes.get(s_at + 1).is_some_and(u8::is_ascii_alphanumeric)
        && year % 10 == 0
    {
        token.marks = lex::DECADENUM;
        return Some((token, s_at + 1));
    }
    if next.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    token.classes = lex::YEAR;
    token.value *= HUNDREDTHS;
    Some((token, end))
}
