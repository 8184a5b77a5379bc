//! Gold files: one JSON object a line, offsets in code points.

use std::fmt;
use std::path::Path;

use postil::text::{Layer, TextRange};
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

/// Sentences of a gold text, cut at line ends and at a full stop before a capital.
pub(crate) fn sentences(text: &str) -> Layer<()> {
    let bytes = text.as_bytes();
    let mut ranges = Vec::new();
    let mut start = 0;
    for at in 0..bytes.len() {
        let stop = matches!(bytes.get(at), Some(b'.' | b'!' | b'?' | b';'))
            && bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace)
            && bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase)
            && !abbreviates(text, start, at);
        if stop || bytes.get(at) == Some(&b'\n') {
            ranges.push((TextRange::of(start, at + 1), ()));
            start = at + 1;
        }
    }
    ranges.push((TextRange::of(start, text.len()), ()));
    ranges
        .into_iter()
        .filter(|(range, ())| !range.is_empty())
        .collect()
}

/// Whether the point at `at` belongs to a short word, as in `Ms.`, `U.S.` and `Jan.`.
fn abbreviates(text: &str, start: usize, at: usize) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    word.contains('.')
        || word.len() <= 4
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
}
