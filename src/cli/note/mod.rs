//! `postil note`: highlights and notes on passages, in the same store as the screen.
//!
//! What was done is said only after it is on disk.

pub(super) mod list;

use std::io::{self, Read};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::ledger::Ledger;
use super::list::column;
use super::out::{Form, Out, columns};
use super::passage;
use super::pick::DocArgs;
use super::standing::Standing;
use crate::annotation::{Anchor, Anchoring, Annotation, Body, Colour, RecordId, Target};
use crate::document::{DocId, Document};
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::runtime::source::STDIN;
use crate::store::{Store, StoreError};

/// What `note` does.
#[derive(Debug, Subcommand)]
pub(super) enum NoteCommand {
    /// Writes a note on a passage
    Add(AddArgs),
    /// Lists notes, each looked for in its file as it is now
    List(list::ListArgs),
    /// Removes notes
    #[command(visible_alias = "remove")]
    Rm(RmArgs),
    /// Adds tags (+NAME) and takes them off (-NAME)
    Tag(TagArgs),
    /// Changes the text or the colour of a note
    Edit(EditArgs),
}

/// What `note add` takes.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    #[command(flatten)]
    doc: DocArgs,
    /// The passage, in code points of the text that `show --json` gives, the end not included
    #[arg(long, value_name = "START:END", allow_hyphen_values = true)]
    at: String,
    /// The note; `-` reads it from standard input. Without a note the passage is highlighted
    #[arg(long, value_name = "T", allow_hyphen_values = true, default_value = "")]
    text: String,
    /// A tag; may be given several times
    #[arg(long = "tag", value_name = "T")]
    tags: Vec<String>,
    /// The colour: yellow, green, blue, pink, purple, or 1 to 5
    #[arg(long, alias = "color", value_name = "C", default_value = "yellow")]
    colour: String,
    /// Prints the new note as JSON
    #[arg(long)]
    json: bool,
}

/// What `note rm` takes.
#[derive(Debug, Args)]
pub(super) struct RmArgs {
    /// Numbers of notes, as `note list` gives them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
}

/// What `note tag` takes.
#[derive(Debug, Args)]
pub(super) struct TagArgs {
    /// Prints the note as JSON
    #[arg(long)]
    json: bool,
    /// The number of the note
    #[arg(value_name = "ID")]
    id: i64,
    /// `+NAME` or `NAME` adds a tag, `-NAME` takes it off
    #[arg(
        value_name = "TAG",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    tags: Vec<String>,
}

/// What `note edit` takes.
#[derive(Debug, Args)]
pub(super) struct EditArgs {
    /// The number of the note
    #[arg(value_name = "ID")]
    id: i64,
    /// The new note; `-` reads it from standard input
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    text: Option<String>,
    /// The new colour
    #[arg(long, alias = "color", value_name = "C")]
    colour: Option<String>,
    /// Prints the note as JSON
    #[arg(long)]
    json: bool,
}

/// A note as programs read it.
#[derive(Serialize)]
pub(super) struct NoteRecord {
    id: i64,
    document: String,
    path: String,
    #[serde(flatten)]
    standing: Standing,
    text: String,
    tags: Vec<String>,
    colour: Colour,
    /// How sure the place is; known only to a way of looking that weighs.
    score: Option<f32>,
    margin: Option<f32>,
    created: Timestamp,
    modified: Timestamp,
}

/// Does it.
pub(super) fn run(command: &NoteCommand, places: &Paths) -> Result<Outcome, Failure> {
    match command {
        NoteCommand::Add(args) => add(args, places),
        NoteCommand::List(args) => list::run(args, places),
        NoteCommand::Rm(args) => rm(args, places),
        NoteCommand::Tag(args) => tag(args, places),
        NoteCommand::Edit(args) => edit(args, places),
    }
}

fn add(args: &AddArgs, places: &Paths) -> Result<Outcome, Failure> {
    let colour = colour(&args.colour)?;
    let opened = args.doc.open(places)?;
    if opened.locator == STDIN {
        return Err(Failure::NotKept);
    }
    let range = passage::range(&opened.document.text, &args.at)?;
    let body = Body {
        note: note_text(&args.text)?,
        tags: args.tags.clone(),
        colour,
    };
    let mut store = Store::open(&places.store, clock::now())?;
    let target = Target::new(&opened.document, range);
    let locator = opened.locator.as_str();
    let note = store.add_annotation(&opened.document, locator, &target, &body, clock::now())?;
    drop(store);
    let ledger = Ledger::read(&places.store);
    let record = NoteRecord::new(note, locator, Some(&opened.document), &ledger)?;
    told("noted", &record, Form::of_flag(args.json))
}

fn rm(args: &RmArgs, places: &Paths) -> Result<Outcome, Failure> {
    let mut store = existing(places)?;
    let mut out = Out::new();
    for id in &args.ids {
        let note = store.delete_annotation(RecordId(*id), clock::now())?;
        out.text(&format!("removed note {id}: {}", snippet(&note)))?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}

fn tag(args: &TagArgs, places: &Paths) -> Result<Outcome, Failure> {
    change(args.id, places, Form::of_flag(args.json), |body| {
        for tag in &args.tags {
            let plain = |tag: &str| tag.trim_start_matches('#').trim().to_owned();
            if let Some(gone) = tag.strip_prefix('-') {
                let gone = plain(gone);
                body.tags.retain(|tag| *tag != gone);
            } else {
                let new = plain(tag.strip_prefix('+').unwrap_or(tag));
                body.tags.push(new);
            }
        }
        Ok(())
    })
}

fn edit(args: &EditArgs, places: &Paths) -> Result<Outcome, Failure> {
    change(args.id, places, Form::of_flag(args.json), |body| {
        if let Some(text) = &args.text {
            body.note = note_text(text)?;
        }
        if let Some(word) = &args.colour {
            body.colour = colour(word)?;
        }
        Ok(())
    })
}

/// Changes what was written and tells the note as it is then.
fn change(
    id: i64,
    places: &Paths,
    form: Form,
    act: impl FnOnce(&mut Body) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut store = existing(places)?;
    let id = RecordId(id);
    let missing = || StoreError::NoRecord {
        kind: "annotation",
        key: id.0.to_string(),
    };
    let mut body = store.annotation(id)?.ok_or_else(missing)?.body;
    act(&mut body)?;
    let note = store.update_annotation(id, &body, clock::now())?;
    let known = store.places()?;
    let locator = known
        .get(&note.target.doc)
        .map_or_else(String::new, |(locator, _)| locator.to_string());
    drop(store);
    let ledger = Ledger::read(&places.store);
    let room = super::room::Room::new(&[], places)?;
    let opened = room.open(&locator).ok();
    let document = opened.as_ref().map(|opened| &opened.document);
    told(
        "changed",
        &NoteRecord::new(note, &locator, document, &ledger)?,
        form,
    )
}

/// The store, for a command that is about records in it.
fn existing(places: &Paths) -> Result<Store, StoreError> {
    if places.store.is_file() {
        Store::open(&places.store, clock::now())
    } else {
        Err(StoreError::Absent {
            path: places.store.clone(),
        })
    }
}

fn colour(word: &str) -> Result<Colour, Failure> {
    Colour::from_word(word).ok_or_else(|| Failure::Word {
        what: "colour",
        word: word.to_owned(),
        choices: format!("{}, or 1 to 5", Colour::ALL.map(Colour::as_str).join(", ")),
    })
}

/// The note as given, or from standard input.
fn note_text(text: &str) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(Failure::Input)?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

fn snippet(note: &Annotation) -> String {
    let exact = note.target.quote.exact.as_str();
    column(exact, columns().saturating_sub(24))
        .trim_end()
        .to_owned()
}

fn told(what: &str, record: &NoteRecord, form: Form) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    match form {
        Form::Json => out.json(record)?,
        Form::People => {
            out.text(&format!("{what} {}:", record.id))?;
            record.people(&mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

impl NoteRecord {
    fn new(
        note: Annotation,
        locator: &str,
        now: Option<&Document>,
        ledger: &Ledger,
    ) -> Result<Self, StoreError> {
        let standing = Standing::find(&note.target, now, ledger)?;
        Ok(Self::standing(note, locator, standing))
    }

    /// A note that was found in its document as it is now.
    fn placed(note: Annotation, locator: &str, now: &Document, found: &Anchoring) -> Self {
        let standing = Standing::of(found, note.target.quote.exact.clone(), now);
        let weighed = !matches!(found.anchor, Anchor::Unchanged(_) | Anchor::Lost { .. });
        Self {
            score: weighed.then_some(found.score),
            margin: weighed.then_some(found.margin),
            ..Self::standing(note, locator, standing)
        }
    }

    fn standing(note: Annotation, locator: &str, standing: Standing) -> Self {
        Self {
            id: note.id.0,
            document: DocId::of_locator(locator).to_string(),
            path: locator.to_owned(),
            standing,
            text: note.body.note,
            tags: note.body.tags,
            colour: note.body.colour,
            score: None,
            margin: None,
            created: note.created,
            modified: note.modified,
        }
    }

    /// Number, status, colour and tags; below them the words, and the note.
    fn people(&self, out: &mut Out) -> Result<(), Failure> {
        let at = match (self.standing.start, self.standing.end) {
            (Some(start), Some(end)) => format!(" at {start}:{end}"),
            _ => String::new(),
        };
        let tags: Vec<String> = self.tags.iter().map(|tag| format!(" #{tag}")).collect();
        out.text(&format!(
            "{:>5}  {}{at}  {}{}",
            self.id,
            self.standing.status,
            self.colour.as_str(),
            tags.join("")
        ))?;
        let cells = columns().saturating_sub(9).max(10);
        let words = self
            .standing
            .exact
            .as_ref()
            .unwrap_or(&self.standing.exact_then);
        out.text(format!("       “{}”", column(words, cells).trim_end()).as_str())?;
        for line in self.text.lines() {
            out.text(&format!("       {line}"))?;
        }
        Ok(())
    }
}
