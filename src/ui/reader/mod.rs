//! The text: title, facts and lines in their measure, with the gutter at the left and the scrollbar at the right.

mod gutter;
pub(in crate::ui) mod layers;
mod scrollbar;

use ratatui::layout::Rect;

use self::layers::Layers;
pub(super) use self::layers::{mention_role, note_role};
use super::pane;
use super::pen::{Pen, Span, cells_of, span};
use super::runs::runs;
use super::theme::Role;
use super::words::{counted, one_line, wrapped};
use crate::app::layout::Areas;
use crate::app::model::{Model, Pane};
use crate::app::msg::Coverage;
use crate::app::overlay::{Links, Overlay};
use crate::app::reader::{Reader, Row};
use crate::app::reflow::{self, Hyphen, Lead, Line};
use crate::document::{BlockKind, DocKind, Document};
use crate::text::TextRange;
use crate::text::width::{grapheme_cells, text_cells};

/// Words a minute of somebody who reads with care.
const WORDS_A_MINUTE: u32 = 230;
/// What parts the cells of a table in the text.
const CELL_RULE: &str = "│";
/// How many blocks back the heading of the first row is looked for.
const HEADING_REACH: usize = 400;

pub(super) fn paint(model: &Model, areas: &Areas, pen: &mut Pen) {
    let Some(reader) = &model.reader else {
        return nothing(model, areas, pen);
    };
    title(model, reader, areas.reader, pen);
    let area = areas.text(model.settings.measure_cells);
    let layers = Layers::of(model, reader);
    for (index, row) in reader
        .visible
        .iter()
        .enumerate()
        .take(usize::from(area.height))
    {
        let line = Rect {
            y: area.y + index as u16,
            height: 1,
            ..area
        };
        match row.row {
            Row::Blank => {}
            Row::Title(n) => {
                if let Some(text) = reader.title_lines().get(n) {
                    pen.spans(
                        line.x,
                        line.y,
                        line.right(),
                        &[span(text.as_str(), Role::Title)],
                    );
                }
            }
            Row::Meta => meta(reader, line, pen),
            Row::Line(_) => {
                if let Some(text) = &row.line {
                    let kind = reader
                        .document
                        .blocks
                        .get(row.spot.block)
                        .map_or(BlockKind::Paragraph, |block| block.kind);
                    lead(text, line, pen);
                    text_line(reader, text, kind, &layers, line, pen);
                    cursor(model, reader, text, line, pen);
                }
            }
        }
    }
    if reader.document.blocks.is_empty() {
        empty(area, reader.visible.len(), pen);
    }
    gutter::paint(model, reader, area, pen);
    scrollbar::paint(model, reader, areas, pen);
    if let Some(Overlay::Links(links)) = model.overlays.last() {
        hints(reader, links, area, pen);
    }
}

fn nothing(model: &Model, areas: &Areas, pen: &mut Pen) {
    pane::title(
        areas.reader,
        &[span("Text", pane::title_role(model, Pane::Reader))],
        &[],
        pen,
    );
    let says: &[&str] = if model.opening.is_some() || model.loading {
        &["Opening…"]
    } else if model.list.documents.is_empty() {
        &[
            "There is nothing to read here",
            "`postil DIR` opens a folder, `postil` alone the sample library",
        ]
    } else {
        &[
            "No document is open",
            "1 goes to the list, Enter opens · ^P jumps anywhere by a few letters",
        ]
    };
    let content = Areas::content(areas.reader);
    let width = content.width.min(60);
    let centred = Rect {
        x: content.x + (content.width - width) / 2,
        width,
        ..content
    };
    pane::empty(centred, says, pen);
}

/// A document in which nothing stands but for its title.
fn empty(area: Rect, n_rows: usize, pen: &mut Pen) {
    let says = "This document is empty · ]] goes to the next one, 1 to the list";
    for (row, line) in wrapped(says, usize::from(area.width)).iter().enumerate() {
        let y = usize::from(area.y) + n_rows + 1 + row;
        if y < usize::from(area.bottom()) {
            pen.put(area.x, y as u16, area.right(), line, Role::Dim);
        }
    }
}

fn title(model: &Model, reader: &Reader, area: Rect, pen: &mut Pen) {
    let role = pane::title_role(model, Pane::Reader);
    let date = reader
        .document
        .meta
        .published
        .as_ref()
        .map_or("undated", |published| published.date.as_str());
    let mut left = vec![span(reader.document.title(), role)];
    if let Some(heading) = heading_above(reader) {
        left.push(span(format!(" {} ", pen.symbols().right), Role::Dim));
        left.push(span(heading, Role::Dim));
    }
    let mut right = Vec::new();
    if reader.coverage == Coverage::Part {
        right.push(span("reading the rest…  ", Role::Dim));
    }
    if !reader.warnings.is_empty() {
        let warnings = format!("{}{}  ", pen.symbols().warning, reader.warnings.len());
        right.push(span(warnings, Role::Warn));
    }
    right.push(span(date, Role::Dim));
    pane::title(area, &left, &right, pen);
}

/// The heading under which the first row of the screen stands, when it is scrolled out of sight.
fn heading_above(reader: &Reader) -> Option<&str> {
    let document = &reader.document;
    let first = reader.visible.first()?.spot;
    let from = first.block.saturating_sub(HEADING_REACH);
    let block = document
        .blocks
        .get(from..first.block)?
        .iter()
        .rev()
        .find(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
    (!is_title(document, block.range)).then(|| document.block_text(block))
}

/// Publisher, authors, date, kind, length, as far as they are known and fit: the length goes first, then the authors.
fn meta(reader: &Reader, line: Rect, pen: &mut Pen) {
    let meta = &reader.document.meta;
    let date = match &meta.published {
        Some(published) => span(published.date.as_str(), Role::Dim),
        None => match &reader.suggested {
            Some(suggested) => span(
                format!("perhaps {} · :date takes it", suggested.date),
                Role::Dim,
            ),
            None => span("no publication date · :date sets it", Role::Dim),
        },
    };
    let publisher = meta
        .publisher
        .as_deref()
        .map(|publisher| span(publisher, Role::Dim));
    let authors = (!meta.authors.is_empty()).then(|| span(meta.authors.join(", "), Role::Dim));
    let kind = (meta.kind != DocKind::Other).then(|| span(meta.kind.as_str(), Role::Dim));
    let words = span(counted(meta.words as usize, "word"), Role::Dim);
    let minutes = span(
        format!("{} min", meta.words.div_ceil(WORDS_A_MINUTE).max(1)),
        Role::Dim,
    );
    let all = [
        (publisher, 5),
        (authors, 2),
        (Some(date), 6),
        (kind, 4),
        (Some(words), 3),
        (Some(minutes), 1),
    ];
    let mut parts: Vec<(Span, u8)> = all
        .into_iter()
        .filter_map(|(part, weight)| Some((part?, weight)))
        .collect();
    let separator = format!(" {} ", pen.symbols().separator);
    loop {
        let mut spans: Vec<Span> = Vec::new();
        for ((text, role), _) in &parts {
            if !spans.is_empty() {
                spans.push(span(separator.as_str(), Role::Dim));
            }
            spans.push(span(&**text, *role));
        }
        if cells_of(&spans) <= line.width || parts.len() == 1 {
            pen.spans(line.x, line.y, line.right(), &spans);
            return;
        }
        let least = parts.iter().map(|(_, weight)| *weight).min();
        parts.retain(|(_, weight)| Some(*weight) != least);
    }
}

/// Bullets, numbers and bars in the indent of a line.
fn lead(line: &Line, row: Rect, pen: &mut Pen) {
    let symbols = pen.symbols();
    let indent = line.indent_cells;
    match line.lead {
        Lead::None => {}
        Lead::Bullet => pen.sign(
            row.x + indent.saturating_sub(2),
            row.y,
            symbols.bullet,
            Role::Lead,
        ),
        Lead::Number(number) => {
            let text = format!("{number}.");
            let cells = text_cells(&text) as u16;
            let x = row.x + indent.saturating_sub(cells + 1);
            pen.put(x, row.y, row.x + indent.max(1), &text, Role::Lead);
        }
        Lead::Bar { depth } => {
            for bar in 0..u16::from(depth).min(indent.div_ceil(2)) {
                pen.sign(row.x + bar * 2, row.y, symbols.quote_bar, Role::Lead);
            }
        }
        Lead::Rule => {
            let from = row.width / 3;
            for x in row.x + from..row.right() - from {
                pen.sign(x, row.y, symbols.rule, Role::Rule);
            }
        }
    }
}

/// The text of a line in the styles of its layers.
fn text_line(
    reader: &Reader,
    line: &Line,
    kind: BlockKind,
    layers: &Layers,
    row: Rect,
    pen: &mut Pen,
) {
    if line.lead == Lead::Rule {
        return;
    }
    let text = reader.text();
    let runs = runs(
        line.range,
        &layers.on(reader, line.range, kind),
        &pen.look().theme,
    );
    let mut run = 0;
    let mut end = line.indent_cells;
    let mut last = pen.style(Role::Text);
    for cell in reflow::cells(text, line) {
        while runs
            .get(run)
            .is_some_and(|(range, _)| range.end <= cell.range.start)
        {
            run += 1;
        }
        let style = runs.get(run).map_or(last, |(_, style)| *style);
        if cell.x_cells.saturating_add(cell.width_cells) > row.width {
            // A row of a table is one line, however wide.
            pen.put(
                row.right() - 1,
                row.y,
                row.right(),
                pen.symbols().ellipsis,
                Role::Dim,
            );
            return;
        }
        last = style;
        end = cell.x_cells.saturating_add(cell.width_cells);
        if cell.width_cells == 0 {
            continue;
        }
        let piece = cell.range.of_text(text);
        let x = row.x + cell.x_cells;
        if piece == CELL_RULE && matches!(kind, BlockKind::TableRow { .. }) {
            let style = style.patch(pen.style(Role::Rule));
            pen.grapheme(x, row.y, pen.symbols().rule_vertical, 1, style);
        } else if piece.starts_with(char::is_whitespace) {
            for x in x..x + cell.width_cells {
                pen.grapheme(x, row.y, " ", 1, style);
            }
        } else {
            pen.grapheme(x, row.y, piece, grapheme_cells(piece), style);
        }
    }
    if line.hyphen == Hyphen::Yes && end < row.width {
        pen.grapheme(row.x + end, row.y, pen.symbols().hyphen, 1, last);
    }
}

/// The grapheme under the cursor, if it is on this line: a block while the text has the keys, else a hint of where it stands.
fn cursor(model: &Model, reader: &Reader, line: &Line, row: Rect, pen: &mut Pen) {
    let at = reader.at;
    let here = line.range.contains(at) || (line.range.is_empty() && line.range.start == at);
    if !here {
        return;
    }
    let cells = reflow::cells(reader.text(), line).find(|cell| cell.range.contains(at));
    let x = cells.map_or(line.indent_cells, |cell| cell.x_cells);
    if x >= row.width {
        return;
    }
    let width = cells.map_or(1, |cell| {
        grapheme_cells(cell.range.of_text(reader.text())).max(1)
    });
    // Where something is typed, the terminal's own cursor is the only one.
    let elsewhere = model.prompt.is_some()
        || model
            .overlays
            .iter()
            .any(|overlay| !matches!(overlay, Overlay::Links(_)));
    let role = if model.focus == Pane::Reader && !elsewhere {
        Role::Cursor
    } else {
        Role::CursorUnfocused
    };
    pen.cursor(row.x + x, row.y, width.min(row.width - x), role);
}

/// Letters over the first cells of each link.
fn hints(reader: &Reader, links: &Links, area: Rect, pen: &mut Pen) {
    for (index, row) in reader
        .visible
        .iter()
        .enumerate()
        .take(usize::from(area.height))
    {
        let Some(line) = &row.line else { continue };
        for hint in links
            .hints
            .iter()
            .filter(|hint| line.range.contains(hint.range.start))
        {
            let Some(rest) = hint.letters.strip_prefix(links.typed.as_str()) else {
                continue;
            };
            let x = area.x + reflow::x_of(reader.text(), line, hint.range.start).min(area.width);
            pen.put(x, area.y + index as u16, area.right(), rest, Role::LinkHint);
        }
    }
}

/// Whether the text at `range` is the title of the document; a heading that only stands where titles stand is not.
fn is_title(document: &Document, range: TextRange) -> bool {
    document.meta.title_at.is_some_and(|at| {
        at.overlaps(range) && one_line(at.of_text(&document.text)) == document.title()
    })
}
