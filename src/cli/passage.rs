//! A passage on the command line: `START:END` or `START`, in code points of the canonical text.

use super::failure::Failure;
use crate::text::{Offsets, TextRange};

/// The passage `START:END`; at least one character, all of it in the text.
pub(super) fn range(text: &str, at: &str) -> Result<TextRange, Failure> {
    let wrong = |rule: String| Failure::Passage {
        at: at.to_owned(),
        rule,
    };
    let (start, end) = at
        .split_once(':')
        .and_then(|(start, end)| Some((start.parse::<u32>().ok()?, end.parse::<u32>().ok()?)))
        .ok_or_else(|| wrong("this is not START:END, two numbers with a colon".to_owned()))?;
    if start >= end {
        return Err(wrong("the passage must end after it starts".to_owned()));
    }
    let n_chars = text.chars().count();
    if end as usize > n_chars {
        return Err(wrong(format!("the text has only {n_chars} characters")));
    }
    let offsets = Offsets::new(text);
    Ok(TextRange::new(
        offsets.byte_of_code_point(text, start),
        offsets.byte_of_code_point(text, end),
    ))
}

/// The byte at `START`, a character of the text.
pub(super) fn place(text: &str, at: &str) -> Result<u32, Failure> {
    let wrong = |rule: String| Failure::Passage {
        at: at.to_owned(),
        rule,
    };
    let start = at
        .parse::<u32>()
        .map_err(|_| wrong("this is not a number".to_owned()))?;
    let n_chars = text.chars().count();
    if start as usize >= n_chars {
        return Err(wrong(format!("the text has only {n_chars} characters")));
    }
    Ok(Offsets::new(text).byte_of_code_point(text, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "né🙂 漢字e\u{301}.";

    fn passage(at: &str) -> String {
        match range(TEXT, at) {
            Ok(range) => range.of_text(TEXT).to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn offsets_are_code_points() {
        assert_eq!(passage("1:3"), "é🙂");
        assert_eq!(passage("4:6"), "漢字");
        assert_eq!(passage("6:8"), "e\u{301}");
        assert_eq!(passage("0:9"), TEXT);
        assert_eq!(place(TEXT, "3").unwrap(), 7);
    }

    #[test]
    fn what_is_no_passage_says_why() {
        assert!(passage("3:3").contains("must end after it starts"));
        assert!(passage("0:10").contains("only 9 characters"));
        assert!(passage("-1:2").contains("START:END"));
        assert!(passage("abc").contains("START:END"));
        assert!(passage("0:99999999999").contains("START:END"));
        assert!(place(TEXT, "9").unwrap_err().to_string().contains("only 9"));
        assert!(place("", "0").is_err());
    }
}
