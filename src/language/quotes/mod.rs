//! Quotations and who spoke them.
//!
//! In: a document, its sentences and mentions. Out: [`Quote`]s; the span is what stands between the marks. An interrupted quotation gives several
//! spans with one group.

use serde::{Deserialize, Serialize};

use super::entities::{EntityId, Mention};
use crate::document::Document;
use crate::text::{Layer, TextRange};
use attribution::Attribution;

mod attribution;
mod clauses;
mod dashes;
mod evidence;
mod gender;
mod labels;
mod marks;
mod singles;
mod speech;
mod stage;
mod turns;
mod verbs;
mod who;
mod words;

pub use turns::{Turn, turns};

/// A quoted stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who spoke.
    pub speaker: Option<Speaker>,
    /// The reporting word ("said"), where there is one.
    pub cue: Option<TextRange>,
    /// Parts of one interrupted quotation share a group; numbered from 0 in text order.
    pub group: u32,
    /// How it is marked.
    #[serde(default)]
    pub style: Style,
}

/// How a quotation is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Between quotation marks.
    #[default]
    Marks,
    /// A paragraph, or parts of one, behind a dash.
    Dash,
}

impl Quote {
    /// The words that show who spoke: from the first to the last of speaker and reporting word.
    pub fn evidence(&self) -> Option<TextRange> {
        let speaker = self.speaker.as_ref().map(|speaker| speaker.range);
        match (speaker, self.cue) {
            (Some(speaker), Some(cue)) => Some(speaker.union(cue)),
            (speaker, cue) => speaker.or(cue),
        }
    }
}

/// Who spoke a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker.
    pub range: TextRange,
    /// The entity they name, where it is known; of several the first.
    pub entity: Option<EntityId>,
    /// The others who speak with it: those of a joint statement, behind "the ministers" or "they".
    #[serde(default)]
    pub others: Vec<EntityId>,
}

impl Speaker {
    /// All who speak, as far as they are known.
    pub fn entities(&self) -> impl Iterator<Item = &EntityId> {
        self.entity.iter().chain(&self.others)
    }
}

/// The quotations of a document in order; they never overlap.
pub fn quotes(
    document: &Document,
    sentences: &Layer<()>,
    mentions: &Layer<Mention>,
) -> Layer<Quote> {
    let double = singles::exchanged(document);
    let document = double.as_ref().unwrap_or(document);
    let pieces = marks::pieces(document);
    let mut attribution = Attribution::new(document, sentences, mentions, &pieces);
    let mut found: Vec<(TextRange, Quote)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(quote) = attribution.quote(index) {
            found.push((piece.inner, quote));
        }
    }
    // "MR. HALE: I said “…”": who says "I" is the one whose turn it is.
    let says_i = |quote: &Quote| {
        let speaker = quote.speaker.as_ref();
        speaker.is_some_and(|speaker| speaker.range.of_text(&document.text) == "I")
    };
    if found.iter().any(|(_, quote)| says_i(quote)) {
        let turns = turns(document, mentions);
        for (range, quote) in found.iter_mut().filter(|(_, quote)| says_i(quote)) {
            if let Some((_, turn)) = turns.at(range.start).next()
                && let Some(speaker) = &mut quote.speaker
            {
                speaker.entity.clone_from(&turn.speaker.entity);
            }
        }
    }
    found.into_iter().collect()
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』'
    )
}

/// Whether a mark is a dash.
fn is_dash(mark: &str) -> bool {
    matches!(mark, "—" | "–" | "―" | "--")
}

#[cfg(test)]
mod tests;
