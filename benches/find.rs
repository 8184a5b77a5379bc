//! Regexp find in a made-up text: CPU ms to the first hit near the end, to the last hit before the end, and until all are counted.
//!
//! `cargo bench --bench find` searches 1 MB and 100 MB; numbers given after `--` are megabytes instead. One thread, so wall time on a quiet machine is
//! CPU time; the best of five runs is printed.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use postil::search::find::{Finder, Scan};

const PATTERNS: [&str; 6] = [
    "needle of hay",
    "Needle",
    r"needle\s+\w+ \w+",
    "rate rise",
    r"\b(tariff|quota)s? on \w+",
    "e",
];
/// What one step of a scan does between two looks at the keyboard.
const STEP: usize = 1 << 20;

fn main() {
    let given: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if given.is_empty() {
        vec![1, 100]
    } else {
        given
    };
    println!("ms: first hit, last hit, all hits; number of hits");
    for megabytes in sizes {
        let text = text(megabytes * 1_000_000);
        for pattern in PATTERNS {
            let Ok(finder) = Finder::new(pattern) else {
                println!("`{pattern}` is no pattern");
                continue;
            };
            let end = text.len() as u32;
            let first = best(|| finder.first_from(&text, 0).map(|hit| hit.start));
            let last = best(|| finder.last_before(&text, end).map(|hit| hit.start));
            let all = best(|| {
                let mut scan = Scan::new(finder.clone());
                loop {
                    let progress = scan.step(&text, STEP);
                    if progress.done {
                        return progress.total;
                    }
                }
            });
            println!(
                "{megabytes:>4} MB {pattern:<28} first {:>8.2} at {:?}  last {:>8.2}  all {:>8.2}  {} hits",
                first.0, first.1, last.0, all.0, all.1
            );
        }
    }
}

fn best<T>(run: impl Fn() -> T) -> (f64, T) {
    let timed = || {
        let started = Instant::now();
        let found = run();
        (started.elapsed().as_secs_f64() * 1e3, found)
    };
    let mut best = timed();
    for _ in 0..4 {
        let next = timed();
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}

/// Prose of the length, hard-wrapped, with one needle at 95 %.
fn text(bytes: usize) -> String {
    const LINE: &str = "The committee kept the bank rate where it was and asked for a report on trade,\nwhich the ministers of both sides “shall not delay”; a rate\nrise is expected.\n\n";
    let mut text = String::with_capacity(bytes + 2 * LINE.len());
    while text.len() < bytes {
        let needle_due = text.len() < bytes / 20 * 19 && text.len() + LINE.len() >= bytes / 20 * 19;
        text.push_str(LINE);
        if needle_due {
            text.push_str("Here is the Needle\nof hay and tariffs on it.\n\n");
        }
    }
    text
}
