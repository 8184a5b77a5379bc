//! From a key press to an action: prompts and overlays first, then counts, sequences and letters.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::{SignedDuration, Timestamp};

use super::{overlays, panes, prompts, run};
use crate::app::action::Action;
use crate::app::effect::{Effect, JobId};
use crate::app::key::Key;
use crate::app::keymap::{Context, Lookup};
use crate::app::model::{Model, Pane, Pending};
use crate::app::reader::select::Selection;

/// 1, 2 and 3 choose a pane at once; a motion that follows within this time takes them as its count instead.
///
/// Short: who looks at the pane before going on means the pane; a count is typed in one go.
const COUNT_WINDOW: SignedDuration = SignedDuration::from_millis(200);

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
    let gives_up = key == Key::plain(KeyCode::Esc)
        || (key.modifiers == KeyModifiers::CONTROL && key.code == KeyCode::Char('c'));
    if let Some(action) = model.pending.letter.take() {
        return if gives_up {
            Vec::new()
        } else {
            letter(model, now, action, key)
        };
    }
    forget_old_digit(model, now);
    let half_typed = !model.pending.keys.is_empty() || model.pending.count.is_some_and(|n| n > 3);
    if gives_up && half_typed {
        model.pending = Pending::default();
        return Vec::new();
    }
    if let Some(digit) = key.typed().and_then(|c| c.to_digit(10))
        && model.pending.keys.is_empty()
        && (digit > 0 || model.pending.count.is_some())
    {
        return count_digit(model, now, digit);
    }
    model.pending.keys.push(key);
    match look_up(model) {
        Lookup::Prefix => Vec::new(),
        Lookup::Action(action) => {
            let pending = std::mem::take(&mut model.pending);
            let count = taken_count(model, action, &pending);
            // A name that was to be found once the text is analysed is given up: the reader goes elsewhere.
            model
                .opening
                .take_if(|opening| opening.job == JobId::default());
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

/// 1, 2 or 3 typed a while ago have done their work: they chose a pane.
fn forget_old_digit(model: &mut Model, now: Timestamp) {
    if let Some((_, then)) = model.pending.before_digit
        && model.pending.keys.is_empty()
        && model.pending.count.is_some_and(|count| count < 4)
        && now.duration_since(then) > COUNT_WINDOW
    {
        model.pending = Pending::default();
    }
}

/// What the keys typed so far lead to. After a digit that chose a pane they are looked up where it was typed, and hold there if they take a count.
fn look_up(model: &Model) -> Lookup {
    let keys = &model.pending.keys;
    if let Some((before, _)) = model.pending.before_digit {
        let context = match (before, model.pending.selection) {
            (Pane::List, _) => Context::List,
            (Pane::Timeline, _) => Context::Timeline,
            (Pane::Reader, Some(_)) => Context::Select,
            (Pane::Reader, None) => Context::Reader,
        };
        match model.keymap.look_up(context, keys) {
            Lookup::Action(action) if takes_count(action) => return Lookup::Action(action),
            Lookup::Prefix => return Lookup::Prefix,
            Lookup::Action(_) | Lookup::None => {}
        }
    }
    model.keymap.look_up(model.context(), keys)
}

const fn takes_count(action: Action) -> bool {
    action.is_motion()
        || matches!(
            action,
            Action::Highlight
                | Action::MeasureWider
                | Action::MeasureNarrower
                | Action::SelectWord
                | Action::SelectSentence
                | Action::SelectParagraph
        )
}

/// A digit adds to the count; the first of 1, 2 and 3 also chooses its pane.
fn count_digit(model: &mut Model, now: Timestamp, digit: u32) -> Vec<Effect> {
    if model.pending.count.is_none() {
        model.pending = Pending {
            count: Some(digit),
            before_digit: Some((model.focus, now)),
            selection: model.reader.as_ref().and_then(|reader| reader.selection),
            ..Pending::default()
        };
        let selecting = model.pending.selection.is_some();
        let pane = match digit {
            // A pane chosen now would drop the selection: here digits are counts.
            _ if selecting => None,
            1 => Some(Pane::List),
            2 => Some(Pane::Reader),
            3 => Some(Pane::Timeline),
            _ => None,
        };
        if let Some(pane) = pane {
            panes::focus(model, pane);
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
        go_back(model, before, model.pending.selection);
    }
    Vec::new()
}

/// The count an action takes; if its digits had chosen a pane, the focus goes back to where they were typed.
fn taken_count(model: &mut Model, action: Action, pending: &Pending) -> Option<u32> {
    let count = pending.count?;
    let (before, _) = pending.before_digit?;
    if !takes_count(action) {
        return None;
    }
    go_back(model, before, pending.selection);
    Some(count)
}

/// Gives the keys back to the pane a count was typed in.
fn go_back(model: &mut Model, before: Pane, selection: Option<Selection>) {
    panes::focus(model, before);
    if let Some(reader) = model.reader.as_mut().filter(|_| before == Pane::Reader) {
        reader.selection = selection;
    }
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
                "{}: press a letter, a to z or A to Z",
                action.name()
            ));
            Vec::new()
        }
    }
}
