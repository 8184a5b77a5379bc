//! What an annotation points at: `TextPositionSelector` and `TextQuoteSelector` of the W3C Web Annotation model, with document and revision.

use memchr::memmem;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::document::{DocId, Document, Revision};
use crate::text::TextRange;

/// The store's number for an annotation or a bookmark; never used again after a delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(pub i64);

/// A passage, described so that it can be found again in a changed text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The place the document was read from.
    pub doc: DocId,
    /// The text that `position` points into.
    pub revision: Revision,
    /// Where the passage stands in that text.
    pub position: TextRange,
    /// Its words and what stands around them.
    pub quote: TextQuote,
}

/// A passage by its words (W3C `TextQuoteSelector`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct TextQuote {
    /// The passage itself.
    pub exact: String,
    /// At least 32 code points before it, or all there is, cut between graphemes.
    pub prefix: String,
    /// The same after it.
    pub suffix: String,
}

/// Code points of context a quote gets at least, on each side.
const CONTEXT_CHARS: usize = 32;
/// Code points of context it gets at most, however often the words and what surrounds them repeat.
const CONTEXT_MOST_CHARS: usize = 512;
/// A grapheme longer than this is no letter but an attack; context is cut inside it.
const GRAPHEME_MOST_BYTES: usize = 1024;

impl Target {
    /// Describes the passage at `range` so that it can be found again.
    ///
    /// Context starts at 32 code points a side and doubles until passage and context together stand once in the text, up to 512.
    pub fn new(document: &Document, range: TextRange) -> Self {
        Self {
            doc: document.id,
            revision: document.revision,
            position: range,
            quote: TextQuote::new(&document.text, range),
        }
    }
}

impl TextQuote {
    /// The words with what stands around them.
    pub fn excerpt(&self) -> String {
        [&*self.prefix, &self.exact, &self.suffix].concat()
    }

    /// The words at `range` of `text` with their context, as [`Target::new`] takes them.
    pub fn new(text: &str, range: TextRange) -> Self {
        let exact = range.of_text(text);
        let before = text.get(..range.start as usize).unwrap_or_default();
        let after = text.get(range.end as usize..).unwrap_or_default();
        let mut n_chars = CONTEXT_CHARS;
        loop {
            let (prefix, suffix) = (tail(before, n_chars), head(after, n_chars));
            let needle = [prefix, exact, suffix].concat();
            let whole = prefix.len() == before.len() && suffix.len() == after.len();
            if whole || n_chars >= CONTEXT_MOST_CHARS || stands_once(text, &needle) {
                return Self {
                    exact: exact.to_owned(),
                    prefix: prefix.to_owned(),
                    suffix: suffix.to_owned(),
                };
            }
            n_chars *= 2;
        }
    }
}

fn stands_once(text: &str, needle: &str) -> bool {
    let Some(first) = memmem::find(text.as_bytes(), needle.as_bytes()) else {
        return true;
    };
    let rest = text.as_bytes().get(first + 1..).unwrap_or_default();
    memmem::find(rest, needle.as_bytes()).is_none()
}

/// At least the last `n_chars` code points of `text`, cut between graphemes.
fn tail(text: &str, n_chars: usize) -> &str {
    let mut reach = text.len().saturating_sub(n_chars * 4 + GRAPHEME_MOST_BYTES);
    while !text.is_char_boundary(reach) {
        reach += 1;
    }
    let window = text.get(reach..).unwrap_or_default();
    let (mut seen, mut bytes) = (0, 0);
    for grapheme in window.graphemes(true).rev() {
        if seen >= n_chars {
            break;
        }
        seen += grapheme.chars().count();
        bytes += grapheme.len();
    }
    text.get(text.len() - bytes..).unwrap_or_default()
}

/// At least the first `n_chars` code points of `text`, cut between graphemes.
fn head(text: &str, n_chars: usize) -> &str {
    let mut reach = (n_chars * 4 + GRAPHEME_MOST_BYTES).min(text.len());
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let window = text.get(..reach).unwrap_or_default();
    let (mut seen, mut bytes) = (0, 0);
    for grapheme in window.graphemes(true) {
        if seen >= n_chars {
            break;
        }
        seen += grapheme.chars().count();
        bytes += grapheme.len();
    }
    text.get(..bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quote(text: &str, exact: &str) -> TextQuote {
        let at = text.find(exact).unwrap();
        TextQuote::new(text, TextRange::of(at, at + exact.len()))
    }

    #[test]
    fn context_is_all_there_is_in_a_short_text() {
        let quote = quote("We strongly condemn it.", "condemn");
        assert_eq!(
            (quote.prefix.as_str(), quote.suffix.as_str()),
            ("We strongly ", " it.")
        );
    }

    #[test]
    fn context_grows_until_the_passage_is_told_apart() {
        let same = "the same words again and again ".repeat(4);
        let text = format!("One {same}here. Two {same}there. ");
        let second = text.rfind("again").unwrap();
        let quote = TextQuote::new(&text, TextRange::of(second, second + 5));
        assert!(quote.suffix.starts_with(" there"));
        let quote = TextQuote::new(&text, TextRange::of(40, 45));
        assert!(quote.prefix.chars().count() > 32, "{}", quote.prefix);
    }

    #[test]
    fn context_is_never_cut_inside_a_grapheme() {
        let family = "👩\u{200d}👩\u{200d}👧";
        let text = format!("{}X{}", family.repeat(40), "e\u{301}".repeat(40));
        let quote = quote(&text, "X");
        assert!(quote.prefix.starts_with(family));
        assert_eq!(quote.prefix.chars().count() % 5, 0);
        assert!(quote.suffix.ends_with('\u{301}'));
    }

    proptest! {
        #[test]
        fn context_touches_the_passage(text in "[ab é漢🙂\u{301}\n]{0,400}", from in 0_usize..400, to in 0_usize..400) {
            let at: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (at[from % at.len()], at[to % at.len()]);
            let range = TextRange::of(from, to);
            let quote = TextQuote::new(&text, range);
            prop_assert_eq!(&quote.exact, range.of_text(&text));
            prop_assert!(text.get(..range.start as usize).unwrap().ends_with(&quote.prefix));
            prop_assert!(text.get(range.end as usize..).unwrap().starts_with(&quote.suffix));
        }
    }
}
