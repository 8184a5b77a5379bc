//! A frame as bytes for the terminal: only what differs from the frame before, in as few bytes as that takes.
//!
//! Colours and attributes are set by one SGR sequence when they change (ECMA-48; 256 and direct colours as xterm writes them), the cursor moves by the shorter of
//! a relative and an absolute move, and a row that ends in blanks is erased to its end (EL) where that is shorter.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::text::width::text_cells;

/// Blank cells from which erasing to the end of the row is shorter than writing them.
const ERASE_FROM: usize = 6;
/// Unchanged cells that are written again rather than jumped over.
const BRIDGE: usize = 4;

/// Colours and attributes as the terminal has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen {
    fg: Color::Reset,
    bg: Color::Reset,
    modifier: Modifier::empty(),
};

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }
}

/// Where the terminal is while a frame is written.
struct Encoder<'a, W: Write> {
    out: &'a mut W,
    pen: Pen,
    at: Option<Position>,
}

/// Writes what `next` has other than `shown`. Begins and ends with plain colours.
pub(super) fn frame(shown: &Buffer, next: &Buffer, out: &mut impl Write) -> io::Result<()> {
    let width = usize::from(next.area.width);
    if width == 0 {
        return Ok(());
    }
    let mut encoder = Encoder {
        out,
        pen: PLAIN,
        at: None,
    };
    for (y, (before, after)) in shown
        .content
        .chunks(width)
        .zip(next.content.chunks(width))
        .enumerate()
    {
        if before != after {
            encoder.row(y as u16, before, after)?;
        }
    }
    if encoder.pen != PLAIN {
        encoder.out.write_all(b"\x1b[m")?;
    }
    Ok(())
}

impl<W: Write> Encoder<'_, W> {
    fn row(&mut self, y: u16, before: &[Cell], after: &[Cell]) -> io::Result<()> {
        // From here on the row is blank in one style: it can be erased.
        let tail = blank_tail(after);
        let erase = tail.filter(|from| {
            let differ = |x: usize| before.get(x) != after.get(x);
            (*from..after.len()).filter(|x| differ(*x)).count() >= ERASE_FROM
        });
        let end = erase.unwrap_or(after.len());
        let mut x = 0;
        // Whether the cell left of `x` is the second half of a wide character.
        let mut left_is_half = false;
        while let Some(cell) = after.get(x).filter(|_| x < end) {
            let cells = cells_of(cell);
            // What lay under half of a wide character that goes is not what the buffer says.
            let before_left = x.checked_sub(1).and_then(|left| before.get(left));
            let was_cut = before_left.is_some_and(|left| cells_of(left) > 1)
                && (left_is_half || before_left != after.get(x - 1));
            let covered = was_cut || (x..x + cells).any(|x| before.get(x) != after.get(x));
            if covered && cell.diff_option != CellDiffOption::Skip {
                self.go(Position::new(x as u16, y), after)?;
                self.put(cell)?;
                // Terminals do not agree on how far a character of several parts moves the cursor.
                let several = cell.symbol().len() > 1 && cell.symbol().chars().nth(1).is_some();
                self.at = (!several).then_some(Position::new((x + cells) as u16, y));
            }
            x += cells;
            left_is_half = cells > 1;
        }
        if let Some(from) = erase {
            self.go(Position::new(from as u16, y), after)?;
            if let Some(cell) = after.get(from) {
                self.dress(Pen::of(cell))?;
            }
            self.out.write_all(b"\x1b[K")?;
            self.at = Some(Position::new(from as u16, y));
        }
        // Past the last column terminals differ on where the cursor is.
        if self.at.is_some_and(|at| usize::from(at.x) >= after.len()) {
            self.at = None;
        }
        Ok(())
    }

    /// Moves to a place; over a few unchanged cells of the same style by writing them again.
    fn go(&mut self, to: Position, row: &[Cell]) -> io::Result<()> {
        match self.at {
            Some(at) if at == to => Ok(()),
            Some(at) if at.y == to.y && at.x < to.x => {
                let between = row
                    .get(usize::from(at.x)..usize::from(to.x))
                    .unwrap_or_default();
                let same = between.len() <= BRIDGE
                    && between
                        .iter()
                        .all(|cell| Pen::of(cell) == self.pen && cells_of(cell) == 1);
                if same {
                    return between
                        .iter()
                        .try_for_each(|cell| self.out.write_all(cell.symbol().as_bytes()));
                }
                match to.x - at.x {
                    1 => self.out.write_all(b"\x1b[C"),
                    n => write!(self.out, "\x1b[{n}C"),
                }
            }
            Some(at) if to.x == 0 && to.y == at.y + 1 => self.out.write_all(b"\r\n"),
            _ => match to.x {
                0 => write!(self.out, "\x1b[{}H", to.y + 1),
                x => write!(self.out, "\x1b[{};{}H", to.y + 1, x + 1),
            },
        }
    }

    fn put(&mut self, cell: &Cell) -> io::Result<()> {
        self.dress(Pen::of(cell))?;
        self.out.write_all(cell.symbol().as_bytes())
    }

    /// Changes colours and attributes, from plain where attributes have to go.
    fn dress(&mut self, to: Pen) -> io::Result<()> {
        if self.pen == to {
            return Ok(());
        }
        let mut codes = Codes::default();
        let mut from = self.pen;
        if !(from.modifier - to.modifier).is_empty() || (to == PLAIN) {
            codes.add(0);
            from = PLAIN;
        }
        let added = to.modifier - from.modifier;
        for (modifier, code) in MODIFIERS {
            if added.contains(modifier) {
                codes.add(code);
            }
        }
        if from.fg != to.fg {
            codes.colour(to.fg, 30);
        }
        if from.bg != to.bg {
            codes.colour(to.bg, 40);
        }
        self.pen = to;
        codes.write(self.out)
    }
}

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The numbers of one SGR sequence.
#[derive(Default)]
struct Codes {
    codes: Vec<u8>,
}

impl Codes {
    fn add(&mut self, code: u8) {
        self.codes.push(code);
    }

    /// A foreground (`base` 30) or background (40).
    fn colour(&mut self, colour: Color, base: u8) {
        let basic = |n: u8| if n < 8 { base + n } else { base + 52 + n };
        match colour {
            Color::Reset => self.add(base + 9),
            Color::Black => self.add(basic(0)),
            Color::Red => self.add(basic(1)),
            Color::Green => self.add(basic(2)),
            Color::Yellow => self.add(basic(3)),
            Color::Blue => self.add(basic(4)),
            Color::Magenta => self.add(basic(5)),
            Color::Cyan => self.add(basic(6)),
            Color::Gray => self.add(basic(7)),
            Color::DarkGray => self.add(basic(8)),
            Color::LightRed => self.add(basic(9)),
            Color::LightGreen => self.add(basic(10)),
            Color::LightYellow => self.add(basic(11)),
            Color::LightBlue => self.add(basic(12)),
            Color::LightMagenta => self.add(basic(13)),
            Color::LightCyan => self.add(basic(14)),
            Color::White => self.add(basic(15)),
            Color::Indexed(n) => self.codes.extend([base + 8, 5, n]),
            Color::Rgb(r, g, b) => self.codes.extend([base + 8, 2, r, g, b]),
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"\x1b[")?;
        // A lone 0 may be left out.
        if self.codes != [0] {
            for (index, code) in self.codes.iter().enumerate() {
                if index > 0 {
                    out.write_all(b";")?;
                }
                write!(out, "{code}")?;
            }
        }
        out.write_all(b"m")
    }
}

/// Cells a cell's text takes.
fn cells_of(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if symbol.len() == 1 {
        1
    } else {
        text_cells(symbol).max(1)
    }
}

/// Where the blanks at the end of a row begin, if they can be erased: without attributes that show on blanks.
fn blank_tail(row: &[Cell]) -> Option<usize> {
    let last = row.last()?;
    let shows = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
    // Not every terminal erases with the background that is set.
    if last.symbol() != " " || last.bg != Color::Reset || last.modifier.intersects(shows) {
        return None;
    }
    let blank = |cell: &Cell| {
        cell.symbol() == " " && cell.bg == last.bg && !cell.modifier.intersects(shows)
    };
    let from = row
        .iter()
        .rposition(|cell| !blank(cell))
        .map_or(0, |index| index + 1);
    // The second half of a wide character is a blank cell of the buffer, not of the screen.
    let from = match from.checked_sub(1).and_then(|index| row.get(index)) {
        Some(cell) => from - 1 + cells_of(cell),
        None => from,
    };
    (from < row.len()).then_some(from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn encoded(shown: &Buffer, next: &Buffer) -> String {
        let mut out = Vec::new();
        frame(shown, next, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The screen of a terminal of 20 by 4 cells: text, and for each cell its colours and attributes.
    fn screen(bytes: &[&str]) -> (String, Vec<String>) {
        let mut parser = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
        for bytes in bytes {
            parser.process(bytes.as_bytes());
        }
        let screen = parser.screen();
        let cells = (0..4).flat_map(|y| (0..20).map(move |x| (y, x)));
        let styles = cells
            .filter_map(|(y, x)| screen.cell(y, x))
            .filter(|cell| !cell.is_wide_continuation());
        let styles = styles.map(|cell| {
            // What shows on a blank is only its background and lines.
            let fg = if cell.has_contents() && cell.contents() != " " {
                format!("{:?}{}{}", cell.fgcolor(), cell.bold(), cell.italic())
            } else {
                String::new()
            };
            format!(
                "{fg}{:?}{}{}",
                cell.bgcolor(),
                cell.underline(),
                cell.inverse()
            )
        });
        let rows: Vec<String> = screen
            .rows(0, 20)
            .map(|row| row.trim_end().to_owned())
            .collect();
        (rows.join("\n"), styles.collect())
    }

    #[test]
    fn a_changed_word_costs_its_move_and_its_letters() {
        let (shown, next) = (
            Buffer::with_lines(["one word here"]),
            Buffer::with_lines(["one lord here"]),
        );
        assert_eq!(encoded(&shown, &next), "\x1b[1;5Hl");
        let longer = Buffer::with_lines(["a line that is long"]);
        let shorter = Buffer::with_lines(["a line             "]);
        assert_eq!(encoded(&longer, &shorter), "\x1b[1;7H\x1b[K");
    }

    #[test]
    fn styles_are_set_by_one_sequence() {
        let shown = Buffer::empty(Rect::new(0, 0, 9, 1));
        let mut next = shown.clone();
        next.set_string(
            0,
            0,
            "ab",
            Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        );
        next.set_string(2, 0, "c", Style::new());
        assert_eq!(encoded(&shown, &next), "\x1b[1H\x1b[1;31mab\x1b[mc");
    }

    fn buffers() -> impl Strategy<Value = Vec<Buffer>> {
        let style = (0..4_usize, 0..4_usize, 0..4_usize).prop_map(|(fg, bg, modifier)| {
            let colours = [
                Color::Reset,
                Color::Red,
                Color::Indexed(200),
                Color::Rgb(1, 2, 3),
            ];
            let modifiers = [
                Modifier::empty(),
                Modifier::BOLD,
                Modifier::UNDERLINED,
                Modifier::ITALIC | Modifier::REVERSED,
            ];
            Style::new()
                .fg(colours[fg])
                .bg(colours[bg])
                .add_modifier(modifiers[modifier])
        });
        let write = (0..20_u16, 0..4_u16, "[a-d é漢👩]{0,12}", style);
        let buffer = prop::collection::vec(write, 0..8).prop_map(|writes| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 4));
            for (x, y, text, style) in writes {
                buffer.set_string(x, y, text, style);
            }
            buffer
        });
        prop::collection::vec(buffer, 1..5)
    }

    proptest! {
        #[test]
        fn frame_after_frame_shows_what_a_single_one_would(buffers in buffers()) {
            let mut shown = Buffer::empty(Rect::new(0, 0, 20, 4));
            let mut bytes = Vec::new();
            for next in buffers {
                bytes.push(encoded(&shown, &next));
                shown = next;
            }
            let all: Vec<&str> = bytes.iter().map(String::as_str).collect();
            let once = encoded(&Buffer::empty(shown.area), &shown);
            prop_assert_eq!(screen(&all), screen(&[&once]));
        }
    }
}
