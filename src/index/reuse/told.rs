//! What the caller made of the passages of each pair, kept so that it is made once.
//!
//! Records in the order of the pairs, each with the pair, a sum of its passages, its length and its own sum; before them a line that says of which state of the index they are. What is damaged
//! or was made of other passages is not given; it is made again and written down anew.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::Pair;
use super::manifest::Manifest;
use super::sum::sum;

const NAME: &str = "told";
/// Goes up when what is told of the same passages changes.
const VERSION: &str = concat!("postil told 2 ", env!("CARGO_PKG_VERSION"));

/// Before the bytes of a record: documents, their passages, length, sum.
const HEAD: usize = 32;

#[derive(Debug, Clone, Copy)]
struct Head {
    pair: (u32, u32),
    passages: u64,
    n_bytes: usize,
    sum: u64,
}

/// What was told before, and what is told now, pair by pair in order.
pub struct Told<'a> {
    manifest: &'a Manifest,
    folder: PathBuf,
    before: Option<BufReader<File>>,
    next: Option<Head>,
    /// What is written anew, where there is something new.
    now: Option<BufWriter<File>>,
    is_damaged: bool,
}

impl<'a> Told<'a> {
    pub(super) fn open(manifest: &'a Manifest, folder: &Path) -> Self {
        let mut told = Self {
            manifest,
            folder: folder.to_owned(),
            before: File::open(folder.join(NAME)).ok().map(BufReader::new),
            next: None,
            now: None,
            is_damaged: false,
        };
        if !told.is_current() {
            told.now = told.begin().ok();
        }
        told.read_head();
        told
    }

    /// Reads the first line; forgets what another version wrote.
    fn is_current(&mut self) -> bool {
        let mut line = String::new();
        let read = self
            .before
            .as_mut()
            .map(|before| before.read_line(&mut line));
        let state = line
            .strip_prefix(VERSION)
            .and_then(|rest| rest.trim().parse::<u64>().ok());
        if !matches!(read, Some(Ok(_))) || state.is_none() {
            self.before = None;
        }
        state == Some(self.manifest.state())
    }

    fn new_path(&self) -> PathBuf {
        self.folder
            .join(format!("{NAME}-{}.new", std::process::id()))
    }

    fn begin(&self) -> io::Result<BufWriter<File>> {
        let mut file = BufWriter::with_capacity(1 << 16, File::create(self.new_path())?);
        writeln!(file, "{VERSION} {}", self.manifest.state())?;
        Ok(file)
    }

    fn read_head(&mut self) {
        let mut bytes = [0; HEAD];
        let read = self
            .before
            .as_mut()
            .is_some_and(|before| before.read_exact(&mut bytes).is_ok());
        let (numbers, _) = bytes.as_chunks::<8>();
        self.next = match *numbers {
            [pair, passages, n_bytes, sum] if read => {
                let pair = u64::from_le_bytes(pair);
                Some(Head {
                    pair: ((pair >> 32) as u32, pair as u32),
                    passages: u64::from_le_bytes(passages),
                    n_bytes: u64::from_le_bytes(n_bytes) as usize,
                    sum: u64::from_le_bytes(sum),
                })
            }
            _ => None,
        };
    }

    /// The bytes of the next record, and goes on to the one after.
    fn take(&mut self, head: Head) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let before = self.before.as_mut()?;
        let read = before.take(head.n_bytes as u64).read_to_end(&mut bytes);
        let whole = matches!(read, Ok(n) if n == head.n_bytes) && sum(&bytes) == head.sum;
        if !whole {
            // What comes behind cannot be told apart any more.
            self.before = None;
            self.is_damaged = true;
        }
        self.read_head();
        whole.then_some(bytes)
    }

    /// What was told of a pair, if its passages are still those; pairs are asked for in order, each once.
    pub fn of(&mut self, pair: &Pair) -> Option<Vec<u8>> {
        loop {
            let head = self.next?;
            if head.pair == (pair.a, pair.b) {
                let bytes = self.take(head);
                return bytes.filter(|_| head.passages == sum_of(pair));
            }
            if self.manifest.pairs.contains_key(&head.pair) {
                // A later one.
                return None;
            }
            self.take(head)?;
        }
    }

    /// Keeps what is told of a pair, in order. Where nothing can be written, nothing is kept.
    pub fn keep(&mut self, pair: &Pair, bytes: &[u8]) {
        let Some(now) = &mut self.now else {
            return;
        };
        let numbers = [
            u64::from(pair.a) << 32 | u64::from(pair.b),
            sum_of(pair),
            bytes.len() as u64,
            sum(bytes),
        ];
        let head = numbers.map(u64::to_le_bytes);
        let written = now
            .write_all(head.as_flattened())
            .and_then(|()| now.write_all(bytes));
        if written.is_err() {
            self.now = None;
        }
    }

    /// Puts what was kept in the place of what was there; to be called when all pairs were told.
    pub fn finish(mut self) {
        let Some(mut now) = self.now.take() else {
            if self.is_damaged {
                // The next time all is made again, and kept.
                let _ = fs::remove_file(self.folder.join(NAME));
            }
            return;
        };
        let done = now
            .flush()
            .and_then(|()| fs::rename(self.new_path(), self.folder.join(NAME)));
        if done.is_err() {
            // It is made again next time.
            let _ = fs::remove_file(self.new_path());
        }
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if self.now.take().is_some() {
            // Broken off: half of it is of no use.
            let _ = fs::remove_file(self.new_path());
        }
    }
}

/// A sum of the passages of a pair.
fn sum_of(pair: &Pair) -> u64 {
    let numbers = pair.regions.iter().flat_map(|region| {
        let places = [region.a.start, region.a.end, region.b.start, region.b.end];
        places.into_iter().chain([region.matched])
    });
    let bytes: Vec<u8> = numbers
        .flat_map(|number| (number as u64).to_le_bytes())
        .collect();
    sum(&bytes)
}
