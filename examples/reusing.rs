//! What it costs to find the passages that the documents of a folder share, and how many of those known to be there are found:
//! `cargo run --release --example reusing -- FOLDER [--truth FILE]`, or `-- --made 10000` for a library of so many made-up documents.
//!
//! Files are read, their words taken into an index in a new folder, all pairs told; then the same once more with nothing changed, and with one document more. Printed are CPU seconds of the process (user
//! and system), seconds by the clock, and the most memory used so far. A truth file has a line of JSON a document: `path`, and `reuse` as a list of `start`, `end` (code points) and `src` (the line's number
//! of the document the passage is from).

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use postil::index::reuse::{Index, Pair};
use postil::runtime::collection::{Collection, Member};
use postil::runtime::reused::mark;
use postil::runtime::source::Sources;
use postil::trace::words::Words;
use rayon::prelude::*;
use serde::Deserialize;

/// Finds what the documents of a folder share, and says what it cost.
#[derive(Parser)]
struct Options {
    /// The documents
    folder: Option<PathBuf>,
    /// The passages known to be there
    #[arg(long, requires = "folder")]
    truth: Option<PathBuf>,
    /// Makes a library of so many documents instead
    #[arg(long, conflicts_with = "folder")]
    made: Option<u32>,
}

/// Documents read together.
const TOGETHER: usize = 512;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let made = tempfile::tempdir()?;
    let (folder, truth) = match (options.folder, options.made) {
        (Some(folder), _) => (folder, options.truth),
        (None, n) => {
            let truth = make(made.path(), n.unwrap_or(1_000))?;
            (made.path().join("documents"), Some(truth))
        }
    };
    let index = tempfile::tempdir()?;
    let pairs = measured("made", || bring(index.path(), &folder))?;
    measured("unchanged", || bring(index.path(), &folder))?;
    if options.made.is_some() {
        let one = folder.join("000000.txt");
        let text = std::fs::read_to_string(&one)?;
        std::fs::write(folder.join("more.txt"), text)?;
        measured("one more", || bring(index.path(), &folder))?;
    }
    if let Some(truth) = truth {
        score(&truth, &folder, &pairs)?;
    }
    Ok(())
}

/// A passage of two documents by path and code points.
struct Shared {
    paths: [String; 2],
    places: [(usize, usize); 2],
}

/// Brings the index up to date; gives what is shared.
fn bring(at: &Path, folder: &Path) -> Result<Vec<Shared>, Box<dyn Error>> {
    let mut index = Index::open(at)?;
    let collection = Collection::of_paths(&[folder.to_owned()])?;
    let mut keys = HashSet::new();
    let mut new: Vec<(String, String)> = Vec::new();
    for member in collection.members() {
        if let Member::Document { locator, stamp } = member {
            let mark = mark(stamp);
            if index.card(&locator, &mark).is_none() {
                new.push((locator.clone(), mark));
            }
            keys.insert(locator);
        }
    }
    let sources = Sources::default();
    for some in new.chunks(TOGETHER) {
        let read: Vec<_> = some
            .par_iter()
            .map(|(locator, _)| {
                let text = sources.document(locator).ok()?.document.text;
                let words = Words::of(&text);
                Some((text, words))
            })
            .collect();
        for ((locator, mark), read) in some.iter().zip(read) {
            if let Some((text, words)) = read {
                index.add((locator, mark), String::new(), (&text, &words))?;
            }
        }
    }
    let has_changed = !new.is_empty();
    index.commit(&keys)?;
    if has_changed {
        shared(&index)
    } else {
        Ok(Vec::new())
    }
}

fn shared(index: &Index) -> Result<Vec<Shared>, Box<dyn Error>> {
    let reader = index.reader();
    let mut all = Vec::new();
    let mut pages = HashMap::new();
    for Pair { a, b, regions } in index.pairs() {
        for number in [a, b] {
            if let Entry::Vacant(place) = pages.entry(number) {
                place.insert(reader.page(number)?);
            }
        }
        let place = |number: u32, words: &std::ops::Range<usize>| {
            let page = pages.get(&number)?;
            let (near, first) = page.words((words.start, words.end));
            let span = near.span(words.start - first, words.end - first)?;
            let points = |to: u32| {
                page.text
                    .get(..to as usize)
                    .map(|text| text.chars().count())
            };
            Some((points(span.start)?, points(span.end)?))
        };
        for region in &regions {
            if let (Some(in_a), Some(in_b), Some(key_a), Some(key_b)) = (
                place(a, &region.a),
                place(b, &region.b),
                index.key(a),
                index.key(b),
            ) {
                all.push(Shared {
                    paths: [key_a.to_owned(), key_b.to_owned()],
                    places: [in_a, in_b],
                });
            }
        }
    }
    Ok(all)
}

/// Does it, and says what it took.
fn measured<T>(
    what: &str,
    work: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    let (cpu, began) = (cpu_seconds(), Instant::now());
    let done = work()?;
    let mut line = format!("{what}: {:.2} s", began.elapsed().as_secs_f64());
    if let (Some(before), Some(after)) = (cpu, cpu_seconds()) {
        write!(line, ", {:.2} CPU s", after - before)?;
    }
    if let Some(most) = most_memory() {
        write!(line, ", at most {most} MB")?;
    }
    writeln!(io::stdout(), "{line}")?;
    Ok(done)
}

/// User and system time of the process so far, where the system tells it.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks: Option<Vec<f64>> = ticks.map(|part| part.parse().ok()).collect();
    Some(ticks?.iter().sum::<f64>() / 100.0)
}

/// The most memory the process had so far, in megabytes, where the system tells it.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// A document of the truth file.
#[derive(Deserialize)]
struct Known {
    path: String,
    reuse: Vec<Reused>,
}

#[derive(Deserialize)]
struct Reused {
    start: usize,
    end: usize,
    src: usize,
}

/// Says how many of the known passages are among those found: half of its letters, and its source, must be.
fn score(truth: &Path, folder: &Path, found: &[Shared]) -> Result<(), Box<dyn Error>> {
    let folder = folder.canonicalize()?;
    let text = std::fs::read_to_string(truth)?;
    let known: Result<Vec<Known>, _> = text.lines().map(serde_json::from_str).collect();
    let known = known?;
    let path_of = |one: &Known| folder.join(&one.path).to_string_lossy().into_owned();
    let mut places: HashMap<(&str, &str), Vec<(usize, usize)>> = HashMap::new();
    for shared in found {
        let [a, b] = &shared.paths;
        let [in_a, in_b] = shared.places;
        places.entry((a, b)).or_default().push(in_a);
        places.entry((b, a)).or_default().push(in_b);
    }
    let (mut n_known, mut n_found) = (0, 0);
    for one in &known {
        let copy = path_of(one);
        for reused in &one.reuse {
            let Some(source) = known.get(reused.src).map(path_of) else {
                continue;
            };
            n_known += 1;
            let near = places.get(&(&*copy, &*source));
            let covered = near.into_iter().flatten().any(|(start, end)| {
                let shared = reused
                    .end
                    .min(*end)
                    .saturating_sub(reused.start.max(*start));
                shared * 2 >= reused.end - reused.start
            });
            n_found += usize::from(covered);
        }
    }
    writeln!(
        io::stdout(),
        "{n_found} of {n_known} known passages found; {} passages in all",
        found.len()
    )?;
    Ok(())
}

/// Documents of about 450 words from a vocabulary of 9,000, in which frequent words are frequent; one in three repeats 20 words of an earlier one, two of them replaced.
fn make(at: &Path, count: u32) -> Result<PathBuf, Box<dyn Error>> {
    let folder = at.join("documents");
    std::fs::create_dir(&folder)?;
    let mut truth = String::new();
    let mut state = 7_u32;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    for number in 0..count {
        let mut text = format!("Document {number}\n\n");
        for _ in 0..450 {
            let rank = (f64::from(next() % 10_000) / 10_000.0).powi(3) * 9_000.0;
            write!(text, "w{} ", rank as u32)?;
        }
        let mut reuse = String::new();
        if number % 3 == 2 {
            let of = next() % number;
            let source = std::fs::read_to_string(folder.join(format!("{of:06}.txt")))?;
            let mut passage: Vec<&str> = source.split_whitespace().skip(40).take(20).collect();
            for at in [6, 13] {
                if let Some(word) = passage.get_mut(at) {
                    *word = "other";
                }
            }
            let start = text.chars().count();
            text.push_str(&passage.join(" "));
            let end = text.chars().count();
            write!(reuse, "{{\"start\":{start},\"end\":{end},\"src\":{of}}}")?;
        }
        text.push_str(".\n");
        let name = format!("{number:06}.txt");
        writeln!(truth, "{{\"path\":\"{name}\",\"reuse\":[{reuse}]}}")?;
        std::fs::write(folder.join(name), text)?;
    }
    let path = at.join("truth.jsonl");
    std::fs::write(&path, truth)?;
    Ok(path)
}
