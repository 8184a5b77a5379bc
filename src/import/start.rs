//! The beginning of a large file, readable before the rest of it was read.

use std::borrow::Cow;

use super::canonical::{Mapped, beginning};
use super::decode::{self, Extent, WINDOW};
use super::layout::Layout;
use super::published::End;
use super::{
    Import, Imported, LaidOut, clean, clean_warnings, decode_warnings, finish, front_matter, head,
    import, is_markdown, plain,
};
use crate::document::BlockKind;
use crate::text::Layer;

/// Imports the first bytes of a file of `total_len` bytes, so that it can be read while the rest is imported.
///
/// The text is the beginning of the text [`import()`] makes of the whole file, with the same offsets, and its blocks but the last are the same; it ends with the
/// last whole paragraph, or where there is none at the last whole word. Metadata is what the beginning tells: a date in the last line is missing, and
/// words are those of the beginning. `None` where no honest beginning can be had and the whole file must be imported: Markdown (references may be
/// defined at its end), fewer than 128 KiB or so of bytes, or a table without end. Pass 1 MiB.
pub fn import_start(locator: &str, prefix: &[u8], total_len: u64) -> Option<Import> {
    if prefix.len() as u64 >= total_len {
        return Some(import(locator, prefix));
    }
    let prefix = prefix.get(..prefix.len() & !1)?;
    let known = match decode::evidence(prefix) {
        // The encoding would be guessed from bytes that are not there yet.
        Some(window) if window.len() < WINDOW && !has_mark(prefix) => prefix.get(..window.start)?,
        _ => prefix,
    };
    if known.len() < WINDOW {
        return None;
    }
    let decoded = match decode::decode(known, Extent::Start) {
        Ok(decoded) => decoded,
        Err(skip) => return Some(Import::Skipped(skip)),
    };
    let mut warnings = decode_warnings(&decoded);
    let cleaned = clean::clean(decoded.text);
    clean_warnings(cleaned.nuls, cleaned.removed, &mut warnings);
    let (fields, begin) = front_matter::read(&cleaned.text.text, &mut warnings);
    let body = cleaned.text.rest(begin);
    if body.text.len() <= WINDOW + 4 || is_markdown(locator, head(&body)) {
        return None;
    }
    let layout = Layout::of(head(&body));
    let (cut, paragraph) = cut(&body.text)?;
    let start = Mapped {
        text: Cow::Borrowed(body.text.get(..cut)?),
        source: body.source.clone(),
    };
    let (out, blocks) = plain::lay_out(&start, layout);
    let in_table = blocks
        .last()
        .is_some_and(|block| matches!(block.kind, BlockKind::TableRow { .. }));
    if in_table && !paragraph {
        return None;
    }
    let laid_out = LaidOut {
        out,
        blocks,
        inlines: Layer::default(),
    };
    Some(Import::Document(Imported {
        document: finish(locator, laid_out, fields, End::Unknown, total_len),
        warnings,
    }))
}

fn has_mark(bytes: &[u8]) -> bool {
    encoding_rs::Encoding::for_bom(bytes).is_some()
}

/// Where the beginning ends, and whether a paragraph ends there. An escape sequence or character that was cut off lies behind the last word.
fn cut(text: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    if let Some(at) = memchr::memmem::rfind(bytes, b"\n\n") {
        return Some((at, true));
    }
    let at = memchr::memrchr(b'\n', bytes).or_else(|| memchr::memrchr(b' ', bytes));
    let near_end = beginning(text, text.len().saturating_sub(64)).len();
    Some((at.unwrap_or(near_end), false)).filter(|(at, _)| *at > 0)
}
