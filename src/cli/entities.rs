//! `postil entities`: who and what is named, over all documents.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::list::column;
use super::out::{Form, Out, columns};
use super::room::{Opened, Room};
use crate::language::entities::{EntityId, EntityType};
use crate::library::analyse;
use crate::runtime::paths::Paths;

/// What `entities` takes.
#[derive(Debug, Args)]
pub(super) struct EntitiesArgs {
    /// Files and folders; without any the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What one document says of one entity.
struct Named {
    entity: EntityId,
    name: Arc<str>,
    kind: EntityType,
    /// As written, and how often.
    aliases: Vec<(String, u32)>,
}

struct Found {
    document: String,
    published: Option<Date>,
    named: Vec<Named>,
}

#[derive(Serialize)]
struct Entity {
    #[serde(rename = "entity")]
    id: EntityId,
    name: Arc<str>,
    #[serde(rename = "type")]
    kind: EntityType,
    aliases: Vec<Alias>,
    mentions: u32,
    documents: Vec<String>,
    roles: Vec<String>,
    first: Option<Date>,
    last: Option<Date>,
}

#[derive(Serialize)]
struct Alias {
    text: String,
    count: u32,
}

/// Prints the entities, most mentioned first.
pub(super) fn run(args: &EntitiesArgs, places: &Paths) -> Result<Outcome, Failure> {
    let room = Arc::new(Room::new(&args.paths, places)?);
    let mut at: HashMap<EntityId, usize> = HashMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    let outcome = room.each(
        |_, opened| Ok(find(&opened)),
        |found| {
            for named in found.named {
                let next = entities.len();
                let index = *at.entry(named.entity.clone()).or_insert(next);
                if index == next {
                    entities.push(Entity::new(&named));
                }
                if let Some(entity) = entities.get_mut(index) {
                    entity.add(named, &found.document, found.published);
                }
            }
            Ok(())
        },
    )?;
    for entity in &mut entities {
        entity
            .aliases
            .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    }
    entities.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.id.cmp(&b.id)));
    let mut out = Out::new();
    match Form::of_flag(args.json) {
        Form::Json => {
            for entity in &entities {
                out.json(entity)?;
            }
        }
        Form::People => people(&entities, &mut out)?,
    }
    out.flush()?;
    Ok(outcome)
}

fn find(opened: &Opened) -> Found {
    let document = &opened.document;
    let analysis = analyse(document);
    let mut at: HashMap<&EntityId, usize> = HashMap::new();
    let mut named: Vec<Named> = Vec::new();
    let mut spellings: HashMap<(usize, &str), usize> = HashMap::new();
    for (range, mention) in &analysis.mentions {
        let index = *at.entry(&mention.entity).or_insert_with(|| {
            named.push(Named {
                entity: mention.entity.clone(),
                name: mention.name.clone(),
                kind: mention.kind,
                aliases: Vec::new(),
            });
            named.len() - 1
        });
        let Some(entry) = named.get_mut(index) else {
            continue;
        };
        if mention.name.len() > entry.name.len() {
            entry.name = mention.name.clone();
        }
        let text = range.of_text(&document.text);
        let spelling = *spellings.entry((index, text)).or_insert_with(|| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let known = entry.aliases.iter().position(|(known, _)| *known == text);
            known.unwrap_or_else(|| {
                entry.aliases.push((text, 0));
                entry.aliases.len() - 1
            })
        });
        if let Some((_, count)) = entry.aliases.get_mut(spelling) {
            *count += 1;
        }
    }
    Found {
        document: document.id.to_string(),
        published: document
            .meta
            .published
            .as_ref()
            .and_then(|published| published.date.interval().earliest),
        named,
    }
}

impl Entity {
    fn new(named: &Named) -> Self {
        Self {
            id: named.entity.clone(),
            name: named.name.clone(),
            kind: named.kind,
            aliases: Vec::new(),
            mentions: 0,
            documents: Vec::new(),
            roles: Vec::new(),
            first: None,
            last: None,
        }
    }

    fn add(&mut self, named: Named, document: &str, published: Option<Date>) {
        if named.name.len() > self.name.len() {
            self.name = named.name;
        }
        for (text, count) in named.aliases {
            self.mentions = self.mentions.saturating_add(count);
            match self.aliases.iter_mut().find(|alias| alias.text == text) {
                Some(alias) => alias.count = alias.count.saturating_add(count),
                None => self.aliases.push(Alias { text, count }),
            }
        }
        self.documents.push(document.to_owned());
        self.first = self.first.into_iter().chain(published).min();
        self.last = self.last.into_iter().chain(published).max();
    }
}

const fn word(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Org => "organisation",
        EntityType::Place => "place",
    }
}

fn people(entities: &[Entity], out: &mut Out) -> Result<(), Failure> {
    let left = columns().saturating_sub(12 + 2 + 6 + 2 + 5 + 2);
    let name_cells = left / 2;
    for entity in entities {
        let others: Vec<&str> = entity
            .aliases
            .iter()
            .map(|alias| alias.text.as_str())
            .filter(|text| **text != *entity.name)
            .collect();
        let line = format!(
            "{:>6}  {:>5}  {}  {}  {}",
            entity.mentions,
            entity.documents.len(),
            column(word(entity.kind), 12),
            column(&entity.name, name_cells),
            column(&others.join(", "), left.saturating_sub(name_cells + 2)),
        );
        out.text(line.trim_end())?;
    }
    Ok(())
}
