use super::*;
use crate::language::entities::mentions;
use crate::language::sample::document;
use crate::language::sentence::sentences;
use proptest::prelude::*;

mod reports;

fn found(text: &str) -> (Document, Layer<Quote>) {
    let document = document(text);
    let sentences = sentences(&document);
    let mentions = mentions(&document, &sentences);
    let layer = quotes(&document, &sentences, &mentions);
    (document, layer)
}

/// One line a quotation: group, words, speaker, entity, cue.
fn check(text: &str, expected: &[&str]) {
    let (document, layer) = found(text);
    let lines: Vec<String> = layer
        .iter()
        .map(|(range, quote)| {
            let speaker = quote.speaker.as_ref();
            let cue = quote.cue.map_or("", |cue| cue.of_text(text));
            let entity = speaker
                .and_then(|speaker| speaker.entity.as_ref())
                .map_or("", EntityId::as_str);
            let name = speaker.map_or("", |speaker| speaker.range.of_text(text));
            format!(
                "{} {} | {name} | {entity} | {cue}",
                quote.group,
                range.of_text(&document.text)
            )
        })
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn the_speaker_may_stand_before_or_behind() {
    check(
        "Russian Foreign Minister Sergey Lavrov said, “We have nothing to add.”",
        &["0 We have nothing to add. | Sergey Lavrov | sergei-lavrov | said"],
    );
    check(
        "\"We have nothing to add,\" said Sergey Lavrov.",
        &["0 We have nothing to add, | Sergey Lavrov | sergei-lavrov | said"],
    );
    check(
        "“We have nothing to add,” Lavrov, an old hand, told reporters.",
        &["0 We have nothing to add, | Lavrov | sergei-lavrov | told"],
    );
    check(
        "According to Dmitry Peskov, “the plan is going well” so far.",
        &["0 the plan is going well | Dmitry Peskov | dmitry-peskov | According"],
    );
}

#[test]
fn an_interrupted_quotation_is_one_group() {
    check(
        "“Such plans,” the ministers said, “put all of it at risk.”",
        &[
            "0 Such plans, | the ministers |  | said",
            "0 put all of it at risk. | the ministers |  | said",
        ],
    );
}

#[test]
fn a_pronoun_means_the_last_person() {
    check(
        "Dmitry Peskov spoke. He added \"We are good neighbours.\"",
        &["0 We are good neighbours. | He | dmitry-peskov | added"],
    );
}

#[test]
fn a_pronoun_means_nobody_of_the_other_gender_and_nobody_quoted() {
    check(
        "Hillary Clinton met Donald Trump. She said, “We have nothing to add.”",
        &["0 We have nothing to add. | She | hillary-clinton | said"],
    );
    check(
        "Antony Blinken met Dmitry Peskov. He said, “I know Sergey Lavrov well.” He added, “And so it goes.”",
        &[
            "0 I know Sergey Lavrov well. | He | antony-blinken | said",
            "1 And so it goes. | He | antony-blinken | added",
        ],
    );
}

#[test]
fn who_reports_is_told_from_whom_it_is_about() {
    let said = |text: &str| -> String {
        let (_, layer) = found(text);
        let speakers = layer.iter().map(|(_, quote)| {
            let speaker = quote.speaker.as_ref();
            speaker.map_or("", |speaker| speaker.range.of_text(text))
        });
        speakers.collect::<Vec<_>>().join(" / ")
    };
    for (text, expected) in [
        (
            "Ann Bee told us that Cy Dee’s comments “show a lack of care”.",
            "Ann Bee",
        ),
        (
            "Ann Bee says if people think it is “late and thin”, so be it.",
            "Ann Bee",
        ),
        (
            "Ann Bee says she would tell him “no more nonsense”.",
            "Ann Bee",
        ),
        (
            "Ann Bee, who had signed the plan, went on to say, “It is late and thin.”",
            "Ann Bee",
        ),
        (
            "“It is late and thin,” as Ann Bee said on Monday.",
            "Ann Bee",
        ),
        (
            "Ann Bee defended “all of the plan as it stands,” adding the pier was late.",
            "Ann Bee",
        ),
        (
            "Ann Bee called the plan “late and thin” and said any pier would do.",
            "Ann Bee",
        ),
        (
            "The complaint, which was filed in court, alleged that it “failed to pay anyone”.",
            "The complaint",
        ),
        (
            "It surprises the pollster Ann Bee: “That has never happened before.”",
            "Ann Bee",
        ),
        (
            "“It is late and thin,” said retired general Ann Bee.",
            "Ann Bee",
        ),
        (
            "The plan is late, Ann Bee said. “It is thin as well.”",
            "Ann Bee",
        ),
        ("“Denver,” Ann Bee answered.", "Ann Bee"),
        ("Cy Dee spoke on CNN’s “State of the Union” about it.", ""),
        ("“It is late and thin.”\n\n— Ann Bee", "Ann Bee"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn a_quotation_that_stands_alone_keeps_the_speaker() {
    check(
        "“We agree on that,” said Antony Blinken.\n\n“It took a long time.”",
        &[
            "0 We agree on that, | Antony Blinken | antony-blinken | said",
            "1 It took a long time. | Antony Blinken | antony-blinken | ",
        ],
    );
    check(
        "Antony Blinken said:\n\n“It took a long time.”",
        &["0 It took a long time. | Antony Blinken | antony-blinken | "],
    );
}

#[test]
fn a_paragraph_left_open_goes_on_in_the_next() {
    check(
        "Antony Blinken said: “It took long.\n\n“But we are there.”",
        &[
            "0 It took long. | Antony Blinken | antony-blinken | said",
            "0 But we are there. | Antony Blinken | antony-blinken | said",
        ],
    );
}

#[test]
fn inches_names_and_scare_quotes_are_left_out() {
    check(
        "A 12\" gun and a 5' fence. The “AUKUS” pact shows “support fatigue” again.",
        &[],
    );
}

#[test]
fn those_who_speak_together_are_all_named() {
    let (_, layer) = found(
        "Sergey Lavrov, Antony Blinken and Dmitry Peskov met in May. The ministers said, “We have nothing more to add to this.”",
    );
    let (_, quote) = layer.get(0).unwrap();
    let names: Vec<&str> = quote
        .speaker
        .iter()
        .flat_map(Speaker::entities)
        .map(EntityId::as_str)
        .collect();
    assert_eq!(names, ["sergei-lavrov", "antony-blinken", "dmitry-peskov"]);
}

#[test]
fn a_group_of_three_is_no_list_of_two_and_whom_it_is_about_does_not_speak() {
    let speakers = |text: &str| -> Vec<String> {
        let (_, layer) = found(text);
        let (_, quote) = layer.get(0).unwrap();
        let all = quote.speaker.iter().flat_map(Speaker::entities);
        all.map(|entity| entity.as_str().to_owned()).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(
        speakers(
            "Shells went from Iran to Iraq. Egypt and Qatar met. The three capitals called it “the affair of every nation on earth”."
        ),
        none
    );
    assert_eq!(
        speakers(
            "A treaty between Iran and Iraq holds. The two capitals called it “the affair of every nation on earth”."
        ),
        none
    );
    assert_eq!(
        speakers(
            "Egypt and Qatar met. The two capitals called it “the affair of every nation on earth”."
        ),
        ["egypt", "qatar"]
    );
    assert_eq!(
        speakers(
            "They spoke of Egypt and Qatar. “Nobody else has to bear what we bear,” they observed."
        ),
        none
    );
}

#[test]
fn signatures_owners_and_trailing_reports_name_the_speaker() {
    check(
        "“We have nothing to add.” — Antony Blinken",
        &["0 We have nothing to add. | Antony Blinken | antony-blinken | "],
    );
    check(
        "They heard Antony Blinken’s claim that “nothing can be added”.",
        &["0 nothing can be added | Antony Blinken | antony-blinken | claim"],
    );
    check(
        "A law that “helps nobody at all” was passed, Antony Blinken said.",
        &["0 helps nobody at all | Antony Blinken | antony-blinken | said"],
    );
}

#[test]
fn paragraphs_behind_dashes_are_speech() {
    let (document, layer) = found("—No lo sé —dijo Ana—. Mañana vuelvo.\n\n—Está bien.");
    let said: Vec<&str> = layer
        .iter()
        .map(|(range, _)| range.of_text(&document.text))
        .collect();
    assert_eq!(said, ["No lo sé", "Mañana vuelvo.", "Está bien."]);
    assert!(layer.iter().all(|(_, quote)| quote.style == Style::Dash));
}

#[test]
fn a_transcript_gives_turns_to_its_speakers() {
    let text = "MR. MILLER: Thank you.\n\nIt was long.\n\nQUESTION: Why?\n\nMR. MILLER: No idea.\n\nQ Thanks. And then?";
    let document = document(text);
    let found = turns(&document, &Layer::default());
    let lines: Vec<String> = found
        .iter()
        .map(|(range, turn)| {
            format!(
                "{}: {}",
                turn.speaker.range.of_text(text),
                range.of_text(text).replace("\n\n", " / ")
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "MR. MILLER: Thank you. / It was long.",
            "QUESTION: Why?",
            "MR. MILLER: No idea.",
            "Q: Thanks. And then?"
        ]
    );
}

#[test]
fn guillemets_count_too() {
    check(
        "Emmanuel Macron said: « Nous sommes prêts à tout. »",
        &["0 Nous sommes prêts à tout. | Emmanuel Macron | emmanuel-macron | said"],
    );
}

#[test]
fn a_megabyte_of_marks_takes_no_time() {
    for piece in ["\"", "\" said ", "“a b c,” he said, "] {
        let document = document(&piece.repeat(1_000_000 / piece.len()));
        let sentences = sentences(&document);
        // Names are not what is tried here.
        let layer = quotes(&document, &sentences, &Layer::default());
        assert!(layer.len() < 1_000_000);
    }
}

#[test]
fn a_sentence_quoted_again_and_again_keeps_its_speaker() {
    let text = "“We have nothing to add,” he said. ".repeat(20_000);
    let document = document(&text);
    let sentences = sentences(&document);
    let layer = quotes(&document, &sentences, &Layer::default());
    // Where the text goes on in another block, one may be divided.
    assert!((19_900..=20_100).contains(&layer.len()));
}

proptest! {
    #[test]
    fn quotations_lie_on_characters_and_never_overlap(text in "[aA ,.:\"“”«»„é\n5]{0,120}") {
        let (document, layer) = found(&text);
        let mut at = 0;
        for (range, _) in &layer {
            prop_assert!(range.start >= at && !range.of_text(&document.text).is_empty());
            at = range.end;
        }
    }
}
