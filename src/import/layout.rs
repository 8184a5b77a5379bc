//! Whether the lines of a plain text are wrapped by hand or are a paragraph each.
//!
//! Told from the lines that another line follows at once, in the first 64 KiB and nowhere else, so that the beginning of a file is laid out the
//! same whether the rest is there or not. Wrapped lines nearly fill a common width, or break in the middle of sentences.

use super::lines::{Lines, Sign, ends_sentence, sign, starts_lower};

/// How line breaks are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Every line is a paragraph, unless it breaks off in the middle of a sentence.
    OneLine,
    /// Paragraphs are wrapped at about `width` characters.
    Wrapped { width: usize },
}

/// The widest line that counts as wrapped by hand, in characters.
const WIDEST: usize = 120;

impl Layout {
    /// Looks at the lines of `head`.
    pub(super) fn of(head: &str) -> Self {
        let mut inner = Vec::new();
        let mut mid_sentence = 0_usize;
        let mut lines = Lines::from(head, 0);
        while let Some(line) = lines.next() {
            let Some(next) = lines.peek().filter(|next| !next.is_blank()) else {
                continue;
            };
            let runs_on = matches!(
                sign(line.words),
                Sign::Words | Sign::Item { .. } | Sign::Quote { .. } | Sign::Clause | Sign::Turn
            );
            let goes_on = matches!(sign(next.words), Sign::Words | Sign::Quote { .. });
            if line.is_blank() || !runs_on || !goes_on {
                continue;
            }
            let first_word = next.words.split_whitespace().next().unwrap_or_default();
            inner.push((line.words.chars().count(), first_word.chars().count()));
            mid_sentence += usize::from(!ends_sentence(line.words) && starts_lower(next.words));
        }
        if inner.is_empty() {
            return Self::OneLine;
        }
        let mut widths: Vec<_> = inner.iter().map(|(width, _)| *width).collect();
        widths.sort_unstable();
        let width = widths
            .get(widths.len() * 19 / 20)
            .copied()
            .unwrap_or_default();
        let full = inner
            .iter()
            .filter(|(length, word)| length + 1 + word + 2 > width)
            .count();
        let many = |part: usize, percent: usize| part * 100 >= inner.len() * percent;
        let filled = many(full, 60) && inner.len() >= 3 && width >= 40;
        let broken = many(mid_sentence, 25) && width >= 20;
        if width <= WIDEST && (filled || broken) {
            Self::Wrapped { width }
        } else {
            Self::OneLine
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_nearly_fill_a_width() {
        let wrapped = "The ministers met in the old town on Tuesday and\nspoke for three hours about the river, the dams and\nthe fish, which nobody had counted since the war.\n";
        assert!(matches!(Layout::of(wrapped), Layout::Wrapped { .. }));
    }

    #[test]
    fn long_lines_and_addresses_are_a_paragraph_each() {
        let long = "A sentence that goes on for quite some time without an end. ".repeat(4);
        assert_eq!(
            Layout::of(&format!("{long}\n{long}\n{long}\n")),
            Layout::OneLine
        );
        assert_eq!(
            Layout::of("Ministry of Rivers\nOld Street 4\nHarbour Town\n"),
            Layout::OneLine
        );
    }
}
