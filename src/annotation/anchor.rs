//! From a target made on one text to its place in another, and how sure that is.

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::Target;
use super::align::{Alignment, Fate};
use super::elsewhere::{copies, shared_context};
use super::fold::folded;
use super::resemblance::{resembling, unlike};
use super::twins::twins;
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

/// How a place was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The text is the same; so is the position.
    Position,
    /// The texts are the same but for quotation marks, dashes, hyphens and white space.
    Typography,
    /// The two texts were laid beside each other word by word.
    Comparison,
    /// The same words stand elsewhere.
    Quote,
    /// Similar words stand there.
    Resemblance,
    /// The reader said so.
    Reader,
}

impl Method {
    /// All, the surest first.
    pub const ALL: [Self; 6] = [
        Self::Position,
        Self::Typography,
        Self::Comparison,
        Self::Quote,
        Self::Resemblance,
        Self::Reader,
    ];

    /// As lists, exports and the store write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Typography => "typography",
            Self::Comparison => "comparison",
            Self::Quote => "quote",
            Self::Resemblance => "resemblance",
            Self::Reader => "reader",
        }
    }

    /// The method a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }
}

/// Where a target stands, how it was found, and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Anchoring {
    /// The place and its status.
    pub anchor: Anchor,
    /// How it was found; none for what is lost.
    pub method: Option<Method>,
    /// Characters in which the words there differ from those annotated, typography left out.
    pub errors: u32,
    /// How well the place fits, 0 to 1.
    pub score: f32,
    /// By how much it fits better than the second best, 0 to 1; the score itself where there is no second.
    pub margin: f32,
}

impl Anchoring {
    /// A place there is no doubt about.
    pub(super) const fn certain(anchor: Anchor, method: Method) -> Self {
        Self {
            anchor,
            method: Some(method),
            errors: 0,
            score: 1.0,
            margin: 1.0,
        }
    }

    /// Nowhere; the passage stood near the byte at `near`.
    pub const fn lost(near: u32) -> Self {
        Self {
            anchor: Anchor::Lost {
                near: TextRange::empty(near),
            },
            method: None,
            errors: 0,
            score: 0.0,
            margin: 0.0,
        }
    }
}

/// Characters of the same context that tell a copy of a passage from its fellows.
const TELLING_CHARS: usize = 16;
/// A passage shorter than this says too little without its context.
const SHORT_CHARS: usize = 20;
/// Places offered for an ambiguous passage.
const MOST_OFFERED: usize = 16;

/// Where the passage of `target` stands in `now`; as [`locate`], without how it was found.
pub fn anchor(target: &Target, then: Option<&str>, now: &Document) -> Anchor {
    locate(target, then, now).anchor
}

/// As [`anchor`], with the two texts compared beforehand; for many targets made on the same text.
pub fn anchor_aligned(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &Document,
) -> Anchor {
    locate_aligned(target, alignment, now).anchor
}

/// Finds the passage of `target` in `now`; `then` is the text it was made on, where that was kept.
///
/// In this order: the same text; equal but for typography and white space; word by word from the old text to the new; the same words elsewhere; similar words
/// elsewhere. The last is never more than [`Anchor::Probable`]: words that only resemble the passage are never silently taken for it.
pub fn locate(target: &Target, then: Option<&str>, now: &Document) -> Anchoring {
    if let Some(same) = in_same_text(target, now) {
        return same;
    }
    if let Some(range) = then.and_then(|then| in_same_words(target.position, then, &now.text)) {
        return Anchoring::certain(Anchor::Unchanged(range), Method::Typography);
    }
    let alignment = then.map(|then| Alignment::new(then, &now.text));
    locate_aligned(target, alignment.as_ref(), now)
}

/// As [`locate`], with the two texts compared beforehand; for many targets made on the same text.
pub fn locate_aligned(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &Document,
) -> Anchoring {
    if let Some(same) = in_same_text(target, now) {
        return same;
    }
    let near = match alignment.map(|alignment| alignment.fate(target.position)) {
        Some(Fate::Kept(range)) => {
            let sure = Anchoring::certain(Anchor::Unchanged(range), Method::Comparison);
            let same = alignment
                .map(|alignment| twins(target, alignment, &now.text, range))
                .unwrap_or_default();
            let anchor = match same.len() {
                0 => return sure,
                1 => Anchor::Probable(range),
                _ => Anchor::Ambiguous(same.into_iter().take(MOST_OFFERED).collect()),
            };
            return Anchoring {
                anchor,
                score: 0.5,
                margin: 0.0,
                ..sure
            };
        }
        Some(Fate::Changed(range)) => {
            let (errors, share) = unlike(&target.quote.exact, range.of_text(&now.text));
            return Anchoring {
                anchor: Anchor::Edited(range),
                method: Some(Method::Comparison),
                errors,
                score: 1.0 - share,
                margin: 1.0 - share,
            };
        }
        Some(Fate::Gone(near)) => near,
        None => char_start(&now.text, target.position.start),
    };
    elsewhere(target, alignment, &now.text)
        .or_else(|| resembling(target, alignment, &now.text))
        .unwrap_or_else(|| Anchoring::lost(near))
}

fn in_same_text(target: &Target, now: &Document) -> Option<Anchoring> {
    let stands = now.revision == target.revision
        && now.text.get(target.position.bytes()) == Some(target.quote.exact.as_str());
    stands.then_some(Anchoring::certain(
        Anchor::Unchanged(target.position),
        Method::Position,
    ))
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

fn elsewhere(target: &Target, alignment: Option<&Alignment<'_>>, now: &str) -> Option<Anchoring> {
    let mut places: Vec<(usize, bool, TextRange)> = copies(
        &target.quote,
        now,
        alignment.map(|alignment| (alignment, target.position)),
    )
    .into_iter()
    .filter(|range| !alignment.is_some_and(|alignment| alignment.is_other(*range, target.position)))
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
    // Which of several copies was deleted, and which moved, their words do not tell.
    let had_copies = alignment.is_some_and(|alignment| {
        let exact = target.quote.exact.as_bytes();
        let copies = memmem::find_iter(alignment.then().as_bytes(), exact);
        copies.take(places.len() + 1).count() > places.len()
    });
    let all_context = target.quote.prefix.chars().count() + target.quote.suffix.chars().count();
    let anchor = match places.len() {
        1 if had_copies && shared < all_context => Anchor::Probable(best),
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
    };
    // The words are the same everywhere; what is weighed is how much of their context is.
    let share = |n: usize| n as f32 / all_context.max(1) as f32;
    let score = f32::midpoint(1.0, share(shared));
    let margin = match places.len() {
        1 => score,
        _ => share(shared.saturating_sub(second)) / 2.0,
    };
    Some(Anchoring {
        anchor,
        method: Some(Method::Quote),
        errors: 0,
        score,
        margin,
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
