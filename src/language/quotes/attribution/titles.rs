//! What stands in quotation marks and is no speech: the name of a work or a show, a word or two.

use super::{Attribution, NEAR_BYTES};
use crate::language::quotes::Style;
use crate::language::quotes::marks::Piece;
use crate::language::quotes::speech::{Report, Word};
use crate::language::quotes::words::Part;

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

    /// Whether a word or two are speech: reported, and no name or title ("This Week").
    pub(super) fn is_speech(
        piece: &Piece,
        inner: &str,
        report: Option<Report>,
        left: &[Word],
    ) -> bool {
        let Some(report) = report else {
            return false;
        };
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
