//! Annotations as files have them: what was written, and how the file says where. Nothing of it is vouched for.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::annotation::{
    Annotation, Body, LinkKind, Origin, RecordId, Signed, Target, TextQuote, Uid,
};
use crate::document::{Document, Revision};
use crate::text::{TextRange, sanitise};

/// Passages of one annotation that are taken. Each has the whole text of the annotation.
pub(super) const MOST_PASSAGES: usize = 256;
/// Longest text of an annotation that is taken for several passages, in bytes.
pub(super) const LONGEST_OF_MANY: usize = 64 << 10;

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
    /// What position and words are about.
    pub about: About,
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
    /// What else of the file has no place here, or another than it had, and how often.
    pub losses: BTreeMap<Loss, usize>,
}

/// Something of a file that has no place here, or another than it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// An event of brat.
    Event,
    /// An attribute of brat.
    Attribute,
    /// A reference of brat to an entry elsewhere.
    Reference,
    /// A note of brat on what is no passage.
    NoteElsewhere,
    /// A set of passages of brat that mean the same.
    Equivalence,
    /// An annotation of several passages: each has a note of its own.
    Passages,
    /// A passage of an annotation with more of them than anybody marks, or with a text too long to be kept for each.
    TooMany,
    /// A choice of bodies: the first was taken.
    Choice,
    /// A text in HTML: its words were taken.
    Markup,
    /// A purpose other than commenting and tagging: it is a comment.
    Purpose,
}

impl Loss {
    /// A line for the reader.
    pub fn told(self, n: usize) -> String {
        let (one, many) = match self {
            Self::Event => ("event was left out", "events were left out"),
            Self::Attribute => ("attribute was left out", "attributes were left out"),
            Self::Reference => ("reference was left out", "references were left out"),
            Self::NoteElsewhere => (
                "note on what is no passage was left out",
                "notes on what is no passage were left out",
            ),
            Self::Equivalence => (
                "set of passages that mean the same was left out",
                "sets of passages that mean the same were left out",
            ),
            Self::Passages => (
                "annotation is about several passages: each has a note of its own",
                "annotations are about several passages: each passage has a note of its own",
            ),
            Self::TooMany => (
                "passage of an annotation with more than 256, or with a very long text, was left out",
                "passages of annotations with more than 256, or with a very long text, were left out",
            ),
            Self::Choice => (
                "choice of texts: the first was taken",
                "choices of texts: the first of each was taken",
            ),
            Self::Markup => (
                "text in HTML: its words were taken",
                "texts in HTML: their words were taken",
            ),
            Self::Purpose => (
                "purpose other than commenting and tagging became a comment",
                "purposes other than commenting and tagging became comments",
            ),
        };
        format!("{n} {}", if n == 1 { one } else { many })
    }
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

/// What the words and the position of an annotation are about.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum About {
    /// They are the passage. Without words the position alone tells, in code points; without both it is the document.
    #[default]
    Passage,
    /// As [`About::Passage`]; a position without words is in UTF-16 units.
    PassageInUtf16,
    /// The document as a whole.
    Whole,
    /// They stand in this passage, which they refine; a position counts from its beginning.
    Within(Spot),
    /// The passage goes from the beginning of the first words to that of the second.
    Between(TextQuote, TextQuote),
    /// The words are those of several stretches, apart by a blank.
    Stretches(Vec<Position>),
    /// A place said in a way nothing here understands: which.
    Unknown(String),
}

/// A passage by its words or its offsets in code points.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// These words.
    Words(TextQuote),
    /// This place.
    At(Position),
}

impl Incoming {
    /// The annotation on the passage at `range` of `document`; what the file does not date happened at `now`.
    pub fn signed(&self, document: &Document, range: TextRange, now: Timestamp) -> Signed {
        self.signed_on(Target::new(document, range), now)
    }

    /// The annotation on words that do not stand in the document for certain: made on the excerpt that the file has, and to be looked for like one whose document was
    /// edited. None without words.
    pub fn adrift(&self, document: &Document, now: Timestamp) -> Option<Signed> {
        if self.quote.exact.trim().is_empty() {
            return None;
        }
        let quote = TextQuote {
            exact: sanitise::lines(&self.quote.exact).into_owned(),
            prefix: sanitise::lines(&self.quote.prefix).into_owned(),
            suffix: sanitise::lines(&self.quote.suffix).into_owned(),
        };
        let near = self.position.map_or(0, |position| position.start);
        let target = Target {
            doc: document.id,
            revision: Revision::of_text(&quote.excerpt()),
            // A place in the excerpt would pass for one in a whole text.
            position: TextRange::empty(near),
            quote,
        };
        Some(self.signed_on(target, now))
    }

    fn signed_on(&self, target: Target, now: Timestamp) -> Signed {
        let created = self.created.or(self.modified).unwrap_or(now);
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
                whole: self.is_of_all(),
            },
        }
    }

    /// Whether it is about the document as a whole.
    pub fn is_of_all(&self) -> bool {
        let says_nothing = || self.quote.exact.trim().is_empty() && self.position.is_none();
        match self.about {
            About::Whole => true,
            About::Passage | About::PassageInUtf16 => says_nothing(),
            About::Within(_) | About::Between(..) | About::Stretches(_) | About::Unknown(_) => {
                false
            }
        }
    }
}

/// The id of the passage numbered `n` of an annotation that has several.
pub(super) fn numbered(id: &str, n: usize) -> String {
    if n == 0 {
        id.to_owned()
    } else {
        format!("{id}#{}", n + 1)
    }
}
