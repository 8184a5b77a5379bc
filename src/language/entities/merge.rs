//! What the lists and rules read and what the tagger found, made one.
//!
//! In: the readings of a sentence and the tagger's spans over the same words. Out: readings in order that never overlap. A name on the lists is certain,
//! unless a longer name holds it or it is a first name as well ("Jordan"); of the rest the tagger decides, and the rules fill the gaps it leaves.

use super::EntityType;
use super::nobody;
use super::series;
use super::gazetteer::{Classes, Gazetteer};
use super::scan::{Found, Reading, Setting};
use super::tagger::Care;
use super::words::{Shape, Word, hash_of};
use crate::language::token::TokenKind;

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
        let trimmed: Vec<Tagged> = tagged
            .iter()
            .flat_map(|span| self.parted(*span))
            .flat_map(|span| self.trimmed(self.body(span)))
            .collect();
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
                let handle = word(rule.end).is_some_and(|next| next.is_mark(b'@'));
                let event = self.is_place(rule) && nobody::in_event(self.words, rule.start, rule.end);
                !(handle || event || nobody::in_poll(self.words, rule.start, rule.end))
            }
            // "Mr. Price": behind an honorific the commonest word is a name.
            Reading::Surname { listed: None, .. } => rule
                .start
                .checked_sub(1)
                .and_then(word)
                .is_some_and(|before| before.capital() && among(&HONORIFICS, before)),
            Reading::Person | Reading::Body { .. } | Reading::Place => false,
        }
    }

    /// Whether a reading names a place that is no adjective.
    fn is_place(&self, rule: &Found) -> bool {
        match rule.reading {
            Reading::Listed { entity, adjective } => {
                !adjective
                    && self
                        .gazetteer
                        .entity(entity)
                        .is_some_and(|entity| entity.kind == EntityType::Place)
            }
            Reading::Place => true,
            Reading::Person | Reading::Surname { .. } | Reading::Body { .. } => false,
        }
    }

    /// A person behind a place in two: "the Governor of Maine Susan Collins"; a span with the rest of an acronym that goes on behind a hyphen ("PFLP-GC").
    fn parted(&self, (start, mut end, kind): Tagged) -> Vec<Tagged> {
        let word = |at: usize| self.words.get(at);
        let capitals = |at: usize| word(at).is_some_and(|word| word.shape == Shape::Upper);
        let listed = |at: usize| self.gazetteer.longest(self.words, at);
        if kind == EntityType::Person {
            let place = listed(start).filter(|name| {
                let place = self
                    .gazetteer
                    .entity(name.entity)
                    .is_some_and(|entity| entity.kind == EntityType::Place);
                let given = word(start).is_some_and(|word| word.classes.any(Classes::GIVEN));
                place && !name.adjective && !given && start + name.len + 1 < end
            });
            let of = start
                .checked_sub(1)
                .and_then(word)
                .is_some_and(|before| among(&["of", "for"], before));
            if let Some(name) = place.filter(|_| of) {
                let middle = start + name.len;
                return vec![(start, middle, EntityType::Place), (middle, end, kind)];
            }
        } else if end - start == 1 && capitals(start) && listed(start).is_none() {
            let hyphen = |at: usize| word(at).is_some_and(|mark| mark.joined && mark.is_mark(b'-'));
            let more = |at: usize| capitals(at) && word(at).is_some_and(|word| word.joined);
            while hyphen(end) && more(end + 1) && listed(end + 1).is_none() {
                end += 2;
            }
        }
        vec![(start, end, kind)]
    }

    /// "Parliament", "the Senate": the head of a body alone names one, whatever the tagger took it for.
    fn body(&self, (start, end, kind): Tagged) -> Tagged {
        let head = end - start == 1
            && self
                .words
                .get(start)
                .is_some_and(|word| word.classes.any(Classes::HEAD));
        (start, end, if head { EntityType::Org } else { kind })
    }

    /// A span without what does not belong to a name: articles, marks at its edges, titles before a person; in two where a nationality stands before an office.
    fn trimmed(&self, (mut start, mut end, kind): Tagged) -> Vec<Tagged> {
        let word = |at: usize| self.words.get(at);
        let listed = self
            .gazetteer
            .longest(self.words, start)
            .map_or(0, |name| name.len);
        // "The" belongs to a name in the middle of a sentence, if anywhere; "The Hague" is on the lists.
        let article = |at: usize, word: &Word| {
            let the = word.hash == hash_of("the") && (at == 0 || word.shape == Shape::Upper);
            the || (!word.capital() && word.classes.any(Classes::FUNCTION))
        };
        while start < end
            && listed < end - start
            && word(start).is_some_and(|word| article(start, word))
        {
            start += 1;
        }
        while start < end && word(end - 1).is_some_and(|word| word.kind == TokenKind::Clitic) {
            end -= 1;
        }
        // "The House of Lords Monday insisted": the day belongs to the verb.
        while end - start > 1 && word(end - 1).is_some_and(|word| among(&DAYS, word)) {
            end -= 1;
        }
        if kind == EntityType::Person {
            while end - start > 1
                && word(start).is_some_and(|word| {
                    word.classes.any(Classes::TITLE.or(Classes::RANK))
                        && !word.classes.any(Classes::GIVEN)
                })
            {
                start += 1;
            }
        }
        let announced = self
            .words
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .all(|word| {
                word.classes.any(
                    Classes::TITLE
                        .or(Classes::ROLE)
                        .or(Classes::RANK)
                        .or(Classes::FUNCTION),
                ) && !word.classes.any(Classes::GIVEN)
            });
        let label = start == 0
            && word(end).is_some_and(|next| next.is_mark(b':'))
            && self
                .words
                .get(start..end)
                .unwrap_or_default()
                .iter()
                .all(|word| {
                    word.shape == Shape::Upper
                        && word.classes.any(
                            Classes::TITLE
                                .or(Classes::ROLE)
                                .or(Classes::RANK)
                                .or(Classes::COMMON),
                        )
                });
        let name = self.words.get(start..end).unwrap_or_default();
        let small = self.care == Care::Much && !name.iter().any(Word::capital);
        // "TELL US WHO": in a line of capitals a short word in itself common is no name.
        let shouted = self.setting == Setting::Capitals
            && name
                .iter()
                .all(|word| word.classes.any(Classes::FUNCTION.or(Classes::COMMON)));
        let event = kind == EntityType::Place && nobody::in_event(self.words, start, end);
        let none = start >= end || nobody::generic(self.text, name, kind);
        if none || event || label || small || shouted || (announced && kind == EntityType::Person)
        {
            return Vec::new();
        }
        if kind == EntityType::Org && end - start > 1 {
            // "Japanese Ministry of Foreign Affairs": a nationality and an office that many states have are two names.
            let office = (start + 1..end)
                .map_while(word)
                .any(|word| word.classes.any(Classes::OFFICE) && !word.classes.any(Classes::FORCE));
            let nationality = self
                .gazetteer
                .longest(self.words, start)
                .filter(|name| name.adjective);
            if let Some(name) = nationality.filter(|name| office && start + name.len < end) {
                return vec![(start + name.len, end, kind)];
            }
        }
        vec![(start, end, kind)]
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

/// Words that are written before a name and nothing else.
pub(super) const HONORIFICS: [&str; 5] = ["mr", "mrs", "ms", "messrs", "dr"];

/// Days of the week.
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

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
