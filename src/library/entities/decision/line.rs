//! Decisions as lines of a text file.
//!
//! One decision a line; blank lines and lines that begin with `#` say nothing. Ids are those of `postil entities --json` and hold no blanks.
//!
//! ```text
//! merge jong-kim-un into kim-un
//! split kim-un
//! distinct george-bush from bush-george-w
//! part john-smith in 805ea3719a085b28
//! part kim-un written Kim Jung Un
//! part john-smith in 805ea3719a085b28 written J. Smith
//! rename dprk to North Korea
//! retype crimea to place
//! hide monday
//! ```

use std::fmt;
use std::str::FromStr;

use super::{Decision, LONGEST, kind_of};
use crate::language::entities::{EntityId, EntityType};
use crate::text::sanitise;

/// The word for a type in the file and on the command line.
const fn kind_word(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Org => "organisation",
        EntityType::Place => "place",
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Merge { entity, into } => {
                write!(f, "merge {} into {}", entity.as_str(), into.as_str())
            }
            Self::Split { entity } => write!(f, "split {}", entity.as_str()),
            Self::Distinct { entity, from } => {
                write!(f, "distinct {} from {}", entity.as_str(), from.as_str())
            }
            Self::Part { entity, doc } => write!(f, "part {} in {doc}", entity.as_str()),
            Self::PartSpelling {
                entity,
                written,
                doc,
            } => {
                write!(f, "part {} ", entity.as_str())?;
                if let Some(doc) = doc {
                    write!(f, "in {doc} ")?;
                }
                write!(f, "written {written}")
            }
            Self::Rename { entity, name } => write!(f, "rename {} to {name}", entity.as_str()),
            Self::Retype { entity, kind } => {
                write!(f, "retype {} to {}", entity.as_str(), kind_word(*kind))
            }
            Self::Hide { entity } => write!(f, "hide {}", entity.as_str()),
        }
    }
}

/// What is wrong with a line of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionError {
    /// Its first word is no decision.
    Verb {
        /// The word.
        verb: String,
    },
    /// It does not have the shape of its decision.
    Shape {
        /// The line.
        line: String,
        /// How such a line is written.
        shape: &'static str,
    },
    /// The type is none.
    Kind {
        /// As written.
        word: String,
    },
    /// The two ids are the same.
    Itself {
        /// The id.
        entity: String,
    },
}

/// A line of decisions that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub error: DecisionError,
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verb { verb } => write!(
                f,
                "`{}` is no decision; use merge, split, distinct, part, rename, retype or hide",
                sanitise::line(verb)
            ),
            Self::Shape { line, shape } => {
                write!(
                    f,
                    "`{}` is incomplete; write `{shape}`",
                    sanitise::line(line)
                )
            }
            Self::Kind { word } => write!(
                f,
                "`{}` is no type of entity; use person, organisation or place",
                sanitise::line(word)
            ),
            Self::Itself { entity } => write!(
                f,
                "`{}` stands on both sides; name two ids",
                sanitise::line(entity)
            ),
        }
    }
}

impl std::error::Error for DecisionError {}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.error)
    }
}

impl std::error::Error for LineError {}

const MERGE: &str = "merge ID into ID";
const SPLIT: &str = "split ID";
const DISTINCT: &str = "distinct ID from ID";
const PART: &str = "part ID in DOCUMENT or part ID written NAME";
const RENAME: &str = "rename ID to NAME";
const RETYPE: &str = "retype ID to TYPE";
const HIDE: &str = "hide ID";

impl FromStr for Decision {
    type Err = DecisionError;

    fn from_str(line: &str) -> Result<Self, DecisionError> {
        let line = line.trim();
        let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let one = |shape| id(rest.trim()).ok_or_else(|| wrong(line, shape));
        // An id and, after the word between, whatever follows.
        let two = |between: &str, shape| {
            let (first, after) = rest.trim().split_once(char::is_whitespace)?;
            let second = after.trim().strip_prefix(between)?;
            let second = second.strip_prefix(char::is_whitespace)?.trim();
            (!second.is_empty()).then_some((id(first)?, second, shape))
        };
        let pair = |between, shape| {
            let (entity, second, _) = two(between, shape).ok_or_else(|| wrong(line, shape))?;
            let other = id(second).ok_or_else(|| wrong(line, shape))?;
            if entity == other {
                let entity = entity.as_str().to_owned();
                return Err(DecisionError::Itself { entity });
            }
            Ok((entity, other))
        };
        match verb {
            "merge" => {
                let (entity, into) = pair("into", MERGE)?;
                Ok(Self::Merge { entity, into })
            }
            "distinct" => {
                let (entity, from) = pair("from", DISTINCT)?;
                Ok(Self::Distinct { entity, from })
            }
            "split" => Ok(Self::Split {
                entity: one(SPLIT)?,
            }),
            "part" => part(rest).ok_or_else(|| wrong(line, PART)),
            "hide" => Ok(Self::Hide { entity: one(HIDE)? }),
            "rename" => {
                let (entity, name, _) = two("to", RENAME).ok_or_else(|| wrong(line, RENAME))?;
                let name = super::name(name).ok_or_else(|| wrong(line, RENAME))?;
                Ok(Self::Rename { entity, name })
            }
            "retype" => {
                let (entity, word, _) = two("to", RETYPE).ok_or_else(|| wrong(line, RETYPE))?;
                let kind = kind_of(word).ok_or_else(|| DecisionError::Kind {
                    word: word.to_owned(),
                })?;
                Ok(Self::Retype { entity, kind })
            }
            verb => Err(DecisionError::Verb {
                verb: verb.to_owned(),
            }),
        }
    }
}

/// `ID in DOCUMENT`, `ID written NAME`, `ID in DOCUMENT written NAME`.
fn part(rest: &str) -> Option<Decision> {
    let (entity, rest) = word(rest)?;
    let entity = id(entity)?;
    let (mut between, mut rest) = word(rest)?;
    let mut doc = None;
    if between == "in" {
        let (place, after) = word(rest)?;
        let place = place.parse().ok()?;
        if after.is_empty() {
            return Some(Decision::Part { entity, doc: place });
        }
        doc = Some(place);
        (between, rest) = word(after)?;
    }
    if between == "written" {
        Decision::part_spelling(entity, rest, doc)
    } else {
        None
    }
}

/// The first word of a text, and what follows it; none of a text without words.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (!word.is_empty()).then_some((word, rest.trim_start()))
}

fn wrong(line: &str, shape: &'static str) -> DecisionError {
    let line = line.chars().take(120).collect();
    DecisionError::Shape { line, shape }
}

fn id(text: &str) -> Option<EntityId> {
    let sound = !text.is_empty()
        && text.len() <= LONGEST
        && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then(|| EntityId(text.into()))
}

/// The decisions of a text file, in its order; the first line that cannot be read is the error.
pub fn read(text: &str) -> Result<Vec<Decision>, LineError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut decisions = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let decision = line.parse().map_err(|error| LineError {
            line: index + 1,
            error,
        })?;
        decisions.push(decision);
    }
    Ok(decisions)
}

/// Decisions as a text file that [`read`] understands.
pub fn write(decisions: &[Decision]) -> String {
    let mut text = String::from(
        "# Decisions about entities, one a line: merge ID into ID, split ID, distinct ID from ID, part ID in DOCUMENT,\n# part ID [in DOCUMENT] written NAME, rename ID to NAME, retype ID to person|organisation|place, hide ID. `postil entities --import FILE` reads them.\n",
    );
    for decision in decisions {
        text.push_str(&decision.to_string());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::entities::Slot;
    use proptest::prelude::*;

    fn refused(line: &str, says: &str) {
        let error = read(line).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        let text = "# mine\n\nmerge a into b\nsplit c\r\ndistinct a from d\npart b in 805ea3719a085b28\npart b written  Kim  Jung Un\npart b in 805ea3719a085b28 written in Korea\nrename a to Kim  Jong Un\nretype e to organization\nhide f\n";
        let decisions = read(text).unwrap();
        assert_eq!(decisions.len(), 9);
        assert_eq!(decisions[4].to_string(), "part b written Kim Jung Un");
        assert_eq!(decisions[6].to_string(), "rename a to Kim Jong Un");
        assert_eq!(decisions[7].to_string(), "retype e to organisation");
        assert_eq!(read(&write(&decisions)).unwrap(), decisions);
    }

    #[test]
    fn a_wrong_line_is_named_by_its_number() {
        refused("merge a into b\njoin a b", "line 2: `join` is no decision");
        refused("merge a b", "write `merge ID into ID`");
        refused("merge a into a", "stands on both sides");
        refused("rename a to  ", "write `rename ID to NAME`");
        refused("retype a to ship", "`ship` is no type");
        refused("hide two words", "write `hide ID`");
        refused("part a in nowhere", "write `part ID in DOCUMENT or");
        refused("part a written ", "or part ID written NAME`");
        refused("part a in 805ea3719a085b28 spelled A", "write `part ID");
        refused("hide", "write `hide ID`");
    }

    #[test]
    fn a_pair_is_merged_or_kept_apart_whichever_was_said_last() {
        let slots: Vec<Slot> = read("merge a into b\ndistinct b from a\nmerge b into a\nsplit a")
            .unwrap()
            .iter()
            .map(Decision::slot)
            .collect();
        assert!(slots[0] == slots[1] && slots[1] == slots[2]);
        assert_ne!(slots[2], slots[3]);
    }

    #[test]
    fn each_spelling_and_place_is_parted_for_itself() {
        let parts = "part a in 805ea3719a085b28\npart a written A B\npart a written a B\npart a in 805ea3719a085b28 written A B";
        let slots: std::collections::BTreeSet<Slot> =
            read(parts).unwrap().iter().map(Decision::slot).collect();
        assert_eq!(slots.len(), 4);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(part a (in 805ea3719a085b28 )?written |rename a to )?\\PC{0,80}") {
            if let Ok(decisions) = read(&text) {
                prop_assert_eq!(read(&write(&decisions)).unwrap(), decisions);
            }
        }
    }
}
