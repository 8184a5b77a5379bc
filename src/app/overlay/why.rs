//! Why a date is read as it is, and what else it may mean.

use super::Cursor;
use super::card::CardLine;
use crate::text::TextRange;
use crate::time::Choice;

/// The reading of one temporal expression, and the others to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Where the expression stands.
    pub range: TextRange,
    /// Its words, in one line.
    pub said: String,
    /// Why it is read as it is.
    pub about: Vec<CardLine>,
    /// What standards call it and which rule made it, for whoever wants to know.
    pub standards: Vec<CardLine>,
    /// What can be chosen; the first is what holds now.
    pub meanings: Vec<Meaning>,
    /// The chosen one.
    pub cursor: Cursor,
}

/// Something an expression may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// The days in words.
    pub label: String,
    /// Where it comes from.
    pub from: &'static str,
    /// What choosing it does.
    pub then: Then,
}

/// What choosing a meaning does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Nothing: it holds already.
    Keep,
    /// It is decided.
    Decide(Choice),
    /// A date is asked for.
    Ask,
    /// The reader's decision is taken back.
    TakeBack,
}
