//! Word classes: what the company a word keeps in much text says about it.
//!
//! In: the lexicon part of the model file. Out: the [`Entry`] of a word, folded to lower case. An entry is eight bytes: the mark of the word, then a 40-bit number of
//! Brown cluster of the capitalised form (10 bits), of the form in lower case (10), vector class of 1024 (10) and of 128 (7), and how often the word is
//! capitalised (3). Zero is "unknown" in each.

use super::table::Table;

/// Bytes of a place in the table.
pub const ENTRY: usize = 8;

/// The classes of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry {
    /// Number of the Brown cluster of its commonest capitalised form.
    pub brown_capital: u16,
    /// Number of the Brown cluster of the form in lower case.
    pub brown_lower: u16,
    /// Vector class, 1 to 1023.
    pub fine: u16,
    /// Vector class, 1 to 127.
    pub coarse: u8,
    /// Share of capitalised occurrences in steps, 1 (never) to 7 (always).
    pub capitals: u8,
}

impl Entry {
    /// As the five bytes of a place.
    pub fn pack(self) -> [u8; ENTRY - 3] {
        let bits = u64::from(self.brown_capital & 0x3ff)
            | u64::from(self.brown_lower & 0x3ff) << 10
            | u64::from(self.fine & 0x3ff) << 20
            | u64::from(self.coarse & 0x7f) << 30
            | u64::from(self.capitals & 7) << 37;
        let mut packed = [0; ENTRY - 3];
        for (kept, byte) in packed.iter_mut().zip(bits.to_le_bytes()) {
            *kept = byte;
        }
        packed
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (packed, _) = bytes.split_first_chunk::<{ ENTRY - 3 }>()?;
        let bits = packed
            .iter()
            .rev()
            .fold(0, |bits, byte| bits << 8 | u64::from(*byte));
        let field = |from: u32, mask: u64| (bits >> from & mask) as u16;
        Some(Self {
            brown_capital: field(0, 0x3ff),
            brown_lower: field(10, 0x3ff),
            fine: field(20, 0x3ff),
            coarse: field(30, 0x7f) as u8,
            capitals: field(37, 7) as u8,
        })
    }
}

/// The lexicon, read where it lies.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'a> {
    words: Table<'a, ENTRY>,
    /// The bits of each Brown cluster, four bytes each: the path from the root, first step in the lowest bit.
    paths: &'a [[u8; 4]],
}

impl<'a> Lexicon<'a> {
    /// The lexicon whose table and cluster paths these are.
    pub fn new(words: &'a [u8], paths: &'a [u8]) -> Option<Self> {
        let (paths, rest) = paths.as_chunks();
        rest.is_empty().then_some(Self {
            words: Table::new(words)?,
            paths,
        })
    }

    /// The classes of the word with this hash (see [`super::hash_lower`]); all unknown where it is not listed.
    pub fn entry(&self, hash: u64) -> Entry {
        self.words
            .get(hash)
            .and_then(Entry::unpack)
            .unwrap_or_default()
    }

    /// The path of a Brown cluster; zero for the unknown one.
    pub fn path(&self, cluster: u16) -> u32 {
        self.paths
            .get(usize::from(cluster))
            .map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_survives_packing() {
        let entry = Entry {
            brown_capital: 1000,
            brown_lower: 1,
            fine: 1023,
            coarse: 127,
            capitals: 5,
        };
        assert_eq!(Entry::unpack(&entry.pack()), Some(entry));
    }
}
