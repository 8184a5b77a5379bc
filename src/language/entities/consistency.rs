//! One name, one type, all through a document.
//!
//! In: the readings of all sentences. Out: the same, where a string the tagger took for different things is what it was taken for most, and capitalised repeats it
//! passed over are found. A word that has its capital only from the beginning of a sentence, and stands small elsewhere, names nobody. Names on the lists are left alone. A string counts by the hash of its words, so the time taken is linear.

use std::collections::{HashMap, HashSet};

use super::EntityType;
use super::gazetteer::{Classes, extend};
use super::linking::Read;
use super::scan::{Found, Reading};
use super::words::{Shape, Word};
use crate::language::token::TokenKind;

/// Longest name that is looked for again, in words.
const LONGEST: usize = 6;
/// Distinct strings kept; what comes later in a document with more is left as it was read.
const MOST: usize = 200_000;

/// How often a string was taken for each type.
type Votes = [u32; 3];

/// Makes the readings of a document agree.
pub(super) fn agree(read: &mut [Read]) {
    leave_out_beginnings(read);
    let mut votes: HashMap<u64, Votes> = HashMap::new();
    // Hash of the first word to the length of the longest name that begins with it.
    let mut firsts: HashMap<u64, usize> = HashMap::new();
    for sentence in read.iter() {
        for found in &sentence.found {
            let name = sentence
                .words
                .get(found.start..found.end)
                .unwrap_or_default();
            let (Some(kind), Some(first), true) =
                (kind(found), name.first(), name.len() <= LONGEST)
            else {
                continue;
            };
            if votes.len() < MOST
                && let Some(count) = votes.entry(chain(name)).or_default().get_mut(kind as usize)
            {
                *count += 1;
                let longest = firsts.entry(first.hash).or_default();
                *longest = (*longest).max(name.len());
            }
        }
    }
    for sentence in read {
        retype(sentence, &votes);
        repeat(sentence, &votes, &firsts);
    }
}

/// Takes out bodies and places of one word that begin a sentence, where the document writes the word small and never with a capital inside a sentence: "Trilateral talks … a
/// trilateral summit". Persons stay: "Bill" may be called by no other name in a text about bills.
fn leave_out_beginnings(read: &mut [Read]) {
    let mut small: HashSet<u64> = HashSet::new();
    let mut inside: HashSet<u64> = HashSet::new();
    for sentence in read.iter() {
        for (at, word) in sentence.words.iter().enumerate() {
            if word.kind != TokenKind::Word {
                continue;
            }
            let seen = match (word.capital(), at) {
                (false, _) => &mut small,
                (true, 0) => continue,
                (true, _) => &mut inside,
            };
            if seen.len() < MOST {
                seen.insert(word.hash);
            }
        }
    }
    for sentence in read {
        let Some(first) = sentence
            .words
            .first()
            .filter(|word| word.shape != Shape::Upper)
        else {
            continue;
        };
        if small.contains(&first.hash) && !inside.contains(&first.hash) {
            sentence.found.retain(|found| {
                let begins = found.start == 0 && found.end == 1;
                !begins || matches!(kind(found), None | Some(EntityType::Person))
            });
        }
    }
}

fn chain(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| extend(hash, word.hash))
}

/// The type of a reading that is open to a vote.
pub(super) fn kind(found: &Found) -> Option<EntityType> {
    match found.reading {
        Reading::Listed { .. }
        | Reading::Surname {
            listed: Some(_), ..
        } => None,
        Reading::Person | Reading::Surname { listed: None, .. } => Some(EntityType::Person),
        Reading::Body { .. } => Some(EntityType::Org),
        Reading::Place => Some(EntityType::Place),
    }
}

/// The type most votes are for, if more than half are.
fn majority(votes: &Votes) -> Option<EntityType> {
    let all: u32 = votes.iter().sum();
    [EntityType::Person, EntityType::Org, EntityType::Place]
        .into_iter()
        .zip(votes)
        .find(|(_, count)| **count * 2 > all)
        .map(|(kind, _)| kind)
}

/// The reading of a name of so many words.
pub(super) fn reading(kind: EntityType, n_words: usize) -> Reading {
    match kind {
        EntityType::Person if n_words == 1 => Reading::Surname {
            listed: None,
            titled: true,
        },
        EntityType::Person => Reading::Person,
        EntityType::Org => Reading::Body { of: None },
        EntityType::Place => Reading::Place,
    }
}

fn retype(sentence: &mut Read, votes: &HashMap<u64, Votes>) {
    for found in &mut sentence.found {
        let name = sentence
            .words
            .get(found.start..found.end)
            .unwrap_or_default();
        let Some(own) = kind(found) else { continue };
        let most = votes.get(&chain(name)).and_then(majority);
        if let Some(most) = most.filter(|most| *most != own) {
            found.reading = reading(most, found.end - found.start);
        }
    }
}

/// Adds names that were found elsewhere and passed over here.
fn repeat(sentence: &mut Read, votes: &HashMap<u64, Votes>, firsts: &HashMap<u64, usize>) {
    let words = sentence.words.as_slice();
    let mut added = Vec::new();
    let mut taken = sentence.found.iter().peekable();
    let mut at = 0;
    while at < words.len() {
        while taken.next_if(|found| found.end <= at).is_some() {}
        let limit = match taken.peek() {
            Some(found) if found.start <= at => {
                at = found.end;
                continue;
            }
            Some(found) => found.start,
            None => words.len(),
        };
        let found = repeated(words, at, limit, votes, firsts);
        at = found.as_ref().map_or(at + 1, |found| found.end);
        added.extend(found);
    }
    if !added.is_empty() {
        sentence.found.extend(added);
        sentence.found.sort_by_key(|found| found.start);
    }
}

fn repeated(
    words: &[Word],
    at: usize,
    limit: usize,
    votes: &HashMap<u64, Votes>,
    firsts: &HashMap<u64, usize>,
) -> Option<Found> {
    let first = words.get(at).filter(|word| word.capital())?;
    let longest = firsts.get(&first.hash)?;
    let capital = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .is_some_and(|word| word.capital() && !word.classes.any(Classes::FUNCTION))
    };
    for end in (at + 1..=limit.min(at + longest)).rev() {
        let name = words.get(at..end)?;
        let Some(kind) = votes.get(&chain(name)).and_then(majority) else {
            continue;
        };
        // Part of a longer run of capitals is another name; a single common word may just begin the sentence.
        let inside = capital(at.checked_sub(1)) || capital(Some(end));
        let common = end - at == 1
            && first.classes.any(
                Classes::COMMON
                    .or(Classes::FUNCTION)
                    .or(Classes::TITLE)
                    .or(Classes::HEAD),
            );
        let doubtful = at == 0 && end - at == 1 && first.shape != Shape::Upper;
        if !inside && !common && !doubtful {
            return Some(Found {
                start: at,
                end,
                reading: reading(kind, end - at),
            });
        }
    }
    None
}
