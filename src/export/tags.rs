//! A vocabulary of tags as a text file: a tag a line, `name; controlled; what it means`.
//!
//! The second part is `controlled` or `free`; the third may be missing. In a name `\\;` stands for a semicolon, in both `\\n` for a line break and `\\\\` for a backslash. Lines
//! that begin with `#`, and blank lines, are left out.

use std::fmt::Write;

use super::ExportError;
use crate::annotation::{Control, Tag};
use crate::text::sanitise;

const HEAD: &str = "# tags: name; controlled or free; what it means\n";

/// The tags as a file.
pub fn write(tags: &[Tag]) -> String {
    let mut out = HEAD.to_owned();
    for tag in tags {
        let name = escaped(&tag.name).replace(';', "\\;");
        let control = tag.control.as_str();
        writeln!(out, "{name}; {control}; {}", escaped(&tag.description)).ok();
    }
    out
}

/// Reads such a file, all or nothing.
pub fn read(text: &str) -> Result<Vec<Tag>, ExportError> {
    let mut tags: Vec<Tag> = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |rule: &str| ExportError::Line {
            line: at + 1,
            rule: rule.to_owned(),
        };
        let (name, rest) = cell(line);
        let name = sanitise::line(&name).trim().to_owned();
        if name.is_empty() {
            return Err(wrong("a tag needs a name before the first semicolon"));
        }
        let (control, description) = rest.split_once(';').unwrap_or((rest, ""));
        let control = match control.trim() {
            "" | "free" => Control::Free,
            "controlled" => Control::Controlled,
            _ => return Err(wrong("after the name comes `controlled` or `free`")),
        };
        if tags.iter().any(|tag| tag.name == name) {
            return Err(wrong("this tag is in the file twice"));
        }
        let (description, _) = unescaped(description.trim(), None);
        tags.push(Tag {
            name,
            description: sanitise::lines(&description).into_owned(),
            control,
        });
    }
    Ok(tags)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

/// Up to the first semicolon that stands for itself, and what comes after it.
fn cell(line: &str) -> (String, &str) {
    let (name, at) = unescaped(line, Some(';'));
    (name, line.get(at..).unwrap_or_default())
}

/// The text up to `end`, and the byte after it.
fn unescaped(text: &str, end: Option<char>) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if Some(c) == end => return (out, at + c.len_utf8()),
            '\\' => match chars.next() {
                Some((_, 'n')) => out.push('\n'),
                Some((_, other)) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    (out, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(name: &str, description: &str, control: Control) -> Tag {
        Tag {
            name: name.to_owned(),
            description: description.to_owned(),
            control,
        }
    }

    #[test]
    fn a_vocabulary_comes_back() {
        let tags = [
            tag("two; words \\", "first\nsecond; third", Control::Controlled),
            tag("核", "👩‍👧 e\u{301}tat", Control::Free),
            tag("plain", "", Control::Free),
        ];
        let text = write(&tags);
        assert!(
            text.contains("two\\; words \\\\; controlled; first\\nsecond; third\n"),
            "{text}"
        );
        assert_eq!(read(&text).unwrap(), tags);
    }

    #[test]
    fn lines_of_a_person_are_understood_and_wrong_ones_named() {
        let read_one = |line: &str| read(line).map(|tags| tags[0].clone());
        assert_eq!(read_one("arms").unwrap(), tag("arms", "", Control::Free));
        assert_eq!(
            read_one("# head\n\narms;controlled;Shells; rockets").unwrap(),
            tag("arms", "Shells; rockets", Control::Controlled)
        );
        for (line, rule) in [
            ("; free", "line 1: a tag needs a name"),
            ("a\nb; maybe; x", "line 2: after the name"),
            ("a\na", "line 2: this tag is in the file twice"),
        ] {
            let said = read(line).unwrap_err().to_string();
            assert!(said.starts_with(rule), "{said}");
        }
    }
}
