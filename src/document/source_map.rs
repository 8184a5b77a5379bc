/// From offsets in the canonical text back to byte offsets in the source file.
///
/// Kept as the places where the two stop running in step: between two entries every canonical byte is one source byte, for an
/// encoding of one byte per ASCII character; elsewhere the map gives the start of the nearest run. Text that was made (a blank of an
/// expanded tab, the bar between two cells) maps to the place it was made for. A source byte never decreases as `at` grows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceMap {
    /// (canonical byte, source byte), both ascending.
    pub runs: Vec<(u32, u64)>,
    /// Bytes of the source, where they are known: text made after the last run stays within them.
    pub source_bytes: Option<u64>,
}

impl SourceMap {
    /// The source byte from which the canonical byte at `at` was made.
    pub fn source_byte(&self, at: u32) -> u64 {
        let next = self.runs.partition_point(|(canonical, _)| *canonical <= at);
        let run = next.checked_sub(1).and_then(|index| self.runs.get(index));
        let (canonical, source) = run.copied().unwrap_or_default();
        let in_step = source + u64::from(at - canonical.min(at));
        let next_run = self.runs.get(next).map(|(_, limit)| *limit);
        let last = self.source_bytes.map(|bytes| bytes.saturating_sub(1));
        next_run
            .or(last)
            .map_or(in_step, |limit| in_step.min(limit))
    }
}
