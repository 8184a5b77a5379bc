//! A list, and below it what belongs to the chosen row: the words a reader wants to see without opening anything.
//!
//! Where there is room for all, all is shown; else the list gives way first, down to a third of the height.

use ratatui::layout::Rect;

use super::marked::{self, Line};
use super::{choose, first_row, row_of};
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Rows from which a free one stands between the list and the words.
const WITH_GAP: usize = 10;

/// How many rows the list has, and from which row on the words stand.
pub(super) fn divided(height: usize, n_rows: usize, n_words: usize) -> (usize, usize) {
    let gap = usize::from(height >= WITH_GAP && n_words > 0);
    let least = n_rows.min((height / 3).max(1));
    let of_words = n_words.min(height.saturating_sub(gap + least));
    let of_list = n_rows.min(height.saturating_sub(gap + of_words));
    (of_list, of_list + gap)
}

/// Paints rows with `row`, the chosen one marked, and `words` below them.
pub(super) fn paint(
    area: Rect,
    (selected, n_rows): (usize, usize),
    words: &[Line],
    pen: &mut Pen,
    mut row: impl FnMut(usize, Rect, &mut Pen),
) {
    let (height, below) = divided(usize::from(area.height), n_rows, words.len());
    let top = first_row(selected, n_rows, height);
    for index in top..(top + height).min(n_rows) {
        let line = row_of(area, index - top);
        let is_chosen = index == selected;
        if is_chosen {
            choose(line, pen);
        }
        let indent = line.width.min(2);
        let inside = Rect {
            x: line.x + indent,
            width: line.width - indent,
            ..line
        };
        row(index, inside, pen);
        if is_chosen {
            pen.even(line, Role::Chosen);
        }
    }
    let below = (below as u16).min(area.height);
    let rest = Rect {
        y: area.y + below,
        height: area.height - below,
        ..area
    };
    marked::paint(words, 0, rest, pen);
    let is_cut = |line: &Line| line.iter().any(|(text, _)| !text.is_empty());
    let hidden = words.get(usize::from(rest.height)..).unwrap_or_default();
    if rest.height > 0 && hidden.iter().any(is_cut) {
        let (x, y) = (rest.right().saturating_sub(1), rest.bottom() - 1);
        pen.sign(x, y, pen.symbols().ellipsis, Role::Dim);
    }
}

#[cfg(test)]
mod tests {
    use super::divided;

    #[test]
    fn words_come_before_rows_that_are_far_from_the_chosen_one() {
        assert_eq!(divided(6, 1, 9), (1, 1));
        assert_eq!(divided(6, 9, 9), (2, 2));
        assert_eq!(divided(20, 3, 4), (3, 4));
        assert_eq!(divided(20, 90, 4), (15, 16));
        assert_eq!(divided(20, 90, 0), (20, 20));
        assert_eq!(divided(1, 5, 5), (1, 1));
        assert_eq!(divided(0, 5, 5), (0, 0));
    }
}
