//! From a key press to an action: prompts and overlays first, then counts, sequences and letters.

use crossterm::event::KeyEvent;
use jiff::{SignedDuration, Timestamp};

use super::{overlays, prompts, run};
use crate::app::action::{Action, Argument};
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::keymap::Lookup;
use crate::app::model::{Leaving, Model, Pane, Pending};

/// 1, 2 and 3 choose a pane at once; a motion that follows within this time takes them as its count instead.
const COUNT_WINDOW: SignedDuration = SignedDuration::from_millis(500);

/// Takes a key.
pub(super) fn press(model: &mut Model, now: Timestamp, event: KeyEvent) -> Vec<Effect> {
    model.status.message = None;
    if let Some(reader) = &mut model.reader {
        reader.flash = None;
    }
    if model.prompt.is_some() {
        return prompts::press(model, now, event);
    }
    if !model.overlays.is_empty() {
        return overlays::press(model, now, event);
    }
    let key = Key::from(event);
    if let Some(action) = model.pending.letter.take() {
        return letter(model, now, action, key);
    }
    if let Some((_, then)) = model.pending.before_digit
        && model.pending.count.is_some_and(|count| count < 4)
        && now.duration_since(then) > COUNT_WINDOW
    {
        // The digit has done its work: it chose a pane.
        model.pending = Pending::default();
    }
    if let Some(digit) = key.typed().and_then(|c| c.to_digit(10))
        && model.pending.keys.is_empty()
        && (digit > 0 || model.pending.count.is_some())
    {
        return count_digit(model, now, digit);
    }
    model.pending.keys.push(key);
    let context = model.context();
    match model.keymap.look_up(context, &model.pending.keys) {
        Lookup::Prefix => Vec::new(),
        Lookup::Action(action) => {
            let pending = std::mem::take(&mut model.pending);
            let count = taken_count(model, action, &pending);
            if action != Action::Quit {
                model.leaving = Leaving::No;
            }
            if action.argument() == Argument::Letter {
                model.pending.letter = Some(action);
                return Vec::new();
            }
            run::run(model, now, action, count, None)
        }
        Lookup::None => {
            let keys = std::mem::take(&mut model.pending).keys;
            if keys.len() > 1 || key.typed().is_some() {
                model.status.say(format!(
                    "{} does nothing here · ? lists the keys",
                    crate::app::key::pretty(&keys)
                ));
            }
            Vec::new()
        }
    }
}

/// A digit adds to the count; the first of 1, 2 and 3 also chooses its pane.
fn count_digit(model: &mut Model, now: Timestamp, digit: u32) -> Vec<Effect> {
    if model.pending.count.is_none() {
        model.pending = Pending {
            count: Some(digit),
            before_digit: Some((model.focus, now)),
            ..Pending::default()
        };
        let pane = match digit {
            1 => Some(Pane::List),
            2 => Some(Pane::Reader),
            3 => Some(Pane::Timeline),
            _ => None,
        };
        if let Some(pane) = pane {
            run::focus(model, pane);
        }
        return Vec::new();
    }
    let count = model
        .pending
        .count
        .unwrap_or(0)
        .saturating_mul(10)
        .saturating_add(digit)
        .min(9_999_999);
    model.pending.count = Some(count);
    if let Some((before, _)) = model.pending.before_digit {
        run::focus(model, before);
    }
    Vec::new()
}

/// The count an action takes; if its digits had chosen a pane, the focus goes back to where they were typed.
fn taken_count(model: &mut Model, action: Action, pending: &Pending) -> Option<u32> {
    let count = pending.count?;
    let (before, _) = pending.before_digit?;
    let takes = action.is_motion()
        || matches!(
            action,
            Action::Highlight | Action::MeasureWider | Action::MeasureNarrower
        );
    if !takes {
        return None;
    }
    run::focus(model, before);
    Some(count)
}

fn letter(model: &mut Model, now: Timestamp, action: Action, key: Key) -> Vec<Effect> {
    match key.typed() {
        Some(c)
            if c.is_ascii_alphabetic()
                || (action == Action::GoToMark && matches!(c, '\'' | '`')) =>
        {
            run::run(model, now, action, None, Some(c.to_string()))
        }
        _ => {
            model.status.say(format!(
                "{}: a letter from a to z or A to Z was expected",
                action.name()
            ));
            Vec::new()
        }
    }
}
