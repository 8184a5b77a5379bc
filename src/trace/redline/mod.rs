//! The redline of two versions of a text: which sentences were kept, changed, moved, dropped, added, and which words.
//!
//! In: two [`Version`]s with their sentences. Out: [`Row`]s in reading order, each a sentence of the old text, of the new one, or of both with the words that differ. Sentences are aligned
//! first: equal ones, then those that share most of their words, in order; a sentence that fits one elsewhere is kept as moved, edited or not. Inside a pair the words deleted and inserted are the
//! fewest possible; differences that only a weak word or two separate are then one, which reads better. Swapping the sides gives the mirror image.

mod divided;
mod likeness;
mod pairing;

use serde::Serialize;

use super::align::{Hunk, differences};
use super::kinds::{Kind, kind};
use super::reuse::weak_words;
use super::words::Words;
use crate::text::{Layer, TextRange};

/// A text to be compared.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a Layer<()>,
}

/// What became of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It stands in both, in the same place and words; marks may be drawn differently.
    Kept,
    /// Its words were changed.
    Changed,
    /// It stands elsewhere, in the same words or changed.
    Moved,
    /// It is not in the new text.
    Dropped,
    /// It is not in the old text.
    New,
}

impl Fate {
    /// As the machine interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Dropped => "dropped",
            Self::New => "new",
        }
    }
}

/// Words of the old text and those in their place; one of the two may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The words deleted.
    pub old: TextRange,
    /// The words inserted.
    pub new: TextRange,
    /// What sort of change it is.
    pub kind: Kind,
}

/// A sentence of one text or of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What became of it.
    pub fate: Fate,
    /// Where it stands in the old text.
    pub old: Option<TextRange>,
    /// Where it stands in the new text.
    pub new: Option<TextRange>,
    /// The words that differ, in order.
    pub edits: Vec<Edit>,
}

/// How many sentences met each fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Sentences kept as they were.
    pub kept: usize,
    /// Sentences with other words.
    pub changed: usize,
    /// Sentences that stand elsewhere.
    pub moved: usize,
    /// Sentences dropped.
    pub dropped: usize,
    /// New sentences.
    pub new: usize,
    /// Words deleted.
    pub n_deleted: usize,
    /// Words inserted.
    pub n_inserted: usize,
}

/// Two texts compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redline {
    /// In the order of the new text; what was dropped stands where it stood.
    pub rows: Vec<Row>,
    /// How many sentences met each fate.
    pub summary: Summary,
}

impl Redline {
    /// Row and number of each edit, and each sentence dropped or new, the weightiest kind of change first; among equals in reading order.
    pub fn ranked(&self) -> Vec<(usize, Option<usize>)> {
        let mut ranked: Vec<(Kind, usize, Option<usize>)> = Vec::new();
        for (row, one) in self.rows.iter().enumerate() {
            match one.fate {
                Fate::Dropped | Fate::New => ranked.push((Kind::Wording, row, None)),
                Fate::Kept | Fate::Changed | Fate::Moved => {
                    let edits = one.edits.iter().enumerate();
                    ranked.extend(edits.map(|(at, edit)| (edit.kind, row, Some(at))));
                }
            }
        }
        ranked.sort();
        ranked
            .into_iter()
            .map(|(_, row, edit)| (row, edit))
            .collect()
    }
}

/// Whether differences that weak words alone separate are shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// They are; easier to read.
    Weak,
    /// They are not; the fewest words.
    Never,
}

/// A sentence with its words and marks.
pub(super) struct Sentence {
    range: TextRange,
    units: Units,
    /// Hashes of the words alone.
    words: Words,
    /// Which of the words have a capital, but for the first.
    names: Vec<bool>,
}

impl Sentence {
    fn of(text: &str, range: TextRange) -> Self {
        let words = Words::within(text, range);
        let capital = |at: usize| {
            let word = words.range(at).unwrap_or_default().of_text(text);
            at > 0 && word.starts_with(char::is_uppercase)
        };
        Self {
            range,
            units: Units::of(text, range),
            names: (0..words.len()).map(capital).collect(),
            words,
        }
    }
}

/// Words and marks: a redline shows a comma that was moved.
#[derive(Default)]
struct Units {
    ids: Vec<u32>,
    ranges: Vec<TextRange>,
}

impl Units {
    fn of(text: &str, range: TextRange) -> Self {
        let mut units = Self::default();
        for token in tokens(text, range) {
            units.ids.push(hash(token.of_text(text)));
            units.ranges.push(token);
        }
        units
    }

    fn span(&self, range: &std::ops::Range<usize>, whole: TextRange) -> TextRange {
        let before = range
            .start
            .checked_sub(1)
            .and_then(|at| self.ranges.get(at));
        let place = before.map_or(whole.start, |before| before.end);
        let (Some(first), Some(last)) = (
            self.ranges.get(range.start).filter(|_| !range.is_empty()),
            range.end.checked_sub(1).and_then(|at| self.ranges.get(at)),
        ) else {
            return TextRange::empty(place);
        };
        first.union(*last)
    }
}

/// Runs of letters, digits and apostrophes; every other mark by itself.
fn tokens(text: &str, range: TextRange) -> impl Iterator<Item = TextRange> + '_ {
    let part = range.of_text(text);
    let in_word = |letter: char| {
        letter.is_alphanumeric()
            || matches!(letter, '\'' | '’' | '_')
            || ('\u{300}'..='\u{36f}').contains(&letter)
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = part.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = part.get(start..)?;
        let first = rest.chars().next()?;
        let n_bytes = if in_word(first) {
            rest.find(|letter| !in_word(letter)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        at = start + n_bytes;
        Some(TextRange::of(start, at).shifted(range.start))
    })
}

/// Marks that differ in their drawing alone are equal: straight and curly quotation marks and apostrophes, hyphens and dashes.
fn hash(word: &str) -> u32 {
    let letters = word.chars().map(|letter| match letter {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '−' => '-',
        letter => letter,
    });
    let hash = letters.fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as u32
}

/// Compares two texts.
pub fn redline(old: Version, new: Version, joining: Joining) -> Redline {
    let (olds, news) = (sentences(old), sentences(new));
    // Which of equally good ways is taken must not depend on which text is called the old one.
    let (olds, news, pairs) = if old.text <= new.text {
        let pairs = pairing::pair(&olds, &news);
        divided::absorb((old.text, olds), (new.text, news), &pairs)
    } else {
        let pairs = pairing::pair(&news, &olds);
        let (news, olds, pairs) = divided::absorb((new.text, news), (old.text, olds), &pairs);
        let turned = pairing::turned(&pairs, news.len());
        (olds, news, turned)
    };
    // Where the text goes on in the old one, for each new sentence.
    let mut resumes = vec![olds.len(); news.len() + 1];
    for (index, pair) in pairs.iter().enumerate().rev() {
        let next = resumes.get(index + 1).copied().unwrap_or(olds.len());
        let here = pair
            .filter(|pair| !pair.moved)
            .map_or(next, |pair| pair.old);
        if let Some(cell) = resumes.get_mut(index) {
            *cell = here;
        }
    }
    let mut rows = Vec::with_capacity(news.len() + olds.len());
    let mut summary = Summary::default();
    let taken: Vec<bool> = {
        let mut taken = vec![false; olds.len()];
        for pair in pairs.iter().flatten() {
            if let Some(cell) = taken.get_mut(pair.old) {
                *cell = true;
            }
        }
        taken
    };
    let mut next_old = 0;
    for (index, sentence) in news.iter().enumerate() {
        let pair = pairs.get(index).copied().flatten();
        if let Some(pair) = pair.filter(|pair| !pair.moved) {
            push_dropped(&olds, &taken, next_old..pair.old, &mut rows);
            next_old = next_old.max(pair.old + 1);
        }
        let Some((pair, before)) = pair.and_then(|pair| Some((pair, olds.get(pair.old)?))) else {
            // What was dropped here stands before what came in its place.
            let resume = resumes
                .get(index)
                .copied()
                .unwrap_or(next_old)
                .max(next_old);
            push_dropped(&olds, &taken, next_old..resume, &mut rows);
            next_old = resume;
            rows.push(Row {
                fate: Fate::New,
                old: None,
                new: Some(sentence.range),
                edits: Vec::new(),
            });
            continue;
        };
        let edits = edits((old.text, before), (new.text, sentence), joining);
        let fate = match (pair.moved, edits.is_empty()) {
            (true, _) => Fate::Moved,
            (false, true) => Fate::Kept,
            (false, false) => Fate::Changed,
        };
        rows.push(Row {
            fate,
            old: Some(before.range),
            new: Some(sentence.range),
            edits,
        });
    }
    push_dropped(&olds, &taken, next_old..olds.len(), &mut rows);
    for row in &rows {
        let count = match row.fate {
            Fate::Kept => &mut summary.kept,
            Fate::Changed => &mut summary.changed,
            Fate::Moved => &mut summary.moved,
            Fate::Dropped => &mut summary.dropped,
            Fate::New => &mut summary.new,
        };
        *count += 1;
        let n_words = |text: &str, range: Option<TextRange>| {
            range.map_or(0, |range| tokens(text, range).count())
        };
        match row.fate {
            Fate::Dropped => summary.n_deleted += n_words(old.text, row.old),
            Fate::New => summary.n_inserted += n_words(new.text, row.new),
            Fate::Kept | Fate::Changed | Fate::Moved => {
                for edit in &row.edits {
                    summary.n_deleted += n_words(old.text, Some(edit.old));
                    summary.n_inserted += n_words(new.text, Some(edit.new));
                }
            }
        }
    }
    Redline { rows, summary }
}

fn push_dropped(
    olds: &[Sentence],
    taken: &[bool],
    range: std::ops::Range<usize>,
    rows: &mut Vec<Row>,
) {
    for index in range {
        if taken.get(index) == Some(&false)
            && let Some(sentence) = olds.get(index)
        {
            rows.push(Row {
                fate: Fate::Dropped,
                old: Some(sentence.range),
                new: None,
                edits: Vec::new(),
            });
        }
    }
}

fn sentences(version: Version) -> Vec<Sentence> {
    let ranges = version.sentences.iter().map(|(range, ())| *range);
    ranges
        .map(|range| Sentence::of(version.text, range))
        .filter(|sentence| !sentence.units.ids.is_empty())
        .collect()
}

/// The words that differ between two sentences.
fn edits(
    (text_a, a): (&str, &Sentence),
    (text_b, b): (&str, &Sentence),
    joining: Joining,
) -> Vec<Edit> {
    let mut hunks = if text_a <= text_b {
        differences(&a.units.ids, &b.units.ids)
    } else {
        let turned = differences(&b.units.ids, &a.units.ids);
        turned
            .into_iter()
            .map(|hunk| Hunk {
                a: hunk.b,
                b: hunk.a,
            })
            .collect()
    };
    if joining == Joining::Weak {
        hunks = joined(hunks, (text_a, a));
    }
    hunks
        .iter()
        .map(|hunk| {
            let old = a.units.span(&hunk.a, a.range);
            let new = b.units.span(&hunk.b, b.range);
            Edit {
                old,
                new,
                kind: kind((text_b, new), (text_a, old)),
            }
        })
        .collect()
}

/// Hunks that at most two weak words or marks separate made one.
fn joined(hunks: Vec<Hunk>, (text, sentence): (&str, &Sentence)) -> Vec<Hunk> {
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        let is_weak = |at: usize| {
            let word = sentence
                .units
                .ranges
                .get(at)
                .map_or("", |range| range.of_text(text));
            let mark = !word.starts_with(char::is_alphanumeric);
            mark || Words::of(word)
                .ids()
                .iter()
                .all(|id| weak_words().contains(id))
        };
        match joined.last_mut() {
            Some(last)
                if hunk.a.start - last.a.end <= 2 && (last.a.end..hunk.a.start).all(is_weak) =>
            {
                last.a.end = hunk.a.end;
                last.b.end = hunk.b.end;
            }
            _ => joined.push(hunk),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
