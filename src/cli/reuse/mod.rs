//! `postil reuse`: passages that stand in two documents, or documents that are nearly the same.
//!
//! What a collection shares is kept in an index beside the catalogue ([`kept`]), so that a new document costs its own length. Standard input, and places where nothing can be
//! kept, are compared in memory.

mod kept;

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::failure::{Failure, Outcome};
use super::json;
use super::out::{Form, Out};
use super::points::Points;
use super::room::Room;
use crate::document::DocKind;
use crate::index::reuse::Pair;
use crate::runtime::paths::Paths;
use crate::runtime::source::SourceError;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::passage::{Passage, passage};
use crate::trace::reuse::extend::Region;
use crate::trace::reuse::{groups, is_duplicate};
use crate::trace::words::Words;

use kept::Card;

/// What `reuse` takes.
#[derive(Debug, Args)]
pub(super) struct ReuseArgs {
    /// Files and folders; without any the current collection, else the samples. `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Lists groups of documents that are nearly the same instead of passages
    #[arg(long)]
    duplicates: bool,
    /// One JSON object a passage, or a group
    #[arg(long)]
    json: bool,
}

/// A document while its passages are told.
struct Known {
    card: Arc<Card>,
    text: Arc<str>,
    /// The words that are asked for, with some around them.
    words: Arc<Words>,
    /// Which word of the document is the first of these.
    first: usize,
}

/// Documents, by the numbers that pairs give them.
trait Shelf {
    /// A document with its words `from..to`.
    fn open(&mut self, number: u32, span: (usize, usize)) -> io::Result<Known>;
    fn card(&mut self, number: u32) -> io::Result<Arc<Card>>;
    fn n_words(&self, number: u32) -> usize;
    /// The lines that were told of a pair before, if there is nothing new.
    fn told(&mut self, pair: &Pair) -> Option<Vec<u8>>;
    /// Keeps the lines that are told of a pair.
    fn keep(&mut self, pair: &Pair, lines: &[u8]);
}

#[derive(Serialize)]
struct Group<'a> {
    documents: Vec<&'a Card>,
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
    kept::with(&room, places, |pairs, shelf| {
        let mut out = Out::new();
        let told = if args.duplicates {
            tell_groups(args, pairs, shelf, &mut out)
        } else {
            tell_passages(args, pairs, shelf, &mut out)
        };
        told?;
        out.flush()
    })
}

fn tell_groups(
    args: &ReuseArgs,
    pairs: &[Pair],
    shelf: &mut dyn Shelf,
    out: &mut Out,
) -> Result<(), Failure> {
    let same = pairs.iter().filter(|pair| {
        let (a, b) = (shelf.n_words(pair.a), shelf.n_words(pair.b));
        is_duplicate(a, b, pair.regions.iter())
    });
    let same: Vec<(u32, u32)> = same.map(|pair| (pair.a, pair.b)).collect();
    for group in groups(same) {
        let mut cards = Vec::with_capacity(group.len());
        for number in group {
            cards.push(shelf.card(number).map_err(unread)?);
        }
        cards.sort_by(|a, b| (a.published, &a.path).cmp(&(b.published, &b.path)));
        match Form::of_flag(args.json) {
            Form::Json => out.json(&Group {
                documents: cards.iter().map(|card| &**card).collect(),
            })?,
            Form::People => {
                out.text(&format!("{} documents nearly the same", cards.len()))?;
                for card in &cards {
                    out.text(&format!("  {}  {}", card.title, card.path))?;
                }
            }
        }
    }
    Ok(())
}

fn tell_passages(
    args: &ReuseArgs,
    pairs: &[Pair],
    shelf: &mut dyn Shelf,
    out: &mut Out,
) -> Result<(), Failure> {
    for pair in pairs {
        let lines = match shelf.told(pair) {
            Some(lines) => lines,
            None => lines(pair, shelf).map_err(unread)?,
        };
        shelf.keep(pair, &lines);
        match Form::of_flag(args.json) {
            Form::Json => out.bytes(&lines)?,
            Form::People => {
                for line in lines.split(|byte| *byte == b'\n') {
                    if !line.is_empty() {
                        tell(line, pair, shelf, out)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// The passages of a pair, a line of JSON each.
fn lines(pair: &Pair, shelf: &mut dyn Shelf) -> io::Result<Vec<u8>> {
    let span = |side: fn(&Region) -> &Range<usize>| {
        let ranges = pair.regions.iter().map(side);
        let from = ranges.clone().map(|range| range.start).min();
        let to = ranges.map(|range| range.end).max();
        (from.unwrap_or(0), to.unwrap_or(0))
    };
    let a = shelf.open(pair.a, span(|region| &region.a))?;
    let b = shelf.open(pair.b, span(|region| &region.b))?;
    let (n_a, n_b) = (shelf.n_words(pair.a), shelf.n_words(pair.b));
    let near_duplicate = is_duplicate(n_a, n_b, pair.regions.iter());
    let mut lines = Vec::new();
    for region in &pair.regions {
        let within = |range: &Range<usize>, first: usize| {
            range.start.saturating_sub(first)..range.end.saturating_sub(first)
        };
        let region = Region {
            a: within(&region.a, a.first),
            b: within(&region.b, b.first),
            ..*region
        };
        if let Some((copy, source, passage)) = directed(&a, &b, &region) {
            lines.extend(json::line(&reused(copy, source, &passage, near_duplicate)));
        }
    }
    Ok(lines)
}

/// What people are told, read from a line.
#[derive(Deserialize)]
struct Line {
    copy: LineSide,
    source: LineSide,
    class: String,
    matched: usize,
    near_duplicate: bool,
}

#[derive(Deserialize)]
struct LineSide {
    path: String,
    text: String,
}

fn tell(line: &[u8], pair: &Pair, shelf: &mut dyn Shelf, out: &mut Out) -> Result<(), Failure> {
    let line: Line = serde_json::from_slice(line).map_err(|error| unread(error.into()))?;
    let (a, b) = (shelf.card(pair.a), shelf.card(pair.b));
    let cards = [a.map_err(unread)?, b.map_err(unread)?];
    let title = |side: &LineSide| {
        let card = cards.iter().find(|card| card.path == side.path);
        card.map_or("", |card| &card.title)
    };
    let text = line.copy.text.split_whitespace().collect::<Vec<_>>();
    let near = if line.near_duplicate {
        ", nearly the same document"
    } else {
        ""
    };
    out.text(&format!(
        "{} · {} words{near}\n  {}\n  from {}\n  “{}”",
        line.class,
        line.matched,
        title(&line.copy),
        title(&line.source),
        text.join(" ")
    ))
}

/// A text of the index that went away between the check and now.
fn unread(source: io::Error) -> Failure {
    Failure::Source(SourceError::Unreadable {
        locator: "the index of reused passages".to_owned(),
        source,
    })
}

/// The younger document is the copy; of two of a day, or undated ones, that which is no statement.
fn directed<'a>(
    a: &'a Known,
    b: &'a Known,
    region: &Region,
) -> Option<(&'a Known, &'a Known, Passage)> {
    let issued =
        |known: &Known| matches!(known.card.kind, DocKind::Statement | DocKind::Transcript);
    let a_is_source = match (a.card.published, b.card.published) {
        (Some(x), Some(y)) if x != y => x < y,
        _ => issued(a) && !issued(b),
    };
    let (copy, source, region) = if a_is_source {
        (b, a, region.swapped())
    } else {
        (a, b, region.clone())
    };
    let found = passage(
        (&copy.text, &copy.words),
        (&source.text, &source.words),
        &region,
    )?;
    Some((copy, source, found))
}

fn reused<'a>(
    copy: &'a Known,
    source: &'a Known,
    passage: &Passage,
    near_duplicate: bool,
) -> Reused<'a> {
    let (mut of_copy, mut of_source) = (Points::new(&copy.text), Points::new(&source.text));
    let side = |document: &'a Known, points: &mut Points, range: TextRange| Side {
        document: &document.card.id,
        path: &document.card.path,
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
