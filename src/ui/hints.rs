//! What the keys do, at the edge of what floats: shortened where there is no room, never cut inside a word.
//!
//! In: hints in one text, the most important first, ` · ` between them; of each the wordings, longest first, `|` between them. Out: as many hints as there is room for, each as long as
//! there is room for. Those at the end are left out first, then wordings are shortened from the end on.

use super::pen::cells_of;
use super::theme::Role;

/// Between two hints.
const BETWEEN: &str = " · ";
/// Between two wordings of one.
const OR: char = '|';

/// The hints in at most so many cells.
pub(super) fn fitted(hints: &str, cells: u16) -> String {
    let hints: Vec<Vec<&str>> = hints
        .split(BETWEEN)
        .map(|hint| hint.split(OR).collect())
        .collect();
    let mut shown: Vec<&str> = Vec::new();
    for wordings in &hints {
        let Some(shortest) = wordings.last() else {
            continue;
        };
        shown.push(shortest);
        if width(&shown) > cells {
            shown.pop();
            break;
        }
    }
    for (at, wordings) in hints.iter().enumerate().take(shown.len()) {
        for wording in wordings {
            let mut longer = shown.clone();
            if let Some(hint) = longer.get_mut(at) {
                *hint = wording;
            }
            if width(&longer) <= cells {
                shown = longer;
                break;
            }
        }
    }
    shown.join(BETWEEN)
}

fn width(hints: &[&str]) -> u16 {
    cells_of(&[(hints.join(BETWEEN).into(), Role::Dim)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: u16, expected: &str) {
        let hints = "Enter goes there|Enter goes · n p next quotation|n p next · Esc closes";
        assert_eq!(fitted(hints, cells), expected);
    }

    #[test]
    fn the_last_hints_go_first_and_none_is_cut() {
        check(80, "Enter goes there · n p next quotation · Esc closes");
        check(49, "Enter goes there · n p next · Esc closes");
        check(40, "Enter goes there · n p next · Esc closes");
        check(39, "Enter goes · n p next · Esc closes");
        check(33, "Enter goes there · n p next");
        check(21, "Enter goes · n p next");
        check(20, "Enter goes there");
        check(10, "Enter goes");
        check(9, "");
    }

    #[test]
    fn one_wording_is_enough() {
        assert_eq!(fitted("Esc closes", 10), "Esc closes");
        assert_eq!(fitted("", 10), "");
    }
}
