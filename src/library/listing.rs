use std::sync::Arc;

use crate::document::{DocId, DocKind, Edtf, PublishedFrom, Revision};
use crate::language::entities::{EntityId, EntityType};
use crate::timeline::Event;
use crate::trace::sketch::Sketch;

use super::entities::Said;

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
    /// Who wrote it, sanitised.
    pub authors: Vec<String>,
    /// What kind of document it is.
    pub kind: DocKind,
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

/// Raised whenever the analysis of the same text gives other results; what was derived by another version is made again.
pub const ANALYSER_VERSION: u32 = 8;

/// The orders of a document list, all ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By publication date, its first day; undated documents last, by title.
    #[default]
    Date,
    /// By title, without regard to case and accents.
    Title,
    /// By locator.
    Name,
    /// By when the document was first seen.
    Added,
}

/// A document's row in the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What a list shows.
    pub listing: Listing,
    /// The file as it was when it was read.
    pub stamp: Stamp,
    /// Its text.
    pub revision: Revision,
    /// What was found in the text; `None` until it was analysed.
    pub found: Option<Postings>,
}

/// What tells cheaply whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was last changed, nanoseconds since 1970.
    pub mtime_ns: i64,
}

/// What a library keeps of an analysis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Postings {
    /// The entities named, each once; `documents` counts for nothing here.
    pub entities: Vec<EntityCount>,
    /// The dated passages, in text order.
    pub events: Vec<Event>,
    /// The headings but the title, in text order.
    pub headings: Vec<Heading>,
    /// How the entities are written, and their titles.
    pub said: Vec<Said>,
    /// What tells documents that are nearly the same.
    pub sketch: Option<Sketch>,
}

/// A heading as a library keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The byte it begins at.
    pub at: u32,
    /// 1 is the highest.
    pub level: u8,
    /// Its words, on one line, shortened where they are many.
    pub text: String,
}
