//! What the reader decides about entities: the same, not the same, another name, another type, no name at all.

use super::{no_name, open_card, parting, subject, top};
use crate::app::action::Action;
use crate::app::cards;
use crate::app::effect::{Cause, Change, Effect};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::entities::{EntityList, Purpose};
use crate::app::overlay::entity::parting::Share;
use crate::app::overlay::entity::{Chosen, EntityCard, Reading, Section};
use crate::app::update::save;
use crate::library::entities::Decision;

/// What the prompt for an action's argument begins with.
pub(in crate::app::update) fn present_argument(model: &Model, action: Action) -> String {
    let Some((entity, name)) = subject(model) else {
        return String::new();
    };
    match action {
        Action::EntityName => name,
        Action::EntityType => model
            .links
            .entity(&entity)
            .map_or_else(String::new, |entity| {
                cards::type_name(entity.kind).to_owned()
            }),
        _ => String::new(),
    }
}

pub(super) fn decide(model: &mut Model, decision: Decision) -> Vec<Effect> {
    let change = Change::Entity {
        before: None,
        after: Some(decision),
    };
    save::save(model, vec![change], Cause::Edit)
}

/// Asks which entity the subject is the same as.
pub(in crate::app::update) fn merge(model: &mut Model) -> Vec<Effect> {
    let Some((entity, name)) = subject(model) else {
        return no_name(model);
    };
    let list = EntityList::new(Purpose::Merge(entity, name), &model.links);
    if list.shown.is_empty() {
        model
            .status
            .say("There is no other name in this library to merge it with");
        return Vec::new();
    }
    model.overlays.push(Overlay::Entities(list));
    Vec::new()
}

/// Takes the chosen name or spelling of the card out, or asks what of the chosen passage; elsewhere shows the names that are one.
pub(in crate::app::update) fn split(model: &mut Model) -> Vec<Effect> {
    let chosen = top(model).and_then(|card| card.chosen());
    if let Some(Chosen::Member(member)) = chosen {
        let Some(linked) = model
            .links
            .entity(&member.id)
            .filter(|linked| linked.members.len() > 1)
        else {
            model
                .status
                .say("This is its only name · s on a spelling below takes that out");
            return Vec::new();
        };
        model
            .status
            .say(format!("Taking {} out of {}", member.name, linked.name));
        return decide(model, Decision::Split { entity: member.id });
    }
    if let Some(Chosen::Passage(doc, _)) = chosen {
        return parting::ask(model, doc);
    }
    if let Some(Chosen::Spelling(written)) = chosen {
        return parting::take_out(model, &Share::Spelling(written));
    }
    let comes = |card: &mut EntityCard| card.facts.is_none() || card.reading != Reading::Done;
    if top(model).is_some_and(comes) {
        model
            .status
            .say("Still looking through the library · s again in a moment");
        return Vec::new();
    }
    let Some((entity, name)) = subject(model) else {
        return no_name(model);
    };
    model
        .status
        .say("Choose the name that does not belong here · s takes it out");
    match top(model) {
        Some(card) => {
            card.section = Section::Names;
            Vec::new()
        }
        None => open_card(model, entity, name, Section::Names),
    }
}

/// Calls the subject something else.
pub(in crate::app::update) fn rename(model: &mut Model, typed: &str) -> Vec<Effect> {
    let Some((entity, name)) = subject(model) else {
        return no_name(model);
    };
    match Decision::rename(entity, typed) {
        Some(_) if typed.trim() == name => Vec::new(),
        Some(decision) => decide(model, decision),
        None => {
            model.status.fail("A name needs a letter, and at most 400");
            Vec::new()
        }
    }
}

/// Says what the subject is.
pub(in crate::app::update) fn retype(model: &mut Model, typed: &str) -> Vec<Effect> {
    let Some((entity, _)) = subject(model) else {
        return no_name(model);
    };
    match Decision::retype(entity, typed) {
        Some(decision) => decide(model, decision),
        None => {
            model.status.fail(format!(
                "“{}” is not one of person, organisation, place",
                typed.trim()
            ));
            Vec::new()
        }
    }
}

/// Says that the subject is no name, or that it is one after all.
pub(in crate::app::update) fn hide(model: &mut Model) -> Vec<Effect> {
    let Some((entity, _)) = subject(model) else {
        return no_name(model);
    };
    let hidden = model.links.entity(&entity).filter(|linked| linked.hidden);
    let change = match hidden {
        // It may have been hidden under any of its ids.
        Some(linked) => {
            let shown = |member: &crate::library::entities::Member| Change::Entity {
                before: Some(Decision::Hide {
                    entity: member.id.clone(),
                }),
                after: None,
            };
            linked.members.iter().map(shown).collect()
        }
        None => vec![Change::Entity {
            before: None,
            after: Some(Decision::Hide { entity }),
        }],
    };
    save::save(model, change, Cause::Edit)
}

/// m: the chosen offer is the same; without one it is chosen from the list.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(card) = top(model) else {
        return Vec::new();
    };
    match card.chosen() {
        Some(Chosen::Offer(offer)) => {
            let decision = Decision::Merge {
                entity: offer.id,
                into: card.id.clone(),
            };
            decide(model, decision)
        }
        _ => merge(model),
    }
}

/// d: the chosen offer is somebody else and is not offered again.
pub(super) fn refuse(model: &mut Model) -> Vec<Effect> {
    let Some(card) = top(model) else {
        return Vec::new();
    };
    match card.chosen() {
        Some(Chosen::Offer(offer)) => {
            let decision = Decision::Distinct {
                entity: card.id.clone(),
                from: offer.id,
            };
            decide(model, decision)
        }
        _ => Vec::new(),
    }
}
