//! A checksum that tells damage, not malice.

/// The sum of `bytes`.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mixed = words
        .iter()
        .map(|word| u64::from_le_bytes(*word))
        .chain(rest.iter().map(|byte| u64::from(*byte) | 1 << 40))
        .fold(bytes.len() as u64, |hash, unit| {
            (hash.rotate_left(23) ^ unit).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
    mixed ^ (mixed >> 31)
}
