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
        let cut = if link.is_cut { " cut" } else { "" };
        format!(
            "{} {}{cut}{}",
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
        &["1 altered 50<40 number may<will modal"],
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
        &["1 cut cut"],
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
