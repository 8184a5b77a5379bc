//! What a change does to the model: the lists of what is kept, the open text, the document list.

use std::collections::HashMap;

use crate::annotation::{Anchor, Annotation, Bookmark, RecordId};
use crate::app::effect::Change;
use crate::app::list::ListPane;
use crate::app::model::Model;
use crate::app::msg::Kept;
use crate::app::overlay::Overlay;

/// Gives a new record that could not be saved an id to be shown under.
pub(super) fn name_for_now(model: &mut Model, change: &mut Change) {
    let twin = twin(model, change);
    match change {
        Change::Annotation {
            after: Some(Annotation { id, .. }),
            ..
        }
        | Change::Bookmark {
            after: Some(Bookmark { id, .. }),
            ..
        } if id.0 <= 0 => *id = twin.unwrap_or_else(|| model.temporary()),
        Change::Annotation { .. }
        | Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => {}
    }
}

/// The temporary id under which a record that was saved now, or failed again, has been shown.
fn twin(model: &Model, change: &Change) -> Option<RecordId> {
    match change {
        Change::Annotation {
            before: None,
            after: Some(new),
        } => model
            .kept
            .annotations
            .iter()
            .find(|old| old.id.0 < 0 && old.created == new.created && old.target == new.target)
            .map(|old| old.id),
        Change::Bookmark {
            before: None,
            after: Some(new),
        } => model
            .kept
            .bookmarks
            .iter()
            .find(|old| {
                old.id.0 < 0
                    && old.created == new.created
                    && old.name == new.name
                    && old.target == new.target
            })
            .map(|old| old.id),
        Change::Annotation { .. }
        | Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => None,
    }
}

/// Brings changes into the lists and the open text; many to annotations in one go.
pub(super) fn apply_all(model: &mut Model, changes: &[Change]) {
    let mut by_id: HashMap<RecordId, Option<&Annotation>> = HashMap::new();
    for change in changes {
        let known = match change {
            Change::Annotation { before, after } => before
                .as_ref()
                .or(after.as_ref())
                .map(|note| (note.id, after.as_ref())),
            Change::Bookmark { .. }
            | Change::Meta { .. }
            | Change::Entity { .. }
            | Change::Place { .. }
            | Change::Link { .. }
            | Change::Tag { .. } => None,
        };
        by_id.extend(known.filter(|(id, _)| id.0 > 0));
    }
    let made = |change: &Change| matches!(change, Change::Annotation { before: None, after: Some(after) } if after.id.0 > 0);
    // What was just made may be shown under a temporary id, which is looked for one by one.
    let is_new =
        changes.iter().any(made) && model.kept.annotations.iter().any(|note| note.id.0 < 0);
    if changes.len() < 2 || by_id.len() < changes.len() || is_new {
        for change in changes {
            apply(model, change);
        }
        return;
    }
    let mut left = by_id.clone();
    model
        .kept
        .annotations
        .retain_mut(|note| match left.remove(&note.id) {
            Some(Some(after)) => {
                note.clone_from(after);
                true
            }
            Some(None) => false,
            None => true,
        });
    let back = left.into_values().flatten().cloned();
    model.kept.annotations.extend(back);
    // Those that come back stand where they stood: numbers are given in order.
    model
        .kept
        .annotations
        .sort_by_key(|note| (note.id.0 < 0, note.id.0));
    for tag in by_id.values().flatten().flat_map(|note| &note.body.tags) {
        if !model.kept.tags.contains(tag) {
            model.kept.tags.push(tag.clone());
        }
    }
    if let Some(reader) = &mut model.reader {
        let mut left = by_id;
        reader
            .annotations
            .retain_mut(|(note, _)| match left.remove(&note.id) {
                Some(Some(after)) => {
                    note.clone_from(after);
                    true
                }
                Some(None) => false,
                None => true,
            });
        let doc = reader.doc();
        let back = left.into_values().flatten();
        let placed = back.filter(|note| note.target.doc == doc).map(|note| {
            let made = Anchor::Unchanged(note.target.position);
            let standing = model.kept.standings.get(&note.id);
            let anchor = standing.map_or(made, |standing| standing.anchoring.anchor.clone());
            (note.clone(), anchor)
        });
        reader.annotations.extend(placed);
        reader.place_annotations();
    }
}

/// Brings a change into the lists and the open text.
pub(super) fn apply(model: &mut Model, change: &Change) {
    let twin = twin(model, change);
    match change {
        Change::Annotation { before, after } => {
            let gone = before
                .as_ref()
                .map(|before| before.id)
                .or(twin)
                .or(after.as_ref().map(|after| after.id));
            let kept = &mut model.kept;
            replace(&mut kept.annotations, gone, after.clone(), |note| note.id);
            for tag in after.iter().flat_map(|after| &after.body.tags) {
                if !kept.tags.contains(tag) {
                    kept.tags.push(tag.clone());
                }
            }
            if let Some(reader) = &mut model.reader {
                let doc = reader.doc();
                let stands = reader
                    .annotations
                    .iter()
                    .find(|(note, _)| Some(note.id) == gone)
                    .map(|(_, anchor)| anchor.clone());
                // A new one stands where it was made; a changed one stays where it is.
                let placed = after
                    .clone()
                    .filter(|after| after.target.doc == doc)
                    .map(|after| {
                        let made = Anchor::Unchanged(after.target.position);
                        (after, stands.unwrap_or(made))
                    });
                replace(&mut reader.annotations, gone, placed, |(note, _)| note.id);
                reader.place_annotations();
            }
        }
        Change::Bookmark { before, after } => {
            let gone = before
                .as_ref()
                .map(|before| before.id)
                .or(twin)
                .or(after.as_ref().map(|after| after.id));
            replace(&mut model.kept.bookmarks, gone, after.clone(), |mark| {
                mark.id
            });
            if let Some(reader) = &mut model.reader {
                let doc = reader.doc();
                let placed = after
                    .clone()
                    .filter(|after| after.target.doc == doc)
                    .map(|after| {
                        let made = Anchor::Unchanged(after.target.position);
                        (after, made)
                    });
                replace(&mut reader.bookmarks, gone, placed, |(mark, _)| mark.id);
            }
        }
        // Names are linked anew by the worker that knows all of them.
        Change::Entity { .. } => {}
        // Where it stands now comes by itself.
        Change::Place { note, after, .. } => super::review::decided(model, *note, *after),
        Change::Link { before, after } => {
            let gone = (before.as_ref().or(after.as_ref())).map(|link| link.id);
            replace(&mut model.kept.links, gone, after.clone(), |link| link.id);
        }
        Change::Tag { before, after } => {
            let name = before
                .as_ref()
                .or(after.as_ref())
                .map(|tag| tag.name.clone());
            let vocabulary = &mut model.kept.vocabulary;
            vocabulary.retain(|tag| Some(&tag.name) != name.as_ref());
            vocabulary.extend(after.clone().filter(|tag| !tag.is_plain()));
        }
        Change::Meta { doc, after, .. } => {
            if let Some(reader) = model.reader.as_mut().filter(|reader| reader.doc() == *doc) {
                reader.corrections = after.clone();
            }
            // What was taken back is known to the files alone: the next list brings it.
            model.list.update(*doc, |listing| {
                if let Some(title) = &after.title {
                    listing.title = title.as_str().into();
                }
                if let Some(published) = &after.published {
                    listing.published = Some(published.clone());
                    listing.published_from = Some(crate::document::PublishedFrom::User);
                }
                if let Some(publisher) = &after.publisher {
                    listing.publisher = Some(publisher.as_str().into());
                }
            });
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
pub(super) fn after_kept(model: &mut Model) {
    model.list.notes.clear();
    model.list.tags.clear();
    for annotation in &model.kept.annotations {
        let doc = annotation.target.doc;
        *model.list.notes.entry(doc).or_default() += 1;
        for tag in &annotation.body.tags {
            let tags = model.list.tags.entry(doc).or_default();
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
    }
    if model.list.filter.contains("tag:") {
        model.list.arrange();
    }
    renew_lists(model);
}

/// Makes the open lists of what is kept anew.
pub(super) fn renew_lists(model: &mut Model) {
    if model
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Kept(_)))
    {
        model.left_list = None;
    }
    let (kept, list): (&Kept, &ListPane) = (&model.kept, &model.list);
    for overlay in &mut model.overlays {
        match overlay {
            Overlay::Kept(open) => open.renew(kept, list),
            Overlay::Tags(open) => open.arrange(kept),
            _ => {}
        }
    }
}
