//! Two documents sentence by sentence.

use super::pieces::{Look, Piece, marked};
use super::{Named, Ready};
use crate::language::sentence::sentences;
use crate::text::TextRange;
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
    /// Its words there.
    pub old: Vec<Piece>,
    /// Its words here.
    pub new: Vec<Piece>,
    /// The weightiest of its changes.
    pub kind: Option<Kind>,
}

impl Pair {
    /// Both sides in one text: what was deleted before what was inserted in its place.
    pub fn together(&self) -> Vec<&Piece> {
        if self.old.is_empty() || self.new.is_empty() {
            return self.old.iter().chain(&self.new).collect();
        }
        // Both sides have a piece for each edit, and one between any two edits.
        self.old
            .iter()
            .zip(&self.new)
            .flat_map(|(old, new)| match new.look {
                Look::Inserted => vec![old, new],
                Look::Kept | Look::Deleted | Look::Around => vec![new],
            })
            .collect()
    }
}

/// Compares two documents; the one published first is the older, else `a`.
pub fn compared(a: &Ready, b: &Ready) -> Compared {
    let turned = matches!((a.day(), b.day()), (Some(a), Some(b)) if b < a);
    let (old, new) = if turned { (b, a) } else { (a, b) };
    let (of_old, of_new) = (sentences(&old.document), sentences(&new.document));
    let found = redline(
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
    let mut ranked: Vec<usize> = Vec::new();
    let mut seen = vec![false; found.rows.len()];
    for (row, _) in found.ranked() {
        if let Some(seen) = seen.get_mut(row).filter(|seen| !**seen) {
            *seen = true;
            ranked.push(row);
        }
    }
    Compared {
        old: old.named(),
        new: new.named(),
        summary: found.summary,
        rows: pairs(&found, &old.document.text, &new.document.text),
        ranked,
    }
}

fn pairs(found: &Redline, old: &str, new: &str) -> Vec<Pair> {
    let rows = found.rows.iter().map(|row| {
        let alone = |text: &str, range: Option<TextRange>, look| {
            range.map_or_else(Vec::new, |range| vec![Piece::of(text, range, look)])
        };
        let (of_old, of_new) = match (row.old, row.new) {
            (Some(in_old), Some(in_new)) => (
                marked(
                    old,
                    in_old,
                    row.edits.iter().map(|edit| edit.old),
                    Look::Deleted,
                ),
                marked(
                    new,
                    in_new,
                    row.edits.iter().map(|edit| edit.new),
                    Look::Inserted,
                ),
            ),
            (in_old, in_new) => (
                alone(old, in_old, Look::Deleted),
                alone(new, in_new, Look::Inserted),
            ),
        };
        Pair {
            fate: row.fate,
            old_at: row.old,
            new_at: row.new,
            old: of_old,
            new: of_new,
            kind: match row.fate {
                Fate::Dropped | Fate::New => Some(Kind::Wording),
                Fate::Kept | Fate::Changed | Fate::Moved => {
                    row.edits.iter().map(|edit| edit.kind).min()
                }
            },
        }
    });
    rows.collect()
}
