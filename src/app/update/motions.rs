//! Where motions lead: in the text, down the list, along the timeline, and back through the places left.

use super::run::nothing_open;
use super::{entities, mentions};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::layout::Areas;
use crate::app::model::{Landing, Model, Pane};
use crate::app::reader::Reader;
use crate::app::reader::motion::{Moved, Way};
use crate::app::timeline::Stepped;
use crate::text::Layer;

pub(super) fn motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    match action {
        Action::DocumentNext => return neighbour(model, i64::from(count.unwrap_or(1))),
        Action::DocumentPrevious => return neighbour(model, -i64::from(count.unwrap_or(1))),
        Action::JumpBack => return jump_back(model),
        Action::JumpForward => return jump_forward(model),
        _ => {}
    }
    match model.focus {
        Pane::List => list_motion(model, action, count),
        Pane::Timeline => timeline_motion(model, action, count),
        Pane::Reader => reader_motion(model, action, count),
    }
}

fn reader_motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    if matches!(action, Action::FindNext | Action::FindPrevious) {
        return next_hit(model, action, count);
    }
    if let (Action::RepeatNext | Action::RepeatPrevious, Pane::Reader) = (action, model.focus) {
        return super::repeats::step(model, action, count);
    }
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    reader.engaged = true;
    let from = (reader.doc(), reader.at);
    let n = count.unwrap_or(1).max(1);
    let (way, what) = match action {
        Action::MentionNext => return mentions::step(model, Way::Forward, n),
        Action::MentionPrevious => return mentions::step(model, Way::Back, n),
        Action::EntityNext | Action::DateNext | Action::QuoteNext | Action::AnnotationNext => {
            (Way::Forward, action)
        }
        Action::EntityPrevious => (Way::Back, Action::EntityNext),
        Action::DatePrevious => (Way::Back, Action::DateNext),
        Action::QuotePrevious => (Way::Back, Action::QuoteNext),
        Action::AnnotationPrevious => (Way::Back, Action::AnnotationNext),
        _ => {
            let moved = reader.apply_motion(action, count);
            if moved != Moved::NoMotion {
                reader.selection_follows();
            }
            if moved == Moved::Yes
                && matches!(action, Action::Top | Action::Bottom | Action::Percent)
            {
                model.jumps.leave(from);
            }
            return Vec::new();
        }
    };
    let analysis = reader.analysis.clone();
    let found = match what {
        Action::EntityNext => steps(reader, &analysis.mentions, way, n),
        Action::DateNext => steps(reader, &analysis.timexes, way, n),
        Action::QuoteNext => steps(reader, &analysis.quotes, way, n),
        Action::AnnotationNext => {
            let places = reader.annotation_places().clone();
            steps(reader, &places, way, n)
        }
        _ => false,
    };
    if found {
        let at = reader.at;
        reader.selection_follows();
        reader.jump_to(at);
    } else {
        let what = match what {
            Action::EntityNext => "name",
            Action::DateNext => "date",
            Action::QuoteNext => "quotation",
            _ => "annotation",
        };
        let where_ = if way == Way::Forward {
            "below"
        } else {
            "above"
        };
        model.status.say(format!("No {what} further {where_}"));
    }
    Vec::new()
}

/// Goes to the n-th next or previous item, or as far as there are any; says whether there was one.
pub(super) fn steps<T>(reader: &mut Reader, layer: &Layer<T>, way: Way, n: u32) -> bool {
    (0..n)
        .take_while(|_| reader.to_layer_item(layer, way))
        .count()
        > 0
}

fn list_motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let height = i64::from(Areas::content(model.areas().list.unwrap_or_default()).height);
    let n = i64::from(count.unwrap_or(1));
    let by = match action {
        Action::Down => n,
        Action::Up => -n,
        Action::HalfPageDown | Action::ScrollDown => n * height / 2,
        Action::HalfPageUp | Action::ScrollUp => -n * height / 2,
        Action::PageDown => n * (height - 1),
        Action::PageUp => -n * (height - 1),
        Action::Top => n.max(1) - 1 - model.list.selected as i64,
        Action::Bottom => count.map_or(i64::MAX / 2, |row| {
            i64::from(row).max(1) - 1 - model.list.selected as i64
        }),
        Action::Percent => {
            let percent = i64::from(count.unwrap_or(0).min(100));
            model.list.shown.len() as i64 * percent / 100 - model.list.selected as i64
        }
        _ => return elsewhere(model),
    };
    neighbour(model, by)
}

fn elsewhere(model: &mut Model) -> Vec<Effect> {
    model.status.say("That works in the text · 2 goes there");
    Vec::new()
}

/// Opens the document `by` rows away in the list; the list keeps the focus.
pub(super) fn neighbour(model: &mut Model, by: i64) -> Vec<Effect> {
    match model.list.neighbour(by) {
        Some(doc) => {
            model.list.select(doc);
            model.open(doc, Landing::Remembered)
        }
        None => empty_list(model),
    }
}

/// After a filter was typed the row it leaves chosen is shown.
pub(super) fn take_filtered(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Timeline => show_event(model),
        Pane::List | Pane::Reader => neighbour(model, 0),
    }
}

/// Says why nothing can be chosen in the list, and what helps.
pub(super) fn empty_list(model: &mut Model) -> Vec<Effect> {
    model.status.say(if model.list.documents.is_empty() {
        "There are no documents yet"
    } else {
        "The filter hides every document · Fx shows everything again"
    });
    Vec::new()
}

fn timeline_motion(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let height = i64::from(Areas::content(model.areas().timeline.unwrap_or_default()).height);
    let n = i64::from(count.unwrap_or(1));
    let stepped = match action {
        Action::Down | Action::DateNext => model.timeline.step(n),
        Action::Up | Action::DatePrevious => model.timeline.step(-n),
        Action::HalfPageDown
        | Action::ScrollDown
        | Action::HalfPageUp
        | Action::ScrollUp
        | Action::PageDown
        | Action::PageUp => {
            let rows = if matches!(action, Action::PageDown | Action::PageUp) {
                height - 3
            } else {
                height / 2
            };
            let down = matches!(
                action,
                Action::HalfPageDown | Action::ScrollDown | Action::PageDown
            );
            let to = model.timeline.selected as i64 + if down { rows * n } else { -rows * n };
            model.timeline.choose(to.max(0) as usize);
            Stepped::Yes
        }
        Action::Top => {
            model.timeline.choose(n.max(1) as usize - 1);
            Stepped::Yes
        }
        Action::Bottom => {
            let row = count.map_or(usize::MAX, |row| row.max(1) as usize - 1);
            model.timeline.choose(row);
            Stepped::Yes
        }
        Action::Percent => {
            let row = model.timeline.shown.len() * count.unwrap_or(0).min(100) as usize / 100;
            model.timeline.choose(row);
            Stepped::Yes
        }
        _ => return elsewhere(model),
    };
    match stepped {
        Stepped::Yes => show_event(model),
        Stepped::No => Vec::new(),
    }
}

/// Shows the chosen passage of the timeline in the text and its document in the list.
pub(super) fn show_event(model: &mut Model) -> Vec<Effect> {
    let Some(event) = model.timeline.chosen_event() else {
        return Vec::new();
    };
    let (doc, range) = (event.doc, event.timex);
    model.list.select(doc);
    model.open(doc, Landing::At(range))
}

pub(super) fn jump_back(model: &mut Model) -> Vec<Effect> {
    let to = model.here().and_then(|here| model.jumps.back(here));
    let mut effects = go(model, to, "This is where the jumps begin");
    if let Some(to) = to {
        effects.extend(entities::reopen(model, to));
    }
    effects
}

fn jump_forward(model: &mut Model) -> Vec<Effect> {
    let to = model.jumps.forward();
    go(model, to, "There is nothing further ahead")
}

fn go(model: &mut Model, to: Option<crate::app::jumps::Stop>, otherwise: &str) -> Vec<Effect> {
    match to {
        Some((doc, at)) => {
            model.list.select(doc);
            model.focus = Pane::Reader;
            model.left = None;
            model.open(doc, Landing::At(crate::text::TextRange::empty(at)))
        }
        None => {
            model.status.say(otherwise);
            Vec::new()
        }
    }
}

fn next_hit(model: &mut Model, action: Action, count: Option<u32>) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else {
        return nothing_open(model);
    };
    let Some(search) = reader.search.take() else {
        model.status.say("Nothing to find yet · / finds");
        return Vec::new();
    };
    let way = match (action, search.way) {
        (Action::FindNext, way) => way,
        (_, Way::Forward) => Way::Back,
        (_, Way::Back) => Way::Forward,
    };
    let from = (reader.doc(), reader.at);
    let mut last = None;
    for _ in 0..count.unwrap_or(1).min(10_000) {
        let start = match way {
            Way::Forward => reader.grapheme_at(reader.at).end,
            Way::Back => reader.at,
        };
        match reader.next_hit(&search.finder, way, start) {
            Some(hit) => {
                reader.at = hit.range().start;
                last = Some(hit);
            }
            None => break,
        }
    }
    reader.search = Some(search);
    match last {
        Some(hit) => {
            reader.jump_to(hit.range().start);
            reader.selection_follows();
            model.jumps.leave(from);
            super::finding::say_hit(model, hit);
        }
        None => model.status.say("Not found"),
    }
    Vec::new()
}
