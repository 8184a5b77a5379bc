//! What the filter language sees of the rows of the lists.

use super::list::ListPane;
use super::msg::Kept;
use super::named::{NamedInDocuments, Passing};
use crate::annotation::{Annotation, Bookmark};
use crate::document::{DocKind, Edtf, Interval};
use crate::library::Listing;
use crate::search::query::{Subject, Words};

/// A document of the list, with the tags of what was written on it.
pub struct Shelved<'a> {
    /// The document.
    pub listing: &'a Listing,
    /// The tags on it.
    pub tags: &'a [String],
    /// Who is named where.
    pub named: &'a NamedInDocuments,
}

impl Subject for Shelved<'_> {
    fn title(&self) -> &str {
        &self.listing.title
    }

    fn publisher(&self) -> Option<&str> {
        self.listing.publisher.as_deref()
    }

    fn authors(&self) -> &[String] {
        &self.listing.authors
    }

    fn text(&self) -> Option<&str> {
        Some(self.listing.locator.rsplit('/').next().unwrap_or_default())
    }

    fn tags(&self) -> &[String] {
        self.tags
    }

    fn names(&self, words: &Words) -> bool {
        self.named.names(self.listing.id, words)
    }

    fn kind(&self) -> Option<DocKind> {
        Some(self.listing.kind)
    }

    fn date(&self) -> Option<Interval> {
        self.listing.published.as_ref().map(Edtf::interval)
    }
}

/// An annotation with what is known of its document.
pub struct Note<'a> {
    annotation: &'a Annotation,
    document: Option<&'a Listing>,
    status: &'static str,
    named: &'a Passing,
    text: String,
}

/// The words of an annotation and of its passage.
pub fn words_of(annotation: &Annotation) -> String {
    format!(
        "{}\n{}",
        annotation.body.note, annotation.target.quote.exact
    )
}

impl<'a> Note<'a> {
    /// An annotation of a document in the list; `named` are the notes that name what is asked for.
    pub fn new(
        annotation: &'a Annotation,
        kept: &Kept,
        list: &'a ListPane,
        named: &'a Passing,
    ) -> Self {
        let text = words_of(annotation);
        Self {
            annotation,
            document: list.listing(annotation.target.doc),
            status: kept.status(annotation.id),
            named,
            text,
        }
    }
}

impl Subject for Note<'_> {
    fn title(&self) -> &str {
        self.document.map_or("", |document| &document.title)
    }

    fn publisher(&self) -> Option<&str> {
        self.document
            .and_then(|document| document.publisher.as_deref())
    }

    fn authors(&self) -> &[String] {
        self.document.map_or(&[], |document| &document.authors)
    }

    fn kind(&self) -> Option<DocKind> {
        self.document.map(|document| document.kind)
    }

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn tags(&self) -> &[String] {
        &self.annotation.body.tags
    }

    fn colour(&self) -> Option<&str> {
        Some(self.annotation.body.colour.as_str())
    }

    fn status(&self) -> Option<&str> {
        Some(self.status)
    }

    fn names(&self, words: &Words) -> bool {
        self.named.names(self.annotation.id, words)
    }

    fn date(&self) -> Option<Interval> {
        self.document
            .and_then(|document| document.published.as_ref())
            .map(Edtf::interval)
    }
}

/// A bookmark with what is known of its document.
pub struct Mark<'a> {
    document: Option<&'a Listing>,
    text: String,
}

impl<'a> Mark<'a> {
    /// A bookmark of a document in the list.
    pub fn new(bookmark: &'a Bookmark, list: &'a ListPane) -> Self {
        let name = super::overlay::kept::bookmark_name(&bookmark.name);
        let text = format!("{name}\n{}", bookmark.target.quote.exact);
        Self {
            document: list.listing(bookmark.target.doc),
            text,
        }
    }
}

impl Subject for Mark<'_> {
    fn title(&self) -> &str {
        self.document.map_or("", |document| &document.title)
    }

    fn publisher(&self) -> Option<&str> {
        self.document
            .and_then(|document| document.publisher.as_deref())
    }

    fn authors(&self) -> &[String] {
        self.document.map_or(&[], |document| &document.authors)
    }

    fn kind(&self) -> Option<DocKind> {
        self.document.map(|document| document.kind)
    }

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn date(&self) -> Option<Interval> {
        self.document
            .and_then(|document| document.published.as_ref())
            .map(Edtf::interval)
    }
}
