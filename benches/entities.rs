//! Names in a made-up text: words a second on one core, of the tagger with lists and linking, without sentences and import.
//!
//! `cargo bench --bench entities` reads 1 MB; a number given after `--` is megabytes instead. One thread, so wall time on a quiet machine is CPU time; the
//! best of five runs is printed, and before it what the first call costs that finds the lists and the model unread.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use postil::import;
use postil::language::entities::mentions;
use postil::language::sentence::sentences;

/// A paragraph as in the press; every tenth word or so belongs to a name.
const PARAGRAPH: &str = "Foreign Minister Halvard Lindqvist told reporters in Tromsø on Monday that the talks with the delegation \
from Canada had gone well, and that the Northern Fisheries Council would meet again before the end of the year. “We are close to an agreement on \
cod,” he said, standing beside Ambassador Maria Okonjo of the Harbour Workers Union. Officials at the Ministry of Trade, who asked not to be named because \
the text is not final, said that Iceland and the United Kingdom still disagreed about the size of the catch, while fishermen along the coast feared that \
the season would open late. Lindqvist left for Reykjavik in the evening.\n\n";

fn main() {
    let megabytes: usize = std::env::args()
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(1);
    let small = import::exact("bench", PARAGRAPH, None, None);
    let before = Instant::now();
    let n_first = mentions(&small, &sentences(&small)).len();
    println!(
        "first call {:8.2} ms, {n_first} names",
        before.elapsed().as_secs_f64() * 1e3
    );
    let text = PARAGRAPH.repeat(megabytes * 1_000_000 / PARAGRAPH.len());
    let document = import::exact("bench", &text, None, None);
    let sentences = sentences(&document);
    let words = text.split_whitespace().count();
    let mut best = f64::MAX;
    let mut n_names = 0;
    for _ in 0..5 {
        let before = Instant::now();
        n_names = mentions(&document, &sentences).len();
        best = best.min(before.elapsed().as_secs_f64());
    }
    println!(
        "{megabytes} MB  {:8.2} ms, {n_names} names, {:.0} words/s",
        best * 1e3,
        words as f64 / best
    );
}
