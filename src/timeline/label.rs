//! What a row says: the sentence around its date, on one line.

use crate::text::TextRange;

/// Labels are cut to about this many characters.
const LABEL: usize = 100;

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the sentence tells: without the label of who speaks, and of a table row the cells after that of the date.
fn told(whole: &str, sentence: TextRange, timex: TextRange) -> (&str, TextRange) {
    let before = (timex.start - sentence.start.min(timex.start)) as usize;
    let speaker = whole
        .split_once(": ")
        .filter(|(label, _)| label.len() <= LONGEST_SPEAKER && !label.is_empty())
        .filter(|(label, _)| {
            label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase)
        })
        .map_or(0, |(label, _)| label.len() + 2);
    let date_cell = whole
        .split_once('│')
        .filter(|(first, rest)| {
            before == 0 && first.trim().len() == timex.len() as usize && !rest.trim().is_empty()
        })
        .map_or(0, |(first, rest)| {
            first.len() + '│'.len_utf8() + (rest.len() - rest.trim_start().len())
        });
    let skipped = if speaker <= before {
        speaker.max(date_cell)
    } else {
        date_cell
    };
    let start = TextRange::new(sentence.start + skipped as u32, sentence.end);
    (whole.get(skipped..).unwrap_or(whole), start)
}

/// A label before a colon longer than this names no speaker.
const LONGEST_SPEAKER: usize = 40;

/// The sentence on one line, cut to about a hundred characters that hold its date.
pub(super) fn label(text: &str, sentence: TextRange, timex: TextRange) -> String {
    let whole = sentence.of_text(text);
    let (whole, sentence) = told(whole, sentence, timex);
    // A sentence may be a whole page; only what lies around the date is looked at.
    if whole.len() <= LABEL * 2 {
        let line = one_line(whole);
        if line.chars().count() <= LABEL {
            return line;
        }
    }
    let before = TextRange::new(sentence.start, timex.start.max(sentence.start)).of_text(text);
    let far = before.chars().count() > LABEL * 2 / 3;
    let rest = TextRange::new(timex.start.max(sentence.start), sentence.end).of_text(text);
    let n_after = rest.chars().take(LABEL / 2).count();
    let start = if far {
        clause_start(before, LABEL - 2 - n_after)
    } else {
        0
    };
    let tail = TextRange::new(sentence.start + start as u32, sentence.end).of_text(text);
    let mut label = String::new();
    if start > 0 {
        label.push('…');
    }
    let mut n_chars = label.chars().count();
    for word in tail.split_whitespace() {
        let length = word.chars().count() + 1;
        if n_chars + length > LABEL {
            // A word longer than the label is cut.
            if n_chars <= 1 {
                label.extend(word.chars().take(LABEL - 1));
            }
            label = label.trim_end_matches([',', ';', ' ', '–', '-']).to_owned();
            label.push('…');
            return label;
        }
        if n_chars > 1 {
            label.push(' ');
        }
        label.push_str(word);
        n_chars += length;
    }
    label
}

/// Where the clause before the date begins, no more than so many characters back.
fn clause_start(before: &str, n_back: usize) -> usize {
    let reach = before
        .char_indices()
        .rev()
        .nth(n_back)
        .map_or(0, |(at, _)| at);
    let near = before.get(reach..).unwrap_or_default();
    let clause = near.find(", ").or_else(|| near.find("; ")).map(|at| at + 2);
    let word = near.find(char::is_whitespace).map(|at| at + 1);
    reach + clause.or(word).unwrap_or(0)
}
