//! Who is one person by name. Names meet under keys that their spellings share, so that few are compared with one another.

use std::collections::HashMap;

use super::{Linker, MOST_ALIKE, MOST_OFFERS};
use crate::language::entities::EntityId;
use crate::library::entities::compare::{self, Name};
use crate::library::entities::links::Why;

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
            [(_, class)] => {
                let class = *class;
                for index in bare {
                    self.link(class, index, Why::Middle);
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

    /// "J. Biden" is the only J… Biden of the library, or is offered to each.
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
            let Some(first) = bucket.first().copied() else {
                continue;
            };
            if bucket
                .iter()
                .all(|other| self.groups.together(first, *other))
            {
                self.link(first, index, Why::Initial);
            } else {
                self.offers
                    .extend(bucket.iter().map(|other| (*other, index, Why::Initial)));
            }
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

    /// A surname alone is offered to those who bear it, and to the same surname alone in other documents.
    pub(in crate::library::entities) fn offer_surnames(&mut self) {
        let mut bearers: HashMap<&str, Vec<u32>> = HashMap::new();
        let mut most: Vec<u32> = (0..self.seen.len() as u32).collect();
        most.sort_by_key(|index| {
            std::cmp::Reverse(
                self.seen
                    .get(*index as usize)
                    .map_or(0, |seen| seen.mentions),
            )
        });
        for index in &most {
            let Some(name) = self.names.get(*index as usize).and_then(Option::as_ref) else {
                continue;
            };
            let ends = [
                name.bones.last(),
                name.bones.first().filter(|_| name.has_syllables()),
            ];
            for end in ends.into_iter().flatten() {
                let bearers = bearers.entry(end.as_str()).or_default();
                if bearers.len() < MOST_OFFERS && !bearers.contains(index) {
                    bearers.push(*index);
                }
            }
        }
        let mut offers = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            let Some(name) = name.as_ref().filter(|name| name.words.len() == 1) else {
                continue;
            };
            let Some(surname) = name.bones.first() else {
                continue;
            };
            let bearers = bearers
                .get(surname.as_str())
                .map(Vec::as_slice)
                .unwrap_or_default();
            offers.extend(
                bearers
                    .iter()
                    .filter(|bearer| **bearer != index as u32)
                    .map(|bearer| (*bearer, index as u32, Why::Surname)),
            );
        }
        self.offers.extend(offers);
    }
}
