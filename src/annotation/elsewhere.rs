//! Words looked for by themselves, when comparing the versions did not lead to them.

use memchr::memmem;

use super::align::Alignment;
use super::anchoring::{Anchor, Anchoring, Method};
use super::fold::fold_str;
use super::rivals::{Fit, LEAST_LEAD, Run};
use super::stretch::Stretch;
use super::{Target, TextQuote};
use crate::text::TextRange;

/// Copies looked at; words that stand more often tell nothing.
const MOST_COPIES: usize = 256;
/// More text than this is not folded for a search.
const FOLD_MOST_BYTES: usize = 16 << 20;
/// Characters of the same context that tell a copy of a passage from its fellows.
const TELLING_CHARS: usize = 16;
/// Telling words in a row, of a passage and around it, that must be the same.
const LEAST_SAME: u32 = 5;
/// A longer passage is no chance.
const LONG_CHARS: usize = 40;
/// A passage shorter than this says too little without its context.
const SHORT_CHARS: usize = 20;
/// Places offered for an ambiguous passage.
pub(super) const MOST_OFFERED: usize = 16;

/// Where the words of a passage stand that the comparison lost: anywhere but where the words of other passages are known to be.
pub(super) fn by_words(target: &Target, alignment: &Alignment<'_>) -> Option<Anchoring> {
    let words = alignment.old.touched(target.position);
    let needle = alignment.old.ids.get(words.clone())?;
    if needle.is_empty() {
        return None;
    }
    let mut places: Vec<(Fit, Run)> = alignment
        .copies_in_new(needle)
        .into_iter()
        .map(|new| Run {
            old: words.start,
            new,
            n: needle.len(),
        })
        .filter(|run| !alignment.is_owned(*run))
        .map(|run| (alignment.around(run), run))
        .collect();
    // A stable sort: places of the same rank stay in text order.
    places.sort_by_key(|(fit, _)| std::cmp::Reverse(fit.total()));
    let range = |run: Run| {
        let (first, last) = (
            (run.old, run.new),
            (run.n - 1 + run.old, run.n - 1 + run.new),
        );
        alignment.laid().exact_edges(target.position, first, last)
    };
    let (fit, run) = *places.first()?;
    let best = range(run);
    let second = places.get(1).map(|(fit, _)| *fit);
    // Which of several copies was deleted, and which moved, their words do not tell.
    let may_be_another = || {
        let copies = alignment.copies_in_old(needle).into_iter();
        copies
            .filter(|old| *old != run.old)
            .map(|old| Run { old, ..run })
            .any(|other| {
                let is_longer = fit.same() >= alignment.around(other).same() + LEAST_LEAD;
                !is_longer && !alignment.fits_better(fit, other, run.old)
            })
    };
    let (before, after) = shared_context(&target.quote, alignment.now, best);
    let n_chars = target.quote.exact.chars().count();
    let anchor = if second.is_some_and(|second| !fit.beats(second)) {
        let offered = places.iter().take(MOST_OFFERED);
        Anchor::Ambiguous(offered.map(|(_, run)| range(*run)).collect())
    } else if before + after < TELLING_CHARS && n_chars < SHORT_CHARS
        || n_chars < LONG_CHARS && fit.same() < LEAST_SAME
        || may_be_another()
    {
        Anchor::Probable(best)
    } else {
        Anchor::Moved(best)
    };
    let n_context = target.quote.prefix.chars().count() + target.quote.suffix.chars().count();
    let share = (before + after) as f32 / n_context.max(1) as f32;
    let score = f32::midpoint(1.0, share);
    let lead = second.map_or(1.0, |second| {
        fit.total().saturating_sub(second.total()) as f32 / fit.total().max(1) as f32
    });
    Some(Anchoring {
        anchor,
        method: Some(Method::Quote),
        errors: 0,
        score,
        margin: score * lead,
    })
}

/// Where the words of a passage stand in a text, when nothing but the words and their context is known.
pub(super) fn by_text(target: &Target, now: &str) -> Option<Anchoring> {
    let mut places: Vec<(usize, bool, TextRange)> = copies(&target.quote, now)
        .into_iter()
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
    let anchor = match places.len() {
        1 if whole => Anchor::Unchanged(best),
        1 if telling || target.quote.exact.chars().count() >= SHORT_CHARS => Anchor::Moved(best),
        1 => Anchor::Probable(best),
        _ if telling && shared > second && shared >= second * 2 => Anchor::Moved(best),
        _ => Anchor::Ambiguous(
            places
                .iter()
                .take(MOST_OFFERED)
                .map(|(.., range)| *range)
                .collect(),
        ),
    };
    // The words are the same everywhere; what is weighed is how much of their context is.
    let all_context = target.quote.prefix.chars().count() + target.quote.suffix.chars().count();
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

/// Where the words of `quote` stand in `text`: letter for letter, else as they read without typography. Parts of longer words do not count.
fn copies(quote: &TextQuote, text: &str) -> Vec<TextRange> {
    if quote.exact.trim().is_empty() {
        return Vec::new();
    }
    let exact: Vec<TextRange> = memmem::find_iter(text.as_bytes(), quote.exact.as_bytes())
        .map(|at| TextRange::of(at, at + quote.exact.len()))
        .filter(|range| stands_alone(quote, text, *range))
        .take(MOST_COPIES)
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let needle = fold_str(&quote.exact);
    if needle.is_empty() || text.len() > FOLD_MOST_BYTES {
        return Vec::new();
    }
    let stretch = Stretch::new(text, TextRange::of(0, text.len()));
    memmem::find_iter(stretch.plain.as_bytes(), needle.as_bytes())
        .filter_map(|at| stretch.source_of_bytes(at, at + needle.len()))
        .filter(|range| stands_alone(quote, text, *range))
        .take(MOST_COPIES)
        .collect()
}

/// How many characters around `range` are those that stood around the quote: before it, and after it.
pub(super) fn shared_context(quote: &TextQuote, text: &str, range: TextRange) -> (usize, usize) {
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    let alike =
        |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    (
        alike(&mut quote.prefix.chars().rev().zip(before.chars().rev())),
        alike(&mut quote.suffix.chars().zip(after.chars())),
    )
}

/// Whether the words at `range` begin and end words where the quote did.
fn stands_alone(quote: &TextQuote, text: &str, range: TextRange) -> bool {
    // Scripts that write no blanks have no such ends.
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    let cut_open = letter(quote.prefix.chars().next_back());
    let cut_close = letter(quote.suffix.chars().next());
    let opens = letter(quote.exact.chars().next()) && !cut_open;
    let closes = letter(quote.exact.chars().next_back()) && !cut_close;
    !(opens && letter(before.chars().next_back()) || closes && letter(after.chars().next()))
}
