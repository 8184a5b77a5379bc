//! An annotation with what other programs want to know of it, on its way out or in.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Annotation;

/// The number of an annotation in every store and export: 128 bits, written as a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Uid(pub [u8; 16]);

impl Uid {
    /// The number of something that another program calls `id`: the UUID in it, if it has one in its last part, else the first half of its SHA-256.
    pub fn of_foreign(id: &str) -> Self {
        let last = id.rsplit([':', '/', '#']).next().unwrap_or(id);
        Self::parse(last).unwrap_or_else(|| {
            let mut bytes = [0; 16];
            for (to, from) in bytes.iter_mut().zip(Sha256::digest(id.as_bytes())) {
                *to = from;
            }
            Self(bytes)
        })
    }

    /// Reads a UUID: 32 hexadecimal digits, hyphens anywhere.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| *c != '-')
            .map(|c| c.to_digit(16).map(|digit| digit as u8))
            .collect::<Option<_>>()?;
        let mut bytes = [0; 16];
        if digits.len() != 32 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            *byte = pair.iter().fold(0, |byte, digit| byte << 4 | digit);
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// What a file of another program said that has no place here; kept so that it goes out again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// What the other program called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The annotations it answers to, the first one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// Whether it is about the document as a whole, and stands at its title for want of a passage.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
}

impl Origin {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.references.is_empty() && !self.whole
    }
}

/// An annotation with its number everywhere, its writer and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// Its number everywhere.
    pub uid: Uid,
    /// What was written, and on which passage.
    pub annotation: Annotation,
    /// Who wrote it; none for the owner of the store.
    pub creator: Option<String>,
    /// What an import brought.
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_our_own_is_recognised_and_any_other_has_one() {
        let own = Uid([0xab; 16]);
        assert_eq!(own.to_string(), "abababab-abab-abab-abab-abababababab");
        assert_eq!(Uid::of_foreign(&format!("urn:uuid:{own}")), own);
        assert_eq!(Uid::parse("abab"), None);
        let other = Uid::of_foreign("x7Yq");
        assert_eq!(Uid::of_foreign("x7Yq"), other);
        assert_ne!(Uid::of_foreign("x7Yr"), other);
    }
}
