//! Speech behind dashes: a paragraph opens with one, and who speaks is put in without marks.
//!
//! In English and French commas set off the reporting words ("— We stay, said Bee, and you go."), in Spanish and Russian further dashes ("—Sí —dijo Ana—."). In:
//! a document. Out: the stretches that are said, reporting words left out. An English text needs evidence, since its lists may open with dashes as well: reporting
//! words in a third of these paragraphs, and somebody who says "I" or "you" or asks.

use super::Style;
use super::clauses::{report, reports};
use super::marks::Piece;
use crate::document::{Block, BlockKind, Document};
use crate::text::TextRange;

/// Paragraphs with dashes looked at to tell the habit of a document.
const SAMPLE: usize = 200;
pub(super) const DASHES: [&str; 4] = ["—", "–", "―", "--"];

/// How a document sets off who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Between commas.
    Commas,
    /// Between further dashes.
    Dashes,
}

/// The habit of a document in which two paragraphs and more are speech behind dashes.
pub(super) fn habit(document: &Document) -> Option<Habit> {
    let (mut n_all, mut n_reported, mut n_inserted, mut n_abroad, mut n_lively) = (0, 0, 0, 0, 0);
    let opening = document
        .blocks
        .iter()
        .filter_map(|block| Some((document.block_text(block), opens(document, block)?)));
    for (text, from) in opening.take(SAMPLE) {
        n_all += 1;
        let found = reports(text, from);
        n_reported += usize::from(!found.is_empty());
        n_inserted += usize::from(has_inserted(text, from));
        n_abroad += usize::from(found.iter().any(|report| report.abroad));
        n_lively += usize::from(is_lively(text));
    }
    if n_all < 2 {
        return None;
    }
    let english = n_reported * 3 >= n_all && n_lively > 0;
    match document.meta.language.as_deref() {
        Some("en") | None if english && n_reported > n_inserted => Some(Habit::Commas),
        Some("en") | None => (n_inserted > 0).then_some(Habit::Dashes),
        Some(_) if n_abroad > n_inserted => Some(Habit::Commas),
        Some(_) => Some(Habit::Dashes),
    }
}

/// Where speech begins in a paragraph that opens with a dash and ends like a sentence; in a text taken as given the dash of an item stands before its block.
fn opens(document: &Document, block: &Block) -> Option<usize> {
    let text = document.block_text(block);
    let lead = match block.kind {
        BlockKind::Paragraph => {
            let dash = DASHES.iter().find(|dash| text.starts_with(**dash))?;
            dash.len()
        }
        BlockKind::Item { number: None } => {
            let before = document.text.get(..block.range.start as usize)?.trim_end();
            before.ends_with(['—', '–', '―']).then_some(0)?
        }
        _ => return None,
    };
    is_sentence(text.get(lead..)?).then(|| lead + blanks(text.get(lead..).unwrap_or_default()))
}

fn is_sentence(said: &str) -> bool {
    let opens = said.trim_start().starts_with(|letter: char| {
        letter.is_uppercase() || matches!(letter, '¿' | '¡' | '…' | '«')
    });
    opens && said.trim_end().ends_with(['.', '!', '?', '…'])
}

pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Whether somebody speaks of themselves or to another, or asks.
fn is_lively(text: &str) -> bool {
    text.contains(['?', '!'])
        || text
            .split(|letter: char| !letter.is_alphabetic())
            .any(|word| {
                matches!(
                    word,
                    "I" | "we"
                        | "We"
                        | "you"
                        | "You"
                        | "my"
                        | "My"
                        | "our"
                        | "Our"
                        | "your"
                        | "me"
                        | "us"
                )
            })
}

/// Whether a reporting clause stands between further dashes: "—dijo Ana—".
fn has_inserted(text: &str, from: usize) -> bool {
    inner_dashes(text, from).any(|(_, past)| {
        let rest = text.get(past..).unwrap_or_default();
        report(text, past + blanks(rest)).is_some()
    })
}

/// The dashes behind `from` with white space before them: where each begins and ends.
fn inner_dashes(text: &str, from: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices().filter_map(move |(at, letter)| {
        let at = from + at;
        let past = match letter {
            '—' | '–' | '―' => at + letter.len_utf8(),
            '-' if text.get(at..)?.starts_with("--") => at + 2,
            _ => return None,
        };
        text.get(..at)?
            .ends_with(char::is_whitespace)
            .then_some((at, past))
    })
}

/// Adds what is said in a block, if it is speech behind a dash; tells whether it is.
pub(super) fn speech(
    document: &Document,
    habit: Habit,
    number: usize,
    block: &Block,
    found: &mut Vec<Piece>,
) -> bool {
    let text = document.block_text(block);
    let Some(from) = opens(document, block).or_else(|| reported_item(habit, block, text)) else {
        return false;
    };
    let said = match habit {
        Habit::Commas => between_commas(text, from),
        Habit::Dashes => between_dashes(text, from),
    };
    for (start, end) in said {
        let inner = text.get(start..end).unwrap_or_default();
        let opening = inner.trim_start_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '.' | ',' | ';' | '—' | '–' | '―')
        });
        let start = start + (inner.len() - opening.len());
        let kept = opening.trim_end_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '—' | '–' | '―')
        });
        if kept.contains(char::is_alphanumeric) {
            found.push(Piece {
                inner: TextRange::of(start, start + kept.len()).shifted(block.range.start),
                block: number,
                style: Style::Dash,
                open_ended: false,
                continues: false,
            });
        }
    }
    true
}

/// Among paragraphs of speech an item whose dash was read as a bullet is speech if it says who speaks.
fn reported_item(habit: Habit, block: &Block, text: &str) -> Option<usize> {
    let item = matches!(block.kind, BlockKind::Item { number: None }) && habit == Habit::Commas;
    (item && is_sentence(text) && !reports(text, 0).is_empty()).then_some(0)
}

/// Where a further line of a block opens with a dash behind the end of a sentence: somebody else speaks.
fn is_new_line(text: &str, dash: usize) -> bool {
    let lead = text.get(..dash).unwrap_or_default();
    let before = lead.trim_end();
    lead.get(before.len()..)
        .is_some_and(|gap| gap.contains('\n'))
        && before.ends_with(['.', '!', '?', '…'])
}

/// What is said where commas set off the reporting words.
fn between_commas(text: &str, from: usize) -> Vec<(usize, usize)> {
    let mut said = Vec::new();
    let mut start = from;
    let mut found = reports(text, from).into_iter().peekable();
    let mut dashes = inner_dashes(text, from).peekable();
    loop {
        // The next thing that ends what is said: a report, or a line of another speaker.
        let report = found.peek().copied();
        let before = report.map_or(text.len(), |report| report.start);
        while dashes.next_if(|(at, _)| *at < start).is_some() {}
        if let Some((at, past)) = dashes.next_if(|(at, _)| *at < before) {
            if is_new_line(text, at) {
                said.push((start, at));
                start = past;
            }
            continue;
        }
        let Some(report) = report else {
            break;
        };
        found.next();
        if report.start < start {
            continue;
        }
        said.push((start, report.start));
        start = report.end;
        if !report.goes_on {
            // What follows a whole sentence is told, until the next dash.
            while dashes.next_if(|(at, _)| *at < report.end).is_some() {}
            let Some((_, past)) = dashes.next() else {
                return said;
            };
            start = past;
        }
    }
    said.push((start, text.len()));
    said
}

/// What is said where further dashes set off the reporting words.
fn between_dashes(text: &str, from: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = from;
    let mut said = true;
    for (at, dash) in text.match_indices(['—', '–', '―']) {
        let spaced = text
            .get(..at)
            .is_some_and(|lead| lead.ends_with(char::is_whitespace));
        if at < from || (said && !spaced) {
            continue;
        }
        if is_new_line(text, at) {
            found.extend(said.then_some((start, at)));
            start = at + dash.len();
            said = true;
            continue;
        }
        if said {
            found.push((start, at));
        } else {
            start = at + dash.len();
        }
        said = !said;
    }
    found.extend(said.then_some((start, text.len())));
    found
}

#[cfg(test)]
mod tests {
    use crate::language::quotes::Style;
    use crate::language::quotes::marks::pieces;
    use crate::language::sample::document;

    /// What is said, in the brackets of `text`.
    fn check(text: &str) {
        let bare = text.replace(['[', ']'], "");
        let mut shown = bare.clone();
        for piece in pieces(&document(&bare)).iter().rev() {
            assert_eq!(piece.style, Style::Dash);
            shown.insert(piece.inner.end as usize, ']');
            shown.insert(piece.inner.start as usize, '[');
        }
        assert_eq!(shown, text);
    }

    #[test]
    fn english_speech_behind_dashes_ends_where_the_report_begins() {
        check(
            "— [We shall keep the bridge,] said Ann Bee.\n\n— [You will lose it,] Cy Dee replied, [and you know it.]\n\n— [So be it then,] she said.",
        );
        check(
            "-- [Who is there?] asked the guard.\n\n― [A friend,] answered Bee. — [Let me in.]\n\n– [It is late,] the guard told her.",
        );
    }

    #[test]
    fn who_somebody_is_belongs_to_the_report() {
        check(
            "— [We sail at noon,] said Ann Bee, the captain.\n\n— [I shall not,] said Cy Dee, a cook, [and you cannot make me.]",
        );
    }

    #[test]
    fn a_dash_within_speech_is_no_end_of_it() {
        check(
            "— [We met — you and I — in the harbour,] said Bee.\n\n— [I know,] Dee said. He left.",
        );
    }

    #[test]
    fn lists_asides_and_datelines_are_no_speech() {
        check(
            "— Strengthen the rule of law.\n\n— Reaffirm the aims of the treaty, as the council said.\n\n— Meet again in May.",
        );
        check("- We go.\n\n- You stay, said Bee.");
        check(
            "LODVA — The board met, said Bee.\n\nThe plan — ours, not yours — is late, said Dee.",
        );
        check("— One line alone, said Bee.");
    }

    #[test]
    fn further_dashes_set_off_the_report_in_other_languages() {
        check("—[No lo creo] —dijo Ana—, [y usted tampoco.]\n\n—[Nunca.]");
        check(
            "— [Je ne sais pas,] dit Ana.\n\n— [Moi non plus,] répondit Luc, [et vous le savez.]\n\n— [Pourquoi ?] demanda Ana. Il partit.",
        );
    }

    #[test]
    fn speech_behind_a_bar_ends_with_its_paragraph() {
        check("―[We stay,] said Bee.\n\n―[You go,] said Dee.\n\nThe boat left at noon.");
    }

    #[test]
    fn lines_of_one_paragraph_are_different_speakers() {
        check(
            "— [I do not believe it,] said Bee.\n— [Nobody asked you,] Dee answered.\n\n— [We know.]",
        );
    }

    #[test]
    fn a_megabyte_of_dashes_takes_no_time() {
        for piece in ["— ", "— A, said Bee. ", "— A?\n\n", "-- A, said B, ", "—"] {
            let found = pieces(&document(&piece.repeat(1_000_000 / piece.len())));
            assert!(found.len() < 1_000_000);
        }
    }
}
