//! The documents of a room with what tracing needs of each, held in memory.

use std::sync::Arc;

use super::failure::{Failure, Outcome};
use super::room::{Opened, Room};
use crate::document::Document;
use crate::language::quotes::Quote;
use crate::library::tracing::Ready;
use crate::text::Layer;
use crate::trace::quotations::Text;

/// A document ready to be traced.
pub(super) struct Traced {
    pub(super) locator: String,
    pub(super) ready: Arc<Ready>,
    pub(super) quotes: Layer<Quote>,
}

impl Traced {
    pub(super) fn new(room: &Room, opened: Opened) -> Self {
        let quotes = room.analyse(&opened).quotes;
        Self {
            locator: opened.locator,
            ready: Arc::new(Ready::new(Arc::new(opened.document), None)),
            quotes,
        }
    }

    pub(super) fn document(&self) -> &Document {
        &self.ready.document
    }

    pub(super) fn text(&self) -> Text<'_> {
        Text {
            text: &self.document().text,
            words: &self.ready.words,
            quotes: &self.quotes,
            published: self.ready.day(),
            kind: self.document().meta.kind,
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
