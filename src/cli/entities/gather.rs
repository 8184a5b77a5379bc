//! Who and what is named in the documents of a command, linked and as decided.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::cli::failure::{Failure, Outcome};
use crate::cli::room::{Opened, Room};
use crate::document::Document;
use crate::language::entities::EntityId;
use crate::library::entities::{Decision, Linked, Links, Said, SaidAs, Seen, is_acronym, said};
use crate::library::{Analysis, EntityCount};

/// An entity with what the documents say of it.
pub(super) struct Gathered {
    pub(super) linked: Linked,
    /// As written and how often, most often first.
    pub(super) aliases: Vec<(String, u32)>,
    /// Titles and offices and how often, most often first.
    pub(super) roles: Vec<(String, u32)>,
    /// Ids of the documents, in the order of the collection.
    pub(super) documents: Vec<String>,
    /// The same as numbers.
    pub(super) numbers: Vec<u32>,
    /// The first day a document that names it was published.
    pub(super) first: Option<Date>,
    /// The first day of the last one.
    pub(super) last: Option<Date>,
}

/// What was read.
pub(super) struct Library {
    /// Those that are not hidden, most mentioned first.
    pub(super) entities: Vec<Gathered>,
    pub(super) links: Links,
    /// Every id that a document names, hidden or not; whoever a document has apart under the id of the others too.
    pub(super) named: HashSet<EntityId>,
    /// Locators by number.
    pub(super) locators: Vec<String>,
}

/// What one document says.
struct Found {
    locator: String,
    document: String,
    published: Option<Date>,
    named: Named,
}

/// Whom one document names.
pub(in crate::cli) struct Named {
    counts: Vec<EntityCount>,
    said: Vec<Said>,
}

impl Named {
    /// Whom a document names, by what was found in it.
    pub(in crate::cli) fn of(document: &Document, analysis: &Analysis) -> Self {
        Self {
            counts: analysis.entity_counts(),
            said: said(document, analysis),
        }
    }
}

/// Whom all documents name, each document by its number.
#[derive(Default)]
pub(in crate::cli) struct Census {
    ids: HashMap<EntityId, OfId>,
    n_documents: u32,
}

impl Census {
    /// Adds the next document.
    pub(in crate::cli) fn add(&mut self, named: Named) {
        let number = self.n_documents;
        self.n_documents += 1;
        for count in named.counts {
            let of = self.ids.entry(count.entity.clone()).or_default();
            of.documents.push(number);
            of.add(count);
        }
        for said in named.said {
            let of = self.ids.entry(said.entity).or_default();
            *of.said.entry((said.sort, said.text)).or_default() += said.times;
        }
    }

    /// Which ids are one, with the reader's decisions.
    pub(in crate::cli) fn links(&self, decisions: &[Decision]) -> Links {
        let seen = self.ids.values().filter_map(OfId::seen).collect();
        Links::new(seen, decisions, |one, other| {
            let documents = |id| self.ids.get(id).map(|of| of.documents.as_slice());
            match (documents(one), documents(other)) {
                (Some(one), Some(other)) => one.iter().any(|n| other.binary_search(n).is_ok()),
                _ => false,
            }
        })
    }
}

fn find(room: &Room, opened: &Opened) -> Found {
    let document = &opened.document;
    let analysis = room.analyse(opened);
    Found {
        locator: opened.locator.clone(),
        document: document.id.to_string(),
        published: document
            .meta
            .published
            .as_ref()
            .and_then(|published| published.date.interval().earliest),
        named: Named::of(document, &analysis),
    }
}

/// What all documents say of one id.
#[derive(Default)]
struct OfId {
    seen: Option<Seen>,
    documents: Vec<u32>,
    said: HashMap<(SaidAs, Box<str>), u32>,
}

impl Library {
    /// Reads every document of the room.
    pub(super) fn read(room: &Arc<Room>) -> Result<(Self, Outcome), Failure> {
        let mut census = Census::default();
        let mut documents: Vec<(String, String, Option<Date>)> = Vec::new();
        let outcome = room.each(
            |room, opened| Ok(find(room, &opened)),
            |found| {
                documents.push((found.locator, found.document, found.published));
                census.add(found.named);
                Ok(())
            },
        )?;
        let links = census.links(&room.ledger.entity_decisions()?);
        let entities = links
            .entities()
            .iter()
            .filter(|linked| linked.mentions > 0 && !linked.hidden)
            .map(|linked| gather(linked, &census.ids, &documents))
            .collect();
        let whole = |id: &EntityId| {
            let (whole, _) = id.as_str().split_once('~')?;
            Some(EntityId(whole.into()))
        };
        let apart: Vec<EntityId> = census.ids.keys().filter_map(whole).collect();
        let named = census.ids.into_keys().chain(apart).collect();
        let locators = documents.into_iter().map(|(locator, ..)| locator).collect();
        Ok((
            Self {
                entities,
                links,
                named,
                locators,
            },
            outcome,
        ))
    }
}

impl OfId {
    fn add(&mut self, count: EntityCount) {
        match &mut self.seen {
            Some(seen) => {
                seen.mentions = seen.mentions.saturating_add(count.mentions);
                seen.documents += 1;
                if count.name.len() > seen.name.len() {
                    seen.name = count.name;
                }
            }
            None => {
                self.seen = Some(Seen {
                    id: count.entity,
                    name: count.name,
                    kind: count.kind,
                    mentions: count.mentions,
                    documents: 1,
                    acronyms: Vec::new(),
                });
            }
        }
    }

    fn seen(&self) -> Option<Seen> {
        let mut seen = self.seen.clone()?;
        let short = |(sort, text): &(SaidAs, Box<str>)| {
            (*sort == SaidAs::Alias && is_acronym(text)).then(|| Arc::from(&**text))
        };
        seen.acronyms = self.said.keys().filter_map(short).collect();
        seen.acronyms.sort_unstable();
        Some(seen)
    }
}

fn gather(
    linked: &Linked,
    ids: &HashMap<EntityId, OfId>,
    documents: &[(String, String, Option<Date>)],
) -> Gathered {
    let mut said: HashMap<(SaidAs, &str), u32> = HashMap::new();
    let mut numbers: HashSet<u32> = HashSet::new();
    for of in linked
        .members
        .iter()
        .filter_map(|member| ids.get(&member.id))
    {
        numbers.extend(&of.documents);
        for ((sort, text), n) in &of.said {
            *said.entry((*sort, text)).or_default() += n;
        }
    }
    let mut numbers: Vec<u32> = numbers.into_iter().collect();
    numbers.sort_unstable();
    let of_sort = |wanted: SaidAs| {
        let mut words: Vec<(String, u32)> = said
            .iter()
            .filter(|((sort, _), _)| *sort == wanted)
            .map(|((_, text), n)| ((*text).to_owned(), *n))
            .collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words
    };
    let named = || numbers.iter().filter_map(|n| documents.get(*n as usize));
    let mut linked = linked.clone();
    linked.documents = numbers.len() as u32;
    Gathered {
        linked,
        aliases: of_sort(SaidAs::Alias),
        roles: of_sort(SaidAs::Role),
        documents: named().map(|(_, id, _)| id.clone()).collect(),
        first: named().filter_map(|(.., day)| *day).min(),
        last: named().filter_map(|(.., day)| *day).max(),
        numbers,
    }
}
