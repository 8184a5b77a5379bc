//! `postil tags`: the vocabulary of tags, as a list and as a text file.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::failure::{Failure, Outcome};
use super::ledger::open_reading;
use super::list::column;
use super::list_file;
use super::out::{Form, Out, columns};
use crate::annotation::{Control, Tag, distance};
use crate::export::tags::{read, write};
use crate::runtime::clock;
use crate::runtime::paths::Paths;
use crate::store::{Store, StoreError, TagUse};

/// What `tags` takes.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct TagsArgs {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Writes the vocabulary to a new file; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "import"])]
    export: Option<PathBuf>,
    /// Takes over what a file says of its tags, all or nothing; others stay. `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    import: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<TagsCommand>,
}

/// What is done with tags.
#[derive(Debug, Subcommand)]
pub(super) enum TagsCommand {
    /// Says what a tag means; an empty text takes that back. A tag that no note has and nothing was said of is refused, for it may be mistyped: `--new` makes it
    Describe(DescribeArgs),
    /// Gives every note with a tag another in its place; a tag that is there already becomes one with it
    Rename(RenameArgs),
    /// Makes tags controlled, also such as no note has yet: where any is, the screen asks about one that is not
    Control(NamesArgs),
    /// Makes tags free again; once none is controlled, the screen asks about none
    Free(NamesArgs),
}

/// What `tags describe` takes.
#[derive(Debug, Args)]
pub(super) struct DescribeArgs {
    /// The tag
    #[arg(value_name = "TAG")]
    name: String,
    /// What it means
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// Makes the tag if there is none: a vocabulary may come before the notes
    #[arg(long)]
    new: bool,
}

/// What `tags rename` takes.
#[derive(Debug, Args)]
pub(super) struct RenameArgs {
    /// The tag
    #[arg(value_name = "TAG")]
    from: String,
    /// Its new name, or the tag it becomes one with
    #[arg(value_name = "TO")]
    to: String,
}

/// Tags by their names.
#[derive(Debug, Args)]
pub(super) struct NamesArgs {
    /// The tags
    #[arg(value_name = "TAG", required = true)]
    names: Vec<String>,
}

/// Does it.
pub(super) fn run(args: &TagsArgs, places: &Paths) -> Result<Outcome, Failure> {
    if let Some(file) = &args.export {
        return export(file, places);
    }
    if let Some(file) = &args.import {
        return import(file, places);
    }
    match &args.command {
        None => list(Form::of_flag(args.json), places),
        Some(TagsCommand::Describe(args)) => {
            if !args.new {
                must_be_there(&args.name, places)?;
            }
            let described = change(&args.name, places, |tag| {
                args.text.clone_into(&mut tag.description);
            })?;
            told(&match described.description.as_str() {
                "" => format!("{} has no description any more", described.name),
                words => format!("{}: {words}", described.name),
            })
        }
        Some(TagsCommand::Rename(args)) => rename(args, places),
        Some(TagsCommand::Control(args)) => control(&args.names, Control::Controlled, places),
        Some(TagsCommand::Free(args)) => control(&args.names, Control::Free, places),
    }
}

fn vocabulary(places: &Paths) -> Result<Vec<TagUse>, StoreError> {
    match open_reading(&places.store) {
        Ok(store) => store.vocabulary(),
        Err(StoreError::Absent { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Uses, `!` before what is controlled, name, what it means.
fn list(form: Form, places: &Paths) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    for used in vocabulary(places)? {
        match form {
            Form::Json => out.json(&used)?,
            Form::People => {
                let sign = if used.tag.control.is_controlled() {
                    "!"
                } else {
                    " "
                };
                let words = used.tag.description.replace('\n', " ");
                let cells = columns().saturating_sub(31).max(10);
                let line = format!(
                    "{:>5} {sign}{} {}",
                    used.uses,
                    column(&used.tag.name, 22),
                    column(&words, cells).trim_end()
                );
                out.text(line.trim_end())?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Changes what is said of a tag and gives it as it is then.
fn change(name: &str, places: &Paths, act: impl FnOnce(&mut Tag)) -> Result<Tag, Failure> {
    let name = name.trim().trim_start_matches('#');
    let known = vocabulary(places)?.into_iter().map(|used| used.tag);
    let mut tag = known
        .into_iter()
        .find(|tag| tag.name == name)
        .unwrap_or_else(|| Tag::plain(name));
    act(&mut tag);
    Store::open(&places.store, clock::now())?.put_tag(&tag, clock::now())?;
    Ok(tag)
}

/// That a tag is on a note, or something was said of it.
fn must_be_there(name: &str, places: &Paths) -> Result<(), Failure> {
    let name = name.trim().trim_start_matches('#');
    let all = vocabulary(places)?;
    if all.iter().any(|used| used.tag.name == name) {
        return Ok(());
    }
    Err(Failure::NoTag {
        name: name.to_owned(),
        like: likest(name, &all),
    })
}

/// The tag that was probably meant.
fn likest(name: &str, all: &[TagUse]) -> Option<String> {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let typed = letters(name);
    let errors = |used: &&TagUse| distance(&typed, &letters(&used.tag.name));
    let best = all.iter().min_by_key(errors)?;
    (errors(&best) * 3 <= typed.len().max(1)).then(|| best.tag.name.clone())
}

fn control(names: &[String], control: Control, places: &Paths) -> Result<Outcome, Failure> {
    let is_controlled = |used: &TagUse| used.tag.control.is_controlled();
    let before = vocabulary(places)?;
    if !control.is_controlled() {
        names
            .iter()
            .try_for_each(|name| must_be_there(name, places))?;
    }
    for name in names {
        let tag = change(name, places, |tag| tag.control = control)?;
        let is_new = !before.iter().any(|used| used.tag.name == tag.name);
        let new = if is_new { "; no note has it yet" } else { "" };
        told(&format!("{} is {} now{new}", tag.name, control.as_str()))?;
    }
    if before.iter().any(is_controlled) && !vocabulary(places)?.iter().any(is_controlled) {
        told("no tag is controlled any more: the screen takes any without a question")?;
    }
    Ok(Outcome::Done)
}

fn rename(args: &RenameArgs, places: &Paths) -> Result<Outcome, Failure> {
    let mut store = Store::open(&places.store, clock::now())?;
    let from = args.from.trim_start_matches('#');
    let (n, first) = store.rename_tag(from, &args.to, clock::now())?;
    let s = if n == 1 { "" } else { "s" };
    let back = first.map_or_else(String::new, |first| {
        format!("; `postil log --undo {first}` takes it back")
    });
    told(&format!(
        "{from} is {} now on {n} note{s}{back}",
        args.to.trim_start_matches('#')
    ))
}

fn told(what: &str) -> Result<Outcome, Failure> {
    let mut out = Out::new();
    out.text(what)?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn export(file: &Path, places: &Paths) -> Result<Outcome, Failure> {
    let tags: Vec<Tag> = vocabulary(places)?
        .into_iter()
        .map(|used| used.tag)
        .collect();
    let text = write(&tags);
    if file.as_os_str() == "-" {
        return told(text.trim_end());
    }
    list_file::write_new(file, &text)?;
    let (n, s) = (tags.len(), if tags.len() == 1 { "" } else { "s" });
    told(&format!("{n} tag{s} written to {}", file.display()))
}

fn import(file: &Path, places: &Paths) -> Result<Outcome, Failure> {
    let text = list_file::read(file)?;
    let tags = read(&text).map_err(|error| Failure::TagLine {
        path: file.to_owned(),
        error,
    })?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut store = Store::open(&places.store, clock::now())?;
    let (n_new, first) = store.put_vocabulary(&tags, &name, clock::now())?;
    let (n, s) = (tags.len(), if tags.len() == 1 { "" } else { "s" });
    let back = first.map_or_else(String::new, |first| {
        format!("; `postil log --undo {first}` takes it back")
    });
    told(&format!(
        "{n} tag{s} read, {n_new} of them other than before{back}"
    ))
}
