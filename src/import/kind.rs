//! What sort of text it is, by cues; [`DocKind::Other`] where they are too few.

use crate::document::{Block, BlockKind, DocKind};

use super::canonical::beginning;
use super::lines::is_turn;
use super::published::Found;

/// Blocks looked at.
const BLOCKS: usize = 80;

const STATEMENT: [&str; 14] = [
    "statement",
    "communiqué",
    "communique",
    "declaration",
    "readout",
    "press release",
    "resolution",
    "déclaration",
    "declaración",
    "erklärung",
    "joint text",
    "fact sheet",
    "commitments",
    "memorandum",
];

/// Tells the kind from the title, the turns of speakers, the dateline and the words of opinion.
pub(super) fn tell(title: &str, text: &str, blocks: &[Block], found: &Found) -> DocKind {
    let title = title.to_lowercase();
    let head = blocks.iter().take(BLOCKS);
    let paragraphs = head
        .clone()
        .filter(|block| block.kind == BlockKind::Paragraph);
    let n_paragraphs = paragraphs.clone().count();
    let turns = paragraphs
        .clone()
        .filter(|block| is_turn(block.range.of_text(text)))
        .count();
    if turns >= 3 && turns * 12 >= n_paragraphs {
        return DocKind::Transcript;
    }
    if title.contains("editorial") || title.starts_with("opinion") {
        return DocKind::Editorial;
    }
    if STATEMENT.iter().any(|cue| title.contains(cue)) && found.authors.is_empty() {
        return DocKind::Statement;
    }
    if found.agency {
        return DocKind::News;
    }
    let sample = beginning(text, 32 * 1024);
    let count = |cues: &[&str]| {
        cues.iter()
            .map(|cue| memchr::memmem::find_iter(sample.as_bytes(), cue).count())
            .sum::<usize>()
    };
    let opinion = count(&[
        " must ",
        " should ",
        " is urged ",
        " are urged ",
        " outrageous",
        " it is essential ",
        " only natural ",
    ]);
    let report = count(&[
        " said ",
        " told ",
        " reported ",
        " according to ",
        " announced ",
        " stating",
        " added",
        " pointed out",
    ]);
    if found.publisher.is_some() && found.authors.is_empty() && opinion >= 4 && opinion > report {
        return DocKind::Editorial;
    }
    if !found.authors.is_empty() {
        let sections = head
            .filter(|block| matches!(block.kind, BlockKind::Heading { level } if level > 1))
            .count();
        return if sections >= 2 {
            DocKind::Blog
        } else {
            DocKind::News
        };
    }
    if report >= 3 && report > opinion {
        DocKind::News
    } else {
        DocKind::Other
    }
}
