//! A phrase over a series: a row a document, and the words of the chosen one below.

use ratatui::layout::Rect;

use super::listed;
use super::marked::{Line, Signs, lines};
use super::trace::{changes, plain};
use crate::app::layout::{self, Placement};
use crate::app::model::Model;
use crate::app::overlay::HistoryList;
use crate::app::overlay::history::Only;
use crate::document::Edtf;
use crate::library::tracing::{Basis, Happened, Step};
use crate::ui::pen::{Pen, span};
use crate::ui::theme::Role;
use crate::ui::words::{counted, thousands, wrapped};
use crate::ui::{frame, hints};

const WIDTH: u16 = 104;
/// Rows of the words of one document at most.
const MOST_ROWS: usize = 60;
/// Cells from which a row tells what was changed.
const ROOMY: u16 = 60;

pub(super) fn paint(model: &Model, list: &HistoryList, pen: &mut Pen) {
    let height = u16::try_from(list.len() + 14)
        .unwrap_or(u16::MAX)
        .clamp(8, 40);
    let area = layout::overlay(model.size, WIDTH, height, Placement::Centre);
    let hints = match list.only {
        Only::All => {
            "Enter opens the document there|Enter opens · f what happens|f fewer · Esc closes"
        }
        Only::Changes => {
            "Enter opens the document there|Enter opens · f all documents|f all · Esc closes"
        }
    };
    let inner = frame::paint(area, "Through the series", hints, pen);
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
    let told = hints::fitted(&told(list), inner.width);
    pen.spans(inner.x, y, inner.right(), &[span(told, Role::Dim)]);
    y += 1 + u16::from(inner.height > 12);
    let body = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    let words = words(list, cells);
    listed::paint(
        body,
        (list.cursor.selected, list.len()),
        &words,
        pen,
        |index, row, pen| step_row(list, index, row, pen),
    );
}

/// In how many documents it is, and from when to when.
fn told(list: &HistoryList) -> String {
    let n = list.steps().len();
    let has = |step: &&Step| step.range.is_some();
    let n_with = list.steps().iter().filter(has).count();
    let why = match list.basis {
        None => "",
        Some(Basis::Series) => " · a series by publisher, titles and likeness|a series",
        Some(Basis::Words) => " · no series is known: all that share some of the words|no series",
    };
    let latest = list.last().and_then(|number| list.steps().get(number));
    match (&list.steps, latest) {
        (None, _) => "Looking through the series…".to_owned(),
        (Some(_), None) => format!("In none of {}{why}", counted(n, "document")),
        (Some(_), Some(step)) => {
            let of = format!("in {} of {}", thousands(n_with), counted(n, "document"));
            let short = format!("{} of {}", thousands(n_with), thousands(n));
            format!("{of}|{short} · last seen {}{why}", date(step))
        }
    }
}

/// The words of the chosen document, with what was changed; of one that has them not those it would have had.
fn words(list: &HistoryList, cells: usize) -> Vec<Line> {
    let Some((number, step)) = list.row(list.cursor.selected) else {
        return Vec::new();
    };
    if step.range.is_some() {
        let mut rows = lines(&step.words, (cells, MOST_ROWS), Role::Text, Signs::None);
        rows.extend(changes(&step.changes, cells));
        return rows;
    }
    let Some(before) = list.before(number) else {
        return vec![vec![span("It is not there yet", Role::Dim)]];
    };
    let says = format!("It is not there. In the words of {}:", date(before));
    let mut rows: Vec<Line> = plain(&says, cells, Role::Dim).collect();
    let limits = (cells, MOST_ROWS);
    rows.extend(lines(&before.words, limits, Role::Dim, Signs::None));
    rows
}

fn date(step: &Step) -> &str {
    step.of.published.as_ref().map_or("undated", Edtf::as_str)
}

fn step_row(list: &HistoryList, index: usize, row: Rect, pen: &mut Pen) {
    let Some((number, step)) = list.row(index) else {
        return;
    };
    let is_last = list.last() == Some(number);
    let role = match step.happened {
        Happened::NotYet | Happened::Absent | Happened::Kept => Role::Dim,
        Happened::FirstSeen | Happened::Returned | Happened::Undated => Role::Accent,
        Happened::Changed | Happened::Dropped => Role::Warn,
    };
    let what = match (step.happened, is_last) {
        (Happened::Kept, true) => "last seen".to_owned(),
        (happened, true) if happened != Happened::FirstSeen => {
            format!("{}, last seen", happened.as_str())
        }
        (happened, _) => happened.as_str().to_owned(),
    };
    let what = match step.changes.first() {
        Some((_, told)) => format!("{what}: {told}").replace("changed to:", "changed:"),
        None => what,
    };
    let date = span(format!("{:<10}  ", date(step)), Role::When);
    let title = step.of.title.clone();
    // How long it stayed so.
    let stays = match (list.only, list.n_alike(index), step.range.is_some()) {
        (Only::All, ..) | (_, 0, _) => String::new(),
        (Only::Changes, n, true) => format!("kept in {n} more"),
        (Only::Changes, n, false) => format!("not in {n} more"),
    };
    if step.changes.is_empty() {
        let what = span(format!("{what:<10}  "), role);
        let left = [date, what, span(title, Role::Dim)];
        let stays = [span(stays, Role::Dim)];
        let right = if row.width >= ROOMY { &stays[..] } else { &[] };
        pen.row(row, &left, right);
    } else {
        let right = if stays.is_empty() { title } else { stays };
        pen.row(row, &[date, span(what, role)], &[span(right, Role::Dim)]);
    }
}
