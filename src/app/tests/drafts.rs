//! Half-written notes: kept as they are typed, offered again where they belong, gone once they are saved or thrown away.

use super::{App, NOTE, doc, document, open, opened, range_of};
use crate::annotation::{Annotation, Body, Draft, DraftId, RecordId, Target};
use crate::app::effect::{Cause, Change, Effect};
use crate::app::msg::{Kept, Outcome};
use crate::app::overlay::Overlay;
use crate::app::overlay::editor::Saving;

/// What is asked to be kept after a pause.
fn paused(app: &mut App) -> Vec<Draft> {
    let effects = app.done(Outcome::DraftsDue);
    let kept = effects.into_iter().filter_map(|effect| match effect {
        Effect::KeepDrafts(drafts) => Some(drafts),
        _ => None,
    });
    kept.flatten().collect()
}

fn forgotten(effects: &[Effect]) -> Vec<DraftId> {
    let ids = effects.iter().filter_map(|effect| match effect {
        Effect::ForgetDrafts(ids) => Some(ids.clone()),
        _ => None,
    });
    ids.flatten().collect()
}

/// The text of the editor that has the keys.
fn text(app: &App) -> Option<String> {
    let editor = app.model.overlays.last().and_then(Overlay::draft);
    editor.map(crate::app::overlay::Editor::note)
}

/// What was typed into a note on the first sentence before the program was killed.
fn left(before: Option<Annotation>) -> Draft {
    let app = open(NOTE);
    let range = range_of(&app, "Japan signed the paper on 5 May 2024.");
    Draft {
        id: DraftId(-1),
        before,
        target: Target::new(&app.reader().document, range),
        body: Body {
            note: "half a thought".to_owned(),
            ..Body::default()
        },
        locator: "/library/1.txt".to_owned(),
        touched: app.now,
    }
}

#[test]
fn what_is_typed_is_kept_after_a_pause_and_forgotten_when_it_is_saved() {
    let mut app = open(NOTE).after("ja");
    assert_eq!(
        app.keys("hal"),
        [
            Effect::DraftTouched,
            Effect::DraftTouched,
            Effect::DraftTouched
        ]
    );
    let drafts = paused(&mut app);
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].body.note, "hal");
    let id = drafts[0].id;
    app.keys("f");
    let drafts = paused(&mut app);
    assert_eq!((drafts[0].id, drafts[0].body.note.as_str()), (id, "half"));
    let effects = app.saved("<esc>", 1);
    assert_eq!(forgotten(&effects), [id]);
    assert_eq!(paused(&mut app), []);
}

#[test]
fn what_is_thrown_away_or_taken_back_is_forgotten() {
    let mut app = open(NOTE).after("jahalf");
    let id = paused(&mut app)[0].id;
    assert_eq!(forgotten(&app.keys("<C-c>")), [id]);
    app.keys("ax");
    let id = paused(&mut app)[0].id;
    app.keys("<backspace>");
    let effects = app.done(Outcome::DraftsDue);
    assert_eq!(forgotten(&effects), [id], "there is nothing to keep");
    assert_eq!(forgotten(&app.keys("<esc>")), []);
}

#[test]
fn what_was_left_is_told_and_opened_only_when_asked() {
    let mut app = open(NOTE);
    app.done(Outcome::DraftsFound(vec![left(None)]));
    assert!(
        app.status().contains("“half a thought” · gu opens it"),
        "{}",
        app.status()
    );
    assert!(app.model.overlays.is_empty());
    app.keys("Ggu");
    assert_eq!(text(&app).as_deref(), Some("half a thought"));
    assert!(
        app.at().starts_with("Japan"),
        "where it belongs: {}",
        app.at()
    );
    assert_eq!(app.keys("t"), [Effect::DraftTouched]);
    let sent = app.saves("<esc>");
    let answered = sent[0].0.clone();
    let answered = answered
        .into_iter()
        .map(|change| super::numbered(change, &mut 4))
        .collect();
    assert_eq!(
        forgotten(&app.done(Outcome::Saved(answered, Cause::Edit))),
        [DraftId(-1)]
    );
    assert_eq!(app.keys("gu"), []);
    assert_eq!(app.status(), "No note is half written");
}

#[test]
fn it_is_offered_where_it_was_written() {
    let mut app = open(NOTE);
    app.done(Outcome::DraftsFound(vec![left(None)]));
    app.keys("]s]s]sa");
    assert_eq!(text(&app).as_deref(), Some(""), "another sentence");
    app.keys("<esc>");
    app.keys("gg]sa");
    assert_eq!(
        text(&app).as_deref(),
        Some("half a thought"),
        "{}",
        app.at()
    );
    assert!(
        app.status()
            .starts_with("This is what you had not finished")
    );
    let aside = app.keys("<C-l>");
    assert!(
        matches!(aside.as_slice(), [Effect::KeepDrafts(drafts)] if drafts[0].id == DraftId(-1)),
        "{aside:?}"
    );
    assert_eq!(app.model.drafts.len(), 1, "for later");
    app.keys("gu");
    assert_eq!(forgotten(&app.keys("<C-c>")), [DraftId(-1)]);
    assert!(app.model.drafts.is_empty());
}

#[test]
fn what_was_saved_before_the_end_is_not_offered() {
    let mut app = open(NOTE);
    let draft = left(None);
    let note = Annotation {
        id: RecordId(3),
        target: draft.target.clone(),
        body: draft.body.clone(),
        created: app.now,
        modified: app.now,
    };
    app.done(Outcome::DraftsFound(vec![draft]));
    let effects = app.done(Outcome::Kept(Kept {
        annotations: vec![note],
        ..Kept::default()
    }));
    assert_eq!(forgotten(&effects), [DraftId(-1)]);
    assert!(app.model.drafts.is_empty());
}

#[test]
fn an_edit_goes_on_from_the_note_as_it_is_now() {
    let mut app = open(NOTE);
    let mut note = Annotation {
        id: RecordId(3),
        target: left(None).target,
        body: Body::default(),
        created: app.now,
        modified: app.now,
    };
    let draft = left(Some(note.clone()));
    note.body.note = "said elsewhere meanwhile".to_owned();
    app.done(Outcome::Kept(Kept {
        annotations: vec![note.clone()],
        ..Kept::default()
    }));
    app.done(Outcome::DraftsFound(vec![draft]));
    app.keys("gu");
    assert!(
        app.status().contains("it says “said elsewhere meanwhile”"),
        "{}",
        app.status()
    );
    let saves = app.saves("<esc>");
    let Change::Annotation { before, after } = &saves[0].0[0] else {
        panic!("{saves:?}");
    };
    assert_eq!(before.as_ref(), Some(&note));
    assert_eq!(
        after.as_ref().map(|after| after.body.note.as_str()),
        Some("half a thought")
    );
}

#[test]
fn in_a_changed_text_it_goes_along_with_its_words_or_waits_for_others() {
    let mut app = open(
        "# Joint note\n\nA new beginning.\n\nJapan signed the paper on 5 May 2024. Then more.",
    );
    app.done(Outcome::DraftsFound(vec![left(None)]));
    app.keys("gu");
    let editor = app.model.overlays.last().and_then(Overlay::draft).unwrap();
    let words = editor.target.position.of_text(app.reader().text());
    assert_eq!(words, "Japan signed the paper on 5 May 2024.");
    assert_eq!(editor.target.revision, app.reader().document.revision);

    let mut app = open("# Joint note\n\nNothing of it is left here, not a word.");
    app.done(Outcome::DraftsFound(vec![left(None)]));
    app.keys("gu");
    assert_eq!(text(&app), None);
    assert!(
        app.status().contains("select others, a puts it there"),
        "{}",
        app.status()
    );
    app.keys("ja");
    assert_eq!(text(&app).as_deref(), Some("half a thought"));
    let saves = app.saves("<esc>");
    let Change::Annotation {
        after: Some(after), ..
    } = &saves[0].0[0]
    else {
        panic!("{saves:?}");
    };
    assert!(after.target.quote.exact.starts_with("Nothing of it"));
}

#[test]
fn a_document_that_is_opened_says_that_something_is_unfinished() {
    let mut app = open(NOTE);
    let mut draft = left(None);
    draft.target.doc = doc(2);
    app.done(Outcome::DraftsFound(vec![draft]));
    app.model
        .open(doc(2), crate::app::model::Landing::Remembered);
    app.answer(opened(document(doc(2), NOTE)));
    assert!(app.status().contains("was kept here"), "{}", app.status());
}

/// An editor on a stored note that says "old", with something typed after it, when the store is told anew.
fn edited(now: impl FnOnce(Annotation) -> Vec<Annotation>) -> App {
    let mut app = open(NOTE);
    let note = Annotation {
        id: RecordId(3),
        target: left(None).target,
        body: Body {
            note: "old".to_owned(),
            ..Body::default()
        },
        created: app.now,
        modified: app.now,
    };
    let kept = |annotations| {
        Outcome::Kept(Kept {
            annotations,
            ..Kept::default()
        })
    };
    app.done(kept(vec![note.clone()]));
    app.keys("Ae, mine");
    app.done(kept(now(note)));
    app
}

/// The note that a save would store, and whether it is a new one.
fn stored(app: &mut App, keys: &str) -> (bool, String) {
    let saves = app.saves(keys);
    let Some(Change::Annotation {
        before,
        after: Some(after),
    }) = saves.first().and_then(|(changes, _)| changes.first())
    else {
        panic!("{saves:?}");
    };
    (before.is_none(), after.body.note.clone())
}

fn with_note(mut note: Annotation, text: &str) -> Vec<Annotation> {
    note.body.note = text.to_owned();
    note.body.tags = vec!["theirs".to_owned()];
    vec![note]
}

#[test]
fn a_note_that_another_window_changed_is_not_overwritten_unasked() {
    let mut app = edited(|note| with_note(note, "theirs"));
    let editor = app.model.overlays.last().and_then(Overlay::draft).unwrap();
    assert_eq!(editor.saving, Saving::Changed("theirs".to_owned()));
    assert_eq!(
        editor.body.tags,
        ["theirs"],
        "what is not written here is as it is there"
    );
    assert_eq!(stored(&mut app, "<esc>"), (false, "old, mine".to_owned()));
    let mut both = edited(|note| with_note(note, "theirs"));
    both.keys("<C-y>");
    assert_eq!(
        stored(&mut both, "<esc>"),
        (false, "theirs\n\nold, mine".to_owned())
    );
    let mut same = edited(|note| with_note(note, "old"));
    assert_eq!(stored(&mut same, "<esc>"), (false, "old, mine".to_owned()));
}

#[test]
fn a_note_that_was_deleted_elsewhere_is_saved_as_a_new_one() {
    let mut app = edited(|_| Vec::new());
    let editor = app.model.overlays.last().and_then(Overlay::draft).unwrap();
    assert_eq!(editor.saving, Saving::Gone);
    assert_eq!(stored(&mut app, "<esc>"), (true, "old, mine".to_owned()));
}
