//! Kills a writing process at random points and looks whether anything it had confirmed is gone:
//! `cargo run --release --example killing -- [--rounds 1000] [--seed 1]`.
//!
//! The process is this program again: it adds, changes, deletes and links annotations in a store, says what it is about to do and, after the commit, that it is done. Killed
//! with SIGKILL after a random number of lines and a random while, it leaves one change at most that was begun and not confirmed; that one may be there or not.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use clap::Parser;
use jiff::Timestamp;
use postil::annotation::{Body, LinkKind, RecordId, Target};
use postil::import;
use postil::store::{Store, doctor};
use postil::text::TextRange;

#[path = "simulate/random.rs"]
mod random;

use random::Random;

/// Kills a process that writes annotations, again and again.
#[derive(Parser)]
struct Options {
    /// How often
    #[arg(long, default_value_t = 1000)]
    rounds: u32,
    /// Where the random numbers begin
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The process that is killed: writes to this store until then
    #[arg(long, hide = true)]
    victim: Option<PathBuf>,
}

const TEXT: &str = "The ministers met on 3 May and spoke of the river. They agreed on nothing but the date of the next meeting.\n";
const LOCATOR: &str = "/river.txt";
/// Changes of one process at most; it is killed long before.
const MOST_CHANGES: u32 = 10_000;

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match &options.victim {
        Some(store) => write(store, options.seed),
        None => kill(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(io::stderr(), "{error}").ok();
            ExitCode::FAILURE
        }
    }
}

/// The victim: a change, a line before it, a line after its commit.
fn write(path: &Path, seed: u64) -> Result<(), Box<dyn Error>> {
    let mut store = Store::open(path, Timestamp::now())?;
    let document = import::exact(LOCATOR, TEXT, None, None);
    let mut random = Random::new(seed);
    let mut out = io::stdout().lock();
    let mut say = |words: &str| writeln!(out, "{words}").and_then(|()| out.flush());
    for n in 0..MOST_CHANGES {
        let known: Vec<RecordId> = store
            .annotations_of(LOCATOR, &document.revision)?
            .iter()
            .map(|note| note.id)
            .collect();
        let body = Body {
            note: format!("{seed}.{n}"),
            ..Body::default()
        };
        let now = Timestamp::now();
        match (random.below(6), random.pick(&known).copied()) {
            (0, Some(id)) => {
                say(&format!("try {} {}", id.0, body.note))?;
                store.update_annotation(id, &body, now)?;
                say(&format!("did {} {}", id.0, body.note))?;
            }
            (1, Some(id)) => {
                say(&format!("try {} -", id.0))?;
                store.delete_annotation(id, now)?;
                say(&format!("did {} -", id.0))?;
            }
            (2, Some(id)) => {
                let other = random.pick(&known).copied().unwrap_or(id);
                store.add_link(id, other, LinkKind::Repeats, &body.note, now)?;
            }
            _ => {
                let start = random.below(40);
                let target = Target::new(&document, TextRange::of(start, start + 12));
                say(&format!("try + {}", body.note))?;
                let made = store.add_annotation(&document, LOCATOR, &target, &body, now)?;
                say(&format!("did {} {}", made.id.0, body.note))?;
            }
        }
    }
    Ok(())
}

/// What must be there: the note of each annotation, none for a deleted one.
type Confirmed = BTreeMap<i64, Option<String>>;

fn kill(options: &Options) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("postil.db");
    let mut random = Random::new(options.seed);
    let mut confirmed = Confirmed::new();
    let (mut n_confirmed, mut n_open) = (0_u64, 0_u32);
    for round in 0..options.rounds {
        let mut victim = Command::new(std::env::current_exe()?)
            .args([
                "--seed",
                &(options.seed + 1 + u64::from(round)).to_string(),
                "--victim",
            ])
            .arg(&path)
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(victim.stdout.take().ok_or("the victim says nothing")?).lines();
        let n_lines = random.below(30);
        let pause = Duration::from_micros(random.below(3000) as u64);
        let mut open = None;
        let mut lines = lines;
        for line in lines.by_ref().take(n_lines) {
            hear(&line?, &mut open, &mut confirmed, &mut n_confirmed);
        }
        std::thread::sleep(pause);
        victim.kill()?;
        victim.wait()?;
        // What it said before it died was confirmed as well; a line cut off was not.
        for line in lines.map_while(Result::ok) {
            hear(&line, &mut open, &mut confirmed, &mut n_confirmed);
        }
        n_open += u32::from(open.is_some());
        check(&path, &mut confirmed, open.as_ref())
            .map_err(|lost| format!("round {round}: {lost}"))?;
    }
    let report = doctor::doctor(&path, Timestamp::now())?;
    if !report.findings.is_empty() {
        return Err(format!("the store is damaged: {:?}", report.findings).into());
    }
    writeln!(
        io::stdout(),
        "killed {} times ({n_open} times in the middle of a change), {n_confirmed} changes confirmed, none lost, {} annotations left, the store is sound",
        options.rounds,
        report.n_annotations
    )?;
    Ok(())
}

/// A change that was begun: the annotation, none for a new one, and its note, none for a delete.
type Open = (Option<i64>, Option<String>);

fn hear(line: &str, open: &mut Option<Open>, confirmed: &mut Confirmed, n: &mut u64) {
    let mut words = line.split(' ');
    let (what, id, note) = (words.next(), words.next(), words.next());
    let note = note.filter(|note| *note != "-").map(str::to_owned);
    match (what, id.map(str::parse::<i64>)) {
        (Some("did"), Some(Ok(id))) => {
            confirmed.insert(id, note);
            *open = None;
            *n += 1;
        }
        (Some("try"), Some(id)) => *open = Some((id.ok(), note)),
        _ => {}
    }
}

/// Whether all that was confirmed is there; what the open change did is taken as it is.
fn check(
    path: &Path,
    confirmed: &mut Confirmed,
    open: Option<&Open>,
) -> Result<(), Box<dyn Error>> {
    let store = Store::open(path, Timestamp::now())?;
    let document = import::exact(LOCATOR, TEXT, None, None);
    let there: BTreeMap<i64, String> = store
        .annotations_of(LOCATOR, &document.revision)?
        .into_iter()
        .map(|note| (note.id.0, note.body.note))
        .collect();
    for (id, note) in confirmed.iter() {
        let may_differ = open.is_some_and(|(of, _)| *of == Some(*id));
        if there.get(id) != note.as_ref() && !may_differ {
            return Err(format!(
                "annotation {id} should say {note:?} and says {:?}",
                there.get(id)
            )
            .into());
        }
    }
    for (id, note) in &there {
        let is_open = open.is_some_and(|(of, words)| {
            (of.is_none() || *of == Some(*id)) && words.as_ref() == Some(note)
        });
        if confirmed.get(id).and_then(Option::as_ref) != Some(note) && !is_open {
            return Err(format!("annotation {id} says {note:?}, which nobody wrote").into());
        }
    }
    if let Some((Some(id), _)) = open {
        confirmed.insert(*id, there.get(id).cloned());
    }
    for (id, note) in there {
        confirmed.insert(id, Some(note));
    }
    Ok(())
}
