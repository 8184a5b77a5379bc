//! The texts of an index, read as they are needed.

use std::io;

use super::manifest::Manifest;
use super::run;
use super::texts::Texts;
use crate::trace::words::Words;

/// Reads the texts of an index.
pub struct Reader<'a> {
    manifest: &'a Manifest,
    texts: Texts,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(manifest: &'a Manifest, texts: Texts) -> Self {
        Self { manifest, texts }
    }

    /// The text of a document.
    pub fn text(&self, number: u32) -> io::Result<String> {
        let entry = self.manifest.entry(number);
        let entry = entry.ok_or_else(|| run::damaged("the list of documents"))?;
        self.texts.text(&entry.place)
    }

    /// The words `from..to` of a document whose text was read, and a few more around them; and which is the first of them.
    pub fn words(
        &self,
        number: u32,
        text: &str,
        (from, to): (usize, usize),
    ) -> io::Result<(Words, usize)> {
        let entry = self.manifest.entry(number);
        let entry = entry.ok_or_else(|| run::damaged("the list of documents"))?;
        self.texts.words(&entry.place, text, (from, to))
    }

    /// How many words a document has.
    pub fn n_words(&self, number: u32) -> usize {
        let entry = self.manifest.entry(number);
        entry.map_or(0, |entry| entry.place.n_words as usize)
    }
}
