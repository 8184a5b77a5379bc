//! Words in pieces, wrapped: what was deleted and inserted keeps its look from line to line.

use ratatui::layout::Rect;

use crate::library::tracing::{Look, Piece};
use crate::text::width::{fit, text_cells};
use crate::ui::pen::{Pen, Span, span};
use crate::ui::reader::note_role;
use crate::ui::theme::Role;

/// How changed words are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// By line and weight alone: only one side is shown.
    None,
    /// Likewise, though what was deleted and inserted stand side by side.
    Apart,
    /// By brackets too, where colours cannot tell it.
    Brackets,
}

/// A line of words.
pub(super) type Line = Vec<Span<'static>>;

fn role(piece: &Piece, text: Role) -> Role {
    match (piece.look, piece.over.note, piece.over.quoted) {
        (Look::Around, ..) => Role::Dim,
        (Look::Deleted, ..) => Role::Deleted,
        (Look::Inserted, ..) => Role::Inserted,
        (Look::Kept, Some(colour), _) => note_role(colour),
        (Look::Kept, None, true) => Role::Quote,
        (Look::Kept, None, false) => text,
    }
}

/// The pieces in at most `most` lines of at most `cells`, kept words in `text`; an ellipsis ends what was left out.
pub(super) fn lines<'p>(
    pieces: impl IntoIterator<Item = &'p Piece>,
    (cells, most): (usize, usize),
    text: Role,
    signs: Signs,
) -> Vec<Line> {
    noted_lines(pieces, (cells, most), text, signs, "")
}

/// The same; where a note begins stands `note`.
pub(super) fn noted_lines<'p>(
    pieces: impl IntoIterator<Item = &'p Piece>,
    (cells, most): (usize, usize),
    text: Role,
    signs: Signs,
    note: &str,
) -> Vec<Line> {
    let cells = cells.max(2);
    let mut set = Setting {
        lines: vec![Line::new()],
        used: 0,
        word: Vec::new(),
        word_cells: 0,
        cells,
        most,
        blank: None,
    };
    for piece in pieces {
        let role = role(piece, text);
        let (open, close) = match (signs, piece.look) {
            (Signs::Brackets, Look::Deleted) => ("[-", "-]"),
            (Signs::Brackets, Look::Inserted) => ("{+", "+}"),
            (Signs::None | Signs::Apart, _) | (Signs::Brackets, Look::Kept | Look::Around) => {
                ("", "")
            }
        };
        let words = piece.text.trim();
        if words.is_empty() {
            if !piece.text.is_empty() {
                set.end_word(text);
            }
            continue;
        }
        // What was deleted has lost the blank before it where nothing stands in its place.
        let apart = signs != Signs::None && piece.look == Look::Deleted;
        if apart || piece.text.starts_with(' ') {
            set.end_word(text);
        }
        for _ in 0..piece.over.n_begin {
            set.letters(note, Role::NoteMark);
        }
        set.letters(open, role);
        for (index, word) in words.split(' ').enumerate() {
            if index > 0 {
                set.end_word(role);
            }
            set.letters(word, role);
            if set.is_full() {
                return set.cut();
            }
        }
        set.letters(close, role);
        if apart || piece.text.ends_with(' ') {
            set.end_word(text);
        }
    }
    set.end_word(text);
    if set.is_full() {
        return set.cut();
    }
    set.lines.retain(|line| !line.is_empty());
    set.lines
}

struct Setting {
    lines: Vec<Line>,
    used: usize,
    word: Line,
    word_cells: usize,
    cells: usize,
    most: usize,
    /// The blank before the word being set.
    blank: Option<Role>,
}

impl Setting {
    fn letters(&mut self, letters: &str, role: Role) {
        if !letters.is_empty() {
            self.word_cells += text_cells(letters);
            self.word.push(span(letters.to_owned(), role));
        }
    }

    /// Sets the word; the blank behind it has a role of its own.
    fn end_word(&mut self, behind: Role) {
        if self.word.is_empty() {
            return;
        }
        let gap = usize::from(self.used > 0);
        if self.used + gap + self.word_cells > self.cells && self.used > 0 {
            self.lines.push(Line::new());
            self.used = 0;
        }
        let word = std::mem::take(&mut self.word);
        if self.used > 0 {
            let blank = self.blank.unwrap_or(Role::Text);
            self.push(" ", blank);
        }
        for (text, role) in word {
            let mut rest: &str = &text;
            // A word longer than a line is divided.
            while self.used + text_cells(rest) > self.cells {
                let head = fit(rest, self.cells - self.used);
                if head.is_empty() && self.used == 0 {
                    break;
                }
                let head = head.to_owned();
                self.push(&head, role);
                rest = rest.get(head.len()..).unwrap_or_default();
                self.lines.push(Line::new());
                self.used = 0;
            }
            let rest = rest.to_owned();
            self.push(&rest, role);
        }
        self.word_cells = 0;
        self.blank = Some(behind);
    }

    fn push(&mut self, text: &str, role: Role) {
        if text.is_empty() {
            return;
        }
        self.used += text_cells(text);
        if let Some(line) = self.lines.last_mut() {
            match line.last_mut() {
                Some((last, of)) if *of == role => last.to_mut().push_str(text),
                _ => line.push(span(text.to_owned(), role)),
            }
        }
    }

    fn is_full(&self) -> bool {
        self.lines.len() > self.most
    }

    fn cut(mut self) -> Vec<Line> {
        self.lines.truncate(self.most);
        if let Some(last) = self.lines.last_mut() {
            last.push(span(" …", Role::Dim));
        }
        self.lines
    }
}

/// Paints lines from the top of an area, `skip` of them left out; the row below the last one painted.
pub(super) fn paint(lines: &[Line], skip: usize, area: Rect, pen: &mut Pen) -> u16 {
    let mut y = area.y;
    for line in lines.iter().skip(skip) {
        if y >= area.bottom() {
            break;
        }
        pen.spans(area.x, y, area.right(), line);
        y += 1;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `-gone-` and `+come+` mark pieces.
    fn pieces(marked: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut look = Look::Kept;
        for part in marked.split_inclusive(['-', '+']) {
            let text = part.trim_end_matches(['-', '+']);
            pieces.push(Piece::plain(look, text));
            look = match (look, part.chars().last()) {
                (Look::Kept, Some('-')) => Look::Deleted,
                (Look::Kept, Some('+')) => Look::Inserted,
                _ => Look::Kept,
            };
        }
        pieces
    }

    fn check(cells: usize, most: usize, signs: Signs, marked: &str, expected: &[&str]) {
        let pieces = pieces(marked);
        let lines = lines(&pieces, (cells, most), Role::Text, signs);
        let set: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|(text, _)| &**text).collect())
            .collect();
        assert_eq!(set, expected, "{marked}");
    }

    #[test]
    fn marked_words_are_wrapped_with_the_others() {
        check(
            40,
            9,
            Signs::Brackets,
            "its -capabilities-+aims+, now",
            &["its [-capabilities-] {+aims+}, now"],
        );
        check(40, 9, Signs::None, "its +aims+, now", &["its aims, now"]);
        check(
            8,
            9,
            Signs::None,
            "one two +three+.",
            &["one two", "three."],
        );
        check(8, 1, Signs::None, "one two three four", &["one two …"]);
        check(4, 9, Signs::None, "abcdefghij", &["abcd", "efgh", "ij"]);
    }
}
