//! Short forms defined in brackets: "International Institute for Maritime Studies (IIMS)".
//!
//! In: the readings of a sentence. Out: where a name is too short for the short form behind it, the longer one that it is made of; and which short form stands
//! behind a name. A short form that is not made of the letters of what stands before it defines nothing.

use super::acronym::is_made_of;
use super::gazetteer::Classes;
use super::linking::Read;
use super::merge::among;
use super::scan::{Found, Reading};
use super::words::{Shape, Word};

/// Longest short form, in bytes.
const LONGEST: u32 = 10;
/// Longest name that is compared, in bytes.
const LONGEST_NAME: u32 = 400;
/// Most words of a name that a short form is made of.
const MOST_WORDS: usize = 14;

/// The short form in brackets behind `words[..end]`: "(DPRK)", "(the “ROK”)".
pub(super) fn behind(words: &[Word], end: usize) -> Option<&Word> {
    words.get(end).filter(|mark| mark.is_mark(b'('))?;
    let mut at = end + 1;
    // An article and marks may stand before it.
    for _ in 0..2 {
        if words.get(at).is_some_and(|word| !word.capital()) {
            at += 1;
        }
    }
    let short = words.get(at)?;
    let closes = words.get(at + 1).is_some_and(|mark| !mark.capital());
    (short.shape == Shape::Upper && short.range.len() <= LONGEST && closes).then_some(short)
}

/// Makes names as long as the short forms behind them say they are.
pub(super) fn complete(text: &str, read: &mut [Read]) {
    for sentence in read {
        let mut kept: Vec<Found> = Vec::with_capacity(sentence.found.len());
        for at in 0..sentence.found.len() {
            let Some(found) = sentence.found.get(at).copied() else {
                break;
            };
            let next = sentence.found.get(at + 1);
            match longer(text, &sentence.words, &kept, found, next) {
                Some(start) => {
                    while kept.pop_if(|last| last.start >= start).is_some() {}
                    let reading = Reading::Body { of: None };
                    kept.push(Found {
                        start,
                        reading,
                        ..found
                    });
                }
                None => kept.push(found),
            }
        }
        sentence.found = kept;
    }
}

/// Where the name begins that the short form behind `found` is made of, if `found` is too short for it: at the nearest capital to the left that does.
fn longer(
    text: &str,
    words: &[Word],
    before: &[Found],
    found: Found,
    next: Option<&Found>,
) -> Option<usize> {
    let short = behind(words, found.end)?;
    let letters = short.range.of_text(text);
    // A person is named in full, and a short form on the lists is known.
    let known = next.is_some_and(|next| {
        matches!(next.reading, Reading::Listed { .. })
            && words
                .get(next.start)
                .is_some_and(|word| word.range == short.range)
    });
    if known || is_person(found.reading) || fits(text, words, found.start, found.end, letters) {
        return None;
    }
    let mut before = before.iter().rev().peekable();
    for start in (found.start.saturating_sub(MOST_WORDS)..found.start).rev() {
        let word = words.get(start)?;
        while before.next_if(|name| name.start > start).is_some() {}
        let name = before.peek().filter(|name| name.end > start);
        if name.is_some_and(|name| is_person(name.reading)) || !may_stand_in_a_name(word) {
            return None;
        }
        let whole = name.is_none_or(|name| name.start == start);
        if whole && word.capital() && fits(text, words, start, found.end, letters) {
            return Some(start);
        }
    }
    None
}

fn is_person(reading: Reading) -> bool {
    match reading {
        Reading::Person | Reading::Surname { .. } => true,
        Reading::Listed { .. } | Reading::Body { .. } | Reading::Place => false,
    }
}

fn may_stand_in_a_name(word: &Word) -> bool {
    let connector = among(&["of", "for", "and", "the"], word) && !word.capital();
    let joint = word.is_mark(b'-') || word.is_mark(b'&');
    connector || joint || word.capital() && !word.classes.any(Classes::FUNCTION)
}

/// Whether the short form is made of `words[start..end]`, from its first letter on.
fn fits(text: &str, words: &[Word], start: usize, end: usize, short: &str) -> bool {
    let name = words.get(start..end).unwrap_or_default();
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return false;
    };
    let range = first.range.union(last.range);
    range.len() <= LONGEST_NAME && is_made_of(short, range.of_text(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::entities::words::words_of;

    /// `text` marks what was read as a body with brackets of its own; what it is read as then.
    fn check(text: &str, expected: &str) {
        let (before, rest) = text.split_once('[').unwrap();
        let (name, after) = rest.split_once(']').unwrap();
        let all = format!("{before}{name}{after}");
        let words = words_of(&all, &|_| Classes::default());
        let (from, to) = (before.len(), before.len() + name.len());
        let at = |byte: usize| words.iter().position(|word| word.range.end as usize > byte);
        let found = vec![Found {
            start: at(from).unwrap(),
            end: at(to).unwrap_or(words.len()),
            reading: Reading::Body { of: None },
        }];
        let mut read = [Read { words, found }];
        complete(&all, &mut read);
        let found = read[0].found[0];
        let name = &read[0].words[found.start..found.end];
        let range = name[0].range.union(name[name.len() - 1].range);
        assert_eq!(range.of_text(&all), expected);
    }

    #[test]
    fn a_name_is_as_long_as_its_short_form_says() {
        check(
            "at the Centre for [Grain Studies] (CGS) today",
            "Centre for Grain Studies",
        );
        check(
            "with the Quay Owners and [Riggers Union] (“QORU”) today",
            "Quay Owners and Riggers Union",
        );
        // What fits stays, and where nothing fits there is no definition to follow.
        check("the Northern [Harbour Union] (HU) met", "Harbour Union");
        check(
            "a Conference of [Catholic Bishops] (CRS) met",
            "Catholic Bishops",
        );
    }
}
