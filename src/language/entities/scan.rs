//! One pass over a sentence: listed names, bodies, persons, in that order of trust, the longest first.

use super::EntityType;
use super::bodies;
use super::gazetteer::{Classes, Gazetteer, Match};
use super::merge::addressed;
use super::naming::{self, Before};
use super::words::{Shape, Word};

/// What a stretch of words was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A name on the lists.
    Listed {
        /// Which entity.
        entity: u32,
        /// Whether it is an adjective or a people.
        adjective: bool,
    },
    /// A person's full name.
    Person,
    /// A person's name without the rest; `listed` is the well-known bearer.
    Surname {
        /// The listed person whose name it is.
        listed: Option<u32>,
        /// Whether a title stands before it.
        titled: bool,
    },
    /// An organisation told by its head word; `of` is the country right before it.
    Body {
        /// The listed place it belongs to.
        of: Option<u32>,
    },
    /// A place told by its head word.
    Place,
}

/// A stretch of words of a sentence and its reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// First word.
    pub(super) start: usize,
    /// One past the last word.
    pub(super) end: usize,
    /// What it is.
    pub(super) reading: Reading,
}

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Running text.
    Prose,
    /// A heading: capitals say little.
    Heading,
    /// All in capitals: only the lists are to be trusted.
    Capitals,
}

/// Reads the names of one sentence.
pub(super) fn sentence(words: &[Word], setting: Setting, gazetteer: &Gazetteer) -> Vec<Found> {
    let mut scan = Scan {
        words,
        setting,
        gazetteer,
        found: Vec::new(),
        before: Before::Nothing,
        place: None,
    };
    let mut at = 0;
    while at < words.len() {
        at = scan.step(at).max(at + 1);
    }
    scan.found
}

struct Scan<'a> {
    words: &'a [Word],
    setting: Setting,
    gazetteer: &'a Gazetteer,
    found: Vec<Found>,
    before: Before,
    /// The country named right before, and where its name ended.
    place: Option<(usize, u32)>,
}

impl Scan<'_> {
    fn step(&mut self, at: usize) -> usize {
        let Some(word) = self.words.get(at) else {
            return at;
        };
        let listed = self.listed(at, word);
        if !word.capital() && listed.is_none() {
            self.pass(word);
            return at + 1;
        }
        if self.setting != Setting::Capitals {
            if let Some(end) = self.body(at, listed) {
                return end;
            }
            if let Some(end) = self.person(at, word, listed) {
                return end;
            }
        }
        if let Some(name) = listed {
            return self.take(at, name);
        }
        self.pass(word);
        at + 1
    }

    /// The listed name at `at`, if it is to be trusted there.
    fn listed(&self, at: usize, word: &Word) -> Option<Match> {
        if !word.capital() && !self.words.get(at + 1).is_some_and(|next| next.joined) {
            return None;
        }
        let name = self.gazetteer.longest(self.words, at)?;
        // "TELL US WHO": in a line of capitals a short acronym without stops may be a word.
        let short = name.len == 1 && self.setting == Setting::Capitals && word.range.len() <= 3;
        let common = short && word.classes.any(Classes::FUNCTION.or(Classes::COMMON));
        (!common).then_some(name)
    }

    /// Moves past a word that names nothing, and keeps what it announces.
    fn pass(&mut self, word: &Word) {
        self.before = if word.capital() && word.classes.any(Classes::TITLE) {
            Before::Title
        } else if word.classes.any(Classes::ROLE) && !word.capital() {
            Before::Near
        } else if word.capital() && word.classes.any(Classes::RANK) {
            self.before
        } else if self.before != Before::Nothing
            && (word.classes.any(Classes::COMMON) && word.capital()
                || word.classes.any(Classes::FUNCTION) && !word.capital() && word.range.len() <= 3)
        {
            Before::Near
        } else {
            Before::Nothing
        };
    }

    fn push(&mut self, start: usize, end: usize, reading: Reading) -> usize {
        self.found.push(Found {
            start,
            end,
            reading,
        });
        end
    }

    fn take(&mut self, at: usize, name: Match) -> usize {
        let end = at + name.len;
        let kind = self.gazetteer.entity(name.entity).map(|entity| entity.kind);
        let single = name.len == 1;
        let reading = match kind {
            Some(EntityType::Person) if single => Reading::Surname {
                listed: Some(name.entity),
                titled: self.before == Before::Title,
            },
            Some(EntityType::Place) => {
                self.place = Some((end, name.entity));
                Reading::Listed {
                    entity: name.entity,
                    adjective: name.adjective,
                }
            }
            Some(EntityType::Person | EntityType::Org) | None => Reading::Listed {
                entity: name.entity,
                adjective: name.adjective,
            },
        };
        if kind != Some(EntityType::Place) || self.before == Before::Title {
            self.before = if self.before == Before::Nothing {
                Before::Nothing
            } else {
                Before::Near
            };
        }
        self.push(at, end, reading)
    }

    fn kind_of(&self, name: Match) -> Option<EntityType> {
        self.gazetteer.entity(name.entity).map(|entity| entity.kind)
    }

    fn body(&mut self, at: usize, listed: Option<Match>) -> Option<usize> {
        let body = bodies::at(self.words, at, self.gazetteer)?;
        if let Some(name) = listed {
            let own = at + name.len >= body.end;
            let person = self.kind_of(name) == Some(EntityType::Person);
            let takes_place = body.head.any(Classes::FORCE) || !body.head.any(Classes::OFFICE);
            let place = self.kind_of(name) == Some(EntityType::Place);
            if own || person || (place && !body.place && !takes_place) {
                return None;
            }
        }
        if self.setting == Setting::Heading && body.end - at > 5 {
            return None;
        }
        let reading = if body.place {
            Reading::Place
        } else {
            let of = self
                .place
                .filter(|(end, _)| *end == at)
                .map(|(_, place)| place);
            Reading::Body { of }
        };
        self.before = Before::Nothing;
        Some(self.push(at, body.end, reading))
    }

    fn person(&mut self, at: usize, word: &Word, listed: Option<Match>) -> Option<usize> {
        if word.classes.any(Classes::TITLE.or(Classes::FUNCTION))
            && !word.classes.any(Classes::GIVEN)
        {
            return None;
        }
        let given = word.classes.any(Classes::GIVEN);
        let (end, parts) = naming::stretch(self.words, at);
        let (mut end, mut parts) = self.cut(at, end, parts, given);
        let addressed = addressed(self.words, at);
        // "Mr. Price": behind an honorific the commonest word is a name.
        if addressed && parts == 0 && word.range.len() > 2 {
            (end, parts) = (at + 1, 1);
        }
        if parts == 0 || end <= at {
            return None;
        }
        if let Some(name) = listed {
            let person = self.kind_of(name) == Some(EntityType::Person);
            let longer = end > at + name.len && name.len == 1 && parts >= 2;
            let bears = person || given || self.before == Before::Title;
            if name.adjective || !longer || !bears || self.setting == Setting::Heading {
                return None;
            }
            if person && !given {
                return None;
            }
        }
        let next = self.words.get(end);
        let initialled = word.initial() || self.words.get(at + 1).is_some_and(Word::initial);
        let doubtful = word.classes.any(Classes::COMMON.or(Classes::FUNCTION)) && !addressed;
        let spoken = next.is_some_and(|next| next.classes.any(Classes::VERB)) && at > 0;
        let full = parts >= 2
            && (!doubtful && (given || word.classes.any(Classes::SURNAME) && parts <= 3)
                || (initialled && word.shape != Shape::Upper)
                || self.before != Before::Nothing
                || (spoken && self.setting == Setting::Prose && !doubtful));
        let reading = if full {
            Reading::Person
        } else if self.before == Before::Title
            && !doubtful
            && word.range.len() > 2
            && self.setting == Setting::Prose
        {
            Reading::Surname {
                listed: None,
                titled: true,
            }
        } else {
            return None;
        };
        self.before = Before::Nothing;
        Some(self.push(at, end, reading))
    }

    /// Ends a name before the next listed name, unless it is the surname of a first name ("Michael Jordan").
    fn cut(&self, at: usize, end: usize, parts: usize, given: bool) -> (usize, usize) {
        for index in at + 1..end {
            let joined = self
                .words
                .get(index)
                .is_none_or(|word| word.joined || !word.capital());
            if joined {
                continue;
            }
            let Some(name) = self.gazetteer.longest(self.words, index) else {
                continue;
            };
            let person = self.kind_of(name) == Some(EntityType::Person);
            let surname = name.len == 1 && !name.adjective && given && index == end - 1;
            if !(surname || person && name.len == 1) {
                let kept = self.words.get(at..index).unwrap_or_default();
                return (
                    index,
                    kept.iter()
                        .filter(|word| word.capital() && !word.joined)
                        .count()
                        .min(parts),
                );
            }
        }
        (end, parts)
    }
}
