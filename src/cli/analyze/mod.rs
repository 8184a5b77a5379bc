//! `postil analyze`: the machine interface. Documents in, one JSON object a line out, in the order of the documents.
//!
//! A pure filter: it reads no store and no settings but the list of names it is given, so that the same input gives the same output on any machine. A document that cannot be analysed, or
//! a line that is none, gives an object with `error` in its place; the rest goes on, and the exit code is 1.

mod input;
mod record;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::failure::{Failure, Outcome};
use super::out::{Out, say};
use super::room::{self, INTERNAL};
use super::{flow, json};
use crate::document::{Document, Edtf};
use crate::language::entities::Lists;
use crate::runtime::collection::Collection;
use crate::runtime::config;
use crate::runtime::source::{STDIN, Sources};
use input::Item;
use record::{Answer, Asked};

/// What feeds the items of one kind of input.
type Producer = Box<dyn FnOnce(&mut flow::Feed<Item>) + Send>;

/// What `analyze` takes.
#[derive(Debug, Args)]
pub(super) struct AnalyzeArgs {
    /// Files and folders, or `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// What the input is: documents, or one JSON object a line with "id" and "text", and perhaps "title" and "published"
    #[arg(long, value_enum, default_value_t)]
    input: Form,
    /// The publication date of documents that are not given one, as EDTF: 2023-10-30, 2023-10, 2023
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    published: Option<String>,
    /// A list of names of your own, `name; type; other names` a line; the one in your settings is not used here
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
    /// Documents analysed at once; as many as there are processors if not given
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Puts out "text" for JSONL input too
    #[arg(long)]
    with_text: bool,
}

/// Kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Form {
    /// Each file is a document, and so is standard input
    #[default]
    Text,
    /// Each line is a document; its "text" is taken exactly as given
    Jsonl,
}

/// Analyses everything.
pub(super) fn run(args: &AnalyzeArgs) -> Result<Outcome, Failure> {
    let published = args.published.as_deref().map(str::parse::<Edtf>);
    let published = published.transpose().map_err(|source| Failure::Date {
        option: "--published",
        source,
    })?;
    let names = args.names.as_deref().map(names).transpose()?;
    let collection = Collection::of_paths(&args.paths)?;
    let asked = Asked {
        published,
        text: if args.with_text {
            record::Text::Always
        } else {
            record::Text::OfFiles
        },
        sources: sources(&collection, args.input)?,
        names: names.unwrap_or_default(),
    };
    let produce: Producer = match args.input {
        Form::Text => Box::new(move |feed| input::documents(&collection, feed)),
        Form::Jsonl => Box::new(move |feed| input::lines(&collection, feed)),
    };
    let mut out = Out::new();
    let mut outcome = Outcome::Done;
    flow::ordered(
        args.jobs.unwrap_or_else(room::threads),
        produce,
        move |item| record::answer(item, &asked),
        |answer| {
            let line = match answer {
                Ok(Answer::Record(line)) => line,
                Ok(Answer::Error(line)) => {
                    outcome = Outcome::Found;
                    line
                }
                Err(item) => {
                    outcome = Outcome::Found;
                    json::line(&record::error_of(&item, INTERNAL.to_owned()))
                }
            };
            out.bytes(&line)?;
            out.flush()
        },
    )?;
    Ok(outcome)
}

/// Gives each line of JSONL files as the document it is, in the order of the lines. What is none is said on standard error and counts as found missing.
pub(super) fn each_line(
    paths: &[PathBuf],
    mut take: impl FnMut(Document),
) -> Result<Outcome, Failure> {
    let collection = Collection::of_paths(paths)?;
    let mut outcome = Outcome::Done;
    flow::ordered(
        room::threads(),
        move |feed| input::lines(&collection, feed),
        record::document,
        |document| {
            match document {
                Ok(Ok(document)) => take(document),
                Ok(Err(why)) => {
                    say(&why);
                    outcome = Outcome::Found;
                }
                Err(item) => {
                    say(&record::told(&item, INTERNAL));
                    outcome = Outcome::Found;
                }
            }
            Ok(())
        },
    )?;
    Ok(outcome)
}

/// The list of names in a file.
fn names(path: &Path) -> Result<Lists, Failure> {
    let text = config::names_of(path).map_err(|source| Failure::NamesFile {
        path: path.to_owned(),
        source,
    })?;
    Lists::read(&text).map_err(|error| Failure::Name {
        path: path.to_owned(),
        error,
    })
}

/// Standard input as one document is read at once; as lines it is not.
fn sources(collection: &Collection, form: Form) -> Result<Sources, Failure> {
    let stdin = collection.roots.iter().any(|root| root == STDIN);
    match form {
        Form::Text if stdin => room::read_stdin(),
        Form::Text | Form::Jsonl => Ok(Sources::default()),
    }
}
