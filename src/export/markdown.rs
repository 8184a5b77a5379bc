//! Pages for people: each document with its notes, as Markdown with front matter. A page can be brought in again as long as nobody changed it.
//!
//! For each note: its passage as a block quotation, the note, tags, and where it stands. Below it a comment that no viewer shows holds the whole as JSON with a hash of
//! the lines above it; where the hash does not fit any more, [`read`] leaves the note out and says so.

use std::fmt::Write;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{About, ExportError, Incoming, Noted, Position, Sheet};
use crate::annotation::{Body, TextQuote};
use crate::text::Offsets;

const OPEN: &str = "<!-- postil ";
const CLOSE: &str = " -->";

/// What a note is, for reading it in again.
#[derive(Serialize, Deserialize)]
struct Hidden {
    shown: String,
    id: String,
    document: String,
    title: String,
    quote: TextQuote,
    start: Option<u32>,
    end: Option<u32>,
    body: Body,
    creator: Option<String>,
    created: Timestamp,
    modified: Timestamp,
    #[serde(default)]
    references: Vec<String>,
    /// Whether it is about the document as a whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
}

/// What reading a page gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The notes nobody changed.
    pub notes: Vec<Incoming>,
    /// Lines, from 1, at which notes end that were changed since.
    pub changed: Vec<usize>,
}

/// All sheets as one page, or one sheet as a page of its own.
pub fn write(sheets: &[Sheet<'_>], now: Timestamp) -> String {
    let mut out = String::new();
    front_matter(&mut out, sheets, now);
    for sheet in sheets {
        page(&mut out, sheet);
    }
    out
}

fn front_matter(out: &mut String, sheets: &[Sheet<'_>], now: Timestamp) {
    let n_notes: usize = sheets.iter().map(|sheet| sheet.notes.len()).sum();
    out.push_str("---\n");
    if let [sheet] = sheets {
        writeln!(out, "title: {}", yaml(sheet.title)).ok();
        writeln!(out, "document: {}", yaml(sheet.locator)).ok();
        if let Some(meta) = sheet.document.map(|document| &document.meta) {
            if let Some(publisher) = &meta.publisher {
                writeln!(out, "publisher: {}", yaml(publisher)).ok();
            }
            if !meta.authors.is_empty() {
                let authors: Vec<String> = meta.authors.iter().map(|author| yaml(author)).collect();
                writeln!(out, "authors: [{}]", authors.join(", ")).ok();
            }
            if let Some(published) = &meta.published {
                writeln!(out, "date: {}", yaml(published.date.as_str())).ok();
            }
            writeln!(out, "kind: {}", meta.kind.as_str()).ok();
        }
    } else {
        writeln!(out, "documents: {}", sheets.len()).ok();
    }
    writeln!(out, "notes: {n_notes}\nexported: {now}\n---").ok();
}

/// A YAML string in double quotation marks, which JSON's are.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn page(out: &mut String, sheet: &Sheet<'_>) {
    writeln!(out, "\n# {}\n", plain(sheet.title)).ok();
    if let Some(line) = citation(sheet) {
        writeln!(out, "{line}\n").ok();
    }
    let offsets = sheet.document.map(|document| Offsets::new(&document.text));
    for noted in &sheet.notes {
        let shown = shown(sheet, noted);
        let note = &noted.signed.annotation;
        let place = sheet.document.zip(noted.place()).zip(offsets.as_ref());
        let place = place.map(|((document, range), offsets)| {
            [range.start, range.end].map(|byte| offsets.code_point(&document.text, byte))
        });
        let hidden = Hidden {
            shown: hash(&shown),
            id: noted
                .signed
                .origin
                .id
                .clone()
                .unwrap_or_else(|| super::web::urn(noted.signed.uid)),
            document: sheet.locator.to_owned(),
            title: sheet.title.to_owned(),
            quote: noted.quote(sheet.document),
            start: place.map(|[start, _]| start),
            end: place.map(|[_, end]| end),
            body: note.body.clone(),
            creator: noted.signed.creator.clone(),
            created: note.created,
            modified: note.modified,
            references: noted.signed.origin.references.clone(),
            whole: noted.is_of_all(),
        };
        // A comment may not hold two hyphens in a row, nor end with `>`.
        let json = serde_json::to_string(&hidden)
            .unwrap_or_default()
            .replace("--", "-\\u002d")
            .replace('>', "\\u003e");
        writeln!(out, "{shown}{OPEN}{json}{CLOSE}\n").ok();
    }
}

/// Author, publisher, date and file.
fn citation(sheet: &Sheet<'_>) -> Option<String> {
    let meta = &sheet.document?.meta;
    let mut parts: Vec<String> = Vec::new();
    if !meta.authors.is_empty() {
        parts.push(plain(&meta.authors.join(", ")));
    }
    parts.extend(meta.publisher.as_deref().map(plain));
    parts.extend(
        meta.published
            .as_ref()
            .map(|published| published.date.to_string()),
    );
    (!parts.is_empty()).then(|| format!("*{}*", parts.join(" · ")))
}

/// What a person sees of a note, up to the comment.
fn shown(sheet: &Sheet<'_>, noted: &Noted) -> String {
    let note = &noted.signed.annotation;
    let mut out = String::new();
    for line in noted.quote(sheet.document).exact.lines() {
        writeln!(out, "> {}", plain(line)).ok();
    }
    out.push('\n');
    if !note.body.note.is_empty() {
        // A note that quotes one of our comments must not be read as one, and its headings are none of the page.
        let words = note.body.note.trim_end().replace("<!--", "\\<!--");
        let lines: Vec<String> = words.lines().map(unheaded).collect();
        let words = lines.join("\n");
        writeln!(out, "{words}\n").ok();
    }
    let mut told: Vec<String> = note
        .body
        .tags
        .iter()
        .map(|tag| format!("#{}", tag.replace(' ', "\u{a0}")))
        .collect();
    told.push(note.body.colour.as_str().to_owned());
    if let (Some(document), Some(range)) = (sheet.document, noted.place()) {
        told.push(format!("paragraph {}", document.block_at(range.start) + 1));
    }
    told.push(noted.anchoring.anchor.status().to_owned());
    if let Some(then) = noted.made_on(sheet.document) {
        let words: Vec<&str> = then.split_whitespace().collect();
        told.push(format!("made on “{}”", plain(&words.join(" "))));
    }
    told.extend(noted.signed.creator.as_deref().map(plain));
    told.push(note.created.strftime("%Y-%m-%d").to_string());
    writeln!(out, "{}\n", told.join(" · ")).ok();
    out
}

/// A line that would begin a heading, as the text it is.
fn unheaded(line: &str) -> String {
    let blanks = line.len() - line.trim_start().len();
    let (before, words) = line.split_at(blanks);
    if words.starts_with('#') {
        format!("{before}\\{words}")
    } else {
        line.to_owned()
    }
}

/// Text without a meaning to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What is compared: the words, whatever white space an editor put between them.
fn hash(shown: &str) -> String {
    let words: Vec<&str> = shown.split_whitespace().collect();
    let digest = Sha256::digest(words.join(" ").as_bytes());
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").ok();
        hex
    })
}

/// Reads pages that [`write()`] made.
pub fn read(text: &str) -> Result<Page, ExportError> {
    let mut page = Page::default();
    let mut any = false;
    let mut shown = String::new();
    for (at, line) in text.lines().enumerate() {
        let json = line
            .trim()
            .strip_prefix(OPEN)
            .and_then(|rest| rest.strip_suffix(CLOSE));
        let Some(json) = json else {
            // A note begins with its passage; what stands before the first is the head of the page.
            if line.starts_with("# ") {
                shown.clear();
            } else {
                shown.push_str(line);
                shown.push('\n');
            }
            continue;
        };
        any = true;
        let hidden: Hidden = serde_json::from_str(json).map_err(|_| ExportError::Line {
            line: at + 1,
            rule: "the comment of a note is broken; export the page again".to_owned(),
        })?;
        let seen = std::mem::take(&mut shown);
        let from = seen.find("> ").unwrap_or_default();
        if hash(seen.get(from..).unwrap_or_default()) == hidden.shown {
            page.notes.push(incoming(hidden));
        } else {
            page.changed.push(at + 1);
        }
    }
    if any || text.contains("notes: 0") {
        Ok(page)
    } else {
        Err(ExportError::Line {
            line: 1,
            rule: "no note of postil is on this page; only pages of `postil export --format markdown` can be brought in".to_owned(),
        })
    }
}

fn incoming(hidden: Hidden) -> Incoming {
    let position = hidden.start.zip(hidden.end);
    Incoming {
        id: Some(hidden.id),
        handle: None,
        via: None,
        source: Some(hidden.document),
        title: Some(hidden.title),
        quote: hidden.quote,
        position: position.map(|(start, end)| Position { start, end }),
        about: if hidden.whole {
            About::Whole
        } else {
            About::Passage
        },
        body: hidden.body,
        creator: hidden.creator,
        created: Some(hidden.created),
        modified: Some(hidden.modified),
        references: hidden.references,
    }
}
