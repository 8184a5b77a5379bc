//! A redline for programs: one JSON object a sentence, and the summary as the last.

use serde::Serialize;

use super::Compared;
use crate::cli::failure::Failure;
use crate::cli::out::Out;
use crate::cli::points::Points;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::redline::{Fate, Summary};

#[derive(Serialize)]
struct Span {
    start: u32,
    end: u32,
    text: String,
}

#[derive(Serialize)]
struct SentenceRecord {
    fate: Fate,
    old: Option<Span>,
    new: Option<Span>,
    edits: Vec<EditRecord>,
    notes: Vec<NoteRecord>,
    quotes: Vec<QuoteRecord>,
}

/// A note on a sentence, and in which of the two documents.
#[derive(Serialize)]
struct NoteRecord {
    side: &'static str,
    id: i64,
    on: Span,
    note: String,
    tags: Vec<String>,
}

#[derive(Serialize)]
struct QuoteRecord {
    side: &'static str,
    speaker: Option<String>,
    on: Span,
}

#[derive(Serialize)]
struct EditRecord {
    kind: Kind,
    old: Span,
    new: Span,
}

#[derive(Serialize)]
struct SummaryRecord<'a> {
    old: &'a str,
    new: &'a str,
    summary: Summary,
}

impl Compared {
    /// Prints it.
    pub(super) fn json(&self, out: &mut Out) -> Result<(), Failure> {
        let (old, new) = self.texts();
        let (mut of_old, mut of_new) = (Points::new(old), Points::new(new));
        let (mut of_old_quotes, mut of_new_quotes) = (Points::new(old), Points::new(new));
        for row in &self.redline.rows {
            let edits = row.edits.iter().map(|edit| EditRecord {
                kind: edit.kind,
                old: span(old, &mut of_old, edit.old),
                new: span(new, &mut of_new, edit.new),
            });
            let edits = edits.collect();
            out.json(&SentenceRecord {
                fate: row.fate,
                old: row.old.map(|range| span(old, &mut of_old, range)),
                new: row.new.map(|range| span(new, &mut of_new, range)),
                edits,
                notes: self
                    .sides(row)
                    .into_iter()
                    .flat_map(|(name, side, range)| {
                        let on = side.notes_on(range);
                        on.map(move |(at, note)| NoteRecord {
                            side: name,
                            id: note.id.0,
                            on: span(side.text(), &mut Points::new(side.text()), *at),
                            note: note.body.note.clone(),
                            tags: note.body.tags.clone(),
                        })
                    })
                    .collect(),
                quotes: self
                    .sides(row)
                    .into_iter()
                    .flat_map(|(name, side, range)| {
                        let points = match name {
                            "old" => &mut of_old_quotes,
                            _ => &mut of_new_quotes,
                        };
                        let on: Vec<_> = side.quotes_in(range).collect();
                        on.into_iter()
                            .map(|(at, speaker)| QuoteRecord {
                                side: name,
                                speaker,
                                on: span(side.text(), points, at),
                            })
                            .collect::<Vec<_>>()
                    })
                    .collect(),
            })?;
        }
        out.json(&SummaryRecord {
            old: &self.old.opened.locator,
            new: &self.new.opened.locator,
            summary: self.redline.summary,
        })
    }
}

fn span(text: &str, points: &mut Points, range: TextRange) -> Span {
    Span {
        start: points.at(range.start),
        end: points.at(range.end),
        text: range.of_text(text).to_owned(),
    }
}
