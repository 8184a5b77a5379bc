//! What floats over the panes: one file each.

mod bond;
mod card;
mod editor;
mod entities;
mod entity;
mod help;
mod history;
mod jump;
mod kept;
mod listed;
mod marked;
mod palette;
mod redline;
mod review;
mod tags;
mod trace;
mod uses;
mod why;

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::theme::Role;
use crate::app::layout::Areas;
use crate::app::model::Model;
use crate::app::overlay::Overlay;

/// Paints all that floats, topmost last; the place of the cursor where the topmost takes text.
pub(super) fn paint(model: &Model, areas: &Areas, pen: &mut Pen) -> Option<Position> {
    let mut cursor = None;
    let about_names =
        |overlay: &Overlay| matches!(overlay, Overlay::Entity(_) | Overlay::Entities(_));
    let topmost = model.overlays.iter().rposition(about_names);
    for (index, overlay) in model.overlays.iter().enumerate() {
        // Of cards and lists of names that lie on one another the topmost alone is seen.
        if about_names(overlay) && Some(index) != topmost {
            continue;
        }
        cursor = match overlay {
            Overlay::Jump(picker) => jump::paint(model, picker, pen),
            Overlay::Kept(list) => kept::paint(model, list, pen),
            Overlay::Tags(list) => tags::paint(model, list, pen),
            Overlay::Review(open) => {
                review::paint(model, open, pen);
                None
            }
            Overlay::Bond(bond) => {
                bond::paint(model, bond, pen);
                None
            }
            Overlay::Editor(editor) => editor::paint(model, editor, areas, pen),
            Overlay::Help(help) => help::paint(model, help, pen),
            Overlay::Palette(palette) => palette::paint(model, palette, pen),
            Overlay::Card(card) => {
                card::paint(model, card, pen);
                None
            }
            Overlay::Why(why) => {
                why::paint(model, why, pen);
                None
            }
            Overlay::Trace(card) => {
                trace::paint(model, card, pen);
                None
            }
            Overlay::Uses(card) => {
                uses::paint(model, card, pen);
                None
            }
            Overlay::Redline(page) => {
                redline::paint(model, page, pen);
                None
            }
            Overlay::History(list) => {
                history::paint(model, list, pen);
                None
            }
            Overlay::Entity(card) => {
                entity::paint(model, card, pen);
                None
            }
            Overlay::Entities(list) => entities::paint(model, list, pen),
            // The letters stand in the text itself.
            Overlay::Links(_) => None,
        };
    }
    cursor
}

/// The first of `len` rows to show on `height` rows, the chosen one in the middle as far as that can be.
fn first_row(selected: usize, len: usize, height: usize) -> usize {
    selected
        .saturating_sub(height / 2)
        .min(len.saturating_sub(height))
}

/// A chosen row of an overlay: its ground and its mark in the first cell.
fn choose(row: Rect, pen: &mut Pen) {
    pen.tint(row, Role::Chosen);
    pen.sign(row.x, row.y, pen.symbols().chosen, Role::Accent);
}

/// The row at `index` of an area.
fn row_of(area: Rect, index: usize) -> Rect {
    Rect {
        y: area.y + (index as u16).min(area.height),
        height: 1,
        ..area
    }
}
