//! The list of everybody and everything that is named: the line typed, the sorts, a row each.

use ratatui::layout::{Position, Rect};

use super::{choose, first_row, row_of};
use crate::app::cards::type_name;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::EntityList;
use crate::app::overlay::entities::{Purpose, Sort};
use crate::library::entities::Linked;
use crate::ui::pen::{Pen, Span, span};
use crate::ui::reader::layers::mention_role;
use crate::ui::theme::Role;
use crate::ui::words::thousands;
use crate::ui::{frame, prompt};

pub(super) fn paint(model: &Model, list: &EntityList, pen: &mut Pen) -> Option<Position> {
    let area = layout::overlay(model.size, 100, 40, Placement::Centre);
    let title = match &list.purpose {
        Purpose::Look => format!("Names {}", thousands(list.shown.len())),
        Purpose::Merge(_, name) => format!("Who is the same as {name}?"),
    };
    let hints = match &list.purpose {
        Purpose::Look => {
            "Enter opens the card|Enter takes it · Tab sort · type to narrow · Esc closes"
        }
        Purpose::Merge(..) => {
            "Enter makes them one · Esc leaves them apart|Esc leaves · type to narrow"
        }
    };
    let inner = frame::paint(area, &title, hints, pen);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let x = pen.put(inner.x, inner.y, inner.right(), "› ", Role::StatusKey);
    let cursor = prompt::input(&list.input, x, inner.y, inner.right(), pen);
    sorts(list, row_of(inner, 1), pen);
    let body = Rect {
        y: inner.y + 2,
        height: inner.height - 2,
        ..inner
    };
    if list.shown.is_empty() {
        let says = match (list.input.text().is_empty(), list.sort) {
            (false, _) => "Nobody and nothing is named so",
            (true, Sort::Hidden) => "Nothing is hidden · x on a card hides what is no name",
            (true, Sort::All | Sort::Only(_)) => "No names found yet",
        };
        pen.spans(body.x + 2, body.y, body.right(), &[span(says, Role::Dim)]);
    }
    let height = usize::from(body.height);
    let top = first_row(list.cursor.selected, list.shown.len(), height);
    for (index, number) in list.shown.iter().enumerate().skip(top).take(height) {
        let Some(entity) = model.links.entities().get(*number as usize) else {
            continue;
        };
        let row = row_of(body, index - top);
        if index == list.cursor.selected {
            choose(row, pen);
        }
        paint_entity(entity, row, pen);
        if index == list.cursor.selected {
            pen.even(row, Role::Chosen);
        }
    }
    Some(cursor)
}

fn sorts(list: &EntityList, row: Rect, pen: &mut Pen) {
    let mut spans: Vec<Span> = Vec::new();
    for sort in Sort::ALL {
        let role = if sort == list.sort {
            Role::PaneFocused
        } else {
            Role::Dim
        };
        let name = if row.width < 50 {
            sort.name().get(..3).unwrap_or(sort.name())
        } else {
            sort.name()
        };
        spans.push(span("  ", Role::Dim));
        spans.push(span(name, role));
    }
    pen.spans(row.x, row.y, row.right(), &spans);
}

fn paint_entity(entity: &Linked, row: Rect, pen: &mut Pen) {
    let wide = row.width >= 50;
    let left: Vec<Span> = [
        Some(span(&*entity.name, mention_role(entity.kind))),
        wide.then(|| span(format!("  {}", others(entity)), Role::Dim)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let right = if wide {
        format!(
            "{}  {:>6} in {:>5}",
            type_name(entity.kind),
            thousands(entity.mentions as usize),
            thousands(entity.documents as usize)
        )
    } else {
        thousands(entity.mentions as usize)
    };
    let inside = Rect {
        x: row.x + 2,
        width: row.width.saturating_sub(2),
        ..row
    };
    pen.row(inside, &left, &[span(right, Role::Dim)]);
}

/// The other names that are the same, and a mark where something may be.
fn others(entity: &Linked) -> String {
    let mut names: Vec<&str> = Vec::new();
    for member in &entity.members {
        if *member.name != *entity.name && !names.contains(&&*member.name) && names.len() < 4 {
            names.push(&member.name);
        }
    }
    let mut text = names.join(", ");
    if !entity.offers.is_empty() {
        let sign = if text.is_empty() {
            "same as another?"
        } else {
            " · same as another?"
        };
        text.push_str(sign);
    }
    text
}
