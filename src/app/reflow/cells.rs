//! Where on a line each grapheme stands.

use super::graphemes::{Grapheme, grapheme_at};
use super::{Blanks, Line};
use crate::text::TextRange;

/// One grapheme on a line, or one run of white space that shows as one blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its bytes in the document.
    pub range: TextRange,
    /// The cell it starts in, counted from the left edge of the measure.
    pub x_cells: u16,
    /// How many cells it takes; 0 for what joins with nothing and has no width, more than one for a blank of a justified line.
    pub width_cells: u16,
}

/// The cells of a line in order; together they cover its range. `document_text` is the text of the whole document.
///
/// The stretch of a justified line is spread over its blanks as evenly as whole cells allow, the same way each time.
pub fn cells<'a>(document_text: &'a str, line: &Line) -> impl Iterator<Item = Cell> + 'a {
    let text = line.range.of_text(document_text);
    let stretch = u32::from(line.stretch_cells);
    let n_blanks = if stretch == 0 {
        0
    } else {
        pieces(text, line.blanks)
            .filter(|piece| piece.is_blank)
            .count() as u32
    };
    let (base, mut x_cells, mut blank) = (line.range.start, line.indent_cells, 0_u32);
    pieces(text, line.blanks).map(move |piece| {
        let mut width_cells = piece.cells;
        if piece.is_blank && n_blanks > 0 {
            let spread = |n: u32| (stretch * n / n_blanks) as u16;
            width_cells += spread(blank + 1) - spread(blank);
            blank += 1;
        }
        let cell = Cell {
            range: TextRange::of(piece.start, piece.end).shifted(base),
            x_cells,
            width_cells,
        };
        x_cells = x_cells.saturating_add(width_cells);
        cell
    })
}

/// The byte of the document at which the grapheme in cell `x_cells` of `line` starts.
///
/// Left of the text that is the first grapheme, right of it the last; the start of the line if it is empty.
pub fn byte_at(document_text: &str, line: &Line, x_cells: u16) -> u32 {
    let mut byte = line.range.start;
    for cell in cells(document_text, line) {
        if cell.x_cells > x_cells {
            break;
        }
        if cell.width_cells > 0 || cell.x_cells == line.indent_cells {
            byte = cell.range.start;
        }
    }
    byte
}

/// The cell in which the grapheme that holds `byte` starts: the indent for a byte before the line, the cell after the last grapheme
/// for its end and what follows.
pub fn x_of(document_text: &str, line: &Line, byte: u32) -> u16 {
    let mut end = line.indent_cells;
    for cell in cells(document_text, line) {
        if byte < cell.range.end {
            return cell.x_cells;
        }
        end = cell.x_cells.saturating_add(cell.width_cells);
    }
    end
}

struct Piece {
    start: usize,
    end: usize,
    cells: u16,
    is_blank: bool,
}

impl From<Grapheme> for Piece {
    fn from(grapheme: Grapheme) -> Self {
        Self {
            start: grapheme.start,
            end: grapheme.end,
            cells: grapheme.cells,
            is_blank: grapheme.is_blank(),
        }
    }
}

/// Graphemes, runs of white space as one blank where they collapse.
fn pieces(text: &str, blanks: Blanks) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        // ASCII before ASCII, most of most texts, needs no look at clusters.
        if let (Some(b'!'..=b'~'), None | Some(0..=0x7f)) =
            (text.as_bytes().get(at), text.as_bytes().get(at + 1))
        {
            at += 1;
            return Some(Piece {
                start: at - 1,
                end: at,
                cells: 1,
                is_blank: false,
            });
        }
        let mut piece = Piece::from(grapheme_at(text, at)?);
        match blanks {
            Blanks::Collapsed if piece.is_blank => {
                piece.cells = 1;
                while let Some(next) = grapheme_at(text, piece.end).filter(Grapheme::is_blank) {
                    piece.end = next.end;
                }
            }
            Blanks::Kept | Blanks::Collapsed => {}
        }
        at = piece.end;
        Some(piece)
    })
}
