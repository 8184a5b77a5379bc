//! What keys do in every list that can be narrowed, before the list itself is asked.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;

use super::overlays::{letter_step, list_step};
use super::{run, save};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::input::{Edited, Input};
use crate::app::model::Model;
use crate::app::overlay::Cursor;
use crate::app::overlay::kept::Typing;

/// Rows of a page.
const PAGE: i64 = 10;

/// What a key did in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// It moved, or nothing more is to be done.
    Taken,
    /// The filter changed.
    Narrowed,
    /// The filter is finished.
    Finished,
    /// It is for the list.
    Left,
}

/// Moves in a list of `n_rows`, or types into its filter. `spared` are letters that would move, but mean something else in this list.
pub(super) fn press(
    (event, control): (KeyEvent, bool),
    (input, typing): (&mut Input, &mut Typing),
    cursor: &mut Cursor,
    n_rows: usize,
    spared: &[char],
) -> Pressed {
    let is_spared = matches!(event.code, KeyCode::Char(letter) if spared.contains(&letter));
    let letters = *typing == Typing::List && !is_spared && !control;
    let step =
        list_step(event, control, PAGE).or_else(|| letter_step(event, PAGE).filter(|_| letters));
    if let Some(by) = step {
        cursor.step(by, n_rows);
        return Pressed::Taken;
    }
    if *typing == Typing::List {
        return Pressed::Left;
    }
    match event.code {
        KeyCode::Esc | KeyCode::Enter => {
            *typing = Typing::List;
            Pressed::Finished
        }
        _ if input.key(event) == Edited::Yes => Pressed::Narrowed,
        _ => Pressed::Taken,
    }
}

/// Keys that mean the same in all lists of what the reader wrote: leave, undo, redo, a command.
pub(super) fn common(
    model: &mut Model,
    now: Timestamp,
    event: KeyEvent,
    control: bool,
) -> Option<Vec<Effect>> {
    Some(match event.code {
        KeyCode::Char('r') if control => save::redo(model),
        _ if control => Vec::new(),
        KeyCode::Char('q') => {
            model.overlays.pop();
            Vec::new()
        }
        KeyCode::Char('u') => save::undo(model),
        KeyCode::Char(':') => run::run(model, now, Action::Command, None, None),
        _ => return None,
    })
}
