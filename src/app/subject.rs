//! What the filter language sees of the rows of the lists.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::list::ListPane;
use super::msg::Kept;
use crate::annotation::{Annotation, Bookmark};
use crate::document::{Edtf, Interval};
use crate::library::Listing;
use crate::library::entities::Links;
use crate::search::fold::fold;
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
pub struct Note<'a, F> {
    annotation: &'a Annotation,
    document: Option<&'a Listing>,
    status: &'static str,
    named: F,
    text: String,
}

impl<'a, F> Note<'a, F> {
    /// An annotation of a document in the list; `named` gives the names there are, when one is asked for.
    pub fn new(annotation: &'a Annotation, kept: &Kept, list: &'a ListPane, named: F) -> Self {
        let text = format!(
            "{}\n{}",
            annotation.body.note, annotation.target.quote.exact
        );
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
        let plain = fold(text);
        words(&plain).any(|(at, word)| {
            let rest = plain.get(at..).unwrap_or_default();
            let here = self.by_word.get(word).into_iter().flatten();
            here.filter(|(name, _)| {
                let after = rest.strip_prefix(name.as_str());
                after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            })
            .filter_map(|(_, entity)| self.entities.get(*entity))
            .any(|names| names.iter().any(|name| is_it(name)))
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

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn date(&self) -> Option<Interval> {
        self.document
            .and_then(|document| document.published.as_ref())
            .map(Edtf::interval)
    }
}
