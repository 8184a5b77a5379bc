//! A pattern looked for in a text with errors: Myers' bit vectors (1999), in blocks as Hyyrö has them (2003).
//!
//! In: two rows of characters and how many errors are allowed. Out: every place where fewer errors are needed than right beside it. An error is a
//! character too many, one missing, or another one (Levenshtein). The time is the length of the text times the length of the pattern over 64.

use std::collections::HashMap;

/// A place that reads like the pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// The first character of the place.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// Characters to insert, to leave out or to change.
    pub errors: usize,
}

/// Places kept of one search; the best ones stay.
const MOST_PLACES: usize = 256;

/// All local minima of at most `most_errors` errors, in text order.
///
/// Of two that share half of the pattern's length the one with fewer errors stays, of equals the first.
///
/// ```
/// use postil::annotation::approximate;
///
/// let chars = |text: &str| text.chars().collect::<Vec<_>>();
/// let found = approximate(&chars("military objectives"), &chars("its milytary objektives."), 4);
/// assert_eq!((found[0].start, found[0].end, found[0].errors), (4, 23, 2));
/// ```
pub fn approximate(pattern: &[char], text: &[char], most_errors: usize) -> Vec<Likeness> {
    if pattern.is_empty() {
        return Vec::new();
    }
    let mut ends = minima(pattern, text, most_errors);
    if ends.len() > MOST_PLACES {
        ends.sort_by_key(|(end, errors)| (*errors, *end));
        ends.truncate(MOST_PLACES);
        ends.sort_unstable();
    }
    let backwards: Vec<char> = pattern.iter().rev().copied().collect();
    let bits = Bits::new(&backwards);
    ends.into_iter()
        .map(|(end, errors)| Likeness {
            start: end - reach(&bits, pattern, text, end, errors),
            end,
            errors,
        })
        .collect()
}

/// How many errors the two are apart as wholes.
pub fn distance(a: &[char], b: &[char]) -> usize {
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len());
    }
    let bits = Bits::new(a);
    let mut column = Column::new(&bits);
    for c in b {
        column.step(&bits, *c, Top::Counts);
    }
    column.errors
}

/// The ends of the places, with their errors, in order.
fn minima(pattern: &[char], text: &[char], most_errors: usize) -> Vec<(usize, usize)> {
    let bits = Bits::new(pattern);
    let mut column = Column::new(&bits);
    let near = (pattern.len() / 2).max(1);
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.iter().enumerate() {
        column.step(&bits, *c, Top::Free);
        let errors = column.errors;
        if errors > most_errors {
            continue;
        }
        let end = at + 1;
        match ends.last_mut() {
            Some(last) if end - last.0 <= near => {
                if errors < last.1 {
                    *last = (end, errors);
                }
            }
            _ => ends.push((end, errors)),
        }
    }
    ends
}

/// How far before `end` the place starts: where the errors are fewest, of equals with the pattern's first letter, nearest to its length.
fn reach(backwards: &Bits, pattern: &[char], text: &[char], end: usize, errors: usize) -> usize {
    let n = pattern.len();
    let window = text
        .get(end.saturating_sub(n + errors)..end)
        .unwrap_or_default();
    let mut column = Column::new(backwards);
    let mut best = (n, true, n, 0);
    for (index, c) in window.iter().rev().enumerate() {
        column.step(backwards, *c, Top::Counts);
        let n_taken = index + 1;
        let begins_otherwise = pattern.first() != Some(c);
        best = best.min((
            column.errors,
            begins_otherwise,
            n.abs_diff(n_taken),
            n_taken,
        ));
    }
    best.3
}

/// For each character, at which places of the pattern it stands.
struct Bits {
    /// A row of blocks for each character of the pattern; the first row is that of all others.
    rows: Vec<u64>,
    /// Which row, for the characters that nearly all text is made of.
    ascii: [u32; 128],
    others: HashMap<char, u32>,
    n_blocks: usize,
    n_chars: usize,
}

const BLOCK: usize = 64;

impl Bits {
    fn new(pattern: &[char]) -> Self {
        let n_blocks = pattern.len().div_ceil(BLOCK);
        let mut bits = Self {
            rows: vec![0; n_blocks],
            ascii: [0; 128],
            others: HashMap::new(),
            n_blocks,
            n_chars: pattern.len(),
        };
        for (index, c) in pattern.iter().enumerate() {
            let mut row = bits.row(*c);
            if row == 0 {
                row = bits.rows.len() / n_blocks;
                bits.rows.resize(bits.rows.len() + n_blocks, 0);
                match bits.ascii.get_mut(*c as usize) {
                    Some(slot) => *slot = row as u32,
                    None => drop(bits.others.insert(*c, row as u32)),
                }
            }
            if let Some(block) = bits.rows.get_mut(row * n_blocks + index / BLOCK) {
                *block |= 1 << (index % BLOCK);
            }
        }
        bits
    }

    fn row(&self, c: char) -> usize {
        let row = match self.ascii.get(c as usize) {
            Some(row) => *row,
            None => self.others.get(&c).copied().unwrap_or(0),
        };
        row as usize
    }

    fn of(&self, c: char) -> &[u64] {
        let start = self.row(c) * self.n_blocks;
        self.rows
            .get(start..start + self.n_blocks)
            .unwrap_or_default()
    }
}

/// Whether the place may begin anywhere in the text, or what stands before it counts as errors.
#[derive(Clone, Copy)]
enum Top {
    Free,
    Counts,
}

/// One column of the table of errors, as differences between its rows.
struct Column {
    /// Per block: rows one more, and one less, than the row above.
    rows: Vec<(u64, u64)>,
    /// In the last row.
    errors: usize,
}

impl Column {
    fn new(bits: &Bits) -> Self {
        Self {
            rows: vec![(u64::MAX, 0); bits.n_blocks],
            errors: bits.n_chars,
        }
    }

    fn step(&mut self, bits: &Bits, c: char, top: Top) {
        let mut carry: i8 = match top {
            Top::Free => 0,
            Top::Counts => 1,
        };
        let last_bit = 1_u64 << ((bits.n_chars - 1) % BLOCK);
        let last = self.rows.len() - 1;
        for (index, ((plus, minus), eq)) in self.rows.iter_mut().zip(bits.of(c)).enumerate() {
            let (up, down) = (*plus, *minus);
            let below = u64::from(carry < 0);
            let vertical = eq | down;
            let eq = eq | below;
            let across = ((eq & up).wrapping_add(up) ^ up) | eq;
            let mut more = down | !(across | up);
            let mut less = up & across;
            let high = if index == last {
                last_bit
            } else {
                1 << (BLOCK - 1)
            };
            let out = i8::from(more & high != 0) - i8::from(less & high != 0);
            more = more << 1 | u64::from(carry > 0);
            less = less << 1 | below;
            *plus = less | !(vertical | more);
            *minus = more & vertical;
            carry = out;
        }
        self.errors = self.errors.saturating_add_signed(isize::from(carry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The places, in brackets with their errors.
    fn check(pattern: &str, text: &str, most_errors: usize, expected: &str) {
        let found: Vec<String> = approximate(&chars(pattern), &chars(text), most_errors)
            .iter()
            .map(|place| {
                let words: String = chars(text)[place.start..place.end].iter().collect();
                format!("{words}/{}", place.errors)
            })
            .collect();
        assert_eq!(found.join(" | "), expected, "{pattern} in {text}");
    }

    #[test]
    fn places_with_few_errors_are_found() {
        check("grain deal", "the grain deal ends", 0, "grain deal/0");
        check("grain deal", "the train deel ends", 3, "train deel/2");
        check(
            "grain deal",
            "a grain deal, a graain deal",
            3,
            "grain deal/0 | graain deal/1",
        );
        check("grain deal", "nothing of the sort", 3, "");
        check("核実験を", "これは核の実験を", 1, "核の実験を/1");
        check("", "text", 3, "");
        check("text", "", 3, "");
    }

    #[test]
    fn patterns_longer_than_a_block_are_no_different() {
        let pattern = "abcdefghij".repeat(20);
        let mut text = chars(&format!("xx{pattern}yy"));
        text[70] = '!';
        text.remove(150);
        let found = approximate(&chars(&pattern), &text, 10);
        assert_eq!(
            found,
            [Likeness {
                start: 2,
                end: 201,
                errors: 2
            }]
        );
    }

    /// The table in full.
    fn plain(a: &[char], b: &[char], free: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=a.len()).collect();
        let mut last = vec![a.len()];
        for (j, c) in b.iter().enumerate() {
            let mut next = vec![if free { 0 } else { j + 1 }];
            for (i, p) in a.iter().enumerate() {
                let change = column[i] + usize::from(p != c);
                next.push(change.min(column[i + 1] + 1).min(next[i] + 1));
            }
            column = next;
            last.push(column[a.len()]);
        }
        last
    }

    proptest! {
        #[test]
        fn errors_are_those_of_the_plain_table(a in "[abc]{1,150}", b in "[abc]{0,150}") {
            let (a, b) = (chars(&a), chars(&b));
            prop_assert_eq!(distance(&a, &b), *plain(&a, &b, false).last().unwrap());
            let best = *plain(&a, &b, true).iter().min().unwrap();
            let found = approximate(&a, &b, a.len() - 1);
            for place in &found {
                prop_assert_eq!(distance(&a, &b[place.start..place.end]), place.errors);
            }
            if best < a.len() {
                prop_assert_eq!(found.iter().map(|place| place.errors).min(), Some(best));
            }
        }
    }
}
