//! JSON that is safe to print: one value a line, and no character in it that drives a terminal.
//!
//! JSON itself escapes the C0 controls; here DEL, the C1 controls, bidirectional marks and what else [`is_unsafe`] names are written as `\u…` too. What is
//! read back is the same text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::sanitise::is_unsafe;

/// The value on one line, with its line break. Empty if the value cannot be written as JSON, which none of ours is.
pub(super) fn line(value: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    if value
        .serialize(&mut Serializer::with_formatter(&mut out, Safe))
        .is_err()
    {
        return Vec::new();
    }
    out.push(b'\n');
    out
}

struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unsafe(*c)) {
            let (safe, after) = rest.split_at(at);
            writer.write_all(safe.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_drives_a_terminal_is_escaped() {
        let text = "a\u{1b}[2J\u{9b}31m\u{202e}b\u{7f}\u{e0041}é🙂";
        assert_eq!(
            String::from_utf8(line(&text)).unwrap(),
            "\"a\\u001b[2J\\u009b31m\\u202eb\\u007f\\udb40\\udc41é🙂\"\n"
        );
    }

    proptest! {
        #[test]
        fn what_is_read_back_is_the_same(text in any::<String>()) {
            let written = line(&text);
            prop_assert_eq!(serde_json::from_slice::<String>(&written).unwrap(), text);
            let written = String::from_utf8(written).unwrap();
            prop_assert!(!written.trim_end().chars().any(is_unsafe));
        }
    }
}
