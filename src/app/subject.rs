//! What the filter language sees of the rows of the lists; of annotations, which there may be very many of, the list of notes keeps it ready.

use super::list::ListPane;
use super::named::NamedInDocuments;
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

/// The words of an annotation and of its passage.
pub fn words_of(annotation: &Annotation) -> String {
    format!(
        "{}\n{}",
        annotation.body.note, annotation.target.quote.exact
    )
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
