//! Counts words: stretches between Unicode word boundaries (UAX 29) that hold a letter or a digit.

use unicode_segmentation::UnicodeSegmentation;

/// How many words a text has.
pub(super) fn count(text: &str) -> u32 {
    let mut words = 0_u32;
    for token in text.split_ascii_whitespace() {
        // Nearly all tokens are plain words, perhaps with punctuation behind them; only the others need the full rules.
        let mut bytes = token.as_bytes();
        while let [
            rest @ ..,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'"' | b')',
        ] = bytes
        {
            bytes = rest;
        }
        words = words.saturating_add(if is_plain(bytes) {
            u32::from(!bytes.is_empty())
        } else {
            token.unicode_words().count() as u32
        });
    }
    words
}

/// Letters and digits of ASCII, with an apostrophe between letters at most, or letters of the scripts up to Armenian, whose words have no
/// boundaries inside.
fn is_plain(word: &[u8]) -> bool {
    if word.first().is_some_and(|byte| !byte.is_ascii()) {
        let letter = |c: char| c < '\u{590}' && c.is_alphabetic();
        return std::str::from_utf8(word).is_ok_and(|word| word.chars().all(letter));
    }
    let Some(at) = word.iter().position(|byte| !byte.is_ascii_alphanumeric()) else {
        return true;
    };
    let (before, after) = word.split_at(at);
    let Some(after) = after.strip_prefix("’".as_bytes()) else {
        return false;
    };
    let letters = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_alphabetic);
    letters(before) && letters(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_cut_agrees_with_the_rules(text in "[a-c1-3A.,;:!?\"'()_éя漢’“” \n-]{0,60}") {
            prop_assert_eq!(count(&text) as usize, text.unicode_words().count());
        }
    }
}
