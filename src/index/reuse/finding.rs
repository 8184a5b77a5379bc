//! Which documents may share passages with a text: found by looking its runs of words up, without any list of pairs and in little memory.
//!
//! Beside the manifest lies a small file of which document has which number. It says of which state of the index it is; a [`Finder`] is made only where that is the newest.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::manifest::{Manifest, state_in};
use super::run::{Reading, Run};
use super::sum::sum;
use crate::document::DocId;
use crate::trace::reuse::seeds::{Seeding, grams};

const NAME: &str = "numbers";
/// Goes up when the file's form changes.
const VERSION: &str = "postil reuse numbers 1";
/// Runs of words of one text that are looked up at most.
const MOST_LOOKED_UP: usize = 1 << 16;
/// Two shared runs belong together when they are no further apart in the text,
const NEAR: u32 = 12;
/// nor shifted by more words against each other.
const SHIFT: u32 = 6;
/// Documents found at most.
const MOST_FOUND: usize = 256;

/// Finds the documents that may share passages with a text.
pub struct Finder {
    state: u64,
    runs: Vec<Run>,
    n_words: usize,
    /// By number; none where no document is any more.
    documents: Vec<Option<DocId>>,
}

/// A document that shares runs of words with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub doc: DocId,
    /// How many runs belong together with another one.
    pub n_runs: usize,
}

/// Writes which document has which number.
pub(super) fn save(manifest: &Manifest, folder: &Path) -> io::Result<()> {
    let mut body = Vec::new();
    for name in &manifest.runs {
        writeln!(body, "{name}")?;
    }
    let mut documents = vec![[0_u8; 8]; manifest.next() as usize];
    for (number, entry) in manifest.staying() {
        if let Some(place) = documents.get_mut(number as usize) {
            *place = DocId::of_locator(&entry.key).0.to_le_bytes();
        }
    }
    body.extend(documents.as_flattened());
    let head = format!(
        "{VERSION} {} {} {} {:016x}\n",
        manifest.state(),
        manifest.run,
        manifest.runs.len(),
        sum(&body)
    );
    let beside = folder.join(format!("{NAME}-{}.new", std::process::id()));
    let mut file = fs::File::create(&beside)?;
    file.write_all(head.as_bytes())?;
    file.write_all(&body)?;
    drop(file);
    fs::rename(beside, folder.join(NAME))
}

impl Finder {
    /// The finder of the index in `folder`; none where there is no index, or what a finder needs is not there as it should be.
    pub fn open(folder: &Path) -> Option<Self> {
        let state = state_in(folder)?;
        let bytes = fs::read(folder.join(NAME)).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')? + 1;
        let (head, body) = bytes.split_at_checked(end)?;
        let head = std::str::from_utf8(head).ok()?.strip_prefix(VERSION)?;
        let mut parts = head.split_whitespace();
        let mut number = || parts.next()?.parse::<u64>().ok();
        let (of_state, n_words, n_runs) = (number()?, number()?, number()?);
        let expected = u64::from_str_radix(parts.next()?, 16).ok()?;
        if of_state != state || sum(body) != expected {
            return None;
        }
        let mut rest = body;
        let mut runs = Vec::new();
        for _ in 0..n_runs {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let (name, more) = rest.split_at_checked(end)?;
            rest = more.get(1..)?;
            let name = std::str::from_utf8(name).ok()?;
            runs.push(Run::open(&folder.join(name)).ok()?);
        }
        let (numbers, _) = rest.as_chunks::<8>();
        let documents = numbers.iter().map(|bytes| u64::from_le_bytes(*bytes));
        Some(Self {
            state,
            runs,
            n_words: n_words as usize,
            documents: documents.map(|id| (id != 0).then_some(DocId(id))).collect(),
        })
    }

    /// Whether there is what a finder needs.
    pub(super) fn is_there(folder: &Path) -> bool {
        Self::open(folder).is_some()
    }

    /// The state of the index this is of.
    pub const fn state(&self) -> u64 {
        self.state
    }

    /// Whether the index in `folder` is still what this finds in.
    pub fn is_current(&self, folder: &Path) -> bool {
        state_in(folder) == Some(self.state)
    }

    /// The documents, `own` left out, that share runs of words with a text that stand together there as they do here: those with the most first. `ids` are the hashes of the text's words.
    pub fn sharing(&mut self, ids: &[u32], own: DocId) -> io::Result<Vec<Found>> {
        let most = Seeding::for_words(usize::MAX).most_documents;
        let mut wanted: Vec<(u64, u32)> = grams(ids, 0, self.n_words)
            .take(MOST_LOOKED_UP)
            .map(|gram| (gram.hash, gram.at))
            .collect();
        wanted.sort_unstable();
        let mut places: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
        let mut group: Vec<(u32, u32)> = Vec::new();
        for same in wanted.chunk_by(|x, y| x.0 == y.0) {
            let Some((hash, _)) = same.first() else {
                continue;
            };
            group.clear();
            let (mut n_documents, mut last) = (0, None);
            for run in &mut self.runs {
                run.of_hash(*hash, &mut |gram| {
                    if self
                        .documents
                        .get(gram.doc as usize)
                        .copied()
                        .flatten()
                        .is_none()
                    {
                        return Reading::On;
                    }
                    if last != Some(gram.doc) {
                        last = Some(gram.doc);
                        n_documents += 1;
                    }
                    group.push((gram.doc, gram.at));
                    if n_documents > most {
                        Reading::Enough
                    } else {
                        Reading::On
                    }
                })?;
            }
            if n_documents > most {
                // Many use it: a stock phrase.
                continue;
            }
            for (doc, at) in &group {
                let of_doc = places.entry(*doc).or_default();
                of_doc.extend(same.iter().map(|(_, here)| (*here, *at)));
            }
        }
        let mut found: Vec<Found> = places
            .into_iter()
            .filter_map(|(number, places)| {
                let doc = self.documents.get(number as usize).copied().flatten()?;
                let n_runs = together(places);
                (doc != own && n_runs > 0).then_some(Found { doc, n_runs })
            })
            .collect();
        found.sort_unstable_by_key(|one| (std::cmp::Reverse(one.n_runs), one.doc));
        found.truncate(MOST_FOUND);
        Ok(found)
    }
}

/// How many places stand near another one in both texts.
fn together(mut places: Vec<(u32, u32)>) -> usize {
    places.sort_unstable();
    let mut count = 0;
    for (index, (here, there)) in places.iter().enumerate() {
        let behind = places.get(index + 1..).unwrap_or_default();
        let near = behind.iter().take(16).any(|(next, place)| {
            let (ahead, shift) = (next - here, place.wrapping_sub(*there));
            (1..=NEAR).contains(&ahead) && shift.abs_diff(ahead) <= SHIFT
        });
        count += usize::from(near);
    }
    count
}
