//! How many terminal cells text takes, counted per grapheme cluster.
//!
//! A grapheme is never wider than two cells; an emoji joined from several is two; a combining mark adds none.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells of one grapheme cluster: 0, 1 or 2.
pub fn grapheme_cells(grapheme: &str) -> u16 {
    if grapheme.len() == 1 {
        return u16::from(
            !grapheme
                .as_bytes()
                .first()
                .is_some_and(u8::is_ascii_control),
        );
    }
    grapheme.width().min(2) as u16
}

/// Cells of a line of text.
pub fn text_cells(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.graphemes(true)
        .map(|grapheme| usize::from(grapheme_cells(grapheme)))
        .sum()
}

/// The longest beginning of `text` that fits `cells`, cut between graphemes.
pub fn fit(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += usize::from(grapheme_cells(grapheme));
        if used > cells {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// `text` in at most `cells`, its end replaced by `…` where it does not fit.
pub fn shorten(text: &str, cells: usize) -> String {
    if text_cells(text) <= cells {
        return text.to_owned();
    }
    if cells == 0 {
        return String::new();
    }
    format!("{}…", fit(text, cells - 1).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_joined_and_combining_characters() {
        assert_eq!(text_cells("漢字"), 4);
        assert_eq!(text_cells("e\u{301}"), 1);
        assert_eq!(text_cells("👩\u{200d}🚀"), 2);
    }

    #[test]
    fn shortening_never_cuts_a_grapheme() {
        assert_eq!(shorten("漢字仮名", 5), "漢字…");
        assert_eq!(shorten("cafe\u{301} au lait", 6), "cafe\u{301}…");
        assert_eq!(shorten("short", 5), "short");
    }
}
