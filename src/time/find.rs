//! From text to phrases: which stretches are temporal expressions, and what stands around them.
//!
//! In: text and sentences. Out: [`Phrase`]s in text order, never overlapping, not yet resolved. Long sentences are cut at white space so that memory stays
//! bounded whatever the input.

use super::clause::{self, Lead, Tense};
use super::fields::{Build, Fields};
use super::lexicon::{self as lex, ENGLISH};
use super::numeric::HUNDREDTHS;
use super::rules::{Match, RULES};
use super::token::{Gap, Token, tokenize};
use super::work;
use super::{guard, names};
use crate::text::{Layer, TextRange};

/// A temporal expression before it is resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub(super) range: TextRange,
    pub(super) build: Build,
    pub(super) rule: &'static str,
    pub(super) fields: Fields,
    /// The number of its sentence.
    pub(super) sentence: u32,
    /// The number of its paragraph.
    pub(super) paragraph: u32,
    pub(super) tense: Tense,
    pub(super) lead: Lead,
    /// Whether it opens its sentence, with at most a preposition before it.
    pub(super) opens: bool,
    /// Whether the story does not go on there: it stands in brackets, or says until or since when something lasted.
    pub(super) aside: bool,
    /// Whether it is a year that names what follows it: "the 2030 Agenda".
    pub(super) names: bool,
    pub(super) link: Link,
}

/// How a phrase hangs on the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Words stand between them.
    Apart,
    /// Only a join (`to`, `and`, a dash) stands between them.
    Joined,
    /// The same, and the one before names a month or one of its days: "from May 3 to June 5".
    GoesOn,
}

/// Pieces longer than this are cut at white space.
const LONGEST_PIECE: usize = 16 * 1024;

/// All phrases of the text.
pub(super) fn phrases(text: &str, sentences: &Layer<()>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut tokens = Vec::new();
    let whole = [(TextRange::of(0, text.len()), ())];
    let ranges = if sentences.is_empty() {
        whole.iter()
    } else {
        sentences.iter()
    };
    let mut done = 0;
    let mut ranges = ranges.peekable();
    let (mut number, mut paragraph, mut counted) = (0, 0, 0);
    while let Some((range, ())) = ranges.next() {
        let mut range = TextRange::new(range.start.max(done), range.end.max(done));
        // A dateline in capitals ("JAN. 18, 2024") is no two sentences.
        while let Some((next, ())) = ranges.next_if(|(next, ())| is_cut_date(text, range, *next)) {
            range = TextRange::new(range.start, next.end);
        }
        done = range.end;
        number += 1;
        let mut at = range.start as usize;
        while at < range.end as usize {
            let end = piece_end(text, at, range.end as usize);
            if let Some(piece) = text.get(at..end) {
                tokens.clear();
                tokenize(piece, &ENGLISH, &mut tokens);
                paragraph += paragraph_ends(text, counted, at);
                counted = at;
                let place = Place {
                    base: at as u32,
                    sentence: number,
                    paragraph,
                };
                find(&mut tokens, place, &mut phrases);
            }
            at = end.max(at + 1);
        }
    }
    phrases
}

/// Where a piece of text stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its first byte.
    base: u32,
    /// The numbers of its sentence and its paragraph.
    sentence: u32,
    paragraph: u32,
}

/// How many paragraphs end between two places: at a blank line, and before a line that starts a list item.
fn paragraph_ends(text: &str, from: usize, to: usize) -> u32 {
    let newlines = text.get(from..to).unwrap_or_default().match_indices('\n');
    let ends = newlines.filter(|(at, _)| {
        let next = text.get(from + at + 1..).unwrap_or_default();
        let next = next.trim_start_matches([' ', '\t', '\r']);
        next.starts_with(['\n', '-', '•', '*', '–'])
    });
    ends.count() as u32
}

/// Whether two ranges on one line are cut in the middle of a date: after a month cut short and before its day ("JAN. 18"), or after "p.m." and before a
/// bracket or a small letter.
fn is_cut_date(text: &str, range: TextRange, next: TextRange) -> bool {
    let between = text.get(range.end as usize..next.start as usize);
    if between.is_none_or(|between| between.contains('\n')) {
        return false;
    }
    let Some(before) = range.of_text(text).strip_suffix('.') else {
        return false;
    };
    let Some(first) = next.of_text(text).chars().next() else {
        return false;
    };
    if !first.is_ascii_digit() {
        let hour = before.len().checked_sub(3).and_then(|at| before.get(at..));
        return (first == '(' || first.is_lowercase())
            && hour.is_some_and(|hour| {
                hour.eq_ignore_ascii_case("p.m") || hour.eq_ignore_ascii_case("a.m")
            });
    }
    let bytes = before.bytes().rev();
    let n_letters = bytes.take(5).take_while(u8::is_ascii_alphabetic).count();
    let word = before.get(before.len() - n_letters..).unwrap_or_default();
    let month = ENGLISH.entry(ENGLISH.find(word)).classes;
    month & lex::MONTH != 0 && month & lex::ABBREVIATED != 0
}

fn piece_end(text: &str, at: usize, end: usize) -> usize {
    if end - at <= LONGEST_PIECE {
        return end;
    }
    let bytes = text.as_bytes();
    let reach = at + LONGEST_PIECE;
    let blank = (at + LONGEST_PIECE / 2..reach)
        .rev()
        .find(|at| bytes.get(*at).is_some_and(u8::is_ascii_whitespace));
    let mut cut = blank.map_or(reach, |blank| blank + 1);
    while cut < end && !text.is_char_boundary(cut) {
        cut += 1;
    }
    cut
}

/// Classes and marks of tokens that can be the heart of a phrase.
const HEART: lex::Classes = lex::MONTH
    | lex::WEEKDAY
    | lex::WEEKDAYS
    | lex::UNIT
    | lex::UNITS
    | lex::SHORT
    | lex::SEASON
    | lex::PART
    | lex::PARTS
    | lex::NAMED_HOUR
    | lex::TODAY
    | lex::TONIGHT
    | lex::DECADE
    | lex::AMPM
    | lex::QNAME
    | lex::HNAME
    | lex::FYNAME
    | lex::FREQUENCY
    | lex::TIMES
    | lex::PRESENT
    | lex::PAST
    | lex::HOLIDAY
    | lex::YEAR
    | lex::ERA
    | lex::HENCE
    | lex::AGO
    | lex::LABEL;
const HEART_MARKS: lex::Marks =
    lex::CLOCK | lex::CLOCK4 | lex::FULLDATE | lex::YEARMONTH | lex::DECADENUM | lex::FRACTION;

/// A list of days after one month is followed this far.
const MOST_IN_LIST: usize = 8;

/// No rule reaches further than this from its first token to its heart.
const REACH: usize = 7;

fn is_heart(token: &Token) -> bool {
    token.is(HEART) || token.has(HEART_MARKS) || token.has(lex::WORD) && names::is_heart_word(token)
}

fn find(tokens: &mut [Token], place: Place, phrases: &mut Vec<Phrase>) {
    if !tokens.iter().any(is_heart) {
        return;
    }
    names::settle(tokens);
    let tokens = &*tokens;
    let (mut at, mut heart) = (0, 0);
    let mut last_end = 0;
    while at < tokens.len() {
        work::step();
        if heart < at {
            heart = at;
        }
        while tokens.get(heart).is_some_and(|token| !is_heart(token)) {
            work::step();
            heart += 1;
        }
        if heart >= tokens.len() {
            break;
        }
        if heart > at + REACH {
            at = heart - REACH;
        }
        let found = RULES.longest(tokens, at, |found| guard::admits(tokens, found));
        let Some(found) = found else {
            at += 1;
            continue;
        };
        at = found.to.max(at + 1);
        if found.rule.build == Build::Nothing {
            continue;
        }
        push(tokens, &found, place, last_end, phrases);
        last_end = found.to;
        // "October 25, 26 and 27".
        let mut leader = found;
        for _ in 0..MOST_IN_LIST {
            let Some((phrase, end)) = tail(tokens, &leader, place.base, phrases.last()) else {
                break;
            };
            phrases.push(phrase);
            leader.to = end;
            last_end = end;
            at = end;
        }
    }
}

fn push(
    tokens: &[Token],
    found: &Match<'_>,
    place: Place,
    last_end: usize,
    phrases: &mut Vec<Phrase>,
) {
    let (Some(first), Some(last)) = (tokens.get(found.from), tokens.get(found.to - 1)) else {
        return;
    };
    let mut lead = clause::lead(tokens, found);
    let between = found.from.saturating_sub(last_end);
    let joined = last_end > 0
        && (1..=2).contains(&between)
        && tokens
            .get(last_end..found.from)
            .unwrap_or_default()
            .iter()
            .all(|token| {
                token.has(lex::JOIN | lex::DASH)
                    || names::text(token) == ","
                    || names::text(token) == "the"
            });
    let after_date = phrases
        .last()
        .is_some_and(|before| before.build == Build::Date && before.fields.month.is_some());
    let link = match (joined, after_date) {
        (false, _) => Link::Apart,
        (true, false) => Link::Joined,
        (true, true) => Link::GoesOn,
    };
    // "between 2015 and 2018": one begins and the other ends what is meant.
    if joined
        && clause::closes_between(tokens, last_end, found.from)
        && let Some(first) = phrases.last_mut()
        && first.build == found.rule.build
        && matches!(first.build, Build::Date | Build::Quarter)
    {
        first.lead = Lead::Since;
        lead = Lead::Until;
    }
    phrases.push(Phrase {
        link,
        range: TextRange::new(place.base + first.start, place.base + last.end),
        build: found.rule.build,
        rule: found.rule.name,
        fields: found.fields,
        sentence: place.sentence,
        paragraph: place.paragraph,
        names: clause::names_thing(tokens, found),
        tense: clause::tense(tokens, found, lead),
        lead,
        opens: found.from <= 2,
        aside: clause::bracketed(tokens, found.from)
            || found.from > 2 && clause::until(tokens, found.from),
    });
}

/// `… and 17`, `2023-24`: a second date that leans on the first.
fn tail(
    tokens: &[Token],
    found: &Match<'_>,
    base: u32,
    before: Option<&Phrase>,
) -> Option<(Phrase, usize)> {
    let before = *before?;
    let join = tokens
        .get(found.to)
        .filter(|token| token.gap != Gap::Break)?;
    let next = tokens
        .get(found.to + 1)
        .filter(|token| token.gap != Gap::Break)?;
    let last = tokens.get(found.to - 1)?;
    let mut fields = found.fields;
    let mut end = found.to + 2;
    if found.rule.build != Build::Date {
        return None;
    }
    if last.is(lex::YEAR) && next.is(lex::YEAR2) {
        let closed = tokens
            .get(end)
            .is_none_or(|token| names::text(token) == ")");
        let tight = join.gap == Gap::None && next.gap == Gap::None;
        let short = matches!(names::text(join), "-" | "/") && (tight || closed);
        let (year, second) = (last.value / HUNDREDTHS, next.value / HUNDREDTHS);
        if !short || second <= year % 100 {
            return None;
        }
        fields = Fields {
            year: Some(year - year % 100 + second),
            era: fields.era,
            ..Fields::default()
        };
    } else {
        let day_last = last.is(lex::DAY) && fields.month.is_some() && fields.year.is_none();
        if !day_last
            || !next.is(lex::DAY)
            || !(join.has(lex::JOIN | lex::DASH) || names::text(join) == ",")
        {
            return None;
        }
        let follower = tokens.get(end);
        let closed = follower.is_none_or(|token| {
            token.gap == Gap::Break
                || token.word != 0 && !token.is(lex::MONTH | lex::UNIT | lex::UNITS | lex::MEASURE)
                || token.is(lex::PASTV)
        });
        if !closed {
            return None;
        }
        fields.day = i8::try_from(next.value / HUNDREDTHS).ok();
        fields.weekday = None;
        let comma = follower.filter(|token| names::text(token) == ",");
        if let Some(year) = comma
            .and_then(|_| tokens.get(end + 1))
            .filter(|token| token.is(lex::YEAR))
        {
            fields.year = Some(year.value / HUNDREDTHS);
            end += 2;
        }
    }
    let last = tokens.get(end - 1)?;
    let phrase = Phrase {
        range: TextRange::new(base + next.start, base + last.end),
        rule: "second of two",
        fields,
        link: Link::GoesOn,
        ..before
    };
    Some((phrase, end))
}
