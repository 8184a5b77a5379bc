//! Quotations and who spoke them.
//!
//! In: a document, its sentences and mentions. Out: [`Quote`]s; the span is what stands between the marks. An interrupted quotation gives several
//! spans with one group.

use serde::{Deserialize, Serialize};

use super::entities::{EntityId, Mention};
use crate::document::Document;
use crate::text::{Layer, TextRange};
use marks::Piece;
use speech::{Reader, Report, Word};
use who::Who;
use words::Part;

mod marks;
mod speech;
mod turns;
mod who;
mod words;

pub use turns::{Turn, turns};

/// A quoted stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who spoke.
    pub speaker: Option<Speaker>,
    /// The reporting word ("said"), where there is one.
    pub cue: Option<TextRange>,
    /// Parts of one interrupted quotation share a group; numbered from 0 in text order.
    pub group: u32,
    /// How it is marked.
    #[serde(default)]
    pub style: Style,
}

/// How a quotation is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Between quotation marks.
    #[default]
    Marks,
    /// A paragraph, or parts of one, behind a dash.
    Dash,
}

impl Quote {
    /// The words that show who spoke: from the first to the last of speaker and reporting word.
    pub fn evidence(&self) -> Option<TextRange> {
        let speaker = self.speaker.as_ref().map(|speaker| speaker.range);
        match (speaker, self.cue) {
            (Some(speaker), Some(cue)) => Some(speaker.union(cue)),
            (speaker, cue) => speaker.or(cue),
        }
    }
}

/// Who spoke a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker.
    pub range: TextRange,
    /// The entity they name, where it is known; of several the first.
    pub entity: Option<EntityId>,
    /// The others who speak with it: those of a joint statement, behind "the ministers" or "they".
    #[serde(default)]
    pub others: Vec<EntityId>,
}

impl Speaker {
    /// All who speak, as far as they are known.
    pub fn entities(&self) -> impl Iterator<Item = &EntityId> {
        self.entity.iter().chain(&self.others)
    }
}

/// Fewer words than this without a reporting word are a name or scare quotes.
const FEWEST_WORDS: usize = 3;
/// Most words between the parts of an interrupted quotation.
const MOST_BETWEEN: usize = 12;
/// Quotations to either side that are masked in the sentence of one.
const AROUND: usize = 5;
/// Sentences a report may run over, where stops inside quotations split it.
const SENTENCES: usize = 8;

/// The quotations of a document in order; they never overlap.
pub fn quotes(
    document: &Document,
    sentences: &Layer<()>,
    mentions: &Layer<Mention>,
) -> Layer<Quote> {
    let pieces = marks::pieces(document);
    let mut attribution = Attribution {
        reader: Reader { document, mentions },
        pieces: &pieces,
        sentences,
        group: 0,
        last: None,
        who: Who::new(document, mentions),
    };
    let mut found: Vec<(TextRange, Quote)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(quote) = attribution.quote(index) {
            found.push((piece.inner, quote));
        }
    }
    found.into_iter().collect()
}

struct Attribution<'a> {
    reader: Reader<'a>,
    pieces: &'a [Piece],
    sentences: &'a Layer<()>,
    group: u32,
    /// The last quotation that was kept.
    last: Option<(Piece, Quote)>,
    who: Who<'a>,
}

impl Attribution<'_> {
    fn quote(&mut self, index: usize) -> Option<Quote> {
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
                .then(|| {
                    self.reader
                        .signature(TextRange::new(piece.inner.end, self.block_end(piece)))
                })
                .flatten()
        });
        if n_words < FEWEST_WORDS
            && piece.style == Style::Marks
            && !Self::is_speech(inner, report, &left)
        {
            return None;
        }
        let is_word = |word: &Word| !matches!(word.part, Part::Comma | Part::Stop | Part::Quoted);
        let alone = !left.iter().any(is_word) && !right.iter().any(is_word);
        let speaker = match report {
            _ if signed.is_some() => signed.map(|range| self.speaker(range)),
            Some(Report {
                speaker: Some(range),
                ..
            }) => Some(self.speaker(range)),
            // "…, adding, “…”": the subject stands before the quotation before.
            Some(Report { speaker: None, .. }) => self.previous(piece),
            None if alone => self.introduced(piece).or_else(|| self.in_focus(piece)),
            None => Reader::opening_actor(&left)
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

    /// Whether a word or two are speech: reported, and no name or title ("This Week").
    fn is_speech(inner: &str, report: Option<Report>, left: &[Word]) -> bool {
        let Some(report) = report else {
            return false;
        };
        let near = left
            .last()
            .is_some_and(|word| report.cue.end + 12 >= word.range.end);
        let title = inner
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase));
        if title {
            return near && inner.ends_with([',', '.', '!', '?']);
        }
        // "adds to the West's “fatigue”": what belongs to somebody is no report.
        let owned = left
            .last()
            .is_some_and(|word| word.part == Part::Possessive);
        !owned && report.speaker.is_some()
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
    fn left(&self, index: usize, piece: &Piece) -> Vec<Word> {
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
    fn right(&self, index: usize, piece: &Piece) -> Vec<Word> {
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
        if inner.ends_with(['.', '…']) && !opens_small {
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

    fn report(&self, inner: &str, left: &[Word], right: &[Word]) -> Option<Report> {
        let after = || self.reader.after(right);
        let before = || self.reader.before(left);
        // "what they called “…,” the minister": the word that touches the mark.
        let touching = left
            .iter()
            .rev()
            .find(|word| word.part != Part::Comma)
            .is_some_and(|word| matches!(word.part, Part::Finite | Part::Participle));
        let (first, second) = if inner.ends_with([',', '?', '!', '—', '–']) && !touching {
            (after(), before())
        } else {
            (before(), after().or_else(|| self.reader.trailing(right)))
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
        let words = self.reader.words(self.reader.cut_left(before), &[]);
        let speaker = self
            .reader
            .before(&words)
            .and_then(|report| report.speaker)
            .or_else(|| Reader::opening_actor(&words))?;
        Some(self.speaker(speaker))
    }

    /// The speaker before.
    fn previous(&self, piece: &Piece) -> Option<Speaker> {
        let (last, quote) = self.last.as_ref()?;
        (last.block + 2 >= piece.block)
            .then(|| quote.speaker.clone())
            .flatten()
    }

    /// Whom the text is about where a quotation stands alone: the speaker before.
    fn in_focus(&self, piece: &Piece) -> Option<Speaker> {
        self.previous(piece)
    }

    fn speaker(&self, range: TextRange) -> Speaker {
        self.who.speaker(range)
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
