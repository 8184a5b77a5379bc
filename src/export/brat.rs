//! brat standoff: a `.txt` with the text of a document and an `.ann` beside it. Positions are code points into the text; lines end with a line feed alone.
//!
//! `T1<TAB>Type 0 5;6 11<TAB>words`: the type is the first tag, else `Highlight`; a passage over a line break is split there. `#1<TAB>AnnotatorNotes T1<TAB>note` is the note with `\n` for a line
//! break; `R1<TAB>Quotes Arg1:T1 Arg2:T2` a link between two passages of the document; `A1<TAB>Status T1 edited` where its words stand. A note of the type `Postil` holds as JSON what brat has no place for. Notes whose place is not certain have no
//! passage in the text and are left out; [`write()`] says how many.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{About, Batch, ExportError, Incoming, IncomingLink, Loss, Position, Sheet};
use crate::annotation::{Body, Colour, LinkKind, TextQuote};
use crate::text::{Offsets, TextRange, sanitise};

/// A document as two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standoff {
    /// What goes into the `.txt`.
    pub text: String,
    /// What goes into the `.ann`.
    pub annotations: String,
    /// Notes left out, because it is not certain where they stand.
    pub n_left_out: usize,
}

/// What brat has no place for.
#[derive(Debug, Serialize, Deserialize)]
struct Rest {
    id: String,
    source: String,
    tags: Vec<String>,
    colour: Colour,
    creator: Option<String>,
    created: Timestamp,
    modified: Timestamp,
    #[serde(default)]
    references: Vec<String>,
    /// Whether it is about the document as a whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
}

/// One document; none if it is gone.
pub fn write(sheet: &Sheet<'_>) -> Option<Standoff> {
    let document = sheet.document?;
    let text = &document.text;
    let offsets = Offsets::new(text);
    let mut out = String::new();
    let (mut n, mut n_left_out, mut n_notes) = (0, 0, 0);
    let mut numbers = HashMap::new();
    for noted in &sheet.notes {
        let Some(range) = noted.place().filter(|range| !range.is_empty()) else {
            n_left_out += 1;
            continue;
        };
        n += 1;
        numbers.insert(noted.signed.uid, n);
        let note = &noted.signed.annotation;
        let parts = fragments(text, range);
        let spans: Vec<String> = parts
            .iter()
            .map(|part| {
                let point = |byte| offsets.code_point(text, byte);
                format!("{} {}", point(part.start), point(part.end))
            })
            .collect();
        let words: Vec<&str> = parts.iter().map(|part| part.of_text(text)).collect();
        let class = note
            .body
            .tags
            .first()
            .map_or_else(|| "Highlight".to_owned(), |tag| name(tag));
        writeln!(
            out,
            "T{n}\t{class} {}\t{}",
            spans.join(";"),
            words.join(" ")
        )
        .ok();
        writeln!(out, "A{n}\tStatus T{n} {}", noted.anchoring.anchor.status()).ok();
        if !note.body.note.is_empty() {
            n_notes += 1;
            writeln!(
                out,
                "#{n_notes}\tAnnotatorNotes T{n}\t{}",
                escaped(&note.body.note)
            )
            .ok();
        }
        let rest = Rest {
            id: noted
                .signed
                .origin
                .id
                .clone()
                .unwrap_or_else(|| super::web::urn(noted.signed.uid)),
            source: sheet.locator.to_owned(),
            tags: note.body.tags.clone(),
            colour: note.body.colour,
            creator: noted.signed.creator.clone(),
            created: note.created,
            modified: note.modified,
            references: noted.signed.origin.references.clone(),
            whole: noted.is_of_all(),
        };
        if let Ok(json) = serde_json::to_string(&rest) {
            n_notes += 1;
            writeln!(out, "#{n_notes}\tPostil T{n}\t{json}").ok();
        }
    }
    let mut n_links = 0;
    for noted in &sheet.notes {
        for (kind, to) in &noted.links {
            if let (Some(from), Some(to)) = (numbers.get(&noted.signed.uid), numbers.get(to)) {
                n_links += 1;
                writeln!(
                    out,
                    "R{n_links}\t{} Arg1:T{from} Arg2:T{to}",
                    name(kind.as_str())
                )
                .ok();
            }
        }
    }
    Some(Standoff {
        text: text.to_string(),
        annotations: out,
        n_left_out,
    })
}

/// Reads an `.ann` file with its relations; a relation whose name is no kind of link is counted and left out, and so is what is no passage: events, attributes, references to entries
/// elsewhere, and notes on these.
pub fn read(annotations: &str) -> Result<Batch, ExportError> {
    let mut found: Vec<(&str, Incoming)> = Vec::new();
    let (mut links, mut n_unsaid) = (Vec::new(), 0);
    let mut losses: BTreeMap<Loss, usize> = BTreeMap::new();
    let mut lose = |loss: Loss| *losses.entry(loss).or_default() += 1;
    let mut index: HashMap<&str, usize> = HashMap::new();
    for (at, line) in annotations.lines().enumerate() {
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        let wrong = |rule: &str| ExportError::Line {
            line: at + 1,
            rule: rule.to_owned(),
        };
        let mut cells = line.splitn(3, '\t');
        let id = cells.next().unwrap_or_default();
        match id.chars().next() {
            Some('T') => {
                let rule = "a passage is written `T1<TAB>Type START END<TAB>words`";
                let (place, words) = cells.next().zip(cells.next()).ok_or_else(|| wrong(rule))?;
                let incoming = passage(id, place, words).ok_or_else(|| wrong(rule))?;
                index.insert(id, found.len());
                found.push((id, incoming));
            }
            Some('R') => {
                let rule = "a relation is written `R1<TAB>Type Arg1:T1 Arg2:T2`";
                let relation = cells.next().and_then(relation);
                let (kind, from, to) = relation.ok_or_else(|| wrong(rule))?;
                match LinkKind::from_word(kind) {
                    Some(kind) => links.push(IncomingLink {
                        from: from.to_owned(),
                        to: to.to_owned(),
                        kind,
                    }),
                    None => n_unsaid += 1,
                }
            }
            Some('#') => {
                let (what, words) = cells.next().zip(cells.next()).ok_or_else(|| {
                    wrong("a note is written `#1<TAB>AnnotatorNotes T1<TAB>note`")
                })?;
                let Some((kind, of)) = what.split_once(' ') else {
                    continue;
                };
                let of = index.get(of).and_then(|index| found.get_mut(*index));
                match of {
                    Some((_, incoming)) => take_note(kind, words, incoming),
                    None => lose(Loss::NoteElsewhere),
                }
            }
            Some('E') => lose(Loss::Event),
            // Where our own words stand is told, not kept.
            Some('A' | 'M') if cells.next().is_none_or(|what| !what.starts_with("Status ")) => {
                lose(Loss::Attribute);
            }
            Some('N') => lose(Loss::Reference),
            Some('*') => lose(Loss::Equivalence),
            _ => {}
        }
    }
    Ok(Batch {
        links,
        n_unsaid,
        losses,
        ..Batch::of(found.into_iter().map(|(_, incoming)| incoming).collect())
    })
}

/// Type and ends of a relation.
fn relation(what: &str) -> Option<(&str, &str, &str)> {
    let mut words = what.split_whitespace();
    let kind = words.next()?;
    let mut ends = words.filter_map(|word| word.split_once(':').map(|(_, end)| end));
    Some((kind, ends.next()?, ends.next()?))
}

fn passage(id: &str, place: &str, words: &str) -> Option<Incoming> {
    let (class, spans) = place.split_once(' ')?;
    let mut stretches = Vec::new();
    for span in spans.split(';') {
        let (start, end) = span.trim().split_once(' ')?;
        let (start, end): (u32, u32) = (start.parse().ok()?, end.parse().ok()?);
        stretches.push(Position { start, end });
    }
    stretches.sort_by_key(|one| one.start);
    let start = stretches.first()?.start;
    let end = stretches.last()?.end;
    if stretches.iter().any(|one| one.start > one.end) {
        return None;
    }
    let tag = class.replace('_', " ");
    Some(Incoming {
        // Numbers like T1 are only unique in their file.
        id: None,
        handle: Some(id.to_owned()),
        quote: TextQuote {
            exact: sanitise::lines(words).into_owned(),
            ..TextQuote::default()
        },
        position: Some(Position { start, end }),
        about: if stretches.len() > 1 {
            About::Stretches(stretches)
        } else {
            About::Passage
        },
        body: Body {
            tags: if class == "Highlight" {
                Vec::new()
            } else {
                vec![tag]
            },
            ..Body::default()
        },
        ..Incoming::default()
    })
    .filter(|_| id.len() > 1)
}

fn take_note(kind: &str, words: &str, incoming: &mut Incoming) {
    if kind != "Postil" {
        if !incoming.body.note.is_empty() {
            incoming.body.note.push('\n');
        }
        incoming
            .body
            .note
            .push_str(&sanitise::lines(&unescaped(words)));
        return;
    }
    let Ok(rest) = serde_json::from_str::<Rest>(words) else {
        return;
    };
    incoming.id = Some(rest.id);
    incoming.source = Some(rest.source);
    incoming.body.tags = rest.tags;
    incoming.body.colour = rest.colour;
    incoming.creator = rest.creator;
    incoming.created = Some(rest.created);
    incoming.modified = Some(rest.modified);
    incoming.references = rest.references;
    if rest.whole {
        incoming.about = About::Whole;
    }
}

/// The lines of a passage, without the blanks at their ends.
fn fragments(text: &str, range: TextRange) -> Vec<TextRange> {
    let mut parts = Vec::new();
    let mut at = range.start as usize;
    for line in range.of_text(text).split('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        if start < end {
            parts.push(TextRange::of(start, end));
        }
        at += line.len() + 1;
    }
    if parts.is_empty() {
        parts.push(range);
    }
    parts
}

/// A tag as the name of a type: letters, digits, hyphens and underscores.
fn name(tag: &str) -> String {
    let plain: String = tag
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Highlight".to_owned(),
    }
}

fn escaped(note: &str) -> String {
    note.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\t', "\\t")
}

fn unescaped(note: &str) -> String {
    let mut out = String::with_capacity(note.len());
    let mut chars = note.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\\') | None => out.push('\\'),
            Some(other) => out.extend(['\\', other]),
        }
    }
    out
}
