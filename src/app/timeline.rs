//! The timeline pane: which rows are shown, which is chosen, and where the passage under the cursor stands in it.

use std::collections::HashMap;

use crate::document::{DocId, Interval};
use crate::language::entities::EntityId;
use crate::timeline::{Event, Row, Sort, Zoom};

/// The timeline pane.
#[derive(Debug, Default)]
pub struct TimelinePane {
    /// All rows, in time order.
    pub rows: Vec<Row>,
    /// Whether they were made at least once.
    pub made: bool,
    /// Indices into `rows`: what is shown.
    pub shown: Vec<u32>,
    /// Index into `shown`.
    pub selected: usize,
    /// Which source of a row with several is chosen; they are listed below the chosen row.
    pub source: usize,
    /// Index into `shown` of the first row on the screen.
    pub top: usize,
    /// Year, month or day.
    pub zoom: Zoom,
    /// What narrows it.
    pub filter: TimelineFilter,
    /// Whether passages without a day are folded away while nothing narrows the rows.
    pub undated: Fold,
    /// How many are.
    pub n_folded: usize,
    /// Start of each event of a document, and its row, those that are shown and those that have a day: for the way from the text to the timeline.
    places: HashMap<DocId, Vec<(u32, u32)>>,
    /// What was chosen last: chosen again when a filter shows it again, and until then the row nearest to it in time is.
    wanted: Option<Wanted>,
}

/// A passage: its document, the start of its temporal expression, its row.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    doc: DocId,
    start: u32,
    row: u32,
}

/// Whether what is folded is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fold {
    /// It is not.
    #[default]
    Closed,
    /// It is.
    Open,
}

impl Fold {
    /// The other.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Closed => Self::Open,
            Self::Open => Self::Closed,
        }
    }
}

/// What narrows the timeline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimelineFilter {
    /// Only passages of this document.
    pub document: Option<DocId>,
    /// Only passages that name this entity, called so.
    pub entity: Option<(EntityId, String)>,
    /// Only passages in this range of days.
    pub range: Option<Interval>,
    /// Only passages with these words.
    pub text: String,
    /// Only what was said, or only what is told.
    pub sort: Option<Sort>,
}

impl TimelineFilter {
    /// Whether it narrows anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl TimelinePane {
    /// Takes new rows; what was chosen stays chosen as far as it is still there.
    pub fn take(&mut self, rows: Vec<Row>) {
        self.rows = rows;
        self.made = true;
        self.arrange();
        if let Some(wanted) = self.wanted {
            self.follow(wanted.doc, wanted.start);
        }
    }

    /// Makes `shown` anew after the rows or the filter changed; the chosen row stays, or the one nearest in time that is shown.
    pub fn arrange(&mut self) {
        let filter = &self.filter;
        let words: Vec<String> = filter
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let event_fits = |event: &Event| {
            filter.document.is_none_or(|doc| event.doc == doc)
                && filter.sort.is_none_or(|sort| event.sort == sort)
                && filter
                    .entity
                    .as_ref()
                    .is_none_or(|(entity, _)| event.entities.contains(entity))
                && (words.is_empty() || {
                    let label = event.label.to_lowercase();
                    words.iter().all(|word| label.contains(word.as_str()))
                })
        };
        let fits = |row: &Row| {
            filter.range.is_none_or(|range| {
                row.interval
                    .is_some_and(|interval| range.overlaps(interval))
            }) && row.sources.iter().any(event_fits)
        };
        self.shown = (0..self.rows.len() as u32)
            .filter(|index| self.rows.get(*index as usize).is_some_and(fits))
            .collect();
        // What has no day is most often vague, and there is much of it; whoever looks for something gets it.
        let dated = |index: &u32| {
            let row = self.rows.get(*index as usize);
            row.is_some_and(|row| row.interval.is_some())
        };
        let n_dated = self.shown.partition_point(dated);
        let folds = self.undated == Fold::Closed
            && self.filter.document.is_none()
            && self.filter.entity.is_none()
            && self.filter.text.is_empty()
            && n_dated > 0;
        self.n_folded = if folds { self.shown.len() - n_dated } else { 0 };
        self.shown.truncate(self.shown.len() - self.n_folded);
        self.places.clear();
        for (index, row) in (0_u32..).zip(&self.rows) {
            if row.interval.is_none() && self.shown.binary_search(&index).is_err() {
                continue;
            }
            for event in &row.sources {
                let places = self.places.entry(event.doc).or_default();
                places.push((event.timex.start, index));
            }
        }
        self.places
            .values_mut()
            .for_each(|places| places.sort_unstable());
        self.find_wanted();
    }

    /// Chooses what is wanted, or the shown row nearest to it in time.
    fn find_wanted(&mut self) {
        let last = self.shown.len().saturating_sub(1);
        let Some(wanted) = self.wanted else {
            self.selected = self.selected.min(last);
            self.source = 0;
            return;
        };
        self.selected = self.nearest(wanted.row).min(last);
        let sources = self.chosen().map(|row| row.sources.as_slice());
        self.source = sources
            .unwrap_or_default()
            .iter()
            .position(|event| event.doc == wanted.doc && event.timex.start == wanted.start)
            .unwrap_or(0);
    }

    /// The index of a row among those shown, or of the one nearest to it in time; of two the later.
    fn nearest(&self, row: u32) -> usize {
        let next = match self.shown.binary_search(&row) {
            Ok(shown) => return shown,
            Err(next) => next,
        };
        let day = |row: u32| {
            let interval = self.rows.get(row as usize)?.interval?;
            interval.earliest.or(interval.latest)
        };
        let distance = |shown: usize| {
            let days = day(row)?.until(day(*self.shown.get(shown)?)?).ok()?;
            Some(days.get_days().unsigned_abs())
        };
        let before = next.checked_sub(1);
        match (before, before.and_then(distance), distance(next)) {
            (Some(before), Some(back), Some(on)) if back < on => before,
            (Some(before), Some(_), None) => before,
            _ => next,
        }
    }

    fn want_chosen(&mut self) {
        if let (Some(event), Some(row)) = (self.chosen_event(), self.shown.get(self.selected)) {
            self.wanted = Some(Wanted {
                doc: event.doc,
                start: event.timex.start,
                row: *row,
            });
        }
    }

    /// The chosen row.
    pub fn chosen(&self) -> Option<&Row> {
        self.shown
            .get(self.selected)
            .and_then(|index| self.rows.get(*index as usize))
    }

    /// The chosen passage.
    pub fn chosen_event(&self) -> Option<&Event> {
        let row = self.chosen()?;
        row.sources.get(self.source).or_else(|| row.sources.first())
    }

    /// The conflict in which the temporal expression of `doc` that starts at the byte `timex_start` takes part, if it does and is shown.
    /// O(log n) in the events of the document.
    pub fn conflict_at(&self, doc: DocId, timex_start: u32) -> Option<&Row> {
        let places = self.places.get(&doc)?;
        let first = places.partition_point(|(start, _)| *start < timex_start);
        let (_, index) = places
            .get(first)
            .filter(|(start, _)| *start == timex_start)?;
        self.shown.binary_search(index).ok()?;
        self.rows.get(*index as usize).filter(|row| row.conflict)
    }

    /// Moves by `by` steps, through the sources of a row with several; says whether anything changed.
    pub fn step(&mut self, by: i64) -> Stepped {
        let before = (self.selected, self.source);
        for _ in 0..by.unsigned_abs() {
            if by > 0 {
                let n_sources = self.chosen().map_or(0, |row| row.sources.len());
                if self.source + 1 < n_sources {
                    self.source += 1;
                } else if self.selected + 1 < self.shown.len() {
                    self.selected += 1;
                    self.source = 0;
                } else {
                    break;
                }
            } else if self.source > 0 {
                self.source -= 1;
            } else if self.selected > 0 {
                self.selected -= 1;
                self.source = self
                    .chosen()
                    .map_or(0, |row| row.sources.len().saturating_sub(1));
            } else {
                break;
            }
        }
        self.want_chosen();
        if before == (self.selected, self.source) {
            Stepped::No
        } else {
            Stepped::Yes
        }
    }

    /// Chooses the shown row at `index`.
    pub fn choose(&mut self, index: usize) {
        self.selected = index.min(self.shown.len().saturating_sub(1));
        self.choose_source(0);
    }

    /// Chooses one of the sources of the chosen row.
    pub fn choose_source(&mut self, source: usize) {
        self.source = source;
        self.want_chosen();
    }

    /// Chooses the passage of `doc` nearest to the byte at `at`, if the document has any with a day; while a filter hides it, the shown row nearest to it in time.
    pub fn follow(&mut self, doc: DocId, at: u32) {
        let Some(places) = self.places.get(&doc) else {
            return;
        };
        let after = places.partition_point(|(start, _)| *start <= at);
        let near = |index: usize| {
            places
                .get(index)
                .map(|(start, row)| (start.abs_diff(at), *row, *start))
        };
        let candidates = [after.checked_sub(1).and_then(near), near(after)];
        let Some((_, row, start)) = candidates.into_iter().flatten().min() else {
            return;
        };
        self.wanted = Some(Wanted { doc, start, row });
        self.find_wanted();
    }

    /// Chooses the first shown row that is not wholly before `interval`, else the last that has a day; says whether there is one that shares a day with it.
    pub fn go_to(&mut self, interval: Interval) -> Stepped {
        let days = |index: &u32| self.rows.get(*index as usize).and_then(|row| row.interval);
        let narrowest = |index: &u32| days(index).and_then(Interval::n_days).unwrap_or(i64::MAX);
        // Of the rows that share a day with it, the one that says most exactly when.
        let overlapping = self
            .shown
            .iter()
            .enumerate()
            .filter(|(_, index)| days(index).is_some_and(|days| days.overlaps(interval)))
            .min_by_key(|(_, index)| narrowest(index))
            .map(|(shown, _)| shown);
        let after = || {
            self.shown.iter().position(|index| {
                days(index).is_some_and(|days| {
                    days.earliest >= interval.earliest && days.earliest.is_some()
                })
            })
        };
        let last = || self.shown.iter().rposition(|index| days(index).is_some());
        let found = overlapping.or_else(after).or_else(last);
        if let Some(index) = found {
            self.choose(index);
        }
        if overlapping.is_some() {
            Stepped::Yes
        } else {
            Stepped::No
        }
    }

    /// Extra lines below a shown row: its sources, when it is the chosen one and has several.
    pub fn n_lines(&self, shown: usize) -> usize {
        let n_sources = self
            .shown
            .get(shown)
            .and_then(|index| self.rows.get(*index as usize))
            .map_or(0, |row| row.sources.len());
        if shown == self.selected && n_sources > 1 {
            1 + n_sources
        } else {
            1
        }
    }

    /// Scrolls so that the chosen row and its sources are among `height` lines.
    pub fn settle(&mut self, height: usize) {
        let need = self.n_lines(self.selected);
        let highest = self.selected.saturating_sub((height / 6).min(3));
        let lowest = (self.selected + need + (height / 6).min(3))
            .saturating_sub(height)
            .min(self.selected);
        self.top = self.top.clamp(lowest.min(highest), highest.max(lowest));
        // The line that tells what is folded is the last.
        let folded = usize::from(self.n_folded > 0);
        let most = (self.shown.len() + need + folded).saturating_sub(height);
        self.top = self.top.min(most.min(self.selected));
    }
}

/// Whether a step did anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// Something else is chosen.
    Yes,
    /// It was at the end, or there is nothing.
    No,
}
