//! The list of tags, what the reader does to them, and what is asked about a tag that is not in the vocabulary.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;

use super::lists::{self, Pressed};
use super::{annotate, kept, run, save};
use crate::annotation::{Annotation, Body, Tag, distance};
use crate::app::action::Action;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::Model;
use crate::app::msg::Kept;
use crate::app::overlay::kept::Typing;
use crate::app::overlay::tags::{TagRow, rows};
use crate::app::overlay::{Overlay, TagList};
use crate::app::prompt::Completion;
use crate::text::sanitise;

/// Opens the list.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let list = TagList::new(&model.kept);
    model.overlays.push(Overlay::Tags(list));
    Vec::new()
}

/// Takes a key.
pub(super) fn press(
    model: &mut Model,
    now: Timestamp,
    event: KeyEvent,
    control: bool,
) -> Vec<Effect> {
    let Some(Overlay::Tags(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let typed = (&mut list.input, &mut list.typing);
    let n_rows = list.shown.len();
    match lists::press((event, control), typed, &mut list.cursor, n_rows, &[]) {
        Pressed::Taken | Pressed::Finished => return Vec::new(),
        Pressed::Narrowed => {
            list.arrange(&model.kept);
            return Vec::new();
        }
        Pressed::Left => {}
    }
    if let Some(effects) = lists::common(model, now, event, control) {
        return effects;
    }
    let Some(Overlay::Tags(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    match event.code {
        KeyCode::Char('/') => list.typing = Typing::Filter,
        KeyCode::Char('?') => return run::run(model, now, Action::Help, None, None),
        KeyCode::Char('a') => return run::run(model, now, Action::TagNew, None, None),
        KeyCode::Enter | KeyCode::Char('o') => return notes(model),
        _ if list.chosen().is_none() => {}
        KeyCode::Char('e' | 'd') => return run::run(model, now, Action::TagDescribe, None, None),
        KeyCode::Char('r') => return run::run(model, now, Action::TagRename, None, None),
        KeyCode::Char('m') => return run::run(model, now, Action::TagMerge, None, None),
        KeyCode::Char('c') => return control_chosen(model),
        KeyCode::Char('x') | KeyCode::Delete => return remove(model, now),
        _ => {}
    }
    Vec::new()
}

/// The notes with the chosen tag.
fn notes(model: &mut Model) -> Vec<Effect> {
    let Some(row) = chosen(model) else {
        return Vec::new();
    };
    if row.uses == 0 {
        model
            .status
            .say(format!("No note is tagged {} yet", row.tag.name));
        return Vec::new();
    }
    kept::open_narrowed(model, &format!("tag:\"{}\"", row.tag.name))
}

fn chosen(model: &Model) -> Option<TagRow> {
    match model.overlays.last() {
        Some(Overlay::Tags(list)) => list.chosen().cloned(),
        _ => None,
    }
}

/// Carries out what needs a word.
pub(super) fn run(model: &mut Model, now: Timestamp, action: Action, typed: &str) -> Vec<Effect> {
    let typed = sanitise::line(typed);
    let typed = typed.trim().trim_start_matches('#');
    if action == Action::TagNew {
        return make(model, typed);
    }
    let Some(row) = chosen(model) else {
        model
            .status
            .say("No tag is chosen · gt lists them, j and k choose one");
        return Vec::new();
    };
    let known = rows(&model.kept)
        .into_iter()
        .any(|row| row.tag.name == typed);
    match action {
        Action::TagDescribe => {
            let after = Tag {
                description: typed.to_owned(),
                ..row.tag.clone()
            };
            put(model, &row.tag, &after)
        }
        _ if typed.is_empty() || typed == row.tag.name => Vec::new(),
        Action::TagRename if known => {
            model.status.fail(format!(
                "There is a tag {typed} already · m makes {} one with it",
                row.tag.name
            ));
            Vec::new()
        }
        Action::TagMerge if !known => {
            model.status.fail(format!(
                "There is no tag {typed} · r renames {}",
                row.tag.name
            ));
            Vec::new()
        }
        _ => rename(model, now, &row.tag, typed),
    }
}

/// What a prompt about the chosen tag begins with.
pub(super) fn present_argument(model: &Model, action: Action) -> String {
    let tag = chosen(model).map(|row| row.tag);
    tag.map_or_else(String::new, |tag| match action {
        Action::TagDescribe => tag.description.replace('\n', " "),
        Action::TagRename => tag.name,
        _ => String::new(),
    })
}

/// A tag nobody has used yet stands in the list only if something is said about it, so it begins controlled.
fn make(model: &mut Model, name: &str) -> Vec<Effect> {
    if name.is_empty() {
        return Vec::new();
    }
    let known = rows(&model.kept)
        .into_iter()
        .find(|row| row.tag.name == name);
    if known.is_some() {
        if let Some(Overlay::Tags(list)) = model.overlays.last_mut() {
            list.choose(name);
        }
        model.status.say(format!("There is a tag {name} already"));
        return Vec::new();
    }
    let before = Tag::plain(name);
    let after = Tag {
        control: before.control.other(),
        ..before.clone()
    };
    put(model, &before, &after)
}

fn control_chosen(model: &mut Model) -> Vec<Effect> {
    let Some(TagRow { tag, .. }) = chosen(model) else {
        return Vec::new();
    };
    let after = Tag {
        control: tag.control.other(),
        ..tag.clone()
    };
    put(model, &tag, &after)
}

fn put(model: &mut Model, before: &Tag, after: &Tag) -> Vec<Effect> {
    if before == after {
        return Vec::new();
    }
    save::save(model, vec![said(before, Some(after))], Cause::Edit)
}

/// The change from one thing said about a tag to another.
fn said(before: &Tag, after: Option<&Tag>) -> Change {
    let some = |tag: &Tag| (!tag.is_plain()).then(|| tag.clone());
    // One of the two must name the tag.
    let after = after.and_then(some);
    let before = if after.is_none() {
        Some(before.clone())
    } else {
        some(before)
    };
    Change::Tag { before, after }
}

/// Gives every note the other tag in the place of this one; what was said about it is said about the other. One step.
fn rename(model: &mut Model, now: Timestamp, from: &Tag, to: &str) -> Vec<Effect> {
    let known = model.kept.vocabulary.iter().find(|tag| tag.name == to);
    let other = known.cloned().unwrap_or_else(|| Tag::plain(to));
    let merged = other.merged(from, to);
    let mut changes = Vec::new();
    if merged != other {
        changes.push(said(&other, Some(&merged)));
    }
    changes.extend(retag(model, now, &from.name, Some(to)));
    if !from.is_plain() {
        changes.push(said(from, None));
    }
    let effects = save::save(model, changes, Cause::Edit);
    if let Some(Overlay::Tags(list)) = model.overlays.last_mut() {
        list.choose(to);
    }
    effects
}

/// Takes the chosen tag off every note and forgets what was said about it. One step.
fn remove(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let Some(TagRow { tag, .. }) = chosen(model) else {
        return Vec::new();
    };
    let mut changes = retag(model, now, &tag.name, None);
    if !tag.is_plain() {
        changes.push(said(&tag, None));
    }
    save::save(model, changes, Cause::Edit)
}

/// Another tag in the place of one, on every note that has it; or none.
fn retag(model: &Model, now: Timestamp, from: &str, to: Option<&str>) -> Vec<Change> {
    let has = |note: &&Annotation| note.body.tags.iter().any(|tag| tag == from);
    let changed = |note: &Annotation| {
        let mut tags: Vec<String> = Vec::new();
        for tag in &note.body.tags {
            let tag = if tag == from { to } else { Some(tag.as_str()) };
            if let Some(tag) = tag.filter(|tag| !tags.iter().any(|known| known == tag)) {
                tags.push(tag.to_owned());
            }
        }
        Change::Annotation {
            before: Some(note.clone()),
            after: Some(Annotation {
                body: Body {
                    tags,
                    ..note.body.clone()
                },
                modified: now,
                ..note.clone()
            }),
        }
    };
    model
        .kept
        .annotations
        .iter()
        .filter(has)
        .map(changed)
        .collect()
}

/// Whether any tag is controlled.
pub(super) fn has_vocabulary(model: &Model) -> bool {
    let mut tags = model.kept.vocabulary.iter();
    tags.any(|tag| tag.control.is_controlled())
}

/// What it means for all other tags that one was controlled or freed.
pub(super) fn told_of_vocabulary(before: bool, model: &Model) -> &'static str {
    match (before, has_vocabulary(model)) {
        (true, false) => " · no tag is controlled any more: any other is taken without a question",
        (false, true) => " · it is the first: from now on any other tag is asked about",
        (true, true) | (false, false) => "",
    }
}

/// What is asked before tags are used that are not in the vocabulary; nothing where there is none, or all are.
pub(super) fn question(model: &Model, typed: &str) -> Option<String> {
    let controlled: Vec<&Tag> = model
        .kept
        .vocabulary
        .iter()
        .filter(|tag| tag.control.is_controlled())
        .collect();
    if controlled.is_empty() {
        return None;
    }
    // What the note has already, and what is taken off, is not asked about.
    let before = annotate::parse_tags(&annotate::present_argument(model, Action::Tag));
    let unknown = annotate::parse_tags(typed).into_iter().find(|word| {
        !word.starts_with('-')
            && !before.contains(word)
            && !controlled.iter().any(|tag| tag.name == *word)
    })?;
    let like = likest(&unknown, &controlled);
    // The line is short: what was meant goes first.
    Some(match like {
        Some(tag) => format!("{}? · Enter takes {unknown}", tag.name),
        None => format!("{unknown} is a new tag · Enter takes it"),
    })
}

/// The tag that was probably meant: it begins so, differs in case or in few letters.
fn likest<'a>(word: &str, tags: &[&'a Tag]) -> Option<&'a Tag> {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let typed = letters(word);
    let errors = |tag: &Tag| {
        let name = letters(&tag.name);
        if name.starts_with(&typed) {
            0
        } else {
            distance(&typed, &name)
        }
    };
    let best = tags.iter().min_by_key(|tag| errors(tag))?;
    (errors(best) * 3 <= typed.len().max(1)).then_some(*best)
}

/// Tags that begin with what was typed, those of the vocabulary first, or else the one that is most like it; each with what it means.
pub(super) fn completion(kept: &Kept, head: &str, word: &str) -> Completion {
    let lower = word.trim_start_matches(['#', '"']).to_lowercase();
    let fitting = rows(kept)
        .into_iter()
        .filter(|row| row.tag.name.to_lowercase().starts_with(&lower));
    let mut fitting: Vec<Tag> = fitting.map(|row| row.tag).collect();
    if fitting.is_empty() {
        // Mistyped, most likely.
        let controlled = kept.vocabulary.iter();
        let controlled: Vec<&Tag> = controlled
            .filter(|tag| tag.control.is_controlled())
            .collect();
        fitting.extend(likest(&lower, &controlled).cloned());
    }
    let (candidates, glosses) = fitting
        .into_iter()
        .map(|tag| (annotate::typed_tag(&tag.name), tag.description))
        .unzip();
    Completion {
        head: head.to_owned(),
        candidates,
        glosses,
        chosen: None,
    }
}
