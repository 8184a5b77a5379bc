//! Speech that a transcript gives to whoever is named in front of it: `MR. MILLER: Thank you all.`
//!
//! In: a document with its names. Out: [`Turn`]s; the span is what was said, up to the next label or heading. Quotations inside a turn are found apart. Which labels
//! count is told in `evidence`. Stage directions, fields like
//! "Note: …" and the last line are nobody's words; where one parts what somebody says, there are two turns.

use serde::{Deserialize, Serialize};

use super::Speaker;
use super::evidence::{Evidence, Kept};
use super::labels::{Label, Shape, key, label};
use super::stage::{is_end, is_field, is_stage, spoken};
use super::who::Who;
use crate::document::{BlockKind, Document};
use crate::language::entities::Mention;
use crate::text::{Layer, TextRange};

/// What one speaker of a transcript said in one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The label, and whom it names.
    pub speaker: Speaker,
}

/// A label where it stands.
pub(super) struct Placed {
    pub(super) block: usize,
    pub(super) at: u32,
    pub(super) name: TextRange,
    pub(super) said: u32,
    pub(super) label: Label,
    pub(super) key: String,
    /// Whether a quotation mark opens what is said: the marks say what it is.
    pub(super) quoted: bool,
    pub(super) field: bool,
}

/// The turns of a transcript in order; they never overlap. Other documents have none.
pub fn turns(document: &Document, mentions: &Layer<Mention>) -> Layer<Turn> {
    let all = placed(document);
    let kept = Evidence::of(document, mentions, &all).kept(&all);
    if !kept.contains(&Kept::Speaker) {
        return Layer::default();
    }
    let who = Who::new(document, mentions, None, &[]);
    let mut writer = Writer {
        text: &document.text,
        who,
        open: None,
        found: Vec::new(),
    };
    let mut next = all
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept != Kept::Not)
        .peekable();
    for (index, block) in document.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading { .. } | BlockKind::Rule => {
                writer.close();
                continue;
            }
            BlockKind::Paragraph
            | BlockKind::Continuation
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::TableRow { .. }
            | BlockKind::Code => {}
        }
        let text = document.block_text(block);
        if is_end(text) {
            writer.close();
            continue;
        }
        if is_stage(text) {
            writer.part();
            continue;
        }
        let mut from = block.range.start;
        while let Some((placed, kept)) = next.next_if(|(placed, _)| placed.block == index) {
            writer.say(from, placed.at);
            writer.close();
            from = placed.said;
            if *kept == Kept::Speaker {
                writer.open = Some((placed.name, None));
            }
        }
        writer.say(from, block.range.end);
    }
    writer.close();
    writer.found.into_iter().collect()
}

/// Gathers what is said behind each label.
struct Writer<'a> {
    text: &'a str,
    who: Who<'a>,
    /// The label whose words are gathered, and what it said so far.
    open: Option<(TextRange, Option<TextRange>)>,
    found: Vec<(TextRange, Turn)>,
}

impl Writer<'_> {
    fn say(&mut self, start: u32, end: u32) {
        if let Some((_, said)) = self.open.as_mut().filter(|_| start < end) {
            let range = TextRange::new(start, end);
            *said = Some(said.map_or(range, |said| said.union(range)));
        }
    }

    /// What follows is another turn of the same speaker.
    fn part(&mut self) {
        let Some((name, Some(said))) = self.open.as_mut().map(|(name, said)| (*name, said.take()))
        else {
            return;
        };
        let speaker = self.who.named(name);
        for (start, end) in spoken(said.of_text(self.text)) {
            let range = TextRange::of(start, end).shifted(said.start);
            let turn = Turn {
                speaker: speaker.clone(),
            };
            self.found.push((range, turn));
        }
    }

    fn close(&mut self) {
        self.part();
        self.open = None;
    }
}

/// Everything that looks like a label: at the beginning of a paragraph, and of a line behind the end of a sentence.
fn placed(document: &Document) -> Vec<Placed> {
    let mut all = Vec::new();
    for (block, place) in document.blocks.iter().enumerate() {
        let is_title = |title: TextRange| title.overlaps(place.range);
        if place.kind != BlockKind::Paragraph || document.meta.title_at.is_some_and(is_title) {
            continue;
        }
        let text = document.block_text(place);
        let mut at = 0;
        let mut before = "";
        for line in text.split_inclusive('\n') {
            let own = line.trim_start();
            let start = at + (line.len() - own.len());
            let opens = at == 0
                || before.ends_with(['.', '!', '?', '…', ':', ')', ']', '"', '”', '—', '-']);
            before = line.trim_end();
            at += line.len();
            if !opens {
                continue;
            }
            let Some(label) = text.get(start..).and_then(label) else {
                continue;
            };
            let base = place.range.start;
            let range =
                |from: usize, to: usize| TextRange::of(start + from, start + to).shifted(base);
            let name = range(label.name.start, label.name.end);
            let spelled = name.of_text(&document.text);
            let said = text.get(start + label.said..).unwrap_or_default();
            let first_line = said.split('\n').next().unwrap_or_default();
            if !said.is_empty() && !first_line.contains(char::is_alphabetic) {
                // "Ann Bee: 1,769." is a result.
                continue;
            }
            all.push(Placed {
                block,
                at: range(0, 0).start,
                name,
                said: range(label.said, label.said).start,
                key: key(spelled, label.shape),
                quoted: said.starts_with(['"', '“', '‘', '«', '„']),
                field: label.shape != Shape::Question && is_field(spelled),
                label,
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::entities::mentions;
    use crate::language::sample::document;
    use crate::language::sentence::sentences;

    /// One line a turn: the label and what is said.
    fn check(text: &str, expected: &[&str]) {
        let document = document(text);
        let sentences = sentences(&document);
        let found = turns(&document, &mentions(&document, &sentences));
        let lines: Vec<String> = found
            .iter()
            .map(|(range, turn)| {
                let label = turn.speaker.range.of_text(text);
                format!("{label}: {}", range.of_text(text).replace("\n\n", " / "))
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn labels_may_have_small_letters() {
        check(
            "Hearing on the old pier\n\nChairman Smith: The committee will come to order.\n\nSenator Warren: Thank you.\n\nIt was long.\n\nRep. Bell-Ortiz: I yield.\n\n\
             John Kirby: Yes.\n\nPresident von der Berg:\n\nLadies and gentlemen.",
            &[
                "Chairman Smith: The committee will come to order.",
                "Senator Warren: Thank you. / It was long.",
                "Rep. Bell-Ortiz: I yield.",
                "John Kirby: Yes.",
                "President von der Berg: Ladies and gentlemen.",
            ],
        );
    }

    #[test]
    fn an_interview_names_those_who_talk() {
        check(
            "**Jane Ford:** How are you?\n\n**Peter Lang:** Fine.\n\n**Q:** And then?\n\n**Lang:** We left.",
            &[
                "Jane Ford: How are you?",
                "Peter Lang: Fine.",
                "Q: And then?",
                "Lang: We left.",
            ],
        );
        check(
            "Interviewer: How are you?\nPeter Lang: Fine.\nInterviewer: And then?\nPeter Lang: We left.",
            &[
                "Interviewer: How are you?",
                "Peter Lang: Fine.",
                "Interviewer: And then?",
                "Peter Lang: We left.",
            ],
        );
    }

    #[test]
    fn labels_may_end_in_a_stop() {
        check(
            "CHAIR FORD. Good morning. We met.\n\nMICHELLE SMITH. Nick.\n\nNICK LANG. How long is long?\n\nCHAIR FORD. You will know.\n\nThat is all.",
            &[
                "CHAIR FORD: Good morning. We met.",
                "MICHELLE SMITH: Nick.",
                "NICK LANG: How long is long?",
                "CHAIR FORD: You will know. / That is all.",
            ],
        );
        check(
            "Mr. SMITH. I yield to Mr. Lang.\n\nMr. Smith left.\n\nMs. LANG of Ohio. Thank you.\n\nMr. SMITH. It is late.\n\nThe CHAIRMAN. So ordered.",
            &[
                "Mr. SMITH: I yield to Mr. Lang. / Mr. Smith left.",
                "Ms. LANG of Ohio: Thank you.",
                "Mr. SMITH: It is late.",
                "The CHAIRMAN: So ordered.",
            ],
        );
    }

    #[test]
    fn stage_directions_fields_and_the_end_are_nobodys_words() {
        check(
            "MS. LANG: Good morning.  (Laughter.)\n\nQ    (Inaudible.)\n\nMS. LANG: We go.\n\n[Applause]\n\nAnd we stay.\n\nNote: this text is not official.\n\nIt is short.\n\n\
             MR. FORD: No.\n\nEND 2:20 P.M. EST\n\nContact us.",
            &[
                "MS. LANG: Good morning.",
                "MS. LANG: We go.",
                "MS. LANG: And we stay.",
                "MR. FORD: No.",
            ],
        );
    }

    #[test]
    fn small_labels_among_capitals_begin_turns_too() {
        check(
            "PRESIDENT FORD: Welcome.\n\nMR. LANG: Thanks.\n\nTHE PRESS: Thank you!\n\nFord: No.\n\nPrime Minister Lang: We are glad.",
            &[
                "PRESIDENT FORD: Welcome.",
                "MR. LANG: Thanks.",
                "THE PRESS: Thank you!",
                "Ford: No.",
                "Prime Minister Lang: We are glad.",
            ],
        );
    }

    #[test]
    fn notes_headings_and_places_before_a_colon_make_no_transcript() {
        check(
            "Note: the pier is closed.\n\nSummary: it will open.\n\nNote: bring a coat.\n\nSummary: none.",
            &[],
        );
        check(
            "Moscow: the city of snow.\n\nParis: the city of light.\n\nMoscow: again.\n\nParis: again.",
            &[],
        );
        check(
            "Lead Agency: the port.\n\nNext Steps: a plan.\n\nLead Agency: the town.\n\nNext Steps: a pier.",
            &[],
        );
        check(
            "WHAT: A meeting.\n\nWHEN: Monday.\n\nWHERE: The pier.\n\nCONTACT: The port.",
            &[],
        );
        check(
            "He met Mr. Smith.\n\nMr. Smith. That was the name.\n\nAnn Ford: “This is the end.”\n\nPeter Lang: “Or not.”\n\nAnn Ford: “It is.”",
            &[],
        );
        check(
            "President: Ann Ford\n\nSecretary: Peter Lang\n\nDirector: Jane Bell",
            &[],
        );
        check(
            "BACKGROUND. It was late.\n\nSUMMARY. It is late.\n\nAIMS. To be early.",
            &[],
        );
    }

    #[test]
    fn a_megabyte_of_labels_takes_no_time() {
        for piece in [
            "Ann Bee: No.\n\n",
            "MR. BEE: (No.) [",
            "Mr. BEE. No.\n",
            "Q ",
            "A: (",
            "(",
            "Ann ",
            "END\n\n",
        ] {
            let text = piece.repeat(1_000_000 / piece.len());
            let found = turns(&document(&text), &Layer::default());
            assert!(found.len() < 500_000);
        }
    }
}
