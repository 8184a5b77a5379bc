//! Which passages pairs of documents share: of all pairs, or of those that a change concerns.
//!
//! How many documents have a run of words decides whether it counts, so that a document that comes or goes may change what two others share. Every run of a document that came or went is
//! looked up, and paired with and without the change; the pairs that come out differently are compared anew.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;

use rayon::prelude::*;

use super::manifest::Manifest;
use super::run::{Merged, Reading, Run, RunWriter};
use super::texts::Texts;
use super::{Pairs, Work};
use crate::trace::reuse::seeds::{Gram, Seed, hashes, pair_up};
use crate::trace::reuse::{Options, grown, is_promising};

/// Seeds in memory at most, before those of the last documents are left for another pass: 20 bytes each.
const MOST_SEEDS: usize = 6 << 20;
/// Pairs whose documents are in memory together.
const PAIRS_AT_ONCE: usize = 4_096;

/// Documents that came and went.
pub(super) struct Change<'a> {
    pub(super) fresh: HashSet<u32>,
    pub(super) removed: &'a HashSet<u32>,
}

/// What passages are found from.
pub(super) struct Side<'a> {
    texts: &'a Texts,
    manifest: &'a Manifest,
    /// The hashes of words of documents that are in memory.
    held: &'a [Vec<u32>],
    /// The place of each document among the keys in order, by number.
    ranks: Vec<u32>,
    options: Options,
}

/// Where all runs of words are.
pub(super) enum Source<'a> {
    /// In memory, in order.
    Sorted(Vec<Gram>),
    /// On disk, to be made one while they are read.
    Runs(&'a mut [Run], RunWriter),
}

/// Seeds of documents from `from` to before `to`, no more than are kept at once.
struct Sieve {
    from: u32,
    to: u32,
    found: Vec<Seed>,
}

impl Sieve {
    /// Leaves the seeds of the later documents for another pass when there are too many.
    fn bound(&mut self) {
        self.found
            .retain(|seed| (self.from..self.to).contains(&seed.a));
        while self.found.len() > MOST_SEEDS {
            let middle = self.found.len() / 2;
            let (_, seed, _) = self.found.select_nth_unstable_by_key(middle, |seed| seed.a);
            // All seeds of one document stay together, however many they are.
            let to = seed.a.max(self.from + 1);
            if to >= self.to {
                return;
            }
            self.to = to;
            self.found.retain(|seed| seed.a < to);
        }
    }
}

impl<'a> Side<'a> {
    pub(super) fn new(
        manifest: &'a Manifest,
        texts: &'a Texts,
        held: &'a [Vec<u32>],
        options: Options,
    ) -> Self {
        Self {
            texts,
            manifest,
            held,
            ranks: manifest.ranks(),
            options,
        }
    }

    /// The passages of all pairs of `alive`.
    pub(super) fn all(
        &self,
        source: Source,
        alive: &HashSet<u32>,
        work: &mut Work,
    ) -> io::Result<Pairs> {
        let mut pairs = Pairs::new();
        let mut sieve = Sieve {
            from: 0,
            to: u32::MAX,
            found: Vec::new(),
        };
        match source {
            Source::Sorted(grams) => {
                work.n_read += grams.len() as u64;
                loop {
                    for group in grams.chunk_by(|x, y| x.hash == y.hash) {
                        self.pair(group, &mut sieve);
                    }
                    if !self.end_pass(&mut sieve, &mut pairs, work)? {
                        return Ok(pairs);
                    }
                }
            }
            Source::Runs(runs, mut writer) => {
                let is_alive: Vec<bool> = (0..self.manifest.next())
                    .map(|number| alive.contains(&number))
                    .collect();
                let is_alive = |gram: &Gram| is_alive.get(gram.doc as usize) == Some(&true);
                self.pass(runs, is_alive, &mut sieve, work, |gram| writer.push(gram))?;
                writer.finish()?;
                while self.end_pass(&mut sieve, &mut pairs, work)? {
                    self.pass(runs, is_alive, &mut sieve, work, |_| Ok(()))?;
                }
                Ok(pairs)
            }
        }
    }

    /// Reads all runs once, in order.
    fn pass(
        &self,
        runs: &mut [Run],
        is_alive: impl Fn(&Gram) -> bool,
        sieve: &mut Sieve,
        work: &mut Work,
        mut keep: impl FnMut(&Gram) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut group: Vec<Gram> = Vec::new();
        let mut merged = Merged::new(runs)?;
        loop {
            let gram = merged.next()?;
            let ends = group
                .first()
                .is_none_or(|first| gram.is_none_or(|gram| gram.hash != first.hash));
            if ends {
                self.pair(&group, sieve);
                group.clear();
            }
            let Some(gram) = gram else {
                return Ok(());
            };
            work.n_read += 1;
            if is_alive(&gram) {
                keep(&gram)?;
                group.push(gram);
            }
        }
    }

    fn pair(&self, group: &[Gram], sieve: &mut Sieve) {
        let before = sieve.found.len();
        pair_up(group, self.options.seeding, &mut sieve.found);
        if before / MOST_SEEDS != sieve.found.len() / MOST_SEEDS {
            sieve.bound();
        }
    }

    /// Grows what a pass found; says whether another one is needed.
    fn end_pass(&self, sieve: &mut Sieve, pairs: &mut Pairs, work: &mut Work) -> io::Result<bool> {
        sieve.bound();
        pairs.append(&mut self.grow(std::mem::take(&mut sieve.found), work)?);
        (sieve.from, sieve.to) = (sieve.to, u32::MAX);
        Ok(sieve.from < self.manifest.next())
    }

    /// The passages of the pairs that a change concerns; of some there are none any more.
    pub(super) fn changed(
        &self,
        runs: &mut [Run],
        change: &Change,
        work: &mut Work,
    ) -> io::Result<Pairs> {
        let mut hashes: Vec<u64> = Vec::new();
        for number in change.fresh.iter().chain(change.removed) {
            hashes.extend(self.hashes(*number)?);
        }
        hashes.sort_unstable();
        hashes.dedup();
        let mut concerned: BTreeSet<(u32, u32)> = BTreeSet::new();
        for hash in hashes {
            work.n_looked_up += 1;
            let group = self.group(runs, hash, change)?;
            let paired = |left_out: &HashSet<u32>| {
                let mut seeds = Vec::new();
                let group: Vec<Gram> = group
                    .iter()
                    .filter(|gram| !left_out.contains(&gram.doc))
                    .copied()
                    .collect();
                pair_up(&group, self.options.seeding, &mut seeds);
                seeds.sort_unstable();
                seeds
            };
            let (before, after) = (paired(&change.fresh), paired(change.removed));
            let differ = |these: &[Seed], others: &[Seed], concerned: &mut BTreeSet<_>| {
                for seed in these {
                    if others.binary_search(seed).is_err() {
                        concerned.insert((seed.a, seed.b));
                    }
                }
            };
            differ(&before, &after, &mut concerned);
            differ(&after, &before, &mut concerned);
        }
        concerned.retain(|(a, b)| !change.removed.contains(a) && !change.removed.contains(b));
        let mut found = self.compare(runs, &concerned, change, work)?;
        for (a, b) in concerned {
            found.entry(self.in_order(a, b)).or_default();
        }
        Ok(found)
    }

    /// Compares each of these pairs anew.
    fn compare(
        &self,
        runs: &mut [Run],
        pairs: &BTreeSet<(u32, u32)>,
        change: &Change,
        work: &mut Work,
    ) -> io::Result<Pairs> {
        let mut shared: Vec<u64> = Vec::new();
        let mut cached: HashMap<u32, HashSet<u64>> = HashMap::new();
        for of_one in pairs.iter().collect::<Vec<_>>().chunk_by(|x, y| x.0 == y.0) {
            let Some((a, _)) = of_one.first() else {
                continue;
            };
            let of_a: HashSet<u64> = self.hashes(*a)?.into_iter().collect();
            for (_, b) in of_one {
                // A bound on memory: about 100 MB.
                if cached.len() > 4_096 {
                    cached.clear();
                }
                if !cached.contains_key(b) {
                    cached.insert(*b, self.hashes(*b)?.into_iter().collect());
                }
                if let Some(of_b) = cached.get(b) {
                    shared.extend(of_a.intersection(of_b));
                }
            }
        }
        shared.sort_unstable();
        shared.dedup();
        let (mut seeds, mut of_hash) = (Vec::new(), Vec::new());
        for hash in shared {
            work.n_looked_up += 1;
            let mut group = self.group(runs, hash, change)?;
            group.retain(|gram| !change.removed.contains(&gram.doc));
            of_hash.clear();
            pair_up(&group, self.options.seeding, &mut of_hash);
            seeds.extend(
                of_hash
                    .iter()
                    .filter(|seed| pairs.contains(&(seed.a, seed.b))),
            );
        }
        self.grow(seeds, work)
    }

    /// The places of a run of words in documents that are here, or were until now; none where so many have it before and after that it does not count.
    fn group(&self, runs: &mut [Run], hash: u64, change: &Change) -> io::Result<Vec<Gram>> {
        let mut group: Vec<Gram> = Vec::new();
        let (mut n_lasting, mut last) = (0, None);
        for run in runs {
            run.of_hash(hash, &mut |gram| {
                if self.manifest.entry(gram.doc).is_none() {
                    return Reading::On;
                }
                let lasts =
                    !change.fresh.contains(&gram.doc) && !change.removed.contains(&gram.doc);
                if lasts && last != Some(gram.doc) {
                    last = Some(gram.doc);
                    n_lasting += 1;
                }
                group.push(gram);
                if n_lasting > self.options.seeding.most_documents {
                    Reading::Enough
                } else {
                    Reading::On
                }
            })?;
            if n_lasting > self.options.seeding.most_documents {
                return Ok(Vec::new());
            }
        }
        group.sort_unstable();
        Ok(group)
    }

    fn ids(&self, number: u32) -> io::Result<Cow<'a, [u32]>> {
        ids(self.held, self.texts, self.manifest, number)
    }

    fn hashes(&self, number: u32) -> io::Result<Vec<u64>> {
        let ids = self.ids(number)?;
        Ok(hashes(&ids, self.options.seeding.n_words).collect())
    }

    fn in_order(&self, a: u32, b: u32) -> (u32, u32) {
        if self.ranks.get(a as usize) <= self.ranks.get(b as usize) {
            (a, b)
        } else {
            (b, a)
        }
    }

    /// Grows seeds into passages, the document with the lesser key being the first.
    fn grow(&self, mut seeds: Vec<Seed>, work: &mut Work) -> io::Result<Pairs> {
        for seed in &mut seeds {
            if self.in_order(seed.a, seed.b) != (seed.a, seed.b) {
                *seed = Seed {
                    a: seed.b,
                    b: seed.a,
                    at_a: seed.at_b,
                    at_b: seed.at_a,
                    documents: seed.documents,
                };
            }
        }
        seeds.par_sort_unstable_by_key(Seed::place);
        let mut pairs = Pairs::new();
        let mut rest = seeds.as_slice();
        while !rest.is_empty() {
            let by_pair = rest.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b));
            let n_seeds = by_pair.take(PAIRS_AT_ONCE).map(<[Seed]>::len).sum();
            let (some, more) = rest.split_at_checked(n_seeds).unwrap_or((rest, &[]));
            rest = more;
            let mut near: HashMap<u32, Cow<[u32]>> = HashMap::new();
            for pair in some.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)) {
                work.n_pairs += 1;
                let Some(first) = pair.first().filter(|_| is_promising(pair, &self.options)) else {
                    continue;
                };
                for number in [first.a, first.b] {
                    if let Entry::Vacant(place) = near.entry(number) {
                        place.insert(self.ids(number)?);
                    }
                }
            }
            let mut ids: Vec<&[u32]> = vec![&[]; self.manifest.next() as usize];
            for (number, of_one) in &near {
                if let Some(place) = ids.get_mut(*number as usize) {
                    *place = of_one;
                }
            }
            for shared in grown(some, &ids, &self.options) {
                pairs
                    .entry((shared.a as u32, shared.b as u32))
                    .or_default()
                    .push(shared.region);
            }
        }
        Ok(pairs)
    }
}

/// The hashes of the words of a document: from memory, or from disk.
pub(super) fn ids<'a>(
    held: &'a [Vec<u32>],
    texts: &Texts,
    manifest: &Manifest,
    number: u32,
) -> io::Result<Cow<'a, [u32]>> {
    if let Some(ids) = held.get(number as usize).filter(|ids| !ids.is_empty()) {
        return Ok(Cow::Borrowed(ids));
    }
    let entry = manifest.entry(number);
    entry.map_or(Ok(Cow::default()), |entry| {
        texts.ids(&entry.place).map(Cow::Owned)
    })
}
