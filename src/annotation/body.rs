use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{RecordId, Target};

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
    Purple,
}

impl Colour {
    /// All, in order.
    pub const ALL: [Self; 5] = [
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Pink,
        Self::Purple,
    ];

    /// Its English name, as stored and exported.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
            Self::Purple => "purple",
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
