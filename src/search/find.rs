//! Regexp find in one text.
//!
//! In: a pattern as typed and a text. Out: byte ranges of hits, the first one at once, all of them in pieces ([`Scan`]). The syntax is that of the `regex` crate, so
//! time is linear in the text and hostile patterns are refused by size; what differs makes it a reader's tool:
//!
//! - a blank matches any run of white space, so a phrase is found across the line breaks of a hard-wrapped paragraph;
//! - a straight quote or apostrophe matches curly ones;
//! - capitals matter only if one is typed; `^` and `$` stand at lines.
//!
//! An empty match is no hit. A hit of more than 64 KiB may come out shorter than the pattern allows. Accents count here: a pattern
//! says exactly what it looks for.

mod error;
mod pattern;
mod scan;

pub use error::FindError;
pub use scan::{Progress, Scan};

use regex::{Regex, RegexBuilder};

use crate::text::TextRange;

/// How far past its beginning a hit is followed at first.
const REACH: usize = 1 << 14;
/// How far past its beginning a hit is followed at most.
const LONGEST_HIT: usize = 1 << 16;
/// A stretch searched for the beginning of a hit before the next is begun.
const PIECE: usize = 1 << 18;

/// A pattern, ready to search.
#[derive(Debug, Clone)]
pub struct Finder {
    regex: Regex,
}

impl Finder {
    /// Understands a pattern.
    ///
    /// ```
    /// use postil::search::find::Finder;
    ///
    /// let text = "They agreed on a final\nsettlement.";
    /// let hit = Finder::new("final settle\\w+").unwrap().first_from(text, 0).unwrap();
    /// assert_eq!(hit.of_text(text), "final\nsettlement");
    /// assert!(Finder::new("final (settle").unwrap_err().to_string().contains("unclosed group"));
    /// ```
    pub fn new(pattern: &str) -> Result<Self, FindError> {
        if pattern.is_empty() {
            return Err(FindError::Empty);
        }
        if pattern.len() > FindError::LONGEST_PATTERN {
            return Err(FindError::TooLong {
                bytes: pattern.len(),
            });
        }
        // The pattern as typed comes first, so that an error points into what was typed.
        let case = pattern::case_of(pattern);
        build(pattern, case).map_err(|error| FindError::from_regex(&error, pattern))?;
        build(&pattern::for_reading(pattern), case)
            .map(|regex| Self { regex })
            .map_err(|error| FindError::from_regex(&error, pattern))
    }

    /// The same while the pattern is being typed: if it is no regexp (yet), its characters are searched as they stand, and the
    /// error says why. Without a finder there is nothing to search.
    pub fn typed(pattern: &str) -> (Option<Self>, Option<FindError>) {
        match Self::new(pattern) {
            Ok(finder) => (Some(finder), None),
            Err(error @ (FindError::Empty | FindError::TooLong { .. })) => (None, Some(error)),
            Err(error @ (FindError::Syntax { .. } | FindError::TooLarge)) => {
                (Self::literal(pattern).ok(), Some(error))
            }
        }
    }

    /// Searches the characters of `words` as they stand; blanks and quotes match as in a pattern.
    pub fn literal(words: &str) -> Result<Self, FindError> {
        if words.is_empty() {
            return Err(FindError::Empty);
        }
        let escaped = regex::escape(words);
        build(&pattern::for_reading(&escaped), pattern::case_of(&escaped))
            .map(|regex| Self { regex })
            .map_err(|error| FindError::from_regex(&error, words))
    }

    /// The first hit that begins at `at_byte` or later.
    pub fn first_from(&self, text: &str, at_byte: u32) -> Option<TextRange> {
        self.first_between(text, at_byte as usize, text.len())
    }

    /// The last hit that begins before `at_byte`. In a run of hits that could overlap it may lie between those that going forward finds.
    pub fn last_before(&self, text: &str, at_byte: u32) -> Option<TextRange> {
        let mut until = ceil(text, (at_byte as usize).min(text.len()));
        let mut length = REACH;
        while until > 0 {
            let from = floor(text, until.saturating_sub(length));
            let last = Hits {
                finder: self,
                text,
                from,
                until,
            }
            .last();
            if last.is_some() {
                return last;
            }
            until = from;
            length = (length * 2).min(PIECE);
        }
        None
    }

    /// The hits that begin in `window`, in order, apart from each other.
    pub fn hits<'a>(
        &'a self,
        text: &'a str,
        window: TextRange,
    ) -> impl Iterator<Item = TextRange> + 'a {
        Hits {
            finder: self,
            text,
            from: window.start as usize,
            until: window.end as usize,
        }
    }

    /// The first hit that begins at `from` or later and before `until`.
    ///
    /// The text is given to the regex in pieces with an overlap: a pattern that reads to the end of the text before it decides (`(?s).*a|b`)
    /// costs a piece per hit and not the whole text. A hit that touches the end of its piece is tried again with more text, since `$` and `\b` look at what follows.
    fn first_between(&self, text: &str, from: usize, until: usize) -> Option<TextRange> {
        let until = until.min(text.len());
        let mut at = floor(text, from);
        let mut piece = REACH;
        let mut reach = REACH;
        while at < until {
            let piece_end = floor(text, until.min(at + piece)).max(at + 1);
            let horizon = ceil(text, piece_end.saturating_add(reach));
            let found = self.regex.find_at(text.get(..horizon)?, at);
            let Some(found) = found.filter(|found| found.start() < piece_end) else {
                at = ceil(text, piece_end);
                piece = (piece * 4).min(PIECE);
                reach = REACH;
                continue;
            };
            if found.end() == horizon && horizon < text.len() && reach < LONGEST_HIT {
                at = floor(text, found.start());
                reach *= 2;
                continue;
            }
            if !found.is_empty() {
                return Some(TextRange::of(found.start(), found.end()));
            }
            at = ceil(text, found.end() + 1);
        }
        None
    }
}

struct Hits<'a> {
    finder: &'a Finder,
    text: &'a str,
    from: usize,
    until: usize,
}

impl Iterator for Hits<'_> {
    type Item = TextRange;

    fn next(&mut self) -> Option<TextRange> {
        let hit = self
            .finder
            .first_between(self.text, self.from, self.until)?;
        self.from = hit.end as usize;
        Some(hit)
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// The first character boundary at or after `at`.
fn ceil(text: &str, at: usize) -> usize {
    (at..at.saturating_add(4))
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

fn build(pattern: &str, case: pattern::Case) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .case_insensitive(case == pattern::Case::Ignored)
        .multi_line(true)
        .size_limit(1 << 20)
        .dfa_size_limit(4 << 20)
        .nest_limit(50)
        .build()
}

#[cfg(test)]
mod tests;
