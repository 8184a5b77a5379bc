//! A document as `list` and `show` tell it.

use serde::Serialize;

use super::ledger::Written;
use super::named::NamesIn;
use super::room::Opened;
use crate::document::{DocKind, Edtf, Interval};
use crate::search::query::{Subject, Words};

/// One document without its text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Described {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) title: Option<String>,
    pub(super) published: Option<Edtf>,
    pub(super) published_from: Option<&'static str>,
    pub(super) publisher: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) kind: DocKind,
    pub(super) language: Option<String>,
    pub(super) words: u32,
    pub(super) notes: usize,
    pub(super) warnings: Vec<String>,
}

impl Described {
    pub(super) fn new(opened: &Opened, written: &Written) -> Self {
        let meta = &opened.document.meta;
        Self {
            id: opened.document.id.to_string(),
            path: opened.locator.clone(),
            title: meta.title.clone(),
            published: meta
                .published
                .as_ref()
                .map(|published| published.date.clone()),
            published_from: meta
                .published
                .as_ref()
                .map(|published| published.from.as_str()),
            publisher: meta.publisher.clone(),
            authors: meta.authors.clone(),
            kind: meta.kind,
            language: meta.language.clone(),
            words: meta.words,
            notes: written.n_notes,
            warnings: opened.warnings.iter().map(ToString::to_string).collect(),
        }
    }

    /// The title for people.
    pub(super) fn shown_title(&self) -> &str {
        self.title.as_deref().unwrap_or("(empty document)")
    }

    /// The publication date for people.
    pub(super) fn shown_date(&self) -> &str {
        self.published.as_ref().map_or("undated", Edtf::as_str)
    }
}

/// A document as `--where` looks at it.
pub(super) struct Filtered<'a> {
    pub(super) opened: &'a Opened,
    pub(super) tags: &'a [String],
    pub(super) names: &'a NamesIn<'a>,
}

impl Subject for Filtered<'_> {
    fn title(&self) -> &str {
        self.opened.document.title()
    }

    fn publisher(&self) -> Option<&str> {
        self.opened.document.meta.publisher.as_deref()
    }

    fn authors(&self) -> &[String] {
        &self.opened.document.meta.authors
    }

    fn text(&self) -> Option<&str> {
        Some(&self.opened.document.text)
    }

    fn tags(&self) -> &[String] {
        self.tags
    }

    fn names(&self, words: &Words) -> bool {
        self.names.any(words)
    }

    fn kind(&self) -> Option<DocKind> {
        Some(self.opened.document.meta.kind)
    }

    fn date(&self) -> Option<Interval> {
        let published = self.opened.document.meta.published.as_ref()?;
        Some(published.date.interval())
    }
}
