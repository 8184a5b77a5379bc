//! What may be taken out of an entity at a mention: its spelling, in all documents or in this one, or all that this document names so.

use super::EntityCard;
use crate::app::overlay::Cursor;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::entities::Decision;

/// What may be taken out, to be chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// Never empty.
    pub choices: Vec<Share>,
    /// The chosen one.
    pub cursor: Cursor,
}

/// Some of the mentions of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// Those written so, in all documents.
    Spelling(String),
    /// Those written so in one document.
    SpellingIn(String, DocId),
    /// All in one document.
    Document(DocId),
}

impl Share {
    /// What takes it out of one of the ids of the entity; none if nothing is written.
    pub fn decision(&self, entity: EntityId) -> Option<Decision> {
        match self {
            Self::Spelling(written) => Decision::part_spelling(entity, written, None),
            Self::SpellingIn(written, doc) => Decision::part_spelling(entity, written, Some(*doc)),
            Self::Document(doc) => Some(Decision::Part { entity, doc: *doc }),
        }
    }
}

impl Parting {
    /// What may be taken out at a mention in `doc`, written so; none where it would be all there is.
    pub fn at(card: &EntityCard, doc: DocId, written: Option<&str>) -> Option<Self> {
        let documents = card.facts.as_ref()?.documents;
        let mut choices = Vec::new();
        if let Some(written) = written.filter(|_| !card.spellings().is_empty()) {
            choices.push(Share::Spelling(written.to_owned()));
            if documents > 1 {
                choices.push(Share::SpellingIn(written.to_owned(), doc));
            }
        }
        if documents > 1 {
            choices.push(Share::Document(doc));
        }
        (!choices.is_empty()).then(|| Self {
            choices,
            cursor: Cursor::default(),
        })
    }

    /// The chosen one.
    pub fn chosen(&self) -> Option<&Share> {
        self.choices.get(self.cursor.selected)
    }
}
