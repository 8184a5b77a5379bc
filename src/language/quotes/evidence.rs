//! Whether a document is a transcript, and which of its labels are somebody's.
//!
//! In: all that looks like a label, with the names of the document. Out: what becomes of each. Capitals and a colon count where there are three and more, a title, a question or
//! a label that comes again among them; labels with small letters where they are somebody's and come again, or the document says what it is; labels with a stop where they
//! come again.

use std::collections::{HashMap, HashSet};

use super::gender::gender;
use super::labels::{Divider, Shape};
use super::turns::Placed;
use crate::document::{BlockKind, DocKind, Document};
use crate::language::entities::{EntityType, Mention};
use crate::text::Layer;

/// Labels that make a transcript.
const FEWEST: usize = 3;
/// Titled labels, none of which comes again, make one if they open so many of its paragraphs.
const DENSE: usize = 3;
/// Blocks at the top in which a transcript says what it is.
const TOP: usize = 5;

/// Words by which a transcript says what it is.
const KINDS: [&str; 16] = [
    "transcript",
    "hearing",
    "interview",
    "press conference",
    "briefing",
    "remarks",
    "press call",
    "background call",
    "gaggle",
    "debate",
    "testimony",
    "q&a",
    "questions and answers",
    "in conversation",
    "podcast",
    "press availability",
];

/// What becomes of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is none.
    Not,
    /// A field of the page: ends what was said before.
    Field,
    Speaker,
}

/// What a document tells of its labels.
pub(super) struct Evidence {
    /// Whether labels in capitals count, other labels with a colon, labels with a stop.
    capitals: bool,
    names: bool,
    stops: bool,
    /// Which labels could be somebody's.
    somebody: Vec<bool>,
}

impl Evidence {
    pub(super) fn of(document: &Document, mentions: &Layer<Mention>, all: &[Placed]) -> Self {
        let declared = document.meta.kind == DocKind::Transcript;
        let is_stop = |placed: &Placed| placed.label.divider == Divider::Stop;
        let is_loud = |placed: &Placed| match placed.label.shape {
            Shape::Capitals | Shape::Question => !placed.field,
            Shape::Titled | Shape::Role | Shape::Name => false,
        };
        let counted = |of: &dyn Fn(&Placed) -> bool| all.iter().filter(|placed| of(placed)).count();
        let n_loud = counted(&|placed| is_loud(placed) && !is_stop(placed));
        let somebody = somebody(document, mentions, all);
        let mut evident: HashMap<&str, usize> = HashMap::new();
        let mut stopped: HashMap<&str, usize> = HashMap::new();
        for (placed, known) in all.iter().zip(&somebody) {
            if is_stop(placed) {
                *stopped.entry(&placed.key).or_default() += usize::from(!placed.field);
            } else if (*known || is_loud(placed)) && !placed.quoted {
                *evident.entry(&placed.key).or_default() += 1;
            }
        }
        let repeated =
            |counts: &HashMap<&str, usize>| counts.values().filter(|n| **n > 1).sum::<usize>();
        let n_titled = counted(&|placed| {
            placed.label.shape == Shape::Titled && !is_stop(placed) && !placed.quoted
        });
        let n_paragraphs = document
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
            .count();
        // "BACKGROUND: …", "AIMS: …", each once, are headings.
        let anybody = counted(&|placed| {
            is_loud(placed) && (placed.label.shape == Shape::Question || placed.label.titled)
        }) > 0;
        let capitals = if n_loud < FEWEST {
            declared
        } else {
            anybody || repeated(&evident) > 1
        };
        let n_names: usize = evident.values().sum();
        let some_known = all
            .iter()
            .zip(&somebody)
            .any(|(placed, known)| *known && !placed.quoted && !is_stop(placed));
        let come_again = repeated(&evident) > 1;
        let told =
            n_titled >= FEWEST && (says_what_it_is(document) || n_titled * DENSE >= n_paragraphs);
        let names = some_known
            && (capitals || n_names >= FEWEST && evident.len() > 1 && (come_again || told));
        let n_stops: usize = stopped.values().sum();
        let stops = n_stops >= FEWEST && stopped.len() > 1 && repeated(&stopped) > 1;
        Self {
            capitals,
            names,
            stops,
            somebody,
        }
    }

    pub(super) fn kept(&self, all: &[Placed]) -> Vec<Kept> {
        let colon = self.capitals || self.names;
        let kept = |(placed, somebody): (&Placed, &bool)| {
            let counts = match (placed.label.divider, placed.label.shape) {
                (Divider::Stop, _) => self.stops && !placed.field,
                (Divider::Colon | Divider::Blank, _) if placed.field => {
                    return if colon || self.stops {
                        Kept::Field
                    } else {
                        Kept::Not
                    };
                }
                (Divider::Colon | Divider::Blank, Shape::Capitals | Shape::Question) => colon,
                (Divider::Colon | Divider::Blank, Shape::Titled | Shape::Role | Shape::Name) => {
                    self.names && *somebody
                }
            };
            if counts { Kept::Speaker } else { Kept::Not }
        };
        all.iter().zip(&self.somebody).map(kept).collect()
    }
}

/// Which labels with small letters could be somebody's: behind a title, an office that comes again, a person named so here or in another label.
fn somebody(document: &Document, mentions: &Layer<Mention>, all: &[Placed]) -> Vec<bool> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for placed in all
        .iter()
        .filter(|placed| placed.label.divider != Divider::Stop)
    {
        *counts.entry(&placed.key).or_default() += 1;
    }
    let is_person = |placed: &Placed| {
        let spelled = placed.name.of_text(&document.text);
        let mut named = mentions
            .within(placed.name)
            .filter(|(name, mention)| placed.name.covers(*name) && !mention.adjective);
        match named.next() {
            Some((_, mention)) => mention.kind == EntityType::Person,
            None => spelled.contains(' ') && gender("", spelled).is_some(),
        }
    };
    let sure: Vec<bool> = all
        .iter()
        .map(|placed| match placed.label.shape {
            Shape::Titled | Shape::Capitals | Shape::Question => true,
            Shape::Role => counts.get(&*placed.key).is_some_and(|n| *n > 1),
            Shape::Name => is_person(placed),
        })
        .collect();
    let surnames: HashSet<&str> = all
        .iter()
        .zip(&sure)
        .filter(|(placed, sure)| **sure && placed.label.shape != Shape::Question)
        .map(|(placed, _)| &*placed.key)
        .collect();
    all.iter()
        .zip(&sure)
        .map(|(placed, sure)| !placed.field && (*sure || surnames.contains(&*placed.key)))
        .collect()
}

/// Whether title or opening say that it is a transcript.
fn says_what_it_is(document: &Document) -> bool {
    let opening = document
        .blocks
        .iter()
        .take(TOP)
        .map(|block| document.block_text(block));
    opening
        .chain([document.title()])
        .filter(|line| line.len() < 300)
        .any(|line| {
            let line = line.to_lowercase();
            KINDS.iter().any(|kind| line.contains(kind))
        })
}
