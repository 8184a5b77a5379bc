//! The screen: a model painted into a buffer.
//!
//! In: the [`Model`] and a [`Look`] (theme and symbols). Out: cells, and where the terminal's cursor stands. Nothing is changed and nothing is read but the model;
//! a frame costs in proportion to the screen, whatever the size of the document or the library: layers, rows and hits are looked up by what is visible.
//!
//! ```text
//! list │ reader │ timeline     one title row, no boxes, a dim rule between panes
//! which_key, overlay/*         float above the panes, inside one rounded `frame`
//! status or prompt             the last row
//! ```
//!
//! One file each. `pen` is the only one that writes cells, so that what reaches the terminal is cleaned, and no wide character is cut, in one place.

mod frame;
mod hints;
mod list;
mod overlay;
mod pane;
mod pen;
mod prompt;
mod reader;
pub mod runs;
mod status;
pub mod symbols;
pub mod theme;
mod timeline;
mod when;
mod which_key;
mod words;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use self::pen::Pen;
use self::symbols::Symbols;
use self::theme::{Role, Theme};
use crate::app::model::Model;

/// How things look.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// A style for every role.
    pub theme: Theme,
    /// Every sign that is not text.
    pub symbols: Symbols,
}

/// Paints the model into all of `buffer`; the place of the terminal's cursor where something is being typed, `None` hides it.
///
/// The model is painted as it is: call [`update`](crate::app::update::update) or [`settle`](crate::app::update::settle) after a change of size first.
pub fn paint(model: &Model, look: &Look, buffer: &mut Buffer) -> Option<Position> {
    let mut pen = Pen::new(buffer, look);
    pen.clear(pen.area(), Role::Page);
    let areas = model.areas();
    reader::paint(model, &areas, &mut pen);
    if let Some(area) = areas.list {
        list::paint(model, area, &mut pen);
    }
    if let Some(area) = areas.timeline {
        timeline::paint(model, area, &mut pen);
    }
    pane::rules(&areas, &mut pen);
    let floating = overlay::paint(model, &areas, &mut pen);
    status::paint(model, areas.status, &mut pen);
    let typed = prompt::paint(model, areas.status, &mut pen);
    which_key::paint(model, &areas, &mut pen);
    let screen = pen.area();
    typed.or(floating).filter(|at| screen.contains(*at))
}
