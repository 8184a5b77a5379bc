//! What floats over the panes, and the lines asked for at the bottom.

use super::{App, NOTE, doc, open};
use crate::annotation::{Anchor, Wording};
use crate::app::action::Action;
use crate::app::effect::{Effect, JumpKind};
use crate::app::msg::{JumpHit, JumpTarget, Jumped, Outcome};
use crate::app::overlay::Overlay;
use crate::app::overlay::card::CardLine;

fn card(app: &App) -> String {
    let Some(Overlay::Card(card)) = app.model.overlays.last() else {
        panic!("no card")
    };
    let lines = card.lines.iter().map(|line| match line {
        CardLine::Heading(text) | CardLine::Text(text) => text.clone(),
        CardLine::Field(name, value) => format!("{name}: {value}"),
        CardLine::Redline(name, changed) => {
            let part = |one: &Wording| match one {
                Wording::Same(_, words) => words.clone(),
                Wording::Gone(words) => format!("[-{words}-]"),
                Wording::New(words) => format!("{{+{words}+}}"),
            };
            let words: Vec<String> = changed.iter().map(part).collect();
            format!("{name}: {}", words.concat())
        }
        CardLine::Blank => String::new(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn typed(app: &App) -> String {
    app.model
        .prompt
        .as_ref()
        .map_or_else(String::new, |prompt| prompt.input.text().to_owned())
}

fn found(n: u64, at: Option<u32>) -> Jumped {
    let hit = JumpHit {
        kind: JumpKind::Document,
        text: "Reply".into(),
        marks: Vec::new(),
        aside: String::new(),
        to: JumpTarget::Place(doc(n), at),
    };
    Jumped {
        total: 1,
        best: vec![hit],
    }
}

#[test]
fn the_jump_asks_as_one_types_and_restricts_by_prefix_and_tab() {
    let mut app = open(NOTE);
    let asked = |effects: Vec<Effect>| match effects.last() {
        Some(Effect::Jump { query, kinds, .. }) => (query.clone(), kinds.only),
        other => panic!("{other:?}"),
    };
    assert_eq!(asked(app.keys("<C-p>")), (String::new(), None));
    assert_eq!(
        asked(app.keys("e:jap")),
        ("jap".into(), Some(JumpKind::Entity))
    );
    assert_eq!(
        asked(app.keys("<C-u><tab>")),
        (String::new(), Some(JumpKind::Document))
    );
    assert_eq!(asked(app.paste("two\nlines")).1, Some(JumpKind::Document));
}

#[test]
fn the_jump_shows_a_preview_and_goes_there() {
    let mut app = open(NOTE);
    let effects = app.keys("<C-p>rep");
    let jobs: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Jump { job, .. } => Some(*job),
            _ => None,
        })
        .collect();
    assert_eq!(
        app.done(Outcome::Jumped(jobs[0], found(3, None))),
        [],
        "an older question"
    );
    let effects = app.done(Outcome::Jumped(jobs[3], found(2, Some(4))));
    assert!(
        matches!(effects.as_slice(), [Effect::Preview { doc: shown, at: 4, .. }] if *shown == doc(2))
    );
    let effects = app.keys("<enter>");
    assert!(matches!(effects.as_slice(), [Effect::Open { doc: opened, .. }] if *opened == doc(2)));
    assert!(app.model.overlays.is_empty());
    assert_eq!(open(NOTE).keys("<C-p><esc>").len(), 1);
}

#[test]
fn the_notes_are_listed_filtered_opened_and_deleted() {
    let mut app = open(NOTE).after("j");
    app.saved("aImportant<esc>", 1);
    app.saved("Gh", 2);
    app.keys("ggA");
    let shown = |app: &App| match app.model.overlays.last() {
        Some(Overlay::Kept(list)) => list.shown.len(),
        _ => 0,
    };
    assert_eq!(shown(&app), 2);
    app.keys("/important");
    assert_eq!(shown(&app), 1);
    app.keys("<enter><enter>");
    assert_eq!(
        (app.at().as_str(), app.model.overlays.len()),
        ("Japan si", 0)
    );
    app.keys("A");
    assert_eq!(shown(&app), 1, "as it was left");
    app.saved("x", 3);
    assert_eq!(shown(&app), 0);
    app.saved("u", 3);
    assert_eq!(shown(&app), 1);
}

#[test]
fn the_cards_say_what_stands_under_the_cursor() {
    let mut app = open(NOTE).after("]ee");
    let Some(Overlay::Entity(asked)) = app.model.overlays.last() else {
        panic!("no card")
    };
    // The library knows nothing of it: what the text says is shown.
    let job = asked.job;
    app.done(Outcome::EntityFacts(job, None));
    assert!(
        card(&app).starts_with("type: place\nas: Japan (2)\nhere: 2 mentions"),
        "{}",
        card(&app)
    );
    let app = open(NOTE).after("]dg<space>");
    assert!(card(&app).contains("date: 5 May 2024"), "{}", card(&app));
    assert!(card(&app).contains("title: Joint note"));
    let mut app = open(NOTE).after("j");
    app.saved("vwh", 1);
    app.keys("g<space>");
    assert!(card(&app).contains("yellow highlight"), "{}", card(&app));
    // Of words that were edited since what was and what is stand together.
    let (note, anchor) = &mut app.model.reader.as_mut().unwrap().annotations[0];
    let now = note.target.quote.exact.clone();
    note.target.quote.exact = format!("once {now}");
    *anchor = Anchor::Edited(anchor.range().unwrap());
    app.keys("q");
    app.keys("g<space>");
    let told = format!("then and now: [-once -]{now}");
    assert!(card(&app).contains(&told), "{told} in {}", card(&app));
    assert!(card(&open(NOTE).after("gw")).contains("Nothing was amiss"));
    assert_eq!(
        open(NOTE).after("e").status(),
        "No name is under the cursor · ]e goes to the next one"
    );
}

#[test]
fn a_card_scrolls_and_any_other_key_closes_it() {
    let app = open(NOTE).after("g<space>jj");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Card(card)) if card.top == 2));
    assert!(app.after("q").model.overlays.is_empty());
}

#[test]
fn the_help_narrows_as_one_types() {
    let app = open(NOTE).after("?heading");
    let Some(Overlay::Help(help)) = app.model.overlays.last() else {
        panic!("no help")
    };
    let lines = help.lines(&app.model.keymap);
    assert!((2..12).contains(&lines.len()), "{lines:?}");
    assert!(open(NOTE).after("??").model.overlays.is_empty());
}

#[test]
fn the_palette_runs_what_is_chosen() {
    let app = open(NOTE).after("<A-x>justify<enter>");
    assert_eq!(app.status(), "Justified lines");
    let app = open(NOTE).after("<A-x>mark<enter>");
    assert!(app.model.pending.letter.is_some() || app.model.prompt.is_some());
}

#[test]
fn commands_are_completed_recalled_and_told_apart() {
    let mut app = open(NOTE).after(":jus<tab>");
    assert_eq!(typed(&app), "justify");
    let effects = app.keys("<enter>");
    assert_eq!(effects, [Effect::SaveCommand("justify".into())]);
    app.keys(":theme mono<enter>:<up><up>");
    assert_eq!(typed(&app), "justify");
    app.keys("<down>");
    assert_eq!(typed(&app), "theme mono");
    app.keys("<esc>:xyz<enter>");
    assert!(app.status().starts_with("There is no command “xyz”"));
    app.keys(":quit now<enter>");
    assert_eq!(app.status(), "“quit” takes nothing after its name");
    app.keys(":hyph<enter>");
    assert_eq!(app.status(), "Words are hyphenated");
    app.keys(":2<enter>");
    assert_eq!(app.at(), "Japan si");
    assert_eq!(open(NOTE).keys(":<enter>"), []);
}

#[test]
fn a_missing_argument_is_asked_for() {
    let mut app = open(NOTE).after(":measure<enter>");
    assert_eq!(typed(&app), "76");
    app.keys("<C-u>50<enter>");
    assert_eq!(app.model.settings.measure_cells, 50);
    app.keys(":measure wide<enter>");
    assert!(app.status().contains("from 20 to 200"));
    app.keys(":mark<enter>");
    assert_eq!(app.model.pending.letter, Some(Action::SetMark));
}

#[test]
fn themes_go_round_and_unknown_ones_are_named() {
    let mut app = open(NOTE).after("T");
    assert_eq!(app.model.settings.theme.as_deref(), Some("paper"));
    app.keys("T");
    assert_eq!(app.model.settings.theme.as_deref(), Some("ink"));
    app.keys(":theme pink<enter>");
    assert!(app.status().starts_with("There is no theme “pink”"));
}

#[test]
fn links_open_by_letter_and_only_safe_ones() {
    let text = "See [one](https://example.org/a) and [two](javascript:alert) and [three](MAILTO:a@example.org).";
    let mut app = open(text);
    assert_eq!(
        app.keys("gla"),
        [Effect::Follow("https://example.org/a".into())]
    );
    assert_eq!(app.keys("gls"), []);
    assert!(app.status().starts_with("Not opened"));
    assert_eq!(
        app.keys("gld"),
        [Effect::Follow("MAILTO:a@example.org".into())]
    );
    app.keys("gl<esc>");
    assert_eq!((app.status(), app.model.overlays.len()), ("", 0));
    assert_eq!(
        open(NOTE).after("gl").status(),
        "There is no link on the screen"
    );
    assert_eq!(
        app.keys("w<enter>"),
        [Effect::Follow("https://example.org/a".into())]
    );
}

#[test]
fn esc_ends_the_innermost_first() {
    let mut app = open(NOTE).after("j/Japan<enter>v?");
    app.keys("<esc>");
    assert!(app.model.overlays.is_empty() && app.selected().is_some());
    app.keys("<esc>");
    assert!(app.selected().is_none() && app.reader().search.is_some());
    app.keys("<esc>");
    assert!(app.reader().search.is_none());
    app.done(Outcome::Progress(Some(("Analysing".into(), 1, 2))));
    assert_eq!(app.keys("<esc>"), [Effect::CancelWork]);
}

#[test]
fn paste_goes_where_keys_would_go() {
    let mut app = open(NOTE);
    app.paste("quit\n");
    assert!(app.status().starts_with("The pasted text was ignored"));
    app.keys("/");
    app.paste("France will\n");
    assert_eq!(app.at(), "France w");
    let mut app = open(NOTE).after("?");
    app.paste("justify");
    assert!(
        matches!(app.model.overlays.last(), Some(Overlay::Help(help)) if help.input.text() == "justify")
    );
}

#[test]
fn enter_pressed_before_the_jump_is_answered_takes_the_best_hit_when_it_is() {
    let mut app = open(NOTE);
    let asked = app.keys("<C-p>two");
    let Some(Effect::Jump { job, .. }) = asked.last().cloned() else {
        panic!("{asked:?}")
    };
    assert_eq!(app.keys("<enter>"), []);
    let hit = crate::app::msg::JumpHit {
        kind: crate::app::effect::JumpKind::Document,
        text: "Two".into(),
        marks: Vec::new(),
        aside: String::new(),
        to: JumpTarget::Place(doc(2), None),
    };
    let found = crate::app::msg::Jumped {
        total: 1,
        best: vec![hit],
    };
    let effects = app.done(Outcome::Jumped(job, found));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open { doc: opened, .. } if *opened == doc(2)))
    );
}
