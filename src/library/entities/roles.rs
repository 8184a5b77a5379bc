//! Titles and offices that stand beside a person's name: "Russian Foreign Minister Sergei Lavrov", "Sergei Lavrov, the foreign minister of Russia,".
//!
//! Before a name the words must be capitals that run up to it; behind it they stand between commas. Without a word for an office nothing is taken.

use crate::text::TextRange;

/// Words for offices, in lower case.
const OFFICES: &[&str] = &[
    "adviser",
    "advisor",
    "ambassador",
    "archbishop",
    "attorney",
    "bishop",
    "captain",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "chancellor",
    "chief",
    "colonel",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "coordinator",
    "counsel",
    "delegate",
    "deputy",
    "director",
    "editor",
    "emir",
    "envoy",
    "general",
    "governor",
    "head",
    "judge",
    "justice",
    "king",
    "leader",
    "lieutenant",
    "major",
    "marshal",
    "mayor",
    "member",
    "minister",
    "officer",
    "official",
    "pope",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "professor",
    "queen",
    "rapporteur",
    "representative",
    "secretary",
    "senator",
    "sheikh",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "sultan",
    "undersecretary",
    "vice",
];

/// What offices are of, in small letters before them.
const OF_OFFICES: &[&str] = &[
    "defence",
    "defense",
    "economic",
    "economy",
    "energy",
    "finance",
    "financial",
    "first",
    "foreign",
    "general",
    "health",
    "interior",
    "justice",
    "military",
    "national",
    "nuclear",
    "party",
    "presidential",
    "press",
    "security",
    "senior",
    "special",
    "state",
    "trade",
];

/// Small words inside an office.
const INSIDE: &[&str] = &["of", "for", "and", "the", "to", "on", "at", "in"];

/// Words a role does not begin with, though they stand in capitals before it.
const LEADING: &[&str] = &[
    "of",
    "for",
    "and",
    "the",
    "to",
    "on",
    "at",
    "in",
    "a",
    "an",
    "as",
    "but",
    "by",
    "from",
    "when",
    "while",
    "with",
    "after",
    "before",
    "since",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mr",
    "mrs",
    "ms",
    "former",
];

/// Most words of a role.
const MOST_WORDS: usize = 9;
/// Bytes looked at on each side.
const SIDE_BYTES: u32 = 200;

/// The roles said of the person named at `name` in a sentence: at most one before and one behind.
pub(super) fn of(text: &str, sentence: TextRange, name: TextRange) -> Vec<String> {
    let floor = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(name.start.saturating_sub(SIDE_BYTES)).max(sentence.start as usize);
    let end = floor(name.end.saturating_add(SIDE_BYTES)).min(sentence.end as usize);
    let before = text.get(start..name.start as usize).unwrap_or_default();
    let behind = text.get(name.end as usize..end).unwrap_or_default();
    [role_before(before), role_behind(behind)]
        .into_iter()
        .flatten()
        .collect()
}

fn is_office(word: &str) -> bool {
    let lower = word
        .trim_end_matches("’s")
        .trim_end_matches("'s")
        .to_lowercase();
    let parts = lower.split('-');
    parts
        .into_iter()
        .any(|part| OFFICES.binary_search(&part).is_ok())
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The title that runs up to the name: capitals and small words between them, or small words for an office and what stands before those.
fn role_before(before: &str) -> Option<String> {
    if !before.ends_with(char::is_whitespace) {
        return None;
    }
    if let Some(before) = before.trim_end().strip_suffix(',') {
        return role_set_off(before);
    }
    let mut role: Vec<&str> = Vec::new();
    for word in before.split_whitespace().rev().take(MOST_WORDS) {
        let joins = !role.is_empty()
            && INSIDE.contains(&word)
            && role.last().is_some_and(|last| is_capital(last));
        let small = is_small(word, &role);
        if is_end(word) || !(is_capital(word) || joins || small) {
            break;
        }
        role.push(word);
    }
    let small = role.first().is_some_and(|word| !is_capital(word));
    while let Some(word) = role
        .last()
        .map(|word| word.to_lowercase())
        .filter(|word| LEADING.contains(&word.as_str()))
    {
        role.pop();
        // "In Seoul spokesman …": the place says where, not whose.
        if small && matches!(word.as_str(), "in" | "at" | "from") {
            role.pop();
        }
    }
    role.reverse();
    let last = role.last()?;
    // "Secretary of State": what follows a small word belongs to the office before it.
    let governs = |pair: &[&str]| matches!(pair, [office, small] if is_office(office) && INSIDE.contains(small));
    let whole = is_office(last) || (is_capital(last) && role.windows(2).any(governs));
    (whole && !is_honorific(&role)).then(|| clean(&role))
}

/// "the Russian foreign minister, Sergei Lavrov,": from an article or a possessive to the comma.
fn role_set_off(before: &str) -> Option<String> {
    let mut role: Vec<&str> = Vec::new();
    for word in before.split_whitespace().rev().take(MOST_WORDS) {
        if matches!(
            word.to_lowercase().as_str(),
            "the" | "a" | "its" | "his" | "her" | "their" | "our"
        ) {
            role.reverse();
            return role
                .last()
                .is_some_and(|last| is_office(last))
                .then(|| clean(&role));
        }
        if is_end(word) || role.is_empty() && !is_office(word) {
            return None;
        }
        role.push(word);
        if is_capital(word) && word.ends_with(['s', 'S']) && word.contains(['\'', '’']) {
            role.reverse();
            return Some(clean(&role));
        }
    }
    None
}

/// An office in small letters right before the name, or what it is of: "foreign minister".
fn is_small(word: &str, role: &[&str]) -> bool {
    match role.last() {
        None => is_office(word),
        Some(last) => !is_capital(last) && (is_office(word) || OF_OFFICES.contains(&word)),
    }
}

/// Whether a sentence or a part of it ends with this word.
fn is_end(word: &str) -> bool {
    word.ends_with([',', '.', ';', ':', ')', '”', '"', '!', '?'])
        && !matches!(word, "U.S." | "U.N." | "U.K.")
}

/// Between the comma behind the name and the next one.
fn role_behind(behind: &str) -> Option<String> {
    let rest = behind.strip_prefix(',')?.trim_start();
    let end = rest.find([',', ';', '(', ')', ':', '—', '–', '“', '"'])?;
    let part = rest.get(..end)?;
    let words: Vec<&str> = part.split_whitespace().collect();
    let words = match words.split_first() {
        Some((first, rest))
            if matches!(
                first.to_lowercase().as_str(),
                "the" | "a" | "an" | "then" | "who"
            ) =>
        {
            rest
        }
        _ => words.as_slice(),
    };
    let fits = !words.is_empty() && words.len() <= MOST_WORDS;
    let announced = words.iter().take(4).any(|word| is_office(word));
    // "the minister said": what follows is no office but a sentence.
    let says = words.iter().any(|word| {
        matches!(
            *word,
            "said" | "says" | "told" | "is" | "was" | "has" | "who" | "will" | "met"
        )
    });
    (fits && announced && !says).then(|| clean(words))
}

/// "General" alone before a name says little, but it is said; "Mr" is not in the list at all.
fn is_honorific(role: &[&str]) -> bool {
    matches!(role, [word] if matches!(word.to_lowercase().as_str(), "vice" | "prime" | "deputy" | "chief" | "head" | "member"))
}

fn clean(words: &[&str]) -> String {
    let text = words.join(" ");
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
        .chars()
        .take(100)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name stands between brackets; the roles found around it.
    fn check(marked: &str, roles: &[&str]) {
        let (before, rest) = marked.split_once('[').unwrap();
        let (name, after) = rest.split_once(']').unwrap();
        let text = format!("{before}{name}{after}");
        let at = TextRange::of(before.len(), before.len() + name.len());
        assert_eq!(
            of(&text, TextRange::of(0, text.len()), at),
            roles,
            "{marked}"
        );
    }

    #[test]
    fn offices_are_in_order() {
        assert!(OFFICES.is_sorted());
    }

    #[test]
    fn titles_before_and_behind_a_name_are_roles() {
        check(
            "Russian Foreign Minister [Sergei Lavrov] left.",
            &["Russian Foreign Minister"],
        );
        check(
            "He met U.S. Secretary of State [Antony Blinken].",
            &["U.S. Secretary of State"],
        );
        check("In Seoul spokesman [Jeon Ha-kyu] spoke.", &["spokesman"]);
        check(
            "[Kamikawa Yoko], Minister for Foreign Affairs of Japan, agreed.",
            &["Minister for Foreign Affairs of Japan"],
        );
        check(
            "[Ann Bee], the governor of the bank, and others.",
            &["governor of the bank"],
        );
        check("Vice-President [Ann Bee] came.", &["Vice-President"]);
        check(
            "the Russian foreign minister, [Sergei Lavrov], was",
            &["Russian foreign minister"],
        );
        check(
            "Russia's foreign minister, [Sergey Lavrov], came.",
            &["Russia's foreign minister"],
        );
        check(
            "He met Russian foreign minister [Sergei Lavrov].",
            &["Russian foreign minister"],
        );
        check("the president, the pope, [Ann Bee], came.", &["pope"]);
    }

    #[test]
    fn what_is_no_office_is_no_role() {
        check("On Monday [Ann Bee] left.", &[]);
        check("Mr. [Bee] left.", &[]);
        check("He left the Minister. [Ann Bee] stayed.", &[]);
        check("[Ann Bee], the minister said, left.", &[]);
        check("[Ann Bee], 54, left.", &[]);
        check("President Biden, [Ann Bee] and others", &[]);
        check("“[Ann Bee]” 水", &[]);
    }
}
