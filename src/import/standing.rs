//! What a line of plain text is by where it stands: a heading alone between paragraphs, or preformatted columns.

use crate::document::BlockKind;

use super::lines::{Line, Lines, Sign, ends_sentence, sign};

/// A heading that stands alone has at most this many characters.
const LONGEST_HEADING: usize = 100;
/// What follows a heading in title case is a paragraph of at least this many bytes.
const PARAGRAPH: usize = 100;

/// Whether a line without marks is a heading: alone between blank lines, short, without an end mark, all in capitals or, between two
/// paragraphs that end as sentences do, in title case. The title of the document is not looked for here.
pub(super) fn is_heading(
    line: &Line<'_>,
    above: Option<(BlockKind, &str)>,
    lines: &Lines<'_>,
) -> bool {
    let words = line.words;
    if words.len() > LONGEST_HEADING * 4 {
        return false;
    }
    let mut below = lines.clone();
    if below.next().is_some_and(|next| !next.is_blank()) {
        return false;
    }
    let Some(next) = below.find(|next| !next.is_blank()) else {
        return false;
    };
    if words.chars().count() > LONGEST_HEADING
        || ends_sentence(words)
        || words.ends_with(',')
        || !words.chars().next().is_some_and(char::is_uppercase)
    {
        return false;
    }
    let Some((kind, text_above)) = above else {
        return false;
    };
    let continues = matches!(
        sign(next.words),
        Sign::Words | Sign::Item { .. } | Sign::Clause
    );
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 4
        && !words.chars().any(char::is_lowercase)
        && words.chars().any(char::is_uppercase)
    {
        return continues && !words.contains(['(', '|']);
    }
    let after_sentence = match kind {
        BlockKind::Paragraph
        | BlockKind::Item { .. }
        | BlockKind::Quote
        | BlockKind::Continuation => ends_sentence(text_above),
        BlockKind::Heading { .. }
        | BlockKind::Rule
        | BlockKind::TableRow { .. }
        | BlockKind::Code => true,
    };
    after_sentence && continues && next.words.len() >= PARAGRAPH && is_title_case(words)
}

/// Whether all words but short ones begin with a capital or a digit.
pub(super) fn is_title_case(words: &str) -> bool {
    let mut n_words = 0;
    let all = words.split_whitespace().all(|word| {
        n_words += 1;
        let letter = word.chars().find(|c| c.is_alphanumeric());
        word.len() < 5 || letter.is_none_or(|c| !c.is_lowercase())
    });
    all && n_words >= 2
}

/// Whether a line begins preformatted text: indented, after a blank line, with wide gaps inside, and a second line like it below.
pub(super) fn is_preformatted(line: &Line<'_>, parted: bool, lines: &Lines<'_>) -> bool {
    let columns = |line: &Line<'_>| {
        line.indent >= 2 && (line.words.contains("   ") || line.words.contains('\t'))
    };
    parted && columns(line) && lines.peek().is_some_and(|next| columns(&next))
}
