//! The published method of a well-known web annotator, written from its description.
//!
//! Selectors are tried in this order: the paragraph and the offset in it, the position in the text (both only count if the words there are the quotation), then the quotation. For that
//! every exact copy is a candidate; where there is none, the places with the fewest errors, up to half of the quotation's length and 256. The candidate with the best sum of
//! quotation (50), 32 characters of prefix (20) and suffix (20), and nearness (2) is taken, however low that is.

use postil::annotation::approximate;
use postil::text::TextRange;

const CONTEXT: usize = 32;
const MOST_ERRORS: usize = 256;

/// A text as the method looks at it: characters, and the byte each begins at.
pub(crate) struct Text {
    chars: Vec<char>,
    bytes: Vec<u32>,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        let ends = std::iter::once(text.len() as u32);
        Self {
            chars: text.chars().collect(),
            bytes: text
                .char_indices()
                .map(|(at, _)| at as u32)
                .chain(ends)
                .collect(),
        }
    }

    fn char_at(&self, byte: u32) -> usize {
        self.bytes.partition_point(|at| *at < byte)
    }

    fn slice(&self, start: usize, end: usize) -> &[char] {
        let end = end.min(self.chars.len());
        self.chars.get(start.min(end)..end).unwrap_or_default()
    }

    fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        Some(TextRange::new(
            *self.bytes.get(start)?,
            *self.bytes.get(end)?,
        ))
    }

    /// The number of the paragraph at a place, and where it begins.
    fn paragraph(&self, at: usize) -> (usize, usize) {
        let before = self.slice(0, at);
        let n = before.iter().filter(|c| **c == '\n').count();
        let start = before.iter().rposition(|c| *c == '\n');
        (n, start.map_or(0, |at| at + 1))
    }

    /// Where the paragraph of a number begins.
    fn start_of(&self, paragraph: usize) -> Option<usize> {
        if paragraph == 0 {
            return Some(0);
        }
        let breaks = self.chars.iter().enumerate().filter(|(_, c)| **c == '\n');
        breaks.map(|(at, _)| at + 1).nth(paragraph - 1)
    }
}

/// Where the method finds the passage at `quote` of the old text in the new one.
pub(crate) fn find(then: &Text, now: &Text, quote: TextRange) -> Option<TextRange> {
    let (start, end) = (then.char_at(quote.start), then.char_at(quote.end));
    let exact = then.slice(start, end);
    let (paragraph, begins) = then.paragraph(start);
    let by_paragraph = now.start_of(paragraph).map(|at| at + (start - begins));
    for at in [by_paragraph, Some(start)].into_iter().flatten() {
        if now.slice(at, at + exact.len()) == exact {
            return now.range(at, at + exact.len());
        }
    }
    let prefix = then.slice(start.saturating_sub(CONTEXT), start);
    let suffix = then.slice(end, end + CONTEXT);
    let mut candidates = exact_copies(exact, &now.chars);
    if candidates.is_empty() {
        let most = MOST_ERRORS.min(exact.len() / 2);
        let found = approximate(exact, &now.chars, most);
        let fewest = found.iter().map(|place| place.errors).min()?;
        candidates = found
            .iter()
            .filter(|place| place.errors == fewest)
            .map(|place| (place.start, place.end, place.errors))
            .collect();
    }
    let score = |(from, to, errors): (usize, usize, usize)| {
        let share = |part: f64, whole: usize| part / whole.max(1) as f64;
        let quote = 1.0 - share(errors as f64, exact.len());
        let before = likeness(prefix, now.slice(from.saturating_sub(prefix.len()), from));
        let after = likeness(suffix, now.slice(to, to + suffix.len()));
        let near = 1.0 - share(from.abs_diff(start) as f64, now.chars.len());
        (50.0 * quote + 20.0 * before + 20.0 * after + 2.0 * near) / 92.0
    };
    let best = candidates
        .into_iter()
        .max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
    now.range(best.0, best.1)
}

fn exact_copies(exact: &[char], text: &[char]) -> Vec<(usize, usize, usize)> {
    text.windows(exact.len().max(1))
        .enumerate()
        .filter(|(_, window)| *window == exact)
        .map(|(at, _)| (at, at + exact.len(), 0))
        .collect()
}

/// How much a stretch of text holds what is looked for, 0 to 1; context that is not there counts as found.
fn likeness(wanted: &[char], text: &[char]) -> f64 {
    if wanted.is_empty() {
        return 1.0;
    }
    let found = approximate(wanted, text, wanted.len());
    let errors = found.iter().map(|place| place.errors).min();
    1.0 - errors.unwrap_or(wanted.len()) as f64 / wanted.len() as f64
}
