//! What happened: a key, or the answer of a worker.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crossterm::event::Event;

use super::effect::{Cause, Change, JobId, JumpKind};
use super::named::NamedInNotes;
use super::overlay::review::Doubt;
use crate::annotation::{Anchor, Anchoring, Annotation, Bookmark, Draft, Link, RecordId, Tag};
use crate::document::{DocId, Document, Edtf, Revision};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::{Context, Facts, Links};
use crate::library::tracing::{Basis, Compared, Quotation, Step, Uses};
use crate::library::{Analysis, Corrections, EntityCount, Listing};
use crate::search::query::Words;
use crate::text::TextRange;
use crate::timeline::Row;

/// What happened.
#[derive(Debug)]
pub enum Msg {
    /// The terminal sent something.
    Term(Event),
    /// A worker has an answer.
    Done(Outcome),
    /// The process came back from the shell.
    Resumed,
    /// The process was asked to end, or the terminal is gone.
    Ended,
}

/// The answers of the workers.
#[derive(Debug)]
pub enum Outcome {
    /// A document was read. Unasked (with another number) it is the open one, read again: the rest of a large one, or its file, notes or metadata changed.
    Opened(JobId, Box<Opened>),
    /// A document could not be read.
    OpenFailed(JobId, DocId, String),
    /// A document was analysed, wholly or so far.
    Analysed(DocId, Arc<Analysis>),
    /// When the rest of the library suggests an undated document was published.
    Suggested(DocId, Option<SuggestedDate>),
    /// How often the entities of the open document are named in the library.
    Counted(Vec<EntityCount>),
    /// The documents that name an entity, with how often.
    EntityDocuments(EntityId, HashMap<DocId, u32>),
    /// The documents that name somebody or something by these words.
    DocumentsNaming(Words, HashSet<DocId>),
    /// Who is named in the notes.
    NamedInNotes(NamedInNotes),
    /// Which names of the library are one: documents came or went, or the reader decided something.
    Linked(Arc<Links>),
    /// What is known of an entity; nothing if no document of the library names it.
    EntityFacts(JobId, Option<Box<Facts>>),
    /// Mentions of an entity in context.
    Contexts(JobId, Gathered),
    /// What was found about the words of the open document.
    Traced(JobId, Findings),
    /// What there is in the library.
    Listed(Listings),
    /// Groups of documents that are nearly the same, each with the earliest first.
    Alike(Vec<Vec<DocId>>),
    /// What the reader wrote, all of it.
    Kept(Kept),
    /// Where annotations were found now, or stand since the reader decided about them.
    Placed(Vec<(RecordId, Standing)>),
    /// Annotations that need a decision, some more of them, and whether that is all.
    Review(JobId, Vec<Doubt>, Coverage),
    /// Changes were committed; new records carry their ids.
    Saved(Vec<Change>, Cause),
    /// Changes could not be written; they come back with the reason.
    SaveFailed(Vec<Change>, Cause, String),
    /// A step of undo or redo was given up: what it is about was changed since, elsewhere. Nothing was written.
    Overtaken(Cause, String),
    /// What completes a path that was being typed: whole paths, folders with a slash at their end.
    Paths(JobId, Vec<String>),
    /// Notes with their citations, to be copied.
    Cited(Vec<String>),
    /// A file of notes was brought in, or why not.
    Imported(Result<Box<Imported>, String>),
    /// The store cannot be written for now, or can again (`None`).
    StoreState(Option<String>),
    /// The rows of the timeline.
    Timeline(JobId, Vec<Row>),
    /// What a jump found.
    Jumped(JobId, Jumped),
    /// The passage a jump would lead to.
    Previewed(JobId, Box<Preview>),
    /// The hits of a find, in order, and whether that is all.
    Scanned(JobId, Vec<TextRange>, Coverage),
    /// Notes that were half written when the program ended.
    DraftsFound(Vec<Draft>),
    /// There was a pause in typing: what is half written is to be kept now.
    DraftsDue,
    /// The editor gave back a draft.
    Drafted(String),
    /// Something runs behind: what, how far, of how many; none when it ended.
    Progress(Option<(String, usize, usize)>),
    /// Something the reader should know.
    Notice(String),
    /// Something went wrong.
    Failed(String),
}

/// What was found about the words of a document.
#[derive(Debug)]
pub enum Findings {
    /// Its quotations that are long enough to be traced, with their sources.
    Sources(Vec<Quotation>),
    /// Who repeats its sentences.
    Uses(Uses),
    /// Both, looked for behind the screen, of this text.
    Behind(Revision, Vec<Quotation>, Uses),
    /// It and another document, sentence by sentence.
    Compared(Box<Compared>),
    /// A phrase over its series, and why these documents are taken for one.
    History(Vec<Step>, Basis),
    /// Nothing, for this reason.
    Failed(String),
}

/// Mentions in context, some more of them.
#[derive(Debug, Default)]
pub struct Gathered {
    /// In the order of the documents by date, and in text order.
    pub contexts: Vec<Context>,
    /// The document to go on with, if there are more.
    pub next: Option<u32>,
    /// Whether this question is answered, or more will come by itself.
    pub coverage: Coverage,
}

/// Whether an answer is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coverage {
    /// All of it.
    #[default]
    Whole,
    /// More will come.
    Part,
}

/// A document as opened.
#[derive(Debug)]
pub struct Opened {
    /// Its text, with metadata set by hand applied.
    pub document: Arc<Document>,
    /// Whether it is all of the document, or its beginning only.
    pub coverage: Coverage,
    /// What importing noticed.
    pub warnings: Vec<String>,
    /// Annotations, and where they stand now.
    pub annotations: Vec<(Annotation, Anchor)>,
    /// Bookmarks, and where they stand now.
    pub bookmarks: Vec<(Bookmark, Anchor)>,
    /// Where the reader was.
    pub place: Option<u32>,
    /// What the reader set by hand.
    pub corrections: Corrections,
}

/// What there is in the library.
#[derive(Debug, Default)]
pub struct Listings {
    /// The documents.
    pub documents: Vec<Listing>,
    /// How many there are, where `documents` is only the first page.
    pub total: usize,
    /// How much of each was read, from 0 to 100, where anything was.
    pub read: HashMap<DocId, u8>,
    /// Files that could not be read, with the reason.
    pub problems: Vec<String>,
}

/// What the reader wrote, across the library.
#[derive(Debug, Default)]
pub struct Kept {
    /// Annotations, oldest first.
    pub annotations: Vec<Annotation>,
    /// Bookmarks, oldest first.
    pub bookmarks: Vec<Bookmark>,
    /// Where annotations were found last, those that were ever looked for in a later text.
    pub standings: HashMap<RecordId, Standing>,
    /// Links between annotations, in the order they were made.
    pub links: Vec<Link>,
    /// Tags by how often they are used.
    pub tags: Vec<String>,
    /// What is said about tags, of those about which anything is.
    pub vocabulary: Vec<Tag>,
    /// Command lines, oldest first.
    pub commands: Vec<String>,
}

/// What came in with a file of notes.
#[derive(Debug)]
pub struct Imported {
    /// What is new: notes with their numbers, and links; one step to be undone.
    pub changes: Vec<Change>,
    /// What to say of it.
    pub told: String,
    /// What was left out, and why; a line each.
    pub left: Vec<String>,
}

/// Where an annotation was found last.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The text it was looked for in.
    pub revision: Revision,
    /// Where it stands there, and how sure that is.
    pub anchoring: Anchoring,
}

impl Kept {
    /// Where the words of an annotation stand, as lists say it.
    pub fn status(&self, note: RecordId) -> &'static str {
        let standing = self.standings.get(&note);
        standing.map_or("unchanged", |standing| standing.anchoring.anchor.status())
    }
}

/// What a jump found.
#[derive(Debug, Default)]
pub struct Jumped {
    /// How many matched.
    pub total: usize,
    /// The best, best first.
    pub best: Vec<JumpHit>,
}

/// One place a jump can lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct JumpHit {
    /// What sort of place.
    pub kind: JumpKind,
    /// The text that matched.
    pub text: Arc<str>,
    /// Which of its bytes matched.
    pub marks: Vec<TextRange>,
    /// Shown dim beside it: the document of a heading, the count of an entity.
    pub aside: String,
    /// Where it leads.
    pub to: JumpTarget,
}

/// Where a jump leads.
#[derive(Debug, Clone, PartialEq)]
pub enum JumpTarget {
    /// A place in a document; none is where the reader was.
    Place(DocId, Option<u32>),
    /// The first mention of an entity in this document, or else a document that names it.
    Entity(EntityId, EntityType, DocId),
}

impl JumpTarget {
    /// The document the jump leads to.
    pub const fn doc(&self) -> DocId {
        match self {
            Self::Place(doc, _) | Self::Entity(_, _, doc) => *doc,
        }
    }
}

/// A passage for the preview of a jump.
#[derive(Debug)]
pub struct Preview {
    /// The document.
    pub document: Arc<Document>,
    /// The byte the jump leads to.
    pub at: u32,
}

/// A publication date nobody has set: what the rest of the library suggests, for the reader to take or leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedDate {
    /// The date, marked as approximate.
    pub date: Edtf,
    /// What it rests on, in a line.
    pub why: String,
}
