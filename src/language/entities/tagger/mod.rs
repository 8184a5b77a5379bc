//! A statistical tagger for English: persons, organisations and places by the company words keep.
//!
//! In: the words of a sentence. Out: spans with a type that never overlap. A linear chain over hashed features (Collins 2002; labels BILOU) with weights trained by
//! `cargo run --release --example train_entities`; what it was trained on stands in `assets/language/entities.toml`. It says nothing of who is
//! meant, and nothing of nationalities: that is what the lists are for. Public for that command and for measuring; readers want [`super::mentions`].

mod cell;
mod features;
mod label;
mod lexicon;
mod model;
mod table;

pub use cell::{Sentence, hash_lower};
pub use features::features;
pub use label::{LABELS, Label, Part, TYPES, spans};
pub use lexicon::{ENTRY, Entry, Lexicon};
pub use model::{Model, ROW, STEPS, file};
pub use table::Builder;

pub(super) use cell::{Care, read};

use std::sync::OnceLock;

use super::gazetteer::{Classes, Gazetteer};
use super::words::word;
use crate::language::token::{Token, TokenKind};

/// A sentence as the tagger sees it.
pub fn sentence(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Sentence {
    let gazetteer = Gazetteer::shipped();
    let classes = gazetteer.classes_of();
    let words: Vec<_> = tokens
        .iter()
        .map(|token| word(text, *token, &classes))
        .collect();
    read(text, &words, gazetteer, lexicon, Care::Little)
}

/// Whether all words of `name` are nationalities, faiths or peoples: some data take them for names, the lists and rules do not.
pub fn people(name: &str) -> bool {
    let gazetteer = Gazetteer::shipped();
    let words = super::words::words_of(name, &gazetteer.classes_of());
    let mut letters = words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.kind == TokenKind::Word);
    !words.is_empty()
        && letters.all(|(at, word)| {
            let adjective = gazetteer
                .longest(&words, at)
                .is_some_and(|name| name.adjective);
            adjective || word.classes.any(Classes::PEOPLE)
        })
}

/// The model that comes with the program; read in place, so that the first call costs no more than the next.
pub(super) fn shipped() -> Option<&'static Model<'static>> {
    static BYTES: &[u8] = include_bytes!("../../../../assets/language/entities.model");
    static MODEL: OnceLock<Option<Model<'static>>> = OnceLock::new();
    MODEL.get_or_init(|| Model::new(BYTES)).as_ref()
}
