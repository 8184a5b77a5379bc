//! `postil import-notes`: annotations of other programs, put on the documents they are about; and back.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::export::format;
use super::failure::{Failure, Outcome};
use super::out::{Form, Out, say};
use super::room::{Opened, Room};
use super::takeback;
use crate::annotation::Signed;
use crate::runtime::clock;
use crate::runtime::collection::Member;
use crate::runtime::exchange::arriving::{self, Fate, Handles, Search, Sheaf, Unplaced};
use crate::runtime::paths::Paths;
use crate::store::{Arrival, Parcel, Received, Store};

/// What `import-notes` takes.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Files with annotations; of brat the `.ann` files
    #[arg(value_name = "FILE", required_unless_present = "undo")]
    files: Vec<PathBuf>,
    /// The documents they are about: files and folders; without any the current collection, else the samples
    #[arg(long = "in", value_name = "PATH")]
    around: Vec<PathBuf>,
    /// web-annotation, hypothesis, brat, csv or markdown; without it the file tells
    #[arg(long, value_name = "F")]
    format: Option<String>,
    /// Says what would be done and does nothing
    #[arg(long)]
    dry_run: bool,
    /// Takes the last import back; what was changed since stays and is named
    #[arg(long, conflicts_with_all = ["files", "around", "format", "dry_run"])]
    undo: bool,
    /// One JSON object for each document
    #[arg(long)]
    json: bool,
}

/// What became of the annotations on one document.
#[derive(Serialize)]
struct ImportRecord<'a> {
    path: &'a str,
    added: Vec<i64>,
    known: u32,
    deleted: u32,
    unsettled: Vec<UnsettledRecord>,
}

#[derive(Serialize)]
struct UnsettledRecord {
    id: Option<String>,
    exact: String,
    why: String,
    /// Whether the note is here all the same, to be decided about.
    taken: bool,
}

/// A document and what is put on it.
struct Laid {
    opened: Opened,
    signed: Vec<Signed>,
    unplaced: Vec<Unplaced>,
    n_incoming: usize,
}

/// Does it.
pub(super) fn run(args: &ImportArgs, places: &Paths) -> Result<Outcome, Failure> {
    let form = Form::of_flag(args.json);
    if args.undo {
        return takeback::last_import(form, places);
    }
    let wanted = args.format.as_deref().map(format).transpose()?;
    let mut sheaves: Vec<Sheaf> = Vec::new();
    for file in &args.files {
        sheaves.push(arriving::read(file, wanted)?);
    }
    let mut outcome = told_of_files(&sheaves);
    let room = Arc::new(Room::new(&args.around, places)?);
    let (by_document, homeless) = search(&room, &sheaves)?.end();
    for bundle in &homeless {
        outcome = Outcome::Found;
        say(&format!(
            "no document here is `{}`: {} left out; name its file with `--in`",
            bundle.source,
            many(bundle.notes.len(), "annotation")
        ));
    }
    if sheaves
        .iter()
        .all(|sheaf| sheaf.batch.notes.is_empty() && sheaf.batch.links.is_empty())
    {
        say("there is nothing to bring in: no annotation was found");
        return Ok(Outcome::Found);
    }
    let mut handles = Handles::default();
    let mut laid: Vec<Laid> = Vec::new();
    for (locator, notes) in by_document {
        let opened = room.open(&locator)?;
        let (signed, unplaced) =
            arriving::place(&notes, &opened.document, &mut handles, clock::now());
        for left in &unplaced {
            outcome = Outcome::Found;
            say(&format!("`{locator}`: {}", left.told()));
        }
        laid.push(Laid {
            opened,
            signed,
            unplaced,
            n_incoming: notes.len(),
        });
    }
    if args.dry_run {
        return rehearsed(laid, form).map(|()| outcome);
    }
    let links = handles.links(&sheaves);
    let label = label(&args.files);
    let parcels: Vec<Parcel<'_>> = laid
        .iter_mut()
        .map(|laid| Parcel {
            document: &laid.opened.document,
            locator: &laid.opened.locator,
            signed: std::mem::take(&mut laid.signed),
        })
        .collect();
    let mut store = Store::open(&places.store, clock::now())?;
    let arrival = store.receive(&parcels, &links, &label, clock::now())?;
    drop(parcels);
    if arrival.loose > 0 {
        outcome = Outcome::Found;
        say(&format!(
            "{} left out: a note at an end of it is not here",
            many(arrival.loose as usize, "link")
        ));
    }
    told(&laid, &arrival, form).map(|()| outcome)
}

/// Says what of the files cannot come in.
fn told_of_files(sheaves: &[Sheaf]) -> Outcome {
    let mut outcome = Outcome::Done;
    for Sheaf { file, batch } in sheaves {
        for line in &batch.changed {
            outcome = Outcome::Found;
            say(&format!(
                "{}: the note that ends at line {line} was changed on the page and was left out; change it in postil instead",
                file.display()
            ));
        }
        if batch.n_unsaid > 0 {
            outcome = Outcome::Found;
            say(&format!(
                "{}: {} left out: nothing says whether {}",
                file.display(),
                many(batch.n_unsaid, "link"),
                if batch.n_unsaid == 1 {
                    "it quotes, contradicts, confirms or repeats"
                } else {
                    "they quote, contradict, confirm or repeat"
                }
            ));
        }
        for (loss, n) in &batch.losses {
            outcome = Outcome::Found;
            say(&format!("{}: {}", file.display(), loss.told(*n)));
        }
    }
    outcome
}

fn many(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The names of the files, as the log shows them.
fn label(files: &[PathBuf]) -> String {
    let name = |file: &PathBuf| {
        file.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let names: Vec<String> = files.iter().filter_map(name).collect();
    names.join(", ")
}

/// Looks for the documents; those of the room are read only where names do not tell.
fn search(room: &Arc<Room>, sheaves: &[Sheaf]) -> Result<Search, Failure> {
    let locators: Vec<String> = room
        .collection
        .members()
        .filter_map(|member| match member {
            Member::Document { locator, .. } => Some(locator),
            Member::Problem(_) => None,
        })
        .collect();
    let mut search = Search::new(sheaves, &locators);
    if let Some(wanted) = search.wanted() {
        room.each(
            move |_, opened| Ok(wanted.look(&opened.locator, &opened.document)),
            |fits| {
                search.take(fits);
                Ok(())
            },
        )?;
    }
    Ok(search)
}

/// What would be done.
fn rehearsed(laid: Vec<Laid>, form: Form) -> Result<(), Failure> {
    let mut out = Out::new();
    for laid in laid {
        let taken = |left: &&Unplaced| left.fate == Fate::Taken;
        let n_placed = laid.signed.len() - laid.unplaced.iter().filter(taken).count();
        match form {
            Form::Json => out.json(&record(&laid, &Received::default()))?,
            Form::People => out.text(&format!(
                "{}: {n_placed} of {} with a place",
                laid.opened.locator,
                many(laid.n_incoming, "annotation")
            ))?,
        }
    }
    out.flush()
}

/// What was done.
fn told(laid: &[Laid], arrival: &Arrival, form: Form) -> Result<(), Failure> {
    let mut out = Out::new();
    for (laid, received) in laid.iter().zip(&arrival.parcels) {
        match form {
            Form::Json => out.json(&record(laid, received))?,
            Form::People => out.text(&format!(
                "{}: {} added, {} were here already, {} had been deleted here",
                laid.opened.locator,
                received.added.len(),
                received.known,
                received.deleted
            ))?,
        }
    }
    if form == Form::People {
        if !arrival.links.is_empty() {
            let n = arrival.links.len();
            let s = if n == 1 { "" } else { "s" };
            out.text(&format!("{n} link{s} added"))?;
        }
        if let Some(first) = arrival.first {
            out.text(&format!(
                "`postil import-notes --undo` takes this back; so does `postil log --undo {first}`, also later"
            ))?;
        }
    }
    out.flush()
}

fn record<'a>(laid: &'a Laid, received: &Received) -> ImportRecord<'a> {
    let unsettled = laid.unplaced.iter().map(|left| UnsettledRecord {
        id: left.id.clone(),
        exact: left.exact.clone(),
        why: left.why.clone(),
        taken: left.fate == Fate::Taken,
    });
    ImportRecord {
        path: &laid.opened.locator,
        added: received.added.iter().map(|id| id.0).collect(),
        known: received.known,
        deleted: received.deleted,
        unsettled: unsettled.collect(),
    }
}
