//! Quotations and their speakers: F1 of spans, and end to end with the speaker.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use postil::text::{Offsets, TextRange};
use postil::{import, language};
use serde::Deserialize;
use serde_json::json;

use super::gold::{self, GoldError};

/// What to score and what to print.
#[derive(Args)]
pub(crate) struct Options {
    /// JSONL file with `{"id","text","quotes":[{"start","end","speaker_start","speaker_end"}]}` lines.
    file: PathBuf,
    /// Score only quotations of so many words and more.
    #[arg(long, default_value_t = 0)]
    min_words: usize,
    /// Print what was found as JSONL in the form of the gold instead of scoring it.
    #[arg(long)]
    predictions: bool,
    /// Show so many quotations that were missed, spurious, or given to somebody else.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

#[derive(Deserialize)]
struct GoldDocument {
    id: String,
    text: String,
    quotes: Vec<GoldQuote>,
}

#[derive(Deserialize)]
struct GoldQuote {
    start: u32,
    end: u32,
    speaker_start: Option<u32>,
    speaker_end: Option<u32>,
    #[serde(default)]
    speaker_more: Vec<(u32, u32)>,
}

/// A quotation with its speakers, in bytes.
struct Said {
    range: TextRange,
    speakers: Vec<TextRange>,
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    strict: usize,
    overlap: usize,
    with_speaker: usize,
    mention: usize,
    name: usize,
    end_to_end: usize,
}

/// The figures as text.
pub(crate) fn report(options: &Options) -> Result<String, GoldError> {
    let documents: Vec<GoldDocument> = gold::read(&options.file)?;
    let mut counts = Counts::default();
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    let (mut spent, mut n_bytes) = (Duration::ZERO, 0);
    for document in &documents {
        let text = document.text.as_str();
        let laid_out = import::exact(&document.id, text, None, None);
        let sentences = language::sentence::sentences(&laid_out);
        let mentions = language::entities::mentions(&laid_out, &sentences);
        let before = Instant::now();
        let quotes = language::quotes::quotes(&laid_out, &sentences, &mentions);
        spent += before.elapsed();
        n_bytes += text.len();
        let offsets = Offsets::new(text);
        let found: Vec<Said> = quotes
            .iter()
            .map(|(range, quote)| Said {
                range: *range,
                speakers: quote.speaker.iter().map(|speaker| speaker.range).collect(),
            })
            .collect();
        if options.predictions {
            let point = |at| offsets.code_point(text, at);
            let quotes: Vec<serde_json::Value> = found
                .iter()
                .map(|said| match said.speakers.first() {
                    Some(speaker) => {
                        json!({"start": point(said.range.start), "end": point(said.range.end),
                        "speaker_start": point(speaker.start), "speaker_end": point(speaker.end)})
                    }
                    None => json!({"start": point(said.range.start), "end": point(said.range.end)}),
                })
                .collect();
            lines.push(json!({"id": document.id, "quotes": quotes}).to_string());
            continue;
        }
        let byte = |at| offsets.byte_of_code_point(text, at);
        let gold: Vec<Said> = document
            .quotes
            .iter()
            .map(|quote| Said {
                range: TextRange::new(byte(quote.start), byte(quote.end)),
                speakers: quote
                    .speaker_start
                    .zip(quote.speaker_end)
                    .into_iter()
                    .chain(quote.speaker_more.iter().copied())
                    .map(|(start, end)| TextRange::new(byte(start), byte(end)))
                    .collect(),
            })
            .collect();
        counts.add(text, &gold, &found, options.min_words, &mut errors);
    }
    if options.predictions {
        return Ok(lines.join("\n"));
    }
    errors.truncate(options.errors);
    errors.push(counts.figures(n_bytes, spent));
    Ok(errors.join("\n"))
}

impl Counts {
    fn add(
        &mut self,
        text: &str,
        gold: &[Said],
        found: &[Said],
        min_words: usize,
        errors: &mut Vec<String>,
    ) {
        let trim = |said: &[Said]| -> Vec<(usize, TextRange)> {
            let trimmed = said.iter().map(|said| trimmed(text, said.range));
            trimmed
                .enumerate()
                .filter(|(_, range)| !range.is_empty())
                .collect()
        };
        let (gold_spans, found_spans) = (trim(gold), trim(found));
        let matched = matched(text, &gold_spans, &found_spans);
        let in_scope =
            |range: &TextRange| range.of_text(text).split_whitespace().count() >= min_words;
        let around = |range: TextRange| {
            let before = text.get(..range.start as usize).unwrap_or_default();
            let lead: Vec<char> = before.chars().rev().take(90).collect();
            let after: String = text
                .get(range.start as usize..)
                .unwrap_or_default()
                .chars()
                .take(range.len() as usize + 60)
                .collect();
            let lead: String = lead.into_iter().rev().collect();
            format!("{lead}>>{after}").replace('\n', "¶")
        };
        for (index, (number, span)) in gold_spans.iter().enumerate() {
            let Some(said) = gold.get(*number).filter(|_| in_scope(span)) else {
                continue;
            };
            self.gold += 1;
            let Some((number, found_span)) = matched
                .get(&index)
                .and_then(|index| found_spans.get(*index))
            else {
                errors.push(format!("MISS {}", around(*span)));
                continue;
            };
            self.overlap += 1;
            self.strict += usize::from(found_span == span);
            let speaker = found
                .get(*number)
                .and_then(|found| found.speakers.first().copied());
            let Some(first) = said.speakers.first() else {
                self.end_to_end += usize::from(speaker.is_none());
                continue;
            };
            self.with_speaker += 1;
            let mention =
                speaker.is_some_and(|found| said.speakers.iter().any(|gold| gold.overlaps(found)));
            let spelled = speaker.map_or("", |found| found.of_text(text));
            let named = mention
                || (!spelled.is_empty() && last_word(spelled) == last_word(first.of_text(text)));
            self.mention += usize::from(mention);
            self.name += usize::from(named);
            self.end_to_end += usize::from(named);
            if !named {
                errors.push(format!(
                    "WHO gold={:?} found={spelled:?} {}",
                    first.of_text(text),
                    around(*span)
                ));
            }
        }
        let taken: HashMap<usize, usize> = matched
            .iter()
            .map(|(gold, found)| (*found, *gold))
            .collect();
        for (index, (_, span)) in found_spans.iter().enumerate() {
            let matched = taken.get(&index).and_then(|gold| gold_spans.get(*gold));
            let counted = in_scope(matched.map_or(span, |(_, gold)| gold));
            if matched.is_none() && counted {
                errors.push(format!("SPUR {}", around(*span)));
            }
            self.found += usize::from(counted);
        }
    }

    fn figures(&self, n_bytes: usize, spent: Duration) -> String {
        let share = |part: usize, whole: usize| {
            if whole == 0 {
                0.0
            } else {
                part as f64 / whole as f64
            }
        };
        let f1 = |right: usize| {
            let (precision, recall) = (share(right, self.found), share(right, self.gold));
            if right == 0 {
                0.0
            } else {
                2.0 * precision * recall / (precision + recall)
            }
        };
        format!(
            "gold {} · found {} · strict F1 {:.4} · overlap F1 {:.4} · end to end F1 {:.4} · mention {:.4} · name {:.4} · {:.1} MB/s",
            self.gold,
            self.found,
            f1(self.strict),
            f1(self.overlap),
            f1(self.end_to_end),
            share(self.mention, self.with_speaker),
            share(self.name, self.with_speaker),
            n_bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9),
        )
    }
}

/// Gold and found spans, numbered in their lists, matched one to one by largest overlap.
fn matched(
    text: &str,
    gold: &[(usize, TextRange)],
    found: &[(usize, TextRange)],
) -> HashMap<usize, usize> {
    let chars = |range: TextRange| range.of_text(text).chars().count();
    let mut candidates: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
    for (index, (_, gold)) in gold.iter().enumerate() {
        for (at, (_, found)) in found.iter().enumerate() {
            if let Some(shared) = gold.intersection(*found) {
                let share = chars(shared) as f64 / chars(*gold).max(chars(*found)) as f64;
                candidates.push((Reverse((share * 1e12) as u64), index, at));
            }
        }
    }
    candidates.sort_unstable();
    let mut matched = HashMap::new();
    let mut taken = HashSet::new();
    for (_, gold, found) in candidates {
        if !matched.contains_key(&gold) && taken.insert(found) {
            matched.insert(gold, found);
        }
    }
    matched
}

/// The span without marks, blanks, commas and stops around it.
fn trimmed(text: &str, range: TextRange) -> TextRange {
    let outside = |letter: char| {
        matches!(
            letter,
            '"' | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '‘'
                | '’'
                | '\''
                | ' '
                | '\n'
                | '\t'
                | '\r'
                | ','
                | '.'
                | '…'
        )
    };
    let inner = range.of_text(text);
    let lead = inner.len() - inner.trim_start_matches(outside).len();
    let start = range.start as usize + lead;
    TextRange::of(start, start + inner.trim_matches(outside).len())
}

fn last_word(name: &str) -> String {
    let bare = name.replace("’s", "").replace("'s", "");
    let mut words = bare.split_whitespace().map(|word| {
        word.trim_matches(|letter: char| ".,;:’'\"“”()".contains(letter))
            .to_lowercase()
    });
    words.rfind(|word| !word.is_empty()).unwrap_or_default()
}
