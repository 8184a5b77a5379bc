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
use crate::library::tracing::{sort, told};
use crate::runtime::paths::Paths;
use crate::runtime::source::SourceError;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::passage::{Class, Passage, passage};
use crate::trace::reuse::extend::Region;
use crate::trace::reuse::interrupted::uninterrupted;
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
    /// What tells which of the two is the copy.
    direction: Direction,
    /// Whether the source is a statement or transcript: between stories, words are alike as wire copy and stock phrases are.
    issued: bool,
    /// Whether the copy begins or ends between quotation marks.
    quoted: bool,
    class: &'static str,
    matched: usize,
    changes: Vec<Changed>,
    /// Whether the two documents as a whole are nearly the same.
    near_duplicate: bool,
}

/// What tells the copy from the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Direction {
    /// The source was published on an earlier day.
    Date,
    /// The source is what was issued or said, the copy what tells of it.
    Kind,
    /// Nothing: each may have the words from the other, or both from a third.
    Unknown,
}

#[derive(Serialize, Deserialize)]
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
        if let Some((copy, source, passage, direction)) = directed(&a, &b, &region) {
            let reused = reused(copy, source, &passage, direction, near_duplicate);
            lines.extend(json::line(&reused));
        }
    }
    Ok(lines)
}

/// What people are told, read from a line.
#[derive(Deserialize)]
struct Line {
    copy: LineSide,
    source: LineSide,
    direction: Direction,
    issued: bool,
    quoted: bool,
    class: Class,
    matched: usize,
    changes: Vec<Changed>,
    near_duplicate: bool,
}

#[derive(Deserialize)]
struct LineSide {
    path: String,
    start: u32,
    text: String,
}

impl LineSide {
    /// The words between two code points of the document, in a line.
    fn words(&self, (from, to): (u32, u32)) -> String {
        let letters = self.text.chars();
        let letters = letters.skip(from.saturating_sub(self.start) as usize);
        let words: String = letters.take(to.saturating_sub(from) as usize).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its words in a line, no more than [`MOST_WORDS`].
    fn beginning(&self) -> String {
        let mut words = self.text.split_whitespace();
        let beginning = words
            .by_ref()
            .take(MOST_WORDS)
            .collect::<Vec<_>>()
            .join(" ");
        let n_left = words.count();
        match n_left {
            0 => beginning,
            n => format!("{beginning} … and {n} words more"),
        }
    }
}

/// Words of a passage, and changes in it, that people are told of.
const MOST_WORDS: usize = 60;
const MOST_CHANGES: usize = 8;

fn tell(line: &[u8], pair: &Pair, shelf: &mut dyn Shelf, out: &mut Out) -> Result<(), Failure> {
    let line: Line = serde_json::from_slice(line).map_err(|error| unread(error.into()))?;
    let (a, b) = (shelf.card(pair.a), shelf.card(pair.b));
    let cards = [a.map_err(unread)?, b.map_err(unread)?];
    let title = |side: &LineSide| {
        let card = cards.iter().find(|card| card.path == side.path);
        card.map_or("", |card| &card.title)
    };
    let class = match line.class {
        // Nobody's words were altered where nobody is quoted and nothing was issued.
        Class::Altered if !line.issued && !line.quoted => "reworded",
        class => class.as_str(),
    };
    let near = if line.near_duplicate {
        ", nearly the same document"
    } else {
        ""
    };
    let and = match line.direction {
        Direction::Date | Direction::Kind => "from",
        Direction::Unknown => "and",
    };
    out.text(&format!(
        "{class} · {} words{near}\n  {}\n  {and} {}\n  “{}”",
        line.matched,
        title(&line.copy),
        title(&line.source),
        line.copy.beginning()
    ))?;
    let mut changes: Vec<&Changed> = line.changes.iter().collect();
    changes.sort_by_key(|change| change.kind);
    for change in changes.iter().take(MOST_CHANGES) {
        let before = line.source.words(change.source);
        let now = line.copy.words(change.copy);
        out.text(&format!("  {}: {}", sort(change.kind), told(&before, &now)))?;
    }
    let n_left = changes.len().saturating_sub(MOST_CHANGES);
    if n_left > 0 {
        out.text(&format!("  and {n_left} changes more"))?;
    }
    Ok(())
}

/// A text of the index that went away between the check and now.
fn unread(source: io::Error) -> Failure {
    Failure::Source(SourceError::Unreadable {
        locator: "the index of reused passages".to_owned(),
        source,
    })
}

/// The younger document is the copy; of two of a day, or undated ones, that which only tells what was issued or said. Where that tells nothing either, it is the first.
fn directed<'a>(
    a: &'a Known,
    b: &'a Known,
    region: &Region,
) -> Option<(&'a Known, &'a Known, Passage, Direction)> {
    // A statement goes before who speaks of it.
    let rank = |known: &Known| match known.card.kind {
        DocKind::Statement => 0,
        DocKind::Transcript => 1,
        DocKind::News | DocKind::Editorial | DocKind::Blog | DocKind::Other => 2,
    };
    let (direction, a_is_source) = match (a.card.published, b.card.published) {
        (Some(x), Some(y)) if x != y => (Direction::Date, x < y),
        _ if rank(a) != rank(b) => (Direction::Kind, rank(a) < rank(b)),
        _ => (Direction::Unknown, false),
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
    Some((copy, source, uninterrupted(found, &copy.text), direction))
}

/// Bytes before a place in which a quotation that it stands in begins.
const QUOTATION: usize = 2_000;

/// Whether a place of a text stands between quotation marks of its paragraph.
fn is_quoted(text: &str, at: u32) -> bool {
    let before = text.get(..at as usize).unwrap_or_default();
    let paragraph = before.rsplit('\n').next().unwrap_or_default();
    let mut from = paragraph.len().saturating_sub(QUOTATION);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let marks = paragraph.get(from..).unwrap_or_default().chars();
    marks.fold(false, |inside, letter| match letter {
        '“' | '«' | '„' => true,
        '”' | '»' => false,
        '"' => !inside,
        _ => inside,
    })
}

fn reused<'a>(
    copy: &'a Known,
    source: &'a Known,
    passage: &Passage,
    direction: Direction,
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
        direction,
        issued: matches!(source.card.kind, DocKind::Statement | DocKind::Transcript),
        quoted: is_quoted(&copy.text, passage.a.start) || is_quoted(&copy.text, passage.a.end),
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
