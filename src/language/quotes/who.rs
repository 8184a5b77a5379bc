//! Which entities a speaker's words mean: names, pronouns, titles, and the several behind "the ministers".
//!
//! A singular pronoun means the first person named in the last sentence that names one who may be meant: outside quotations, no owner, and not of the other gender. A title ("the minister") the last person named with it. A plural means the last list of
//! persons or places. What stands for nobody in particular ("officials") is left open.

use std::collections::HashMap;

use super::Speaker;
use super::gender::{Gender, gender};
use super::marks::Piece;
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
    sentences: Option<&'a Layer<()>>,
    persons: Vec<Named>,
    lists: Vec<List>,
    genders: HashMap<EntityId, Option<Gender>>,
}

impl<'a> Who<'a> {
    /// For a document whose sentences are known, or not; what is named inside `quoted` is not who speaks next.
    pub(super) fn new(
        document: &'a Document,
        mentions: &'a Layer<Mention>,
        sentences: Option<&'a Layer<()>>,
        quoted: &[Piece],
    ) -> Self {
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
        let mut persons = named(EntityType::Person);
        let mut lists = lists(text, &persons, EntityType::Person);
        let genders = genders(text, mentions);
        persons.retain(|named| {
            let after = quoted.partition_point(|piece| piece.inner.start <= named.range.start);
            let inside = after.checked_sub(1).and_then(|at| quoted.get(at));
            inside.is_none_or(|piece| !piece.inner.covers(named.range))
        });
        lists.extend(self::lists(
            text,
            &named(EntityType::Place),
            EntityType::Place,
        ));
        lists.sort_by_key(|list| list.range.start);
        Self {
            text,
            mentions,
            sentences,
            persons,
            lists,
            genders,
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
            .filter(|(name, mention)| {
                !mention.adjective && range.covers(*name) && self.is_head(range, *name)
            })
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

    /// Whether the words at `range` speak of whom they name at `name`, and not of somebody who belongs to it: "Bee's lawyer", "a spokesman for Dee", "a Bee aide".
    fn is_head(&self, range: TextRange, name: TextRange) -> bool {
        let behind = TextRange::new(name.end, range.end).of_text(self.text);
        let before = TextRange::new(range.start, name.start).of_text(self.text);
        let owned =
            behind.starts_with("'s") || behind.starts_with("’s") || behind.starts_with(['\'', '’']);
        let modifies = behind.split_whitespace().next().is_some_and(|word| {
            word.starts_with(char::is_lowercase) && word != "and" && word != "or"
        });
        let mut lead = before.split_whitespace().peekable();
        let has_article = lead.peek().is_some_and(|first| {
            matches!(
                *first,
                "a" | "an" | "the" | "A" | "An" | "The" | "one" | "another" | "some"
            )
        });
        // "The leaders of Egypt", "the government of Qatar" are these; "a spokeswoman for Qatar" is not.
        let stands_for = lead.clone().any(|word| {
            matches!(
                word,
                "leaders" | "ministers" | "presidents" | "government" | "governments" | "capitals"
            )
        });
        let of_somebody = has_article
            && !stands_for
            && lead.any(|word| matches!(word, "of" | "for" | "from" | "at" | "in" | "with" | "to"));
        !(owned || modifies || of_somebody)
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
            "he" | "his" => return self.meant(Some(Gender::He), at).into_iter().collect(),
            "she" | "her" => return self.meant(Some(Gender::She), at).into_iter().collect(),
            "who" => return self.antecedent(at).into_iter().collect(),
            "they" | "we" | "their" | "ministers" | "leaders" | "presidents" | "secretaries"
            | "envoys" | "senators" | "lawmakers" | "pair" | "officials" | "representatives"
            | "negotiators" => EntityType::Person,
            "countries" | "nations" | "allies" | "capitals" | "states" | "governments"
            | "sides" => EntityType::Place,
            "president" | "minister" | "secretary" | "ambassador" | "senator" | "governor"
            | "chairman" | "chairwoman" | "spokesman" | "spokeswoman" | "spokesperson"
            | "envoy" | "leader" | "chancellor" | "premier" | "mayor" | "candidate" | "nominee" => {
                // "A spokesman" and "Bee's spokesman" are nobody who was named before.
                let known = lower == noun || lower.starts_with("the ");
                return known
                    .then(|| self.titled(noun, at))
                    .flatten()
                    .into_iter()
                    .collect();
            }
            _ => return Vec::new(),
        };
        let definite = matches!(noun, "they" | "we" | "their")
            || ["the ", "both ", "all ", "these "]
                .iter()
                .any(|lead| lower.starts_with(lead));
        // "The three capitals" are no list of two.
        let n_said = lower.split_whitespace().find_map(number);
        let before = self.lists.partition_point(|list| list.range.start < at);
        let near = self.lists.get(before.saturating_sub(64)..before);
        let near = near.unwrap_or_default();
        // "The ministers" of a text that lists countries alone speak for these.
        let stands_for = matches!(noun, "ministers" | "leaders" | "presidents")
            && near.iter().all(|list| list.kind == EntityType::Place);
        let wanted = if stands_for {
            EntityType::Place
        } else {
            wanted
        };
        near.iter()
            .rev()
            .filter(|list| definite && wanted == list.kind)
            // Countries that something lies between, or is done to, do not speak.
            .filter(|list| wanted != EntityType::Place || !is_governed(self.text, list.range.start))
            .find(|list| n_said.is_none_or(|n| n == list.members.len()))
            .map(|list| list.members.clone())
            .unwrap_or_default()
    }

    /// Whom a "who" at `at` follows: the person right before it, or behind a comma the last of the sentence.
    fn antecedent(&self, at: u32) -> Option<EntityId> {
        let last = self.near(at).last()?;
        let between = TextRange::new(last.range.end, at.max(last.range.end)).of_text(self.text);
        let touches = between.trim_matches([',', ' ', '\n']).is_empty();
        let apposed = between.trim_end().ends_with(',')
            && between.starts_with(',')
            && between.len() <= APART as usize
            && !between.contains(['.', ';', '!', '?']);
        (touches || apposed).then(|| last.entity.clone())
    }

    /// The persons named last before `at`.
    fn near(&self, at: u32) -> &[Named] {
        let before = self.persons.partition_point(|named| named.range.start < at);
        let from = before.saturating_sub(12);
        self.persons.get(from..before).unwrap_or_default()
    }

    fn is_owner(&self, named: &Named) -> bool {
        let rest = self.text.get(named.range.end as usize..);
        rest.is_some_and(|rest| rest.starts_with("'s") || rest.starts_with("’s"))
    }

    /// The person a pronoun at `at` means.
    fn meant(&self, wanted: Option<Gender>, at: u32) -> Option<EntityId> {
        let near = self.near(at);
        let may_be = |named: &&Named| {
            let known = self.genders.get(&named.entity).copied().flatten();
            known.is_none() || wanted.is_none() || known == wanted
        };
        let is_free = |named: &&Named| may_be(named) && !self.is_owner(named);
        let own = self
            .sentences
            .and_then(|sentences| sentences.last_before(at + 1))
            .map_or(at, |(range, ())| range.start);
        let here = |named: &&Named| named.range.start >= own;
        let last = near
            .iter()
            .rev()
            .find(|named| here(named) && is_free(named))
            .or_else(|| near.iter().rev().find(|named| here(named) && may_be(named)))
            .or_else(|| near.iter().rev().find(is_free))
            .or_else(|| near.iter().rev().find(may_be))?;
        let sentence = self
            .sentences
            .and_then(|sentences| sentences.last_before(last.range.start + 1))
            .map(|(range, ())| *range);
        // Of those of one sentence the first: mostly its subject. A relative pronoun follows whom it means.
        let first = near.iter().find(|named| {
            wanted.is_some()
                && is_free(named)
                && sentence.is_some_and(|range| range.covers(named.range))
                && !is_governed(self.text, named.range.start)
        });
        Some(first.unwrap_or(last).entity.clone())
    }

    /// The last person named before `at` with `title` in front; nobody else is guessed.
    fn titled(&self, title: &str, at: u32) -> Option<EntityId> {
        let near = self.near(at);
        let has_title = |named: &&Named| {
            let lead = self
                .text
                .get(..named.range.start as usize)
                .unwrap_or_default();
            let lead: String = lead.chars().rev().take(40).collect();
            let lead: String = lead.chars().rev().collect();
            lead.to_lowercase().contains(title)
        };
        near.iter()
            .rev()
            .find(has_title)
            .map(|named| named.entity.clone())
    }
}

/// A number in words, as groups of people are counted.
fn number(word: &str) -> Option<usize> {
    const WORDS: [&str; 9] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let at = WORDS.iter().position(|one| *one == word);
    at.map(|at| at + 2)
        .or_else(|| (word == "both").then_some(2))
}

/// How each person is spoken of; none where it is not said, or this and that.
fn genders(text: &str, mentions: &Layer<Mention>) -> HashMap<EntityId, Option<Gender>> {
    let mut genders: HashMap<EntityId, Option<Gender>> = HashMap::new();
    for (range, mention) in mentions {
        if mention.kind != EntityType::Person || mention.adjective {
            continue;
        }
        let end = range.start as usize;
        let from = (end.saturating_sub(24)..=end).find(|from| text.is_char_boundary(*from));
        let lead = text.get(from.unwrap_or(end)..end).unwrap_or_default();
        if let Some(told) = gender(lead, &mention.name) {
            let known = genders.entry(mention.entity.clone()).or_insert(Some(told));
            if *known != Some(told) {
                *known = None;
            }
        }
    }
    genders
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
