//! Writing cells: the one place where text becomes symbols in a buffer.
//!
//! Whatever is written is cleaned of what could drive a terminal, a wide grapheme is written whole or not at all, and nothing is written outside the
//! buffer. Places are cells of the screen; an `end` is the first cell that may not be written.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::Look;
use super::symbols::Symbols;
use super::theme::Role;
use crate::text::TextRange;
use crate::text::sanitise;
use crate::text::width::{grapheme_cells, text_cells};

/// Some words and the role they play.
pub(super) type Span<'a> = (Cow<'a, str>, Role);

/// Words in a role.
pub(super) fn span<'a>(text: impl Into<Cow<'a, str>>, role: Role) -> Span<'a> {
    (text.into(), role)
}

/// Cells of some spans.
pub(super) fn cells_of(spans: &[Span]) -> u16 {
    let cells: usize = spans
        .iter()
        .map(|(text, _)| text_cells(&sanitise::line(text)))
        .sum();
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// A buffer and the look of things.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    look: &'a Look,
}

impl<'a> Pen<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Self { buffer, look }
    }

    pub(super) fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The buffer, for a widget that paints itself.
    pub(super) fn buffer(&mut self) -> &mut Buffer {
        self.buffer
    }

    pub(super) fn symbols(&self) -> &'a Symbols {
        &self.look.symbols
    }

    pub(super) fn look(&self) -> &'a Look {
        self.look
    }

    pub(super) fn style(&self, role: Role) -> Style {
        self.look.theme.style(role)
    }

    /// Blanks on the page, with the ground of `role` over it. A wide grapheme that reached into the area goes as a whole.
    pub(super) fn clear(&mut self, area: Rect, role: Role) {
        let style = self.style(Role::Page).patch(self.style(role));
        for y in area.top()..area.bottom() {
            let left = area
                .x
                .checked_sub(1)
                .and_then(|x| self.buffer.cell_mut((x, y)));
            if let Some(cell) = left
                && text_cells(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Adds the style of `role` to what is there.
    pub(super) fn tint(&mut self, area: Rect, role: Role) {
        let style = self.style(role);
        self.buffer
            .set_style(area.intersection(self.buffer.area), style);
    }

    /// Where `role` reverses its row, what was painted on it in colours would be a patchwork: it goes back to the plain letters of the role.
    pub(super) fn even(&mut self, area: Rect, role: Role) {
        let style = self.style(Role::Page).patch(self.style(role));
        if !style.add_modifier.contains(Modifier::REVERSED) {
            return;
        }
        for position in area.intersection(self.buffer.area).positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                let kept = cell.modifier & (Modifier::BOLD | Modifier::ITALIC);
                cell.set_style(Style::reset());
                cell.set_style(style.add_modifier(kept));
            }
        }
    }

    /// One grapheme of `cells` cells.
    pub(super) fn grapheme(&mut self, x: u16, y: u16, grapheme: &str, cells: u16, style: Style) {
        let safe = !grapheme
            .chars()
            .any(|c| sanitise::is_unsafe(c) || c == '\n' || c == '\t');
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(if safe { grapheme } else { " " })
                .set_style(style);
        }
        for behind in 1..cells {
            if let Some(cell) = self.buffer.cell_mut((x.saturating_add(behind), y)) {
                cell.set_symbol(" ").set_style(style);
            }
        }
    }

    /// One sign of one cell.
    pub(super) fn sign(&mut self, x: u16, y: u16, sign: &str, role: Role) {
        self.grapheme(x, y, sign, 1, self.style(role));
    }

    /// The cursor: its role's style, turned round where the cell is reversed already.
    pub(super) fn cursor(&mut self, x: u16, y: u16, cells: u16, role: Role) {
        let style = self.style(role);
        for x in x..x.saturating_add(cells.max(1)) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                let turned = style.add_modifier.contains(Modifier::REVERSED)
                    && cell.modifier.contains(Modifier::REVERSED);
                cell.set_style(style);
                if turned {
                    cell.modifier.remove(Modifier::REVERSED);
                    cell.modifier.insert(Modifier::UNDERLINED);
                }
            }
        }
    }

    /// Text from `x` as far as it fits before `end`; the cell after it.
    pub(super) fn put(&mut self, x: u16, y: u16, end: u16, text: &str, role: Role) -> u16 {
        let style = self.style(role);
        let text = self.signs(sanitise::line(text));
        self.write(x, y, end, &text, style)
    }

    fn write(&mut self, mut x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        for grapheme in text.graphemes(true) {
            let cells = grapheme_cells(grapheme);
            if cells == 0 {
                continue;
            }
            if x.saturating_add(cells) > end {
                break;
            }
            self.grapheme(x, y, grapheme, cells, style);
            x += cells;
        }
        x
    }

    /// Spans one after the other, the end replaced by an ellipsis where they do not fit; the cell after them.
    pub(super) fn spans(&mut self, x: u16, y: u16, end: u16, spans: &[Span]) -> u16 {
        let room = end.saturating_sub(x);
        if room == 0 {
            return x;
        }
        let fits = cells_of(spans) <= room;
        let limit = if fits { end } else { end - 1 };
        let mut at = x;
        for (text, role) in spans {
            let wanted = u16::try_from(text_cells(&sanitise::line(text))).unwrap_or(u16::MAX);
            let room = limit.saturating_sub(at);
            at = self.put(at, y, limit, text, *role);
            if wanted > room {
                return self.put(at, y, end, self.symbols().ellipsis, *role);
            }
        }
        at
    }

    /// One row: some spans at its left, some at its right end. The left ones are shortened; the right ones go where less than half the row would be left.
    pub(super) fn row(&mut self, area: Rect, left: &[Span], right: &[Span]) {
        let wanted = cells_of(right);
        let end = area.right();
        let room = if wanted == 0 || wanted.saturating_add(2) > area.width / 2 {
            end
        } else {
            self.spans(end - wanted, area.y, end, right);
            end - wanted - 1
        };
        self.spans(area.x, area.y, room, left);
    }

    /// Text in the styles of its runs, which cover it from its first byte; shortened like spans.
    pub(super) fn runs(
        &mut self,
        x: u16,
        y: u16,
        end: u16,
        text: &str,
        runs: &[(TextRange, Style)],
    ) -> u16 {
        let room = usize::from(end.saturating_sub(x));
        if room == 0 {
            return x;
        }
        let fits = text_cells(text) <= room;
        let limit = if fits { end } else { end - 1 };
        let mut at = x;
        for (range, style) in runs {
            let text = range.of_text(text);
            let after = self.write(at, y, limit, text, *style);
            if usize::from(after - at) < text_cells(text) {
                at = after;
                break;
            }
            at = after;
        }
        if fits {
            at
        } else {
            self.put(at, y, end, self.symbols().ellipsis, Role::Dim)
        }
    }

    /// The signs of our own messages in the set that is used.
    fn signs<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        if text.is_ascii() || !self.symbols().separator.is_ascii() {
            return text;
        }
        let plain = |c: char| match c {
            '·' | '│' => '|',
            '…' => '~',
            '–' | '—' => '-',
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '←' => '<',
            '→' => '>',
            '↑' => '^',
            '↓' => 'v',
            c => c,
        };
        Cow::Owned(text.chars().map(plain).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Theme;

    /// What stands in a row of `cells` cells after `draw`.
    fn drawn(cells: u16, draw: impl FnOnce(&mut Pen)) -> String {
        let look = Look {
            theme: Theme::named("ink").unwrap(),
            symbols: Symbols::unicode(),
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, cells, 1));
        draw(&mut Pen::new(&mut buffer, &look));
        let symbols = buffer.content().iter().map(ratatui::buffer::Cell::symbol);
        symbols.collect()
    }

    fn spans(cells: u16, text: &str) -> String {
        drawn(cells, |pen| {
            pen.spans(0, 0, cells, &[span(text, Role::Text)]);
        })
    }

    #[test]
    fn a_wide_character_is_drawn_whole_or_not_at_all() {
        // The second cell of a wide character holds a blank.
        assert_eq!(spans(4, "漢字"), "漢 字 ");
        assert_eq!(spans(5, "漢字漢"), "漢 字 …");
        assert_eq!(spans(4, "漢字漢"), "漢 … ");
        assert_eq!(spans(1, "漢"), "…");
    }

    #[test]
    fn what_floats_over_half_of_a_wide_character_takes_all_of_it() {
        let over = |pen: &mut Pen| {
            pen.put(0, 0, 4, "漢字", Role::Text);
            pen.clear(Rect::new(1, 0, 2, 1), Role::Overlay);
        };
        assert_eq!(drawn(4, over), "    ");
    }

    #[test]
    fn nothing_that_drives_a_terminal_is_drawn() {
        assert_eq!(spans(5, "a\u{1b}]0;x\u{7}b\u{202e}c"), "abc  ");
    }

    #[test]
    fn the_right_end_of_a_row_goes_before_the_left_is_lost() {
        let row = |cells: u16| {
            drawn(cells, |pen| {
                let (left, right) = (span("A long title", Role::Text), span("2023", Role::Dim));
                pen.row(pen.area(), &[left], &[right]);
            })
        };
        assert_eq!(
            [row(18), row(13), row(8)],
            ["A long title  2023", "A long … 2023", "A long …"]
        );
    }
}
