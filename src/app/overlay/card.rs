//! Something to read and close.

use crate::annotation::Wording;

/// A titled page of lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// Its lines.
    pub lines: Vec<CardLine>,
    /// The first line shown.
    pub top: usize,
}

/// One line of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardLine {
    /// A heading.
    Heading(String),
    /// Plain text.
    Text(String),
    /// A name and what it is.
    Field(String, String),
    /// A name and a passage as it was and is.
    Redline(String, Vec<Wording>),
    /// Nothing.
    Blank,
}

impl Card {
    /// A page with a title.
    pub fn new(title: impl Into<String>, lines: Vec<CardLine>) -> Self {
        Self {
            title: title.into(),
            lines,
            top: 0,
        }
    }

    /// Scrolls by `by` lines.
    pub fn scroll(&mut self, by: i64) {
        let last = self.lines.len().saturating_sub(1) as i64;
        self.top = (self.top as i64 + by).clamp(0, last) as usize;
    }
}
