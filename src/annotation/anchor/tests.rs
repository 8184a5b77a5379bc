use super::*;
use crate::document::{DocId, Meta, Revision, SourceMap};
use crate::text::Layer;

pub(super) fn document(text: &str) -> Document {
    Document {
        id: DocId::of_locator("/a.txt"),
        revision: Revision::of_text(text),
        meta: Meta::default(),
        text: text.into(),
        blocks: Vec::new(),
        inlines: Layer::default(),
        source: SourceMap::default(),
    }
}

/// The passage in square brackets, in the text without them.
fn marked(text: &str) -> (String, TextRange) {
    let open = text.find('[').unwrap();
    let close = text.find(']').unwrap() - 1;
    (text.replace(['[', ']'], ""), TextRange::of(open, close))
}

fn found(then: &str, now: &str, kept: Option<()>) -> String {
    let (then, range) = marked(then);
    let now = document(now);
    let target = Target::new(&document(&then), range);
    let anchor = anchor(&target, kept.map(|()| then.as_str()), &now);
    let words = anchor.range().map_or("", |range| range.of_text(&now.text));
    format!("{}: {words}", anchor.status())
}

/// With the old text at hand.
fn check(then: &str, now: &str, expected: &str) {
    assert_eq!(found(then, now, Some(())), expected, "{then}");
}

/// With the words and their context alone.
fn check_unkept(then: &str, now: &str, expected: &str) {
    assert_eq!(found(then, now, None), expected, "{then}");
}

#[test]
fn unchanged_in_the_same_text_and_behind_an_insertion() {
    check(
        "One. [Two three]. Four.",
        "One. Two three. Four.",
        "unchanged: Two three",
    );
    check(
        "One. [Two three]. Four.",
        "Zero. One. Two three. Four.",
        "unchanged: Two three",
    );
    check(
        "the cat and the [cat] and the cat",
        "now the cat and the cat and the cat",
        "unchanged: cat",
    );
    check_unkept(
        "One. [Two three]. Four.",
        "Zero. One. Two three. Four.",
        "unchanged: Two three",
    );
}

#[test]
fn unchanged_in_another_edition_of_the_same_words() {
    check(
        "They \"strongly condemn\" [the muni-\ntions transfer] - now.",
        "They “strongly condemn” the\nmunitions transfer – now.",
        "unchanged: the\nmunitions transfer",
    );
    check_unkept(
        "They met [in the old\ncastle on the hill] again.",
        "Before that, they met in the old castle on the\nhill again.",
        "moved: in the old castle on the\nhill",
    );
}

#[test]
fn edited_where_half_the_words_stay_between_their_neighbours() {
    check(
        "It will support Russia's [military capabilities] in the war.",
        "It will support Russia's military objectives in the war.",
        "edited: military objectives",
    );
    check(
        "We met [on the fifth of May in Kyiv] with them.",
        "We met on the sixth of May in old Kyiv with them.",
        "edited: on the sixth of May in old Kyiv",
    );
}

#[test]
fn a_short_passage_is_where_the_rest_of_its_sentence_is() {
    // One word of two gave way to another one.
    check(
        "The talks on the northern border were [long, open] and friendly, said the host.",
        "The talks on the northern border were long, frank and friendly, said the host.",
        "edited: long, frank",
    );
    // None of its words has stayed; what came for them is offered.
    check(
        "The ceasefire will continue for [ninety] days from the first of May.",
        "The ceasefire will continue for sixty days from the first of May.",
        "probable: sixty",
    );
    // Its sentence is gone, another one shares a few words with it.
    check(
        "Rain fell. The [ministers of the north] had left the harbour before noon. Trains stopped.",
        "Rain fell. Several delegates of a southern town were asked for a loan of fish. Trains stopped.",
        "lost: ",
    );
}

#[test]
fn an_edited_sentence_that_changed_places_with_its_neighbour_is_only_probable() {
    check(
        "Rain fell on the old harbour wall. [The three ministers strongly condemned the illegal transfer of arms to the northern coast.] \
        Nobody expected the river to rise so early. Trains stopped at midnight.",
        "Rain fell on the old harbour wall. Nobody expected the river to rise so early. \
        The three ministers strongly condemned the unlawful transfer of arms to the northern coast. Trains stopped at midnight.",
        "probable: The three ministers strongly condemned the unlawful transfer of arms to the northern coast",
    );
}

#[test]
fn of_copies_that_all_stayed_each_is_its_own() {
    check(
        "The minister said the talks had been constructive. The minister said the [talks] had been difficult. Then rain fell.",
        "The minister said the talks had been constructive. The minister said the talks had been difficult. Then snow fell.",
        "unchanged: talks",
    );
}

#[test]
fn a_passage_that_opened_its_sentence_still_does_when_it_is_offered() {
    let rest = "Nobody had expected the river to rise so early in the year. The bridges were closed at noon, and the trains stopped before them.";
    check(
        &format!(
            "{rest} [The parties reaffirm their commitment to the agreement on fishing] in the strait."
        ),
        &format!(
            "The parties repeat their firm commitment to the agreement on fishing in the strait. {rest}"
        ),
        "probable: The parties repeat their firm commitment to the agreement on fishing",
    );
}

#[test]
fn moved_when_the_words_stand_once_elsewhere() {
    check(
        "[We condemn the transfer of arms.] The ministers met in Seoul on Monday. They had lunch and dinner together.",
        "The ministers met in Seoul on Monday. They had lunch and dinner together. We condemn the transfer of arms.",
        "moved: We condemn the transfer of arms.",
    );
}

#[test]
fn a_second_copy_is_never_taken_for_the_deleted_one() {
    check(
        "First, [we condemn the transfer]. Then more. Last, we condemn the transfer. End.",
        "First. Then more. Last, we condemn the transfer. End.",
        "lost: ",
    );
}

#[test]
fn of_equal_sentences_the_one_between_its_neighbours_is_meant() {
    let then = "Rain fell on the harbour. [We condemn the illegal transfer of arms.] Ministers left before noon. \
        Snow closed the mountain road. We condemn the illegal transfer of arms. Trains stopped after midnight.";
    let words = "We condemn the illegal transfer of arms.";
    check(
        then,
        "Rain fell on the harbour. We condemn the illegal transfer of arms. Ministers left before noon. \
        Snow closed the old mountain road. We condemn the illegal transfer of arms. Trains stopped after midnight.",
        &format!("unchanged: {words}"),
    );
    // Its neighbour before it and the other one's neighbour after it: it can be either.
    check(
        then,
        "Rain fell on the harbour. We condemn the illegal transfer of arms. Trains stopped after midnight.",
        &format!("probable: {words}"),
    );
    // Twice in a row.
    check(
        then,
        "Rain fell on the harbour. We condemn the illegal transfer of arms. We condemn the illegal transfer of arms. Ministers left before noon. \
        Snow closed the mountain road. Trains stopped after midnight.",
        &format!("ambiguous: {words}"),
    );
}

#[test]
fn what_is_left_of_a_passage_is_offered() {
    check(
        "[Rain fell on the harbour. The ministers of all three countries left the old capital before noon.] Trains stopped.",
        "Rain fell on the harbour. Trains stopped.",
        "probable: Rain fell on the harbour.",
    );
}

#[test]
fn a_copy_that_the_comparison_missed_is_found_beside_the_old_neighbours() {
    check(
        "They met in Kyiv. The talks go on [in May.]",
        "They met in Kyiv. The talks go on in May.\n\nThe editors of this page regret the delay.",
        "unchanged: in May.",
    );
}

#[test]
fn several_copies_without_context_are_ambiguous() {
    check_unkept(
        "Before all that came [the long agreement of 1994] to an end.",
        "Alpha the long agreement of 1994 beta. Gamma the long agreement of 1994 delta.",
        "ambiguous: the long agreement of 1994",
    );
}

#[test]
fn a_short_passage_without_its_context_is_only_probable() {
    check_unkept(
        "They spoke of [war] and hunger.",
        "After a war, nothing.",
        "probable: war",
    );
    check_unkept(
        "They spoke of [war] and hunger.",
        "The warship sank.",
        "lost: ",
    );
}

#[test]
fn deleted_is_lost_and_knows_where_it_stood() {
    let (then, range) = marked("One two. [Three four five.] Six seven.");
    let now = document("One two. Six seven.");
    let target = Target::new(&document(&then), range);
    assert_eq!(
        anchor(&target, Some(&then), &now),
        Anchor::Lost {
            near: TextRange::empty(8)
        }
    );
    check("One. [Two, three.] Four.", "", "lost: ");
}

#[test]
fn a_part_of_a_word_stays_that_part() {
    check(
        "An un[believ]able story.",
        "Yes. An unbelievable story, really.",
        "unchanged: believ",
    );
    check(
        "これは[核実験]です。",
        "さて、これは核実験です。",
        "unchanged: 核実験",
    );
}

#[test]
fn moved_and_edited_is_offered_and_no_more() {
    let rest = "Nobody had expected that the river would rise so early in the year. The bridges were closed at noon, and the trains stopped before them.";
    let then = format!(
        "The three ministers [strongly condemned the transfer] of arms to the north. {rest}"
    );
    let now = format!(
        "{rest} The four ministers have strongly condemned the illegal transfer of arms to the north."
    );
    check(
        &then,
        &now,
        "probable: strongly condemned the illegal transfer",
    );
    check_unkept(
        &then,
        &now,
        "probable: strongly condemned the illegal transfer",
    );
    let other = format!(
        "{rest} Two ministers had a long and friendly talk about the price of fish in the south."
    );
    check(&then, &other, "lost: ");
}

#[test]
fn how_a_place_was_found_is_told() {
    let tell = |then: &str, now: &str| {
        let (then, range) = marked(then);
        let target = Target::new(&document(&then), range);
        let found = locate(&target, Some(&then), &document(now));
        let method = found.method.map_or("none", Method::as_str);
        format!(
            "{method} {} {:.1} {:.1}",
            found.errors, found.score, found.margin
        )
    };
    assert_eq!(
        tell("One [two] three.", "One two three."),
        "position 0 1.0 1.0"
    );
    assert_eq!(
        tell("One “[two]” three.", "One \"two\" three."),
        "typography 0 1.0 1.0"
    );
    assert_eq!(
        tell("One [two] three.", "Zero. One two three."),
        "comparison 0 1.0 1.0"
    );
    assert_eq!(
        tell(
            "It is [a fine long day] in May.",
            "It is a fine short day in May."
        ),
        "comparison 4 0.8 0.8"
    );
    assert_eq!(tell("One [two three].", "Nothing of it."), "none 0 0.0 0.0");
}
