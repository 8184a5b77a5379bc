//! What the tracer found about the open document behind the screen: who repeats which sentence, and where its quotations come from.
//!
//! Asked for when a document is analysed or the library changes, never by a frame: what a frame needs is summed up once, when the answer comes.

use std::sync::Arc;

use super::effect::JobId;
use crate::document::Revision;
use crate::library::tracing::{Quotation, SentenceUses, Uses};
use crate::text::{Layer, TextRange};
use crate::trace::passage::Class;

/// What is known of the open document's repetitions and sources.
#[derive(Debug, Default)]
pub struct Repeats {
    /// The question whose answer is awaited.
    pub job: JobId,
    /// Which repetitions count.
    pub which: Which,
    asked: Option<Asked>,
    known: Option<Known>,
}

/// What was asked about: a text, how often the library had been told, and how much of the text was analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The text.
    pub revision: Revision,
    /// How often the list of documents had come.
    pub told: u64,
    /// Sentences found in it.
    pub n_sentences: usize,
}

/// Which repetitions count: in the scrollbar, for the way to the next one, and in the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// Those that say something else.
    Altered,
}

/// What became of a quotation, as the margin shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its source is known, and says the same.
    Faithful,
    /// Its source says something else.
    Altered,
    /// No source is known.
    Unsourced,
}

#[derive(Debug)]
struct Known {
    revision: Revision,
    uses: Arc<Uses>,
    sources: Arc<Vec<Quotation>>,
    /// What became of each quotation, by the place of its first part.
    verdicts: Layer<Verdict>,
    /// The sentences somebody repeats, and those somebody altered.
    all: Heat,
    altered: Heat,
}

/// How often the sentences of a document are repeated, summed up from its start.
#[derive(Debug, Default)]
struct Heat {
    sentences: Layer<()>,
    /// Repetitions and alterations up to and with each sentence.
    sums: Vec<(u32, u32)>,
}

impl Heat {
    fn of<'a>(sentences: impl Iterator<Item = &'a SentenceUses>) -> Self {
        let (mut n, mut n_altered) = (0_u32, 0_u32);
        let mut heat = Self::default();
        let mut ranges = Vec::new();
        for one in sentences {
            n = n.saturating_add(one.n_repeats as u32);
            n_altered = n_altered.saturating_add(one.n_altered as u32);
            ranges.push((one.range, ()));
            heat.sums.push((n, n_altered));
        }
        heat.sentences = ranges.into_iter().collect();
        heat
    }

    fn before(&self, at: u32) -> (u32, u32) {
        let items = self.sentences.iter().as_slice();
        let n = items.partition_point(|(range, ())| range.start < at);
        n.checked_sub(1)
            .and_then(|last| self.sums.get(last))
            .copied()
            .unwrap_or_default()
    }
}

impl Repeats {
    /// Notes that something is asked for; false if it has been asked for already.
    pub fn ask(&mut self, asked: Asked) -> bool {
        let new = self.asked != Some(asked);
        self.asked = Some(asked);
        new
    }

    /// Takes what was found about a text.
    pub fn take(&mut self, revision: Revision, sources: Vec<Quotation>, uses: Uses) {
        let of = |fits: fn(&SentenceUses) -> bool| {
            Heat::of(uses.sentences.iter().filter(move |one| fits(one)))
        };
        let (all, altered) = (of(|one| one.n_repeats > 0), of(|one| one.n_altered > 0));
        self.known = Some(Known {
            revision,
            verdicts: verdicts(&sources),
            sources: Arc::new(sources),
            uses: Arc::new(uses),
            all,
            altered,
        });
    }

    /// Takes sources that were asked for by hand.
    pub fn take_sources(&mut self, revision: Revision, sources: Arc<Vec<Quotation>>) {
        if self.of(revision).is_none() {
            self.known = Some(Known {
                revision,
                verdicts: verdicts(&sources),
                sources,
                uses: Arc::default(),
                all: Heat::default(),
                altered: Heat::default(),
            });
        }
    }

    fn of(&self, revision: Revision) -> Option<&Known> {
        self.known
            .as_ref()
            .filter(|known| known.revision == revision)
    }

    /// Who repeats the sentences of a text, if that was looked for in all the library as it is now.
    pub fn uses(&self, revision: Revision) -> Option<Arc<Uses>> {
        let known = self.of(revision)?;
        (!known.uses.sentences.is_empty()).then(|| known.uses.clone())
    }

    /// Where its quotations come from, likewise.
    pub fn sources(&self, revision: Revision) -> Option<Arc<Vec<Quotation>>> {
        let known = self.of(revision)?;
        (!known.sources.is_empty()).then(|| known.sources.clone())
    }

    /// What became of the quotation that starts at a byte of a text, where it was traced.
    pub fn verdict(&self, revision: Revision, start: u32) -> Option<Verdict> {
        let known = self.of(revision)?;
        let mut here = known.verdicts.at(start);
        here.find(|(range, _)| range.start == start)
            .map(|(_, verdict)| *verdict)
    }

    /// The sentences that count, for the way from one to the next.
    pub fn sentences(&self, revision: Revision) -> Option<&Layer<()>> {
        let known = self.of(revision)?;
        Some(match self.which {
            Which::All => &known.all.sentences,
            Which::Altered => &known.altered.sentences,
        })
    }

    /// How often the sentences that start in a range are repeated and altered. O(log n) in the sentences.
    pub fn heat(&self, revision: Revision, range: TextRange) -> (u32, u32) {
        let Some(known) = self.of(revision) else {
            return (0, 0);
        };
        let (from, to) = (known.all.before(range.start), known.all.before(range.end));
        let (n, n_altered) = (to.0 - from.0, to.1 - from.1);
        match self.which {
            Which::All => (n, n_altered),
            Which::Altered => (n_altered, n_altered),
        }
    }
}

fn verdicts(sources: &[Quotation]) -> Layer<Verdict> {
    let verdict = |one: &Quotation| match one.source.as_ref().map(|source| source.class) {
        None => Verdict::Unsourced,
        Some(Class::Altered | Class::Rewritten) => Verdict::Altered,
        Some(Class::Verbatim | Class::Typographic | Class::Ellipsis | Class::Cut) => {
            Verdict::Faithful
        }
    };
    sources
        .iter()
        .filter_map(|one| Some((*one.parts.first()?, verdict(one))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(start: u32, n_repeats: usize, n_altered: usize) -> SentenceUses {
        SentenceUses {
            range: TextRange::new(start, start + 10),
            uses: Vec::new(),
            n_repeats,
            n_altered,
        }
    }

    #[test]
    fn a_stretch_of_text_is_as_hot_as_its_sentences_are_repeated() {
        let revision = Revision([7; 32]);
        let mut repeats = Repeats::default();
        let uses = Uses {
            sentences: vec![sentence(0, 3, 0), sentence(10, 0, 0), sentence(20, 2, 1)],
            ..Uses::default()
        };
        repeats.take(revision, Vec::new(), uses);
        let heat = |repeats: &Repeats, from, to| repeats.heat(revision, TextRange::new(from, to));
        assert_eq!(heat(&repeats, 0, 100), (5, 1));
        assert_eq!(heat(&repeats, 0, 10), (3, 0));
        assert_eq!(heat(&repeats, 1, 20), (0, 0));
        repeats.which = Which::Altered;
        assert_eq!(heat(&repeats, 0, 100), (1, 1));
        assert_eq!(heat(&repeats, 0, 10), (0, 0));
        let stops = repeats.sentences(revision).unwrap();
        assert_eq!(
            stops
                .iter()
                .map(|(range, ())| range.start)
                .collect::<Vec<_>>(),
            [20]
        );
        assert_eq!(
            repeats.heat(Revision([8; 32]), TextRange::new(0, 100)),
            (0, 0)
        );
    }
}
