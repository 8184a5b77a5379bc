//! Words looked for in the whole text by themselves, when comparing the versions did not lead to them.

use memchr::memmem;

use super::TextQuote;
use super::align::Alignment;
use super::fold::fold_str;
use super::stretch::Stretch;
use crate::text::TextRange;

/// Copies looked at; words that stand more often tell nothing.
const MOST_COPIES: usize = 256;
/// More text than this is not folded for a search.
const FOLD_MOST_BYTES: usize = 16 << 20;

/// Where the words of `quote` stand in `text`: letter for letter, else as they read without typography. Parts of longer words do not count.
///
/// With an `alignment` words without their typography are looked for in what is new in the text alone.
pub(super) fn copies(
    quote: &TextQuote,
    text: &str,
    alignment: Option<(&Alignment<'_>, TextRange)>,
) -> Vec<TextRange> {
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
    if needle.is_empty() {
        return Vec::new();
    }
    let loose = alignment.map_or_else(
        || vec![TextRange::of(0, text.len())],
        |(alignment, passage)| alignment.loose(passage),
    );
    let n_bytes: usize = loose.iter().map(|stretch| stretch.len() as usize).sum();
    if n_bytes > FOLD_MOST_BYTES {
        return exact;
    }
    let found = loose.into_iter().flat_map(|range| match alignment {
        Some((alignment, _)) => folded_copies(quote, &needle, text, &alignment.folded(range)),
        None => folded_copies(quote, &needle, text, &Stretch::new(text, range)),
    });
    found.take(MOST_COPIES).collect()
}

fn folded_copies(quote: &TextQuote, needle: &str, text: &str, stretch: &Stretch) -> Vec<TextRange> {
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
