//! How many rows there are in each year, month or day, for a line of bars.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::when::{month, year};
use super::{Row, Zoom};

/// Gaps longer than this many bars are left out, so that one date of long ago does not stretch the line.
const LONGEST_GAP: usize = 24;

/// Rows per period in time order, empty periods between them counted as 0: years ("2023"), months ("Oct 2023") or days ("25 Oct 2023").
///
/// A row counts where it begins. Gaps of more than 24 periods are left out. Undated rows do not count.
pub fn density(rows: &[Row], zoom: Zoom) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    for day in rows.iter().filter_map(|row| row.interval?.earliest) {
        *counts.entry(start(day, zoom)).or_default() += 1;
    }
    let mut bars: Vec<(String, usize)> = Vec::new();
    let mut expected: Option<Date> = None;
    for (first, count) in counts {
        let mut gap = Vec::new();
        let mut at = expected.filter(|at| *at < first);
        while let Some(empty) = at.filter(|at| *at < first && gap.len() <= LONGEST_GAP) {
            gap.push((label(empty, zoom), 0));
            at = next(empty, zoom);
        }
        if gap.len() <= LONGEST_GAP {
            bars.append(&mut gap);
        }
        bars.push((label(first, zoom), count));
        expected = next(first, zoom);
    }
    bars
}

fn start(day: Date, zoom: Zoom) -> Date {
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

fn label(day: Date, zoom: Zoom) -> String {
    match zoom {
        Zoom::Year => year(day),
        Zoom::Month => format!("{} {}", month(day), year(day)),
        Zoom::Day => format!("{} {} {}", day.day(), month(day), year(day)),
    }
}
