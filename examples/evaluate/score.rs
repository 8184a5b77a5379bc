//! Pairing what was found with the gold, and the figures that come of it.
//!
//! Gold and prediction are paired one to one, identical spans first, then overlapping ones in text order. Strict counts identical spans, relaxed all
//! pairs; type and value F1 are relaxed F1 times the share of pairs that agree (TempEval-3, UzZaman et al. 2013, micro over all documents).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use jiff::civil::Date;
use postil::time::{Timex, TimexKind};
use serde::Deserialize;

use super::class::{Agreement, Classes};
use super::value::{Days, value_days};

/// A document with its gold.
#[derive(Deserialize)]
pub(crate) struct GoldDocument {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) dct: Option<String>,
    timexes: Vec<GoldTimex>,
}

#[derive(Deserialize)]
pub(crate) struct GoldTimex {
    start: usize,
    end: usize,
    r#type: Option<String>,
    value: Option<String>,
    /// `lo` and `hi`, first and last day, where the data has them; null is an open end.
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

/// What was found, in code points.
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) timex: Timex,
}

/// Counts over all documents.
#[derive(Default)]
pub(crate) struct Tally {
    gold: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    kind: usize,
    value: usize,
    with_interval: usize,
    interval: usize,
    by_type: BTreeMap<String, Counts>,
    by_class: Classes,
    errors: Vec<(&'static str, String)>,
}

/// Counts of one TIMEX3 type.
#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    paired: usize,
    right: usize,
}

impl Tally {
    /// Counts one document.
    pub(crate) fn add(&mut self, document: &GoldDocument, found: &[Found]) {
        self.gold += document.timexes.len();
        self.found += found.len();
        let pairs = pair(&document.timexes, found);
        let mut used = vec![false; found.len()];
        for (gold, pair) in document.timexes.iter().zip(pairs) {
            let match_ = pair.and_then(|at| found.get(at));
            let agrees = match_.map(|match_| Agreement {
                strict: gold.start == match_.start && gold.end == match_.end,
                value: gold.value.as_deref() == Some(&match_.timex.value),
                days: gold_days(gold)
                    .map(|days| found_days(&match_.timex).is_some_and(|found| found == days)),
            });
            self.by_class
                .gold(&chars(document, gold.start, gold.end), agrees);
            let kind = gold.r#type.clone().unwrap_or_default();
            self.by_type.entry(kind.clone()).or_default().gold += 1;
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
            self.relaxed += 1;
            let same_type = kind == type_name(match_.timex.kind);
            let right = gold.value.as_deref() == Some(&match_.timex.value);
            let counts = self.by_type.entry(kind).or_default();
            counts.paired += usize::from(same_type);
            counts.right += usize::from(same_type && right);
            let mut fail = |sort| {
                self.errors
                    .push((sort, line(document, Some(gold), Some(match_))));
            };
            if gold.start == match_.start && gold.end == match_.end {
                self.strict += 1;
            } else {
                fail("SPAN");
            }
            if same_type {
                self.kind += 1;
            } else {
                fail("TYPE");
            }
            if right {
                self.value += 1;
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
            let kind = type_name(match_.timex.kind).to_owned();
            self.by_type.entry(kind).or_default().found += 1;
            if !used {
                self.by_class
                    .spurious(&chars(document, match_.start, match_.end));
                self.errors
                    .push(("SPUR", line(document, None, Some(match_))));
            }
        }
    }

    /// The figures, a line each.
    pub(crate) fn figures(&self, n_documents: usize, n_bytes: usize, spent: Duration) -> String {
        let megabytes = n_bytes as f64 / 1e6;
        let seconds = spent.as_secs_f64();
        let mut out = format!(
            "documents {n_documents}  gold {}  pred {}  text {megabytes:.3} MB\n",
            self.gold, self.found
        );
        for (name, hits) in [("strict ", self.strict), ("relaxed", self.relaxed)] {
            let (p, r) = (percent(hits, self.found), percent(hits, self.gold));
            let _ = writeln!(out, "{name} F1 {:.2}  P {p:.2}  R {r:.2}", f1(p, r));
        }
        let relaxed = self.relaxed_f1();
        for (name, hits) in [("type   ", self.kind), ("value  ", self.value)] {
            let share = percent(hits, self.relaxed);
            let f1 = relaxed * share / 100.0;
            let _ = writeln!(out, "{name} F1 {f1:.2}  (accuracy on matched {share:.2})");
        }
        let speed = megabytes / seconds.max(1e-9);
        let _ = write!(out, "speed   {speed:.1} MB/s ({seconds:.3} s)");
        out
    }

    /// How many first and last days are right.
    pub(crate) fn intervals(&self) -> String {
        let share = percent(self.interval, self.with_interval);
        format!(
            "interval: {} matched gold dates with an interval; exact {share:.2}%  interval F1 {:.2}",
            self.with_interval,
            self.relaxed_f1() * share / 100.0
        )
    }

    /// Precision, recall and F1 of each type, with the share of right values among the pairs of that type.
    pub(crate) fn types(&self) -> String {
        let mut out = String::new();
        for (name, counts) in &self.by_type {
            let (p, r) = (
                percent(counts.paired, counts.found),
                percent(counts.paired, counts.gold),
            );
            let _ = writeln!(
                out,
                "  {name:9} gold {:5}  P {p:5.1}  R {r:5.1}  F1 {:5.1}  value right {:5.1}%",
                counts.gold,
                f1(p, r),
                percent(counts.right, counts.paired)
            );
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// Precision, recall and F1 of each class of expression.
    pub(crate) fn classes(&self) -> String {
        self.by_class.table()
    }

    /// The first so many errors of each sort, or of one sort.
    pub(crate) fn errors(&self, most: usize, sort: Option<&str>) -> Vec<String> {
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        let wanted = self
            .errors
            .iter()
            .filter(|(of, _)| sort.is_none_or(|sort| sort == *of));
        wanted
            .filter(|(of, _)| {
                let count = shown.entry(of).or_default();
                *count += 1;
                *count <= most
            })
            .map(|(of, text)| format!("{of:5} {text}"))
            .collect()
    }

    fn relaxed_f1(&self) -> f64 {
        f1(
            percent(self.relaxed, self.found),
            percent(self.relaxed, self.gold),
        )
    }
}

pub(crate) fn percent(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}

pub(crate) fn f1(p: f64, r: f64) -> f64 {
    if p + r == 0.0 {
        0.0
    } else {
        2.0 * p * r / (p + r)
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

/// As TIMEX3 spells it.
pub(crate) const fn type_name(kind: TimexKind) -> &'static str {
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

/// The words between two code points, on one line.
fn chars(document: &GoldDocument, from: usize, to: usize) -> String {
    let text = document.text.chars().skip(from);
    text.take(to.saturating_sub(from))
        .map(|c| if c == '\n' { ' ' } else { c })
        .collect()
}

/// An expression with what was expected, what was found and the words around it.
pub(crate) fn line(
    document: &GoldDocument,
    gold: Option<&GoldTimex>,
    found: Option<&Found>,
) -> String {
    let chars = |from: usize, to: usize| chars(document, from, to);
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
