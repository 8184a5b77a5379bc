//! The reader's own names: a file with one name a line that extends the lists.
//!
//! In: text, a line `name; type; other names`, other names apart by commas; empty lines and lines with `#` at the beginning say nothing. Out: [`Lists`] for
//! [`super::mentions_with`]. A type is PERSON, ORG or PLACE. `~` before another name marks an adjective or a people. A name the lists know already gets
//! the other names; what the reader writes wins over what is shipped.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

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
#[derive(Default)]
pub struct Lists {
    names: Vec<Own>,
    /// Both lists together, made when the first text is read: the names of the reader are checked before the first page, which does not wait for this.
    both: OnceLock<Gazetteer>,
}

/// A line of the reader's.
#[derive(Debug, Hash)]
struct Own {
    name: String,
    kind: EntityType,
    /// Other names; an adjective or a people has its `~`.
    others: Vec<String>,
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
    /// The shipped lists extended by the names in `text`, or what is wrong with its first wrong line.
    pub fn read(text: &str) -> Result<Self, ListError> {
        let (lists, mistakes) = Self::checked(text);
        mistakes.into_iter().next().map_or(Ok(lists), Err)
    }

    /// The shipped lists extended by the right lines of `text`, and what is wrong with the others, in their order.
    pub fn checked(text: &str) -> (Self, Vec<ListError>) {
        let (mut names, mut mistakes) = (Vec::new(), Vec::new());
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if names.len() == MOST_NAMES {
                mistakes.push(ListError::TooMany);
                break;
            }
            match own(line, number + 1) {
                Ok(own) => names.push(own),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        let lists = Self {
            names,
            both: OnceLock::new(),
        };
        (lists, mistakes)
    }

    /// How many names the reader added.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether the reader added none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A number that tells these names from others, the same at every start; 0 for none.
    pub fn stamp(&self) -> u64 {
        if self.names.is_empty() {
            return 0;
        }
        let mut hasher = DefaultHasher::new();
        self.names.hash(&mut hasher);
        hasher.finish().max(1)
    }

    /// The lists to look names up in.
    pub(super) fn gazetteer(&self) -> &Gazetteer {
        if self.names.is_empty() {
            return Gazetteer::shipped();
        }
        self.both.get_or_init(|| {
            let shipped = Gazetteer::shipped();
            let lines: Vec<String> = self.names.iter().map(|own| own.line(shipped)).collect();
            Gazetteer::extended(&lines)
        })
    }
}

impl Own {
    /// As a line of the shipped lists; a name that stands there already keeps its id.
    fn line(&self, shipped: &Gazetteer) -> String {
        let written = match self.kind {
            EntityType::Person => "PERSON",
            EntityType::Org => "ORG",
            EntityType::Place => "PLACE",
        };
        let id = shipped
            .id_of(&self.name, self.kind)
            .unwrap_or_else(|| bodies::slug(&self.name));
        format!("{id}\t{written}\t{}\t{}", self.name, self.others.join("|"))
    }
}

impl fmt::Debug for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lists")
            .field("n_names", &self.names.len())
            .finish_non_exhaustive()
    }
}

/// A line as the reader writes it.
fn own(line: &str, number: usize) -> Result<Own, ListError> {
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
    let kind = match found.to_ascii_uppercase().as_str() {
        "PERSON" | "PER" => EntityType::Person,
        "ORG" | "ORGANISATION" | "ORGANIZATION" => EntityType::Org,
        "PLACE" | "LOC" => EntityType::Place,
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
    Ok(Own {
        name: name.to_owned(),
        kind,
        others: others.into_iter().map(str::to_owned).collect(),
    })
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
    fn what_is_right_holds_and_every_mistake_is_told() {
        let (lists, mistakes) =
            Lists::checked("Grain Desk; ORG\nWho\nMill Board; ORG; ~Millish\n; ORG");
        assert_eq!(lists.len(), 2);
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert!(lines[0].starts_with("line 2:") && lines[1].starts_with("line 4:"));
    }

    #[test]
    fn lists_are_told_apart_by_their_stamp() {
        let stamp = |text: &str| Lists::read(text).unwrap().stamp();
        assert_eq!(stamp("# nothing"), 0);
        assert_eq!(stamp("Grain Desk; ORG"), stamp("# desk\n Grain Desk ; org"));
        assert_ne!(stamp("Grain Desk; ORG"), stamp("Grain Desk; ORG; GD"));
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
