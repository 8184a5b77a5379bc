//! Words of a filter found one after the other in a text, whatever its case and accents.

use memchr::memmem;

use crate::search::fold::fold;

/// Words that must stand one after the other, folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    text: String,
    ending: Ending,
}

/// A text made ready to be looked in again and again: folded, any white space in it one blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ready(String);

impl Ready {
    /// Makes a text of several parts ready; words stand in one part, never from one into the next.
    ///
    /// ```
    /// use postil::search::query::{Filter, Ready};
    ///
    /// let ready = Ready::new(&["the Grain\n deal", "of Kyïv"]);
    /// let stands = |line: &str| Filter::parse(line).unwrap().words().iter().all(|words| words.stand_in_ready(&ready));
    /// assert!(stands("\"grain deal\" kyiv") && !stands("\"deal of\""));
    /// ```
    pub fn new(parts: &[&str]) -> Self {
        let mut ready = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for part in parts {
            let folded = fold(part);
            let trimmed = folded.trim();
            if is_one_line(trimmed) {
                ready.push_str(trimmed);
            } else {
                let start = ready.len();
                for word in trimmed.split_whitespace() {
                    if ready.len() > start {
                        ready.push(' ');
                    }
                    ready.push_str(word);
                }
            }
            ready.push('\n');
        }
        Self(ready)
    }
}

/// Whether all white space in a text is single blanks.
fn is_one_line(text: &str) -> bool {
    let controls = text.bytes().any(|byte| byte < b' ');
    let others = |c: char| !c.is_ascii() && c.is_whitespace();
    !controls && !text.contains("  ") && (text.is_ascii() || !text.contains(others))
}

/// Where the last word may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ending {
    /// Where a word of the text does.
    Word,
    /// Anywhere.
    Open,
}

impl Words {
    pub(super) fn new(typed: &str, ending: Ending) -> Option<Self> {
        let text = fold(typed).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Self { text, ending })
    }

    /// Whether they stand somewhere in `text`; any white space there counts as one blank.
    pub fn stand_in(&self, text: &str) -> bool {
        if text.len() < self.text.len() / 3 {
            return false;
        }
        let folded = fold(text);
        if !self.text.contains(' ') {
            return self.found_in(&folded);
        }
        self.found_in(&folded.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether they stand somewhere in a text that was made ready.
    pub fn stand_in_ready(&self, text: &Ready) -> bool {
        self.found_in(&text.0)
    }

    /// To look for them in many texts that were made ready.
    pub fn seeker(&self) -> Seeker<'_> {
        let finder = memmem::Finder::new(self.text.as_bytes());
        Seeker {
            words: self,
            finder,
        }
    }

    /// Whether `text` is just them, or begins with them if their ending is open.
    pub fn are(&self, text: &str) -> bool {
        let folded = fold(text.trim());
        match self.ending {
            Ending::Word => folded == self.text,
            Ending::Open => folded.starts_with(&self.text),
        }
    }

    fn found_in(&self, folded: &str) -> bool {
        self.seeker().found_in(folded)
    }
}

/// Words, made ready to be looked for again and again.
#[derive(Debug)]
pub struct Seeker<'a> {
    words: &'a Words,
    finder: memmem::Finder<'a>,
}

impl Seeker<'_> {
    /// The words that are looked for.
    pub const fn words(&self) -> &Words {
        self.words
    }

    /// Whether they stand somewhere in a text.
    pub fn stand_in(&self, text: &Ready) -> bool {
        self.found_in(&text.0)
    }

    fn found_in(&self, folded: &str) -> bool {
        let Words { text, ending } = self.words;
        let begins = text.chars().next().is_some_and(is_letter);
        let ends = text.chars().next_back().is_some_and(is_letter);
        self.finder.find_iter(folded.as_bytes()).any(|at| {
            let end = at + text.len();
            let before = folded.get(..at).and_then(|head| head.chars().next_back());
            let after = folded.get(end..).and_then(|tail| tail.chars().next());
            // What begins or ends with no letter (`%`, a Chinese character, which no blank sets apart) may stand anywhere.
            let starts_word = !begins || !before.is_some_and(is_letter);
            let ends_word = !ends || *ending == Ending::Open || !after.is_some_and(is_letter);
            starts_word && ends_word
        })
    }
}

/// Whether a name stands in a text, both folded, and not as a part of other words.
pub fn stands(name: &str, text: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    memmem::find_iter(text.as_bytes(), name.as_bytes()).any(|at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + name.len()..)
            .and_then(|tail| tail.chars().next());
        !is_letter(before) && !is_letter(after)
    })
}

/// Letters and digits of scripts that set words apart with blanks.
fn is_letter(c: char) -> bool {
    let unspaced = matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    c.is_alphanumeric() && !unspaced
}
