//! Which entities a speaker's words mean: names, pronouns, titles, and the several behind "the ministers".
//!
//! A singular pronoun means the person last named as a subject, a title ("the minister") the last person named with it, else the last. A plural means the last list of
//! persons or places. What stands for nobody in particular ("officials") is left open.

use super::Speaker;
use crate::document::Document;
use crate::language::entities::{EntityId, EntityType, Mention};
use crate::text::{Layer, TextRange};

/// Bytes between two names of one list at most: a title stands there.
const APART: u32 = 90;
/// Names of one list at most.
const MOST: usize = 12;

/// Where somebody is named.
struct Named {
    range: TextRange,
    entity: EntityId,
}

/// Names listed one after the other.
struct List {
    /// From the first to the last name.
    range: TextRange,
    kind: EntityType,
    members: Vec<EntityId>,
}

/// The persons and lists of a document.
pub(super) struct Who<'a> {
    text: &'a str,
    mentions: &'a Layer<Mention>,
    persons: Vec<Named>,
    lists: Vec<List>,
}

impl<'a> Who<'a> {
    pub(super) fn new(document: &'a Document, mentions: &'a Layer<Mention>) -> Self {
        let named = |kind: EntityType| -> Vec<Named> {
            let all = mentions
                .iter()
                .filter(|(_, mention)| mention.kind == kind && !mention.adjective);
            all.map(|(range, mention)| Named {
                range: *range,
                entity: mention.entity.clone(),
            })
            .collect()
        };
        let text = &*document.text;
        let persons = named(EntityType::Person);
        let mut lists = lists(text, &persons, EntityType::Person);
        lists.extend(self::lists(
            text,
            &named(EntityType::Place),
            EntityType::Place,
        ));
        lists.sort_by_key(|list| list.range.start);
        Self {
            text,
            mentions,
            persons,
            lists,
        }
    }

    /// Whom a label names: a name in it, or nobody; "SPOKESPERSON" is not the person named last.
    pub(super) fn named(&self, range: TextRange) -> Speaker {
        let named = self
            .mentions
            .within(range)
            .find(|(name, mention)| !mention.adjective && range.covers(*name));
        Speaker {
            range,
            entity: named.map(|(_, mention)| mention.entity.clone()),
            others: Vec::new(),
        }
    }

    /// Whom the words at `range` mean.
    pub(super) fn speaker(&self, range: TextRange) -> Speaker {
        if let Some(list) = self.list_at(range) {
            let mut members = list.members.iter().cloned();
            return Speaker {
                range,
                entity: members.next(),
                others: members.collect(),
            };
        }
        let names: Vec<&Mention> = self
            .mentions
            .within(range)
            .filter(|(name, mention)| !mention.adjective && range.covers(*name))
            .map(|(_, mention)| mention)
            .collect();
        let words = range.of_text(self.text);
        let mut entities: Vec<EntityId> = match names.last() {
            // "Kim and Park": each of them; "a spokesman of the ministry": the last.
            Some(last) => {
                let several = words.contains(" and ");
                let same = names
                    .iter()
                    .filter(|name| name.kind == last.kind && several);
                let mut all: Vec<EntityId> = same.map(|name| name.entity.clone()).collect();
                if all.is_empty() {
                    all.push(last.entity.clone());
                }
                all
            }
            None => self.unnamed(words, range.start),
        };
        entities.dedup();
        let mut entities = entities.into_iter();
        Speaker {
            range,
            entity: entities.next(),
            others: entities.collect(),
        }
    }

    /// The list of persons the words stand in, if they end it: "A, an envoy, B and C said".
    fn list_at(&self, range: TextRange) -> Option<&List> {
        let before = self
            .lists
            .partition_point(|list| list.range.start <= range.start);
        let near = self.lists.get(before.saturating_sub(4)..before)?;
        near.iter()
            .rev()
            .find(|list| list.kind == EntityType::Person && list.range.overlaps(range))
    }

    fn unnamed(&self, words: &str, at: u32) -> Vec<EntityId> {
        let lower = words.to_lowercase();
        let noun = lower.rsplit(char::is_whitespace).next().unwrap_or_default();
        let wanted = match noun {
            "he" | "she" | "who" | "his" | "her" => {
                return self.person(None, at).into_iter().collect();
            }
            "they" | "we" | "their" => None,
            "ministers" | "leaders" | "presidents" | "secretaries" | "envoys" | "senators"
            | "lawmakers" | "pair" | "officials" | "representatives" | "negotiators" => {
                Some(EntityType::Person)
            }
            "countries" | "nations" | "allies" | "capitals" | "states" | "governments"
            | "sides" => Some(EntityType::Place),
            "president" | "minister" | "secretary" | "ambassador" | "senator" | "governor"
            | "chairman" | "chairwoman" | "spokesman" | "spokeswoman" | "spokesperson"
            | "envoy" | "leader" | "chancellor" | "premier" | "mayor" | "candidate" | "nominee" => {
                return self.person(Some(noun), at).into_iter().collect();
            }
            _ => return Vec::new(),
        };
        let definite = lower == noun
            || ["the ", "both ", "all ", "these "]
                .iter()
                .any(|lead| lower.starts_with(lead));
        let before = self.lists.partition_point(|list| list.range.start < at);
        self.lists
            .get(..before)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(64)
            .find(|list| definite && wanted.is_none_or(|kind| kind == list.kind))
            .map(|list| list.members.clone())
            .unwrap_or_default()
    }

    /// The last person named before `at`, with `title` in front or behind if one of the last has it.
    fn person(&self, title: Option<&str>, at: u32) -> Option<EntityId> {
        let before = self.persons.partition_point(|named| named.range.start < at);
        let near = self.persons.get(before.saturating_sub(12)..before)?;
        let titled = title.and_then(|title| {
            near.iter().rev().find(|named| {
                let lead = self
                    .text
                    .get(..named.range.start as usize)
                    .unwrap_or_default();
                let lead: String = lead.chars().rev().take(40).collect();
                let lead: String = lead.chars().rev().collect();
                lead.to_lowercase().contains(title)
            })
        });
        let owned = |named: &&Named| {
            let rest = self
                .text
                .get(named.range.end as usize..)
                .unwrap_or_default();
            !(rest.starts_with("'s") || rest.starts_with("’s"))
        };
        titled
            .or_else(|| near.iter().rev().find(owned))
            .or_else(|| near.last())
            .map(|named| named.entity.clone())
    }
}

/// The runs of two and more names that only commas, "and" and titles separate.
fn lists(text: &str, named: &[Named], kind: EntityType) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut before: Option<&Named> = None;
    let mut open = false;
    for name in named {
        let joined = before.is_some_and(|before| {
            let gap = TextRange::new(before.range.end, name.range.start);
            before.range.end <= name.range.start
                && gap.len() <= APART
                && separates(gap.of_text(text))
        });
        match (joined, lists.last_mut()) {
            (true, Some(list)) if open => {
                if list.members.len() < MOST && !list.members.contains(&name.entity) {
                    list.members.push(name.entity.clone());
                }
                list.range = list.range.union(name.range);
            }
            (true, _) => {
                let members: Vec<EntityId> = before
                    .into_iter()
                    .chain([name])
                    .map(|named| named.entity.clone())
                    .collect();
                lists.push(List {
                    range: before.map_or(name.range, |before| before.range.union(name.range)),
                    kind,
                    members,
                });
            }
            (false, _) => {}
        }
        open = joined;
        before = Some(name);
    }
    lists.retain(|list| !is_governed(text, list.range.start));
    lists.retain(|list| {
        list.members
            .iter()
            .any(|member| Some(member) != list.members.first())
    });
    lists
}

/// Whether a preposition stands before a list, so that it is no subject: "between", "to", with titles and adjectives behind it.
fn is_governed(text: &str, at: u32) -> bool {
    let before = text.get(..at as usize).unwrap_or_default();
    let words = before.split_whitespace().rev().take(8);
    for word in words {
        if word.ends_with(['.', ',', ';', ':', '”', '"']) && !word.contains("U.S") && word.len() > 3
        {
            return false;
        }
        if matches!(
            word,
            "between" | "by" | "among" | "to" | "from" | "with" | "against"
        ) {
            return true;
        }
        if word.starts_with(char::is_lowercase)
            && !matches!(
                word,
                "the" | "and" | "leader" | "leaders" | "president" | "ministers" | "minister"
            )
        {
            return false;
        }
    }
    false
}

/// Whether what stands between two names joins them to a list: a comma or "and", and otherwise only capitals and small words of titles.
fn separates(between: &str) -> bool {
    let listed = between.contains(',') || between.split_whitespace().any(|word| word == "and");
    listed
        && !between.contains([';', ':', '“', '”', '"', '\n', '!', '?'])
        && !between.split_whitespace().any(|word| {
            word.ends_with('.') && word.len() > 4 && word.starts_with(char::is_lowercase)
        })
        && between.split_whitespace().all(|word| {
            let bare = word.trim_matches(',');
            bare.is_empty()
                || bare.starts_with(char::is_uppercase)
                || matches!(bare, "and" | "of" | "for" | "the" | "&" | "or")
        })
}
