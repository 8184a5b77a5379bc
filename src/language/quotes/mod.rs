//! Quotations and who spoke them.
//!
//! In: a document, its sentences and mentions. Out: [`Quote`]s; the span is what stands between the marks. An interrupted quotation gives several
//! spans with one group.

use serde::{Deserialize, Serialize};

use super::entities::{EntityId, EntityType, Mention};
use crate::document::Document;
use crate::text::{Layer, TextRange};
use marks::Piece;
use speech::{Reader, Report};

mod marks;
mod speech;

/// A quoted stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who spoke.
    pub speaker: Option<Speaker>,
    /// The reporting word ("said"), where there is one.
    pub cue: Option<TextRange>,
    /// Parts of one interrupted quotation share a group; numbered from 0 in text order.
    pub group: u32,
}

/// Who spoke a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker.
    pub range: TextRange,
    /// The entity they name, where it is known.
    pub entity: Option<EntityId>,
}

/// Fewer words than this without a reporting word are a name or scare quotes.
const FEWEST_WORDS: usize = 3;
/// Most words between the parts of an interrupted quotation.
const MOST_BETWEEN: usize = 12;

/// The quotations of a document in order; they never overlap.
pub fn quotes(
    document: &Document,
    sentences: &Layer<()>,
    mentions: &Layer<Mention>,
) -> Layer<Quote> {
    let pieces = marks::pieces(document);
    let mut attribution = Attribution {
        reader: Reader { document, mentions },
        sentences,
        group: 0,
        last: None,
        persons: mentions
            .iter()
            .filter(|(_, mention)| mention.kind == EntityType::Person)
            .map(|(range, mention)| (range.start, mention.entity.clone()))
            .collect(),
    };
    let mut found: Vec<(TextRange, Quote)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| pieces.get(index));
        let after = pieces.get(index + 1);
        if let Some(quote) = attribution.quote(piece, before, after) {
            found.push((piece.inner, quote));
        }
    }
    found.into_iter().collect()
}

struct Attribution<'a> {
    reader: Reader<'a>,
    sentences: &'a Layer<()>,
    group: u32,
    /// The last quotation that was kept.
    last: Option<(Piece, Quote)>,
    /// Where persons are named, in order.
    persons: Vec<(u32, EntityId)>,
}

impl Attribution<'_> {
    fn quote(
        &mut self,
        piece: &Piece,
        before: Option<&Piece>,
        after: Option<&Piece>,
    ) -> Option<Quote> {
        if let Some(quote) = self.continued(piece) {
            self.last = Some((*piece, quote.clone()));
            return Some(quote);
        }
        let text = &self.reader.document.text;
        let inner = piece.inner.of_text(text);
        let left = self.left(piece, before);
        let right = self.right(piece, after);
        let report = self.report(inner, left, right);
        let words = inner.split_whitespace().take(FEWEST_WORDS).count();
        if words < FEWEST_WORDS && report.is_none() {
            return None;
        }
        // A word or two are speech only where they end like speech or touch the reporting word; else they are a name, a term, scare quotes.
        let close = report.is_some_and(|report| {
            piece.inner.start.saturating_sub(report.cue.end) <= 8
                && report.cue.end <= piece.inner.start
        });
        if words < FEWEST_WORDS && !close && !inner.ends_with([',', '.', '!', '?']) {
            return None;
        }
        let alone = !left.of_text(text).contains(char::is_alphabetic)
            && !right.of_text(text).contains(char::is_alphabetic);
        let speaker = match report.and_then(|report| report.speaker) {
            Some(range) => Some(self.speaker(range)),
            None if alone => self.introduced(piece).or_else(|| self.previous(piece)),
            None if report.is_none() => self.opening(left),
            // "…, adding, “…”": the subject stands before the quotation before.
            None => self.previous(piece),
        };
        let group = self.group;
        self.group = self.group.saturating_add(1);
        let quote = Quote {
            speaker,
            cue: report.map(|report| report.cue),
            group,
        };
        self.last = Some((*piece, quote.clone()));
        Some(quote)
    }

    /// The quotation `piece` goes on with, if it is the rest of an interrupted one or of one left open in the paragraph before.
    fn continued(&self, piece: &Piece) -> Option<Quote> {
        let (last, quote) = self.last.as_ref()?;
        let text = &self.reader.document.text;
        if piece.continues && last.open_ended && last.block + 1 == piece.block {
            return Some(quote.clone());
        }
        let gap = TextRange::new(last.inner.end, piece.inner.start);
        if last.block != piece.block || gap.len() > 200 {
            return None;
        }
        let between = gap.of_text(text);
        let comma = last.inner.of_text(text).ends_with(',');
        let small = piece.inner.of_text(text).starts_with(char::is_lowercase);
        let short = between.split_whitespace().take(MOST_BETWEEN + 3).count() <= MOST_BETWEEN + 2;
        (comma
            && small
            && short
            && !between.contains(['.', '!', '?', ';', ':'])
            && quote.cue.is_some())
        .then(|| quote.clone())
    }

    /// What stands in the sentence before the quotation.
    fn left(&self, piece: &Piece, before: Option<&Piece>) -> TextRange {
        let at = piece.inner.start;
        let block = self
            .reader
            .document
            .blocks
            .get(piece.block)
            .map_or(at, |block| block.range.start);
        let sentence = self
            .sentences
            .last_before(at)
            .map_or(block, |(range, ())| range.start);
        let quoted = before.map_or(0, |before| before.inner.end);
        let start = sentence.max(block).max(quoted).min(at);
        let text = &self.reader.document.text;
        let left = TextRange::new(start, at);
        let trimmed = left
            .of_text(text)
            .trim_end_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
        TextRange::new(start, start + trimmed.len() as u32)
    }

    /// What stands in the sentence behind the quotation.
    fn right(&self, piece: &Piece, after: Option<&Piece>) -> TextRange {
        let document = self.reader.document;
        let at = piece.inner.end;
        if piece.open_ended {
            return TextRange::empty(at);
        }
        let block = document
            .blocks
            .get(piece.block)
            .map_or(at, |block| block.range.end);
        let next = after
            .map_or(block, |after| after.inner.start)
            .min(block)
            .max(at);
        let rest = TextRange::new(at, next).of_text(&document.text);
        let skipped = rest.len()
            - rest
                .trim_start_matches(|letter: char| letter.is_whitespace() || is_mark(letter))
                .len();
        let start = at.saturating_add(skipped as u32);
        let ended = piece.inner.of_text(&document.text).ends_with(['.', '…']);
        let opens = TextRange::new(start, next).of_text(&document.text);
        if ended && opens.starts_with(|letter: char| !letter.is_lowercase()) {
            return TextRange::empty(start);
        }
        let sentence = self
            .sentences
            .last_before(start.saturating_add(1))
            .filter(|(range, ())| range.end > start)
            .map_or(next, |(range, ())| range.end);
        TextRange::new(start, sentence.min(next).max(start))
    }

    fn report(&self, inner: &str, left: TextRange, right: TextRange) -> Option<Report> {
        let after = || self.reader.after(right);
        let before = || self.reader.before(left);
        let (first, second) = if inner.ends_with([',', '?', '!', '—', '–']) {
            (after(), before())
        } else {
            (before(), after())
        };
        // "They said, “…,” adding": the word with a subject wins.
        let named = |report: &Option<Report>| report.is_some_and(|report| report.speaker.is_some());
        if named(&first) || !named(&second) {
            first.or(second)
        } else {
            second
        }
    }

    /// The speaker of a paragraph or sentence before that ends in a colon.
    fn introduced(&self, piece: &Piece) -> Option<Speaker> {
        let document = self.reader.document;
        let block = document.blocks.get(piece.block)?;
        let (range, ()) = self.sentences.last_before(block.range.start)?;
        if !range.of_text(&document.text).ends_with(':') {
            return None;
        }
        let before = TextRange::new(range.start, range.end.saturating_sub(1));
        let speaker = self
            .reader
            .before(before)
            .and_then(|report| report.speaker)
            .or_else(|| self.reader.opening_actor(before))?;
        Some(self.speaker(speaker))
    }

    /// The speaker before, for a quotation that stands alone.
    fn previous(&self, piece: &Piece) -> Option<Speaker> {
        let (last, quote) = self.last.as_ref()?;
        (last.block + 2 >= piece.block)
            .then(|| quote.speaker.clone())
            .flatten()
    }

    fn opening(&self, left: TextRange) -> Option<Speaker> {
        let speaker = self.reader.opening_actor(left)?;
        let named = self.speaker(speaker);
        (named.entity.is_some() || speaker.end == left.end).then_some(named)
    }

    fn speaker(&self, range: TextRange) -> Speaker {
        let text = &self.reader.document.text;
        let named = self
            .reader
            .mentions
            .within(range)
            .filter(|(_, mention)| !mention.adjective)
            .last();
        let entity = match named {
            Some((_, mention)) => Some(mention.entity.clone()),
            None if matches!(
                range.of_text(text).to_ascii_lowercase().as_str(),
                "he" | "she" | "who" | "the president" | "the minister"
            ) =>
            {
                let at = self
                    .persons
                    .partition_point(|(start, _)| *start < range.start);
                at.checked_sub(1)
                    .and_then(|at| self.persons.get(at))
                    .map(|(_, entity)| entity.clone())
            }
            None => None,
        };
        Speaker { range, entity }
    }
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』'
    )
}

#[cfg(test)]
mod tests;
