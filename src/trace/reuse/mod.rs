//! Passages that stand in two documents, word for word or changed.
//!
//! In: documents as [`Words`]. Out: [`Region`]s of document pairs. Runs of words that two documents share (`seeds`) are grown ([`extend`]); neighbours are joined, what is too short to mean
//! anything is dropped. Nothing here reads files or keeps an index.

pub mod extend;
pub mod interrupted;
pub mod seeds;

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use super::words::Words;
use extend::{Region, Rows, Scores, grow};
use rayon::prelude::*;
use seeds::{Seed, Seeding, seeds};

/// A passage shared by two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The first document's number.
    pub a: usize,
    /// The second document's number, greater.
    pub b: usize,
    /// The words of it.
    pub region: Region,
}

/// What counts as a reused passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Where to look closer.
    pub seeding: Seeding,
    /// How a passage is aligned.
    pub scores: Scores,
    /// Fewer matched words than this are a phrase.
    pub fewest_words: usize,
    /// The lowest score of a passage.
    pub lowest_score: i32,
    /// Pairs of documents that share fewer runs are not looked at,
    pub fewest_seeds: usize,
    /// unless no more documents than this have one of them.
    pub rare: usize,
    /// Passages are joined over so many words of either side.
    pub join: usize,
    /// The least weight of the seeds of a passage together: in a large library, words that are alike in runs that many use are a pattern, and no passage was taken over.
    pub least_weight: u32,
}

impl Options {
    /// For documents of so many words together.
    pub const fn for_words(n_words: usize) -> Self {
        let seeding = Seeding::for_words(n_words);
        let is_large = seeding.n_words > 3;
        Self {
            seeding,
            scores: if is_large {
                Scores::STRICT
            } else {
                Scores::LENIENT
            },
            fewest_words: 9,
            lowest_score: 28,
            rare: 2,
            fewest_seeds: if is_large { 2 } else { 1 },
            join: 12,
            least_weight: if is_large { 8 } else { 0 },
        }
    }
}

/// All passages shared by any two of `documents`, by pair and place in the first.
pub fn shared(documents: &[&Words], options: &Options) -> Vec<Shared> {
    let ids: Vec<&[u32]> = documents.iter().map(|words| words.ids()).collect();
    grown(&seeds(&ids, options.seeding), &ids, options)
}

/// The passages that seeds grow into; seeds are sorted, and number the documents whose word hashes are `ids`.
pub fn grown(seeds: &[Seed], ids: &[&[u32]], options: &Options) -> Vec<Shared> {
    let pairs: Vec<&[Seed]> = seeds.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
    pairs
        .par_chunks(256)
        .map_init(Rows::default, |rows, pairs| {
            let mut found = Vec::new();
            for pair in pairs {
                let Some(first) = pair.first().filter(|_| is_promising(pair, options)) else {
                    continue;
                };
                let (a, b) = (first.a as usize, first.b as usize);
                let (Some(of_a), Some(of_b)) = (ids.get(a), ids.get(b)) else {
                    continue;
                };
                let places = pair
                    .iter()
                    .map(|seed| (seed.at_a as usize, seed.at_b as usize));
                let mut regions = regions((of_a, of_b), places, options, rows);
                regions.retain(|region| weight_within(pair, region) >= options.least_weight);
                found.extend(regions.into_iter().map(|region| Shared { a, b, region }));
            }
            found
        })
        .flatten()
        .collect()
}

/// Whether a passage of a pair can come of its seeds: there are enough of them, or rare ones, and all together weigh enough. Seeds are sorted.
pub fn is_promising(pair: &[Seed], options: &Options) -> bool {
    let is_rare = |seed: &Seed| seed.documents as usize <= options.rare;
    if pair.len() < options.fewest_seeds && !pair.iter().any(is_rare) {
        return false;
    }
    let mut weight: u32 = 0;
    let of_places = pair.chunk_by(|x, y| x.at_a == y.at_a);
    options.least_weight == 0
        || of_places
            .filter_map(|of_place| of_place.iter().map(Seed::weight).max())
            .any(|more| {
                weight = weight.saturating_add(more);
                weight >= options.least_weight
            })
}

/// The weight of the seeds of a pair in a passage, each place of the first document counted once; seeds are sorted.
fn weight_within(pair: &[Seed], region: &Region) -> u32 {
    let before = |at: usize| pair.partition_point(|seed| (seed.at_a as usize) < at);
    let inside = pair.get(before(region.a.start)..before(region.a.end));
    inside
        .unwrap_or_default()
        .chunk_by(|x, y| x.at_a == y.at_a)
        .filter_map(|of_place| {
            of_place
                .iter()
                .find(|seed| region.b.contains(&(seed.at_b as usize)))
        })
        .map(Seed::weight)
        .fold(0, u32::saturating_add)
}

/// Pairs of documents that are nearly the same.
pub fn duplicates(documents: &[&Words], found: &[Shared]) -> HashSet<(usize, usize)> {
    let n_words = |number: usize| documents.get(number).map_or(0, |words| words.len());
    found
        .chunk_by(|x, y| (x.a, x.b) == (y.a, y.b))
        .filter_map(|passages| {
            let first = passages.first()?;
            let regions = passages.iter().map(|passage| &passage.region);
            is_duplicate(n_words(first.a), n_words(first.b), regions).then_some((first.a, first.b))
        })
        .collect()
}

/// Whether two documents of so many words are nearly the same: the passages they share cover four fifths of the words of both.
pub fn is_duplicate<'a>(
    n_words_a: usize,
    n_words_b: usize,
    regions: impl Iterator<Item = &'a Region>,
) -> bool {
    let matched: usize = regions.map(|region| region.matched).sum();
    matched * 5 >= n_words_a.max(n_words_b) * 4
}

/// Groups of documents of which each is nearly the same as another of its group; groups by their first document, documents in order.
pub fn groups<Id: Copy + Ord>(duplicates: impl IntoIterator<Item = (Id, Id)>) -> Vec<Vec<Id>> {
    let mut leaders: BTreeMap<Id, Id> = BTreeMap::new();
    for (a, b) in duplicates {
        let (a, b) = (leader(&mut leaders, a), leader(&mut leaders, b));
        // The lesser leads, so that a group is known by its first.
        leaders.insert(a.max(b), a.min(b));
    }
    let members: Vec<Id> = leaders.keys().copied().collect();
    let mut groups: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for member in members {
        let leader = leader(&mut leaders, member);
        groups.entry(leader).or_default().push(member);
    }
    groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect()
}

/// The first of the group of `id`; the way there is made short.
fn leader<Id: Copy + Ord>(leaders: &mut BTreeMap<Id, Id>, id: Id) -> Id {
    let mut at = id;
    while let Some(next) = leaders.get(&at).copied().filter(|next| *next != at) {
        let further = leaders.get(&next).copied().unwrap_or(next);
        leaders.insert(at, further);
        at = next;
    }
    leaders.entry(at).or_insert(at);
    leaders.entry(id).or_insert(at);
    at
}

/// The passages of one pair of documents, grown from seeds in the order of their places, by place in the first.
pub fn regions(
    (a, b): (&[u32], &[u32]),
    places: impl Iterator<Item = (usize, usize)>,
    options: &Options,
    rows: &mut Rows,
) -> Vec<Region> {
    let weak = weak_words();
    let is_weak = |id: u32| weak.contains(&id);
    let mut found: Vec<Region> = Vec::new();
    for (at_a, at_b) in places {
        let inside = |region: &Region| region.a.contains(&at_a) && region.b.contains(&at_b);
        if found.iter().rev().take(8).any(inside) {
            continue;
        }
        let seed = (at_a, at_b, options.seeding.n_words);
        found.push(grow((a, b), seed, &is_weak, options.scores, rows));
    }
    let mut found = joined(found, options.join);
    found.retain(|region| {
        region.matched >= options.fewest_words && region.score >= options.lowest_score
    });
    without_shadows(found)
}

/// Words that may be left out of a passage.
const ELIDED: usize = 40;

/// Neighbours in both documents made one.
fn joined(mut regions: Vec<Region>, join: usize) -> Vec<Region> {
    regions.sort_unstable_by_key(|region| (region.a.start, region.b.start));
    let mut joined: Vec<Region> = Vec::new();
    for region in regions {
        let near = |last: &Region| {
            let gap_a = region.a.start.saturating_sub(last.a.end);
            let gap_b = region.b.start.saturating_sub(last.b.end);
            // Words between on one side alone were left out.
            region.a.start + 2 >= last.a.end
                && region.b.start + 2 >= last.b.end
                && (gap_a.max(gap_b) <= join
                    || (gap_a.min(gap_b) <= 2 && gap_a.max(gap_b) <= ELIDED))
        };
        match joined.iter_mut().rev().take(4).find(|last| near(last)) {
            Some(last) => {
                let overlap = last.a.end.saturating_sub(region.a.start);
                last.a.end = last.a.end.max(region.a.end);
                last.b.end = last.b.end.max(region.b.end);
                last.matched += region.matched.saturating_sub(overlap);
                last.score += region.score;
            }
            None => joined.push(region),
        }
    }
    joined
}

/// Leaves out what lies, in both documents, inside a better passage, and the lesser of two that share more than half of one side with each other.
fn without_shadows(mut regions: Vec<Region>) -> Vec<Region> {
    regions.sort_unstable_by_key(|region| (std::cmp::Reverse(region.score), region.a.start));
    let mut kept: Vec<Region> = Vec::new();
    for region in regions {
        let shadows = |better: &Region| {
            let shared = |x: &std::ops::Range<usize>, y: &std::ops::Range<usize>| {
                x.end.min(y.end).saturating_sub(x.start.max(y.start))
            };
            shared(&better.a, &region.a) * 2 > region.a.len()
                && shared(&better.b, &region.b) * 2 > region.b.len()
        };
        // A bound for texts that repeat themselves.
        if !kept.iter().take(256).any(shadows) {
            kept.push(region);
        }
    }
    kept.sort_unstable_by_key(|region| (region.a.start, region.b.start));
    kept
}

/// The hashes of words that carry little by themselves.
#[derive(Debug)]
pub struct WeakWords {
    /// In order.
    ids: Vec<u32>,
    /// Which of the first ten bits one of them begins with: most words are told by that.
    begins: [u64; 16],
}

impl WeakWords {
    /// Whether the word with this hash is one of them.
    pub fn contains(&self, id: &u32) -> bool {
        let begins = self.begins.get((id >> 28) as usize).copied();
        begins.unwrap_or(0) >> (id >> 22 & 63) & 1 == 1 && self.ids.binary_search(id).is_ok()
    }
}

/// The words that carry little by themselves.
pub fn weak_words() -> &'static WeakWords {
    static WEAK: OnceLock<WeakWords> = OnceLock::new();
    WEAK.get_or_init(|| {
        let mut ids = Words::of(super::words::WEAK).ids().to_vec();
        ids.sort_unstable();
        let mut begins = [0_u64; 16];
        for id in &ids {
            if let Some(bits) = begins.get_mut((id >> 28) as usize) {
                *bits |= 1 << (id >> 22 & 63);
            }
        }
        WeakWords { ids, begins }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_a_chain_of_duplicates_are_one_group() {
        assert_eq!(
            groups([(4, 9), (1, 2), (7, 4), (2, 5), (9, 7)]),
            [vec![1, 2, 5], vec![4, 7, 9]]
        );
        assert!(groups::<u32>([]).is_empty());
    }

    #[test]
    fn a_passage_weighs_what_its_rare_runs_weigh() {
        let seed = |at, documents| Seed {
            a: 0,
            b: 1,
            at_a: at,
            at_b: at + 100,
            documents,
        };
        let region = |a: std::ops::Range<usize>| Region {
            b: a.start + 100..a.end + 100,
            a,
            matched: 9,
            score: 30,
        };
        let pair = [seed(3, 2), seed(4, 4), seed(9, 32), seed(10, 64)];
        assert_eq!(weight_within(&pair, &region(3..11)), 5 + 4 + 1);
        assert_eq!(weight_within(&pair, &region(4..10)), 4 + 1);
        assert_eq!(weight_within(&pair, &region(10..12)), 0);
    }

    #[test]
    fn a_document_with_a_word_changed_is_a_duplicate_and_a_part_of_it_is_none() {
        let text = |from: u32, to: u32| {
            (from..to)
                .map(|n| format!("w{n} "))
                .collect::<Vec<String>>()
                .concat()
        };
        let documents = [
            text(0, 100),
            text(0, 100).replace("w50 ", "other "),
            text(0, 60),
        ];
        let words: Vec<Words> = documents.iter().map(|text| Words::of(text)).collect();
        let all: Vec<&Words> = words.iter().collect();
        let found = shared(&all, &Options::for_words(260));
        assert_eq!(duplicates(&all, &found), HashSet::from([(0, 1)]));
        assert_eq!(found.len(), 3);
    }
}
