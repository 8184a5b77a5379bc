use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::RecordId;

/// What one passage does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// It takes over the other's words and says so.
    Quotes,
    /// Both cannot be true.
    Contradicts,
    /// It says that the other is true.
    Confirms,
    /// It says the same again.
    Repeats,
}

impl LinkKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Quotes,
        Self::Contradicts,
        Self::Confirms,
        Self::Repeats,
    ];

    /// As stored, exported and shown from the passage the link starts at.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quotes => "quotes",
            Self::Contradicts => "contradicts",
            Self::Confirms => "confirms",
            Self::Repeats => "repeats",
        }
    }

    /// As shown from the passage the link leads to.
    pub const fn backwards(self) -> &'static str {
        match self {
            Self::Quotes => "quoted by",
            Self::Contradicts => "contradicted by",
            Self::Confirms => "confirmed by",
            Self::Repeats => "repeated by",
        }
    }

    /// The kind a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(word))
    }
}

/// What the reader found two annotated passages to have to do with each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its number.
    pub id: RecordId,
    /// The annotation on the passage that quotes, contradicts, confirms or repeats.
    pub source: RecordId,
    /// The annotation on the passage this is done to.
    pub target: RecordId,
    /// What is done.
    pub kind: LinkKind,
    /// What the reader says about it.
    pub note: String,
    /// When it was made.
    pub created: Timestamp,
}
