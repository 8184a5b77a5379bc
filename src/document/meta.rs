use std::fmt;

use serde::{Deserialize, Serialize};

use super::Edtf;
use crate::text::TextRange;

/// What is known about a document beside its text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// One line, sanitised.
    pub title: Option<String>,
    /// Where in the text the title stands, when it stands there.
    pub title_at: Option<TextRange>,
    /// When it was published, and how that is known.
    pub published: Option<Published>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<String>,
    /// What sort of text it is.
    pub kind: DocKind,
    /// ISO 639-1 code of the main language, where it could be told.
    pub language: Option<String>,
    /// Words in the text (Unicode word boundaries, words with a letter or digit).
    pub words: u32,
}

/// A publication date and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The date.
    pub date: Edtf,
    /// Its source.
    pub from: PublishedFrom,
    /// Where in the text it stands, when it stands there.
    pub at: Option<TextRange>,
}

/// Where a publication date came from, weakest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// The reader set it (`:date`).
    User,
    /// Given with the document (JSONL, `--published`).
    Input,
    /// YAML or TOML front matter.
    FrontMatter,
    /// A line with the writer and the date.
    Byline,
    /// A line with place and date at the opening, or a source line at the end.
    Dateline,
    /// The file's name.
    FileName,
    /// A line that says when the text was last changed: it was published then or before.
    Updated,
}

/// How sure a publication date is, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Somebody said so of this very document.
    Certain,
    /// Its own lines say so in a way that can mean the day it was written or the event was held.
    Likely,
    /// Only its circumstances say so.
    Guess,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Guess => "a guess",
        })
    }
}

impl PublishedFrom {
    /// Every source, surest first.
    pub const ALL: [Self; 7] = [
        Self::User,
        Self::Input,
        Self::FrontMatter,
        Self::Byline,
        Self::Dateline,
        Self::FileName,
        Self::Updated,
    ];

    /// How sure a day from this source is.
    pub const fn confidence(self) -> Confidence {
        match self {
            Self::User | Self::Input | Self::FrontMatter | Self::Byline => Confidence::Certain,
            Self::Dateline => Confidence::Likely,
            Self::FileName | Self::Updated => Confidence::Guess,
        }
    }

    /// As the machine interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Input => "input",
            Self::FrontMatter => "front-matter",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::FileName => "file-name",
            Self::Updated => "updated",
        }
    }
}

impl fmt::Display for PublishedFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "set by you",
            Self::Input => "given with the document",
            Self::FrontMatter => "front matter",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::FileName => "file name",
            Self::Updated => "line of the last change",
        })
    }
}

/// The sorts of text postil knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocKind {
    /// Issued by an office or body in its own name.
    Statement,
    /// Speakers' turns.
    Transcript,
    /// Reports what others did or said.
    News,
    /// Argues.
    Editorial,
    /// A web log.
    Blog,
    /// Could not be told.
    #[default]
    Other,
}

impl DocKind {
    /// As shown and as written in front matter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Transcript => "transcript",
            Self::News => "news",
            Self::Editorial => "editorial",
            Self::Blog => "blog",
            Self::Other => "other",
        }
    }

    /// The kind a word names, if any.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [
            Self::Statement,
            Self::Transcript,
            Self::News,
            Self::Editorial,
            Self::Blog,
            Self::Other,
        ];
        all.into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(word.trim()))
    }
}
