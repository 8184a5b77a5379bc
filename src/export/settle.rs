//! Where the words of an annotation that came in stand in a document; only what is certain.

use std::fmt;

use memchr::memmem;

use super::incoming::{LONGEST_OF_MANY, MOST_PASSAGES, numbered};
use super::{About, Incoming, Position, Spot};
use crate::annotation::{Anchor, Target, TextQuote, locate};
use crate::document::{Document, Revision};
use crate::text::{Offsets, TextRange};

/// Why an annotation has no place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsettled {
    /// Its words do not stand there.
    Absent,
    /// They stand in several places, and nothing tells which is meant.
    Ambiguous,
    /// The document is shorter than that.
    Beyond,
    /// Its place is said in a way nothing here understands.
    Unknown(String),
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("its words are not in the document"),
            Self::Ambiguous => f.write_str("its words stand there more than once"),
            Self::Beyond => f.write_str("its place lies beyond the end of the document"),
            Self::Unknown(how) => write!(
                f,
                "its place is given by {how}; what is understood are words, positions and `char=` fragments"
            ),
        }
    }
}

/// Finds the passage of an annotation in a document.
///
/// Offsets beside words count only if the words stand there, as code points or as UTF-16 units, whichever fits: programs disagree. Else the words are
/// looked for, and taken if they stand there once or what is around them tells which they are. A note on the document as a whole gets its title.
pub fn settle(incoming: &Incoming, document: &Document) -> Result<TextRange, Unsettled> {
    let text = &document.text;
    let exact = incoming.quote.exact.as_str();
    let has_words = !exact.trim().is_empty();
    match (&incoming.about, incoming.position) {
        (About::Unknown(how), _) => Err(Unsettled::Unknown(how.clone())),
        (About::Whole, _) => whole(document),
        (About::Between(first, second), _) => {
            let start = words(first, document)?.start;
            let end = words(second, document)?.start;
            let between = text.get(start as usize..end as usize).unwrap_or_default();
            let n_bytes = between.trim_end().len();
            let range = TextRange::of(start as usize, start as usize + n_bytes);
            if n_bytes > 0 {
                Ok(range)
            } else {
                Err(Unsettled::Absent)
            }
        }
        (About::Within(outer), position) => {
            let outer = match outer {
                Spot::Words(quote) => words(quote, document)?,
                Spot::At(position) => at(*position, document)?,
            };
            let inside = outer.of_text(text);
            let moved = |start: usize, end: usize| {
                TextRange::of(outer.start as usize + start, outer.start as usize + end)
            };
            match position {
                _ if has_words => {
                    let mut places = memmem::find_iter(inside.as_bytes(), exact.as_bytes());
                    match (places.next(), places.next()) {
                        (Some(at), None) => Ok(moved(at, at + exact.len())),
                        (Some(_), Some(_)) => Err(Unsettled::Ambiguous),
                        (None, _) => Err(Unsettled::Absent),
                    }
                }
                Some(position) => {
                    let start = byte_of(inside, position.start).ok_or(Unsettled::Beyond)?;
                    let end = byte_of(inside, position.end).ok_or(Unsettled::Beyond)?;
                    if start < end {
                        Ok(moved(start, end))
                    } else {
                        Err(Unsettled::Absent)
                    }
                }
                None => Ok(outer),
            }
        }
        (About::Stretches(stretches), _) => {
            let ranges = stretches_of(stretches, document)?;
            let (first, last) = ranges.first().zip(ranges.last()).ok_or(Unsettled::Absent)?;
            let said: Vec<&str> = ranges.iter().map(|range| range.of_text(text)).collect();
            if said.join(" ") == exact {
                return Ok(TextRange::new(first.start, last.end));
            }
            words(&incoming.quote, document)
        }
        (About::Passage | About::PassageInUtf16, None) if !has_words => whole(document),
        (About::Passage, Some(position)) if !has_words => at(position, document),
        (About::PassageInUtf16, Some(position)) if !has_words => {
            let n_units = text.encode_utf16().count();
            if position.end as usize > n_units || position.start >= position.end {
                return Err(Unsettled::Beyond);
            }
            let offsets = Offsets::new(text);
            Ok(TextRange::new(
                offsets.byte_of_utf16(text, position.start),
                offsets.byte_of_utf16(text, position.end),
            ))
        }
        (About::Passage | About::PassageInUtf16, position) => {
            if let Some(position) = position {
                let offsets = Offsets::new(text);
                let points = TextRange::new(
                    offsets.byte_of_code_point(text, position.start),
                    offsets.byte_of_code_point(text, position.end),
                );
                let units = TextRange::new(
                    offsets.byte_of_utf16(text, position.start),
                    offsets.byte_of_utf16(text, position.end),
                );
                let fits = |range: &TextRange| range.of_text(text) == exact;
                if let Some(range) = [points, units].into_iter().find(fits) {
                    return Ok(range);
                }
            }
            words(&incoming.quote, document)
        }
    }
}

/// A note on the document as a whole stands at its title.
fn whole(document: &Document) -> Result<TextRange, Unsettled> {
    let first = document.blocks.first().map(|block| block.range);
    document.meta.title_at.or(first).ok_or(Unsettled::Absent)
}

/// The place of code points that are all there.
fn at(position: Position, document: &Document) -> Result<TextRange, Unsettled> {
    let start = byte_of(&document.text, position.start).ok_or(Unsettled::Beyond)?;
    let end = byte_of(&document.text, position.end).ok_or(Unsettled::Beyond)?;
    if start < end {
        Ok(TextRange::of(start, end))
    } else {
        Err(Unsettled::Absent)
    }
}

/// The byte at which the code point numbered `point` begins, or the text ends.
fn byte_of(text: &str, point: u32) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at);
    ends.chain([text.len()]).nth(point as usize)
}

/// Where words stand, if that is certain: they stand there once, or in one place alone between what stood around them.
fn words(quote: &TextQuote, document: &Document) -> Result<TextRange, Unsettled> {
    let text = &document.text;
    let exact = quote.exact.as_str();
    if exact.trim().is_empty() {
        return Err(Unsettled::Absent);
    }
    let places = || memmem::find_iter(text.as_bytes(), exact.as_bytes());
    let range = |at: usize| TextRange::of(at, at + exact.len());
    let mut all = places();
    match (all.next(), all.next()) {
        (Some(only), None) => return Ok(range(only)),
        (Some(_), Some(_)) if quote.prefix.trim().is_empty() && quote.suffix.trim().is_empty() => {
            return Err(Unsettled::Ambiguous);
        }
        _ => {}
    }
    let mut fitting = places().filter(|at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + exact.len()..).unwrap_or_default();
        before.ends_with(quote.prefix.as_str()) && after.starts_with(quote.suffix.as_str())
    });
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => return Ok(range(only)),
        (Some(_), Some(_)) => return Err(Unsettled::Ambiguous),
        (None, _) => {}
    }
    // The text it was made on is not known: another revision than any.
    let target = Target {
        doc: document.id,
        revision: Revision([0; 32]),
        position: TextRange::default(),
        quote: quote.clone(),
    };
    match locate(&target, None, document).anchor {
        Anchor::Unchanged(range) | Anchor::Moved(range) | Anchor::Edited(range) => Ok(range),
        Anchor::Ambiguous(_) => Err(Unsettled::Ambiguous),
        Anchor::Probable(range) if range.of_text(text) == exact => Ok(range),
        Anchor::Probable(_) | Anchor::Lost { .. } | Anchor::Sought => Err(Unsettled::Absent),
    }
}

fn stretches_of(stretches: &[Position], document: &Document) -> Result<Vec<TextRange>, Unsettled> {
    stretches.iter().map(|one| at(*one, document)).collect()
}

/// An annotation, or where it is about stretches with other words between them, one for each.
pub fn pieces(incoming: &Incoming, document: &Document) -> Vec<Incoming> {
    let whole = || vec![incoming.clone()];
    let About::Stretches(stretches) = &incoming.about else {
        return whole();
    };
    let Ok(ranges) = stretches_of(stretches, document) else {
        return whole();
    };
    let text = &document.text;
    let said: Vec<&str> = ranges.iter().map(|range| range.of_text(text)).collect();
    let has_words_between = ranges.windows(2).any(|pair| {
        let [one, other] = pair else { return false };
        let between = text.get(one.end as usize..other.start as usize);
        !between.unwrap_or_default().trim().is_empty()
    });
    let is_much = stretches.len() > MOST_PASSAGES || incoming.body.note.len() > LONGEST_OF_MANY;
    if said.join(" ") != incoming.quote.exact || !has_words_between || is_much {
        return whole();
    }
    let each = said.iter().zip(stretches).enumerate();
    each.map(|(n, (words, position))| Incoming {
        // The first one has the number that links call it by.
        id: incoming.id.as_ref().map(|id| numbered(id, n)),
        handle: incoming.handle.clone().filter(|_| n == 0),
        quote: TextQuote {
            exact: (*words).to_owned(),
            ..TextQuote::default()
        },
        position: Some(*position),
        about: About::Passage,
        ..incoming.clone()
    })
    .collect()
}
