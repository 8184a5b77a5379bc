//! The names postil knows and the classes of single words.
//!
//! In: the lists in `assets/language`. Out: a [`Gazetteer`], built once, that finds the longest listed name at a word and says what a single
//! word may be. Names are looked up by a hash over the folded words, so the time taken does not grow with the lists.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, OnceLock};

use super::words::{Shape, Word, hash_of, words_of};
use super::{EntityId, EntityType, naming};

/// A listed entity.
pub(super) struct Listed {
    /// Its id.
    pub(super) id: EntityId,
    /// What it is.
    pub(super) kind: EntityType,
    /// The name to show.
    pub(super) name: Arc<str>,
}

/// One way to write the name of a listed entity.
#[derive(Debug, Clone, Copy)]
struct Alias {
    entity: u32,
    adjective: bool,
    /// An acronym: matches capitals only.
    acronym: bool,
    /// Bit `n` is set where word `n` must be capitalised.
    capitals: u32,
}

/// A listed name found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// How many words it takes.
    pub(super) len: usize,
    /// Which entity it names.
    pub(super) entity: u32,
    /// Whether it is an adjective or a people.
    pub(super) adjective: bool,
}

/// What a single word may be; several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u16);

/// The classes in the order of their bits.
const CLASSES: [&str; 16] = [
    "given",
    "surname",
    "title",
    "rank",
    "role",
    "particle",
    "suffix",
    "head",
    "office",
    "force",
    "placehead",
    "placefirst",
    "common",
    "function",
    "verb",
    "people",
];

impl Classes {
    pub(super) const GIVEN: Self = Self(1);
    pub(super) const SURNAME: Self = Self(1 << 1);
    pub(super) const TITLE: Self = Self(1 << 2);
    pub(super) const RANK: Self = Self(1 << 3);
    pub(super) const ROLE: Self = Self(1 << 4);
    pub(super) const PARTICLE: Self = Self(1 << 5);
    pub(super) const SUFFIX: Self = Self(1 << 6);
    pub(super) const HEAD: Self = Self(1 << 7);
    pub(super) const OFFICE: Self = Self(1 << 8);
    pub(super) const FORCE: Self = Self(1 << 9);
    pub(super) const PLACE_HEAD: Self = Self(1 << 10);
    pub(super) const PLACE_FIRST: Self = Self(1 << 11);
    pub(super) const COMMON: Self = Self(1 << 12);
    pub(super) const FUNCTION: Self = Self(1 << 13);
    pub(super) const VERB: Self = Self(1 << 14);
    pub(super) const PEOPLE: Self = Self(1 << 15);

    /// Whether any class of `other` is among these.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// As a number, a bit for each class.
    pub(super) const fn bits(self) -> u32 {
        self.0 as u32
    }

    /// Both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type ByHash<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;

/// The listed names and word classes.
pub(super) struct Gazetteer {
    entities: Vec<Listed>,
    /// Every beginning of a name; the name that ends there, if one does.
    beginnings: ByHash<Option<Alias>>,
    classes: ByHash<Classes>,
    persons: HashMap<String, u32>,
    /// The first entity with each id.
    ids: HashMap<Arc<str>, u32>,
}

/// Longest name in words.
const LONGEST: usize = 14;

/// The hash of a sequence of words, one word longer.
pub(super) const fn extend(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Gazetteer {
    /// The lists that come with postil: a constant, read from the assets at first use.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Gazetteer> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::read(
                &[
                    include_str!("../../../assets/language/places.txt"),
                    include_str!("../../../assets/language/orgs.txt"),
                    include_str!("../../../assets/language/people.txt"),
                ],
                include_str!("../../../assets/language/words.txt"),
            )
        })
    }

    /// The shipped lists with the reader's lines before them.
    pub(super) fn extended(lines: &[String]) -> Self {
        Self::read(
            &[
                &lines.join("\n"),
                include_str!("../../../assets/language/places.txt"),
                include_str!("../../../assets/language/orgs.txt"),
                include_str!("../../../assets/language/people.txt"),
            ],
            include_str!("../../../assets/language/words.txt"),
        )
    }

    /// Names of shipped entities in other languages: `id` and, after a tab, its forms.
    pub(super) fn abroad(lines: &[String]) -> Self {
        let shipped = Self::shipped();
        let lines: Vec<String> = lines
            .iter()
            .filter_map(|line| {
                let (id, forms) = line.split_once('\t')?;
                let listed = shipped.entity(shipped.index(id)?)?;
                let kind = match listed.kind {
                    EntityType::Person => "PERSON",
                    EntityType::Org => "ORG",
                    EntityType::Place => "PLACE",
                };
                Some(format!("{id}\t{kind}\t{}\t{forms}", listed.name))
            })
            .collect();
        Self::read(&[&lines.join("\n")], "")
    }

    fn read(lists: &[&str], words: &str) -> Self {
        let mut made = Self {
            entities: Vec::with_capacity(1500),
            beginnings: HashMap::with_capacity_and_hasher(8192, BuildHasherDefault::default()),
            classes: HashMap::with_capacity_and_hasher(4096, BuildHasherDefault::default()),
            persons: HashMap::with_capacity(512),
            ids: HashMap::with_capacity(1500),
        };
        for line in words.lines().filter(|line| !line.starts_with('#')) {
            let Some((class, members)) = line.split_once('\t') else {
                continue;
            };
            let bit = CLASSES.iter().position(|name| *name == class);
            let class = bit.map_or(Classes::default(), |bit| Classes(1 << bit));
            for word in members.split(' ').filter(|word| !word.is_empty()) {
                let known = made.classes.entry(hash_of(word)).or_default();
                *known = known.or(class);
            }
        }
        for line in lists.iter().flat_map(|list| list.lines()) {
            made.add(line);
        }
        made
    }

    fn add(&mut self, line: &str) {
        let mut fields = line.split('\t');
        let (Some(id), Some(kind), Some(name)) = (fields.next(), fields.next(), fields.next())
        else {
            return;
        };
        let kind = match kind {
            "PERSON" => EntityType::Person,
            "ORG" => EntityType::Org,
            _ => EntityType::Place,
        };
        let entity = self.entities.len() as u32;
        let others = fields.next().unwrap_or_default().split('|');
        for written in std::iter::once(name).chain(others) {
            let bare = written.trim_start_matches('~');
            if bare.is_empty() {
                continue;
            }
            let words = words_of(bare, &self.classes_of());
            self.add_alias(entity, &words, written.len() > bare.len());
            if let (EntityType::Person, [first, last]) = (kind, words.as_slice()) {
                // "Kamikawa Yoko" is "Yoko Kamikawa".
                self.add_alias(entity, &[*last, *first], false);
            }
            if kind == EntityType::Person && bare.contains(' ') {
                let parts = naming::parts(bare, &words);
                self.persons.entry(naming::key(&parts)).or_insert(entity);
            }
        }
        let id: Arc<str> = id.into();
        self.ids.entry(Arc::clone(&id)).or_insert(entity);
        self.entities.push(Listed {
            id: EntityId(id),
            kind,
            name: name.into(),
        });
    }

    /// The classes of a word by its hash.
    pub(super) fn classes_of(&self) -> impl Fn(u64) -> Classes + '_ {
        |hash| self.classes.get(&hash).copied().unwrap_or_default()
    }

    fn add_alias(&mut self, entity: u32, words: &[Word], adjective: bool) {
        let mut hash = 0;
        for (index, word) in words.iter().enumerate() {
            hash = extend(hash, word.hash);
            let alias = (index + 1 == words.len()).then(|| Alias {
                entity,
                adjective,
                acronym: words.len() == 1 && word.shape == Shape::Upper,
                capitals: words.iter().enumerate().fold(0, |bits, (index, word)| {
                    bits | u32::from(word.shape != Shape::Lower) << index.min(31)
                }),
            });
            let known = self.beginnings.entry(hash).or_default();
            *known = known.or(alias);
        }
    }

    /// The longest listed name that starts at `words[at]`.
    pub(super) fn longest(&self, words: &[Word], at: usize) -> Option<Match> {
        let mut hash = 0;
        let mut best = None;
        for (index, word) in words.get(at..)?.iter().take(LONGEST).enumerate() {
            hash = extend(hash, word.hash);
            let Some(ends) = self.beginnings.get(&hash) else {
                break;
            };
            let Some(alias) = ends else {
                continue;
            };
            let name = words.get(at..=at + index).unwrap_or_default();
            if alias.fits(name) {
                best = Some(Match {
                    len: index + 1,
                    entity: alias.entity,
                    adjective: alias.adjective,
                });
            }
        }
        best
    }

    /// A listed entity.
    pub(super) fn entity(&self, index: u32) -> Option<&Listed> {
        self.entities.get(index as usize)
    }

    /// The number of the entity with this id.
    pub(super) fn index(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// The id of the entity of this type that the whole of `name` names.
    pub(super) fn id_of(&self, name: &str, kind: EntityType) -> Option<String> {
        let words = words_of(name, &self.classes_of());
        let found = self.longest(&words, 0)?;
        let entity = self.entity(found.entity)?;
        let whole = found.len == words.len() && !found.adjective;
        (whole && entity.kind == kind).then(|| entity.id.as_str().to_owned())
    }

    /// The listed person with this name key.
    pub(super) fn person(&self, key: &str) -> Option<u32> {
        self.persons.get(key).copied()
    }
}

impl Alias {
    fn fits(&self, name: &[Word]) -> bool {
        if self.acronym {
            return name.iter().all(|word| word.shape == Shape::Upper);
        }
        name.iter().enumerate().all(|(index, word)| {
            self.capitals & (1 << index.min(31)) == 0 || word.shape != Shape::Lower
        })
    }
}
