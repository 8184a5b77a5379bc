//! What tracing finds, in words that can be shown: the sources of quotations, who repeats a statement, two documents compared, a phrase over its series.
//!
//! In: documents made ready as [`Ready`]. Out: words in [`Piece`]s that say what became of them, with the places they stand at. Nothing here reads a file.

mod chains;
mod firsthand;
mod history;
mod issued;
mod pieces;
mod redline;
mod sources;
mod uses;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

pub use self::chains::{Chain, Link, chains_of};
pub use self::firsthand::traced;
pub use self::history::{Basis, Happened, Step, alike, members, steps};
pub use self::issued::Issued;
pub use self::pieces::{Look, Over, Piece, changes, sort, told};
pub use self::redline::{Compared, NoteAt, Pair, compared};
pub use self::sources::{Quotation, Rest, Source, sources};
pub use self::uses::{Age, SentenceUses, UseOf, Uses, arranged, uses_among, uses_in};
use crate::document::{DocId, Document, Edtf};
use crate::language::quotes::Quote;
use crate::language::sentence::sentences;
use crate::text::{Layer, TextRange};
use crate::trace::quotations::Text;
use crate::trace::reuse::seeds::grams;
use crate::trace::words::Words;

/// A document with its words.
#[derive(Debug)]
pub struct Ready {
    /// The document.
    pub document: Arc<Document>,
    /// When it was published, as the library knows it.
    pub published: Option<Edtf>,
    /// Its words.
    pub words: Words,
    sentences: OnceLock<Layer<()>>,
}

/// Where something stands: a document as it is named to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub doc: DocId,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published: Option<Edtf>,
}

impl Ready {
    /// Makes a document ready; `published` is what the library says, which goes before what the document says.
    pub fn new(document: Arc<Document>, published: Option<Edtf>) -> Self {
        let own = document.meta.published.as_ref();
        Self {
            published: published.or_else(|| own.map(|published| published.date.clone())),
            words: Words::of(&document.text),
            document,
            sentences: OnceLock::new(),
        }
    }

    /// Its sentences, found when they are first asked for.
    fn sentences(&self) -> &Layer<()> {
        self.sentences.get_or_init(|| sentences(&self.document))
    }

    /// What it is called.
    pub fn named(&self) -> Named {
        Named {
            doc: self.document.id,
            title: self.document.title().to_owned(),
            published: self.published.clone(),
        }
    }

    /// The first day it may have been published on.
    pub fn day(&self) -> Option<Date> {
        self.published.as_ref()?.interval().earliest
    }

    /// Whether it shares a run of three words with what the runs are of.
    pub fn shares(&self, runs: &Runs) -> bool {
        grams(self.words.ids(), 0, RUN).any(|gram| runs.0.contains(&gram.hash))
    }

    fn text<'a>(&'a self, quotes: &'a Layer<Quote>) -> Text<'a> {
        Text {
            text: &self.document.text,
            words: &self.words,
            quotes,
            published: self.day(),
            kind: self.document.meta.kind,
        }
    }
}

/// Words of a run by which it is seen at once that two texts have nothing in common.
const RUN: usize = 3;

/// The runs of three words of something.
#[derive(Debug)]
pub struct Runs(HashSet<u64>);

impl Runs {
    /// Those of parts of a text.
    pub fn of(text: &str, parts: impl Iterator<Item = TextRange>) -> Self {
        let runs = parts.flat_map(|part| {
            let words = Words::within(text, part);
            grams(words.ids(), 0, RUN)
                .map(|gram| gram.hash)
                .collect::<Vec<_>>()
        });
        Self(runs.collect())
    }

    /// Without those that stand in a document.
    #[must_use]
    fn without(mut self, of: &Ready) -> Self {
        for gram in grams(of.words.ids(), 0, RUN) {
            self.0.remove(&gram.hash);
        }
        self
    }
}

#[cfg(test)]
mod tests;
