//! English words in one spelling, whether British or American, titles written out.

use std::borrow::Cow;

/// What may follow the letters in which spellings differ.
const ENDINGS: [&str; 22] = [
    "", "s", "ed", "ing", "er", "ers", "able", "ably", "ite", "ites", "ful", "less", "hood",
    "hoods", "ly", "d", "r", "rs", "ation", "ations", "ational", "al",
];
/// British letters, American ones, and how many bytes come before them at least.
const PAIRS: [(&str, &str, usize); 9] = [
    ("our", "or", 2),
    ("ise", "ize", 4),
    ("is", "iz", 4),
    ("yse", "yze", 3),
    ("ys", "yz", 4),
    ("tre", "ter", 2),
    ("bre", "ber", 2),
    ("ogue", "og", 3),
    ("ence", "ense", 3),
];

/// A word in the spelling all its spellings come to. It need not be one that is used.
pub(super) fn spelled(word: &str) -> Cow<'_, str> {
    if let Some((_, one)) = ONE_SPELLING.iter().find(|(other, _)| *other == word) {
        return Cow::Borrowed(one);
    }
    if !word.is_ascii() || word.len() < 5 {
        return Cow::Borrowed(word);
    }
    let mut one = word.to_owned();
    for (from, to, before) in PAIRS {
        for ending in ENDINGS {
            // A bare "is" ends "crisis"; before a vowel it is the stem of a verb.
            let verbal = matches!(from, "is" | "ys")
                && !matches!(
                    ending,
                    "ing" | "ation" | "ations" | "ational" | "er" | "ers" | "able"
                );
            let Some(stem) = one
                .strip_suffix(ending)
                .and_then(|rest| rest.strip_suffix(from))
            else {
                continue;
            };
            if verbal || stem.len() < before {
                continue;
            }
            one = format!("{stem}{to}{ending}");
            return Cow::Owned(one);
        }
    }
    // "travelled" and "traveled": behind a vowel that is not the first.
    for ending in ["ed", "ing", "er", "ers"] {
        if let Some(stem) = one
            .strip_suffix(ending)
            .and_then(|rest| rest.strip_suffix("ll"))
        {
            let vowels = stem
                .chars()
                .filter(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u'))
                .count();
            if vowels >= 2 {
                return Cow::Owned(format!("{stem}l{ending}"));
            }
        }
    }
    if let Some(rest) = one.strip_suffix("gement") {
        return Cow::Owned(format!("{rest}gment"));
    }
    Cow::Owned(one)
}

const ONE_SPELLING: [(&str, &str); 32] = [
    ("mr", "mister"),
    ("dr", "doctor"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("grey", "gray"),
    ("cheque", "check"),
    ("cheques", "checks"),
    ("towards", "toward"),
    ("aluminium", "aluminum"),
    ("sceptical", "skeptical"),
    ("sceptic", "skeptic"),
    ("sceptics", "skeptics"),
    ("plough", "plow"),
    ("tonne", "ton"),
    ("ageing", "aging"),
    ("fulfil", "fulfill"),
    ("fulfils", "fulfills"),
    ("enrol", "enroll"),
    ("instalment", "installment"),
    ("instalments", "installments"),
    ("manoeuvre", "maneuver"),
    ("manoeuvres", "maneuvers"),
    ("adviser", "advisor"),
    ("advisers", "advisors"),
    ("jan", "january"),
    ("feb", "february"),
    ("aug", "august"),
    ("sept", "september"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
];
