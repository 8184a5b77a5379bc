//! Which sentence of the new text is which of the old one.

use std::collections::HashMap;

use super::Sentence;
use super::likeness::{Bag, Likeness};
use crate::trace::align::differences;

/// The sentence of the old text that a sentence of the new one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its number.
    pub(super) old: usize,
    /// Whether it stands elsewhere than its neighbours.
    pub(super) moved: bool,
}

/// The least likeness of two sentences, in thousandths, where one was moved.
const ALIKE_MOVED: u64 = 600;
/// Sentences with a stretch between two anchors up to this product are compared each with each.
const STRETCH: usize = 40_000;
/// Sentences that share a rare word looked at for one that was moved.
const CANDIDATES: usize = 40;

/// For each new sentence the old one, if there is one; each old one at most once.
pub(super) fn pair(olds: &[Sentence], news: &[Sentence]) -> Vec<Option<Pair>> {
    let mut pairs: Vec<Option<Pair>> = vec![None; news.len()];
    let ids = |sentences: &[Sentence]| -> Vec<u32> { sentences.iter().map(key).collect() };
    let likeness = Likeness::of(olds, news);
    let hunks = differences(&ids(olds), &ids(news));
    let (mut at_old, mut at_new) = (0, 0);
    let mut set = |old: usize, new: usize, moved: bool| {
        if let Some(cell) = pairs.get_mut(new) {
            *cell = Some(Pair { old, moved });
        }
    };
    for hunk in hunks {
        for (old, new) in (at_old..hunk.a.start).zip(at_new..hunk.b.start) {
            set(old, new, false);
        }
        (at_old, at_new) = (hunk.a.end, hunk.b.end);
        for (old, new) in in_order(olds, news, &hunk, &likeness) {
            set(old, new, false);
        }
    }
    for (old, new) in (at_old..olds.len()).zip(at_new..news.len()) {
        set(old, new, false);
    }
    moved(olds, news, &likeness, &mut pairs);
    pairs
}

/// The same pairs seen from the other side, which has `n_news` sentences.
pub(super) fn turned(pairs: &[Option<Pair>], n_news: usize) -> Vec<Option<Pair>> {
    let mut turned = vec![None; n_news];
    for (old, pair) in pairs.iter().enumerate() {
        if let Some((pair, cell)) = pair.and_then(|pair| Some((pair, turned.get_mut(pair.old)?))) {
            *cell = Some(Pair {
                old,
                moved: pair.moved,
            });
        }
    }
    turned
}

/// A hash of a sentence's words and marks.
fn key(sentence: &Sentence) -> u32 {
    let hash = sentence.units.ids.iter().fold(0_u64, |hash, id| {
        (hash.rotate_left(7) ^ u64::from(*id)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    (hash >> 32) as u32
}

/// Pairs inside a hunk that keep their order and have most words in common together.
fn in_order(
    olds: &[Sentence],
    news: &[Sentence],
    hunk: &super::Hunk,
    likeness: &Likeness,
) -> Vec<(usize, usize)> {
    let (n, m) = (hunk.a.len(), hunk.b.len());
    if n == 0 || m == 0 || n.saturating_mul(m) > STRETCH {
        return Vec::new();
    }
    let bags = |sentences: &[Sentence], range: &std::ops::Range<usize>| -> Vec<Bag> {
        let part = sentences.get(range.clone()).unwrap_or_default();
        part.iter().map(|one| likeness.bag(one)).collect()
    };
    let (of_old, of_new) = (bags(olds, &hunk.a), bags(news, &hunk.b));
    // The words in common alone: pairing two long sentences saves more.
    let weight = |i: usize, j: usize| -> u64 {
        let bags = of_old.get(i).zip(of_new.get(j));
        bags.and_then(|(a, b)| a.in_common(b)).unwrap_or(0)
    };
    let width = m + 1;
    let mut best = vec![0_u64; width * (n + 1)];
    let mut weights = vec![0_u64; n * m];
    for i in 0..n {
        for j in 0..m {
            let here = weight(i, j);
            if let Some(cell) = weights.get_mut(i * m + j) {
                *cell = here;
            }
            let get = |at: usize| best.get(at).copied().unwrap_or(0);
            let value = get((i + 1) * width + j)
                .max(get(i * width + j + 1))
                .max(if here > 0 {
                    get(i * width + j) + here
                } else {
                    0
                });
            if let Some(cell) = best.get_mut((i + 1) * width + j + 1) {
                *cell = value;
            }
        }
    }
    let get = |i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    let (mut i, mut j) = (n, m);
    let mut found = Vec::new();
    while i > 0 && j > 0 {
        let here = weights.get((i - 1) * m + j - 1).copied().unwrap_or(0);
        if here > 0 && get(i, j) == get(i - 1, j - 1) + here {
            found.push((hunk.a.start + i - 1, hunk.b.start + j - 1));
            (i, j) = (i - 1, j - 1);
        } else if get(i, j) == get(i - 1, j) {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    found
}

/// Pairs what is left on both sides, wherever it stands.
fn moved(olds: &[Sentence], news: &[Sentence], likeness: &Likeness, pairs: &mut [Option<Pair>]) {
    let mut free = vec![true; olds.len()];
    for pair in pairs.iter().flatten() {
        if let Some(cell) = free.get_mut(pair.old) {
            *cell = false;
        }
    }
    let bags: Vec<Option<Bag>> = olds
        .iter()
        .zip(&free)
        .map(|(sentence, free)| free.then(|| likeness.bag(sentence)))
        .collect();
    let mut by_word: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, bag) in bags.iter().enumerate() {
        let mut words: Vec<u32> = bag.iter().flat_map(Bag::ids).collect();
        words.dedup();
        for word in words {
            by_word.entry(word).or_default().push(index);
        }
    }
    // The best pair first, so that neither side decides.
    let mut candidates: Vec<(u64, usize, usize)> = Vec::new();
    for (index, sentence) in news.iter().enumerate() {
        if pairs.get(index).copied().flatten().is_some() || sentence.words.len() < 4 {
            continue;
        }
        let bag_of_new = likeness.bag(sentence);
        let mut lists: Vec<&Vec<usize>> = bag_of_new
            .ids()
            .filter_map(|word| by_word.get(&word))
            .collect();
        lists.sort_unstable_by_key(|list| list.len());
        let mut seen: Vec<usize> = Vec::new();
        for old in lists
            .iter()
            .take(6)
            .flat_map(|list| list.iter().take(CANDIDATES))
        {
            if !seen.contains(old) && seen.len() < CANDIDATES {
                seen.push(*old);
            }
        }
        for old in seen {
            let bag = bags.get(old).and_then(Option::as_ref);
            let share =
                bag.and_then(|bag| Some(bag.share(&bag_of_new, bag.in_common(&bag_of_new)?)));
            if let Some(share) = share.filter(|share| *share >= ALIKE_MOVED) {
                candidates.push((share, old, index));
            }
        }
    }
    candidates
        .sort_unstable_by_key(|(share, old, new)| (std::cmp::Reverse(*share), old + new, *old));
    for (_, old, new) in candidates {
        let is_free = free.get(old) == Some(&true) && pairs.get(new) == Some(&None);
        if let Some(cell) = pairs.get_mut(new).filter(|_| is_free) {
            *cell = Some(Pair { old, moved: true });
            if let Some(cell) = free.get_mut(old) {
                *cell = false;
            }
        }
    }
}
