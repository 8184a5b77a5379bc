//! How good a model is on data it has not seen: the tagger alone, by whole spans.

use postil::language::entities::EntityType;
use postil::language::entities::tagger::{Model, TYPES, spans};

use super::data::Labelled;

/// Strict F1 of the tagger alone, with precision and recall, and F1 of each type, in percent.
pub(crate) fn score(model: &Model, checked: &[Labelled]) -> String {
    let mut all = Counts::default();
    let mut types = [(); 3].map(|()| Counts::default());
    for one in checked {
        let wanted = spans(&one.labels);
        let got = spans(&model.labels(&one.sentence));
        all.add(&got, &wanted);
        for (counts, kind) in types.iter_mut().zip(TYPES) {
            let of = |spans: &[Span]| -> Vec<Span> {
                spans
                    .iter()
                    .filter(|span| span.2 == kind)
                    .copied()
                    .collect()
            };
            counts.add(&of(&got), &of(&wanted));
        }
    }
    let share = |of: usize| 100.0 * all.right as f64 / of.max(1) as f64;
    let [person, org, place] = types.map(|counts| counts.f1());
    format!(
        "{:.2} (P {:.2} R {:.2}), PERSON {person:.2}, ORG {org:.2}, PLACE {place:.2}",
        all.f1(),
        share(all.found),
        share(all.gold)
    )
}

type Span = (usize, usize, EntityType);

#[derive(Default)]
struct Counts {
    right: usize,
    found: usize,
    gold: usize,
}

impl Counts {
    fn add(&mut self, got: &[Span], wanted: &[Span]) {
        self.right += got.iter().filter(|span| wanted.contains(span)).count();
        self.found += got.len();
        self.gold += wanted.len();
    }

    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}
