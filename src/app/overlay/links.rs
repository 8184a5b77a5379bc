//! Letters at the links on the screen.

use crate::app::reader::Reader;
use crate::document::Inline;
use crate::text::TextRange;

/// The links on the screen, each with its letters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    /// Letters, place and address of each.
    pub hints: Vec<Hint>,
    /// The letters typed so far.
    pub typed: String,
}

/// One link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The letters that open it.
    pub letters: String,
    /// Where it stands.
    pub range: TextRange,
    /// Where it leads.
    pub address: Box<str>,
}

const LETTERS: &[u8] = b"asdfghjklqwertyuiopzxcvbnm";

impl Links {
    /// The links among the rows the reader shows.
    pub fn on_screen(reader: &Reader) -> Self {
        let mut links: Vec<(TextRange, Box<str>)> = Vec::new();
        for line in reader.visible.iter().filter_map(|row| row.line.as_ref()) {
            for (range, inline) in reader.document.inlines.within(line.range) {
                if let Inline::Link { to } = inline
                    && !links.iter().any(|(known, _)| known == range)
                {
                    links.push((*range, to.clone()));
                }
            }
        }
        let letters = |index: usize| -> String {
            let letter = |at: usize| char::from(LETTERS.get(at).copied().unwrap_or(b'z'));
            if links.len() <= LETTERS.len() {
                letter(index).to_string()
            } else {
                [
                    letter(index / LETTERS.len() % LETTERS.len()),
                    letter(index % LETTERS.len()),
                ]
                .iter()
                .collect()
            }
        };
        let hints = links
            .iter()
            .enumerate()
            .map(|(index, (range, address))| Hint {
                letters: letters(index),
                range: *range,
                address: address.clone(),
            })
            .collect();
        Self {
            hints,
            typed: String::new(),
        }
    }

    /// Takes a letter: the link it completes, or whether any can still be meant.
    pub fn type_letter(&mut self, letter: char) -> Typed {
        self.typed.push(letter);
        if let Some(hint) = self.hints.iter().find(|hint| hint.letters == self.typed) {
            return Typed::Link(hint.address.to_string());
        }
        if self
            .hints
            .iter()
            .any(|hint| hint.letters.starts_with(&self.typed))
        {
            Typed::More
        } else {
            Typed::None
        }
    }
}

/// What a letter led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// This address.
    Link(String),
    /// The first of two letters.
    More,
    /// No link.
    None,
}
