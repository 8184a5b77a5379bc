use super::*;
use crate::document::Document;
use crate::language::sample::document;
use crate::language::{entities, quotes, sentence};

struct Read {
    document: Document,
    words: Words,
    quotes: Layer<Quote>,
}

fn read(text: &str) -> Read {
    let document = document(text);
    let sentences = sentence::sentences(&document);
    let mentions = entities::mentions(&document, &sentences);
    let quotes = quotes::quotes(&document, &sentences, &mentions);
    Read {
        words: Words::of(text),
        document,
        quotes,
    }
}

impl Read {
    fn text(&self) -> Text<'_> {
        Text {
            text: &self.document.text,
            words: &self.words,
            quotes: &self.quotes,
            published: None,
            kind: DocKind::Other,
        }
    }
}

/// One line a quotation: source, class, then each change as `copy<source kind`.
fn lines(quoting: &str, sources: &[&str]) -> Vec<String> {
    let quoting = read(quoting);
    let sources: Vec<Read> = sources.iter().map(|text| read(text)).collect();
    let texts: Vec<Text> = sources.iter().map(Read::text).collect();
    let found = traces(quoting.text(), &texts);
    let line = |trace: &Trace| {
        let Some(link) = &trace.link else {
            return "no source".to_owned();
        };
        let source = &sources[link.source].document.text;
        let changes: Vec<String> = link
            .ranked()
            .iter()
            .map(|change| {
                format!(
                    " {}<{} {}",
                    change.copy.of_text(&quoting.document.text),
                    change.source.of_text(source),
                    change.kind.as_str()
                )
            })
            .collect();
        let cut = link.rest.map_or(String::new(), |rest| {
            let turns = if link.drops_condition(source) {
                "!"
            } else {
                ""
            };
            format!(" cut{turns} ({})", rest.of_text(source))
        });
        let probably = if link.is_probable { " probable" } else { "" };
        format!(
            "{} {}{cut}{probably}{}",
            link.source,
            link.class.as_str(),
            changes.concat()
        )
    };
    found.iter().map(line).collect()
}

const STATEMENT: &str = "The ministers will not accept the transfer of 40 trucks to the port before 3 July 2024, and will say so at every meeting of the council. \
     They thank the crews who worked through the night in the rain.";

#[track_caller]
fn check(quoting: &str, expected: &[&str]) {
    assert_eq!(
        lines(
            quoting,
            &["Nothing to see here, move along please now.", STATEMENT]
        ),
        expected
    );
}

#[test]
fn a_quotation_in_the_same_words_is_verbatim() {
    check(
        "Ann Bee said: “They thank the crews who worked through the night in the rain.”",
        &["1 verbatim"],
    );
    check(
        "Ann Bee said: “they thank the crews – who worked through the night in the rain.”",
        &["1 typographic"],
    );
}

#[test]
fn each_change_is_told_the_weightiest_first() {
    check(
        "Ann Bee said: “The ministers may not accept the transfer of 50 trucks to the port before 3 July 2024”.",
        &[
            "1 altered cut (and will say so at every meeting of the council) 50<40 number may<will modal",
        ],
    );
}

#[test]
fn an_ellipsis_is_no_alteration_and_an_early_end_is_told() {
    check(
        "Ann Bee said: “will not accept the transfer of 40 trucks … and will say so at every meeting of the council.”",
        &["1 ellipsis <to the port before 3 July 2024 open"],
    );
    check(
        "Ann Bee said: “will not accept the transfer of 40 trucks to the port.”",
        &["1 cut cut (before 3 July 2024, and will say so at every meeting of the council)"],
    );
}

#[test]
fn an_interrupted_quotation_is_aligned_as_one() {
    check(
        "“They thank the crews,” the minister said, “who worked through the night in the rain.”",
        &["1 verbatim"],
    );
}

#[test]
fn few_words_in_common_are_chance() {
    check(
        "Ann Bee said: “the crews who worked all day for nothing but bread.”",
        &["no source"],
    );
    check(
        "Ann Bee said: “who worked through the night”.",
        &["no source"],
    );
}

#[test]
fn the_statement_is_preferred_to_another_report_of_it() {
    let other =
        "Bob Cee wrote that “They thank the crews who worked through the night in the rain.”";
    let quoting = "Ann Bee said: “They thank the crews who worked through the night in the rain.”";
    assert_eq!(lines(quoting, &[other, STATEMENT]), ["1 verbatim"]);
}

#[test]
fn what_another_house_writes_otherwise_is_no_alteration() {
    check(
        "Ann Bee said: “[T]he ministers won't accept the transfer of forty trucks to the port before July 3, 2024, and will say so at every meeting of the council.”",
        &["1 typographic won't<will not style forty<40 style July 3<3 July style"],
    );
}

#[test]
fn a_condition_left_out_at_the_end_is_told() {
    let source = "Our ships shall keep the harbour open to every trader unless they are attacked. The crews know it.";
    let line = |quoting: &str| lines(quoting, &[source]);
    for quoting in [
        "“Our ships shall keep the harbour open to every trader,” Ann Bee said.",
        "“Our ships shall keep the harbour open to every trader”, Ann Bee said.",
        "Ann Bee said: “Our ships shall keep the harbour open to every trader.”",
    ] {
        assert_eq!(line(quoting), ["0 cut cut! (unless they are attacked)"]);
    }
    assert_eq!(
        line("Ann Bee said ships “shall keep the harbour open to every trader” in the bay."),
        ["0 verbatim"]
    );
}

#[test]
fn words_put_in_at_an_end_are_not_set_against_the_next_sentence() {
    let source = "It is late. The Prime Minister and the Minister of Defence have informed the ambassadors of Norland. The crews know it by now.";
    let line = |quoting: &str| lines(quoting, &[source]);
    assert_eq!(
        line(
            "“The Prime Minister and the Minister of Defence have informed the ambassadors of Norland by letter,” the government said."
        ),
        ["0 altered by letter< wording"]
    );
    assert_eq!(
        line("“The Prime Minister has informed the ambassadors of Norland,” the government said."),
        ["0 altered has<and the Minister of Defence have actor"]
    );
}

#[test]
fn two_passages_put_together_are_found() {
    let source = "We shall not let a single warship into our waters without consent. The vote was taken in May by a majority of the house after a debate. \
        We remain committed to peace, to trade and to the freedom of the seas. The crews know it.";
    assert_eq!(
        lines(
            "“We shall not let a single warship into our waters without consent and we remain committed to peace, to trade and to the freedom of the seas,” Ann Bee said.",
            &[source]
        ),
        [
            "0 altered and<The vote was taken in May by a majority of the house after a debate joined"
        ]
    );
}

#[test]
fn a_short_quotation_with_another_word_is_probable_where_others_come_from_there() {
    let source = "They thank the crews who worked through the night in the rain. Our word has not changed and will not change.";
    let long = "“They thank the crews who worked through the night in the rain,” Ann Bee said.";
    let short = "It repeats that their word “has not changed and cannot change” at all.";
    assert_eq!(
        lines(&format!("{long} {short}"), &[source]),
        ["0 verbatim", "0 altered probable cannot<will not modal"]
    );
    assert_eq!(lines(short, &[source]), ["no source"]);
}

#[test]
fn a_word_left_out_is_not_taken_for_another() {
    let source = "They thank the crews who worked through the night in the rain. Our ships shall not open fire unless they are attacked.";
    let long = "“They thank the crews who worked through the night in the rain,” Ann Bee said.";
    assert_eq!(
        lines(
            &format!("{long} The ships “shall open fire unless they are attacked”, it said."),
            &[source]
        )[1],
        "0 altered <not negation"
    );
}

#[test]
fn a_stock_phrase_of_somebody_else_has_no_source_here() {
    let source = "The ministers reaffirmed their commitment to peace and stability in the northern straits. All sides should come back to the table.";
    assert_eq!(
        lines(
            "“Norland is committed to peace and stability in the northern straits,” said its spokesman Lars Bo.",
            &[source]
        ),
        ["no source"]
    );
}
