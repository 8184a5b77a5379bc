//! Persons, organisations and places named in a text.
//!
//! In: a document and its sentences. Out: [`Mention`]s that never overlap. Each mention carries the id of the entity it names; the
//! same id in two documents means the same entity. Spans leave out "the", titles and possessive 's.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A person, organisation or place, the same in every document: a readable slug such as `north-korea`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId(pub Arc<str>);

impl EntityId {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityType {
    /// A human being.
    Person,
    /// A body, office, party or company.
    Org,
    /// A country, region, city or feature; also the adjective of one and its people.
    Place,
}

/// A span that names an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What it names.
    pub entity: EntityId,
    /// The name to show for the entity ("North Korea").
    pub name: Arc<str>,
    /// Its type.
    pub kind: EntityType,
    /// Whether it is an adjective or a people ("Japanese").
    pub adjective: bool,
}
