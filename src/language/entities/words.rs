//! Tokens with what the name grammars ask about them: shape, class, folded hash.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::gazetteer::Classes;
use crate::language::token::{Token, TokenKind, tokens};
use crate::text::TextRange;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The first letter is small, or it is no word.
    Lower,
    /// The first letter is a capital.
    Capital,
    /// Two letters or more, all capitals.
    Upper,
}

/// A token as the name grammars see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) range: TextRange,
    /// Over the folded letters: lower case, no diacritics, no stops.
    pub(super) hash: u64,
    pub(super) shape: Shape,
    pub(super) classes: Classes,
    pub(super) kind: TokenKind,
    /// Whether it touches the token before.
    pub(super) joined: bool,
    /// The first byte.
    pub(super) first: u8,
}

impl Word {
    /// Whether it is a capitalised word.
    pub(super) fn capital(&self) -> bool {
        self.kind == TokenKind::Word && self.shape != Shape::Lower
    }

    /// Whether it is a single mark.
    pub(super) fn is_mark(&self, mark: u8) -> bool {
        self.kind == TokenKind::Mark && self.first == mark
    }

    /// Whether it is a single letter with its stop: "J."
    pub(super) fn initial(&self) -> bool {
        self.capital() && self.range.len() <= 2
    }
}

/// The words of a name on a list.
pub(super) fn words_of(name: &str, classes: &impl Fn(u64) -> Classes) -> Vec<Word> {
    split(name, TextRange::of(0, name.len()), classes)
}

/// The words of a stretch of text. Chinese and Japanese leave no blanks: each of their letters is a word.
pub(super) fn split(text: &str, range: TextRange, classes: &impl Fn(u64) -> Classes) -> Vec<Word> {
    let mut words = Vec::new();
    for token in tokens(text, range) {
        let spelled = token.range.of_text(text);
        if !spelled.starts_with(|letter| ('\u{3040}'..='\u{9fff}').contains(&letter)) {
            words.push(word(text, token, classes));
            continue;
        }
        for (at, letter) in spelled.char_indices() {
            let one = TextRange::of(at, at + letter.len_utf8()).shifted(token.range.start);
            words.push(word(
                text,
                Token {
                    range: one,
                    joined: token.joined || at > 0,
                    ..token
                },
                classes,
            ));
        }
    }
    words
}

/// A token with its shape, hash and classes.
pub(super) fn word(text: &str, token: Token, classes: &impl Fn(u64) -> Classes) -> Word {
    let spelled = match token.range.of_text(text) {
        // The hyphen of its own and the one that never breaks a line mean the common one.
        "\u{2010}" | "\u{2011}" => "-",
        spelled => spelled,
    };
    let hash = hash_of(spelled);
    let (shape, known) = match token.kind {
        TokenKind::Word => (shape_of(spelled), classes(hash)),
        TokenKind::Number | TokenKind::Clitic | TokenKind::Mark | TokenKind::Address => {
            (Shape::Lower, Classes::default())
        }
    };
    Word {
        range: token.range,
        hash,
        shape,
        classes: known,
        kind: token.kind,
        joined: token.joined,
        first: spelled.bytes().next().unwrap_or_default(),
    }
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars().filter(|letter| *letter != '.');
    match letters.next() {
        Some(first) if first.is_uppercase() => {}
        _ => return Shape::Lower,
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(|letter| !letter.is_lowercase()) {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

/// The letters of a word in lower case, without diacritics and stops; apostrophes are straight.
pub(super) fn folded(word: &str) -> impl Iterator<Item = char> + '_ {
    word.nfd()
        .filter(|letter| *letter != '.' && !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| match letter {
            '’' => '\'',
            'ł' => 'l',
            'ø' => 'o',
            'ı' => 'i',
            'đ' => 'd',
            other => other,
        })
}

/// FNV-1a over the folded letters, mixed so that its low and high bits can be used as they are.
pub(super) fn hash_of(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let seed = 0xcbf2_9ce4_8422_2325;
    let hash = if word.is_ascii() {
        word.bytes()
            .filter(|byte| *byte != b'.')
            .fold(seed, |hash, byte| step(hash, byte.to_ascii_lowercase()))
    } else {
        folded(word).fold(seed, |hash, letter| {
            let mut buffer = [0; 4];
            letter.encode_utf8(&mut buffer).bytes().fold(hash, step)
        })
    };
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
