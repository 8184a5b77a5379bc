use serde::{Deserialize, Serialize};

/// A tag with what the reader says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its name, without `#`.
    pub name: String,
    /// What it means; empty where nothing was said.
    pub description: String,
    /// Whether it belongs to the reader's vocabulary.
    pub control: Control,
}

/// Whether a tag belongs to a vocabulary. Where any does, one that does not is asked about before it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// It is a word like any other.
    #[default]
    Free,
    /// It belongs to the vocabulary.
    Controlled,
}

impl Control {
    /// As written in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Controlled => "controlled",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Free => Self::Controlled,
            Self::Controlled => Self::Free,
        }
    }

    /// Whether it belongs to the vocabulary.
    pub const fn is_controlled(self) -> bool {
        matches!(self, Self::Controlled)
    }
}

impl Tag {
    /// A tag nothing was said about.
    pub fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            description: String::new(),
            control: Control::Free,
        }
    }

    /// Whether nothing was said about it.
    pub fn is_plain(&self) -> bool {
        self.description.is_empty() && self.control == Control::Free
    }

    /// What is known of two tags that become one called `name`: a description is not lost, and the vocabulary keeps what it had.
    #[must_use]
    pub fn merged(&self, other: &Self, name: &str) -> Self {
        let description = match (self.description.as_str(), other.description.as_str()) {
            ("", words) | (words, "") => words.to_owned(),
            (one, two) if one == two => one.to_owned(),
            (one, two) => format!("{one} · {two}"),
        };
        let control = if self.control.is_controlled() {
            self.control
        } else {
            other.control
        };
        Self {
            name: name.to_owned(),
            description,
            control,
        }
    }
}
