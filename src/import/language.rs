//! Which language a text is in, where that can be told.
//!
//! whichlang always answers one of sixteen languages. The answer is taken only if both halves of a sample agree and, for languages in Latin script, if
//! enough of the commonest words of that language are there; whichlang calls a Finnish text something else, the word test does not. What is plainly English by
//! these words is not put to whichlang at all: most texts are, and it takes longer than the rest of an import.

use whichlang::{Lang, detect_language};

use super::canonical::beginning;

/// Bytes looked at.
const SAMPLE: usize = 2048;
/// A sample with fewer bytes tells nothing.
const LEAST: usize = 80;

/// ISO 639-1 code of the language of a text.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let sample = beginning(text, SAMPLE);
    if sample.len() < LEAST {
        return None;
    }
    let (first, second) = sample.split_at(beginning(sample, sample.len() / 2).len());
    if is_plainly_english(first) && is_plainly_english(second) {
        return Some("en");
    }
    let language = detect_language(first);
    if detect_language(second) != language {
        return None;
    }
    let (code, common): (_, &[&str]) = match language {
        Lang::Eng => (
            "en",
            &["the", "of", "and", "to", "in", "a", "is", "that", "for"],
        ),
        Lang::Fra => (
            "fr",
            &["de", "la", "le", "et", "les", "des", "en", "du", "à"],
        ),
        Lang::Spa => (
            "es",
            &["de", "la", "que", "el", "en", "y", "los", "las", "del"],
        ),
        Lang::Deu => (
            "de",
            &["der", "die", "und", "in", "den", "von", "zu", "das", "mit"],
        ),
        Lang::Ita => (
            "it",
            &["di", "e", "il", "la", "che", "in", "per", "del", "della"],
        ),
        Lang::Por => ("pt", &["de", "a", "o", "que", "e", "do", "da", "em", "os"]),
        Lang::Nld => (
            "nl",
            &["de", "van", "het", "een", "en", "in", "dat", "is", "op"],
        ),
        Lang::Swe => (
            "sv",
            &["och", "i", "att", "det", "som", "en", "på", "är", "av"],
        ),
        Lang::Tur => (
            "tr",
            &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak"],
        ),
        Lang::Vie => (
            "vi",
            &["và", "của", "là", "các", "có", "được", "cho", "trong"],
        ),
        Lang::Ara => return Some("ar"),
        Lang::Cmn => return Some("zh"),
        Lang::Hin => return Some("hi"),
        Lang::Jpn => return Some("ja"),
        Lang::Kor => return Some("ko"),
        // Ukrainian and Belarusian are taken for Russian; their letters tell.
        Lang::Rus => return (!sample.contains(['і', 'ї', 'є', 'ў'])).then_some("ru"),
    };
    let (mut n_words, mut n_common) = (0, 0);
    for word in sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        n_words += 1;
        n_common += usize::from(
            common
                .iter()
                .any(|common| common.eq_ignore_ascii_case(word)),
        );
    }
    (n_common * 100 >= n_words * 12).then_some(code)
}

/// Whether a sample is so full of the commonest words of English, its article among them, that it is nothing else.
fn is_plainly_english(sample: &str) -> bool {
    let (mut n_words, mut n_common, mut n_articles) = (0, 0, 0);
    let words = sample.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    for word in words.filter(|word| !word.is_empty()) {
        n_words += 1;
        let mut lower = [0; 4];
        let Some(place) = lower.get_mut(..word.len()) else {
            continue;
        };
        place.copy_from_slice(word);
        lower.make_ascii_lowercase();
        let is_article = lower == *b"the\0";
        n_articles += usize::from(is_article);
        n_common += usize::from(
            is_article
                || matches!(
                    &lower,
                    b"of\0\0"
                        | b"and\0"
                        | b"to\0\0"
                        | b"in\0\0"
                        | b"a\0\0\0"
                        | b"is\0\0"
                        | b"that"
                        | b"for\0"
                ),
        );
    }
    n_words >= 12 && n_common * 100 >= n_words * 16 && n_articles * 100 >= n_words * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_languages_are_named_and_doubtful_ones_are_not() {
        let english = "The ministers met in the old town, and spoke of the river and the dams that are to be built for it. ";
        assert_eq!(detect(&english.repeat(3)), Some("en"));
        let german = "Die Minister trafen sich in der Altstadt und sprachen von dem Fluss und den Dämmen, die in der Zukunft zu bauen sind. ";
        assert_eq!(detect(&german.repeat(3)), Some("de"));
        let finnish = "Ministerit tapasivat vanhassa kaupungissa ja puhuivat joesta sekä padoista, joita pitäisi rakentaa tulevaisuudessa. ";
        assert_eq!(detect(&finnish.repeat(3)), None);
        assert_eq!(detect("Too short."), None);
        let both = format!("{} {}", english.repeat(9), german.repeat(9));
        assert_eq!(detect(&both), None);
        assert!(is_plainly_english(english) && !is_plainly_english(german));
    }
}
