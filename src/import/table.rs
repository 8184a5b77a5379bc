//! Rows of a table, their cells padded so that columns align.

use crate::text::width::text_cells;

/// What stands between two cells.
pub(super) const BAR: &str = " │ ";
/// A column is padded to at most this many terminal cells; a longer cell keeps its words and breaks the alignment.
const WIDEST: usize = 40;
/// Columns beyond this one are not padded.
const COLUMNS: usize = 64;

/// The widths columns are padded to.
#[derive(Debug, Default)]
pub(super) struct Columns {
    cells: Vec<usize>,
}

impl Columns {
    /// Makes room for a cell.
    pub(super) fn fit(&mut self, column: usize, width_cells: usize) {
        if column >= COLUMNS {
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, 0);
        }
        if let Some(widest) = self.cells.get_mut(column) {
            *widest = (*widest).max(width_cells.min(WIDEST));
        }
    }

    /// The blanks after a cell of this width.
    pub(super) fn padding(&self, column: usize, width_cells: usize) -> &'static str {
        const BLANKS: &str = "                                        ";
        let widest = self.cells.get(column).copied().unwrap_or(0);
        BLANKS
            .get(..widest.saturating_sub(width_cells).min(BLANKS.len()))
            .unwrap_or_default()
    }
}

/// The cells of a row `| a | b |`: offset in the row and trimmed words.
pub(super) fn cells(row: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let lead = row.len() - inner.len();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut at = lead;
    inner.split('|').map(move |cell| {
        let words = cell.trim_start();
        let start = at + cell.len() - words.len();
        at += cell.len() + 1;
        (start, words.trim_end())
    })
}

/// Whether a row only parts the head from the body: `|---|:--:|`.
pub(super) fn is_separator(row: &str) -> bool {
    row.contains("--")
        && row
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// The width of a cell's words.
pub(super) fn width_cells(words: &str) -> usize {
    text_cells(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_fall_into_cells() {
        let found: Vec<_> = cells("| a b | c ||").collect();
        assert_eq!(found, [(2, "a b"), (8, "c"), (11, "")]);
        assert!(is_separator("|---|:-:|"));
        assert!(!is_separator("| - | x |"));
    }
}
