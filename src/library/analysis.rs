use crate::document::Revision;
use crate::language::entities::{Language, Mention};
use crate::language::quotes::Quote;
use crate::text::Layer;
use crate::time::{Decision, Timex};
use crate::timeline::Event;

/// Everything found in one revision of one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// The text it is about.
    pub of: Option<Revision>,
    /// Sentences; they never cross blocks.
    pub sentences: Layer<()>,
    /// Names.
    pub mentions: Layer<Mention>,
    /// Paragraphs that are not in English: there only names on the lists are found.
    pub foreign: Layer<Language>,
    /// Dates and times.
    pub timexes: Layer<Timex>,
    /// Quotations.
    pub quotes: Layer<Quote>,
    /// Dated sentences, in text order.
    pub events: Vec<Event>,
    /// What the reader decided about dates that are not found in this text any more.
    pub unplaced: Vec<Decision>,
}
