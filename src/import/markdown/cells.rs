//! Tables in Markdown: gathered whole, since columns align only when all cells are known.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Inside, Join, Markdown, link};
use crate::document::{BlockKind, Inline};
use crate::import::table;
use crate::text::html;

/// What a cell is made of.
pub(super) enum Piece<'a> {
    Text(CowStr<'a>, Range<usize>),
    Open(Inline),
    Close,
}

impl<'a> Markdown<'a> {
    /// Gathers a table until it ends.
    pub(super) fn cell(&mut self, event: Event<'a>, range: Range<usize>) {
        let row = self.rows.last_mut();
        match event {
            Event::Start(Tag::TableHead) => self.rows.push((true, Vec::new())),
            Event::Start(Tag::TableRow) => self.rows.push((false, Vec::new())),
            Event::Start(Tag::TableCell) => {
                if let Some((_, cells)) = row {
                    cells.push(Vec::new());
                }
            }
            Event::End(TagEnd::Table) => self.table(range),
            event => {
                let Some(cell) = row.and_then(|(_, cells)| cells.last_mut()) else {
                    return;
                };
                match event {
                    Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                        cell.push(Piece::Text(text, range));
                    }
                    Event::Code(text) => cell.extend([
                        Piece::Open(Inline::Code),
                        Piece::Text(text, range),
                        Piece::Close,
                    ]),
                    Event::FootnoteReference(label) => {
                        cell.push(Piece::Text(format!("[{label}]").into(), range));
                    }
                    Event::Start(Tag::Emphasis) => cell.push(Piece::Open(Inline::Emphasis)),
                    Event::Start(Tag::Strong) => cell.push(Piece::Open(Inline::Strong)),
                    Event::Start(Tag::Strikethrough) => cell.push(Piece::Open(Inline::Strike)),
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        cell.push(Piece::Open(link(&dest_url)));
                    }
                    Event::End(
                        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
                    ) => cell.push(Piece::Close),
                    Event::SoftBreak | Event::HardBreak => {
                        cell.push(Piece::Text(" ".into(), range));
                    }
                    Event::InlineHtml(tag) if html::is_break(&tag) => {
                        cell.push(Piece::Text(" ".into(), range));
                    }
                    Event::Start(_)
                    | Event::End(_)
                    | Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Rule
                    | Event::TaskListMarker(_) => {}
                }
            }
        }
    }

    fn table(&mut self, range: Range<usize>) {
        self.inside = Inside::Prose;
        let rows = std::mem::take(&mut self.rows);
        let width = |cell: &[Piece<'_>]| -> usize {
            cell.iter()
                .map(|piece| match piece {
                    Piece::Text(text, _) => table::width_cells(text),
                    Piece::Open(_) | Piece::Close => 0,
                })
                .sum()
        };
        let mut columns = table::Columns::default();
        for (_, cells) in &rows {
            for (column, cell) in cells.iter().enumerate() {
                columns.fit(column, width(cell));
            }
        }
        self.item = None;
        let mut at = range.start;
        for (index, (head, cells)) in rows.into_iter().enumerate() {
            self.join = if index > 0 { Join::Close } else { Join::Apart };
            self.begin(BlockKind::TableRow { head }, at);
            let n_cells = cells.len();
            for (column, cell) in cells.into_iter().enumerate() {
                let width_cells = width(&cell);
                for piece in cell {
                    match piece {
                        Piece::Text(text, range) => {
                            at = at.max(range.start);
                            self.text(&text, range);
                        }
                        Piece::Open(style) => self.styles.push((style, None)),
                        Piece::Close => self.close_style(),
                    }
                }
                if column + 1 < n_cells {
                    let source = self.source(at);
                    self.out.push(columns.padding(column, width_cells), source);
                    self.out.push(table::BAR, source);
                }
            }
            self.close();
        }
    }
}
