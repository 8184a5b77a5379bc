//! The line of bars above the timeline: how many rows there are in each period around the chosen one.
//!
//! Rows come in time order, so each bar is a binary search: a frame costs in proportion to the bars shown, not to the rows. Long stretches
//! without any row are left out.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::app::timeline::TimelinePane;
use crate::document::Interval;
use crate::timeline::Zoom;

/// Longest run of empty periods that is drawn.
const LONGEST_GAP: usize = 6;

/// One period and its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bar {
    /// Its first day.
    pub(super) start: Date,
    /// Rows that begin in it.
    pub(super) rows: usize,
}

/// The bars around the chosen row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Bars {
    /// In time order.
    pub(super) bars: Vec<Bar>,
    /// Which of them holds the chosen row.
    pub(super) chosen: Option<usize>,
}

/// At most `most` bars around the chosen row.
pub(super) fn bars(pane: &TimelinePane, most: usize) -> Bars {
    let dated = pane
        .shown
        .partition_point(|row| first_day(pane, *row).is_some());
    let day_at = |index: usize| pane.shown.get(index).and_then(|row| first_day(pane, *row));
    let Some(last_dated) = dated.checked_sub(1) else {
        return Bars::default();
    };
    let is_dated = pane.selected <= last_dated;
    let Some(centre) = day_at(pane.selected.min(last_dated)) else {
        return Bars::default();
    };
    let before = |day: Date| {
        pane.shown
            .partition_point(|row| first_day(pane, *row).is_some_and(|first| first < day))
            .min(dated)
    };
    let count = |start: Date| next(start, pane.zoom).map_or(dated, before) - before(start);
    let centre = start_of(centre, pane.zoom);
    let here = Bar {
        start: centre,
        rows: count(centre),
    };
    let mut later: Vec<Bar> = Vec::new();
    let mut earlier: Vec<Bar> = Vec::new();
    // Both ways in turn, so that the chosen one stays in the middle as far as there is something on both sides.
    let (mut more_before, mut more_after) = (true, true);
    while (more_before || more_after) && earlier.len() + later.len() + 1 < most {
        if more_after {
            let from = later.last().map_or(centre, |bar| bar.start);
            let row = next(from, pane.zoom).map(before).and_then(day_at);
            more_after = row.is_some();
            if let Some(day) = row {
                extend(&mut later, from, start_of(day, pane.zoom), |day| {
                    next(day, pane.zoom)
                });
                later.extend([start_of(day, pane.zoom)].map(|start| Bar {
                    start,
                    rows: count(start),
                }));
            }
        }
        if more_before {
            let from = earlier.last().map_or(centre, |bar| bar.start);
            let row = before(from).checked_sub(1).and_then(day_at);
            more_before = row.is_some();
            if let Some(day) = row {
                extend(&mut earlier, from, start_of(day, pane.zoom), |day| {
                    previous(day, pane.zoom)
                });
                earlier.extend([start_of(day, pane.zoom)].map(|start| Bar {
                    start,
                    rows: count(start),
                }));
            }
        }
    }
    later.truncate(most.saturating_sub(1));
    earlier.truncate(most.saturating_sub(1 + later.len()));
    let chosen = earlier.len();
    let bars = earlier
        .into_iter()
        .rev()
        .chain([here])
        .chain(later)
        .collect();
    Bars {
        bars,
        chosen: is_dated.then_some(chosen),
    }
}

/// The empty periods between two, unless there are too many.
fn extend(bars: &mut Vec<Bar>, from: Date, to: Date, step: impl Fn(Date) -> Option<Date>) {
    let mut gap = Vec::new();
    let mut at = step(from);
    while let Some(start) = at.filter(|start| *start != to) {
        if gap.len() == LONGEST_GAP {
            // One blank stands for all of them.
            gap.truncate(1);
            break;
        }
        gap.push(Bar { start, rows: 0 });
        at = step(start);
    }
    bars.append(&mut gap);
}

/// The day a row begins, as rows are ordered by it.
fn first_day(pane: &TimelinePane, row: u32) -> Option<Date> {
    let Interval { earliest, latest } = pane.rows.get(row as usize)?.interval?;
    earliest.or(latest)
}

fn start_of(day: Date, zoom: Zoom) -> Date {
    match zoom {
        Zoom::Year => day.first_of_year(),
        Zoom::Month => day.first_of_month(),
        Zoom::Day => day,
    }
}

fn next(day: Date, zoom: Zoom) -> Option<Date> {
    let step = match zoom {
        Zoom::Year => 1.year(),
        Zoom::Month => 1.month(),
        Zoom::Day => 1.day(),
    };
    day.checked_add(step).ok()
}

fn previous(day: Date, zoom: Zoom) -> Option<Date> {
    let step = match zoom {
        Zoom::Year => 1.year(),
        Zoom::Month => 1.month(),
        Zoom::Day => 1.day(),
    };
    day.checked_sub(step).ok()
}

/// A period's name: "2023", "Oct 2023", "25 Oct 2023".
pub(super) fn name(day: Date, zoom: Zoom) -> String {
    match zoom {
        Zoom::Year => day.year().to_string(),
        Zoom::Month => format!("{} {}", month(day), day.year()),
        Zoom::Day => format!("{} {} {}", day.day(), month(day), day.year()),
    }
}

/// The same in four or five cells, for the ends of the line.
pub(super) fn short_name(day: Date, zoom: Zoom) -> String {
    match zoom {
        Zoom::Year | Zoom::Month => day.year().to_string(),
        Zoom::Day => format!("{} {}", day.day(), month(day)),
    }
}

/// What a zoom level is called.
pub(super) const fn zoom_name(zoom: Zoom) -> &'static str {
    match zoom {
        Zoom::Year => "years",
        Zoom::Month => "months",
        Zoom::Day => "days",
    }
}

fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    usize::try_from(day.month())
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocId;
    use crate::text::TextRange;
    use crate::time::Grain;
    use crate::timeline::{Event, Row};

    fn row(day: &str) -> Row {
        let interval = day.parse().ok().map(Interval::day);
        let event = Event {
            doc: DocId(1),
            range: TextRange::empty(0),
            timex: TextRange::empty(0),
            interval,
            grain: Grain::Day,
            bound: None,
            edtf: None,
            said: "then".into(),
            label: "a thing".into(),
            entities: Vec::new(),
            words: Vec::new(),
            sort: crate::timeline::Sort::Told,
            speaker: None,
            stated: None,
            published: None,
        };
        Row {
            interval,
            grain: Grain::Day,
            conflict: false,
            sources: vec![event],
        }
    }

    fn pane(days: &[&str], selected: usize) -> TimelinePane {
        let mut pane = TimelinePane::default();
        pane.take(days.iter().map(|day| row(day)).collect());
        pane.selected = selected;
        pane
    }

    /// Months and counts, the chosen one in brackets.
    fn shown(days: &[&str], selected: usize, most: usize) -> String {
        let bars = bars(&pane(days, selected), most);
        let text = |(index, bar): (usize, &Bar)| {
            let text = format!("{}={}", name(bar.start, Zoom::Month), bar.rows);
            if bars.chosen == Some(index) {
                format!("[{text}]")
            } else {
                text
            }
        };
        bars.bars
            .iter()
            .enumerate()
            .map(text)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn counts_per_month_with_empty_months_between() {
        let days = [
            "2023-08-18",
            "2023-10-05",
            "2023-10-25",
            "2023-11-01",
            "soon",
        ];
        assert_eq!(
            shown(&days, 1, 20),
            "Aug 2023=1 Sep 2023=0 [Oct 2023=2] Nov 2023=1"
        );
        assert_eq!(
            shown(&days, 4, 20),
            "Aug 2023=1 Sep 2023=0 Oct 2023=2 Nov 2023=1"
        );
    }

    #[test]
    fn long_gaps_shrink_and_only_what_is_near_is_shown() {
        assert_eq!(
            shown(&["1950-06-25", "2023-10-25"], 0, 20),
            "[Jun 1950=1] Jul 1950=0 Oct 2023=1"
        );
        assert_eq!(
            shown(
                &["2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01"],
                3,
                2
            ),
            "Mar 2023=1 [Apr 2023=1]"
        );
    }

    #[test]
    fn without_dates_there_are_no_bars() {
        assert_eq!(bars(&pane(&["soon"], 0), 9), Bars::default());
        assert_eq!(bars(&TimelinePane::default(), 9), Bars::default());
    }
}
