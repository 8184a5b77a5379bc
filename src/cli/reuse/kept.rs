//! The documents of `reuse`: from the index beside the catalogue, brought up to date first, or read into memory.

use std::collections::{HashMap, HashSet};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::super::failure::{Failure, Outcome};
use super::super::out::say;
use super::super::room::{INTERNAL, Opened, Room};
use super::{Known, Shelf};
use crate::document::DocKind;
use crate::index::reuse::{Index, Page, Pair, Reader, Told};
use crate::runtime::collection::Member;
use crate::runtime::paths::Paths;
use crate::runtime::reused::{Kept, folder, forget_old, mark};
use crate::runtime::source::STDIN;
use crate::trace::reuse::{Options, shared};
use crate::trace::words::Words;

/// What is told of a document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Card {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) published: Option<Date>,
    #[serde(skip_serializing)]
    pub(super) kind: DocKind,
}

impl Card {
    fn of(kept: Kept) -> Self {
        Self {
            id: kept.id,
            path: kept.path,
            title: kept.title,
            published: kept.published,
            kind: kept.kind,
        }
    }
}

/// What is kept of a document that was read.
fn kept_of(opened: &Opened) -> Kept {
    Kept::of(&opened.document, &opened.locator, &opened.corrections)
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
    let folder = folder(&room.collection.roots, &places.catalogue);
    // What is damaged is made again, once; where nothing can be kept, nothing is.
    for _ in 0..2 {
        if let Ok((index, outcome)) = brought(room, &folder)? {
            let pairs = index.pairs();
            let mut shelf = OnDisk {
                reader: index.reader(),
                told: index.told(),
                index: &index,
                cards: HashMap::new(),
                near: HashMap::new(),
                n_bytes: 0,
            };
            tell(&pairs, &mut shelf)?;
            shelf.told.finish();
            forget_old(&folder, SystemTime::now());
            return Ok(outcome);
        }
        if Index::discard(&folder).is_err() {
            break;
        }
    }
    in_memory(room, &mut tell)
}

/// The index with what is new or changed read into it.
fn brought(room: &Room, folder: &Path) -> Result<io::Result<(Index, Outcome)>, Failure> {
    let mut index = match Index::open(folder) {
        Ok(index) => index,
        Err(error) => return Ok(Err(error)),
    };
    let mut outcome = room.outcome();
    let mut left_out = |problem: &str| {
        say(problem);
        outcome = Outcome::Found;
    };
    let mut keys = HashSet::new();
    let mut stale: Vec<Stale> = Vec::new();
    for member in room.collection.members() {
        match member {
            Member::Problem(problem) => left_out(&problem),
            Member::Document { locator, stamp } => {
                let mark = mark(stamp);
                if is_fresh(room, &index, &locator, &mark)? {
                    keys.insert(locator);
                } else {
                    stale.push(Stale {
                        locator,
                        mark,
                        n_bytes: stamp.size,
                    });
                }
            }
        }
    }
    let mut rest = stale.as_slice();
    while !rest.is_empty() {
        let (some, more) = rest.split_at_checked(together(rest)).unwrap_or((rest, &[]));
        rest = more;
        for (stale, read) in some.iter().zip(read(room, some)) {
            match read {
                Ok(Ok((opened, words))) => {
                    let card = kept_of(&opened).card();
                    let text = &*opened.document.text;
                    let added = index.add((&stale.locator, &stale.mark), card, (text, &words));
                    if let Err(error) = added {
                        return Ok(Err(error));
                    }
                    keys.insert(opened.locator);
                }
                Ok(Err(Failure::Source(error))) => left_out(&error.to_string()),
                Ok(Err(failure)) => return Err(failure),
                Err(_) => left_out(&format!("`{}` was left out: {INTERNAL}", stale.locator)),
            }
        }
    }
    Ok(index.commit(&keys).map(|_| (index, outcome)))
}

/// A document that is not in the index as it is.
struct Stale {
    locator: String,
    mark: String,
    n_bytes: u64,
}

/// Documents and bytes that are read together at most; a single one may be larger.
const TOGETHER: usize = 512;
const TOGETHER_BYTES: u64 = 16 << 20;

/// How many of these are read together.
fn together(stale: &[Stale]) -> usize {
    let mut n_bytes = 0_u64;
    let fitting = stale.iter().take(TOGETHER).take_while(|one| {
        n_bytes = n_bytes.saturating_add(one.n_bytes);
        n_bytes <= TOGETHER_BYTES
    });
    fitting.count().max(1)
}

/// Reads documents on all cores; one that breaks the program's own rules costs itself alone.
fn read(
    room: &Room,
    stale: &[Stale],
) -> Vec<std::thread::Result<Result<(Opened, Words), Failure>>> {
    let one = |stale: &Stale| {
        let opened = room.open(&stale.locator)?;
        let words = Words::of(&opened.document.text);
        Ok((opened, words))
    };
    stale
        .par_iter()
        .map(|stale| catch_unwind(AssertUnwindSafe(|| one(stale))))
        .collect()
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
    told: Told<'a>,
    index: &'a Index,
    cards: HashMap<u32, Arc<Card>>,
    /// Texts that were read, up to [`NEAR_BYTES`] together.
    near: HashMap<u32, Page>,
    n_bytes: usize,
}

/// Bytes of texts that are kept in memory at most.
const NEAR_BYTES: usize = 48 << 20;

impl OnDisk<'_> {
    fn page(&mut self, number: u32) -> io::Result<&Page> {
        if !self.near.contains_key(&number) {
            let page = self.reader.page(number)?;
            if self.n_bytes + page.text.len() > NEAR_BYTES {
                self.near.clear();
                self.n_bytes = 0;
            }
            self.n_bytes += page.text.len();
            self.near.insert(number, page);
        }
        let page = self.near.get(&number);
        page.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

impl Shelf for OnDisk<'_> {
    fn open(&mut self, number: u32, span: (usize, usize)) -> io::Result<Known> {
        let card = self.card(number)?;
        let page = self.page(number)?;
        let (words, first) = page.words(span);
        Ok(Known {
            card,
            text: page.text.clone(),
            words: Arc::new(words),
            first,
        })
    }

    fn card(&mut self, number: u32) -> io::Result<Arc<Card>> {
        if let Some(card) = self.cards.get(&number) {
            return Ok(card.clone());
        }
        let card = self.index.card_of(number).unwrap_or_default();
        let card = Arc::new(Card::of(serde_json::from_str(card)?));
        self.cards.insert(number, card.clone());
        Ok(card)
    }

    fn n_words(&self, number: u32) -> usize {
        self.reader.n_words(number)
    }

    fn told(&mut self, pair: &Pair) -> Option<Vec<u8>> {
        self.told.of(pair)
    }

    fn keep(&mut self, pair: &Pair, lines: &[u8]) {
        self.told.keep(pair, lines);
    }
}

/// A document held in memory.
struct Held {
    card: Arc<Card>,
    text: Arc<str>,
    words: Arc<Words>,
}

/// Documents held in memory.
struct InMemory(Vec<Held>);

impl InMemory {
    fn get(&self, number: u32) -> io::Result<&Held> {
        let found = self.0.get(number as usize);
        found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

impl Shelf for InMemory {
    fn open(&mut self, number: u32, _: (usize, usize)) -> io::Result<Known> {
        let held = self.get(number)?;
        Ok(Known {
            card: held.card.clone(),
            text: held.text.clone(),
            words: held.words.clone(),
            first: 0,
        })
    }

    fn card(&mut self, number: u32) -> io::Result<Arc<Card>> {
        self.get(number).map(|held| held.card.clone())
    }

    fn n_words(&self, number: u32) -> usize {
        self.get(number).map_or(0, |held| held.words.len())
    }

    fn told(&mut self, _: &Pair) -> Option<Vec<u8>> {
        None
    }

    fn keep(&mut self, _: &Pair, _: &[u8]) {}
}

fn in_memory(room: &Arc<Room>, tell: Telling) -> Result<Outcome, Failure> {
    let mut all: Vec<Held> = Vec::new();
    let outcome = room.each(
        |_, opened| {
            Ok(Held {
                card: Arc::new(Card::of(kept_of(&opened))),
                words: Arc::new(Words::of(&opened.document.text)),
                text: opened.document.text.into(),
            })
        },
        |held| {
            all.push(held);
            Ok(())
        },
    )?;
    all.sort_by(|a, b| a.card.path.cmp(&b.card.path));
    tell(&pairs_of(&all), &mut InMemory(all))?;
    Ok(outcome)
}

/// The passages of any two documents.
fn pairs_of(all: &[Held]) -> Vec<Pair> {
    let words: Vec<&Words> = all.iter().map(|held| &*held.words).collect();
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
    pairs
}
