//! One entity of a library: what it is called, which ids are it and why, and what may be the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::language::entities::{EntityId, EntityType};
use crate::library::EntityCount;

/// What the documents of a library say of one id.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The id the documents gave it.
    pub id: EntityId,
    /// The name they show for it.
    pub name: Arc<str>,
    /// Its type.
    pub kind: EntityType,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Documents that name it.
    pub documents: u32,
    /// Short forms in capitals that it is also written as ("GCC").
    pub acronyms: Vec<Arc<str>>,
}

/// Why a name belongs to an entity, or may belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// It is the name the documents agree on.
    Itself,
    /// The same letters; hyphens, blanks, accents and case aside.
    Letters,
    /// The same words in another order.
    Order,
    /// With a middle name or initial, and without.
    Middle,
    /// A first name written as its initial.
    Initial,
    /// Another transliteration, or one other vowel.
    Spelling,
    /// A short form that stands for the long one in a document.
    Acronym,
    /// The reader merged them.
    Decided,
    /// The same surname: never enough, only offered.
    Surname,
}

impl Why {
    /// All, in an order that what was kept relies on.
    pub(super) const ALL: [Self; 9] = [
        Self::Itself,
        Self::Letters,
        Self::Order,
        Self::Middle,
        Self::Initial,
        Self::Spelling,
        Self::Acronym,
        Self::Decided,
        Self::Surname,
    ];

    /// In a few plain words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Itself => "the name itself",
            Self::Letters => "same letters, written differently",
            Self::Order => "same names in another order",
            Self::Middle => "with or without a middle name",
            Self::Initial => "first name as an initial",
            Self::Spelling => "another spelling",
            Self::Acronym => "short for it in a document",
            Self::Decided => "merged by you",
            Self::Surname => "same surname",
        }
    }
}

/// One entity of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// Its id: the first, in the order of letters, of those that are one. All the others lead to it too, so that an id once noted keeps its meaning.
    pub id: EntityId,
    /// The name to show: the reader's, else that of its most mentioned member.
    pub name: Arc<str>,
    /// Its type: the reader's, else that of most mentions.
    pub kind: EntityType,
    /// Whether the reader says that it is no entity.
    pub hidden: bool,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Documents that name it; of several members the sum, at most, since one document may name it in two ways.
    pub documents: u32,
    /// The ids that are one, most mentioned first.
    pub members: Vec<Member>,
    /// What may be the same, most mentioned first.
    pub offers: Vec<Offer>,
}

/// One of the ids that make an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Which.
    pub id: EntityId,
    /// What the documents call it.
    pub name: Arc<str>,
    /// Mentions under this id.
    pub mentions: u32,
    /// Why it belongs here.
    pub why: Why,
}

/// A merge that is not certain enough to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The entity that may be the same.
    pub id: EntityId,
    /// Its name.
    pub name: Arc<str>,
    /// Its mentions.
    pub mentions: u32,
    /// What the two have in common.
    pub why: Why,
}

impl Linked {
    /// How often it is named.
    pub fn count(&self) -> EntityCount {
        EntityCount {
            entity: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            mentions: self.mentions,
            documents: self.documents,
        }
    }

    /// Sets how many documents name it, where its members share some.
    pub(super) fn count_documents(&mut self, count: impl Fn(&[EntityId]) -> Option<u32>) {
        if self.members.len() > 1 {
            let members: Vec<EntityId> = self.members.iter().map(|it| it.id.clone()).collect();
            if let Some(documents) = count(&members) {
                self.documents = documents;
            }
        }
    }
}
