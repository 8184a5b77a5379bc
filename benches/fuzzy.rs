//! Fuzzy jump, typed key by key over made-up titles of about 54 characters: CPU ms a key and peak memory.
//!
//! `cargo bench --bench fuzzy` runs 10,000, 100,000 and 1,000,000 titles; numbers given after `--` run those instead. `SkimMatcherV2` on every title
//! stands beside it up to 100,000. CPU time is the sum over all threads, so that a busy machine does not falsify it (Linux; elsewhere wall time).

#![allow(clippy::print_stdout)]

use std::fs;
use std::time::Instant;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use postil::search::fuzzy::{Candidates, Highlighter, Matcher, Query, Scope};

/// Rows that a screen shows.
const SHOWN: usize = 50;
const TYPED: [&str; 8] = [
    "statement",
    "rate rise",
    "jnt stmt",
    "climate accord",
    "frgn mnstr",
    "sao paulo talks",
    "'minister !trade",
    "xqz",
];
const WORDS: &str = "joint statement foreign minister ministry on the of and bank rate rise climate accord trade talks Łódź São Paulo ceasefire \
    sanctions export controls parliament committee report budget energy security summit leaders agree border water treaty review court \
    ruling press conference remarks ambassador envoy delegation visit northern southern eastern western region Council Union United Nations \
    agreement draft final first second annual quarterly emergency session response to from after before with against over under new \
    proposed fishing grain shipping harbour railway nuclear inspection observers election monitors refugees aid convoy agency fund loan debt";

fn main() {
    let given: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if given.is_empty() {
        vec![10_000, 100_000, 1_000_000]
    } else {
        given
    };
    println!(
        "CPU ms a key; titles, mean, p50, p99, worst, wall mean; memory of the candidates and peak of the process"
    );
    for size in sizes {
        run(size);
    }
}

fn run(size: usize) {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let titles: Vec<String> = (0..size).map(|n| title(&mut random, &words, n)).collect();
    let bytes: usize = titles.iter().map(String::len).sum();

    let started = Clock::start();
    let mut candidates = Candidates::with_capacity(size, bytes);
    candidates.extend(titles.iter().map(String::as_str));
    let (filled, _) = started.stop();

    let mut matcher = Matcher::new();
    let (mut cpu, mut wall, mut marking) = (Vec::new(), 0.0, 0.0);
    let mut shown = 0;
    for typed in TYPED {
        for query in keys(typed) {
            let clock = Clock::start();
            let query = Query::parse(query);
            let found = matcher.search(&candidates, &query, SHOWN, Scope::default());
            let searched = Instant::now();
            let highlighter = Highlighter::new(&query);
            for found in found.iter().flat_map(|found| &found.best) {
                shown += titles
                    .get(found.index as usize)
                    .map_or(0, |title| highlighter.ranges(title).len());
            }
            marking += searched.elapsed().as_secs_f64() * 1e3;
            let (cpu_ms, wall_ms) = clock.stop();
            cpu.push(cpu_ms);
            wall += wall_ms;
        }
    }
    let n_keys = cpu.len();
    println!(
        "{size:>9} postil {} wall {:.2}, marking {:.3} of it  (fill {filled:.1} ms, text {:.1} MB, candidates {:.1} MB = {:.2} x text + 12 B each, peak {:.0} MB, {shown} marks)",
        summary(&mut cpu),
        wall / n_keys as f64,
        marking / n_keys as f64,
        bytes as f64 / 1e6,
        candidates.memory() as f64 / 1e6,
        (candidates.memory() as f64 - 12.0 * size as f64) / bytes as f64,
        peak_mb(),
    );
    if size <= 100_000 {
        skim(&titles);
    }
}

/// The same keys with `SkimMatcherV2` on every title.
fn skim(titles: &[String]) {
    let matcher = SkimMatcherV2::default();
    let (mut cpu, mut n_found) = (Vec::new(), 0);
    for typed in TYPED.iter().filter(|typed| !typed.starts_with('\'')) {
        for query in keys(typed) {
            let clock = Clock::start();
            let mut scores: Vec<i64> = titles
                .iter()
                .filter_map(|title| matcher.fuzzy_match(title, query))
                .collect();
            scores.sort_unstable();
            n_found += scores.len();
            cpu.push(clock.stop().0);
        }
    }
    println!(
        "{:>9} skim   {}  ({n_found} matches)",
        titles.len(),
        summary(&mut cpu)
    );
}

/// What stands in the prompt after each key.
fn keys(typed: &str) -> impl Iterator<Item = &str> {
    typed
        .char_indices()
        .filter_map(|(at, c)| typed.get(..at + c.len_utf8()))
}

fn title(random: &mut Random, words: &[&str], n: usize) -> String {
    let mut title = String::new();
    let length = 30 + random.below(48);
    while title.len() < length {
        if let Some(word) = words.get(random.below(words.len())) {
            if !title.is_empty() {
                title.push(if random.below(12) == 0 { '-' } else { ' ' });
            }
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if random.below(3) == 0 => title.extend(first.to_uppercase()),
                Some(first) => title.push(first),
                None => {}
            }
            title.extend(letters);
        }
    }
    if random.below(10) == 0 {
        title.push(' ');
        title.push_str(&(n % 2_030).to_string());
    }
    title
}

fn summary(times: &mut [f64]) -> String {
    times.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        times
            .get(((times.len() - 1) as f64 * share).round() as usize)
            .copied()
            .unwrap_or_default()
    };
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    format!(
        "mean {mean:.2} p50 {:.2} p99 {:.2} worst {:.2}",
        at(0.5),
        at(0.99),
        at(1.0)
    )
}

struct Clock {
    cpu_ns: Option<u64>,
    wall: Instant,
}

impl Clock {
    fn start() -> Self {
        Self {
            cpu_ns: cpu_ns(),
            wall: Instant::now(),
        }
    }

    /// CPU and wall milliseconds since the start.
    fn stop(&self) -> (f64, f64) {
        let wall = self.wall.elapsed().as_secs_f64() * 1e3;
        let cpu = cpu_ns()
            .zip(self.cpu_ns)
            .map_or(wall, |(now, then)| (now - then) as f64 / 1e6);
        (cpu, wall)
    }
}

/// Nanoseconds on a CPU, all threads together.
fn cpu_ns() -> Option<u64> {
    let mut sum = 0;
    for task in fs::read_dir("/proc/self/task").ok()? {
        let stat = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        sum += stat.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(sum)
}

fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
        .unwrap_or_default()
        / 1e3
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
}
