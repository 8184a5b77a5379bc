//! What a line of plain text is, looked at by itself: a heading, an item, a quotation, a rule, a row of a table, or words.
//!
//! Lines are walked without copying; how they become paragraphs is decided in `plain`.

use std::ops::Range;

/// A line: where it stands in the text, and its words without the blanks around them.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// The whole line, its line break left out.
    pub(super) range: Range<usize>,
    /// Where the words are.
    pub(super) body: Range<usize>,
    /// The words.
    pub(super) words: &'a str,
    /// Columns of white space before them, tabs to multiples of 4.
    pub(super) indent: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.words.is_empty()
    }
}

/// The lines of a text from an offset on.
#[derive(Debug, Clone)]
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn from(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// The next line, not taken.
    pub(super) fn peek(&self) -> Option<Line<'a>> {
        self.clone().next()
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default();
        self.at = start + (length + 1).min(rest.len());
        let words = line.trim_start();
        let lead = line.len() - words.len();
        let words = words.trim_end();
        let indent = line
            .get(..lead)
            .unwrap_or_default()
            .chars()
            .take(256)
            .fold(0, |column, c| match c {
                '\t' => (column / 4 + 1) * 4,
                _ => column + 1,
            });
        Some(Line {
            range: start..start + length,
            body: start + lead..start + lead + words.len(),
            words,
            indent,
        })
    }
}

/// What a line is by its own signs; offsets count from its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// `## Words`, with the bytes of the mark; closing marks are the caller's.
    Heading { level: u8, mark: usize },
    /// `- words`, `3. words`.
    Item { number: Option<u32>, mark: usize },
    /// `(a) words`: indented like an item, its mark kept, since texts are cited by it.
    Clause,
    /// `> words`.
    Quote { depth: u8, mark: usize },
    /// `---`, `* * *`, `###`.
    Rule,
    /// A row `| a | b |`.
    Row,
    /// The fence of preformatted text.
    Fence,
    /// `SPEAKER:` and what was said.
    Turn,
    /// Words.
    Words,
}

/// Looks at a line's words.
pub(super) fn sign(words: &str) -> Sign {
    let Some(first) = words.chars().next() else {
        return Sign::Words;
    };
    let found = match first {
        '#' => heading(words),
        '>' => Some(quote(words)),
        '|' => (words.len() > 2 && words.bytes().filter(|byte| *byte == b'|').count() > 1)
            .then_some(Sign::Row),
        '`' | '~' if words.starts_with("```") || words.starts_with("~~~") => Some(Sign::Fence),
        '-' | '*' | '_' | '=' | '+' | '•' | '◦' | '‣' | '▪' | '●' | '·' | '–' | '—' | '─' => {
            rule(words).or_else(|| bullet(words, first))
        }
        '0'..='9' => number(words),
        '(' => clause(words),
        _ => None,
    };
    found.unwrap_or_else(|| {
        if is_turn(words) {
            Sign::Turn
        } else {
            Sign::Words
        }
    })
}

fn heading(words: &str) -> Option<Sign> {
    let marks = words.bytes().take_while(|byte| *byte == b'#').count();
    if marks == words.len() {
        return Some(Sign::Rule);
    }
    let rest = words.get(marks..)?;
    let blanks = rest.len() - rest.trim_start().len();
    (marks <= 6 && blanks > 0 && words.len() <= 300).then_some(Sign::Heading {
        level: marks as u8,
        mark: marks + blanks,
    })
}

fn quote(words: &str) -> Sign {
    let (mut depth, mut mark) = (0_u8, 0);
    for (at, byte) in words.bytes().enumerate() {
        match byte {
            b'>' => {
                depth = depth.saturating_add(1);
                mark = at + 1;
            }
            b' ' | b'\t' => {}
            _ => break,
        }
    }
    let rest = words.get(mark..).unwrap_or_default();
    Sign::Quote {
        depth,
        mark: mark + rest.len() - rest.trim_start().len(),
    }
}

fn rule(words: &str) -> Option<Sign> {
    let mark = words.chars().next()?;
    let marks = words.matches(mark).count();
    let only = words.chars().all(|c| c == mark || c == ' ');
    (only && marks >= 3 && mark != '+').then_some(Sign::Rule)
}

fn bullet(words: &str, mark: char) -> Option<Sign> {
    let rest = words.get(mark.len_utf8()..)?;
    let text = rest.trim_start();
    let mark = words.len() - text.len();
    let bullet = !words.starts_with(['_', '=', '—', '─']);
    (bullet && text.len() < rest.len() && !text.is_empty())
        .then_some(Sign::Item { number: None, mark })
}

/// `12. Words` or `12) Words`; a day before its month (`25. Oktober`) and a year are not numbers of items.
fn number(words: &str) -> Option<Sign> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words.get(digits..)?;
    let text = rest.strip_prefix(['.', ')'])?;
    let blanks = text.len() - text.trim_start().len();
    let word = text.split_whitespace().next()?;
    let number = words.get(..digits).filter(|_| digits <= 3)?.parse().ok()?;
    (blanks > 0 && super::day::month(word.trim_end_matches([',', '.'])).is_none()).then_some(
        Sign::Item {
            number: Some(number),
            mark: digits + 1 + blanks,
        },
    )
}

fn clause(words: &str) -> Option<Sign> {
    let (mark, text) = words.strip_prefix('(')?.split_once(')')?;
    let short =
        (1..=4).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (short && text.starts_with([' ', '\t']) && !text.trim().is_empty()).then_some(Sign::Clause)
}

/// Whether a line begins with a speaker in capitals and a colon, or with the `Q` and `A` of a briefing.
pub(super) fn is_turn(words: &str) -> bool {
    if words.starts_with("Q  ") || words.starts_with("Q\t") || words.starts_with("A  ") {
        return true;
    }
    let head = words.as_bytes();
    let head = head.get(..head.len().min(80)).unwrap_or_default();
    let Some(colon) = memchr::memchr(b':', head) else {
        return false;
    };
    let Some(name) = words.get(..colon) else {
        return false;
    };
    let name = name.split(['(', '[']).next().unwrap_or_default();
    name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().filter(|c| c.is_uppercase()).count() > 1
        && !name
            .chars()
            .any(|c| c.is_lowercase() || matches!(c, '/' | '"' | '“'))
        && words.len() > colon + 1
        && !name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line ends as sentences do, so that what follows need not belong to it.
pub(super) fn ends_sentence(words: &str) -> bool {
    let end = words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']);
    end.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：'])
}

/// Whether a line begins in the middle of a sentence.
pub(super) fn starts_lower(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_their_first_signs() {
        let item = |number, mark| Sign::Item { number, mark };
        for (words, expected) in [
            ("## Aims", Sign::Heading { level: 2, mark: 3 }),
            ("#hashtag", Sign::Words),
            ("###", Sign::Rule),
            ("-----", Sign::Rule),
            ("* * *", Sign::Rule),
            ("———", Sign::Rule),
            ("— one", Sign::Words),
            ("-   one", item(None, 4)),
            ("• one", item(None, 4)),
            ("12. one", item(Some(12), 4)),
            ("2022. one", Sign::Words),
            ("25. October was a Wednesday", Sign::Words),
            ("(b) one", Sign::Clause),
            ("(Reuters) one", Sign::Words),
            ("> > said", Sign::Quote { depth: 2, mark: 4 }),
            ("| a | b |", Sign::Row),
            ("MS. LEE: Thanks.", Sign::Turn),
            ("MR. MILLER (via phone): Thanks.", Sign::Turn),
            ("Note: thanks", Sign::Words),
            ("-5 degrees", Sign::Words),
        ] {
            assert_eq!(sign(words), expected, "{words}");
        }
    }
}
