//! Weights from labelled sentences, and the model file made of them.
//!
//! Two ways to learn, both averaged over all steps (Collins 2002) with features left out at random: the structured perceptron against the best labelling with a
//! margin, or gradient steps on the likelihood (a conditional random field). Several runs with different orders are averaged. The rows with the largest
//! weights are kept, rounded to a byte each.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::hash::{BuildHasherDefault, Hasher};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use postil::language::entities::tagger::{
    Builder, LABELS, Label, Lexicon, Model, ROW, STEPS, Sentence, features, file,
};

use super::chain::{Scores, Steps, best, likelihoods};
use super::data::{self, Labelled};
use super::manifest;
use super::random::Random;
use super::score::score;

/// What to learn from, and how.
#[derive(Args)]
pub(crate) struct Options {
    /// Folder with the data.
    #[arg(long)]
    data: PathBuf,
    /// Lexicon file made by `classes`.
    #[arg(long)]
    lexicon: PathBuf,
    /// Model file to write; the manifest is written beside it.
    #[arg(long)]
    out: PathBuf,
    /// Files in the folder that the tagger alone is scored on afterwards, without `.jsonl`.
    #[arg(long, value_delimiter = ',')]
    check: Vec<String>,
    /// Files of the data that are not learnt from, without `.jsonl`: to see what each is worth.
    #[arg(long, value_delimiter = ',')]
    leave_out: Vec<String>,
    /// How to learn.
    #[arg(long, value_enum, default_value_t = Loss::Perceptron)]
    loss: Loss,
    /// Times each sentence is seen in a run.
    #[arg(long, default_value_t = 7)]
    epochs: usize,
    /// Size of the first gradient step; the perceptron's is one.
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// What a wrong label must lose by.
    #[arg(long, default_value_t = 1.0)]
    margin: f32,
    /// Percent of the features left out at a token.
    #[arg(long, default_value_t = 35)]
    dropout: usize,
    /// Runs that are averaged, two at a time.
    #[arg(long, default_value_t = 4)]
    runs: usize,
    /// Rows kept.
    #[arg(long, default_value_t = 170_000)]
    rows: usize,
    /// Least number of tokens a feature is seen at.
    #[arg(long, default_value_t = 2)]
    seen: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Loss {
    /// Structured perceptron.
    Perceptron,
    /// Conditional random field.
    Likelihood,
}

/// Keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, key: u64) {
        self.0 = key.rotate_left(20);
    }
}

type Numbers = HashMap<u64, u32, BuildHasherDefault<AsIs>>;

/// The sentences as numbers of features.
struct Corpus {
    /// The key of each feature.
    keys: Vec<u64>,
    /// The features of all tokens.
    features: Vec<u32>,
    /// Where the features of each token end.
    ends: Vec<usize>,
    /// The first token of each sentence and one past the last.
    sentences: Vec<(usize, usize)>,
    labels: Vec<Label>,
}

/// Learns and writes.
pub(crate) fn run(options: &Options) -> Result<String, Box<dyn Error>> {
    let bytes = std::fs::read(&options.lexicon)?;
    let (words, paths) =
        parts(&bytes).ok_or("the lexicon file is cut short; make it again with `classes`")?;
    let lexicon = Lexicon::new(words, paths)
        .ok_or("the lexicon file is damaged; make it again with `classes`")?;
    let (labelled, sources) = data::read(&options.data, &lexicon, &options.leave_out)?;
    let corpus = corpus(&labelled, options.seen);
    let n_tokens = corpus.labels.len();
    drop(labelled);
    let mut total: Vec<Scores> = vec![[0.0; LABELS]; corpus.keys.len()];
    let mut steps = Steps::default();
    let mut done = 0;
    while done < options.runs {
        let now = (options.runs - done).min(2);
        let found: Vec<(Vec<Scores>, Steps)> = std::thread::scope(|scope| {
            let corpus = &corpus;
            let runs: Vec<_> = (done..done + now)
                .map(|run| scope.spawn(move || learn(corpus, options, run as u64)))
                .collect();
            runs.into_iter().filter_map(|run| run.join().ok()).collect()
        });
        for (weights, found) in found {
            add(&mut total, &weights);
            add(&mut steps.0, &found.0);
        }
        done += now;
    }
    let (rows, steps) = rounded(&corpus.keys, &total, &steps, options.rows);
    let model = file(words, paths, &rows, &steps);
    std::fs::write(&options.out, &model)?;
    let mut report = format!(
        "{} sentences, {n_tokens} tokens, {} features, model {} bytes",
        corpus.sentences.len(),
        corpus.keys.len(),
        model.len()
    );
    let mut figures = Vec::new();
    let read = Model::new(&model).ok_or("the model that was made cannot be read")?;
    for name in &options.check {
        let checked = data::file(&options.data, name, &lexicon)?;
        let figure = score(&read, &checked);
        write!(report, "\n{name:24} {figure}")?;
        figures.push((name.clone(), figure));
    }
    manifest::write(
        &options.out.with_extension("toml"),
        &model,
        &sources,
        &figures,
        n_tokens,
    )?;
    Ok(report)
}

fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

fn add(total: &mut [Scores], more: &[Scores]) {
    for (total, more) in total.iter_mut().zip(more) {
        for (total, more) in total.iter_mut().zip(more) {
            *total += more;
        }
    }
}

fn each_feature(sentence: &Sentence, mut take: impl FnMut(usize, u64)) {
    for at in 0..sentence.len() {
        features(sentence, at, &mut |feature| take(at, feature));
    }
}

fn corpus(labelled: &[Labelled], seen: u32) -> Corpus {
    let mut counts = Numbers::default();
    for one in labelled {
        each_feature(&one.sentence, |_, feature| {
            *counts.entry(feature).or_default() += 1;
        });
    }
    let mut keys: Vec<u64> = counts
        .iter()
        .filter(|(_, count)| **count >= seen)
        .map(|(key, _)| *key)
        .collect();
    drop(counts);
    keys.sort_unstable();
    let numbers: Numbers = keys
        .iter()
        .enumerate()
        .map(|(number, key)| (*key, number as u32))
        .collect();
    let mut corpus = Corpus {
        keys,
        features: Vec::new(),
        ends: Vec::new(),
        sentences: Vec::new(),
        labels: Vec::new(),
    };
    for one in labelled {
        let first = corpus.labels.len();
        for at in 0..one.sentence.len() {
            features(&one.sentence, at, &mut |feature| {
                corpus.features.extend(numbers.get(&feature));
            });
            corpus.ends.push(corpus.features.len());
        }
        corpus.labels.extend(&one.labels);
        corpus.sentences.push((first, corpus.labels.len()));
    }
    corpus
}

impl Corpus {
    fn of_token(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.features[start..self.ends[token]]
    }
}

/// Weights, and the sums that make their average.
struct Learner {
    weights: Vec<Scores>,
    sums: Vec<Scores>,
    steps: Steps,
    step_sums: Steps,
    n_steps: f32,
}

impl Learner {
    /// Moves the weights of `features` by `by`.
    fn turn(&mut self, features: &[u32], by: &Scores) {
        let count = self.n_steps;
        for feature in features {
            let (weights, sums) = (
                &mut self.weights[*feature as usize],
                &mut self.sums[*feature as usize],
            );
            for label in 0..LABELS {
                weights[label] += by[label];
                sums[label] += by[label] * count;
            }
        }
    }

    fn step(&mut self, from: usize, to: usize, by: f32) {
        self.steps.0[from][to] += by;
        self.step_sums.0[from][to] += by * self.n_steps;
    }
}

/// One run over the corpus: averaged weights of features and steps.
fn learn(corpus: &Corpus, options: &Options, run: u64) -> (Vec<Scores>, Steps) {
    let mut random = Random(run + 1);
    let mut learner = Learner {
        weights: vec![[0.0; LABELS]; corpus.keys.len()],
        sums: vec![[0.0; LABELS]; corpus.keys.len()],
        steps: Steps::default(),
        step_sums: Steps::default(),
        n_steps: 1.0,
    };
    let mut order: Vec<usize> = (0..corpus.sentences.len()).collect();
    let all = (options.epochs * order.len()) as f32;
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for number in &order {
            let (first, last) = corpus.sentences[*number];
            let gold = &corpus.labels[first..last];
            let kept: Vec<Vec<u32>> = (first..last)
                .map(|token| {
                    let all = corpus.of_token(token).iter().copied();
                    all.filter(|_| random.below(100) >= options.dropout)
                        .collect()
                })
                .collect();
            let mut scores: Vec<Scores> = kept
                .iter()
                .map(|kept| sum(&learner.weights, kept))
                .collect();
            for (scores, gold) in scores.iter_mut().zip(gold) {
                for (label, score) in scores.iter_mut().enumerate() {
                    *score += if label == usize::from(gold.0) {
                        0.0
                    } else {
                        options.margin
                    };
                }
            }
            match options.loss {
                Loss::Perceptron => perceive(&mut learner, &kept, &scores, gold),
                Loss::Likelihood => {
                    let rate = options.rate * (1.0 - 0.9 * learner.n_steps / all);
                    climb(&mut learner, &kept, &scores, gold, rate);
                }
            }
            learner.n_steps += 1.0;
        }
    }
    let n_steps = learner.n_steps;
    let average = |weights: &mut [Scores], sums: &[Scores]| {
        for (weights, sums) in weights.iter_mut().zip(sums) {
            for (weight, sum) in weights.iter_mut().zip(sums) {
                *weight -= sum / n_steps;
            }
        }
    };
    average(&mut learner.weights, &learner.sums);
    average(&mut learner.steps.0, &learner.step_sums.0);
    (learner.weights, learner.steps)
}

fn sum(weights: &[Scores], features: &[u32]) -> Scores {
    let mut scores = [0.0; LABELS];
    for feature in features {
        for (score, weight) in scores.iter_mut().zip(&weights[*feature as usize]) {
            *score += weight;
        }
    }
    scores
}

fn perceive(learner: &mut Learner, kept: &[Vec<u32>], scores: &[Scores], gold: &[Label]) {
    let found = best(scores, &learner.steps.legal());
    if found == gold {
        return;
    }
    for (labels, by) in [(gold, 1.0), (&found, -1.0)] {
        let mut before = LABELS;
        for label in labels {
            learner.step(before, usize::from(label.0), by);
            before = usize::from(label.0);
        }
        learner.step(LABELS + 1, before, by);
    }
    for ((features, gold), found) in kept.iter().zip(gold).zip(&found) {
        if gold != found {
            let mut by = [0.0; LABELS];
            by[usize::from(gold.0)] = 1.0;
            by[usize::from(found.0)] = -1.0;
            learner.turn(features, &by);
        }
    }
}

fn climb(learner: &mut Learner, kept: &[Vec<u32>], scores: &[Scores], gold: &[Label], rate: f32) {
    let (likely, mut expected) = likelihoods(scores, &learner.steps.legal());
    let mut before = LABELS;
    for label in gold {
        expected.0[before][usize::from(label.0)] -= 1.0;
        before = usize::from(label.0);
    }
    expected.0[LABELS + 1][before] -= 1.0;
    for from in 0..LABELS + 2 {
        for to in 0..LABELS {
            let by = -rate * expected.0[from][to];
            if by.abs() > 1e-6 {
                learner.step(from, to, by);
            }
        }
    }
    for ((features, gold), mut by) in kept.iter().zip(gold).zip(likely) {
        by[usize::from(gold.0)] -= 1.0;
        if by.iter().any(|by| by.abs() > 0.002) {
            learner.turn(features, &by.map(|by| -rate * by));
        }
    }
}

/// The `rows` features with the largest weights as a table, and the steps, all on one scale.
fn rounded(
    keys: &[u64],
    weights: &[Scores],
    steps: &Steps,
    rows: usize,
) -> (Vec<u8>, [i16; STEPS]) {
    let largest = |row: &Scores| {
        row.iter()
            .fold(0.0_f32, |most, weight| most.max(weight.abs()))
    };
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|one, other| {
        largest(&weights[*other])
            .total_cmp(&largest(&weights[*one]))
            .then(one.cmp(other))
    });
    order.truncate(rows);
    // A few weights are far larger than the rest; they are cut rather than all others made coarse.
    let scale = 127.0 / largest(&weights[order[order.len() / 200]]);
    let mut table = Builder::<ROW>::new(order.len());
    for number in &order {
        let row =
            weights[*number].map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8);
        if row.iter().any(|weight| *weight != 0) {
            table.insert(keys[*number], &row.map(i8::cast_unsigned));
        }
    }
    let mut numbers = [0; STEPS];
    for (number, step) in numbers.iter_mut().zip(steps.0.iter().flatten()) {
        *number = (step * scale).round() as i16;
    }
    (table.bytes(), numbers)
}
