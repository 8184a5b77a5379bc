//! Some of the mentions of an entity taken out: those of a document, those written in one way.

use crossterm::event::{KeyCode, KeyEvent};

use super::top;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::Model;
use crate::app::overlay::entity::parting::{Parting, Share};
use crate::app::overlay::entity::{EntityCard, Section};
use crate::app::update::overlays::{letter_step, list_step};
use crate::app::update::save;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::library::entities::Decision;

/// Asks what of the chosen passage of the card shall be taken out; where there is no choice, it is.
pub(super) fn ask(model: &mut Model, doc: DocId) -> Vec<Effect> {
    let parting = |card: &mut EntityCard| {
        let written = card.contexts.get(card.cursor().selected);
        let written = written.filter(|_| card.section == Section::Mentions);
        Parting::at(card, doc, written.map(|context| &*context.name))
    };
    if top(model).is_none_or(|card| card.facts.is_none()) {
        return Vec::new();
    }
    match top(model).and_then(parting) {
        Some(only) if only.choices.len() == 1 => match only.chosen() {
            Some(share) => take_out(model, share),
            None => Vec::new(),
        },
        Some(several) => {
            if let Some(card) = top(model) {
                card.parting = Some(several);
            }
            Vec::new()
        }
        None => {
            model
                .status
                .say("Named in one document alone, in one way · nothing can be taken out");
            Vec::new()
        }
    }
}

/// Keys while it is asked what shall be taken out.
pub(super) fn press(model: &mut Model, event: KeyEvent, control: bool) -> Vec<Effect> {
    let Some(card) = top(model) else {
        return Vec::new();
    };
    if let Some(by) = list_step(event, control, 2).or_else(|| letter_step(event, 2)) {
        card.step(by);
        return Vec::new();
    }
    match event.code {
        KeyCode::Enter | KeyCode::Char('s') => {
            let chosen = card.parting.take();
            match chosen.as_ref().and_then(Parting::chosen) {
                Some(share) => take_out(model, share),
                None => Vec::new(),
            }
        }
        KeyCode::Char('q') => {
            card.parting = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes some of the mentions out: whom they name is another. They may be under any id of the entity, and stay one with each other.
pub(super) fn take_out(model: &mut Model, share: &Share) -> Vec<Effect> {
    let known = |card: &mut EntityCard| {
        let members = card.facts.as_ref()?.members.iter();
        Some(members.map(|member| member.id.clone()).collect())
    };
    let members: Vec<EntityId> = top(model).and_then(known).unwrap_or_default();
    let parts: Vec<Decision> = members
        .into_iter()
        .filter_map(|entity| share.decision(entity))
        .collect();
    let apart: Vec<EntityId> = parts.iter().filter_map(Decision::apart).collect();
    let pairs = apart.iter().zip(apart.iter().skip(1));
    let merges = pairs.map(|(one, other)| Decision::Merge {
        entity: other.clone(),
        into: one.clone(),
    });
    let merges: Vec<Decision> = merges.collect();
    let decided = parts.into_iter().chain(merges);
    let changes: Vec<Change> = decided
        .map(|decision| Change::Entity {
            before: None,
            after: Some(decision),
        })
        .collect();
    save::save(model, changes, Cause::Edit)
}
