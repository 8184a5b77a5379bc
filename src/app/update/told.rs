//! What the last line says of changes that were saved.

use crate::app::effect::{Cause, Change};
use crate::app::model::Model;

/// What it says; of what was taken back or done again in another document also in which.
pub(super) fn of(model: &Model, changes: &[Change], cause: Cause) -> String {
    let mut words = together(changes, cause);
    if cause != Cause::Edit {
        words.push_str(&elsewhere(model, changes));
    }
    words
}

/// The title of the document that changes were about, if it is another than the open one.
fn elsewhere(model: &Model, changes: &[Change]) -> String {
    let doc = |change: &Change| match change {
        Change::Annotation { before, after } => before
            .as_ref()
            .or(after.as_ref())
            .map(|note| note.target.doc),
        Change::Bookmark { before, after } => before
            .as_ref()
            .or(after.as_ref())
            .map(|mark| mark.target.doc),
        Change::Meta { doc, .. } | Change::Place { doc, .. } => Some(*doc),
        Change::Entity { .. } | Change::Link { .. } | Change::Tag { .. } => None,
    };
    let here = model.here().map(|(doc, _)| doc);
    let mut docs: Vec<_> = changes.iter().filter_map(doc).collect();
    docs.sort_unstable();
    docs.dedup();
    match docs.as_slice() {
        [only] if Some(*only) != here => {
            let listing = model.list.listing(*only);
            listing.map_or_else(
                || " · in a document that is not in the list".to_owned(),
                |listing| format!(" · in {}", listing.title),
            )
        }
        _ => String::new(),
    }
}

/// What the status line says of changes saved together.
fn together(changes: &[Change], cause: Cause) -> String {
    let takes_out = |change: &&Change| match change {
        Change::Entity { before, after } => before
            .iter()
            .chain(after)
            .any(|decision| decision.apart().is_some()),
        Change::Annotation { .. }
        | Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => false,
    };
    // What else is saved with mentions taken out keeps them together.
    if let Some(change) = changes.iter().find(takes_out) {
        let told = change.told(cause);
        return match cause {
            Cause::Edit => format!("{told} · u takes it back"),
            Cause::Undo | Cause::Redo => told,
        };
    }
    if let Some((n, what)) = notes_alone(changes) {
        return match cause {
            Cause::Edit => format!("{n} notes {what} · u takes it back"),
            Cause::Undo => format!("Undone · {n} notes {what}"),
            Cause::Redo => format!("Redone · {n} notes {what}"),
        };
    }
    match (changes, cause) {
        ([change], cause) => change.told(cause),
        (many, Cause::Edit) => format!("Saved · {} changes", many.len()),
        (many, Cause::Undo) => format!("Undone · {} changes", many.len()),
        (many, Cause::Redo) => format!("Redone · {} changes", many.len()),
    }
}

/// How many notes, two at least, if nothing else was done but the same to each.
fn notes_alone(changes: &[Change]) -> Option<(usize, &'static str)> {
    let done = |change: &Change| match change {
        Change::Annotation { before, after } => Some(match (before, after) {
            (None, _) => "added",
            (Some(_), None) => "deleted",
            (Some(_), Some(_)) => "changed",
        }),
        Change::Bookmark { .. }
        | Change::Meta { .. }
        | Change::Entity { .. }
        | Change::Place { .. }
        | Change::Link { .. }
        | Change::Tag { .. } => None,
    };
    let what = done(changes.first()?)?;
    let same = changes.iter().all(|change| done(change) == Some(what));
    (changes.len() > 1 && same).then_some((changes.len(), what))
}
