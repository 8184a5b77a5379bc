//! Similar words elsewhere: the last resort, for passages that were moved and edited.
//!
//! What is looked for is the sentence around the passage, because a few words alone resemble too much; where the old text was not kept, the part of the context that
//! belongs to that sentence. Every place with few errors is weighed by sentence, passage and neighbours. What comes out is for the reader to confirm.

use super::align::{Alignment, Fate};
use super::anchor::{Anchor, Anchoring, Method};
use super::approximate::{approximate, distance};
use super::elsewhere::shared_context;
use super::fold::{fold_str, folded};
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
/// Characters of context that count.
const NEIGHBOUR_CHARS: f32 = 32.0;
/// How far a sentence is looked for around a passage, in bytes.
const SENTENCE_MOST_BYTES: usize = 1200;

/// Where the passage of `target` probably stands in `now`.
pub(super) fn resembling(
    target: &Target,
    alignment: Option<&Alignment<'_>>,
    now: &str,
) -> Option<Anchoring> {
    let known = alignment.filter(|alignment| {
        alignment.then().get(target.position.bytes()) == Some(target.quote.exact.as_str())
    });
    let quote = &target.quote;
    let around;
    let (then, passage) = if let Some(alignment) = known {
        (alignment.then(), target.position)
    } else {
        around = [
            quote.prefix.as_str(),
            quote.exact.as_str(),
            quote.suffix.as_str(),
        ]
        .concat();
        let start = quote.prefix.len();
        let passage = TextRange::of(start, start + quote.exact.len());
        (around.as_str(), passage)
    };
    let unit = sentences_around(then, passage);
    let pattern: Vec<char> = folded(unit.of_text(then)).map(|letter| letter.c).collect();
    if !(LEAST_CHARS..=MOST_CHARS).contains(&pattern.len()) {
        return None;
    }
    let regions = known.map_or_else(
        || vec![TextRange::of(0, now.len())],
        |alignment| alignment.loose(unit),
    );
    let n_bytes: usize = regions.iter().map(|region| region.len() as usize).sum();
    let n_steps = n_bytes.saturating_mul(pattern.len().div_ceil(64));
    if n_steps > MOST_STEPS || alignment.is_some_and(|alignment| !alignment.spend(n_steps)) {
        return None;
    }
    let search = Search {
        quote,
        sentence: unit.of_text(then),
        passage: TextRange::new(passage.start - unit.start, passage.end - unit.start),
        pattern: &pattern,
        now,
    };
    let mut sentences: Vec<(usize, TextRange)> = Vec::new();
    for region in regions {
        match known {
            Some(alignment) => search.region(&alignment.folded(region), &mut sentences),
            None => search.region(&Stretch::new(now, region), &mut sentences),
        }
    }
    // Where a text says much the same in hundreds of sentences, the few that are most alike tell whether one stands out.
    sentences.sort_by_key(|(errors, range)| (*errors, range.start));
    let mut places: Vec<Place> = sentences
        .into_iter()
        .take(MOST_WEIGHED)
        .filter_map(|(errors, found)| {
            let like = 1.0 - errors as f32 / pattern.len() as f32;
            search.weigh(whole_words(now, found), like)
        })
        .collect();
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

struct Search<'a> {
    quote: &'a TextQuote,
    sentence: &'a str,
    /// In the sentence.
    passage: TextRange,
    /// The sentence without typography.
    pattern: &'a [char],
    now: &'a str,
}

impl Search<'_> {
    /// The sentences of a stretch that are like the one looked for, each with its errors.
    fn region(&self, stretch: &Stretch, sentences: &mut Vec<(usize, TextRange)>) {
        let most_errors = self.pattern.len() * ERRORS_PER_CENT / 100;
        // Even if all of a short stretch were the same, too much would be missing.
        if stretch.chars.len() + most_errors < self.pattern.len() {
            return;
        }
        for likeness in approximate(self.pattern, &stretch.chars, most_errors) {
            let found = stretch.source(likeness.start, likeness.end);
            sentences.extend(found.map(|found| (likeness.errors, found)));
        }
    }

    /// Where the passage stands in a sentence like its own.
    fn weigh(&self, sentence: TextRange, like: f32) -> Option<Place> {
        let fate = Alignment::new(self.sentence, sentence.of_text(self.now)).fate(self.passage);
        let range = match fate {
            Fate::Kept(range) | Fate::Changed(range) => range.shifted(sentence.start),
            Fate::Gone(_) => return None,
        };
        if range.is_empty() {
            return None;
        }
        let (errors, share) = unlike(&self.quote.exact, range.of_text(self.now));
        let (before, after) = shared_context(self.quote, self.now, range);
        let neighbours = ((before + after) as f32 / (2.0 * NEIGHBOUR_CHARS)).min(1.0);
        Some(Place {
            range,
            errors,
            score: 0.55 * like + 0.35 * (1.0 - share) + 0.1 * neighbours,
        })
    }
}

/// The sentences that `passage` touches, without the blanks around them.
fn sentences_around(text: &str, passage: TextRange) -> TextRange {
    let before = text.get(..passage.start as usize).unwrap_or_default();
    let floor = boundary(text, before.len().saturating_sub(SENTENCE_MOST_BYTES));
    let head = text.get(floor..passage.start as usize).unwrap_or_default();
    let start = sentence_ends(head).last().map_or(floor, |at| floor + at);
    let after = text.get(passage.end as usize..).unwrap_or_default();
    let ceiling = boundary(after, SENTENCE_MOST_BYTES.min(after.len()));
    // The last character of the passage may be the one that ends its sentence.
    let tail_from = text
        .get(..passage.end as usize)
        .and_then(|head| head.char_indices().next_back())
        .map_or(passage.end as usize, |(at, _)| at);
    let tail = text
        .get(tail_from..passage.end as usize + ceiling)
        .unwrap_or_default();
    let end = sentence_ends(tail)
        .map(|at| tail_from + at)
        .find(|at| *at >= passage.end as usize)
        .unwrap_or(passage.end as usize + ceiling);
    let unit = text.get(start..end).unwrap_or_default();
    let from = start + (unit.len() - unit.trim_start().len());
    let to = start + unit.trim_end().len();
    TextRange::of(from, to.max(from)).union(passage)
}

/// Where sentences end in `text`, after the blanks: at stops before blanks, and at line breaks that stand twice.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let (mut ended, mut blank, mut breaks) = (false, false, 0);
    text.char_indices().filter_map(move |(at, c)| {
        if c.is_whitespace() {
            blank = true;
            breaks += u32::from(c == '\n');
            return None;
        }
        let ends = blank && (ended || breaks > 1);
        ended = matches!(c, '.' | '!' | '?' | '。' | '！' | '？')
            || ended && !blank && matches!(c, '"' | '\'' | '”' | '’' | ')' | '»');
        // Scripts that write no blanks end a sentence at its stop.
        (blank, breaks) = (matches!(c, '。' | '！' | '？'), 0);
        ends.then_some(at)
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

/// The start of the character at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
