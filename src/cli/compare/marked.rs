//! A redline for people: a sign and a sentence, what was deleted and inserted in colours and lines at a terminal that has them, else in brackets.
//!
//! At a terminal lines are broken between words and go on below the sentence; in a file or a pipe a sentence is one line.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use super::{Compared, Look};
use crate::cli::failure::Failure;
use crate::cli::out::{Out, columns};
use crate::text::sanitise;
use crate::text::width::text_cells;
use crate::trace::redline::{Fate, Row};

/// Cells of the sign before a sentence, and of the blanks before what is told of it.
const SIGN: usize = 2;
const ASIDE: usize = 4;

/// How changes are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Colours,
    Brackets,
}

/// What cannot be divided at the end of a line: pieces of words, each in its look.
type Word = Vec<(Look, String)>;

impl Compared {
    /// Prints it.
    pub(super) fn people(&self, out: &mut Out) -> Result<(), Failure> {
        let is_terminal = io::stdout().is_terminal();
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let marks = if is_terminal && !no_colour {
            Marks::Colours
        } else {
            Marks::Brackets
        };
        let cells = if is_terminal { columns() } else { usize::MAX };
        for line in self.headline().lines() {
            out.text(&plain(line, cells, 0))?;
        }
        out.text("")?;
        for row in &self.redline.rows {
            let text = sentence(&self.words(row, marks), marks, cells);
            // The words are safe already; the colours are our own.
            out.bytes(format!("{} {text}\n", sign(row.fate)).as_bytes())?;
            for aside in self.asides(row) {
                let told = plain(&aside, cells, ASIDE);
                out.text(&format!("{}{told}", " ".repeat(ASIDE)))?;
            }
        }
        Ok(())
    }

    /// The words of a row, safe to print.
    fn words(&self, row: &Row, marks: Marks) -> Vec<Word> {
        let mut words: Vec<Word> = vec![Word::new()];
        for (look, text) in self.pieces(row) {
            let safe = sanitise::lines(&text);
            let (open, close) = match (marks, look) {
                (Marks::Brackets, Look::Deleted) => ("[-", "-]"),
                (Marks::Brackets, Look::Inserted) => ("{+", "+}"),
                (Marks::Brackets, Look::Kept) | (Marks::Colours, _) => ("", ""),
            };
            let inside = safe.trim();
            if safe.starts_with(' ') {
                words.push(Word::new());
            }
            let last = inside.split(' ').count().saturating_sub(1);
            for (at, part) in inside.split(' ').enumerate() {
                if at > 0 {
                    words.push(Word::new());
                }
                let open = if at == 0 { open } else { "" };
                let close = if at == last { close } else { "" };
                if let Some(word) = words.last_mut().filter(|_| !inside.is_empty()) {
                    word.push((look, format!("{open}{part}{close}")));
                }
            }
            if safe.ends_with(' ') {
                words.push(Word::new());
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

const fn sign(fate: Fate) -> char {
    match fate {
        Fate::Kept => ' ',
        Fate::Changed => '~',
        Fate::Moved => '>',
        Fate::Dropped => '-',
        Fate::New => '+',
    }
}

/// Words in lines of so many cells, all but the first behind the blanks of the sign.
fn sentence(words: &[Word], marks: Marks, cells: usize) -> String {
    let mut text = String::new();
    let mut used = SIGN;
    let mut now = Look::Kept;
    let mut turn = |text: &mut String, look: Look| {
        if look != now && marks == Marks::Colours {
            text.push_str(match look {
                Look::Kept => "\u{1b}[0m",
                Look::Deleted => "\u{1b}[0;31;9m",
                Look::Inserted => "\u{1b}[0;32;4m",
            });
        }
        now = look;
    };
    let mut before = Look::Kept;
    for (at, word) in words.iter().enumerate() {
        let width: usize = word.iter().map(|(_, part)| text_cells(part)).sum();
        let first = word.first().map_or(Look::Kept, |(look, _)| *look);
        if at > 0 && used + 1 + width > cells && used > SIGN {
            // No line of a look runs into the blanks of the next line.
            turn(&mut text, Look::Kept);
            let _ = write!(text, "\n{}", " ".repeat(SIGN));
            used = SIGN;
        } else if at > 0 {
            let between = if first == before { first } else { Look::Kept };
            turn(&mut text, between);
            text.push(' ');
            used += 1;
        }
        for (look, part) in word {
            turn(&mut text, *look);
            text.push_str(part);
            before = *look;
        }
        used += width;
    }
    turn(&mut text, Look::Kept);
    text
}

/// A text in lines of so many cells, all but the first behind `indent` blanks.
fn plain(text: &str, cells: usize, indent: usize) -> String {
    let mut lines = String::new();
    let mut used = indent;
    for (at, word) in text.split(' ').enumerate() {
        let width = text_cells(word);
        if at > 0 && used + 1 + width > cells && used > indent {
            let _ = write!(lines, "\n{}", " ".repeat(indent));
            used = indent;
        } else if at > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `old>new` stands for a word in place of another.
    fn words(text: &str, marks: Marks) -> Vec<Word> {
        let bracket = |(look, part): (Look, &str)| {
            let text = match (marks, look) {
                (Marks::Brackets, Look::Deleted) => format!("[-{part}-]"),
                (Marks::Brackets, Look::Inserted) => format!("{{+{part}+}}"),
                _ => part.to_owned(),
            };
            vec![(look, text)]
        };
        text.split(' ')
            .flat_map(|word| match word.split_once('>') {
                Some((old, new)) => {
                    vec![
                        bracket((Look::Deleted, old)),
                        bracket((Look::Inserted, new)),
                    ]
                }
                None => vec![bracket((Look::Kept, word))],
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, marks: Marks, cells: usize, expected: &str) {
        assert_eq!(sentence(&words(text, marks), marks, cells), expected);
    }

    #[test]
    fn lines_break_between_words_and_no_mark_is_divided() {
        check(
            "its aims>goals are clear",
            Marks::Brackets,
            80,
            "its [-aims-] {+goals+} are clear",
        );
        check(
            "its aims>goals are clear",
            Marks::Brackets,
            16,
            "its [-aims-]\n  {+goals+} are\n  clear",
        );
        check("longest word", Marks::Brackets, 4, "longest\n  word");
    }

    #[test]
    fn a_colour_ends_with_the_line() {
        check(
            "its aims>goals",
            Marks::Colours,
            80,
            "its \u{1b}[0;31;9maims\u{1b}[0m \u{1b}[0;32;4mgoals\u{1b}[0m",
        );
        check(
            "its aims>goals",
            Marks::Colours,
            10,
            "its \u{1b}[0;31;9maims\u{1b}[0m\n  \u{1b}[0;32;4mgoals\u{1b}[0m",
        );
    }
}
