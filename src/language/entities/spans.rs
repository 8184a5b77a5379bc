//! What of a tagger's span is a name: titles, articles, days and marks are cut off, two names are parted, and what names nobody is dropped.
//!
//! In: a sentence and a span of it with a type. Out: none, one or two spans. What the training data call a name and what a reader would mark differ: these are the rules
//! between the two.

use super::EntityType;
use super::gazetteer::Classes;
use super::merge::{Merge, Tagged, among};
use super::nobody;
use super::ranks;
use super::scan::{Found, Reading, Setting};
use super::tagger::{self, Care, hash_lower};
use super::words::{Shape, Word, hash_of};
use crate::language::token::TokenKind;

impl Merge<'_> {
    /// The names in a span.
    pub(super) fn names(&self, span: Tagged) -> Vec<Tagged> {
        self.parted(self.retyped(span))
            .into_iter()
            .flat_map(|span| self.trimmed(span))
            .collect()
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
        } else if kind == EntityType::Org
            && end - start > 3
            && word(start).is_some_and(|word| word.classes.any(Classes::HEAD))
            && word(start + 1).is_some_and(|word| among(&["and"], word))
            && word(start + 2).is_some_and(|word| among(&["the"], word))
        {
            // "The Commission and the Council" are two.
            return vec![(start, start + 1, kind), (start + 3, end, kind)];
        } else if let Some(middle) = self.bearer(start, end).filter(|_| kind == EntityType::Org) {
            return vec![(start, middle, kind), (middle, end, EntityType::Person)];
        } else if end - start == 1 && capitals(start) && listed(start).is_none() {
            let hyphen = |at: usize| word(at).is_some_and(|mark| mark.joined && mark.is_mark(b'-'));
            let more = |at: usize| capitals(at) && word(at).is_some_and(|word| word.joined);
            while hyphen(end) && more(end + 1) && listed(end + 1).is_none() {
                end += 2;
            }
        }
        vec![(start, end, kind)]
    }

    /// Adds "the Commission", "in Parliament": the head of a body alone, with a capital inside a sentence of a text that keeps the rules.
    pub(super) fn lone_heads(&self, kept: &mut Vec<Found>) {
        if self.care == Care::Little || self.setting != Setting::Prose {
            return;
        }
        let n_kept = kept.len();
        let mut taken = 0;
        for at in 1..self.words.len() {
            while kept
                .get(taken)
                .is_some_and(|found| taken < n_kept && found.end <= at)
            {
                taken += 1;
            }
            let free = taken >= n_kept || kept.get(taken).is_none_or(|found| found.start > at + 1);
            if free && self.lone_head(at) {
                kept.push(Found {
                    start: at,
                    end: at + 1,
                    reading: Reading::Body { of: None },
                });
            }
        }
        kept.sort_by_key(|found| found.start);
    }

    fn lone_head(&self, at: usize) -> bool {
        let word = |at: usize| self.words.get(at);
        let small = |word: &Word| word.kind == TokenKind::Word && !word.capital();
        word(at).is_some_and(|word| word.shape == Shape::Capital && among(&LONE, word))
            && word(at - 1)
                .is_some_and(|last| small(last) || (at == 1 && last.classes.any(Classes::FUNCTION)))
            && word(at + 1).is_none_or(|next| {
                !next.joined && small(next) && !among(&["of", "for", "on"], next)
                    || next.is_mark(b',')
                    || next.is_mark(b'.')
                    || next.kind == TokenKind::Clitic
            })
    }

    /// Where the name of a person begins behind that of an office with "of": "Ministry of Foreign Affairs Hiroyuki Namazu".
    fn bearer(&self, start: usize, end: usize) -> Option<usize> {
        let middle = end.checked_sub(2).filter(|middle| *middle > start + 2)?;
        let office = self.words.get(start..middle)?;
        let of = office.iter().any(|word| among(&["of", "for", "on"], word));
        let held = office.first()?.classes.any(Classes::OFFICE);
        let name = self.words.get(middle..end)?;
        let given = name.first()?.classes.any(Classes::GIVEN)
            && !name.iter().any(|word| {
                word.joined
                    || !word.capital()
                    || word.classes.any(Classes::HEAD.or(Classes::COMMON))
            });
        (of && held && given).then_some(middle)
    }

    /// "Parliament", "the Senate": the head of a body alone names one; "General Kurilla" is no place, "Hoover Institute" no person, whatever the tagger took them for.
    fn retyped(&self, (start, end, kind): Tagged) -> Tagged {
        let word = |at: usize| self.words.get(at);
        let head =
            end - start == 1 && word(start).is_some_and(|word| word.classes.any(Classes::HEAD));
        let ranked = match kind {
            EntityType::Place => {
                end - start > 1
                    && word(start).is_some_and(|word| among(&RANKS, word))
                    && !word(end - 1).is_some_and(|word| word.classes.any(Classes::PLACE_HEAD))
            }
            EntityType::Org => ranks::bears_one(self.words, start, end, self.gazetteer),
            EntityType::Person => false,
        };
        // "Hoover Institute", "Silver Bay": no person ends so who has no first name.
        let ends = |class: Classes| {
            kind == EntityType::Person
                && end - start > 1
                && word(end - 1).is_some_and(|word| word.classes.any(class) && word.capital())
                && !word(start).is_some_and(|word| {
                    word.initial() || word.classes.any(Classes::GIVEN.or(Classes::TITLE))
                })
        };
        if let Some(body) =
            ranks::begins_body(self.words, start, end).filter(|_| kind != EntityType::Org)
        {
            return (body, end, EntityType::Org);
        }
        let kind = if head || ends(Classes::HEAD) {
            EntityType::Org
        } else if ranked {
            EntityType::Person
        } else if ends(Classes::PLACE_HEAD) {
            EntityType::Place
        } else {
            kind
        };
        (start, end, kind)
    }

    /// Whether all words are such as are seldom written with a capital ("Origin", "Private Sector"): a heading or emphasis, in a text that keeps the rules. The
    /// head of a body makes a name of them.
    fn plain(&self, name: &[Word], kind: EntityType) -> bool {
        let Some(model) = tagger::shipped().filter(|_| self.care == Care::Much) else {
            return false;
        };
        let seldom = |word: &Word| {
            let letters = word.range.of_text(self.text).chars().take(40);
            (1..=SELDOM).contains(&model.lexicon().entry(hash_lower(letters)).capitals)
        };
        kind != EntityType::Person
            && name.len() <= MOST_PLAIN
            && name.iter().all(|word| {
                word.kind == TokenKind::Word
                    && word.shape == Shape::Capital
                    && !word.classes.any(Classes::HEAD.or(Classes::OFFICE))
                    && (word.classes.any(Classes::COMMON) || seldom(word))
            })
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
            let whole = || {
                let name = self.gazetteer.longest(self.words, at + 1);
                name.is_some_and(|name| at + 1 + name.len == end)
            };
            let the =
                word.hash == hash_of("the") && (at == 0 || word.shape == Shape::Upper || whole());
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
        // Without any capital a message may name a person or a place; a body is more often a common word.
        let small =
            (self.care == Care::Much || kind == EntityType::Org) && !name.iter().any(Word::capital);
        // "TELL US WHO": in a line of capitals a short word in itself common is no name.
        let shouted = self.setting == Setting::Capitals
            && name
                .iter()
                .all(|word| word.classes.any(Classes::FUNCTION.or(Classes::COMMON)));
        let event = kind == EntityType::Place && nobody::in_event(self.words, start, end)
            || kind == EntityType::Org && nobody::model(self.words, start, end);
        let none = start >= end
            || nobody::in_identifier(self.words, start, end)
            || nobody::generic(self.text, name, kind)
            || self.plain(name, kind);
        if none || event || label || small || shouted || (announced && kind == EntityType::Person) {
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
}

/// Heads that name a body without more where they have a capital.
const LONE: [&str; 8] = [
    "commission",
    "council",
    "parliament",
    "senate",
    "congress",
    "committee",
    "court",
    "house",
];

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

/// Ranks that are never the first word of a place.
const RANKS: [&str; 9] = [
    "general",
    "colonel",
    "lieutenant",
    "sergeant",
    "senator",
    "congressman",
    "congresswoman",
    "ambassador",
    "professor",
];
/// Largest share of capitals, in the steps of the lexicon, of a word that seldom has one: below a twentieth.
const SELDOM: u8 = 1;
/// Most words of a span that is dropped for being plain.
const MOST_PLAIN: usize = 1;
