//! The small language that filters the lists of documents and notes, on the screen and in commands.
//!
//! | written | lets through |
//! |---|---|
//! | `grain deal` | both words in title, publisher, authors or text, in any order, as whole words |
//! | `sanction*` | a word that begins so |
//! | `"grain deal"` | the words one after the other |
//! | `tag:done`, `tag:dip*` | a tag, or one that begins so |
//! | `in:statement` | a kind of document |
//! | `by:reuters` | these words in publisher or authors |
//! | `title:talks` | these words in the title |
//! | `colour:green` | a colour of highlight (`color:` too) |
//! | `status:lost` | where a note's words stand: unchanged, edited, moved, ambiguous, probable, lost, sought |
//! | `entity:"north korea"` | who or what is named in a document or passage |
//! | `on:2023-10`, `since:…`, `until:…` | dates in, from the beginning of, to the end of a date as EDTF writes it |
//! | `after:2023-10`, `before:2024` | dates past the end, before the beginning of it |
//! | `-word`, `-tag:done` | what the rest would not |
//!
//! All parts must hold. Case and accents never matter. A date that covers several days counts if one of them would do; without a date nothing is
//! on, before or after anything. In: a line and a [`Subject`]. Out: yes or no. There is no ranking and no index here.

mod error;
mod parse;
mod words;

pub use error::FilterError;
pub use words::{Ready, Seeker, Words, stands};

use crate::document::{DocKind, Interval};
use crate::search::fold::fold;

/// What can be filtered; a method that does not apply keeps its empty answer.
pub trait Subject {
    /// The title of the document.
    fn title(&self) -> &str;
    /// Who published it.
    fn publisher(&self) -> Option<&str> {
        None
    }
    /// Who wrote it.
    fn authors(&self) -> &[String] {
        &[]
    }
    /// The text that plain words may stand in: of a document, a note.
    fn text(&self) -> Option<&str> {
        None
    }
    /// Tags, without `#`.
    fn tags(&self) -> &[String] {
        &[]
    }
    /// English name of the highlight's colour.
    fn colour(&self) -> Option<&str> {
        None
    }
    /// Where a note's words stand now: unchanged, edited, moved, ambiguous, probable, lost, or sought while that is looked for.
    fn status(&self) -> Option<&str> {
        None
    }
    /// Whether these words stand in the title.
    fn title_has(&self, words: &Words) -> bool {
        words.stand_in(self.title())
    }
    /// Whether these words stand in what publisher or authors are called.
    fn by_has(&self, words: &Words) -> bool {
        let mut by = self
            .publisher()
            .into_iter()
            .chain(self.authors().iter().map(String::as_str));
        by.any(|name| words.stand_in(name))
    }
    /// Whether these words stand in the text.
    fn text_has(&self, words: &Words) -> bool {
        self.text().is_some_and(|text| words.stand_in(text))
    }
    /// Whether these words stand in title, publisher, authors or text.
    fn anywhere_has(&self, words: &Words) -> bool {
        self.title_has(words) || self.by_has(words) || self.text_has(words)
    }
    /// Whether these words stand in a name of somebody or something named in it.
    fn names(&self, _words: &Words) -> bool {
        false
    }
    /// The kind of document.
    fn kind(&self) -> Option<DocKind> {
        None
    }
    /// The days it is dated to.
    fn date(&self) -> Option<Interval> {
        None
    }
}

/// A line of the language, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of these; everything passes if there are none.
    All(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// Words in title, publisher, authors or text.
    Anywhere(Words),
    /// Words in the title.
    Title(Words),
    /// Words in publisher or authors.
    By(Words),
    /// A tag that is just these words.
    Tag(Words),
    /// A colour by its English name.
    Colour(String),
    /// Where a note's words stand.
    Status(&'static str),
    /// A name of an entity in which these words stand.
    Entity(Words),
    /// A kind of document.
    Kind(DocKind),
    /// A date that shares a day with this.
    Dated(Interval),
}

impl Filter {
    /// Understands a line.
    ///
    /// ```
    /// use postil::search::query::{Filter, Subject};
    ///
    /// struct Title(&'static str);
    /// impl Subject for Title {
    ///     fn title(&self) -> &str { self.0 }
    /// }
    /// let filter = Filter::parse("grain -talks").unwrap();
    /// assert!(filter.matches(&Title("The Grain Deal")) && !filter.matches(&Title("Grain talks")));
    /// assert!(Filter::parse("tga:done").unwrap_err().to_string().contains("tag"));
    /// ```
    pub fn parse(line: &str) -> Result<Self, FilterError> {
        parse::parse(line, parse::Entry::Finished)
    }

    /// The same while the line is being typed: the last word may go on, a quotation mark may still be open, and a key without its value asks nothing yet.
    pub fn typed(line: &str) -> Result<Self, FilterError> {
        parse::parse(line, parse::Entry::Typing)
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    /// The words whose bearers are asked for, wherever in the filter: what a [`Subject`] will be asked.
    pub fn names_asked(&self) -> Vec<&Words> {
        match self {
            Self::All(parts) => parts.iter().flat_map(Self::names_asked).collect(),
            Self::Not(part) => part.names_asked(),
            Self::Entity(words) => vec![words],
            Self::Anywhere(_)
            | Self::Title(_)
            | Self::By(_)
            | Self::Tag(_)
            | Self::Colour(_)
            | Self::Status(_)
            | Self::Kind(_)
            | Self::Dated(_) => Vec::new(),
        }
    }

    /// The plain words, wherever in the filter.
    pub fn words(&self) -> Vec<&Words> {
        match self {
            Self::All(parts) => parts.iter().flat_map(Self::words).collect(),
            Self::Not(part) => part.words(),
            Self::Anywhere(words) => vec![words],
            Self::Title(_)
            | Self::By(_)
            | Self::Tag(_)
            | Self::Colour(_)
            | Self::Status(_)
            | Self::Entity(_)
            | Self::Kind(_)
            | Self::Dated(_) => Vec::new(),
        }
    }

    /// Whether a subject passes.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(subject)),
            Self::Not(part) => !part.matches(subject),
            Self::Anywhere(words) => subject.anywhere_has(words),
            Self::Title(words) => subject.title_has(words),
            Self::By(words) => subject.by_has(words),
            Self::Tag(words) => subject.tags().iter().any(|tag| words.are(tag)),
            Self::Colour(name) => subject.colour().is_some_and(|colour| fold(colour) == *name),
            Self::Status(status) => subject.status() == Some(*status),
            Self::Entity(words) => subject.names(words),
            Self::Kind(kind) => subject.kind() == Some(*kind),
            Self::Dated(days) => subject.date().is_some_and(|date| date.overlaps(*days)),
        }
    }
}

#[cfg(test)]
mod tests;
