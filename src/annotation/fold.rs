//! Texts compared as they read, typography left out. Unlike in searching, case and accents count.

use std::collections::VecDeque;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

use crate::text::TextRange;

/// One character of a text as it reads when typography is left out, and the bytes it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoldedChar {
    pub(super) c: char,
    pub(super) from: TextRange,
}

/// Walks a text without what a new edition of the same words may change: compatibility forms (NFKC), the shape of quotation marks and dashes, soft
/// hyphens, hyphens at line ends, and how much white space there is.
pub(super) fn folded(text: &str) -> Folded<'_> {
    Folded {
        text,
        graphemes: text.grapheme_indices(true),
        ready: VecDeque::new(),
        blank: None,
        started: false,
        skip_until: 0,
    }
}

/// `text` folded into one string.
pub(super) fn fold_str(text: &str) -> String {
    folded(text).map(|folded| folded.c).collect()
}

pub(super) struct Folded<'a> {
    text: &'a str,
    graphemes: GraphemeIndices<'a>,
    ready: VecDeque<FoldedChar>,
    blank: Option<TextRange>,
    started: bool,
    /// Where the next line starts whose first word goes on from a hyphen.
    skip_until: usize,
}

impl Iterator for Folded<'_> {
    type Item = FoldedChar;

    fn next(&mut self) -> Option<FoldedChar> {
        while self.ready.is_empty() {
            let (at, grapheme) = self.graphemes.next()?;
            self.take(at, grapheme);
        }
        self.ready.pop_front()
    }
}

impl Folded<'_> {
    fn take(&mut self, at: usize, grapheme: &str) {
        if at < self.skip_until {
            return;
        }
        let from = TextRange::of(at, at + grapheme.len());
        if grapheme.chars().all(char::is_whitespace) {
            self.blank = Some(self.blank.map_or(from, |blank| blank.union(from)));
            return;
        }
        if let Some(next_line) = self.joined_line(at, grapheme) {
            self.skip_until = next_line;
            return;
        }
        let mut letters = grapheme.nfkc().filter(|c| *c != '\u{ad}').map(fold_char);
        let Some(first) = letters.next() else { return };
        if let (true, Some(blank)) = (self.started, self.blank) {
            self.ready.push_back(FoldedChar {
                c: ' ',
                from: blank,
            });
        }
        self.blank = None;
        self.started = true;
        self.ready.push_back(FoldedChar { c: first, from });
        self.ready.extend(letters.map(|c| FoldedChar { c, from }));
    }

    /// Where the next line starts, if `grapheme` is a hyphen that ends a line in the middle of a word.
    fn joined_line(&self, at: usize, grapheme: &str) -> Option<usize> {
        if !matches!(grapheme, "-" | "\u{2010}" | "\u{ad}") || self.blank.is_some() {
            return None;
        }
        let before = self.text.get(..at)?.chars().next_back()?;
        let rest = self.text.get(at + grapheme.len()..)?;
        let word = rest.trim_start_matches([' ', '\n']);
        let gap = rest.get(..rest.len() - word.len())?;
        let joins = before.is_lowercase()
            && gap.bytes().filter(|byte| *byte == b'\n').count() == 1
            && word.chars().next().is_some_and(char::is_lowercase);
        joins.then(|| self.text.len() - word.len())
    }
}

/// One shape for each of the marks that editions set differently.
const fn fold_char(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '`' | '\u{b4}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_left_out() {
        let check = |raw: &str, plain: &str| assert_eq!(fold_str(raw), plain, "{raw:?}");
        check("  He said:\n“we won’t”  ", "He said: \"we won't\"");
        check("the muni-\ntions came", "the munitions came");
        check("well-known, 10-\n20", "well-known, 10- 20");
        check("a soft\u{ad}ened ﬁne – line", "a softened fine - line");
        check("e\u{301}tat", "état");
    }

    #[test]
    fn every_character_knows_its_bytes() {
        let text = "a  “é”";
        let found: Vec<_> = folded(text).map(|f| (f.c, f.from.of_text(text))).collect();
        assert_eq!(
            found,
            [('a', "a"), (' ', "  "), ('"', "“"), ('é', "é"), ('"', "”")]
        );
    }
}
