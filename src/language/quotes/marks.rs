//! Where quotations stand: one scan over the marks of each block.
//!
//! Curly marks and guillemets open and close by character, straight marks by what stands around them; single marks are read only inside double ones, that is not
//! at all. The state is reset at the end of every block. A straight mark after a digit is inches, one after `=` belongs to markup. Where several paragraphs
//! open with a dash, they are speech, and a dash inside them begins or ends what is not said.

use memchr::{memchr3_iter, memmem, memrchr};

use super::Style;
use crate::document::{Block, BlockKind, Document};
use crate::text::TextRange;

/// A quoted stretch within one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// What stands between the marks.
    pub(super) inner: TextRange,
    /// The number of its block.
    pub(super) block: usize,
    /// How it is marked.
    pub(super) style: Style,
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
    let dashes = has_dash_speech(document);
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
        if dashes && let Some(from) = dash_opens(document, place) {
            dash_speech(text, from, place.range.start, block, &mut found);
            continue;
        }
        let open_before = found
            .last()
            .is_some_and(|last| last.open_ended && last.block + 1 == block);
        let from = found.len();
        scan(document, block, text, place.range.start, &mut found);
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
        ('"', None) if before.is_some_and(|letter| letter.is_ascii_digit() || letter == '=') => {
            Turn::Nothing
        }
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
        // "It's unusual,“ said Bee": a mark set the wrong way round.
        ('“', Some(Opened::Curly)) if !spaced && before != Some('“') => Turn::Close,
        ('“', Some(Opened::Curly)) if spaced && to_word => Turn::Reopen(Opened::Curly),
        ('„', None) => Turn::Open(Opened::Low),
        ('«', None) => Turn::Open(Opened::Guillemet),
        ('»', None) if to_word => Turn::Open(Opened::Inward),
        ('「' | '『', None) => Turn::Open(Opened::Corner),
        _ => Turn::Nothing,
    }
}

/// The places of quotation marks in `text`, with some of other characters.
fn mark_places(text: &str) -> Box<dyn Iterator<Item = usize> + '_> {
    let bytes = text.as_bytes();
    // The first bytes of `“”„`, and of `«»`; corner brackets are rare enough to look at every character.
    if memmem::find(bytes, "「".as_bytes()).is_some()
        || memmem::find(bytes, "『".as_bytes()).is_some()
    {
        return Box::new(text.char_indices().map(|(at, _)| at));
    }
    Box::new(memchr3_iter(b'"', 0xe2, 0xc2, bytes).filter(|at| text.is_char_boundary(*at)))
}

/// Scans the text of one block that starts at `base`.
fn scan(document: &Document, block: usize, text: &str, base: u32, found: &mut Vec<Piece>) {
    let mut open: Option<(usize, Opened)> = None;
    let goes_on = || {
        document
            .blocks
            .get(block + 1)
            .is_some_and(|next| document.block_text(next).starts_with(['"', '“', '«', '„']))
    };
    let mut add = |from: usize, to: usize, open_ended: bool| {
        let inner = text.get(from..to).unwrap_or_default();
        let leading = inner.len() - inner.trim_start().len();
        let (start, end) = (from + leading, from + leading + inner.trim().len());
        let enough = || {
            text.get(..from).is_some_and(|lead| lead.len() <= 3)
                || inner.split_whitespace().take(WORDS_IF_OPEN).count() == WORDS_IF_OPEN
                || (to == text.len() && goes_on())
        };
        if start < end && (!open_ended || enough()) {
            found.push(Piece {
                inner: TextRange::of(start, end).shifted(base),
                block,
                style: Style::Marks,
                open_ended,
                continues: false,
            });
        }
    };
    let last_straight = memrchr(b'"', text.as_bytes()).unwrap_or(0);
    let mut nested = false;
    for at in mark_places(text) {
        let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            continue;
        };
        if !super::is_mark(mark) {
            continue;
        }
        let past = at + mark.len_utf8();
        let before = text.get(..at).and_then(|lead| lead.chars().next_back());
        let after = text.get(past..).and_then(|rest| rest.chars().next());
        if let Some((_, Opened::Straight)) = open
            && at < last_straight
        {
            // Curly marks inside straight ones that are closed later.
            let opens =
                before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric);
            if mark == '“' && opens {
                nested = true;
                continue;
            }
            if mark == '”' && nested {
                nested = false;
                continue;
            }
        }
        nested = false;
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
    }
    if let Some((from, _)) = open {
        add(from, text.len(), true);
    }
}

/// Whether paragraphs of this document open with a dash when somebody speaks: two and more do, and it is not English, which uses marks.
fn has_dash_speech(document: &Document) -> bool {
    document.meta.language.as_deref() != Some("en")
        && document
            .blocks
            .iter()
            .filter(|block| dash_opens(document, block).is_some())
            .nth(1)
            .is_some()
}

/// Where speech begins in a paragraph that opens with a dash and ends like a sentence; the dash of a list item stands before its block.
fn dash_opens(document: &Document, block: &Block) -> Option<usize> {
    let text = document.block_text(block);
    let lead = match block.kind {
        BlockKind::Paragraph => text.len() - text.strip_prefix(['—', '–', '―'])?.len(),
        BlockKind::Item { number: None } => {
            let before = document.text.get(..block.range.start as usize)?.trim_end();
            before.ends_with(['—', '–', '―']).then_some(0)?
        }
        _ => return None,
    };
    let said = text.get(lead..)?;
    let start = lead + (said.len() - said.trim_start().len());
    let opens = said.trim_start().starts_with(|letter: char| {
        letter.is_uppercase() || matches!(letter, '¿' | '¡' | '…' | '«')
    });
    (opens && said.trim_end().ends_with(['.', '!', '?', '…'])).then_some(start)
}

/// Adds what is said in a paragraph that opens with a dash: "—Sí —dijo Ana—. Mañana."
fn dash_speech(text: &str, from: usize, base: u32, block: usize, found: &mut Vec<Piece>) {
    let mut start = from;
    let mut said = true;
    let mut add = |first: usize, past: usize| {
        let inner = text.get(first..past).unwrap_or_default();
        let spoken = inner.trim_start_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '.' | ',')
        });
        let opens = first + (inner.len() - spoken.len());
        let until = opens + spoken.trim_end().len();
        if opens < until {
            found.push(Piece {
                inner: TextRange::of(opens, until).shifted(base),
                block,
                style: Style::Dash,
                open_ended: false,
                continues: false,
            });
        }
    };
    for (at, dash) in text.match_indices(['—', '–', '―']) {
        let spaced = text
            .get(..at)
            .is_some_and(|lead| lead.ends_with(char::is_whitespace));
        if at < from || (said && !spaced) {
            continue;
        }
        if said {
            add(start, at);
        } else {
            start = at + dash.len();
        }
        said = !said;
    }
    if said {
        add(start, text.len());
    }
}
