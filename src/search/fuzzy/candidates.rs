use std::fmt;
use std::sync::Arc;

use super::term::mask_bit;
use crate::search::fold::fold_char;

/// The texts to pick from, folded, in one arena: the text once, an eighth of it for capitals, and 12 bytes a text.
///
/// Texts are numbered from 0 in the order they are added and never leave; the originals stay with the caller.
pub struct Candidates {
    folded: Vec<u8>,
    /// One bit for each folded byte: it begins what was a capital.
    capitals: Vec<u64>,
    ends: Vec<u32>,
    masks: Vec<u64>,
    /// Tells this set from every other that lives while a matcher remembers it.
    pub(super) identity: Arc<()>,
}

/// One candidate as the scorer sees it.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) bytes: &'a [u8],
    capitals: &'a [u64],
    base: usize,
}

impl Item<'_> {
    /// Whether the folded byte at `at` begins what was a capital.
    #[inline]
    pub(super) fn is_capital(self, at: usize) -> bool {
        let bit = self.base + at;
        self.capitals
            .get(bit >> 6)
            .is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }
}

impl Candidates {
    /// A longer text is matched by its first 64 KiB.
    pub const LONGEST: usize = 1 << 16;

    /// None yet.
    pub fn new() -> Self {
        Self {
            folded: Vec::new(),
            capitals: Vec::new(),
            ends: Vec::new(),
            masks: Vec::new(),
            identity: Arc::new(()),
        }
    }

    /// None yet, with room for `texts` of `bytes` in all, so that adding them moves nothing.
    pub fn with_capacity(texts: usize, bytes: usize) -> Self {
        Self {
            folded: Vec::with_capacity(bytes),
            capitals: Vec::with_capacity(bytes / 64 + 1),
            ends: Vec::with_capacity(texts),
            masks: Vec::with_capacity(texts),
            identity: Arc::new(()),
        }
    }

    /// Adds a text and gives its number. Past 4 GiB in all, texts are added empty: they keep their numbers and match nothing.
    pub fn push(&mut self, text: &str) -> u32 {
        let start = self.folded.len();
        let text = if u32::try_from(start + 3 * Self::LONGEST).is_ok() {
            head(text)
        } else {
            ""
        };
        let mut mask = 0;
        if text.is_ascii() {
            for (i, byte) in text.bytes().enumerate() {
                if byte.is_ascii_uppercase() {
                    self.set_capital(start + i);
                }
                mask |= mask_bit(char::from(byte.to_ascii_lowercase()));
            }
            self.folded
                .extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            for c in text.chars() {
                let at = self.folded.len();
                fold_char(c, |out| {
                    mask |= mask_bit(out);
                    let mut utf8 = [0; 4];
                    self.folded
                        .extend_from_slice(out.encode_utf8(&mut utf8).as_bytes());
                });
                if c.is_uppercase() && self.folded.len() > at {
                    self.set_capital(at);
                }
            }
        }
        let index = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ends.push(self.folded.len() as u32);
        self.masks.push(mask);
        index
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of memory held, room for more included.
    pub fn memory(&self) -> usize {
        self.folded.capacity()
            + 8 * self.capitals.capacity()
            + 4 * self.ends.capacity()
            + 8 * self.masks.capacity()
    }

    fn set_capital(&mut self, bit: usize) {
        let word = bit >> 6;
        if self.capitals.len() <= word {
            self.capitals.resize(word + 1, 0);
        }
        if let Some(word) = self.capitals.get_mut(word) {
            *word |= 1 << (bit & 63);
        }
    }

    /// Which characters stand in a text.
    #[inline]
    pub(super) fn mask(&self, index: u32) -> u64 {
        self.masks.get(index as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn item(&self, index: u32) -> Item<'_> {
        let index = index as usize;
        let end_of = |i: usize| self.ends.get(i).map_or(0, |end| *end as usize);
        let base = index.checked_sub(1).map_or(0, end_of);
        Item {
            bytes: self.folded.get(base..end_of(index)).unwrap_or_default(),
            capitals: &self.capitals,
            base,
        }
    }
}

/// What is matched of a text: its first [`Candidates::LONGEST`] bytes, whole characters.
pub(super) fn head(text: &str) -> &str {
    let most = text.len().min(Candidates::LONGEST);
    (most.saturating_sub(3)..=most)
        .rev()
        .find_map(|end| text.get(..end))
        .unwrap_or_default()
}

impl Default for Candidates {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidates")
            .field("texts", &self.ends.len())
            .field("bytes", &self.folded.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Extend<&'a str> for Candidates {
    fn extend<T: IntoIterator<Item = &'a str>>(&mut self, texts: T) {
        for text in texts {
            self.push(text);
        }
    }
}

impl<'a> FromIterator<&'a str> for Candidates {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        let mut all = Self::new();
        all.extend(texts);
        all
    }
}
