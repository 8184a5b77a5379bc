//! The list of tags, what is asked about a tag that is not in the vocabulary, and files of notes.

use super::{App, NOTE, open};
use crate::annotation::{Annotation, Body, Control, RecordId, Tag, Target};
use crate::app::effect::{Cause, Change, Effect};
use crate::app::msg::{Imported, Kept, Outcome};
use crate::app::overlay::Overlay;
use crate::text::TextRange;

fn tag(name: &str, description: &str, control: Control) -> Tag {
    Tag {
        name: name.to_owned(),
        description: description.to_owned(),
        control,
    }
}

fn note(app: &App, id: i64, words: &str, tags: &[&str]) -> Annotation {
    let document = app.reader().document.clone();
    let at = document.text.find(words).unwrap();
    Annotation {
        id: RecordId(id),
        target: Target::new(&document, TextRange::of(at, at + words.len())),
        body: Body {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Body::default()
        },
        created: app.now,
        modified: app.now,
    }
}

/// A library with tagged notes; `arms` and `talks` are controlled.
fn tagged() -> App {
    let mut app = open(NOTE);
    let annotations = vec![
        note(&app, 1, "Japan signed", &["arms", "old"]),
        note(&app, 2, "Nobody spoke", &["old", "two words"]),
    ];
    app.done(Outcome::Kept(Kept {
        annotations,
        vocabulary: vec![
            tag("arms", "Shells and rockets", Control::Controlled),
            tag("talks", "", Control::Controlled),
        ],
        ..Kept::default()
    }));
    app
}

/// Name and uses of each row; `!` before controlled ones.
fn rows(app: &App) -> Vec<String> {
    let Some(Overlay::Tags(list)) = app.model.overlays.last() else {
        panic!("the list is not open");
    };
    let rows = list.shown.iter().map(|row| {
        let sign = if row.tag.control.is_controlled() {
            "!"
        } else {
            ""
        };
        format!(
            "{sign}{} {} {}",
            row.tag.name, row.uses, row.tag.description
        )
    });
    rows.map(|row| row.trim().to_owned()).collect()
}

fn tags(app: &App) -> Vec<String> {
    let notes = app.model.kept.annotations.iter();
    notes.map(|note| note.body.tags.join("+")).collect()
}

#[test]
fn tags_are_listed_with_uses_and_what_they_mean() {
    let app = tagged().after("gt");
    assert_eq!(
        rows(&app),
        [
            "!arms 1 Shells and rockets",
            "!talks 0",
            "old 2",
            "two words 1"
        ]
    );
    assert_eq!(
        rows(&app.after("/rock<enter>")),
        ["!arms 1 Shells and rockets"]
    );
    let app = tagged().after("gtjj<enter>");
    let Some(Overlay::Kept(list)) = app.model.overlays.last() else {
        panic!("the notes are not listed");
    };
    assert_eq!(list.shown.len(), 2);
}

#[test]
fn a_tag_is_described_controlled_and_that_is_taken_back() {
    let mut app = tagged().after("gtjj");
    app.saved("eof long ago<enter>", 1);
    assert_eq!(rows(&app)[2], "old 2 of long ago");
    app.saved("c", 1);
    assert_eq!(rows(&app)[0], "!old 2 of long ago", "it stays chosen");
    app.saved("uu", 1);
    assert_eq!(rows(&app)[2], "old 2");
    app.saved("<C-r>", 1);
    assert_eq!(rows(&app)[2], "old 2 of long ago");
    app.saved("atreaties<enter>", 1);
    assert_eq!(rows(&app)[2], "!treaties 0");
}

#[test]
fn freeing_the_last_controlled_tag_is_told() {
    let mut app = tagged().after("gt");
    app.saved("c", 1);
    assert_eq!(app.status(), "Saved · arms is free now");
    app.saved("ggc", 1);
    assert_eq!(
        app.status(),
        "Saved · talks is free now · no tag is controlled any more: any other is taken without a question"
    );
    app.saved("u", 1);
    assert_eq!(
        app.status(),
        "Undone · talks is controlled now · it is the first: from now on any other tag is asked about"
    );
}

#[test]
fn a_step_that_was_overtaken_is_given_up_and_the_one_before_it_is_next() {
    let mut app = tagged().after("gt");
    app.saved("c", 1);
    app.saved("jc", 1);
    let undo = app.saves("u");
    assert_eq!(undo.len(), 1);
    app.done(Outcome::Overtaken(
        Cause::Undo,
        "the tag talks was changed since, elsewhere".to_owned(),
    ));
    assert!(
        app.status().starts_with("Not undone: the tag talks"),
        "{}",
        app.status()
    );
    app.saved("u", 1);
    assert!(
        app.status().starts_with("Undone · arms is controlled now"),
        "{}",
        app.status()
    );
}

#[test]
fn a_tag_is_renamed_on_all_notes_as_one_step() {
    let mut app = tagged().after("gt");
    app.saved("r<C-u>weapons<enter>", 1);
    assert_eq!(tags(&app), ["weapons+old", "old+two words"]);
    assert_eq!(rows(&app)[0], "!weapons 1 Shells and rockets");
    app.saved("u", 1);
    assert_eq!(tags(&app), ["arms+old", "old+two words"]);
    assert_eq!(rows(&app)[0], "!arms 1 Shells and rockets");
    assert_eq!(app.saves("r<C-u>old<enter>"), []);
    assert!(app.status().contains("m makes"), "{}", app.status());
}

#[test]
fn two_tags_become_one() {
    let mut app = tagged().after("gtjj");
    assert_eq!(app.saves("mnothing<enter>"), []);
    app.saved("marms<enter>", 1);
    assert_eq!(tags(&app), ["arms", "arms+two words"]);
    assert_eq!(rows(&app)[0], "!arms 2 Shells and rockets");
    app.saved("u", 1);
    assert_eq!(tags(&app), ["arms+old", "old+two words"]);
    app.saved("ggx", 1);
    assert_eq!(rows(&app).len(), 3);
    app.saved("u", 1);
    assert_eq!(rows(&app).len(), 4);
}

#[test]
fn a_tag_that_is_not_in_the_vocabulary_is_asked_about() {
    let mut app = tagged();
    assert_eq!(app.saves("tarmz<enter>"), []);
    let asked = |app: &App| {
        app.model
            .prompt
            .as_ref()
            .and_then(|prompt| prompt.note.clone())
    };
    assert_eq!(asked(&app).unwrap(), "arms? · Enter takes armz");
    let corrected = tagged().after("tarmz<enter><tab>");
    assert_eq!(corrected.model.prompt.unwrap().input.text(), "arms");
    let corrected = tagged().after("tarmz<enter><tab>");
    assert_eq!(corrected.model.prompt.unwrap().input.text(), "arms");
    let mut other = tagged().after("tarmz<enter>x");
    assert_eq!(asked(&other), None, "the question was about another line");
    assert_eq!(other.saves("<backspace><enter>"), [], "it is asked again");
    assert_eq!(asked(&other).unwrap(), "arms? · Enter takes armz");
    let saves = app.saves("<enter>");
    assert_eq!(saves.len(), 1, "sent again it is meant");
    assert_eq!(app.saves("<esc>:tag armz<enter>"), []);
    assert!(asked(&app).is_some());
    // One of the vocabulary is not asked about, nor anything where there is none.
    let saves = app.saves("<esc>tarms<enter>");
    assert_eq!(saves.len(), 1);
    let mut free = open(NOTE);
    assert_eq!(free.saves("tanything<enter>").len(), 1);
}

#[test]
fn completion_says_what_a_tag_means_and_tags_keep_their_blanks() {
    let app = tagged().after("ta<tab>");
    let prompt = app.model.prompt.as_ref().unwrap();
    let completion = prompt.completion.as_ref().unwrap();
    assert_eq!(prompt.input.text(), "arms");
    assert_eq!(completion.glosses, ["Shells and rockets"]);
    let app = tagged().after("Attw<tab>");
    assert_eq!(
        app.model.prompt.unwrap().input.text(),
        "old, \"two words\", \"two words\""
    );
    let mut app = tagged();
    app.done(Outcome::Kept(Kept {
        annotations: vec![note(&app, 1, "Japan signed", &["two words"])],
        ..Kept::default()
    }));
    let saves = app.saves("Atx<enter>");
    let Change::Annotation {
        after: Some(after), ..
    } = &saves[0].0[0]
    else {
        panic!("{saves:?}");
    };
    assert_eq!(after.body.tags, ["two words", "x"]);
}

#[test]
fn paths_are_completed_as_the_disk_has_them() {
    let mut app = open(NOTE);
    let asks = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|effect| match effect {
            Effect::CompletePath { job, typed } => Some((job, typed)),
            _ => None,
        })
    };
    let line = |app: &App| app.model.prompt.as_ref().unwrap().input.text().to_owned();
    let (job, typed) = asks(app.keys(":import ~/my no<tab>")).unwrap();
    assert_eq!(typed, "~/my no");
    let found = ["~/my notes/", "~/my notes.csv"]
        .map(str::to_owned)
        .to_vec();
    app.done(Outcome::Paths(job, found));
    assert_eq!(line(&app), "import ~/my notes/");
    assert_eq!(asks(app.keys("<tab>")), None, "the next candidate");
    assert_eq!(line(&app), "import ~/my notes.csv");
    // A single folder is gone into with the next Tab; a format before the path is none of it.
    let (job, typed) = asks(app.keys("<C-u>export brat ou<tab>")).unwrap();
    assert_eq!(typed, "ou");
    app.done(Outcome::Paths(job, vec!["out/".to_owned()]));
    assert_eq!(line(&app), "export brat out/");
    let (job, typed) = asks(app.keys("<tab>")).unwrap();
    assert_eq!(typed, "out/");
    // What comes too late changes nothing.
    app.keys("x");
    app.done(Outcome::Paths(job, vec!["out/y".to_owned()]));
    assert_eq!(line(&app), "export brat out/x");
    let (job, _) = asks(app.keys("<tab>")).unwrap();
    app.done(Outcome::Paths(job, Vec::new()));
    assert!(
        app.status().contains("No file and no folder"),
        "{}",
        app.status()
    );
}

fn imported(app: &App, n: i64) -> Outcome {
    let changes = (1..=n).map(|id| Change::Annotation {
        before: None,
        after: Some(note(app, id, "Japan", &["in"])),
    });
    Outcome::Imported(Ok(Box::new(Imported {
        changes: changes.collect(),
        told: "3 notes from notes.json".to_owned(),
        left: vec!["“nowhere”: its words are not in the document".to_owned()],
    })))
}

#[test]
fn an_import_is_one_step_that_is_undone_and_redone() {
    let mut app = open(NOTE);
    assert_eq!(
        app.keys(":import notes.json<enter>").last(),
        Some(&Effect::Import("notes.json".to_owned()))
    );
    assert_eq!(app.saves("u"), [], "undo waits until it is here");
    let effects = app.done(imported(&app, 3));
    assert_eq!(app.model.kept.annotations.len(), 3);
    let undo = super::saves(effects);
    let [(changes, Cause::Undo)] = undo.as_slice() else {
        panic!("{undo:?}");
    };
    assert_eq!(changes.len(), 3);
    app.done(Outcome::Saved(changes.clone(), Cause::Undo));
    assert_eq!(app.model.kept.annotations.len(), 0);
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Card(_))));
    app.saved("<esc><C-r>", 9);
    assert_eq!(app.model.kept.annotations.len(), 3);
}

#[test]
fn an_import_that_failed_leaves_undo_as_it_was() {
    let mut app = open(NOTE);
    app.saved("h", 7);
    app.keys(":import no.json<enter>");
    app.done(Outcome::Imported(Err("no.json cannot be read".to_owned())));
    assert_eq!(
        app.status(),
        "Nothing was brought in: no.json cannot be read"
    );
    assert_eq!(app.saves("u").len(), 1);
}

#[test]
fn what_the_list_shows_is_written() {
    let mut app = tagged();
    let to = "notes.csv".to_owned();
    let all = Effect::Export {
        to: to.clone(),
        only: None,
    };
    assert_eq!(app.keys(":export notes.csv<enter>").last(), Some(&all));
    let shown = Effect::Export {
        to,
        only: Some(vec![RecordId(2)]),
    };
    let effects = app.keys("A/tag:\"two words\"<enter>wnotes.csv<enter>");
    assert_eq!(effects.last(), Some(&shown));
}
