//! Speech that a transcript gives to whoever is named in front of it: `MR. MILLER: Thank you all.`
//!
//! In: a document with its names. Out: [`Turn`]s; the span is what was said, up to the next label or heading. Quotations inside a turn are found apart. A label counts where the
//! document has three and more, or is known as a transcript.

use serde::{Deserialize, Serialize};

use super::Speaker;
use super::who::Who;
use crate::document::{BlockKind, DocKind, Document};
use crate::language::entities::Mention;
use crate::text::{Layer, TextRange};

/// What one speaker of a transcript said in one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The label, and whom it names.
    pub speaker: Speaker,
}

/// Labels that make a transcript.
const FEWEST: usize = 3;
/// A label is at most so many bytes and words long.
const LABEL_BYTES: usize = 80;
const LABEL_WORDS: usize = 7;

/// The turns of a transcript in order; they never overlap. Other documents have none.
pub fn turns(document: &Document, mentions: &Layer<Mention>) -> Layer<Turn> {
    let labels: Vec<(usize, TextRange, u32)> = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.kind == BlockKind::Paragraph)
        .filter_map(|(index, block)| {
            let (label, said) = label(document.block_text(block))?;
            let start = block.range.start;
            Some((index, TextRange::new(start, start + label), start + said))
        })
        .collect();
    if labels.len() < FEWEST && document.meta.kind != DocKind::Transcript {
        return Layer::default();
    }
    let who = Who::new(document, mentions, None, &[]);
    labels
        .iter()
        .enumerate()
        .filter_map(|(number, (index, label, said))| {
            let next = labels
                .get(number + 1)
                .map_or(document.blocks.len(), |(index, ..)| *index);
            let end = document
                .blocks
                .get(*index..next)?
                .iter()
                .take_while(|block| match block.kind {
                    BlockKind::Heading { .. } | BlockKind::Rule => false,
                    BlockKind::Paragraph
                    | BlockKind::Continuation
                    | BlockKind::Item { .. }
                    | BlockKind::Quote
                    | BlockKind::TableRow { .. }
                    | BlockKind::Code => true,
                })
                .last()?
                .range
                .end;
            let turn = Turn {
                speaker: who.named(*label),
            };
            (*said < end).then(|| (TextRange::new(*said, end), turn))
        })
        .collect()
}

/// The length of the label a paragraph opens with, and where what is said begins: capitals, a title and capitals, or a lone Q.
fn label(text: &str) -> Option<(u32, u32)> {
    if let Some(rest) = text.strip_prefix('Q')
        && rest.starts_with(char::is_whitespace)
    {
        // The questions of a briefing: "Q Thank you. Where does it stand?"
        let said = text.len() - rest.trim_start().len();
        return (said < text.len()).then_some((1, said as u32));
    }
    let colon = text
        .bytes()
        .take(LABEL_BYTES)
        .position(|byte| byte == b':')?;
    let label = text.get(..colon)?;
    let name = label.split(['(', '[']).next()?.trim_end();
    let rest = text.get(colon + 1..)?;
    let said = colon + 1 + (rest.len() - rest.trim_start().len());
    let n_words = name.split_whitespace().count();
    let capitals =
        name.chars().all(|letter| !letter.is_lowercase()) && name.chars().any(char::is_alphabetic);
    let titled = name.split_whitespace().next().is_some_and(|word| {
        matches!(
            word,
            "Mr."
                | "Mr"
                | "Ms."
                | "Ms"
                | "Mrs."
                | "Dr."
                | "Secretary"
                | "President"
                | "Chair"
                | "Minister"
                | "Question"
                | "Answer"
        )
    }) && name
        .split_whitespace()
        .all(|word| word.starts_with(char::is_uppercase));
    let blank = rest.starts_with(char::is_whitespace);
    ((capitals || titled) && blank && (1..=LABEL_WORDS).contains(&n_words) && said < text.len())
        .then_some((name.len() as u32, said as u32))
}
