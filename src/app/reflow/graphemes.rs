//! Grapheme clusters with their width, fast where the text is plain.
//!
//! Most text needs no table: between two characters of the scripts listed in `plain_cells` a cluster always ends. Whatever else
//! occurs goes through `unicode-segmentation`, from the start of a cluster, where its rules need no context.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::width::grapheme_cells;

/// One cluster: its bytes, its cells and its first character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grapheme {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) cells: u16,
    pub(super) first: char,
}

impl Grapheme {
    /// Whether it is white space at which a line may break; a space that carries a combining mark is not.
    pub(super) fn is_blank(&self) -> bool {
        self.end - self.start == self.first.len_utf8() && is_blank(self.first)
    }
}

/// White space, but not that which forbids a break (U+00A0, U+2007, U+202F).
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The cluster that starts at `at`, which must be the start of one; `None` at the end of `text`.
pub(super) fn grapheme_at(text: &str, at: usize) -> Option<Grapheme> {
    let rest = text.get(at..)?;
    let mut chars = rest.chars();
    let first = chars.next()?;
    if let Some(cells) = plain_cells(first)
        && chars.next().is_none_or(|next| plain_cells(next).is_some())
    {
        return Some(Grapheme {
            start: at,
            end: at + first.len_utf8(),
            cells,
            first,
        });
    }
    let cluster = rest.graphemes(true).next()?;
    Some(Grapheme {
        start: at,
        end: at + cluster.len(),
        cells: grapheme_cells(cluster),
        first,
    })
}

/// The clusters of `text` in order.
pub(super) fn graphemes(text: &str) -> impl Iterator<Item = Grapheme> {
    std::iter::successors(grapheme_at(text, 0), |last| grapheme_at(text, last.end))
}

/// The cells of a character that never joins with another of its kind; `None` for every other character.
const fn plain_cells(c: char) -> Option<u16> {
    match c {
        // A carriage return joins with a line feed.
        '\r' => None,
        '\0'..='\u{1f}' | '\u{7f}' => Some(0),
        ' '..='~'
        | '\u{a0}'..='\u{a8}'
        | '\u{c0}'..='\u{24f}'
        | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3c9}'
        | '\u{400}'..='\u{47f}'
        | '\u{2010}'..='\u{2013}'
        | '\u{2018}'..='\u{2027}' => Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff5e}' => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_characters_are_as_wide_as_the_table_says() {
        for c in '\0'..='\u{ffff}' {
            if let Some(cells) = plain_cells(c) {
                assert_eq!(cells, grapheme_cells(&c.to_string()), "U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn a_plain_character_is_a_cluster_between_any_two_others() {
        for c in ('\0'..='\u{ffff}').filter(|c| plain_cells(*c).is_some()) {
            let text = format!("{c}a{c}漢{c}{c}é");
            assert_eq!(
                text.graphemes(true).count(),
                text.chars().count(),
                "U+{:04X}",
                c as u32
            );
        }
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_unicode_segmentation(text in "[a ~é漢、\u{301}\u{200d}👩🚀🇫🇷한\u{1100}\u{1161}\u{600}\u{915}\u{94d}\u{937}\n]{0,40}") {
            let ours: Vec<_> = graphemes(&text).map(|g| text.get(g.start..g.end).unwrap()).collect();
            let theirs: Vec<_> = text.graphemes(true).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
