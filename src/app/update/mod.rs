//! One pure step: what happened changes the model and says what must be done outside.

mod annotate;
mod apply;
mod bonds;
mod commands;
mod dating;
mod done;
mod drafts;
mod entities;
mod exchange;
mod finding;
mod folds;
mod kept;
mod keys;
mod lists;
mod marks;
mod mentions;
mod motions;
mod mouse;
mod naming;
mod narrowing;
mod overlays;
mod panes;
mod prompts;
mod repeats;
mod review;
mod run;
mod save;
mod tags;
mod told;
mod tracing;

use crossterm::event::{Event, KeyEventKind};
use jiff::Timestamp;

use super::effect::Effect;
use super::layout::Areas;
use super::model::{Model, Pane};
use super::msg::Msg;

pub(in crate::app) use self::bonds::ends as linked;

/// Takes what happened; no I/O, no clock, no channel.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Term(Event::Key(event)) if event.kind != KeyEventKind::Release => {
            keys::press(model, now, event)
        }
        Msg::Term(Event::Mouse(event)) => mouse::act(model, now, event),
        Msg::Term(Event::Paste(text)) => prompts::paste(model, &text),
        Msg::Term(Event::Resize(cols, rows)) => {
            model.size = (cols, rows);
            Vec::new()
        }
        Msg::Term(_) => Vec::new(),
        Msg::Done(outcome) => {
            let mut effects = done::take(model, now, outcome);
            effects.extend(repeats::behind(model));
            effects
        }
        Msg::Resumed => vec![Effect::Redraw],
        Msg::Ended => {
            let mut effects = save::everything(model, now);
            effects.extend(model.remember());
            effects.push(Effect::Quit);
            effects
        }
    };
    effects.extend(naming::ask(model));
    settle(model);
    effects
}

/// Brings the three panes together after a change: the text is laid out, the views follow what is chosen.
pub fn settle(model: &mut Model) {
    let areas = model.areas();
    let measure = model.measure();
    let height = Areas::content(areas.reader).height;
    if let Some(reader) = &mut model.reader {
        reader.settle(&measure, height);
    }
    if model.focus != Pane::Timeline
        && let Some((doc, at)) = model.here()
    {
        model.timeline.follow(doc, at);
    }
    let rows_of = |pane: Option<ratatui::layout::Rect>| {
        pane.map_or(0, |pane| usize::from(Areas::content(pane).height))
    };
    model.list.settle(rows_of(areas.list).max(1));
    // The density line stands above the rows.
    model
        .timeline
        .settle(rows_of(areas.timeline).saturating_sub(2).max(1));
}
