//! Some of the entities of a library, and how they are packed to be kept.
//!
//! A page that comes from a store is opened when something on it is asked for, so that a library is at hand without being read. A page that cannot be read
//! is empty: its ids stand for themselves until they are linked anew. Numbers are in groups of seven bits, the low ones first; texts follow their length in bytes.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::linked::{Linked, Member, Offer, Why};
use crate::language::entities::{EntityId, EntityType};

/// Raised when packed pages are read otherwise.
pub(super) const FORMAT: u64 = 1;

/// What is known of an id.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    /// It is that of an entity.
    Entity(Linked),
    /// It belongs to the entity with this id.
    Member(EntityId),
}

pub(super) type Ids = HashMap<EntityId, Held>;

/// What is known of some ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    packed: Option<Box<[u8]>>,
    ids: OnceLock<Ids>,
}

impl Page {
    pub(super) fn packed(bytes: Vec<u8>) -> Self {
        Self {
            packed: Some(bytes.into()),
            ids: OnceLock::new(),
        }
    }

    pub(super) fn ids(&self) -> &Ids {
        self.ids.get_or_init(|| {
            let bytes = self.packed.as_deref().unwrap_or_default();
            unpack(bytes).unwrap_or_default()
        })
    }

    /// Changes what the page holds.
    pub(super) fn change(&mut self, act: impl FnOnce(&mut Ids)) {
        self.ids();
        let mut ids = self.ids.take().unwrap_or_default();
        act(&mut ids);
        *self = Self::from(ids);
    }

    pub(super) fn entities(&self) -> impl Iterator<Item = &Linked> {
        self.ids().values().filter_map(|held| match held {
            Held::Entity(linked) => Some(linked),
            Held::Member(_) => None,
        })
    }

    /// The page as bytes: the same for the same ids.
    pub(super) fn pack(&self) -> Vec<u8> {
        let mut ids: Vec<(&EntityId, &Held)> = self.ids().iter().collect();
        ids.sort_unstable_by_key(|(id, _)| *id);
        let mut bytes = Vec::with_capacity(ids.len() * 64);
        for (id, held) in ids {
            text(&mut bytes, id.as_str());
            match held {
                Held::Member(of) => {
                    bytes.push(MEMBER);
                    text(&mut bytes, of.as_str());
                }
                Held::Entity(linked) => pack_entity(&mut bytes, linked),
            }
        }
        bytes
    }
}

impl From<Ids> for Page {
    fn from(ids: Ids) -> Self {
        Self {
            packed: None,
            ids: OnceLock::from(ids),
        }
    }
}

/// First byte behind an id that belongs to another; that of an entity is its type and what follows.
const MEMBER: u8 = 0xff;
const HIDDEN: u8 = 4;
/// It has no member but itself, under its own name.
const ALONE: u8 = 8;
const OFFERS: u8 = 16;

fn number(bytes: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        bytes.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len() as u32);
    bytes.extend_from_slice(text.as_bytes());
}

fn pack_entity(bytes: &mut Vec<u8>, linked: &Linked) {
    let kind = match linked.kind {
        EntityType::Person => 0,
        EntityType::Org => 1,
        EntityType::Place => 2,
    };
    let alone = match linked.members.as_slice() {
        [member] => {
            member.id == linked.id
                && member.name == linked.name
                && member.mentions == linked.mentions
                && member.why == Why::Itself
        }
        _ => false,
    };
    let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
    bytes.push(
        kind | flag(linked.hidden, HIDDEN)
            | flag(alone, ALONE)
            | flag(!linked.offers.is_empty(), OFFERS),
    );
    text(bytes, &linked.name);
    number(bytes, linked.mentions);
    number(bytes, linked.documents);
    if !alone {
        number(bytes, linked.members.len() as u32);
        for member in &linked.members {
            pack_name(bytes, &member.id, &member.name, member.mentions, member.why);
        }
    }
    if !linked.offers.is_empty() {
        number(bytes, linked.offers.len() as u32);
        for offer in &linked.offers {
            pack_name(bytes, &offer.id, &offer.name, offer.mentions, offer.why);
        }
    }
}

fn pack_name(bytes: &mut Vec<u8>, id: &EntityId, name: &str, mentions: u32, why: Why) {
    text(bytes, id.as_str());
    text(bytes, name);
    number(bytes, mentions);
    let why = Why::ALL.iter().position(|known| *known == why);
    bytes.push(why.unwrap_or(0) as u8);
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut n = 0_u32;
        for group in 0..5 {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7f) << (7 * group);
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let n = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn id(&mut self) -> Option<EntityId> {
        Some(EntityId(self.text()?.into()))
    }

    fn name(&mut self) -> Option<(EntityId, Arc<str>, u32, Why)> {
        let (id, name, mentions) = (self.id()?, self.text()?.into(), self.number()?);
        let why = *Why::ALL.get(usize::from(self.byte()?))?;
        Some((id, name, mentions, why))
    }

    fn entity(&mut self, id: EntityId, flags: u8) -> Option<Linked> {
        let kind = match flags & 3 {
            0 => EntityType::Person,
            1 => EntityType::Org,
            _ => EntityType::Place,
        };
        let name: Arc<str> = self.text()?.into();
        let (mentions, documents) = (self.number()?, self.number()?);
        let members: Vec<Member> = if flags & ALONE == 0 {
            let n = self.number()?;
            let member = |_| {
                let (id, name, mentions, why) = self.name()?;
                Some(Member {
                    id,
                    name,
                    mentions,
                    why,
                })
            };
            (0..n).map(member).collect::<Option<_>>()?
        } else {
            vec![Member {
                id: id.clone(),
                name: name.clone(),
                mentions,
                why: Why::Itself,
            }]
        };
        let offers: Vec<Offer> = if flags & OFFERS == 0 {
            Vec::new()
        } else {
            let n = self.number()?;
            let offer = |_| {
                let (id, name, mentions, why) = self.name()?;
                Some(Offer {
                    id,
                    name,
                    mentions,
                    why,
                })
            };
            (0..n).map(offer).collect::<Option<_>>()?
        };
        Some(Linked {
            id,
            name,
            kind,
            hidden: flags & HIDDEN != 0,
            mentions,
            documents,
            members,
            offers,
        })
    }
}

fn unpack(bytes: &[u8]) -> Option<Ids> {
    let mut rest = Rest(bytes);
    let mut ids = Ids::new();
    while !rest.0.is_empty() {
        let id = rest.id()?;
        let held = match rest.byte()? {
            MEMBER => Held::Member(rest.id()?),
            flags => Held::Entity(rest.entity(id.clone(), flags)?),
        };
        ids.insert(id, held);
    }
    Some(ids)
}
