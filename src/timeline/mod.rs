//! Dated passages of many documents in the order of time.
//!
//! In: [`Event`]s (one per dated sentence, and what was said with its speaker). Out: [`Row`]s: the same event told by several documents is one row with its sources; where the sources
//! disagree on the date, the row is a conflict. "mid-October" and "18 October" agree; 25 against 26 October do not. No I/O.

mod events;
mod label;
mod merge;
mod said;
mod stem;
#[cfg(test)]
mod tests;
mod when;
#[cfg(test)]
mod whole;

pub use events::events;
pub use merge::rows;
pub use when::{row_edtf, row_label};

use crate::document::{DocId, Edtf, Interval};
use crate::language::entities::EntityId;
use crate::text::TextRange;
use crate::time::{Bound, Grain};

/// A dated passage of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The document.
    pub doc: DocId,
    /// The sentence.
    pub range: TextRange,
    /// The temporal expression in it.
    pub timex: TextRange,
    /// When; none where nothing dates the phrase (no publication date is known, say).
    pub interval: Option<Interval>,
    /// How fine the date is.
    pub grain: Grain,
    /// Whether it is the time from the date on, or up to it ("since 2015").
    pub bound: Option<Bound>,
    /// The date as EDTF, `~` where it is approximate; the bound is not in it.
    pub edtf: Option<Box<str>>,
    /// The date as the text puts it ("mid-October").
    pub said: Box<str>,
    /// The passage, shortened to a line.
    pub label: Box<str>,
    /// Who and what is named in it, without repeats, in text order.
    pub entities: Vec<EntityId>,
    /// Stems of its content words, lower case, sorted, without repeats.
    pub words: Vec<Box<str>>,
    /// Whether it is what somebody said, or something that is told.
    pub sort: Sort,
    /// Who says so, where it stands in a quotation.
    pub speaker: Option<Box<str>>,
    /// When it was said, which is not when it happened: the day the report gives, or that of the statement it stands in.
    pub stated: Option<Interval>,
    /// When the document was published, which is neither.
    pub published: Option<Edtf>,
}

/// What a dated passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sort {
    /// Something that happened, or will.
    #[default]
    Told,
    /// That somebody said something; the date is that of the saying.
    Said,
}

/// One row of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The days on which the sources agree, else the days of the first source; none for undated passages.
    pub interval: Option<Interval>,
    /// The finest grain among the sources.
    pub grain: Grain,
    /// Whether the sources disagree on the date.
    pub conflict: bool,
    /// The passages that tell it, best label first; never empty.
    pub sources: Vec<Event>,
}

/// How close the timeline looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Zoom {
    /// Years.
    Year,
    /// Months.
    #[default]
    Month,
    /// Days.
    Day,
}
