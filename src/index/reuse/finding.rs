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
use crate::trace::reuse::seeds::{Seed, grams};

const NAME: &str = "numbers";
/// Goes up when the file's form changes.
const VERSION: &str = "postil reuse numbers 1";
/// Runs of words of one text that are looked up at most.
const MOST_LOOKED_UP: usize = 1 << 16;
/// A run in more documents is not looked at: it is a formula of all of them.
const MOST_DOCUMENTS: usize = 400;
/// Two shared runs belong together when they are no further apart in the text,
const NEAR: u32 = 12;
/// nor shifted by more words against each other.
const SHIFT: u32 = 6;
/// Runs before one that it may belong together with.
const BACK: usize = 24;
/// Runs that belong together are worth reading a document for when they weigh so much, rare ones more than frequent ones ([`Seed::weight`]),
const LEAST_WEIGHT: u32 = 8;
/// or are so many.
const MANY: u32 = 6;
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
    /// The most that runs weigh which belong together, and the most runs that do.
    pub weight: (u32, u32),
}

/// A run that a document shares: where it stands here, and there, and what it weighs.
type Place = (u32, u32, u32);

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
        let mut wanted: Vec<(u64, u32)> = grams(ids, 0, self.n_words)
            .take(MOST_LOOKED_UP)
            .map(|gram| (gram.hash, gram.at))
            .collect();
        wanted.sort_unstable();
        let mut places: HashMap<u32, Vec<Place>> = HashMap::new();
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
                    if n_documents > MOST_DOCUMENTS {
                        Reading::Enough
                    } else {
                        Reading::On
                    }
                })?;
            }
            if n_documents > MOST_DOCUMENTS {
                continue;
            }
            let weight = Seed::weight_of(n_documents as u32);
            for (doc, at) in &group {
                let of_doc = places.entry(*doc).or_default();
                of_doc.extend(same.iter().map(|(_, here)| (*here, *at, weight)));
            }
        }
        let mut found: Vec<Found> = places
            .into_iter()
            .filter_map(|(number, places)| {
                let doc = self.documents.get(number as usize).copied().flatten()?;
                let weight = together(places);
                let counts = weight.0 >= LEAST_WEIGHT || weight.1 >= MANY;
                (doc != own && counts).then_some(Found { doc, weight })
            })
            .collect();
        found.sort_unstable_by_key(|one| (std::cmp::Reverse(one.weight), one.doc));
        found.truncate(MOST_FOUND);
        Ok(found)
    }
}

/// The most that places weigh that follow one another in both texts, and the most that do.
fn together(mut places: Vec<Place>) -> (u32, u32) {
    places.sort_unstable();
    let mut sums: Vec<(u32, u32)> = Vec::with_capacity(places.len());
    for (index, (here, there, weight)) in places.iter().enumerate() {
        let from = index.saturating_sub(BACK);
        let earlier = places.iter().zip(&sums).skip(from);
        let near = earlier.filter(|((before, place, _), _)| {
            let (ahead, shift) = (here - before, there.wrapping_sub(*place));
            (1..=NEAR).contains(&ahead) && shift.abs_diff(ahead) <= SHIFT
        });
        let most = |best: (u32, u32), sum: &(u32, u32)| (best.0.max(sum.0), best.1.max(sum.1));
        let best = near.fold((0, 0), |best, (_, sum)| most(best, sum));
        sums.push((best.0 + weight, best.1 + 1));
    }
    let weights = sums.iter().map(|(weight, _)| *weight).max();
    let counts = sums.iter().map(|(_, count)| *count).max();
    (weights.unwrap_or(0), counts.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_weigh_together_where_they_follow_one_another_in_both_texts() {
        let near = vec![(10, 90, 5), (11, 91, 4), (15, 96, 1)];
        assert_eq!(together(near), (10, 3));
        let apart = vec![(10, 90, 5), (11, 300, 5), (60, 140, 4)];
        assert_eq!(together(apart), (5, 1));
        let shifted_too_far = vec![(10, 90, 2), (12, 100, 2)];
        assert_eq!(together(shifted_too_far), (2, 1));
        assert_eq!(together(Vec::new()), (0, 0));
    }
}
