//! The one rounded border of what floats over the panes.

use ratatui::layout::Rect;

use super::hints;
use super::pen::{Pen, cells_of, span};
use super::theme::Role;

/// Clears the area and draws its border, the title in its upper edge, what can be done in its lower one as far as there is room ([`hints::fitted`]); the area inside, one cell away from the border's sides.
pub(super) fn paint(area: Rect, title: &str, hints: &str, pen: &mut Pen) -> Rect {
    let area = area.intersection(pen.area());
    // A free cell at both sides keeps what lies behind from running into the border.
    let around = Rect {
        x: area.x.saturating_sub(1),
        width: area.width.saturating_add(2),
        ..area
    };
    pen.clear(around.intersection(pen.area()), Role::Page);
    pen.clear(area, Role::Overlay);
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let symbols = pen.symbols();
    let (left, right, top, bottom) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
    for x in left + 1..right {
        pen.sign(x, top, symbols.rule, Role::Border);
        pen.sign(x, bottom, symbols.rule, Role::Border);
    }
    for y in top + 1..bottom {
        pen.sign(left, y, symbols.rule_vertical, Role::Border);
        pen.sign(right, y, symbols.rule_vertical, Role::Border);
    }
    let [top_left, top_right, bottom_left, bottom_right] = symbols.corners;
    pen.sign(left, top, top_left, Role::Border);
    pen.sign(right, top, top_right, Role::Border);
    pen.sign(left, bottom, bottom_left, Role::Border);
    pen.sign(right, bottom, bottom_right, Role::Border);
    edge(
        title,
        Role::PaneFocused,
        Rect { height: 1, ..area },
        Side::Left,
        pen,
    );
    edge(
        &hints::fitted(hints, area.width.saturating_sub(6)),
        Role::Dim,
        Rect {
            y: bottom,
            height: 1,
            ..area
        },
        Side::Right,
        pen,
    );
    Rect::new(left + 2, top + 1, area.width - 4, area.height - 2)
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

fn edge(text: &str, role: Role, row: Rect, side: Side, pen: &mut Pen) {
    if text.is_empty() || row.width < 8 {
        return;
    }
    let spans = [span(" ", role), span(text, role), span(" ", role)];
    let cells = cells_of(&spans).min(row.width - 4);
    let x = match side {
        Side::Left => row.x + 2,
        Side::Right => row.right() - 2 - cells,
    };
    pen.clear(
        Rect {
            x,
            width: cells,
            ..row
        },
        Role::Overlay,
    );
    pen.spans(x, row.y, x + cells, &spans);
}
