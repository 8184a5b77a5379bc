//! What the answers of the workers change.

use jiff::Timestamp;

use crate::annotation::{Anchor, RecordId};
use crate::app::effect::{Cause, Change, Effect, JumpKind};
use crate::app::list::ListPane;
use crate::app::model::{Landing, Model};
use crate::app::msg::{Coverage, Kept, Opened, Outcome};
use crate::app::overlay::editor::Saving;
use crate::app::overlay::jump::PreviewPage;
use crate::app::overlay::{Cursor, Overlay};
use crate::app::reader::Reader;
use crate::app::reflow::Measure;

/// Takes an answer.
pub(super) fn take(model: &mut Model, _now: Timestamp, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Opened(job, opened) => {
            if model
                .opening
                .as_ref()
                .is_some_and(|opening| opening.job == job)
            {
                return opened_document(model, *opened);
            }
        }
        Outcome::OpenFailed(job, _, why) => {
            if model
                .opening
                .as_ref()
                .is_some_and(|opening| opening.job == job)
            {
                model.opening = None;
                model.status.fail(why);
            }
        }
        Outcome::Refreshed(opened) => {
            if let Some(reader) = model
                .reader
                .as_mut()
                .filter(|reader| reader.doc() == opened.document.id)
            {
                reader.refresh(*opened);
            }
        }
        Outcome::Analysed(doc, analysis) => {
            if let Some(reader) = model.reader.as_mut().filter(|reader| reader.doc() == doc) {
                reader.analysis = analysis;
                if let Some(Landing::Entity(entity)) =
                    model.opening.take().map(|opening| opening.landing)
                {
                    model.land_on_entity(&entity);
                }
            }
        }
        Outcome::Counted(counts) => {
            model.totals.extend(
                counts
                    .into_iter()
                    .map(|count| (count.entity.clone(), count)),
            );
        }
        Outcome::EntityDocuments(entity, documents) => {
            let still = model
                .timeline
                .filter
                .entity
                .as_ref()
                .is_some_and(|(wanted, _)| *wanted == entity);
            if still {
                model.list.entity = Some((entity, documents));
                model.list.arrange();
                if let Some((doc, _)) = model.here() {
                    model.list.select(doc);
                }
            }
        }
        Outcome::Listed(listings) => {
            model.loading = false;
            model.list.take(listings);
            if let Some((doc, _)) = model.here() {
                model.list.select(doc);
            }
            let job = model.job();
            model.timeline_job = job;
            return vec![Effect::Timeline { job }];
        }
        Outcome::Kept(kept) => {
            model.kept = kept;
            after_kept(model);
        }
        Outcome::Saved(changes, cause) => return saved(model, changes, cause),
        Outcome::SaveFailed(changes, cause, why) => save_failed(model, changes, cause, why),
        Outcome::StoreState(state) => model.status.standing = state,
        Outcome::Timeline(job, rows) => {
            if job == model.timeline_job {
                model.timeline.take(rows);
                if let Some((doc, at)) = model.here() {
                    model.timeline.follow(doc, at);
                }
            }
        }
        Outcome::Jumped(job, found) => {
            if let Some(Overlay::Jump(picker)) = model.overlays.last_mut()
                && picker.job == job
            {
                picker.found = found;
                picker.cursor = Cursor::default();
                return super::overlays::ask_preview(model);
            }
        }
        Outcome::Previewed(job, preview) => {
            let (width, height) = super::overlays::preview_size(model);
            if let Some(Overlay::Jump(picker)) = model.overlays.last_mut()
                && picker.preview_job == job
            {
                let measure = Measure {
                    width_cells: width,
                    ..Measure::default()
                };
                picker.preview = Some(PreviewPage::new(*preview, &measure, usize::from(height)));
            }
        }
        Outcome::Scanned(job, hits, coverage) => {
            let search = model
                .reader
                .as_mut()
                .and_then(|reader| reader.search.as_mut());
            if let Some(search) = search.filter(|search| search.job == job) {
                search.hits = hits;
                search.coverage = coverage;
                if coverage == Coverage::Whole && model.prompt.is_none() {
                    super::prompts::say_count(model);
                }
            }
        }
        Outcome::Drafted(text) => {
            if let Some(Overlay::Editor(editor)) = model.overlays.last_mut() {
                editor.replace(&text);
            }
        }
        Outcome::Progress(progress) => model.status.progress = progress,
        Outcome::Notice(text) => model.status.say(text),
        Outcome::Failed(text) => model.status.fail(text),
    }
    Vec::new()
}

fn opened_document(model: &mut Model, opened: Opened) -> Vec<Effect> {
    let doc = opened.document.id;
    let landing = model
        .opening
        .take()
        .map_or(Landing::Remembered, |opening| opening.landing);
    let unread = opened.place.is_none();
    let old_search = model.reader.take().and_then(|reader| reader.search);
    let mut reader = Reader::new(opened, Measure::default());
    reader.search = old_search.map(|search| crate::app::reader::find::Search {
        hits: Vec::new(),
        coverage: Coverage::Part,
        ..search
    });
    let at = reader.at;
    model.reader = Some(reader);
    model.totals.clear();
    super::settle(model);
    if let Some(reader) = &mut model.reader {
        if unread {
            reader.top = crate::app::reader::Spot::default();
        } else {
            reader.jump_to(at);
        }
    }
    match landing {
        Landing::Remembered => {}
        Landing::At(_) => drop(model.open(doc, landing)),
        // Where it stands is known once the document is analysed.
        Landing::Entity(_) => {
            model.opening = Some(crate::app::model::Opening {
                job: crate::app::effect::JobId(0),
                doc,
                landing,
            })
        }
    }
    model.list.select(doc);
    vec![Effect::Visit {
        kind: JumpKind::Document,
        key: doc.to_string(),
    }]
}

/// Brings what was committed into the model: lists, the open text, undo.
fn saved(model: &mut Model, changes: Vec<Change>, cause: Cause) -> Vec<Effect> {
    for change in &changes {
        apply(model, change);
    }
    let what = match changes.as_slice() {
        [change] => change.what().to_owned(),
        many => format!("{} changes", many.len()),
    };
    let how = match cause {
        Cause::Edit => "Saved",
        Cause::Undo => "Undone",
        Cause::Redo => "Redone",
    };
    model.status.good(format!("{how} · {what}"));
    if let Some(index) = model.overlays.iter().position(
        |overlay| matches!(overlay, Overlay::Editor(editor) if editor.saving == Saving::Sent),
    ) {
        model.overlays.remove(index);
    }
    let meta = changes
        .iter()
        .any(|change| matches!(change, Change::Meta { .. }));
    model.undo.saved(changes, cause);
    after_kept(model);
    if meta {
        let job = model.job();
        model.timeline_job = job;
        return vec![Effect::Timeline { job }];
    }
    Vec::new()
}

fn apply(model: &mut Model, change: &Change) {
    match change {
        Change::Annotation { before, after } => {
            let gone = before.as_ref().map(|before| before.id);
            replace(&mut model.kept.annotations, gone, after.clone(), |note| {
                note.id
            });
            if let Some(reader) = &mut model.reader {
                let place = |id: Option<RecordId>| {
                    reader
                        .annotations
                        .iter()
                        .find(|(note, _)| Some(note.id) == id)
                        .map(|(_, anchor)| anchor.clone())
                };
                let here = after
                    .clone()
                    .filter(|after| after.target.doc == reader.document.id);
                // A new one stands where it was made; a changed one stays where it is.
                let placed = here.map(|after| {
                    let anchor = place(gone).unwrap_or(Anchor::Unchanged(after.target.position));
                    (after, anchor)
                });
                replace(&mut reader.annotations, gone, placed, |(note, _)| note.id);
            }
            for tag in after.iter().flat_map(|after| &after.body.tags) {
                if !model.kept.tags.contains(tag) {
                    model.kept.tags.push(tag.clone());
                }
            }
        }
        Change::Bookmark { before, after } => {
            let gone = before.as_ref().map(|before| before.id);
            replace(&mut model.kept.bookmarks, gone, after.clone(), |mark| {
                mark.id
            });
            if let Some(reader) = &mut model.reader {
                let here = after
                    .clone()
                    .filter(|after| after.target.doc == reader.document.id);
                let placed = here
                    .map(|after| (Anchor::Unchanged(after.target.position), after))
                    .map(|(anchor, after)| (after, anchor));
                replace(&mut reader.bookmarks, gone, placed, |(mark, _)| mark.id);
            }
        }
        Change::Meta { doc, after, .. } => {
            if let Some(reader) = model.reader.as_mut().filter(|reader| reader.doc() == *doc) {
                reader.patch = after.clone();
            }
        }
    }
}

/// Replaces the item `gone` by `new`, or adds or removes it.
fn replace<T>(
    items: &mut Vec<T>,
    gone: Option<RecordId>,
    new: Option<T>,
    id: impl Fn(&T) -> RecordId,
) {
    let index = gone.and_then(|gone| items.iter().position(|item| id(item) == gone));
    match (index, new) {
        (Some(index), Some(new)) => {
            if let Some(slot) = items.get_mut(index) {
                *slot = new;
            }
        }
        (Some(index), None) => drop(items.remove(index)),
        (None, Some(new)) => items.push(new),
        (None, None) => {}
    }
}

/// Counts and open lists after what is kept changed.
fn after_kept(model: &mut Model) {
    model.list.notes.clear();
    for annotation in &model.kept.annotations {
        *model.list.notes.entry(annotation.target.doc).or_default() += 1;
    }
    let (kept, list): (&Kept, &ListPane) = (&model.kept, &model.list);
    for overlay in &mut model.overlays {
        if let Overlay::Kept(open) = overlay {
            open.arrange(kept, list);
        }
    }
}

fn save_failed(model: &mut Model, changes: Vec<Change>, cause: Cause, why: String) {
    let editing = model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Editor(editor) if editor.saving == Saving::Sent => Some(editor),
        Overlay::Editor(_)
        | Overlay::Jump(_)
        | Overlay::Kept(_)
        | Overlay::Help(_)
        | Overlay::Palette(_)
        | Overlay::Card(_)
        | Overlay::Links(_) => None,
    });
    model.status.fail(format!("Not saved: {why}"));
    match editing {
        // The draft stays open: nothing else needs to be kept.
        Some(editor) => editor.saving = Saving::Failed(why),
        None => {
            model.undo.failed(changes.clone(), cause);
            if cause == Cause::Edit {
                model.unsaved.push((changes, cause));
            }
        }
    }
}
