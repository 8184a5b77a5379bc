//! Bytes become a document.
//!
//! In: a locator and bytes nobody vouches for. Out: a [`Document`] with its [`Warning`]s, or a [`Skip`] that says why the bytes are no text. An import never
//! fails and never panics, and takes time and memory in proportion to the bytes. The steps: `decode` (any encoding to UTF-8), `clean` (sanitised, one
//! kind of line end), `front_matter`, then `plain` or `markdown` (blocks), then metadata (`title`, `published`, `byline`, `kind`, `language`). Each step
//! keeps the way back to the source bytes. [`walk`] finds the files. Nothing here writes, and only `walk` touches the disk.

mod byline;
mod canonical;
mod clean;
mod dated_line;
mod day;
mod decode;
mod exact;
mod file_name;
mod front_matter;

mod kind;
mod language;
mod layout;
mod lines;
mod markdown;
mod plain;
mod published;
mod split;
mod standing;
mod start;
mod table;
mod title;
mod walk;
mod warning;
mod words;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use exact::exact;
pub use file_name::file_date;
pub use start::import_start;
pub use walk::{Entry, Found, Problem, Rule, Walk, walk};
pub use warning::{Skip, Warning};

use crate::document::{Block, DocId, Document, Inline, Meta, Published, PublishedFrom, Revision};
use crate::text::{Layer, TextRange};

use canonical::{Mapped, Writer, beginning};
use decode::{Decoded, Extent, WINDOW};
use layout::Layout;
use published::End;

/// What became of bytes.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every import is a document, and each is moved out at once"
)]
pub enum Import {
    /// They are a document.
    Document(Imported),
    /// They are no text.
    Skipped(Skip),
}

/// A document and what the reader should know about how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The document.
    pub document: Document,
    /// In the order of the steps.
    pub warnings: Vec<Warning>,
}

/// Reads the bytes of a file, of standard input or of a sample.
///
/// The locator is an absolute path, `sample:NAME` or `stdin:`; its extension tells Markdown, its name may tell the date.
///
/// ```
/// use postil::import::{Import, import};
///
/// let bytes = b"River Talks Resume\n\nBy Ann Bee | 5 May 2024\n\nThe ministers met again.\n";
/// let Import::Document(imported) = import("/news/talks.txt", bytes) else { panic!() };
/// let meta = &imported.document.meta;
/// assert_eq!(meta.title.as_deref(), Some("River Talks Resume"));
/// assert_eq!(meta.published.as_ref().unwrap().date.as_str(), "2024-05-05");
/// ```
pub fn import(locator: &str, bytes: &[u8]) -> Import {
    let decoded = match decode::decode(bytes, Extent::Whole) {
        Ok(decoded) => decoded,
        Err(skip) => return Import::Skipped(skip),
    };
    let mut warnings = decode_warnings(&decoded);
    let cleaned = clean::clean(decoded.text);
    clean_warnings(cleaned.nuls, cleaned.removed, &mut warnings);
    let (fields, begin) = front_matter::read(&cleaned.text.text, &mut warnings);
    let rest;
    let body = if begin > 0 {
        rest = cleaned.text.rest(begin);
        &rest
    } else {
        &cleaned.text
    };
    let laid_out = if is_markdown(locator, head(body)) {
        let read = markdown::read(body);
        LaidOut {
            out: read.out,
            blocks: read.blocks,
            inlines: read.inlines,
        }
    } else {
        let (out, blocks) = plain::lay_out(body, Layout::of(head(body)));
        LaidOut {
            out,
            blocks,
            inlines: Layer::default(),
        }
    };
    let left_out = decoded.left_out + cleaned.left_out + laid_out.out.left_out();
    if left_out > 0 {
        warnings.push(Warning::Truncated { bytes: left_out });
    }
    Import::Document(Imported {
        document: finish(locator, laid_out, fields, End::Known, bytes.len() as u64),
        warnings,
    })
}

/// A text with its blocks, before its metadata is known.
struct LaidOut {
    out: Writer,
    blocks: Vec<Block>,
    inlines: Layer<Inline>,
}

fn decode_warnings(decoded: &Decoded<'_>) -> Vec<Warning> {
    let encoding = decoded.encoding.name();
    let mut warnings = Vec::new();
    if decoded.guessed {
        warnings.push(Warning::EncodingGuessed { encoding });
    }
    if decoded.broken > 0 {
        warnings.push(Warning::Undecodable {
            places: decoded.broken,
            encoding,
        });
    }
    warnings
}

fn clean_warnings(nuls: u64, removed: u64, warnings: &mut Vec<Warning>) {
    if nuls > 0 {
        warnings.push(Warning::Nuls { count: nuls });
    }
    if removed > 0 {
        warnings.push(Warning::Controls { count: removed });
    }
}

/// The lines every decision about a text is made from: whole ones within the first 64 KiB.
fn head<'a>(text: &'a Mapped<'_>) -> &'a str {
    let text: &str = &text.text;
    if text.len() <= WINDOW {
        return text;
    }
    let head = beginning(text, WINDOW);
    head.rfind('\n')
        .map_or(head, |at| head.get(..at).unwrap_or_default())
}

fn is_markdown(locator: &str, head: &str) -> bool {
    let extension = locator
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown")) || markdown::is_likely(head)
}

/// Styles over blanks that were cut off at the end of the text end with it.
fn within(inlines: Layer<Inline>, len: usize) -> Layer<Inline> {
    let whole = TextRange::of(0, len);
    inlines
        .into_items()
        .into_iter()
        .filter_map(|(range, style)| Some((range.intersection(whole)?, style)))
        .collect()
}

/// Adds identity and metadata.
fn finish(
    locator: &str,
    laid_out: LaidOut,
    fields: front_matter::Fields,
    end: End,
    source_bytes: u64,
) -> Document {
    let LaidOut {
        mut out,
        mut blocks,
        inlines,
    } = laid_out;
    out.truncate(blocks.last().map_or(0, |block| block.range.end));
    let Mapped { text, mut source } = out.finish();
    source.source_bytes = Some(source_bytes);
    let text = text.into_owned().into_boxed_str();
    let inlines = within(inlines, text.len());
    let found = published::find(&text, &blocks, locator, end);
    let title_at = title::mark(&text, &mut blocks);
    let title = fields
        .title
        .or_else(|| title_at.map(|at| title::one_line(at.of_text(&text))))
        .or_else(|| title::opening(&text, &blocks));
    // A heading that says something else than the front matter is a heading, not the title.
    let title_at =
        title_at.filter(|at| title.as_deref() == Some(&title::one_line(at.of_text(&text))));
    let kind = fields.kind.unwrap_or_else(|| {
        kind::tell(title.as_deref().unwrap_or_default(), &text, &blocks, &found)
    });
    let published = fields.published.map(|date| Published {
        date,
        from: PublishedFrom::FrontMatter,
        at: None,
    });
    let authors = if fields.authors.is_empty() {
        found.authors
    } else {
        fields.authors
    };
    let meta = Meta {
        title,
        title_at,
        published: published.or(found.published),
        publisher: fields.publisher.or(found.publisher),
        authors,
        kind,
        language: fields
            .language
            .or_else(|| language::detect(&text).map(str::to_owned)),
        words: words::count(&text),
    };
    Document {
        id: DocId::of_locator(locator),
        revision: Revision::of_text(&text),
        meta,
        text,
        blocks,
        inlines,
        source,
    }
}
