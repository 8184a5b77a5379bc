//! `postil collection`: named sets of folders and files. Documents and what was written about them stay where they are.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::ledger::open_reading;
use super::out::{Form, Out};
use crate::runtime::clock;
use crate::runtime::collection::Collection as Roots;
use crate::runtime::paths::Paths;
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
            let roots = Roots::of_paths(&args.paths)?.roots;
            let made = open()?.add_collection(&args.name, &roots, clock::now())?;
            format!("made collection {}", made.name)
        }
        CollectionCommand::Use(args) => {
            let current = open()?.set_current_collection(&args.name, clock::now())?;
            format!("using collection {}", current.name)
        }
        CollectionCommand::Remove(args) => {
            open()?.remove_collection(&args.name)?;
            format!("removed collection {}", args.name)
        }
        CollectionCommand::Rename(args) => {
            open()?.rename_collection(&args.name, &args.to)?;
            format!("renamed collection {} to {}", args.name, args.to)
        }
    };
    let mut out = Out::new();
    out.text(&done)?;
    out.flush()?;
    Ok(Outcome::Done)
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
