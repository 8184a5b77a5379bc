//! What filters ask about names is looked up behind the screen: asked once it is wanted, and again when the library, the notes or a decision changed.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::named::NamedInNotes;
use crate::app::overlay::Overlay;
use crate::document::DocId;
use crate::search::query::Words;

/// Asks for what the filters need and was not asked for yet.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let new = model.list.named.ask();
    let mut effects: Vec<Effect> = new.into_iter().map(Effect::DocumentsNaming).collect();
    let mut asks = false;
    for overlay in &mut model.overlays {
        if let Overlay::Kept(list) = overlay {
            asks |= list.asks_names();
        }
    }
    if asks {
        effects.push(Effect::NamedInNotes);
    }
    effects
}

/// Takes which documents name what the filter of the list asks for.
pub(super) fn take_documents(model: &mut Model, words: Words, documents: HashSet<DocId>) {
    if model.list.named.take(words, documents) {
        model.list.arrange();
    }
}

/// Takes who is named in the notes.
pub(super) fn take_notes(model: &mut Model, named: NamedInNotes) {
    let named = Arc::new(named);
    for overlay in &mut model.overlays {
        if let Overlay::Kept(list) = overlay {
            list.take_names(named.clone(), &model.kept, &model.list);
        }
    }
}

/// The library or what the reader decided changed: what was answered holds until it is answered anew.
pub(super) fn renew(model: &mut Model) {
    model.list.named.renew();
    for overlay in &mut model.overlays {
        if let Overlay::Kept(list) = overlay {
            list.renew(&model.kept, &model.list);
        }
    }
}
