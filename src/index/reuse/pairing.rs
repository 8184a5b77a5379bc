//! Which passages pairs of documents share: of all pairs, or of those that a change concerns.
//!
//! How many documents have a run of words decides whether it counts, so that a document that comes or goes may change what two others share. Every run of a document that came or went is
//! looked up, and paired with and without the change; the pairs that come out differently are compared anew.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;

use rayon::prelude::*;

use super::manifest::Manifest;
use super::run::{Merged, Reading, Run};
use super::texts::Texts;
use super::{Pairs, Work};
use crate::trace::reuse::seeds::{Gram, Seed, grams, pair_up};
use crate::trace::reuse::{Options, grown};

/// Sorts runs of words and keeps so many of the same of a document.
pub(super) fn sort(batch: &mut Vec<Gram>, most_places: usize) {
    batch.par_sort_unstable();
    let (mut last, mut n_same) = (None, 0);
    batch.retain(|gram| {
        let this = Some((gram.hash, gram.doc));
        n_same = if last == this { n_same + 1 } else { 1 };
        last = this;
        n_same <= most_places
    });
}

/// Documents that came and went.
pub(super) struct Change<'a> {
    pub(super) fresh: HashSet<u32>,
    pub(super) removed: &'a HashSet<u32>,
}

/// What passages are found from.
pub(super) struct Side<'a> {
    texts: &'a Texts,
    manifest: &'a Manifest,
    /// The place of each document among the keys in order.
    ranks: HashMap<u32, u32>,
    options: Options,
}

impl<'a> Side<'a> {
    pub(super) fn new(manifest: &'a Manifest, texts: &'a Texts, options: Options) -> Self {
        let mut by_key: Vec<(&str, u32)> = manifest
            .documents()
            .map(|(number, entry)| (&*entry.key, number))
            .collect();
        by_key.sort_unstable();
        let ranks = by_key
            .iter()
            .zip(0..)
            .map(|((_, number), rank)| (*number, rank))
            .collect();
        Self {
            texts,
            manifest,
            ranks,
            options,
        }
    }

    /// The passages of all pairs of `alive`.
    pub(super) fn all(
        &self,
        runs: &mut [Run],
        alive: &HashSet<u32>,
        work: &mut Work,
    ) -> io::Result<Pairs> {
        let is_alive: Vec<bool> = (0..self.manifest.next())
            .map(|number| alive.contains(&number))
            .collect();
        let mut found: Vec<Seed> = Vec::new();
        let mut group: Vec<Gram> = Vec::new();
        let mut merged = Merged::new(runs)?;
        loop {
            let gram = merged.next()?;
            let ends = group
                .first()
                .is_none_or(|first| gram.is_none_or(|gram| gram.hash != first.hash));
            if ends {
                group.sort_unstable();
                pair_up(&group, self.options.seeding, &mut found);
                group.clear();
            }
            let Some(gram) = gram else {
                break;
            };
            work.n_read += 1;
            if is_alive.get(gram.doc as usize) == Some(&true) {
                group.push(gram);
            }
        }
        self.grow(found, work)
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

    fn ids(&self, number: u32) -> io::Result<Vec<u32>> {
        let entry = self.manifest.entry(number);
        entry.map_or(Ok(Vec::new()), |entry| self.texts.ids(&entry.place))
    }

    fn hashes(&self, number: u32) -> io::Result<Vec<u64>> {
        let ids = self.ids(number)?;
        let all = grams(&ids, number, self.options.seeding.n_words);
        Ok(all.map(|gram| gram.hash).collect())
    }

    fn in_order(&self, a: u32, b: u32) -> (u32, u32) {
        if self.ranks.get(&a) <= self.ranks.get(&b) {
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
        seeds.par_sort_unstable();
        let mut ids: Vec<Vec<u32>> = vec![Vec::new(); self.manifest.next() as usize];
        let mut wanted = vec![false; ids.len()];
        for number in seeds.iter().flat_map(|seed| [seed.a, seed.b]) {
            if let Some(flag) = wanted.get_mut(number as usize) {
                *flag = true;
            }
        }
        for ((number, ids), wanted) in (0..).zip(&mut ids).zip(wanted) {
            if wanted {
                *ids = self.ids(number)?;
            }
        }
        let ids: Vec<&[u32]> = ids.iter().map(Vec::as_slice).collect();
        work.n_pairs += seeds.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).count();
        let mut pairs = Pairs::new();
        for shared in grown(&seeds, &ids, &self.options) {
            pairs
                .entry((shared.a as u32, shared.b as u32))
                .or_default()
                .push(shared.region);
        }
        Ok(pairs)
    }
}
