//! Sentences that were divided or run together: one on one side, two and more on the other.
//!
//! A sentence without a partner joins the pair beside it where it shares words with that pair's other side that are not matched yet. The pair is then a pair of longer sentences.

use super::Sentence;
use super::pairing::Pair;
use crate::trace::align::differences;

/// Words and marks a sentence must match in a pair, and the share of its own they must be, in hundredths.
const FEWEST: usize = 2;
const SHARE: usize = 5;
/// Sentences a pair takes in at most, and units on one side: what is longer stays as it is.
const MOST: usize = 6;
const LONGEST: usize = 1200;

/// Consecutive sentences taken as one, and the new sentence they belong to.
struct Group {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
    moved: bool,
    matched: usize,
}

/// Lists with the sentences that belong together made one, and their pairs.
pub(super) fn absorb(
    (text_old, olds): (&str, Vec<Sentence>),
    (text_new, news): (&str, Vec<Sentence>),
    pairs: &[Option<Pair>],
) -> (Vec<Sentence>, Vec<Sentence>, Vec<Option<Pair>>) {
    let mut old_free = vec![true; olds.len()];
    let mut new_free: Vec<bool> = pairs.iter().map(Option::is_none).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (new, pair) in pairs.iter().enumerate() {
        if let Some(pair) = pair {
            if let Some(cell) = old_free.get_mut(pair.old) {
                *cell = false;
            }
            let mut group = Group {
                old: pair.old..pair.old + 1,
                new: new..new + 1,
                moved: pair.moved,
                matched: 0,
            };
            group.matched = matched(&olds, &news, &group.old, &group.new);
            groups.push(group);
        }
    }
    for group in &mut groups {
        grow(group, &olds, &news, (&mut old_free, &mut new_free));
    }
    let joined =
        |text: &str, sentences: &[Sentence], range: &std::ops::Range<usize>| -> Option<Sentence> {
            let part = sentences.get(range.clone())?;
            let whole = part.first()?.range.union(part.last()?.range);
            Some(Sentence::of(text, whole))
        };
    let lead = |ranges: Vec<std::ops::Range<usize>>, n: usize| -> Vec<std::ops::Range<usize>> {
        let mut all = Vec::new();
        let mut at = 0;
        for range in ranges {
            all.extend((at..range.start).map(|at| at..at + 1));
            at = range.end;
            all.push(range);
        }
        all.extend((at..n).map(|at| at..at + 1));
        all
    };
    let mut of_old: Vec<std::ops::Range<usize>> =
        groups.iter().map(|group| group.old.clone()).collect();
    of_old.sort_unstable_by_key(|range| range.start);
    let of_new: Vec<std::ops::Range<usize>> =
        groups.iter().map(|group| group.new.clone()).collect();
    let (all_old, all_new) = (lead(of_old, olds.len()), lead(of_new, news.len()));
    let number = |ranges: &[std::ops::Range<usize>], start: usize| {
        ranges.partition_point(|range| range.start < start)
    };
    let mut joined_pairs = vec![None; all_new.len()];
    for group in &groups {
        if let Some(cell) = joined_pairs.get_mut(number(&all_new, group.new.start)) {
            *cell = Some(Pair {
                old: number(&all_old, group.old.start),
                moved: group.moved,
            });
        }
    }
    let made =
        |text: &str, sentences: &[Sentence], all: &[std::ops::Range<usize>]| -> Vec<Sentence> {
            all.iter()
                .filter_map(|range| joined(text, sentences, range))
                .collect()
        };
    (
        made(text_old, &olds, &all_old),
        made(text_new, &news, &all_new),
        joined_pairs,
    )
}

/// Takes in the neighbours that belong to a group, one side after the other, until none does.
fn grow(
    group: &mut Group,
    olds: &[Sentence],
    news: &[Sentence],
    (old_free, new_free): (&mut [bool], &mut [bool]),
) {
    if is_equal(group, olds, news) {
        return;
    }
    for _ in 0..MOST {
        let before = |range: &std::ops::Range<usize>| range.start.checked_sub(1);
        let options = [
            (true, Some(group.old.end)),
            (true, before(&group.old)),
            (false, Some(group.new.end)),
            (false, before(&group.new)),
        ];
        let mut best: Option<(usize, bool, usize)> = None;
        for (in_old, at) in options {
            let free = if in_old { &*old_free } else { &*new_free };
            let list = if in_old { olds } else { news };
            let Some(at) = at.filter(|at| free.get(*at) == Some(&true)) else {
                continue;
            };
            let widened =
                |range: &std::ops::Range<usize>| range.start.min(at)..range.end.max(at + 1);
            let (old, new) = if in_old {
                (widened(&group.old), group.new.clone())
            } else {
                (group.old.clone(), widened(&group.new))
            };
            let gain = matched(olds, news, &old, &new).saturating_sub(group.matched);
            let n_units = list.get(at).map_or(0, |sentence| sentence.units.ids.len());
            if gain >= FEWEST
                && gain * 100 >= n_units * SHARE
                && best.is_none_or(|(most, ..)| gain > most)
            {
                best = Some((gain, in_old, at));
            }
        }
        let Some((gain, in_old, at)) = best else {
            return;
        };
        let (range, free) = if in_old {
            (&mut group.old, &mut *old_free)
        } else {
            (&mut group.new, &mut *new_free)
        };
        range.start = range.start.min(at);
        range.end = range.end.max(at + 1);
        if let Some(cell) = free.get_mut(at) {
            *cell = false;
        }
        group.matched += gain;
    }
}

fn is_equal(group: &Group, olds: &[Sentence], news: &[Sentence]) -> bool {
    let units =
        |list: &[Sentence], at: usize| list.get(at).map(|sentence| sentence.units.ids.clone());
    units(olds, group.old.start) == units(news, group.new.start)
}

/// Words and marks equal on both sides.
fn matched(
    olds: &[Sentence],
    news: &[Sentence],
    old: &std::ops::Range<usize>,
    new: &std::ops::Range<usize>,
) -> usize {
    let units = |list: &[Sentence], range: &std::ops::Range<usize>| -> Vec<u32> {
        let part = list.get(range.clone()).unwrap_or_default();
        part.iter()
            .flat_map(|sentence| sentence.units.ids.iter().copied())
            .collect()
    };
    let (a, b) = (units(olds, old), units(news, new));
    if a.len().max(b.len()) > LONGEST {
        return 0;
    }
    let deleted: usize = differences(&a, &b).iter().map(|hunk| hunk.a.len()).sum();
    a.len() - deleted
}
