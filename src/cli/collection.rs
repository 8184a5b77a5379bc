//! `postil collection`: named sets of folders and files. Documents and what was written about them stay where they are.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::ledger::open_reading;
use super::out::{Form, Out, say};
use crate::runtime::clock;
use crate::runtime::collection::{Collection as Roots, Member};
use crate::runtime::paths::Paths;
use crate::runtime::source::{STDIN, SourceError, Sources};
use crate::store::{Store, StoreError};

/// What `collection` does.
#[derive(Debug, Subcommand)]
pub(super) enum CollectionCommand {
    /// Lists the collections; the current one is marked
    List(ListArgs),
    /// Makes a collection
    Add(AddArgs),
    /// Makes a collection the current one, on which commands without a PATH act
    Use(NameArgs),
    /// Forgets a collection
    Remove(NameArgs),
    /// Gives a collection another name
    Rename(RenameArgs),
}

/// What `collection list` takes.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What `collection add` takes.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
    /// Its folders and files
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

/// A collection by its name.
#[derive(Debug, Args)]
pub(super) struct NameArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
}

/// What `collection rename` takes.
#[derive(Debug, Args)]
pub(super) struct RenameArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
    /// Its new name
    #[arg(value_name = "TO")]
    to: String,
}

#[derive(Serialize)]
struct CollectionRecord<'a> {
    name: &'a str,
    roots: &'a [String],
    current: bool,
}

/// Does it.
pub(super) fn run(command: &CollectionCommand, places: &Paths) -> Result<Outcome, Failure> {
    let open = || Store::open(&places.store, clock::now());
    let done = match command {
        CollectionCommand::List(args) => return list(args, places),
        CollectionCommand::Add(args) => {
            let roots = Roots::of_paths(&args.paths)?;
            check(&roots)?;
            let made = open()?.add_collection(&args.name, &roots.roots, clock::now())?;
            let outcome = told(&format!("made collection {}", made.name))?;
            return Ok(outcome.and(told_of_empty(&roots)));
        }
        CollectionCommand::Use(args) => {
            let current = open()?.set_current_collection(&args.name, clock::now())?;
            format!("using collection {}", current.name)
        }
        CollectionCommand::Remove(args) => {
            open()?.remove_collection(&args.name, clock::now())?;
            format!("removed collection {}", args.name)
        }
        CollectionCommand::Rename(args) => {
            open()?.rename_collection(&args.name, &args.to, clock::now())?;
            format!("renamed collection {} to {}", args.name, args.to)
        }
    };
    told(&done)
}

fn told(done: &str) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    out.text(done)?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// Every file that is named must be text, and there tomorrow.
fn check(roots: &Roots) -> Result<(), Failure> {
    for root in &roots.roots {
        let no_member = |why: String| Failure::NoMember {
            locator: root.clone(),
            why,
        };
        if root == STDIN {
            let why = "what comes from standard input is gone afterwards; save it to a file and name that";
            return Err(no_member(why.to_owned()));
        }
        let single = Roots {
            roots: vec![root.clone()],
        };
        if single.single().is_some() {
            match Sources::default().beginning(root) {
                Ok(_) => {}
                Err(SourceError::NoText { why, .. }) => return Err(no_member(why)),
                Err(other) => return Err(other.into()),
            }
        }
    }
    Ok(())
}

/// Says which folders hold nothing that could be read.
fn told_of_empty(roots: &Roots) -> Outcome {
    let mut outcome = Outcome::Done;
    for root in &roots.roots {
        let folder = Roots {
            roots: vec![root.clone()],
        };
        let is_document = |member: Member| matches!(member, Member::Document { .. });
        if !folder.members().any(is_document) {
            outcome = Outcome::Found;
            say(&format!(
                "there is no document in `{root}` yet: files that end in .txt, .text, .md, .markdown or have no extension are; put some there"
            ));
        }
    }
    outcome
}

fn list(args: &ListArgs, places: &Paths) -> Result<Outcome, Failure> {
    let store = match open_reading(&places.store) {
        Err(StoreError::Absent { .. }) => return Ok(Outcome::Done),
        opened => opened?,
    };
    let current = store.current_collection()?.map(|current| current.name);
    let mut out = Out::new();
    for collection in store.collections()? {
        let is_current = current.as_ref() == Some(&collection.name);
        match Form::of_flag(args.json) {
            Form::Json => out.json(&CollectionRecord {
                name: &collection.name,
                roots: &collection.roots,
                current: is_current,
            })?,
            Form::People => {
                let mark = if is_current { "*" } else { " " };
                out.text(&format!("{mark} {}", collection.name))?;
                for root in &collection.roots {
                    out.text(&format!("    {root}"))?;
                }
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
