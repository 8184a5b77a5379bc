//! Single marks as the main marks of a document: ‘…’ and '…', as British papers set them.
//!
//! In: a document. Out: the same document with these marks exchanged for double ones and the double marks inside them for single ones, byte for byte as long, so
//! that every offset stays and all else reads it like any other. Nothing for a document whose quotations stand in double marks, or in which too few single pairs
//! stand beside a reporting word. Apostrophes, plural owners, decades and clipped words are no marks.

use memchr::memchr3_iter;

use super::words::{Part, part};
use crate::document::{BlockKind, Document, SourceMap};
use crate::language::token::tokens;
use crate::text::{Layer, TextRange};

/// Pairs beside a reporting word that make single marks the main ones.
const FEWEST: usize = 2;
/// Of so many pairs one at least stands beside a reporting word.
const ONE_OF: usize = 3;
/// To one quotation in double marks there are at least so many pairs of single ones.
const TO_ONE_DOUBLE: usize = 8;
/// Bytes and words beside a pair in which a reporting word is looked for.
const NEAR_BYTES: usize = 80;
const NEAR_WORDS: usize = 9;
/// Double marks after which a text with fewer single ones is given up.
const ENOUGH: usize = 16;

/// The document with double marks in place of its single ones, if those are its main marks.
pub(super) fn exchanged(document: &Document) -> Option<Document> {
    let text = &*document.text;
    if !may_be_main(text) {
        return None;
    }
    let mut edits: Vec<(usize, char)> = Vec::new();
    let (mut n_pairs, mut n_reported, mut n_double) = (0, 0, 0);
    for (index, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Code | BlockKind::Rule) {
            continue;
        }
        let own = document.block_text(block);
        let base = block.range.start as usize;
        let marks = marks(own);
        let goes_on = || {
            document
                .blocks
                .get(index + 1)
                .is_some_and(|next| document.block_text(next).starts_with(['‘', '\'']))
        };
        let pairs = pairs(&marks, goes_on);
        let mut within = pairs.iter().peekable();
        for pair in &pairs {
            n_pairs += 1;
            n_reported += usize::from(is_reported(own, *pair));
        }
        for (at, mark) in marks.iter().map(|mark| (mark.at, mark)) {
            while within
                .next_if(|pair| pair.1.is_some_and(|close| close < at))
                .is_some()
            {}
            let pair = within.peek().filter(|pair| pair.0 <= at);
            let to = match (mark.sort, pair) {
                (Sort::Double, Some(_)) => single(mark.letter),
                (Sort::Double, None) => {
                    n_double += 1;
                    None
                }
                (_, Some(pair)) if pair.0 == at || pair.1 == Some(at) => double(mark.letter),
                _ => None,
            };
            edits.extend(to.map(|to| (base + at, to)));
        }
    }
    let main = n_reported >= FEWEST
        && n_reported * ONE_OF >= n_pairs
        && n_double / 2 * TO_ONE_DOUBLE <= n_pairs;
    main.then(|| Document {
        id: document.id,
        revision: document.revision,
        meta: document.meta.clone(),
        text: edited(text, &edits).into_boxed_str(),
        blocks: document.blocks.clone(),
        inlines: Layer::default(),
        source: SourceMap::default(),
    })
}

/// A first look, which most texts do not pass: enough single marks that could open, and not far more double ones.
fn may_be_main(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut single, mut double) = (0_usize, 0_usize);
    for at in memchr3_iter(b'"', b'\'', 0xe2, bytes) {
        match bytes.get(at..) {
            // Two single ones are a double one, in some archives.
            Some([b'\'', b'\'', ..]) => double += 1,
            Some([b'"', ..] | [0xe2, 0x80, 0x9c..=0x9e, ..]) => double += 1,
            Some([0xe2, 0x80, 0x98, ..]) => single += 1,
            Some([b'\'', next, ..]) if next.is_ascii_alphanumeric() => {
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                let apart = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte != b'\'';
                single += usize::from(before.is_none_or(apart));
            }
            _ => {}
        }
        if double >= ENOUGH && double > 2 * single {
            return false;
        }
    }
    single >= FEWEST && double <= 2 * single
}

/// What a mark may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Open,
    Close,
    /// Behind a plural or a clipped word and before a blank: closes, or belongs to the word. What follows says which is likelier.
    Either {
        likely: bool,
    },
    Double,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    letter: char,
    sort: Sort,
}

/// The marks of a block that are no apostrophes, in order.
fn marks(text: &str) -> Vec<Mark> {
    let places = memchr3_iter(b'"', b'\'', 0xe2, text.as_bytes());
    places
        .filter_map(|at| {
            let letter = text.get(at..)?.chars().next()?;
            let before = text.get(..at)?.chars().next_back();
            let rest = text.get(at + letter.len_utf8()..)?;
            let sort = match letter {
                '"' | '“' | '”' | '„' => Sort::Double,
                '\'' if before == Some('\'') || rest.starts_with('\'') => Sort::Double,
                '‘' | '\'' if opens(before, rest) => Sort::Open,
                '\'' | '’' => closes(text.get(..at)?, rest)?,
                _ => return None,
            };
            Some(Mark { at, letter, sort })
        })
        .collect()
}

fn opens(before: Option<char>, rest: &str) -> bool {
    let apart = before.is_none_or(|letter| {
        letter.is_whitespace()
            || matches!(letter, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '"' | '„')
    });
    let to_word = rest.starts_with(|letter: char| {
        letter.is_alphanumeric() || matches!(letter, '…' | '.' | '[' | '(' | '“' | '"' | '£' | '$')
    });
    apart && to_word && !is_clipped(rest)
}

/// Whether a word that lost its first letters begins here: "’tis", "’em", "’90s", "’n’".
fn is_clipped(rest: &str) -> bool {
    let end = rest
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits == 2 && matches!(word.get(digits..), Some("" | "s"));
    year || matches!(
        word,
        "tis"
            | "Tis"
            | "twas"
            | "Twas"
            | "twere"
            | "twill"
            | "em"
            | "n"
            | "til"
            | "till"
            | "cause"
            | "cos"
            | "bout"
            | "round"
            | "neath"
            | "tween"
    )
}

/// What a mark behind `lead` and before `rest` closes, if it is no apostrophe.
fn closes(lead: &str, rest: &str) -> Option<Sort> {
    let before = lead
        .chars()
        .next_back()
        .filter(|letter| !letter.is_whitespace())?;
    let after = rest.chars().next();
    if after.is_some_and(char::is_alphanumeric) {
        return None;
    }
    // "rock ’n’ roll".
    if lead.ends_with("’n") || lead.ends_with("'n") {
        return None;
    }
    let blank = after.is_some_and(char::is_whitespace);
    let is_owner = matches!(before, 's' | 'S' | 'z' | 'x') || before.is_ascii_digit();
    let is_cut = lead.ends_with("in") || lead.ends_with(" o") || lead.ends_with(" th");
    if !blank || !(is_owner || is_cut) {
        return Some(Sort::Close);
    }
    let next = tokens(rest, whole(rest, 0, NEAR_BYTES)).next()?;
    let likely = matches!(
        part(rest, next, None),
        Part::Finite
            | Part::Pronoun
            | Part::Auxiliary
            | Part::Clause
            | Part::And
            | Part::Preposition
            | Part::Adverb
            | Part::Participle
            | Part::Capital
            | Part::Stop
            | Part::Comma
    );
    Some(Sort::Either { likely })
}

/// Where pairs open and close; the last may be left open for the paragraph that goes on with it.
fn pairs(marks: &[Mark], goes_on: impl Fn() -> bool) -> Vec<(usize, Option<usize>)> {
    let straight = |mark: &Mark| mark.letter == '\'';
    // Whether the next sure mark of its script closes, looked up from behind.
    let mut closes_next = vec![false; marks.len()];
    let mut has_either = vec![false; marks.len()];
    let (mut sure, mut either) = ([false; 2], [false; 2]);
    for (index, mark) in marks.iter().enumerate().rev() {
        let script = usize::from(straight(mark));
        if let (Some(closes), Some(more)) = (closes_next.get_mut(index), has_either.get_mut(index))
        {
            *closes = sure.get(script) == Some(&true);
            *more = either.get(script) == Some(&true);
        }
        let (Some(sure), Some(either)) = (sure.get_mut(script), either.get_mut(script)) else {
            continue;
        };
        match mark.sort {
            Sort::Open => (*sure, *either) = (false, false),
            Sort::Close => (*sure, *either) = (true, false),
            Sort::Either { .. } => *either = true,
            Sort::Double => {}
        }
    }
    let mut found = Vec::new();
    let mut open: Option<&Mark> = None;
    for (index, mark) in marks.iter().enumerate() {
        let same = open.is_some_and(|open| straight(open) == straight(mark));
        let at = |list: &[bool]| list.get(index) == Some(&true);
        let closed = match mark.sort {
            Sort::Open => {
                if same || open.is_none() {
                    open = Some(mark);
                }
                false
            }
            Sort::Close => same,
            // "‘It is the ministers’ fault,’ he said": a sure one comes.
            Sort::Either { likely } => same && !at(&closes_next) && (likely || !at(&has_either)),
            Sort::Double => false,
        };
        if closed && let Some(opened) = open.take() {
            found.push((opened.at, Some(mark.at)));
        }
    }
    if let Some(opened) = open.filter(|open| open.at == 0 && goes_on()) {
        found.push((opened.at, None));
    }
    found
}

/// Whether a reporting word stands beside a pair, in the same sentence.
fn is_reported(text: &str, (open, close): (usize, Option<usize>)) -> bool {
    let is_cue = |range: TextRange, from_behind: bool| {
        let mut after = None;
        let parts: Vec<Part> = tokens(text, range)
            .map(|token| {
                let found = part(text, token, after);
                after = Some(found);
                let colon = found == Part::Stop && token.range.of_text(text) == ":";
                if colon { Part::Comma } else { found }
            })
            .collect();
        let sentence = |parts: &mut dyn Iterator<Item = &Part>| {
            parts
                .take(NEAR_WORDS)
                .take_while(|part| **part != Part::Stop)
                .any(|part| *part == Part::Finite)
        };
        if from_behind {
            sentence(&mut parts.iter().rev())
        } else {
            sentence(&mut parts.iter())
        }
    };
    let before = whole(text, open.saturating_sub(NEAR_BYTES), open);
    let behind = close.map(|close| {
        let past = close
            + text
                .get(close..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        whole(text, past, past + NEAR_BYTES)
    });
    is_cue(before, true) || behind.is_some_and(|behind| is_cue(behind, false))
}

/// The double mark of as many bytes.
fn double(letter: char) -> Option<char> {
    match letter {
        '‘' => Some('“'),
        '’' => Some('”'),
        '\'' => Some('"'),
        _ => None,
    }
}

/// The single mark of as many bytes.
fn single(letter: char) -> Option<char> {
    match letter {
        '“' | '„' => Some('‘'),
        '”' => Some('’'),
        '"' => Some('\''),
        _ => None,
    }
}

/// `text` with other characters of the same length at some places, which are in order.
fn edited(text: &str, edits: &[(usize, char)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, letter) in edits {
        out.push_str(text.get(done..*at).unwrap_or_default());
        out.push(*letter);
        done = at + letter.len_utf8();
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The range from `start` to `end`, moved inwards to the next characters.
fn whole(text: &str, start: usize, end: usize) -> TextRange {
    let (mut start, mut end) = (start, end.min(text.len()));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    TextRange::of(start.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::quotes::marks::pieces;
    use crate::language::sample::document;

    /// What stands between marks, in the brackets of `text`.
    fn check(text: &str) {
        let bare = text.replace(['[', ']'], "");
        let given = document(&bare);
        let read = exchanged(&given);
        let mut shown = bare.clone();
        for piece in pieces(read.as_ref().unwrap_or(&given)).iter().rev() {
            shown.insert(piece.inner.end as usize, ']');
            shown.insert(piece.inner.start as usize, '[');
        }
        assert_eq!(shown, text);
    }

    #[test]
    fn single_marks_quote_where_an_article_uses_no_others() {
        check(
            "The mayor, Ann Bee, said: ‘[We must act now.]’ Cy Dee replied that it was ‘[too late for that]’.",
        );
        check("'[They've had a week,]' said Ann Bee. '[It's the town's own fault,]' Cy Dee said.");
    }

    #[test]
    fn apostrophes_owners_and_decades_are_no_marks() {
        check(
            "‘[I don’t believe it’s the ministers’ fault,]’ Bee said. ‘[It is ours,]’ she added.",
        );
        check(
            "'[It isn't the ministers' fault,]' Bee said. 'Tis late, he told 'em in the '90s. '[So be it,]' she added.",
        );
        check(
            "‘[We like the ’90s and rock ’n’ roll,]’ Bee said of the ministers’ party. ‘[Go home,]’ said the boys’ father.",
        );
        check(
            "Bee called it ‘[a deal for idiots]’ and Dee said it was ‘[a gift to the judges]’ of the town.",
        );
    }

    #[test]
    fn double_marks_inside_are_words_of_the_quotation() {
        check("‘[He told me “go home” and I went,]’ said Bee. ‘[So did I,]’ said Dee.");
    }

    #[test]
    fn a_paragraph_left_open_goes_on_behind_the_next_mark() {
        check(
            "Bee said: ‘[The law is clear.]’\n\n‘[Every ship needs two masts, Bee wrote.]\n\n‘[No ship may sail without them,]’ she said.",
        );
    }

    #[test]
    fn an_article_in_double_marks_stays_as_it_is() {
        check(
            "“[They told us: ‘Take it or leave it,’]” Bee said. The ‘plan’ is late, said Dee, and ‘thin’. “[We left it.]”",
        );
        check("\"[They said 'take it' to us,]\" Bee said, and the girls' father said 'no'.");
        check(
            "''They asked: 'Is it late?' and left,'' Bee said. Dee said: 'So it is.' ''It is,'' Bee said.",
        );
    }

    #[test]
    fn a_word_in_single_marks_here_and_there_makes_no_article_of_quotations() {
        check(
            "The so-called ‘sick-out’ began in the ’90s. The word ‘strike’ was on the workers’ lips, and the ‘boss’ fled.",
        );
        check("The town's 'old quay' is closed, Bee said.");
    }

    #[test]
    fn a_megabyte_of_single_marks_takes_no_time() {
        for piece in ["'", "‘a ", "‘a s’ b ", "'a,' said Bee. ", "s’ "] {
            let given = document(&piece.repeat(1_000_000 / piece.len()));
            if let Some(read) = exchanged(&given) {
                assert_eq!(read.text.len(), given.text.len());
            }
        }
    }
}
