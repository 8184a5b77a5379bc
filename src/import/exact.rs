//! A text taken exactly as given, for records that come with offsets of their own.

use std::borrow::Cow;

use crate::document::{
    Block, DocId, Document, Edtf, Meta, Published, PublishedFrom, Revision, SourceMap,
};
use crate::text::{Layer, TextRange};

use super::canonical::{Mapped, beginning};
use super::layout::Layout;
use super::published::{self, End};
use super::{head, kind, language, plain, title, words};

/// A document whose text is `text`, byte for byte: not trimmed, not sanitised, not normalised.
///
/// Blocks are found as in plain text; their marks (`## `, `- `) stay in the text, outside of [`Block::range`]. Whoever shows such a text sanitises it
/// first. Text past 4 GiB belongs to no block.
pub fn exact(id: &str, text: &str, title: Option<&str>, published: Option<Edtf>) -> Document {
    let given = Mapped {
        text: Cow::Borrowed(text),
        ..Mapped::default()
    };
    let (out, laid_out) = plain::lay_out(&given, Layout::of(head(&given)));
    let canonical = out.finish();
    let mut blocks: Vec<Block> = laid_out
        .into_iter()
        .filter(|block| !block.range.is_empty())
        .map(|block| {
            // The map back to the given text is the map to its bytes.
            let last = block.range.end - 1;
            let (start, end) = (
                canonical.source.source_byte(block.range.start),
                canonical.source.source_byte(last) + 1,
            );
            Block {
                range: TextRange::of(floor(text, start), ceil(text, end)),
                ..block
            }
        })
        .collect();
    super::split::bound(text, &mut blocks);
    let found = published::find(text, &blocks, "", End::Known);
    let title_at = title::mark(text, &mut blocks);
    let title = title
        .map(title::one_line)
        .or_else(|| title_at.map(|at| title::one_line(at.of_text(text))))
        .or_else(|| title::opening(text, &blocks));
    let published = published.map(|date| Published {
        date,
        from: PublishedFrom::Input,
        at: None,
    });
    let meta = Meta {
        kind: kind::tell(title.as_deref().unwrap_or_default(), text, &blocks, &found),
        title,
        title_at,
        published: published.or(found.published),
        publisher: found.publisher,
        authors: found.authors,
        language: language::detect(text).map(str::to_owned),
        words: words::count(text),
    };
    Document {
        id: DocId::of_locator(id),
        revision: Revision::of_text(text),
        meta,
        text: text.into(),
        blocks,
        inlines: Layer::default(),
        source: SourceMap::default(),
    }
}

fn floor(text: &str, at: u64) -> usize {
    beginning(text, usize::try_from(at).unwrap_or(usize::MAX)).len()
}

fn ceil(text: &str, at: u64) -> usize {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}
