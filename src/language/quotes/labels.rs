//! The labels in front of what somebody says in a transcript: "MR. MILLER:", "Rep. Bee:", "Q", "CHAIR DEE.", "Mr. DEE of Ohio."
//!
//! In: one line. Out: the label by its form alone. Whether the document is a transcript, so that a label counts, is decided in `turns`.

use std::ops::Range;

/// A label is at most so many bytes and words long.
const LONGEST: usize = 100;
const MOST_WORDS: usize = 8;

/// What a label looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// "Q", "A:", "Question:".
    Question,
    /// "MS. LEE", "THE PRESIDENT", "Mr. LEE": capitals, behind a title at most.
    Capitals,
    /// "Senator Lee", "President von der Leyen".
    Titled,
    /// "Moderator", "The Chairman".
    Role,
    /// "Ann Lee", "Lee".
    Name,
}

/// What divides a label from what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Divider {
    Colon,
    Stop,
    /// "Q    Thank you."
    Blank,
}

/// A label at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// The name, without what stands behind it in brackets.
    pub(super) name: Range<usize>,
    /// Where what is said begins; the end of the line where it stands below.
    pub(super) said: usize,
    pub(super) shape: Shape,
    pub(super) divider: Divider,
    /// Whether a title or an office opens it.
    pub(super) titled: bool,
}

const TITLES: &str = "mr mrs ms miss dr prof professor sir lord lady baroness dame rep representative sen senator gov governor congressman congresswoman chair chairman \
     chairwoman chairperson president prime minister secretary undersecretary ambassador amb gen adm admiral col colonel capt captain lt lieutenant maj major sgt \
     sergeant judge commissioner director chancellor premier mayor councillor inspector king queen prince princess pope cardinal archbishop bishop rabbi imam sheikh \
     speaker pm spokesperson spokesman spokeswoman";

/// Words of titles that begin other names as well: "Security Council".
const OF_TITLES: &str = "vice foreign deputy under assistant general justice chief counselor administrator treasurer attorney special envoy high press national security adviser \
     advisor";

const ROLES: &str = "moderator host interviewer interviewee reporter journalist operator interpreter translator narrator anchor correspondent audience member participant \
     officer clerk presiding witness panelist counsel caller speaker chair chairman chairwoman chairperson president secretary spokesperson spokesman spokeswoman";

/// Small words of names and offices.
const PARTICLES: &str = "von van der den de del della di da dos du la le al el bin ibn ben ter ten of for the and to zu y e";

fn is_of(list: &str, word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.len() < 16
        && list
            .split_ascii_whitespace()
            .any(|one| one.eq_ignore_ascii_case(word))
}

/// Whether the word stands in titles before a name.
fn is_title(word: &str) -> bool {
    is_of(TITLES, word) || is_of(OF_TITLES, word)
}

/// The label `line` opens with.
pub(super) fn label(line: &str) -> Option<Label> {
    // In a text taken as given bold labels keep their marks; a transcript may stand in quotation marks, paragraph by paragraph.
    let bare = line.strip_prefix(['"', '“']).unwrap_or(line);
    let start = line.len() - bare.trim_start_matches(['*', '_']).len();
    let own = line.get(start..)?;
    if start > 3 {
        return None;
    }
    if let Some(found) = question(own, start) {
        return Some(found);
    }
    let (end, past, divider) = divided(own)?;
    let name = own.get(..end)?.trim_end_matches([' ', '*', '_']);
    let shape = shape(name, divider)?;
    let rest = own.get(past..)?;
    let rest = rest.get(rest.len() - rest.trim_start_matches(['*', '_']).len()..)?;
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let said = line.len() - rest.trim_start().len();
    let first = name.split_whitespace().next()?;
    parted.then(|| Label {
        name: start..start + name.len(),
        said,
        shape,
        divider,
        titled: first.eq_ignore_ascii_case("the") || is_title(first) || is_of(ROLES, first),
    })
}

/// "Q", "Q:", "Q.", "A1:".
fn question(own: &str, start: usize) -> Option<Label> {
    let rest = own.strip_prefix(['Q', 'A'])?;
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let rest = rest.get(digits..)?;
    let bare = rest.trim_start_matches(['*', '_']);
    let (divider, behind) = match bare.chars().next()? {
        ':' => (Divider::Colon, bare.get(1..)?),
        '.' => (Divider::Stop, bare.get(1..)?),
        // "A pier" is an article and a noun: what an answer says stands further off.
        _ if own.starts_with('Q') || rest.starts_with("  ") || rest.starts_with('\t') => {
            (Divider::Blank, bare)
        }
        _ => return None,
    };
    let said = behind.trim_start_matches(['*', '_']);
    if !said.starts_with(char::is_whitespace) && !said.is_empty() {
        return None;
    }
    (digits == 0 || divider == Divider::Colon).then(|| Label {
        name: start..start + 1 + digits,
        said: start + own.len() - said.trim_start().len(),
        shape: Shape::Question,
        divider,
        titled: false,
    })
}

/// Where the name ends, where what is said may begin, and what divides them.
fn divided(own: &str) -> Option<(usize, usize, Divider)> {
    let mut name_end = None;
    let mut letters = own.char_indices().take_while(|(at, _)| *at < LONGEST);
    while let Some((at, letter)) = letters.next() {
        match letter {
            ':' => return Some((name_end.unwrap_or(at), at + 1, Divider::Colon)),
            '(' | '[' => {
                name_end = name_end.or(Some(at));
                let close = if letter == '(' { ')' } else { ']' };
                letters.find(|(_, letter)| *letter == close)?;
            }
            // "Jane Roe, The Courier:"
            ',' => name_end = name_end.or(Some(at)),
            '.' => {
                let behind = own.get(at + 1..)?;
                if behind.is_empty() || behind.starts_with(char::is_whitespace) {
                    let word = own.get(..at)?.rsplit([' ', '.']).next()?;
                    let is_short = word.chars().count() < 2
                        || (is_title(word) && word.len() <= 4 && word != "King" && word != "Pope")
                        || matches!(word, "St" | "Jr" | "Sr");
                    if !is_short {
                        return name_end.is_none().then_some((at, at + 1, Divider::Stop));
                    }
                }
            }
            '"' | '“' | '”' | '‘' | '«' | '»' | '?' | '!' | ';' | '|' | '<' | '>' | '{' | '}'
            | '/' | '=' | '@' | '#' | '%' | '$' | '…' | '\n' | '—' => return None,
            _ => {}
        }
    }
    None
}

fn shape(name: &str, divider: Divider) -> Option<Shape> {
    let words: Vec<&str> = name.split_whitespace().take(MOST_WORDS + 1).collect();
    let (first, last) = (words.first()?, words.last()?);
    let numbered = is_of("speaker participant voice caller panelist", first);
    if words.len() > MOST_WORDS
        || (!numbered && name.contains(|letter: char| letter.is_ascii_digit()))
    {
        return None;
    }
    let has_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let named = |word: &&str| has_capital(word) || is_of(PARTICLES, word) || numbered;
    if !has_capital(first) && !is_of(PARTICLES, first) || !words.iter().all(named) {
        return None;
    }
    if matches!(*first, "Question" | "Answer" | "QUESTION" | "ANSWER") && words.len() == 1 {
        return (divider == Divider::Colon).then_some(Shape::Question);
    }
    let is_loud = |word: &&str| {
        let mut letters = word
            .strip_prefix("Mc")
            .or_else(|| word.strip_prefix("Mac"))
            .unwrap_or(word)
            .chars();
        letters.all(|letter| !letter.is_lowercase())
    };
    let titled = is_title(first) || *first == "The";
    let of = words
        .iter()
        .position(|word| *word == "of")
        .unwrap_or(words.len());
    let after_title = words.get(1..of).filter(|_| titled).unwrap_or_default();
    let loud = words.iter().all(|word| {
        is_loud(word) || is_of("of for the and von van der de", word) && !has_capital(word)
    }) || !after_title.is_empty() && after_title.iter().all(is_loud);
    let n_capitals = name.chars().filter(|letter| letter.is_uppercase()).count();
    if loud && n_capitals > 1 {
        // "U.S." and initials end no label.
        let ends = divider != Divider::Stop || (!last.contains('.') && last.chars().count() > 1);
        return ends.then_some(Shape::Capitals);
    }
    let office = |word: &&str| is_title(word) || is_of(ROLES, word) || is_of(PARTICLES, word);
    if words.iter().all(office) {
        return (divider == Divider::Colon || (*first == "The" && words.len() > 1))
            .then_some(Shape::Role);
    }
    let mut lead = words.iter().take_while(|word| is_title(word));
    if lead.any(|word| is_of(TITLES, word)) {
        return Some(Shape::Titled);
    }
    (divider == Divider::Colon && *first != "The").then_some(Shape::Name)
}

/// What labels of one speaker have in common: the surname, or the whole of an office, in lower case.
pub(super) fn key(name: &str, shape: Shape) -> String {
    let own = name.split(" of ").next().unwrap_or_default();
    match shape {
        Shape::Question => own.chars().take(1).flat_map(char::to_lowercase).collect(),
        Shape::Role => own.to_lowercase(),
        Shape::Capitals | Shape::Titled | Shape::Name => own
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default()
            .to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "name | shape | what is said" of a line.
    fn read(line: &str) -> String {
        label(line).map_or("none".into(), |found| {
            format!(
                "{} | {:?} | {}",
                line.get(found.name).unwrap(),
                found.shape,
                line.get(found.said..).unwrap()
            )
        })
    }

    #[test]
    fn labels_are_told_by_their_form() {
        for (line, expected) in [
            ("MR. MILLER: Thanks.", "MR. MILLER | Capitals | Thanks."),
            (
                "MR. McCOY (via phone): Thanks.",
                "MR. McCOY | Capitals | Thanks.",
            ),
            ("Rep. Bee-Dee: Thanks.", "Rep. Bee-Dee | Titled | Thanks."),
            (
                "Prime Minister Dee: Thanks.",
                "Prime Minister Dee | Titled | Thanks.",
            ),
            (
                "President von der Bee:",
                "President von der Bee | Titled | ",
            ),
            ("Ann Bee (00:12): Thanks.", "Ann Bee | Name | Thanks."),
            ("Ann Bee, The Courier: Why?", "Ann Bee | Name | Why?"),
            ("**Ann Bee:** Thanks.", "Ann Bee | Name | Thanks."),
            ("“MR. DEE: Thanks.”", "MR. DEE | Capitals | Thanks.”"),
            ("**Q**: Why?", "Q | Question | Why?"),
            ("Q    Why?", "Q | Question | Why?"),
            ("Q. Why?", "Q | Question | Why?"),
            ("Question: Why?", "Question | Question | Why?"),
            ("Moderator: Next.", "Moderator | Role | Next."),
            ("Security Council: Next.", "Security Council | Name | Next."),
            ("SPEAKER 2: Next.", "SPEAKER 2 | Capitals | Next."),
            (
                "CHAIR DEE. Good morning.",
                "CHAIR DEE | Capitals | Good morning.",
            ),
            ("Mr. DEE. I yield.", "Mr. DEE | Capitals | I yield."),
            (
                "Mr. DEE of Ohio. I yield.",
                "Mr. DEE of Ohio | Capitals | I yield.",
            ),
            (
                "The CHAIRMAN. So ordered.",
                "The CHAIRMAN | Capitals | So ordered.",
            ),
            (
                "Senator Dee. Thank you.",
                "Senator Dee | Titled | Thank you.",
            ),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn sentences_times_and_lists_have_no_label() {
        for line in [
            "At 10:30 the bell rang.",
            "He said: no.",
            "The plan has three parts: a, b and c.",
            "A pier was built.",
            "Quiet.",
            "Dee. Thank you.",
            "U.S. Steel was sold.",
            "Mr. Dee.He left.",
            "https://example.org: a page",
            "SECTION 2. Aims.",
        ] {
            assert_eq!(read(line), "none", "{line}");
        }
    }
}
