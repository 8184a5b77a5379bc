//! The card of an entity, the list of all, and what the reader decides about them.

mod deciding;
mod everybody;
mod parting;

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;

pub(super) use self::deciding::{hide, merge, present_argument, rename, retype, split};
pub(super) use self::everybody::{list, press_list};

use self::deciding::{accept, refuse};
use super::overlays::{letter_step, list_step};
use super::{marks, motions, naming, narrowing, run, save};
use crate::app::action::Action;
use crate::app::cards;
use crate::app::effect::{Effect, JobId};
use crate::app::jumps::Stop;
use crate::app::model::{Colouring, Model, Pane};
use crate::app::msg::{Coverage, Gathered};
use crate::app::overlay::Overlay;
use crate::app::overlay::entity::{Chosen, EntityCard, Reading, Section};
use crate::language::entities::{EntityId, EntityType};
use crate::library::entities::{Facts, Links};

/// Cards that lie on one another; of more the undermost goes.
const MOST_CARDS: usize = 16;

/// Says that no name is under the cursor.
pub(super) fn no_name(model: &mut Model) -> Vec<Effect> {
    model
        .status
        .say("No name is under the cursor · ]e goes to the next one");
    Vec::new()
}

/// Opens the card of the name under the cursor.
pub(super) fn card(model: &mut Model) -> Vec<Effect> {
    let Some((entity, name)) = subject(model) else {
        return no_name(model);
    };
    let origin = model.here();
    let effects = open_card(model, entity, name, Section::Mentions);
    if let Some(card) = top(model) {
        card.origin = origin;
    }
    effects
}

fn open_card(model: &mut Model, entity: EntityId, name: String, section: Section) -> Vec<Effect> {
    let cards = |overlay: &Overlay| matches!(overlay, Overlay::Entity(_));
    if model
        .overlays
        .iter()
        .filter(|overlay| cards(overlay))
        .count()
        >= MOST_CARDS
        && let Some(first) = model.overlays.iter().position(cards)
    {
        model.overlays.remove(first);
    }
    let card = EntityCard::new(entity, name, section);
    model.overlays.push(Overlay::Entity(Box::new(card)));
    ask_facts(model)
        .into_iter()
        .chain(ask_contexts(model))
        .collect()
}

/// The topmost card.
fn top(model: &mut Model) -> Option<&mut EntityCard> {
    match model.overlays.last_mut() {
        Some(Overlay::Entity(card)) => Some(card),
        _ => None,
    }
}

fn ask_facts(model: &mut Model) -> Option<Effect> {
    let job = model.job();
    let card = top(model)?;
    card.job = job;
    let entity = card.id.clone();
    Some(Effect::EntityFacts { job, entity })
}

/// Asks for the mentions from the first on.
fn ask_contexts(model: &mut Model) -> Option<Effect> {
    let job = model.job();
    let card = top(model)?;
    card.ask(job);
    let entity = card.id.clone();
    Some(Effect::Contexts {
        job,
        entity,
        from: 0,
    })
}

/// Asks for more mentions where they are wanted.
fn read_on(model: &mut Model) -> Vec<Effect> {
    top(model).and_then(more).into_iter().collect()
}

fn more(card: &mut EntityCard) -> Option<Effect> {
    let from = card.wants_more()?;
    card.reading = Reading::UnderWay;
    Some(Effect::Contexts {
        job: card.contexts_job,
        entity: card.id.clone(),
        from,
    })
}

/// Takes what is known of an entity. What no document of the library names is described by the open one alone.
pub(super) fn take_facts(model: &mut Model, job: JobId, facts: Option<Box<Facts>>) -> Vec<Effect> {
    let place = model
        .overlays
        .iter()
        .position(|overlay| matches!(overlay, Overlay::Entity(card) if card.job == job));
    let Some(place) = place else {
        return Vec::new();
    };
    match (facts, model.overlays.get_mut(place)) {
        (Some(facts), Some(Overlay::Entity(card))) => {
            card.id = facts.id.clone();
            card.facts = Some(facts);
            card.settle();
        }
        (None, Some(Overlay::Entity(card))) if card.facts.is_none() => {
            let id = card.id.clone();
            if let Some(page) = cards::entity(model, &id)
                && let Some(overlay) = model.overlays.get_mut(place)
            {
                *overlay = Overlay::Card(page);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Takes some more mentions.
pub(super) fn take_contexts(model: &mut Model, job: JobId, gathered: Gathered) -> Vec<Effect> {
    let waiting = model.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Entity(card) => Some(card).filter(|card| card.contexts_job == job),
        _ => None,
    });
    let Some(card) = waiting else {
        return Vec::new();
    };
    card.take_contexts(gathered.contexts);
    card.next = gathered.next;
    match gathered.coverage {
        Coverage::Part => card.reading = Reading::UnderWay,
        Coverage::Whole => {
            card.reading = Reading::Done;
            card.settle();
        }
    }
    more(card).into_iter().collect()
}

/// Takes which names are one; cards, list and filter follow.
pub(super) fn linked(model: &mut Model, links: Arc<Links>) -> Vec<Effect> {
    naming::renew(model);
    let old = std::mem::replace(&mut model.links, links);
    let links = model.links.clone();
    let mut effects = Vec::new();
    let is_other = |id: &EntityId| {
        let n = |links: &Links| links.entity(id).map(|entity| entity.mentions);
        old.members(id) != links.members(id) || n(&old) != n(&links)
    };
    if let Some((entity, name)) = &mut model.timeline.filter.entity
        && let Some(now) = links.entity(entity)
    {
        if now.id != *entity || is_other(entity) {
            effects.push(Effect::EntityDocuments(now.id.clone()));
        }
        *entity = now.id.clone();
        *name = now.name.to_string();
        model.timeline.arrange();
    }
    for overlay in model.overlays.iter_mut().chain(model.jumps.shelved_mut()) {
        match overlay {
            Overlay::Entities(list) => list.arrange(&links),
            Overlay::Entity(card) => {
                if is_other(&card.id) {
                    card.reading = Reading::Outdated;
                }
                if let Some(now) = links.entity(&card.id) {
                    card.id = now.id.clone();
                }
            }
            _ => {}
        }
    }
    effects.extend(look_again(model));
    effects
}

/// The card on top is asked for anew: its facts, and its mentions if they are not all there. One that lies below asks when it comes up again.
fn look_again(model: &mut Model) -> Vec<Effect> {
    let mut effects: Vec<Effect> = ask_facts(model).into_iter().collect();
    let asks = |card: &mut EntityCard| card.reading == Reading::Outdated;
    if top(model).is_some_and(asks) {
        effects.extend(ask_contexts(model));
    }
    effects
}

/// Brings back what floated over a place when it was left from a card.
pub(super) fn reopen(model: &mut Model, stop: Stop) -> Vec<Effect> {
    let mut shelved = model.jumps.unshelve(stop);
    for overlay in &mut shelved {
        if let Overlay::Entity(card) = overlay
            && card.reading == Reading::UnderWay
        {
            // What came meanwhile found no card.
            card.reading = Reading::Outdated;
        }
    }
    if shelved.is_empty() {
        return Vec::new();
    }
    model.overlays = shelved;
    super::apply::renew_lists(model);
    look_again(model)
}

/// What an action about an entity is about: that of the card, the chosen one of the list, else the name under the cursor.
fn subject(model: &Model) -> Option<(EntityId, String)> {
    match model.overlays.last() {
        Some(Overlay::Entity(card)) => Some((card.id.clone(), card.title().to_owned())),
        Some(Overlay::Entities(list)) => {
            let chosen = list.chosen(&model.links)?;
            Some((chosen.id.clone(), chosen.name.to_string()))
        }
        _ => under_cursor(model).or_else(|| of_passage(model)),
    }
}

fn under_cursor(model: &Model) -> Option<(EntityId, String)> {
    let (_, mention) = model.reader.as_ref()?.under_cursor().mention?;
    Some((mention.entity.clone(), mention.name.to_string()))
}

/// The first that the chosen passage of the timeline names, while the timeline has the keys.
fn of_passage(model: &Model) -> Option<(EntityId, String)> {
    let event = model.timeline.chosen_event()?;
    let entity = event
        .entities
        .first()
        .filter(|_| model.focus == Pane::Timeline)?;
    let linked = model.links.entity(entity)?;
    Some((linked.id.clone(), linked.name.to_string()))
}

/// Colours names by what they are, or each by its own.
pub(super) fn colours(model: &mut Model) -> Vec<Effect> {
    let (colouring, says) = match model.colouring {
        Colouring::ByType => (
            Colouring::ByEntity,
            "Each name has its own colour · zc goes back",
        ),
        Colouring::ByEntity => (
            Colouring::ByType,
            "Colours tell people, organisations and places apart",
        ),
    };
    model.colouring = colouring;
    model.status.say(says);
    Vec::new()
}

/// Keys of the card.
pub(super) fn press_card(model: &mut Model, now: Timestamp, event: KeyEvent) -> Vec<Effect> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let page = i64::from(model.size.1 / 3).max(2);
    let Some(card) = top(model) else {
        return Vec::new();
    };
    if card.parting.is_some() {
        return parting::press(model, event, control);
    }
    // ^O is the way back, not a letter.
    if let Some(by) =
        list_step(event, control, page).or_else(|| letter_step(event, page).filter(|_| !control))
    {
        card.step(by);
        return read_on(model);
    }
    match event.code {
        KeyCode::Tab | KeyCode::Right | KeyCode::Char('l') => card.section = card.section.moved(1),
        KeyCode::BackTab | KeyCode::Left | KeyCode::Char('h') => {
            card.section = card.section.moved(-1);
        }
        KeyCode::Char('r') if control => return save::redo(model),
        KeyCode::Char('o') if control => {
            model.overlays.clear();
            return motions::jump_back(model);
        }
        KeyCode::Enter | KeyCode::Char('o') => return follow(model),
        KeyCode::Char('q') => return close(model),
        KeyCode::Char('f') => {
            let (entity, name) = (card.id.clone(), card.title().to_owned());
            model.overlays.clear();
            return narrowing::narrow_to(model, entity, &name);
        }
        KeyCode::Char('m') => return accept(model),
        KeyCode::Char('d') => return refuse(model),
        KeyCode::Char('s') => return split(model),
        KeyCode::Char('r') => return run::run(model, now, Action::EntityName, None, None),
        KeyCode::Char('t') => {
            let next = match card.facts.as_ref().map(|facts| facts.kind) {
                Some(EntityType::Person) => "organisation",
                Some(EntityType::Org) => "place",
                Some(EntityType::Place) => "person",
                None => return Vec::new(),
            };
            return retype(model, next);
        }
        KeyCode::Char('x') | KeyCode::Delete => return hide(model),
        KeyCode::Char('u') => return save::undo(model),
        KeyCode::Char('?') => return run::run(model, now, Action::Help, None, None),
        KeyCode::Char(':') => return run::run(model, now, Action::Command, None, None),
        _ => {}
    }
    Vec::new()
}

/// Closes the card; one that lies below it is asked for anew, since something may have been decided above it. A question it asks is closed first.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    if top(model).is_some_and(|card| card.parting.take().is_some()) {
        return Vec::new();
    }
    model.overlays.pop();
    look_again(model)
}

/// Enter: to the passage, or to the card of the other entity.
fn follow(model: &mut Model) -> Vec<Effect> {
    match top(model).and_then(|card| card.chosen()) {
        Some(Chosen::Passage(doc, range)) => {
            let name = top(model).map(|card| card.title().to_owned());
            let effects = marks::leave_card_for(model, doc, range);
            let name = name.unwrap_or_default();
            model
                .status
                .say(format!("^O goes back to the card of {name}"));
            effects
        }
        Some(Chosen::Entity(entity, name)) => open_card(model, entity, name, Section::Mentions),
        Some(Chosen::Offer(offer)) => {
            open_card(model, offer.id, offer.name.to_string(), Section::Mentions)
        }
        Some(Chosen::Spelling(written)) => {
            if let Some(card) = top(model) {
                card.show_written(&written);
            }
            Vec::new()
        }
        Some(Chosen::Member(_)) | None => Vec::new(),
    }
}
