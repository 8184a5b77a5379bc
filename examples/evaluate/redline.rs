//! Redlines of consecutive statements: how many words are deleted and inserted, in how many hunks, against the fewest possible.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use postil::text::Layer;
use postil::trace::align::differences;
use postil::trace::redline::{Joining, Redline, Version, redline};
use postil::{import, language};
use serde::Deserialize;

use super::gold::{self, GoldError};

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// JSONL file with `{"id","text"}` lines, one version after the other.
    file: PathBuf,
}

#[derive(Deserialize)]
struct Statement {
    id: String,
    text: String,
}

#[derive(Default)]
struct Sum {
    deleted: usize,
    inserted: usize,
    hunks: usize,
}

impl Sum {
    fn add(&mut self, redline: &Redline) {
        self.deleted += redline.summary.n_deleted;
        self.inserted += redline.summary.n_inserted;
        self.hunks += redline.ranked().len();
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name}: deleted {} · inserted {} · together {} · hunks {}",
            self.deleted,
            self.inserted,
            self.deleted + self.inserted,
            self.hunks
        )
    }
}

/// The figures as text.
pub(crate) fn report(options: &Options) -> Result<String, GoldError> {
    let statements: Vec<Statement> = gold::read(&options.file)?;
    let sentences: Vec<Layer<()>> = statements
        .iter()
        .map(|statement| {
            language::sentence::sentences(&import::exact(
                &statement.id,
                &statement.text,
                None,
                None,
            ))
        })
        .collect();
    let (mut fewest, mut joined, mut optimum) = (Sum::default(), Sum::default(), 0);
    let (mut spent, mut n_bytes, mut moved) = (Duration::ZERO, 0, 0);
    for (pair, layers) in statements.windows(2).zip(sentences.windows(2)) {
        let ([old, new], [of_old, of_new]) = (pair, layers) else {
            continue;
        };
        let version = |statement: &'_ Statement| statement.text.clone();
        let (text_old, text_new) = (version(old), version(new));
        let old = Version {
            text: &text_old,
            sentences: of_old,
        };
        let new = Version {
            text: &text_new,
            sentences: of_new,
        };
        let before = Instant::now();
        let found = redline(old, new, Joining::Weak);
        spent += before.elapsed();
        n_bytes += text_old.len() + text_new.len();
        moved += found.summary.moved;
        joined.add(&found);
        fewest.add(&redline(old, new, Joining::Never));
        let (a, b) = (units(&text_old), units(&text_new));
        optimum += differences(&a, &b)
            .iter()
            .map(|hunk| hunk.a.len() + hunk.b.len())
            .sum::<usize>();
    }
    Ok(format!(
        "pairs {} · optimum {optimum} · moved sentences {moved} · {:.1} MB/s\n{}\n{}",
        statements.len().saturating_sub(1),
        n_bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9),
        fewest.line("fewest words"),
        joined.line("joined"),
    ))
}

/// Words and marks of the scorer: runs of letters, digits and apostrophes, every other mark alone.
fn units(text: &str) -> Vec<u32> {
    let in_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '_');
    let mut ids = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if in_word(first) {
            rest.find(|letter| !in_word(letter)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (unit, behind) = rest.split_at(end);
        ids.push(unit.bytes().fold(2_166_136_261_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
        }));
        rest = behind.trim_start();
    }
    ids
}
