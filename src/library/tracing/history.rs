//! A phrase over the documents of a series.

use std::sync::Arc;

use super::pieces::{Look, Piece};
use super::sources::passage;
use super::{Named, Ready};
use crate::text::TextRange;
use crate::trace::history::{Event, history, series};
use crate::trace::passage::Change;
use crate::trace::sketch::{Sketch, connected};

/// What became of a phrase in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The document.
    pub of: Named,
    /// Where the phrase stands.
    pub range: Option<TextRange>,
    /// What happened.
    pub happened: Happened,
    /// The sentence it stands in; words that the last document did not have are marked.
    pub words: Vec<Piece>,
    /// What was changed since the last one, the weightiest first.
    pub changes: Vec<(&'static str, String)>,
}

impl Step {
    /// Takes it out of its series: where none is known, a document without the phrase has not dropped it.
    pub fn alone(&mut self) {
        self.happened = match self.happened {
            Happened::Dropped => Happened::Absent,
            Happened::Returned if self.changes.is_empty() => Happened::Kept,
            Happened::Returned => Happened::Changed,
            other => other,
        };
    }
}

/// Why the documents of a history are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Publisher, titles and likeness of the texts suggest a series.
    Series,
    /// They share some of the words; no series is known.
    Words,
}

/// What happens to a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// It is not there yet.
    NotYet,
    /// It is there for the first time.
    FirstSeen,
    /// It is there as before.
    Kept,
    /// It is there in other words.
    Changed,
    /// It is not there any more.
    Dropped,
    /// It is still not there.
    Absent,
    /// It is there again.
    Returned,
    /// It is there, nobody knows whether before or after.
    Undated,
}

impl Happened {
    /// In plain words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYet => "not yet",
            Self::FirstSeen => "first seen",
            Self::Kept => "kept",
            Self::Changed => "changed to",
            Self::Dropped => "dropped",
            Self::Absent => "absent",
            Self::Returned => "seen again",
            Self::Undated => "has it",
        }
    }
}

/// The numbers of the documents, given by publisher and title, that form a series with document `of`; none if it stands alone.
pub fn members(documents: &[(Option<&str>, &str)], of: usize) -> Option<Vec<usize>> {
    series(documents)
        .into_iter()
        .find(|group| group.contains(&of))
}

/// Hundredths of their runs that two documents of a series share: where the titles are alike too, and where the publisher alone is the same.
const ALIKE_AND_TITLED: u32 = 3;
const ALIKE: u32 = 12;

/// The documents of the series of `open` among those that may belong to it, `open` with them: texts that are like it, or like one that is. `is_titled` says which have a title like that of `open`.
pub fn alike(
    open: &Arc<Ready>,
    candidates: &[Arc<Ready>],
    is_titled: impl Fn(&Ready) -> bool,
) -> Vec<Arc<Ready>> {
    let all: Vec<&Arc<Ready>> = std::iter::once(open).chain(candidates).collect();
    let sketches: Vec<Sketch> = all.iter().map(|one| Sketch::of(&one.words)).collect();
    let titled: Vec<bool> = all
        .iter()
        .enumerate()
        .map(|(number, one)| number == 0 || is_titled(one))
        .collect();
    let is_titled = |number: usize| titled.get(number) == Some(&true);
    let enough = |a: usize, b: usize| {
        if is_titled(a) && is_titled(b) {
            ALIKE_AND_TITLED
        } else {
            ALIKE
        }
    };
    connected(&sketches, 0, enough)
        .into_iter()
        .filter_map(|number| all.get(number).map(|one| Arc::clone(one)))
        .collect()
}

/// The phrase in each of the documents, in the order of their days, undated ones last.
pub fn steps(phrase: &str, documents: &[Arc<Ready>]) -> Vec<Step> {
    let mut documents: Vec<&Arc<Ready>> = documents.iter().collect();
    documents.sort_by_key(|one| (one.day().is_none(), one.day(), one.document.id));
    let texts: Vec<&str> = documents.iter().map(|one| &*one.document.text).collect();
    let n_dated = documents.iter().filter(|one| one.day().is_some()).count();
    let versions = history(phrase, &texts, n_dated);
    let mut before: Option<&Ready> = None;
    let mut steps = Vec::with_capacity(versions.len());
    for (one, version) in documents.into_iter().zip(versions) {
        let (happened, changes): (Happened, Vec<Change>) = match version.event {
            Event::NotYet => (Happened::NotYet, Vec::new()),
            Event::FirstSeen => (Happened::FirstSeen, Vec::new()),
            Event::Kept => (Happened::Kept, Vec::new()),
            Event::Changed(changes) => (Happened::Changed, changes),
            Event::Dropped => (Happened::Dropped, Vec::new()),
            Event::Absent => (Happened::Absent, Vec::new()),
            Event::Returned(changes) => (Happened::Returned, changes),
            Event::Undated(changes) => (Happened::Undated, changes),
        };
        let source = before.map_or("", |before| &before.document.text);
        let copies = changes.iter().map(|change| change.copy);
        steps.push(Step {
            of: one.named(),
            range: version.range,
            happened,
            words: version.range.map_or_else(Vec::new, |range| {
                passage(one, range, copies, Look::Inserted)
            }),
            changes: super::changes(&one.document.text, source, &changes),
        });
        if version.range.is_some() && one.day().is_some() {
            before = Some(one);
        }
    }
    steps
}
