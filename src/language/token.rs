//! Words, numbers and marks.
//!
//! In: a stretch of text. Out: [`Token`]s in order that never overlap; only white space lies between them. Abbreviations keep their stops ("U.S.",
//! "Mr.", "J."), clitics are split off ("Russia" + "'s"), hyphens are tokens of their own, an address (URL, e-mail) is one token. Nothing here
//! depends on a language but the list of titles written with a stop.

use crate::text::TextRange;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Starts with a letter; inner apostrophes and the stops of an abbreviation belong to it.
    Word,
    /// Starts with a digit: "5", "2,735", "3.5", "19th".
    Number,
    /// A clitic with its apostrophe: "'s", "’ll".
    Clitic,
    /// One mark, or a run of stops or hyphens.
    Mark,
    /// A URL or an e-mail address.
    Address,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Where it stands.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it touches the token before it.
    pub joined: bool,
}

/// The tokens of `range` in order; a range that does not fit `text` has none.
///
/// ```
/// use postil::language::token::tokens;
/// use postil::text::TextRange;
///
/// let text = "Russia’s U.S.-led talks";
/// let words: Vec<&str> = tokens(text, TextRange::of(0, text.len())).map(|token| token.range.of_text(text)).collect();
/// assert_eq!(words, ["Russia", "’s", "U.S.", "-", "led", "talks"]);
/// ```
pub fn tokens(text: &str, range: TextRange) -> impl Iterator<Item = Token> + '_ {
    Tokens {
        text: range.of_text(text),
        base: range.start,
        at: 0,
        touches: false,
    }
}

/// Words that keep their stop when one follows.
const STOPPED: [&str; 46] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Sgt", "Capt", "Cmdr", "Adm", "Maj",
    "Brig", "Sen", "Rep", "Gov", "Rev", "Hon", "St", "Amb", "Pres", "Messrs", "Jr", "Sr", "Jan",
    "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Inc", "Ltd",
    "Corp", "MR", "MRS", "MS", "DR", "SEN", "GEN",
];

/// Whether `word` (without its stop) is an abbreviation that is written with one before the name or number it belongs to.
pub(super) fn keeps_stop(word: &str) -> bool {
    word.len() <= 6 && STOPPED.contains(&word)
}

struct Tokens<'a> {
    text: &'a str,
    base: u32,
    at: usize,
    touches: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.skip_blanks()?;
        let (end, kind) = scan(self.text, start)?;
        let token = Token {
            range: TextRange::of(start, end).shifted(self.base),
            kind,
            joined: self.touches,
        };
        self.at = end;
        self.touches = true;
        Some(token)
    }
}

impl Tokens<'_> {
    fn skip_blanks(&mut self) -> Option<usize> {
        loop {
            let first = char_at(self.text, self.at)?;
            if !first.is_whitespace() {
                return Some(self.at);
            }
            self.at += first.len_utf8();
            self.touches = false;
        }
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => text.get(at..)?.chars().next(),
        None => None,
    }
}

/// The end and kind of the token that starts at `start`.
fn scan(text: &str, start: usize) -> Option<(usize, TokenKind)> {
    let first = char_at(text, start)?;
    if first.is_alphabetic() {
        return Some(word(text, start));
    }
    if first.is_numeric() {
        return Some((number(text, start), TokenKind::Number));
    }
    if is_apostrophe(first)
        && let Some(end) = clitic(text, start)
    {
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        if before.is_some_and(char::is_alphanumeric) {
            return Some((end, TokenKind::Clitic));
        }
    }
    let mut end = start + first.len_utf8();
    if matches!(first, '.' | '-') {
        end = run(text, start, |letter| letter == first);
    }
    Some((end, TokenKind::Mark))
}

/// The end of the run of characters that `belongs` accepts.
fn run(text: &str, mut at: usize, belongs: impl Fn(char) -> bool) -> usize {
    while let Some(letter) = char_at(text, at) {
        if !belongs(letter) {
            break;
        }
        at += letter.len_utf8();
    }
    at
}

fn in_word(letter: char) -> bool {
    // Combining marks are no letters to `is_alphanumeric`, yet they belong to the one before; 0300-036F are the ones Latin names use.
    letter.is_ascii_alphanumeric()
        || (!letter.is_ascii()
            && (letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter)))
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’')
}

fn word(text: &str, start: usize) -> (usize, TokenKind) {
    let mut end = run(text, start, in_word);
    if let Some(address) = address(text, start, end) {
        return (address, TokenKind::Address);
    }
    while let Some(mark) = char_at(text, end).filter(|mark| is_apostrophe(*mark)) {
        let after = end + mark.len_utf8();
        if clitic(text, end).is_some() || !char_at(text, after).is_some_and(char::is_alphabetic) {
            break;
        }
        end = run(text, after, in_word);
    }
    if char_at(text, end) == Some('.') {
        end = with_stops(text, start, end);
    }
    (end, TokenKind::Word)
}

/// The end of the word `start..end` with the stops that belong to it.
fn with_stops(text: &str, start: usize, end: usize) -> usize {
    let spelled = text.get(start..end).unwrap_or_default();
    if keeps_stop(spelled) {
        return end + 1;
    }
    let mut letters = spelled.chars();
    let (Some(first), None) = (letters.next(), letters.next()) else {
        return end;
    };
    // "U.S.", "a.m.": single letters, each with its stop; the last may lack one ("U.S").
    let mut at = end + 1;
    let mut pairs = 1;
    while let Some(letter) = char_at(text, at).filter(|letter| letter.is_alphabetic()) {
        let after = at + letter.len_utf8();
        match char_at(text, after) {
            Some('.') => {
                at = after + 1;
                pairs += 1;
            }
            Some(next) if in_word(next) => break,
            _ => return after,
        }
    }
    if pairs > 1 || first.is_uppercase() {
        at
    } else {
        end
    }
}

/// The end of the clitic at `at`, an apostrophe: "'s", "'ll", "'re", "'ve", "'d", "'m", with no letter after it.
fn clitic(text: &str, at: usize) -> Option<usize> {
    let mark = char_at(text, at)?;
    let from = at + mark.len_utf8();
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).map(u8::to_ascii_lowercase);
    let end = match (letter(from)?, letter(from + 1)) {
        (b'l', Some(b'l')) | (b'r' | b'v', Some(b'e')) => from + 2,
        (b's' | b'd' | b'm', _) => from + 1,
        _ => return None,
    };
    (!char_at(text, end).is_some_and(in_word)).then_some(end)
}

fn number(text: &str, start: usize) -> usize {
    let mut end = run(text, start, in_word);
    loop {
        let separator = matches!(char_at(text, end), Some('.' | ','));
        let digit = text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(separator && digit) {
            return end;
        }
        end = run(text, end + 1, in_word);
    }
}

/// The end of the address the word `start..end` opens, if it opens one.
fn address(text: &str, start: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let opens = match bytes.get(end)? {
        b':' => bytes.get(end + 1..end + 3) == Some(b"//"),
        b'@' => bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        b'.' => bytes.get(start..end) == Some(b"www"),
        _ => false,
    };
    if !opens {
        return None;
    }
    let stop = run(text, end, |letter| {
        !letter.is_whitespace() && !matches!(letter, '"' | '“' | '”' | '<' | '>' | ')' | ']')
    });
    // The stop or comma after an address belongs to the sentence.
    let trimmed = text
        .get(start..stop)?
        .trim_end_matches(['.', ',', ';', '?', '!']);
    Some(start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<&str> = tokens(text, TextRange::of(0, text.len()))
            .map(|token| token.range.of_text(text))
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn abbreviations_keep_their_stops() {
        check("Mr. Kim of the U.S. said.", "Mr. Kim of the U.S. said .");
        check("Antony J. Blinken, 5 p.m.", "Antony J. Blinken , 5 p.m.");
    }

    #[test]
    fn clitics_and_hyphens_are_split() {
        check("Russia's U.S.-Japan-ROK", "Russia 's U.S. - Japan - ROK");
        check("Korea’s O’Brien won’t", "Korea ’s O’Brien won’t");
        check("Shin Won-sik's", "Shin Won - sik 's");
    }

    #[test]
    fn numbers_keep_their_separators() {
        check("1,234.5 on May 31, 2024.", "1,234.5 on May 31 , 2024 .");
    }

    #[test]
    fn addresses_are_one_token() {
        check(
            "See https://state.gov/Japan. Or kim@un.org!",
            "See https://state.gov/Japan . Or kim@un.org !",
        );
    }

    #[test]
    fn tokens_know_whether_they_touch_the_one_before() {
        let joined: Vec<bool> = tokens("a-b c", TextRange::new(0, 5))
            .map(|token| token.joined)
            .collect();
        assert_eq!(joined, [false, true, true, false]);
    }

    proptest! {
        #[test]
        fn tokens_cover_all_but_white_space(text in "\\PC{0,200}") {
            let mut at = 0;
            for token in tokens(&text, TextRange::of(0, text.len())) {
                let gap = TextRange::new(at, token.range.start);
                prop_assert!(gap.of_text(&text).chars().all(char::is_whitespace));
                prop_assert_eq!(token.joined, gap.is_empty() && at > 0);
                prop_assert!(!token.range.of_text(&text).is_empty());
                at = token.range.end;
            }
            prop_assert!(text.get(at as usize..).unwrap().chars().all(char::is_whitespace));
        }
    }
}
