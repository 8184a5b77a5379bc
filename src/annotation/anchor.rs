//! From a target made on one text to its place in another, and how sure that is.

use serde::{Deserialize, Serialize};

use super::Target;
use super::align::{Alignment, Fate};
use super::elsewhere::{copies, shared_context};
use super::fold::folded;
use crate::document::Document;
use crate::text::TextRange;

/// Where a target stands in the present text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// The same words at the same place, or carried along by changes around them.
    Unchanged(TextRange),
    /// The same place, some words changed.
    Edited(TextRange),
    /// The same words elsewhere.
    Moved(TextRange),
    /// The same words in several places; the reader must choose.
    Ambiguous(Vec<TextRange>),
    /// Similar words; the reader must confirm.
    Probable(TextRange),
    /// Not found; it used to stand near here.
    Lost {
        /// An empty range.
        near: TextRange,
    },
}

impl Anchor {
    /// Where to show it in the text; an ambiguous one at its first candidate, a lost one nowhere.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Unchanged(range)
            | Self::Edited(range)
            | Self::Moved(range)
            | Self::Probable(range) => Some(*range),
            Self::Ambiguous(ranges) => ranges.first().copied(),
            Self::Lost { .. } => None,
        }
    }

    /// The status as lists and exports write it.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Unchanged(_) => "unchanged",
            Self::Edited(_) => "edited",
            Self::Moved(_) => "moved",
            Self::Ambiguous(_) => "ambiguous",
            Self::Probable(_) => "probable",
            Self::Lost { .. } => "lost",
        }
    }
}

/// Characters of the same context that tell a copy of a passage from its fellows.
const TELLING_CHARS: usize = 16;
/// A passage shorter than this says too little without its context.
const SHORT_CHARS: usize = 20;
/// Places offered for an ambiguous passage.
const MOST_OFFERED: usize = 16;

/// Finds the passage of `target` in `now`; `then` is the text it was made on, where that was kept.
///
/// In this order: the same text; equal but for typography and white space; word by word from the old text to the new; the same words elsewhere.
/// Words that only resemble the passage are never taken for it.
pub fn anchor(target: &Target, then: Option<&str>, now: &Document) -> Anchor {
    if let Some(same) = in_same_text(target, now) {
        return same;
    }
    if let Some(range) = then.and_then(|then| in_same_words(target.position, then, &now.text)) {
        return Anchor::Unchanged(range);
    }
    let alignment = then.map(|then| Alignment::new(then, &now.text));
    anchor_aligned(target, alignment.as_ref(), now)
}

/// As [`anchor`], with the two texts compared beforehand; for many targets made on the same text.
pub fn anchor_aligned(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &Document,
) -> Anchor {
    if let Some(same) = in_same_text(target, now) {
        return same;
    }
    let near = match alignment.map(|alignment| alignment.fate(target.position)) {
        Some(Fate::Kept(range)) => return Anchor::Unchanged(range),
        Some(Fate::Changed(range)) => return Anchor::Edited(range),
        Some(Fate::Gone(near)) => near,
        None => char_start(&now.text, target.position.start),
    };
    elsewhere(target, alignment, &now.text).unwrap_or(Anchor::Lost {
        near: TextRange::empty(near),
    })
}

fn in_same_text(target: &Target, now: &Document) -> Option<Anchor> {
    let stands = now.revision == target.revision
        && now.text.get(target.position.bytes()) == Some(target.quote.exact.as_str());
    stands.then_some(Anchor::Unchanged(target.position))
}

/// The place of `passage` in `now`, if both texts are the same but for typography.
fn in_same_words(passage: TextRange, then: &str, now: &str) -> Option<TextRange> {
    let (mut old, mut new) = (folded(then), folded(now));
    let mut found: Option<TextRange> = None;
    loop {
        match (old.next(), new.next()) {
            (None, None) => return found,
            (Some(a), Some(b)) if a.c == b.c => {
                if passage.covers(a.from) {
                    found = Some(found.map_or(b.from, |found| found.union(b.from)));
                }
            }
            _ => return None,
        }
    }
}

fn elsewhere(target: &Target, alignment: Option<&Alignment<'_>>, now: &str) -> Option<Anchor> {
    let mut places: Vec<(usize, bool, TextRange)> = copies(&target.quote, now)
        .into_iter()
        .filter(|range| {
            !alignment.is_some_and(|alignment| alignment.is_other(*range, target.position))
        })
        .map(|range| {
            let (before, after) = shared_context(&target.quote, now, range);
            let whole = before >= TELLING_CHARS.min(target.quote.prefix.chars().count())
                && after >= TELLING_CHARS.min(target.quote.suffix.chars().count());
            (before + after, whole, range)
        })
        .collect();
    // A stable sort: places of the same rank stay in text order.
    places.sort_by_key(|(shared, ..)| std::cmp::Reverse(*shared));
    let (shared, whole, best) = *places.first()?;
    let second = places.get(1).map_or(0, |(shared, ..)| *shared);
    let telling = whole || shared >= TELLING_CHARS;
    Some(match places.len() {
        1 if whole && alignment.is_none() => Anchor::Unchanged(best),
        1 if telling || target.quote.exact.chars().count() >= SHORT_CHARS => Anchor::Moved(best),
        1 => Anchor::Probable(best),
        _ if telling && shared >= second * 2 => Anchor::Moved(best),
        _ => Anchor::Ambiguous(
            places
                .iter()
                .take(MOST_OFFERED)
                .map(|(.., range)| *range)
                .collect(),
        ),
    })
}

/// The start of the character at or before `at`, or the end of the text.
fn char_start(text: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

#[cfg(test)]
mod tests;
