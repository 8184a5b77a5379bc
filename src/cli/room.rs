//! The documents a command is about: those at its paths, else of the current collection, else the samples.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::failure::{Failure, Outcome};
use super::flow;
use super::ledger::Ledger;
use super::out::say;
use crate::document::Document;
use crate::import::{Imported, Warning};
use crate::language::entities::Lists;
use crate::library::entities::Parts;
use crate::library::{Analysis, Corrections, analyse_naming};
use crate::runtime::collection::{Collection, Member};
use crate::runtime::config;
use crate::runtime::paths::Paths;
use crate::runtime::source::{STDIN, SourceError, Sources, Stdin};

/// A collection, ready to be read.
pub(super) struct Room {
    pub(super) collection: Collection,
    pub(super) sources: Sources,
    pub(super) ledger: Ledger,
    /// The folder with the reader's settings.
    config: PathBuf,
    /// The reader's own names, read when the first document is analysed.
    names: OnceLock<Lists>,
    /// What the reader took out in single documents.
    parts: OnceLock<Parts>,
}

/// A document with what was set by hand put over it.
pub(super) struct Opened {
    pub(super) locator: String,
    pub(super) document: Document,
    pub(super) warnings: Vec<Warning>,
    /// What the reader set by hand; the metadata are in the document already.
    pub(super) corrections: Corrections,
}

/// Something of a collection that is no document, as it is told to the reader.
enum Problem {
    Left(String),
    Failed(Failure),
}

impl Room {
    /// The documents at `paths`, or of the current collection; a store that cannot be read is said here.
    pub(super) fn new(paths: &[PathBuf], places: &Paths) -> Result<Self, Failure> {
        let mut ledger = Ledger::read(&places.store);
        let collection = if paths.is_empty() {
            if let Some(trouble) = ledger.trouble.take() {
                return Err(trouble.into());
            }
            ledger
                .current()?
                .map_or_else(Collection::samples, |current| Collection {
                    roots: current.roots,
                })
        } else {
            Collection::of_paths(paths)?
        };
        if let Some(trouble) = &ledger.trouble {
            say(&format!(
                "without notes and what was set by hand: {trouble}"
            ));
        }
        let stdin = collection.roots.iter().any(|root| root == STDIN);
        let sources = if stdin {
            read_stdin()?
        } else {
            Sources::default()
        };
        Ok(Self {
            collection,
            sources,
            ledger,
            config: places.config.clone(),
            names: OnceLock::new(),
            parts: OnceLock::new(),
        })
    }

    /// Whether everything asked for could be had so far.
    pub(super) fn outcome(&self) -> Outcome {
        Outcome::of_count(usize::from(self.ledger.trouble.is_some()))
    }

    /// The document at a locator.
    pub(super) fn open(&self, locator: &str) -> Result<Opened, Failure> {
        let Imported {
            mut document,
            warnings,
        } = self.sources.document(locator)?;
        let corrections = self.ledger.apply(&mut document, locator)?;
        Ok(Opened {
            locator: locator.to_owned(),
            document,
            warnings,
            corrections,
        })
    }

    /// What is found in a document, with the reader's names and what was decided about its dates.
    pub(super) fn analyse(&self, opened: &Opened) -> Analysis {
        let names = self.names.get_or_init(|| names(&self.config));
        let parts = self.parts.get_or_init(|| {
            let decisions = self.ledger.entity_decisions();
            Parts::of(&decisions.unwrap_or_default())
        });
        let found = analyse_naming(&opened.document, &opened.corrections.dates, names);
        parts.apply(&opened.document, found)
    }

    /// Reads every document and gives what `look` makes of it to `take`, in the order of the collection. What could not be read is said on standard error
    /// and counts as found missing.
    pub(super) fn each<T: Send + 'static>(
        self: &Arc<Self>,
        look: impl Fn(&Self, Opened) -> Result<T, Failure> + Send + Sync + 'static,
        take: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        self.each_of(|_| true, look, take)
    }

    /// The same for the members that are `wanted`; the others are not read.
    pub(super) fn each_of<T: Send + 'static>(
        self: &Arc<Self>,
        wanted: impl Fn(&Member) -> bool + Send + 'static,
        look: impl Fn(&Self, Opened) -> Result<T, Failure> + Send + Sync + 'static,
        mut take: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let (walker, reader) = (Arc::clone(self), Arc::clone(self));
        let mut outcome = self.outcome();
        let produce = move |feed: &mut flow::Feed<Member>| {
            for member in walker.collection.members().filter(&wanted) {
                let n_bytes = match &member {
                    Member::Document { stamp, .. } => stamp.size,
                    Member::Problem(_) => 0,
                };
                if feed.push(n_bytes, member).is_err() {
                    return;
                }
            }
        };
        let work = move |member: &Member| match member {
            Member::Problem(problem) => Err(Problem::Left(problem.clone())),
            Member::Document { locator, .. } => reader
                .open(locator)
                .and_then(|opened| look(&reader, opened))
                .map_err(|failure| match failure {
                    Failure::Source(error) => Problem::Left(error.to_string()),
                    other => Problem::Failed(other),
                }),
        };
        flow::ordered(threads(), produce, work, |result| match result {
            Ok(Ok(looked)) => take(looked),
            Ok(Err(Problem::Failed(failure))) => Err(failure),
            Ok(Err(Problem::Left(problem))) => {
                say(&problem);
                outcome = Outcome::Found;
                Ok(())
            }
            Err(member) => {
                if let Member::Document { locator, .. } = member {
                    say(&format!("`{locator}` was left out: {INTERNAL}"));
                }
                outcome = Outcome::Found;
                Ok(())
            }
        })?;
        Ok(outcome)
    }
}

/// The reader's own names; what is wrong with them is said.
pub(super) fn names(config: &Path) -> Lists {
    let (names, mistakes) = config::names(config);
    for mistake in &mistakes {
        say(mistake);
    }
    names
}

/// What is said of a document that broke the program's own rules.
pub(super) const INTERNAL: &str =
    "an internal error stopped its analysis; please report it with the document";

/// As many threads as the machine runs at once.
pub(super) fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// All of standard input, as a source.
pub(super) fn read_stdin() -> Result<Sources, Failure> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(Failure::Input)?;
    Ok(Sources {
        stdin: Some(Stdin::of(bytes.into())),
    })
}

/// Whether an error means that the document is not there, rather than that it is no text.
pub(super) fn is_gone(error: &SourceError) -> bool {
    match error {
        SourceError::Unreadable { .. } | SourceError::Absent { .. } => true,
        SourceError::NoText { .. } => false,
    }
}
