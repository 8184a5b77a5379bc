//! A linear chain of labels with real weights: the best labelling, and how likely each label is.

use postil::language::entities::tagger::{LABELS, Label};

/// One number for each label.
pub(crate) type Scores = [f32; LABELS];

const NEVER: f32 = -1e9;

/// Weights of the steps between labels; row [`LABELS`] is the beginning of a sentence, the last row its end.
#[derive(Debug, Clone)]
pub(crate) struct Steps(pub(crate) [Scores; LABELS + 2]);

impl Default for Steps {
    fn default() -> Self {
        Self([[0.0; LABELS]; LABELS + 2])
    }
}

impl Steps {
    /// The same with what is not allowed made impossible.
    pub(crate) fn legal(&self) -> Self {
        let mut steps = self.clone();
        for (from, row) in steps.0.iter_mut().enumerate() {
            for (to, weight) in row.iter_mut().enumerate() {
                let label = Label(to as u8);
                let fine = match from {
                    from if from < LABELS => label.may_follow(Some(Label(from as u8))),
                    LABELS => label.may_follow(None),
                    _ => label.may_end(),
                };
                if !fine {
                    *weight = NEVER;
                }
            }
        }
        steps
    }
}

/// The best labels for these scores; `steps` are legal ones.
pub(crate) fn best(scores: &[Scores], steps: &Steps) -> Vec<Label> {
    let mut before = [0.0; LABELS];
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    for (at, here) in scores.iter().enumerate() {
        let mut values = [f32::MIN; LABELS];
        let mut from = [0_u8; LABELS];
        for to in 0..LABELS {
            if at == 0 {
                values[to] = steps.0[LABELS][to] + here[to];
                continue;
            }
            for (label, before) in before.iter().enumerate() {
                let value = before + steps.0[label][to];
                if value > values[to] {
                    (values[to], from[to]) = (value, label as u8);
                }
            }
            values[to] += here[to];
        }
        before = values;
        back.push(from);
    }
    let mut label = 0;
    for other in 1..LABELS {
        if before[other] + steps.0[LABELS + 1][other] > before[label] + steps.0[LABELS + 1][label] {
            label = other;
        }
    }
    let mut labels = vec![Label::OUTSIDE; scores.len()];
    for (place, from) in labels.iter_mut().zip(&back).rev() {
        *place = Label(label as u8);
        label = usize::from(from[label]);
    }
    labels
}

fn log_sum(values: &Scores) -> f32 {
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    most + values
        .iter()
        .map(|value| (value - most).exp())
        .sum::<f32>()
        .ln()
}

/// How likely each label is at each token, and how often each step is expected (forward and backward sums in logarithms).
pub(crate) fn likelihoods(scores: &[Scores], steps: &Steps) -> (Vec<Scores>, Steps) {
    let mut expected = Steps::default();
    let mut forward: Vec<Scores> = Vec::with_capacity(scores.len());
    for here in scores {
        let mut values = [0.0; LABELS];
        for to in 0..LABELS {
            values[to] = here[to]
                + match forward.last() {
                    None => steps.0[LABELS][to],
                    Some(before) => {
                        let mut sums = *before;
                        for (sum, steps) in sums.iter_mut().zip(&steps.0) {
                            *sum += steps[to];
                        }
                        log_sum(&sums)
                    }
                };
        }
        forward.push(values);
    }
    let mut backward = steps.0[LABELS + 1];
    let mut likely = vec![[0.0; LABELS]; scores.len()];
    let Some(last) = forward.last() else {
        return (likely, expected);
    };
    let mut ends = *last;
    for label in 0..LABELS {
        ends[label] += backward[label];
    }
    let total = log_sum(&ends);
    for at in (0..scores.len()).rev() {
        for label in 0..LABELS {
            likely[at][label] = (forward[at][label] + backward[label] - total).exp();
        }
        if at == 0 {
            break;
        }
        let mut earlier = [0.0; LABELS];
        for label in 0..LABELS {
            let mut sums = [0.0; LABELS];
            for to in 0..LABELS {
                sums[to] = steps.0[label][to] + scores[at][to] + backward[to];
                expected.0[label][to] += (forward[at - 1][label] + sums[to] - total).exp();
            }
            earlier[label] = log_sum(&sums);
        }
        backward = earlier;
    }
    if let (Some(first), Some(last)) = (likely.first(), likely.last()) {
        expected.0[LABELS] = *first;
        expected.0[LABELS + 1] = *last;
    }
    (likely, expected)
}
