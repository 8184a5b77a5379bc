use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{RecordId, Target};

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
