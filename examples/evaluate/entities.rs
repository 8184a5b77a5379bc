//! Names: precision, recall and F1 of spans with their types, as exact spans whatever the type, and where spans merely touch.
//!
//! Adjectives of places and peoples are no names here: the gold does not mark them. Types are written PER, ORG, LOC.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use postil::import;
use postil::language::entities::{EntityType, mentions};
use postil::language::sentence::sentences;
use postil::text::Offsets;
use serde::Deserialize;

use super::gold::{self, GoldError};

/// What to score and what to print.
#[derive(Args)]
pub(crate) struct Options {
    /// JSONL file with `{"id","text","entities":[[start,end,"PER|ORG|LOC"]]}` lines.
    file: PathBuf,
    /// Print what was found as JSONL in the form of the gold instead of scoring it.
    #[arg(long)]
    predictions: bool,
    /// Show so many errors.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

#[derive(Deserialize)]
struct GoldDocument {
    #[serde(default)]
    id: String,
    text: String,
    entities: Vec<Span>,
}

/// First code point, one past the last, type.
type Span = (u32, u32, String);

/// Hits, and what they are shares of.
#[derive(Default, Clone, Copy)]
struct Counts {
    hits: usize,
    found: usize,
    gold: usize,
}

#[derive(Default)]
struct Tally {
    all: Counts,
    untyped: Counts,
    overlap: Counts,
    types: BTreeMap<&'static str, Counts>,
    errors: Vec<String>,
}

const TYPES: [&str; 3] = ["PER", "ORG", "LOC"];

/// The figures as text.
pub(crate) fn report(options: &Options) -> Result<String, GoldError> {
    let documents: Vec<GoldDocument> = gold::read(&options.file)?;
    let mut tally = Tally::default();
    let mut predictions = Vec::new();
    let mut spent = Duration::ZERO;
    for document in &documents {
        let laid_out = import::exact(&document.id, &document.text, None, None);
        let sentences = sentences(&laid_out);
        let before = Instant::now();
        let layer = mentions(&laid_out, &sentences);
        spent += before.elapsed();
        let offsets = Offsets::new(&document.text);
        let found: Vec<Span> = layer
            .iter()
            .filter(|(_, mention)| !mention.adjective)
            .map(|(range, mention)| {
                let kind = match mention.kind {
                    EntityType::Person => "PER",
                    EntityType::Org => "ORG",
                    EntityType::Place => "LOC",
                };
                let point = |at| offsets.code_point(&document.text, at);
                (point(range.start), point(range.end), kind.to_owned())
            })
            .collect();
        if options.predictions {
            let line = serde_json::json!({"id": document.id, "entities": found});
            predictions.push(line.to_string());
        }
        tally.add(document, &found);
    }
    if options.predictions {
        return Ok(predictions.join("\n"));
    }
    let words: usize = documents
        .iter()
        .map(|document| document.text.split_whitespace().count())
        .sum();
    let letters: usize = documents
        .iter()
        .map(|document| document.text.chars().count())
        .sum();
    let seconds = spent.as_secs_f64().max(1e-9);
    let mut out = tally.figures();
    let _ = write!(
        out,
        "{:.0} chars/s  {:.0} words/s  (names alone, {seconds:.3} s)",
        letters as f64 / seconds,
        words as f64 / seconds
    );
    for error in tally.errors.iter().take(options.errors) {
        let _ = write!(out, "\n{error}");
    }
    Ok(out)
}

impl Tally {
    fn add(&mut self, document: &GoldDocument, found: &[Span]) {
        let gold = distinct(&document.entities);
        let found = distinct(found);
        let hits = found.iter().filter(|span| gold.contains(span)).count();
        self.all.add(hits, found.len(), gold.len());
        for kind in TYPES {
            let of = |spans: &[Span]| spans.iter().filter(|span| span.2 == kind).count();
            let hits = found
                .iter()
                .filter(|span| span.2 == kind && gold.contains(span))
                .count();
            self.types
                .entry(kind)
                .or_default()
                .add(hits, of(&found), of(&gold));
        }
        let bare = |spans: &[Span]| {
            let mut bare: Vec<(u32, u32)> = spans.iter().map(|span| (span.0, span.1)).collect();
            bare.dedup();
            bare
        };
        let (bare_gold, bare_found) = (bare(&gold), bare(&found));
        let hits = bare_found
            .iter()
            .filter(|span| bare_gold.contains(span))
            .count();
        self.untyped.add(hits, bare_found.len(), bare_gold.len());
        self.overlap.add(
            touching(&bare_gold, &bare_found),
            bare_found.len(),
            bare_gold.len(),
        );
        for (name, spans, others) in [("miss", &gold, &found), ("spur", &found, &gold)] {
            for span in spans.iter().filter(|span| !others.contains(span)) {
                self.errors.push(line(name, document, span));
            }
        }
    }

    fn figures(&self) -> String {
        let mut out = format!(
            "{:9}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}\n",
            "", "P", "R", "F1", "tp", "pred", "gold"
        );
        let mut line = |name: &str, counts: Counts| {
            let share = |of: usize| 100.0 * counts.hits as f64 / of.max(1) as f64;
            let f1 = 200.0 * counts.hits as f64 / (counts.found + counts.gold).max(1) as f64;
            let _ = writeln!(
                out,
                "{name:9}{:7.2}{:7.2}{f1:7.2}{:7}{:7}{:7}",
                share(counts.found),
                share(counts.gold),
                counts.hits,
                counts.found,
                counts.gold
            );
        };
        line("micro", self.all);
        for kind in TYPES {
            line(kind, self.types.get(kind).copied().unwrap_or_default());
        }
        line("untyped", self.untyped);
        line("overlap", self.overlap);
        out
    }
}

impl Counts {
    fn add(&mut self, hits: usize, found: usize, gold: usize) {
        self.hits += hits;
        self.found += found;
        self.gold += gold;
    }
}

/// The spans of the scored types in order, each once.
fn distinct(spans: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = spans
        .iter()
        .filter(|span| TYPES.contains(&span.2.as_str()))
        .cloned()
        .collect();
    spans.sort();
    spans.dedup();
    spans
}

/// How many gold spans share a letter with a found one, one to one in order.
fn touching(gold: &[(u32, u32)], found: &[(u32, u32)]) -> usize {
    let mut used = vec![false; found.len()];
    gold.iter()
        .filter(|gold| {
            let free = found
                .iter()
                .zip(&mut used)
                .find(|(found, used)| !**used && found.0 < gold.1 && gold.0 < found.1);
            free.is_some_and(|(_, used)| !std::mem::replace(used, true))
        })
        .count()
}

fn line(name: &str, document: &GoldDocument, span: &Span) -> String {
    let part = |from: u32, to: u32| -> String {
        let letters = document
            .text
            .chars()
            .skip(from as usize)
            .take((to - from) as usize);
        letters
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect()
    };
    format!(
        "{name}\t{}\t{}\t{}[{}]{}",
        span.2,
        part(span.0, span.1),
        part(span.0.saturating_sub(40), span.0),
        part(span.0, span.1),
        part(span.1, span.1 + 40)
    )
}
