//! Names of organisations and places told by their head word: "Yomiuri Shimbun", "Ministry of Foreign Affairs", "Lake Chad".

use super::gazetteer::{Classes, Gazetteer};
use super::words::{Word, folded};

/// Most words before a head, and most after it.
const MOST_WORDS: usize = 8;

/// A name told by its head word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    /// One past its last word.
    pub(super) end: usize,
    /// The classes of its head.
    pub(super) head: Classes,
    /// Whether it names a place.
    pub(super) place: bool,
}

/// The body that starts at `words[at]`, if one does.
pub(super) fn at(words: &[Word], at: usize, gazetteer: &Gazetteer) -> Option<Body> {
    let first = words.get(at)?;
    if !first.capital() || first.classes.any(Classes::FUNCTION) {
        return None;
    }
    let end = segment(words, at);
    if let Some(place) = place(words, at, end) {
        return Some(place);
    }
    let head = (at..end).rev().find(|index| {
        words
            .get(*index)
            .is_some_and(|word| word.classes.any(Classes::HEAD))
    })?;
    let classes = words.get(head)?.classes;
    let tail = tail(words, head + 1, gazetteer);
    if tail.is_none() {
        let modifiers = words.get(at..head)?;
        // A person or a title before the head is no part of the name, and common words alone make none ("President Party", "Central Bank").
        let plain = modifiers
            .iter()
            .all(|word| word.classes.any(Classes::COMMON));
        if plain
            || modifiers
                .iter()
                .any(|word| word.classes.any(Classes::TITLE))
        {
            return None;
        }
    }
    Some(Body {
        end: tail.unwrap_or(head + 1),
        head: classes,
        place: false,
    })
}

/// One past the last of the capitalised words from `at`, hyphened and joined by "&" or a possessive.
fn segment(words: &[Word], at: usize) -> usize {
    let mut end = at;
    while let Some(word) = words.get(end).filter(|_| end - at < MOST_WORDS) {
        let next = words.get(end + 1).is_some_and(Word::capital);
        let link = end > at
            && next
            && (word.first == b'&'
                || (word.joined
                    && (word.is_mark(b'-')
                        || word.first == b'\''
                        || word.range.len() == 4 && word.first == 0xe2)));
        if !link && (!word.capital() || (end > at && word.classes.any(Classes::FUNCTION))) {
            break;
        }
        end += 1;
    }
    end
}

fn place(words: &[Word], at: usize, end: usize) -> Option<Body> {
    let found = |end: usize| {
        Some(Body {
            end,
            head: Classes::default(),
            place: true,
        })
    };
    let plain = |word: &&Word| {
        !word.classes.any(
            Classes::COMMON
                .or(Classes::HEAD)
                .or(Classes::TITLE)
                .or(Classes::RANK),
        )
    };
    if words.get(at)?.classes.any(Classes::PLACE_FIRST) {
        let name = words
            .get(at + 1)
            .filter(|word| word.capital() && !word.joined);
        return name.filter(plain).and_then(|_| found(at + 2));
    }
    let last = end.checked_sub(1)?;
    let named = last > at && last - at <= 2 && words.get(at..last)?.iter().all(|word| plain(&word));
    (named && words.get(last)?.classes.any(Classes::PLACE_HEAD))
        .then(|| found(end))
        .flatten()
}

/// The end of an "of (the) X and Y" tail from `from`, if there is one.
fn tail(words: &[Word], from: usize, gazetteer: &Gazetteer) -> Option<usize> {
    let mut end = None;
    let mut at = from;
    let mut in_list = false;
    let mut last = None;
    while at < from + MOST_WORDS * 2 {
        let word = words.get(at)?;

        if word.capital() && !word.classes.any(Classes::FUNCTION) && (end.is_some() || at > from) {
            let listed = gazetteer.longest(words, at);
            let first_name = word.classes.any(Classes::GIVEN.or(Classes::TITLE))
                && listed.is_none_or(|name| name.len == 1);
            let person = first_name
                || listed.is_some_and(|name| {
                    gazetteer
                        .entity(name.entity)
                        .is_some_and(|entity| entity.kind == super::EntityType::Person)
                });
            if person || (in_list && (listed.is_some() || word.classes.any(Classes::HEAD))) {
                break;
            }
            at += listed.map_or(1, |name| name.len);
            end = Some(at);
            last = Some(Connector::Name);
            if listed.is_some() {
                break;
            }
        } else if Connector::of(word.hash).is_some_and(|found| found.may_follow(last)) {
            last = Connector::of(word.hash);
            in_list |= last == Some(Connector::And);
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// Small words inside the name of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Connector {
    Of,
    For,
    On,
    And,
    The,
    /// No small word: a part of the name itself.
    Name,
}

const CONNECTORS: [Connector; 5] = [
    Connector::Of,
    Connector::For,
    Connector::On,
    Connector::And,
    Connector::The,
];

impl Connector {
    fn hash(self) -> u64 {
        super::words::hash_of(match self {
            Self::Of => "of",
            Self::For => "for",
            Self::On => "on",
            Self::And => "and",
            Self::The | Self::Name => "the",
        })
    }

    /// Whether it may stand after `last`; nothing stands before the first.
    fn may_follow(self, last: Option<Self>) -> bool {
        match self {
            Self::Of | Self::For | Self::On => last.is_none() || last == Some(Self::Name),
            Self::And => last == Some(Self::Name),
            Self::The => matches!(last, Some(Self::Of | Self::For | Self::On)),
            Self::Name => false,
        }
    }

    fn of(hash: u64) -> Option<Self> {
        CONNECTORS
            .into_iter()
            .find(|connector| connector.hash() == hash)
    }
}

/// A readable id for a name: folded words joined by hyphens, "the" left out; "Defence Ministry" and "Ministry of Defense" are one.
pub(super) fn slug(name: &str) -> String {
    let mut words: Vec<String> = name
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '/')
        })
        .map(|word| {
            folded(word)
                .filter(|letter| letter.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|word| !word.is_empty() && word != "the")
        .collect();
    for word in &mut words {
        let one = match word.as_str() {
            "defence" => "defense",
            "organisation" => "organization",
            "labour" => "labor",
            "centre" => "center",
            _ => continue,
        };
        one.clone_into(word);
    }
    if let [portfolio, head] = words.as_slice()
        && matches!(head.as_str(), "ministry" | "department")
    {
        let portfolio = if portfolio == "foreign" {
            "foreign-affairs"
        } else {
            portfolio
        };
        return format!("{head}-of-{portfolio}");
    }
    words.join("-")
}
