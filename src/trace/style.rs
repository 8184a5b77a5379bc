//! The same words as another house writes them: numbers in words or digits, dates in another order, British or American spelling, contractions, "per cent".
//!
//! In: the words of a change on either side. Out: whether they say the same. Both sides are brought into one form and compared word by word; what the rules do not know is another word. They
//! hold for English.

use super::sorts::MONTHS;
use super::spelling::spelled;

/// Bytes of a side that are looked at; a longer change is no matter of style.
const LONGEST: usize = 120;

/// Whether two phrases are the same words, otherwise written.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    if a.len() > LONGEST || b.len() > LONGEST || !may_be_same(a, b) {
        return false;
    }
    let (mut a, mut b) = (units(a), units(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let equal =
        |a: &[Unit], b: &[Unit]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b));
    if equal(&a, &b) {
        return true;
    }
    // A date names a month, beside it nothing but numbers.
    let is_date = |units: &[Unit]| {
        let month =
            |unit: &&Unit| matches!(unit, Unit::Word(word) if MONTHS.contains(&word.as_str()));
        let months = units.iter().filter(month).count();
        months == 1
            && units
                .iter()
                .all(|unit| month(&unit) || matches!(unit, Unit::Number(_)))
    };
    if is_date(&a) && is_date(&b) {
        a.sort();
        b.sort();
        return equal(&a, &b);
    }
    false
}

/// A first look that costs next to nothing: whatever is the same begins with the same letter, unless it holds a number in digits.
fn may_be_same(a: &str, b: &str) -> bool {
    let digits = |phrase: &str| phrase.bytes().any(|byte| byte.is_ascii_digit());
    let first = |phrase: &str| {
        let letter = phrase.chars().find(|letter| letter.is_alphabetic());
        letter.map(|letter| letter.to_ascii_lowercase())
    };
    !a.is_empty() && !b.is_empty() && (digits(a) || digits(b) || first(a) == first(b))
}

/// A word, or a number however it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    /// In hundredths.
    Number(u64),
    /// "it's" is "it is" or "it has".
    Is,
    /// "he'd" is "he would" or "he had".
    Would,
    Word(String),
}

impl Unit {
    fn is(&self, other: &Self) -> bool {
        let either = |short: &Self, long: &Self| match (short, long) {
            (Self::Is, Self::Word(word)) => word == "is" || word == "has",
            (Self::Would, Self::Word(word)) => word == "would" || word == "had",
            _ => false,
        };
        self == other || either(self, other) || either(other, self)
    }
}

fn units(phrase: &str) -> Vec<Unit> {
    let mut found = Vec::new();
    for word in phrase.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, '-' | '–' | '—' | '‑' | '/')
    }) {
        let digits = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        if word.starts_with(|first: char| first.is_ascii_digit()) && !digits.is_empty() {
            let ordinal = word.get(digits.len()..).unwrap_or_default();
            let bare =
                ordinal.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '%');
            match (hundredths(digits), bare) {
                (Some(number), "" | "st" | "nd" | "rd" | "th") => found.push(Unit::Number(number)),
                (Some(number), "%") => {
                    found.extend([Unit::Number(number), Unit::Word("percent".to_owned())]);
                }
                _ => found.push(Unit::Word(word.to_lowercase())),
            }
            continue;
        }
        let word: String = word
            .chars()
            .filter(|letter| letter.is_alphanumeric() || matches!(letter, '\'' | '’'))
            .map(|letter| if letter == '’' { '\'' } else { letter })
            .flat_map(char::to_lowercase)
            .collect();
        let word = word.trim_matches('\'');
        if !word.is_empty() {
            push(word, &mut found);
        }
    }
    joined(found)
}

/// A number in digits, in hundredths.
fn hundredths(digits: &str) -> Option<u64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: String = whole.chars().filter(|digit| *digit != ',').collect();
    if part.len() > 2 || whole.len() > 15 {
        return None;
    }
    let part = format!("{part:0<2}");
    Some(whole.parse::<u64>().ok()? * 100 + part.parse::<u64>().ok()?)
}

/// A word without its contraction, in one spelling.
fn push(word: &str, found: &mut Vec<Unit>) {
    let mut add = |word: &str| found.push(Unit::Word(spelled(word).into_owned()));
    match word {
        "cannot" | "can't" => return ["can", "not"].into_iter().for_each(add),
        "won't" => return ["will", "not"].into_iter().for_each(add),
        "shan't" => return ["shall", "not"].into_iter().for_each(add),
        "let's" => return ["let", "us"].into_iter().for_each(add),
        _ => {}
    }
    let Some((stem, rest)) = word.rsplit_once('\'') else {
        return add(word);
    };
    match rest {
        "t" if stem.ends_with('n') && stem.len() > 2 => {
            add(stem.trim_end_matches('n'));
            add("not");
        }
        "re" => ["are"]
            .iter()
            .for_each(|long| [stem, long].into_iter().for_each(&mut add)),
        "ve" => [stem, "have"].into_iter().for_each(add),
        "ll" => [stem, "will"].into_iter().for_each(add),
        "m" => [stem, "am"].into_iter().for_each(add),
        "s" => {
            add(stem);
            found.push(Unit::Is);
        }
        "d" => {
            add(stem);
            found.push(Unit::Would);
        }
        _ => add(word),
    }
}

/// Numbers in words made numbers, "per cent" one word.
fn joined(units: Vec<Unit>) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::with_capacity(units.len());
    // Of a number under way: what is closed by "thousand" and the like, and what is not yet.
    let mut number: Option<(u64, u64)> = None;
    // Only what is in words goes on in words.
    let mut in_words = false;
    let close = |number: &mut Option<(u64, u64)>, found: &mut Vec<Unit>| {
        if let Some((closed, open)) = number.take() {
            found.push(Unit::Number(closed.saturating_add(open)));
        }
    };
    for unit in units {
        match &unit {
            Unit::Number(value) => {
                close(&mut number, &mut found);
                (number, in_words) = (Some((0, *value)), false);
            }
            Unit::Word(word) if value(word).is_some() => {
                let value = value(word).unwrap_or_default();
                match &mut number {
                    // "forty two", "two hundred six": what is smaller than the last place left.
                    Some((_, open)) if in_words && goes_on(*open, value) => *open += value,
                    _ => {
                        close(&mut number, &mut found);
                        number = Some((0, value));
                    }
                }
                in_words = true;
            }
            Unit::Word(word) if multiple(word).is_some() && number.is_none() => {
                if found.last() == Some(&Unit::Word("a".to_owned())) {
                    found.pop();
                }
                number = Some((0, multiple(word).unwrap_or(1).saturating_mul(100)));
                in_words = true;
            }
            Unit::Word(word) if multiple(word).is_some() && number.is_some() => {
                let times = multiple(word).unwrap_or(1);
                if let Some((closed, open)) = &mut number {
                    let product = open.saturating_mul(times);
                    if times == 100 {
                        *open = product;
                    } else {
                        (*closed, *open) = (closed.saturating_add(product), 0);
                    }
                }
            }
            Unit::Word(word)
                if word == "cent" && found.last() == Some(&Unit::Word("per".to_owned())) =>
            {
                found.pop();
                found.push(Unit::Word("percent".to_owned()));
            }
            Unit::Word(_) | Unit::Is | Unit::Would => {
                close(&mut number, &mut found);
                found.push(unit);
            }
        }
    }
    close(&mut number, &mut found);
    found
}

/// Whether a number of so many hundredths goes on with a smaller one.
const fn goes_on(open: u64, value: u64) -> bool {
    let hundreds = open.is_multiple_of(10_000) && value < 10_000;
    let tens = open.is_multiple_of(1_000) && open % 10_000 > 1_000 && value < 1_000;
    value > 0 && (hundreds || tens)
}

/// What a number word below a hundred is worth, in hundredths.
fn value(word: &str) -> Option<u64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let cardinal = |word: &str| {
        let at = |list: &[&str]| list.iter().position(|known| *known == word);
        at(&UNITS).or_else(|| at(&TENS).map(|at| (at + 2) * 10))
    };
    let ordinal = || match word {
        "first" => Some(1),
        "second" => Some(2),
        "third" => Some(3),
        "fifth" => Some(5),
        "eighth" => Some(8),
        "ninth" => Some(9),
        "twelfth" => Some(12),
        _ => match word.strip_suffix("ieth") {
            Some(stem) => cardinal(&format!("{stem}y")),
            None => cardinal(word.strip_suffix("th")?),
        },
    };
    Some(cardinal(word).or_else(ordinal)? as u64 * 100)
}

fn multiple(word: &str) -> Option<u64> {
    match word {
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        "trillion" => Some(1_000_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert!(
            same_words(a, b) && same_words(b, a),
            "{a} | {b}: {:?} {:?}",
            units(a),
            units(b)
        );
    }

    #[track_caller]
    fn other(a: &str, b: &str) {
        assert!(!same_words(a, b) && !same_words(b, a), "{a} | {b}");
    }

    #[test]
    fn numbers_are_the_same_in_words_and_digits() {
        same("fourteen", "14");
        same("two hundred", "200");
        same("forty-two thousand", "42,000");
        same("one hundred six", "106");
        same("a hundred", "100");
        same("3 million", "three million");
        same("2.5 percent", "2.5%");
        same("5 per cent", "five percent");
        same("the 15th", "the fifteenth");
        same("twenty-third", "23rd");
        other("fifteen", "16");
        other("two hundred", "two thousand");
        other("3 million", "3 billion");
        other("twenty five", "255");
    }

    #[test]
    fn a_date_is_the_same_in_another_order() {
        same("15 March 2025", "March 15, 2025");
        same("15 March", "March 15");
        same("3 Feb", "February 3rd");
        other("15 March", "March 16");
        other("15 and 16", "16 and 15");
    }

    #[test]
    fn spelling_is_british_or_american() {
        for (british, american) in [
            ("defence", "defense"),
            ("neighbours", "neighbors"),
            ("favourable", "favorable"),
            ("organisation", "organization"),
            ("emphasised", "emphasized"),
            ("recognising", "recognizing"),
            ("analysed", "analyzed"),
            ("centre", "center"),
            ("theatres", "theaters"),
            ("dialogue", "dialog"),
            ("travelled", "traveled"),
            ("programme", "program"),
            ("judgement", "judgment"),
        ] {
            same(british, american);
        }
        other("filled", "filed");
        other("hour", "hor");
        other("prise", "prize");
        other("seas", "sea");
        other("thirty", "there");
    }

    #[test]
    fn a_contraction_is_its_words() {
        same("shan’t", "shall not");
        same("it's", "it is");
        same("it's", "it has");
        same("we'd", "we would");
        same("they’re", "they are");
        same("don't", "do not");
        same("cannot", "can not");
        other("cannot", "will not");
        other("minister's", "minister");
    }
}
