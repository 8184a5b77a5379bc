use std::fmt;

use jiff::Timestamp;

use crate::annotation::{
    Anchor, Annotation, Body, LinkKind, Origin, RecordId, Signed, Target, TextQuote, Uid, locate,
};
use crate::document::{Document, Revision};
use crate::text::{Offsets, TextRange};

/// An annotation as a file has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incoming {
    /// What the file calls it.
    pub id: Option<String>,
    /// What links in the same file call it, where that is not its id.
    pub handle: Option<String>,
    /// What the program it was first written in calls it, if that is another one.
    pub via: Option<String>,
    /// The document it is about: an IRI, a path or a name.
    pub source: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// The words and what stood around them; empty words for a note on a document as a whole.
    pub quote: TextQuote,
    /// Where they stood.
    pub position: Option<Position>,
    /// What was written.
    pub body: Body,
    /// By whom; none for the owner of the store.
    pub creator: Option<String>,
    /// When.
    pub created: Option<Timestamp>,
    /// When it was changed last.
    pub modified: Option<Timestamp>,
    /// The annotations it answers to, the first one first.
    pub references: Vec<String>,
}

/// A link between two annotations, as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingLink {
    /// The annotation that quotes, contradicts, confirms or repeats: its handle or id.
    pub from: String,
    /// The annotation this is done to.
    pub to: String,
    /// What is done.
    pub kind: LinkKind,
}

/// What a file of annotations holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// The annotations, in the order of the file.
    pub notes: Vec<Incoming>,
    /// The links between them, or to annotations that came before.
    pub links: Vec<IncomingLink>,
    /// Links left out, because nothing says what one passage does to the other.
    pub n_unsaid: usize,
    /// Lines of a page for people, from 1, at which notes end that were changed on it and were left out.
    pub changed: Vec<usize>,
}

impl Batch {
    /// Annotations alone.
    pub fn of(notes: Vec<Incoming>) -> Self {
        Self {
            notes,
            ..Self::default()
        }
    }
}

/// A passage by its offsets, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The first unit.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Why the words of an annotation have no place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsettled {
    /// They do not stand there.
    Absent,
    /// They stand in several places, and nothing tells which is meant.
    Ambiguous,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "its words are not in the document",
            Self::Ambiguous => "its words stand there more than once",
        })
    }
}

/// Finds the passage of an annotation in a document.
///
/// The offsets count only if the words stand there, as code points or as UTF-16 units, whichever fits: programs disagree. Else the words are
/// looked for, and taken if they stand there once or their context tells which they are. A note on the document as a whole gets its first line.
pub fn settle(incoming: &Incoming, document: &Document) -> Result<TextRange, Unsettled> {
    let text = &document.text;
    let exact = incoming.quote.exact.as_str();
    if exact.trim().is_empty() {
        let first = document.blocks.first().map(|block| block.range);
        return document.meta.title_at.or(first).ok_or(Unsettled::Absent);
    }
    if let Some(position) = incoming.position {
        let offsets = Offsets::new(text);
        let points = TextRange::new(
            offsets.byte_of_code_point(text, position.start),
            offsets.byte_of_code_point(text, position.end),
        );
        let units = TextRange::new(
            offsets.byte_of_utf16(text, position.start),
            offsets.byte_of_utf16(text, position.end),
        );
        let fits = |range: &TextRange| range.of_text(text) == exact;
        if let Some(range) = [points, units].into_iter().find(fits) {
            return Ok(range);
        }
    }
    // The text it was made on is not known: another revision than any.
    let target = Target {
        doc: document.id,
        revision: Revision([0; 32]),
        position: TextRange::default(),
        quote: incoming.quote.clone(),
    };
    match locate(&target, None, document).anchor {
        Anchor::Unchanged(range) | Anchor::Moved(range) | Anchor::Edited(range) => Ok(range),
        Anchor::Ambiguous(_) => Err(Unsettled::Ambiguous),
        Anchor::Probable(range) if range.of_text(text) == exact => Ok(range),
        Anchor::Probable(_) | Anchor::Lost { .. } | Anchor::Sought => Err(Unsettled::Absent),
    }
}

impl Incoming {
    /// The annotation on the passage at `range` of `document`; what the file does not date happened at `now`.
    pub fn signed(&self, document: &Document, range: TextRange, now: Timestamp) -> Signed {
        let created = self.created.or(self.modified).unwrap_or(now);
        let target = Target::new(document, range);
        let source = self.source.as_deref().unwrap_or_default();
        let described = || {
            let position = self.position.map(|position| (position.start, position.end));
            let body = &self.body;
            format!(
                "{source}\n{}\n{position:?}\n{}\n{}\n{created}",
                target.quote.exact,
                body.note,
                body.tags.join("\n")
            )
        };
        Signed {
            uid: match &self.id {
                Some(id) => Uid::of_foreign(id),
                None => Uid::of_foreign(&described()),
            },
            annotation: Annotation {
                id: RecordId(0),
                target,
                body: self.body.clone(),
                created,
                modified: self.modified.unwrap_or(created).max(created),
            },
            creator: self.creator.clone(),
            origin: Origin {
                id: self.via.clone().or_else(|| {
                    let id = self.id.clone()?;
                    let last = id.rsplit([':', '/', '#']).next()?;
                    Uid::parse(last).is_none().then_some(id)
                }),
                references: self.references.clone(),
            },
        }
    }
}
