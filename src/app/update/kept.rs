//! Keys in the lists of annotations and bookmarks.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;

use super::overlays::{letter_step, list_step};
use super::{annotate, marks, review, run, save};
use crate::annotation::{Anchor, Annotation, Body, Colour};
use crate::app::action::Action;
use crate::app::citation;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::input::Edited;
use crate::app::model::Model;
use crate::app::overlay::kept::{KeptKind, KeptList, Typing};
use crate::app::overlay::{Editor, Overlay};
use crate::app::prompt::{Prompt, Purpose};

/// Opens one of the lists.
pub(super) fn open(model: &mut Model, what: KeptKind) -> Vec<Effect> {
    let list = KeptList::new(what, &model.kept, &model.list);
    model.overlays.push(Overlay::Kept(list));
    Vec::new()
}

/// Takes a key.
pub(super) fn press(
    model: &mut Model,
    now: Timestamp,
    event: KeyEvent,
    control: bool,
) -> Vec<Effect> {
    let Some(Overlay::Kept(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let marks_rows = list.what == KeptKind::Annotations && event.code == KeyCode::Char(' ');
    let step = list_step(event, control, 10)
        .or_else(|| letter_step(event, 10).filter(|_| list.typing == Typing::List && !marks_rows));
    if let Some(by) = step {
        list.cursor.step(by, list.shown.len());
        return Vec::new();
    }
    if list.typing == Typing::Filter {
        match event.code {
            KeyCode::Esc | KeyCode::Enter => list.typing = Typing::List,
            _ => {
                if list.input.key(event) == Edited::Yes {
                    list.arrange(&model.kept, &model.list);
                }
            }
        }
        return Vec::new();
    }
    if control {
        return match event.code {
            KeyCode::Char('r') => save::redo(model),
            _ => Vec::new(),
        };
    }
    match event.code {
        KeyCode::Char('/') => list.typing = Typing::Filter,
        KeyCode::Char('q') => drop(model.overlays.pop()),
        KeyCode::Enter | KeyCode::Char('o') => {
            let to = list
                .chosen_target(&model.kept)
                .map(|target| (target.doc, target.position));
            if let Some((doc, range)) = to {
                model.overlays.pop();
                return marks::leave_for(model, doc, range);
            }
        }
        KeyCode::Char('u') => return save::undo(model),
        KeyCode::Char('x') | KeyCode::Delete => return delete(model),
        _ if list.what == KeptKind::Bookmarks => {}
        KeyCode::Tab => list.regroup(&model.kept, &model.list),
        KeyCode::Char(' ') => {
            list.mark(&model.kept);
            list.cursor.step(1, list.shown.len());
        }
        KeyCode::Char('*') => list.mark_all(&model.kept),
        KeyCode::Char('a' | 'e') => {
            if let Some(note) = list.chosen_annotation(&model.kept).cloned() {
                let editor = Editor::new(Some(note.clone()), note.target.clone(), note.body);
                model.overlays.push(Overlay::Editor(Box::new(editor)));
            }
        }
        KeyCode::Char('t') => {
            let tags = match list.meant(&model.kept).as_slice() {
                [only] if !only.body.tags.is_empty() => {
                    format!("{}, ", annotate::typed_tags(&only.body.tags))
                }
                _ => String::new(),
            };
            let several = list.marked.len() > 1;
            let mut prompt = Prompt::new(Purpose::Argument(Action::Tag), &tags);
            prompt.note =
                several.then(|| "a word adds the tag to all, -word takes it off".to_owned());
            model.prompt = Some(prompt);
        }
        KeyCode::Char('y') => return copy(model),
        KeyCode::Char('r') => {
            if let Some(note) = list.chosen_annotation(&model.kept).cloned() {
                let standing = model.kept.standings.get(&note.id);
                let near = standing.map(|standing| match &standing.anchoring.anchor {
                    Anchor::Lost { near } => *near,
                    found => found.range().unwrap_or(note.target.position),
                });
                model.overlays.clear();
                return review::begin_placing(model, note, near);
            }
        }
        KeyCode::Char('w') => return run::run(model, now, Action::Export, None, None),
        KeyCode::Char(':') => return run::run(model, now, Action::Command, None, None),
        KeyCode::Char(digit @ '1'..='5') => {
            let colour = Colour::ALL.get(digit as usize - '1' as usize).copied();
            let recolour = |body: &Body| Body {
                colour: colour.unwrap_or(body.colour),
                ..body.clone()
            };
            return change(model, now, recolour);
        }
        _ => {}
    }
    Vec::new()
}

/// The list of annotations, if it is what keys go to.
fn notes(model: &Model) -> Option<&KeptList> {
    match model.overlays.last() {
        Some(Overlay::Kept(list)) if list.what == KeptKind::Annotations => Some(list),
        _ => None,
    }
}

/// Sets the tags of what is meant in the list of annotations; of several, adds and takes off. None if no such list has the keys.
pub(super) fn tag(model: &mut Model, now: Timestamp, typed: &str) -> Option<Vec<Effect>> {
    let several = notes(model)?.marked.len() > 1;
    let words = annotate::parse_tags(typed);
    let (off, on): (Vec<String>, Vec<String>) = words
        .into_iter()
        .partition(|word| several && word.starts_with('-'));
    let off: Vec<&str> = off
        .iter()
        .map(|word| word.trim_start_matches('-'))
        .collect();
    let retag = |body: &Body| {
        let mut tags = if several {
            body.tags.clone()
        } else {
            Vec::new()
        };
        tags.retain(|tag| !off.contains(&tag.as_str()));
        for tag in &on {
            if !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                tags.push(tag.clone());
            }
        }
        Body {
            tags,
            ..body.clone()
        }
    };
    Some(change(model, now, retag))
}

/// Changes all that is meant, as one step.
fn change(model: &mut Model, now: Timestamp, to: impl Fn(&Body) -> Body) -> Vec<Effect> {
    let Some(list) = notes(model) else {
        return Vec::new();
    };
    let changes: Vec<Change> = list
        .meant(&model.kept)
        .into_iter()
        .filter_map(|note| {
            let body = to(&note.body);
            (body != note.body).then(|| Change::Annotation {
                before: Some(note.clone()),
                after: Some(Annotation {
                    body,
                    modified: now,
                    ..note.clone()
                }),
            })
        })
        .collect();
    if changes.is_empty() {
        model.status.say("Nothing changed");
        return Vec::new();
    }
    save::save(model, changes, Cause::Edit)
}

fn delete(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Kept(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let changes: Vec<Change> = match list.what {
        KeptKind::Annotations => list
            .meant(&model.kept)
            .into_iter()
            .map(|note| Change::Annotation {
                before: Some(note.clone()),
                after: None,
            })
            .collect(),
        KeptKind::Bookmarks => list
            .chosen_bookmark(&model.kept)
            .map(|mark| Change::Bookmark {
                before: Some(mark.clone()),
                after: None,
            })
            .into_iter()
            .collect(),
    };
    list.marked.clear();
    if changes.is_empty() {
        return Vec::new();
    }
    save::save(model, changes, Cause::Edit)
}

/// Copies what is meant, each with its citation and its note, by document and in the order of its text. What is not open is read first.
fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(list) = notes(model) else {
        return Vec::new();
    };
    let mut meant: Vec<Annotation> = list.meant(&model.kept).into_iter().cloned().collect();
    if meant.is_empty() {
        return Vec::new();
    }
    let key = |note: &Annotation| {
        let listing = model.list.listing(note.target.doc);
        let day = listing
            .and_then(|listing| listing.published.as_ref())
            .and_then(|date| date.interval().earliest);
        let title = listing.map(|listing| listing.title.clone());
        (day.is_none(), day, title, note.target.position.start)
    };
    meant.sort_by_cached_key(key);
    let reader = model.reader.as_ref();
    let here = |note: &Annotation| -> Option<String> {
        let reader = reader.filter(|reader| reader.doc() == note.target.doc)?;
        let document = &*reader.document;
        let listing = model.list.listing(note.target.doc);
        let made_here = note.target.revision == document.revision;
        let found = reader
            .annotations
            .iter()
            .find(|(known, _)| known.id == note.id);
        let stands = match found {
            Some((_, anchor)) => anchor.range(),
            None if made_here => Some(note.target.position),
            None => return None,
        };
        let stands = stands.map(|range| (document, range));
        Some(citation::cite_note(note, stands, listing))
    };
    match meant.iter().map(here).collect::<Option<Vec<String>>>() {
        Some(cited) => copied(model, &cited),
        None => vec![Effect::Cite(meant)],
    }
}

/// Puts citations on the clipboard.
pub(super) fn copied(model: &mut Model, cited: &[String]) -> Vec<Effect> {
    model.status.good(match cited.len() {
        1 => "Copied with its citation".to_owned(),
        n => format!("Copied {n} notes with their citations"),
    });
    vec![Effect::Copy(cited.join("\n"))]
}
