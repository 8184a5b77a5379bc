//! Graphemes and words near a byte of a block, found without reading the block from its start.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::motion::Way;
use crate::text::TextRange;

/// Where segmentation may safely start before `within`: after a line break or a blank a little way back, so that long blocks cost no more than short ones.
fn line_start_before(text: &str, within: usize) -> usize {
    const FAR: usize = 256;
    let end = (0..=within.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let before = text.get(..end).unwrap_or_default();
    let near = before.len().saturating_sub(FAR);
    let window = before.as_bytes().get(near..).unwrap_or_default();
    match window.iter().rposition(|byte| matches!(byte, b' ' | b'\n')) {
        Some(blank) => near + blank + 1,
        None => grapheme_start(text, near),
    }
}

/// The start of the grapheme that holds the byte at `within`, or of the last one.
pub(super) fn grapheme_start(text: &str, within: usize) -> usize {
    let Some(last) = text.len().checked_sub(1) else {
        return 0;
    };
    let within = (0..=within.min(last))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let mut cursor = GraphemeCursor::new(within, text.len(), true);
    if matches!(cursor.is_boundary(text, 0), Ok(true)) {
        return within;
    }
    match cursor.prev_boundary(text, 0) {
        Ok(Some(start)) => start,
        Ok(None) | Err(_) => 0,
    }
}

/// The start of the word after or before `within`, in the bytes of `text`; words hold a letter or a digit.
pub(super) fn word_start(text: &str, within: usize, way: Way) -> Option<usize> {
    let is_word = |word: &str| word.chars().any(char::is_alphanumeric);
    match way {
        Way::Forward => {
            let from = line_start_before(text, within);
            let rest = text.get(from..)?;
            rest.split_word_bound_indices()
                .map(|(offset, word)| (from + offset, word))
                .find(|(at, word)| {
                    *at > within && is_word(word) && grapheme_start(text, *at) == *at
                })
                .map(|(at, _)| at)
        }
        Way::Back => {
            // The stretch looked at doubles, so that a block without words costs no more than its length.
            let mut reach = 1;
            let mut from = line_start_before(text, within.saturating_sub(reach));
            loop {
                let before = text.get(from..within)?;
                let found = before.split_word_bound_indices().rfind(|(at, word)| {
                    is_word(word) && grapheme_start(text, from + at) == from + at
                });
                match found {
                    Some((offset, _)) => return Some(from + offset),
                    None if from == 0 => return None,
                    None => {
                        reach = (reach * 2).max(within - from);
                        from = line_start_before(text, within.saturating_sub(reach + 1));
                    }
                }
            }
        }
    }
}

/// The range of the word that holds the byte at `within`, or of the blank or mark there.
pub(super) fn word_range(text: &str, within: usize) -> TextRange {
    let from = line_start_before(text, within);
    let rest = text.get(from..).unwrap_or_default();
    let words = rest
        .split_word_bound_indices()
        .map(|(offset, word)| TextRange::of(from + offset, from + offset + word.len()));
    words
        .take_while(|range| range.start as usize <= within)
        .last()
        .unwrap_or(TextRange::of(within, within))
}
