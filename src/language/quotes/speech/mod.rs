//! Who reports a quotation, and with which word: read from the words of its sentence, other quotations in it masked.

mod behind;
mod phrase;
mod report;
mod subject;

use super::words::{Part, part};
use crate::document::Document;
use crate::language::entities::{EntityType, Mention};
use crate::language::token::tokens;
use crate::text::{Layer, TextRange};

/// At most this many bytes to either side are looked at.
const REACH_BYTES: u32 = 600;
/// A verb belongs to a subject at most this many words before it, behind an apposition.
const APPOSITION: usize = 26;
/// A noun phrase is at most this long.
const PHRASE: usize = 9;

/// Who reports, and with which word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) speaker: Option<TextRange>,
    pub(super) cue: TextRange,
    /// "was asked, “…”": said by somebody who is not named.
    pub(super) passive: bool,
}

/// A word beside a quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) range: TextRange,
    pub(super) part: Part,
    /// The kind of the name it belongs to, and where that name stands.
    name: Option<(EntityType, TextRange)>,
}

/// A noun phrase: its words, and the one it names.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    from: usize,
    to: usize,
    range: TextRange,
    weight: Weight,
}

/// How likely it is that a phrase names somebody who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Thing,
    Described,
    Named,
    Person,
}

/// A document with its names, read for reports.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) mentions: &'a Layer<Mention>,
}

impl Reader<'_> {
    /// The words of `range`, in which each of `quoted` (in order) is one word; what stands in brackets is passed over.
    pub(super) fn words(&self, range: TextRange, quoted: &[TextRange]) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut at = range.start;
        let mut brackets = 0_u32;
        for hole in quoted {
            if hole.start >= at && hole.end <= range.end {
                self.add(TextRange::new(at, hole.start), &mut words, &mut brackets);
                words.push(Word {
                    range: *hole,
                    part: Part::Quoted,
                    name: None,
                });
                // "star of “Scandal,” thanked him": the comma belongs to the sentence.
                if hole.of_text(&self.document.text).ends_with(',') {
                    words.push(Word {
                        range: TextRange::new(hole.end - 1, hole.end),
                        part: Part::Comma,
                        name: None,
                    });
                }
                at = hole.end;
            }
        }
        self.add(
            TextRange::new(at, range.end.max(at)),
            &mut words,
            &mut brackets,
        );
        words
    }

    fn add(&self, range: TextRange, words: &mut Vec<Word>, brackets: &mut u32) {
        let text = &*self.document.text;
        let mut names = self
            .mentions
            .within(range)
            .filter(|(_, mention)| !mention.adjective)
            .peekable();
        for token in tokens(text, range) {
            match token.range.of_text(text) {
                // "Moore (D-Wis.) said".
                "(" => *brackets = 12,
                ")" => {
                    *brackets = 0;
                    continue;
                }
                "\"" | "“" | "”" | "«" | "»" | "„" | "「" | "」" | "『" | "』" => {
                    continue;
                }
                // "Bee, R-Ky., said": an abbreviation, no end.
                "." if text
                    .get(token.range.end as usize..)
                    .is_some_and(|rest| rest.starts_with(',')) =>
                {
                    continue;
                }
                _ => {}
            }
            if *brackets > 0 {
                *brackets -= 1;
                continue;
            }
            while names
                .next_if(|(name, _)| name.end <= token.range.start)
                .is_some()
            {}
            let name = names
                .peek()
                .filter(|(name, _)| name.overlaps(token.range))
                .map(|(name, mention)| (mention.kind, *name));
            let before = words.last().map(|word| word.part);
            let mut part = part(text, token, before);
            let spelled = token.range.of_text(text);
            if name.is_some() && part != Part::Possessive {
                part = Part::Capital;
            } else if part == Part::Finite
                && words
                    .last()
                    .is_some_and(|word| word.range.of_text(text) == "to")
            {
                // "went on to say".
                part = Part::Participle;
            } else if part == Part::Small
                && spelled.ends_with('s')
                && words.last().is_some_and(|word| {
                    word.part == Part::Pronoun
                        || word
                            .name
                            .is_some_and(|(kind, _)| kind == EntityType::Person)
                            && word.part == Part::Capital
                })
            {
                // "Blige sings".
                part = Part::Verb;
            }
            if part.in_phrase()
                && let Some(last) = words.last_mut()
                && last.part == Part::Object
                && matches!(last.range.of_text(text), "this" | "these" | "those")
            {
                // "this source told us".
                last.part = Part::Article;
            }
            if let Some(last) = words.last_mut() {
                match (last.range.of_text(text), spelled) {
                    // "so-called".
                    ("-", "called") => part = Part::Small,
                    // "as he put it".
                    ("put" | "puts", "it") => last.part = Part::Finite,
                    // "about 200 protesters".
                    ("about" | "over" | "around" | "under", _) if part == Part::Number => {
                        last.part = Part::Adverb;
                    }
                    _ => {}
                }
            }
            words.push(Word {
                range: token.range,
                part,
                name,
            });
        }
    }

    /// At most [`REACH_BYTES`] before the end of `range`.
    pub(super) fn cut_left(&self, range: TextRange) -> TextRange {
        let mut start = range.start.max(range.end.saturating_sub(REACH_BYTES));
        while !self.document.text.is_char_boundary(start as usize) {
            start += 1;
        }
        TextRange::new(start.min(range.end), range.end)
    }

    /// At most [`REACH_BYTES`] from the start of `range`.
    pub(super) fn cut_right(&self, range: TextRange) -> TextRange {
        let mut end = range.end.min(range.start.saturating_add(REACH_BYTES));
        while !self.document.text.is_char_boundary(end as usize) {
            end -= 1;
        }
        TextRange::new(range.start, end.max(range.start))
    }
}
