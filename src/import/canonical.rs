//! Text that knows where it came from, and the writer that makes such text out of other such text.
//!
//! Every step of an import (decoding, cleaning, laying out) reads a [`Mapped`] text and writes another through a [`Writer`], which notes
//! each place where the new text and the source file stop running in step. The notes are exact for the first 262,144 such places; after
//! them a new one is kept only every 64 bytes of text, so that the map of a hostile file stays below a quarter of its text.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::SourceMap;

/// Places noted exactly before the writer thins them out.
const EXACT_RUNS: usize = 1 << 18;
/// Bytes of text between two places noted after that.
const COARSE_STEP: u32 = 64;
/// The longest text offsets of 32 bits can point into.
const LONGEST: usize = u32::MAX as usize - 1;

/// The longest beginning of `text` that has at most `bytes` bytes.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len()))
        .rev()
        .find_map(|at| text.get(..at))
        .unwrap_or_default()
}

/// A text and the source byte of each of its bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Mapped<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) source: SourceMap,
}

impl Mapped<'_> {
    /// The text from the byte at `at` on.
    pub(super) fn rest(&self, at: usize) -> Mapped<'_> {
        let text = self.text.get(at..).unwrap_or_default();
        let mut runs = Vec::new();
        let source = self.source.source_byte(at as u32);
        if source != 0 {
            runs.push((0, source));
        }
        let later = self
            .source
            .runs
            .iter()
            .filter(|(canonical, _)| *canonical as usize > at);
        runs.extend(later.map(|(canonical, source)| (canonical - at as u32, *source)));
        Mapped {
            text: Cow::Borrowed(text),
            source: SourceMap {
                runs,
                source_bytes: None,
            },
        }
    }
}

/// Appends text piece by piece and keeps the map to the source.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    runs: Vec<(u32, u64)>,
    /// Bytes that were left out because the text had reached 4 GiB.
    left_out: u64,
}

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes.min(LONGEST)),
            ..Self::default()
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> u32 {
        self.text.len() as u32
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Appends `piece`, whose bytes are the source's from `source` on.
    pub(super) fn push(&mut self, piece: &str, source: u64) {
        if piece.is_empty() {
            return;
        }
        if self.text.len() + piece.len() > LONGEST {
            self.left_out += piece.len() as u64;
            return;
        }
        self.note(source);
        self.text.push_str(piece);
    }

    /// Appends the bytes of `from` in `range`.
    pub(super) fn copy(&mut self, from: &Mapped<'_>, range: Range<usize>) {
        let Some(piece) = from.text.get(range.clone()) else {
            return;
        };
        let runs = &from.source.runs;
        let mut at = range.start;
        let mut next = runs.partition_point(|(canonical, _)| *canonical as usize <= at);
        loop {
            let end = runs
                .get(next)
                .map_or(range.end, |(canonical, _)| *canonical as usize)
                .min(range.end);
            let part = piece
                .get(at - range.start..end - range.start)
                .unwrap_or_default();
            self.push(part, from.source.source_byte(at as u32));
            if end >= range.end {
                return;
            }
            (at, next) = (end, next + 1);
        }
    }

    /// Notes where the next byte comes from, if that is not where the map expects it.
    fn note(&mut self, source: u64) {
        let at = self.len();
        let (canonical, run) = self.runs.last().copied().unwrap_or_default();
        if run + u64::from(at - canonical) == source {
            return;
        }
        if self.runs.len() >= EXACT_RUNS && at < canonical.saturating_add(COARSE_STEP) {
            return;
        }
        // What was made out of nothing may have run ahead of the source.
        self.runs.push((at, source.max(run)));
    }

    /// Takes back what was written after the byte at `len`.
    pub(super) fn truncate(&mut self, len: u32) {
        self.text.truncate(len as usize);
        while self
            .runs
            .last()
            .is_some_and(|(canonical, _)| *canonical >= len)
        {
            self.runs.pop();
        }
    }

    pub(super) fn finish(self) -> Mapped<'static> {
        Mapped {
            text: Cow::Owned(self.text),
            source: SourceMap {
                runs: self.runs,
                source_bytes: None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_a_copy_still_knows_the_source() {
        let mut first = Writer::default();
        first.push("abc", 3);
        first.push("def", 10);
        let first = first.finish();
        let mut second = Writer::default();
        second.copy(&first, 1..5);
        let second = second.finish();
        assert_eq!(second.text, "bcde");
        let sources: Vec<_> = (0..4).map(|at| second.source.source_byte(at)).collect();
        assert_eq!(sources, [4, 5, 10, 11]);
    }

    #[test]
    fn made_text_never_runs_past_what_follows_it() {
        let mut writer = Writer::default();
        writer.push("a", 0);
        writer.push("    ", 1);
        writer.push("b", 2);
        let text = writer.finish();
        let sources: Vec<_> = (0..6).map(|at| text.source.source_byte(at)).collect();
        assert_eq!(sources, [0, 1, 2, 2, 2, 2]);
    }
}
