use super::*;
use crate::language::{sample::document, sentence};
use proptest::prelude::*;

fn compare(old: &str, new: &str, joining: Joining) -> Redline {
    let (a, b) = (document(old), document(new));
    let (of_a, of_b) = (sentence::sentences(&a), sentence::sentences(&b));
    let version = |text, sentences| Version { text, sentences };
    redline(version(old, &of_a), version(new, &of_b), joining)
}

/// One line a row: its fate, and the edits as `old>new`.
#[track_caller]
fn check(old: &str, new: &str, expected: &[&str]) {
    let found = compare(old, new, Joining::Weak);
    let lines: Vec<String> = found
        .rows
        .iter()
        .map(|row| {
            let edits: Vec<String> = row
                .edits
                .iter()
                .map(|edit| format!(" {}>{}", edit.old.of_text(old), edit.new.of_text(new)))
                .collect();
            format!("{}{}", row.fate.as_str(), edits.concat())
        })
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn a_word_in_place_of_another_is_one_edit() {
    check(
        "We met on Monday. It rained hard.",
        "We met on Tuesday. It rained hard.",
        &["changed Monday>Tuesday", "kept"],
    );
}

#[test]
fn sentences_are_dropped_and_new() {
    check(
        "We met in Kyiv. The talks were long and hard. It rained.",
        "We met in Kyiv. Nobody spoke about grain prices again. It rained.",
        &["kept", "dropped", "new", "kept"],
    );
}

#[test]
fn sentences_that_share_only_common_words_and_names_are_not_one() {
    check(
        "The resolutions of the United Nations forbid every state to buy arms from the North. We met.",
        "The commitment of the United States to the defence of the South has not changed. We met.",
        &["dropped", "new", "kept"],
    );
    check(
        "Issued by the ministers of Japan, Korea and Canada in October. We met.",
        "The ships of Korea, Japan and Canada will stay at sea. We met.",
        &["dropped", "new", "kept"],
    );
    check(
        "The road back to talks is open. We met.",
        "The road to talks stays open. We met.",
        &["changed back> is>stays", "kept"],
    );
}

#[test]
fn a_moved_sentence_is_moved_also_when_it_was_edited() {
    check(
        "The grain ships may leave the port on Friday. We met in Kyiv. It rained hard. Nobody slept at all.",
        "We met in Kyiv. It rained hard. Nobody slept at all. The grain ships will leave the port on Friday.",
        &["kept", "kept", "kept", "moved may>will"],
    );
}

#[test]
fn weak_words_do_not_divide_an_edit() {
    check(
        "Inflation has eased over the past year.",
        "Inflation moved up over the past year.",
        &["changed has eased>moved up"],
    );
    check(
        "They spoke of grain and of oil at length.",
        "They spoke of iron and of coal at length.",
        &["changed grain and of oil>iron and of coal"],
    );
}

#[test]
fn changes_are_ranked() {
    let (old, new) = (
        "We sent warm regards. We sent 40 trucks.",
        "We sent cold regards. We sent 50 trucks.",
    );
    let found = compare(old, new, Joining::Weak);
    assert_eq!(found.ranked(), [(1, Some(0)), (0, Some(0))]);
    assert_eq!(
        (
            found.summary.changed,
            found.summary.n_deleted,
            found.summary.n_inserted
        ),
        (2, 2, 2)
    );
}

#[test]
fn repeated_sentences_take_no_time() {
    let old = "The same again and again.\n\n".repeat(5_000);
    let new = format!("Once more.\n\n{old}");
    let found = compare(&old, &new, Joining::Weak);
    assert_eq!(found.summary.new, 1);
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "We met. ",
            "They may go. ",
            "They will go now. ",
            "It is 5 o'clock, é! ",
            "No. ",
            "grain ",
        ]),
        0..8,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn both_texts_can_be_read_from_the_rows(old in any_text(), new in any_text()) {
        let found = compare(&old, &new, Joining::Weak);
        let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        let mut news: Vec<TextRange> = found.rows.iter().filter_map(|row| row.new).collect();
        let mut olds: Vec<TextRange> = found.rows.iter().filter_map(|row| row.old).collect();
        prop_assert!(news.is_sorted());
        news.sort();
        olds.sort();
        prop_assert_eq!(news.iter().map(|range| bare(range.of_text(&new))).collect::<String>(), bare(&new));
        prop_assert_eq!(olds.iter().map(|range| bare(range.of_text(&old))).collect::<String>(), bare(&old));
        // The old sentence with its edits carried out is the new one.
        for row in &found.rows {
            let (Some(from), Some(to)) = (row.old, row.new) else { continue };
            let mut made = String::new();
            let mut at = from.start;
            for edit in &row.edits {
                made.push_str(TextRange::new(at, edit.old.start).of_text(&old));
                made.push_str(edit.new.of_text(&new));
                at = edit.old.end;
            }
            made.push_str(TextRange::new(at, from.end).of_text(&old));
            prop_assert_eq!(bare(&made), bare(to.of_text(&new)));
        }
    }

    #[test]
    fn swapping_the_sides_mirrors_the_redline(old in any_text(), new in any_text()) {
        let (there, back) = (compare(&old, &new, Joining::Never), compare(&new, &old, Joining::Never));
        let mut rows: Vec<_> = there.rows.iter().map(|row| (row.old, row.new, edits_of(row))).collect();
        let mut mirrored: Vec<_> = back
            .rows
            .iter()
            .map(|row| (row.new, row.old, edits_of(row).into_iter().map(|(a, b)| (b, a)).collect::<Vec<_>>()))
            .collect();
        rows.sort();
        mirrored.sort();
        prop_assert_eq!(rows, mirrored);
        prop_assert_eq!((there.summary.dropped, there.summary.n_deleted), (back.summary.new, back.summary.n_inserted));
    }
}

fn edits_of(row: &Row) -> Vec<(TextRange, TextRange)> {
    row.edits.iter().map(|edit| (edit.old, edit.new)).collect()
}
