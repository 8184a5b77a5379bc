//! The next mention of the same entity: in the open document, and over its edge in the next one of the list that names it.

use std::collections::HashMap;

use super::motions::steps;
use super::run::nothing_open;
use crate::app::effect::Effect;
use crate::app::model::{Edge, Landing, Model, Pane};
use crate::app::reader::motion::Way;
use crate::document::DocId;
use crate::language::entities::EntityId;
use crate::text::Layer;

/// Goes to the n-th next or previous mention of the entity under the cursor. Past the last one it is said that there is none, and the same key again looks in
/// the next document.
pub(super) fn step(model: &mut Model, way: Way, n: u32) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let under = reader.under_cursor().mention;
    let Some((range, mention)) = under.map(|(range, mention)| (range, mention.clone())) else {
        return super::entities::no_name(model);
    };
    let same: Layer<()> = reader
        .analysis
        .mentions
        .iter()
        .filter(|(_, other)| other.entity == mention.entity)
        .map(|(range, _)| (*range, ()))
        .collect();
    let at = std::mem::replace(&mut reader.at, range.start);
    if steps(reader, &same, way, n) {
        let at = reader.at;
        reader.selection_follows();
        reader.jump_to(at);
        return Vec::new();
    }
    reader.at = at;
    let edge = Edge {
        entity: mention.entity,
        name: mention.name.to_string(),
        way,
        at: (reader.doc(), at),
        asked: false,
    };
    if let Some(known) = model.edge.as_mut().filter(|known| **known == edge) {
        known.asked = true;
        return vec![Effect::EntityDocuments(edge.entity)];
    }
    let name = &edge.name;
    model.status.say(match way {
        Way::Forward => {
            format!("The last mention of {name} in this document · * again looks in the next")
        }
        Way::Back => format!(
            "The first mention of {name} in this document · # again looks in the one before"
        ),
    });
    model.edge = Some(edge);
    Vec::new()
}

/// Goes on in the next document of the list that names the entity, if that is still what the reader waits for.
pub(super) fn cross(
    model: &mut Model,
    entity: &EntityId,
    documents: &HashMap<DocId, u32>,
) -> Vec<Effect> {
    let here = model.here();
    let waits = |edge: &mut Edge| edge.asked && edge.entity == *entity && Some(edge.at) == here;
    let Some(edge) = model.edge.take_if(waits) else {
        return Vec::new();
    };
    let names = |doc: DocId| documents.contains_key(&doc);
    let (next, landing) = match edge.way {
        Way::Forward => (
            model.list.after(edge.at.0, names),
            Landing::Entity(edge.entity),
        ),
        Way::Back => (
            model.list.before(edge.at.0, names),
            Landing::LastOf(edge.entity),
        ),
    };
    let Some(next) = next else {
        let side = match edge.way {
            Way::Forward => "below",
            Way::Back => "above",
        };
        model.status.say(format!(
            "No document further {side} in the list names {}",
            edge.name
        ));
        return Vec::new();
    };
    model.jumps.leave(edge.at);
    model.list.select(next);
    model.focus = Pane::Reader;
    model.left = None;
    let title = model.list.listing(next).map(|listing| &listing.title);
    let title = title.map_or_else(String::new, |title| format!(" in “{title}”"));
    model
        .status
        .say(format!("{} goes on{title} · ^O goes back", edge.name));
    model.open(next, landing)
}
