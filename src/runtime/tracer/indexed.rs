//! The index on disk of the words that documents share, as the tracer uses it: in a library too large to be read for every question, it says which few documents to read.
//!
//! Made behind the screen, some documents at a time, and taken up where it was left; brought up to date once for each change of the library, which is noticed by the digest of the catalogue. A text that
//! changes while it is read is read again, since its file's stamp in the catalogue changes then.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::SystemTime;

use super::MOST_BYTES;
use crate::document::DocId;
use crate::index::reuse::{Finder, Index};
use crate::library::{Corrections, Sort};
use crate::runtime::collection::Collection;
use crate::runtime::reused::{Kept, folder, forget_old, mark};
use crate::runtime::source::Sources;
use crate::store::catalogue::Catalogue;
use crate::trace::words::Words;

/// Documents read at a time.
const STEP: usize = 16;
/// Words taken in before they are written down, at least; of a larger index a quarter of its own.
const LEAST_SETTLED: usize = 1 << 19;
/// Says of which state of the index and the catalogue it is that the two agree.
const SEEN: &str = "seen";

/// The index of the library that is open.
pub(super) struct Indexed {
    collection: Collection,
    catalogue_at: PathBuf,
    catalogue: Option<Catalogue>,
    folder: PathBuf,
    finder: Option<(Finder, String)>,
    making: Option<Making>,
    /// It was found damaged and begun anew once already.
    was_damaged: bool,
}

/// An index being brought up to date.
struct Making {
    index: Index,
    /// The catalogue that this follows.
    digest: String,
    keys: HashSet<String>,
    stale: Vec<Stale>,
    /// Words of the library, as the catalogue counts them.
    expected: usize,
    /// Words taken in since they were written down last, and before.
    n_new: usize,
    n_settled: usize,
}

struct Stale {
    locator: String,
    mark: String,
}

/// Whether there is more to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    More,
    Done,
}

impl Indexed {
    /// The index of a collection; nothing is read until it is asked for.
    pub(super) fn of(collection: Collection, catalogue_at: PathBuf) -> Self {
        Self {
            folder: folder(&collection.roots, &catalogue_at),
            collection,
            catalogue_at,
            catalogue: None,
            finder: None,
            making: None,
            was_damaged: false,
        }
    }

    /// What the catalogue knows now, in short; nothing where there is none.
    pub(super) fn digest(&mut self) -> Option<String> {
        if self.catalogue.is_none() {
            self.catalogue = Catalogue::open(&self.catalogue_at).ok();
        }
        let catalogue = self.catalogue.as_ref()?;
        catalogue.digest(self.collection.key()).ok()
    }

    /// Whether documents can be found as the catalogue has them.
    pub(super) fn is_ready(&mut self, digest: &str) -> bool {
        if let Some((finder, of)) = &self.finder
            && of == digest
            && finder.is_current(&self.folder)
        {
            return true;
        }
        self.finder = None;
        let Some(finder) = Finder::open(&self.folder) else {
            return false;
        };
        let seen = fs::read_to_string(self.folder.join(SEEN)).unwrap_or_default();
        if seen != seen_as(finder.state(), digest) {
            return false;
        }
        forget_old(&self.folder, SystemTime::now());
        self.making = None;
        self.finder = Some((finder, digest.to_owned()));
        true
    }

    /// Takes in some documents more.
    pub(super) fn step(&mut self, digest: &str, sources: &Sources) -> io::Result<Progress> {
        let done = self.step_once(digest, sources);
        match done {
            Err(error) if error.kind() == io::ErrorKind::InvalidData && !self.was_damaged => {
                self.was_damaged = true;
                self.making = None;
                Index::discard(&self.folder)?;
                Ok(Progress::More)
            }
            done => done,
        }
    }

    fn step_once(&mut self, digest: &str, sources: &Sources) -> io::Result<Progress> {
        let before = self.making.take();
        let mut making = match before {
            Some(making) if making.digest == digest => making,
            before => self.begin(before, digest)?,
        };
        let rest = making.stale.len().saturating_sub(STEP);
        for one in making.stale.split_off(rest) {
            making.take(one, sources)?;
        }
        let is_done = making.stale.is_empty();
        if is_done || making.n_new >= LEAST_SETTLED.max(making.n_settled / 4) {
            making.settle()?;
        }
        if !is_done {
            self.making = Some(making);
            return Ok(Progress::More);
        }
        fs::write(
            self.folder.join(SEEN),
            seen_as(making.index.state(), digest),
        )?;
        Ok(Progress::Done)
    }

    /// What is to be read; an index that was begun goes on.
    fn begin(&self, before: Option<Making>, digest: &str) -> io::Result<Making> {
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        let catalogue = self.catalogue.as_ref().ok_or_else(gone)?;
        let key = self.collection.key();
        let listings = catalogue.all(key, Sort::Name).map_err(io::Error::other)?;
        let stamps = catalogue.stamps(key).map_err(io::Error::other)?;
        let (index, n_new, n_settled) = match before {
            Some(making) => (making.index, making.n_new, making.n_settled),
            None => (Index::open(&self.folder)?.holding(0), 0, 0),
        };
        let mut making = Making {
            index,
            digest: digest.to_owned(),
            keys: HashSet::new(),
            stale: Vec::new(),
            expected: 0,
            n_new,
            n_settled,
        };
        for listing in listings {
            let Some((stamp, _)) = stamps.get(&listing.id) else {
                continue;
            };
            let (locator, mark) = (listing.locator.to_string(), mark(*stamp));
            making.expected += listing.words as usize;
            if making.index.card(&locator, &mark).is_some() {
                making.n_settled += listing.words as usize;
                making.keys.insert(locator);
            } else if stamp.size <= MOST_BYTES as u64 {
                making.stale.push(Stale { locator, mark });
            }
        }
        // They are taken from the end.
        making.stale.reverse();
        Ok(making)
    }

    /// The documents that share words with a text, those with the most first.
    pub(super) fn sharing(&mut self, words: &Words, own: DocId) -> Option<Vec<DocId>> {
        let (finder, _) = self.finder.as_mut()?;
        let found = finder.sharing(words.ids(), own);
        if found.is_err() {
            // Damaged: the next question makes it again.
            self.finder = None;
            drop(Index::discard(&self.folder));
        }
        Some(found.ok()?.into_iter().map(|one| one.doc).collect())
    }
}

fn seen_as(state: u64, digest: &str) -> String {
    format!("{state} {digest}\n")
}

impl Making {
    fn take(&mut self, one: Stale, sources: &Sources) -> io::Result<()> {
        // One that cannot be read, or breaks what reads it, is not among them.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let document = sources.document(&one.locator).ok()?.document;
            let words = Words::of(&document.text);
            Some((document, words))
        }));
        let Ok(Some((document, words))) = read else {
            return Ok(());
        };
        let card = Kept::of(&document, &one.locator, &Corrections::default()).card();
        self.n_new += words.len();
        self.index
            .add((&one.locator, &one.mark), card, (&document.text, &words))?;
        self.keys.insert(one.locator);
        Ok(())
    }

    /// Writes down what was taken in. What is still to come is not forgotten where an older text of it is there.
    fn settle(&mut self) -> io::Result<()> {
        let mut keys = self.keys.clone();
        keys.extend(self.stale.iter().map(|one| one.locator.clone()));
        self.index.settle(&keys, self.expected)?;
        self.n_settled += std::mem::take(&mut self.n_new);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Entry, Stamp};
    use crate::runtime::librarian::listing_of;
    use crate::runtime::source::{doc_of, locator_of};

    /// A folder of documents, and the catalogue that knows them.
    struct Library {
        folder: tempfile::TempDir,
        cache: tempfile::TempDir,
        collection: Collection,
    }

    impl Library {
        fn of(texts: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let collection = Collection::of_paths(&[folder.path().to_owned()]).unwrap();
            let library = Self {
                folder,
                cache: tempfile::tempdir().unwrap(),
                collection,
            };
            for (name, text) in texts {
                library.write(name, text, 1);
            }
            library
        }

        fn catalogue(&self) -> PathBuf {
            self.cache.path().join("catalogue.db")
        }

        fn locator(&self, name: &str) -> String {
            locator_of(&self.folder.path().join(name))
        }

        /// Writes a file, and puts it into the catalogue with this time.
        fn write(&self, name: &str, text: &str, mtime_ns: i64) {
            fs::write(self.folder.path().join(name), text).unwrap();
            let locator = self.locator(name);
            let document = Sources::default().document(&locator).unwrap().document;
            let entry = Entry {
                listing: listing_of(&document, &locator, 0),
                stamp: Stamp {
                    size: text.len() as u64,
                    mtime_ns,
                },
                revision: document.revision,
                found: None,
            };
            let mut catalogue = Catalogue::open(&self.catalogue()).unwrap();
            catalogue.put(self.collection.key(), &[entry]).unwrap();
        }

        fn indexed(&self) -> Indexed {
            Indexed::of(self.collection.clone(), self.catalogue())
        }

        /// Brings the index up to date; gives in how many steps.
        fn bring(indexed: &mut Indexed) -> usize {
            let digest = indexed.digest().unwrap();
            let mut n_steps = 0;
            while !indexed.is_ready(&digest) {
                indexed.step(&digest, &Sources::default()).unwrap();
                n_steps += 1;
                assert!(n_steps < 100);
            }
            n_steps
        }

        /// The names of what shares words with a document.
        fn sharing(&self, indexed: &mut Indexed, name: &str, others: &[&str]) -> Vec<String> {
            let locator = self.locator(name);
            let text = Sources::default().document(&locator).unwrap().document.text;
            let found = indexed
                .sharing(&Words::of(&text), doc_of(&locator))
                .unwrap();
            let others = others.iter().filter(|other| {
                let doc = doc_of(&self.locator(other));
                found.contains(&doc)
            });
            others.map(|other| (*other).to_owned()).collect()
        }
    }

    const STATEMENT: &str = "The ministers agreed that the harbour will stay open to all ships until the end of the year.\n";
    const STORY: &str = "In the town it is said that the harbour will stay open to all ships until spring, and prices fall.\n";
    const OTHER: &str = "Nobody expects any rain before the first days of the next month, the weather office wrote.\n";

    #[test]
    fn the_index_is_made_once_and_follows_the_catalogue() {
        let library = Library::of(&[("a.txt", STATEMENT), ("b.txt", STORY), ("c.txt", OTHER)]);
        let all = ["a.txt", "b.txt", "c.txt"];
        let mut indexed = library.indexed();
        assert_eq!(Library::bring(&mut indexed), 1);
        assert_eq!(library.sharing(&mut indexed, "a.txt", &all), ["b.txt"]);
        let mut again = library.indexed();
        assert_eq!(Library::bring(&mut again), 0, "another start finds it made");
        assert_eq!(library.sharing(&mut again, "b.txt", &all), ["a.txt"]);
        library.write("c.txt", STORY, 2);
        library.write("b.txt", OTHER, 2);
        assert!(Library::bring(&mut again) > 0);
        assert_eq!(library.sharing(&mut again, "a.txt", &all), ["c.txt"]);
    }

    #[test]
    fn what_is_damaged_is_made_again() {
        let library = Library::of(&[("a.txt", STATEMENT), ("b.txt", STORY)]);
        let mut indexed = library.indexed();
        Library::bring(&mut indexed);
        for entry in fs::read_dir(&indexed.folder).unwrap() {
            fs::write(entry.unwrap().path(), "nothing of it").unwrap();
        }
        let mut again = library.indexed();
        assert!(Library::bring(&mut again) > 0);
        let found = library.sharing(&mut again, "a.txt", &["a.txt", "b.txt"]);
        assert_eq!(found, ["b.txt"]);
    }
}
