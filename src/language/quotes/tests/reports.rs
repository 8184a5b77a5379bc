//! Who reports, in sentences of several clauses.

use super::found;

/// The speakers of the quotations of a text.
fn speakers(text: &str) -> String {
    let (_, layer) = found(text);
    let speakers = layer.iter().map(|(_, quote)| {
        let speaker = quote.speaker.as_ref();
        speaker.map_or("—", |speaker| speaker.range.of_text(text))
    });
    speakers.collect::<Vec<_>>().join(" / ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(speakers(text), expected, "{text}");
}

#[test]
fn the_subject_of_the_main_clause_speaks() {
    check(
        "Ann Bee sent a letter as the council met, vowing to “fight for every pier”.",
        "Ann Bee",
    );
    check(
        "Ann Bee refused to say whom Cy Dee would like to see win, adding: “We shall see in May.”",
        "Ann Bee",
    );
    check(
        "When Cy Dee spoke of the pier, Ann Bee was quick to call it “late and thin”.",
        "Ann Bee",
    );
    check(
        "Ann Bee, who had called the pier late, said the council was “asleep at the wheel”.",
        "Ann Bee",
    );
}

#[test]
fn whoever_reports_furthest_out_speaks_for_a_pronoun_inside() {
    check(
        "Ann Bee said that over the last weeks she has begun “to mend the old pier”.",
        "Ann Bee",
    );
    check(
        "Ann Bee noted that Cy Dee had paid for the pier and called it “late and thin”.",
        "Ann Bee",
    );
}

#[test]
fn asides_between_commas_name_the_speaker() {
    check(
        "The council, Ann Bee said, called the pier “late and thin”.",
        "Ann Bee",
    );
    check(
        "The trouble with the pier, says Ann Bee, is that it was “late and thin”.",
        "Ann Bee",
    );
    check(
        "Ann Bee, who was on the list, told reporters, “It is late and thin.”",
        "Ann Bee",
    );
}

#[test]
fn what_stands_between_subject_and_verb_is_no_subject() {
    check(
        "Ann Bee, who has in the past described the pier as “late and thin”, resigned.",
        "who",
    );
    check(
        "Ann Bee, of Harbour Town, said the pier was “late and thin”.",
        "Ann Bee",
    );
    check(
        "Ann Bee later Tuesday told us: “It is late and thin.”",
        "Ann Bee",
    );
    check("“It is late and thin,” Ann Bee, R-Ky., said.", "Ann Bee");
}

#[test]
fn in_the_passive_somebody_else_speaks() {
    check("Ann Bee was asked, “Is the pier late?”", "—");
    check("The pier has been called “late and thin”.", "—");
    check("Ann Bee was asked by Cy Dee, “Is the pier late?”", "Cy Dee");
    check(
        "The mud was called the “finest beach of all” by the visitors.",
        "the visitors",
    );
}

#[test]
fn views_labels_and_claims_have_owners() {
    check(
        "The pier is, in Ann Bee’s view, “late and thin”.",
        "Ann Bee",
    );
    check(
        "Piers are late again - Ann Bee: “It is late and thin.”",
        "Ann Bee",
    );
    check("From the report: “It is late and thin.”", "the report");
    check(
        "Ann Bee denounced Cy Dee’s remarks as “late and thin”.",
        "Ann Bee",
    );
}

#[test]
fn a_report_may_be_set_off_by_a_wrong_mark() {
    check("“It is late and thin.” Ann Bee said.", "Ann Bee");
    check("“It is late and thin,“ said Ann Bee.", "Ann Bee");
    check("“It is late and thin.”\n\n- Ann Bee", "Ann Bee");
}

#[test]
fn titles_and_terms_are_not_said() {
    for text in [
        "Ann Bee spoke to us about the new series “Piers of the North”.",
        "Ann Bee was a guest of “The Harbour Tonight” on Tuesday.",
    ] {
        assert_eq!(speakers(text), "", "{text}");
    }
    check("The crowd chanted “Mend The Old Pier!”", "The crowd");
}

#[test]
fn what_a_statement_calls_something_is_no_speech() {
    let of_kind = |kind| {
        let mut document = crate::language::sample::document(
            "We thank the council for its paper on “ways to mend the old pier”.",
        );
        document.meta.kind = kind;
        let sentences = crate::language::sentence::sentences(&document);
        let mentions = crate::language::entities::mentions(&document, &sentences);
        super::super::quotes(&document, &sentences, &mentions).len()
    };
    assert_eq!(of_kind(crate::document::DocKind::Statement), 0);
    assert_eq!(of_kind(crate::document::DocKind::News), 1);
}
