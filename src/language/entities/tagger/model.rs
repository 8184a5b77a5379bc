//! The model file: word classes, feature weights, transitions; read where it lies.
//!
//! In: the bytes of the file. Out: the labels of a sentence. Layout, all little-endian: eight bytes of magic, three `u32` lengths (lexicon, cluster paths, rows), then
//! these parts in this order, then the transitions as `i16`. A row holds a weight (`i8`) for each label; the score of a label is the sum of the rows of the
//! token's features, the score of a labelling that of its labels and of the steps between them (a linear chain). The best one is found exactly (Viterbi).

use super::cell::Sentence;
use super::features::features;
use super::label::{LABELS, Label};
use super::lexicon::Lexicon;
use super::table::Table;

/// Bytes of a place in the table of rows.
pub const ROW: usize = 3 + LABELS;
/// The first bytes of a model file; the digit is the version of layout and features.
const MAGIC: [u8; 8] = *b"postner1";
/// Steps: from each label or the beginning of the sentence to each label, then from each label to its end.
pub const STEPS: usize = (LABELS + 1) * LABELS + LABELS;

/// A model, read where it lies.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    lexicon: Lexicon<'a>,
    rows: Table<'a, ROW>,
    steps: [[i32; LABELS]; LABELS + 1],
    ends: [i32; LABELS],
}

/// What no labelling may do costs this much.
const NEVER: i32 = i32::MIN / 8;

impl<'a> Model<'a> {
    /// The model in `bytes`; none if they are no model of this version.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (magic, bytes) = bytes.split_first_chunk::<8>()?;
        let (lengths, mut bytes) = bytes.split_first_chunk::<12>()?;
        if *magic != MAGIC {
            return None;
        }
        let (lengths, _) = lengths.as_chunks::<4>();
        let mut part = |at: usize| {
            let length = u32::from_le_bytes(*lengths.get(at)?) as usize;
            let (part, rest) = bytes.split_at_checked(length)?;
            bytes = rest;
            Some(part)
        };
        let (words, paths, rows) = (part(0)?, part(1)?, part(2)?);
        let (steps, _) = bytes.as_chunks::<2>();
        if steps.len() != STEPS {
            return None;
        }
        let step = |at: usize| {
            steps
                .get(at)
                .map_or(0, |bytes| i32::from(i16::from_le_bytes(*bytes)))
        };
        let mut model = Self {
            lexicon: Lexicon::new(words, paths)?,
            rows: Table::new(rows)?,
            steps: [[NEVER; LABELS]; LABELS + 1],
            ends: [NEVER; LABELS],
        };
        for (from, steps) in model.steps.iter_mut().enumerate() {
            let before = (from < LABELS).then_some(Label(from as u8));
            for (to, cost) in steps.iter_mut().enumerate() {
                if Label(to as u8).may_follow(before) {
                    *cost = step(from * LABELS + to);
                }
            }
        }
        for (from, cost) in model.ends.iter_mut().enumerate() {
            if Label(from as u8).may_end() {
                *cost = step((LABELS + 1) * LABELS + from);
            }
        }
        Some(model)
    }

    /// Its word classes.
    pub fn lexicon(&self) -> &Lexicon<'a> {
        &self.lexicon
    }

    /// The best labels of a sentence.
    pub fn labels(&self, sentence: &Sentence) -> Vec<Label> {
        let mut before = [0; LABELS];
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(sentence.len());
        for at in 0..sentence.len() {
            // Far from any capital a plain word is no name: there the features, which cost nearly all of the time, are not looked at.
            if !sentence.hopeful(at) {
                let (from, value) = self.to_outside(&before, at);
                before = [2 * NEVER; LABELS];
                before[0] = value;
                back.push([from; LABELS]);
                continue;
            }
            let scores = self.scores(sentence, at);
            let mut here = [2 * NEVER; LABELS];
            let mut from = [0; LABELS];
            for (to, (best, score)) in here.iter_mut().zip(scores).enumerate() {
                if at == 0 {
                    *best = self.steps[LABELS][to] + score;
                    continue;
                }
                for (label, value) in before.iter().enumerate() {
                    let value = value + self.steps[label][to] + score;
                    if value > *best {
                        *best = value;
                        from[to] = label as u8;
                    }
                }
                *best = (*best).max(2 * NEVER);
            }
            before = here;
            back.push(from);
        }
        let last = before
            .iter()
            .zip(self.ends)
            .map(|(score, end)| score + end)
            .enumerate()
            .max_by_key(|(label, score)| (*score, std::cmp::Reverse(*label)));
        let mut label = last.map_or(0, |(label, _)| label as u8);
        let mut labels = vec![Label::OUTSIDE; sentence.len()];
        for (place, from) in labels.iter_mut().zip(&back).rev() {
            *place = Label(label);
            label = from.get(usize::from(label)).copied().unwrap_or_default();
        }
        labels
    }

    /// The best label before an outside one, and the value of the two.
    fn to_outside(&self, before: &[i32; LABELS], at: usize) -> (u8, i32) {
        if at == 0 {
            return (0, self.steps[LABELS][0]);
        }
        let mut best = (0, 2 * NEVER);
        for (label, (value, steps)) in before.iter().zip(&self.steps).enumerate() {
            if value + steps[0] > best.1 {
                best = (label as u8, value + steps[0]);
            }
        }
        best
    }

    /// What speaks for each label at one token.
    fn scores(&self, sentence: &Sentence, at: usize) -> [i32; LABELS] {
        let mut scores = [0; LABELS];
        features(sentence, at, &mut |feature| {
            if let Some(row) = self.rows.get(feature) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(weight.cast_signed());
                }
            }
        });
        scores
    }
}

/// A model file of its parts: lexicon table, cluster paths, table of rows, steps.
pub fn file(words: &[u8], paths: &[u8], rows: &[u8], steps: &[i16; STEPS]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for part in [words, paths, rows] {
        bytes.extend((part.len() as u32).to_le_bytes());
    }
    for part in [words, paths, rows] {
        bytes.extend(part);
    }
    bytes.extend(steps.iter().flat_map(|step| step.to_le_bytes()));
    bytes
}
