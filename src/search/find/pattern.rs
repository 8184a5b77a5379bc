//! What was typed made into a pattern of the `regex` crate: blanks stretch, straight marks match curly ones.

use crate::search::fold::{APOSTROPHES, QUOTATION_MARKS};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Ignored,
    Matters,
}

/// A piece of a valid pattern.
enum Piece {
    /// A character that stands for itself, outside brackets.
    Plain(char),
    /// One inside brackets.
    InClass(char),
    /// Syntax: escapes with what belongs to them, braces with what they hold, group openings.
    Syntax(String),
}

/// Case matters if a capital was typed that is no syntax.
pub(super) fn case_of(pattern: &str) -> Case {
    let capital = pieces(pattern).iter().any(|piece| match piece {
        Piece::Plain(c) | Piece::InClass(c) => c.is_uppercase(),
        Piece::Syntax(_) => false,
    });
    if capital {
        Case::Matters
    } else {
        Case::Ignored
    }
}

/// The pattern with its blanks and quotes made to match what stands in texts.
pub(super) fn for_reading(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let pieces = pieces(pattern);
    let mut pieces = pieces.iter().peekable();
    let mut in_range = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Plain(' ') => {
                while pieces
                    .next_if(|next| matches!(next, Piece::Plain(' ')))
                    .is_some()
                {}
                // A repetition that was typed after the blank counts white space characters.
                let repeated = matches!(pieces.peek(), Some(Piece::Plain('*' | '+' | '?')))
                    || matches!(pieces.peek(), Some(Piece::Syntax(next)) if next.starts_with('{'));
                out.push_str(if repeated { r"\s" } else { r"\s+" });
            }
            Piece::Plain('\'') => out.extend(["[", APOSTROPHES, "]"]),
            Piece::Plain('"') => out.extend(["[", QUOTATION_MARKS, "]"]),
            // A quote that is the end of a range (`[!-']`) stays alone.
            Piece::InClass(c @ ('\'' | '"')) if !in_range && !is_hyphen(pieces.peek().copied()) => {
                out.push_str(if *c == '"' {
                    QUOTATION_MARKS
                } else {
                    APOSTROPHES
                });
            }
            Piece::Plain(c) | Piece::InClass(c) => out.push(*c),
            Piece::Syntax(syntax) => out.push_str(syntax),
        }
        in_range = is_hyphen(Some(piece));
    }
    out
}

const fn is_hyphen(piece: Option<&Piece>) -> bool {
    matches!(piece, Some(Piece::InClass('-')))
}

fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut chars = pattern.chars().peekable();
    let mut depth = 0_usize;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let mut syntax = String::from(c);
                let Some(escaped) = chars.next() else {
                    pieces.push(Piece::Syntax(syntax));
                    break;
                };
                syntax.push(escaped);
                let named = matches!(escaped, 'p' | 'P' | 'x' | 'u' | 'U' | 'b');
                if named && chars.peek() == Some(&'{') {
                    up_to('}', &mut chars, &mut syntax);
                } else if matches!(escaped, 'p' | 'P') {
                    syntax.extend(chars.next());
                }
                pieces.push(Piece::Syntax(syntax));
            }
            '[' => {
                depth += 1;
                let mut syntax = String::from(c);
                syntax.extend(chars.next_if_eq(&'^'));
                syntax.extend(chars.next_if_eq(&']'));
                pieces.push(Piece::Syntax(syntax));
            }
            ']' if depth > 0 => {
                depth -= 1;
                pieces.push(Piece::Syntax(c.into()));
            }
            _ if depth > 0 => pieces.push(Piece::InClass(c)),
            '{' => {
                let mut syntax = String::from(c);
                up_to('}', &mut chars, &mut syntax);
                pieces.push(Piece::Syntax(syntax));
            }
            '(' if chars.peek() == Some(&'?') => {
                // Flags and names end at one of these; what follows is pattern again.
                let mut syntax = String::from(c);
                for next in chars.by_ref() {
                    syntax.push(next);
                    if matches!(next, ':' | '>' | ')') {
                        break;
                    }
                }
                pieces.push(Piece::Syntax(syntax));
            }
            _ => pieces.push(Piece::Plain(c)),
        }
    }
    pieces
}

fn up_to(end: char, chars: &mut impl Iterator<Item = char>, syntax: &mut String) {
    for next in chars {
        syntax.push(next);
        if next == end {
            break;
        }
    }
}
