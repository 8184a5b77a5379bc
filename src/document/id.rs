use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A place documents come from: the first 64 bits of the SHA-256 of its locator (an absolute path, `sample:NAME` or `stdin:`).
///
/// Shown as 16 hexadecimal digits. It says where, not what: a changed file keeps its id and gets another [`Revision`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocId(pub u64);

impl DocId {
    /// The id of a locator.
    pub fn of_locator(locator: &str) -> Self {
        let digest = Sha256::digest(locator.as_bytes());
        Self(
            digest
                .iter()
                .take(8)
                .fold(0, |id, byte| id << 8 | u64::from(*byte)),
        )
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for DocId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// One immutable extracted text: the SHA-256 of the canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Revision(pub [u8; 32]);

impl Revision {
    /// The revision of a canonical text.
    pub fn of_text(text: &str) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&Sha256::digest(text.as_bytes()));
        Self(bytes)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
