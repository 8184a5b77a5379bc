//! What the program does with a key press: model, messages, actions, effects and one pure update.
//!
//! An [`Action`](action::Action) is what the reader wants, an [`Effect`](effect::Effect) what must be done outside, a [`Msg`](msg::Msg) what happened. [`update`](update::update) touches no disk, clock,
//! environment or channel; effects are plain comparable data. Panes do not talk to each other: each moves the one cursor of the model, and the others follow.

#![allow(
    clippy::single_match_else,
    reason = "two outcomes of equal weight read better side by side"
)]

pub mod action;
pub mod cards;
pub mod citation;
pub mod effect;
pub mod input;
pub mod jumps;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod model;
pub mod msg;
pub mod named;
pub mod overlay;
pub mod prompt;
pub mod reader;
pub mod reflow;
pub mod repeats;
pub mod settings;
pub mod status;
pub mod subject;
#[cfg(test)]
mod tests;
pub mod timeline;
pub mod undo;
pub mod update;
