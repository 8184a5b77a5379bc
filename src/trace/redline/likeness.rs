//! How much two sentences have in common, and whether one can be the other with its words changed.
//!
//! In: the sentences of both texts. Out: their words in [`Bag`]s that can be compared with each other. Articles, prepositions and auxiliaries stand in every sentence, and so do some words of each pair of texts;
//! what makes two sentences versions of one are the telling words they share, the rarer the better;
//! names tell least, since two texts on one matter name the same. Order counts for nothing here. Which text is the older one makes no difference.

use std::collections::HashMap;

use super::Sentence;
use crate::trace::reuse::weak_words;

/// The least share of telling words two versions of a sentence have in common by weight, in thousandths, and how many of them at least.
const TELLING: u64 = 200;
const FEWEST: usize = 3;
/// The share from which the number of telling words does not matter: short sentences have few.
const SHORT: u64 = 500;
/// The least share of two that do not stand in the same order as their neighbours.
const MOVED: u64 = 380;

/// The weight of a name; every other telling word has more.
const NAME: u32 = 1;

/// What two sentences have in common.
struct Shared {
    n_words: u64,
    /// How many of the words are telling, and how many of these are names.
    n_telling: usize,
    n_names: usize,
    /// The share of telling words by weight, in thousandths.
    share: u64,
}

/// How telling the words of two texts are.
pub(super) struct Likeness {
    n_sentences: u32,
    /// In how many sentences of a text a word stands.
    n_with: HashMap<u32, u32>,
}

/// The words of a sentence.
pub(super) struct Bag {
    /// Each word with its weight, 0 for those that tell nothing; sorted.
    words: Vec<(u32, u32)>,
    /// The sum of the weights.
    weight: u64,
}

impl Likeness {
    /// Of the words of two texts.
    pub(super) fn of(olds: &[Sentence], news: &[Sentence]) -> Self {
        let mut n_with: HashMap<u32, u32> = HashMap::new();
        for side in [olds, news] {
            // A word both texts have is no commoner for that: the side that has it more often counts.
            let mut of_side: HashMap<u32, u32> = HashMap::new();
            for sentence in side {
                let mut words = sentence.words.ids().to_vec();
                words.sort_unstable();
                words.dedup();
                for word in words {
                    *of_side.entry(word).or_default() += 1;
                }
            }
            for (word, n) in of_side {
                let most = n_with.entry(word).or_default();
                *most = n.max(*most);
            }
        }
        Self {
            n_sentences: olds.len().max(news.len()) as u32,
            n_with,
        }
    }

    /// The words of a sentence of one of the texts.
    pub(super) fn bag(&self, sentence: &Sentence) -> Bag {
        let weak = weak_words();
        let names = &sentence.names;
        let mut words: Vec<(u32, u32)> = sentence
            .words
            .ids()
            .iter()
            .enumerate()
            .map(|(at, id)| {
                let weight = match (weak.contains(id), names.get(at)) {
                    (true, _) => 0,
                    (false, Some(true)) => NAME,
                    (false, _) => self.weight(*id),
                };
                (*id, weight)
            })
            .collect();
        words.sort_unstable();
        let weight = words.iter().map(|(_, weight)| u64::from(*weight)).sum();
        Bag { words, weight }
    }

    /// What is no name is worth two, and one more each time the sentences with it are half as many.
    fn weight(&self, id: u32) -> u32 {
        let n_with = self.n_with.get(&id).copied().unwrap_or(1).max(1);
        2 + (self.n_sentences / n_with).max(1).ilog2()
    }
}

impl Bag {
    /// The words in order of their hashes, each as often as it stands there.
    pub(super) fn ids(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().map(|(id, _)| *id)
    }

    /// Words in common, if one sentence can be a version of the other.
    pub(super) fn in_common(&self, other: &Self) -> Option<u64> {
        let Shared {
            n_words,
            n_telling,
            n_names,
            share,
        } = self.shared(other);
        // Names alone do not make it: whoever writes of a matter names them.
        let fits =
            share >= TELLING && (n_telling >= FEWEST && n_telling > n_names || share >= SHORT);
        (fits && n_words > 0).then_some(n_words)
    }

    /// The share of telling words in thousandths, if one can be a version of the other though they stand far from each other: more must be in common.
    pub(super) fn elsewhere(&self, other: &Self) -> Option<u64> {
        let Shared {
            n_telling, share, ..
        } = self.shared(other);
        (share >= MOVED && n_telling >= FEWEST).then_some(share)
    }

    fn shared(&self, other: &Self) -> Shared {
        let (mut i, mut j) = (0, 0);
        let (mut n_words, mut n_telling, mut n_names, mut weight) = (0, 0, 0, 0);
        while let (Some(x), Some(y)) = (self.words.get(i), other.words.get(j)) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    n_words += 1;
                    n_names += usize::from(x.1.min(y.1) == NAME);
                    n_telling += usize::from(x.1 > 0);
                    weight += u64::from(x.1);
                    i += 1;
                    j += 1;
                }
            }
        }
        let share = 2000 * weight / (self.weight + other.weight).max(1);
        Shared {
            n_words,
            n_telling,
            n_names,
            share,
        }
    }
}
