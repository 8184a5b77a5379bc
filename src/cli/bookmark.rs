//! `postil bookmark`: named places, in the same store as the screen.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::kept::{Leaf, Reading, leaves};
use super::ledger::Ledger;
use super::list::column;
use super::out::{Form, Out, columns};
use super::passage;
use super::pick::DocArgs;
use super::standing::Standing;
use crate::annotation::{Bookmark, BookmarkName, RecordId, Target};
use crate::document::{DocId, Document};
use crate::language::sentence::sentences;
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::runtime::source::STDIN;
use crate::store::{Store, StoreError};
use crate::text::{TextRange, sanitise};

/// What `bookmark` does.
#[derive(Debug, Subcommand)]
pub(super) enum BookmarkCommand {
    /// Names a place
    Add(AddArgs),
    /// Lists bookmarks, each looked for in its file as it is now
    List(ListArgs),
    /// Removes bookmarks
    #[command(visible_alias = "remove")]
    Rm(RmArgs),
}

/// What `bookmark add` takes.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    #[command(flatten)]
    doc: DocArgs,
    /// Its name; one letter is a mark as `m` sets it: a-z one in each document, A-Z one in the library
    #[arg(value_name = "NAME")]
    name: String,
    /// The place, in code points of the text that `show --json` gives
    #[arg(
        long,
        value_name = "START",
        default_value = "0",
        allow_hyphen_values = true
    )]
    at: String,
    /// Prints the new bookmark as JSON
    #[arg(long)]
    json: bool,
}

/// What `bookmark list` takes.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Only bookmarks in these files and folders; without any all bookmarks of the store
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What `bookmark rm` takes.
#[derive(Debug, Args)]
pub(super) struct RmArgs {
    /// Numbers of bookmarks, as `bookmark list` gives them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
}

#[derive(Serialize)]
struct BookmarkRecord {
    id: i64,
    name: String,
    document: String,
    path: String,
    #[serde(flatten)]
    standing: Standing,
    created: Timestamp,
}

/// Does it.
pub(super) fn run(command: &BookmarkCommand, places: &Paths) -> Result<Outcome, Failure> {
    match command {
        BookmarkCommand::Add(args) => add(args, places),
        BookmarkCommand::List(args) => list(args, places),
        BookmarkCommand::Rm(args) => rm(args, places),
    }
}

fn add(args: &AddArgs, places: &Paths) -> Result<Outcome, Failure> {
    let name = name(&args.name)?;
    let opened = args.doc.open(places)?;
    if opened.locator == STDIN {
        return Err(Failure::NotKept);
    }
    let start = passage::place(&opened.document.text, &args.at)?;
    let target = Target::new(
        &opened.document,
        to_end_of_sentence(&opened.document, start),
    );
    let mut store = Store::open(&places.store, clock::now())?;
    let locator = opened.locator.as_str();
    let (bookmark, replaced) =
        store.set_bookmark(&opened.document, locator, &target, &name, clock::now())?;
    drop(store);
    let ledger = Ledger::read(&places.store);
    let record = BookmarkRecord::new(&bookmark, locator, Some(&opened.document), &ledger)?;
    let mut out = Out::new();
    match Form::of_flag(args.json) {
        Form::Json => out.json(&record)?,
        Form::People => {
            let moved = if replaced.is_some() {
                "moved here"
            } else {
                "set"
            };
            out.text(&format!("bookmark {moved}:"))?;
            record.people(&mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// A single letter is a mark, anything else a name.
fn name(word: &str) -> Result<BookmarkName, Failure> {
    let word = sanitise::line(word).trim().to_owned();
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (None, _) => Err(Failure::Word {
            what: "name",
            word,
            choices: "a letter or a few words".to_owned(),
        }),
        (Some(letter @ 'a'..='z'), None) => Ok(BookmarkName::Local(letter)),
        (Some(letter @ 'A'..='Z'), None) => Ok(BookmarkName::Global(letter)),
        _ => Ok(BookmarkName::Named(word)),
    }
}

/// From a place to the end of its sentence, or of its line where no sentence stands.
fn to_end_of_sentence(document: &Document, start: u32) -> TextRange {
    let sentences = sentences(document);
    let end = sentences.at(start).map(|(range, ())| range.end).last();
    let end_of_line = || {
        let rest = document.text.get(start as usize..).unwrap_or_default();
        start + rest.find('\n').unwrap_or(rest.len()) as u32
    };
    TextRange::new(start, end.unwrap_or_else(end_of_line))
}

fn list(args: &ListArgs, places: &Paths) -> Result<Outcome, Failure> {
    let form = Form::of_flag(args.json);
    let mut out = Out::new();
    let reading = Reading {
        of: Ledger::bookmarks_of,
        all: Store::all_bookmarks,
        made: |bookmark| (bookmark.id, bookmark.target.revision),
    };
    let mut n_uncertain = 0;
    let outcome = leaves(&args.paths, places, &reading, |leaf, ledger| {
        let Leaf {
            locator,
            opened,
            records,
        } = leaf;
        let document = opened.as_ref().map(|opened| &opened.document);
        if form == Form::People {
            let title = document.map_or("(not there)", |document| document.title());
            out.text(&format!("{title}\n{locator}"))?;
        }
        for bookmark in &records {
            let record = BookmarkRecord::new(bookmark, &locator, document, ledger)?;
            n_uncertain += usize::from(!record.standing.is_certain());
            match form {
                Form::Json => out.json(&record)?,
                Form::People => record.people(&mut out)?,
            }
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome.and(Outcome::of_count(n_uncertain)))
}

fn rm(args: &RmArgs, places: &Paths) -> Result<Outcome, Failure> {
    let mut store = if places.store.is_file() {
        Store::open(&places.store, clock::now())?
    } else {
        let path = places.store.clone();
        return Err(StoreError::Absent { path }.into());
    };
    let mut out = Out::new();
    for id in &args.ids {
        let bookmark = store.delete_bookmark(RecordId(*id), clock::now())?;
        out.text(&format!("removed bookmark {id}: {}", word(&bookmark.name)))?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}

fn word(name: &BookmarkName) -> String {
    match name {
        BookmarkName::Local(letter) | BookmarkName::Global(letter) => letter.to_string(),
        BookmarkName::Named(name) => name.clone(),
    }
}

impl BookmarkRecord {
    fn new(
        bookmark: &Bookmark,
        locator: &str,
        now: Option<&Document>,
        ledger: &Ledger,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            id: bookmark.id.0,
            name: word(&bookmark.name),
            document: DocId::of_locator(locator).to_string(),
            path: locator.to_owned(),
            standing: Standing::find(&bookmark.target, now, ledger)?,
            created: bookmark.created,
        })
    }

    fn people(&self, out: &mut Out) -> Result<(), Failure> {
        let words = self
            .standing
            .exact
            .as_ref()
            .unwrap_or(&self.standing.exact_then);
        let at = self
            .standing
            .start
            .map_or_else(|| self.standing.status.to_owned(), |at| at.to_string());
        let left = columns().saturating_sub(7 + 18 + 2 + 10);
        out.text(
            format!(
                "{:>5}  {}  {}{}",
                self.id,
                column(&self.name, 18),
                column(&at, 10),
                column(words, left)
            )
            .trim_end(),
        )
    }
}
