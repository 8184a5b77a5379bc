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

mod bodies;
mod consistency;
mod gazetteer;
mod linking;
mod merge;
mod naming;
mod scan;
pub mod tagger;
mod words;

use crate::document::{BlockKind, Document};
use crate::text::{Layer, TextRange};
use gazetteer::Gazetteer;
use scan::Setting;
use words::{Shape, Word};

/// The names in a document. They never overlap; a name inside a longer name is left out.
pub fn mentions(document: &Document, sentences: &Layer<()>) -> Layer<Mention> {
    let gazetteer = Gazetteer::shipped();
    let classes = gazetteer.classes_of();
    let model = tagger::shipped();
    let mut read: Vec<linking::Read> = sentences
        .iter()
        .map(|(range, ())| {
            let words: Vec<Word> = super::token::tokens(&document.text, *range)
                .map(|token| words::word(&document.text, token, &classes))
                .collect();
            let setting = setting(document, *range, &words);
            let mut found = scan::sentence(&words, setting, gazetteer);
            if let Some(model) = model {
                let seen = tagger::read(&document.text, &words, gazetteer, model.lexicon());
                let tagged = tagger::spans(&model.labels(&seen));
                found = merge::Merge { words: &words, gazetteer }.all(&found, &tagged);
            }
            linking::Read { words, found }
        })
        .collect();
    consistency::agree(&mut read);
    linking::link(document, &read, gazetteer)
        .into_iter()
        .collect()
}

/// Where a sentence stands: a line of capitals is known by its words, a heading by its block or by a capital on nearly every word.
fn setting(document: &Document, range: TextRange, words: &[Word]) -> Setting {
    let letters = words
        .iter()
        .filter(|word| word.kind == super::token::TokenKind::Word);
    let (mut all, mut upper, mut small) = (0, 0, 0);
    for word in letters {
        all += 1;
        upper += usize::from(word.shape == Shape::Upper || word.initial());
        small += usize::from(word.shape == Shape::Lower);
    }
    if all >= 3 && upper == all {
        return Setting::Capitals;
    }
    let block = document.blocks.get(document.block_at(range.start));
    let heading = block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
    if heading || (all >= 5 && small * 4 < all) {
        Setting::Heading
    } else {
        Setting::Prose
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod gold;
