//! Who is one person by name. Names meet under keys that their spellings share, so that few are compared with one another.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{Linker, MOST_ALIKE, MOST_BEARERS, MOST_OFFERS};
use crate::language::entities::EntityId;
use crate::library::entities::compare::{self, Name};
use crate::library::entities::keys::{self, Key};
use crate::library::entities::linked::Why;

type Buckets = HashMap<String, Vec<u32>>;

impl Linker {
    fn buckets(&self, keys: impl Fn(&Name) -> Vec<String>) -> Vec<Vec<u32>> {
        let mut buckets: Buckets = HashMap::new();
        for (index, name) in self.names.iter().enumerate() {
            let Some(name) = name.as_ref().filter(|name| name.is_full()) else {
                continue;
            };
            for key in keys(name) {
                let bucket = buckets.entry(key).or_default();
                if bucket.len() < MOST_ALIKE {
                    bucket.push(index as u32);
                }
            }
        }
        let mut buckets: Vec<Vec<u32>> = buckets
            .into_values()
            .filter(|bucket| bucket.len() > 1)
            .collect();
        buckets.sort_unstable();
        buckets
    }

    fn name(&self, index: u32) -> Option<&Name> {
        self.names.get(index as usize)?.as_ref()
    }

    pub(in crate::library::entities) fn link_people(
        &mut self,
        meet: &impl Fn(&EntityId, &EntityId) -> bool,
    ) {
        for key in [Name::run, Name::any_order] {
            for bucket in self.buckets(|name| vec![key(name)]) {
                let Some((first, others)) = bucket.split_first() else {
                    continue;
                };
                for other in others {
                    if let (Some(a), Some(b)) = (self.name(*first), self.name(*other)) {
                        let why = a.why_same(b);
                        self.link(*first, *other, why);
                    }
                }
            }
        }
        for bucket in self.buckets(|name| name.ends().into_iter().collect()) {
            self.link_middles(&bucket);
        }
        self.link_initials();
        for bucket in self.buckets(Name::vowels_open) {
            self.link_vowels(&bucket, meet);
        }
    }

    /// First and last word alike: one person if all the middles can be one's.
    fn link_middles(&mut self, bucket: &[u32]) {
        let mut bare: Vec<u32> = Vec::new();
        // Names whose middles agree, each class with one of them.
        let mut classes: Vec<(Vec<String>, u32)> = Vec::new();
        for index in bucket {
            let Some(name) = self.name(*index) else {
                continue;
            };
            let middle = name.middle().to_vec();
            let dropped = compare::is_initials(&middle) || !name.has_syllables();
            if middle.is_empty() {
                bare.push(*index);
            } else if let Some((known, class)) = classes
                .iter_mut()
                .find(|(known, _)| compare::middles_agree(known, &middle))
            {
                let class = *class;
                if compare::is_initials(known) {
                    *known = middle;
                }
                self.link(class, *index, Why::Middle);
            } else if dropped {
                classes.push((middle, *index));
            }
        }
        match classes.as_slice() {
            [(middle, class)] => {
                let (class, initials) = (*class, compare::is_initials(middle));
                for index in bare {
                    // A name left out and another spelling at once are one freedom too many.
                    let same = match (self.name(class), self.name(index)) {
                        (Some(a), Some(b)) => initials || a.has_ends_of(b),
                        _ => false,
                    };
                    if same {
                        self.link(class, index, Why::Middle);
                    } else {
                        self.offers.push((class, index, Why::Middle));
                    }
                }
            }
            classes => {
                let several: Vec<u32> = classes.iter().map(|(_, class)| *class).collect();
                for class in several {
                    self.offers
                        .extend(bare.iter().map(|index| (class, *index, Why::Middle)));
                }
            }
        }
    }

    /// "J. Biden" is the only J… Biden of the library, or is offered to each; "J. R. Biden" only one whose second name begins with R.
    fn link_initials(&mut self) {
        let mut full: Buckets = HashMap::new();
        for (index, name) in self.names.iter().enumerate() {
            if let Some(key) = name.as_ref().and_then(Name::as_initial) {
                let bucket = full.entry(key).or_default();
                if bucket.len() < MOST_ALIKE {
                    bucket.push(index as u32);
                }
            }
        }
        for index in 0..self.names.len() as u32 {
            let Some(key) = self.name(index).and_then(Name::initial) else {
                continue;
            };
            let bucket = full.get(&key).cloned().unwrap_or_default();
            let (mut agree, mut open) = (Vec::new(), Vec::new());
            for other in bucket {
                let (Some(short), Some(full)) = (self.name(index), self.name(other)) else {
                    continue;
                };
                if short.middle().is_empty()
                    || compare::middles_agree(short.middle(), full.middle())
                {
                    agree.push(other);
                } else if full.middle().is_empty() {
                    open.push(other);
                }
            }
            let together = match agree.split_first() {
                Some((first, rest)) => rest.iter().all(|it| self.groups.together(*first, *it)),
                None => false,
            };
            match agree.first().filter(|_| together) {
                Some(first) => self.link(*first, index, Why::Initial),
                None => open.extend(agree),
            }
            let offers = open.into_iter().map(|other| (other, index, Why::Initial));
            self.offers.extend(offers);
        }
    }

    /// One vowel apart: linked in names of three words, offered in shorter ones, and where a document writes both.
    fn link_vowels(&mut self, bucket: &[u32], meet: &impl Fn(&EntityId, &EntityId) -> bool) {
        let Some((first, others)) = bucket.split_first() else {
            return;
        };
        for other in others {
            let (Some(a), Some(b)) = (self.name(*first), self.name(*other)) else {
                continue;
            };
            let (apart, long) = (a.vowel_apart(b), a.words.len() >= 3);
            if !apart || self.groups.together(*first, *other) {
                continue;
            }
            let both = match (
                self.seen.get(*first as usize),
                self.seen.get(*other as usize),
            ) {
                (Some(a), Some(b)) => meet(&a.id, &b.id),
                _ => true,
            };
            if long && !both {
                self.link(*first, *other, Why::Spelling);
            } else {
                self.offers.push((*first, *other, Why::Spelling));
            }
        }
    }

    /// A surname alone is offered to those who bear it, and to the same surname alone in other documents. A surname that very many names bear tells
    /// nothing; those of `crowded` are borne by more than the names here.
    pub(in crate::library::entities) fn offer_surnames(&mut self, crowded: &HashSet<Key>) {
        let mut bearers: HashMap<&str, Vec<u32>> = HashMap::new();
        for (index, name) in self.names.iter().enumerate() {
            for end in name.iter().flat_map(Name::surnames) {
                let bearers = bearers.entry(end).or_default();
                // One more than are offered tells that they are too many.
                if bearers.len() <= MOST_BEARERS {
                    bearers.push(index as u32);
                }
            }
        }
        let mentions = |index: &u32| self.seen.get(*index as usize).map(|seen| seen.mentions);
        let mut offers = Vec::new();
        for (surname, mut bearers) in bearers {
            let lone = |index: &u32| {
                let name = self.names.get(*index as usize).and_then(Option::as_ref);
                name.is_some_and(|name| name.words.len() == 1)
            };
            let alone: Vec<u32> = bearers.iter().copied().filter(lone).collect();
            if alone.is_empty()
                || bearers.len() > MOST_BEARERS
                || crowded.contains(&keys::surname(surname))
            {
                continue;
            }
            bearers.sort_by_key(|index| (Reverse(mentions(index)), *index));
            for index in alone {
                let others = bearers.iter().filter(|bearer| **bearer != index);
                let others = others.take(MOST_OFFERS);
                offers.extend(others.map(|bearer| (*bearer, index, Why::Surname)));
            }
        }
        self.offers.extend(offers);
    }
}
