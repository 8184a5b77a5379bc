//! The texts of the documents with the hashes of their words, one after the other in files that are only written once.
//!
//! Where every [`STEP`]th word starts is kept too, so that a passage can be looked at without reading all words before it.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::run::damaged;
use super::sum::sum;
use crate::trace::words::Words;

/// Words between two places that are kept.
pub(super) const STEP: usize = 64;

/// Where a document lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The number of the file.
    pub(super) file: u32,
    at: u64,
    n_bytes: u32,
    pub(super) n_words: u32,
    sum_text: u64,
    sum_ids: u64,
    sum_steps: u64,
}

/// Writes texts one after the other.
pub(super) struct TextsWriter {
    file: BufWriter<File>,
    number: u32,
    at: u64,
}

impl TextsWriter {
    pub(super) fn create(path: &Path, number: u32) -> io::Result<Self> {
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, File::create(path)?),
            number,
            at: 0,
        })
    }

    /// Writes a text with its words.
    pub(super) fn push(&mut self, text: &str, words: &Words) -> io::Result<Place> {
        let starts = (0..words.len()).step_by(STEP);
        let steps: Vec<u32> = starts
            .map(|index| words.range(index).map_or(0, |range| range.start))
            .collect();
        let (ids, steps) = (to_bytes(words.ids()), to_bytes(&steps));
        for part in [text.as_bytes(), &ids, &steps] {
            self.file.write_all(part)?;
        }
        let place = Place {
            file: self.number,
            at: self.at,
            n_bytes: text.len() as u32,
            n_words: words.len() as u32,
            sum_text: sum(text.as_bytes()),
            sum_ids: sum(&ids),
            sum_steps: sum(&steps),
        };
        self.at += (text.len() + ids.len() + steps.len()) as u64;
        Ok(place)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn to_bytes(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0; numbers.len() * 4];
    let (parts, _) = bytes.as_chunks_mut::<4>();
    for (part, number) in parts.iter_mut().zip(numbers) {
        *part = number.to_le_bytes();
    }
    bytes
}

/// Files open for reading, by number.
pub(super) struct Texts {
    /// Each with its length.
    files: Vec<Option<(File, u64)>>,
}

impl Texts {
    /// The files with these numbers; a missing one is told when it is read.
    pub(super) fn open(paths: impl Iterator<Item = Option<std::path::PathBuf>>) -> Self {
        Self {
            files: paths
                .map(|path| {
                    let file = File::open(path?).ok()?;
                    let length = file.metadata().ok()?.len();
                    Some((file, length))
                })
                .collect(),
        }
    }

    fn bytes(&self, file: u32, at: u64, length: usize, expected: u64) -> io::Result<Vec<u8>> {
        let (file, n_bytes) = self
            .files
            .get(file as usize)
            .and_then(Option::as_ref)
            .ok_or_else(|| damaged("a text file"))?;
        let end = at.saturating_add(length as u64);
        if end > *n_bytes {
            return Err(damaged("a text file"));
        }
        let mut file = file;
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        if sum(&bytes) == expected {
            Ok(bytes)
        } else {
            Err(damaged("a text"))
        }
    }

    pub(super) fn text(&self, place: &Place) -> io::Result<String> {
        let bytes = self.bytes(place.file, place.at, place.n_bytes as usize, place.sum_text)?;
        String::from_utf8(bytes).map_err(|_| damaged("a text"))
    }

    pub(super) fn ids(&self, place: &Place) -> io::Result<Vec<u32>> {
        let at = place.at + u64::from(place.n_bytes);
        self.numbers(place.file, at, place.n_words as usize, place.sum_ids)
    }

    /// Where every [`STEP`]th word starts.
    pub(super) fn steps(&self, place: &Place) -> io::Result<Vec<u32>> {
        let n_words = place.n_words as usize;
        let at = place.at + u64::from(place.n_bytes) + n_words as u64 * 4;
        self.numbers(place.file, at, n_words.div_ceil(STEP), place.sum_steps)
    }

    fn numbers(&self, file: u32, at: u64, count: usize, expected: u64) -> io::Result<Vec<u32>> {
        let bytes = self.bytes(file, at, count.saturating_mul(4), expected)?;
        let (parts, _) = bytes.as_chunks::<4>();
        Ok(parts.iter().map(|part| u32::from_le_bytes(*part)).collect())
    }
}
