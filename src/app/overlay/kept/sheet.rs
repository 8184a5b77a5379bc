//! What a filter asks of annotations, made ready once for many keys: their words and those of their documents, folded.
//!
//! In: what is kept, and the document list. Out: which annotations pass a filter. A sheet is made anew when either changes; a key costs one look at each text.

use std::collections::HashMap;

use crate::annotation::Annotation;
use crate::app::list::ListPane;
use crate::app::msg::Kept;
use crate::app::named::Passing;
use crate::document::{DocId, DocKind, Interval};
use crate::library::Listing;
use crate::search::query::{Filter, Ready, Seeker, Subject, Words};

/// The words of all annotations.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Note and passage of each.
    texts: Vec<Ready>,
    /// The number of the document of each.
    of: Vec<u32>,
    documents: Vec<Shelf>,
}

/// The words of a document that is in the library.
#[derive(Debug, Default)]
struct Shelf {
    title: Ready,
    by: Ready,
}

impl Shelf {
    fn new(listing: &Listing) -> Self {
        let mut by: Vec<&str> = listing.publisher.iter().map(|name| &**name).collect();
        by.extend(listing.authors.iter().map(String::as_str));
        Self {
            title: Ready::new(&[&listing.title]),
            by: Ready::new(&by),
        }
    }
}

impl Sheet {
    pub(super) fn new(kept: &Kept, list: &ListPane) -> Self {
        let mut numbers: HashMap<DocId, u32> = HashMap::new();
        let mut documents: Vec<Shelf> = Vec::new();
        let mut of = Vec::with_capacity(kept.annotations.len());
        let mut texts = Vec::with_capacity(kept.annotations.len());
        for note in &kept.annotations {
            let doc = note.target.doc;
            let number = *numbers.entry(doc).or_insert_with(|| {
                documents.push(list.listing(doc).map(Shelf::new).unwrap_or_default());
                documents.len() as u32 - 1
            });
            of.push(number);
            texts.push(Ready::new(&[&note.body.note, &note.target.quote.exact]));
        }
        Self {
            texts,
            of,
            documents,
        }
    }

    /// For each annotation whether it passes; `named` are those that name what is asked for.
    pub(super) fn passing(
        &self,
        filter: &Filter,
        kept: &Kept,
        list: &ListPane,
        named: &Passing,
    ) -> Vec<bool> {
        let asked: Vec<Asked> = filter
            .words()
            .into_iter()
            .map(|words| self.ask(words))
            .collect();
        let rows = kept.annotations.iter().zip(&self.texts).zip(&self.of);
        rows.map(|((note, text), of)| {
            let of = *of as usize;
            let of_document = self.documents.get(of);
            of_document.is_some_and(|shelf| {
                filter.matches(&Row {
                    note,
                    text,
                    of,
                    shelf,
                    asked: &asked,
                    kept,
                    list,
                    named,
                })
            })
        })
        .collect()
    }

    /// Looks for words in what is known of the documents, once for all their annotations.
    fn ask<'a>(&self, words: &'a Words) -> Asked<'a> {
        let seeker = words.seeker();
        let documents = self.documents.iter();
        let documents =
            documents.map(|shelf| seeker.stand_in(&shelf.title) || seeker.stand_in(&shelf.by));
        Asked {
            documents: documents.collect(),
            seeker,
        }
    }
}

/// Words that may stand anywhere, and the documents in whose title, publisher or authors they do.
struct Asked<'a> {
    seeker: Seeker<'a>,
    documents: Vec<bool>,
}

/// An annotation with what is known of its document.
struct Row<'a> {
    note: &'a Annotation,
    text: &'a Ready,
    of: usize,
    asked: &'a [Asked<'a>],
    shelf: &'a Shelf,
    kept: &'a Kept,
    list: &'a ListPane,
    named: &'a Passing,
}

impl<'a> Row<'a> {
    fn document(&self) -> Option<&'a Listing> {
        self.list.listing(self.note.target.doc)
    }
}

impl Subject for Row<'_> {
    fn title(&self) -> &str {
        self.document().map_or("", |document| &document.title)
    }

    fn publisher(&self) -> Option<&str> {
        self.document()?.publisher.as_deref()
    }

    fn authors(&self) -> &[String] {
        self.document().map_or(&[], |document| &document.authors)
    }

    fn text(&self) -> Option<&str> {
        Some(&self.note.body.note)
    }

    fn title_has(&self, words: &Words) -> bool {
        words.stand_in_ready(&self.shelf.title)
    }

    fn by_has(&self, words: &Words) -> bool {
        words.stand_in_ready(&self.shelf.by)
    }

    fn text_has(&self, words: &Words) -> bool {
        words.stand_in_ready(self.text)
    }

    fn anywhere_has(&self, words: &Words) -> bool {
        let mut asked = self.asked.iter();
        let asked = asked.find(|asked| std::ptr::eq(asked.seeker.words(), words));
        asked.is_some_and(|asked| {
            asked.documents.get(self.of).copied().unwrap_or(false)
                || asked.seeker.stand_in(self.text)
        })
    }

    fn tags(&self) -> &[String] {
        &self.note.body.tags
    }

    fn colour(&self) -> Option<&str> {
        Some(self.note.body.colour.as_str())
    }

    fn status(&self) -> Option<&str> {
        Some(self.kept.status(self.note.id))
    }

    fn names(&self, words: &Words) -> bool {
        self.named.names(self.note.id, words)
    }

    fn kind(&self) -> Option<DocKind> {
        self.document().map(|document| document.kind)
    }

    fn date(&self) -> Option<Interval> {
        let published = self.document()?.published.as_ref();
        published.map(crate::document::Edtf::interval)
    }
}
