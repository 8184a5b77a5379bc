//! What an index consists of: its documents, its files, the passages found. One file, written beside the old one and put in its place.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Pairs;
use super::run::damaged;
use super::sum::sum;
use super::texts::Place;
use crate::trace::reuse::extend::Region;

/// The name of the list of everything in the folder of an index.
pub const NAME: &str = "manifest";
/// Goes up when a file's form changes.
const VERSION: &str = "postil reuse index 4";
/// More text files than this are made one.
const MOST_FILES: usize = 32;

/// A document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) mark: String,
    pub(super) card: String,
    pub(super) place: Place,
}

/// The list of everything.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// By which rules passages were found.
    pub(super) rules: String,
    /// Words in a run of words.
    pub(super) run: usize,
    /// The runs by name, the oldest first.
    pub(super) runs: Vec<String>,
    pub(super) pairs: Pairs,
    /// Documents whose words are in the runs, and whose passages are not among the pairs yet.
    pub(super) unpaired: BTreeSet<u32>,
    /// Documents that went, and whose passages are among the pairs still.
    pub(super) leaving: HashSet<u32>,
    /// By number; none where a document was.
    entries: Vec<Option<Entry>>,
    n_entries: usize,
    texts: BTreeMap<u32, String>,
    serial: u64,
    /// Documents removed since the text files were begun.
    n_gone: u32,
    /// Files named since this was loaded.
    made: BTreeSet<String>,
}

/// The same as it is written: the names of these fields are those of [`Written`].
#[derive(Serialize)]
struct Writing<'a> {
    rules: &'a str,
    run: usize,
    runs: &'a [String],
    texts: &'a BTreeMap<u32, String>,
    entries: Vec<(u32, &'a Entry)>,
    next: u32,
    serial: u64,
    n_gone: u32,
    unpaired: &'a BTreeSet<u32>,
    leaving: BTreeSet<u32>,
    passages: Vec<Row>,
}

/// The same as it is read.
#[derive(Deserialize)]
struct Written {
    rules: String,
    run: usize,
    runs: Vec<String>,
    texts: BTreeMap<u32, String>,
    entries: Vec<(u32, Entry)>,
    next: u32,
    serial: u64,
    n_gone: u32,
    unpaired: BTreeSet<u32>,
    leaving: BTreeSet<u32>,
    /// Documents, places in words, matched words, score.
    passages: Vec<Row>,
}

type Row = (u32, u32, [usize; 4], usize, i32);

impl Manifest {
    pub(super) fn load(folder: &Path) -> io::Result<Self> {
        let bytes = match fs::read(folder.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            read => read?,
        };
        let wrong = || damaged("the list");
        let line = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(wrong)?;
        let (head, body) = bytes.split_at(line + 1);
        let written: Written = serde_json::from_slice(body).map_err(|_| wrong())?;
        if head != head_of(body, written.serial).as_bytes() {
            return Err(wrong());
        }
        let plain = |name: &String| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        };
        if !written.runs.iter().chain(written.texts.values()).all(plain) {
            return Err(wrong());
        }
        let mut pairs = Pairs::new();
        for (a, b, [start_a, end_a, start_b, end_b], matched, score) in written.passages {
            pairs.entry((a, b)).or_default().push(Region {
                a: start_a..end_a,
                b: start_b..end_b,
                matched,
                score,
            });
        }
        let n_entries = written.entries.len();
        let mut entries: Vec<Option<Entry>> = Vec::new();
        entries.resize_with(written.next as usize, || None);
        for (number, entry) in written.entries {
            *entries.get_mut(number as usize).ok_or_else(wrong)? = Some(entry);
        }
        Ok(Self {
            rules: written.rules,
            run: written.run,
            runs: written.runs,
            pairs,
            unpaired: written.unpaired,
            leaving: written.leaving.into_iter().collect(),
            entries,
            n_entries,
            texts: written.texts,
            serial: written.serial,
            n_gone: written.n_gone,
            made: BTreeSet::new(),
        })
    }

    pub(super) fn save(&self, folder: &Path) -> io::Result<()> {
        let mut passages: Vec<Row> = Vec::new();
        for ((a, b), regions) in &self.pairs {
            for region in regions {
                let places = [region.a.start, region.a.end, region.b.start, region.b.end];
                passages.push((*a, *b, places, region.matched, region.score));
            }
        }
        let written = Writing {
            rules: &self.rules,
            run: self.run,
            runs: &self.runs,
            texts: &self.texts,
            entries: self.documents().collect(),
            next: self.next(),
            serial: self.serial,
            n_gone: self.n_gone,
            unpaired: &self.unpaired,
            leaving: self.leaving.iter().copied().collect(),
            passages,
        };
        let body = serde_json::to_vec(&written)?;
        let beside = folder.join(format!("{NAME}-{}.new", std::process::id()));
        let mut file = fs::File::create(&beside)?;
        file.write_all(head_of(&body, self.serial).as_bytes())?;
        file.write_all(&body)?;
        drop(file);
        fs::rename(beside, folder.join(NAME))
    }

    pub(super) fn push(&mut self, entry: Entry) -> u32 {
        let number = self.next();
        self.entries.push(Some(entry));
        self.n_entries += 1;
        number
    }

    pub(super) fn remove(&mut self, number: u32) {
        let entry = self.entries.get_mut(number as usize);
        if entry.and_then(Option::take).is_some() {
            self.n_entries -= 1;
            self.n_gone += 1;
        }
    }

    pub(super) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)?.as_ref()
    }

    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.iter_mut().flatten()
    }

    /// By number.
    pub(super) fn documents(&self) -> impl Iterator<Item = (u32, &Entry)> {
        let numbered = (0..).zip(&self.entries);
        numbered.filter_map(|(number, entry)| Some((number, entry.as_ref()?)))
    }

    /// The place of each document among the keys in order, by number.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut by_key: Vec<(&str, u32)> = self
            .documents()
            .map(|(number, entry)| (&*entry.key, number))
            .collect();
        by_key.sort_unstable();
        let mut ranks = vec![0; self.entries.len()];
        for ((_, number), rank) in by_key.iter().zip(0..) {
            if let Some(place) = ranks.get_mut(*number as usize) {
                *place = rank;
            }
        }
        ranks
    }

    /// The number after the last.
    pub(super) const fn next(&self) -> u32 {
        self.entries.len() as u32
    }

    /// A number that is another one after every change.
    pub(super) const fn state(&self) -> u64 {
        self.serial
    }

    pub(super) const fn next_state(&mut self) {
        self.serial += 1;
    }

    /// A name nobody uses, also no other process at work in the same folder.
    fn name(&mut self, kind: &str) -> String {
        self.serial += 1;
        let name = format!("{}-{}.{kind}", std::process::id(), self.serial);
        self.made.insert(name.clone());
        name
    }

    pub(super) fn new_run(&mut self, folder: &Path) -> PathBuf {
        let name = self.name("run");
        self.runs.push(name.clone());
        folder.join(name)
    }

    pub(super) fn new_texts(&mut self, folder: &Path) -> (u32, PathBuf) {
        let name = self.name("texts");
        let number = self.serial as u32;
        let path = folder.join(&name);
        self.texts.insert(number, name);
        (number, path)
    }

    /// Whether passages are to be found, or forgotten, of documents that came or went.
    pub(super) fn is_behind(&self) -> bool {
        !self.unpaired.is_empty() || !self.leaving.is_empty()
    }

    /// The documents that are here and stay, by number.
    pub(super) fn staying(&self) -> impl Iterator<Item = (u32, &Entry)> {
        let documents = self.documents();
        documents.filter(|(number, _)| !self.leaving.contains(number))
    }

    /// Whether more than half of the text files belongs to nobody, or there are many.
    pub(super) fn is_wasteful(&self) -> bool {
        self.texts.len() > MOST_FILES || self.n_gone as usize > self.n_entries + 16
    }

    /// Begins anew with text files.
    pub(super) fn forget_texts(&mut self) {
        self.texts.clear();
        self.n_gone = 0;
    }

    pub(super) fn text_paths(&self, folder: &Path) -> impl Iterator<Item = Option<PathBuf>> {
        let last = self.texts.last_key_value().map_or(0, |(last, _)| last + 1);
        (0..last).map(move |number| self.texts.get(&number).map(|name| folder.join(name)))
    }

    /// Files that were named once, here or when it was loaded as `before`, and are not any more.
    pub(super) fn left_over(&self, before: &BTreeSet<String>) -> Vec<String> {
        let now = self.files();
        let once = before.iter().chain(&self.made);
        once.filter(|name| !now.contains(*name)).cloned().collect()
    }

    /// All files named here.
    pub(super) fn files(&self) -> BTreeSet<String> {
        self.runs
            .iter()
            .chain(self.texts.values())
            .cloned()
            .collect()
    }
}

/// What stands before the list: its sum, and the number of its state, which is known so without reading the rest.
fn head_of(body: &[u8], state: u64) -> String {
    format!("{VERSION} {:016x} {state}\n", sum(body))
}

/// The state of the index in a folder, read from the first line alone; none where there is no index.
pub(super) fn state_in(folder: &Path) -> Option<u64> {
    let file = fs::File::open(folder.join(NAME)).ok()?;
    let mut line = String::new();
    let longest = VERSION.len() as u64 + 64;
    BufReader::new(io::Read::take(file, longest))
        .read_line(&mut line)
        .ok()?;
    let (_, state) = line.strip_prefix(VERSION)?.trim().split_once(' ')?;
    state.parse().ok()
}
