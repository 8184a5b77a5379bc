//! Stretches of a new text that share rare words, in much the same order, with a sentence of the old one.

use std::ops::Range;

use super::align::Alignment;
use super::diff;
use crate::text::TextRange;

/// A sentence with more words is not looked for.
const MOST_WORDS: usize = 1024;
/// Words that stand more often in the new text lead nowhere.
const MOST_PLACES: usize = 48;
/// Stretches that are laid beside the sentence.
const MOST_CANDIDATES: usize = 4;
/// Words of the sentence that a stretch shares at least, and which share of the rare ones.
const LEAST_SHARED: u32 = 3;
/// Words looked at on each side of a stretch, beyond those that lead to it.
const MORE_WORDS: usize = 6;
/// A stretch less alike is none.
const LEAST_LIKE: f32 = 0.45;

/// A stretch of the new text.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Which of them the words of the sentence became, counted from the first of each.
    pub(super) became: Vec<Option<u32>>,
    /// How much of the two is the same, 0 to 1.
    pub(super) like: f32,
}

/// The stretches most like the old words `sentence`, in which no word is known to come from outside it.
pub(super) fn candidates(alignment: &Alignment<'_>, sentence: &Range<usize>) -> Vec<Candidate> {
    let Some(ids) = alignment.old.ids.get(sentence.clone()) else {
        return Vec::new();
    };
    if ids.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let places = alignment.in_new.of(*id);
        if places.len() <= MOST_PLACES {
            let free = places.iter().map(|new| *new as usize);
            let free = free.filter(|new| !alignment.is_taken(*new, sentence));
            shared.extend(free.map(|new| (new, index)));
        }
    }
    shared.sort_unstable();
    let width = ids.len() + ids.len() / 2 + MORE_WORDS;
    let mut found = Vec::new();
    for _ in 0..MOST_CANDIDATES {
        let Some(window) = densest(&shared, width, ids.len()) else {
            break;
        };
        found.extend(candidate(alignment, sentence, ids, &shared, &window));
        shared.drain(window);
    }
    found
}

/// The part of `shared` that has the most words of the sentence in so many words of the text.
fn densest(shared: &[(usize, usize)], width: usize, n_words: usize) -> Option<Range<usize>> {
    let mut seen = vec![0_u32; n_words];
    let (mut start, mut n) = (0, 0);
    let mut best: Option<(u32, Range<usize>)> = None;
    for (end, (new, index)) in shared.iter().enumerate() {
        while let Some((first, left)) = shared.get(start).filter(|(first, _)| first + width <= *new)
        {
            let _ = first;
            if let Some(times) = seen.get_mut(*left) {
                *times -= 1;
                n -= u32::from(*times == 0);
            }
            start += 1;
        }
        if let Some(times) = seen.get_mut(*index) {
            n += u32::from(*times == 0);
            *times += 1;
        }
        if best.as_ref().is_none_or(|(most, _)| n > *most) {
            best = Some((n, start..end + 1));
        }
    }
    best.filter(|(n, _)| *n >= LEAST_SHARED)
        .map(|(_, window)| window)
}

fn candidate(
    alignment: &Alignment<'_>,
    sentence: &Range<usize>,
    ids: &[u32],
    shared: &[(usize, usize)],
    window: &Range<usize>,
) -> Option<Candidate> {
    let (first, before) = *shared.get(window.start)?;
    let (last, at) = *shared.get(window.end.checked_sub(1)?)?;
    let after = ids.len().saturating_sub(at);
    let from = first.saturating_sub(before + MORE_WORDS);
    let to = (last + 1 + after + MORE_WORDS).min(alignment.new.ids.len());
    // A number no old word has, for words that are others'.
    let others = ids.iter().max().map_or(0, |most| most + 1);
    let new: Vec<u32> = (from..to)
        .map(|new| match alignment.new.ids.get(new) {
            Some(id) if !alignment.is_taken(new, sentence) => (*id).min(others),
            Some(_) | None => others,
        })
        .collect();
    let became = diff::matches(ids, &new);
    let kept = || became.iter().enumerate().filter(|(_, new)| new.is_some());
    let (start, end) = (
        kept().find_map(|(_, new)| *new)? as usize,
        kept().filter_map(|(_, new)| *new).next_back()? as usize + 1,
    );
    let letters = |words: &[TextRange]| -> u32 { words.iter().map(|word| word.len()).sum() };
    let old_ranges = alignment.old.ranges.get(sentence.clone())?;
    let n_kept: u32 = kept()
        .filter_map(|(old, _)| old_ranges.get(old))
        .map(|word| word.len())
        .sum();
    let n_old = letters(old_ranges);
    let n_new = letters(alignment.new.ranges.get(from + start..from + end)?);
    let like = 2.0 * n_kept as f32 / (n_old + n_new).max(1) as f32;
    (like >= LEAST_LIKE).then(|| Candidate {
        words: from + start..from + end,
        became: became
            .iter()
            .map(|new| new.map(|new| new - start as u32))
            .collect(),
        like,
    })
}
