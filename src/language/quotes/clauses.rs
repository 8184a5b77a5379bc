//! Reporting clauses without marks around them: "said Ann Bee", "the guard replied", "dijo Ana".
//!
//! In: a paragraph of speech. Out: where somebody is said to speak in it, with what stands in apposition. A clause ends at the next comma, stop or dash; one with an object
//! or a verb of its own is no report but speech.

use super::dashes::{DASHES, blanks};
use super::words::{Part, part};
use crate::language::token::{TokenKind, tokens};
use crate::text::TextRange;

/// Bytes and words a reporting clause has at most.
const CLAUSE_BYTES: usize = 160;
const CLAUSE_WORDS: usize = 14;

/// Verbs of reporting clauses between commas.
const TOLD: &str = "said says asked asks answered answers replied replies added adds cried shouted whispered exclaimed insisted insists continued continues \
     muttered murmured repeated agreed explained explains declared warned warns admitted told tells remarked noted laughed responded retorted concluded recalled \
     interjected countered announced";
/// Those of them with somebody spoken to behind them.
const TO_SOMEBODY: &str = "told tells asked asks answered answers warned warns";
/// The same of languages that set speech behind dashes; they stand before the speaker.
const TOLD_ABROAD: &str = "dijo dice respondió responde contestó preguntó pregunta añadió explicó exclamó afirmó insistió aseguró dit répond répondit répondu demanda demande \
     ajouta ajoute expliqua explique affirme affirma lance disse risponde rispose chiese chiede aggiunse aggiunge respondeu perguntou afirmou explicou sier sa \
     spurte svarte säger frågade svarade sagte fragte antwortete";

/// A reporting clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Report {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether what is said may go on behind it: a comma or dash ends it, no stop.
    pub(super) goes_on: bool,
    pub(super) abroad: bool,
}

/// The reporting clauses behind commas, question and exclamation marks and dashes, in order; each with what belongs to it behind.
pub(super) fn reports(text: &str, from: usize) -> Vec<Report> {
    let mut found: Vec<Report> = Vec::new();
    let rest = text.get(from..).unwrap_or_default();
    let mut done = from;
    for (at, mark) in rest.match_indices([',', '?', '!', '…', '—', '–', '―', '-']) {
        let past = from + at + mark.len();
        let behind = text.get(past..).unwrap_or_default();
        let dash = !matches!(mark, "," | "?" | "!" | "…");
        let fits = if dash {
            is_dash_at(text, past)
        } else {
            behind.starts_with(char::is_whitespace)
        };
        if past < done || !fits {
            continue;
        }
        let start = past + blanks(behind);
        // Behind a whole sentence a clause in capitals is a sentence of its own.
        let small = || {
            text.get(start..)
                .is_some_and(|rest| rest.starts_with(char::is_lowercase))
        };
        if mark != "," && !dash && !small() && !names(text, start) {
            continue;
        }
        if let Some(report) = report(text, start) {
            let report = with_apposition(text, report);
            done = report.end;
            found.push(report);
        }
    }
    found
}

/// Whether a dash with white space before it ends at `past`: one, or the second of two hyphens.
fn is_dash_at(text: &str, past: usize) -> bool {
    let lead = text.get(..past).unwrap_or_default();
    DASHES
        .iter()
        .find_map(|dash| lead.strip_suffix(dash))
        .is_some_and(|lead| lead.ends_with(char::is_whitespace))
}

/// Whether a name begins here, and no article or pronoun in capitals.
fn names(text: &str, at: usize) -> bool {
    let first = tokens(text, TextRange::of(at, text.len())).next();
    first.is_some_and(|token| part(text, token, None) == Part::Capital)
}

/// The words up to the next mark: what each does, how it is spelled, where the last ends, and the mark.
struct Clause<'a> {
    words: Vec<(Part, &'a str)>,
    end: usize,
    mark: &'a str,
}

fn clause(text: &str, start: usize) -> Option<Clause<'_>> {
    let mut to = text.len().min(start + CLAUSE_BYTES);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let mut words = Vec::new();
    let mut after = None;
    let mut end = start;
    for token in tokens(text, TextRange::of(start, to)) {
        let spelled = token.range.of_text(text);
        if token.kind == TokenKind::Mark && !matches!(spelled, "-" | "'" | "’" | "&") {
            return Some(Clause {
                words,
                end,
                mark: spelled,
            });
        }
        let found = part(text, token, after);
        after = Some(found);
        words.push((found, spelled));
        end = token.range.end as usize;
        if words.len() > CLAUSE_WORDS {
            return None;
        }
    }
    (to == text.len()).then_some(Clause {
        words,
        end,
        mark: "",
    })
}

fn is_of(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// The reporting clause that begins at `start`: "said Ann Bee", "the guard replied", "dijo Ana".
pub(super) fn report(text: &str, start: usize) -> Option<Report> {
    let clause = clause(text, start)?;
    let words = &clause.words;
    let (_, first) = words.first()?;
    let verb = first.split('-').next().unwrap_or_default();
    let abroad = is_of(TOLD_ABROAD, verb);
    let found = if abroad {
        words.len() <= 6
    } else if is_of(TOLD, first) {
        is_subject(words.get(1..)?)
    } else {
        let at = words.iter().position(|(_, word)| is_of(TOLD, word))?;
        let (_, verb) = words.get(at)?;
        is_speaker(words.get(..at)?) && is_trailer(words.get(at + 1..)?, is_of(TO_SOMEBODY, verb))
    };
    let goes_on = match clause.mark {
        "," | ";" | "(" => true,
        "." | "!" | "?" | "…" | "..." | "" => false,
        dash if DASHES.contains(&dash) => true,
        _ => return None,
    };
    found.then_some(Report {
        start,
        end: clause.end,
        goes_on,
        abroad,
    })
}

/// What stands behind the verb where it comes first: a name, "the guard at the gate", "she".
fn is_subject(words: &[(Part, &str)]) -> bool {
    let opens = words.first().is_some_and(|(part, word)| {
        matches!(
            part,
            Part::Capital | Part::Article | Part::Owner | Part::Actor
        ) || matches!(*word, "he" | "she" | "they")
    });
    opens && is_trailer(words.get(1..).unwrap_or_default(), true)
}

/// A speaker before the verb: a pronoun alone, or a phrase with a name or an article.
fn is_speaker(words: &[(Part, &str)]) -> bool {
    let adverbs = words
        .iter()
        .rev()
        .take_while(|(part, _)| *part == Part::Adverb)
        .count();
    let words = words.get(..words.len() - adverbs).unwrap_or_default();
    match words {
        [(Part::Pronoun, word)] => matches!(*word, "he" | "she" | "they"),
        [(first, _), ..] => {
            let named = words.iter().any(|(part, _)| *part == Part::Capital);
            (named || matches!(first, Part::Article | Part::Owner))
                && words.len() <= 8
                && words
                    .iter()
                    .all(|(part, word)| part.in_phrase() || matches!(*word, "of" | "for" | "from"))
        }
        [] => false,
    }
}

/// What may stand behind verb and speaker: how, to whom, where; nothing with a verb of its own, and no object of the verb unless a phrase is `open`.
fn is_trailer(words: &[(Part, &str)], open: bool) -> bool {
    let mut open = open;
    words
        .iter()
        .enumerate()
        .all(|(at, (part, word))| match part {
            Part::Preposition => {
                open = true;
                let next = words.get(at + 1).map(|(part, _)| *part);
                // "to leave" is what somebody is asked to do.
                *word != "to"
                    || matches!(
                        next,
                        Some(
                            Part::Article
                                | Part::Capital
                                | Part::Owner
                                | Part::Object
                                | Part::Actor
                        )
                    )
            }
            Part::Adverb | Part::Actor | Part::Object => true,
            Part::Article
            | Part::Owner
            | Part::Small
            | Part::Number
            | Part::Capital
            | Part::Possessive
            | Part::And => open,
            _ => false,
        })
}

/// "said Ann Bee, the mayor,": with what stands in apposition behind the comma.
fn with_apposition(text: &str, report: Report) -> Report {
    let mut report = report;
    for _ in 0..3 {
        let Some(rest) = text
            .get(report.end..)
            .and_then(|rest| rest.strip_prefix(','))
        else {
            break;
        };
        let start = report.end + 1 + blanks(rest);
        let Some(next) = clause(text, start) else {
            break;
        };
        let Some((first, word)) = next.words.first() else {
            break;
        };
        let relative = matches!(*word, "who" | "whose");
        let lowers = matches!(
            first,
            Part::Article | Part::Owner | Part::Number | Part::Gerund | Part::Participle
        ) || word.ends_with("ing");
        let has_verb = next
            .words
            .iter()
            .any(|(part, _)| matches!(part, Part::Finite | Part::Verb | Part::Auxiliary));
        if !relative && (!lowers || has_verb) {
            break;
        }
        report.end = next.end;
        report.goes_on = next.mark == ",";
    }
    report
}
