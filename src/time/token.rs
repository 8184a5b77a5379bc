//! Words, numbers and marks with their classes, in one pass.
//!
//! In: a stretch of text. Out: [`Token`]s in order; white space lies between them. The hot loop of the module: it looks at each byte once and at each word
//! with one look-up. What a number may be (`numeric.rs`) and what an unsure word is (`names.rs`) is decided elsewhere.

use super::lexicon::{self, Classes, Lexicon, Marks};
use super::numeric;

/// A word, number or mark.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Token {
    /// First byte, counted from the start of the stretch.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    pub(super) classes: Classes,
    pub(super) marks: Marks,
    /// The word's id in the lexicon; 0 if it is not there.
    pub(super) word: u16,
    /// What lies before it.
    pub(super) gap: Gap,
    /// The value of a number; what it means depends on the class (see `numeric.rs`).
    pub(super) value: i32,
}

/// What lies between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gap {
    /// Nothing.
    #[default]
    None,
    /// White space within a paragraph.
    Space,
    /// A blank line.
    Break,
}

impl Token {
    pub(super) const fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }

    pub(super) const fn has(&self, marks: Marks) -> bool {
        self.marks & marks != 0
    }
}

/// Cuts `text` into tokens, after what is in `tokens` already.
pub(super) fn tokenize(text: &str, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut gap = Gap::Break;
    while let Some(&byte) = bytes.get(at) {
        let (mut token, end) = match byte {
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                at += 1;
                gap = if gap == Gap::None { Gap::Space } else { gap };
                continue;
            }
            b'\n' => {
                let blank = bytes
                    .get(at + 1)
                    .is_none_or(|next| matches!(next, b'\n' | b'\r'));
                gap = if blank || gap == Gap::Break {
                    Gap::Break
                } else {
                    Gap::Space
                };
                at += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' => word(text, at, lexicon),
            b'0'..=b'9' => numeric::number(bytes, at),
            b'\'' => apostrophe(bytes, at, at + 1, gap, lexicon),
            0..0x80 => mark(text, at, at + 1, lexicon),
            _ => {
                let c = text
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .unwrap_or(' ');
                let end = at + c.len_utf8();
                match c {
                    '\u{2019}' | '\u{2018}' => apostrophe(bytes, at, end, gap, lexicon),
                    '\u{2010}'..='\u{2015}' | '\u{2212}' => (dash(lexicon), end),
                    c if c.is_whitespace() => {
                        gap = if gap == Gap::None { Gap::Space } else { gap };
                        at = end;
                        continue;
                    }
                    c if c.is_alphanumeric() => word(text, at, lexicon),
                    _ => (Token::default(), end),
                }
            }
        };
        token.start = at as u32;
        token.end = end as u32;
        token.gap = gap;
        tokens.push(token);
        gap = Gap::None;
        at = end;
    }
}

/// Where the word that starts at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        if byte.is_ascii_alphabetic() {
            end += 1;
        } else if *byte < 0x80 {
            break;
        } else {
            match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c) if c.is_alphanumeric() => end += c.len_utf8(),
                _ => break,
            }
        }
    }
    end
}

fn word(text: &str, at: usize, lexicon: &Lexicon) -> (Token, usize) {
    let bytes = text.as_bytes();
    let mut end = word_end(text, at);
    if end == at + 1
        && bytes.get(end) == Some(&b'.')
        && let Some(found) = dotted(bytes, at, lexicon)
    {
        return found;
    }
    // Q4 and H1 are words, though they end in a figure.
    let figure = matches!(bytes.get(at), Some(b'Q' | b'H' | b'q'))
        && matches!(bytes.get(end), Some(b'1'..=b'4'));
    if end == at + 1 && figure && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    let spelled = text.get(at..end).unwrap_or_default();
    let mut token = of_word(lexicon.find(spelled), lexicon);
    let first = bytes.get(at).copied().unwrap_or_default();
    token.marks |= if first.is_ascii_lowercase() {
        lexicon::LOWER
    } else if spelled.len() > 1 && spelled.bytes().all(|byte| byte.is_ascii_uppercase()) {
        lexicon::CAPITAL | lexicon::UPPER
    } else {
        lexicon::CAPITAL
    };
    if token.word == 0 && first.is_ascii_lowercase() && spelled.len() > 3 {
        if spelled.ends_with("ed") {
            token.classes |= lexicon::PASTV;
        } else if spelled.ends_with("ing") {
            token.marks |= lexicon::ING;
        } else if spelled.ends_with('s') && !spelled.ends_with("ss") {
            token.marks |= lexicon::PLURAL;
        }
    }
    if token.is(lexicon::ABBREVIATED) && bytes.get(end) == Some(&b'.') {
        end += 1;
        token.classes &= !lexicon::UNSURE;
    }
    (token, end)
}

/// `a.m.`, `B.C.`, `U.S.`: letters with points between them.
fn dotted(bytes: &[u8], at: usize, lexicon: &Lexicon) -> Option<(Token, usize)> {
    let mut letters = [0_u8; 4];
    let (mut count, mut end) = (0, at);
    while count < letters.len() && bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
        *letters.get_mut(count)? = *bytes.get(end)?;
        count += 1;
        end += 1;
        if bytes.get(end) != Some(&b'.') {
            break;
        }
        end += 1;
    }
    if count < 2 || bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let id = std::str::from_utf8(letters.get(..count)?).map_or(0, |word| lexicon.find(word));
    let kept = lexicon::AMPM | lexicon::ERA | lexicon::ZONE | lexicon::LABEL;
    let mut token = Token::default();
    if lexicon.entry(id).classes & kept != 0 {
        token = of_word(id, lexicon);
        token.classes &= kept;
    }
    token.marks |= lexicon::CAPITAL;
    Some((token, end))
}

/// `'s`, the lone apostrophe of a plural, `'71` and `'90s`.
fn apostrophe(
    bytes: &[u8],
    at: usize,
    after: usize,
    gap: Gap,
    lexicon: &Lexicon,
) -> (Token, usize) {
    let alphanumeric = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    if matches!(bytes.get(after), Some(b's' | b'S'))
        && gap == Gap::None
        && !alphanumeric(after + 1)
        && at > 0
    {
        return (of_word(lexicon.find("'s"), lexicon), after + 1);
    }
    if let Some((token, end)) = numeric::short_year(bytes, after) {
        return (token, end);
    }
    (of_word(lexicon.find("'"), lexicon), after)
}

fn mark(text: &str, at: usize, end: usize, lexicon: &Lexicon) -> (Token, usize) {
    let id = text.get(at..end).map_or(0, |mark| lexicon.find(mark));
    (of_word(id, lexicon), end)
}

fn dash(lexicon: &Lexicon) -> Token {
    of_word(lexicon.find("-"), lexicon)
}

fn of_word(word: u16, lexicon: &Lexicon) -> Token {
    let entry = lexicon.entry(word);
    Token {
        classes: entry.classes,
        marks: entry.marks,
        word,
        ..Token::default()
    }
}
