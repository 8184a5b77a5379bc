//! What the reader decided about entities, and the slot each decision takes. As lines of a text file they are read and written in [`line`](self::line).

mod line;

pub use line::{DecisionError, LineError, read, write};

use serde::{Deserialize, Serialize};

use crate::document::DocId;
use crate::language::entities::{EntityId, EntityType};
use crate::text::sanitise;

/// Longest name, spelling and id, in bytes.
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
    /// What is written so is another, in all documents or in one.
    PartSpelling {
        /// Which.
        entity: EntityId,
        /// The words, on one line; case counts.
        written: Box<str>,
        /// Where, unless everywhere.
        doc: Option<DocId>,
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
    /// The other entity of a pair, the document and the spelling of a part, else empty.
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
            Self::PartSpelling {
                entity,
                written,
                doc,
            } => {
                let doc = doc.map_or_else(String::new, |doc| doc.to_string());
                slot("part", entity, &format!("{doc} {written}"))
            }
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
            | Self::PartSpelling { entity, .. }
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
            | Self::PartSpelling { entity, .. }
            | Self::Rename { entity, .. }
            | Self::Retype { entity, .. }
            | Self::Hide { entity } => vec![entity],
        }
    }

    /// A new name for an entity, made fit to be shown; none if nothing is left of it.
    pub fn rename(entity: EntityId, typed: &str) -> Option<Self> {
        Some(Self::Rename {
            entity,
            name: name(typed)?,
        })
    }

    /// What is written so is another than the entity, in all documents or in one; none if nothing is written.
    pub fn part_spelling(entity: EntityId, written: &str, doc: Option<DocId>) -> Option<Self> {
        Some(Self::PartSpelling {
            entity,
            written: name(written)?.into(),
            doc,
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

/// The type a word names: `person`, `organisation` (or `organization`, `org`), `place`.
fn kind_of(word: &str) -> Option<EntityType> {
    match word.to_lowercase().as_str() {
        "person" => Some(EntityType::Person),
        "organisation" | "organization" | "org" => Some(EntityType::Org),
        "place" => Some(EntityType::Place),
        _ => None,
    }
}

/// Words on one line without control characters, as a spelling is compared.
pub(super) fn on_one_line(text: &str) -> String {
    let clean = sanitise::line(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ")
}

/// A name as it may be shown; none if nothing is left.
fn name(text: &str) -> Option<String> {
    let name = on_one_line(text);
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}
