//! How alike two texts are, from a few hundred bytes of each.
//!
//! In: the words of a text. Out: a [`Sketch`], which estimates the share of runs of four words that two texts have in common (Jaccard; one permutation hashing after Li, Owen and Zhang, 2012). It costs one pass
//! over the words. Groups of near-duplicates are found by equal parts of sketches, never by comparing all with all.

use std::collections::HashMap;

use jiff::civil::Date;

use super::reuse::seeds::grams;
use super::words::Words;

/// Words in a run.
const RUN: usize = 4;
/// Bins of a sketch.
const BINS: usize = 64;
/// Bins that two texts must share as a whole to be compared at all.
const BAND: usize = 4;
/// Texts compared of those that share a band, at most.
const MOST_COMPARED: usize = 32;
/// Hundredths of their runs that near-duplicates share.
const NEARLY_THE_SAME: u32 = 65;
/// Near-duplicates are published within so many days: what is issued again later in much the same words is the next of a series.
const DAYS_APART: i32 = 6;
/// Fewer filled bins than this are too short a text to be told from another.
const LEAST_FILLED: usize = 12;

/// A few hundred bytes that stand for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sketch([u32; BINS]);

/// A bin in which no run fell.
const EMPTY: u32 = u32::MAX;

impl Sketch {
    /// The sketch of a text.
    pub fn of(words: &Words) -> Self {
        let mut bins = [EMPTY; BINS];
        for gram in grams(words.ids(), 0, RUN) {
            // The hash is not mixed well enough in its upper bits to choose a bin by them.
            let hash = gram
                .hash
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29);
            let hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let value = (hash >> 32) as u32;
            if let Some(bin) = bins.get_mut((hash as usize) % BINS) {
                *bin = (*bin).min(value.min(EMPTY - 1));
            }
        }
        Self(bins)
    }

    /// Its bytes, for a store.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.iter().flat_map(|bin| bin.to_le_bytes()).collect()
    }

    /// The sketch that was stored; none where these are not the bytes of one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut bins = [EMPTY; BINS];
        if bytes.len() != BINS * 4 {
            return None;
        }
        for (bin, bytes) in bins.iter_mut().zip(bytes.chunks_exact(4)) {
            *bin = u32::from_le_bytes(bytes.try_into().ok()?);
        }
        Some(Self(bins))
    }

    /// About how many hundredths of the runs of both they share.
    pub fn alike(&self, other: &Self) -> u32 {
        let (mut same, mut filled) = (0, 0);
        for (a, b) in self.0.iter().zip(&other.0) {
            filled += u32::from(*a != EMPTY || *b != EMPTY);
            same += u32::from(*a == *b && *a != EMPTY);
        }
        same * 100 / filled.max(1)
    }

    fn n_filled(&self) -> usize {
        self.0.iter().filter(|bin| **bin != EMPTY).count()
    }

    /// Hashes of its bands, those that are not empty.
    fn bands(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let bands = self.0.chunks_exact(BAND).enumerate();
        bands
            .filter(|(_, band)| band.iter().any(|bin| *bin != EMPTY))
            .map(|(number, band)| {
                let hash = band.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, bin| {
                    (hash ^ u64::from(*bin)).wrapping_mul(0x0100_0000_01b3)
                });
                (number, hash)
            })
    }
}

/// Groups of texts that are nearly the same and were published within some days of each other, by their numbers, the earliest first; undated ones last, among equals in the order given.
///
/// Each member of a group is like its first, so that a group never drifts.
pub fn near_duplicates(texts: &[(Sketch, Option<Date>)]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    let day = |number: usize| texts.get(number).and_then(|(_, day)| *day);
    order.sort_by_key(|number| (day(*number).is_none(), day(*number)));
    let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for number in order {
        let Some((sketch, published)) = texts.get(number) else {
            continue;
        };
        if sketch.n_filled() < LEAST_FILLED {
            continue;
        }
        let mut near: Vec<usize> = sketch
            .bands()
            .filter_map(|band| buckets.get(&band))
            .flat_map(|groups| groups.iter().rev().take(MOST_COMPARED))
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let best = near
            .into_iter()
            .filter_map(|group| {
                let first = *groups.get(group)?.first()?;
                let (of_first, day_of_first) = texts.get(first)?;
                let close = match (published, day_of_first) {
                    (Some(day), Some(first)) => (*day - *first).get_days() <= DAYS_APART,
                    (None, _) | (_, None) => true,
                };
                let alike = sketch.alike(of_first);
                (close && alike >= NEARLY_THE_SAME).then_some((alike, group))
            })
            .max_by_key(|(alike, group)| (*alike, std::cmp::Reverse(*group)));
        if let Some(group) = best.and_then(|(_, group)| groups.get_mut(group)) {
            group.push(number);
            continue;
        }
        for band in sketch.bands() {
            buckets.entry(band).or_default().push(groups.len());
        }
        groups.push(vec![number]);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// The texts that hang together with text `of`: each like one of the others by at least so many hundredths as `enough` wants of the pair. Quadratic in the number of texts: for a series, not for a library.
pub fn connected(texts: &[Sketch], of: usize, enough: impl Fn(usize, usize) -> u32) -> Vec<usize> {
    let mut seen = vec![false; texts.len()];
    let mut found = Vec::new();
    let mut next = vec![of];
    if let Some(seen) = seen.get_mut(of) {
        *seen = true;
    }
    while let Some(at) = next.pop() {
        let Some(sketch) = texts.get(at) else {
            continue;
        };
        found.push(at);
        for (number, other) in texts.iter().enumerate() {
            if seen.get(number) == Some(&false) && sketch.alike(other) >= enough(at, number) {
                if let Some(seen) = seen.get_mut(number) {
                    *seen = true;
                }
                next.push(number);
            }
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Sentences of words that are all different, those after `changed` in other words.
    fn text(seed: usize, n_words: usize, changed: usize) -> String {
        let word = |at: usize| {
            let seed = if at % 40 < changed {
                seed + 1_000
            } else {
                seed
            };
            format!("w{seed}x{at} ")
        };
        (0..n_words).map(word).collect()
    }

    fn sketch(text: &str) -> Sketch {
        Sketch::of(&Words::of(text))
    }

    #[test]
    fn a_sketch_tells_about_how_much_is_shared() {
        let whole = sketch(&text(1, 800, 0));
        assert_eq!(whole.alike(&whole), 100);
        assert!(whole.alike(&sketch(&text(2, 800, 0))) < 5);
        // One word in forty is another: four runs of forty on either side.
        let near = whole.alike(&sketch(&text(1, 800, 1)));
        assert!((65..=95).contains(&near), "{near}");
        assert_eq!(Sketch::from_bytes(&whole.to_bytes()), Some(whole));
        assert_eq!(Sketch::from_bytes(b"short"), None);
    }

    #[test]
    fn near_duplicates_stand_under_the_earliest_and_a_series_stays_apart() {
        let (one, copy) = (sketch(&text(1, 600, 0)), sketch(&text(1, 600, 1)));
        let other = sketch(&text(7, 600, 0));
        let day = |day: i8| Some(date(2024, 5, day));
        let found = near_duplicates(&[
            (copy, day(9)),
            (other, day(8)),
            (one, day(7)),
            (one, None),
            (one, day(28)),
            (sketch("too short"), day(7)),
            (sketch("too short"), day(7)),
        ]);
        assert_eq!(found, [vec![2, 0, 3]]);
    }

    #[test]
    fn what_hangs_together_is_found_from_any_of_its_texts() {
        let texts: Vec<Sketch> = [(1, 0), (1, 8), (1, 16), (9, 0)]
            .iter()
            .map(|(seed, changed)| sketch(&text(*seed, 600, *changed)))
            .collect();
        assert_eq!(connected(&texts, 2, |_, _| 20), [0, 1, 2]);
        assert_eq!(connected(&texts, 3, |_, _| 20), [3]);
    }
}
