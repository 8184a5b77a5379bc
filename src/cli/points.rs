use crate::text::Offsets;

/// Byte offsets of one text as code points, asked for mostly in order.
///
/// What is near the last answer is counted from there; what is far is looked up in [`Offsets`], counted once and only then.
pub(super) struct Points<'a> {
    text: &'a str,
    at_byte: u32,
    at_point: u32,
    far: Option<Offsets>,
}

/// Bytes that are counted rather than looked up.
const NEAR: u32 = 4096;

impl<'a> Points<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at_byte: 0,
            at_point: 0,
            far: None,
        }
    }

    /// Code points before the byte at `byte`, which starts a character or is the end.
    pub(super) fn at(&mut self, byte: u32) -> u32 {
        let n_chars = |from: u32, to: u32| {
            self.text
                .get(from as usize..to as usize)
                .map(|text| text.chars().count() as u32)
        };
        let near = if byte.abs_diff(self.at_byte) > NEAR {
            None
        } else if byte >= self.at_byte {
            n_chars(self.at_byte, byte).map(|n| self.at_point + n)
        } else {
            n_chars(byte, self.at_byte).map(|n| self.at_point - n)
        };
        let point = near.unwrap_or_else(|| {
            self.far
                .get_or_insert_with(|| Offsets::new(self.text))
                .code_point(self.text, byte)
        });
        (self.at_byte, self.at_point) = (byte, point);
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn answers_agree_with_counting(
            text in "[a-zé漢🙂\u{301}]{0,8000}",
            asked in proptest::collection::vec(0_usize..20_000, 1..20),
        ) {
            let mut points = Points::new(&text);
            for pick in asked {
                let byte = (0..=pick.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                let counted = text.get(..byte).unwrap().chars().count() as u32;
                prop_assert_eq!(points.at(byte as u32), counted);
            }
        }
    }
}
