//! Lines filled greedily from one block's text.

use super::breaks::{self, Break};
use super::graphemes::{Grapheme, grapheme_at, graphemes, is_blank};
use super::{Alignment, Blanks, Hyphen, Hyphenation, Lead, Line};
use crate::text::TextRange;

/// Divided words on lines after one another: more look like a ladder.
const MAX_LADDER: u32 = 2;
/// Cells a blank of a justified line may grow by on average; a line that needs more stays ragged.
const MAX_STRETCH: usize = 2;

/// What parts the cells of a table in the text, and the cells by which their words hang.
const CELL_BAR: char = '│';
const HANG_CELLS: u16 = 2;

/// One block's text and the room for it.
#[derive(Clone, Copy)]
pub(super) struct Filler<'a> {
    pub(super) text: &'a str,
    /// Where `text` starts in the document.
    pub(super) base: u32,
    /// Cells for text, at least 1.
    pub(super) width_cells: u16,
    pub(super) indent_cells: u16,
    pub(super) alignment: Alignment,
    pub(super) hyphenation: Hyphenation,
}

/// A place where a line may end.
#[derive(Clone, Copy)]
struct Place {
    /// One past the last byte on the line.
    end: usize,
    /// First byte of the next line.
    next: usize,
    /// Cells of the line up to `end`.
    cells: usize,
    /// Blanks before `end`.
    n_blanks: usize,
    hyphen: Hyphen,
}

/// What a byte means for the run of ASCII letters it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        if !matches!(byte, b'-' | b'/' | b'?' | b'&' | b'=' | b'_' | b'\\' | b'#') {
            classes[byte as usize] = Class::Word;
        }
        byte += 1;
    }
    classes
};

impl Filler<'_> {
    /// Running text: white space collapses, lines break where they may.
    pub(super) fn prose(&self) -> Vec<Line> {
        let text = self.text.trim_end_matches(is_blank);
        let mut lines = Vec::with_capacity(text.len() / usize::from(self.width_cells).max(8) + 1);
        let (mut at, mut ladder) = (self.skip_blanks(0), 0);
        while at < text.len() {
            let place = self.fill(text, at, ladder < MAX_LADDER);
            ladder = match place.hyphen {
                Hyphen::Yes => ladder + 1,
                Hyphen::No => 0,
            };
            let next = self.skip_blanks(place.next);
            lines.push(Line {
                hyphen: place.hyphen,
                stretch_cells: if next < text.len() {
                    self.stretch(&place)
                } else {
                    0
                },
                ..self.line(at, place.end, Blanks::Collapsed)
            });
            at = next;
        }
        self.at_least_one(lines)
    }

    /// Kept lines, cut hard at the width.
    pub(super) fn preformatted(&self) -> Vec<Line> {
        let text = self.text.trim_end_matches('\n');
        let mut lines = Vec::new();
        let mut start = 0;
        for row in text.split('\n') {
            let mut from = 0;
            let mut cells = 0;
            for grapheme in graphemes(row) {
                cells += usize::from(grapheme.cells);
                if cells > usize::from(self.width_cells) && grapheme.start > from {
                    lines.push(self.line(start + from, start + grapheme.start, Blanks::Kept));
                    (from, cells) = (grapheme.start, usize::from(grapheme.cells));
                }
            }
            lines.push(self.line(start + from, start + row.len(), Blanks::Kept));
            start += row.len() + 1;
        }
        lines
    }

    /// Kept lines, never cut.
    pub(super) fn whole(&self) -> Vec<Line> {
        let mut start = 0;
        let lines = self
            .text
            .split('\n')
            .filter_map(|row| {
                let from = start;
                start += row.len() + 1;
                (!row.chars().all(is_blank))
                    .then(|| self.line(from, from + row.len(), Blanks::Kept))
            })
            .collect();
        self.at_least_one(lines)
    }

    /// The cells of a table's row one below the other: the first at the margin, each of the others after the bar that parts it from the one before, what
    /// goes on under its words.
    pub(super) fn stacked(&self) -> Vec<Line> {
        let hang = HANG_CELLS.min(self.width_cells / 2);
        let hanging = Filler {
            width_cells: self.width_cells - hang,
            indent_cells: self.indent_cells.saturating_add(hang),
            alignment: Alignment::Ragged,
            hyphenation: Hyphenation::Off,
            ..*self
        };
        let text = self.text.trim_end_matches(is_blank);
        let bars = text.match_indices(CELL_BAR).map(|(at, _)| at);
        let mut lines = Vec::new();
        let mut at = self.skip_blanks(0);
        for end in bars.chain([text.len()]) {
            let cell = text.get(..end).unwrap_or(text).trim_end_matches(is_blank);
            let mut filler = Filler {
                alignment: Alignment::Ragged,
                hyphenation: Hyphenation::Off,
                ..*self
            };
            while at < cell.len() {
                let place = filler.fill(cell, at, false);
                lines.push(filler.line(at, place.end, Blanks::Collapsed));
                at = self.skip_blanks(place.next);
                filler = hanging;
            }
        }
        self.at_least_one(lines)
    }

    fn at_least_one(&self, mut lines: Vec<Line>) -> Vec<Line> {
        if lines.is_empty() {
            lines.push(self.line(0, 0, Blanks::Collapsed));
        }
        lines
    }

    fn line(&self, start: usize, end: usize, blanks: Blanks) -> Line {
        Line {
            range: TextRange::of(start, end).shifted(self.base),
            indent_cells: self.indent_cells,
            lead: Lead::None,
            stretch_cells: 0,
            hyphen: Hyphen::No,
            blanks,
        }
    }

    fn stretch(&self, place: &Place) -> u16 {
        match self.alignment {
            Alignment::Ragged => 0,
            Alignment::Justified => {
                let free = usize::from(self.width_cells).saturating_sub(place.drawn_cells());
                if free > place.n_blanks * MAX_STRETCH {
                    0
                } else {
                    free as u16
                }
            }
        }
    }

    /// The start of the first cluster at or after `at` that is no blank.
    fn skip_blanks(&self, at: usize) -> usize {
        let mut at = at;
        while let Some(grapheme) = grapheme_at(self.text, at).filter(Grapheme::is_blank) {
            at = grapheme.end;
        }
        at
    }

    /// The line that starts at `start`, a cluster of `text` that is no blank.
    fn fill(&self, text: &str, start: usize, may_divide: bool) -> Place {
        let width = usize::from(self.width_cells);
        let bytes = text.as_bytes();
        let (mut at, mut cells, mut n_blanks) = (start, 0_usize, 0_usize);
        // The last place to break, the last inside an address, and the character just before `at` unless it is a blank.
        let (mut strong, mut weak): (Option<Place>, Option<Place>) = (None, None);
        let mut before: Option<char> = None;
        loop {
            let here = Place {
                end: at,
                next: at,
                cells,
                n_blanks,
                hyphen: Hyphen::No,
            };
            // Letters of ASCII at once; the last is left to the clusters if a combining mark may follow it.
            let run = ascii_run(bytes, at, width.saturating_sub(cells) + 1);
            if run > 0 {
                if before.is_some() {
                    let first = bytes.get(at).map_or(' ', |byte| char::from(*byte));
                    self.offer(text, before, first, here, &mut strong, &mut weak);
                }
                if cells + run > width {
                    let room = width.saturating_sub(cells);
                    let cut = Place {
                        end: at + room,
                        next: at + room,
                        cells: width,
                        ..here
                    };
                    return self
                        .choose(text, strong, weak, may_divide)
                        .unwrap_or(cut.past(start, here, at + 1));
                }
                (at, cells) = (at + run, cells + run);
                before = bytes.get(at - 1).map(|byte| char::from(*byte));
                continue;
            }
            // One space before ASCII is most of all blanks: it needs no look at clusters.
            if let (Some(b' '), Some(b'!'..=b'~')) = (bytes.get(at), bytes.get(at + 1)) {
                let next = at + 1;
                strong = Some(Place { next, ..here });
                weak = None;
                (at, cells, n_blanks, before) = (next, cells + 1, n_blanks + 1, None);
                continue;
            }
            let Some(grapheme) = grapheme_at(text, at) else {
                return here;
            };
            if grapheme.is_blank() {
                let next = self.skip_blanks(at);
                strong = Some(Place { next, ..here });
                weak = None;
                (at, cells, n_blanks, before) = (next, cells + 1, n_blanks + 1, None);
                continue;
            }
            self.offer(text, before, grapheme.first, here, &mut strong, &mut weak);
            if cells + usize::from(grapheme.cells) > width {
                return self
                    .choose(text, strong, weak, may_divide)
                    .unwrap_or(here.past(start, here, grapheme.end));
            }
            (at, cells) = (grapheme.end, cells + usize::from(grapheme.cells));
            before = text
                .get(grapheme.start..grapheme.end)
                .and_then(|cluster| cluster.chars().next_back());
        }
    }

    /// Notes the place between `before` and `after`, if a line may break there.
    fn offer(
        &self,
        text: &str,
        before: Option<char>,
        after: char,
        here: Place,
        strong: &mut Option<Place>,
        weak: &mut Option<Place>,
    ) {
        let Some(before) = before else { return };
        if before == '\u{ad}' {
            if here.cells < usize::from(self.width_cells) {
                *strong = Some(Place {
                    hyphen: Hyphen::Yes,
                    ..here
                });
            }
            return;
        }
        match breaks::between(before, after).filter(|_| {
            // The sign at the head of a word ("-v", "/etc") stays with it.
            let earlier = text
                .get(..here.end)
                .and_then(|text| text.chars().rev().nth(1));
            breaks::is_ideographic(before)
                || breaks::is_ideographic(after)
                || earlier.is_some_and(|c| !is_blank(c) && c != before)
        }) {
            Some(Break::Strong) => *strong = Some(here),
            Some(Break::Weak) => *weak = Some(here),
            None => {}
        }
    }

    /// The best of the places found before the line overflowed.
    fn choose(
        &self,
        text: &str,
        strong: Option<Place>,
        weak: Option<Place>,
        may_divide: bool,
    ) -> Option<Place> {
        let Some(strong) = strong else { return weak };
        let half_empty = strong.cells * 2 < usize::from(self.width_cells);
        if let Some(weak) = weak.filter(|weak| half_empty && weak.end > strong.end) {
            return Some(weak);
        }
        let room = usize::from(self.width_cells).saturating_sub(strong.cells + 1);
        let divided = (may_divide && strong.next > strong.end)
            .then(|| self.hyphenation.divide(text, strong.next, room))
            .flatten();
        Some(divided.map_or(strong, |(end, cells)| Place {
            end,
            next: end,
            cells: strong.cells + 1 + cells,
            n_blanks: strong.n_blanks + 1,
            hyphen: Hyphen::Yes,
        }))
    }
}

impl Place {
    fn drawn_cells(&self) -> usize {
        match self.hyphen {
            Hyphen::No => self.cells,
            Hyphen::Yes => self.cells + 1,
        }
    }

    /// This place, or, if the line from `start` would be empty, the one after its first cluster.
    fn past(self, start: usize, here: Self, first_end: usize) -> Self {
        if self.end > start {
            return self;
        }
        Self {
            end: first_end,
            next: first_end,
            ..here
        }
    }
}

/// How many bytes from `at` on are ASCII that neither breaks a line nor joins with what follows.
///
/// Looks at no more than `limit` bytes, so that a text without a blank is not read again for each of its lines.
fn ascii_run(bytes: &[u8], at: usize, limit: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let n = rest
        .iter()
        .take(limit)
        .take_while(|byte| CLASSES[usize::from(**byte)] == Class::Word)
        .count();
    match rest.get(n) {
        Some(byte) if !byte.is_ascii() => n.saturating_sub(1),
        _ => n,
    }
}
