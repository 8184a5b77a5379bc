//! The marks left of the text: at most one a row, the weightiest.

use ratatui::layout::Rect;

use super::layers::window;
use crate::annotation::Anchor;
use crate::app::layout::GUTTER_CELLS;
use crate::app::model::Model;
use crate::app::reader::Reader;
use crate::app::repeats::Verdict;
use crate::text::TextRange;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// What may stand in the gutter, the lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Quotation,
    /// One whose source was found and says the same.
    Sourced,
    Bookmark,
    Note,
    /// A note whose passage moved, was edited, may stand here.
    Moved,
    Edited,
    Probable,
    Undecided,
}

/// `text` is the area of the text; the marks stand left of it.
pub(super) fn paint(model: &Model, reader: &Reader, text: Rect, pen: &mut Pen) {
    let Some(window) = window(reader) else { return };
    let mut marks: Vec<(u32, Mark)> = Vec::new();
    for (range, index) in reader.annotation_places().within(window) {
        let Some((_, anchor)) = reader.annotations.get(*index) else {
            continue;
        };
        let mark = match anchor {
            Anchor::Unchanged(_) => Mark::Note,
            Anchor::Moved(_) => Mark::Moved,
            Anchor::Edited(_) => Mark::Edited,
            Anchor::Probable(_) => Mark::Probable,
            Anchor::Ambiguous(_) | Anchor::Lost { .. } | Anchor::Sought => Mark::Undecided,
        };
        marks.push((range.start, mark));
    }
    for (_, anchor) in &reader.bookmarks {
        marks.extend(anchor.range().map(|range| (range.start, Mark::Bookmark)));
    }
    let quotes = &reader.analysis.quotes;
    for (range, quote) in quotes.within(window) {
        // The parts of an interrupted quotation are one.
        let goes_on = quotes
            .last_before(range.start)
            .is_some_and(|(_, before)| before.group == quote.group);
        if !goes_on {
            let revision = reader.document.revision;
            let mark = match model.repeats.verdict(revision, range.start) {
                Some(Verdict::Altered) => Mark::Undecided,
                Some(Verdict::Faithful) => Mark::Sourced,
                Some(Verdict::Unsourced) | None => Mark::Quotation,
            };
            marks.push((range.start, mark));
        }
    }
    // Where other documents date the same event otherwise.
    let dates = reader.analysis.timexes.within(window);
    let disputed = dates.filter(|(range, _)| {
        let conflict = model.timeline.conflict_at(reader.doc(), range.start);
        conflict.is_some()
    });
    marks.extend(disputed.map(|(range, _)| (range.start, Mark::Undecided)));
    marks.sort_unstable();
    let x = text.x.saturating_sub(GUTTER_CELLS);
    for (index, row) in reader
        .visible
        .iter()
        .enumerate()
        .take(usize::from(text.height))
    {
        let Some(line) = &row.line else { continue };
        // A mark may stand in the blank at which the line was broken.
        let next = reader
            .visible
            .get(index + 1)
            .and_then(|next| next.line)
            .map(|next| next.range.start);
        let row_range = TextRange::new(
            line.range.start,
            next.unwrap_or(line.range.end + 1).max(line.range.end),
        );
        let from = marks.partition_point(|(start, _)| *start < row_range.start);
        let here = marks
            .iter()
            .skip(from)
            .take_while(|(start, _)| row_range.contains(*start));
        if let Some((_, mark)) = here.max_by_key(|(_, mark)| *mark) {
            let symbols = pen.symbols();
            let (sign, role) = match mark {
                Mark::Quotation => (symbols.quotation, Role::QuoteUnsourced),
                Mark::Sourced => (symbols.quotation, Role::QuoteVerbatim),
                Mark::Bookmark => (symbols.bookmark, Role::Bookmark),
                Mark::Note => (symbols.note, Role::NoteMark),
                Mark::Moved => (symbols.moved, Role::NoteMark),
                Mark::Edited => (symbols.edited, Role::NoteMark),
                Mark::Probable => (symbols.probable, Role::Warn),
                Mark::Undecided => (symbols.warning, Role::Warn),
            };
            pen.sign(x, text.y + index as u16, sign, role);
        }
    }
}
