//! What stands around a phrase in its clause: the word before it, the verbs, "until", a bracket.
//!
//! Looks at most a few dozen tokens to either side, so the time taken is linear in the text.

use super::lexicon as lex;
use super::names;
use super::rules::Match;
use super::token::{Gap, Token};
use super::work;

/// What the verbs of the clause say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
    Unknown,
}

/// The word right before the phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Until, till.
    Until,
    /// By, through, due.
    By,
    Since,
    /// Starting, beginning on.
    Starting,
    Before,
    After,
    About,
    MoreThan,
    LessThan,
    Other,
}

/// Whether "until" or "since" stands a few words before, in the same clause.
pub(super) fn until(tokens: &[Token], from: usize) -> bool {
    let near = tokens.get(from.saturating_sub(8)..from).unwrap_or_default();
    let mut words = near.iter().rev().map(names::text);
    let stop = words.find(|text| matches!(*text, "until" | "till" | "since" | "," | ";" | ":"));
    matches!(stop, Some("until" | "till" | "since"))
}

/// Whether only "and" stands between a phrase that ends at `end` and one that starts at `from`, and "between" before the first.
pub(super) fn closes_between(tokens: &[Token], end: usize, from: usize) -> bool {
    let joined = tokens
        .get(end)
        .is_some_and(|join| names::text(join) == "and");
    let near = tokens.get(end.saturating_sub(7)..end).unwrap_or_default();
    let word = near.iter().rev().map(names::text);
    let mut words = word.skip_while(|text| !matches!(*text, "between" | "and" | "," | ";"));
    joined && end < from && words.next() == Some("between")
}

/// Whether a bracket opens a few words before.
pub(super) fn bracketed(tokens: &[Token], from: usize) -> bool {
    let near = tokens.get(from.saturating_sub(6)..from).unwrap_or_default();
    let mark = near
        .iter()
        .rev()
        .map(names::text)
        .find(|text| matches!(*text, "(" | ")"));
    mark == Some("(")
}

/// Whether it is a year alone that describes the noun after it: "the 2030 Agenda", "our 2050 goals".
pub(super) fn names_thing(tokens: &[Token], found: &Match<'_>) -> bool {
    let year = found.fields.year.is_some() && found.fields.month.is_none();
    let next = tokens.get(found.to).filter(|token| token.gap == Gap::Space);
    let before = found.from.checked_sub(1).and_then(|at| tokens.get(at));
    let first = tokens.get(found.from);
    let free = before.is_none_or(|token| token.has(lex::PREP | lex::STRONG))
        && first.is_none_or(|token| names::text(token) != "the");
    let noun = next.is_some_and(|token| {
        token.word == 0 && token.has(lex::LOWER | lex::CAPITAL) && !token.is(lex::PASTV)
            || matches!(names::text(token), "election" | "elections" | "campaign")
    });
    // "In 2015 Greece voted": after a preposition the year stands for itself.
    year && noun && !free
}

/// Whether the phrase after "by" or "by the" belongs to who acts: "by this summer's summit", "by the 2015 agreement".
fn describes_agent(tokens: &[Token], found: &Match<'_>) -> bool {
    let next = tokens.get(found.to).filter(|token| token.gap != Gap::Break);
    if !next.is_some_and(|token| token.has(lex::POSS)) {
        return names_thing(tokens, found);
    }
    // "by Friday's deadline", "by this year's end"
    let of = tokens.get(found.to + 1);
    !of.is_some_and(|token| token.is(lex::EDGE) || names::text(token) == "deadline")
}

/// Nouns a time limit follows after "to": "our roadmap to 2030", "the decade to 2030". Verbs and comparisons have their own sense of "to".
fn limits(token: &Token) -> bool {
    let noun = token.word == 0 && token.has(lex::LOWER) && !token.is(lex::PASTV);
    noun && !token.has(lex::ING) || token.is(lex::UNIT | lex::UNITS | lex::DECADE)
}

pub(super) fn lead(tokens: &[Token], found: &Match<'_>) -> Lead {
    let from = found.from;
    let at = |back: usize| from.checked_sub(back).and_then(|at| tokens.get(at));
    let word = |back: usize| {
        from.checked_sub(back)
            .and_then(|at| tokens.get(at))
            .map_or("", names::text)
    };
    let nearest = if matches!(word(1), "the" | "on") {
        word(2)
    } else {
        word(1)
    };
    match if nearest.is_empty() { word(1) } else { nearest } {
        "by" if describes_agent(tokens, found) => Lead::Other,
        "now" | "today" if word(2) == "between" => Lead::Other,
        "and" if matches!(word(2), "now" | "today") && word(3) == "between" => Lead::Until,
        "than" if word(2) == "later" && matches!(word(3), "no" | "not") => Lead::Until,
        "than" if word(2) == "earlier" && matches!(word(3), "no" | "not") => Lead::Since,
        "to" if matches!(word(2), "through" | "up") => Lead::Until,
        "to" if found.fields.year.is_some()
            && found.fields.month.is_none()
            && at(2).is_some_and(limits) =>
        {
            Lead::Until
        }
        "starting" | "beginning" => Lead::Starting,
        "until" | "till" => Lead::Until,
        "through" | "by" | "due" => Lead::By,
        "since" | "from" => Lead::Since,
        "before" => Lead::Before,
        "after" => Lead::After,
        "about" | "around" | "circa" | "ca" | "approximately" | "nearly" | "almost" | "some"
        | "c" => Lead::About,
        "than" if word(2) == "more" => Lead::MoreThan,
        "than" if word(2) == "less" => Lead::LessThan,
        "over" => Lead::MoreThan,
        _ => Lead::Other,
    }
}

/// How far verbs are looked for, in tokens.
const CLAUSE: usize = 24;

/// The nearest verb before the phrase in its clause, else the first after it, else what the word before it says.
pub(super) fn tense(tokens: &[Token], found: &Match<'_>, lead: Lead) -> Tense {
    // "the next meeting is on Monday", "between now and Monday"
    let word = |back: usize| {
        found
            .from
            .checked_sub(back)
            .and_then(|at| tokens.get(at))
            .map_or("", names::text)
    };
    let from_now = word(1) == "and" && word(2) == "now";
    if from_now || word(1) == "on" && matches!(word(2), "is" | "are") {
        return Tense::Future;
    }
    let onward = matches!(word(1), "to" | "until" | "till" | "for");
    let mut at = found.from;
    for _ in 0..CLAUSE {
        let Some(before) = at.checked_sub(1) else {
            break;
        };
        at = before;
        let Some(token) = tokens.get(at) else { break };
        // What follows "that" has verbs of its own: "he said that by Friday it should be done".
        if matches!(names::text(token), ";" | ":" | "(" | ")" | "that") {
            break;
        }
        // "was moved to March 7"
        if onward && token.is(lex::MOVED) {
            return Tense::Future;
        }
        if let Some(tense) = verb(tokens, at) {
            return tense;
        }
        if token.gap == Gap::Break {
            break;
        }
    }
    for at in found.to..found.to + CLAUSE {
        let Some(token) = tokens.get(at).filter(|token| token.gap != Gap::Break) else {
            break;
        };
        if matches!(names::text(token), ";" | ":" | ".") {
            break;
        }
        if let Some(tense) = verb(tokens, at) {
            return tense;
        }
    }
    match lead {
        Lead::Until | Lead::By => Tense::Future,
        _ => Tense::Unknown,
    }
}

fn verb(tokens: &[Token], at: usize) -> Option<Tense> {
    work::step();
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1).map_or("", names::text);
    let next_to = next == "to";
    // As a verb: the month is gone from it by now.
    if names::text(token) == "may" && token.has(lex::LOWER) && !token.is(lex::MONTH) {
        return Some(Tense::Future);
    }
    if token.is(lex::WILL) {
        // Prepositions among the cues count where they stand before the phrase, which `lead` sees.
        return (!token.has(lex::PREP | lex::JOIN) && names::text(token) != "won")
            .then_some(Tense::Future);
    }
    // "be" says nothing of its own; what stands before it does (will be, was to be).
    if token.is(lex::NOWV) && names::text(token) != "be" {
        let be = matches!(names::text(token), "is" | "are" | "am");
        // "is to meet", "is meeting".
        let next_to = next_to || tokens.get(at + 1).is_some_and(|next| next.has(lex::ING));
        return Some(if next_to && be {
            Tense::Future
        } else {
            Tense::Present
        });
    }
    if token.is(lex::PASTV) && !token.has(lex::CAPITAL) {
        // "set to", "may be extended", "to be signed".
        let bare = at.checked_sub(1).and_then(|before| tokens.get(before));
        let planned = matches!(next, "to" | "for") && names::text(token) == "set"
            || bare.is_some_and(|before| names::text(before) == "be");
        return Some(if planned { Tense::Future } else { Tense::Past });
    }
    None
}
