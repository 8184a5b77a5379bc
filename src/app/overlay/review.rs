//! Notes whose place needs a decision: what they were made on, where that may stand now, and what the reader says.

use super::Cursor;
use crate::annotation::{Anchor, Anchoring, Annotation, Decision, Method, RecordId};
use crate::app::effect::{Change, JobId};
use crate::app::msg::Coverage;
use crate::document::{Document, Revision};
use crate::text::TextRange;

/// Bytes of the text shown on each side of a place, at most.
const AROUND_BYTES: usize = 160;

/// A note that needs a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The note.
    pub note: Annotation,
    /// The title of its document.
    pub title: String,
    /// The text it was looked for in.
    pub revision: Revision,
    /// What was found.
    pub anchoring: Anchoring,
    /// Where it may stand; of a lost one where it stood.
    pub places: Vec<Place>,
    /// Paragraphs of the document.
    pub n_paragraphs: usize,
    /// What the reader decided since.
    pub decided: Decision,
    /// What the reader decided and is not saved yet.
    pub sent: Option<Decision>,
}

/// A place in the present text, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub range: TextRange,
    /// What stands there.
    pub words: String,
    /// What stands before it.
    pub before: String,
    /// What stands after it.
    pub after: String,
    /// Its paragraph, from 1.
    pub paragraph: usize,
}

impl Doubt {
    /// A note with where it was found in `document`; none if there is nothing to decide.
    pub fn new(note: &Annotation, anchoring: &Anchoring, document: &Document) -> Option<Self> {
        if anchoring.method == Some(Method::Reader) {
            return None;
        }
        let ranges = match &anchoring.anchor {
            Anchor::Unchanged(_) | Anchor::Edited(_) | Anchor::Moved(_) | Anchor::Sought => {
                return None;
            }
            Anchor::Ambiguous(ranges) => ranges.clone(),
            Anchor::Probable(range) | Anchor::Lost { near: range } => vec![*range],
        };
        Some(Self {
            note: note.clone(),
            title: document.title().to_owned(),
            revision: document.revision,
            anchoring: anchoring.clone(),
            places: ranges
                .into_iter()
                .map(|range| place(document, range))
                .collect(),
            n_paragraphs: document.blocks.len(),
            decided: Decision::Withdraw,
            sent: None,
        })
    }

    /// Whether the reader has still to decide.
    pub fn is_open(&self) -> bool {
        self.stands() == Decision::Withdraw
    }

    /// What the reader said last, saved or not.
    pub fn stands(&self) -> Decision {
        self.sent.unwrap_or(self.decided)
    }

    /// How it was found and how sure that is, in plain words.
    pub fn because(&self) -> String {
        let percent = (self.anchoring.score * 100.0).round();
        match (&self.anchoring.anchor, self.anchoring.method) {
            (Anchor::Lost { .. }, _) => {
                "neither the words nor similar ones stand in this text".to_owned()
            }
            (Anchor::Ambiguous(places), Some(Method::Comparison)) => format!(
                "the passage stands {} times in a row now, and nothing tells which it was",
                places.len()
            ),
            (Anchor::Ambiguous(places), _) => {
                format!("the same words stand at {} places", places.len())
            }
            (_, Some(Method::Resemblance)) => format!(
                "similar words, {percent}% alike, {} letters differ",
                self.anchoring.errors
            ),
            (_, Some(Method::Quote)) => format!(
                "the same words elsewhere, but little of what stood around them ({percent}%)"
            ),
            (_, Some(Method::Comparison)) if self.anchoring.errors > 0 => format!(
                "what is left of the passage, {percent}% alike: it was edited, or is another one"
            ),
            (_, Some(Method::Comparison)) => {
                "the same words, but a twin stood beside them before".to_owned()
            }
            (_, Some(Method::Position | Method::Typography | Method::Reader) | None) => {
                format!("{percent}% sure")
            }
        }
    }

    /// The change that makes this decision.
    pub fn decide(&self, decision: Decision) -> Change {
        Change::Place {
            note: self.note.id,
            doc: self.note.target.doc,
            revision: self.revision,
            before: self.decided,
            after: decision,
        }
    }
}

fn place(document: &Document, range: TextRange) -> Place {
    let text = &document.text;
    let block = document.block_at(range.start);
    let around = document
        .blocks
        .get(block)
        .map_or(range, |block| block.range);
    Place {
        range,
        words: range.of_text(text).to_owned(),
        before: tail(
            text.get(around.start as usize..range.start as usize)
                .unwrap_or_default(),
        ),
        after: head(
            text.get(range.end as usize..around.end as usize)
                .unwrap_or_default(),
        ),
        paragraph: block + 1,
    }
}

/// The last words of a text.
fn tail(text: &str) -> String {
    let from = text.len().saturating_sub(AROUND_BYTES);
    let from = (from..text.len()).find(|at| {
        *at == 0 || text.is_char_boundary(*at) && text.as_bytes().get(at - 1) == Some(&b' ')
    });
    text.get(from.unwrap_or(text.len())..)
        .unwrap_or_default()
        .to_owned()
}

/// The first words of a text.
fn head(text: &str) -> String {
    let to = text.len().min(AROUND_BYTES);
    let to = (0..=to)
        .rev()
        .find(|at| *at == text.len() || text.as_bytes().get(*at) == Some(&b' '));
    text.get(..to.unwrap_or(0)).unwrap_or_default().to_owned()
}

/// All notes that need a decision, one after the other.
#[derive(Debug)]
pub struct Review {
    /// The question.
    pub job: JobId,
    /// In the order of the documents; those decided since stay until it is closed.
    pub doubts: Vec<Doubt>,
    /// Whether all have come.
    pub coverage: Coverage,
    /// The chosen one.
    pub cursor: Cursor,
    /// Which of its places is shown.
    pub place: usize,
}

impl Review {
    /// Nothing yet; the answer to `job` brings what there is.
    pub fn new(job: JobId) -> Self {
        Self {
            job,
            doubts: Vec::new(),
            coverage: Coverage::Part,
            cursor: Cursor::default(),
            place: 0,
        }
    }

    /// The chosen one.
    pub fn chosen(&self) -> Option<&Doubt> {
        self.doubts.get(self.cursor.selected)
    }

    /// How many the reader has still to decide.
    pub fn n_open(&self) -> usize {
        self.doubts.iter().filter(|doubt| doubt.is_open()).count()
    }

    /// Takes more of the answer.
    pub fn take(&mut self, more: Vec<Doubt>, coverage: Coverage) {
        for doubt in more {
            match self
                .doubts
                .iter_mut()
                .find(|known| known.note.id == doubt.note.id)
            {
                Some(known) => *known = doubt,
                None => self.doubts.push(doubt),
            }
        }
        self.coverage = coverage;
    }

    /// Takes note of a decision that is on its way.
    pub fn sent(&mut self, decision: Decision) {
        let at = self.cursor.selected;
        if let Some(doubt) = self.doubts.get_mut(at) {
            doubt.sent = Some(decision);
        }
    }

    /// Takes note of a decision that was saved. The note stays chosen, so that what is typed next cannot be about one that was never seen; one that is open again is chosen.
    pub fn decided(&mut self, note: RecordId, decision: Decision) {
        let Some(index) = self.doubts.iter().position(|doubt| doubt.note.id == note) else {
            return;
        };
        if let Some(doubt) = self.doubts.get_mut(index) {
            doubt.decided = decision;
            doubt.sent = None;
        }
        if decision == Decision::Withdraw {
            self.choose(index);
        }
    }

    /// Goes on to the next that needs a decision, after the last to the first; stays where none does.
    pub fn next_open(&mut self) {
        let from = self.cursor.selected;
        let after = self.doubts.iter().enumerate().skip(from);
        let all = self.doubts.iter().enumerate();
        let next = after.chain(all).find(|(_, doubt)| doubt.is_open());
        if let Some(next) = next.map(|(at, _)| at) {
            self.choose(next);
        }
    }

    /// Goes some rows down, or up.
    pub fn step(&mut self, by: i64) {
        let before = self.cursor.selected;
        self.cursor.step(by, self.doubts.len());
        if self.cursor.selected != before {
            self.place = 0;
        }
    }

    /// Chooses one.
    pub fn choose(&mut self, index: usize) {
        self.cursor.selected = index;
        self.place = 0;
    }

    /// Shows the next of the places of the chosen one, after the last the first.
    pub fn next_place(&mut self) {
        let n = self.chosen().map_or(0, |doubt| doubt.places.len());
        self.place = (self.place + 1) % n.max(1);
    }
}
