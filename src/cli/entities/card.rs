//! All about one entity: names, roles, documents, who it is named with, and every mention in context.

use jiff::civil::Date;
use serde::Serialize;

use super::gather::{Gathered, Library};
use super::{EntityRecord, word};
use crate::cli::failure::Failure;
use crate::cli::out::{Form, Out, columns};
use crate::cli::points::Points;
use crate::cli::room::Room;
use crate::language::entities::EntityId;
use crate::library::entities::contexts;
use crate::search::fold::Folded;
use crate::text::sanitise;
use crate::text::width::{shorten, text_cells};

/// Companions told of.
const COMPANIONS: usize = 12;

#[derive(Serialize)]
struct CardRecord<'a> {
    #[serde(flatten)]
    entity: EntityRecord<'a>,
    with: Vec<CompanionRecord<'a>>,
    contexts: Vec<ContextRecord>,
}

#[derive(Serialize)]
struct CompanionRecord<'a> {
    entity: &'a EntityId,
    name: &'a str,
    documents: usize,
}

/// A mention; offsets are code points of the document's text.
#[derive(Serialize)]
struct ContextRecord {
    document: String,
    start: u32,
    end: u32,
    before: String,
    text: String,
    after: String,
}

/// The mentions in one document.
struct InDocument {
    /// The first day it may have been published.
    day: Option<Date>,
    /// Its date and title.
    title: String,
    told: Vec<ContextRecord>,
}

/// Prints all about the entity called `wanted`.
pub(super) fn print(
    room: &Room,
    library: &Library,
    wanted: &str,
    form: Form,
) -> Result<(), Failure> {
    let entity = choose(library, wanted)?;
    let with = companions(library, entity);
    let members = library.links.members(&entity.linked.id);
    let mut found: Vec<InDocument> = Vec::new();
    for number in &entity.numbers {
        let Some(locator) = library.locators.get(*number as usize) else {
            continue;
        };
        let opened = room.open(locator)?;
        let document = &opened.document;
        let mut points = Points::new(&document.text);
        let told = contexts(document, &room.analyse(&opened), &members)
            .into_iter()
            .map(|context| {
                let (start, end) = (points.at(context.range.start), points.at(context.range.end));
                ContextRecord {
                    document: document.id.to_string(),
                    start,
                    end,
                    before: context.before.into(),
                    text: context.name.into(),
                    after: context.after.into(),
                }
            })
            .collect();
        let date = document.meta.published.as_ref();
        let day = date.and_then(|published| published.date.interval().earliest);
        let date = date.map_or_else(
            || "undated".to_owned(),
            |published| published.date.to_string(),
        );
        found.push(InDocument {
            day,
            title: format!("{date}  {}", document.title()),
            told,
        });
    }
    // By date; those without one last.
    found.sort_by_key(|one| (one.day.is_none(), one.day));
    let mut out = Out::new();
    match form {
        Form::Json => out.json(&CardRecord {
            entity: EntityRecord::new(entity),
            with: with
                .iter()
                .map(|(other, n)| CompanionRecord {
                    entity: &other.linked.id,
                    name: &other.linked.name,
                    documents: *n,
                })
                .collect(),
            contexts: found.into_iter().flat_map(|one| one.told).collect(),
        })?,
        Form::People => people(entity, &with, &found, &mut out)?,
    }
    out.flush()
}

/// The entity with this id or name: as it is shown, as it is written somewhere, else the only one a word of whose names it is.
fn choose<'a>(library: &'a Library, wanted: &str) -> Result<&'a Gathered, Failure> {
    let by_id = library.links.entity(&EntityId(wanted.into()));
    if let Some(linked) = by_id
        && let Some(entity) = library
            .entities
            .iter()
            .find(|entity| entity.linked.id == linked.id)
    {
        return Ok(entity);
    }
    let folded = Folded::new(wanted);
    let is = |name: &str| Folded::new(name).text() == folded.text();
    let named = |entity: &&Gathered| is(&entity.linked.name);
    let written = |entity: &&Gathered| entity.aliases.iter().any(|(text, _)| is(text));
    let part = |entity: &&Gathered| {
        let words = |name: &str| {
            let name = Folded::new(name);
            name.text()
                .split_whitespace()
                .any(|word| word == folded.text())
        };
        words(&entity.linked.name) || entity.aliases.iter().any(|(text, _)| words(text))
    };
    let steps: [&dyn Fn(&&Gathered) -> bool; 3] = [&named, &written, &part];
    for step in steps {
        let fits: Vec<&Gathered> = library.entities.iter().filter(step).collect();
        match fits.as_slice() {
            [] => {}
            [entity] => return Ok(entity),
            several => {
                let candidates = several.iter().map(|entity| {
                    (
                        entity.linked.id.as_str().to_owned(),
                        entity.linked.name.to_string(),
                    )
                });
                return Err(Failure::AmbiguousEntity {
                    wanted: wanted.to_owned(),
                    candidates: candidates.collect(),
                });
            }
        }
    }
    Err(Failure::NoEntity {
        wanted: wanted.to_owned(),
    })
}

/// Who is named in most of the same documents.
fn companions<'a>(library: &'a Library, entity: &Gathered) -> Vec<(&'a Gathered, usize)> {
    let shared = |other: &Gathered| {
        let same = other.numbers.iter();
        same.filter(|n| entity.numbers.binary_search(n).is_ok())
            .count()
    };
    let mut all: Vec<(&Gathered, usize)> = library
        .entities
        .iter()
        .filter(|other| other.linked.id != entity.linked.id)
        .map(|other| (other, shared(other)))
        .filter(|(_, n)| *n > 0)
        .collect();
    // Most mentioned first among equals, as they stand.
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    all.truncate(COMPANIONS);
    all
}

fn people(
    entity: &Gathered,
    with: &[(&Gathered, usize)],
    found: &[InDocument],
    out: &mut Out,
) -> Result<(), Failure> {
    let linked = &entity.linked;
    let join = |said: &[(String, u32)]| -> String {
        let words: Vec<String> = said
            .iter()
            .map(|(text, n)| format!("{text} ({n})"))
            .collect();
        words.join(", ")
    };
    let with: Vec<String> = with
        .iter()
        .map(|(other, n)| format!("{} ({n})", other.linked.name))
        .collect();
    let members: Vec<String> = linked
        .members
        .iter()
        .map(|member| {
            format!(
                "{} ({}; {})",
                member.name,
                member.id.as_str(),
                member.why.describe()
            )
        })
        .collect();
    let offers: Vec<String> = linked
        .offers
        .iter()
        .map(|offer| {
            format!(
                "{} ({}; {})",
                offer.name,
                offer.id.as_str(),
                offer.why.describe()
            )
        })
        .collect();
    let dates = match (entity.first, entity.last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(first), _) => first.to_string(),
        (None, _) => String::new(),
    };
    out.text(&linked.name)?;
    let counts = format!(
        "{} in {}",
        counted(linked.mentions as usize, "mention"),
        counted(entity.documents.len(), "document")
    );
    for (field, value) in [
        ("type", word(linked.kind).to_owned()),
        ("id", linked.id.as_str().to_owned()),
        ("named", counts),
        ("dated", dates),
        ("written", join(&entity.aliases)),
        ("role", join(&entity.roles)),
        ("with", with.join(", ")),
        (
            "one with",
            if members.len() > 1 {
                members.join(", ")
            } else {
                String::new()
            },
        ),
        ("same?", offers.join(", ")),
    ] {
        if !value.is_empty() {
            out.text(&format!("  {field:<9} {}", sanitise::line(&value)))?;
        }
    }
    let room = columns();
    for one in found {
        out.text("")?;
        out.text(&shorten(&sanitise::line(&one.title), columns()))?;
        for context in &one.told {
            // Names stand one below the other.
            let left = room * 2 / 5;
            let before = tail(&context.before, left);
            let blanks = " ".repeat(left.saturating_sub(text_cells(before)));
            let line = format!("  {blanks}{before}{}{}", context.text, context.after);
            out.text(&shorten(&sanitise::line(&line), room))?;
        }
    }
    Ok(())
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The last words of a text that fit in `cells`.
fn tail(text: &str, cells: usize) -> &str {
    let mut rest = text;
    while text_cells(rest) > cells {
        match rest.split_once(' ') {
            Some((_, after)) => rest = after,
            None => return "",
        }
    }
    rest
}
