//! The words of its sentence before and behind a quotation, those of other quotations masked.

use super::Attribution;
use crate::language::quotes::is_mark;
use crate::language::quotes::marks::Piece;
use crate::language::quotes::speech::Word;
use crate::text::TextRange;

/// Quotations to either side that are masked in the sentence of one.
const AROUND: usize = 5;
/// Sentences a report may run over, where stops inside quotations split it.
const SENTENCES: usize = 8;

impl Attribution<'_> {
    /// The pieces around the piece `index` that its sentence may hold, in text order.
    fn around(&self, index: usize) -> Vec<TextRange> {
        let from = index.saturating_sub(AROUND);
        let near = self.pieces.get(from..).unwrap_or_default();
        near.iter()
            .take(index - from + AROUND + 1)
            .map(|piece| piece.inner)
            .collect()
    }

    /// The words of the sentence before the quotation.
    pub(super) fn left(&self, index: usize, piece: &Piece) -> Vec<Word> {
        let at = piece.inner.start;
        let block = self
            .reader
            .document
            .blocks
            .get(piece.block)
            .map_or(at, |block| block.range.start);
        let around = self.around(index);
        let mut start = at;
        for _ in 0..SENTENCES {
            start = self
                .sentences
                .last_before(start)
                .map_or(block, |(range, ())| range.start)
                .max(block);
            // A sentence that begins inside a quotation is none of the report.
            if !around
                .iter()
                .any(|quoted| quoted.start < start && start < quoted.end)
            {
                break;
            }
        }
        let range = self.reader.cut_left(TextRange::new(start.min(at), at));
        self.reader.words(range, &around)
    }

    /// The words of the sentence behind the quotation.
    pub(super) fn right(&self, index: usize, piece: &Piece) -> Vec<Word> {
        if piece.open_ended {
            return Vec::new();
        }
        let document = self.reader.document;
        let text = &*document.text;
        let at = piece.inner.end;
        let block = document
            .blocks
            .get(piece.block)
            .map_or(at, |block| block.range.end);
        let rest = TextRange::new(at, block.max(at)).of_text(text);
        let skipped = rest.len()
            - rest
                .trim_start_matches(|letter: char| letter.is_whitespace() || is_mark(letter))
                .len();
        let start = at.saturating_add(skipped as u32);
        let inner = piece.inner.of_text(text);
        let opens_small = text
            .get(start as usize..)
            .is_some_and(|rest| rest.starts_with(char::is_lowercase));
        if inner.ends_with(['.', '…'])
            && !opens_small
            && !is_bare_report(text.get(start as usize..).unwrap_or_default())
        {
            return Vec::new();
        }
        let around = self.around(index);
        let mut end = start;
        for _ in 0..SENTENCES {
            end = self
                .sentences
                .last_before(end.saturating_add(1))
                .filter(|(range, ())| range.end > end)
                .map_or(block, |(range, ())| range.end)
                .min(block);
            if !around
                .iter()
                .any(|quoted| quoted.start < end && end < quoted.end)
            {
                break;
            }
        }
        let range = self.reader.cut_right(TextRange::new(start, end.max(start)));
        self.reader.words(range, &around)
    }
}

/// Whether a sentence that is nothing but a report follows, set off by a wrong stop: "“It is late.” Bee said."
fn is_bare_report(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(4);
    words
        .next()
        .is_some_and(|first| first.starts_with(char::is_uppercase))
        && words.any(|word| matches!(word, "said." | "says." | "added." | "wrote." | "tweeted."))
}
