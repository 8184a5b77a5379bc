//! `postil reuse`: passages that stand in two documents, or documents that are nearly the same.
//!
//! What a collection shares is kept in an index beside the catalogue ([`kept`]), so that a new document costs its own length. Standard input, and places where nothing can be
//! kept, are compared in memory.

mod kept;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::failure::{Failure, Outcome};
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
    card: Card,
    text: Box<str>,
    words: Words,
}

/// Documents, by the numbers that pairs give them.
trait Shelf {
    fn open(&mut self, number: u32) -> io::Result<Arc<Known>>;
    fn card(&mut self, number: u32) -> io::Result<Card>;
    fn n_words(&self, number: u32) -> usize;
}

#[derive(Serialize)]
struct Group<'a> {
    documents: &'a [Card],
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
            Form::Json => out.json(&Group { documents: &cards })?,
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
    for of_one in pairs.chunk_by(|x, y| x.a == y.a) {
        let Some(first) = of_one.first() else {
            continue;
        };
        let a = shelf.open(first.a).map_err(unread)?;
        for pair in of_one {
            let b = shelf.open(pair.b).map_err(unread)?;
            let near_duplicate = is_duplicate(a.words.len(), b.words.len(), pair.regions.iter());
            for region in &pair.regions {
                if let Some((copy, source, passage)) = directed(&a, &b, region) {
                    tell(args, (copy, source), &passage, near_duplicate, out)?;
                }
            }
        }
    }
    Ok(())
}

fn tell(
    args: &ReuseArgs,
    (copy, source): (&Known, &Known),
    passage: &Passage,
    near_duplicate: bool,
    out: &mut Out,
) -> Result<(), Failure> {
    match Form::of_flag(args.json) {
        Form::Json => out.json(&reused(copy, source, passage, near_duplicate)),
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
                copy.card.title,
                source.card.title
            ))
        }
    }
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
