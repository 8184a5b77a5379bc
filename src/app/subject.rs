//! What the filter language sees of the rows of the lists.

use super::list::ListPane;
use crate::annotation::{Annotation, Bookmark};
use crate::document::{Edtf, Interval};
use crate::library::Listing;
use crate::search::query::Subject;

impl Subject for Listing {
    fn title(&self) -> &str {
        &self.title
    }

    fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }

    fn text(&self) -> Option<&str> {
        Some(self.locator.rsplit('/').next().unwrap_or_default())
    }

    fn date(&self) -> Option<Interval> {
        self.published.as_ref().map(Edtf::interval)
    }
}

/// An annotation with what is known of its document.
pub struct Note<'a> {
    annotation: &'a Annotation,
    document: Option<&'a Listing>,
    text: String,
}

impl<'a> Note<'a> {
    /// An annotation of a document in the list.
    pub fn new(annotation: &'a Annotation, list: &'a ListPane) -> Self {
        let text = format!(
            "{}\n{}",
            annotation.body.note, annotation.target.quote.exact
        );
        Self {
            annotation,
            document: list.listing(annotation.target.doc),
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

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn tags(&self) -> &[String] {
        &self.annotation.body.tags
    }

    fn colour(&self) -> Option<&str> {
        Some(self.annotation.body.colour.as_str())
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

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn date(&self) -> Option<Interval> {
        self.document
            .and_then(|document| document.published.as_ref())
            .map(Edtf::interval)
    }
}
