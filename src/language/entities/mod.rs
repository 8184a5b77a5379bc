//! Persons, organisations and places named in a text.
//!
//! In: a document and its sentences. Out: [`Mention`]s that never overlap. Each mention carries the id of the entity it names; the
//! same id in two documents means the same entity. Spans leave out "the", titles and possessive 's. In English a tagger finds names that are on no list; in other
//! languages the lists alone speak ([`languages`] says which paragraph is in which).

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

mod abroad;
mod acronym;
mod bodies;
mod consistency;
mod definitions;
mod gazetteer;
mod givens;
mod languages;
mod linking;
mod lists;
mod merge;
mod naming;
mod nobody;
mod ranks;
mod scan;
mod series;
mod spans;
pub mod tagger;
mod words;

pub use acronym::is_made_of;
pub(in crate::language) use languages::of_blocks;
pub use languages::{Language, languages};
pub use lists::{ListError, Lists};

use super::token::TokenKind;
use crate::document::{BlockKind, Document};
use crate::text::{Layer, TextRange};
use gazetteer::Gazetteer;
use scan::Setting;
use tagger::Care;
use words::{Shape, Word};

/// The names in a document. They never overlap; a name inside a longer name is left out.
pub fn mentions(document: &Document, sentences: &Layer<()>) -> Layer<Mention> {
    find(document, sentences, &Lists::default()).0
}

/// The names in a document, those of the reader's own lists among them.
pub fn mentions_with(document: &Document, sentences: &Layer<()>, lists: &Lists) -> Layer<Mention> {
    find(document, sentences, lists).0
}

/// The names in a document, and the language of each paragraph that is not in English, where names on the lists alone are found.
pub fn find(
    document: &Document,
    sentences: &Layer<()>,
    lists: &Lists,
) -> (Layer<Mention>, Layer<Language>) {
    let gazetteer = lists.gazetteer();
    let languages = languages::of_blocks(document);
    let care = care(document, sentences);
    let mut read: Vec<linking::Read> = sentences
        .iter()
        .map(|(range, ())| {
            let block = document.block_at(range.start);
            let language = languages.get(block).copied().unwrap_or(Language::ENGLISH);
            read(document, *range, language, care, gazetteer)
        })
        .collect();
    consistency::agree(&mut read);
    definitions::complete(&document.text, &mut read);
    let mentions = linking::link(document, &read, gazetteer);
    let foreign = languages::with_text(document, languages)
        .filter(|(_, language)| *language != Language::ENGLISH);
    (mentions.into_iter().collect(), foreign.collect())
}

/// The words of a sentence and what they were read as: by the lists alone where it is not in English.
fn read(
    document: &Document,
    range: TextRange,
    language: Language,
    care: Care,
    gazetteer: &Gazetteer,
) -> linking::Read {
    let text: &str = &document.text;
    let words = words::split(text, range, &gazetteer.classes_of());
    if language != Language::ENGLISH {
        let words = abroad::parted(text, words, gazetteer);
        let found = abroad::sentence(text, &words, gazetteer);
        return linking::Read { words, found };
    }
    let setting = setting(document, range, &words);
    let rules = scan::sentence(&words, setting, gazetteer);
    let Some(model) = tagger::shipped() else {
        return linking::Read {
            words,
            found: rules,
        };
    };
    let some =
        |word: &Word| word.capital() || (care == Care::Little && word.kind == TokenKind::Word);
    let tagged = if words.iter().any(some) {
        let seen = tagger::read(text, &words, gazetteer, model.lexicon(), care);
        tagger::spans(&model.labels(&seen))
    } else {
        Vec::new()
    };
    let found = merge::Merge {
        text,
        words: &words,
        gazetteer,
        setting,
        care,
    }
    .all(&rules, &tagged);
    linking::Read { words, found }
}

/// How a text is written: one of at least three sentences, nine of ten with a capital at the beginning, keeps the rules.
fn care(document: &Document, sentences: &Layer<()>) -> Care {
    let (mut all, mut capital) = (0, 0);
    for (range, ()) in sentences {
        if let Some(first) = range
            .of_text(&document.text)
            .chars()
            .take(80)
            .find(|letter| letter.is_alphabetic())
        {
            all += 1;
            capital += usize::from(!first.is_lowercase());
        }
    }
    if all >= 3 && capital * 10 >= all * 9 {
        Care::Much
    } else {
        Care::Little
    }
}

/// Where a sentence stands: a line of capitals is known by its words, a heading by its block or by a capital on nearly every word.
fn setting(document: &Document, range: TextRange, words: &[Word]) -> Setting {
    let letters = words.iter().filter(|word| word.kind == TokenKind::Word);
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
