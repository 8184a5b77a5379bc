//! What an index consists of: its documents, its files, the passages found. One file, written beside the old one and put in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Pairs;
use super::run::damaged;
use super::sum::sum;
use super::texts::Place;
use crate::trace::reuse::extend::Region;

const NAME: &str = "manifest";
/// Goes up when a file's form changes.
const VERSION: &str = "postil reuse index 1";
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
    /// The runs by name, the oldest first.
    pub(super) runs: Vec<String>,
    pub(super) pairs: Pairs,
    entries: BTreeMap<u32, Entry>,
    next: u32,
    texts: BTreeMap<u32, String>,
    serial: u64,
    /// Documents removed since the text files were begun.
    n_gone: u32,
    /// Files named since this was loaded.
    made: BTreeSet<String>,
}

/// The same as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    rules: String,
    runs: Vec<String>,
    texts: BTreeMap<u32, String>,
    entries: Vec<(u32, Entry)>,
    next: u32,
    serial: u64,
    /// Documents removed since the text files were begun.
    n_gone: u32,
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
        if head != head_of(body).as_bytes() {
            return Err(wrong());
        }
        let written: Written = serde_json::from_slice(body).map_err(|_| wrong())?;
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
        Ok(Self {
            rules: written.rules,
            runs: written.runs,
            pairs,
            entries: written.entries.into_iter().collect(),
            next: written.next,
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
        let written = Written {
            rules: self.rules.clone(),
            runs: self.runs.clone(),
            texts: self.texts.clone(),
            entries: self
                .entries
                .iter()
                .map(|(number, entry)| (*number, entry.clone()))
                .collect(),
            next: self.next,
            serial: self.serial,
            n_gone: self.n_gone,
            passages,
        };
        let body = serde_json::to_vec(&written)?;
        let beside = folder.join(format!("{NAME}-{}.new", std::process::id()));
        let mut file = fs::File::create(&beside)?;
        file.write_all(head_of(&body).as_bytes())?;
        file.write_all(&body)?;
        drop(file);
        fs::rename(beside, folder.join(NAME))
    }

    pub(super) fn push(&mut self, entry: Entry) -> u32 {
        let number = self.next;
        self.next += 1;
        self.entries.insert(number, entry);
        number
    }

    pub(super) fn remove(&mut self, number: u32) {
        if self.entries.remove(&number).is_some() {
            self.n_gone += 1;
        }
    }

    pub(super) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(&number)
    }

    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.values_mut()
    }

    /// By number.
    pub(super) fn documents(&self) -> impl Iterator<Item = (u32, &Entry)> {
        self.entries.iter().map(|(number, entry)| (*number, entry))
    }

    /// The number after the last.
    pub(super) const fn next(&self) -> u32 {
        self.next
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

    /// Whether more than half of the text files belongs to nobody, or there are many.
    pub(super) fn is_wasteful(&self) -> bool {
        self.texts.len() > MOST_FILES || self.n_gone as usize > self.entries.len() + 16
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

fn head_of(body: &[u8]) -> String {
    format!("{VERSION} {:016x}\n", sum(body))
}
