//! Similar words elsewhere: the last resort, for passages that were moved and edited.
//!
//! What is looked for is the sentence around the passage, because a few words alone resemble too much: by the rare words that it shares with what is new in the text; where
//! the old text was not kept, letter by letter, the part of the context that belongs to that sentence. Every place is weighed by sentence, passage and neighbours. What
//! comes out is for the reader to confirm.

use super::align::Alignment;
use super::anchoring::{Anchor, Anchoring, Method};
use super::approximate::{approximate, distance};
use super::candidates::candidates;
use super::elsewhere::shared_context;
use super::fold::{fold_str, folded};
use super::laid::{Fate, Laid};
use super::sentence::sentences_around;
use super::stretch::Stretch;
use super::{Target, TextQuote};
use crate::text::TextRange;

/// A sentence shorter than this resembles too many.
const LEAST_CHARS: usize = 32;
/// A longer one is not looked for: comparing the texts finds what there is of it.
const MOST_CHARS: usize = 4096;
/// Errors allowed in a hundred characters of the sentence.
const ERRORS_PER_CENT: usize = 40;
/// By how much the best place must fit better than the second best.
const LEAST_MARGIN: f32 = 0.1;
/// A place that fits less well is none.
const LEAST_SCORE: f32 = 0.5;
/// Characters of the text times blocks of the sentence looked at in one search.
const MOST_STEPS: usize = 1 << 25;
/// Sentences whose words are laid beside those of the old one, the most alike first.
const MOST_WEIGHED: usize = 24;
/// How much of a sentence may stand before or after what of it was found.
const EDGE_MOST_BYTES: u32 = 24;
/// Characters of context that count.
const NEIGHBOUR_CHARS: f32 = 32.0;

/// Where the passage of `target` probably stands in the new text of `alignment`.
pub(super) fn by_words(target: &Target, alignment: &Alignment<'_>) -> Option<Anchoring> {
    let unit = sentences_around(alignment.then, target.position);
    if !(LEAST_CHARS..=MOST_CHARS).contains(&(unit.len() as usize)) {
        return None;
    }
    let words = alignment.old.touched(unit);
    let places = candidates(alignment, &words)
        .into_iter()
        .filter_map(|found| {
            let laid = Laid {
                then: alignment.then,
                now: alignment.now,
                old: alignment.old.ranges.get(words.clone())?,
                new: alignment.new.ranges.get(found.words)?,
                became: &found.became,
            };
            let place = laid.fate(target.position, |_| 0);
            let place = to_edges(alignment.now, target.position, unit, place);
            weigh(&target.quote, alignment.now, place, found.like)
        });
    best(places.collect())
}

/// A place that begins or ends where its sentence does, if the passage did: words there that were changed, or are others' too, belong to it.
fn to_edges(now: &str, passage: TextRange, unit: TextRange, place: Fate) -> Fate {
    let (Fate::Kept(range) | Fate::Changed(range)) = place else {
        return place;
    };
    let sentence = sentences_around(now, range);
    let near = |a: u32, b: u32| a.abs_diff(b) <= EDGE_MOST_BYTES;
    let mut whole = range;
    if passage.start == unit.start && near(sentence.start, range.start) {
        whole.start = sentence.start;
    }
    if passage.end == unit.end && near(sentence.end, range.end) {
        whole.end = sentence.end;
    }
    if whole == range {
        place
    } else {
        Fate::Changed(whole)
    }
}

/// Where the passage of `target` probably stands in `now`, when nothing but the words and their context is known.
pub(super) fn by_text(target: &Target, now: &str) -> Option<Anchoring> {
    let quote = &target.quote;
    let then = [
        quote.prefix.as_str(),
        quote.exact.as_str(),
        quote.suffix.as_str(),
    ]
    .concat();
    let start = quote.prefix.len();
    let passage = TextRange::of(start, start + quote.exact.len());
    let unit = sentences_around(&then, passage);
    let sentence = unit.of_text(&then);
    let pattern: Vec<char> = folded(sentence).map(|letter| letter.c).collect();
    if !(LEAST_CHARS..=MOST_CHARS).contains(&pattern.len())
        || now.len().saturating_mul(pattern.len().div_ceil(64)) > MOST_STEPS
    {
        return None;
    }
    let passage = TextRange::new(passage.start - unit.start, passage.end - unit.start);
    let stretch = Stretch::new(now, TextRange::of(0, now.len()));
    let most_errors = pattern.len() * ERRORS_PER_CENT / 100;
    let mut found = approximate(&pattern, &stretch.chars, most_errors);
    // Where a text says much the same in hundreds of sentences, the few that are most alike tell whether one stands out.
    found.sort_by_key(|place| (place.errors, place.start));
    let places = found.into_iter().take(MOST_WEIGHED).filter_map(|place| {
        let found = whole_words(now, stretch.source(place.start, place.end)?);
        let like = 1.0 - place.errors as f32 / pattern.len() as f32;
        let part = Alignment::new(sentence, found.of_text(now));
        let fate = match part.fate(passage) {
            Fate::Kept(range) => Fate::Kept(range.shifted(found.start)),
            Fate::Changed(range) => Fate::Changed(range.shifted(found.start)),
            other @ (Fate::Part(_) | Fate::Gone(_)) => other,
        };
        weigh(quote, now, fate, like)
    });
    best(places.collect())
}

/// How many characters two passages differ in, typography left out, and which share of the longer one that is.
pub(super) fn unlike(a: &str, b: &str) -> (u32, f32) {
    let plain = |text: &str| -> Vec<char> { fold_str(text).chars().collect() };
    let (a, b) = (plain(a), plain(b));
    let longer = a.len().max(b.len());
    // Past that the length of what differs is told, not what of it is the same after all.
    let errors = if longer > MOST_CHARS {
        let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        let rest = (a.iter().rev().zip(b.iter().rev()))
            .take(a.len().min(b.len()) - same)
            .take_while(|(a, b)| a == b)
            .count();
        longer - same - rest
    } else {
        distance(&a, &b)
    };
    (errors as u32, errors as f32 / longer.max(1) as f32)
}

#[derive(Clone, Copy)]
struct Place {
    range: TextRange,
    errors: u32,
    score: f32,
}

/// How well the place of the passage in a sentence like its own fits.
fn weigh(quote: &TextQuote, now: &str, fate: Fate, like: f32) -> Option<Place> {
    let range = match fate {
        Fate::Kept(range) | Fate::Changed(range) => range,
        Fate::Part(_) | Fate::Gone(_) => return None,
    };
    if range.is_empty() {
        return None;
    }
    let (errors, share) = unlike(&quote.exact, range.of_text(now));
    let (before, after) = shared_context(quote, now, range);
    let neighbours = ((before + after) as f32 / (2.0 * NEIGHBOUR_CHARS)).min(1.0);
    Some(Place {
        range,
        errors,
        score: 0.55 * like + 0.35 * (1.0 - share) + 0.1 * neighbours,
    })
}

/// The place that stands out, if one does.
fn best(mut places: Vec<Place>) -> Option<Anchoring> {
    places.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = *places.first()?;
    let second = places
        .iter()
        .find(|place| !place.range.overlaps(best.range))
        .map_or(0.0, |place| place.score);
    let margin = best.score - second;
    (margin >= LEAST_MARGIN && best.score >= LEAST_SCORE).then_some(Anchoring {
        anchor: Anchor::Probable(best.range),
        method: Some(Method::Resemblance),
        errors: best.errors,
        score: best.score,
        margin,
    })
}

/// `range` widened to the blanks around it, a word at most.
fn whole_words(text: &str, range: TextRange) -> TextRange {
    const WORD_MOST_BYTES: usize = 64;
    let bytes = text.as_bytes();
    let is_blank = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let (mut start, mut end) = (range.start as usize, range.end as usize);
    let (low, high) = (
        start.saturating_sub(WORD_MOST_BYTES),
        (end + WORD_MOST_BYTES).min(text.len()),
    );
    while start > low && !is_blank(start - 1) {
        start -= 1;
    }
    while end < high && !is_blank(end) {
        end += 1;
    }
    if text.is_char_boundary(start) && text.is_char_boundary(end) {
        TextRange::of(start, end)
    } else {
        range
    }
}
