//! What sort of change a change is: of a number, a date, an actor, a modal, a negation; or one that says so, or says nothing else.

use serde::{Deserialize, Serialize};

use super::sorts::{
    is_condition, is_date, is_modal, is_negation, is_number, is_quantifier, is_unit,
};
use super::style::same_words;
use super::words::{Words, same};
use crate::text::TextRange;

/// A sort of change, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A number, in digits or words.
    Number,
    /// A day, month or year.
    Date,
    /// A name.
    Actor,
    /// "will", "may", "should".
    Modal,
    /// "not", "never", "without".
    Negation,
    /// "unless", "if", "until", "except".
    Condition,
    /// "any", "every", "all", "some".
    Quantifier,
    /// What is counted: "miles", "euros", "days".
    Unit,
    /// Passages put together as one, and what stands between them left out silently.
    Joined,
    /// Any other words.
    Wording,
    /// An abbreviation in brackets left out or put in, or one for the other form.
    Abbreviation,
    /// The copy says that it changed something: an ellipsis, brackets.
    Open,
    /// The same letters, otherwise divided.
    Spelling,
    /// The same words as another house writes them: a number in digits, a date in another order, British or American spelling, a contraction.
    Style,
}

impl Kind {
    /// As the machine interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Actor => "actor",
            Self::Modal => "modal",
            Self::Negation => "negation",
            Self::Condition => "condition",
            Self::Quantifier => "quantifier",
            Self::Unit => "unit",
            Self::Joined => "joined",
            Self::Wording => "wording",
            Self::Abbreviation => "abbreviation",
            Self::Open => "open",
            Self::Spelling => "spelling",
            Self::Style => "style",
        }
    }

    /// Whether it changes what was said without saying so.
    pub const fn is_material(self) -> bool {
        match self {
            Self::Number
            | Self::Date
            | Self::Actor
            | Self::Modal
            | Self::Negation
            | Self::Condition
            | Self::Quantifier
            | Self::Unit
            | Self::Joined
            | Self::Wording => true,
            Self::Abbreviation | Self::Open | Self::Spelling | Self::Style => false,
        }
    }
}

/// The kind of the change between `copy` in one text and `source` in another; either may be empty.
pub fn kind((text_a, copy): (&str, TextRange), (text_b, source): (&str, TextRange)) -> Kind {
    let (words_a, words_b) = (copy.of_text(text_a), source.of_text(text_b));
    if is_open(text_a, copy, source) || is_open(text_b, source, copy) {
        return Kind::Open;
    }
    if letters(words_a).eq(letters(words_b)) {
        return Kind::Spelling;
    }
    if same_words(words_a, words_b)
        || is_sign(text_a, copy, words_b)
        || is_sign(text_b, source, words_a)
    {
        return Kind::Style;
    }
    let in_brackets = |text: &str, range: TextRange, other: TextRange| {
        other.is_empty()
            && !range.is_empty()
            && bracketed(text, range, '(', ')')
            && range.len() <= 40
    };
    if in_brackets(text_b, source, copy)
        || in_brackets(text_a, copy, source)
        || abbreviates(words_a, words_b)
        || abbreviates(words_b, words_a)
    {
        return Kind::Abbreviation;
    }
    if is_joint(copy, (text_b, source)) {
        return Kind::Joined;
    }
    // What stands on both sides has not changed.
    let only = |words: &str, other: &str| -> Vec<(TextRange, String)> {
        let of_other = Words::of(other);
        let all = Words::of(words);
        (0..all.len())
            .filter_map(|index| all.range(index))
            .filter(|range| {
                let word = range.of_text(words);
                !(0..of_other.len()).any(|at| {
                    of_other
                        .range(at)
                        .is_some_and(|at| same(at.of_text(other), word))
                })
            })
            .map(|range| (range, range.of_text(words).to_lowercase()))
            .collect()
    };
    // A bound: a hunk of many words is a rewriting whatever it holds.
    let head = |words: &str| -> String { words.chars().take(400).collect() };
    let (words_a, words_b) = (head(words_a), head(words_b));
    let sides = [
        (text_a, copy.start, only(&words_a, &words_b)),
        (text_b, source.start, only(&words_b, &words_a)),
    ];
    let any = |test: &dyn Fn(&str) -> bool| {
        sides
            .iter()
            .any(|(_, _, words)| words.iter().any(|(_, word)| test(word)))
    };
    if any(&is_date) {
        return Kind::Date;
    }
    if any(&is_number) {
        return Kind::Number;
    }
    let named = sides.iter().any(|(text, start, words)| {
        words
            .iter()
            .any(|(range, _)| is_name(text, range.shifted(*start)))
    });
    if named {
        Kind::Actor
    } else if any(&is_modal) {
        Kind::Modal
    } else if any(&is_negation) {
        Kind::Negation
    } else if any(&is_condition) {
        Kind::Condition
    } else if any(&is_quantifier) {
        Kind::Quantifier
    } else if any(&is_unit) {
        Kind::Unit
    } else {
        Kind::Wording
    }
}

/// Whether words of the other side stand in the place of a sign that is no word: "percent" where `%` stands, "No." before a number without it.
fn is_sign(text: &str, place: TextRange, other: &str) -> bool {
    if !place.is_empty() {
        return false;
    }
    let after = text.get(place.end as usize..).unwrap_or_default();
    match other.trim().to_lowercase().as_str() {
        "percent" | "per cent" => after.starts_with('%'),
        "no" | "nos" | "number" | "numbers" => {
            // A number was there before it, or comes next.
            let next = after.trim_start_matches(|letter: char| {
                letter.is_whitespace() || matches!(letter, '#' | '№' | '.')
            });
            next.starts_with(|letter: char| letter.is_ascii_digit())
        }
        _ => false,
    }
}

/// Whether a sentence ends in what was left out, and next to nothing stands in its place.
fn is_joint(copy: TextRange, (text, source): (&str, TextRange)) -> bool {
    const FEWEST: usize = 60;
    const MOST_PUT_IN: u32 = 12;
    let left_out = source.of_text(text);
    let behind = text.get(source.end as usize..).unwrap_or_default();
    left_out.len() >= FEWEST
        && copy.len() <= MOST_PUT_IN
        && (left_out.contains(". ") || behind.starts_with(['.', '!', '?']))
}

/// Whether the one side marks the place: an ellipsis instead of the other's words, or square brackets around its own.
fn is_open(text: &str, copy: TextRange, source: TextRange) -> bool {
    if !copy.is_empty() {
        return bracketed(text, copy, '[', ']');
    }
    if source.is_empty() {
        return false;
    }
    let before = text.get(..copy.start as usize).unwrap_or_default();
    let after = text.get(copy.end as usize..).unwrap_or_default();
    let near = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',');
    let ends = |text: &str| {
        let bare = text.trim_end_matches(near);
        bare.ends_with('…') || bare.ends_with("...") || bare.ends_with(". .")
    };
    let starts = |text: &str| {
        let bare = text.trim_start_matches(near);
        bare.starts_with('…') || bare.starts_with("...") || bare.starts_with(". .")
    };
    ends(before) || starts(after)
}

/// Whether `range` and nothing else stands between the two brackets.
fn bracketed(text: &str, range: TextRange, open: char, close: char) -> bool {
    let before = text.get(..range.start as usize).unwrap_or_default();
    let after = text.get(range.end as usize..).unwrap_or_default();
    !range.is_empty() && before.ends_with(open) && after.starts_with(close)
}

fn letters(words: &str) -> impl Iterator<Item = char> + '_ {
    words
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Whether `short` is made of the initials of `long`.
fn abbreviates(short: &str, long: &str) -> bool {
    let short: String = short
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    let upper = short.chars().all(char::is_uppercase) && short.chars().count() >= 2;
    if !upper || short.len() > 12 {
        return false;
    }
    let initials: String = long
        .split(|letter: char| letter.is_whitespace() || letter == '-')
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect();
    initials == short
}

/// Whether the word is written with a capital where no sentence begins.
fn is_name(text: &str, range: TextRange) -> bool {
    let word = range.of_text(text);
    let before = text
        .get(..range.start as usize)
        .unwrap_or_default()
        .trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', '“', '"', ':', '[', '‘']);
    word.starts_with(char::is_uppercase) && word != "I" && !begins
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{copy|source}` marks the change in a sentence common to both.
    fn check(marked: &str, expected: Kind) {
        let (lead, rest) = marked.split_once('{').unwrap();
        let (change, tail) = rest.split_once('}').unwrap();
        let (copy, source) = change.split_once('|').unwrap();
        let text = |words: &str| format!("{lead}{words}{tail}");
        let range = |words: &str| TextRange::of(lead.len(), lead.len() + words.len());
        let found = kind((&text(copy), range(copy)), (&text(source), range(source)));
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn each_sort_of_change_is_known() {
        check("We sent {40|50} trucks", Kind::Number);
        check("They met on 3 {July|June}.", Kind::Date);
        check("It was {Moscow|Minsk} that asked", Kind::Actor);
        check("It {may|will} rain", Kind::Modal);
        check("We do {|not} agree", Kind::Negation);
        check("its military {objectives|capabilities}", Kind::Wording);
        check("by the People's Republic ({|PRC}) now", Kind::Abbreviation);
        check(
            "by the {PRC|People's Republic of China} now",
            Kind::Abbreviation,
        );
        check(
            "in {nonproliferation|non-proliferation} talks",
            Kind::Spelling,
        );
        check("they said [{Smith|he}] left", Kind::Open);
        check("it was … {|very} late", Kind::Open);
        check("We fire {if|unless} attacked", Kind::Condition);
        check("We welcome {every|any} ship", Kind::Quantifier);
        check("within 12 {kilometres|miles} of it", Kind::Unit);
    }

    #[test]
    fn another_house_writes_the_same_words_otherwise() {
        check("by {fourteen|14} votes", Kind::Style);
        check("from {March 15|15 March}, 2025", Kind::Style);
        check("the Minister of {Defense|Defence} said", Kind::Style);
        check("under Resolution {|No}. 2735 of the Council", Kind::Style);
        check("a rise of 5{ percent|}%", Kind::Style);
        check("we {shan't|shall not} fire", Kind::Style);
    }
}
