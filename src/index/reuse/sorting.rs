//! The runs of words of some documents, in order.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::trace::reuse::seeds::{Gram, Seeding, grams, hashes};

/// Bits of a hash that choose the part of a batch it is sorted in: so many parts that one fits into the fastest memory.
const PART_BITS: u32 = 12;

/// The runs of words of documents in order; of a document so many of the same.
pub(super) fn sorted(documents: &[(u32, Cow<'_, [u32]>)], seeding: Seeding) -> Vec<Gram> {
    let part = |hash: u64| (hash >> (u64::BITS - PART_BITS)) as usize;
    let mut places = vec![0_usize; (1 << PART_BITS) + 1];
    for hash in documents
        .iter()
        .flat_map(|(_, ids)| hashes(ids, seeding.n_words))
    {
        if let Some(next) = places.get_mut(part(hash) + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for place in &mut places {
        sum += *place;
        *place = sum;
    }
    let mut batch = vec![Gram::default(); sum];
    for (doc, ids) in documents {
        for gram in grams(ids, *doc, seeding.n_words) {
            if let Some(place) = places.get_mut(part(gram.hash)) {
                if let Some(slot) = batch.get_mut(*place) {
                    *slot = gram;
                }
                *place += 1;
            }
        }
    }
    batch
        .par_chunk_by_mut(|x, y| part(x.hash) == part(y.hash))
        .for_each(|part| part.sort_unstable_by_key(Gram::place));
    let (mut last, mut n_same) = (None, 0);
    batch.retain(|gram| {
        let this = Some((gram.hash, gram.doc));
        n_same = if last == this { n_same + 1 } else { 1 };
        last = this;
        n_same <= seeding.most_places
    });
    batch
}
