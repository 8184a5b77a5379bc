//! A document with its highlights, notes, names and dates as one HTML page that opens from disk.
//!
//! No script, and nothing from elsewhere: a content security policy in the page forbids both. Everything from a document or a note is escaped. Notes stand beside the text
//! and below it in narrow windows and on paper; each links to its passage and back.

mod text;

use std::fmt::Write;

use super::{Noted, Sheet};
use crate::annotation::{Wording, wording};
use crate::document::{BlockKind, Document};
use crate::language::entities::EntityType;
use crate::library::Analysis;
use crate::text::sanitise;

const STYLE: &str = include_str!("html/report.css");
/// Rows of names and of dates at most; a book has more than a page should.
const MOST_ROWS: usize = 2000;

/// The page of one document; of one that is gone its notes alone.
pub fn write(sheet: &Sheet<'_>, analysis: Option<&Analysis>) -> String {
    let mut out = String::new();
    let title = escaped(&sanitise::line(sheet.title));
    let language = sheet
        .document
        .and_then(|document| document.meta.language.as_deref());
    let language = escaped(language.unwrap_or("en"));
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"postil {}\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
        env!("CARGO_PKG_VERSION")
    )
    .ok();
    if let Some(document) = sheet.document {
        describe(&mut out, document);
    }
    write!(
        out,
        "<p class=\"path\">{}</p>\n<nav><a href=\"#text\">Text</a> <a href=\"#notes\">Notes ({})</a> <a href=\"#names\">Names</a> <a href=\"#timeline\">Timeline</a></nav>\n</header>\n<main>\n",
        escaped(&sanitise::line(sheet.locator)),
        sheet.notes.len()
    )
    .ok();
    out.push_str("<article id=\"text\">\n");
    match sheet.document {
        Some(document) => blocks(&mut out, document, sheet, analysis),
        None => out.push_str(
            "<p class=\"gone\">The document is no longer there. Its notes keep their words.</p>\n",
        ),
    }
    out.push_str("</article>\n<aside id=\"notes\" aria-label=\"Notes\">\n<h2>Notes</h2>\n");
    for (index, noted) in sheet.notes.iter().enumerate() {
        note(&mut out, sheet, noted, index + 1);
    }
    if sheet.notes.is_empty() {
        out.push_str("<p>None.</p>\n");
    }
    out.push_str("</aside>\n</main>\n");
    if let (Some(document), Some(analysis)) = (sheet.document, analysis) {
        names(&mut out, analysis);
        timeline(&mut out, document, analysis);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn describe(out: &mut String, document: &Document) {
    let meta = &document.meta;
    let mut parts: Vec<String> = Vec::new();
    if !meta.authors.is_empty() {
        parts.push(escaped(&sanitise::line(&meta.authors.join(", "))));
    }
    if let Some(publisher) = &meta.publisher {
        parts.push(escaped(&sanitise::line(publisher)));
    }
    if let Some(published) = &meta.published {
        let date = escaped(published.date.as_str());
        parts.push(format!("<time>{date}</time> ({})", published.from));
    }
    parts.push(meta.kind.as_str().to_owned());
    writeln!(out, "<p class=\"source\">{}</p>", parts.join(" · ")).ok();
}

fn blocks(out: &mut String, document: &Document, sheet: &Sheet<'_>, analysis: Option<&Analysis>) {
    let marks = text::Marks::new(sheet, analysis);
    let mut in_table = false;
    for block in &document.blocks {
        let is_row = matches!(block.kind, BlockKind::TableRow { .. });
        if is_row != in_table {
            out.push_str(if is_row { "<table>\n" } else { "</table>\n" });
            in_table = is_row;
        }
        let (open, close) = match block.kind {
            BlockKind::Paragraph => ("<p>".to_owned(), "</p>"),
            BlockKind::Continuation => ("<p class=\"continued\">".to_owned(), "</p>"),
            BlockKind::Heading { level } => match level {
                0 | 1 => ("<h2>".to_owned(), "</h2>"),
                2 => ("<h3>".to_owned(), "</h3>"),
                _ => ("<h4>".to_owned(), "</h4>"),
            },
            BlockKind::Item { number } => {
                let label = number.map_or_else(|| "•".to_owned(), |n| format!("{n}."));
                let indent = u32::from(block.depth) * 2;
                (
                    format!(
                        "<p class=\"item\" style=\"margin-left:{indent}em\"><span class=\"label\">{label}</span> "
                    ),
                    "</p>",
                )
            }
            BlockKind::Quote => ("<blockquote><p>".to_owned(), "</p></blockquote>"),
            BlockKind::TableRow { head: true } => {
                ("<tr class=\"head\"><td>".to_owned(), "</td></tr>")
            }
            BlockKind::TableRow { head: false } => ("<tr><td>".to_owned(), "</td></tr>"),
            BlockKind::Code => ("<pre>".to_owned(), "</pre>"),
            BlockKind::Rule => {
                out.push_str("<hr>\n");
                continue;
            }
        };
        out.push_str(&open);
        marks.write(out, &document.text, block.range);
        out.push_str(close);
        out.push('\n');
    }
    if in_table {
        out.push_str("</table>\n");
    }
}

fn note(out: &mut String, sheet: &Sheet<'_>, noted: &Noted, number: usize) {
    let annotation = &noted.signed.annotation;
    let colour = annotation.body.colour.as_str();
    let status = noted.anchoring.anchor.status();
    write!(
        out,
        "<section class=\"note {colour}\" id=\"note-{number}\">\n<p class=\"passage\">"
    )
    .ok();
    let quote = noted.quote(sheet.document);
    let words = escaped(&sanitise::lines(&quote.exact));
    if noted.place().is_some() {
        writeln!(
            out,
            "<a href=\"#passage-{number}\">{number}</a> “{words}”</p>"
        )
        .ok();
    } else {
        writeln!(out, "{number} “{words}”</p>").ok();
    }
    if let Some(then) = noted.made_on(sheet.document) {
        made_on(out, then, &quote.exact);
    }
    for paragraph in annotation
        .body
        .note
        .split("\n\n")
        .filter(|text| !text.trim().is_empty())
    {
        let lines = escaped(&sanitise::lines(paragraph)).replace('\n', "<br>");
        writeln!(out, "<p>{lines}</p>").ok();
    }
    let mut told: Vec<String> = Vec::new();
    for tag in &annotation.body.tags {
        told.push(format!(
            "<span class=\"tag\">#{}</span>",
            escaped(&sanitise::line(tag))
        ));
    }
    told.push(format!("<span class=\"status {status}\">{status}</span>"));
    for (kind, to) in &noted.links {
        let at = sheet.notes.iter().position(|other| other.signed.uid == *to);
        let (kind, n) = (kind.as_str(), at.map(|at| at + 1));
        told.push(match n {
            Some(n) => format!("{kind} <a href=\"#note-{n}\">note {n}</a>"),
            None => format!("{kind} a note on another document"),
        });
    }
    if let Some(creator) = &noted.signed.creator {
        told.push(escaped(&sanitise::line(creator)));
    }
    let created = annotation.created.strftime("%Y-%m-%d");
    told.push(format!(
        "<time datetime=\"{}\">{created}</time>",
        annotation.created
    ));
    write!(
        out,
        "<p class=\"told\">{}</p>\n</section>\n",
        told.join(" ")
    )
    .ok();
}

/// What was changed in a passage since the note was written.
fn made_on(out: &mut String, then: &str, now: &str) {
    let text = |words: &str| escaped(&sanitise::line(words));
    let mut line = String::new();
    for part in wording(then, now) {
        match part {
            Wording::Same(_, is) => line.push_str(&text(&is)),
            Wording::Gone(words) => {
                write!(line, "<del>{}</del> ", text(words.trim_end())).ok();
            }
            Wording::New(words) => {
                write!(line, "<ins>{}</ins> ", text(words.trim_end())).ok();
            }
        }
    }
    writeln!(
        out,
        "<p class=\"then\">made on other words: {}</p>",
        line.trim_end()
    )
    .ok();
}

fn names(out: &mut String, analysis: &Analysis) {
    out.push_str("<section id=\"names\">\n<h2>Names</h2>\n<table>\n<tr class=\"head\"><th>name</th><th>kind</th><th class=\"count\">mentions</th></tr>\n");
    let mut counts = analysis.entity_counts();
    counts.sort_by(|a, b| {
        b.mentions
            .cmp(&a.mentions)
            .then_with(|| a.name.cmp(&b.name))
    });
    for count in counts.iter().take(MOST_ROWS) {
        let kind = kind_word(count.kind);
        let name = escaped(&sanitise::line(&count.name));
        writeln!(
            out,
            "<tr><td><span class=\"{kind}\">{name}</span></td><td>{kind}</td><td class=\"count\">{}</td></tr>",
            count.mentions
        )
        .ok();
    }
    out.push_str("</table>\n</section>\n");
}

const fn kind_word(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Org => "organisation",
        EntityType::Place => "place",
    }
}

fn timeline(out: &mut String, document: &Document, analysis: &Analysis) {
    out.push_str("<section id=\"timeline\">\n<h2>Timeline</h2>\n<table>\n<tr class=\"head\"><th>when</th><th>as written</th><th>passage</th></tr>\n");
    let mut events: Vec<_> = analysis.events.iter().collect();
    events.sort_by_key(|event| {
        let earliest = event.interval.and_then(|interval| interval.earliest);
        (earliest.is_none(), earliest, event.range.start)
    });
    for event in events.iter().take(MOST_ROWS) {
        let when = event.interval.map_or_else(String::new, |interval| {
            let day = |day: Option<jiff::civil::Date>| {
                day.map_or_else(|| "…".to_owned(), |day| day.to_string())
            };
            let (from, to) = (day(interval.earliest), day(interval.latest));
            if from == to {
                from
            } else {
                format!("{from} – {to}")
            }
        });
        let passage = escaped(&sanitise::line(event.range.of_text(&document.text)));
        let said = escaped(&sanitise::line(&event.said));
        writeln!(
            out,
            "<tr><td class=\"when\"><a href=\"#date-{}\">{when}</a></td><td>{said}</td><td>{passage}</td></tr>",
            event.timex.start
        )
        .ok();
    }
    out.push_str("</table>\n</section>\n");
}

/// Text as HTML writes it, also inside an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
