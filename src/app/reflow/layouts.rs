//! The lines of the blocks in view, kept between frames.

use std::collections::HashMap;
use std::ops::Range;

use super::{Line, Measure, lay_out};
use crate::document::{DocId, Document, Revision};

/// Laid-out blocks of one document for one measure.
///
/// [`ensure`](Self::ensure) lays out what is missing, [`lines`](Self::lines) reads. At most 512 blocks and some 32,000 lines are kept
/// beyond those asked for last; the ones not asked for longest are dropped first.
#[derive(Debug, Clone)]
pub struct Layouts {
    measure: Measure,
    of: Option<(DocId, Revision)>,
    blocks: HashMap<usize, Kept>,
    n_lines: usize,
    /// Counts calls of `ensure`.
    now: u64,
}

#[derive(Debug, Clone)]
struct Kept {
    lines: Vec<Line>,
    asked_for: u64,
}

const MAX_BLOCKS: usize = 512;
const MAX_LINES: usize = 32 * 1024;

impl Layouts {
    /// Nothing laid out yet.
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            of: None,
            blocks: HashMap::new(),
            n_lines: 0,
            now: 0,
        }
    }

    /// The measure everything here is set to.
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// Lays out those of `blocks` that are not here yet. The lines of another document, or of another revision of this one, are dropped first.
    /// Of more than 512 blocks only the first 512 are laid out.
    pub fn ensure(&mut self, document: &Document, blocks: Range<usize>) {
        let of = Some((document.id, document.revision));
        if self.of != of {
            *self = Self {
                of,
                ..Self::new(self.measure)
            };
        }
        self.now += 1;
        let end = blocks.end.min(document.blocks.len());
        for block in (blocks.start..end).take(MAX_BLOCKS) {
            let kept = self.blocks.entry(block).or_insert_with(|| {
                let lines = lay_out(document, block, &self.measure);
                self.n_lines += lines.len();
                Kept {
                    lines,
                    asked_for: 0,
                }
            });
            kept.asked_for = self.now;
        }
        self.drop_oldest();
    }

    /// The lines of a block; none if [`ensure`](Self::ensure) was not asked for it.
    pub fn lines(&self, block: usize) -> &[Line] {
        self.blocks
            .get(&block)
            .map_or(&[], |kept| kept.lines.as_slice())
    }

    fn drop_oldest(&mut self) {
        if self.blocks.len() <= MAX_BLOCKS && self.n_lines <= MAX_LINES {
            return;
        }
        let mut oldest: Vec<(u64, usize)> = self
            .blocks
            .iter()
            .filter(|(_, kept)| kept.asked_for < self.now)
            .map(|(block, kept)| (kept.asked_for, *block))
            .collect();
        oldest.sort_unstable();
        for (_, block) in oldest {
            if self.blocks.len() <= MAX_BLOCKS && self.n_lines <= MAX_LINES {
                break;
            }
            if let Some(kept) = self.blocks.remove(&block) {
                self.n_lines -= kept.lines.len();
            }
        }
    }
}
