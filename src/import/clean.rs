//! The one place where a document's text is sanitised.
//!
//! In: decoded text. Out: text whose lines end in `\n`, with tabs kept for the layout to expand, without escape sequences (whole, with
//! their payload), controls, bidirectional controls, characters that hide text, and soft hyphens (they would break search and quotation
//! matching, and terminals disagree on their width). CR, CRLF, VT, NEL, U+2028 and U+2029 end a line; a form feed ends a block.

use crate::text::sanitise::{escape_len, is_unsafe};

use super::canonical::{Mapped, Writer};

const SOFT_HYPHEN: char = '\u{ad}';

/// Cleans a text; the number says how many characters were removed, NULs and line ends not counted, and `nuls` how many NULs.
pub(super) struct Cleaned<'a> {
    pub(super) text: Mapped<'a>,
    pub(super) removed: u64,
    pub(super) nuls: u64,
    pub(super) left_out: u64,
}

/// What the bytes that may begin something to clean look like; everything else is copied unseen.
const fn suspicious(byte: u8) -> bool {
    matches!(byte, 0..=0x8 | 0xb..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf3)
}

const SUSPICIOUS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = suspicious(byte as u8);
        byte += 1;
    }
    table
};

/// The first character from `at` on that must not stay, and its offset.
fn next_unclean(text: &str, mut at: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    loop {
        let rest = bytes.get(at..)?;
        at += rest
            .iter()
            .position(|byte| SUSPICIOUS.get(usize::from(*byte)).is_some_and(|hit| *hit))?;
        let c = text.get(at..)?.chars().next()?;
        if is_unsafe(c) || c == SOFT_HYPHEN {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// Cleans a decoded text; a text with nothing to clean is handed back as it is.
pub(super) fn clean(decoded: Mapped<'_>) -> Cleaned<'_> {
    let (mut removed, mut nuls) = (0, 0);
    let Some(mut found) = next_unclean(&decoded.text, 0) else {
        return Cleaned {
            text: decoded,
            removed,
            nuls,
            left_out: 0,
        };
    };
    let text: &str = &decoded.text;
    let mut out = Writer::with_capacity(text.len());
    let mut copied = 0;
    loop {
        let (at, c) = found;
        out.copy(&decoded, copied..at);
        let rest = text.get(at..).unwrap_or_default();
        let source = decoded.source.source_byte(at as u32);
        let escape = escape_len(rest);
        copied = at + escape.unwrap_or(c.len_utf8());
        match c {
            '\r' if rest.as_bytes().get(1) == Some(&b'\n') => {}
            '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push("\n", source),
            '\u{c}' => out.push("\n\n", source),
            '\0' => nuls += 1,
            _ => removed += 1,
        }
        match next_unclean(text, copied) {
            Some(next) => found = next,
            None => break,
        }
    }
    out.copy(&decoded, copied..text.len());
    let left_out = out.left_out();
    Cleaned {
        text: out.finish(),
        removed,
        nuls,
        left_out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn cleaned(text: &str) -> (String, u64) {
        let cleaned = clean(Mapped {
            text: Cow::Borrowed(text),
            ..Mapped::default()
        });
        (cleaned.text.text.into_owned(), cleaned.removed)
    }

    #[test]
    fn every_line_end_becomes_one() {
        assert_eq!(
            cleaned("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g").0,
            "a\nb\nc\nd\ne\nf\ng"
        );
        assert_eq!(cleaned("a\u{c}b").0, "a\n\nb");
    }

    #[test]
    fn hidden_characters_go_and_are_counted() {
        assert_eq!(
            cleaned("a\u{1b}[31mb\u{202e}c\u{ad}d\u{200b}e’"),
            ("abcde’".to_owned(), 4)
        );
        assert_eq!(
            cleaned("👩\u{200d}🚀 نمی\u{200c}خواهم").0,
            "👩\u{200d}🚀 نمی\u{200c}خواهم"
        );
    }
}
