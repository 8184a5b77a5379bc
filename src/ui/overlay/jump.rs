//! The fuzzy jump: the line typed, the kinds, the hits, and the passage the chosen one leads to.

use ratatui::layout::{Position, Rect};

use super::{choose, first_row, row_of};
use crate::app::effect::JumpKind;
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::msg::{JumpHit, JumpTarget};
use crate::app::overlay::Picker;
use crate::app::overlay::jump::{PreviewPage, Purpose};
use crate::app::reflow;
use crate::text::TextRange;
use crate::text::width::grapheme_cells;
use crate::ui::pen::{Pen, cells_of, span};
use crate::ui::reader::layers::mention_role;
use crate::ui::runs::runs;
use crate::ui::theme::Role;
use crate::ui::words::thousands;
use crate::ui::{frame, prompt};

/// The narrowest frame with a preview.
const WITH_PREVIEW: u16 = 90;

pub(super) fn paint(model: &Model, picker: &Picker, pen: &mut Pen) -> Option<Position> {
    let area = layout::overlay(model.size, 130, 40, Placement::Centre);
    let found = &picker.found;
    let count = format!(
        "{} of {}",
        thousands(found.best.len()),
        thousands(found.total)
    );
    let hints = match picker.purpose {
        Purpose::Go => format!("{count} · Enter goes there|Enter goes · Tab kind"),
        Purpose::Compare => format!("{count} · Enter compares with it|Enter compares"),
    };
    let title = match picker.purpose {
        Purpose::Go => "Jump",
        Purpose::Compare => "Compare with",
    };
    let inner = frame::paint(area, title, &hints, pen);
    if inner.height < 3 || inner.width < 8 {
        return None;
    }
    let x = pen.put(inner.x, inner.y, inner.right(), "› ", Role::StatusKey);
    let cursor = prompt::input(&picker.input, x, inner.y, inner.right(), pen);
    kinds(picker, row_of(inner, 1), pen);
    let body = Rect {
        y: inner.y + 2,
        height: inner.height - 2,
        ..inner
    };
    let hits_area = match &picker.preview {
        Some(page) if area.width >= WITH_PREVIEW => {
            // As wide as the page was laid out.
            let width = area.width / 2 - 4;
            let preview_area = Rect {
                x: inner.right() - width,
                width,
                ..body
            };
            for y in body.top()..body.bottom() {
                pen.sign(
                    preview_area.x - 2,
                    y,
                    pen.symbols().rule_vertical,
                    Role::Rule,
                );
            }
            preview(page, preview_area, pen);
            Rect {
                width: body.width.saturating_sub(width + 3),
                ..body
            }
        }
        Some(_) | None => body,
    };
    if found.best.is_empty() {
        let (kinds, typed) = picker.question();
        let says = match (kinds.only, typed.is_empty()) {
            (_, false) => "Nothing matches",
            (None, true) => "A few letters of what you look for",
            (Some(JumpKind::Document), true) => "No documents here",
            (Some(JumpKind::Heading), true) => "No headings in this document",
            (Some(JumpKind::Entity), true) => "No names found yet",
            (Some(JumpKind::Bookmark), true) => "No bookmarks yet · m and a letter sets one",
            (Some(JumpKind::Annotation), true) => "Nothing annotated yet · h highlights",
        };
        pen.spans(
            hits_area.x + 2,
            hits_area.y,
            hits_area.right(),
            &[span(says, Role::Dim)],
        );
    }
    let height = usize::from(hits_area.height);
    let top = first_row(picker.cursor.selected, found.best.len(), height);
    for (index, hit) in found.best.iter().enumerate().skip(top).take(height) {
        let row = row_of(hits_area, index - top);
        if index == picker.cursor.selected {
            choose(row, pen);
        }
        paint_hit(hit, row, pen);
        if index == picker.cursor.selected {
            pen.even(row, Role::Chosen);
        }
    }
    Some(cursor)
}

/// The kinds as tabs; each has the letter that, typed with a colon, chooses it.
fn kinds(picker: &Picker, row: Rect, pen: &mut Pen) {
    let (wanted, _) = picker.question();
    let mut spans = vec![span(
        "  all",
        if wanted.only.is_none() {
            Role::PaneFocused
        } else {
            Role::Dim
        },
    )];
    for kind in JumpKind::ALL {
        let active = wanted.only == Some(kind);
        let name = if row.width < 50 {
            kind.prefix().to_string()
        } else {
            format!("{}s", kind.name().replace("entity", "name"))
        };
        spans.push(span("  ", Role::Dim));
        spans.push(span(
            name,
            if active { Role::PaneFocused } else { Role::Dim },
        ));
    }
    pen.spans(row.x, row.y, row.right(), &spans);
}

fn paint_hit(hit: &JumpHit, row: Rect, pen: &mut Pen) {
    let kind = hit.kind.prefix().to_string();
    let x = pen.put(row.x + 2, row.y, row.right(), &kind, Role::Dim) + 1;
    let mut end = row.right();
    let aside = [span(hit.aside.as_str(), Role::Dim)];
    let wanted = cells_of(&aside).min(row.width / 3);
    if wanted > 0 && row.width > 30 {
        pen.spans(end - wanted, row.y, end, &aside);
        end -= wanted + 2;
    }
    let whole = TextRange::of(0, hit.text.len());
    // Names look as they do in the text.
    let role = match &hit.to {
        JumpTarget::Entity(_, kind, _) => mention_role(*kind),
        JumpTarget::Place(..) => Role::Text,
    };
    let layers: Vec<(TextRange, Role)> = std::iter::once((whole, role))
        .chain(hit.marks.iter().map(|mark| (*mark, Role::Match)))
        .collect();
    let runs = runs(whole, &layers, &pen.look().theme);
    pen.runs(x, row.y, end, &hit.text, &runs);
}

fn preview(page: &PreviewPage, area: Rect, pen: &mut Pen) {
    let mark = page.mark();
    for (index, line) in page.lines.iter().enumerate().take(usize::from(area.height)) {
        let Some(line) = line else { continue };
        let row = row_of(area, index);
        let layers = [(line.range, Role::Text), (mark, Role::Hit)];
        let runs = runs(line.range, &layers, &pen.look().theme);
        let text = &page.document.text;
        let mut run = 0;
        for cell in reflow::cells(text, line) {
            while runs
                .get(run)
                .is_some_and(|(range, _)| range.end <= cell.range.start)
            {
                run += 1;
            }
            let Some((_, style)) = runs.get(run) else {
                break;
            };
            if cell.x_cells.saturating_add(cell.width_cells) > row.width {
                break;
            }
            if cell.width_cells > 0 {
                let piece = cell.range.of_text(text);
                let cells = grapheme_cells(piece).max(1);
                pen.grapheme(row.x + cell.x_cells, row.y, piece, cells, *style);
            }
        }
        if index == page.marked && area.x >= 2 {
            pen.sign(row.x - 2, row.y, pen.symbols().chosen, Role::Accent);
        }
    }
}
