//! Documents for tests: paragraphs separated by blank lines, headings marked with `# `.

use crate::document::{Block, BlockKind, DocId, Document, Meta, Revision, SourceMap};
use crate::text::{Layer, TextRange};

/// A document of paragraphs (and headings, where a paragraph opens with `#`) over `text` as it stands.
pub(crate) fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let start = at;
        at += part.len() + 2;
        let marks = part.len() - part.trim_start_matches(['#', ' ', '\n']).len();
        let end = start + part.trim_end().len();
        if end <= start + marks {
            continue;
        }
        let kind = if part.starts_with('#') {
            BlockKind::Heading { level: 1 }
        } else {
            BlockKind::Paragraph
        };
        let mut from = start + marks;
        while from < end {
            let mut to = end.min(from + 60_000);
            while !text.is_char_boundary(to) {
                to -= 1;
            }
            let kind = if from == start + marks {
                kind
            } else {
                BlockKind::Continuation
            };
            blocks.push(Block {
                kind,
                range: TextRange::of(from, to),
                depth: 0,
            });
            from = to;
        }
    }
    Document {
        id: DocId::of_locator("sample:test"),
        revision: Revision::of_text(text),
        meta: Meta::default(),
        text: text.into(),
        blocks,
        inlines: Layer::default(),
        source: SourceMap::default(),
    }
}
