//! The texts of the documents with the hashes of their words, one after the other in files that are only written once.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::run::damaged;
use super::sum::sum;

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

    pub(super) fn push(&mut self, text: &str, ids: &[u32]) -> io::Result<Place> {
        let bytes: Vec<u8> = ids.iter().flat_map(|id| id.to_le_bytes()).collect();
        self.file.write_all(text.as_bytes())?;
        self.file.write_all(&bytes)?;
        let place = Place {
            file: self.number,
            at: self.at,
            n_bytes: text.len() as u32,
            n_words: ids.len() as u32,
            sum_text: sum(text.as_bytes()),
            sum_ids: sum(&bytes),
        };
        self.at += (text.len() + bytes.len()) as u64;
        Ok(place)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Files open for reading, by number.
pub(super) struct Texts {
    files: Vec<Option<File>>,
}

impl Texts {
    /// The files with these numbers; a missing one is told when it is read.
    pub(super) fn open(paths: impl Iterator<Item = Option<std::path::PathBuf>>) -> Self {
        Self {
            files: paths
                .map(|path| path.and_then(|path| File::open(path).ok()))
                .collect(),
        }
    }

    fn bytes(&self, file: u32, at: u64, length: usize, expected: u64) -> io::Result<Vec<u8>> {
        let mut file = self
            .files
            .get(file as usize)
            .and_then(Option::as_ref)
            .ok_or_else(|| damaged("a text file"))?;
        let end = at.saturating_add(length as u64);
        if end > file.metadata()?.len() {
            return Err(damaged("a text file"));
        }
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
        let length = (place.n_words as usize).saturating_mul(4);
        let bytes = self.bytes(place.file, at, length, place.sum_ids)?;
        let (ids, _) = bytes.as_chunks::<4>();
        Ok(ids.iter().map(|id| u32::from_le_bytes(*id)).collect())
    }
}
