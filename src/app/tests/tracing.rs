//! Where words come from and went: cards, redlines, histories.

use super::*;
use crate::app::effect::Question;
use crate::app::msg::{Findings, JumpHit, JumpTarget, Jumped};
use crate::app::overlay::redline::Side;
use crate::app::overlay::{Overlay, RedlinePage};
use crate::app::repeats::Verdict;
use crate::document::{Published, PublishedFrom};
use crate::library::tracing::{self, Ready};

const STATEMENT: &str = "# Statement

The ministers agreed that the harbour will stay open to all ships until the end of the year. They thank their hosts.

Nobody else was asked.";

const STORY: &str = "# Story

The minister said: “The ministers agreed that the harbour may stay open to all ships until the end of the year.” It rained.

“Yes, yes, yes,” he said.";

fn ready(n: u64, text: &str) -> Arc<Ready> {
    Arc::new(Ready::new(Arc::new(document(doc(n), text)), None))
}

/// The same text, published on a day.
fn on(one: &Ready, day: &str) -> Arc<Ready> {
    let mut document = (*one.document).clone();
    document.meta.published = Some(Published {
        date: day.parse().unwrap(),
        from: PublishedFrom::Byline,
        at: None,
    });
    Arc::new(Ready::new(Arc::new(document), None))
}

/// Types keys and answers what is asked of the tracer, the other document being number 2.
fn answered(text: &str, other: &str, keys: &str) -> App {
    let mut app = open(text);
    type_and_answer(&mut app, other, keys);
    app
}

fn type_and_answer(app: &mut App, other: &str, keys: &str) {
    let own = Arc::new(Ready::new(app.reader().document.clone(), None));
    let other = ready(2, other);
    for effect in app.keys(keys) {
        let Effect::Trace { job, question } = effect else {
            continue;
        };
        let quotes = app.reader().analysis.quotes.clone();
        let sentences = app.reader().analysis.sentences.clone();
        let others = [other.clone()];
        let findings = match question {
            Question::Sources => Findings::Sources(tracing::sources(&own, &quotes, &others)),
            Question::Uses => {
                let uses = tracing::uses_in(&own, &other);
                Findings::Uses(tracing::arranged(&own, &sentences, uses))
            }
            Question::Behind => {
                let uses = tracing::uses_in(&own, &other);
                Findings::Behind(
                    own.document.revision,
                    tracing::sources(&own, &quotes, &others),
                    tracing::arranged(&own, &sentences, uses),
                )
            }
            Question::Compare(_) => {
                Findings::Compared(Box::new(tracing::compared(&own, &other, &[])))
            }
            Question::History(phrase) => {
                let days = [on(&own, "2024-05-01"), on(&other, "2024-05-02")];
                let steps = tracing::steps(&phrase, &days);
                Findings::History(steps, tracing::Basis::Words)
            }
        };
        app.done(Outcome::Traced(job, findings));
    }
}

fn verdict(app: &App) -> Option<String> {
    match app.model.overlays.last() {
        Some(Overlay::Trace(card)) => card.quotation().map(tracing::Quotation::verdict),
        _ => None,
    }
}

fn verdict_here(app: &App) -> Option<Verdict> {
    let reader = app.reader();
    let (range, _) = reader.analysis.quotes.get(0).unwrap();
    let repeats = &app.model.repeats;
    repeats.verdict(reader.document.revision, range.start)
}

/// A document analysed beside document 2, and what was looked for behind the screen answered.
fn known(text: &str, other: &str) -> App {
    let mut app = open(text);
    let found = app.reader().analysis.clone();
    // The list has come since the document was opened, so the answer is not the one that is awaited.
    let effects = app.send(Msg::Done(Outcome::Listed(Listings {
        documents: app.model.list.documents.clone(),
        ..Listings::default()
    })));
    assert_eq!(asked(&effects), [&Question::Behind], "{effects:?}");
    let effects = app.send(Msg::Done(Outcome::Analysed(doc(1), found)));
    assert!(asked(&effects).is_empty(), "asked twice: {effects:?}");
    let own = Arc::new(Ready::new(app.reader().document.clone(), None));
    let other = ready(2, other);
    let sentences = app.reader().analysis.sentences.clone();
    let quotes = app.reader().analysis.quotes.clone();
    let uses = tracing::arranged(&own, &sentences, tracing::uses_in(&own, &other));
    let sources = tracing::sources(&own, &quotes, &[other]);
    let job = app.model.repeats.job;
    let findings = Findings::Behind(own.document.revision, sources, uses);
    app.done(Outcome::Traced(job, findings));
    app
}

fn asked(effects: &[Effect]) -> Vec<&Question> {
    let mut questions = Vec::new();
    for effect in effects {
        if let Effect::Trace { question, .. } = effect {
            questions.push(question);
        }
    }
    questions
}

#[test]
fn o_on_a_quotation_shows_its_source_and_enter_goes_there() {
    let mut app = answered(STORY, STATEMENT, "]qo");
    assert_eq!(verdict(&app).as_deref(), Some("altered: will → may"));
    let from = app.reader().at;
    let effects = app.keys("<enter>");
    assert!(matches!(effects[..], [Effect::Open { doc: to, .. }] if to == doc(2)));
    app.answer(opened(document(doc(2), STATEMENT)));
    assert_eq!(app.at(), "The mini");
    app.keys("<C-o>");
    app.answer(opened(document(doc(1), STORY)));
    assert_eq!((app.reader().doc(), app.reader().at), (doc(1), from));
}

#[test]
fn a_quotation_of_three_words_is_too_short_and_n_goes_to_others() {
    let mut app = answered(STORY, STATEMENT, "]q]qo");
    assert_eq!(verdict(&app), None);
    assert!(app.keys("<enter>").is_empty());
    app.keys("p");
    assert!(verdict(&app).is_some());
    app.keys("o");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn o_on_a_sentence_lists_who_repeats_it() {
    let mut app = answered(STATEMENT, STORY, "jjo");
    let rows = |app: &App| match app.model.overlays.last() {
        Some(Overlay::Uses(card)) => card.rows().len(),
        other => panic!("no card: {other:?}"),
    };
    assert_eq!(rows(&app), 1);
    let effects = app.keys("<enter>");
    assert!(matches!(effects[..], [Effect::Open { doc: to, .. }] if to == doc(2)));
    let mut app = answered(STATEMENT, STORY, "Go");
    assert_eq!(rows(&app), 0);
    app.keys("p");
    assert_eq!((rows(&app), app.at().as_str()), (1, "The mini"));
}

#[test]
fn what_was_found_behind_the_screen_is_shown_without_asking() {
    let mut app = known(STORY, STATEMENT);
    assert_eq!(verdict_here(&app), Some(Verdict::Altered));
    assert!(asked(&app.keys("]qo")).is_empty());
    assert_eq!(verdict(&app).as_deref(), Some("altered: will → may"));
    let mut app = known(STATEMENT, STORY);
    assert!(asked(&app.keys("jjo")).is_empty());
    assert!(
        matches!(app.model.overlays.last(), Some(Overlay::Uses(card)) if card.rows().len() == 1)
    );
}

#[test]
fn r_goes_from_one_repeated_sentence_to_the_next_and_says_how_often() {
    let mut app = known(STATEMENT, STORY);
    app.keys("]r");
    assert_eq!(app.at(), "The mini");
    assert_eq!(app.status(), "Repeated once, altered · o shows by whom");
    app.keys("]r");
    assert_eq!(
        (app.at().as_str(), app.status()),
        ("The mini", "No repeated sentence further below")
    );
    // Altered ones alone: there is one in the story's words, none in the same words.
    app.keys("Fagg]r");
    assert_eq!(app.at(), "The mini");
    let same = STORY.replace("may stay", "will stay");
    let mut app = known(STATEMENT, &same);
    app.keys("Fa]r");
    assert_eq!(app.status(), "No altered sentence further below");
    let mut app = open(STATEMENT);
    app.keys("]r");
    assert!(
        app.status()
            .starts_with("Who repeats this document is not known yet")
    );
}

#[test]
fn the_sentences_of_a_document_are_listed_with_those_nobody_repeats() {
    let mut app = known(STATEMENT, STORY);
    app.keys("gq");
    let listed = |app: &App| match app.model.overlays.last() {
        Some(Overlay::Uses(card)) => {
            let listed = card.listed();
            listed
                .iter()
                .map(|(_, one)| one.n_repeats)
                .collect::<Vec<_>>()
        }
        other => panic!("no card: {other:?}"),
    };
    assert_eq!(listed(&app), [0, 1, 0, 0]);
    app.keys("f");
    assert_eq!(listed(&app), [1]);
    app.keys("f");
    assert_eq!(listed(&app), [1]);
    app.keys("f");
    assert_eq!(listed(&app), [0, 0, 0]);
    app.keys("ffo");
    assert!(
        matches!(app.model.overlays.last(), Some(Overlay::Uses(card)) if card.rows().len() == 1)
    );
    app.keys("aj<enter>");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn c_compares_with_the_document_that_is_chosen() {
    let mut app = open(STATEMENT);
    let effects = app.keys("c");
    let Some(Effect::Jump { job, kinds, .. }) = effects.first() else {
        panic!("nothing is asked: {effects:?}");
    };
    assert_eq!(kinds.only, Some(crate::app::effect::JumpKind::Document));
    let hit = |n| JumpHit {
        kind: crate::app::effect::JumpKind::Document,
        text: "Reply".into(),
        marks: Vec::new(),
        aside: String::new(),
        to: JumpTarget::Place(doc(n), None),
    };
    app.done(Outcome::Jumped(
        *job,
        Jumped {
            total: 2,
            best: vec![hit(2), hit(1)],
        },
    ));
    let effects = app.keys("<enter>");
    assert_eq!(asked(&effects), [&Question::Compare(doc(2))]);
    let Some(Effect::Trace { job, .. }) = effects.first() else {
        panic!("nothing is asked");
    };
    let newer = STATEMENT.replace("will stay", "may stay") + " And more.";
    let found = tracing::compared(&ready(1, STATEMENT), &ready(2, &newer), &[]);
    app.done(Outcome::Traced(*job, Findings::Compared(Box::new(found))));
    let chosen = |app: &App| match app.model.overlays.last() {
        Some(Overlay::Redline(page)) => {
            let row = page.row(page.selected).unwrap();
            (row.fate.as_str(), page.side)
        }
        other => panic!("no page: {other:?}"),
    };
    assert_eq!(chosen(&app), ("changed", Side::New));
    app.keys("]c");
    assert_eq!(chosen(&app), ("new", Side::New));
    app.keys("r");
    assert_eq!(chosen(&app), ("changed", Side::New));
    app.keys("r[c<tab>");
    assert_eq!(chosen(&app), ("changed", Side::Old));
    app.keys("<enter>");
    assert!(app.model.overlays.is_empty());
    assert_eq!(
        (app.reader().doc(), app.at().as_str()),
        (doc(1), "The mini")
    );
}

#[test]
fn a_note_in_a_redline_is_stepped_to_and_opened() {
    let mut app = open(STATEMENT);
    app.saved("jjh", 1);
    let note = app.model.kept.annotations.first().unwrap().clone();
    let (own, newer) = (
        Arc::new(Ready::new(app.reader().document.clone(), None)),
        ready(2, &STATEMENT.replace("will stay", "may stay")),
    );
    let notes = [tracing::NoteAt {
        id: note.id,
        doc: doc(1),
        at: note.target.position,
        colour: note.body.colour,
    }];
    let job = app.model.job();
    let mut page = RedlinePage::new(job, "Reply".to_owned());
    page.take(Box::new(tracing::compared(&own, &newer, &notes)));
    app.model.overlays.push(Overlay::Redline(Box::new(page)));
    app.keys("gga");
    let chosen = match app.model.overlays.last() {
        Some(Overlay::Redline(page)) => page.chosen_note().copied(),
        other => panic!("no page: {other:?}"),
    };
    assert_eq!(chosen, Some(notes[0]));
    app.keys("<enter>");
    assert!(
        matches!(app.model.overlays.last(), Some(Overlay::Editor(editor)) if editor.target == note.target)
    );
    app.keys("<esc>a");
    assert_eq!(app.status(), "No note further on · A goes back");
}

#[test]
fn the_open_document_is_not_compared_with_itself() {
    let mut app = open(STATEMENT);
    let effects = app.keys("c");
    let Some(Effect::Jump { job, .. }) = effects.first() else {
        panic!("nothing is asked");
    };
    let hit = JumpHit {
        kind: crate::app::effect::JumpKind::Document,
        text: "Joint note".into(),
        marks: Vec::new(),
        aside: String::new(),
        to: JumpTarget::Place(doc(1), None),
    };
    app.done(Outcome::Jumped(
        *job,
        Jumped {
            total: 1,
            best: vec![hit],
        },
    ));
    let Some(Overlay::Jump(picker)) = app.model.overlays.last() else {
        panic!("no picker");
    };
    assert!(picker.found.best.is_empty());
    assert!(asked(&app.keys("<enter>")).is_empty());
}

#[test]
fn a_phrase_is_followed_and_the_chosen_document_opened() {
    let mut app = open(STATEMENT);
    let effects = app.keys("jj:history<enter>");
    let phrase = "The ministers agreed that the harbour will stay open to all ships until the end of the year.";
    assert_eq!(asked(&effects), [&Question::History(phrase.to_owned())]);
    let mut app = answered(STATEMENT, STORY, "jj:history<enter>");
    let Some(Overlay::History(list)) = app.model.overlays.last() else {
        panic!("no list");
    };
    let told: Vec<&str> = (0..list.len())
        .filter_map(|at| list.row(at))
        .map(|(_, row)| row.happened.as_str())
        .collect();
    assert_eq!(told, ["first seen", "changed to"]);
    let effects = app.keys("j<enter>");
    assert!(matches!(effects[..], [Effect::Open { doc: to, .. }] if to == doc(2)));
}

#[test]
fn an_answer_nobody_waits_for_is_dropped() {
    let mut app = open(STORY);
    let effects = app.keys("]qo<esc>");
    let Some(Effect::Trace { job, .. }) = effects.first() else {
        panic!("nothing is asked");
    };
    app.done(Outcome::Traced(*job, Findings::Sources(Vec::new())));
    assert!(app.model.overlays.is_empty() && verdict_here(&app).is_none());
    let effects = app.keys("o");
    let Some(Effect::Trace { job, .. }) = effects.first() else {
        panic!("nothing is asked");
    };
    app.done(Outcome::Traced(
        *job,
        Findings::Failed("no such".to_owned()),
    ));
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.status(), "no such");
}
