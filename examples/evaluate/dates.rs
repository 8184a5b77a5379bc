//! Temporal expressions: precision, recall and F1 of spans, types and values, and the share of right intervals.
//!
//! Gold and prediction are paired one to one, identical spans first, then overlapping ones in text order. Strict counts identical spans, relaxed all
//! pairs; type and value F1 are relaxed F1 times the share of pairs that agree (TempEval-3, UzZaman et al. 2013, micro over all documents).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use jiff::civil::Date;
use postil::document::Edtf;
use postil::text::Offsets;
use postil::time::{self, Timex, TimexKind};
use serde::Deserialize;

use super::gold::{self, GoldError};
use super::value::{Days, value_days};

/// What to score and what to print.
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

#[derive(Deserialize)]
struct GoldDocument {
    id: String,
    text: String,
    dct: Option<String>,
    timexes: Vec<GoldTimex>,
}

#[derive(Deserialize)]
struct GoldTimex {
    start: usize,
    end: usize,
    r#type: Option<String>,
    value: Option<String>,
    /// `lo` and `hi`, first and last day, where the data has them; null is an open end.
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

struct Found {
    start: usize,
    end: usize,
    timex: Timex,
}

#[derive(Default)]
struct Tally {
    gold: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    kind: usize,
    value: usize,
    with_interval: usize,
    interval: usize,
    by_type: BTreeMap<String, (usize, usize, usize)>,
    errors: Vec<(&'static str, String)>,
    shown: Vec<String>,
}

/// The figures as text.
pub(crate) fn report(options: &Options) -> Result<String, GoldError> {
    let documents: Vec<GoldDocument> = gold::read(&options.file)?;
    let mut tally = Tally::default();
    let mut predictions = Vec::new();
    let n_bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mut spent = std::time::Duration::ZERO;
    for document in &documents {
        let published = document
            .dct
            .as_ref()
            .and_then(|dct| dct.parse::<Edtf>().ok());
        let sentences = gold::sentences(&document.text);
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
            tally.shown.extend(lines);
        }
        if options.predictions {
            predictions.push(prediction(document, &found));
        }
        tally.add(document, &found);
    }
    if options.predictions {
        return Ok(predictions.join("\n"));
    }
    Ok(tally.text(options, documents.len(), n_bytes, spent))
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

impl Tally {
    fn add(&mut self, document: &GoldDocument, found: &[Found]) {
        self.gold += document.timexes.len();
        self.found += found.len();
        let pairs = pair(&document.timexes, found);
        let mut used = vec![false; found.len()];
        for (gold, pair) in document.timexes.iter().zip(pairs) {
            let kind = gold.r#type.clone().unwrap_or_default();
            let counts = self.by_type.entry(kind.clone()).or_default();
            counts.0 += 1;
            let Some(at) = pair else {
                self.errors.push(("MISS", line(document, Some(gold), None)));
                continue;
            };
            let Some(match_) = found.get(at) else {
                continue;
            };
            if let Some(used) = used.get_mut(at) {
                *used = true;
            }
            counts.1 += 1;
            self.relaxed += 1;
            let mut fail = |sort| {
                self.errors
                    .push((sort, line(document, Some(gold), Some(match_))));
            };
            if gold.start == match_.start && gold.end == match_.end {
                self.strict += 1;
            } else {
                fail("SPAN");
            }
            if kind == type_name(match_.timex.kind) {
                self.kind += 1;
            } else {
                fail("TYPE");
            }
            if gold.value.as_deref() == Some(&match_.timex.value) {
                self.value += 1;
                counts.2 += 1;
            } else {
                fail("VALUE");
            }
            if let Some(days) = gold_days(gold) {
                self.with_interval += 1;
                if found_days(&match_.timex).is_some_and(|found| found == days) {
                    self.interval += 1;
                } else {
                    fail("INTV");
                }
            }
        }
        for (match_, used) in found.iter().zip(used) {
            if !used {
                self.errors
                    .push(("SPUR", line(document, None, Some(match_))));
            }
        }
    }

    fn text(
        &self,
        options: &Options,
        n_documents: usize,
        n_bytes: usize,
        spent: std::time::Duration,
    ) -> String {
        let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        let f1 = |p: f64, r: f64| {
            if p + r == 0.0 {
                0.0
            } else {
                2.0 * p * r / (p + r)
            }
        };
        let mut out = String::new();
        let megabytes = n_bytes as f64 / 1e6;
        let mut say = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        say(format!(
            "documents {n_documents}  gold {}  pred {}  text {megabytes:.3} MB",
            self.gold, self.found
        ));
        let figures = |hits: usize| (percent(hits, self.found), percent(hits, self.gold));
        let (p, r) = figures(self.strict);
        say(format!("strict  F1 {:.2}  P {p:.2}  R {r:.2}", f1(p, r)));
        let (p, r) = figures(self.relaxed);
        let relaxed = f1(p, r);
        say(format!("relaxed F1 {relaxed:.2}  P {p:.2}  R {r:.2}"));
        for (name, hits) in [("type   ", self.kind), ("value  ", self.value)] {
            let share = percent(hits, self.relaxed);
            say(format!(
                "{name} F1 {:.2}  (accuracy on matched {share:.2})",
                relaxed * share / 100.0
            ));
        }
        let seconds = spent.as_secs_f64();
        say(format!(
            "speed   {:.1} MB/s ({seconds:.3} s)",
            megabytes / seconds.max(1e-9)
        ));
        if options.interval {
            let share = percent(self.interval, self.with_interval);
            say(format!(
                "interval: {} matched gold dates with an interval; exact {share:.2}%  interval F1 {:.2}",
                self.with_interval,
                relaxed * share / 100.0
            ));
        }
        if options.by_type {
            for (name, (gold, found, right)) in &self.by_type {
                say(format!(
                    "  {name:9} gold {gold:5}  found {:5.1}%  value right {:5.1}%",
                    percent(*found, *gold),
                    percent(*right, *gold)
                ));
            }
        }
        for text in &self.shown {
            say(text.clone());
        }
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        for (sort, text) in &self.errors {
            let count = shown.entry(sort).or_default();
            if *count < options.errors && options.kind.as_deref().is_none_or(|kind| kind == *sort) {
                *count += 1;
                say(format!("{sort:5} {text}"));
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// For each gold item the number of the found one it is paired with.
fn pair(gold: &[GoldTimex], found: &[Found]) -> Vec<Option<usize>> {
    let mut used = vec![false; found.len()];
    let mut pairs = vec![None; gold.len()];
    let by_span: BTreeMap<(usize, usize), usize> = found
        .iter()
        .enumerate()
        .map(|(at, found)| ((found.start, found.end), at))
        .collect();
    for (gold, pair) in gold.iter().zip(&mut pairs) {
        if let Some(at) = by_span.get(&(gold.start, gold.end))
            && let Some(used) = used.get_mut(*at).filter(|used| !**used)
        {
            *used = true;
            *pair = Some(*at);
        }
    }
    for (gold, pair) in gold
        .iter()
        .zip(&mut pairs)
        .filter(|(_, pair)| pair.is_none())
    {
        let mut best = (0, None);
        for (at, found) in found.iter().enumerate() {
            let shared = gold
                .end
                .min(found.end)
                .saturating_sub(gold.start.max(found.start));
            if shared > best.0 && used.get(at) == Some(&false) {
                best = (shared, Some(at));
            }
        }
        if let Some(used) = best.1.and_then(|at| used.get_mut(at)) {
            *used = true;
        }
        *pair = best.1;
    }
    pairs
}

const fn type_name(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

fn gold_days(gold: &GoldTimex) -> Option<Days> {
    let day = |end| {
        gold.rest
            .get(end)
            .and_then(|day| day.as_str())
            .map(str::to_owned)
    };
    let days = if gold.rest.contains_key("lo") || gold.rest.contains_key("hi") {
        (day("lo"), day("hi"))
    } else {
        value_days(gold.value.as_deref()?)?
    };
    (days != (None, None)).then_some(days)
}

/// The days the program itself gives, or those of its value where it gives none.
fn found_days(timex: &Timex) -> Option<Days> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    match timex.interval {
        Some(interval) => Some((text(interval.earliest), text(interval.latest))),
        _ => value_days(&timex.value),
    }
}

fn line(document: &GoldDocument, gold: Option<&GoldTimex>, found: Option<&Found>) -> String {
    let chars = |from: usize, to: usize| -> String {
        let text = document
            .text
            .chars()
            .skip(from)
            .take(to.saturating_sub(from));
        text.map(|c| if c == '\n' { ' ' } else { c }).collect()
    };
    let start = gold.map_or_else(|| found.map_or(0, |found| found.start), |gold| gold.start);
    let end = gold.map_or_else(|| found.map_or(0, |found| found.end), |gold| gold.end);
    let mut out = format!(
        "{} dct={} ",
        document.id,
        document.dct.as_deref().unwrap_or("none")
    );
    if let Some(gold) = gold {
        let _ = write!(
            out,
            "gold {}={} ",
            gold.r#type.as_deref().unwrap_or("-"),
            gold.value.as_deref().unwrap_or("-")
        );
        if let (Some(lo), Some(hi)) = (gold.rest.get("lo"), gold.rest.get("hi")) {
            let _ = write!(out, "({lo}..{hi}) ");
        }
    }
    if let Some(found) = found {
        let timex = &found.timex;
        let _ = write!(
            out,
            "| «{}» {}={} [{}] ",
            chars(found.start, found.end),
            type_name(timex.kind),
            timex.value,
            timex.rule
        );
    }
    let _ = write!(
        out,
        "| …{}[{}]{}…",
        chars(start.saturating_sub(40), start),
        chars(start, end),
        chars(end, end + 25)
    );
    out
}
