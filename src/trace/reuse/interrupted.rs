//! Words of a reporter between two parts of a quotation: `“…,” she said, “…”`. They stand in the copy alone, and change nothing of what was said.

use crate::text::TextRange;
use crate::trace::passage::{Change, Class, Passage};

/// A passage without the changes that only interrupt a quotation in the copy.
pub fn uninterrupted(mut passage: Passage, copy: &str) -> Passage {
    let n_before = passage.changes.len();
    passage
        .changes
        .retain(|change| !change.source.is_empty() || !interrupts(change, copy));
    if passage.changes.len() == n_before {
        return passage;
    }
    let kinds = passage.changes.iter().map(|change| change.kind);
    let n_material = kinds.filter(|kind| kind.is_material()).count();
    passage.class = match (passage.class, n_material) {
        (Class::Altered | Class::Rewritten, 0) => Class::Typographic,
        // Fewer changes than a rewriting has.
        (Class::Rewritten, 1..4) => Class::Altered,
        (class, _) => class,
    };
    passage
}

/// Whether a quotation ends before the words that were put in and begins again behind them.
fn interrupts(change: &Change, copy: &str) -> bool {
    let TextRange { start, end } = change.copy;
    let aside = |letter: char| letter.is_whitespace() || ",.;:!?—–-".contains(letter);
    let before = copy.get(..start as usize).unwrap_or_default();
    let behind = copy.get(end as usize..).unwrap_or_default();
    let closes = before
        .trim_end_matches(aside)
        .ends_with(['”', '"', '»', '’', '“']);
    let opens = behind
        .trim_start_matches(aside)
        .starts_with(['“', '"', '«', '‘', '„']);
    closes && opens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::reuse::extend::Region;
    use crate::trace::words::Words;

    const SOURCE: &str = "The harbour stays open to all ships until the end of the year and no fee will be asked of any crew.";

    fn check(copy: &str, expected: Class) {
        let (of_copy, of_source) = (Words::of(copy), Words::of(SOURCE));
        let whole = Region {
            a: 0..of_copy.len(),
            b: 0..of_source.len(),
            matched: 0,
            score: 0,
        };
        let found = crate::trace::passage::passage((copy, &of_copy), (SOURCE, &of_source), &whole);
        assert_eq!(
            uninterrupted(found.unwrap(), copy).class,
            expected,
            "{copy}"
        );
    }

    #[test]
    fn who_speaks_in_between_changes_nothing() {
        check(
            "“The harbour stays open to all ships until the end of the year,” the minister said, “and no fee will be asked of any crew.”",
            Class::Typographic,
        );
        check(
            "\"The harbour stays open to all ships until the end of the year\", it says; \"and no fee may be asked of any crew.\"",
            Class::Altered,
        );
    }

    #[test]
    fn what_is_put_into_a_quotation_changes_it() {
        check(
            "“The harbour stays open to all ships until the end of the dry year and no fee will be asked of any crew.”",
            Class::Altered,
        );
    }
}
