//! Where quotations stand: one scan over the marks of each block.
//!
//! Curly marks and guillemets open and close by character, straight marks by what stands around them; single marks are not read here, see `singles`. The state
//! is reset at the end of every block. A straight mark after a digit is inches, one after `=` belongs to markup. Paragraphs that open with a dash are read in
//! `dashes`.

use memchr::{memchr3_iter, memmem, memrchr};

use super::{Style, dashes};
use crate::document::{BlockKind, Document};
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
    let dashes = dashes::habit(document);
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
        if let Some(habit) = dashes
            && dashes::speech(document, habit, block, place, &mut found)
        {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sample::document;

    /// What stands between marks, in the brackets of `text`; a `+` behind the bracket goes on from the paragraph before.
    fn check(text: &str) {
        let bare = text.replace("[+", "").replace(['[', ']'], "");
        let mut shown = bare.clone();
        for piece in pieces(&document(&bare)).iter().rev() {
            shown.insert(piece.inner.end as usize, ']');
            let opening = if piece.continues { "[+" } else { "[" };
            shown.insert_str(piece.inner.start as usize, opening);
        }
        assert_eq!(shown, text);
    }

    #[test]
    fn marks_of_other_languages_quote_in_an_english_text() {
        check(
            "«[We shall not freeze,]» said Bee. »[It is cold,]« said Dee. „[So it is,]“ said Bee, „[and late.]”",
        );
    }

    #[test]
    fn a_quotation_over_three_paragraphs_is_one_that_goes_on() {
        check(
            "\"[I have never seen the port this quiet.]\n\n\"[+Not then.]\n\n\"[+Not in the flood,]\" said Bee, 91.",
        );
        check("“[The law is clear:]\n\n“[+Every ship needs two masts.]”\n\n“[That is all.]”");
    }

    #[test]
    fn a_paragraph_that_is_closed_does_not_go_on() {
        check("“[It is late,]” said Bee.\n\n“[It is early,]” said Dee.");
    }
}
