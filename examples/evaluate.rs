//! Scores the analysis against gold data: `cargo run --release --example evaluate -- dates FILE [--interval] [--errors N] [--by-type] [--by-class]`.
//!
//! One small file per kind of annotation in `examples/evaluate/`; each takes a JSONL file with gold and prints precision, recall and F1.

#[path = "evaluate/class.rs"]
mod class;
#[path = "evaluate/dates.rs"]
mod dates;
#[path = "evaluate/entities.rs"]
mod entities;
#[path = "evaluate/gold.rs"]
mod gold;
#[path = "evaluate/quotes.rs"]
mod quotes;
#[path = "evaluate/redline.rs"]
mod redline;
#[path = "evaluate/reuse.rs"]
mod reuse;
#[path = "evaluate/score.rs"]
mod score;
#[path = "evaluate/value.rs"]
mod value;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Scores what postil finds against gold data.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Temporal expressions, scored as `TempEval-3` does.
    Dates(dates::Options),
    /// Names of persons, organisations and places.
    Entities(entities::Options),
    /// Quotations and their speakers.
    Quotes(quotes::Options),
    /// Reused passages, with the measures of PAN.
    Reuse(reuse::Options),
    /// Redlines of consecutive statements.
    Redline(redline::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let report = match cli.what {
        What::Dates(options) => dates::report(&options),
        What::Entities(options) => entities::report(&options),
        What::Quotes(options) => quotes::report(&options),
        What::Reuse(options) => reuse::report(&options),
        What::Redline(options) => redline::report(&options),
    };
    let written = match &report {
        Ok(text) => writeln!(io::stdout(), "{text}"),
        Err(error) => writeln!(io::stderr(), "{error}"),
    };
    match (report, written) {
        (Ok(_), Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
