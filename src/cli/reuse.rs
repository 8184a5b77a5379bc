//! `postil reuse`: passages that stand in two documents.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::failure::{Failure, Outcome};
use super::out::{Form, Out};
use super::points::Points;
use super::room::Room;
use crate::document::{DocKind, Document};
use crate::runtime::paths::Paths;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::passage::{Passage, passage};
use crate::trace::reuse::{Options, Shared, duplicates, shared};
use crate::trace::words::Words;

/// What `reuse` takes.
#[derive(Debug, Args)]
pub(super) struct ReuseArgs {
    /// Files and folders; without any the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One JSON object a passage
    #[arg(long)]
    json: bool,
}

/// What is kept of a document: its text and words, not its layout.
struct Kept {
    id: String,
    path: String,
    title: String,
    text: Box<str>,
    words: Words,
    published: Option<Date>,
    kind: DocKind,
}

#[derive(Serialize)]
struct Side<'a> {
    document: &'a str,
    path: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Reused<'a> {
    copy: Side<'a>,
    source: Side<'a>,
    class: &'static str,
    matched: usize,
    changes: Vec<Changed>,
    /// Whether the two documents as a whole are nearly the same.
    near_duplicate: bool,
}

#[derive(Serialize)]
struct Changed {
    kind: Kind,
    copy: (u32, u32),
    source: (u32, u32),
}

/// Prints the passages, by pair of documents.
pub(super) fn run(args: &ReuseArgs, places: &Paths) -> Result<Outcome, Failure> {
    let room = Arc::new(Room::new(&args.paths, places)?);
    let mut kept: Vec<Kept> = Vec::new();
    let outcome = room.each(
        |_, opened| {
            let document: Document = opened.document;
            let published = document.meta.published.as_ref();
            Ok(Kept {
                id: document.id.to_string(),
                path: opened.locator,
                title: document.title().to_owned(),
                words: Words::of(&document.text),
                published: published.and_then(|published| published.date.interval().earliest),
                kind: document.meta.kind,
                text: document.text,
            })
        },
        |document| {
            kept.push(document);
            Ok(())
        },
    )?;
    let words: Vec<&Words> = kept.iter().map(|document| &document.words).collect();
    let found = shared(
        &words,
        &Options::for_words(words.iter().map(|words| words.len()).sum()),
    );
    let duplicates = duplicates(&words, &found);
    let mut out = Out::new();
    for one in &found {
        let Some((copy, source, passage)) = directed(&kept, one) else {
            continue;
        };
        let near_duplicate = duplicates.contains(&(one.a, one.b));
        match Form::of_flag(args.json) {
            Form::Json => out.json(&reused(copy, source, &passage, near_duplicate))?,
            Form::People => {
                let text = passage.a.of_text(&copy.text);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let near = if near_duplicate {
                    ", nearly the same document"
                } else {
                    ""
                };
                out.text(&format!(
                    "{} · {} words{near}\n  {}\n  from {}\n  “{text}”",
                    passage.class.as_str(),
                    passage.matched,
                    copy.title,
                    source.title
                ))?;
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// The younger document is the copy; of two of a day, or undated ones, that which is no statement.
fn directed<'a>(kept: &'a [Kept], one: &Shared) -> Option<(&'a Kept, &'a Kept, Passage)> {
    let (a, b) = (kept.get(one.a)?, kept.get(one.b)?);
    let issued =
        |document: &Kept| matches!(document.kind, DocKind::Statement | DocKind::Transcript);
    let a_is_source = match (a.published, b.published) {
        (Some(x), Some(y)) if x != y => x < y,
        _ => issued(a) && !issued(b),
    };
    if a_is_source {
        let found = passage(
            (&b.text, &b.words),
            (&a.text, &a.words),
            &one.region.swapped(),
        )?;
        Some((b, a, found))
    } else {
        let found = passage((&a.text, &a.words), (&b.text, &b.words), &one.region)?;
        Some((a, b, found))
    }
}

fn reused<'a>(
    copy: &'a Kept,
    source: &'a Kept,
    passage: &Passage,
    near_duplicate: bool,
) -> Reused<'a> {
    let (mut of_copy, mut of_source) = (Points::new(&copy.text), Points::new(&source.text));
    let side = |document: &'a Kept, points: &mut Points, range: TextRange| Side {
        document: &document.id,
        path: &document.path,
        start: points.at(range.start),
        end: points.at(range.end),
        text: range.of_text(&document.text),
    };
    Reused {
        copy: side(copy, &mut of_copy, passage.a),
        source: side(source, &mut of_source, passage.b),
        class: passage.class.as_str(),
        matched: passage.matched,
        changes: passage
            .changes
            .iter()
            .map(|change| Changed {
                kind: change.kind,
                copy: (of_copy.at(change.copy.start), of_copy.at(change.copy.end)),
                source: (
                    of_source.at(change.source.start),
                    of_source.at(change.source.end),
                ),
            })
            .collect(),
        near_duplicate,
    }
}
