//! What the lists and rules read and what the tagger found, made one.
//!
//! In: the readings of a sentence and the tagger's spans over the same words. Out: readings in order that never overlap. A name on the lists is certain,
//! unless a longer name holds it or it is a first name as well ("Jordan"); of the rest the tagger decides, and the rules fill the gaps it leaves.

use super::EntityType;
use super::gazetteer::{Classes, Gazetteer};
use super::nobody;
use super::scan::{Found, Reading, Setting};
use super::series;
use super::tagger::Care;
use super::words::{Word, hash_of};

/// A span of words with a type.
pub(super) type Tagged = (usize, usize, EntityType);

/// One sentence and what is known of it.
pub(super) struct Merge<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) setting: Setting,
    pub(super) care: Care,
}

impl Merge<'_> {
    /// The readings of the sentence.
    pub(super) fn all(&self, rules: &[Found], tagged: &[Tagged]) -> Vec<Found> {
        let trimmed: Vec<Tagged> = tagged.iter().flat_map(|span| self.names(*span)).collect();
        let mut kept: Vec<Found> = Vec::with_capacity(rules.len() + trimmed.len());
        let mut spans = trimmed.iter().copied().peekable();
        for rule in rules {
            while let Some(span) = spans.next_if(|span| span.1 <= rule.start) {
                self.take(&mut kept, span);
            }
            let mut held = false;
            while let Some(span) = spans.next_if(|span| span.0 < rule.end) {
                if self.wins(rule, span) {
                    held = true;
                    keep(&mut kept, *rule);
                } else {
                    self.take(&mut kept, span);
                }
            }
            let covered = kept.last().is_some_and(|last| last.end > rule.start);
            if !held && !covered && self.stands_alone(rule) {
                keep(&mut kept, *rule);
            }
        }
        for span in spans {
            self.take(&mut kept, span);
        }
        self.lone_heads(&mut kept);
        series::agree(self.words, &mut kept, self.gazetteer);
        kept
    }

    fn take(&self, kept: &mut Vec<Found>, span: Tagged) {
        let reading = self.reading(span, kept);
        keep(
            kept,
            Found {
                start: span.0,
                end: span.1,
                reading,
            },
        );
    }

    /// Whether a reading is to be taken where the tagger says something else about these words.
    fn wins(&self, rule: &Found, (start, end, kind): Tagged) -> bool {
        let within = start <= rule.start && rule.end <= end;
        let same = within && rule.start == start && rule.end == end;
        let first = self.words.get(rule.start);
        let given = rule.end - rule.start == 1
            && first.is_some_and(|word| word.classes.any(Classes::GIVEN));
        match rule.reading {
            Reading::Listed { entity, adjective } => {
                let listed = self.gazetteer.entity(entity).map(|entity| entity.kind);
                if same {
                    listed == Some(kind) || adjective || !given
                } else if within {
                    let next = self.words.get(rule.end);
                    rule.start == start
                        && !adjective
                        && next.is_some_and(|next| among(&PAPERS, next))
                } else {
                    rule.end - rule.start > 1 || listed == Some(kind)
                }
            }
            Reading::Surname { .. } | Reading::Person => same && kind == EntityType::Person,
            Reading::Body { .. } => kind == EntityType::Org && same,
            Reading::Place => kind == EntityType::Place && same,
        }
    }

    /// Whether a reading is to be taken where the tagger found nothing: names on the lists, but not in the name of an election nor before an address of a
    /// short message ("RT @…").
    fn stands_alone(&self, rule: &Found) -> bool {
        let word = |at: usize| self.words.get(at);
        match rule.reading {
            Reading::Listed { .. }
            | Reading::Surname {
                listed: Some(_), ..
            } => {
                let handle = word(rule.end).is_some_and(|next| next.is_mark(b'@'))
                    || nobody::in_identifier(self.words, rule.start, rule.end);
                let event = match self.kind_of(rule) {
                    Some(EntityType::Place) => nobody::in_event(self.words, rule.start, rule.end),
                    Some(EntityType::Org) => nobody::model(self.words, rule.start, rule.end),
                    Some(EntityType::Person) | None => false,
                };
                !(handle || event || nobody::in_poll(self.words, rule.start, rule.end))
            }
            // "Mr. Price": behind an honorific the commonest word is a name.
            Reading::Surname { listed: None, .. } => addressed(self.words, rule.start),
            Reading::Person | Reading::Body { .. } | Reading::Place => false,
        }
    }

    /// The type a reading of a rule speaks for; an adjective for none.
    fn kind_of(&self, rule: &Found) -> Option<EntityType> {
        series::known(rule, self.gazetteer)
    }

    /// How the linker is to read a span of the tagger.
    fn reading(&self, (start, end, kind): Tagged, before: &[Found]) -> Reading {
        let listed = self
            .gazetteer
            .longest(self.words, start)
            .filter(|name| name.len == end - start);
        let listed_kind = listed
            .and_then(|name| self.gazetteer.entity(name.entity))
            .map(|entity| entity.kind);
        match (kind, listed.filter(|_| listed_kind == Some(kind))) {
            (EntityType::Person, name) if end - start == 1 => Reading::Surname {
                listed: name.map(|name| name.entity),
                titled: true,
            },
            (_, Some(name)) => Reading::Listed {
                entity: name.entity,
                adjective: false,
            },
            (EntityType::Person, None) => Reading::Person,
            (EntityType::Org, None) => Reading::Body {
                of: before
                    .last()
                    .filter(|last| last.end == start)
                    .and_then(|last| match last.reading {
                        Reading::Listed { entity, .. } => self
                            .gazetteer
                            .entity(entity)
                            .is_some_and(|listed| listed.kind == EntityType::Place)
                            .then_some(entity),
                        Reading::Person
                        | Reading::Surname { .. }
                        | Reading::Body { .. }
                        | Reading::Place => None,
                    }),
            },
            (EntityType::Place, None) => Reading::Place,
        }
    }
}

/// Adds a reading, unless it begins inside the one before.
fn keep(kept: &mut Vec<Found>, found: Found) {
    if kept.last().is_none_or(|last| last.end <= found.start) {
        kept.push(found);
    }
}

/// Whether an honorific stands right before `at`; in capitals its stop is a mark of its own.
pub(super) fn addressed(words: &[Word], at: usize) -> bool {
    let before = |by: usize| at.checked_sub(by).and_then(|at| words.get(at));
    let stopped = before(1).is_some_and(|mark| mark.is_mark(b'.') && mark.joined);
    before(if stopped { 2 } else { 1 }).is_some_and(honorific)
}

/// Whether a word is an honorific: "Mr.", "Dr.".
pub(super) fn honorific(word: &Word) -> bool {
    word.capital() && among(&HONORIFICS, word)
}

/// Words that are written before a name and nothing else.
const HONORIFICS: [&str; 5] = ["mr", "mrs", "ms", "messrs", "dr"];

/// What a body issues; its name stands before it ("Security Council Resolution 1701").
const PAPERS: [&str; 12] = [
    "resolution",
    "resolutions",
    "declaration",
    "charter",
    "treaty",
    "convention",
    "protocol",
    "statement",
    "communique",
    "report",
    "summit",
    "presidency",
];

pub(super) fn among(words: &[&str], word: &Word) -> bool {
    words.iter().any(|known| hash_of(known) == word.hash)
}
