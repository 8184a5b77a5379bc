//! Which characters may reach a terminal.
//!
//! C0 and C1 controls, escape sequences whole with their payload, bidirectional overrides and isolates, and
//! zero-width characters that hide text are taken out; a zero-width joiner or variation selector inside an emoji
//! stays. What was removed is never shown in part: the payload of an OSC goes with its introducer.

use std::borrow::Cow;

/// Whether a character drives a terminal or hides text, whatever stands around it (tab, newline and joiners are not among them).
pub const fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Text made safe for one line of output: unsafe characters and escape sequences gone, newlines and tabs as blanks.
///
/// ```
/// assert_eq!(postil::text::sanitise::line("a\u{1b}]0;title\u{7}b\tc"), "ab c");
/// ```
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_unsafe(c) || c == '\n' || c == '\t') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        clean(text)
            .chars()
            .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
            .collect(),
    )
}

/// Text made safe for several lines of output: as [`line()`], but newlines stay and tabs become four blanks.
pub fn lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_unsafe(c) || c == '\t') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(clean(text).replace('\t', "    "))
}

fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let used = escape_len(rest).unwrap_or_else(|| {
            if !is_unsafe(c) {
                out.push(c);
            }
            c.len_utf8()
        });
        rest = rest.get(used..).unwrap_or_default();
    }
    out
}

/// The length in bytes of the escape sequence at the start of `text` (ECMA-48: CSI, OSC, DCS, APC, PM, SOS, two-byte escapes, and
/// their C1 forms), its payload included; `None` where none starts.
///
/// A string sequence that is never closed ends at the line break, so that a lost introducer cannot swallow a document.
pub fn escape_len(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1).peekable();
    let kind = match text.chars().next()? {
        '\u{1b}' => match chars.next() {
            Some((_, c @ ('[' | ']' | 'P' | '_' | '^' | 'X'))) => c,
            Some((at, c @ ' '..='/')) => {
                let end = chars.find(|(_, c)| !matches!(c, ' '..='/'));
                return Some(match end {
                    Some((end, last @ '0'..='~')) => end + last.len_utf8(),
                    _ => at + c.len_utf8(),
                });
            }
            Some((at, c @ '0'..='~')) => return Some(at + c.len_utf8()),
            _ => return Some(1),
        },
        '\u{9b}' => '[',
        '\u{9d}' => ']',
        '\u{90}' => 'P',
        '\u{9f}' => '_',
        '\u{9e}' => '^',
        '\u{98}' => 'X',
        _ => return None,
    };
    if kind == '[' {
        for (at, c) in chars {
            match c {
                ' '..='?' => {}
                '@'..='~' => return Some(at + 1),
                _ => return Some(at),
            }
        }
        return Some(text.len());
    }
    while let Some((at, c)) = chars.next() {
        match c {
            '\u{7}' | '\u{9c}' => return Some(at + c.len_utf8()),
            '\u{1b}' if matches!(chars.peek(), Some((_, '\\'))) => return Some(at + 2),
            '\u{1b}' | '\n' | '\r' => return Some(at),
            _ => {}
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_go_whole_with_their_payload() {
        assert_eq!(line("a\u{1b}[31;1mred\u{1b}[0m b"), "ared b");
        assert_eq!(
            line("x\u{1b}]8;;http://e\u{1b}\\link\u{1b}]8;;\u{1b}\\y"),
            "xlinky"
        );
        assert_eq!(line("x\u{9b}2Jy\u{90}q\u{9c}z"), "xyz");
        assert_eq!(lines("x\u{1b}]0;never closed\ny"), "x\ny");
        assert_eq!(line("ab\u{202e}dc\u{2066}"), "abdc");
    }

    #[test]
    fn joined_emoji_stay() {
        assert_eq!(line("👩\u{200d}🚀 ❤\u{fe0f}"), "👩\u{200d}🚀 ❤\u{fe0f}");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(text in "[\\x00-\\x7f\u{80}-\u{9f}\u{200e}\u{202e}é漢]{0,200}") {
            prop_assert!(!line(&text).chars().any(|c| is_unsafe(c) || c == '\n' || c == '\t'));
            prop_assert!(!lines(&text).chars().any(is_unsafe));
        }
    }
}
