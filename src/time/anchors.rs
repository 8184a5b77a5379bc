//! What a date may lean on, and what else it may mean: one line per case. Sentences end at a point or a line break here.

use super::{Bound, Timex, timexes};
use crate::document::Edtf;
use crate::text::TextRange;

fn read(published: Option<&str>, text: &str) -> Vec<(String, Timex)> {
    let published = published.map(|day| day.parse::<Edtf>().unwrap());
    let mut start = 0;
    let sentences = text.split_inclusive([';', '.', '\n']).map(|sentence| {
        let range = TextRange::of(start, start + sentence.len());
        start += sentence.len();
        (range, ())
    });
    let found = timexes(text, &sentences.collect(), published.as_ref());
    let said = |(range, timex): (TextRange, Timex)| (range.of_text(text).to_owned(), timex);
    found.into_items().into_iter().map(said).collect()
}

/// The expressions of a text as `words=value`, in order.
fn values(published: Option<&str>, text: &str) -> Vec<String> {
    let all = read(published, text);
    let shown = all
        .iter()
        .map(|(said, timex)| format!("{said}={}", timex.value));
    shown.collect()
}

#[track_caller]
fn dated(text: &str, expected: &[&str]) {
    assert_eq!(values(Some("2024-05-10"), text), expected, "{text}");
}

#[track_caller]
fn undated(text: &str, expected: &[&str]) {
    assert_eq!(values(None, text), expected, "{text}");
}

/// The second reading of the last expression.
#[track_caller]
fn also(published: &str, text: &str, expected: &str) {
    let all = read(Some(published), text);
    let other = all.last().and_then(|(_, timex)| timex.alternative.as_ref());
    let other = other.map_or("none", |other| &*other.value);
    assert_eq!(other, expected, "{text}: {all:?}");
}

/// The bound of the last expression.
#[track_caller]
fn bounds(text: &str, expected: Option<Bound>) {
    let all = read(Some("2024-05-10"), text);
    let last = all.last().and_then(|(_, timex)| timex.bound);
    assert_eq!(last, expected, "{text}: {all:?}");
}

#[test]
fn a_year_alone_does_not_date_the_next_sentence_of_a_dated_text() {
    dated(
        "The ferry law goes back to 2015. The mayors met from May 3 to 5.",
        &["2015=2015", "May 3=2024-05-03", "5=2024-05-05"],
    );
    dated(
        "The ferry law was passed in 2015. The mayors met in March and on April 12.",
        &["2015=2015", "March=2024-03", "April 12=2024-04-12"],
    );
    // A full date does.
    dated(
        "The ferry sank on 2 March 2015. It was raised on 9 April.",
        &["2 March 2015=2015-03-02", "9 April=2015-04-09"],
    );
}

#[test]
fn a_target_is_no_anchor_where_nothing_dates_the_text() {
    undated(
        "The ports will be clean by 2050. We welcome what was agreed on 5 June.",
        &["2050=2050", "5 June=XXXX-06-05"],
    );
    undated(
        "We met on 11 June 2021. All ferries run on sails no later than 2040; we thank those who signed on 5 June.",
        &["11 June 2021=2021-06-11", "2040=2040", "5 June=2021-06-05"],
    );
    undated(
        "We support the 2030 Harbour Plan. The council meets in September.",
        &["2030=2030", "September=XXXX-09"],
    );
    undated(
        "Ports have grown since the 1990s. The council met in September.",
        &["the 1990s=199", "September=XXXX-09"],
    );
}

#[test]
fn a_text_without_a_date_looks_ahead_of_its_last_full_date() {
    undated(
        "They met in February 2021. A special session opens in the autumn.",
        &["February 2021=2021-02", "the autumn=2021-FA"],
    );
    undated(
        "They met in March 2021. The aim is clean ports in 2024. They spoke again on 5 June.",
        &["March 2021=2021-03", "2024=2024", "5 June=2021-06-05"],
    );
}

#[test]
fn a_year_alone_dates_its_own_paragraph_only() {
    undated(
        "The harbour was rebuilt in 1956. In August ships came.",
        &["1956=1956", "August=1956-08"],
    );
    undated(
        "The harbour was rebuilt in 1956.\n\nIn August ships came.",
        &["1956=1956", "August=XXXX-08"],
    );
    undated(
        "The council met on 3 May 2019 in Tarn.\n\nThe harbour was rebuilt in 1956.\n\nIn August the ships came back.",
        &["3 May 2019=2019-05-03", "1956=1956", "August=2019-08"],
    );
    // What was dated in its paragraph does not carry it on.
    undated(
        "It was rebuilt in 1956 and opened in June.\n\nIn August the ships came back.",
        &["1956=1956", "June=1956-06", "August=XXXX-08"],
    );
}

#[test]
fn a_line_broken_by_hand_ends_no_paragraph() {
    undated(
        "The harbour was rebuilt in 1956.\nIn August ships came.",
        &["1956=1956", "August=1956-08"],
    );
    undated(
        "- The harbour was rebuilt in 1956.\n- In August ships came.",
        &["1956=1956", "August=XXXX-08"],
    );
}

#[test]
fn the_other_year_the_other_order_and_the_other_week_are_kept() {
    also("2024-05-10", "The fair is on November 20.", "2023-11-20");
    also(
        "2024-05-10",
        "It was opened on 2 March 2015 and closed on 9 April.",
        "2024-04-09",
    );
    also("2024-05-10", "The fair ran from 20-22 November.", "none");
    also("2024-05-10", "Signed on 3/4/2024.", "2024-04-03");
    also("2024-05-10", "Signed on 13/4/2024.", "none");
    also("2024-05-10", "Signed on 03.04.2024.", "none");
    also("2024-05-10", "The mayors spoke on Friday.", "2024-05-03");
    also(
        "2024-05-10",
        "The mayors are to speak on Friday.",
        "2024-05-17",
    );
    also("2024-05-10", "The mayors spoke on Tuesday.", "2024-05-14");
}

#[test]
fn the_other_reading_is_of_the_same_kind() {
    also(
        "2024-05-10",
        "The fair is on 20-22 November.",
        "2023-11-20/2023-11-22",
    );
    also(
        "2024-05-10",
        "It opens at 9:30 am Tuesday.",
        "2024-05-07T09:30",
    );
}

#[test]
fn by_may_say_who_instead_of_until_when() {
    bounds("It will be settled by this summer's summit.", None);
    bounds("Fees were fixed by the 2015 agreement.", None);
    bounds("Fees are paid by 2025.", Some(Bound::Until));
    bounds(
        "It will be settled by Friday's deadline.",
        Some(Bound::Until),
    );
    bounds("It will be settled by the end of 2025.", Some(Bound::Until));
}

#[test]
fn words_for_until() {
    for text in [
        "All ferries run on sails no later than 2050.",
        "The fees hold through to 2030.",
        "The fees hold up to 2030.",
        "This is our roadmap to 2030.",
        "Costs halve over the two decades to 2030.",
        "Between now and 2027 costs halve.",
    ] {
        bounds(text, Some(Bound::Until));
    }
    bounds("Costs will fall no earlier than 2027.", Some(Bound::Since));
    bounds("The law goes back to 2015.", None);
    bounds("Fees doubled compared to 2015.", None);
    bounds("Fees are similar to 2015.", None);
}

#[test]
fn between_opens_and_closes_a_stretch() {
    let both = |text: &str| {
        let all = read(Some("2024-05-10"), text);
        let bounds: Vec<_> = all.iter().map(|(_, timex)| timex.bound).collect();
        bounds
    };
    let stretch = [Some(Bound::Since), Some(Bound::Until)];
    assert_eq!(both("Between 2015 and 2018 the port grew."), stretch);
    assert_eq!(
        both("The port grew between March 2015 and June 2018."),
        stretch
    );
    assert_eq!(both("The port grew in 2015 and 2018."), [None, None]);
}
