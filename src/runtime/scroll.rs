//! Lets the terminal move rows that only moved, so that a scrolled page costs a line and not a page.
//!
//! A scroll region spans whole rows, so what stands beside the text moves along and is drawn again; it is used only where that is clearly cheaper. Rows are
//! moved by deleting and inserting lines inside margins (DL, IL, DECSTBM), which every terminal knows.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

/// Changed cells below which nothing is worth trying.
const WORTHWHILE: usize = 400;

/// Rows to be moved by the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    top: u16,
    bottom: u16,
    /// Rows up, or down if negative.
    up: i32,
}

/// By how much the rows of `area` moved from `shown` to `next`, where letting the terminal move them saves much of the frame.
pub(super) fn shift(shown: &Buffer, next: &Buffer, area: Rect) -> Option<Shift> {
    let area = area.intersection(shown.area);
    if area.height < 4 || shown.area != next.area {
        return None;
    }
    let rows = Rect {
        x: 0,
        width: shown.area.width,
        ..area
    };
    let plain = changed(shown, next, rows, 0);
    if plain < WORTHWHILE {
        return None;
    }
    let hashes = |buffer: &Buffer| -> Vec<Option<u64>> {
        area.rows().map(|row| hash(buffer, row)).collect()
    };
    let (before, after) = (hashes(shown), hashes(next));
    let len = before.len() as i32;
    let same = |up: i32| {
        let pairs = (0..len).filter_map(|row| {
            Some((
                before.get(usize::try_from(row + up).ok()?)?,
                after.get(row as usize)?,
            ))
        });
        pairs
            .filter(|(before, after)| before.is_some() && before == after)
            .count()
    };
    let (same, up) = (1 - len..len)
        .filter(|up| *up != 0)
        .map(|up| (same(up), up))
        .max_by_key(|(same, up)| (*same, -up.abs()))?;
    if same * 3 < before.len() {
        return None;
    }
    (changed(shown, next, rows, up) * 3 < plain * 2).then_some(Shift {
        top: area.top(),
        bottom: area.bottom(),
        up,
    })
}

/// The content of a row; none if it is blank, for blank rows look alike wherever they are.
fn hash(buffer: &Buffer, row: Rect) -> Option<u64> {
    let start = buffer.index_of(row.x, row.y);
    let cells = buffer.content.get(start..start + usize::from(row.width))?;
    let mut blank = true;
    // FNV-1a: rows are compared with rows of the same page, nobody gains by making two alike.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for cell in cells {
        let symbol = cell.symbol();
        blank &= symbol == " ";
        for byte in symbol.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (!blank).then_some(hash)
}

/// Cells of the rows of `area` that differ once what is shown was moved `up` rows; what moves in is blank.
fn changed(shown: &Buffer, next: &Buffer, area: Rect, up: i32) -> usize {
    let width = usize::from(shown.area.width);
    let row = |buffer: &'_ Buffer, y: i32| -> Option<std::ops::Range<usize>> {
        let inside = y >= i32::from(area.top()) && y < i32::from(area.bottom());
        let start = usize::try_from(y).ok()? * width;
        (inside && start + width <= buffer.content.len()).then_some(start..start + width)
    };
    let blank = Cell::default();
    let mut n = 0;
    for y in i32::from(area.top())..i32::from(area.bottom()) {
        let after = row(next, y)
            .and_then(|range| next.content.get(range))
            .unwrap_or_default();
        n += match row(shown, y + up).and_then(|range| shown.content.get(range)) {
            Some(before) if before == after => 0,
            Some(before) => before
                .iter()
                .zip(after)
                .filter(|(before, after)| before != after)
                .count(),
            None => after.iter().filter(|cell| **cell != blank).count(),
        };
    }
    n
}

impl Shift {
    /// Tells the terminal.
    pub(super) fn write(self, out: &mut impl Write) -> io::Result<()> {
        let n = self.up.unsigned_abs();
        let what = if self.up > 0 { 'M' } else { 'L' };
        let (top, bottom) = (self.top + 1, self.bottom);
        write!(
            out,
            "\u{1b}[0m\u{1b}[{top};{bottom}r\u{1b}[{top};1H\u{1b}[{n}{what}\u{1b}[r"
        )
    }

    /// Does the same to what is shown.
    pub(super) fn apply(self, shown: &mut Buffer) {
        let width = usize::from(shown.area.width);
        let (top, bottom) = (
            usize::from(self.top) * width,
            usize::from(self.bottom) * width,
        );
        let n = (self.up.unsigned_abs() as usize * width).min(bottom - top);
        let Some(cells) = shown.content.get_mut(top..bottom) else {
            return;
        };
        let blank = if self.up > 0 {
            cells.rotate_left(n);
            let from = cells.len() - n;
            cells.get_mut(from..)
        } else {
            cells.rotate_right(n);
            cells.get_mut(..n)
        };
        blank.into_iter().flatten().for_each(Cell::reset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of letters of which no two are alike.
    fn page(from: usize, rows: usize) -> Buffer {
        let letter = |n: usize, i: usize| {
            let mixed = (n as u64 * 1000 + i as u64).wrapping_mul(6_364_136_223_846_793_005) >> 40;
            char::from(b'a' + (mixed % 26) as u8)
        };
        let lines = (from..from + rows).map(|n| (0..60).map(|i| letter(n, i)).collect::<String>());
        Buffer::with_lines(lines.collect::<Vec<_>>())
    }

    #[test]
    fn a_page_scrolled_by_two_lines_is_moved_by_two_lines() {
        let (shown, next) = (page(10, 30), page(12, 30));
        let found = shift(&shown, &next, shown.area);
        assert_eq!(
            found,
            Some(Shift {
                top: 0,
                bottom: 30,
                up: 2
            })
        );
        let mut moved = shown.clone();
        found.unwrap().apply(&mut moved);
        assert!(changed(&moved, &next, shown.area, 0) <= 2 * usize::from(shown.area.width));
        assert_eq!(
            shift(&next, &shown, shown.area).map(|shift| shift.up),
            Some(-2)
        );
    }

    #[test]
    fn another_page_is_not_moved() {
        assert_eq!(shift(&page(0, 30), &page(500, 30), page(0, 30).area), None);
        assert_eq!(shift(&page(0, 30), &page(0, 30), page(0, 30).area), None);
    }
}
