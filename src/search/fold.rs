//! One way to fold case and accents, with a map back to the bytes that were folded.
//!
//! Folding takes the compatibility decomposition (NFKD, Unicode Standard Annex 15), drops the marks of European and Semitic scripts, maps the
//! letters that do not decompose (ł, ø, đ, ß, æ, ı) to their plain neighbours, curly quotes and dashes to the typewriter's, and lower-cases
//! the rest. Hangul and kana stay whole: their parts are letters, not accents. The result is for comparing, never for showing.

use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;

use crate::text::TextRange;

/// Characters that a straight apostrophe stands for when it is typed.
pub const APOSTROPHES: &str = "'\u{2018}\u{2019}\u{201A}\u{201B}\u{02BC}\u{2032}";
/// Characters that a straight quotation mark stands for when it is typed.
pub const QUOTATION_MARKS: &str = "\"\u{201C}\u{201D}\u{201E}\u{201F}\u{00AB}\u{00BB}\u{2033}";

/// A folded text and the way back to the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    /// Where folding changed the number of bytes or characters, in order: a folded stretch and the original one it stands for.
    changes: Vec<(TextRange, TextRange)>,
}

impl Folded {
    /// Folds `text`.
    ///
    /// ```
    /// use postil::{search::fold::Folded, text::TextRange};
    ///
    /// let folded = Folded::new("in São Paulo");
    /// assert_eq!(folded.text(), "in sao paulo");
    /// assert_eq!(folded.original(TextRange::new(3, 6)).of_text("in São Paulo"), "São");
    /// ```
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                text: text.to_ascii_lowercase(),
                changes: Vec::new(),
            };
        }
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            changes: Vec::new(),
        };
        let mut last = TextRange::default();
        for (at, c) in text.char_indices() {
            let start = folded.text.len();
            let mut n_chars = 0;
            fold_char(c, |out| {
                folded.text.push(out);
                n_chars += 1;
            });
            let from = TextRange::of(at, at + c.len_utf8());
            let to = TextRange::of(start, folded.text.len());
            if to.is_empty() {
                folded.absorb(last, from);
                continue;
            }
            last = to;
            if to.len() != from.len() || n_chars > 1 {
                folded.changes.push((to, from));
            }
        }
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original characters, with the marks that hang on them, that a range of the folded text stands for.
    pub fn original(&self, folded: TextRange) -> TextRange {
        if folded.is_empty() {
            return TextRange::empty(self.original_char(folded.start).start);
        }
        let first = self.original_char(folded.start);
        let last = self.original_char(folded.end - 1);
        TextRange::new(first.start, first.end.max(last.end))
    }

    /// A character that folded to nothing belongs to the character before it.
    fn absorb(&mut self, before: TextRange, mark: TextRange) {
        match self.changes.last_mut() {
            Some((to, from)) if *to == before => from.end = mark.end,
            _ => {
                let from = TextRange::new(mark.start.saturating_sub(before.len()), mark.end);
                self.changes.push((before, from));
            }
        }
    }

    /// The range, in the original, of what the folded byte at `at` came from; for unchanged stretches one byte, which starts or ends the
    /// character only where `at` does.
    fn original_char(&self, at: u32) -> TextRange {
        let next = self.changes.partition_point(|(to, _)| to.start <= at);
        let Some((to, from)) = next.checked_sub(1).and_then(|i| self.changes.get(i)) else {
            return TextRange::new(at, at + 1);
        };
        if to.contains(at) {
            return *from;
        }
        let start = from.end + (at - to.end.min(at));
        TextRange::new(start, start + 1)
    }
}

/// The folded form of `text`, borrowed where it is folded already.
pub fn fold(text: &str) -> Cow<'_, str> {
    let plain = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.as_bytes().iter().all(plain) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    // Most of a text is plain letters: they are taken a stretch at a time.
    while !rest.is_empty() {
        let n_plain = rest.bytes().take_while(u8::is_ascii).count();
        folded.push_str(rest.get(..n_plain).unwrap_or_default());
        let mut others = rest.get(n_plain..).unwrap_or_default().chars();
        while let Some(c) = others.next() {
            fold_char(c, |out| folded.push(out));
            if others
                .as_str()
                .bytes()
                .next()
                .is_some_and(|byte| byte.is_ascii())
            {
                break;
            }
        }
        rest = others.as_str();
    }
    // What was folded from other letters is lower case already.
    folded.make_ascii_lowercase();
    Cow::Owned(folded)
}

/// Hands the characters that `c` folds to, none for a mark, to `out`.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    if c.is_ascii() {
        return out(c.to_ascii_lowercase());
    }
    if matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3041}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
    {
        return out(c);
    }
    decompose_compatible(c, |part| {
        if part.is_ascii() {
            return out(part.to_ascii_lowercase());
        }
        for lower in part.to_lowercase() {
            if is_mark(lower) {
                continue;
            }
            match plain_neighbours(lower) {
                Some(plain) => plain.chars().for_each(&mut out),
                None => out(lower),
            }
        }
    });
}

/// Marks and invisible signs that a reader leaves out when typing.
const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{064B}'..='\u{0652}' | '\u{0670}'
        | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Letters that do not decompose, and punctuation that keyboards lack.
fn plain_neighbours(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '、' => ",",
        '。' => ".",
        '「' | '」' | '『' | '』' => "\"",
        _ if APOSTROPHES.contains(c) => "'",
        _ if QUOTATION_MARKS.contains(c) => "\"",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_accents_are_folded() {
        for (text, folded) in [
            ("São Paulo", "sao paulo"),
            ("Łódź", "lodz"),
            ("Øresund", "oresund"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("İstanbul", "istanbul"),
            ("Diyarbakır", "diyarbakir"),
            ("e\u{301}tat", "etat"),
            ("ﬁnance", "finance"),
            ("Œuvre", "oeuvre"),
            ("Τέλος", "τελοσ"),
            ("“don’t” – stop", "\"don't\" - stop"),
            ("서울", "서울"),
            ("がぎ", "がぎ"),
            ("co\u{AD}operate", "cooperate"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
            assert_eq!(Folded::new(text).text(), folded, "{text}");
        }
    }

    fn back(text: &str, folded_part: &str) -> String {
        let folded = Folded::new(text);
        let at = folded
            .text()
            .find(folded_part)
            .expect("the part stands in the folded text");
        folded
            .original(TextRange::of(at, at + folded_part.len()))
            .of_text(text)
            .to_owned()
    }

    #[test]
    fn a_folded_range_leads_back_to_whole_characters() {
        assert_eq!(back("São Paulo", "paulo"), "Paulo");
        assert_eq!(back("die Straße hier", "s"), "S");
        assert_eq!(back("die Straße hier", "as"), "aß");
        assert_eq!(back("die Straße hier", "hier"), "hier");
        assert_eq!(back("l'e\u{301}tat c'est", "e"), "e\u{301}");
        assert_eq!(back("l'e\u{301}tat c'est", "tat"), "tat");
        assert_eq!(back("İzmir", "i"), "İ");
        assert_eq!(back("Łódź dziś", "dzi"), "dzi");
        assert_eq!(back("в Йорке", "иор"), "Йор");
    }

    proptest! {
        #[test]
        fn every_range_leads_back_to_character_boundaries_in_order(text in "[a-zA-ZßŁóéİﬁ한が\u{301}\u{308}\u{200D}’ ]{0,24}") {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.text(), &*fold(&text));
            let mut end = 0;
            for (at, c) in folded.text().char_indices() {
                let range = folded.original(TextRange::of(at, at + c.len_utf8()));
                prop_assert!(text.get(range.bytes()).is_some_and(|part| !part.is_empty()), "{:?}", range);
                prop_assert!(range.end >= end);
                end = range.end;
            }
        }
    }
}
