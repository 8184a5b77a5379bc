//! Letters of a name as they are compared: folded, and with the freedoms of transliteration taken out.

use crate::language::entities::EntityType;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of a name that are compared; of a longer one the rest is ignored.
const MOST_WORDS: usize = 8;

/// The words of a name in lower case, without accents, apostrophes, hyphens and points: "Shin Won-sik" is `shin wonsik`.
pub(super) fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace() || c == ',' || c == '.');
    words
        .map(fold)
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect()
}

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// A folded word as transliterations agree on it: "sergey" and "sergei", "zelenskyy" and "zelensky", "khan" and "han" are the same.
pub(super) fn skeleton(word: &str) -> String {
    let mut bones = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let bone = match (c, next) {
            ('k', Some('h')) => {
                chars.next();
                'h'
            }
            ('p', Some('h')) => {
                chars.next();
                'f'
            }
            ('o', Some('u')) => {
                chars.next();
                'u'
            }
            ('x', _) => {
                push(&mut bones, 'k');
                's'
            }
            ('y', _) => 'i',
            (c, _) => c,
        };
        push(&mut bones, bone);
    }
    bones
}

/// Doubled letters count once.
fn push(bones: &mut String, bone: char) {
    if !bones.ends_with(bone) {
        bones.push(bone);
    }
}

/// Whether two folded words differ in one vowel alone, as "jung" and "jong" do. Short words are too easily other names.
pub(super) fn one_vowel_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() != b.len() || a.len() < 4 {
        return false;
    }
    let mut apart = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b);
    let Some((at, (one, other))) = apart.next() else {
        return false;
    };
    // The last vowel tells Maria from Mario.
    apart.next().is_none() && at + 1 < a.len() && is_vowel(*one) && is_vowel(*other)
}

pub(super) const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Bodies whose name says the same with the country before it: "the Supreme Court of Florida", "the Florida Supreme Court". Of others, as of universities, it does not.
const BODIES: &[&str] = &[
    "supreme court",
    "constitutional court",
    "high court",
    "parliament",
];
/// Territories of which the same holds: "the State of Victoria", "Victoria State".
const TERRITORIES: &[&str] = &[
    "canton",
    "governorate",
    "island",
    "oblast",
    "prefecture",
    "province",
    "region",
    "state",
];

/// A name of a body or place as it is compared: folded, without "the", British and American spelling alike, what it is behind whose it is.
pub(super) fn title_key(kind: EntityType, name: &str) -> String {
    let key = title_words(name);
    let sorts = match kind {
        EntityType::Org => BODIES,
        EntityType::Place => TERRITORIES,
        EntityType::Person => &[],
    };
    let turned = sorts.iter().find_map(|sort| {
        let of = key.strip_prefix(sort)?.strip_prefix(" of ")?;
        let of = of.strip_prefix("the ").unwrap_or(of);
        Some(format!("{of} {sort}"))
    });
    turned.unwrap_or(key)
}

fn title_words(name: &str) -> String {
    let mut key = String::new();
    let spaced = name
        .replace(['-', '‐', '‑', '/'], " ")
        .replace('&', " and ");
    for word in spaced.split_whitespace() {
        let word = fold(word);
        if word.is_empty() || (word == "the" && key.is_empty()) {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&american(&word));
    }
    key
}

fn american(word: &str) -> String {
    match word {
        "defence" => return "defense".to_owned(),
        "centre" => return "center".to_owned(),
        "programme" => return "program".to_owned(),
        "labour" => return "labor".to_owned(),
        "harbour" => return "harbor".to_owned(),
        _ => {}
    }
    match word
        .strip_suffix("isation")
        .or(word.strip_suffix("isations"))
    {
        Some(stem) => format!(
            "{stem}ization{}",
            if word.ends_with('s') { "s" } else { "" }
        ),
        None => word.to_owned(),
    }
}

/// Whether a name is an acronym: 2 to 10 capitals and digits, no small letter.
pub fn is_acronym(name: &str) -> bool {
    let n = name.chars().count();
    (2..=10).contains(&n)
        && name
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-' || c == '.')
        && name.chars().filter(|c| c.is_uppercase()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_body_is_may_stand_behind_whose_it_is() {
        let same = |kind, one, other| title_key(kind, one) == title_key(kind, other);
        let org = EntityType::Org;
        assert!(same(
            org,
            "Supreme Court of Florida",
            "the Florida Supreme Court"
        ));
        assert!(same(
            EntityType::Place,
            "State of Victoria",
            "Victoria State"
        ));
        assert!(!same(org, "University of York", "York University"));
        assert!(!same(org, "State of Victoria", "Victoria State"));
    }
}
