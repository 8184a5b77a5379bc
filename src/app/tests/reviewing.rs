//! Deciding about notes whose words changed, changing many notes at once, and linking passages.

use super::{App, NOTE, doc, document, open, saves};
use crate::annotation::{Annotation, Body, Colour, Decision, LinkKind, RecordId, Target, locate};
use crate::app::effect::{Cause, Change, Effect};
use crate::app::msg::{Coverage, Kept, Outcome, Standing};
use crate::app::named::NamedInNotes;
use crate::app::overlay::Overlay;
use crate::app::overlay::review::Doubt;
use crate::text::TextRange;

const THEN: &str = "The envoys of both sides signed the paper on the northern pier at noon.

The minister of fisheries said nothing about the price of herring, though every reporter in the hall had asked for it twice, and the mayor, who had come late, left early with two of his clerks. All went home.

Nobody spoke of bread.";

const NOW: &str = "The minister of fisheries said nothing about the price of herring, though every reporter in the hall had asked for it twice, and the mayor, who had come late, left early with two of his clerks. All went home.

It was said later that the envoys of both sides had signed the paper on the southern pier at noon.";

fn note(id: i64, words: &str) -> Annotation {
    let then = document(doc(1), THEN);
    let at = then.text.find(words).unwrap();
    Annotation {
        id: RecordId(id),
        target: Target::new(&then, TextRange::of(at, at + words.len())),
        body: Body::default(),
        created: jiff::Timestamp::UNIX_EPOCH,
        modified: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// The review opened over a probable note, numbered 1, and a lost one, numbered 2.
fn reviewing() -> App {
    let mut app = open(NOW);
    let effects = app.keys("gr");
    let [Effect::Review { job }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let now = document(doc(1), NOW);
    let notes = [
        note(
            1,
            "The envoys of both sides signed the paper on the northern pier at noon.",
        ),
        note(2, "Nobody spoke of bread."),
    ];
    let doubts = notes
        .iter()
        .filter_map(|note| Doubt::new(note, &locate(&note.target, Some(THEN), &now), &now))
        .collect();
    app.done(Outcome::Review(*job, doubts, Coverage::Whole));
    app
}

fn statuses(app: &App) -> Vec<&'static str> {
    let Some(Overlay::Review(review)) = app.model.overlays.last() else {
        panic!("the review is not open");
    };
    let doubts = review.doubts.iter();
    doubts
        .map(|doubt| match doubt.stands() {
            Decision::Withdraw => doubt.anchoring.anchor.status(),
            decided => decided.as_str(),
        })
        .collect()
}

#[test]
fn a_probable_place_is_confirmed_and_that_is_taken_back() {
    let mut app = reviewing();
    assert_eq!(statuses(&app), ["probable", "lost"]);
    app.saved("y", 1);
    assert_eq!(statuses(&app), ["confirmed", "lost"]);
    assert_eq!(app.status(), "Saved · the note stands there");
    app.saved("u", 1);
    assert_eq!(statuses(&app), ["probable", "lost"]);
    app.saved("<C-r>", 1);
    assert_eq!(statuses(&app), ["confirmed", "lost"]);
}

#[test]
fn keys_typed_fast_decide_only_what_was_seen() {
    let mut app = reviewing();
    let saves = app.saves("nn");
    assert_eq!(saves.len(), 1, "the second n only goes on");
    assert_eq!(statuses(&app), ["rejected", "lost"]);
    app.done(Outcome::Saved(saves[0].0.clone(), Cause::Edit));
    app.saved("n", 1);
    assert_eq!(statuses(&app), ["rejected", "rejected"]);
    assert_eq!(app.saves("nnyy"), [], "everything is decided");
    app.saved("u", 1);
    assert_eq!(statuses(&app), ["rejected", "lost"]);
    let mut app = reviewing();
    app.saved("y", 1);
    assert_eq!(app.saves("y1"), []);
    assert_eq!(statuses(&app), ["confirmed", "lost"]);
}

#[test]
fn a_lost_note_is_put_on_words_by_hand_and_that_is_taken_back() {
    let mut app = reviewing().after("jr");
    assert!(app.model.overlays.is_empty());
    assert!(
        app.status().contains("gp puts it there"),
        "{}",
        app.status()
    );
    let price = super::range_of(&app, "price");
    app.model.reader.as_mut().unwrap().at = price.start;
    let saves = app.saves("vwgp");
    let [(changes, Cause::Edit)] = saves.as_slice() else {
        panic!("{saves:?}");
    };
    let Some(Change::Place {
        note,
        before: Decision::Withdraw,
        after: Decision::Pick(range),
        ..
    }) = changes.first()
    else {
        panic!("{changes:?}");
    };
    assert_eq!((*note, range.start), (RecordId(2), price.start));
    app.done(Outcome::Saved(changes.clone(), Cause::Edit));
    assert_eq!(app.status(), "Saved · the note stands at that place");
    assert_eq!(app.saves("gp"), [], "it was put down");
    let undo = app.saves("u");
    assert!(
        matches!(
            undo[0].0[0],
            Change::Place {
                after: Decision::Withdraw,
                ..
            }
        ),
        "{undo:?}"
    );
    let mut app = reviewing().after("jr<esc>");
    assert_eq!(app.status(), "The note stays where it was");
    assert_eq!(app.saves("gp"), []);
}

#[test]
fn what_is_lost_cannot_be_confirmed() {
    let mut app = reviewing().after("j");
    assert_eq!(app.saves("y"), [], "a lost one has no place to confirm");
    assert!(app.status().starts_with("It is lost"), "{}", app.status());
}

#[test]
fn enter_goes_to_the_place() {
    let mut app = reviewing();
    app.keys("<enter>");
    assert!(app.model.overlays.is_empty());
    assert!(
        app.reader().at > NOW.find("went").unwrap() as u32,
        "at {}",
        app.at()
    );
}

#[test]
fn one_of_several_places_is_picked_by_its_number() {
    let text = "A vote was held. And so on. A vote was held.";
    let mut app = open(text);
    app.keys("gr");
    let now = document(doc(1), text);
    let then = document(doc(1), "Long ago: A vote was held. Then.");
    let note = Annotation {
        target: Target::new(&then, TextRange::of(10, 26)),
        ..note(3, "All went home.")
    };
    let doubt = Doubt::new(&note, &locate(&note.target, None, &now), &now).unwrap();
    let second = doubt.places[1].range;
    let Some(Overlay::Review(review)) = app.model.overlays.last_mut() else {
        panic!("the review is not open");
    };
    review.take(vec![doubt], Coverage::Whole);
    assert_eq!(app.saves("9"), []);
    let saves = app.saves("2");
    assert!(
        matches!(saves[0].0[0], Change::Place { after: Decision::Pick(range), .. } if range == second),
        "{saves:?}"
    );
}

/// The notes of the library over an open document: the first two tagged, the third not.
fn with_notes() -> App {
    let mut app = open(NOTE);
    let document = app.reader().document.clone();
    let made = |id: i64, words: &str, tag: &str| {
        let at = document.text.find(words).unwrap();
        Annotation {
            id: RecordId(id),
            target: Target::new(&document, TextRange::of(at, at + words.len())),
            body: Body {
                tags: [tag.to_owned()]
                    .into_iter()
                    .filter(|tag| !tag.is_empty())
                    .collect(),
                ..Body::default()
            },
            created: app.now,
            modified: app.now,
        }
    };
    let annotations = vec![
        made(1, "Japan signed", "treaty"),
        made(2, "Nobody spoke", "talks"),
        made(3, "France will", ""),
    ];
    let standing = Standing {
        revision: document.revision,
        anchoring: crate::annotation::Anchoring::lost(0),
    };
    app.done(Outcome::Kept(Kept {
        annotations,
        standings: [(RecordId(2), standing)].into(),
        ..Kept::default()
    }));
    app.after("A")
}

fn listed(app: &App) -> Vec<i64> {
    let Some(Overlay::Kept(list)) = app.model.overlays.last() else {
        panic!("the list is not open");
    };
    let notes = list.shown.iter();
    notes
        .map(|index| app.model.kept.annotations[*index].id.0)
        .collect()
}

#[test]
fn notes_are_narrowed_by_status_and_grouped() {
    assert_eq!(listed(&with_notes()), [3, 2, 1]);
    assert_eq!(listed(&with_notes().after("/status:lost<enter>")), [2]);
    let grouped = with_notes().after("<tab><tab>");
    assert_eq!(listed(&grouped), [2, 1, 3]);
    let Some(Overlay::Kept(list)) = grouped.model.overlays.last() else {
        panic!("the list is not open");
    };
    let names: Vec<&str> = list.groups.iter().map(|(_, name)| &**name).collect();
    assert_eq!(names, ["#talks", "#treaty", "without a tag"]);
}

#[test]
fn one_language_narrows_notes_and_documents() {
    for (query, expected) in [
        ("in:statement", vec![3, 2, 1]),
        ("in:news", vec![]),
        ("by:bee tag:talks", vec![2]),
        ("after:2024-04 -tag:talks", vec![3, 1]),
        ("colour:yellow \"nobody spoke\"", vec![2]),
    ] {
        let app = with_notes().after(&format!("/{query}<enter>"));
        assert_eq!(listed(&app), expected, "{query}");
    }
    for (query, n) in [
        ("in:statement by:bee", 4),
        ("tag:treaty", 1),
        ("tag:none", 0),
    ] {
        let mut app = with_notes().after("<esc>1");
        app.wait(600);
        app.keys(&format!("/{query}"));
        assert_eq!(app.model.list.shown.len(), n, "{query}");
    }
}

/// Who is named in the notes of [`with_notes`], as the library answers it.
fn named() -> Outcome {
    let mut named = NamedInNotes::default();
    named.add(
        RecordId(1),
        &"Japan".into(),
        &["Japan".into(), "Nippon".into()],
    );
    named.add(RecordId(3), &"France".into(), &["France".into()]);
    Outcome::NamedInNotes(named)
}

#[test]
fn notes_are_grouped_by_who_is_named() {
    let mut app = with_notes();
    assert_eq!(app.keys("<tab><tab><tab>"), []);
    assert_eq!(
        app.keys("<tab>"),
        [Effect::NamedInNotes],
        "asked once it matters"
    );
    assert_eq!(app.keys("<tab><tab><tab><tab><tab><tab>"), [], "and once");
    assert_eq!(app.done(named()), []);
    let Some(Overlay::Kept(list)) = app.model.overlays.last() else {
        panic!("the list is not open");
    };
    let names: Vec<&str> = list.groups.iter().map(|(_, name)| &**name).collect();
    assert_eq!(names, ["France", "Japan", "nobody and nothing is named"]);
    assert_eq!(listed(&app), [3, 1, 2]);
    let narrowed = app.after("/entity:nippon<enter>");
    assert_eq!(listed(&narrowed), [1], "by another name");
}

#[test]
fn notes_are_narrowed_by_who_is_named_as_soon_as_it_is_known() {
    let mut app = with_notes();
    let asked = app.keys("/entity:nip");
    assert_eq!(asked, [Effect::NamedInNotes]);
    app.done(named());
    assert_eq!(listed(&app), [1]);
    let effects = app.keys("<enter>3");
    let [Effect::Save { changes, cause }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let again = app.done(Outcome::Saved(changes.clone(), *cause));
    assert_eq!(again, [Effect::NamedInNotes], "it may name others now");
    assert_eq!(listed(&app), [1], "until it is answered anew");
    let again = app.done(Outcome::Linked(super::names::links(&[])));
    assert!(again.contains(&Effect::NamedInNotes), "{again:?}");
}

#[test]
fn notes_that_are_looked_for_are_a_status_of_their_own() {
    let mut app = with_notes();
    let standing = Standing {
        revision: app.reader().document.revision,
        anchoring: crate::annotation::Anchoring::SOUGHT,
    };
    app.done(Outcome::Placed(vec![(RecordId(3), standing)]));
    let app = app.after("/status:sought<enter>");
    assert_eq!(listed(&app), [3]);
}

#[test]
fn several_notes_are_changed_as_one_step() {
    let mut app = with_notes();
    let changed = app.saves("  tdone, -talks<enter>");
    assert_eq!(changed.len(), 1);
    app.done(Outcome::Saved(changed[0].0.clone(), Cause::Edit));
    let tags = |app: &App| -> Vec<String> {
        let notes = app.model.kept.annotations.iter();
        notes.map(|note| note.body.tags.join(" ")).collect()
    };
    assert_eq!(tags(&app), ["treaty", "done", "done"]);
    app.saved("u", 9);
    assert_eq!(tags(&app), ["treaty", "talks", ""]);
    app.saved("*x", 9);
    assert_eq!(listed(&app), [0_i64; 0]);
    app.saved("u", 9);
    assert_eq!(listed(&app), [3, 2, 1]);
    app.saved("*3", 9);
    let third = Colour::ALL[2];
    let notes = &app.model.kept.annotations;
    assert!(notes.iter().all(|note| note.body.colour == third));
}

#[test]
fn a_note_is_copied_with_its_citation() {
    let effects = with_notes().keys("jjy");
    let [Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert!(text.starts_with("“Japan signed”\n— “Joint note"), "{text}");
}

#[test]
fn notes_of_documents_that_are_not_open_are_cited_when_they_were_read() {
    let mut app = with_notes();
    let elsewhere = Annotation {
        target: Target {
            doc: doc(2),
            ..app.model.kept.annotations[0].target.clone()
        },
        id: RecordId(9),
        ..app.model.kept.annotations[0].clone()
    };
    app.model.kept.annotations.push(elsewhere);
    app.keys("<esc>A");
    let effects = app.keys("*y");
    let [Effect::Cite(notes)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let order: Vec<i64> = notes.iter().map(|note| note.id.0).collect();
    assert_eq!(order, [1, 2, 3, 9], "by document, then as they stand");
    let effects = app.done(Outcome::Cited(vec!["one".to_owned(), "two".to_owned()]));
    assert_eq!(effects, [Effect::Copy("one\ntwo".to_owned())]);
    assert_eq!(app.status(), "Copied 2 notes with their citations");
}

#[test]
fn two_passages_are_linked_and_the_link_is_followed_both_ways() {
    let mut app = with_notes().after("<esc>");
    app.model.reader.as_mut().unwrap().annotations = app
        .model
        .kept
        .annotations
        .iter()
        .map(|note| {
            let anchor = crate::annotation::Anchor::Unchanged(note.target.position);
            (note.clone(), anchor)
        })
        .collect();
    app.model.reader.as_mut().unwrap().place_annotations();
    app.keys("gg]aL]aL");
    let effects = saves(app.keys("2"));
    let Some(
        [
            Change::Link {
                after: Some(link), ..
            },
        ],
    ) = effects.first().map(|(changes, _)| changes.as_slice())
    else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (link.source, link.target, link.kind),
        (RecordId(1), RecordId(2), LinkKind::Contradicts)
    );
    let made = Change::Link {
        before: None,
        after: Some(crate::annotation::Link {
            id: RecordId(5),
            ..link.clone()
        }),
    };
    app.done(Outcome::Saved(vec![made], Cause::Edit));
    assert!(app.at().starts_with("Nobody"), "{}", app.at());
    app.keys("gk");
    assert!(app.at().starts_with("Japan"), "{}", app.at());
    app.keys("gk");
    assert!(app.at().starts_with("Nobody"), "{}", app.at());
}

#[test]
fn a_link_that_is_given_up_takes_the_highlights_with_it_that_were_made_for_it() {
    let mut app = open(NOTE);
    app.saved("L", 1);
    app.saved("]sL", 2);
    assert_eq!(app.model.kept.annotations.len(), 2);
    app.saved("<esc>", 0);
    assert_eq!(app.model.kept.annotations, []);
    // What was there before stays.
    app.saved("h", 3);
    app.keys("L]s");
    app.saved("L", 4);
    app.saved("<esc>", 0);
    let left: Vec<i64> = (app.model.kept.annotations.iter())
        .map(|note| note.id.0)
        .collect();
    assert_eq!(left, [3]);
}

/// The tags of what the only save among effects makes of notes, by their numbers.
fn retagged(effects: &[Effect]) -> Vec<(i64, Vec<String>)> {
    let changes = effects.iter().filter_map(|effect| match effect {
        Effect::Save { changes, .. } => Some(changes),
        _ => None,
    });
    let notes = changes.flatten().filter_map(|change| match change {
        Change::Annotation {
            after: Some(after), ..
        } => Some((after.id.0, after.body.tags.clone())),
        _ => None,
    });
    notes.collect()
}

#[test]
fn what_is_marked_and_not_shown_is_never_changed() {
    let mut app = with_notes().after("  /tag:talks<enter>");
    assert_eq!(listed(&app), [2]);
    let Some(Overlay::Kept(list)) = app.model.overlays.last() else {
        panic!("the list is not open");
    };
    assert_eq!(list.n_marked(&app.model.kept), (2, 1));
    assert_eq!(retagged(&app.keys("2")), [(2, vec!["talks".to_owned()])]);
    app.keys("/<C-u>tag:treaty<enter>");
    assert_eq!(listed(&app), [1]);
    for keys in ["x", "3", "y", "t"] {
        assert_eq!(app.keys(keys), [], "{keys}");
        assert!(
            app.status().contains("not shown, so nothing is done"),
            "{}",
            app.status()
        );
    }
}

#[test]
fn tags_are_added_and_taken_off_as_in_the_command() {
    let mut app = with_notes().after("*t");
    let tagged = retagged(&app.keys("+checked -talks<enter>"));
    assert_eq!(
        tagged,
        [
            (3, vec!["checked".to_owned()]),
            (2, vec!["checked".to_owned()]),
            (1, vec!["treaty".to_owned(), "checked".to_owned()]),
        ]
    );
}

#[test]
fn notes_are_sorted_and_a_change_moves_no_row() {
    let mut app = with_notes();
    app.saved("j2", 0);
    assert_eq!(listed(&app), [3, 2, 1], "the order is that of making");
    app.wait(1000);
    app.saved("j4", 0);
    assert_eq!(listed(&app), [3, 2, 1]);
    app.keys("s");
    assert_eq!(listed(&app), [1, 2, 3], "changed last first");
    app.keys("s");
    assert_eq!(listed(&app), [1, 2, 3], "as in the text");
    app.keys("s<tab>");
    assert_eq!(listed(&app), [1, 2, 3], "in a document, as in its text");
}

#[test]
fn the_list_comes_back_as_it_was_left_for_a_passage() {
    let mut app = with_notes().after("/-tag:talks<enter><tab><tab> j");
    let before = listed(&app);
    app.keys("<enter>");
    assert!(app.model.overlays.is_empty());
    app.keys("A");
    let Some(Overlay::Kept(list)) = app.model.overlays.last() else {
        panic!("the list is not open");
    };
    assert_eq!(
        (list.input.text(), list.marked.len(), list.cursor.selected),
        ("-tag:talks", 1, 1)
    );
    assert_eq!(listed(&app), before);
    app.keys("<enter><C-o>");
    assert_eq!(listed(&app), before, "also by going back");
    app.keys("q");
    app.keys("A");
    assert_eq!(listed(&app), [3, 2, 1], "once closed it begins anew");
    app.keys("q:notes tag:talks<enter>");
    assert_eq!(listed(&app), [2]);
}

#[test]
fn a_filter_that_cannot_be_used_is_said_when_it_is_finished() {
    let mut app = with_notes().after("/status:lostt");
    let error = |app: &App| match app.model.overlays.last() {
        Some(Overlay::Kept(list)) => list.error.clone(),
        _ => panic!("the list is not open"),
    };
    assert_eq!(error(&app), None, "it may go on");
    app.keys("<enter>");
    assert!(error(&app).is_some_and(|error| error.contains("lostt")));
    app.keys("<backspace><enter>");
    assert_eq!(error(&app), None);
    assert_eq!(listed(&app), [2]);
}
