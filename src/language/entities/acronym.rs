//! Short forms made of the letters of a name.
//!
//! In: a short form and a name. Out: whether the one can stand for the other. Used inside a document, where one is defined in brackets behind the other, and over
//! the library, where a short form met without its name looks for its owner.

use super::words::folded;

/// Whether a short form can be made of a name: of letters that stand in it in this order, at least half of them at the beginning of a word, or of the first
/// letters of its words in the order of another language ("PLI", the Italian Liberal Party).
pub fn is_made_of(acronym: &str, name: &str) -> bool {
    let letters: Vec<char> = letters(acronym).collect();
    let key = key(name);
    let mut initials: Vec<char> = key
        .split(' ')
        .filter(|word| !SMALL_WORDS.contains(word))
        .filter_map(|word| word.chars().next())
        .collect();
    if letters.len() < 2 {
        return false;
    }
    let at_beginnings = in_order(&letters, &key);
    let mut sorted = letters.clone();
    sorted.sort_unstable();
    initials.sort_unstable();
    sorted == initials || at_beginnings.is_some_and(|n| n * 2 >= letters.len())
}

fn letters(word: &str) -> impl Iterator<Item = char> + '_ {
    folded(word).filter(|letter| letter.is_alphanumeric())
}

/// The words of a name, folded, hyphened ones apart, without "the" at the beginning.
fn key(name: &str) -> String {
    let parted = name
        .replace(['-', '\u{2010}', '\u{2011}', '/'], " ")
        .replace('&', " and ");
    let words = parted
        .split_whitespace()
        .map(|word| letters(word).collect::<String>())
        .filter(|word| !word.is_empty());
    words
        .enumerate()
        .filter(|(at, word)| *at > 0 || word != "the")
        .map(|(_, word)| word)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words an acronym leaves out.
const SMALL_WORDS: &[&str] = &[
    "a", "and", "de", "del", "des", "du", "for", "in", "la", "of", "on", "the", "to",
];

/// Of letters that stand in a text in this order, the first at the beginning of a word: at most how many stand at one; nothing if they do not.
fn in_order(letters: &[char], text: &str) -> Option<usize> {
    // The best for the first so many letters, over the text read so far.
    let mut best: Vec<Option<usize>> = vec![None; letters.len() + 1];
    if let Some(none) = best.first_mut() {
        *none = Some(0);
    }
    let mut begins = true;
    for c in text.chars() {
        for at in (0..letters.len()).rev() {
            let fits = letters.get(at) == Some(&c) && (begins || at > 0);
            if let Some(before) = best.get(at).copied().flatten().filter(|_| fits)
                && let Some(best) = best.get_mut(at + 1)
            {
                *best = (*best).max(Some(before + usize::from(begins)));
            }
        }
        begins = c == ' ';
    }
    best.last().copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_is_made_of_the_letters_of_its_name() {
        for (short, name) in [
            ("GCC", "Gulf Cooperation Council"),
            ("ECOWAS", "Economic Community of West African States"),
            ("PLI", "Italian Liberal Party"),
            ("AMBA", "Association of MBAs"),
            ("U.N.", "United Nations"),
            ("ASEAN", "Association of Southeast Asian Nations"),
        ] {
            assert!(is_made_of(short, name), "{short}, {name}");
        }
        for (short, name) in [
            ("RAB", "Fishery Board"),
            ("CRS", "Catholic Bishops"),
            ("PSRT", "Global Health Security"),
            ("PSB", "Global Harbour Security"),
            ("US", "Advisory Committee on Antarctic Names"),
            ("A", "Alliance"),
        ] {
            assert!(!is_made_of(short, name), "{short}, {name}");
        }
    }
}
