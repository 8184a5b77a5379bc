//! Words set in a narrow place: wrapping for messages and cards, numbers with commas, plurals.

use unicode_segmentation::UnicodeSegmentation;

use super::pen::{Span, span};
use super::theme::Role;
use crate::text::width::{fit, shorten, text_cells};

/// Text in lines of at most `cells`, broken at blanks, and inside a word only where it is longer than a line. Line breaks stay.
pub(super) fn wrapped(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let mut rest = word;
            if !line.is_empty() {
                if text_cells(&line) + 1 + text_cells(rest) <= cells {
                    line.push(' ');
                    line.push_str(rest);
                    continue;
                }
                lines.push(std::mem::take(&mut line));
            }
            while text_cells(rest) > cells {
                let head = match fit(rest, cells) {
                    "" => rest.graphemes(true).next().unwrap_or(rest),
                    head => head,
                };
                lines.push(head.to_owned());
                rest = rest.get(head.len()..).unwrap_or_default();
            }
            rest.clone_into(&mut line);
        }
        lines.push(line);
    }
    lines
}

/// Words of several roles in lines of at most `cells`; at least one line, which may be empty.
pub(super) fn wrapped_parts<'a>(parts: &[(String, Role)], cells: usize) -> Vec<Vec<Span<'a>>> {
    let cells = cells.max(1);
    let mut lines = vec![Vec::new()];
    let (mut used, mut blank) = (0, false);
    for (text, role) in parts {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim();
            if !word.is_empty() {
                let word = shorten(word, cells);
                let wide = text_cells(&word);
                if used > 0 && used + usize::from(blank) + wide > cells {
                    lines.push(Vec::new());
                    used = 0;
                }
                if let Some(line) = lines.last_mut() {
                    if blank && used > 0 {
                        line.push(span(" ", *role));
                        used += 1;
                    }
                    line.push(span(word, *role));
                }
                used += wide;
                blank = false;
            }
            blank |= piece.ends_with(char::is_whitespace);
        }
    }
    lines
}

/// All on one line, runs of white space as one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number with commas between thousands.
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 word", "2 words".
pub(super) fn counted(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {what}{s}", thousands(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_longer_than_a_line_are_divided() {
        assert_eq!(
            wrapped("an extraordinary day", 8),
            ["an", "extraord", "inary", "day"]
        );
        assert_eq!(wrapped("a\n\nb", 8), ["a", "", "b"]);
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            [thousands(7), thousands(1000), thousands(1_234_567)],
            ["7", "1,000", "1,234,567"]
        );
        assert_eq!(counted(1, "word"), "1 word");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_it_may_be(text in "[a-z漢 \n]{0,60}", cells in 2_usize..20) {
            let lines = wrapped(&text, cells);
            prop_assert!(lines.iter().all(|line| text_cells(line) <= cells));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
