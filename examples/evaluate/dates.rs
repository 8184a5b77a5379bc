//! Temporal expressions: precision, recall and F1 of spans, types and values, and the share of right intervals.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use jiff::civil::Date;
use postil::document::Edtf;
use postil::text::Offsets;
use postil::{import, language, time};

use super::gold::{self, GoldError};
use super::score::{Found, GoldDocument, Tally, line, type_name};

/// What to score and what to print.
// Each flag is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
#[derive(Args)]
pub(crate) struct Options {
    /// JSONL file with `{"id","text","dct","timexes":[{"start","end","type","value"}]}` lines.
    file: PathBuf,
    /// Score first and last day too.
    #[arg(long)]
    interval: bool,
    /// Show the found share of each type.
    #[arg(long)]
    by_type: bool,
    /// Show precision, recall and F1 of each class of expression: month-day, weekday, N ago and so on.
    #[arg(long)]
    by_class: bool,
    /// Print what was found as JSONL in the form of the gold instead of scoring it.
    #[arg(long)]
    predictions: bool,
    /// Show every expression found, in text order, in documents whose id holds this.
    #[arg(long)]
    show: Option<String>,
    /// Show so many errors of each sort.
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// Only errors of this sort: MISS, SPAN, TYPE, VALUE, INTV or SPUR.
    #[arg(long)]
    kind: Option<String>,
}

/// The figures as text.
pub(crate) fn report(options: &Options) -> Result<String, GoldError> {
    let documents: Vec<GoldDocument> = gold::read(&options.file)?;
    let mut tally = Tally::default();
    let mut predictions = Vec::new();
    let mut shown = Vec::new();
    let n_bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mut spent = std::time::Duration::ZERO;
    for document in &documents {
        let published = document
            .dct
            .as_ref()
            .and_then(|dct| dct.parse::<Edtf>().ok());
        let laid_out = import::exact(&document.id, &document.text, None, published.clone());
        let sentences = language::sentence::sentences(&laid_out);
        let before = Instant::now();
        let timexes = time::timexes(&document.text, &sentences, published.as_ref());
        spent += before.elapsed();
        let offsets = Offsets::new(&document.text);
        let found: Vec<Found> = timexes
            .into_items()
            .into_iter()
            .map(|(range, timex)| Found {
                start: offsets.code_point(&document.text, range.start) as usize,
                end: offsets.code_point(&document.text, range.end) as usize,
                timex,
            })
            .collect();
        if options
            .show
            .as_ref()
            .is_some_and(|part| document.id.contains(part))
        {
            let lines = found.iter().map(|found| line(document, None, Some(found)));
            shown.extend(lines);
        }
        if options.predictions {
            predictions.push(prediction(document, &found));
        }
        tally.add(document, &found);
    }
    if options.predictions {
        return Ok(predictions.join("\n"));
    }
    let mut parts = vec![tally.figures(documents.len(), n_bytes, spent)];
    if options.interval {
        parts.push(tally.intervals());
    }
    if options.by_type {
        parts.push(tally.types());
    }
    if options.by_class {
        parts.push(tally.classes());
    }
    parts.append(&mut shown);
    parts.extend(tally.errors(options.errors, options.kind.as_deref()));
    Ok(parts.join("\n"))
}

/// What was found in a document, in the form of the gold.
fn prediction(document: &GoldDocument, found: &[Found]) -> String {
    let timexes: Vec<serde_json::Value> = found
        .iter()
        .map(|found| {
            let mut timex = serde_json::json!({
                "start": found.start, "end": found.end,
                "type": type_name(found.timex.kind), "value": &*found.timex.value,
            });
            if let (Some(interval), Some(timex)) = (found.timex.interval, timex.as_object_mut()) {
                let day = |day: Option<Date>| {
                    day.map_or(serde_json::Value::Null, |day| day.to_string().into())
                };
                timex.insert("lo".into(), day(interval.earliest));
                timex.insert("hi".into(), day(interval.latest));
            }
            timex
        })
        .collect();
    serde_json::json!({"id": document.id, "timexes": timexes}).to_string()
}
