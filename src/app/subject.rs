//! What the filter language sees of the rows of the lists.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::list::ListPane;
use super::msg::Kept;
use crate::annotation::{Annotation, Bookmark};
use crate::document::{DocKind, Edtf, Interval};
use crate::library::Listing;
use crate::library::entities::Links;
use crate::search::fold::fold;
use crate::search::query::Subject;

/// A document of the list, with the tags of what was written on it.
pub struct Shelved<'a> {
    /// The document.
    pub listing: &'a Listing,
    /// The tags on it.
    pub tags: &'a [String],
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

    fn kind(&self) -> Option<DocKind> {
        Some(self.listing.kind)
    }

    fn date(&self) -> Option<Interval> {
        self.listing.published.as_ref().map(Edtf::interval)
    }
}

/// An annotation with what is known of its document.
pub struct Note<'a, F> {
    annotation: &'a Annotation,
    document: Option<&'a Listing>,
    status: &'static str,
    named: F,
    text: String,
}

/// The words of an annotation and of its passage.
pub fn words_of(annotation: &Annotation) -> String {
    format!(
        "{}\n{}",
        annotation.body.note, annotation.target.quote.exact
    )
}

impl<'a, F> Note<'a, F> {
    /// An annotation of a document in the list; `named` gives the names there are, when one is asked for.
    pub fn new(annotation: &'a Annotation, kept: &Kept, list: &'a ListPane, named: F) -> Self {
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

impl<'n, F: Fn() -> &'n Named> Subject for Note<'_, F> {
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

    fn names_any(&self, is_it: &dyn Fn(&str) -> bool) -> bool {
        (self.named)().any_in(&self.text, is_it)
    }

    fn date(&self) -> Option<Interval> {
        self.document
            .and_then(|document| document.published.as_ref())
            .map(Edtf::interval)
    }
}

/// The names of the library, to be found in short texts.
#[derive(Debug, Default)]
pub struct Named {
    /// All names each entity has.
    entities: Vec<Vec<Arc<str>>>,
    /// By the first word: the whole name, as it is compared, and whose it is.
    by_word: HashMap<String, Vec<(String, usize)>>,
}

impl Named {
    /// The names of all that are linked.
    pub fn new(links: &Links) -> Self {
        let mut index = Self::default();
        for entity in links.entities().iter().filter(|entity| !entity.hidden) {
            let members = entity.members.iter().map(|member| member.name.clone());
            let names: Vec<Arc<str>> = [entity.name.clone()].into_iter().chain(members).collect();
            let number = index.entities.len();
            for name in &names {
                let plain = fold(name).into_owned();
                let first = words(&plain).next().map(|(_, word)| word.to_owned());
                if let Some(first) = first {
                    index
                        .by_word
                        .entry(first)
                        .or_default()
                        .push((plain, number));
                }
            }
            index.entities.push(names);
        }
        index
    }

    /// Whether a name of somebody or something named in `text` passes.
    fn any_in(&self, text: &str, is_it: &dyn Fn(&str) -> bool) -> bool {
        self.found(&fold(text)).any(|entity| {
            let names = self.entities.get(entity).into_iter().flatten();
            names.into_iter().any(|name| is_it(name))
        })
    }

    /// The names of all that are named in `text`, each once, in text order.
    pub fn all_in(&self, text: &str) -> Vec<Arc<str>> {
        let mut found: Vec<Arc<str>> = Vec::new();
        for entity in self.found(&fold(text)) {
            let name = self.entities.get(entity).and_then(|names| names.first());
            if let Some(name) = name.filter(|name| !found.contains(name)) {
                found.push(name.clone());
            }
        }
        found
    }

    /// The numbers of all that are named in a folded text.
    fn found<'a>(&'a self, plain: &'a str) -> impl Iterator<Item = usize> + 'a {
        words(plain).flat_map(move |(at, word)| {
            let rest = plain.get(at..).unwrap_or_default();
            let here = self.by_word.get(word).into_iter().flatten();
            here.filter(move |(name, _)| {
                let after = rest.strip_prefix(name.as_str());
                after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            })
            .map(|(_, entity)| *entity)
        })
    }
}

/// The words of a text, each with the byte it starts at.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.unicode_word_indices()
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
