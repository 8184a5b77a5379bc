//! Files of notes: what is asked for, and what came.

use super::save;
use crate::app::effect::{Cause, Effect};
use crate::app::model::Model;
use crate::app::msg::Imported;
use crate::app::overlay::card::CardLine;
use crate::app::overlay::kept::KeptKind;
use crate::app::overlay::{Card, Overlay};

/// Asks for a file to be brought in. Until it is here undo waits, as for a save.
pub(super) fn import(model: &mut Model, path: String) -> Vec<Effect> {
    if path.trim().is_empty() {
        model
            .status
            .say("No file was named · `:import notes.jsonld`");
        return Vec::new();
    }
    model.status.say(format!("Reading {}", path.trim()));
    model.undo.sent();
    vec![Effect::Import(path)]
}

/// Takes what came, as one step that can be undone; what was left out, or has no certain place, is shown.
pub(super) fn take(model: &mut Model, came: Result<Box<Imported>, String>) -> Vec<Effect> {
    match came {
        Ok(came) => {
            let Imported {
                changes,
                told,
                left,
            } = *came;
            let effects = if changes.is_empty() {
                save::answered(model)
            } else {
                save::saved(model, changes, Cause::Edit)
            };
            if effects.is_empty() {
                model.status.good(told);
            }
            if !left.is_empty() {
                let lines = left.into_iter().map(CardLine::Text).collect();
                let card = Card::new("Not taken as it was", lines);
                model.overlays.push(Overlay::Card(card));
            }
            effects
        }
        Err(why) => {
            model.status.fail(format!("Nothing was brought in: {why}"));
            save::answered(model)
        }
    }
}

/// Asks for notes to be written: from the list of notes those marked, or else those shown; elsewhere all.
pub(super) fn export(model: &mut Model, to: String) -> Vec<Effect> {
    if to.trim().is_empty() {
        model.status.say("No file was named · `:export notes.csv`");
        return Vec::new();
    }
    let only = match model.overlays.last() {
        Some(Overlay::Kept(list)) if list.what == KeptKind::Annotations => {
            let shown = list.shown.iter();
            let shown = shown.filter_map(|index| model.kept.annotations.get(*index));
            Some(if list.marked.is_empty() {
                shown.map(|note| note.id).collect()
            } else {
                let meant = list.meant(&model.kept);
                meant.into_iter().map(|note| note.id).collect()
            })
        }
        _ => None,
    };
    model.status.say(format!("Writing {}", to.trim()));
    vec![Effect::Export { to, only }]
}
