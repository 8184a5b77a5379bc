//! Where a quotation begins and ends in its source.
//!
//! A fit is told sentence by sentence: no word of the sentence before or after is set against words the quotation puts in at its ends, and where both begin (or end) with the same words the
//! difference lies behind them. What the quotation leaves out of the last sentence is told, since a condition may stand there.

use std::ops::Range;

use super::align::Hunk;
use super::words::Words;
use crate::text::TextRange;

/// Words by which the start or end of a sentence may be missed.
const NEAR: usize = 30;
/// Words that a sentence and a quotation begin or end with alike, at least, to be laid on each other there.
const ALIKE: usize = 2;
/// Bytes of the rest of a sentence that are looked at.
const LONGEST_REST: usize = 600;

/// A quotation laid on a source: the words of the source, and where the two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Laid {
    pub(super) source: Range<usize>,
    pub(super) hunks: Vec<Hunk>,
}

impl Laid {
    /// The same within the sentences of the source, for the words `quote` of a quotation.
    pub(super) fn within_sentences(mut self, quote: &[u32], source: (&str, &Words)) -> Self {
        self.settle_start(quote, source);
        self.settle_end(quote, source);
        self.hunks
            .retain(|hunk| !hunk.a.is_empty() || !hunk.b.is_empty());
        self
    }

    fn settle_start(&mut self, quote: &[u32], (text, words): (&str, &Words)) {
        let Some(hunk) = self.hunks.first_mut().filter(|hunk| hunk.a.start == 0) else {
            return;
        };
        let inside = (hunk.b.start + 1..=hunk.b.end).rev();
        if let Some(start) = inside.into_iter().find(|at| begins(text, words, *at)) {
            hunk.b.start = start;
            self.source.start = start;
        }
        let earliest = self.source.start.saturating_sub(NEAR);
        let begin = (earliest..=self.source.start)
            .rev()
            .find(|at| begins(text, words, *at));
        if let Some(start) = begin.filter(|start| *start < hunk.b.end) {
            let there = words.ids().get(start..hunk.b.end).unwrap_or_default();
            let here = quote.get(..hunk.a.end).unwrap_or_default();
            let alike = there.iter().zip(here).take_while(|(x, y)| x == y).count();
            if alike >= ALIKE {
                (hunk.a.start, hunk.b.start) = (alike, start + alike);
                self.source.start = start;
                return;
            }
        }
        // "shall" in the place of "not" is "shall not" without the "not".
        if let Some(start) = self.source.start.checked_sub(1)
            && words.ids().get(start) == quote.first()
            && !hunk.a.is_empty()
            && hunk.b.len() <= hunk.a.len()
            && begin != Some(self.source.start)
        {
            (hunk.a.start, self.source.start) = (1, start);
        }
    }

    fn settle_end(&mut self, quote: &[u32], (text, words): (&str, &Words)) {
        let Some(hunk) = self
            .hunks
            .last_mut()
            .filter(|hunk| hunk.a.end == quote.len())
        else {
            return;
        };
        let mut inside = hunk.b.clone();
        if let Some(end) = inside.find(|at| begins(text, words, *at)) {
            hunk.b.end = end;
            self.source.end = end;
        }
        let latest = (self.source.end + NEAR).min(words.len());
        let end =
            (self.source.end..=latest).find(|at| *at == words.len() || begins(text, words, *at));
        let Some(end) = end.filter(|end| *end > hunk.b.start) else {
            return;
        };
        let there = words.ids().get(hunk.b.start..end).unwrap_or_default();
        let here = quote.get(hunk.a.clone()).unwrap_or_default();
        let alike = there
            .iter()
            .rev()
            .zip(here.iter().rev())
            .take_while(|(x, y)| x == y)
            .count();
        if alike >= ALIKE {
            (hunk.a.end, hunk.b.end) = (hunk.a.end - alike, end - alike);
            self.source.end = end;
        }
    }
}

/// Whether a sentence or paragraph begins with the word `at`.
fn begins(text: &str, words: &Words, at: usize) -> bool {
    let Some(here) = words.range(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| words.range(before));
    let Some(before) = before else {
        return true;
    };
    let gap = TextRange::new(before.end, here.start.max(before.end)).of_text(text);
    let mut letters = gap
        .trim_start_matches(['"', '”', '’', ')', ']', '»'])
        .chars();
    gap.contains('\n') && gap.matches('\n').count() > 1
        || matches!(letters.next(), Some('.' | '!' | '?'))
            && letters.any(char::is_whitespace)
            && here
                .of_text(text)
                .starts_with(|first: char| !first.is_lowercase())
            && !is_initial(before.of_text(text))
}

/// Whether a full stop behind the word may be that of an abbreviation.
fn is_initial(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "No" | "Gen" | "Sen" | "Rep" | "Gov" | "Prof"
    ) || word.chars().count() == 1 && word.starts_with(char::is_uppercase)
}

/// What a quotation leaves out at its end of a sentence that it gives as a whole: it ends like one, or begins where that of the source begins. `quote` is its last part, `starts` whether
/// the passage at `range` of the source begins as the quotation does, with a sentence.
pub(super) fn rest(
    quote: &str,
    starts: Starts,
    source: &str,
    range: TextRange,
) -> Option<TextRange> {
    let quote = quote.trim_end();
    let ends = quote.ends_with(['.', '!', '?', ',']) && !quote.ends_with("..");
    if !ends && starts == Starts::Within
        || quote.ends_with(['…', '–', '—', '-'])
        || quote.ends_with("..")
    {
        return None;
    }
    let behind = source.get(range.end as usize..)?;
    let closed = range.of_text(source).ends_with(['.', '!', '?']);
    let next = behind.trim_start_matches(CLOSING);
    if closed
        || next.is_empty()
        || next.starts_with(['.', '!', '?', '…'])
        || next.starts_with("\n\n")
    {
        return None;
    }
    let mut end = 0;
    let mut letters = behind.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        end = at;
        let next = letters.peek().map(|(_, next)| *next);
        let stops = matches!(letter, '!' | '?' | '.')
            && next.is_none_or(|next| next.is_whitespace() || CLOSING.contains(&next))
            && {
                let word = behind
                    .get(..at)?
                    .rsplit(|letter: char| !letter.is_alphanumeric())
                    .next()?;
                !is_initial(word)
            };
        if stops || letter == '\n' && next == Some('\n') || at >= LONGEST_REST {
            break;
        }
        end = at + letter.len_utf8();
    }
    let left_out = behind.get(..end)?;
    let lead = left_out.len()
        - left_out
            .trim_start_matches(|letter: char| !letter.is_alphanumeric())
            .len();
    let range = TextRange::new(
        range.end + lead as u32,
        range.end + left_out.trim_end().len().max(lead) as u32,
    );
    (!range.is_empty()).then_some(range)
}

const CLOSING: [char; 6] = ['"', '”', '’', ')', ']', '»'];

/// Whether a quotation begins as its passage does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Starts {
    /// Both begin with a sentence.
    Sentence,
    /// Within a sentence.
    Within,
}

impl Starts {
    /// Of a quotation on the words of a source that begin with the word `at`.
    pub(super) fn of(quote: &str, (text, words): (&str, &Words), at: usize) -> Self {
        let capital = quote
            .trim_start_matches(['[', '('])
            .starts_with(char::is_uppercase);
        if capital && begins(text, words, at) {
            Self::Sentence
        } else {
            Self::Within
        }
    }
}

/// Whether words left out turn what is said before them: a condition, an exception, a limit.
pub fn turns(rest: &str) -> bool {
    let words = Words::of(rest);
    (0..words.len())
        .filter_map(|at| words.range(at))
        .any(|word| {
            let word = word.of_text(rest).to_lowercase();
            matches!(
                word.as_str(),
                "unless"
                    | "if"
                    | "except"
                    | "only"
                    | "until"
                    | "but"
                    | "not"
                    | "never"
                    | "provided"
                    | "although"
                    | "though"
                    | "however"
            )
        })
}
