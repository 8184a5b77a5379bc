//! What must be done outside: plain, comparable data that the runtime carries out.

mod told;

use std::sync::Arc;

use crate::annotation::{self, Annotation, Bookmark, Draft, DraftId, Link, RecordId, Tag};
use crate::document::{DocId, Document, Revision};
use crate::language::entities::EntityId;
use crate::library::Corrections;
use crate::library::entities::Decision;
use crate::search::query::Words;

/// Numbers the questions put to the workers; an answer with an older number than the last question is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct JobId(pub u64);

/// What must be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a document and find what the store knows of it.
    Open {
        /// The question.
        job: JobId,
        /// Which.
        doc: DocId,
    },
    /// Write what the reader changed, all or nothing.
    Save {
        /// What changed.
        changes: Vec<Change>,
        /// Why.
        cause: Cause,
    },
    /// Remember where the reader is in a document.
    Remember(Place),
    /// Answer a fuzzy jump.
    Jump {
        /// The question.
        job: JobId,
        /// What was typed.
        query: String,
        /// Which kinds are wanted.
        kinds: Kinds,
    },
    /// Read a passage for the preview of a jump.
    Preview {
        /// The question.
        job: JobId,
        /// Which document.
        doc: DocId,
        /// The byte to show.
        at: u32,
        /// The name to show the first mention of instead.
        name: Option<String>,
    },
    /// Make the rows of the timeline anew.
    Timeline {
        /// The question.
        job: JobId,
    },
    /// Count the hits of a pattern in a document.
    Scan {
        /// The question.
        job: JobId,
        /// The text.
        document: Shared<Document>,
        /// The pattern as typed.
        pattern: String,
    },
    /// Find the documents that name an entity.
    EntityDocuments(EntityId),
    /// Find the documents that name somebody or something by these words.
    DocumentsNaming(Words),
    /// Find who is named in the notes.
    NamedInNotes,
    /// Say what is known of an entity over the library.
    EntityFacts {
        /// The question.
        job: JobId,
        /// Which.
        entity: EntityId,
    },
    /// Read the mentions of an entity in context, from the document numbered `from` on by date.
    Contexts {
        /// The question.
        job: JobId,
        /// Which.
        entity: EntityId,
        /// The first document to read.
        from: u32,
    },
    /// Find where words of the open document come from, or went.
    Trace {
        /// The question.
        job: JobId,
        /// What is asked.
        question: Question,
    },
    /// Find all annotations that need a decision.
    Review {
        /// The question.
        job: JobId,
    },
    /// Bring in a file of notes; the path as typed.
    Import(String),
    /// Write notes to a file or a folder.
    Export {
        /// As typed: the path, a format before it where its name does not tell.
        to: String,
        /// Only these notes; without any all of the store.
        only: Option<Vec<RecordId>>,
    },
    /// Find what completes the path that is being typed.
    CompletePath {
        /// The question.
        job: JobId,
        /// As typed so far.
        typed: String,
    },
    /// Make citations of notes whose documents are not all open.
    Cite(Vec<Annotation>),
    /// Put text on the clipboard.
    Copy(String),
    /// Open a document's source file in the editor.
    EditSource {
        /// Which.
        doc: DocId,
        /// The byte of the canonical text to stand at.
        at: u32,
    },
    /// Let the editor change the draft of a note.
    EditDraft(String),
    /// Something was typed into a note: ask for the drafts soon.
    DraftTouched,
    /// Keep half-written notes on disk until they are saved.
    KeepDrafts(Vec<Draft>),
    /// Forget half-written notes that were saved or thrown away.
    ForgetDrafts(Vec<DraftId>),
    /// Open a link with the configured command.
    Follow(String),
    /// Look at the files again.
    Rescan,
    /// Remember a command line.
    SaveCommand(String),
    /// Count a visit for the order of the empty jump.
    Visit {
        /// What sort of place.
        kind: JumpKind,
        /// Its key within the kind.
        key: String,
    },
    /// Take or leave the mouse.
    Mouse(Capture),
    /// Stop what runs behind.
    CancelWork,
    /// Draw everything anew.
    Redraw,
    /// Back to the shell.
    Suspend,
    /// Leave.
    Quit,
}

/// Whether the terminal sends mouse events to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capture {
    /// It does.
    On,
    /// The terminal keeps them, for its own selection.
    Off,
}

/// A shared value that is compared by identity: two effects are equal if they speak of the same one.
#[derive(Debug, Clone)]
pub struct Shared<T>(pub Arc<T>);

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Something the reader wrote, before and after; making has no before, deleting no after.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A highlight, note or tags.
    Annotation {
        /// As it was.
        before: Option<Annotation>,
        /// As it shall be; a new one has no `before` and the id 0, one that comes back by undo or redo has its own.
        after: Option<Annotation>,
    },
    /// A bookmark or mark.
    Bookmark {
        /// As it was.
        before: Option<Bookmark>,
        /// As it shall be.
        after: Option<Bookmark>,
    },
    /// What is set by hand about a document.
    Meta {
        /// The document.
        doc: DocId,
        /// As it was.
        before: Corrections,
        /// As it shall be.
        after: Corrections,
    },
    /// What was decided about an entity; both are in one slot.
    Entity {
        /// The decision before; the store gives it back with the answer.
        before: Option<Decision>,
        /// The decision that holds now; none takes back the one before.
        after: Option<Decision>,
    },
    /// What was decided about where an annotation stands in a text.
    Place {
        /// The annotation.
        note: RecordId,
        /// Its document.
        doc: DocId,
        /// The text.
        revision: Revision,
        /// What was decided before; withdrawn where nothing was.
        before: annotation::Decision,
        /// What holds now.
        after: annotation::Decision,
    },
    /// A link between two annotations.
    Link {
        /// As it was.
        before: Option<Link>,
        /// As it shall be; a new one has no `before` and the id 0, one that comes back has its own.
        after: Option<Link>,
    },
    /// What is said about a tag; both have the same name.
    Tag {
        /// What was said; none where nothing was.
        before: Option<Tag>,
        /// What is said now.
        after: Option<Tag>,
    },
}

impl Change {
    /// What takes it back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Annotation { before, after } => Self::Annotation {
                before: after,
                after: before,
            },
            Self::Bookmark { before, after } => Self::Bookmark {
                before: after,
                after: before,
            },
            Self::Meta { doc, before, after } => Self::Meta {
                doc,
                before: after,
                after: before,
            },
            Self::Entity { before, after } => Self::Entity {
                before: after,
                after: before,
            },
            Self::Place {
                note,
                doc,
                revision,
                before,
                after,
            } => Self::Place {
                note,
                doc,
                revision,
                before: after,
                after: before,
            },
            Self::Link { before, after } => Self::Link {
                before: after,
                after: before,
            },
            Self::Tag { before, after } => Self::Tag {
                before: after,
                after: before,
            },
        }
    }
}

/// Why something is saved, so that undo and redo know where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The reader did it.
    Edit,
    /// It takes an edit back.
    Undo,
    /// It does an edit again.
    Redo,
}

/// Where the reader is in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The document.
    pub doc: DocId,
    /// The byte the cursor is at.
    pub at: u32,
    /// How much has been read, from 0 to 100.
    pub percent: u8,
}

/// The sorts of places a jump leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JumpKind {
    /// A document.
    Document,
    /// A heading.
    Heading,
    /// An entity.
    Entity,
    /// A bookmark.
    Bookmark,
    /// An annotation.
    Annotation,
}

impl JumpKind {
    /// All, in the order of the picker's tabs.
    pub const ALL: [Self; 5] = [
        Self::Document,
        Self::Heading,
        Self::Entity,
        Self::Bookmark,
        Self::Annotation,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Heading => "heading",
            Self::Entity => "entity",
            Self::Bookmark => "bookmark",
            Self::Annotation => "annotation",
        }
    }

    /// The letter that, followed by a blank or nothing at the start of a query, restricts the jump to this kind: `d`ocument… written `d:`.
    pub const fn prefix(self) -> char {
        match self {
            Self::Document => 'd',
            Self::Heading => 'h',
            Self::Entity => 'e',
            Self::Bookmark => 'b',
            Self::Annotation => 'a',
        }
    }
}

/// What is asked about the words of the open document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Where its quotations come from.
    Sources,
    /// Who repeats its sentences.
    Uses,
    /// Both, for nobody who waits: looked for when nothing else is asked, and not in a very large library.
    Behind,
    /// What differs between it and another document.
    Compare(DocId),
    /// What became of a phrase over its series.
    History(String),
}

/// Which kinds a jump looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kinds {
    /// Only this one, or all.
    pub only: Option<JumpKind>,
    /// Only places in this document.
    pub within: Option<DocId>,
}
