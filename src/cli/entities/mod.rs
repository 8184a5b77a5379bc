//! `postil entities`: who and what is named, over all documents; all about one; the reader's decisions as a file.

mod card;
mod exchange;
pub(super) mod gather;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::list::column;
use super::out::{Form, Out, columns};
use super::room::Room;
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::Why;
use crate::runtime::paths::Paths;
use gather::{Gathered, Library};

/// What `entities` takes.
#[derive(Debug, Args)]
pub(super) struct EntitiesArgs {
    /// Files and folders, or the name or id of one entity, of which all is told; without a path the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH or NAME")]
    words: Vec<PathBuf>,
    /// Where the documents are, when a name could be taken for a path
    #[arg(long = "in", value_name = "PATH")]
    within: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Write what you decided about entities (merged, split, renamed, …) to a text file, one decision a line; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "within", "json", "import"])]
    export: Option<PathBuf>,
    /// Take decisions from such a file, all or, if a line is wrong, none; `-` is standard input. An id that no document names is told with its line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "json"])]
    import: Option<PathBuf>,
}

/// One entity, for programs.
#[derive(Serialize)]
pub(super) struct EntityRecord<'a> {
    entity: &'a EntityId,
    name: &'a str,
    #[serde(rename = "type")]
    kind: EntityType,
    aliases: Vec<Counted<'a>>,
    mentions: u32,
    documents: &'a [String],
    roles: Vec<Counted<'a>>,
    first: Option<Date>,
    last: Option<Date>,
    members: Vec<MemberRecord<'a>>,
    maybe: Vec<OfferRecord<'a>>,
}

#[derive(Serialize)]
struct Counted<'a> {
    text: &'a str,
    count: u32,
}

/// An id that is this entity, and why.
#[derive(Serialize)]
struct MemberRecord<'a> {
    entity: &'a EntityId,
    name: &'a str,
    why: Why,
}

/// Another entity that may be this one.
#[derive(Serialize)]
struct OfferRecord<'a> {
    entity: &'a EntityId,
    name: &'a str,
    why: Why,
}

impl<'a> EntityRecord<'a> {
    fn new(entity: &'a Gathered) -> Self {
        let counted = |said: &'a [(String, u32)]| {
            said.iter()
                .map(|(text, count)| Counted {
                    text,
                    count: *count,
                })
                .collect()
        };
        let linked = &entity.linked;
        Self {
            entity: &linked.id,
            name: &linked.name,
            kind: linked.kind,
            aliases: counted(&entity.aliases),
            mentions: linked.mentions,
            documents: &entity.documents,
            roles: counted(&entity.roles),
            first: entity.first,
            last: entity.last,
            members: linked
                .members
                .iter()
                .map(|member| MemberRecord {
                    entity: &member.id,
                    name: &member.name,
                    why: member.why,
                })
                .collect(),
            maybe: linked
                .offers
                .iter()
                .map(|offer| OfferRecord {
                    entity: &offer.id,
                    name: &offer.name,
                    why: offer.why,
                })
                .collect(),
        }
    }
}

/// Prints the entities, most mentioned first, or all about one; or exchanges decisions.
pub(super) fn run(args: &EntitiesArgs, places: &Paths) -> Result<Outcome, Failure> {
    if let Some(file) = &args.export {
        return exchange::export(file, places);
    }
    if let Some(file) = &args.import {
        return exchange::import(file, &args.within, places);
    }
    let (paths, name) = sorted(&args.words, &args.within)?;
    let room = Arc::new(Room::new(&paths, places)?);
    let (library, outcome) = Library::read(&room)?;
    let form = Form::of_flag(args.json);
    if let Some(name) = name {
        card::print(&room, &library, &name, form)?;
        return Ok(outcome);
    }
    let mut out = Out::new();
    match form {
        Form::Json => {
            for entity in &library.entities {
                out.json(&EntityRecord::new(entity))?;
            }
        }
        Form::People => people(&library.entities, &mut out)?,
    }
    out.flush()?;
    Ok(outcome)
}

/// Paths, and the name of an entity if one stands among them: a word that is no path and does not look like one.
fn sorted(
    words: &[PathBuf],
    within: &[PathBuf],
) -> Result<(Vec<PathBuf>, Option<String>), Failure> {
    let mut paths = within.to_vec();
    let mut name: Option<String> = None;
    for word in words {
        let text = word.to_string_lossy();
        let may_be_path = text == "-" || word.exists() || looks_like_path(word);
        if may_be_path && within.is_empty() {
            paths.push(word.clone());
        } else if let Some(first) = &name {
            return Err(Failure::Names {
                first: first.clone(),
                second: text.into_owned(),
            });
        } else {
            name = Some(text.into_owned());
        }
    }
    Ok((paths, name))
}

fn looks_like_path(word: &Path) -> bool {
    let text = word.to_string_lossy();
    word.components().count() > 1
        || text.starts_with('.')
        || word
            .extension()
            .is_some_and(|ending| ending == "txt" || ending == "md")
}

pub(super) const fn word(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Org => "organisation",
        EntityType::Place => "place",
    }
}

fn people(entities: &[Gathered], out: &mut Out) -> Result<(), Failure> {
    let left = columns().saturating_sub(12 + 2 + 6 + 2 + 5 + 2);
    let name_cells = left / 2;
    for entity in entities {
        let linked = &entity.linked;
        let others: Vec<&str> = entity
            .aliases
            .iter()
            .map(|(text, _)| text.as_str())
            .filter(|text| **text != *linked.name)
            .collect();
        let line = format!(
            "{:>6}  {:>5}  {}  {}  {}",
            linked.mentions,
            entity.documents.len(),
            column(word(linked.kind), 12),
            column(&linked.name, name_cells),
            column(&others.join(", "), left.saturating_sub(name_cells + 2)),
        );
        out.text(line.trim_end())?;
    }
    Ok(())
}
