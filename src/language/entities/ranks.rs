//! Ranks before a name: "General Kurilla" is a person, "General Motors" is none.
//!
//! In: the words of a sentence and a span of them taken for a body. Out: whether somebody of a rank is meant. A rank tells of one or two words, and never where
//! a list knows the name or its last word is what companies, offices and staffs end in.

use super::gazetteer::{Classes, Gazetteer};
use super::merge::among;
use super::words::{Shape, Word};

/// Most words of a name that a rank before the span tells of.
const MOST_WORDS: usize = 2;

/// Whether `words[start..end]` is a person of a rank, which is its first word or stands right before it.
pub(super) fn bears_one(words: &[Word], start: usize, end: usize, lists: &Gazetteer) -> bool {
    let ranked = |at: usize| words.get(at).is_some_and(|word| is_rank(words, at, word));
    let name = start + (start..end).take_while(|at| ranked(*at)).count();
    let (n_ranks, n_words) = (name - start, end - name);
    let before = start.checked_sub(1).is_some_and(ranked);
    // Of a span of one rank and several words the whole was seen: it is what it was taken for. "Major General" begins no company.
    let short = match n_ranks {
        0 => before && n_words <= MOST_WORDS,
        1 => n_words == 1,
        _ => n_words <= MOST_WORDS,
    };
    let named = words.get(name..end).unwrap_or_default();
    let listed = (start..end).any(|at| lists.longest(words, at).is_some());
    short && !listed && !named.is_empty() && named.iter().all(may_be_a_name)
}

/// Where the body begins that `words[start..end]`, taken for a person, is the end of: "General Staff", "General Mills".
pub(super) fn begins_body(words: &[Word], start: usize, end: usize) -> Option<usize> {
    let general = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.capital() && among(&["general"], word))
    };
    let last = end.checked_sub(1)?;
    let rank = if general(start) {
        start
    } else {
        start.checked_sub(1).filter(|before| general(*before))?
    };
    let company = words
        .get(last)
        .is_some_and(|word| word.capital() && among(&COMPANIES, word));
    (company && last == rank + 1).then_some(rank)
}

fn is_rank(words: &[Word], at: usize, word: &Word) -> bool {
    if !word.capital() {
        return false;
    }
    // "Major suppliers" and "Major Harkness" both begin a sentence; "Major General" is told by its second word.
    let general = || {
        words
            .get(at + 1)
            .is_some_and(|next| next.capital() && among(&["general"], next))
    };
    let major = among(&["major"], word) && (at > 0 || general());
    let consul = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|before| among(&["consul", "consulate", "estates", "states"], before));
    major || among(&RANKS, word) && !consul
}

fn may_be_a_name(word: &Word) -> bool {
    word.capital()
        && word.shape == Shape::Capital
        && !word.initial()
        && !word.classes.any(OF_NO_NAME)
        && !among(&COMPANIES, word)
}

const OF_NO_NAME: Classes = Classes::COMMON
    .or(Classes::FUNCTION)
    .or(Classes::HEAD)
    .or(Classes::OFFICE)
    .or(Classes::FORCE)
    .or(Classes::PLACE_HEAD)
    .or(Classes::VERB)
    .or(Classes::TITLE)
    .or(Classes::RANK)
    .or(Classes::PEOPLE);

/// Ranks of soldiers and offices of one person, as they stand before a name.
const RANKS: [&str; 30] = [
    "general",
    "gen",
    "colonel",
    "col",
    "lieutenant",
    "lt",
    "sergeant",
    "sgt",
    "maj",
    "captain",
    "capt",
    "admiral",
    "adm",
    "commander",
    "cmdr",
    "commodore",
    "brigadier",
    "brig",
    "marshal",
    "senator",
    "sen",
    "congressman",
    "congresswoman",
    "ambassador",
    "amb",
    "professor",
    "prof",
    "governor",
    "gov",
    "corporal",
];

/// Words that follow a rank in the name of a company or an office: "General Mills", "General Staff", "Admiral Insurance".
const COMPANIES: [&str; 61] = [
    "aerospace",
    "airlines",
    "assurance",
    "atomics",
    "aviation",
    "brands",
    "capital",
    "catalyst",
    "chapter",
    "chemical",
    "chemicals",
    "cigar",
    "cinema",
    "clinic",
    "communications",
    "conference",
    "confederation",
    "consulate",
    "counsel",
    "crimes",
    "defence",
    "defense",
    "directorate",
    "dynamics",
    "election",
    "elections",
    "electric",
    "electrics",
    "energy",
    "engineering",
    "estates",
    "films",
    "food",
    "foods",
    "fund",
    "hospital",
    "hotel",
    "hotels",
    "industries",
    "instrument",
    "instruments",
    "insurance",
    "intelligence",
    "investments",
    "logistics",
    "markets",
    "mill",
    "mills",
    "mining",
    "motor",
    "motors",
    "oil",
    "plan",
    "radio",
    "secretariat",
    "staff",
    "store",
    "strike",
    "synod",
    "systems",
    "theatre",
];
