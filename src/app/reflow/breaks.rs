//! Where a line may break between two characters with no blank between them.

/// How good a place to break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// As good as a blank.
    Strong,
    /// Only where the line would otherwise stay half empty: inside addresses and paths.
    Weak,
}

/// Whether a line may break after `before` and ahead of `after`.
pub(super) fn between(before: char, after: char) -> Option<Break> {
    match before {
        // Not in "-5", "2023-10-25" or at the end of a word.
        '-' | '\u{2010}' | '\u{2013}' | '\u{2014}' => {
            after.is_alphabetic().then_some(Break::Strong)
        }
        '/' | '?' | '&' | '=' | '_' | '\\' | '#' => after.is_alphabetic().then_some(Break::Weak),
        _ if (is_ideographic(before) || is_ideographic(after))
            && !never_ends(before)
            && !never_starts(after) =>
        {
            Some(Break::Strong)
        }
        _ => None,
    }
}

/// Whether a line may break on either side: Han, kana, Bopomofo and full-width forms. Hangul is set with blanks and breaks there.
pub(super) const fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3001}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff9f}'
        | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

/// Closing punctuation, small kana and prolonged sounds (UAX #14 classes CL, CP, EX, IS, NS, CJ; JIS X 4051).
fn never_starts(c: char) -> bool {
    "、。，．・：；？！）］｝〕〉》」』】〙〗〟’”»›…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ〜～％℃,.:;?!)]}%'\"｡､｣･ｰ\u{a0}\u{2014}\u{2013}-"
        .contains(c)
}

/// Opening punctuation (UAX #14 class OP).
fn never_ends(c: char) -> bool {
    "（［｛〔〈《「『【〘〖〝‘“«‹([{'\"｢￥＄\u{a0}".contains(c)
}
