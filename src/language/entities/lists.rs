//! The reader's own names: a file with one name a line that extends the lists.
//!
//! In: text, a line `name; type; other names`, other names apart by commas; empty lines and lines with `#` at the beginning say nothing. Out: [`Lists`] for
//! [`super::mentions_with`]. A type is PERSON, ORG or PLACE. `~` before another name marks an adjective or a people. A name the lists know already gets
//! the other names; what the reader writes wins over what is shipped.

use std::fmt;

use super::EntityType;
use super::bodies;
use super::gazetteer::Gazetteer;

/// Most names of a file.
const MOST_NAMES: usize = 100_000;
/// Longest name in bytes.
const LONGEST_NAME: usize = 200;

/// The shipped lists and the reader's.
///
/// ```
/// use postil::language::entities::Lists;
///
/// let lists = Lists::read("# our desk\nKyiv Grain Desk; ORG; KGD, Grain Desk").unwrap();
/// assert_eq!(lists.len(), 1);
/// assert!(Lists::read("Kyiv Grain Desk").unwrap_err().to_string().starts_with("line 1:"));
/// ```
pub struct Lists {
    pub(super) gazetteer: Gazetteer,
    n_names: usize,
}

/// Why a file of names cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListError {
    /// Nothing stands before the first semicolon.
    NoName {
        /// The line, from 1.
        line: usize,
    },
    /// There is no type.
    NoType {
        /// The line, from 1.
        line: usize,
        /// The name without one.
        name: String,
    },
    /// The type is none of the three.
    UnknownType {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A name is longer than 200 bytes or has no letter.
    NotAName {
        /// The line, from 1.
        line: usize,
    },
    /// There are more than 100,000 names.
    TooMany,
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName { line } => write!(
                f,
                "line {line}: no name before the first `;`; write `name; type; other names`"
            ),
            Self::NoType { line, name } => write!(
                f,
                "line {line}: `{name}` has no type; write `{name}; ORG` (or PERSON, PLACE)"
            ),
            Self::UnknownType { line, found } => write!(
                f,
                "line {line}: `{found}` is no type; write PERSON, ORG or PLACE"
            ),
            Self::NotAName { line } => write!(
                f,
                "line {line}: a name needs a letter and at most {LONGEST_NAME} bytes; shorten it or remove the line"
            ),
            Self::TooMany => write!(
                f,
                "more than {MOST_NAMES} names; split the file and keep the names you need"
            ),
        }
    }
}

impl std::error::Error for ListError {}

impl Lists {
    /// The shipped lists extended by the names in `text`.
    pub fn read(text: &str) -> Result<Self, ListError> {
        let shipped = Gazetteer::shipped();
        let mut lines = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if lines.len() == MOST_NAMES {
                return Err(ListError::TooMany);
            }
            lines.push(entry(line, number + 1, shipped)?);
        }
        Ok(Self {
            n_names: lines.len(),
            gazetteer: Gazetteer::extended(&lines),
        })
    }

    /// How many names the reader added.
    pub fn len(&self) -> usize {
        self.n_names
    }

    /// Whether the reader added none.
    pub fn is_empty(&self) -> bool {
        self.n_names == 0
    }
}

impl fmt::Debug for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lists")
            .field("n_names", &self.n_names)
            .finish_non_exhaustive()
    }
}

/// A line of the reader as a line of the shipped lists.
fn entry(line: &str, number: usize, shipped: &Gazetteer) -> Result<String, ListError> {
    let mut fields = line.splitn(3, ';').map(str::trim);
    let name = fields.next().unwrap_or_default();
    if name.is_empty() {
        return Err(ListError::NoName { line: number });
    }
    let Some(found) = fields.next().filter(|found| !found.is_empty()) else {
        return Err(ListError::NoType {
            line: number,
            name: clipped(name),
        });
    };
    let (kind, written) = match found.to_ascii_uppercase().as_str() {
        "PERSON" | "PER" => (EntityType::Person, "PERSON"),
        "ORG" | "ORGANISATION" | "ORGANIZATION" => (EntityType::Org, "ORG"),
        "PLACE" | "LOC" => (EntityType::Place, "PLACE"),
        _ => {
            return Err(ListError::UnknownType {
                line: number,
                found: clipped(found),
            });
        }
    };
    let others = fields.next().unwrap_or_default();
    let others: Vec<&str> = others
        .split(',')
        .map(str::trim)
        .filter(|other| !other.is_empty())
        .collect();
    let sound = |name: &str| {
        name.len() <= LONGEST_NAME
            && name.chars().any(char::is_alphanumeric)
            && !name.contains(['\t', '|'])
    };
    if !std::iter::once(&name)
        .chain(&others)
        .all(|name| sound(name))
    {
        return Err(ListError::NotAName { line: number });
    }
    let id = shipped
        .id_of(name, kind)
        .unwrap_or_else(|| bodies::slug(name));
    Ok(format!("{id}\t{written}\t{name}\t{}", others.join("|")))
}

/// What stands in a message, cut to a line's length.
fn clipped(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(60)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::entities::mentions_with;
    use crate::language::sample::document;
    use crate::language::sentence::sentences;

    fn check(list: &str, text: &str, expected: &[(&str, &str)]) {
        let lists = Lists::read(list).unwrap();
        let document = document(text);
        let layer = mentions_with(&document, &sentences(&document), &lists);
        let found: Vec<(&str, &str)> = layer
            .iter()
            .map(|(range, mention)| (range.of_text(&document.text), mention.entity.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_of_the_reader_are_found_under_all_their_forms() {
        check(
            "# desk\nGrain Corridor Desk; ORG; GCD\n",
            "We asked the Grain Corridor Desk. The GCD agreed.",
            &[
                ("Grain Corridor Desk", "grain-corridor-desk"),
                ("GCD", "grain-corridor-desk"),
            ],
        );
    }

    #[test]
    fn a_known_name_gets_more_forms() {
        check(
            "North Korea; PLACE; Norkland",
            "They left Norkland.",
            &[("Norkland", "north-korea")],
        );
    }

    #[test]
    fn an_error_names_line_and_remedy() {
        let says = |text: &str| Lists::read(text).unwrap_err().to_string();
        assert_eq!(
            says("\nGrain Desk"),
            "line 2: `Grain Desk` has no type; write `Grain Desk; ORG` (or PERSON, PLACE)"
        );
        assert_eq!(
            says("Grain Desk; BODY"),
            "line 1: `BODY` is no type; write PERSON, ORG or PLACE"
        );
        assert_eq!(
            says("; ORG"),
            "line 1: no name before the first `;`; write `name; type; other names`"
        );
        assert!(says("--; ORG").starts_with("line 1: a name needs a letter"));
    }
}
