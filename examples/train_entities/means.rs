//! Classes of vectors that lie near each other (k-means on the unit sphere, Dhillon and Modha 2001).

use super::random::Random;

/// Numbers of a vector.
pub(crate) const WIDTH: usize = 100;
const ROUNDS: usize = 10;

pub(crate) type Vector = [f32; WIDTH];

/// A vector of length one, or zero.
pub(crate) fn unit(values: &[f32]) -> Vector {
    let mut vector = [0.0; WIDTH];
    for (kept, value) in vector.iter_mut().zip(values) {
        *kept = *value;
    }
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        for value in &mut vector {
            *value /= length;
        }
    }
    vector
}

fn dot(one: &Vector, other: &Vector) -> f32 {
    let mut sums = [0.0_f32; 10];
    for (one, other) in one.chunks_exact(10).zip(other.chunks_exact(10)) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}

/// The number of the nearest of `centres`.
fn nearest(vector: &Vector, centres: &[Vector]) -> usize {
    let mut best = (f32::MIN, 0);
    for (at, centre) in centres.iter().enumerate() {
        let near = dot(vector, centre);
        if near > best.0 {
            best = (near, at);
        }
    }
    best.1
}

fn assign(vectors: &[Vector], centres: &[Vector]) -> Vec<usize> {
    let half = vectors.len() / 2;
    std::thread::scope(|scope| {
        let (first, second) = vectors.split_at(half);
        let of = |part: &[Vector]| -> Vec<usize> {
            part.iter().map(|vector| nearest(vector, centres)).collect()
        };
        let other = scope.spawn(move || of(second));
        let mut found = of(first);
        found.extend(other.join().unwrap_or_default());
        found
    })
}

/// The class of each vector, below `classes`; the centres are found on the first `learn` of them.
pub(crate) fn classes(vectors: &[Vector], learn: usize, classes: usize) -> Vec<usize> {
    let sample = vectors.get(..learn.min(vectors.len())).unwrap_or(vectors);
    let mut random = Random(classes as u64);
    let mut order: Vec<usize> = (0..sample.len()).collect();
    random.shuffle(&mut order);
    let mut centres: Vec<Vector> = order
        .iter()
        .take(classes)
        .filter_map(|at| sample.get(*at))
        .copied()
        .collect();
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0; WIDTH]; centres.len()];
        for (vector, class) in sample.iter().zip(assign(sample, &centres)) {
            if let Some(sum) = sums.get_mut(class) {
                for (sum, value) in sum.iter_mut().zip(vector) {
                    *sum += value;
                }
            }
        }
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            if sum.iter().any(|value| *value != 0.0) {
                *centre = unit(sum);
            }
        }
    }
    assign(vectors, &centres)
}
