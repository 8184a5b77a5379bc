//! What a commit writes beside the manifest: sorted runs of the words of new documents, fewer runs of many, texts without what belongs to nobody.

use std::io;

use super::run::{Merged, RunWriter};
use super::sorting::sorted;
use super::texts::{Texts, TextsWriter};
use super::{Index, pairing};
use crate::trace::reuse::Options;
use crate::trace::reuse::seeds::Gram;
use crate::trace::words::Words;

/// Words whose runs are sorted at a time: 24 bytes each.
pub(super) const BATCH: usize = 7 << 20;
/// The same where memory is to stay small.
pub(super) const SMALL_BATCH: usize = 1 << 18;

impl Index {
    /// Writes the runs of words of `numbers`, some documents at a time; gives them in order if there was one time only.
    pub(super) fn write_runs(
        &mut self,
        texts: &Texts,
        held: &[Vec<u32>],
        numbers: &[u32],
        options: Options,
        batch: usize,
    ) -> io::Result<Option<Vec<Gram>>> {
        let mut rest = numbers.iter().copied().peekable();
        let mut last = None;
        for n_written in 0.. {
            let (mut some, mut n_words) = (Vec::new(), 0);
            while n_words < batch
                && let Some(number) = rest.next()
            {
                let ids = pairing::ids(held, texts, &self.manifest, number)?;
                n_words += ids.len();
                some.push((number, ids));
            }
            if some.is_empty() {
                break;
            }
            let sorted = sorted(&some, options.seeding);
            drop(some);
            let path = self.manifest.new_run(&self.folder);
            let mut writer = RunWriter::create(&path)?;
            for gram in &sorted {
                writer.push(gram)?;
            }
            writer.finish()?;
            last = (n_written == 0 && rest.peek().is_none()).then_some(sorted);
        }
        Ok(last)
    }

    /// Makes one run of the last ones while the one before is not much larger, so that there are few and none is written often.
    pub(super) fn merge(&mut self) -> io::Result<()> {
        let mut runs = self.open_runs()?;
        let mut from = runs.len();
        let mut n_records = 0;
        while let Some(at) = from.checked_sub(1)
            && let Some(run) = runs.get(at)
            && (from == runs.len() || run.len() < n_records * 2)
        {
            n_records += run.len();
            from = at;
        }
        if runs.len() - from < 2 {
            return Ok(());
        }
        let mut last = runs.split_off(from);
        self.manifest.runs.truncate(from);
        let path = self.manifest.new_run(&self.folder);
        let mut writer = RunWriter::create(&path)?;
        let mut merged = Merged::new(&mut last)?;
        while let Some(gram) = merged.next()? {
            self.work.n_read += 1;
            if self.manifest.entry(gram.doc).is_some() {
                writer.push(&gram)?;
            }
        }
        writer.finish()?;
        Ok(())
    }

    /// Writes the texts anew when most of what lies in the files belongs to nobody, or they have become many.
    pub(super) fn save_texts(&mut self, texts: &Texts) -> io::Result<()> {
        if !self.manifest.is_wasteful() {
            return Ok(());
        }
        self.manifest.forget_texts();
        let (file, path) = self.manifest.new_texts(&self.folder);
        let mut writer = TextsWriter::create(&path, file)?;
        for entry in self.manifest.entries_mut() {
            let text = texts.text(&entry.place)?;
            entry.place = writer.push(&text, &Words::of(&text))?;
        }
        writer.finish()
    }
}
