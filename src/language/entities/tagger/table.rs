//! A hash table that is read where it lies: no parsing, no allocation, little-endian.
//!
//! In: bytes as [`Builder::bytes`] wrote them. Out: the value stored for a 64-bit key. Buckets are 64 bytes, filled from the front; what does not fit goes
//! to the next bucket, so an empty place ends a search. A key leaves a mark of three bytes: a key that was never stored is taken for a stored one about once in five
//! million look-ups, which a statistical model does not notice.

/// Bytes of a bucket.
const BUCKET: usize = 64;
/// Bytes of the mark a key leaves.
const MARK: usize = 3;
/// Buckets looked at before a key counts as absent; the builder keeps to it.
const MOST_BUCKETS: usize = 32;

/// A table of places of `PLACE` bytes: the mark, then the value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a, const PLACE: usize> {
    buckets: &'a [[u8; BUCKET]],
}

impl<'a, const PLACE: usize> Table<'a, PLACE> {
    /// The table in `bytes`, whose length must be a multiple of 64.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (buckets, rest) = bytes.as_chunks();
        (rest.is_empty() && !buckets.is_empty()).then_some(Self { buckets })
    }

    /// The value stored for `key`: the bytes behind the mark.
    pub(super) fn get(&self, key: u64) -> Option<&'a [u8]> {
        let mark = mark(key);
        let mut at = bucket(key, self.buckets.len());
        for _ in 0..MOST_BUCKETS {
            for place in self.buckets.get(at)?.chunks_exact(PLACE) {
                let (found, value) = place.split_first_chunk::<MARK>()?;
                if *found == mark {
                    return Some(value);
                }
                if *found == [0; MARK] {
                    return None;
                }
            }
            at = (at + 1) % self.buckets.len();
        }
        None
    }
}

/// The mark of a key, never all zeros: that is an empty place.
fn mark(key: u64) -> [u8; MARK] {
    let [first, second, third, ..] = key.to_le_bytes();
    if (first, second, third) == (0, 0, 0) {
        [1, 0, 0]
    } else {
        [first, second, third]
    }
}

/// The bucket a key belongs to, by its high bits.
fn bucket(key: u64, of: usize) -> usize {
    (((key >> 32) * of as u64) >> 32) as usize
}

/// Fills a table. The order of the entries decides who stays in the first bucket, so the commonest should come first.
#[derive(Debug)]
pub struct Builder<const PLACE: usize> {
    buckets: Vec<[u8; BUCKET]>,
}

impl<const PLACE: usize> Builder<PLACE> {
    /// An empty table with room for `entries` at a load of about seven eighths.
    pub fn new(entries: usize) -> Self {
        let places = BUCKET / PLACE;
        Self {
            buckets: vec![[0; BUCKET]; (entries * 8 / 7).div_ceil(places).max(1)],
        }
    }

    /// Stores a value of `PLACE - 3` bytes; false where its mark is taken or there is no room nearby.
    pub fn insert(&mut self, key: u64, value: &[u8]) -> bool {
        let mark = mark(key);
        let n_buckets = self.buckets.len();
        let mut at = bucket(key, n_buckets);
        for _ in 0..MOST_BUCKETS {
            let Some(places) = self.buckets.get_mut(at) else {
                return false;
            };
            for place in places.chunks_exact_mut(PLACE) {
                let Some((found, kept)) = place.split_first_chunk_mut::<MARK>() else {
                    return false;
                };
                if *found == mark || kept.len() != value.len() {
                    return false;
                }
                if *found == [0; MARK] {
                    *found = mark;
                    kept.copy_from_slice(value);
                    return true;
                }
            }
            at = (at + 1) % n_buckets;
        }
        false
    }

    /// The table as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.buckets.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_stored_is_found(keys in proptest::collection::hash_set(any::<u64>(), 1..300)) {
            let mut builder = Builder::<8>::new(keys.len());
            let stored: Vec<bool> = keys.iter().map(|key| builder.insert(*key, &key.to_be_bytes()[..5])).collect();
            let bytes = builder.bytes();
            let table = Table::<8>::new(&bytes).unwrap();
            for (key, stored) in keys.iter().zip(stored) {
                if stored {
                    prop_assert_eq!(table.get(*key).unwrap(), &key.to_be_bytes()[..5]);
                }
            }
        }

        #[test]
        fn any_bytes_are_a_table_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..400), key in any::<u64>()) {
            if let Some(table) = Table::<16>::new(&bytes) {
                prop_assert!(table.get(key).is_none_or(|value| value.len() == 13));
            }
        }
    }
}
