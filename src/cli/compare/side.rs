//! One of two documents that are compared, with the notes and quotations on it.

use crate::annotation::{Annotation, locate};
use crate::cli::failure::Failure;
use crate::cli::ledger::Ledger;
use crate::cli::room::Opened;
use crate::language::quotes::{Quote, quotes};
use crate::text::{Layer, TextRange};

/// A document with what lies on its words.
pub(in crate::cli) struct Side {
    pub(in crate::cli) opened: Opened,
    quotes: Layer<Quote>,
    notes: Vec<(TextRange, Annotation)>,
}

impl Side {
    pub(in crate::cli) fn of(
        opened: Opened,
        sentences: &Layer<()>,
        ledger: &Ledger,
    ) -> Result<Self, Failure> {
        let document = &opened.document;
        let written = ledger.notes_of(&opened.locator, &document.revision)?;
        let mut notes = Vec::with_capacity(written.len());
        for note in written {
            let then = if document.revision == note.target.revision {
                None
            } else {
                ledger.annotated_text(&note.target.revision)?
            };
            let found = locate(&note.target, then.as_deref(), document);
            notes.extend(found.anchor.range().map(|range| (range, note)));
        }
        Ok(Self {
            quotes: quotes(document, sentences, &Layer::default()),
            notes,
            opened,
        })
    }

    /// Its date, its title, and the name of its file.
    pub(in crate::cli) fn named(&self) -> String {
        let document = &self.opened.document;
        let published = document.meta.published.as_ref();
        let date = published.map_or("undated", |published| published.date.as_str());
        let file = self.opened.locator.rsplit(['/', '\\']).next();
        format!(
            "{date}  {}  ({})",
            document.title(),
            file.unwrap_or_default()
        )
    }

    pub(in crate::cli) fn text(&self) -> &str {
        &self.opened.document.text
    }

    pub(in crate::cli) fn notes_on(
        &self,
        range: Option<TextRange>,
    ) -> impl Iterator<Item = &(TextRange, Annotation)> {
        let range = range.unwrap_or_default();
        self.notes.iter().filter(move |(at, _)| at.overlaps(range))
    }

    /// The speakers of the quotations in a sentence, with the words.
    pub(in crate::cli) fn quotes_in(
        &self,
        range: Option<TextRange>,
    ) -> impl Iterator<Item = (TextRange, Option<String>)> + '_ {
        self.quotes
            .within(range.unwrap_or_default())
            .map(|(at, quote)| {
                let speaker = quote.speaker.as_ref();
                (
                    *at,
                    speaker.map(|one| one_line(one.range.of_text(self.text()))),
                )
            })
    }
}

pub(in crate::cli) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
