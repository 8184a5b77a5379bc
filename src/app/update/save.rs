//! From a change to the store and back: what is sent, what the answer changes, and what waits because it could not be written.
//!
//! What could not be saved stays on the screen under a temporary, negative id; it is sent again, as new, before the next save. Each save is
//! answered once, in the order they were sent.

use super::apply::{after_kept, apply, apply_all, name_for_now};
use super::{drafts, run, tags, told};
use jiff::Timestamp;

use crate::annotation::{Annotation, RecordId};
use crate::app::action::Action;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::Model;
use crate::app::msg::Kept;
use crate::app::overlay::Overlay;
use crate::app::overlay::editor::Saving;
use crate::app::undo::{self, Asked, Step};

/// Sends changes to be saved, after those that could not be saved before.
pub(super) fn save(model: &mut Model, changes: Vec<Change>, cause: Cause) -> Vec<Effect> {
    let mut left = Vec::new();
    for change in changes {
        match fold_in(model, change) {
            Folded::No(change) => left.push(*change),
            Folded::Yes => {}
            Folded::UnderWay => {
                model
                    .status
                    .say("That is still being saved · try again in a moment");
                return Vec::new();
            }
        }
    }
    let mut effects = send_waiting(model);
    if !left.is_empty() {
        model.undo.sent();
        effects.push(Effect::Save {
            changes: left,
            cause,
        });
    }
    effects
}

/// Sends what could not be saved again.
fn send_waiting(model: &mut Model) -> Vec<Effect> {
    std::mem::take(&mut model.unsaved)
        .into_iter()
        .map(|(changes, cause)| {
            model.undo.sent();
            let changes = changes.into_iter().map(as_new);
            let changes = changes.map(|change| or_new(change, &model.kept)).collect();
            Effect::Save { changes, cause }
        })
        .collect()
}

/// Temporary ids are for the screen alone.
fn as_new(mut change: Change) -> Change {
    match &mut change {
        Change::Annotation {
            after: Some(after), ..
        } if after.id.0 < 0 => after.id = RecordId(0),
        Change::Bookmark {
            after: Some(after), ..
        } if after.id.0 < 0 => after.id = RecordId(0),
        Change::Annotation { .. }
        | Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => {}
    }
    change
}

/// A change of a note that was deleted elsewhere makes a new one: what was written is not lost.
fn or_new(change: Change, kept: &Kept) -> Change {
    match change {
        Change::Annotation {
            before: Some(before),
            after: Some(after),
        } if !kept.annotations.iter().any(|note| note.id == before.id) => Change::Annotation {
            before: None,
            after: Some(Annotation {
                id: RecordId(0),
                ..after
            }),
        },
        other => other,
    }
}

enum Folded {
    Yes,
    No(Box<Change>),
    UnderWay,
}

/// A change of something that is not saved yet changes what waits to be saved.
fn fold_in(model: &mut Model, change: Change) -> Folded {
    let id = match &change {
        Change::Annotation {
            before: Some(before),
            ..
        } => before.id,
        Change::Bookmark {
            before: Some(before),
            ..
        } => before.id,
        Change::Annotation { before: None, .. }
        | Change::Bookmark { before: None, .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => return Folded::No(Box::new(change)),
    };
    if id.0 >= 0 {
        return Folded::No(Box::new(change));
    }
    apply(model, &change);
    for index in 0..model.unsaved.len() {
        let Some((waiting, _)) = model.unsaved.get_mut(index) else {
            break;
        };
        let Some(place) = waiting.iter().position(|waits| makes(waits) == Some(id)) else {
            continue;
        };
        match (waiting.get_mut(place), change) {
            (Some(Change::Annotation { after: slot, .. }), Change::Annotation { after, .. })
                if after.is_some() =>
            {
                *slot = after;
            }
            (Some(Change::Bookmark { after: slot, .. }), Change::Bookmark { after, .. })
                if after.is_some() =>
            {
                *slot = after;
            }
            _ => {
                waiting.remove(place);
                if waiting.is_empty() {
                    model.unsaved.remove(index);
                }
            }
        }
        return Folded::Yes;
    }
    apply(model, &change.inverse());
    Folded::UnderWay
}

/// The id of the record a change makes.
fn makes(change: &Change) -> Option<RecordId> {
    match change {
        Change::Annotation {
            before: None,
            after: Some(after),
        } => Some(after.id),
        Change::Bookmark {
            before: None,
            after: Some(after),
        } => Some(after.id),
        Change::Annotation { .. }
        | Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => None,
    }
}

/// Takes the last edit back.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    if let Some((changes, _)) = model.unsaved.pop() {
        for change in undo::inverse(changes) {
            apply(model, &change);
        }
        after_kept(model);
        model.status.say("Taken back · it was not saved yet");
        return Vec::new();
    }
    step(model, Step::Undo)
}

/// Does the edit taken back last again.
pub(super) fn redo(model: &mut Model) -> Vec<Effect> {
    step(model, Step::Redo)
}

fn step(model: &mut Model, step: Step) -> Vec<Effect> {
    let (cause, nothing) = match step {
        Step::Undo => (Cause::Undo, "Nothing to undo in this session"),
        Step::Redo => (Cause::Redo, "Nothing to redo"),
    };
    match model.undo.ask(step) {
        Asked::Changes(changes) => save(model, changes, cause),
        Asked::Later => Vec::new(),
        Asked::Nothing => {
            model.status.say(nothing);
            Vec::new()
        }
    }
}

/// Tries what could not be saved again.
pub(super) fn again(model: &mut Model) -> Vec<Effect> {
    let effects = send_waiting(model);
    if effects.is_empty() {
        model.status.good("Everything is saved");
    }
    effects
}

/// Brings what was committed into the model: lists, the open text, undo.
pub(super) fn saved(model: &mut Model, changes: Vec<Change>, cause: Cause) -> Vec<Effect> {
    model.making = None;
    let had_vocabulary = tags::has_vocabulary(model);
    apply_all(model, &changes);
    let mut words = told::of(model, &changes, cause);
    words.push_str(tags::told_of_vocabulary(had_vocabulary, model));
    model.status.good(words);
    let draft = model
        .overlays
        .iter()
        .position(|overlay| is_draft_of(overlay, &changes));
    let closed = draft.map(|draft| model.overlays.remove(draft));
    let closed = closed.as_ref().and_then(Overlay::draft);
    let draft = closed.and_then(|editor| editor.draft);
    let docs: Vec<_> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Meta { doc, .. } => Some(*doc),
            Change::Annotation { .. }
            | Change::Bookmark { .. }
            | Change::Entity { .. }
            | Change::Place { .. }
            | Change::Link { .. }
            | Change::Tag { .. } => None,
        })
        .collect();
    model.undo.saved(changes, cause);
    after_kept(model);
    let mut effects = drafts::forget(draft);
    effects.extend(drafts::settle(model));
    if !docs.is_empty() {
        // Other metadata: the open document is read again under it, and what is dated by it moves on the timeline.
        if let Some((doc, _)) = model.here().filter(|(open, _)| docs.contains(open)) {
            let job = model.job();
            effects.push(Effect::Open { job, doc });
        }
        let job = model.job();
        model.timeline_job = job;
        effects.push(Effect::Timeline { job });
    }
    effects.extend(answered(model));
    effects
}

/// Keeps what could not be written: in its draft, on its stack, or on the screen until it can be.
pub(super) fn failed(
    model: &mut Model,
    changes: Vec<Change>,
    cause: Cause,
    why: &str,
) -> Vec<Effect> {
    model.making = None;
    model.status.fail(format!("Not saved: {why}"));
    let draft = model
        .overlays
        .iter_mut()
        .find(|overlay| is_draft_of(overlay, &changes))
        .and_then(Overlay::draft_mut);
    if let Some(editor) = draft {
        // The draft stays open: nothing else needs to be kept.
        editor.saving = Saving::Failed(format!(
            "{why} · ^S tries again, Esc keeps it in memory and goes on reading"
        ));
        editor.sent = None;
    } else {
        match cause {
            Cause::Edit => keep_in_memory(model, changes),
            Cause::Undo | Cause::Redo => model.undo.failed(changes, cause),
        }
    }
    answered(model)
}

/// A step that would take along what was done elsewhere is given up; those before it can still be taken.
pub(super) fn overtaken(model: &mut Model, cause: Cause, why: &str) -> Vec<Effect> {
    let (what, key) = match cause {
        Cause::Edit => ("saved", ":save"),
        Cause::Undo => ("undone", "u"),
        Cause::Redo => ("redone", "^R"),
    };
    model.status.fail(format!(
        "Not {what}: {why} · {key} goes on with the next step"
    ));
    answered(model)
}

/// Keeps an edit on the screen until it can be written; it is tried again with the next save.
pub(super) fn keep(model: &mut Model, changes: Vec<Change>) -> Vec<Effect> {
    keep_in_memory(model, changes);
    model
        .status
        .warn("Kept in memory, not saved yet · :save tries again");
    Vec::new()
}

fn keep_in_memory(model: &mut Model, mut changes: Vec<Change>) {
    for change in &mut changes {
        name_for_now(model, change);
        apply(model, change);
    }
    after_kept(model);
    model.unsaved.push((changes, Cause::Edit));
}

/// Drafts that are open and everything that waits, to be written before the program ends.
pub(super) fn everything(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let mut changes = Vec::new();
    for editor in model.overlays.iter().filter_map(Overlay::draft) {
        if editor.saving != Saving::Sent && editor.is_changed() {
            changes.push(editor.change(now));
        }
    }
    if changes.is_empty() && model.unsaved.is_empty() {
        return Vec::new();
    }
    save(model, changes, Cause::Edit)
}

/// Carries out the step that waited for the answers of the saves before it.
pub(super) fn answered(model: &mut Model) -> Vec<Effect> {
    match model.undo.answered() {
        Some(Step::Undo) => undo(model),
        Some(Step::Redo) => redo(model),
        None => Vec::new(),
    }
}

fn is_draft_of(overlay: &Overlay, changes: &[Change]) -> bool {
    let sent = overlay
        .draft()
        .filter(|editor| editor.saving == Saving::Sent)
        .and_then(|editor| editor.sent.as_ref());
    let Some(Change::Annotation {
        after: Some(sent), ..
    }) = sent
    else {
        return false;
    };
    changes.iter().any(|change| match change {
        Change::Annotation {
            after: Some(after), ..
        } => after.target == sent.target && after.body == sent.body,
        Change::Annotation { after: None, .. }
        | Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => false,
    })
}

/// Takes what the store holds; what waits to be saved is shown beside it.
pub(super) fn take_kept(model: &mut Model, kept: Kept) {
    let old = std::mem::replace(&mut model.kept, kept);
    let unsaved = |id: RecordId| id.0 < 0;
    let notes = old.annotations.into_iter().filter(|note| unsaved(note.id));
    model.kept.annotations.extend(notes);
    let marks = old.bookmarks.into_iter().filter(|mark| unsaved(mark.id));
    model.kept.bookmarks.extend(marks);
    drafts::rebase(model);
    after_kept(model);
}

/// Saves what waits, then leaves; if something waits, the reader is told how to leave after it is written.
pub(super) fn save_and_quit(model: &mut Model, now: jiff::Timestamp) -> Vec<Effect> {
    if model.unsaved.is_empty() {
        return run::run(model, now, Action::Quit, None, None);
    }
    model
        .status
        .say("Trying to save first · :q leaves once it is saved");
    send_waiting(model)
}
