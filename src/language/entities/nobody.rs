//! Capitals that name nobody: kinds, faiths and peoples, and the places inside the name of an event.
//!
//! In: the words of a sentence and a stretch of them. Out: whether it is to be left out. An event is of no type that is kept, and a place inside its name is no mention of the
//! place: "the Vietnam War", "the Battle of Verdun", "the 2014 Ontario general election". Written small ("the war in Iraq", "the Iraq war") it is.

use super::EntityType;
use super::gazetteer::Classes;
use super::merge::among;
use super::words::{Word, hash_of};
use crate::language::token::TokenKind;

/// Most words between a place and the head of the event it stands in.
const NEAR: usize = 4;

/// Whether the place `words[start..end]` stands in the name of an event.
pub(super) fn in_event(words: &[Word], start: usize, end: usize) -> bool {
    in_poll(words, start, end)
        || behind_poll(words, start)
        || before_event(words, end)
        || behind_event(words, start)
}

/// Whether `words[start..end]` stands between the year and the head of the name of an election: "the 2014 Ontario general election".
pub(super) fn in_poll(words: &[Word], start: usize, end: usize) -> bool {
    year_before(words, start)
        && words
            .iter()
            .skip(end)
            .take(NEAR)
            .take_while(|word| word.kind == TokenKind::Word)
            .any(|word| among(&POLLS, word))
}

/// "The 1976 United States Senate election in Vermont".
fn behind_poll(words: &[Word], start: usize) -> bool {
    let Some(poll) = start.checked_sub(2) else {
        return false;
    };
    let held = words
        .get(poll..start)
        .is_some_and(|pair| among(&POLLS, &pair[0]) && among(&["in"], &pair[1]));
    held && (1..=2 * NEAR)
        .map_while(|by| poll.checked_sub(by))
        .map_while(|at| words.get(at).map(|word| (at, word)))
        .take_while(|(_, word)| word.kind == TokenKind::Word)
        .any(|(at, word)| word.capital() && year_before(words, at))
}

fn year_before(words: &[Word], start: usize) -> bool {
    start
        .checked_sub(1)
        .and_then(|at| words.get(at))
        .is_some_and(|before| before.kind == TokenKind::Number && before.range.len() == 4)
}

/// "Vietnam War", "Toronto International Film Festival": capitalised words up to the head.
fn before_event(words: &[Word], end: usize) -> bool {
    words
        .iter()
        .skip(end)
        .take(NEAR)
        .take_while(|word| word.capital() && !word.joined)
        .any(|word| among(&EVENTS, word))
}

/// "Battle of Verdun", "Treaty of Lisbon".
fn behind_event(words: &[Word], start: usize) -> bool {
    let Some(head) = start.checked_sub(2) else {
        return false;
    };
    words.get(head..start).is_some_and(|pair| {
        pair[0].capital() && among(&FOUGHT, &pair[0]) && among(&["of"], &pair[1])
    })
}

/// Whether what a single word before a number names is a model: "a Boeing 747", "the Nokia 888".
pub(super) fn model(words: &[Word], start: usize, end: usize) -> bool {
    end == start + 1
        && words.get(end).is_some_and(|next| {
            next.kind == TokenKind::Number && !next.joined && next.range.len() == 3
        })
}

/// Whether these words are part of an identifier: "@Louis_Tomlinson", "Lisa_resume.doc".
pub(super) fn in_identifier(words: &[Word], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| words.get(at));
    let opens = words.get(start).is_some_and(|word| word.joined)
        && before.is_some_and(|mark| mark.is_mark(b'@') || mark.is_mark(b'_'));
    let goes_on = words
        .get(end)
        .is_some_and(|mark| mark.joined && mark.is_mark(b'_'));
    opens || goes_on
}

/// Whether a span names a kind and nobody: "NDCs", "the G7 Trade Ministers", "COVID-19", "Sunni Muslims", or what the border of a table parts.
pub(super) fn generic(text: &str, name: &[Word], kind: EntityType) -> bool {
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return true;
    };
    let mut letters = name.iter().filter(|word| word.kind == TokenKind::Word);
    if among(&THINGS, first) && letters.clone().count() == 1 {
        return true;
    }
    // "Christian" is a first name as well.
    let people = |word: &Word| {
        word.classes.any(Classes::PEOPLE)
            && (kind != EntityType::Person || !word.classes.any(Classes::GIVEN))
    };
    if letters.all(people) {
        return true;
    }
    // "States", "Member States".
    if last.hash == hash_of("states") && kind != EntityType::Org && name.len() <= 2 {
        return true;
    }
    let whole = first.range.union(last.range);
    if whole.of_text(text).contains(['│', '|']) {
        return true;
    }
    let acronyms = || {
        let letters = last.range.of_text(text);
        let stem = letters.strip_suffix('s').unwrap_or_default();
        stem.len() > 1 && stem.chars().all(char::is_uppercase)
    };
    match kind {
        EntityType::Person => name.len() > 1 && among(&SHOWN, last) && last.capital(),
        EntityType::Org => among(&OFFICES, last) || (name.len() == 1 && acronyms()),
        EntityType::Place => name.len() == 1 && acronyms(),
    }
}

/// What is held at the polls.
const POLLS: [&str; 4] = ["election", "elections", "referendum", "referendums"];

/// Last words of the name of an event.
const EVENTS: [&str; 18] = [
    "war",
    "wars",
    "crisis",
    "revolution",
    "uprising",
    "massacre",
    "genocide",
    "putsch",
    "offensive",
    "campaign",
    "expedition",
    "festival",
    "olympics",
    "games",
    "marathon",
    "championship",
    "championships",
    "olympic",
];

/// Words before "of" and a place that make the name of an event or a treaty.
const FOUGHT: [&str; 4] = ["battle", "siege", "armistice", "treaty"];

/// Diseases, currencies, things and abbreviations of short messages: capitals that name nobody.
const THINGS: [&str; 46] = [
    "covid", "sars", "ebola", "usd", "eur", "gbp", "ict", "hiv", "aids", "internet", "tv", "uav",
    "ceo", "cfo", "vip", "dvd", "cd", "pdf", "gps", "usb", "pc", "id", "faq", "diy", "rsvp",
    "asap", "fyi", "aka", "dj", "mc", "rt", "dm", "lol", "lmao", "lmfao", "rofl", "omg", "wtf",
    "stfu", "smh", "btw", "imo", "imho", "tbh", "idk", "ftw",
];

/// Last words of what is named after persons and is none.
const SHOWN: [&str; 12] = [
    "channel", "show", "tower", "festival", "award", "awards", "cup", "prize", "trophy", "stadium",
    "tour", "album",
];

/// Holders of an office together; they are no body.
const OFFICES: [&str; 6] = [
    "ministers",
    "governors",
    "leaders",
    "presidents",
    "secretaries",
    "ambassadors",
];
