use memchr::memmem;

use crate::search::fold::fold_char;

/// More terms than this are left out, as are letters of a term past [`LONGEST_TERM`] bytes: nobody types them, and they would cost time.
const MOST_TERMS: usize = 16;
const LONGEST_TERM: usize = 256;

/// What was typed, understood.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub(super) terms: Vec<Term>,
    /// The characters that every match must have.
    pub(super) mask: u64,
}

/// How a term must stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Its letters in order, anything between them.
    Scattered,
    /// Side by side.
    Inside,
    /// At the beginning.
    Start,
    /// At the end.
    End,
    /// The whole text.
    Whole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Wanted,
    Unwanted,
}

#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) place: Place,
    pub(super) sign: Sign,
    /// Folded, never empty.
    pub(super) text: String,
    /// For each folded byte: it begins what was typed as a capital.
    pub(super) capitals: Vec<bool>,
    /// Set by a capital in the term.
    pub(super) case_matters: bool,
    pub(super) n_chars: usize,
    pub(super) finder: memmem::Finder<'static>,
}

impl Query {
    /// Understands what was typed; it cannot fail. A sign that has no letters yet (`!`, `^`) is left out.
    pub fn parse(typed: &str) -> Self {
        let terms: Vec<Term> = split(typed)
            .iter()
            .filter_map(|word| Term::parse(word))
            .take(MOST_TERMS)
            .collect();
        let mask = terms
            .iter()
            .filter(|term| term.sign == Sign::Wanted)
            .flat_map(|term| term.text.chars())
            .fold(0, |mask, c| mask | mask_bit(c));
        Self { terms, mask }
    }

    /// Whether it has no term and so matches everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether whatever matches `self` surely matched `older`.
    pub(super) fn narrows(&self, older: &Self) -> bool {
        older
            .terms
            .iter()
            .all(|old| self.terms.iter().any(|new| new.implies(old)))
    }
}

impl Term {
    fn parse(word: &str) -> Option<Self> {
        let (sign, word) = match word.strip_prefix('!') {
            Some(rest) => (Sign::Unwanted, rest),
            None => (Sign::Wanted, word),
        };
        let (place, word) = match (word.strip_prefix('\''), word.strip_prefix('^')) {
            (Some(rest), _) => (Place::Inside, rest),
            (None, Some(rest)) => match rest.strip_suffix('$') {
                Some(rest) => (Place::Whole, rest),
                None => (Place::Start, rest),
            },
            (None, None) => match (word.strip_suffix('$'), sign) {
                (Some(rest), _) => (Place::End, rest),
                (None, Sign::Wanted) => (Place::Scattered, word),
                (None, Sign::Unwanted) => (Place::Inside, word),
            },
        };
        let (mut text, mut capitals) = (String::new(), Vec::new());
        for c in word.chars() {
            let at = text.len();
            fold_char(c, |out| text.push(out));
            if text.len() > LONGEST_TERM {
                text.truncate(at);
                break;
            }
            capitals.resize(text.len(), false);
            if let Some(first) = capitals.get_mut(at) {
                *first = c.is_uppercase();
            }
        }
        let finder = memmem::Finder::new(text.as_bytes()).into_owned();
        (!text.is_empty()).then(|| Self {
            place,
            sign,
            case_matters: capitals.contains(&true),
            n_chars: text.chars().count(),
            capitals,
            finder,
            text,
        })
    }

    /// Whether every text that `self` lets through, `old` lets through too. Said of the ways queries grow while they are typed; others are not trusted.
    fn implies(&self, old: &Self) -> bool {
        let begins = self.text.starts_with(&old.text)
            && (!old.case_matters || self.case_matters && self.capitals.starts_with(&old.capitals));
        let ends = self.text.ends_with(&old.text)
            && (!old.case_matters || self.case_matters && self.capitals.ends_with(&old.capitals));
        let same = self.text == old.text && self.capitals == old.capitals;
        match (old.sign, self.sign) {
            (Sign::Wanted, Sign::Unwanted) | (Sign::Unwanted, Sign::Wanted) => false,
            (Sign::Unwanted, Sign::Unwanted) => same && self.place == old.place,
            (Sign::Wanted, Sign::Wanted) => match old.place {
                Place::Scattered => begins,
                Place::Inside => begins && self.place != Place::Scattered,
                Place::Start => begins && matches!(self.place, Place::Start | Place::Whole),
                Place::End => ends && matches!(self.place, Place::End | Place::Whole),
                Place::Whole => same && self.place == Place::Whole,
            },
        }
    }
}

/// Splits at blanks that are not escaped, and takes the escapes away.
fn split(typed: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = c == '\\' && chars.peek().is_some_and(|next| next.is_whitespace());
        if c.is_whitespace() {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(if escaped {
                chars.next().map_or(c, |_| ' ')
            } else {
                c
            });
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// One of 64 bits for a folded character: letters and digits have their own, all else shares 28.
#[inline]
pub(super) fn mask_bit(c: char) -> u64 {
    let n = u32::from(c);
    let bit = match c {
        'a'..='z' => n - u32::from('a'),
        '0'..='9' => 26 + n - u32::from('0'),
        _ => 36 + n.wrapping_mul(0x9E37_79B1) % 28,
    };
    1 << bit
}
