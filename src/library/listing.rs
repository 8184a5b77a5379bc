use std::sync::Arc;

use crate::document::{DocId, Edtf, PublishedFrom};
use crate::language::entities::{EntityId, EntityType};

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Which place it comes from.
    pub id: DocId,
    /// The locator: an absolute path, `sample:NAME` or `stdin:`.
    pub locator: Arc<str>,
    /// Its title, sanitised.
    pub title: Arc<str>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// How that is known.
    pub published_from: Option<PublishedFrom>,
    /// Who published it, sanitised.
    pub publisher: Option<Arc<str>>,
    /// Words in it; 0 until it was read.
    pub words: u32,
    /// How many warnings importing it gave.
    pub n_warnings: u16,
    /// Seconds since 1970 when it was first seen in this collection.
    pub added: i64,
}

/// How often an entity is named in one document or in the library.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityCount {
    /// Which.
    pub entity: EntityId,
    /// The name to show.
    pub name: Arc<str>,
    /// Its type.
    pub kind: EntityType,
    /// Mentions.
    pub mentions: u32,
    /// Documents that name it.
    pub documents: u32,
}
