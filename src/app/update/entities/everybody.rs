//! The list of everybody and everything that is named: a card is chosen from it, or the one another is merged with.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::deciding::decide;
use super::open_card;
use crate::app::effect::Effect;
use crate::app::input::Edited;
use crate::app::model::Model;
use crate::app::overlay::entities::{EntityList, Purpose};
use crate::app::overlay::entity::Section;
use crate::app::overlay::{Cursor, Overlay};
use crate::app::update::overlays::list_step;
use crate::library::entities::Decision;

/// Opens the list of everybody and everything.
pub(in crate::app::update) fn list(model: &mut Model) -> Vec<Effect> {
    let list = EntityList::new(Purpose::Look, &model.links);
    model.overlays.push(Overlay::Entities(list));
    Vec::new()
}

/// Keys of the list.
pub(in crate::app::update) fn press_list(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let page = i64::from(model.size.1 / 2).max(2);
    let links = model.links.clone();
    let Some(Overlay::Entities(list)) = model.overlays.last_mut() else {
        return Vec::new();
    };
    let clears = control && event.code == KeyCode::Char('u') && !list.input.text().is_empty();
    if let Some(by) = list_step(event, control, page).filter(|_| !clears) {
        list.cursor.step(by, list.shown.len());
        return Vec::new();
    }
    match event.code {
        KeyCode::Tab | KeyCode::BackTab => {
            let by = if event.code == KeyCode::Tab { 1 } else { -1 };
            list.sort = list.sort.moved(by);
            list.cursor = Cursor::default();
            list.arrange(&links);
        }
        KeyCode::Enter => {
            let Some(chosen) = list.chosen(&links) else {
                return Vec::new();
            };
            let (other, name) = (chosen.id.clone(), chosen.name.to_string());
            return match list.purpose.clone() {
                Purpose::Look => open_card(model, other, name, Section::Mentions),
                Purpose::Merge(entity, _) => {
                    model.overlays.pop();
                    let decision = Decision::Merge {
                        entity: other,
                        into: entity,
                    };
                    decide(model, decision)
                }
            };
        }
        _ => {
            if list.input.key(event) == Edited::Yes {
                list.cursor = Cursor::default();
                list.arrange(&links);
            }
        }
    }
    Vec::new()
}
