//! The documents of `reuse`: from the index beside the catalogue, brought up to date first, or read into memory.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::failure::{Failure, Outcome};
use super::super::room::{Opened, Room};
use super::{Known, Shelf};
use crate::document::{DocId, DocKind, Revision};
use crate::index::reuse::{Index, Pair, Reader};
use crate::library::Corrections;
use crate::runtime::collection::Member;
use crate::runtime::paths::Paths;
use crate::runtime::source::STDIN;
use crate::trace::reuse::{Options, shared};
use crate::trace::words::Words;

/// What is told of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) published: Option<Date>,
    #[serde(skip_serializing)]
    pub(super) kind: DocKind,
}

/// A card as the index keeps it: with what it was made of.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    path: String,
    title: String,
    published: Option<Date>,
    kind: DocKind,
    revision: Revision,
    set: Corrections,
}

impl Kept {
    fn of(opened: &Opened) -> Self {
        let document = &opened.document;
        let published = document.meta.published.as_ref();
        Self {
            id: document.id.to_string(),
            path: opened.locator.clone(),
            title: document.title().to_owned(),
            published: published.and_then(|published| published.date.interval().earliest),
            kind: document.meta.kind,
            revision: document.revision,
            set: opened.corrections.clone(),
        }
    }

    fn card(self) -> Card {
        Card {
            id: self.id,
            path: self.path,
            title: self.title,
            published: self.published,
            kind: self.kind,
        }
    }
}

/// What is done with pairs and documents.
type Telling<'a> = &'a mut dyn FnMut(&[Pair], &mut dyn Shelf) -> Result<(), Failure>;

/// Gives the passages of a room's documents to `tell`, in the order of their locators.
pub(super) fn with(
    room: &Arc<Room>,
    places: &Paths,
    mut tell: impl FnMut(&[Pair], &mut dyn Shelf) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    if room.collection.roots.iter().any(|root| root == STDIN) {
        return in_memory(room, &mut tell);
    }
    let folder = folder(room, places);
    // What is damaged is made again, once; where nothing can be kept, nothing is.
    for _ in 0..2 {
        if let Ok((index, outcome)) = brought(room, &folder)? {
            let pairs = index.pairs();
            let mut shelf = OnDisk {
                reader: index.reader(),
                index: &index,
            };
            tell(&pairs, &mut shelf)?;
            return Ok(outcome);
        }
        if Index::discard(&folder).is_err() {
            break;
        }
    }
    in_memory(room, &mut tell)
}

/// Every catalogue and collection has an index of its own.
fn folder(room: &Room, places: &Paths) -> PathBuf {
    let id = DocId::of_locator(&room.collection.roots.join("\n"));
    let stem = places.catalogue.file_stem().unwrap_or_default();
    let name = format!("{}-reuse-{id}", stem.to_string_lossy());
    places.catalogue.with_file_name(name)
}

/// The index with what is new or changed read into it.
fn brought(
    room: &Arc<Room>,
    folder: &std::path::Path,
) -> Result<io::Result<(Index, Outcome)>, Failure> {
    let mut index = match Index::open(folder) {
        Ok(index) => index,
        Err(error) => return Ok(Err(error)),
    };
    let mut keys = HashSet::new();
    let mut marks = HashMap::new();
    for member in room.collection.members() {
        if let Member::Document { locator, stamp } = member {
            let mark = format!("{}:{}", stamp.size, stamp.mtime_ns);
            if is_fresh(room, &index, &locator, &mark)? {
                keys.insert(locator);
            } else {
                marks.insert(locator, mark);
            }
        }
    }
    let marks = Arc::new(marks);
    let stale = Arc::clone(&marks);
    // Problems are told every time; of the documents only those are read that changed.
    let wanted = move |member: &Member| match member {
        Member::Problem(_) => true,
        Member::Document { locator, .. } => stale.contains_key(locator),
    };
    let mut trouble = None;
    let outcome = room.each_of(
        wanted,
        |_, opened| Ok(opened),
        |opened| {
            let mark = marks.get(&opened.locator);
            if let Some(mark) = mark.filter(|_| trouble.is_none()) {
                let card = serde_json::to_string(&Kept::of(&opened)).unwrap_or_default();
                let added = index.add(&opened.locator, mark, card, &opened.document.text);
                trouble = added.err();
            }
            keys.insert(opened.locator);
            Ok(())
        },
    )?;
    if let Some(error) = trouble {
        return Ok(Err(error));
    }
    let done = index
        .commit(&keys)
        .and_then(|_| index.reader().check())
        .map(|()| (index, outcome));
    Ok(done)
}

/// Whether the index has the document as it is, with what is set by hand.
fn is_fresh(room: &Room, index: &Index, locator: &str, mark: &str) -> Result<bool, Failure> {
    let kept = index.card(locator, mark);
    let Some(kept) = kept.and_then(|card| serde_json::from_str::<Kept>(card).ok()) else {
        return Ok(false);
    };
    Ok(room.ledger.corrections(locator, &kept.revision)? == kept.set)
}

/// Documents whose texts lie in the index.
struct OnDisk<'a> {
    reader: Reader<'a>,
    index: &'a Index,
}

impl Shelf for OnDisk<'_> {
    fn open(&mut self, number: u32) -> io::Result<Arc<Known>> {
        let text = self.reader.text(number)?;
        Ok(Arc::new(Known {
            card: self.card(number)?,
            words: Words::of(&text),
            text: text.into(),
        }))
    }

    fn card(&mut self, number: u32) -> io::Result<Card> {
        let card = self.index.card_of(number).unwrap_or_default();
        let kept: Kept = serde_json::from_str(card)?;
        Ok(kept.card())
    }

    fn n_words(&self, number: u32) -> usize {
        self.reader.n_words(number)
    }
}

/// Documents held in memory.
struct InMemory(Vec<Arc<Known>>);

impl InMemory {
    fn get(&self, number: u32) -> io::Result<&Arc<Known>> {
        let found = self.0.get(number as usize);
        found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

impl Shelf for InMemory {
    fn open(&mut self, number: u32) -> io::Result<Arc<Known>> {
        self.get(number).cloned()
    }

    fn card(&mut self, number: u32) -> io::Result<Card> {
        self.get(number).map(|known| known.card.clone())
    }

    fn n_words(&self, number: u32) -> usize {
        self.get(number).map_or(0, |known| known.words.len())
    }
}

fn in_memory(room: &Arc<Room>, tell: Telling) -> Result<Outcome, Failure> {
    let mut all: Vec<Arc<Known>> = Vec::new();
    let outcome = room.each(
        |_, opened| {
            Ok(Known {
                card: Kept::of(&opened).card(),
                words: Words::of(&opened.document.text),
                text: opened.document.text,
            })
        },
        |known| {
            all.push(Arc::new(known));
            Ok(())
        },
    )?;
    all.sort_by(|a, b| a.card.path.cmp(&b.card.path));
    let words: Vec<&Words> = all.iter().map(|known| &known.words).collect();
    let options = Options::for_words(words.iter().map(|words| words.len()).sum());
    let mut pairs: Vec<Pair> = Vec::new();
    for one in shared(&words, &options) {
        let (a, b) = (one.a as u32, one.b as u32);
        match pairs.last_mut().filter(|pair| (pair.a, pair.b) == (a, b)) {
            Some(pair) => pair.regions.push(one.region),
            None => pairs.push(Pair {
                a,
                b,
                regions: vec![one.region],
            }),
        }
    }
    tell(&pairs, &mut InMemory(all))?;
    Ok(outcome)
}
