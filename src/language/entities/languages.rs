//! Which language each paragraph is in: English, where the tagger may guess, or another one, where only the lists are to be trusted.
//!
//! In: a document. Out: a language for each block with text. Told by script, in Latin script by the commonest words; a paragraph too short to tell is in the
//! language of most of the document, English where nothing tells. A few hundred words of each block are looked at.

use crate::document::{BlockKind, Document};
use crate::text::{Layer, TextRange};

/// Words of a block that are looked at.
const MOST_WORDS: usize = 300;
/// Common words of another language that must be seen before a paragraph is taken for it.
const LEAST: usize = 3;

/// The language of a paragraph, by its ISO 639-1 code; the codes of languages postil cannot tell apart in their script are those of the commonest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(pub &'static str);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self("en");

    /// What it is called in English; of languages that share a script, where that alone tells, the script.
    pub fn name(self) -> &'static str {
        match self.0 {
            "en" => "English",
            "fr" => "French",
            "es" => "Spanish",
            "de" => "German",
            "pt" => "Portuguese",
            "it" => "Italian",
            "nl" => "Dutch",
            "sv" => "Swedish",
            "pl" => "Polish",
            "el" => "Greek",
            "ru" => "Cyrillic script",
            "he" => "Hebrew",
            "ar" => "Arabic script",
            "hi" => "Devanagari script",
            "ja" => "Japanese",
            "zh" => "Chinese",
            "ko" => "Korean",
            _ => "another language",
        }
    }
}

/// Words that are common in one of these languages and rare in the others.
const COMMON: [(&str, &[&str]); 9] = [
    (
        "en",
        &[
            "the", "of", "and", "to", "that", "for", "is", "was", "with", "by", "on", "it", "from",
            "this", "are", "have", "will", "at", "as", "be",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "et", "du", "est", "dans", "pour", "une", "au", "aux", "sur",
            "que", "qui", "ont", "nous", "par",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "y", "del", "que", "en", "por", "con", "una", "se", "su",
            "para", "como", "más", "al",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "den", "von", "mit", "im", "für", "auf", "ist", "des",
            "dem", "zu", "nicht", "ein", "eine", "sich",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "do", "da", "dos", "das", "em", "e", "que", "para", "com", "uma", "não",
            "um", "ao", "no", "na", "pela",
        ],
    ),
    (
        "it",
        &[
            "il", "la", "di", "che", "e", "per", "della", "del", "con", "nel", "una", "gli", "dei",
            "alla", "sono", "delle", "non",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "een", "van", "en", "dat", "op", "te", "zijn", "voor", "met", "niet",
            "aan", "ook", "door",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "det", "som", "på", "är", "av", "för", "med", "den", "till", "har",
            "inte", "ett", "om", "en",
        ],
    ),
    (
        "pl",
        &[
            "i", "w", "na", "z", "do", "się", "że", "jest", "nie", "oraz", "przez", "dla", "od",
            "po", "o",
        ],
    ),
];

/// The language of each block of a document that holds text, in order.
pub fn languages(document: &Document) -> Layer<Language> {
    with_text(document, of_blocks(document)).collect()
}

/// The blocks that hold text with their language, of the languages of all.
pub(super) fn with_text(
    document: &Document,
    languages: Vec<Language>,
) -> impl Iterator<Item = (TextRange, Language)> {
    languages
        .into_iter()
        .zip(&document.blocks)
        .filter(|(_, block)| block.kind != BlockKind::Rule && !block.range.is_empty())
        .map(|(language, block)| (block.range, language))
}

/// The language of each block, by its number.
pub(in crate::language) fn of_blocks(document: &Document) -> Vec<Language> {
    let told: Vec<Option<Language>> = document
        .blocks
        .iter()
        .map(|block| tell(document.block_text(block)))
        .collect();
    let mut letters: Vec<(Language, usize)> = Vec::new();
    for (language, block) in told.iter().zip(&document.blocks) {
        let Some(language) = language else { continue };
        let length = document.block_text(block).chars().count();
        match letters.iter_mut().find(|(known, _)| known == language) {
            Some((_, sum)) => *sum += length,
            None => letters.push((*language, length)),
        }
    }
    let main = letters
        .iter()
        .max_by_key(|(_, sum)| *sum)
        .map_or(Language::ENGLISH, |(language, _)| *language);
    told.into_iter()
        .map(|language| language.unwrap_or(main))
        .collect()
}

/// The language of a paragraph, where it can be told.
fn tell(text: &str) -> Option<Language> {
    let mut seen = [0_usize; COMMON.len()];
    let (mut latin, mut other) = (0_usize, None);
    let mut others = 0_usize;
    let words = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty());
    for word in words.take(MOST_WORDS) {
        let first = word.chars().next()?;
        if let Some(script) = script(first) {
            others += word.chars().take(200).count();
            // Kana settles that Han is Japanese.
            let kana = word
                .chars()
                .take(200)
                .any(|letter| ('\u{3040}'..='\u{30ff}').contains(&letter));
            if kana || other.is_none() {
                other = Some(if kana { "ja" } else { script });
            }
            continue;
        }
        latin += word.len();
        if word.len() > 8 {
            continue;
        }
        for (count, (_, common)) in seen.iter_mut().zip(&COMMON) {
            *count += usize::from(
                common
                    .iter()
                    .any(|common| common.eq_ignore_ascii_case(word)),
            );
        }
    }
    if others > latin {
        return other.map(Language);
    }
    let english = seen.first().copied().unwrap_or_default();
    let best = seen
        .iter()
        .zip(&COMMON)
        .skip(1)
        .max_by_key(|(count, _)| **count)?;
    if *best.0 >= LEAST && *best.0 > english * 2 {
        return Some(Language(best.1.0));
    }
    (english >= 2 && english >= *best.0).then_some(Language::ENGLISH)
}

/// The language a letter of another script speaks for.
fn script(letter: char) -> Option<&'static str> {
    match letter {
        '\u{370}'..='\u{3ff}' => Some("el"),
        '\u{400}'..='\u{52f}' => Some("ru"),
        '\u{590}'..='\u{5ff}' => Some("he"),
        '\u{600}'..='\u{77f}' => Some("ar"),
        '\u{900}'..='\u{97f}' => Some("hi"),
        '\u{3040}'..='\u{30ff}' => Some("ja"),
        '\u{3400}'..='\u{9fff}' => Some("zh"),
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Some("ko"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sample::document;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = languages(&document(text))
            .iter()
            .map(|(_, language)| language.0)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_paragraph_has_its_language() {
        check(
            "The ministers met for the talks and agreed on the grain.\n\nLes ministres ont parlé du blé dans la ville.\n\nМинистры встретились в старом городе.\n\nGrain",
            &["en", "fr", "ru", "en"],
        );
        check(
            "Los ministros se reunieron en la ciudad para hablar de las presas.",
            &["es"],
        );
        check("大臣たちは会った。", &["ja"]);
    }

    #[test]
    fn what_is_too_short_follows_the_rest() {
        check(
            "Berlin\n\nDie Minister sprachen von dem Fluss und den Dämmen mit der Stadt.",
            &["de", "de"],
        );
        check("Remarks", &["en"]);
    }
}
