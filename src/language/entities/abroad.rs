//! Names in paragraphs that are not in English: the lists and nothing else.
//!
//! In: the words of a sentence. Out: readings. States have their names in nine more languages (`assets/language/countries.txt`). Latin and Cyrillic names
//! need a capital; Russian ones are known by their stem, Arabic ones behind a joined particle too; Chinese and Japanese ones are found among letters.

use std::sync::OnceLock;

use super::EntityType;
use super::gazetteer::{Classes, Gazetteer, Match};
use super::scan::{Found, Reading};
use super::words::{self, Shape, Word, hash_of};
use crate::language::token::{Token, TokenKind};
use crate::text::TextRange;

/// Letters a Russian case may add to a stem.
const MOST_ENDING: usize = 3;
/// Letters that Arabic joins to the word that follows.
const JOINED: [char; 4] = ['و', 'ب', 'ل', 'ف'];

/// The shipped names of states in other languages, as lines of a list; stems are marked with `*`.
fn lines() -> (Vec<String>, Vec<(u64, String)>) {
    let (mut names, mut stems) = (Vec::new(), Vec::new());
    for line in include_str!("../../../assets/language/countries.txt").lines() {
        let Some((id, forms)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let forms = forms.split(['\t', '|']).filter(|form| *form != "-");
        let mut kept: Vec<&str> = Vec::new();
        for form in forms {
            match form.strip_suffix('*') {
                Some(stem) => stems.push((hash_of(stem), id.to_owned())),
                None => kept.push(form),
            }
        }
        names.push(format!("{id}\t{}", kept.join("|")));
    }
    (names, stems)
}

/// The lists with the names in other languages.
struct Abroad {
    names: Gazetteer,
    /// Hash of a stem to a listed state, sorted.
    stems: Vec<(u64, u32)>,
}

fn shipped() -> &'static Abroad {
    static SHIPPED: OnceLock<Abroad> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let (names, stems) = lines();
        let names = Gazetteer::abroad(&names);
        let mut stems: Vec<(u64, u32)> = stems
            .iter()
            .filter_map(|(hash, id)| Some((*hash, names.index(id)?)))
            .collect();
        stems.sort_unstable();
        Abroad { names, stems }
    })
}

/// The words of a sentence with the elided ones parted: "l’Équateur", "d’Haïti", "dell’Italia" are two words each, but "États-Unis
/// d’Amérique" is a name as it stands.
pub(super) fn parted(text: &str, words: Vec<Word>, own: &Gazetteer) -> Vec<Word> {
    let mut all = Vec::with_capacity(words.len());
    let named = sentence(text, &words, own);
    let mut named = named.iter().peekable();
    for (at, word) in words.into_iter().enumerate() {
        while named.next_if(|name| name.end <= at).is_some() {}
        if named.peek().is_some_and(|name| name.start <= at) {
            all.push(word);
            continue;
        }
        let spelled = word.range.of_text(text);
        let elided = spelled
            .char_indices()
            .take(MOST_ELIDED)
            .find(|(_, letter)| matches!(letter, '\'' | '’'))
            .map(|(at, mark)| (at, at + mark.len_utf8()));
        let name = elided.and_then(|(at, after)| {
            let article = spelled.get(..at)?;
            let name = spelled.get(after..)?;
            (among(&ELIDED, article) && name.starts_with(char::is_uppercase)).then_some(after)
        });
        let Some(after) = name.filter(|_| word.kind == TokenKind::Word) else {
            all.push(word);
            continue;
        };
        let middle = word.range.start + after as u32;
        for (start, end, joined) in [
            (word.range.start, middle, word.joined),
            (middle, word.range.end, true),
        ] {
            let token = Token {
                range: TextRange::new(start, end),
                kind: word.kind,
                joined,
            };
            all.push(words::word(text, token, &|_| Classes::default()));
        }
    }
    all
}

fn among(articles: &[&str], word: &str) -> bool {
    articles
        .iter()
        .any(|article| article.eq_ignore_ascii_case(word))
}

/// Articles and prepositions that lose their vowel before a name, in French and Italian.
const ELIDED: [&str; 9] = ["l", "d", "qu", "dell", "all", "dall", "nell", "sull", "un"];
/// The mark of an elision stands among so many letters.
const MOST_ELIDED: usize = 5;

/// The names of one sentence; `own` are the lists in use, whose numbers of entities are those of the readings.
pub(super) fn sentence(text: &str, words: &[Word], own: &Gazetteer) -> Vec<Found> {
    let abroad = shipped();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let name = (word.kind == TokenKind::Word)
            .then(|| named(abroad, text, words, at, own))
            .flatten();
        let Some((len, entity)) = name else {
            at += 1;
            continue;
        };
        let person = own
            .entity(entity)
            .is_some_and(|entity| entity.kind == EntityType::Person);
        let reading = if person && len == 1 {
            Reading::Surname {
                listed: Some(entity),
                titled: false,
            }
        } else {
            Reading::Listed {
                entity,
                adjective: false,
            }
        };
        found.push(Found {
            start: at,
            end: at + len,
            reading,
        });
        at += len;
    }
    found
}

/// How many words the name at `at` takes, and its entity in `own`.
fn named(
    abroad: &Abroad,
    text: &str,
    words: &[Word],
    at: usize,
    own: &Gazetteer,
) -> Option<(usize, u32)> {
    let word = words.get(at)?;
    let spelled = word.range.of_text(text);
    let first = spelled.chars().next()?;
    let cased = first.is_lowercase() || first.is_uppercase();
    if cased && word.shape == Shape::Lower {
        return None;
    }
    // "UN" is an article in Spanish: two capitals say nothing here.
    let fine = |name: &Match| !name.adjective && (name.len > 1 || !cased || word.range.len() > 2);
    if let Some(name) = own.longest(words, at).filter(fine) {
        return Some((name.len, name.entity));
    }
    if let Some(name) = abroad.names.longest(words, at).filter(fine) {
        let id = &abroad.names.entity(name.entity)?.id;
        return Some((name.len, own.index(id.as_str())?));
    }
    let of_stem = |stem: &str| {
        let hash = hash_of(stem);
        let place = abroad
            .stems
            .binary_search_by_key(&hash, |(hash, _)| *hash)
            .ok()?;
        let id = &abroad.names.entity(abroad.stems.get(place)?.1)?.id;
        own.index(id.as_str())
    };
    if ('\u{400}'..='\u{52f}').contains(&first) && spelled.len() < 64 {
        let mut stem = spelled;
        for _ in 0..=MOST_ENDING {
            if let Some(entity) = of_stem(stem) {
                return Some((1, entity));
            }
            let last = stem.chars().next_back()?;
            stem = stem.get(..stem.len() - last.len_utf8())?;
        }
    }
    let bare = spelled
        .strip_prefix(JOINED)
        .filter(|_| spelled.len() < 64)?;
    let mut joined = [*word];
    joined[0].hash = hash_of(bare);
    let name = abroad.names.longest(&joined, 0)?;
    let id = &abroad.names.entity(name.entity)?.id;
    Some((1, own.index(id.as_str())?))
}
