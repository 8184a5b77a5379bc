use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::annotation::fold::fold_str;
use crate::document::{DocId, Meta, Revision, SourceMap};
use crate::text::Layer;

fn document(text: &str) -> Document {
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

fn sentence() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[a-z]{1,6}|é漢|🙂", 1..12)
}

/// Words of a text that repeats itself, with their blanks.
const WORDS: &str = "the |arms |and |north |river |of |north\\. |arms, |café |cafe\u{301} |“so” |\"so\" |核実験|muni-\n|tions |🙂 |\n\n|[a-z]{4,9} ";

proptest! {
    #[test]
    fn nothing_moves_in_an_unchanged_text(words in sentence(), a in 0_usize..12, b in 0_usize..12) {
        let text = words.join(" ");
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let range = TextRange::of(ends[a % ends.len()], ends[b % ends.len()]);
        let now = document(&text);
        prop_assert_eq!(anchor(&Target::new(&now, range), Some(&text), &now), Anchor::Unchanged(range));
    }

    #[test]
    fn an_insertion_before_shifts_the_passage(words in sentence(), more in sentence(), a in 0_usize..12, n in 1_usize..6) {
        let from = a % words.len();
        let to = (from + n).min(words.len());
        let before = words[..from].iter().map(|word| word.len() + 1).sum::<usize>();
        let exact = words[from..to].join(" ");
        let then = words.join(" ");
        let range = TextRange::of(before, before + exact.len());
        let inserted = more.join("1 ") + "1. ";
        let now = document(&format!("{inserted}{then}"));
        let anchor = anchor(&Target::new(&document(&then), range), Some(&then), &now);
        let there = range.shifted(inserted.len() as u32);
        // The same word many times in a row, or a part of what was inserted, may be the passage too.
        let asks = anchor == Anchor::Probable(there) || matches!(&anchor, Anchor::Ambiguous(places) if places.contains(&there));
        prop_assert!(asks || anchor == Anchor::Unchanged(there), "{:?}", anchor);
    }

    #[test]
    fn a_deleted_passage_of_words_of_its_own_is_lost(n_words in 3_usize..40, a in 0_usize..40, n in 1_usize..6) {
        let words: Vec<String> = (0..n_words).map(|i| format!("word{i}x")).collect();
        let from = a % n_words;
        let to = (from + n).min(n_words);
        let then = words.join(" ");
        let at = then.find(&words[from]).unwrap();
        let range = TextRange::of(at, at + words[from..to].join(" ").len());
        let now = document(&[&words[..from], &words[to..]].concat().join(" "));
        let target = Target::new(&document(&then), range);
        for kept in [Some(then.as_str()), None] {
            prop_assert_eq!(anchor(&target, kept, &now).status(), "lost");
        }
    }

    #[test]
    fn sentences_of_any_length_are_looked_for_without_harm(then in "[a-c .é漢\n]{40,300}", now in "[a-c .é漢\n]{0,400}", a in 0_usize..300, b in 0_usize..300) {
        let ends: Vec<usize> = then.char_indices().map(|(at, _)| at).chain([then.len()]).collect();
        let range = TextRange::of(ends[a % ends.len()], ends[b % ends.len()]);
        let now = document(&now);
        let target = Target::new(&document(&then), range);
        for kept in [Some(then.as_str()), None] {
            let found = locate(&target, kept, &now);
            prop_assert!(found.anchor.range().is_none_or(|range| now.text.get(range.bytes()).is_some()));
            prop_assert!((0.0..=1.0).contains(&found.score) && found.margin <= found.score);
        }
    }

    #[test]
    fn what_is_found_in_any_text_fits_it_and_reads_the_same(then in "[a-c .é\n]{1,60}", now in "[a-c .é\n]{0,60}", a in 0_usize..60, b in 0_usize..60) {
        let ends: Vec<usize> = then.char_indices().map(|(at, _)| at).chain([then.len()]).collect();
        let range = TextRange::of(ends[a % ends.len()], ends[b % ends.len()]);
        let now = document(&now);
        let target = Target::new(&document(&then), range);
        for kept in [Some(then.as_str()), None] {
            let anchor = anchor(&target, kept, &now);
            let Some(found) = anchor.range() else { continue };
            let Some(words) = now.text.get(found.bytes()) else {
                return Err(TestCaseError::fail("outside the text"));
            };
            if !matches!(anchor, Anchor::Edited(_) | Anchor::Probable(_)) && !range.of_text(&then).trim().is_empty() {
                let plain = |text: &str| fold_str(text).replace(' ', "");
                prop_assert_eq!(plain(words), plain(&target.quote.exact));
            }
        }
    }

    #[test]
    fn unchanged_words_read_the_same_and_no_answer_depends_on_another(
        then in proptest::collection::vec(WORDS, 0..80),
        cuts in proptest::collection::vec((0_usize..80, 0_usize..12, 0_usize..80), 0..4),
        new in proptest::collection::vec(WORDS, 0..8),
        marks in proptest::collection::vec((0_usize..400, 0_usize..60), 1..8),
    ) {
        let mut now = then.clone();
        for (at, n, to) in cuts {
            let at = at.min(now.len());
            let cut: Vec<String> = now.drain(at..(at + n).min(now.len())).collect();
            let to = to.min(now.len());
            now.splice(to..to, if n % 3 == 0 { new.clone() } else { cut });
        }
        let (then, now) = (document(&then.concat()), document(&now.concat()));
        let ends: Vec<usize> = then.text.grapheme_indices(true).map(|(at, _)| at).chain([then.text.len()]).collect();
        let targets: Vec<Target> = marks
            .into_iter()
            .map(|(at, n)| {
                let (from, to) = (at.min(ends.len() - 1), (at + n).min(ends.len() - 1));
                Target::new(&then, TextRange::of(ends[from], ends[to]))
            })
            .collect();
        let alignment = Alignment::new(&then.text, &now.text);
        let found: Vec<Anchoring> = targets.iter().map(|target| locate_aligned(target, Some(&alignment), &now)).collect();
        for (target, found) in targets.iter().zip(&found).rev() {
            prop_assert_eq!(&locate_aligned(target, Some(&alignment), &now), found);
            prop_assert_eq!(&locate_aligned(target, Some(&Alignment::new(&then.text, &now.text)), &now), found);
            let places = match &found.anchor {
                Anchor::Ambiguous(places) => places.clone(),
                Anchor::Lost { near } => vec![*near],
                other => other.range().into_iter().collect(),
            };
            for place in places {
                prop_assert!(now.text.get(place.bytes()).is_some(), "{:?}", found);
            }
            if let Anchor::Unchanged(range) | Anchor::Moved(range) = found.anchor {
                let plain = |text: &str| fold_str(text).replace(' ', "");
                prop_assert_eq!(plain(range.of_text(&now.text)), plain(&target.quote.exact));
            }
        }
    }
}
