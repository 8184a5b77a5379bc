//! Reused passages: the measures of PAN text alignment (Potthast et al. 2010), and the share of right classes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use postil::text::Offsets;
use postil::trace::passage::passage;
use postil::trace::reuse::{Options as Reusing, shared};
use postil::trace::words::Words;
use serde::Deserialize;
use serde_json::json;

use super::gold::{self, GoldError};

/// What to score and what to print.
#[derive(Args)]
pub(crate) struct Options {
    /// JSONL file with `{"a","a_start","a_end","b","b_start","b_end","class"}` lines; the documents lie beside it (`…_docs.jsonl` for `…_gold.jsonl`).
    file: PathBuf,
    /// Score only pairs with one id that begins with the first word and one that begins with the second: `news_:speech_`.
    #[arg(long)]
    cross: Option<String>,
    /// Score only pairs of documents the gold names.
    #[arg(long)]
    gold_pairs: bool,
    /// Print what was found as JSONL in the form of the gold instead of scoring it.
    #[arg(long)]
    predictions: bool,
    /// Look for passages as in a library of so many words, more than the documents have: a large one asks for more.
    #[arg(long, default_value_t = 0)]
    library_words: usize,
    /// Show so many missed passages and wrong classes.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

#[derive(Deserialize)]
struct GoldDocument {
    id: String,
    text: String,
}

/// A passage of two documents, in code points; the lesser id first.
#[derive(Deserialize, Clone)]
struct Case {
    a: String,
    a_start: i64,
    a_end: i64,
    b: String,
    b_start: i64,
    b_end: i64,
    class: Option<String>,
}

impl Case {
    fn in_order(self) -> Self {
        if self.a <= self.b {
            return self;
        }
        Self {
            a: self.b,
            a_start: self.b_start,
            a_end: self.b_end,
            b: self.a,
            b_start: self.a_start,
            b_end: self.a_end,
            class: self.class,
        }
    }

    fn sides(&self) -> [(i64, i64); 2] {
        [(self.a_start, self.a_end), (self.b_start, self.b_end)]
    }

    fn n_chars(&self) -> i64 {
        self.a_end - self.a_start + self.b_end - self.b_start
    }

    fn touches(&self, other: &Self) -> bool {
        let pairs = self.sides().into_iter().zip(other.sides());
        pairs.into_iter().all(|(x, y)| x.0.max(y.0) < x.1.min(y.1))
    }

    fn pair(&self) -> (&str, &str) {
        (&self.a, &self.b)
    }
}

/// The figures as text.
pub(crate) fn report(options: &Options) -> Result<String, GoldError> {
    let name = options
        .file
        .to_string_lossy()
        .replace("_gold.jsonl", "_docs.jsonl");
    let documents: Vec<GoldDocument> = gold::read(&PathBuf::from(name))?;
    let gold: Vec<Case> = gold::read(&options.file)?;
    let before = Instant::now();
    let words: Vec<Words> = documents
        .iter()
        .map(|document| Words::of(&document.text))
        .collect();
    let all: Vec<&Words> = words.iter().collect();
    let mut found = Vec::new();
    let mut lines = Vec::new();
    let n_words: usize = words.iter().map(Words::len).sum();
    let passages = shared(
        &all,
        &Reusing::for_words(n_words.max(options.library_words)),
    );
    let spent = before.elapsed();
    let offsets: Vec<Offsets> = documents
        .iter()
        .map(|document| Offsets::new(&document.text))
        .collect();
    for one in &passages {
        let (a, b) = (one.a, one.b);
        let (Some(of_a), Some(of_b)) = (documents.get(a), documents.get(b)) else {
            continue;
        };
        let (Some(words_a), Some(words_b), Some(at_a), Some(at_b)) =
            (words.get(a), words.get(b), offsets.get(a), offsets.get(b))
        else {
            continue;
        };
        let Some(passage) = passage((&of_a.text, words_a), (&of_b.text, words_b), &one.region)
        else {
            continue;
        };
        let point =
            |offsets: &Offsets, text: &str, at: u32| i64::from(offsets.code_point(text, at));
        let case = Case {
            a: of_a.id.clone(),
            a_start: point(at_a, &of_a.text, passage.a.start),
            a_end: point(at_a, &of_a.text, passage.a.end),
            b: of_b.id.clone(),
            b_start: point(at_b, &of_b.text, passage.b.start),
            b_end: point(at_b, &of_b.text, passage.b.end),
            class: Some(passage.class.as_str().to_owned()),
        };
        if options.predictions {
            lines.push(
                json!({"a": case.a, "a_start": case.a_start, "a_end": case.a_end, "b": case.b, "b_start": case.b_start,
                    "b_end": case.b_end, "class": case.class})
                .to_string(),
            );
        }
        found.push(case.in_order());
    }
    if options.predictions {
        return Ok(lines.join("\n"));
    }
    let mut gold: Vec<Case> = gold.into_iter().map(Case::in_order).collect();
    if let Some((x, y)) = options
        .cross
        .as_deref()
        .and_then(|cross| cross.split_once(':'))
    {
        let crosses = |case: &Case| {
            (case.a.starts_with(x) && case.b.starts_with(y))
                || (case.a.starts_with(y) && case.b.starts_with(x))
        };
        gold.retain(crosses);
        found.retain(crosses);
    }
    if options.gold_pairs {
        let pairs: HashSet<(String, String)> = gold
            .iter()
            .map(|case| (case.a.clone(), case.b.clone()))
            .collect();
        found.retain(|case| pairs.contains(&(case.a.clone(), case.b.clone())));
    }
    Ok(figures(&gold, &found, spent, options.errors))
}

/// Spans by documents and side.
type Sides<'a> = HashMap<(&'a str, &'a str, usize), Vec<(i64, i64)>>;
type ByPair<'a> = HashMap<(&'a str, &'a str), Vec<&'a Case>>;

fn by_pair(cases: &[Case]) -> ByPair<'_> {
    let mut pairs = ByPair::new();
    for case in cases {
        pairs.entry(case.pair()).or_default().push(case);
    }
    pairs
}

fn touching<'a>(case: &Case, others: &ByPair<'a>) -> Vec<&'a Case> {
    let all = others
        .get(&case.pair())
        .map(Vec::as_slice)
        .unwrap_or_default();
    all.iter()
        .copied()
        .filter(|other| case.touches(other))
        .collect()
}

/// The length of the union of spans.
fn union(mut spans: Vec<(i64, i64)>) -> i64 {
    spans.sort_unstable();
    let (mut n_chars, mut last) = (0, i64::MIN);
    for (start, end) in spans {
        n_chars += (end - start.max(last)).max(0);
        last = last.max(end);
    }
    n_chars
}

/// How much of each side of a case the others cover.
fn covered(case: &Case, others: &[&Case]) -> [i64; 2] {
    let side = |at: usize| {
        let clipped = others.iter().filter_map(|other| {
            let ((start, end), (from, to)) = (*case.sides().get(at)?, *other.sides().get(at)?);
            let span = (start.max(from), end.min(to));
            (span.0 < span.1).then_some(span)
        });
        union(clipped.collect())
    };
    [side(0), side(1)]
}

fn macro_average(cases: &[Case], others: &ByPair) -> f64 {
    let shares = cases.iter().map(|case| {
        let touching = touching(case, others);
        let [a, b] = covered(case, &touching);
        (a + b) as f64 / case.n_chars().max(1) as f64
    });
    shares.sum::<f64>() / cases.len().max(1) as f64
}

/// Characters of all cases, each once.
fn n_chars(cases: &[Case]) -> i64 {
    let mut sides = Sides::new();
    for case in cases {
        for (at, side) in case.sides().into_iter().enumerate() {
            sides.entry((&case.a, &case.b, at)).or_default().push(side);
        }
    }
    sides.into_values().map(union).sum()
}

/// The three classes that are told apart.
fn three(class: &str) -> &str {
    match class {
        "verbatim" | "typographic" => "same",
        "altered" | "rewritten" => "altered",
        other => other,
    }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    }
}

fn figures(gold: &[Case], found: &[Case], spent: Duration, errors: usize) -> String {
    let (of_gold, of_found) = (by_pair(gold), by_pair(found));
    let (precision, recall) = (
        macro_average(found, &of_gold),
        macro_average(gold, &of_found),
    );
    let hits: Vec<usize> = gold
        .iter()
        .map(|case| touching(case, &of_found).len())
        .filter(|n| *n > 0)
        .collect();
    let granularity = if hits.is_empty() {
        1.0
    } else {
        hits.iter().sum::<usize>() as f64 / hits.len() as f64
    };
    let plagdet = f1(precision, recall) / (1.0 + granularity).log2();
    let mut common = Vec::new();
    let (mut right, mut classed) = (0_usize, 0_usize);
    let mut by_class: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut shown = Vec::new();
    for case in gold {
        let touching = touching(case, &of_found);
        for other in &touching {
            common.push(Case {
                a_start: case.a_start.max(other.a_start),
                a_end: case.a_end.min(other.a_end),
                b_start: case.b_start.max(other.b_start),
                b_end: case.b_end.min(other.b_end),
                ..case.clone()
            });
        }
        let [a, b] = covered(case, &touching);
        let ok = !touching.is_empty()
            && 2 * a >= case.a_end - case.a_start
            && 2 * b >= case.b_end - case.b_start;
        let class = case.class.as_deref().unwrap_or("?");
        let counts = by_class.entry(class).or_default();
        counts.0 += usize::from(ok);
        counts.1 += 1;
        if !ok {
            shown.push(format!(
                "MISS {class} {} {}..{} / {} {}..{}",
                case.a, case.a_start, case.a_end, case.b, case.b_start, case.b_end
            ));
        }
        let known = matches!(
            class,
            "verbatim" | "typographic" | "ellipsis" | "altered" | "rewritten"
        );
        // Of several the first that covers most, as the scorer takes it.
        let mut best: Option<(&Case, i64)> = None;
        for other in &touching {
            let shared = case.a_end.min(other.a_end) - case.a_start.max(other.a_start);
            if best.is_none_or(|(_, most)| shared > most) {
                best = Some((other, shared));
            }
        }
        if let Some((best, _)) = best.filter(|_| known) {
            let told = best.class.as_deref().unwrap_or("?");
            classed += 1;
            right += usize::from(three(told) == three(class));
            if three(told) != three(class) {
                shown.push(format!(
                    "CLASS {class} told {told}: {} {}..{} / {} {}..{}",
                    case.a, case.a_start, case.a_end, case.b, case.b_start, case.b_end
                ));
            }
        }
    }
    let shared = n_chars(&common) as f64;
    let (micro_p, micro_r) = (
        shared / n_chars(found).max(1) as f64,
        shared / n_chars(gold).max(1) as f64,
    );
    let recalls: Vec<String> = by_class
        .iter()
        .map(|(class, (ok, all))| format!("{class} {:.3}", *ok as f64 / *all as f64))
        .collect();
    shown.truncate(errors);
    shown.push(format!(
        "cases {} · found {} · precision {precision:.4} · recall {recall:.4} · granularity {granularity:.4} · plagdet {plagdet:.4} · micro P {micro_p:.4} R {micro_r:.4} \
         F1 {:.4} · found half and more: {} · class {:.4} · {:.2} s",
        gold.len(),
        found.len(),
        f1(micro_p, micro_r),
        recalls.join(", "),
        right as f64 / classed.max(1) as f64,
        spent.as_secs_f64(),
    ));
    shown.join("\n")
}
