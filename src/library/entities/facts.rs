//! What a card says of an entity.

use std::sync::Arc;

use crate::document::{DocId, Edtf};
use crate::language::entities::{EntityId, EntityType};
use crate::timeline::Event;

use super::linked::{Member, Offer};

/// What is known of an entity over the library, its mentions in context aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Which.
    pub id: EntityId,
    /// What it is called.
    pub name: Arc<str>,
    /// Its type.
    pub kind: EntityType,
    /// Whether the reader says that it is no entity.
    pub hidden: bool,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Documents that name it.
    pub documents: u32,
    /// As written and how often, most often first.
    pub aliases: Vec<(String, u32)>,
    /// Titles and offices said of it and how often, most often first.
    pub roles: Vec<(String, u32)>,
    /// The earliest dated document that names it.
    pub first: Option<(Edtf, DocId)>,
    /// The latest dated document that names it.
    pub last: Option<(Edtf, DocId)>,
    /// Who it is named with in most documents.
    pub with: Vec<Companion>,
    /// Dated passages that name it, in the order of time.
    pub events: Vec<Event>,
    /// The ids that are one, and why.
    pub members: Vec<Member>,
    /// What may be the same.
    pub offers: Vec<Offer>,
}

/// An entity named in the same documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Companion {
    /// Which.
    pub id: EntityId,
    /// What it is called.
    pub name: Arc<str>,
    /// Its type.
    pub kind: EntityType,
    /// Documents that name both.
    pub documents: u32,
}
