//! The documents of a room with what tracing needs of each, held in memory.

use std::sync::Arc;

use jiff::civil::Date;

use super::failure::{Failure, Outcome};
use super::room::{Opened, Room};
use crate::document::Document;
use crate::language::quotes::Quote;
use crate::text::Layer;
use crate::trace::quotations::Text;
use crate::trace::words::Words;

/// A document ready to be traced.
pub(super) struct Traced {
    pub(super) locator: String,
    pub(super) document: Document,
    pub(super) words: Words,
    pub(super) quotes: Layer<Quote>,
}

impl Traced {
    pub(super) fn new(room: &Room, opened: Opened) -> Self {
        let quotes = room.analyse(&opened).quotes;
        Self {
            words: Words::of(&opened.document.text),
            locator: opened.locator,
            document: opened.document,
            quotes,
        }
    }

    /// The first day it may have been published on.
    pub(super) fn published(&self) -> Option<Date> {
        let published = self.document.meta.published.as_ref()?;
        published.date.interval().earliest
    }

    pub(super) fn text(&self) -> Text<'_> {
        Text {
            text: &self.document.text,
            words: &self.words,
            quotes: &self.quotes,
            published: self.published(),
            kind: self.document.meta.kind,
        }
    }
}

/// All documents of a room.
pub(super) fn all(room: &Arc<Room>) -> Result<(Vec<Traced>, Outcome), Failure> {
    let mut documents = Vec::new();
    let outcome = room.each(
        |room, opened| Ok(Traced::new(room, opened)),
        |traced| {
            documents.push(traced);
            Ok(())
        },
    )?;
    Ok((documents, outcome))
}
