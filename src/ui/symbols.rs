//! Every sign the screen draws that is not text, in Unicode and in ASCII.
//!
//! Each takes one cell. None comes from a private-use font. The painter takes them from here and nowhere else, so that
//! `--ascii`, or a locale that is not UTF-8, changes all of them.

/// One set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    /// Gutter: a note or highlight starts on this row.
    pub note: &'static str,
    /// Gutter: a bookmark or named mark.
    pub bookmark: &'static str,
    /// Gutter: a quotation, coloured by its trace.
    pub quotation: &'static str,
    /// Gutter: a note on words that were edited since.
    pub edited: &'static str,
    /// Gutter: a note whose words moved.
    pub moved: &'static str,
    /// Gutter: a note that may stand here.
    pub probable: &'static str,
    /// Gutter and lists: something to decide, a warning, a conflict.
    pub warning: &'static str,
    /// List: never opened.
    pub unread: &'static str,
    /// List: opened, not read to the end.
    pub reading: &'static str,
    /// The row that is chosen in a list.
    pub chosen: &'static str,
    /// Density from least to most.
    pub density: [&'static str; 8],
    /// The scrollbar where the view is not.
    pub scroll_track: &'static str,
    /// The scrollbar where the view is.
    pub scroll_thumb: &'static str,
    /// The scrollbar where something stands.
    pub scroll_tick: &'static str,
    /// Beside the scrollbar: sentences that nobody repeats.
    pub heat_none: &'static str,
    /// The same where they are repeated seldom, and where often.
    pub heat: [&'static str; 2],
    /// The same where one was altered.
    pub heat_altered: &'static str,
    /// A horizontal rule.
    pub rule: &'static str,
    /// A rule between panes, and between the cells of a table.
    pub rule_vertical: &'static str,
    /// Corners of an overlay: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Before a list item.
    pub bullet: &'static str,
    /// Left of a block quotation.
    pub quote_bar: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// At the end of a divided word.
    pub hyphen: &'static str,
    /// Between facts on one line.
    pub separator: &'static str,
    /// Towards the start of a line.
    pub left: &'static str,
    /// Towards the end of a line.
    pub right: &'static str,
    /// Towards the top.
    pub up: &'static str,
    /// Towards the bottom.
    pub down: &'static str,
}

impl Symbols {
    /// For a UTF-8 terminal.
    pub const fn unicode() -> Self {
        Self {
            note: "✎",
            bookmark: "⚑",
            quotation: "❝",
            edited: "≈",
            moved: "↕",
            probable: "?",
            warning: "⚠",
            unread: "•",
            reading: "◐",
            chosen: "▸",
            density: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            scroll_track: "┊",
            scroll_thumb: "┃",
            scroll_tick: "◂",
            heat_none: "▕",
            heat: ["▐", "█"],
            heat_altered: "≠",
            rule: "─",
            rule_vertical: "│",
            corners: ["╭", "╮", "╰", "╯"],
            bullet: "•",
            quote_bar: "▏",
            ellipsis: "…",
            hyphen: "-",
            separator: "·",
            left: "←",
            right: "→",
            up: "↑",
            down: "↓",
        }
    }

    /// For every other terminal.
    pub const fn ascii() -> Self {
        Self {
            note: "+",
            bookmark: "=",
            quotation: "\"",
            edited: "~",
            moved: "^",
            probable: "?",
            warning: "!",
            unread: "*",
            reading: "o",
            chosen: ">",
            density: [".", ":", "-", "=", "+", "*", "#", "@"],
            scroll_track: "|",
            scroll_thumb: "#",
            scroll_tick: "-",
            heat_none: ".",
            heat: ["-", "#"],
            heat_altered: "!",
            rule: "-",
            rule_vertical: "|",
            corners: ["+", "+", "+", "+"],
            bullet: "*",
            quote_bar: "|",
            ellipsis: "~",
            hyphen: "-",
            separator: "|",
            left: "<",
            right: ">",
            up: "^",
            down: "v",
        }
    }

    /// The sign for text that is repeated `n` times where the most repeated has `most`; `None` for nothing.
    pub fn heat_of(&self, n: u32, most: u32) -> Option<&'static str> {
        if n == 0 {
            return None;
        }
        let [seldom, often] = self.heat;
        // Of text that is repeated once and no more nothing is hot.
        let is_often = n > 1 && n.saturating_mul(2) >= most;
        Some(if is_often { often } else { seldom })
    }

    /// The density sign for `count` where the fullest stretch has `most`; `None` for nothing, the lowest sign for anything else that is small.
    pub fn density_of(&self, count: usize, most: usize) -> Option<&'static str> {
        if count == 0 {
            return None;
        }
        let last = self.density.len() - 1;
        let level = count.saturating_mul(last) / most.max(1);
        self.density.get(level.min(last)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn all(set: &Symbols) -> Vec<&'static str> {
        let Symbols {
            note,
            bookmark,
            quotation,
            edited,
            moved,
            probable,
            warning,
            unread,
            reading,
            chosen,
            density,
            scroll_track,
            scroll_thumb,
            scroll_tick,
            heat_none,
            heat,
            heat_altered,
            rule,
            rule_vertical,
            corners,
            bullet,
            quote_bar,
            ellipsis,
            hyphen,
            separator,
            left,
            right,
            up,
            down,
        } = *set;
        let mut all = vec![
            note,
            bookmark,
            quotation,
            edited,
            moved,
            probable,
            warning,
            unread,
            reading,
            chosen,
            scroll_track,
            scroll_thumb,
            scroll_tick,
            heat_none,
            heat_altered,
            rule,
            rule_vertical,
            bullet,
            quote_bar,
            ellipsis,
            hyphen,
            separator,
            left,
            right,
            up,
            down,
        ];
        all.extend(density);
        all.extend(heat);
        all.extend(corners);
        all
    }

    #[test]
    fn every_sign_takes_one_cell() {
        for sign in all(&Symbols::unicode())
            .into_iter()
            .chain(all(&Symbols::ascii()))
        {
            assert_eq!((sign.width(), sign.chars().count()), (1, 1), "{sign}");
        }
    }

    #[test]
    fn the_ascii_set_is_ascii() {
        assert!(all(&Symbols::ascii()).iter().all(|sign| sign.is_ascii()));
    }

    #[test]
    fn the_marks_of_the_gutter_differ() {
        for set in [Symbols::unicode(), Symbols::ascii()] {
            let notes = [set.note, set.edited, set.moved, set.probable];
            let mut marks = [&notes[..], &[set.bookmark, set.quotation, set.warning]].concat();
            marks.sort_unstable();
            marks.dedup();
            assert_eq!(marks.len(), 7);
        }
    }

    #[test]
    fn what_is_repeated_once_is_never_hot() {
        let signs = Symbols::unicode();
        let shown = |n, most| signs.heat_of(n, most);
        assert_eq!(
            [
                shown(0, 9),
                shown(1, 1),
                shown(1, 9),
                shown(5, 9),
                shown(9, 9)
            ],
            [None, Some("▐"), Some("▐"), Some("█"), Some("█")]
        );
    }

    #[test]
    fn density_is_never_nothing_where_there_is_something() {
        let signs = Symbols::unicode();
        let shown = |count| signs.density_of(count, 700);
        assert_eq!(
            [shown(0), shown(1), shown(350), shown(700), shown(9000)],
            [None, Some("▁"), Some("▄"), Some("█"), Some("█")]
        );
        assert_eq!(signs.density_of(1, 0), Some("█"));
    }
}
