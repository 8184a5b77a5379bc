//! Which sentence of the new text is which of the old one.

use std::collections::HashMap;

use super::Sentence;
use super::likeness::{Bag, Likeness};
use crate::trace::align::{Hunk, differences};

/// The sentence of the old text that a sentence of the new one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its number.
    pub(super) old: usize,
    /// Whether it stands elsewhere than its neighbours.
    pub(super) moved: bool,
}

/// Sentences with a stretch between two anchors up to this product are compared each with each.
const STRETCH: usize = 40_000;
/// Sentences that share a rare word looked at for one that was moved.
const CANDIDATES: usize = 40;

/// For each new sentence the old one, if there is one; each old one at most once.
pub(super) fn pair(olds: &[Sentence], news: &[Sentence]) -> Vec<Option<Pair>> {
    let likeness = Likeness::of(olds, news);
    let ids = |sentences: &[Sentence]| -> Vec<u32> { sentences.iter().map(key).collect() };
    let mut found = Pairing {
        pairs: vec![None; news.len()],
        free: vec![true; olds.len()],
    };
    let hunks = differences(&ids(olds), &ids(news));
    let (mut at_old, mut at_new) = (0, 0);
    for hunk in hunks.into_iter().chain([Hunk {
        a: olds.len()..olds.len(),
        b: news.len()..news.len(),
    }]) {
        for (old, new) in (at_old..hunk.a.start).zip(at_new..hunk.b.start) {
            found.set(old, new, Place::Same);
        }
        (at_old, at_new) = (hunk.a.end, hunk.b.end);
        in_order(olds, news, &hunk, &likeness, &mut found);
    }
    moved(olds, news, &likeness, &mut found);
    // One sentence that went far may have been taken for the one that stayed: what stayed is the most words that keep their order.
    let stays = heaviest_in_order(news, &found.pairs);
    for (pair, stays) in found.pairs.iter_mut().zip(&stays) {
        if let Some(pair) = pair {
            pair.moved = !stays;
        }
    }
    let (mut at_old, mut at_new) = (0, 0);
    let anchors: Vec<(usize, usize)> = found
        .pairs
        .iter()
        .enumerate()
        .filter_map(|(new, pair)| Some((pair.filter(|pair| !pair.moved)?.old, new)))
        .chain([(olds.len(), news.len())])
        .collect();
    for (old, new) in anchors {
        let hunk = Hunk {
            a: at_old..old,
            b: at_new..new,
        };
        in_order(olds, news, &hunk, &likeness, &mut found);
        (at_old, at_new) = (old + 1, new + 1);
    }
    found.pairs
}

/// What is paired so far.
struct Pairing {
    pairs: Vec<Option<Pair>>,
    /// Which old sentences have no partner yet.
    free: Vec<bool>,
}

impl Pairing {
    fn set(&mut self, old: usize, new: usize, place: Place) {
        if let (Some(cell), Some(free)) = (self.pairs.get_mut(new), self.free.get_mut(old)) {
            let moved = place == Place::Other;
            *cell = Some(Pair { old, moved });
            *free = false;
        }
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.free.get(old) == Some(&true) && self.pairs.get(new) == Some(&None)
    }
}

/// Where a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// As its neighbours do.
    Same,
    /// Elsewhere.
    Other,
}

/// Which pairs keep the order of both texts, so that they have the most words together. O(n log n).
fn heaviest_in_order(news: &[Sentence], pairs: &[Option<Pair>]) -> Vec<bool> {
    // The heaviest chain that ends before an old sentence: a tree of maxima over the prefixes, each with the number of its last link.
    let n_olds = pairs.iter().flatten().map(|pair| pair.old + 1).max();
    let mut tree: Vec<(u64, usize)> = vec![(0, usize::MAX); n_olds.unwrap_or(0) + 1];
    let mut before: Vec<usize> = vec![usize::MAX; pairs.len()];
    for (new, pair) in pairs.iter().enumerate() {
        let Some(pair) = pair else { continue };
        let (mut weight, mut link) = (0, usize::MAX);
        let mut at = pair.old;
        while at > 0 {
            let cell = tree.get(at).copied().unwrap_or((0, usize::MAX));
            if cell.0 > weight {
                (weight, link) = cell;
            }
            at &= at - 1;
        }
        if let Some(cell) = before.get_mut(new) {
            *cell = link;
        }
        weight += 1 + news.get(new).map_or(0, |one| one.words.len() as u64);
        let mut at = pair.old + 1;
        while let Some(cell) = tree.get_mut(at) {
            if weight > cell.0 {
                *cell = (weight, new);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut stays = vec![false; pairs.len()];
    let (_, mut link) = tree
        .iter()
        .copied()
        .max_by_key(|(weight, _)| *weight)
        .unwrap_or((0, usize::MAX));
    while let Some(cell) = stays.get_mut(link) {
        *cell = true;
        link = before.get(link).copied().unwrap_or(usize::MAX);
    }
    stays
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
    hunk: &Hunk,
    likeness: &Likeness,
    found: &mut Pairing,
) {
    let (n, m) = (hunk.a.len(), hunk.b.len());
    if n == 0 || m == 0 || n.saturating_mul(m) > STRETCH {
        return;
    }
    let bags = |sentences: &[Sentence], range: &std::ops::Range<usize>| -> Vec<Bag> {
        let part = sentences.get(range.clone()).unwrap_or_default();
        part.iter().map(|one| likeness.bag(one)).collect()
    };
    let (of_old, of_new) = (bags(olds, &hunk.a), bags(news, &hunk.b));
    // The words in common alone: pairing two long sentences saves more.
    let weight = |i: usize, j: usize| -> u64 {
        let bags = of_old
            .get(i)
            .zip(of_new.get(j))
            .filter(|_| found.is_free(hunk.a.start + i, hunk.b.start + j));
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
    let mut chosen = Vec::new();
    while i > 0 && j > 0 {
        let here = weights.get((i - 1) * m + j - 1).copied().unwrap_or(0);
        if here > 0 && get(i, j) == get(i - 1, j - 1) + here {
            chosen.push((hunk.a.start + i - 1, hunk.b.start + j - 1));
            (i, j) = (i - 1, j - 1);
        } else if get(i, j) == get(i - 1, j) {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    for (old, new) in chosen {
        found.set(old, new, Place::Same);
    }
}

/// Pairs what is left on both sides, wherever it stands.
fn moved(olds: &[Sentence], news: &[Sentence], likeness: &Likeness, found: &mut Pairing) {
    let bags: Vec<Option<Bag>> = olds
        .iter()
        .zip(&found.free)
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
        if found.pairs.get(index) != Some(&None) || sentence.words.len() < 4 {
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
            if let Some(share) = bag.and_then(|bag| bag.elsewhere(&bag_of_new)) {
                candidates.push((share, old, index));
            }
        }
    }
    candidates
        .sort_unstable_by_key(|(share, old, new)| (std::cmp::Reverse(*share), old + new, *old));
    for (_, old, new) in candidates {
        if found.is_free(old, new) {
            found.set(old, new, Place::Other);
        }
    }
}
