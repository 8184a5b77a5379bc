//! What the panes share: a title row, the rules between them, and what an empty one says.

use ratatui::layout::Rect;

use super::pen::{Pen, Span, span};
use super::theme::Role;
use super::words::wrapped;
use crate::app::layout::Areas;
use crate::app::model::{Model, Pane};

/// The role of a pane's title.
pub(super) fn title_role(model: &Model, pane: Pane) -> Role {
    if model.focus == pane {
        Role::PaneFocused
    } else {
        Role::Pane
    }
}

/// The role of the chosen row of a pane.
pub(super) fn chosen_role(model: &Model, pane: Pane) -> Role {
    if model.focus == pane {
        Role::Chosen
    } else {
        Role::ChosenUnfocused
    }
}

/// The title row of a pane, one cell in from its edges.
pub(super) fn title(area: Rect, left: &[Span], right: &[Span], pen: &mut Pen) {
    let row = Rect {
        x: area.x + area.width.min(1),
        width: area.width.saturating_sub(2),
        height: area.height.min(1),
        ..area
    };
    if row.height > 0 && row.width > 0 {
        pen.row(row, left, right);
    }
}

/// The rules between panes.
pub(super) fn rules(areas: &Areas, pen: &mut Pen) {
    let rule = pen.symbols().rule_vertical;
    for x in areas.rules.into_iter().flatten() {
        for y in areas.reader.top()..areas.reader.bottom() {
            pen.clear(Rect::new(x, y, 1, 1), Role::Page);
            pen.sign(x, y, rule, Role::Rule);
        }
    }
}

/// What an empty pane says, each thing in its own lines, a little below the top.
pub(super) fn empty(content: Rect, says: &[&str], pen: &mut Pen) {
    let room = Rect {
        x: content.x + content.width.min(2),
        width: content.width.saturating_sub(4),
        ..content
    };
    let mut y = room.y + (room.height / 4).min(2);
    for (index, what) in says.iter().enumerate() {
        let role = if index == 0 { Role::Text } else { Role::Dim };
        for line in wrapped(what, usize::from(room.width)) {
            if y >= room.bottom() {
                return;
            }
            pen.spans(room.x, y, room.right(), &[span(line, role)]);
            y += 1;
        }
    }
}
