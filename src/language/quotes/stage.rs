//! What stands in a transcript and nobody said: "(Laughter.)", "[Applause]", "END 2:20 P.M. EST", "Note: …".

use memchr::memchr2;

/// A stage direction is at most so many bytes long, between its brackets.
const LONGEST: usize = 90;
/// A paragraph in brackets is none of the speech up to this length.
const PARAGRAPH: usize = 240;
/// The last line of a transcript is at most so long.
const LAST_LINE: usize = 80;

/// Words in brackets behind which the speech goes on as before: they part it where they stand between sentences.
const HEARD: &str = "laughter laughs laughing applause applauds cheers cheering crosstalk pause silence boos booing chants chanting music gavel";

/// Labels in front of a colon that are nobody's name; they end what was said before.
const FIELDS: &str = "note notes warning caution summary abstract agenda time date dates place location venue duration participants present attendees \
     contact contacts source sources editor's editor’s subject re from to cc via tags photo video photos image caption for copyright update updated correction \
     clarification background embargo embargoed attention please disclaimer who what when where why how topic topics title running published posted related read \
     more see also url link transcript end";

/// Whether a paragraph stands in brackets as a whole.
pub(super) fn is_stage(paragraph: &str) -> bool {
    let text = paragraph.trim();
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .or_else(|| text.strip_prefix('[')?.strip_suffix(']'));
    inside.is_some_and(|inside| text.len() <= PARAGRAPH && !inside.contains(['(', ')', '[', ']']))
}

/// Whether a paragraph ends a transcript: "END 2:20 P.M. EST", "# # #", "-30-".
pub(super) fn is_end(paragraph: &str) -> bool {
    let bare = paragraph.trim_matches(|letter: char| !letter.is_alphanumeric());
    if paragraph.len() > LAST_LINE {
        return false;
    }
    let mut words = bare.split_whitespace();
    match words.next() {
        None => true,
        Some("30") => words.next().is_none(),
        Some("END" | "ENDS") => words.next().is_none_or(|word| {
            word.starts_with(|letter: char| letter.is_ascii_digit())
                || matches!(word, "OF" | "AT" | "TRANSCRIPT" | "TEXT")
        }),
        Some("End" | "end") => match words.next() {
            None => true,
            Some("of") => words.any(|word| word.to_lowercase().starts_with("transcript")),
            Some(word) => word.to_lowercase().starts_with("transcript"),
        },
        Some(_) => false,
    }
}

/// Whether the words before a colon are a field of the page and no name.
pub(super) fn is_field(label: &str) -> bool {
    let mut words = label.split_whitespace().map(str::to_lowercase);
    words
        .next()
        .is_some_and(|first| FIELDS.split_ascii_whitespace().any(|field| field == first))
}

/// The parts of `said` that are speech: where each begins and ends. A remark in brackets at the beginning is left out ("(Through an interpreter.)"), and sounds
/// behind a sentence or at the end.
pub(super) fn spoken(said: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(open) = said
        .get(at..)
        .and_then(|rest| memchr2(b'(', b'[', rest.as_bytes()))
    {
        let open = at + open;
        at = open + 1;
        let Some(past) = remark(said, open) else {
            continue;
        };
        let lead = said.get(start..open).unwrap_or_default().trim_end();
        let first = lead.is_empty();
        let ends = lead.ends_with(['.', '!', '?', '…', ':', '"', '”', '—', '–']);
        let inside = said.get(open + 1..past - 1).unwrap_or_default();
        if first || is_heard(inside) && ends {
            parts.push((start, open));
            start = past;
            at = past;
        }
    }
    parts.push((start, said.len()));
    let mut trimmed: Vec<(usize, usize)> = Vec::new();
    for (start, end) in parts {
        let part = said.get(start..end).unwrap_or_default();
        let begins = start + (part.len() - part.trim_start().len());
        let ends = start + part.trim_end().len();
        if part.contains(char::is_alphanumeric) {
            trimmed.push((begins, ends));
        }
    }
    trimmed
}

/// Where the brackets that open at `open` are closed, if that is near.
fn remark(said: &str, open: usize) -> Option<usize> {
    let rest = said.as_bytes().get(open..)?;
    let near = rest.get(..rest.len().min(LONGEST))?;
    let close = if rest.first() == Some(&b'(') {
        b')'
    } else {
        b']'
    };
    memchr::memchr(close, near).map(|at| open + at + 1)
}

fn is_heard(inside: &str) -> bool {
    let word: String = inside
        .chars()
        .take_while(|letter| letter.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    HEARD.split_ascii_whitespace().any(|heard| heard == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is speech, in the braces of `text`.
    fn check(text: &str) {
        let bare = text.replace(['{', '}'], "");
        let mut shown = bare.clone();
        for (start, end) in spoken(&bare).into_iter().rev() {
            shown.insert(end, '}');
            shown.insert(start, '{');
        }
        assert_eq!(shown, text);
    }

    #[test]
    fn sounds_and_remarks_are_no_words_of_the_speaker() {
        check("{Thank you.} (Applause.)");
        check("{Hello, everybody.}  (Laughter.)  {We begin.}");
        check("(Through an interpreter.) {We agree.}");
        check("(Inaudible.)");
        check("{We (all of us) agree with [the other side] on this.}");
        check("{The pier (laughs) is late.}");
    }

    #[test]
    fn a_transcript_ends_in_some_ways() {
        for last in [
            "END 2:20 P.M. EST",
            "END",
            "# # #",
            "-30-",
            "[End of transcript]",
            "(End transcript.)",
        ] {
            assert!(is_end(last), "{last}");
        }
        for words in [
            "END the war now, they wrote on the wall.",
            "End it.",
            "30 days.",
            "Ends and means.",
        ] {
            assert!(!is_end(words), "{words}");
        }
    }
}
