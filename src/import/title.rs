//! Which line is the title.
//!
//! The first heading if only lines of metadata stand before it; else the first line if it reads as a title: short, without an end mark, followed by text.
//! The title's block becomes a heading of level 1 and stays in the text. Without one, the opening words stand in.

use crate::document::{Block, BlockKind};
use crate::text::{TextRange, sanitise};

use super::canonical::beginning;
use super::dated_line::line_kind;
use super::lines::is_turn;

/// Longest line that can be a title, in characters.
const LONGEST: usize = 200;
/// Opening words shown in place of a title, in characters.
const OPENING: usize = 80;
/// Lines of metadata that may stand before a title.
const BEFORE: usize = 4;

/// Finds the title, makes its block a heading, and says where it stands.
pub(super) fn mark(text: &str, blocks: &mut [Block]) -> Option<TextRange> {
    let index = find(text, blocks)?;
    let block = blocks.get_mut(index)?;
    block.kind = BlockKind::Heading { level: 1 };
    block.depth = 0;
    Some(block.range)
}

fn find(text: &str, blocks: &[Block]) -> Option<usize> {
    for (index, block) in blocks.iter().enumerate().take(BEFORE) {
        let words = block.range.of_text(text);
        match block.kind {
            BlockKind::Heading { .. } => return Some(index),
            BlockKind::Rule => {}
            BlockKind::Paragraph if is_lead(words) => {}
            BlockKind::Paragraph => {
                let follows = blocks
                    .get(index + 1)
                    .is_some_and(|next| next.kind != BlockKind::Continuation && next.depth == 0);
                return (follows && reads_as_title(words)).then_some(index);
            }
            BlockKind::Continuation
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::TableRow { .. }
            | BlockKind::Code => return None,
        }
    }
    None
}

/// A line of metadata, or a label such as `FOR IMMEDIATE RELEASE`.
fn is_lead(words: &str) -> bool {
    let lower = beginning(words, 40).to_lowercase();
    let labels = [
        "for immediate release",
        "press release",
        "embargoed",
        "media release",
        "news release",
    ];
    line_kind(words).is_some()
        || labels.iter().any(|label| lower.starts_with(label)) && words.len() <= 80
}

fn reads_as_title(words: &str) -> bool {
    let length = words.chars().take(LONGEST + 1).count();
    let end = words.trim_end_matches(['"', '”', '’', ')']);
    length <= LONGEST
        && words.matches('\n').count() <= 2
        && words.split_whitespace().nth(1).is_some()
        && !end.ends_with(['.', ',', ';', ':', '!', '。', '…'])
        && words.chars().any(char::is_alphabetic)
        && !words.chars().next().is_some_and(char::is_lowercase)
        && !is_turn(words)
}

/// A title as one line of text.
pub(super) fn one_line(words: &str) -> String {
    sanitise::line(words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The opening words, cut after about 80 characters at the end of a word.
pub(super) fn opening(text: &str, blocks: &[Block]) -> Option<String> {
    let block = blocks.iter().find(|block| match block.kind {
        BlockKind::Rule => false,
        BlockKind::Paragraph
        | BlockKind::Continuation
        | BlockKind::Heading { .. }
        | BlockKind::Item { .. }
        | BlockKind::Quote
        | BlockKind::TableRow { .. }
        | BlockKind::Code => true,
    })?;
    let words = block.range.of_text(text);
    let head = words
        .char_indices()
        .nth(OPENING * 4)
        .map_or(words, |(at, _)| words.get(..at).unwrap_or_default());
    let head = one_line(head);
    let Some((cut, _)) = head.char_indices().nth(OPENING) else {
        return (!head.is_empty()).then_some(head);
    };
    let kept = head.get(..cut).unwrap_or_default();
    let whole = kept
        .rfind(' ')
        .filter(|at| *at > cut / 2)
        .and_then(|at| kept.get(..at))
        .unwrap_or(kept);
    Some(format!(
        "{}…",
        whole.trim_end_matches([',', ';', ':', ' ', '—', '–'])
    ))
}
