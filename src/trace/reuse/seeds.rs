//! Runs of words that two documents share: where passages may have been reused.
//!
//! Every run of `k` words is hashed; hashes are sorted and those that stand in one document or in too many are dropped. The work is cut into shards by hash, so that memory stays bounded
//! whatever the size of the library; each shard costs one pass over the words.

use rayon::prelude::*;

/// A run of words shared by the documents `a` and `b`, `a < b`; at word `at_a` of one and `at_b` of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    /// The first document's number.
    pub a: u32,
    /// The second document's number.
    pub b: u32,
    /// The first word of the run in the first document.
    pub at_a: u32,
    /// The first word of the run in the second document.
    pub at_b: u32,
    /// How many documents have the run, rounded up to a power of two.
    pub documents: u32,
}

impl Seed {
    /// Its place in the order of seeds as one number, which is compared faster than number by number.
    pub const fn place(&self) -> u128 {
        (self.a as u128) << 96
            | (self.b as u128) << 64
            | (self.at_a as u128) << 32
            | self.at_b as u128
    }

    /// How much it says that a run so rare is shared: 5 where these two documents alone have it, 1 less with every doubling, 0 where more than 32 have it.
    pub const fn weight(&self) -> u32 {
        Self::weight_of(self.documents)
    }

    /// The same of a run that so many documents have.
    pub const fn weight_of(documents: u32) -> u32 {
        6_u32.saturating_sub(documents.next_power_of_two().trailing_zeros())
    }
}

/// A run of words in a document, with what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Gram {
    /// Its hash.
    pub hash: u64,
    /// The document's number.
    pub doc: u32,
    /// Its first word.
    pub at: u32,
    /// A hash of the two words that follow.
    pub two_on: u32,
    /// A hash of the four words that follow.
    pub four_on: u32,
}

impl Gram {
    /// Its place in the order of grams as one number: by hash, document, first word.
    pub const fn place(&self) -> u128 {
        (self.hash as u128) << 64 | (self.doc as u128) << 32 | self.at as u128
    }
}

/// Runs hashed at a time: 24 bytes each.
const SHARD: usize = 1 << 21;

/// Which runs count as seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeding {
    /// Words in a run.
    pub n_words: usize,
    /// Runs of this many documents and more must be shared two words longer: what many use is a phrase unless it is long.
    pub frequent: usize,
    /// Runs of this many documents and more must be shared four words longer.
    pub common: usize,
    /// A run in more documents is a stock phrase.
    pub most_documents: usize,
    /// A run is taken at so many places of a document at most.
    pub most_places: usize,
}

/// From so many words on a run of three words is shared by chance too often.
const LARGE: usize = 3_000_000;

impl Seeding {
    /// For documents of so many words together: chance grows with the square of a library, so that a large one asks for longer runs.
    pub const fn for_words(n_words: usize) -> Self {
        let (run, frequent, common) = if n_words < LARGE {
            (3, 4, 7)
        } else {
            (4, 5, 9)
        };
        Self {
            n_words: run,
            frequent,
            common,
            most_documents: 50,
            most_places: 4,
        }
    }
}

/// The hashes of two, and of four, words of a document that follow one another, from each word on; behind the last word stand [`END`]s.
struct Chains {
    two: Vec<u64>,
    four: Vec<u64>,
}

/// Stands behind the last word, so that two ends are equal only to each other's.
const END: u64 = 1 << 40;

impl Chains {
    fn of(ids: &[u32]) -> Self {
        let mut two: Vec<u64> = Vec::with_capacity(ids.len() + 6);
        two.extend(ids.windows(2).map(|pair| match pair {
            [first, second] => chain(u64::from(*first), u64::from(*second)),
            _ => 0,
        }));
        two.extend(ids.last().map(|last| chain(u64::from(*last), END)));
        two.extend([END; 6]);
        let behind = two.get(2..).unwrap_or_default();
        let four = two.iter().zip(behind).map(|(x, y)| chain(*x, *y)).collect();
        Self { two, four }
    }
}

const fn chain(first: u64, second: u64) -> u64 {
    let hash = (first.rotate_left(21) ^ second)
        .wrapping_add(0xcbf2_9ce4_8422_2325)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 32)
}

/// The hash of the first `n_words` words of `ids`, for runs of other lengths than three and four.
fn run(ids: &[u32], n_words: usize) -> u64 {
    let words = ids.iter().take(n_words);
    words.fold(END, |hash, id| chain(hash, u64::from(*id)))
}

/// The runs of `n_words` words of a document, in order.
pub fn grams(ids: &[u32], doc: u32, n_words: usize) -> impl Iterator<Item = Gram> + '_ {
    let n_words = n_words.max(1);
    let n_runs = (ids.len() + 1).saturating_sub(n_words);
    let Chains { two, four } = Chains::of(ids);
    (0..n_runs).map(move |at| {
        let from = |chains: &[u64], at: usize| chains.get(at).copied().unwrap_or(END);
        let hash = match n_words {
            4 => from(&four, at),
            3 => chain(
                from(&two, at),
                ids.get(at + 2).copied().map_or(END, u64::from),
            ),
            _ => run(ids.get(at..).unwrap_or_default(), n_words),
        };
        Gram {
            hash,
            doc,
            at: at as u32,
            two_on: from(&two, at + n_words) as u32,
            four_on: from(&four, at + n_words) as u32,
        }
    })
}

/// The hashes of the runs of `n_words` words, in order.
pub fn hashes(ids: &[u32], n_words: usize) -> impl Iterator<Item = u64> + '_ {
    grams(ids, 0, n_words).map(|gram| gram.hash)
}

/// The seeds among documents given as word hashes, by document pair and place.
pub fn seeds(documents: &[&[u32]], seeding: Seeding) -> Vec<Seed> {
    let n_grams: usize = documents.iter().map(|ids| ids.len()).sum();
    let shards = n_grams.div_ceil(SHARD).max(1) as u64;
    let mut found = Vec::new();
    let mut runs = Vec::with_capacity((n_grams / shards as usize).saturating_mul(11) / 10);
    for shard in 0..shards {
        runs.clear();
        for (doc, ids) in documents.iter().enumerate() {
            let all = grams(ids, doc as u32, seeding.n_words);
            runs.extend(all.filter(|gram| shards == 1 || gram.hash % shards == shard));
        }
        runs.par_sort_unstable_by_key(Gram::place);
        for group in runs.chunk_by(|a, b| a.hash == b.hash) {
            pair_up(group, seeding, &mut found);
        }
    }
    found.par_sort_unstable_by_key(Seed::place);
    found
}

/// The seeds of one hash: its runs, sorted by document and place.
pub fn pair_up(group: &[Gram], seeding: Seeding, found: &mut Vec<Seed>) {
    if group.len() < 2 {
        return;
    }
    let (mut documents, mut most) = (0, 0);
    for of_one in group.chunk_by(|a, b| a.doc == b.doc) {
        documents += 1;
        most = most.max(of_one.len());
        if documents > seeding.most_documents {
            return;
        }
    }
    if documents < 2 {
        return;
    }
    if documents < seeding.frequent && most <= seeding.most_places {
        // Most groups are such, and need no copy.
        pair(group, documents, found);
        return;
    }
    let mut taken: Vec<Gram> = Vec::with_capacity(group.len());
    for of_one in group.chunk_by(|a, b| a.doc == b.doc) {
        taken.extend(of_one.iter().take(seeding.most_places));
    }
    if documents < seeding.frequent {
        pair(&taken, documents, found);
    } else if documents < seeding.common {
        taken.sort_unstable_by_key(|gram| (gram.two_on, gram.doc, gram.at));
        for same in taken.chunk_by(|a, b| a.two_on == b.two_on) {
            pair(same, documents, found);
        }
    } else {
        taken.sort_unstable_by_key(|gram| (gram.four_on, gram.doc, gram.at));
        for same in taken.chunk_by(|a, b| a.four_on == b.four_on) {
            pair(same, documents, found);
        }
    }
}

/// Every two runs of different documents; they are sorted by document.
fn pair(runs: &[Gram], documents: usize, found: &mut Vec<Seed>) {
    for (index, a) in runs.iter().enumerate() {
        let others = runs.get(index + 1..).unwrap_or_default();
        for b in others.iter().filter(|b| b.doc != a.doc) {
            found.push(Seed {
                a: a.doc,
                b: b.doc,
                at_a: a.at,
                at_b: b.at,
                documents: (documents as u32).next_power_of_two(),
            });
        }
    }
}
