//! A table for spreadsheets (RFC 4180): a row for each note, UTF-8, lines ended by CR LF.
//!
//! A cell that a spreadsheet would take for a formula (its first character is `=`, `+`, `-`, `@`, a tab or a return, quotation marks before it or not) gets an apostrophe
//! before it, which reading takes off again. Positions are code points of the text as it is now.

use super::{ExportError, Incoming, Position, Sheet};
use crate::annotation::{Body, Colour, TextQuote};
use crate::text::{Offsets, sanitise};

const COLUMNS: [&str; 20] = [
    "document",
    "title",
    "publisher",
    "authors",
    "published",
    "status",
    "start",
    "end",
    "passage",
    "made on",
    "note",
    "tags",
    "colour",
    "creator",
    "created",
    "modified",
    "prefix",
    "suffix",
    "references",
    "id",
];
/// Between tags, authors and references in one cell.
const BETWEEN: &str = "; ";

/// The sheets as one table.
pub fn write(sheets: &[Sheet<'_>]) -> String {
    let mut out = String::new();
    row(&mut out, COLUMNS.iter().map(|name| (*name).to_owned()));
    for sheet in sheets {
        let offsets = sheet.document.map(|document| Offsets::new(&document.text));
        for noted in &sheet.notes {
            let note = &noted.signed.annotation;
            let meta = sheet.document.map(|document| &document.meta);
            let (mut quote, mut place) = (noted.quote(sheet.document), noted.place());
            let made_on = noted.made_on(sheet.document).unwrap_or_default().to_owned();
            if noted.is_of_all() {
                (quote, place) = (TextQuote::default(), None);
            }
            let place = sheet.document.zip(place).zip(offsets.as_ref());
            let [start, end] = place.map_or(
                [String::new(), String::new()],
                |((document, range), offsets)| {
                    [range.start, range.end]
                        .map(|byte| offsets.code_point(&document.text, byte).to_string())
                },
            );
            row(
                &mut out,
                [
                    sheet.locator.to_owned(),
                    sheet.title.to_owned(),
                    meta.and_then(|meta| meta.publisher.clone())
                        .unwrap_or_default(),
                    meta.map(|meta| meta.authors.join(BETWEEN))
                        .unwrap_or_default(),
                    meta.and_then(|meta| meta.published.as_ref())
                        .map(|published| published.date.to_string())
                        .unwrap_or_default(),
                    noted.anchoring.anchor.status().to_owned(),
                    start,
                    end,
                    quote.exact,
                    made_on,
                    note.body.note.clone(),
                    listed(&note.body.tags),
                    note.body.colour.as_str().to_owned(),
                    noted.signed.creator.clone().unwrap_or_default(),
                    note.created.to_string(),
                    note.modified.to_string(),
                    quote.prefix,
                    quote.suffix,
                    noted.signed.origin.references.join(BETWEEN),
                    noted
                        .signed
                        .origin
                        .id
                        .clone()
                        .unwrap_or_else(|| super::web::urn(noted.signed.uid)),
                ]
                .into_iter(),
            );
        }
    }
    out
}

/// Several in one cell; a semicolon of their own has a backslash before it.
fn listed(words: &[String]) -> String {
    let escaped: Vec<String> = words
        .iter()
        .map(|word| word.replace('\\', "\\\\").replace(';', "\\;"))
        .collect();
    escaped.join(BETWEEN)
}

fn unlisted(cell: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        match (c, words.last_mut()) {
            (';', _) => words.push(String::new()),
            // A table of another program may have backslashes that are none of this.
            ('\\', Some(word)) => match chars.next() {
                Some(next @ ('\\' | ';')) => word.push(next),
                next => word.extend(['\\'].into_iter().chain(next)),
            },
            (c, Some(word)) => word.push(c),
            (_, None) => {}
        }
    }
    words
        .into_iter()
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        let cell = guarded(cell);
        if cell.contains(['"', ',', '\n', '\r', '\t', ';']) || cell.starts_with([' ', '\'']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet might run what stands after the apostrophes.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(['\'', ' ', '"'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn guarded(cell: String) -> String {
    if is_formula(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn unguarded(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.to_owned(),
        _ => cell,
    }
}

/// Reads a table; its first row names the columns, in any order. Needed are `document` and `passage`.
pub fn read(table: &str) -> Result<Vec<Incoming>, ExportError> {
    let mut rows = rows(table.trim_start_matches('\u{feff}'))?.into_iter();
    let (_, head) = rows.next().unwrap_or_default();
    let column = |name: &str| {
        head.iter()
            .position(|cell| cell.trim().eq_ignore_ascii_case(name))
    };
    for name in ["document", "passage"] {
        column(name).ok_or(ExportError::NoColumn { name })?;
    }
    let mut found = Vec::new();
    for (_, cells) in rows {
        let cell = |name: &str| {
            let cell = column(name).and_then(|index| cells.get(index));
            cell.map(|cell| unguarded(cell.clone()))
                .filter(|cell| !cell.is_empty())
        };
        let list = |name: &str| unlisted(&cell(name).unwrap_or_default());
        let number = |name: &str| cell(name)?.trim().parse().ok();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let position = number("start").zip(number("end"));
        found.push(Incoming {
            id: cell("id"),
            handle: None,
            via: None,
            source: cell("document"),
            title: cell("title"),
            quote: TextQuote {
                exact: cell("passage").unwrap_or_default(),
                prefix: cell("prefix").unwrap_or_default(),
                suffix: cell("suffix").unwrap_or_default(),
            },
            position: position
                .filter(|(start, end)| start <= end)
                .map(|(start, end)| Position { start, end }),
            about: super::About::Passage,
            body: Body {
                note: sanitise::lines(&cell("note").unwrap_or_default()).into_owned(),
                tags: list("tags"),
                colour: cell("colour")
                    .and_then(|word| Colour::from_word(&word))
                    .unwrap_or_default(),
            },
            creator: cell("creator").map(|name| sanitise::line(&name).into_owned()),
            created: cell("created").and_then(|time| time.parse().ok()),
            modified: cell("modified").and_then(|time| time.parse().ok()),
            references: list("references"),
        });
    }
    Ok(found)
}

/// Rows of cells, each with the line it begins on. Cells are separated by commas, or by semicolons where the first row has no comma, as some spreadsheets write them.
fn rows(table: &str) -> Result<Vec<(usize, Vec<String>)>, ExportError> {
    let first = table.lines().next().unwrap_or_default();
    let comma = if first.contains(',') { ',' } else { ';' };
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let (mut row, mut cell, mut line, mut began) = (Vec::new(), String::new(), 1, 1);
    let mut chars = table.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted => {
                if chars.next_if_eq(&'"').is_some() {
                    cell.push('"');
                } else {
                    quoted = false;
                }
            }
            '"' if cell.is_empty() => quoted = true,
            c if quoted => cell.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push((began, std::mem::take(&mut row)));
                began = line;
            }
            c if c == comma => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if quoted {
        return Err(ExportError::Line {
            line: began,
            rule: "a quotation mark is open to the end of the table; close it".to_owned(),
        });
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((began, row));
    }
    Ok(rows)
}
