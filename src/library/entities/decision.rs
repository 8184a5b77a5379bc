//! What the reader decided about entities, and the text file it is exchanged in.
//!
//! One decision a line; blank lines and lines that begin with `#` say nothing. Ids are those of `postil entities --json` and hold no blanks.
//!
//! ```text
//! merge jong-kim-un into kim-un
//! split kim-un
//! distinct george-bush from bush-george-w
//! part john-smith in 805ea3719a085b28
//! rename dprk to North Korea
//! retype crimea to place
//! hide monday
//! ```

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::document::DocId;
use crate::language::entities::{EntityId, EntityType};
use crate::text::sanitise;

/// Longest name and id, in bytes.
const LONGEST: usize = 400;

/// One decision about an entity. It holds for whatever entity the id belongs to at the time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Decision {
    /// The two are one.
    Merge {
        /// Which.
        entity: EntityId,
        /// The one it belongs to.
        into: EntityId,
    },
    /// It stands alone, whatever its name resembles.
    Split {
        /// Which.
        entity: EntityId,
    },
    /// The two are never made one by likeness of their names.
    Distinct {
        /// One.
        entity: EntityId,
        /// The other.
        from: EntityId,
    },
    /// In this document it is another than in the others.
    Part {
        /// Which.
        entity: EntityId,
        /// Where.
        doc: DocId,
    },
    /// It is called so.
    Rename {
        /// Which.
        entity: EntityId,
        /// The name to show.
        name: String,
    },
    /// It is of this type.
    Retype {
        /// Which.
        entity: EntityId,
        /// Its type.
        kind: EntityType,
    },
    /// It is no entity and is not marked.
    Hide {
        /// Which.
        entity: EntityId,
    },
}

/// What a decision is about: a later one in the same slot takes the place of the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    /// `pair`, `apart`, `part`, `name`, `type` or `hidden`.
    pub what: &'static str,
    /// Which entity; of a pair the first in the order of letters.
    pub entity: EntityId,
    /// The other entity of a pair, the document of a part, else empty.
    pub other: String,
}

impl Decision {
    /// What it is about.
    pub fn slot(&self) -> Slot {
        let slot = |what, entity: &EntityId, other: &str| Slot {
            what,
            entity: entity.clone(),
            other: other.to_owned(),
        };
        match self {
            Self::Merge {
                entity: one,
                into: other,
            }
            | Self::Distinct {
                entity: one,
                from: other,
            } => slot("pair", one.min(other), one.max(other).as_str()),
            Self::Split { entity } => slot("apart", entity, ""),
            Self::Part { entity, doc } => slot("part", entity, &doc.to_string()),
            Self::Rename { entity, .. } => slot("name", entity, ""),
            Self::Retype { entity, .. } => slot("type", entity, ""),
            Self::Hide { entity } => slot("hidden", entity, ""),
        }
    }

    /// The entity it is about.
    pub const fn entity(&self) -> &EntityId {
        match self {
            Self::Merge { entity, .. }
            | Self::Split { entity }
            | Self::Distinct { entity, .. }
            | Self::Part { entity, .. }
            | Self::Rename { entity, .. }
            | Self::Retype { entity, .. }
            | Self::Hide { entity } => entity,
        }
    }
}

impl Decision {
    /// The ids it names: one, or the two of a pair.
    pub fn entities(&self) -> Vec<&EntityId> {
        match self {
            Self::Merge { entity, into } => vec![entity, into],
            Self::Distinct { entity, from } => vec![entity, from],
            Self::Split { entity }
            | Self::Part { entity, .. }
            | Self::Rename { entity, .. }
            | Self::Retype { entity, .. }
            | Self::Hide { entity } => vec![entity],
        }
    }
}

/// The word for a type in the file and on the command line.
pub(super) const fn kind_word(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Org => "organisation",
        EntityType::Place => "place",
    }
}

/// The type a word names: `person`, `organisation` (or `organization`, `org`), `place`.
fn kind_of(word: &str) -> Option<EntityType> {
    match word.to_lowercase().as_str() {
        "person" => Some(EntityType::Person),
        "organisation" | "organization" | "org" => Some(EntityType::Org),
        "place" => Some(EntityType::Place),
        _ => None,
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
const PART: &str = "part ID in DOCUMENT";
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
            "part" => {
                let (entity, doc, _) = two("in", PART).ok_or_else(|| wrong(line, PART))?;
                let doc = doc.parse().map_err(|_| wrong(line, PART))?;
                Ok(Self::Part { entity, doc })
            }
            "hide" => Ok(Self::Hide { entity: one(HIDE)? }),
            "rename" => {
                let (entity, name, _) = two("to", RENAME).ok_or_else(|| wrong(line, RENAME))?;
                let name = self::name(name).ok_or_else(|| wrong(line, RENAME))?;
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

/// A name as it may be shown: one line without control characters; none if nothing is left.
fn name(text: &str) -> Option<String> {
    let clean = sanitise::line(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    let name = words.join(" ");
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}

impl Decision {
    /// A new name for an entity, made fit to be shown; none if nothing is left of it.
    pub fn rename(entity: EntityId, typed: &str) -> Option<Self> {
        Some(Self::Rename {
            entity,
            name: name(typed)?,
        })
    }

    /// Another type for an entity, by its word; none if it is no type.
    pub fn retype(entity: EntityId, word: &str) -> Option<Self> {
        Some(Self::Retype {
            entity,
            kind: kind_of(word.trim())?,
        })
    }
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
        "# Decisions about entities, one a line: merge ID into ID, split ID, distinct ID from ID, part ID in DOCUMENT,\n# rename ID to NAME, retype ID to person|organisation|place, hide ID. `postil entities --import FILE` reads them.\n",
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
    use proptest::prelude::*;

    fn refused(line: &str, says: &str) {
        let error = read(line).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        let text = "# mine\n\nmerge a into b\nsplit c\r\ndistinct a from d\npart b in 805ea3719a085b28\nrename a to Kim  Jong Un\nretype e to organization\nhide f\n";
        let decisions = read(text).unwrap();
        assert_eq!(decisions.len(), 7);
        assert_eq!(decisions[4].to_string(), "rename a to Kim Jong Un");
        assert_eq!(decisions[5].to_string(), "retype e to organisation");
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
        refused("part a in nowhere", "write `part ID in DOCUMENT`");
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

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            if let Ok(decisions) = read(&text) {
                prop_assert_eq!(read(&write(&decisions)).unwrap(), decisions);
            }
        }
    }
}
