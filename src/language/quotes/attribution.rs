//! Which pieces are quotations, and whose: the report around each, else the one before, else the quotation before.

mod titles;
mod vicinity;

use super::marks::Piece;
use super::speech::{Reader, Report, Word};
use super::who::Who;
use super::words::Part;
use super::{Quote, Speaker, Style, is_dash, is_mark};
use crate::document::{BlockKind, DocKind, Document};
use crate::language::entities::Mention;
use crate::text::{Layer, TextRange};

/// Fewer words than this without a reporting word are a name or scare quotes.
const FEWEST_WORDS: usize = 3;
/// Most words between the parts of an interrupted quotation.
const MOST_BETWEEN: usize = 12;
/// Paragraphs a quotation may run over before its speaker is named.
const AHEAD: usize = 8;
/// A signature, and the way to a reporting word that follows, are no longer than this.
const NEAR_BYTES: u32 = 60;

/// Gives quotations to speakers, one after the other.
pub(super) struct Attribution<'a> {
    reader: Reader<'a>,
    pieces: &'a [Piece],
    sentences: &'a Layer<()>,
    group: u32,
    /// The last quotation that was kept.
    last: Option<(Piece, Quote)>,
    who: Who<'a>,
}

impl<'a> Attribution<'a> {
    pub(super) fn new(
        document: &'a Document,
        sentences: &'a Layer<()>,
        mentions: &'a Layer<Mention>,
        pieces: &'a [Piece],
    ) -> Self {
        Self {
            reader: Reader { document, mentions },
            pieces,
            sentences,
            group: 0,
            last: None,
            who: Who::new(document, mentions, Some(sentences), pieces),
        }
    }

    /// The quotation that the piece `index` is; none where it is no speech.
    pub(super) fn quote(&mut self, index: usize) -> Option<Quote> {
        let piece = self.pieces.get(index)?;
        if let Some(quote) = self.continued(piece) {
            self.last = Some((*piece, quote.clone()));
            return Some(quote);
        }
        let text = &*self.reader.document.text;
        let inner = piece.inner.of_text(text);
        let n_words = inner.split_whitespace().take(FEWEST_WORDS).count();
        let left = self.left(index, piece);
        let right = self.right(index, piece);
        let report = self.report(inner, &left, &right);
        let signed = self.label(piece).or_else(|| {
            (n_words >= FEWEST_WORDS && !piece.open_ended)
                .then(|| self.signature(piece))
                .flatten()
        });
        if n_words >= FEWEST_WORDS && signed.is_none() && self.is_work(piece, inner, report, &left)
        {
            return None;
        }
        if n_words < FEWEST_WORDS
            && piece.style == Style::Marks
            && !self.is_speech(piece, inner, report, (&left, &right))
        {
            return None;
        }
        let is_word = |word: &Word| !matches!(word.part, Part::Comma | Part::Stop | Part::Quoted);
        // What a statement puts in marks within its own sentence is a term or a title, unless it says whose words they are.
        let is_statement = self.reader.document.meta.kind == DocKind::Statement;
        if is_statement
            && report.is_none()
            && signed.is_none()
            && piece.style == Style::Marks
            && left.last().is_some_and(is_word)
        {
            return None;
        }
        let alone = !left.iter().any(is_word) && !right.iter().any(is_word);
        let speaker = match report {
            _ if signed.is_some() => signed.map(|range| self.speaker(range)),
            Some(Report {
                speaker: Some(range),
                ..
            }) => Some(self.speaker(range)),
            Some(Report { passive: true, .. }) => None,
            // "…, adding, “…”": the subject stands before the quotation before.
            // "Bee defended “…,” adding".
            Some(Report {
                speaker: None, cue, ..
            }) if cue.start >= piece.inner.end => self
                .reader
                .opening_actor(&left)
                .map(|range| self.speaker(range))
                .or_else(|| self.previous(piece)),
            // "…, adding, “…”": the subject stands before the quotation before.
            Some(Report { speaker: None, .. }) => self.previous(piece),
            None if alone => self
                .ahead(index, piece)
                .or_else(|| self.introduced(piece))
                .or_else(|| self.told(piece))
                .or_else(|| self.previous(piece)),
            None => self
                .reader
                .opening_actor(&left)
                .map(|range| self.speaker(range))
                .or_else(|| self.previous(piece)),
        };
        let group = self.group;
        self.group = self.group.saturating_add(1);
        let quote = Quote {
            speaker,
            cue: report.filter(|_| signed.is_none()).map(|report| report.cue),
            group,
            style: piece.style,
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

    /// The speaker a quotation left open in its paragraph is given in a later one that goes on with it.
    fn ahead(&self, index: usize, piece: &Piece) -> Option<Speaker> {
        let mut last = piece;
        for (next, more) in self.pieces.iter().enumerate().skip(index + 1).take(AHEAD) {
            if !last.open_ended || !more.continues || more.block != last.block + 1 {
                return None;
            }
            let inner = more.inner.of_text(&self.reader.document.text);
            let report = self.report(inner, &self.left(next, more), &self.right(next, more));
            if let Some(range) = report.and_then(|report| report.speaker) {
                return Some(self.speaker(range));
            }
            last = more;
        }
        None
    }

    fn block_end(&self, piece: &Piece) -> u32 {
        let blocks = &self.reader.document.blocks;
        blocks
            .get(piece.block)
            .map_or(piece.inner.end, |block| block.range.end)
            .max(piece.inner.end)
    }

    /// "PENCE: Well": the name that opens what a transcript in quotation marks gives.
    fn label(&self, piece: &Piece) -> Option<TextRange> {
        let inner = piece.inner.of_text(&self.reader.document.text);
        let end = inner.bytes().take(40).position(|byte| byte == b':')?;
        let label = inner.get(..end)?;
        let capitals = label
            .chars()
            .all(|letter| letter.is_uppercase() || matches!(letter, ' ' | '.' | '-' | '’' | '\''));
        (capitals && end > 2)
            .then(|| TextRange::new(piece.inner.start, piece.inner.start + end as u32))
    }

    fn report(&self, inner: &str, left: &[Word], right: &[Word]) -> Option<Report> {
        let text = &*self.reader.document.text;
        let is_dash = |word: Option<&Word>| {
            word.is_some_and(|word| {
                let mark = word.range.of_text(text);
                is_dash(mark) || mark == "-"
            })
        };
        // "She ended it — “…” — and the lights went out": nothing behind it tells of it.
        let between_dashes = is_dash(left.last()) && is_dash(right.first());
        let after = || {
            (!between_dashes)
                .then(|| self.reader.after(right))
                .flatten()
        };
        let before = || self.reader.before(left);
        // "what they called “…,” the minister": the word that touches the mark.
        let touching = left
            .iter()
            .rev()
            .find(|word| word.part != Part::Comma && word.range.of_text(text) != ":")
            .is_some_and(|word| matches!(word.part, Part::Finite | Part::Participle));
        // "When Bee said “…,” Dee laughed": the quotation belongs to the clause that ends with it.
        let in_opening = left.first().is_some_and(|word| {
            matches!(
                word.range.of_text(text),
                "When" | "After" | "While" | "Although" | "Though" | "Because" | "Since"
            )
        }) && !left.iter().any(|word| word.part == Part::Comma);
        let goes_on = inner.ends_with([',', '?', '!', '—', '–']);
        let (first, second) = if goes_on && !touching && !in_opening {
            (after(), before().or_else(|| self.reader.trailing(right)))
        } else {
            (before(), after().or_else(|| self.reader.trailing(right)))
        };
        // "called the “…” by the citizens".
        if let Some(report) = first
            .filter(|_| self.reader.gives_name(left))
            .and_then(|report| Some((report, self.reader.agent(right)?)))
            .map(|(report, agent)| Report {
                speaker: Some(agent),
                ..report
            })
        {
            return Some(report);
        }
        // "They said, “…,” adding": the word with a subject wins.
        let named = |report: &Option<Report>| report.is_some_and(|report| report.speaker.is_some());
        // "Those who think “…,” she said".
        let close_by = || {
            let mut near = right.iter().take(4);
            near.any(|word| second.is_some_and(|report| report.cue == word.range))
        };
        if touching
            && !in_opening
            && goes_on
            && named(&second)
            && close_by()
            && !self.reader.gives_name(left)
        {
            return second;
        }
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
        let words = self.reader.words(self.reader.cut_left(before), &[]);
        let speaker = self
            .reader
            .before(&words)
            .and_then(|report| report.speaker)
            .or_else(|| self.reader.opening_actor(&words))?;
        Some(self.speaker(speaker))
    }

    /// The name behind a dash that signs a quotation, in its block or below it in a line of its own.
    fn signature(&self, piece: &Piece) -> Option<TextRange> {
        let document = self.reader.document;
        let rest = TextRange::new(piece.inner.end, self.block_end(piece));
        let behind = rest.of_text(&document.text);
        if !behind
            .chars()
            .all(|letter| letter.is_whitespace() || is_mark(letter))
        {
            return self.reader.signature(rest);
        }
        let next = document.blocks.get(piece.block + 1)?;
        let below = next.range;
        let opens = document
            .blocks
            .get(piece.block)
            .is_some_and(|block| block.range.start + 4 >= piece.inner.start);
        if !opens || below.len() > NEAR_BYTES {
            return None;
        }
        // "- Ann Bee" is laid out as an item of a list.
        let is_item = next.kind == BlockKind::Item { number: None };
        let signed = if is_item {
            self.reader.name(below)
        } else {
            self.reader.signature(below)
        };
        signed.filter(|_| !is_item || self.ends_list(piece.block + 1))
    }

    /// Whether the item in the block `item` is the only one of its list.
    fn ends_list(&self, item: usize) -> bool {
        let next = self.reader.document.blocks.get(item + 1);
        next.is_none_or(|next| !matches!(next.kind, BlockKind::Item { .. }))
    }

    /// Who speaks in the sentence before, where a quotation stands alone behind it in the same paragraph: "Bee disagrees. “It is late.”"
    fn told(&self, piece: &Piece) -> Option<Speaker> {
        let document = self.reader.document;
        let block = document.blocks.get(piece.block)?;
        let (own, ()) = self.sentences.last_before(piece.inner.start)?;
        let (before, ()) = self.sentences.last_before(own.start)?;
        if before.start < block.range.start {
            return None;
        }
        if self
            .last
            .as_ref()
            .is_some_and(|(last, _)| last.inner.end > before.start)
        {
            // The report of the quotation before, or one in the same sentence.
            return None;
        }
        let words = self.reader.words(self.reader.cut_left(*before), &[]);
        let speaker = self.reader.before(&words)?.speaker?;
        Some(self.speaker(speaker))
    }

    /// The speaker before.
    fn previous(&self, piece: &Piece) -> Option<Speaker> {
        let (last, quote) = self.last.as_ref()?;
        (last.block + 2 >= piece.block)
            .then(|| quote.speaker.clone())
            .flatten()
    }

    fn speaker(&self, range: TextRange) -> Speaker {
        self.who.speaker(range)
    }
}
