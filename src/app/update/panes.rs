//! Which pane has the keys, and what Enter and Esc do in it.

use super::{commands, motions, narrowing};
use crate::app::effect::Effect;
use crate::app::layout;
use crate::app::model::{Landing, Model, Pane};
use crate::app::reader::motion::Way;

/// Gives a pane the keys, and shows it. The place left in the text is a stop of the jump list if the reader comes back to another.
pub(in crate::app) fn focus(model: &mut Model, pane: Pane) {
    match pane {
        Pane::List => model.panes.list = true,
        Pane::Timeline => model.panes.timeline = true,
        Pane::Reader => {}
    }
    match (model.focus, pane) {
        (Pane::Reader, Pane::List | Pane::Timeline) => {
            model.left = model.here();
            if let Some(reader) = &mut model.reader {
                reader.selection = None;
            }
        }
        (Pane::List | Pane::Timeline, Pane::Reader) => {
            if let Some(left) = model.left.take() {
                let opening = model.opening.as_ref().map(|opening| opening.doc);
                let same = match opening {
                    Some(doc) => doc == left.0,
                    None => model.here() == Some(left),
                };
                if !same {
                    model.jumps.leave(left);
                }
            }
        }
        (Pane::Reader, Pane::Reader)
        | (Pane::List | Pane::Timeline, Pane::List | Pane::Timeline) => {}
    }
    model.focus = pane;
}

/// Gives the next or previous pane the keys.
pub(super) fn cycle(model: &mut Model, way: Way) -> Vec<Effect> {
    let next = match (model.focus, way) {
        (Pane::List, Way::Forward) | (Pane::Timeline, Way::Back) => Pane::Reader,
        (Pane::Reader, Way::Forward) | (Pane::List, Way::Back) => Pane::Timeline,
        (Pane::Timeline, Way::Forward) | (Pane::Reader, Way::Back) => Pane::List,
    };
    focus(model, next);
    Vec::new()
}

/// Shows or hides a side pane; where it slides over the text it is shown while it has the keys.
pub(super) fn toggle(model: &mut Model, pane: Pane) -> Vec<Effect> {
    if model.size.0 < layout::WIDE {
        let to = if model.focus == pane {
            Pane::Reader
        } else {
            pane
        };
        focus(model, to);
        return Vec::new();
    }
    if model.focus == pane {
        focus(model, Pane::Reader);
    }
    match pane {
        Pane::List => model.panes.list = !model.panes.list,
        Pane::Timeline => model.panes.timeline = !model.panes.timeline,
        Pane::Reader => {}
    }
    Vec::new()
}

/// Enter: the chosen document or passage is read; on a link in the text its letters are not needed.
pub(super) fn open_chosen(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::List => {
            let Some(doc) = model.list.chosen().map(|listing| listing.id) else {
                return motions::empty_list(model);
            };
            model.list.select(doc);
            let effects = model.open(doc, Landing::Remembered);
            focus(model, Pane::Reader);
            effects
        }
        Pane::Timeline => {
            let effects = motions::show_event(model);
            focus(model, Pane::Reader);
            effects
        }
        Pane::Reader => {
            let under = model.reader.as_ref().map(|reader| {
                let under = reader.under_cursor();
                (under.link.map(str::to_owned), under.timex.is_some())
            });
            match under {
                Some((Some(address), _)) => commands::follow(model, address),
                Some((None, true)) => {
                    focus(model, Pane::Timeline);
                    Vec::new()
                }
                Some((None, false)) | None => commands::details_card(model),
            }
        }
    }
}

/// Esc: the innermost thing that can end, ends.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    if model.status.progress.is_some() {
        model.status.progress = None;
        model.status.say("Stopped");
        return vec![Effect::CancelWork];
    }
    let narrowed = match model.focus {
        Pane::Reader => {
            if let Some(reader) = &mut model.reader
                && reader.selection.take().is_none()
            {
                reader.search = None;
                if model.placing.take().is_some() {
                    model.status.say("The note stays where it was");
                }
            }
            return Vec::new();
        }
        Pane::List => !model.list.filter.is_empty() || model.list.entity.is_some(),
        Pane::Timeline => !model.timeline.filter.is_empty(),
    };
    if narrowed {
        return narrowing::clear_filters(model);
    }
    focus(model, Pane::Reader);
    Vec::new()
}
