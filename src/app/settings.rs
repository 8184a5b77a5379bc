//! How the reader likes things: read from `config.toml`, changed while running.

use super::reflow::{Alignment, Hyphenation};

/// The settings, with their defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Width of the lines of text, in cells.
    pub measure_cells: u16,
    /// Ragged or justified.
    pub alignment: Alignment,
    /// Whether words are hyphenated in the document's language.
    pub hyphenate: Toggle,
    /// The theme's name, or none to follow the terminal.
    pub theme: Option<String>,
    /// Whether the mouse is taken.
    pub mouse: Toggle,
    /// Whether symbols are ASCII only.
    pub ascii: Toggle,
    /// Whether jumps flash their target: off when motion shall be reduced.
    pub flash: Toggle,
    /// Whether the scrollbar shows how often each sentence is repeated.
    pub heat: Toggle,
    /// The command that opens links; the address is its last argument.
    pub opener: Vec<String>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggle {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Toggle {
    /// The other.
    pub const fn other(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }

    /// Whether it is on.
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure_cells: 76,
            alignment: Alignment::Ragged,
            hyphenate: Toggle::Off,
            theme: None,
            mouse: Toggle::On,
            ascii: Toggle::Off,
            flash: Toggle::On,
            heat: Toggle::On,
            opener: vec!["xdg-open".to_owned()],
        }
    }
}

impl Settings {
    /// How words are broken in a document of this language.
    pub fn hyphenation(&self, language: Option<&str>) -> Hyphenation {
        match (self.hyphenate, language) {
            (Toggle::On, language) => Hyphenation::of(language.unwrap_or("en")),
            (Toggle::Off, _) => Hyphenation::Off,
        }
    }
}
