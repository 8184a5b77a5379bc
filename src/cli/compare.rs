//! `postil compare`: the redline of two documents, for the terminal, as HTML, as JSON.

mod side;

use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use self::side::{Side, one_line};
use super::failure::{Failure, Outcome};
use super::ledger::Ledger;
use super::out::{Form, Out};
use super::pick::DocArgs;
use super::points::Points;
use crate::language::sentence::sentences;
use crate::runtime::paths::Paths;
use crate::text::{TextRange, sanitise};
use crate::trace::kinds::Kind;
use crate::trace::redline::{Edit, Fate, Joining, Redline, Row, Summary, Version, redline};

/// What `compare` takes.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// The older document: a path, an id, a file name or an unambiguous part of a title
    #[arg(value_name = "A")]
    old: String,
    /// The newer document
    #[arg(value_name = "B")]
    new: String,
    /// Where to look for them: files and folders; without any the current collection, else the samples
    #[arg(long = "in", value_name = "PATH")]
    around: Vec<PathBuf>,
    /// One JSON object a sentence, and the summary as the last
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// A page that needs nothing else
    #[arg(long)]
    html: bool,
}

/// Two documents and their redline.
struct Compared {
    old: Side,
    new: Side,
    redline: Redline,
}

/// Prints the redline.
pub(super) fn run(args: &CompareArgs, places: &Paths) -> Result<Outcome, Failure> {
    let open = |wanted: &str| DocArgs::new(wanted.to_owned(), args.around.clone()).open(places);
    let (old, new) = (open(&args.old)?, open(&args.new)?);
    let (of_old, of_new) = (sentences(&old.document), sentences(&new.document));
    let redline = redline(
        Version {
            text: &old.document.text,
            sentences: &of_old,
        },
        Version {
            text: &new.document.text,
            sentences: &of_new,
        },
        Joining::Weak,
    );
    let ledger = Ledger::read(&places.store);
    let compared = Compared {
        old: Side::of(old, &of_old, &ledger)?,
        new: Side::of(new, &of_new, &ledger)?,
        redline,
    };
    let mut out = Out::new();
    if args.html {
        out.bytes(compared.html().as_bytes())?;
    } else {
        match Form::of_flag(args.json) {
            Form::Json => compared.json(&mut out)?,
            Form::People => compared.people(&mut out)?,
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// How a piece of a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Kept,
    Deleted,
    Inserted,
}

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
    fn texts(&self) -> (&str, &str) {
        (self.old.text(), self.new.text())
    }

    /// The row as pieces in reading order.
    fn pieces(&self, row: &Row) -> Vec<(Look, String)> {
        let (old, new) = self.texts();
        let flat = |range: TextRange, text: &str| {
            let shown = range
                .of_text(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let lead = range.of_text(text).starts_with(char::is_whitespace);
            let trail = range.of_text(text).ends_with(char::is_whitespace) && !shown.is_empty();
            format!(
                "{}{shown}{}",
                if lead { " " } else { "" },
                if trail { " " } else { "" }
            )
        };
        match (row.old, row.new) {
            (Some(range), None) => vec![(Look::Deleted, flat(range, old))],
            (None, Some(range)) => vec![(Look::Inserted, flat(range, new))],
            (None, None) => Vec::new(),
            (Some(_), Some(range)) => {
                let mut pieces = Vec::new();
                let mut at = range.start;
                for Edit {
                    old: deleted,
                    new: inserted,
                    ..
                } in &row.edits
                {
                    pieces.push((Look::Kept, flat(TextRange::new(at, inserted.start), new)));
                    pieces.push((Look::Deleted, flat(*deleted, old)));
                    pieces.push((Look::Inserted, flat(*inserted, new)));
                    at = inserted.end;
                }
                pieces.push((Look::Kept, flat(TextRange::new(at, range.end), new)));
                pieces.retain(|(_, text)| !text.is_empty());
                pieces
            }
        }
    }

    fn people(&self, out: &mut Out) -> Result<(), Failure> {
        let colour = io::stdout().is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        out.text(&self.headline())?;
        out.text("")?;
        for row in &self.redline.rows {
            let sign = match row.fate {
                Fate::Kept => ' ',
                Fate::Changed => '~',
                Fate::Moved => '>',
                Fate::Dropped => '-',
                Fate::New => '+',
            };
            let mut line = format!("{sign} ");
            for (look, text) in self.pieces(row) {
                let safe = sanitise::lines(&text);
                let written = match (look, colour) {
                    (Look::Kept, _) => write!(line, "{safe}"),
                    (Look::Deleted, true) => write!(line, "\u{1b}[31;9m{safe}\u{1b}[0m"),
                    (Look::Inserted, true) => write!(line, "\u{1b}[32;4m{safe}\u{1b}[0m"),
                    (Look::Deleted, false) => write!(line, "[-{safe}-]"),
                    (Look::Inserted, false) => write!(line, "{{+{safe}+}}"),
                };
                debug_assert!(written.is_ok());
            }
            line.push('\n');
            // The pieces are safe already; the colours are our own.
            out.bytes(line.as_bytes())?;
            for aside in self.asides(row) {
                out.text(&format!("    {aside}"))?;
            }
        }
        Ok(())
    }

    /// The two documents, with where a row stands in each.
    fn sides(&self, row: &Row) -> [(&'static str, &Side, Option<TextRange>); 2] {
        [("old", &self.old, row.old), ("new", &self.new, row.new)]
    }

    /// The notes on a row, and who speaks in it, a line each; of a quotation that stands on both sides the newer.
    fn asides(&self, row: &Row) -> Vec<String> {
        let mut asides = Vec::new();
        for (name, side, range) in self.sides(row) {
            for (at, note) in side.notes_on(range) {
                let words = one_line(at.of_text(side.text()));
                let tags: Vec<String> = note
                    .body
                    .tags
                    .iter()
                    .map(|tag| format!(" #{tag}"))
                    .collect();
                let tags = tags.concat();
                let said = one_line(&note.body.note);
                asides.push(format!("note ({name}) on “{words}”: {said}{tags}"));
            }
        }
        let (side, range) = match row.new {
            Some(_) => (&self.new, row.new),
            None => (&self.old, row.old),
        };
        for (at, speaker) in side.quotes_in(range) {
            let words = one_line(at.of_text(side.text()));
            let who = speaker.unwrap_or_else(|| "nobody named".to_owned());
            asides.push(format!("quoted, {who}: “{words}”"));
        }
        asides
    }

    fn headline(&self) -> String {
        let summary = &self.redline.summary;
        format!(
            "{} → {}\n{} kept · {} changed · {} moved · {} dropped · {} new · {} words deleted, {} inserted",
            self.old.opened.document.title(),
            self.new.opened.document.title(),
            summary.kept,
            summary.changed,
            summary.moved,
            summary.dropped,
            summary.new,
            summary.n_deleted,
            summary.n_inserted
        )
    }

    fn json(&self, out: &mut Out) -> Result<(), Failure> {
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

    fn html(&self) -> String {
        let headline = escape(&self.headline()).replace('\n', "<br>");
        let title = escape(self.new.opened.document.title());
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<style>body{{max-width:44em;margin:2em auto;padding:0 1em;\
             font:1.1em/1.5 Georgia,serif}}header{{color:#555;font-size:.9em}}p{{margin:.5em 0;padding-left:.7em;border-left:3px solid transparent}}\
             .changed{{border-color:#b58900}}.moved{{border-color:#268bd2}}.dropped{{border-color:#c03}}.new{{border-color:#2a7}}del{{color:#a02030}}\
             ins{{color:#176b3a;text-decoration:underline}}aside{{margin:0 0 .5em 1.5em;font-size:.85em;color:#555}}</style></head>\n<body><header>{headline}</header>\n"
        );
        for row in &self.redline.rows {
            let fate = row.fate.as_str();
            let _ = write!(page, "<p class=\"{fate}\" title=\"{fate}\">");
            for (look, text) in self.pieces(row) {
                let text = escape(&text);
                let _ = match look {
                    Look::Kept => write!(page, "{text}"),
                    Look::Deleted => write!(page, "<del>{text}</del>"),
                    Look::Inserted => write!(page, "<ins>{text}</ins>"),
                };
            }
            page.push_str("</p>\n");
            for aside in self.asides(row) {
                let _ = writeln!(page, "<aside>{}</aside>", escape(&aside));
            }
        }
        page.push_str("</body></html>\n");
        page
    }
}

fn span(text: &str, points: &mut Points, range: TextRange) -> Span {
    Span {
        start: points.at(range.start),
        end: points.at(range.end),
        text: range.of_text(text).to_owned(),
    }
}

/// Text as HTML shows it, without what drives a terminal.
fn escape(text: &str) -> String {
    let safe = sanitise::lines(text);
    safe.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
