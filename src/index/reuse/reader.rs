//! The texts of an index, read as they are needed.

use std::io;
use std::sync::Arc;

use super::manifest::Manifest;
use super::run;
use super::texts::{STEP, Texts};
use crate::text::TextRange;
use crate::trace::words::Words;

/// Reads the texts of an index.
pub struct Reader<'a> {
    manifest: &'a Manifest,
    texts: Texts,
}

/// A text that was read.
pub struct Page {
    /// The text.
    pub text: Arc<str>,
    /// Where every [`STEP`]th word starts.
    steps: Vec<u32>,
}

impl Page {
    /// The words `from..to`, and a few more around them; and which is the first of them.
    pub fn words(&self, (from, to): (usize, usize)) -> (Words, usize) {
        let first = from.saturating_sub(1) / STEP;
        let last = to / STEP + 1;
        let start = self.steps.get(first).copied().unwrap_or(0);
        let end = self.steps.get(last);
        let end = end.map_or(self.text.len(), |end| *end as usize);
        let stretch = TextRange::of(start as usize, end);
        (Words::within(&self.text, stretch), first * STEP)
    }
}

impl<'a> Reader<'a> {
    pub(super) const fn new(manifest: &'a Manifest, texts: Texts) -> Self {
        Self { manifest, texts }
    }

    /// The text of a document, with where its words are.
    pub fn page(&self, number: u32) -> io::Result<Page> {
        let entry = self.manifest.entry(number);
        let entry = entry.ok_or_else(|| run::damaged("the list of documents"))?;
        Ok(Page {
            text: self.texts.text(&entry.place)?.into(),
            steps: self.texts.steps(&entry.place)?,
        })
    }

    /// How many words a document has.
    pub fn n_words(&self, number: u32) -> usize {
        let entry = self.manifest.entry(number);
        entry.map_or(0, |entry| entry.place.n_words as usize)
    }
}
