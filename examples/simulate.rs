//! How often annotations find their words again in revised texts, beside the method of a well-known annotator on the same revisions:
//! `cargo run --release --example simulate -- [FILES…] [--revisions N] [--quotes N] [--seed N] [--unkept] [--show CASE]`.
//!
//! Each text is revised at random: sentences are deleted, edited, moved, moved and edited, inserted and repeated. Of every word it is known where it came from, so that
//! the right place of a quotation of 15, 30, 60, 120 or 200 characters is known too. Without files the sample library is revised.

#[path = "simulate/judge.rs"]
mod judge;
#[path = "simulate/peer.rs"]
mod peer;
#[path = "simulate/random.rs"]
mod random;
#[path = "simulate/revise.rs"]
mod revise;
#[path = "simulate/table.rs"]
mod table;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use postil::import::{self, Import};
use postil::library::samples;

/// Measures how annotations find their words again in revised texts.
#[derive(Parser)]
struct Options {
    /// Text files and folders of them; without any the sample library
    files: Vec<PathBuf>,
    /// Revisions of each text
    #[arg(long, default_value_t = 6)]
    revisions: u32,
    /// Quotations of each length in each revision
    #[arg(long, default_value_t = 60)]
    quotes: u32,
    /// Where the random numbers begin
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Place annotations by their words alone, as if the text they were made on had not been kept
    #[arg(long)]
    unkept: bool,
    /// Print what was not plainly found in this case
    #[arg(long, value_name = "CASE")]
    show: Option<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(io::stderr(), "{error}").ok();
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> io::Result<()> {
    let texts = texts(&options.files)?;
    let words = revise::vocabulary(&texts);
    let mut table = table::Table::default();
    let mut random = random::Random::new(options.seed);
    let mut out = io::stdout().lock();
    for (name, text) in &texts {
        for _ in 0..options.revisions {
            let revision = revise::Revised::new(text, &words, &mut random);
            let trial = judge::Trial::new(&revision, options.unkept);
            for length in table::LENGTHS {
                for _ in 0..options.quotes {
                    let Some(quote) = revision.quote(length, &mut random) else {
                        continue;
                    };
                    let judged = trial.judge(quote);
                    if options.show.as_deref() == Some(judged.case.as_str()) {
                        trial.show(&mut out, name, quote, &judged)?;
                    }
                    table.count(length, &judged);
                }
            }
        }
    }
    write!(out, "{table}")
}

/// The canonical texts, with their names.
fn texts(files: &[PathBuf]) -> io::Result<Vec<(String, String)>> {
    let mut raw: Vec<(String, Vec<u8>)> = Vec::new();
    if files.is_empty() {
        raw.extend(
            samples::SAMPLES
                .iter()
                .map(|sample| (sample.name.to_owned(), sample.bytes.to_vec())),
        );
    }
    for file in files {
        read(file, &mut raw)?;
    }
    let text = |(name, bytes): (String, Vec<u8>)| match import::import(&name, &bytes) {
        Import::Document(imported) => Some((name, imported.document.text.into_string())),
        Import::Skipped(_) => None,
    };
    Ok(raw.into_iter().filter_map(text).collect())
}

fn read(path: &Path, into: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    if path.is_dir() {
        let mut inside = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()?;
        inside.retain(|path| {
            path.extension()
                .is_some_and(|ending| ending == "txt" || ending == "md")
        });
        inside.sort();
        return inside.iter().try_for_each(|path| read(path, into));
    }
    into.push((path.display().to_string(), std::fs::read(path)?));
    Ok(())
}
