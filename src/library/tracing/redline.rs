//! Two documents sentence by sentence.

use std::collections::HashSet;

use super::pieces::{Look, Over, Piece};
use super::{Named, Ready};
use crate::annotation::{Colour, RecordId};
use crate::document::DocId;
use crate::language::quotes::{Quote, quotes};
use crate::text::{Layer, TextRange};
use crate::trace::kinds::Kind;
use crate::trace::redline::{Fate, Joining, Redline, Summary, Version, redline};

/// Two documents compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The older one.
    pub old: Named,
    /// The newer one.
    pub new: Named,
    /// How many sentences met each fate.
    pub summary: Summary,
    /// The sentences in the order of the newer one.
    pub rows: Vec<Pair>,
    /// The rows in which something changed, the weightiest change first.
    pub ranked: Vec<usize>,
}

/// A sentence of one document or of both.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What became of it.
    pub fate: Fate,
    /// Where it stands in the older document.
    pub old_at: Option<TextRange>,
    /// Where it stands in the newer one.
    pub new_at: Option<TextRange>,
    /// Its words there: what is kept and what was changed in turn, from what is kept on.
    pub old: Vec<Vec<Piece>>,
    /// Its words here, likewise.
    pub new: Vec<Vec<Piece>>,
    /// The weightiest of its changes.
    pub kind: Option<Kind>,
    /// The notes on it, those of the older document first.
    pub notes: Vec<NoteAt>,
}

/// A note of the reader's, where it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteAt {
    /// Which.
    pub id: RecordId,
    /// The document.
    pub doc: DocId,
    /// The passage.
    pub at: TextRange,
    /// Its colour.
    pub colour: Colour,
}

impl Pair {
    /// The words on one side.
    pub fn side(side: &[Vec<Piece>]) -> impl Iterator<Item = &Piece> {
        side.iter().flatten()
    }

    /// Both sides in one text: what was deleted before what was inserted in its place; on what is kept the notes of both.
    pub fn together(&self) -> Vec<Piece> {
        if self.old.is_empty() || self.new.is_empty() {
            let alone = Self::side(&self.old).chain(Self::side(&self.new));
            return alone.cloned().collect();
        }
        let pairs = self.old.iter().zip(&self.new).enumerate();
        pairs
            .flat_map(|(at, (old, new))| match at % 2 {
                1 => old.iter().chain(new).cloned().collect(),
                _ => laid_over(old, new),
            })
            .collect()
    }
}

/// The pieces of `new`, cut also where those of `old`, the same words, are, with what lies on either. Words are counted by their letters, since blanks may differ.
fn laid_over(old: &[Piece], new: &[Piece]) -> Vec<Piece> {
    if old.iter().all(|piece| piece.over == Over::default()) {
        return new.to_vec();
    }
    let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').count();
    let mut under = old
        .iter()
        .map(|piece| (letters(&piece.text), piece.over))
        .filter(|(n, _)| *n > 0);
    let (mut left, mut over) = under.next().unwrap_or((usize::MAX, Over::default()));
    let mut laid = Vec::new();
    for piece in new {
        let (mut rest, mut own) = (&*piece.text, piece.over);
        loop {
            let mut seen = rest.char_indices().filter(|(_, letter)| *letter != ' ');
            // The blank before a note and the one behind it are not under it.
            let cut = if over.note.is_some() {
                let last = seen.nth(left.saturating_sub(1));
                last.map(|(at, letter)| at + letter.len_utf8())
            } else {
                seen.nth(left).map(|(at, _)| at)
            };
            let (head, tail) = rest.split_at(cut.unwrap_or(rest.len()));
            laid.push(Piece {
                look: piece.look,
                text: head.into(),
                over: Over {
                    quoted: own.quoted || over.quoted,
                    note: own.note.or(over.note),
                    n_begin: own.n_begin + over.n_begin,
                },
            });
            // A note begins once, however often its words are cut.
            let n_letters = letters(head);
            if n_letters > 0 {
                own.n_begin = 0;
                over.n_begin = 0;
            }
            left = left.saturating_sub(n_letters);
            if left == 0 {
                (left, over) = under.next().unwrap_or((usize::MAX, Over::default()));
            }
            if tail.is_empty() {
                break;
            }
            rest = tail;
        }
    }
    laid
}

/// Compares two documents; the one published first is the older, else `a`. `notes` are those on either.
pub fn compared(a: &Ready, b: &Ready, notes: &[NoteAt]) -> Compared {
    let turned = matches!((a.day(), b.day()), (Some(a), Some(b)) if b < a);
    let (old, new) = if turned { (b, a) } else { (a, b) };
    let (of_old, of_new) = (old.sentences(), new.sentences());
    let found = redline(
        Version {
            text: &old.document.text,
            sentences: of_old,
        },
        Version {
            text: &new.document.text,
            sentences: of_new,
        },
        Joining::Weak,
    );
    let mut ranked: Vec<usize> = Vec::new();
    let mut seen = vec![false; found.rows.len()];
    for (row, _) in found.ranked() {
        if let Some(seen) = seen.get_mut(row).filter(|seen| !**seen) {
            *seen = true;
            ranked.push(row);
        }
    }
    let (left, right) = (Page::of(old, notes), Page::of(new, notes));
    Compared {
        old: old.named(),
        new: new.named(),
        summary: found.summary,
        rows: pairs(&found, &left, &right),
        ranked,
    }
}

/// A document with what lies on its words.
struct Page<'a> {
    text: &'a str,
    quotes: Layer<Quote>,
    notes: Layer<NoteAt>,
}

impl<'a> Page<'a> {
    fn of(ready: &'a Ready, notes: &[NoteAt]) -> Self {
        let document = &ready.document;
        let here = notes.iter().filter(|note| note.doc == document.id);
        Self {
            text: &document.text,
            quotes: quotes(document, ready.sentences(), &Layer::default()),
            notes: here.map(|note| (note.at, *note)).collect(),
        }
    }

    /// The words of a range, cut where a quotation or a note begins or ends.
    fn pieces(&self, range: TextRange, look: Look) -> Vec<Piece> {
        let mut cuts = vec![range.start, range.end];
        let notes = self.notes.within(range).map(|(at, _)| *at);
        let quotes = self.quotes.within(range).map(|(at, _)| *at);
        for at in notes.chain(quotes) {
            cuts.extend(
                [at.start, at.end]
                    .iter()
                    .filter(|cut| range.contains(**cut)),
            );
        }
        cuts.sort_unstable();
        cuts.dedup();
        let parts = cuts.iter().zip(cuts.iter().skip(1));
        parts
            .map(|(start, end)| {
                let part = TextRange::new(*start, *end);
                // Of notes one over the other the shortest is on top.
                let note = self.notes.within(part).min_by_key(|(at, _)| at.len());
                let over = Over {
                    quoted: self.quotes.within(part).next().is_some(),
                    note: note.map(|(_, note)| note.colour),
                    n_begin: self
                        .notes
                        .within(part)
                        .filter(|(at, _)| at.start == part.start)
                        .count(),
                };
                Piece {
                    over,
                    ..Piece::of(self.text, part, look)
                }
            })
            .collect()
    }

    /// What is kept of a sentence and what was changed, in turn.
    fn marked(
        &self,
        range: TextRange,
        changed: impl Iterator<Item = TextRange>,
        look: Look,
    ) -> Vec<Vec<Piece>> {
        let mut all = Vec::new();
        let mut at = range.start;
        for one in changed {
            let start = one.start.clamp(at, range.end);
            let end = one.end.clamp(start, range.end);
            all.push(self.pieces(TextRange::new(at, start), Look::Kept));
            all.push(self.pieces(TextRange::new(start, end), look));
            at = end;
        }
        all.push(self.pieces(TextRange::new(at, range.end), Look::Kept));
        all
    }

    fn notes_on(&self, range: Option<TextRange>) -> impl Iterator<Item = NoteAt> + '_ {
        let range = range.unwrap_or_default();
        self.notes.within(range).map(|(_, note)| *note)
    }
}

fn pairs(found: &Redline, left: &Page, right: &Page) -> Vec<Pair> {
    // A note that runs over several sentences is told with the first.
    let mut told: HashSet<(DocId, RecordId)> = HashSet::new();
    let rows = found.rows.iter().map(|row| {
        let (old, new) = match (row.old, row.new) {
            (Some(in_old), Some(in_new)) => {
                let deleted = row.edits.iter().map(|edit| edit.old);
                let inserted = row.edits.iter().map(|edit| edit.new);
                (
                    left.marked(in_old, deleted, Look::Deleted),
                    right.marked(in_new, inserted, Look::Inserted),
                )
            }
            (in_old, in_new) => {
                let alone = |page: &Page, range: Option<TextRange>, look| {
                    range.map_or_else(Vec::new, |range| vec![page.pieces(range, look)])
                };
                (
                    alone(left, in_old, Look::Deleted),
                    alone(right, in_new, Look::Inserted),
                )
            }
        };
        let notes = left.notes_on(row.old).chain(right.notes_on(row.new));
        Pair {
            fate: row.fate,
            old_at: row.old,
            new_at: row.new,
            old,
            new,
            kind: match row.fate {
                Fate::Dropped | Fate::New => Some(Kind::Wording),
                Fate::Kept | Fate::Changed | Fate::Moved => {
                    row.edits.iter().map(|edit| edit.kind).min()
                }
            },
            notes: notes
                .filter(|note| told.insert((note.doc, note.id)))
                .collect(),
        }
    });
    rows.collect()
}
