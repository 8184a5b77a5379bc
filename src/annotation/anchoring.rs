//! What is said of a target in the present text: its place, and how sure that is.

use serde::{Deserialize, Serialize};

use super::resemblance::unlike;
use crate::document::Document;
use crate::text::TextRange;

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
    /// Still being looked for. Never stored: it says nothing of the text.
    Sought,
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
            Self::Lost { .. } | Self::Sought => None,
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
            Self::Sought => "sought",
        }
    }
}

/// How a place was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The text is the same; so is the position.
    Position,
    /// The texts are the same but for quotation marks, dashes, hyphens and white space.
    Typography,
    /// The two texts were laid beside each other word by word.
    Comparison,
    /// The same words stand elsewhere.
    Quote,
    /// Similar words stand there.
    Resemblance,
    /// The reader said so.
    Reader,
}

impl Method {
    /// All, the surest first.
    pub const ALL: [Self; 6] = [
        Self::Position,
        Self::Typography,
        Self::Comparison,
        Self::Quote,
        Self::Resemblance,
        Self::Reader,
    ];

    /// As lists, exports and the store write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Typography => "typography",
            Self::Comparison => "comparison",
            Self::Quote => "quote",
            Self::Resemblance => "resemblance",
            Self::Reader => "reader",
        }
    }

    /// The method a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }
}

/// Where a target stands, how it was found, and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Anchoring {
    /// The place and its status.
    pub anchor: Anchor,
    /// How it was found; none for what is lost.
    pub method: Option<Method>,
    /// Characters in which the words there differ from those annotated, typography left out.
    pub errors: u32,
    /// How well the place fits, 0 to 1.
    pub score: f32,
    /// By how much it fits better than the second best, 0 to 1; the score itself where there is no second.
    pub margin: f32,
}

impl Anchoring {
    /// A place there is no doubt about.
    pub(super) const fn certain(anchor: Anchor, method: Method) -> Self {
        Self {
            anchor,
            method: Some(method),
            errors: 0,
            score: 1.0,
            margin: 1.0,
        }
    }

    /// The same, where the words looked for were later ones: words that are not those the passage was made on are edited ones.
    #[must_use]
    pub fn beside(self, made_on: &str, now: &Document) -> Self {
        let (Anchor::Unchanged(range) | Anchor::Moved(range)) = self.anchor else {
            return self;
        };
        let (errors, _) = unlike(made_on, range.of_text(&now.text));
        if errors == 0 {
            return self;
        }
        Self {
            anchor: Anchor::Edited(range),
            errors,
            ..self
        }
    }

    /// Not looked for yet.
    pub const SOUGHT: Self = Self {
        anchor: Anchor::Sought,
        method: None,
        errors: 0,
        score: 0.0,
        margin: 0.0,
    };

    /// Nowhere; the passage stood near the byte at `near`.
    pub const fn lost(near: u32) -> Self {
        Self {
            anchor: Anchor::Lost {
                near: TextRange::empty(near),
            },
            method: None,
            errors: 0,
            score: 0.0,
            margin: 0.0,
        }
    }
}
