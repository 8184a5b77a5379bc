//! Words in pieces that say what became of them.

use crate::annotation::Colour;
use crate::text::TextRange;
use crate::trace::kinds::Kind;
use crate::trace::passage::Change;

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// They stand before or behind what is spoken about.
    Around,
    /// They stand on both sides.
    Kept,
    /// They stand in the source or the older text alone.
    Deleted,
    /// They stand in the copy or the newer text alone.
    Inserted,
}

/// Some words in one line; a blank at either end parts them from their neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub look: Look,
    /// The words.
    pub text: Box<str>,
    /// What lies on them.
    pub over: Over,
}

/// What lies on words beside what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Over {
    /// Whether they stand in a quotation.
    pub quoted: bool,
    /// The colour of a note on them.
    pub note: Option<Colour>,
    /// How many notes begin with them.
    pub n_begin: usize,
}

impl Piece {
    /// Words on which nothing lies.
    pub fn plain(look: Look, text: &str) -> Self {
        Self {
            look,
            text: text.into(),
            over: Over::default(),
        }
    }

    /// The words of a range, runs of white space as one blank.
    pub(super) fn of(text: &str, range: TextRange, look: Look) -> Self {
        let words = range.of_text(text);
        let mut flat = String::with_capacity(words.len());
        for letter in words.chars() {
            if !letter.is_whitespace() {
                flat.push(letter);
            } else if !flat.ends_with(' ') {
                flat.push(' ');
            }
        }
        Self::plain(look, &flat)
    }
}

/// The words of `range`, those of `marked` (in order) in another look. For each marked range there is a piece, also where it is empty, and one between any two.
pub(super) fn marked(
    text: &str,
    range: TextRange,
    marked: impl Iterator<Item = TextRange>,
    look: Look,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    for one in marked {
        let start = one.start.clamp(at, range.end);
        let end = one.end.clamp(start, range.end);
        pieces.push(Piece::of(text, TextRange::new(at, start), Look::Kept));
        pieces.push(Piece::of(text, TextRange::new(start, end), look));
        at = end;
    }
    pieces.push(Piece::of(text, TextRange::new(at, range.end), Look::Kept));
    pieces
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each change in a sentence, the weightiest first, with what sort of change it is in plain words.
pub fn changes(copy: &str, source: &str, changes: &[Change]) -> Vec<(&'static str, String)> {
    let mut ranked: Vec<&Change> = changes.iter().collect();
    ranked.sort_by_key(|change| change.kind);
    ranked
        .into_iter()
        .map(|change| {
            let (now, before) = (
                one_line(change.copy.of_text(copy)),
                one_line(change.source.of_text(source)),
            );
            (sort(change.kind), told(&before, &now))
        })
        .collect()
}

/// What became of some words, in a line.
pub fn told(before: &str, now: &str) -> String {
    match (before.is_empty(), now.is_empty()) {
        (false, false) => format!("“{before}” became “{now}”"),
        (false, true) => format!("“{before}” was left out"),
        (true, _) => format!("“{now}” was put in"),
    }
}

/// A sort of change in plain words.
pub const fn sort(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Actor => "name",
        Kind::Modal => "will, may, must",
        Kind::Negation => "not",
        Kind::Condition => "condition",
        Kind::Quantifier => "how many",
        Kind::Unit => "unit",
        Kind::Joined => "passages joined",
        Kind::Wording => "words",
        Kind::Abbreviation => "abbreviation",
        Kind::Open => "marked as changed",
        Kind::Spelling => "spelling",
        Kind::Style => "house style",
    }
}
