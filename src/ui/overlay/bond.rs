//! What a link between two passages is, or where those of a note lead.

use ratatui::layout::Rect;

use super::{choose, first_row, row_of};
use crate::annotation::LinkKind;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::Bond;
use crate::app::overlay::bond::About;
use crate::text::width::{shorten, text_cells};
use crate::ui::frame;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::theme::Role;
use crate::ui::words::one_line;

pub(super) fn paint(model: &Model, bond: &Bond, pen: &mut Pen) {
    let (title, footer, n_above) = match bond.about {
        About::Kind { .. } => (
            "The first passage …",
            "Enter or 1 to 4 links them · Esc does not",
            2,
        ),
        About::Ends(_) => (
            "Linked with",
            "Enter goes there · x unlinks · Esc closes",
            0,
        ),
    };
    let height = bond.len() + n_above + 2;
    let area = layout::overlay(model.size, 84, height as u16, Placement::Centre);
    let inner = frame::paint(area, title, footer, pen);
    let quoted = |words: &str, room: usize| format!("“{}”", shorten(&one_line(words), room));
    let room = usize::from(inner.width).saturating_sub(12);
    let mut body = inner;
    if let About::Kind { from, to } = &bond.about
        && usize::from(inner.height) >= bond.len() + n_above
    {
        for (index, (name, target)) in [("first", from), ("second", to)].into_iter().enumerate() {
            let row = row_of(inner, index);
            let line = [
                span(format!("  {name:<8}"), Role::Dim),
                span(quoted(&target.quote.exact, room), Role::Text),
            ];
            pen.spans(row.x, row.y, row.right(), &line);
        }
        body.y += n_above as u16;
        body.height -= n_above as u16;
    }
    let rows: Vec<Vec<Span<'_>>> = match &bond.about {
        About::Kind { .. } => LinkKind::ALL
            .iter()
            .enumerate()
            .map(|(index, kind)| {
                vec![
                    span(format!("{} ", index + 1), Role::StatusKey),
                    span(format!("{} the second", kind.as_str()), Role::Text),
                ]
            })
            .collect(),
        About::Ends(ends) => {
            let column = ends
                .iter()
                .map(|end| text_cells(end.says))
                .max()
                .unwrap_or(0);
            ends.iter()
                .map(|end| {
                    vec![
                        span(format!("{:<column$}  ", end.says), Role::Dim),
                        span(quoted(&end.words, room), Role::Text),
                    ]
                })
                .collect()
        }
    };
    let height = usize::from(body.height);
    let top = first_row(bond.cursor.selected, rows.len(), height);
    for (index, line) in rows.iter().enumerate().skip(top).take(height) {
        let row = row_of(body, index - top);
        if index == bond.cursor.selected {
            choose(row, pen);
        }
        let text = Rect {
            x: row.x + row.width.min(2),
            width: row.width.saturating_sub(2),
            ..row
        };
        pen.spans(text.x, text.y, text.right(), line);
        if index == bond.cursor.selected {
            pen.even(row, Role::Chosen);
        }
    }
}
