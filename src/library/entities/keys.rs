//! Keys under which names meet that may be one: what shares none is never brought together, nor offered.
//!
//! In: a name and its type. Out: a few [`Key`]s, a function of these alone, so that a store can find the few names that a change concerns. A key may bring
//! together more names than the rules will (all vowels are left open at once, say), never fewer.

use super::compare::Name;
use super::spelling::{is_acronym, is_vowel, title_key};
use crate::language::entities::EntityType;

/// A hash of what some names share, the same in every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub u64);

/// What names share under a key, and so how far they reach one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shared {
    /// Enough to be compared.
    Likeness,
    /// The first name of one is the initial of the others; this name has it in full.
    InitialOf(Key),
    /// The same from the other side: this name has the initial alone.
    Initial(Key),
    /// The surname. Where some name is nothing but it, it is offered to the others; the other key is that of such a name.
    Surname(Key),
    /// The surname, and this name is nothing but it.
    Alone,
    /// The name is an acronym.
    Acronym,
}

/// FNV-1a over what the key is made of.
fn key(sort: u8, text: &str) -> Key {
    let bytes = std::iter::once(sort).chain(text.bytes());
    Key(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    }))
}

/// The key of the names that are this acronym.
pub fn acronym(text: &str) -> Key {
    key(b'A', text)
}

/// The key of the names that have this surname, of folded letters.
pub(super) fn surname(bones: &str) -> Key {
    key(b'S', bones)
}

/// The keys of a name, for a store to keep.
pub fn keys(kind: EntityType, name: &str) -> Vec<Key> {
    let mut keys: Vec<Key> = shared(kind, name).into_iter().map(|(key, _)| key).collect();
    if kind == EntityType::Person {
        keys.extend(lone(&Name::of(name)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key of a name that is nothing but a surname.
fn lone(name: &Name) -> Option<Key> {
    let surname = name.bones.first().filter(|_| name.words.len() == 1)?;
    Some(key(b'L', surname))
}

/// The keys of a name, each with what is shared under it.
pub(super) fn shared(kind: EntityType, name: &str) -> Vec<(Key, Shared)> {
    match kind {
        EntityType::Person => of_person(&Name::of(name)),
        EntityType::Org | EntityType::Place => of_title(kind, name),
    }
}

fn of_person(name: &Name) -> Vec<(Key, Shared)> {
    let mut keys = Vec::with_capacity(8);
    if name.is_full() {
        keys.push((key(b'R', &name.run()), Shared::Likeness));
        keys.push((key(b'O', &name.any_order()), Shared::Likeness));
        keys.push((key(b'V', &without_vowels(name)), Shared::Likeness));
        keys.extend(name.ends().map(|ends| (key(b'E', &ends), Shared::Likeness)));
    }
    if let Some(short) = name.initial() {
        keys.push((key(b'I', &short), Shared::Initial(key(b'F', &short))));
    }
    if let Some(short) = name.as_initial() {
        keys.push((key(b'F', &short), Shared::InitialOf(key(b'I', &short))));
    }
    for end in name.surnames() {
        let shared = if name.words.len() == 1 {
            Shared::Alone
        } else {
            Shared::Surname(key(b'L', end))
        };
        keys.push((surname(end), shared));
    }
    keys
}

fn of_title(kind: EntityType, name: &str) -> Vec<(Key, Shared)> {
    let mut keys = Vec::with_capacity(2);
    let title = title_key(kind, name);
    if !title.is_empty() {
        let sort = if kind == EntityType::Org { b'B' } else { b'P' };
        keys.push((key(sort, &title), Shared::Likeness));
    }
    if kind == EntityType::Org && is_acronym(name) {
        keys.push((acronym(name), Shared::Acronym));
    }
    keys
}

/// The words with every vowel left open that one spelling may write otherwise.
fn without_vowels(name: &Name) -> String {
    let open = |word: &String| {
        let n = word.chars().count();
        let open = |(at, c): (usize, char)| {
            if n >= 4 && at + 1 < n && is_vowel(c) {
                '·'
            } else {
                c
            }
        };
        word.chars().enumerate().map(open).collect::<String>()
    };
    let words: Vec<String> = name.words.iter().map(open).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(kind: EntityType, one: &str, other: &str) -> bool {
        let others = keys(kind, other);
        keys(kind, one).iter().any(|key| others.contains(key))
    }

    #[test]
    fn names_that_may_be_one_share_a_key() {
        for (one, other) in [
            ("Kim Jong Un", "Kim Jung Un"),
            ("Shin Wonsik", "Shin Won-sik"),
            ("Yoko Kamikawa", "Kamikawa Yoko"),
            ("George Bush", "George W. Bush"),
            ("Sergei Lavrov", "Lavrov"),
            ("Kim", "Kim Jong Un"),
        ] {
            assert!(meet(EntityType::Person, one, other), "{one}, {other}");
        }
        assert!(meet(
            EntityType::Org,
            "Ministry of Defence",
            "the Ministry of Defense"
        ));
        assert!(!meet(EntityType::Person, "Anna Lind", "Karl Ohm"));
    }

    #[test]
    fn a_key_is_the_same_in_every_run() {
        assert_eq!(keys(EntityType::Place, "Oslo"), [key(b'P', "oslo")]);
        assert_eq!(key(b'P', "oslo"), Key(0xe0e9_3196_ffef_ae90));
    }
}
