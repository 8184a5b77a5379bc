/// Converts UTF-8 byte offsets of one text to code points and UTF-16 units and back.
///
/// Counts are kept for every 1,024 bytes, so a conversion looks at no more than that. An offset past the end is
/// taken as the end; one inside a character is taken as its start.
///
/// ```
/// let offsets = postil::text::Offsets::new("né🙂x");
/// assert_eq!(offsets.code_point("né🙂x", 7), 3);
/// assert_eq!(offsets.utf16("né🙂x", 7), 4);
/// assert_eq!(offsets.byte_of_code_point("né🙂x", 3), 7);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Offsets {
    /// At every step, in order: (byte, code points before it, UTF-16 units before it).
    marks: Vec<(u32, u32, u32)>,
}

const STEP: usize = 1024;

impl Offsets {
    /// Counts `text` once.
    pub fn new(text: &str) -> Self {
        let mut marks = vec![(0, 0, 0)];
        let (mut points, mut units, mut next) = (0_u32, 0_u32, STEP);
        for (byte, c) in text.char_indices() {
            if byte >= next {
                marks.push((byte as u32, points, units));
                next = byte + STEP;
            }
            points += 1;
            units += c.len_utf16() as u32;
        }
        Self { marks }
    }

    /// Code points before the byte at `byte`.
    pub fn code_point(&self, text: &str, byte: u32) -> u32 {
        self.walk(text, |at, _, _| at > byte, |mark| mark.0 <= byte)
            .1
    }

    /// UTF-16 units before the byte at `byte`.
    pub fn utf16(&self, text: &str, byte: u32) -> u32 {
        self.walk(text, |at, _, _| at > byte, |mark| mark.0 <= byte)
            .2
    }

    /// The byte at which the code point numbered `point` starts.
    pub fn byte_of_code_point(&self, text: &str, point: u32) -> u32 {
        self.walk(text, |_, points, _| points > point, |mark| mark.1 <= point)
            .0
    }

    /// The byte at which the character that holds UTF-16 unit `unit` starts.
    pub fn byte_of_utf16(&self, text: &str, unit: u32) -> u32 {
        self.walk(text, |_, _, units| units > unit, |mark| mark.2 <= unit)
            .0
    }

    /// The last position, from the nearest mark on, that is not `past` what is looked for.
    fn walk(
        &self,
        text: &str,
        past: impl Fn(u32, u32, u32) -> bool,
        before: impl Fn(&(u32, u32, u32)) -> bool,
    ) -> (u32, u32, u32) {
        let mark = self
            .marks
            .partition_point(before)
            .checked_sub(1)
            .and_then(|index| self.marks.get(index));
        let (mut byte, mut points, mut units) = mark.copied().unwrap_or_default();
        for c in text.get(byte as usize..).unwrap_or_default().chars() {
            let next = (
                byte + c.len_utf8() as u32,
                points + 1,
                units + c.len_utf16() as u32,
            );
            if past(next.0, next.1, next.2) {
                break;
            }
            (byte, points, units) = next;
        }
        (byte, points, units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn conversions_agree_with_counting(text in "[a-zé漢🙂\u{301}]{0,3000}", pick in 0_usize..4000) {
            let offsets = Offsets::new(&text);
            let byte = (0..=pick.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let before = text.get(..byte).unwrap();
            let (points, units) = (before.chars().count() as u32, before.encode_utf16().count() as u32);
            prop_assert_eq!(offsets.code_point(&text, byte as u32), points);
            prop_assert_eq!(offsets.utf16(&text, byte as u32), units);
            prop_assert_eq!(offsets.byte_of_code_point(&text, points), byte as u32);
            prop_assert_eq!(offsets.byte_of_utf16(&text, units), byte as u32);
        }
    }
}
