//! Content words of a sentence, cut to stems so that "condemned" meets "condemning".
//!
//! A light suffix stemmer for English: it only has to bring forms of a word together within one library, not to give dictionary words.

/// Words that tell nothing about what happened.
const STOP: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "add",
    "after",
    "again",
    "against",
    "all",
    "also",
    "although",
    "amid",
    "among",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "during",
    "each",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "last",
    "may",
    "me",
    "more",
    "most",
    "mr",
    "mrs",
    "ms",
    "my",
    "new",
    "next",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "said",
    "same",
    "say",
    "says",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "three",
    "through",
    "to",
    "too",
    "two",
    "under",
    "until",
    "up",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
    "including",
    "like",
    "many",
    "several",
    "first",
    "between",
    "told",
    "well",
    "year",
    "month",
    "week",
    "day",
];

/// The stem of a lower-case word.
pub(super) fn stem(word: &str) -> &str {
    // Longest first; what is left must still be a word.
    const ENDINGS: &[&str] = &[
        "ements", "ement", "ments", "ment", "ingly", "edly", "ings", "ing", "ied", "ies", "ed",
        "es", "ly", "s", "e", "y",
    ];
    let word = word.strip_suffix("'s").unwrap_or(word);
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
            && !(*ending == "s" && stem.ends_with('s'))
        {
            return stem;
        }
    }
    word
}

/// Stems of the content words of `text`, sorted, without repeats.
pub(super) fn content_words(text: &str) -> Vec<Box<str>> {
    let mut words: Vec<Box<str>> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.len() >= 3 && word.len() <= 40 && !word.starts_with(|c: char| c.is_ascii_digit())
        })
        .map(str::to_lowercase)
        .filter(|word| !STOP.contains(&word.as_str()))
        .map(|word| stem(&word).into())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet_in_one_stem() {
        for forms in [
            &["condemn", "condemned", "condemning", "condemns"][..],
            &["issue", "issued", "issues", "issuing"],
            &["arms", "arm"],
            &["transfer", "transfers", "transferred"],
            &["strong", "strongly"],
        ] {
            let first = stem(forms[0]);
            let others = forms.iter().map(|form| stem(form));
            assert!(
                others.clone().all(|other| other.starts_with(first)),
                "{forms:?}"
            );
        }
        assert_eq!(
            content_words("The ministers issued a Statement."),
            ["issu", "minister", "stat"].map(Into::into)
        );
    }
}
