//! How a command ends: its exit code, and what is said when it cannot do what was asked.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::timeline::RangeError;
use crate::document::EdtfError;
use crate::export::ExportError;
use crate::language::entities::ListError;
use crate::library::entities::LineError;
use crate::runtime::collection::NoRoot;
use crate::runtime::exchange::FileTrouble;
use crate::runtime::paths::NoHome;
use crate::runtime::screen::ScreenError;
use crate::runtime::source::SourceError;
use crate::search::query::FilterError;
use crate::store::StoreError;
use crate::text::sanitise;

/// How a command that did what it was asked ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: something was found missing or wrong, and was named.
    Found,
}

impl Outcome {
    /// [`Self::Found`] if there was anything.
    pub(super) const fn of_count(n: usize) -> Self {
        if n == 0 { Self::Done } else { Self::Found }
    }

    /// The worse of the two.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Done, Self::Done) => Self::Done,
            (Self::Found, _) | (_, Self::Found) => Self::Found,
        }
    }
}

/// Why a command could not do what it was asked: exit code 2, except for a reader of the output that went away.
#[derive(Debug)]
pub enum Failure {
    /// A path on the command line is not there.
    Root(NoRoot),
    /// There is no such tag.
    NoTag {
        /// As typed.
        name: String,
        /// The one that was probably meant.
        like: Option<String>,
    },
    /// There is no place for the store.
    Home(NoHome),
    /// The store.
    Store(StoreError),
    /// A document cannot be read.
    Source(SourceError),
    /// `--where` cannot be understood.
    Filter(FilterError),
    /// A date on the command line is none.
    Date {
        /// The option.
        option: &'static str,
        /// What is wrong with it.
        source: EdtfError,
    },
    /// A range of days cannot be read.
    Range {
        /// As typed.
        typed: String,
        /// What is wrong with it.
        wrong: RangeError,
    },
    /// DOC is no document.
    NoDocument {
        /// As typed.
        wanted: String,
    },
    /// DOC is a folder.
    Folder {
        /// As typed.
        wanted: String,
    },
    /// DOC is more than one document.
    Ambiguous {
        /// As typed.
        wanted: String,
        /// Locators and titles.
        candidates: Vec<(String, String)>,
    },
    /// No entity has this name or id.
    NoEntity {
        /// As typed.
        wanted: String,
    },
    /// Several entities have this name.
    AmbiguousEntity {
        /// As typed.
        wanted: String,
        /// Ids and names.
        candidates: Vec<(String, String)>,
    },
    /// More than one name was given.
    Names {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// A file of decisions or tags cannot be read or written.
    ListFile {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of decisions has a line that is none.
    Decision {
        /// Which file.
        path: PathBuf,
        /// Which line, and what is wrong with it.
        error: LineError,
    },
    /// A list of names cannot be read.
    NamesFile {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A list of names has a line that is none.
    Name {
        /// Which file.
        path: PathBuf,
        /// Which line, and what is wrong with it.
        error: ListError,
    },
    /// A file that is no text cannot be in a collection.
    NoMember {
        /// The file.
        locator: String,
        /// Why.
        why: String,
    },
    /// Notes are kept on files, not on standard input.
    NotKept,
    /// A passage that is none.
    Passage {
        /// As typed.
        at: String,
        /// The rule it breaks.
        rule: String,
    },
    /// A word that is not one of those asked for.
    Word {
        /// What it should be.
        what: &'static str,
        /// As typed.
        word: String,
        /// What there is to choose from.
        choices: String,
    },
    /// A file of notes.
    Notes(FileTrouble),
    /// A file of tags has a line that is none.
    TagLine {
        /// Which file.
        path: PathBuf,
        /// Which line, and what is wrong with it.
        error: ExportError,
    },
    /// No screen without a terminal.
    NoTerminal,
    /// The screen could not be opened or went away.
    Screen(ScreenError),
    /// Standard input cannot be read.
    Input(io::Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// No more threads can be started.
    Threads(io::Error),
}

impl Failure {
    /// Whether the reader of the output went away: no failure of ours, nothing to say.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    #[allow(clippy::too_many_lines, reason = "one table of all failures")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(error) => error.fmt(f),
            Self::Home(error) => error.fmt(f),
            Self::NoTag { name, like } => {
                let name = sanitise::line(name);
                write!(f, "there is no tag {name}: no note has it and nothing was said of it; ")?;
                match like {
                    Some(like) => write!(f, "if {like} is meant, name that, ")?,
                    None => write!(f, "look into `postil tags`, ")?,
                }
                write!(f, "or make it with `postil tags describe --new` or `postil tags control`")
            }
            Self::Store(error) => error.fmt(f),
            Self::Source(error) => error.fmt(f),
            Self::Filter(error) => write!(f, "--where: {error}"),
            Self::Date { option, source } => write!(f, "{option}: {source}"),
            Self::Range { typed, wrong } => {
                let typed = sanitise::line(typed);
                match wrong {
                    RangeError::NoDays => write!(
                        f,
                        "--range: `{typed}` is not a range of days: write 2023-10-25, 2023-10, 2023, or two with `..` between, as in 2023-09..2023-11, 2023-09.. and ..2024"
                    ),
                    RangeError::Backwards => write!(
                        f,
                        "--range: `{typed}` runs backwards: the earlier date comes first"
                    ),
                }
            }
            Self::NoDocument { wanted } => write!(
                f,
                "there is no document `{}`: it is not a file, an id, a file name or part of a title in the collection; see `postil list`, or name its folder with `--in`",
                sanitise::line(wanted)
            ),
            Self::Folder { wanted } => write!(
                f,
                "`{}` is a folder, and one document is wanted: name a file in it, or use `--in` and part of a title",
                sanitise::line(wanted)
            ),
            Self::Ambiguous { wanted, candidates } => {
                write!(
                    f,
                    "`{}` is {} documents, and one is wanted: name it by its path",
                    sanitise::line(wanted),
                    candidates.len()
                )?;
                listed(f, candidates)
            }
            Self::NoEntity { wanted } => write!(
                f,
                "there is no file, folder or entity `{}`; see `postil entities`, or name the documents with `--in`",
                sanitise::line(wanted)
            ),
            Self::AmbiguousEntity { wanted, candidates } => {
                write!(
                    f,
                    "`{}` is {} entities, and one is wanted: give its id or its whole name",
                    sanitise::line(wanted),
                    candidates.len()
                )?;
                listed(f, candidates)
            }
            Self::Names { first, second } => write!(
                f,
                "`{}` and `{}` are no paths, and only one entity can be told of; put a name of several words in quotation marks",
                sanitise::line(first),
                sanitise::line(second)
            ),
            Self::ListFile { path, source } => write!(
                f,
                "{} cannot be used: {source}; give a readable file to --import, and one that is not there yet to --export",
                sanitise::line(&path.to_string_lossy())
            ),
            Self::Decision { path, error } => write!(
                f,
                "{}: {error}; nothing was taken",
                sanitise::line(&path.to_string_lossy())
            ),
            Self::NamesFile { path, source } => write!(
                f,
                "{} cannot be read: {source}; give a list of names, a line each, to --names",
                sanitise::line(&path.to_string_lossy())
            ),
            Self::Name { path, error } => {
                write!(f, "{}: {error}", sanitise::line(&path.to_string_lossy()))
            }
            Self::NoMember { locator, why } => write!(
                f,
                "`{}` cannot be in a collection: {why}; no collection was made",
                sanitise::line(locator)
            ),
            Self::NotKept => f.write_str(
                "standard input has no place that a note could be found at again: save it to a file and name that",
            ),
            Self::Passage { at, rule } => write!(
                f,
                "--at {}: {rule}; offsets are code points of the text, as `postil show --json` and `postil analyze` give them",
                sanitise::line(at)
            ),
            Self::Word {
                what,
                word,
                choices,
            } => write!(
                f,
                "`{}` is not a {what}; use {choices}",
                sanitise::line(word)
            ),
            Self::Notes(trouble) => trouble.fmt(f),
            Self::TagLine { path, error } => write!(
                f,
                "{}: {error}; nothing was taken",
                sanitise::line(&path.to_string_lossy())
            ),
            Self::NoTerminal => f.write_str(
                "the reading room needs a terminal, and there is none here; use a command such as `postil list` or `postil analyze`, see `postil --help`",
            ),
            Self::Screen(error) => error.fmt(f),
            Self::Input(error) => write!(f, "standard input cannot be read: {error}; try again with a file"),
            Self::Output(error) => write!(
                f,
                "standard output cannot be written: {error}; what was put out is incomplete, make room and try again"
            ),
            Self::Threads(error) => write!(f, "no thread can be started: {error}; try again with `--jobs 1`"),
        }
    }
}

/// What can be meant, a line each.
fn listed(f: &mut fmt::Formatter<'_>, candidates: &[(String, String)]) -> fmt::Result {
    for (key, name) in candidates.iter().take(CANDIDATES_SHOWN) {
        write!(f, "\n  {}  {}", sanitise::line(key), sanitise::line(name))?;
    }
    match candidates.len().saturating_sub(CANDIDATES_SHOWN) {
        0 => Ok(()),
        more => write!(f, "\n  and {more} more"),
    }
}

/// Documents named when DOC is more than one.
const CANDIDATES_SHOWN: usize = 12;

impl std::error::Error for Failure {}

impl From<NoRoot> for Failure {
    fn from(error: NoRoot) -> Self {
        Self::Root(error)
    }
}

impl From<NoHome> for Failure {
    fn from(error: NoHome) -> Self {
        Self::Home(error)
    }
}

impl From<FileTrouble> for Failure {
    fn from(error: FileTrouble) -> Self {
        Self::Notes(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<FilterError> for Failure {
    fn from(error: FilterError) -> Self {
        Self::Filter(error)
    }
}
