//! Names of persons: where one ends, what its parts are, and the key two spellings of it share.
//!
//! The key is a function of the name alone, so documents can be analysed apart: parts folded (case, diacritics, hyphens, "y" for "i", doubled letters)
//! and sorted, initials and "Jr." dropped. Vowels are left alone otherwise, so that different people stay apart.

use super::gazetteer::Classes;
use super::words::{Shape, Word, folded};

/// What was found before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing that announces a person.
    Nothing,
    /// A title further left ("Minister for Strategy Cho"), or a role in lower case.
    Near,
    /// A title right before the name.
    Title,
}

/// Most parts a name may have.
const MOST_PARTS: usize = 6;

const NOT_IN_NAMES: Classes = Classes::COMMON
    .or(Classes::FUNCTION)
    .or(Classes::HEAD)
    .or(Classes::PLACE_HEAD)
    .or(Classes::VERB)
    .or(Classes::TITLE)
    .or(Classes::RANK);

/// The stretch of words from `at` that may be a person's name: its end, and how many parts it has.
pub(super) fn stretch(words: &[Word], at: usize) -> (usize, usize) {
    let mut end = at;
    let mut parts = 0;
    while let Some(word) = words.get(end) {
        if parts == MOST_PARTS {
            break;
        }
        let hyphened = |end: usize| {
            words
                .get(end)
                .is_some_and(|mark| mark.is_mark(b'-') && mark.joined)
                && words
                    .get(end + 1)
                    .is_some_and(|next| next.joined && next.range.len() > 1)
        };
        if end > at && word.joined {
            break;
        }
        let opens = words.get(end + 1).is_some_and(Word::capital)
            || words
                .get(end + 1)
                .is_some_and(|next| next.classes.any(Classes::PARTICLE))
            || hyphened(end + 1);
        if word.classes.any(Classes::PARTICLE) && opens && (end > at || hyphened(end + 1)) {
            end += 1;
            if hyphened(end) {
                end += 2;
                parts += 1;
            }
            continue;
        }
        // "Julie Bishop": a title is a surname behind a first name, where nothing capitalised follows.
        let surname = end == at + 1
            && word.classes.any(Classes::TITLE)
            && words
                .get(at)
                .is_some_and(|word| word.classes.any(Classes::GIVEN))
            && !words.get(end + 1).is_some_and(Word::capital);
        let first = surname || (end == at && word.classes.any(Classes::GIVEN));
        if !word.capital() || (word.classes.any(NOT_IN_NAMES) && !first) {
            break;
        }
        if word.classes.any(Classes::SUFFIX) && end == at {
            break;
        }
        end += 1;
        parts += 1;
        for _ in 0..3 {
            if hyphened(end)
                && words
                    .get(end + 1)
                    .is_some_and(|next| !next.classes.any(NOT_IN_NAMES))
            {
                end += 2;
            }
        }
        let comma = usize::from(words.get(end).is_some_and(|mark| mark.is_mark(b',')));
        if words
            .get(end + comma)
            .is_some_and(|word| word.classes.any(Classes::SUFFIX) && word.capital())
        {
            return (end + comma + 1, parts);
        }
    }
    // A particle belongs to what follows it; none may end a name.
    while end > at
        && words
            .get(end - 1)
            .is_some_and(|word| word.classes.any(Classes::PARTICLE) && !word.capital())
    {
        end -= 1;
    }
    (end, parts)
}

/// One part of a name.
#[derive(Debug, Clone)]
pub(super) struct Part {
    letters: String,
    classes: Classes,
}

/// The parts of the name `words`: hyphened words are one part; initials, "Jr." and particles but "al" are dropped.
pub(super) fn parts(text: &str, words: &[Word]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut hyphen = false;
    for word in words {
        if word.is_mark(b'-') {
            hyphen = true;
            continue;
        }
        // "MJ" and "JD" are names, and the only first ones their bearers have.
        let dropped = word.initial() && word.shape != Shape::Upper
            || word.classes.any(Classes::SUFFIX)
            || (word.classes.any(Classes::PARTICLE) && word.range.len() <= 3);
        let letters = || folded(word.range.of_text(text)).filter(|letter| letter.is_alphanumeric());
        match parts.last_mut() {
            Some(last) if hyphen && !dropped && word.joined => last.letters.extend(letters()),
            _ if dropped || !(word.capital() || word.classes.any(Classes::PARTICLE)) => {}
            _ => parts.push(Part {
                letters: letters().collect(),
                classes: word.classes,
            }),
        }
        hyphen = false;
    }
    join_syllables(&mut parts);
    parts
}

/// "Kim Jong Un" is written "Kim Jong-un" too: the two given syllables after an East Asian family name become one part.
fn join_syllables(parts: &mut Vec<Part>) {
    let [family, one, two] = parts.as_slice() else {
        return;
    };
    let syllable = |part: &Part| part.letters.len() <= 5;
    let given =
        |part: &Part| part.classes.any(Classes::GIVEN) && !part.classes.any(Classes::SURNAME);
    if family.classes.any(Classes::SURNAME) && syllable(one) && syllable(two) && !given(family) {
        let joined = format!("{}{}", one.letters, two.letters);
        let classes = one.classes;
        parts.truncate(1);
        parts.push(Part {
            letters: joined,
            classes,
        });
    }
}

/// The key two spellings of a name share, and the slug of a person who is on no list: sorted, folded parts.
pub(super) fn key(parts: &[Part]) -> String {
    let asian = parts.iter().any(|part| part.classes.any(Classes::SURNAME));
    let mut folded: Vec<String> = parts
        .iter()
        .map(|part| fold(&part.letters, asian))
        .collect();
    folded.sort_unstable();
    folded.dedup();
    folded.join("-")
}

/// Transliteration variants made one: "Sergey" and "Sergei", "Zelenskyy" and "Zelensky", "Jung Un" and "Jong Un" (East Asian names only).
fn fold(letters: &str, asian: bool) -> String {
    let mut folded = String::with_capacity(letters.len());
    for letter in letters.chars() {
        let letter = if letter == 'y' { 'i' } else { letter };
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    if asian {
        folded.replace("jung", "jong").replace("iung", "iong")
    } else {
        folded
    }
}

/// Where in `words` (one whole name) the family name starts and ends.
pub(super) fn family(words: &[Word]) -> (usize, usize) {
    let is = |at: usize, class: Classes| words.get(at).is_some_and(|word| word.classes.any(class));
    let mut end = words.len();
    while end > 1
        && words
            .get(end - 1)
            .is_some_and(|word| word.is_mark(b',') || word.classes.any(Classes::SUFFIX))
    {
        end -= 1;
    }
    let mut start = end.saturating_sub(1);
    while start >= 2 && words.get(start - 1).is_some_and(|mark| mark.is_mark(b'-')) {
        start -= 2;
    }
    let eastern =
        is(0, Classes::SURNAME) && !(is(0, Classes::GIVEN) && is(start, Classes::SURNAME));
    let swapped = !is(0, Classes::GIVEN) && is(start, Classes::GIVEN);
    let initials = words.get(1).is_some_and(Word::initial);
    if (eastern && !initials && !(is(start, Classes::SURNAME) && words.len() == 2))
        || (swapped && words.len() == 2)
        || (eastern && words.len() == 2 && !is(0, Classes::GIVEN))
    {
        (0, 1)
    } else {
        (start, end)
    }
}
