//! Words divided at the end of a line, after Liang's patterns for the language.

use hypher::Lang;

use super::graphemes::{grapheme_at, is_blank};

/// Whether and in which language words are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hyphenation {
    /// Words stay whole.
    #[default]
    Off,
    /// By the patterns of the language with this ISO 639-1 code.
    On([u8; 2]),
}

impl Hyphenation {
    /// Hyphenation for the language with ISO 639-1 code `code`; off where there are no patterns for it (there are for `en`, `fr`, `de`, `es`).
    ///
    /// ```
    /// use postil::app::reflow::Hyphenation;
    /// assert_eq!(Hyphenation::of("fr"), Hyphenation::On(*b"fr"));
    /// assert_eq!(Hyphenation::of("ko"), Hyphenation::Off);
    /// ```
    pub fn of(code: &str) -> Self {
        match <[u8; 2]>::try_from(code.as_bytes()) {
            Ok(code) if Lang::from_iso(code).is_some() => Self::On(code),
            Ok(_) | Err(_) => Self::Off,
        }
    }

    fn language(self) -> Option<Lang> {
        match self {
            Self::Off => None,
            Self::On(code) => Lang::from_iso(code),
        }
    }

    /// Where to divide the word that starts at `at` so that its first part and a hyphen fit `room_cells`: the byte after the
    /// first part, and the cells of that part.
    ///
    /// Never a word with a capital, a digit or a sign inside it, never the last word of `text`, and at least three letters stay on
    /// each side.
    pub(super) fn divide(self, text: &str, at: usize, room_cells: usize) -> Option<(usize, usize)> {
        let language = self.language()?;
        let start = at
            + text
                .get(at..)?
                .find(|c: char| !matches!(c, '"' | '\'' | '(' | '[' | '“' | '‘' | '«' | '„'))?;
        let rest = text.get(start..)?;
        let length = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let word = rest
            .get(..length)
            .filter(|word| word.len() <= LONGEST_WORD)?;
        let tail = rest.get(length..)?.trim_start_matches(|c: char| {
            matches!(
                c,
                ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '…'
            )
        });
        let ends_here = tail.chars().next().is_some_and(is_blank);
        if !ends_here || tail.trim().is_empty() || word.chars().any(char::is_uppercase) {
            return None;
        }
        let mut cells = cells_of(text, at, start)?;
        let (mut end, mut best) = (start, None);
        let (left, right) = language.bounds();
        for syllable in hypher::hyphenate_bounded(
            word,
            language,
            left.max(MIN_LETTERS),
            right.max(MIN_LETTERS),
        ) {
            cells += cells_of(text, end, end + syllable.len())?;
            end += syllable.len();
            if cells + 1 > room_cells {
                break;
            }
            if end < start + length {
                best = Some((end, cells));
            }
        }
        best
    }
}

const MIN_LETTERS: usize = 3;
/// In bytes; `hypher` panics on a longer one unless its `alloc` feature is on. So long a word stays whole.
const LONGEST_WORD: usize = hypher::MAX_INLINE_SIZE;

/// The cells from `start` to `end`; `None` if a cluster goes across the end.
fn cells_of(text: &str, start: usize, end: usize) -> Option<usize> {
    let (mut at, mut cells) = (start, 0);
    while at < end {
        let grapheme = grapheme_at(text, at)?;
        (at, cells) = (grapheme.end, cells + usize::from(grapheme.cells));
    }
    (at == end).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The word with every division shown, found by giving it more and more room.
    fn check(language: &str, text: &str, wanted: &str) {
        let hyphenation = Hyphenation::of(language);
        let mut ends: Vec<usize> = (0..40)
            .filter_map(|room| hyphenation.divide(text, 0, room))
            .map(|(end, _)| end)
            .collect();
        ends.dedup();
        let mut shown = text.to_owned();
        for end in ends.iter().rev() {
            shown.insert(*end, '~');
        }
        assert_eq!(shown, wanted);
    }

    #[test]
    fn words_are_divided_by_the_patterns_of_their_language() {
        check("en", "extensive, and", "exten~sive, and");
        check("en", "(negotiation) was", "(nego~ti~a~tion) was");
        check("de", "silbentrennung ist", "sil~ben~tren~nung ist");
        check("fr", "déclaration du", "décla~ra~tion du");
    }

    #[test]
    fn names_last_words_addresses_and_short_words_stay_whole() {
        check("en", "Negotiation was", "Negotiation was");
        check("en", "negotiation.", "negotiation.");
        check("en", "negotiation.example went", "negotiation.example went");
        check("en", "women are", "women are");
        let endless = format!("{} was", "negotiation".repeat(5));
        check("en", &endless, &endless);
        check("en", "counter-negotiation was", "counter-negotiation was");
    }
}
