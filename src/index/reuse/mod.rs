//! The passages that documents share, kept on disk so that a new document costs its own length.
//!
//! In: documents by key, each with a mark that changes when it does, a card of the caller's, its text. Out: the passages of every pair, as [`crate::trace::reuse::shared`] finds them among the same
//! documents in the order of their keys.
//!
//! Texts and the hashes of their words lie in `texts`, the runs of words in sorted `run`s, which are merged as they grow; what is no longer there is dropped at merging. `pairing` finds
//! which pairs a change concerns; a [`Finder`] finds the documents that may share passages with one, without any pair being known. What the caller makes of the passages of a pair is kept in `told`. The `manifest` names all files and is replaced last, so that a broken-off change leaves what was before. A folder that is damaged, of another version
//! or made by other rules is told by an error of the kind `InvalidData`, or taken as empty; nothing in it cannot be made again. Not here: whose passage it is, and what was changed in it.

mod finding;
mod manifest;
mod pairing;
mod reader;
mod run;
mod sorting;
mod sum;
mod texts;
mod told;
mod upkeep;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::trace::reuse::Options;
use crate::trace::reuse::extend::Region;
use crate::trace::reuse::seeds::Gram;
use crate::trace::words::Words;

pub use finding::{Finder, Found};
pub use manifest::NAME as LIST;
use manifest::{Entry, Manifest};
use pairing::{Side, Source};
pub use reader::{Page, Reader};
use run::{Run, RunWriter};
use texts::{Texts, TextsWriter};
pub use told::Told;

/// Words of new documents that are kept in memory until the commit, if nothing else is said: 4 bytes each.
const MOST_HELD: usize = 1 << 24;

/// The index of one collection, in a folder of its own.
pub struct Index {
    folder: PathBuf,
    manifest: Manifest,
    by_key: HashMap<String, u32>,
    adding: Option<TextsWriter>,
    /// Documents added since the last commit.
    fresh: Vec<u32>,
    /// The hashes of the words of new documents by number, while they are few enough.
    held: Vec<Vec<u32>>,
    n_held: usize,
    most_held: usize,
    /// Documents replaced since the last commit.
    replaced: HashSet<u32>,
    work: Work,
}

/// What passages are looked for in.
struct Basis<'a> {
    texts: &'a Texts,
    held: &'a [Vec<u32>],
    options: Options,
    removed: &'a HashSet<u32>,
}

/// Whether the runs are those of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    Same,
    New,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Runs of words looked up one by one.
    pub n_looked_up: usize,
    /// Runs of words read one after the other, in merging and in comparing all with all.
    pub n_read: u64,
    /// Pairs of documents compared.
    pub n_pairs: usize,
}

/// The passages of a pair of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The number of the document with the lesser key.
    pub a: u32,
    /// The number of the other.
    pub b: u32,
    /// The passages by place in the first, in words.
    pub regions: Vec<Region>,
}

impl Index {
    /// The index in `folder`; an empty one where there is none, or what is there is damaged or of another version.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let manifest = if let Ok(manifest) = Manifest::load(folder) {
            manifest
        } else {
            Self::discard(folder)?;
            std::fs::create_dir_all(folder)?;
            Manifest::default()
        };
        let by_key = manifest
            .staying()
            .map(|(number, entry)| (entry.key.clone(), number))
            .collect();
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            by_key,
            adding: None,
            fresh: Vec::new(),
            held: Vec::new(),
            n_held: 0,
            most_held: MOST_HELD,
            replaced: HashSet::new(),
            work: Work::default(),
        })
    }

    /// Keeps no more than so many words of new documents in memory; the others are read from the disk again.
    #[must_use]
    pub const fn holding(mut self, n_words: usize) -> Self {
        self.most_held = n_words;
        self
    }

    /// Deletes an index with its folder.
    pub fn discard(folder: &Path) -> io::Result<()> {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The card of the document `key`, if it is here as `mark` says.
    pub fn card(&self, key: &str, mark: &str) -> Option<&str> {
        let entry = self.manifest.entry(*self.by_key.get(key)?)?;
        (entry.mark == mark).then_some(&*entry.card)
    }

    /// Takes a new document, or a changed one; it counts from the next commit on.
    pub fn add(
        &mut self,
        (key, mark): (&str, &str),
        card: String,
        (text, words): (&str, &Words),
    ) -> io::Result<()> {
        let writer = if let Some(writer) = &mut self.adding {
            writer
        } else {
            let (number, path) = self.manifest.new_texts(&self.folder);
            self.adding.insert(TextsWriter::create(&path, number)?)
        };
        let place = writer.push(text, words)?;
        let number = self.manifest.push(Entry {
            key: key.to_owned(),
            mark: mark.to_owned(),
            card,
            place,
        });
        self.fresh.push(number);
        self.n_held += words.len();
        if self.n_held <= self.most_held {
            self.held.resize_with(number as usize, Vec::new);
            self.held.push(words.ids().to_vec());
        }
        if let Some(before) = self.by_key.insert(key.to_owned(), number) {
            self.replaced.insert(before);
        }
        Ok(())
    }

    /// Brings runs and passages up to date, forgets every document whose key is not among `keys`, and writes it down.
    pub fn commit(&mut self, keys: &HashSet<String>) -> io::Result<Work> {
        self.work = Work::default();
        let before = self.manifest.files();
        let changed = self.changes(keys)?;
        if changed.is_none() && !self.manifest.is_behind() {
            return Ok(self.work);
        }
        let fresh = changed.unwrap_or_default();
        let removed = std::mem::take(&mut self.manifest.leaving);
        let mut unpaired = std::mem::take(&mut self.manifest.unpaired);
        unpaired.extend(&fresh);
        let n_words = self.n_words(&removed);
        let options = Options::for_words(n_words);
        let texts = self.texts();
        let new_words: usize = unpaired.iter().map(|number| self.words_of(*number)).sum();
        let anew = self.take_rules(options);
        let without_runs = match anew {
            Rules::New => self.numbers(&removed),
            Rules::Same => fresh,
        };
        let held = std::mem::take(&mut self.held);
        self.n_held = 0;
        let sorted = self.write_runs(&texts, &held, &without_runs, options, upkeep::BATCH)?;
        let basis = Basis {
            texts: &texts,
            held: &held,
            options,
            removed: &removed,
        };
        if anew == Rules::New || new_words * 2 >= n_words {
            self.pair_all(&basis, sorted)?;
        } else {
            drop(sorted);
            self.pair_changed(&basis, &unpaired)?;
        }
        for number in &removed {
            self.manifest.remove(*number);
        }
        self.write_down(&texts, &before)?;
        Ok(self.work)
    }

    /// Takes the words of new documents into the runs, so that a [`Finder`] finds them; passages of pairs are found by the next commit. Costs the length of what is new and little memory. Documents whose
    /// keys are not among `keys` are not found any more. `expected` is how many words the library is going to have.
    pub fn settle(&mut self, keys: &HashSet<String>, expected: usize) -> io::Result<()> {
        self.work = Work::default();
        let before = self.manifest.files();
        let changed = self.changes(keys)?;
        if changed.is_none() && Finder::is_there(&self.folder) {
            return Ok(());
        }
        let fresh = changed.unwrap_or_default();
        let n_words = self.n_words(&self.manifest.leaving);
        let options = Options::for_words(n_words.max(expected));
        let without_runs = match self.take_rules(options) {
            Rules::New => {
                // What was found by other rules is of no use.
                for number in std::mem::take(&mut self.manifest.leaving) {
                    self.manifest.remove(number);
                }
                self.manifest.pairs.clear();
                self.numbers(&HashSet::new())
            }
            Rules::Same => fresh,
        };
        self.manifest.unpaired.extend(&without_runs);
        let held = std::mem::take(&mut self.held);
        self.n_held = 0;
        let texts = self.texts();
        self.write_runs(&texts, &held, &without_runs, options, upkeep::SMALL_BATCH)?;
        self.write_down(&texts, &before)
    }

    /// Ends what is being added; gives the documents that have no runs yet, or nothing where nothing came or went. Those whose passages were found before are leaving when they went; the others are gone at
    /// once.
    fn changes(&mut self, keys: &HashSet<String>) -> io::Result<Option<Vec<u32>>> {
        if let Some(writer) = self.adding.take() {
            writer.finish()?;
        }
        let mut removed = std::mem::take(&mut self.replaced);
        let gone = self.by_key.extract_if(|key, _| !keys.contains(key));
        removed.extend(gone.map(|(_, number)| number));
        let added = std::mem::take(&mut self.fresh);
        if added.is_empty() && removed.is_empty() {
            return Ok(None);
        }
        let (gone, fresh): (Vec<u32>, Vec<u32>) =
            added.iter().partition(|number| removed.contains(number));
        for number in removed {
            if self.manifest.unpaired.remove(&number) || gone.contains(&number) {
                self.manifest.remove(number);
            } else {
                self.manifest.leaving.insert(number);
            }
        }
        Ok(Some(fresh))
    }

    /// Takes other rules, by which no runs are there yet.
    fn take_rules(&mut self, options: Options) -> Rules {
        let rules = format!("{options:?}");
        if self.manifest.rules == rules {
            return Rules::Same;
        }
        self.manifest.rules = rules;
        self.manifest.run = options.seeding.n_words;
        self.manifest.runs.clear();
        Rules::New
    }

    /// Merges runs, writes the list of everything, and takes away the files that are not on it.
    fn write_down(&mut self, texts: &Texts, before: &BTreeSet<String>) -> io::Result<()> {
        self.merge()?;
        self.save_texts(texts)?;
        self.manifest.next_state();
        self.manifest.save(&self.folder)?;
        finding::save(&self.manifest, &self.folder)?;
        for file in self.manifest.left_over(before) {
            // Left over, it takes room and does no harm.
            let _ = std::fs::remove_file(self.folder.join(file));
        }
        Ok(())
    }

    /// Finds the passages of all pairs; of several runs one is made on the way.
    fn pair_all(&mut self, basis: &Basis, sorted: Option<Vec<Gram>>) -> io::Result<()> {
        let alive: HashSet<u32> = self.numbers(basis.removed).into_iter().collect();
        let mut runs;
        let source = match sorted {
            Some(grams) if self.manifest.runs.len() == 1 => Source::Sorted(grams),
            _ if self.manifest.runs.is_empty() => Source::Sorted(Vec::new()),
            _ => {
                runs = self.open_runs()?;
                self.manifest.runs.clear();
                let path = self.manifest.new_run(&self.folder);
                Source::Runs(&mut runs, RunWriter::create(&path)?)
            }
        };
        let side = Side::new(&self.manifest, basis.texts, basis.held, basis.options);
        let found = side.all(source, &alive, &mut self.work)?;
        self.manifest.pairs = found;
        Ok(())
    }

    /// Finds the passages of the pairs that a change concerns.
    fn pair_changed(&mut self, basis: &Basis, fresh: &BTreeSet<u32>) -> io::Result<()> {
        let removed = basis.removed;
        let change = pairing::Change {
            fresh: fresh.iter().copied().collect(),
            removed,
        };
        let mut runs = self.open_runs()?;
        let side = Side::new(&self.manifest, basis.texts, basis.held, basis.options);
        let found = side.changed(&mut runs, &change, &mut self.work)?;
        self.manifest
            .pairs
            .retain(|(a, b), _| !removed.contains(a) && !removed.contains(b));
        for (pair, regions) in found {
            if regions.is_empty() {
                self.manifest.pairs.remove(&pair);
            } else {
                self.manifest.pairs.insert(pair, regions);
            }
        }
        Ok(())
    }

    /// The pairs of documents that share passages, by key of the first and of the second.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self
            .manifest
            .pairs
            .iter()
            .map(|((a, b), regions)| Pair {
                a: *a,
                b: *b,
                regions: regions.clone(),
            })
            .collect();
        let ranks = self.manifest.ranks();
        let rank = |number: u32| ranks.get(number as usize).copied();
        pairs.sort_unstable_by_key(|pair| (rank(pair.a), rank(pair.b)));
        pairs
    }

    /// The key of a document.
    pub fn key(&self, number: u32) -> Option<&str> {
        self.manifest.entry(number).map(|entry| &*entry.key)
    }

    /// The card of a document by its number.
    pub fn card_of(&self, number: u32) -> Option<&str> {
        self.manifest.entry(number).map(|entry| &*entry.card)
    }

    /// Reads texts that are kept here.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.manifest, self.texts())
    }

    /// The number of the state that was written down last.
    pub const fn state(&self) -> u64 {
        self.manifest.state()
    }

    /// What was made of the passages of pairs before.
    pub fn told(&self) -> Told<'_> {
        Told::open(&self.manifest, &self.folder)
    }

    fn texts(&self) -> Texts {
        Texts::open(self.manifest.text_paths(&self.folder))
    }

    fn words_of(&self, number: u32) -> usize {
        let entry = self.manifest.entry(number);
        entry.map_or(0, |entry| entry.place.n_words as usize)
    }

    fn numbers(&self, removed: &HashSet<u32>) -> Vec<u32> {
        self.manifest
            .documents()
            .map(|(number, _)| number)
            .filter(|number| !removed.contains(number))
            .collect()
    }

    fn n_words(&self, removed: &HashSet<u32>) -> usize {
        self.numbers(removed)
            .iter()
            .map(|number| self.words_of(*number))
            .sum()
    }

    fn open_runs(&self) -> io::Result<Vec<Run>> {
        self.manifest
            .runs
            .iter()
            .map(|name| Run::open(&self.folder.join(name)))
            .collect()
    }
}

/// Passages by the numbers of two documents, that with the lesser key first.
type Pairs = BTreeMap<(u32, u32), Vec<Region>>;
