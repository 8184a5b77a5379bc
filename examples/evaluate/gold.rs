//! Gold files: one JSON object a line, offsets in code points.

use std::fmt;
use std::path::Path;

use serde::de::DeserializeOwned;

/// Why a gold file cannot be scored.
#[derive(Debug)]
pub(crate) enum GoldError {
    /// It cannot be read.
    Unreadable(String, std::io::Error),
    /// A line is not what it should be.
    Line(String, usize, serde_json::Error),
}

impl fmt::Display for GoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(
                f,
                "cannot read `{path}`: {error}; name a JSONL file with gold"
            ),
            Self::Line(path, line, error) => {
                write!(f, "`{path}` line {line} is no gold document: {error}")
            }
        }
    }
}

/// The documents of a gold file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, GoldError> {
    let name = || path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| GoldError::Unreadable(name(), error))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| GoldError::Line(name(), number + 1, error))
        })
        .collect()
}
