//! The sentences around a passage, found without the tools of a language: what moves and is edited as one.

use crate::text::TextRange;

/// How far a sentence is looked for around a passage, in bytes.
const SENTENCE_MOST_BYTES: usize = 1200;

/// The sentences that `passage` touches, without the blanks around them.
pub(super) fn sentences_around(text: &str, passage: TextRange) -> TextRange {
    let before = text.get(..passage.start as usize).unwrap_or_default();
    let floor = boundary(text, before.len().saturating_sub(SENTENCE_MOST_BYTES));
    // The first character of the passage may be the one that begins its sentence.
    let first = passage
        .of_text(text)
        .chars()
        .next()
        .map_or(0, char::len_utf8);
    let head = text.get(floor..passage.start as usize + first);
    let ends = sentence_ends(head.unwrap_or_default()).last();
    let start = ends.map_or(floor, |at| floor + at);
    let after = text.get(passage.end as usize..).unwrap_or_default();
    let ceiling = boundary(after, SENTENCE_MOST_BYTES.min(after.len()));
    // The last character of the passage may be the one that ends its sentence.
    let tail_from = text
        .get(..passage.end as usize)
        .and_then(|head| head.char_indices().next_back())
        .map_or(passage.end as usize, |(at, _)| at);
    let tail = text
        .get(tail_from..passage.end as usize + ceiling)
        .unwrap_or_default();
    let end = sentence_ends(tail)
        .map(|at| tail_from + at)
        .find(|at| *at >= passage.end as usize)
        .unwrap_or(passage.end as usize + ceiling);
    let unit = text.get(start..end).unwrap_or_default();
    let from = start + (unit.len() - unit.trim_start().len());
    let to = start + unit.trim_end().len();
    TextRange::of(from, to.max(from)).union(passage)
}

/// Where sentences end in `text`, after the blanks: at stops before blanks, and at line breaks that stand twice.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let (mut ended, mut blank, mut breaks) = (false, false, 0);
    text.char_indices().filter_map(move |(at, c)| {
        if c.is_whitespace() {
            blank = true;
            breaks += u32::from(c == '\n');
            return None;
        }
        let ends = blank && (ended || breaks > 1);
        ended = matches!(c, '.' | '!' | '?' | '。' | '！' | '？')
            || ended && !blank && matches!(c, '"' | '\'' | '”' | '’' | ')' | '»');
        // Scripts that write no blanks end a sentence at its stop.
        (blank, breaks) = (matches!(c, '。' | '！' | '？'), 0);
        ends.then_some(at)
    })
}

/// The start of the character at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence around the passage in brackets.
    fn check(text: &str, expected: &str) {
        let open = text.find('[').unwrap();
        let close = text.find(']').unwrap() - 1;
        let plain = text.replace(['[', ']'], "");
        let found = sentences_around(&plain, TextRange::of(open, close));
        assert_eq!(found.of_text(&plain), expected, "{text}");
    }

    #[test]
    fn the_sentence_around_a_passage_is_its_own() {
        check("One two. Three [four] five. Six.", "Three four five.");
        check("One two. [Three four] five. Six.", "Three four five.");
        check("One two. Three [four five.] Six.", "Three four five.");
        check("One two. [Three four five.] Six.", "Three four five.");
        check("A heading\n\n[Three] four.", "Three four.");
        check(
            "One two. Three [four. Five] six. Seven.",
            "Three four. Five six.",
        );
        check("他说。[我们]走。再见。", "我们走。");
    }
}
