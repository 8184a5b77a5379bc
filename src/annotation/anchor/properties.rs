use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::tests::document;
use super::*;
use crate::annotation::fold::fold_str;

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
                let mut ends = now.text.grapheme_indices(true).map(|(at, _)| at).chain([now.text.len()]);
                let mut is_end = |at: u32| ends.any(|end| end == at as usize);
                prop_assert!(is_end(place.start) && (place.is_empty() || is_end(place.end)), "{:?}", found);
            }
            if let Anchor::Unchanged(range) | Anchor::Moved(range) = found.anchor {
                let plain = |text: &str| fold_str(text).replace(' ', "");
                prop_assert_eq!(plain(range.of_text(&now.text)), plain(&target.quote.exact));
            }
        }
    }
}
