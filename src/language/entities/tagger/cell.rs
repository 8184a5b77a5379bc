//! What the tagger knows of each token of a sentence before it looks at the neighbours.

use super::lexicon::{Entry, Lexicon};
use crate::language::entities::EntityType;
use crate::language::entities::gazetteer::Gazetteer;
use crate::language::entities::words::{Shape, Word};
use crate::language::token::TokenKind;

/// Most letters of a word that count; what is longer is no word.
const MOST_LETTERS: usize = 40;

/// How the words of a sentence are capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As in running text.
    Prose,
    /// Nearly every word has a capital.
    Title,
    /// All in capitals.
    Capitals,
    /// No capital at all.
    Small,
}

/// Whether a text keeps the rules of capitals, so that a word without one is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language::entities) enum Care {
    /// It does: statements, the press.
    Much,
    /// It may not: short messages, and texts too short to tell.
    Little,
}

/// One token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    /// Hash of the word as it stands.
    pub(super) word: u64,
    /// Hash of the word in lower case.
    pub(super) lower: u64,
    /// Hashes of its shape with runs ("Xxxx-dd"), and with runs shortened to one ("Xx-d").
    pub(super) shape: u64,
    pub(super) short: u64,
    /// Hashes of the first and last one to four letters; zero where the word is shorter.
    pub(super) prefix: [u64; 4],
    pub(super) suffix: [u64; 4],
    /// Word classes, the Brown clusters as paths.
    pub(super) entry: Entry,
    pub(super) brown: u32,
    pub(super) brown_lower: u32,
    /// Classes of the word lists, and in the high bits the type of a listed name it belongs to.
    pub(super) lists: u32,
    pub(super) capital: bool,
    pub(super) joined: bool,
    pub(super) word_kind: u8,
}

/// The cells of a sentence and what holds for all of it.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub(super) cells: Vec<Cell>,
    pub(super) kind: Kind,
    /// How the text it stands in is written.
    pub(super) care: Care,
    /// For each token the run of capitalised words it belongs to: first, one past the last.
    pub(super) runs: Vec<(u32, u32)>,
}

impl Sentence {
    /// How many tokens it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether a token may be part of a name: a capitalised word stands within two places, or in a text written
    /// with little care for capitals it is a word that is often capitalised or not known.
    pub(super) fn hopeful(&self, at: usize) -> bool {
        let from = at.saturating_sub(2);
        let near = self.cells.get(from..self.cells.len().min(at + 3));
        let capital = near.is_some_and(|cells| cells.iter().any(|cell| cell.capital));
        let plain = |cell: &Cell| cell.word_kind != 0 || (1..=3).contains(&cell.entry.capitals);
        capital
            || (self.care == Care::Little && self.cells.get(at).is_some_and(|cell| !plain(cell)))
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// Reads the words of a sentence.
pub(in crate::language::entities) fn read(
    text: &str,
    words: &[Word],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    care: Care,
) -> Sentence {
    let mut cells: Vec<Cell> = words.iter().map(|word| cell(text, word, lexicon)).collect();
    let mut at = 0;
    while at < words.len() {
        let listed = words
            .get(at)
            .filter(|word| word.capital())
            .and_then(|_| gazetteer.longest(words, at));
        let Some(name) = listed else {
            at += 1;
            continue;
        };
        let kind = gazetteer.entity(name.entity).map(|entity| entity.kind);
        let bit = match (name.adjective, kind) {
            (true, _) => 1 << 16,
            (false, Some(EntityType::Person)) => 1 << 17,
            (false, Some(EntityType::Org)) => 1 << 18,
            (false, Some(EntityType::Place) | None) => 1 << 19,
        };
        let several = if name.len > 1 { 1 << 20 } else { 0 };
        for cell in cells.iter_mut().skip(at).take(name.len) {
            cell.lists |= bit | several;
        }
        at += name.len;
    }
    Sentence {
        kind: kind(words),
        care,
        runs: runs(&cells),
        cells,
    }
}

fn kind(words: &[Word]) -> Kind {
    let (mut all, mut upper, mut capital) = (0, 0, 0);
    for word in words.iter().filter(|word| word.kind == TokenKind::Word) {
        all += 1;
        upper += usize::from(word.shape == Shape::Upper || word.initial());
        capital += usize::from(word.shape != Shape::Lower);
    }
    if all >= 3 && upper * 10 >= all * 9 {
        Kind::Capitals
    } else if all >= 4 && capital * 4 >= all * 3 {
        Kind::Title
    } else if capital == 0 {
        Kind::Small
    } else {
        Kind::Prose
    }
}

fn runs(cells: &[Cell]) -> Vec<(u32, u32)> {
    let mut runs = vec![(0, 0); cells.len()];
    let mut start = 0;
    for at in 0..=cells.len() {
        if cells.get(at).is_some_and(|cell| cell.capital) {
            continue;
        }
        for run in runs.iter_mut().take(at).skip(start) {
            *run = (start as u32, at as u32);
        }
        start = at + 1;
    }
    runs
}

fn cell(text: &str, word: &Word, lexicon: &Lexicon) -> Cell {
    let spelled = word.range.of_text(text);
    let mut letters = ['\0'; MOST_LETTERS];
    let mut n_letters = 0;
    for (kept, letter) in letters.iter_mut().zip(spelled.chars()) {
        *kept = if letter == '’' { '\'' } else { letter };
        n_letters += 1;
    }
    let letters = letters.get(..n_letters).unwrap_or_default();
    let mut cell = Cell {
        word: hash(letters.iter().copied()),
        lower: hash_lower(letters.iter().copied()),
        capital: word.capital(),
        joined: word.joined,
        word_kind: word.kind as u8,
        lists: word.classes.bits(),
        ..Cell::default()
    };
    shapes(&mut cell, letters);
    for length in 1..=4 {
        let (Some(prefix), Some(suffix), true) = (
            cell.prefix.get_mut(length - 1),
            cell.suffix.get_mut(length - 1),
            letters.len() > length,
        ) else {
            break;
        };
        *prefix = hash(letters.iter().take(length).copied());
        *suffix = hash_lower(letters.iter().skip(letters.len() - length).copied());
    }
    cell.entry = lexicon.entry(cell.lower);
    let (first, second) = if cell.capital {
        (cell.entry.brown_capital, cell.entry.brown_lower)
    } else {
        (cell.entry.brown_lower, cell.entry.brown_capital)
    };
    cell.brown = lexicon.path(if first == 0 { second } else { first });
    cell.brown_lower = lexicon.path(cell.entry.brown_lower);
    cell
}

fn shapes(cell: &mut Cell, letters: &[char]) {
    let (mut shape, mut short) = (SEED, SEED);
    let (mut last, mut run) = ('\0', 0);
    for letter in letters {
        let class = match letter {
            letter if letter.is_ascii_lowercase() => 'x',
            letter if letter.is_ascii_uppercase() => 'X',
            letter if letter.is_ascii_digit() => 'd',
            letter if letter.is_ascii() => *letter,
            letter if letter.is_uppercase() => 'X',
            letter if letter.is_alphabetic() => 'x',
            letter if letter.is_numeric() => 'd',
            _ => '.',
        };
        run = if class == last { run + 1 } else { 0 };
        if run == 0 {
            short = step(short, class as u32);
        }
        if run < 4 {
            shape = step(shape, class as u32);
        }
        last = class;
    }
    (cell.shape, cell.short) = (finish(shape), finish(short));
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, letter: u32) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads FNV's low entropy over all bits, so that the high ones can choose a bucket.
fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

fn hash(letters: impl Iterator<Item = char>) -> u64 {
    finish(letters.fold(SEED, |hash, letter| step(hash, letter as u32)))
}

/// Hash of a word folded to lower case, as the lexicon is keyed.
pub fn hash_lower(letters: impl Iterator<Item = char>) -> u64 {
    finish(letters.fold(SEED, |hash, letter| {
        if letter.is_ascii() {
            step(hash, letter.to_ascii_lowercase() as u32)
        } else {
            letter
                .to_lowercase()
                .fold(hash, |hash, letter| step(hash, letter as u32))
        }
    }))
}
