//! A sorted run of grams on disk, and a few of them read as one.
//!
//! A run is written once and never changed: records of 24 bytes (little-endian), sorted by hash, document and place; then a fence of the first hash and the sum of every block of
//! records; then a footer. To look a hash up reads the blocks it lies in, so that a few hashes cost a few blocks whatever the size of the library.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::sum::sum;
use crate::trace::reuse::seeds::Gram;

const RECORD: usize = 24;
/// Records read together.
const BLOCK: usize = 256;
const FOOTER: usize = 24;
const MAGIC: u64 = 0x3172_6d61_7267_7470;

/// Says that a file is not what was written.
pub(super) fn damaged(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("{what} of the reuse index is damaged; it is built again"),
    )
}

/// A run open for reading.
pub(super) struct Run {
    file: File,
    n_records: u64,
    /// The first hash of every block, and its sum.
    fence: Vec<(u64, u64)>,
    /// The block read last.
    number: usize,
    block: Vec<Gram>,
}

/// Writes a run, record by record in order.
pub(super) struct RunWriter {
    file: BufWriter<File>,
    block: Vec<u8>,
    first: u64,
    fence: Vec<u8>,
    n_records: u64,
}

impl RunWriter {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, File::create(path)?),
            block: Vec::with_capacity(BLOCK * RECORD),
            first: 0,
            fence: Vec::new(),
            n_records: 0,
        })
    }

    pub(super) fn push(&mut self, gram: &Gram) -> io::Result<()> {
        if self.block.is_empty() {
            self.first = gram.hash;
        }
        let at = self.block.len();
        self.block.resize(at + RECORD, 0);
        let record = self.block.get_mut(at..).unwrap_or_default();
        if let Some((hash, parts)) = record.split_first_chunk_mut::<8>() {
            *hash = gram.hash.to_le_bytes();
            let numbers = [gram.doc, gram.at, gram.two_on, gram.four_on];
            for (part, number) in parts.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
                *part = number.to_le_bytes();
            }
        }
        self.n_records += 1;
        if self.block.len() == BLOCK * RECORD {
            self.close_block()?;
        }
        Ok(())
    }

    fn close_block(&mut self) -> io::Result<()> {
        self.fence.extend(self.first.to_le_bytes());
        self.fence.extend(sum(&self.block).to_le_bytes());
        self.file.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }

    /// Ends the run; gives how many records it has.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        if !self.block.is_empty() {
            self.close_block()?;
        }
        self.file.write_all(&self.fence)?;
        for part in [self.n_records, sum(&self.fence), MAGIC] {
            self.file.write_all(&part.to_le_bytes())?;
        }
        self.file.flush()?;
        Ok(self.n_records)
    }
}

fn number(bytes: &[u8], at: usize) -> u64 {
    let part = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>());
    part.map_or(0, |part| u64::from_le_bytes(*part))
}

fn short(bytes: &[u8], at: usize) -> u32 {
    let part = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
    part.map_or(0, |part| u32::from_le_bytes(*part))
}

impl Run {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let footer_at = length
            .checked_sub(FOOTER as u64)
            .ok_or_else(|| damaged("a run"))?;
        file.seek(SeekFrom::Start(footer_at))?;
        let mut footer = [0; FOOTER];
        file.read_exact(&mut footer)?;
        let n_records = number(&footer, 0);
        let n_blocks = n_records.div_ceil(BLOCK as u64);
        let records = n_records.checked_mul(RECORD as u64);
        let expected = records.and_then(|bytes| bytes.checked_add(n_blocks.checked_mul(16)?));
        if number(&footer, 16) != MAGIC || expected != Some(footer_at) {
            return Err(damaged("a run"));
        }
        file.seek(SeekFrom::Start(records.unwrap_or_default()))?;
        let mut bytes = vec![0; (n_blocks * 16) as usize];
        file.read_exact(&mut bytes)?;
        if sum(&bytes) != number(&footer, 8) {
            return Err(damaged("the fence of a run"));
        }
        let fence = bytes
            .chunks_exact(16)
            .map(|part| (number(part, 0), number(part, 8)))
            .collect();
        Ok(Self {
            file,
            n_records,
            fence,
            number: usize::MAX,
            block: Vec::new(),
        })
    }

    pub(super) fn len(&self) -> u64 {
        self.n_records
    }

    fn load(&mut self, number_of_block: usize) -> io::Result<()> {
        if self.number == number_of_block {
            return Ok(());
        }
        let Some((_, expected)) = self.fence.get(number_of_block).copied() else {
            self.block.clear();
            self.number = usize::MAX;
            return Ok(());
        };
        let first = (number_of_block * BLOCK) as u64;
        let n_records = (self.n_records - first).min(BLOCK as u64) as usize;
        let mut bytes = [0; BLOCK * RECORD];
        let part = bytes
            .get_mut(..n_records * RECORD)
            .ok_or_else(|| damaged("a run"))?;
        self.file.seek(SeekFrom::Start(first * RECORD as u64))?;
        self.file.read_exact(part)?;
        if sum(part) != expected {
            return Err(damaged("a block of a run"));
        }
        self.block.clear();
        self.block
            .extend(part.chunks_exact(RECORD).map(|record| Gram {
                hash: number(record, 0),
                doc: short(record, 8),
                at: short(record, 12),
                two_on: short(record, 16),
                four_on: short(record, 20),
            }));
        self.number = number_of_block;
        Ok(())
    }

    /// Gives every record of `hash` in order, until `take` says that it has enough.
    pub(super) fn of_hash(
        &mut self,
        hash: u64,
        take: &mut impl FnMut(Gram) -> Reading,
    ) -> io::Result<()> {
        let after = self.fence.partition_point(|(first, _)| *first < hash);
        let mut at = after.saturating_sub(1);
        while self.fence.get(at).is_some_and(|(first, _)| *first <= hash) {
            self.load(at)?;
            let from = self.block.partition_point(|gram| gram.hash < hash);
            for gram in self.block.get(from..).unwrap_or_default() {
                if gram.hash != hash {
                    return Ok(());
                }
                match take(*gram) {
                    Reading::On => {}
                    Reading::Enough => return Ok(()),
                }
            }
            at += 1;
        }
        Ok(())
    }
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    On,
    Enough,
}

/// Several runs read as one, in order; a block of each is in memory.
pub(super) struct Merged<'a> {
    runs: &'a mut [Run],
    /// The next record of every run: its block, its place there.
    heads: Vec<(usize, usize)>,
}

impl<'a> Merged<'a> {
    pub(super) fn new(runs: &'a mut [Run]) -> io::Result<Self> {
        for run in runs.iter_mut() {
            run.load(0)?;
        }
        Ok(Self {
            heads: vec![(0, 0); runs.len()],
            runs,
        })
    }

    /// The next record.
    pub(super) fn next(&mut self) -> io::Result<Option<Gram>> {
        let mut least: Option<(usize, Gram)> = None;
        for (index, (run, head)) in self.runs.iter().zip(&self.heads).enumerate() {
            if let Some(gram) = run.block.get(head.1)
                && least.is_none_or(|(_, other)| *gram < other)
            {
                least = Some((index, *gram));
            }
        }
        let Some((index, gram)) = least else {
            return Ok(None);
        };
        if let (Some(run), Some(head)) = (self.runs.get_mut(index), self.heads.get_mut(index)) {
            head.1 += 1;
            if head.1 >= run.block.len() {
                *head = (head.0 + 1, 0);
                run.load(head.0)?;
            }
        }
        Ok(Some(gram))
    }
}
