use std::fmt;

use super::role::Role;
use crate::text::sanitise;

/// Something wrong in a theme file; the default stands in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line it is on, counted from 1.
    pub line: usize,
    /// What it is.
    pub wrong: Wrong,
}

/// What can be wrong in a theme file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is no TOML.
    Toml {
        /// What the parser says.
        message: String,
    },
    /// A section that themes do not have.
    Section {
        /// Its name.
        name: String,
    },
    /// A role that does not exist.
    Role {
        /// The name given.
        name: String,
        /// The role that may be meant.
        nearest: Option<&'static str>,
    },
    /// A value that is not a string.
    NoText {
        /// The key before it.
        name: String,
    },
    /// A palette entry that is no colour.
    Colour {
        /// What stands there.
        name: String,
    },
    /// A word of a style that is neither colour nor modifier.
    Word {
        /// The word.
        word: String,
    },
    /// `on` without a colour after it.
    NoGround,
    /// A second colour for the same thing.
    TwoColours {
        /// The second.
        second: String,
    },
}

impl Wrong {
    /// No role is called `name`.
    pub(super) fn role(name: String) -> Self {
        let nearest = Role::ALL
            .iter()
            .flat_map(|role| role.fallbacks())
            .map(|known| (edits(&name, known), known))
            .min()
            .filter(|(n_edits, _)| *n_edits <= 3)
            .map(|(_, known)| known);
        Self::Role { name, nearest }
    }
}

impl std::error::Error for Mistake {}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "theme, line {}: ", self.line)?;
        match &self.wrong {
            Wrong::Toml { message } => write!(f, "no TOML: {}", sanitise::line(message)),
            Wrong::Section { name } => write!(
                f,
                "a theme has no section `{}`; it has `[palette]` and `[roles]`",
                sanitise::line(name)
            ),
            Wrong::Role { name, nearest } => {
                write!(f, "there is no role `{}`", sanitise::line(name))?;
                match nearest {
                    Some(nearest) => write!(f, "; is `{nearest}` meant?"),
                    None => write!(f, "; the help screen lists them"),
                }
            }
            Wrong::NoText { name } => write!(
                f,
                "`{}` must be a string, such as \"red bold\"",
                sanitise::line(name)
            ),
            Wrong::Colour { name } => write!(
                f,
                "`{}` is not a colour; write `#rrggbb`, 0 to 255, or a name such as `bright-blue`",
                sanitise::line(name)
            ),
            Wrong::Word { word } => write!(
                f,
                "`{}` is neither a colour nor a style; styles are `bold`, `dim`, `italic`, `underlined`, `reversed`, `crossed`",
                sanitise::line(word)
            ),
            Wrong::NoGround => write!(f, "`on` needs a colour after it"),
            Wrong::TwoColours { second } => write!(
                f,
                "a second colour, `{}`; put `on` before the one for the ground",
                sanitise::line(second)
            ),
        }
    }
}

/// Levenshtein's distance in bytes; names longer than any role's are far from all.
fn edits(a: &str, b: &str) -> usize {
    if a.len() > 40 {
        return a.len();
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let above = *cell;
            left = (corner + usize::from(x != y)).min(above + 1).min(left + 1);
            (corner, *cell) = (above, left);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
