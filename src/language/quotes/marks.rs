//! Where quotations stand: one scan over the marks of each block.
//!
//! Curly marks and guillemets open and close by character, straight marks by what stands around them; single marks are read only inside double ones, that is not
//! at all. The state is reset at the end of every block. A straight mark after a digit is inches.

use crate::document::{BlockKind, Document};
use crate::text::TextRange;

/// A quoted stretch within one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// What stands between the marks.
    pub(super) inner: TextRange,
    /// The number of its block.
    pub(super) block: usize,
    /// Whether the block ended before a closing mark came.
    pub(super) open_ended: bool,
    /// Whether it goes on from a piece that was left open in the block before.
    pub(super) continues: bool,
}

/// A quotation left open is accepted from this many words on.
const WORDS_IF_OPEN: usize = 6;

/// All quoted stretches of a document in order; they never overlap.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for (block, place) in document.blocks.iter().enumerate() {
        match place.kind {
            BlockKind::Code | BlockKind::Rule => continue,
            BlockKind::Paragraph
            | BlockKind::Continuation
            | BlockKind::Heading { .. }
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::TableRow { .. } => {}
        }
        let text = document.block_text(place);
        let open_before = found
            .last()
            .is_some_and(|last| last.open_ended && last.block + 1 == block);
        let from = found.len();
        let goes_on = document
            .blocks
            .get(block + 1)
            .is_some_and(|next| document.block_text(next).starts_with(['"', '“', '«', '„']));
        scan(text, place.range.start, (block, goes_on), &mut found);
        if let Some(first) = found.get_mut(from).filter(|_| open_before) {
            let lead = TextRange::new(place.range.start, first.inner.start).of_text(&document.text);
            first.continues = lead.trim().chars().count() <= 1;
        }
    }
    found
}

/// The marks that may close what was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    Straight,
    Curly,
    Low,
    Guillemet,
    Inward,
    Corner,
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Open(Opened),
    Close,
    Reopen(Opened),
    Nothing,
}

fn turn(open: Option<Opened>, mark: char, before: Option<char>, after: Option<char>) -> Turn {
    let spaced = before.is_none_or(|letter| {
        letter.is_whitespace() || matches!(letter, '(' | '[' | '—' | '–' | '-')
    });
    let to_word = after.is_some_and(|letter| {
        letter.is_alphanumeric() || matches!(letter, '[' | '(' | '\'' | '‘' | '…' | '.' | '$')
    });
    match (mark, open) {
        // Inches, and values in markup.
        ('"', None) if before.is_some_and(|letter| letter.is_ascii_digit() || letter == '=') => Turn::Nothing,
        ('"', None) if after.is_some_and(|letter| !letter.is_whitespace()) => {
            Turn::Open(Opened::Straight)
        }
        ('"', Some(Opened::Straight)) if spaced && before.is_some() && to_word => {
            Turn::Reopen(Opened::Straight)
        }
        ('"', Some(Opened::Straight))
        | ('”', Some(Opened::Curly | Opened::Low | Opened::Straight))
        | ('“', Some(Opened::Low))
        | ('»', Some(Opened::Guillemet))
        | ('«', Some(Opened::Inward))
        | ('」' | '』', Some(Opened::Corner)) => Turn::Close,
        ('"', Some(Opened::Curly)) if !spaced => Turn::Close,
        ('“', None) => Turn::Open(Opened::Curly),
        ('“', Some(Opened::Curly)) if spaced && to_word => Turn::Reopen(Opened::Curly),
        ('„', None) => Turn::Open(Opened::Low),
        ('«', None) => Turn::Open(Opened::Guillemet),
        ('»', None) if to_word => Turn::Open(Opened::Inward),
        ('「' | '『', None) => Turn::Open(Opened::Corner),
        _ => Turn::Nothing,
    }
}

/// Scans the text of one block; `block` is its number and whether the next one opens with a mark.
fn scan(text: &str, base: u32, block: (usize, bool), found: &mut Vec<Piece>) {
    let (block, goes_on) = block;
    let mut open: Option<(usize, Opened)> = None;
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    let mut add = |from: usize, to: usize, open_ended: bool| {
        let inner = text.get(from..to).unwrap_or_default();
        let leading = inner.len() - inner.trim_start().len();
        let (start, end) = (from + leading, from + leading + inner.trim().len());
        let opens_block = text.get(..from).is_some_and(|lead| lead.len() <= 3);
        let enough = opens_block
            || (goes_on && to == text.len())
            || inner.split_whitespace().take(WORDS_IF_OPEN).count() == WORDS_IF_OPEN;
        if start < end && (!open_ended || enough) {
            found.push(Piece {
                inner: TextRange::of(start, end).shifted(base),
                block,
                open_ended,
                continues: false,
            });
        }
    };
    while let Some((at, mark)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        let past = at + mark.len_utf8();
        match turn(open.map(|(_, kind)| kind), mark, before, after) {
            Turn::Open(kind) => open = Some((past, kind)),
            Turn::Close => {
                if let Some((from, _)) = open.take() {
                    add(from, at, false);
                }
            }
            Turn::Reopen(kind) => {
                if let Some((from, _)) = open.replace((past, kind)) {
                    add(from, at, true);
                }
            }
            Turn::Nothing => {}
        }
        before = Some(mark);
    }
    if let Some((from, _)) = open {
        add(from, text.len(), true);
    }
}
