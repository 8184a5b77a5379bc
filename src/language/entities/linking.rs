//! Which entity each name of a document stands for.
//!
//! In: what each sentence was read as. Out: mentions. Acronyms in brackets become names of what stands before them, a surname alone means the last full
//! name that has it, a first name the only one who bears it, "the Council" the last council. Two people who share only a surname are never made one: a titled surname nobody bears in full gets an id
//! of this document.

mod short_forms;

use std::collections::HashMap;
use std::sync::Arc;

use super::acronym::is_made_of;
use super::definitions;
use super::gazetteer::{Classes, Gazetteer, extend};
use super::givens::Givens;
use super::scan::{Found, Reading};
use super::words::{Shape, Word};
use super::{EntityId, EntityType, Mention, bodies, naming};
use crate::document::Document;
use crate::text::TextRange;

/// No name is longer than this many bytes; a bound keeps look-ups in the layer short whatever the text.
const LONGEST_MENTION: u32 = 400;

/// A sentence with what was found in it.
pub(super) struct Read {
    pub(super) words: Vec<Word>,
    pub(super) found: Vec<Found>,
}

/// An entity as one document names it.
#[derive(Clone)]
struct Known {
    id: EntityId,
    kind: EntityType,
    name: Arc<str>,
    listed: bool,
}

/// Links every name of a document.
pub(super) fn link(
    document: &Document,
    read: &[Read],
    gazetteer: &Gazetteer,
) -> Vec<(TextRange, Mention)> {
    let mut linker = Linker {
        document,
        gazetteer,
        known: Vec::new(),
        by_id: HashMap::new(),
        listed: HashMap::new(),
        acronyms: HashMap::new(),
        surnames: HashMap::new(),
        heads: HashMap::new(),
        givens: Givens::default(),
        mentions: Vec::new(),
    };
    // Names in full come first, so that a surname in the title finds its bearer further down.
    let resolved: Vec<Vec<Option<usize>>> =
        read.iter().map(|sentence| linker.names(sentence)).collect();
    let firsts = linker.surnames.clone();
    linker.surnames.clear();
    for (sentence, entities) in read.iter().zip(&resolved) {
        linker.sentence(sentence, entities, &firsts);
    }
    let known = &linker.known;
    linker
        .mentions
        .iter()
        .filter(|(range, ..)| range.len() <= LONGEST_MENTION)
        .filter_map(|(range, entity, adjective)| {
            let entity = known.get(*entity)?;
            let mention = Mention {
                entity: entity.id.clone(),
                name: Arc::clone(&entity.name),
                kind: entity.kind,
                adjective: *adjective,
            };
            Some((*range, mention))
        })
        .collect()
}

struct Linker<'a> {
    document: &'a Document,
    gazetteer: &'a Gazetteer,
    known: Vec<Known>,
    by_id: HashMap<String, usize>,
    listed: HashMap<u32, usize>,
    /// Acronyms defined in this document.
    acronyms: HashMap<u64, usize>,
    /// Hash of a surname to the last person who bears it.
    surnames: HashMap<u64, usize>,
    /// Head word to the last body that has it.
    heads: HashMap<u64, usize>,
    givens: Givens,
    mentions: Vec<(TextRange, usize, bool)>,
}

fn range_of(words: &[Word]) -> Option<TextRange> {
    Some(words.first()?.range.union(words.last()?.range))
}

fn chain(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| extend(hash, word.hash))
}

impl Linker<'_> {
    fn entity(&mut self, id: String, kind: EntityType, name: &str) -> usize {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(index) = self.by_id.get(&id) {
            if let Some(known) = self
                .known
                .get_mut(*index)
                .filter(|known| !known.listed && known.name.len() < name.len())
            {
                known.name = name.into();
            }
            return *index;
        }
        let index = self.known.len();
        self.known.push(Known {
            id: EntityId(id.as_str().into()),
            kind,
            name: name.into(),
            listed: false,
        });
        self.by_id.insert(id, index);
        index
    }

    fn listed(&mut self, entity: u32) -> Option<usize> {
        if let Some(index) = self.listed.get(&entity) {
            return Some(*index);
        }
        let listed = self.gazetteer.entity(entity)?;
        let index = self.known.len();
        self.known.push(Known {
            id: listed.id.clone(),
            kind: listed.kind,
            name: Arc::clone(&listed.name),
            listed: true,
        });
        self.listed.insert(entity, index);
        self.by_id.insert(listed.id.as_str().to_owned(), index);
        Some(index)
    }

    /// The entities of the names that stand on their own; surnames are left for later.
    fn names(&mut self, sentence: &Read) -> Vec<Option<usize>> {
        let mut entities = Vec::with_capacity(sentence.found.len());
        for found in &sentence.found {
            let words = sentence
                .words
                .get(found.start..found.end)
                .unwrap_or_default();
            let entity = self.name(found, words);
            if let Some(entity) = entity {
                self.define(&sentence.words, found, entity);
                self.bear(entity, words);
                let person = self
                    .known
                    .get(entity)
                    .is_some_and(|known| known.kind == EntityType::Person);
                if person && words.len() > 1 {
                    self.givens.bear(words, entity);
                }
            } else {
                self.givens.entitle(&sentence.words, found.start, found.end);
            }
            entities.push(entity);
        }
        entities
    }

    fn name(&mut self, found: &Found, words: &[Word]) -> Option<usize> {
        let range = range_of(words)?;
        let document = self.document;
        let text = range.of_text(&document.text);
        match found.reading {
            Reading::Listed { entity, .. } => self.listed(entity),
            Reading::Surname { .. } => None,
            Reading::Person => {
                let key = naming::key(&naming::parts(&document.text, words));
                match self.gazetteer.person(&key) {
                    Some(listed) => self.listed(listed),
                    None => (!key.is_empty()).then(|| self.entity(key, EntityType::Person, text)),
                }
            }
            Reading::Body { of } => {
                let slug = bodies::slug(text);
                let country = of.and_then(|place| self.gazetteer.entity(place));
                let (id, name) = match country {
                    Some(country) => (
                        format!("{}-{slug}", country.id.as_str()),
                        format!("{text} of {}", country.name),
                    ),
                    None => (slug, text.to_owned()),
                };
                (!id.is_empty()).then(|| self.entity(id, EntityType::Org, &name))
            }
            Reading::Place => Some(self.entity(bodies::slug(text), EntityType::Place, text)),
        }
    }

    /// Takes "(DPRK)" after a name as another name of it.
    fn define(&mut self, words: &[Word], found: &Found, entity: usize) {
        let Some(acronym) = definitions::behind(words, found.end) else {
            return;
        };
        let text = &self.document.text;
        let name = words.get(found.start..found.end).unwrap_or_default();
        let named = name
            .first()
            .is_some_and(|word| word.shape != Shape::Upper && name.len() >= 2);
        let short = acronym.range.of_text(text);
        let fits = range_of(name)
            .filter(|range| named && range.len() <= LONGEST_MENTION)
            .is_some_and(|range| is_made_of(short, range.of_text(text)))
            || named
                && self
                    .known
                    .get(entity)
                    .is_some_and(|known| known.listed && is_made_of(short, &known.name));
        if fits {
            self.acronyms.entry(acronym.hash).or_insert(entity);
        }
    }

    /// Keeps the surname of a person and the head of a body for later short forms.
    fn bear(&mut self, entity: usize, words: &[Word]) {
        match self.known.get(entity).map(|known| known.kind) {
            Some(EntityType::Person) if words.len() > 1 => {
                let (start, end) = naming::family(words);
                if let Some(family) = words.get(start..end) {
                    self.surnames.insert(chain(family), entity);
                }
            }
            // "The Council" alone is short for a name, and no name others are short for.
            Some(EntityType::Org) if words.len() > 1 => {
                for word in words.iter().filter(|word| word.classes.any(Classes::HEAD)) {
                    self.heads.insert(word.hash, entity);
                }
            }
            Some(EntityType::Person | EntityType::Org | EntityType::Place) | None => {}
        }
    }

    fn sentence(
        &mut self,
        sentence: &Read,
        entities: &[Option<usize>],
        firsts: &HashMap<u64, usize>,
    ) {
        let words = sentence.words.as_slice();
        let mut at = 0;
        for (found, entity) in sentence.found.iter().zip(entities) {
            self.short_forms(words, at, found.start, firsts);
            at = found.end;
            let name = words.get(found.start..found.end).unwrap_or_default();
            let Some(range) = range_of(name) else {
                continue;
            };
            let acronym = name
                .first()
                .filter(|_| name.len() == 1)
                .and_then(|word| self.acronyms.get(&word.hash));
            let given = || {
                self.givens
                    .instead(words, found.start, found.end, found.reading)
                    .filter(|_| !firsts.contains_key(&chain(name)))
            };
            let (entity, adjective) = match found.reading {
                Reading::Surname { listed, titled } => {
                    let bearer = acronym.copied();
                    let given = self.givens.one(words, found.start, found.end);
                    (
                        bearer.or_else(|| self.surname(name, listed, titled, given, firsts)),
                        false,
                    )
                }
                Reading::Listed { adjective, .. } => (
                    acronym.copied().filter(|_| !adjective).or(*entity),
                    adjective,
                ),
                Reading::Body { .. } => {
                    let last = name
                        .first()
                        .filter(|word| name.len() == 1 && word.classes.any(Classes::HEAD))
                        .and_then(|word| self.heads.get(&word.hash));
                    (acronym.or(last).copied().or(given()).or(*entity), false)
                }
                Reading::Place => (acronym.copied().or_else(given).or(*entity), false),
                Reading::Person => (acronym.copied().or(*entity), false),
            };
            if let Some(entity) = entity {
                self.bear(entity, name);
                self.mentions.push((range, entity, adjective));
            }
        }
        self.short_forms(words, at, words.len(), firsts);
    }

    fn surname(
        &mut self,
        name: &[Word],
        listed: Option<u32>,
        titled: bool,
        given: Option<usize>,
        firsts: &HashMap<u64, usize>,
    ) -> Option<usize> {
        let hash = chain(name);
        let bearer = self
            .surnames
            .get(&hash)
            .or_else(|| firsts.get(&hash))
            .copied()
            .or(given);
        if bearer.is_some() {
            return bearer;
        }
        if let Some(listed) = listed {
            return self.listed(listed);
        }
        let range = range_of(name)?;
        let document = self.document;
        let text = range.of_text(&document.text);
        let tag = document.id.0 >> 32;
        titled.then(|| {
            self.entity(
                format!("{}-{tag:08x}", bodies::slug(text)),
                EntityType::Person,
                text,
            )
        })
    }
}
