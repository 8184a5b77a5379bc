//! Cuts an over-long block so that laying one out stays bounded.

use unicode_segmentation::GraphemeCursor;

use crate::document::{Block, BlockKind};
use crate::text::TextRange;

use super::canonical::beginning;

/// No block is longer than this, in bytes.
const LONGEST: usize = 64 * 1024;
/// Pieces end at or before this many bytes.
const PIECE: usize = 32 * 1024;

/// Appends `block`, in pieces if it is over-long. What is cut off goes on as [`BlockKind::Continuation`], or in the same kind if that keeps
/// its lines.
pub(super) fn push(text: &str, block: Block, blocks: &mut Vec<Block>) {
    let end = block.range.end as usize;
    let mut start = block.range.start as usize;
    let mut kind = block.kind;
    while end.saturating_sub(start) > LONGEST {
        let rest = text.get(start..end).unwrap_or_default();
        let length = cut(rest, kind);
        let kept = rest.get(..length).unwrap_or_default();
        let after = rest.get(length..).unwrap_or_default();
        blocks.push(Block {
            kind,
            range: TextRange::of(start, start + kept.trim_end().len()),
            ..block
        });
        start += length + after.len() - after.trim_start().len();
        if !kind.keeps_lines() {
            kind = BlockKind::Continuation;
        }
    }
    if start < end {
        blocks.push(Block {
            kind,
            range: TextRange::of(start, end),
            ..block
        });
    }
}

/// Cuts the over-long ones among `blocks`.
pub(super) fn bound(text: &str, blocks: &mut Vec<Block>) {
    if blocks
        .iter()
        .all(|block| block.range.len() as usize <= LONGEST)
    {
        return;
    }
    for block in std::mem::take(blocks) {
        push(text, block, blocks);
    }
}

/// Where to cut: after a sentence, else after a word, else between graphemes.
fn cut(rest: &str, kind: BlockKind) -> usize {
    let window = beginning(rest, PIECE);
    let bytes = window.as_bytes();
    let late = |least: usize| move |at: &usize| *at >= least;
    if kind.keeps_lines()
        && let Some(at) = memchr::memrchr(b'\n', bytes).filter(late(1))
    {
        return at + 1;
    }
    let sentence = memchr::memrchr2_iter(b' ', b'\n', bytes)
        .take_while(late(PIECE / 2))
        .find(|at| {
            let before = bytes.get(..*at).unwrap_or_default();
            matches!(before, [.., b'.' | b'!' | b'?'] | [.., b'.', b'"' | b')'])
                || before.ends_with("。".as_bytes())
                || before.ends_with(".”".as_bytes())
        });
    if let Some(at) = sentence {
        return at + 1;
    }
    if let Some(at) = memchr::memrchr2_iter(b' ', b'\n', bytes).find(late(1)) {
        return at + 1;
    }
    let graphemes = window
        .char_indices()
        .rev()
        .take(256)
        .map(|(at, _)| at)
        .find(|at| {
            *at > 0 && GraphemeCursor::new(*at, rest.len(), true).is_boundary(rest, 0) == Ok(true)
        });
    graphemes.unwrap_or(window.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<usize> {
        let mut blocks = Vec::new();
        let block = Block {
            kind: BlockKind::Paragraph,
            range: TextRange::of(0, text.len()),
            depth: 0,
        };
        push(text, block, &mut blocks);
        blocks
            .iter()
            .map(|block| block.range.len() as usize)
            .collect()
    }

    #[test]
    fn short_blocks_stay_whole() {
        assert_eq!(pieces(&"word ".repeat(1000)).len(), 1);
    }

    #[test]
    fn long_ones_are_cut_at_sentences_words_or_graphemes() {
        assert!(
            pieces(&"Two words. ".repeat(20_000))
                .iter()
                .all(|length| (length + 1) % 11 == 0 || length % 11 == 0)
        );
        assert!(
            pieces(&"word ".repeat(40_000))
                .iter()
                .all(|length| *length <= LONGEST)
        );
        let marks = pieces(&"e\u{301}".repeat(100_000));
        assert!(marks.len() > 5 && marks.iter().all(|length| length % 3 == 0));
        assert_eq!(
            pieces(&"x".repeat(10 << 20)).iter().sum::<usize>(),
            10 << 20
        );
    }
}
