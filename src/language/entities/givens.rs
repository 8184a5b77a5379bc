//! First names alone: "Steve, go ahead" where one Steve is named in full in the document.
//!
//! In: the persons a document names in full and the surnames it uses. Out: the one person a first name can mean. Where two bear it, or somebody has it as surname,
//! it means nobody; another document's persons never count.

use std::collections::{HashMap, HashSet};

use super::gazetteer::{Classes, extend};
use super::naming;
use super::scan::Reading;
use super::words::{Shape, Word};
use crate::language::token::TokenKind;

/// Who bears a first name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bearer {
    One(usize),
    Several,
}

/// The first names of a document.
#[derive(Debug, Default)]
pub(super) struct Givens {
    bearers: HashMap<u64, Bearer>,
    /// Names used behind a title, as surnames are.
    surnames: HashSet<u64>,
}

impl Givens {
    /// Keeps the first name of a person named in full.
    pub(super) fn bear(&mut self, name: &[Word], person: usize) {
        let (start, end) = naming::family(name);
        let given = if start > 0 {
            name.get(..first(name))
        } else {
            name.get(end..)
        };
        let Some(given) = given.filter(|given| is_name(given)) else {
            return;
        };
        self.bearers
            .entry(chain(given))
            .and_modify(|bearer| {
                if *bearer != Bearer::One(person) {
                    *bearer = Bearer::Several;
                }
            })
            .or_insert(Bearer::One(person));
    }

    /// Keeps a name of one part that stands at `words[start..end]` behind a title.
    pub(super) fn entitle(&mut self, words: &[Word], start: usize, end: usize) {
        if let Some(name) = words.get(start..end).filter(|_| titled(words, start)) {
            self.surnames.insert(chain(name));
        }
    }

    /// Whom `words[start..end]` means, if it is the first name of one person alone.
    pub(super) fn one(&self, words: &[Word], start: usize, end: usize) -> Option<usize> {
        let name = words.get(start..end)?;
        let hash = chain(name);
        match self.bearers.get(&hash)? {
            Bearer::One(person) if !self.surnames.contains(&hash) && !titled(words, start) => {
                Some(*person)
            }
            Bearer::One(_) | Bearer::Several => None,
        }
    }

    /// The same for a name that was read as something else than a person: only what is a first name by its looks is believed to be one.
    pub(super) fn instead(
        &self,
        words: &[Word],
        start: usize,
        end: usize,
        reading: Reading,
    ) -> Option<usize> {
        let name = words.get(start).filter(|_| end - start == 1)?;
        let letters = name.shape == Shape::Upper && name.range.len() == 2;
        let fine = match reading {
            Reading::Body { .. } => letters || name.classes.any(Classes::GIVEN),
            Reading::Place => name.classes.any(Classes::GIVEN),
            Reading::Listed { .. } | Reading::Person | Reading::Surname { .. } => false,
        };
        self.one(words, start, end)
            .filter(|_| fine && !name.classes.any(Classes::HEAD))
    }

    /// The same for a word that was read as nothing; at the beginning of a sentence a mark must follow it ("Steve, go ahead"), for any word has a capital there.
    pub(super) fn unread(&self, words: &[Word], start: usize, end: usize) -> Option<usize> {
        let ends = words
            .get(end)
            .is_none_or(|next| matches!(next.kind, TokenKind::Mark | TokenKind::Clitic));
        let alone = start > 0 || ends;
        self.one(words, start, end).filter(|_| {
            alone
                && words.get(start).is_some_and(|word| {
                    !word
                        .classes
                        .any(Classes::COMMON.or(Classes::FUNCTION).or(Classes::HEAD))
                })
        })
    }
}

/// Where the first part of a name ends; hyphened words are one.
fn first(name: &[Word]) -> usize {
    let mut end = 1;
    while name
        .get(end)
        .is_some_and(|mark| mark.joined && mark.is_mark(b'-'))
    {
        end += 2;
    }
    end
}

/// Whether it can stand alone: no initial ("J."), but two capitals can ("MJ").
fn is_name(given: &[Word]) -> bool {
    given
        .first()
        .is_some_and(|word| word.capital() && (!word.initial() || word.shape == Shape::Upper))
}

/// Whether a title stands before it: "Senator Barak" is no first name.
fn titled(words: &[Word], start: usize) -> bool {
    let before = |by: usize| start.checked_sub(by).and_then(|at| words.get(at));
    let stopped = before(1).is_some_and(|mark| mark.is_mark(b'.') && mark.joined);
    before(if stopped { 2 } else { 1 }).is_some_and(|word| {
        word.capital() && word.classes.any(Classes::TITLE.or(Classes::RANK))
            || super::merge::honorific(word)
    })
}

fn chain(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| extend(hash, word.hash))
}
