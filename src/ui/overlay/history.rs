//! A phrase over a series: a row a document, and the words of the chosen one below.

use ratatui::layout::Rect;

use super::marked::{self, Signs, lines};
use super::{choose, first_row, row_of};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::HistoryList;
use crate::document::Edtf;
use crate::library::tracing::{Basis, Happened, Step};
use crate::ui::frame;
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, wrapped};

const WIDTH: u16 = 104;

pub(super) fn paint(model: &Model, list: &HistoryList, pen: &mut Pen) {
    let n = list.rows().len();
    let height = u16::try_from(n + 14).unwrap_or(u16::MAX).clamp(8, 40);
    let area = layout::overlay(model.size, WIDTH, height, Placement::Centre);
    let footer = if area.width < 60 {
        "Enter opens · Esc closes"
    } else {
        "Enter opens the document there · Esc closes"
    };
    let inner = frame::paint(area, "Through the series", footer, pen);
    if inner.height < 3 {
        return;
    }
    let cells = usize::from(inner.width);
    let most = (usize::from(inner.height) / 4).max(1);
    let mut y = inner.y;
    for line in wrapped(&list.phrase, cells).into_iter().take(most) {
        pen.spans(inner.x, y, inner.right(), &[span(line, Role::Text)]);
        y += 1;
    }
    let latest = list.last().and_then(|index| list.rows().get(index));
    let told = match (&list.steps, latest) {
        (None, _) => "Looking through the series…".to_owned(),
        (Some(_), None) => format!("In none of {}", counted(n, "document")),
        (Some(_), Some(step)) => format!("{} · last seen {}", counted(n, "document"), date(step)),
    };
    let why = match list.basis {
        None => "",
        Some(Basis::Series) => " · a series by publisher, titles and likeness",
        Some(Basis::Words) => " · no series is known: all that share some of the words",
    };
    let told = told + why;
    pen.spans(inner.x, y, inner.right(), &[span(told, Role::Dim)]);
    y += 1 + u16::from(inner.height > 12);
    let body = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    if n == 0 || body.height == 0 {
        return;
    }
    let words_rows = if body.height >= 8 { body.height / 3 } else { 0 };
    let height = usize::from(body.height - words_rows);
    let top = first_row(list.cursor.selected, n, height);
    for (index, step) in list.rows().iter().enumerate().skip(top).take(height) {
        let row = row_of(body, index - top);
        let chosen = index == list.cursor.selected;
        if chosen {
            choose(row, pen);
        }
        let is_last = list.last() == Some(index);
        step_row(step, is_last, row, pen);
        if chosen {
            pen.even(row, Role::Chosen);
        }
    }
    if let Some(step) = list.chosen().filter(|_| words_rows > 0) {
        let shown = height.min(n) as u16;
        let rest = Rect {
            y: body.y + shown + 1,
            height: body.height.saturating_sub(shown + 1),
            ..body
        };
        let limits = (cells, usize::from(rest.height));
        let mut rows = lines(&step.words, limits, Role::Text, Signs::None);
        for (sort, told) in &step.changes {
            rows.push(vec![
                span("· ", Role::Dim),
                span(format!("{sort}: {told}"), Role::Dim),
            ]);
        }
        marked::paint(&rows, 0, rest, pen);
    }
}

fn date(step: &Step) -> &str {
    step.of.published.as_ref().map_or("undated", Edtf::as_str)
}

fn step_row(step: &Step, is_last: bool, row: Rect, pen: &mut Pen) {
    let role = match step.happened {
        Happened::NotYet | Happened::Absent | Happened::Kept => Role::Dim,
        Happened::FirstSeen | Happened::Returned | Happened::Undated => Role::Accent,
        Happened::Changed | Happened::Dropped => Role::Warn,
    };
    let inside = Rect {
        x: row.x + 2,
        width: row.width.saturating_sub(2),
        ..row
    };
    let what = match (step.happened, is_last) {
        (Happened::Kept, true) => "last seen".to_owned(),
        (happened, true) if happened != Happened::FirstSeen => {
            format!("{}, last seen", happened.as_str())
        }
        (happened, _) => happened.as_str().to_owned(),
    };
    let changed = step.changes.first().filter(|_| row.width >= 60);
    let what = match (step.happened, changed) {
        (Happened::Changed, Some((_, told))) => format!("{what}: {told}").replace(" to:", ":"),
        _ => what,
    };
    let date = span(format!("{:<10}  ", date(step)), Role::When);
    let title = step.of.title.clone();
    if step.happened == Happened::Changed && !step.changes.is_empty() {
        pen.row(inside, &[date, span(what, role)], &[span(title, Role::Dim)]);
    } else {
        let what = span(format!("{what:<10}  "), role);
        pen.row(inside, &[date, what, span(title, Role::Dim)], &[]);
    }
}
