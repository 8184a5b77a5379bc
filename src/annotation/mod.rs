//! What the reader adds to a text: highlights, notes, tags and bookmarks, and how they find their words again.
//!
//! In: an annotation's [`Target`] and the present text. Out: an [`Anchor`] that says whether its words still stand there, moved,
//! changed or are gone. Selectors follow the W3C Web Annotation model (`TextQuoteSelector`, `TextPositionSelector`). No I/O, no clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::document::{DocId, Revision};
use crate::text::TextRange;

/// The store's number for an annotation or a bookmark; never used again after a delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(pub i64);

/// A passage, described so that it can be found again in a changed text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The place the document was read from.
    pub doc: DocId,
    /// The text that `position` points into.
    pub revision: Revision,
    /// Where the passage stands in that text.
    pub position: TextRange,
    /// Its words and what stands around them.
    pub quote: TextQuote,
}

/// A passage by its words (W3C `TextQuoteSelector`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct TextQuote {
    /// The passage itself.
    pub exact: String,
    /// At least 32 code points before it, or all there is, cut between graphemes.
    pub prefix: String,
    /// The same after it.
    pub suffix: String,
}

/// Where a target stands in the present text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// The same words at the same place, or carried along by changes around them.
    Unchanged(TextRange),
    /// The same place, some words changed.
    Edited(TextRange),
    /// The same words elsewhere.
    Moved(TextRange),
    /// The same words in several places; the reader must choose.
    Ambiguous(Vec<TextRange>),
    /// Similar words; the reader must confirm.
    Probable(TextRange),
    /// Not found; it used to stand near here.
    Lost {
        /// An empty range.
        near: TextRange,
    },
}

impl Anchor {
    /// Where to show it in the text; an ambiguous one at its first candidate, a lost one nowhere.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Unchanged(range)
            | Self::Edited(range)
            | Self::Moved(range)
            | Self::Probable(range) => Some(*range),
            Self::Ambiguous(ranges) => ranges.first().copied(),
            Self::Lost { .. } => None,
        }
    }

    /// The status as lists and exports write it.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Unchanged(_) => "unchanged",
            Self::Edited(_) => "edited",
            Self::Moved(_) => "moved",
            Self::Ambiguous(_) => "ambiguous",
            Self::Probable(_) => "probable",
            Self::Lost { .. } => "lost",
        }
    }
}

/// The five colours of a highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// 1
    #[default]
    Yellow,
    /// 2
    Green,
    /// 3
    Blue,
    /// 4
    Pink,
    /// 5
    Orange,
}

impl Colour {
    /// All, in order.
    pub const ALL: [Self; 5] = [
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Pink,
        Self::Orange,
    ];

    /// Its English name, as stored and exported.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
            Self::Orange => "orange",
        }
    }

    /// The colour a word or a number from 1 to 5 names.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim();
        let by_number = word
            .parse::<usize>()
            .ok()
            .and_then(|n| Self::ALL.get(n.checked_sub(1)?));
        by_number
            .or_else(|| {
                Self::ALL
                    .iter()
                    .find(|colour| colour.as_str().eq_ignore_ascii_case(word))
            })
            .copied()
    }
}

/// What the reader wrote about a passage; with an empty note and no tags it is a plain highlight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// The note, several lines, sanitised.
    pub note: String,
    /// Tags without `#`, in the order they were given, without repeats.
    pub tags: Vec<String>,
    /// The colour of the highlight.
    pub colour: Colour,
}

/// A highlight, a note or tags on a passage, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// Its number.
    pub id: RecordId,
    /// The passage as it stood when it was annotated.
    pub target: Target,
    /// What the reader wrote.
    pub body: Body,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// How a bookmark is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookmarkName {
    /// `m{a-z}`: one such letter per document.
    Local(char),
    /// `m{A-Z}`: one such letter per library.
    Global(char),
    /// `M`: a name of the reader's; names may repeat.
    Named(String),
}

/// A named place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Its number.
    pub id: RecordId,
    /// Its name.
    pub name: BookmarkName,
    /// The place; the exact words are those from the place to the end of its sentence.
    pub target: Target,
    /// When it was set.
    pub created: Timestamp,
}
