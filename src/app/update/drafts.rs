//! Half-written notes: kept on disk as they are typed, and offered where they belong when the program has ended before they were saved.
//!
//! A draft is on disk from the first pause in typing until its note is saved or thrown away. Those that no editor shows wait in [`Model::drafts`]; none is opened unasked, none is
//! saved unseen, and none is put on other words than it was written on.

use jiff::Timestamp;

use super::marks;
use crate::annotation::{Anchor, Annotation, Body, Draft, DraftId, Target, anchor};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::msg::Coverage;
use crate::app::overlay::editor::{Origin, Saving};
use crate::app::overlay::{Editor, Overlay};
use crate::text::width::shorten;

/// Opens an annotation to be written on, or what was written on it and not saved.
pub(super) fn open_note(model: &mut Model, note: &Annotation) {
    let is_it = |draft: &Draft| {
        draft
            .before
            .as_ref()
            .is_some_and(|before| before.id == note.id)
    };
    match model.drafts.iter().position(is_it) {
        Some(index) => reopen(model, index),
        None => show(
            model,
            Editor::new(Some(note.clone()), note.target.clone(), note.body.clone()),
        ),
    }
}

/// Opens a new note on a passage, or one that was begun there and not saved.
pub(super) fn open_new(model: &mut Model, target: Target, body: Body) {
    if let Some(draft) = model
        .carried
        .take_if(|draft| draft.target.doc == target.doc)
    {
        let draft = Draft { target, ..draft };
        return show(model, Editor::resumed(draft));
    }
    let is_it = |draft: &Draft| {
        let there = &draft.target;
        draft.before.is_none()
            && (there.doc, there.revision) == (target.doc, target.revision)
            && there.position.overlaps(target.position)
    };
    match model.drafts.iter().position(is_it) {
        Some(index) => reopen(model, index),
        None => show(model, Editor::new(None, target, body)),
    }
}

fn show(model: &mut Model, editor: Editor) {
    model.overlays.push(Overlay::Editor(Box::new(editor)));
}

fn reopen(model: &mut Model, index: usize) {
    let draft = model.drafts.remove(index);
    resume(model, draft);
    model
        .status
        .say("This is what you had not finished · Esc saves it, ^C throws it away");
}

/// Shows a draft in the editor, as a change of the note as it is now.
fn resume(model: &mut Model, mut draft: Draft) {
    let written_on = draft.before.take();
    let now = written_on.as_ref().and_then(|before| {
        let mut notes = model.kept.annotations.iter();
        notes.find(|note| note.id == before.id).cloned()
    });
    if let (Some(before), Some(now)) = (&written_on, &now)
        && before.body.note != now.body.note
    {
        let words = now.body.note.split('\n').next().unwrap_or_default();
        model.status.warn(format!(
            "The note was changed since you wrote this: it says “{words}”"
        ));
    }
    // A note that was deleted meanwhile comes back as a new one.
    draft.before = now;
    show(model, Editor::resumed(draft));
}

/// Goes to the next half-written note, those of the open document first, and opens it.
pub(super) fn next(model: &mut Model) -> Vec<Effect> {
    let here = model.here().map(|(doc, _)| doc);
    let waits = |draft: &Draft| !is_shown_unsaved(model, draft);
    let mut waiting =
        (0..model.drafts.len()).filter(|index| model.drafts.get(*index).is_some_and(waits));
    let first = waiting.clone().next();
    let is_here = |index: &usize| {
        let draft = model.drafts.get(*index);
        draft.is_some_and(|draft| Some(draft.target.doc) == here)
    };
    let Some(index) = waiting.find(is_here).or(first) else {
        model.status.say("No note is half written");
        return Vec::new();
    };
    let draft = model.drafts.remove(index);
    let (doc, range) = (draft.target.doc, draft.target.position);
    let effects = marks::leave_for(model, doc, range);
    resume(model, draft);
    came(model);
    effects
}

/// What waits to be saved is on the screen already.
fn is_shown_unsaved(model: &Model, draft: &Draft) -> bool {
    let mut unsaved = model.kept.annotations.iter().filter(|note| note.id.0 < 0);
    unsaved.any(|note| draft.became(note))
}

/// Something was typed into an editor.
pub(super) fn touched(model: &Model) -> Vec<Effect> {
    let typed = model.overlays.last().and_then(Overlay::draft);
    typed.map(|_| Effect::DraftTouched).into_iter().collect()
}

/// The drafts that are open, to be kept as they are now; one that is as it was before is forgotten.
pub(super) fn keep(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let (mut drafts, mut forgotten) = (Vec::new(), Vec::new());
    let mut overlays = std::mem::take(&mut model.overlays);
    for editor in overlays.iter_mut().filter_map(Overlay::draft_mut) {
        if editor.is_changed() {
            let id = editor
                .draft
                .unwrap_or_else(|| DraftId(model.job().0 as i64));
            editor.draft = Some(id);
            drafts.push(editor.as_draft(id, now));
        } else {
            forgotten.extend(editor.draft.take());
        }
    }
    model.overlays = overlays;
    let mut effects = forget(forgotten);
    if !drafts.is_empty() {
        effects.push(Effect::KeepDrafts(drafts));
    }
    effects
}

/// Closes the topmost editor and forgets its draft: it is saved, as it was, or thrown away.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    match model.overlays.pop() {
        Some(Overlay::Editor(editor)) => forget(editor.draft),
        other => {
            model.overlays.extend(other);
            Vec::new()
        }
    }
}

/// Closes the topmost editor; what it holds stays on disk and is offered again.
pub(super) fn put_aside(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let effects = keep(model, now);
    if let Some(Overlay::Editor(editor)) = model.overlays.pop()
        && let Some(id) = editor.draft
    {
        model.drafts.push(editor.as_draft(id, now));
    }
    effects
}

/// Has drafts forgotten.
pub(super) fn forget(ids: impl IntoIterator<Item = DraftId>) -> Vec<Effect> {
    let ids: Vec<DraftId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Vec::new();
    }
    vec![Effect::ForgetDrafts(ids)]
}

/// Takes what was left when the program ended before it was saved.
pub(super) fn found(model: &mut Model, drafts: Vec<Draft>) -> Vec<Effect> {
    model.drafts.extend(drafts);
    let effects = settle(model);
    match model.drafts.as_slice() {
        [] => {}
        [draft] => {
            let words = draft.body.note.split('\n').next().unwrap_or_default();
            let words = shorten(words, 30);
            model.status.warn(format!(
                "A note you had not finished was kept: “{words}” · gu opens it"
            ));
        }
        many => model.status.warn(format!(
            "{} notes you had not finished were kept · gu opens them one by one",
            many.len()
        )),
    }
    effects
}

/// Forgets the drafts that no editor shows and that were saved: the program ended between the one and the other, or could write again.
pub(super) fn settle(model: &mut Model) -> Vec<Effect> {
    if model.drafts.is_empty() {
        return Vec::new();
    }
    let kept = &model.kept.annotations;
    let is_saved = |draft: &Draft| kept.iter().any(|note| note.id.0 > 0 && draft.became(note));
    let (saved, left) = std::mem::take(&mut model.drafts)
        .into_iter()
        .partition(is_saved);
    model.drafts = left;
    let saved: Vec<Draft> = saved;
    forget(saved.into_iter().map(|draft| draft.id))
}

/// A document is there, or another text of it: a new note that is being written goes along with its words. Where they are gone, the reader chooses others.
pub(super) fn came(model: &mut Model) {
    let Some(reader) = &model.reader else { return };
    if reader.coverage != Coverage::Whole {
        return;
    }
    let document = reader.document.clone();
    let stale = |overlay: &Overlay| {
        overlay.draft().is_some_and(|editor| {
            let target = &editor.target;
            editor.before.is_none()
                && target.doc == document.id
                && target.revision != document.revision
        })
    };
    let Some(index) = model.overlays.iter().position(stale) else {
        return;
    };
    let Some(editor) = model.overlays.get_mut(index).and_then(Overlay::draft_mut) else {
        return;
    };
    match anchor(&editor.target, None, &document) {
        Anchor::Unchanged(range) | Anchor::Moved(range) => {
            editor.target = Target::new(&document, range);
        }
        Anchor::Edited(_)
        | Anchor::Ambiguous(_)
        | Anchor::Probable(_)
        | Anchor::Lost { .. }
        | Anchor::Sought => {
            // One that is being written stays open: saving says why it cannot be.
            if editor.origin == Origin::Resumed
                && let Some(id) = editor.draft
            {
                let draft = editor.as_draft(id, Timestamp::UNIX_EPOCH);
                model.overlays.remove(index);
                model.carried = Some(draft);
                model.status.fail(
                    "The words of this note are not in the text any more · select others, a puts it there",
                );
            }
        }
    }
}

/// What is kept was told anew: notes that are open in an editor may have changed elsewhere. What was written here is kept, and the reader decides.
pub(super) fn rebase(model: &mut Model) {
    let kept = &model.kept.annotations;
    let mut closed = None;
    for (index, overlay) in model.overlays.iter_mut().enumerate() {
        let Some(editor) = overlay.draft_mut() else {
            continue;
        };
        let Some(before) = editor.before.clone() else {
            continue;
        };
        if editor.saving == Saving::Sent {
            continue;
        }
        let is_changed = editor.is_changed();
        let now = kept.iter().find(|note| note.id == before.id);
        match now {
            None if is_changed => {
                editor.before = None;
                editor.saving = Saving::Gone;
            }
            None => closed = Some(index),
            Some(now) => {
                // Tags and colour are not written here: those of the note hold.
                editor.body = now.body.clone();
                editor.before = Some(now.clone());
                if now.body.note == before.body.note {
                    continue;
                }
                if is_changed && editor.note() != now.body.note {
                    let theirs = now.body.note.split('\n').next().unwrap_or_default();
                    editor.saving = Saving::Changed(shorten(theirs, 40));
                } else {
                    editor.replace(&now.body.note);
                }
            }
        }
    }
    if let Some(index) = closed {
        model.overlays.remove(index);
        model.status.warn("The note was deleted elsewhere");
    }
}

/// Puts what was written elsewhere before what was written here.
pub(super) fn keep_both(editor: &mut Editor) {
    let theirs = editor
        .before
        .as_ref()
        .map(|before| before.body.note.clone());
    let both = format!("{}\n\n{}", theirs.unwrap_or_default(), editor.note());
    editor.replace(&both);
    editor.saving = Saving::No;
}

/// Says that there is something to finish in a document that was just opened.
pub(super) fn remind(model: &mut Model) {
    let Some((doc, _)) = model.here() else { return };
    let here = |draft: &&Draft| draft.target.doc == doc && !is_shown_unsaved(model, draft);
    if model.drafts.iter().any(|draft| here(&draft)) && model.overlays.is_empty() {
        model
            .status
            .warn("A note you had not finished was kept here · gu opens it");
    }
}
