//! What stands in quotation marks and is no speech: the name of a work or a show, a word or two.

use super::{Attribution, NEAR_BYTES};
use crate::language::quotes::Style;
use crate::language::quotes::marks::Piece;
use crate::language::quotes::speech::{Report, Word};
use crate::language::quotes::words::Part;
use crate::text::TextRange;

/// Most words of a title.
const TITLE_WORDS: usize = 8;

impl Attribution<'_> {
    /// Whether the quotation is the name of a work or a show: "on CNN’s “State of the Union”".
    pub(super) fn is_work(
        &self,
        piece: &Piece,
        inner: &str,
        report: Option<Report>,
        left: &[Word],
    ) -> bool {
        let lead = left
            .last()
            .map_or("", |word| word.range.of_text(&self.reader.document.text));
        // "The report, entitled “…”", "the so-called “…”".
        if piece.style == Style::Marks
            && matches!(lead, "entitled" | "titled" | "headlined" | "called")
            && (lead != "called"
                || left
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|word| word.range.of_text(&self.reader.document.text) == "-"))
        {
            return true;
        }
        // "…, he said. “That Is Ann Bee.”", "one word: “NO”": what stands alone is said.
        let alone = left
            .iter()
            .rev()
            .find(|word| word.part != Part::Quoted)
            .is_none_or(|word| word.part == Part::Stop);
        if piece.style == Style::Marks && !alone && self.is_title(piece, inner, report) {
            return true;
        }
        let Some(before) = left.last().filter(|_| piece.style == Style::Marks) else {
            return false;
        };
        let lead = before.range.of_text(&self.reader.document.text);
        let introduces = before.part == Part::Possessive
            || matches!(
                lead,
                "on" | "On" | "in" | "In" | "of" | "program" | "show" | "series" | "classic"
            );
        introduces
            && report.is_none_or(|report| report.cue != before.range)
            && inner.ends_with(|letter: char| letter.is_alphanumeric() || letter == ',')
            && inner.split_whitespace().take(TITLE_WORDS + 1).count() <= TITLE_WORDS
            && inner
                .split_whitespace()
                .all(|word| !word.starts_with(char::is_lowercase) || is_small_in_titles(word))
    }

    /// Whether it is written like a title ("The Late Show", "Women Who Work"), and no reporting word touches it.
    fn is_title(&self, piece: &Piece, inner: &str, report: Option<Report>) -> bool {
        let written = inner.ends_with(|letter: char| {
            letter.is_alphanumeric() || matches!(letter, ',' | '.' | '!')
        }) && inner.split_whitespace().take(TITLE_WORDS + 1).count() <= TITLE_WORDS
            && inner
                .split_whitespace()
                .all(|word| !word.starts_with(char::is_lowercase) || is_small_in_titles(word));
        if !written {
            return false;
        }
        let text = &*self.reader.document.text;
        let touches = report.is_some_and(|report| {
            let (from, to) = if report.cue.end <= piece.inner.start {
                (report.cue.end, piece.inner.start)
            } else {
                (piece.inner.end, report.cue.start.max(piece.inner.end))
            };
            let between = TextRange::new(from, to).of_text(text);
            between.split_whitespace().count() <= 5 && !between.contains("the ")
        });
        !touches
    }

    /// Whether a word or two are speech: reported, and no name or title ("This Week").
    pub(super) fn is_speech(
        &self,
        piece: &Piece,
        inner: &str,
        report: Option<Report>,
        (left, right): (&[Word], &[Word]),
    ) -> bool {
        let text = &*self.reader.document.text;
        let ends = inner.ends_with(['.', '!', '?', '…']);
        let is_word = |word: &Word| !matches!(word.part, Part::Comma | Part::Stop | Part::Quoted);
        // "She laughed. “Whom?”": a sentence of its own beside another quotation or a report.
        if ends && !left.iter().any(is_word) && !right.iter().any(is_word) {
            return self.told(piece).is_some() || self.follows(piece);
        }
        let Some(report) = report else {
            return false;
        };
        let lead = left.last().map_or("", |word| word.range.of_text(text));
        // "She answered with one word: “No.”"
        if ends && lead == ":" && report.speaker.is_some() {
            return true;
        }
        // "The word “progress” stands in it".
        if matches!(lead, "word" | "term" | "terms" | "called") && !inner.ends_with([',', '!', '?'])
        {
            return false;
        }
        // "“Denver,” he answered".
        if inner.ends_with([',', '?', '!'])
            && report.cue.start >= piece.inner.end
            && report.cue.start < piece.inner.end + NEAR_BYTES
            && report.speaker.is_some()
        {
            return true;
        }
        let near = left
            .last()
            .is_some_and(|word| report.cue.end + 12 >= word.range.end);
        let title = inner
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase));
        if title {
            return near && inner.ends_with([',', '.', '!', '?']);
        }
        report.speaker.is_some()
    }

    /// Whether a quotation stands before this one in its paragraph, with a report at most between them.
    fn follows(&self, piece: &Piece) -> bool {
        self.last.as_ref().is_some_and(|(last, _)| {
            last.block == piece.block
                && piece.inner.start - last.inner.end.min(piece.inner.start) <= NEAR_BYTES * 2
        })
    }
}

/// Words that are written small in titles.
fn is_small_in_titles(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "a"
            | "an"
            | "and"
            | "to"
            | "in"
            | "for"
            | "on"
            | "at"
            | "with"
            | "is"
            | "by"
            | "or"
            | "from"
    )
}
