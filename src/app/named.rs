//! Who is named in documents and notes, as filters ask for it: as a document calls somebody and writes it, short forms too.
//!
//! In: the words of a filter, and what was looked up for them behind the screen. Out: whether a document or a note names them. The names of a library are not
//! held here, and nothing is looked up: what has no answer yet is said, so that the screen can ask.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::annotation::RecordId;
use crate::document::DocId;
use crate::search::query::{Filter, Ready, Words};

/// The documents that name what the filter of the list asks for.
#[derive(Debug, Default)]
pub struct NamedInDocuments {
    wanted: Vec<Words>,
    asked: Vec<Words>,
    found: HashMap<Words, HashSet<DocId>>,
}

impl NamedInDocuments {
    /// Takes which names the filter asks for now; what was found for others is forgotten.
    pub fn want(&mut self, filter: &Filter) {
        self.wanted = filter.names_asked().into_iter().cloned().collect();
        let wanted = &self.wanted;
        self.asked.retain(|words| wanted.contains(words));
        self.found.retain(|words, _| wanted.contains(words));
    }

    /// What is to be asked, each once.
    pub fn ask(&mut self) -> Vec<Words> {
        let mut new: Vec<Words> = Vec::new();
        for words in &self.wanted {
            if !self.asked.contains(words) {
                self.asked.push(words.clone());
                new.push(words.clone());
            }
        }
        new
    }

    /// Takes an answer; whether anybody still waits for it.
    pub fn take(&mut self, words: Words, documents: HashSet<DocId>) -> bool {
        let wanted = self.wanted.contains(&words);
        if wanted {
            self.found.insert(words, documents);
        }
        wanted
    }

    /// The library changed: what is known is to be asked again, and holds until the answer comes.
    pub fn renew(&mut self) {
        self.asked.clear();
    }

    /// Whether something the filter asks for was never answered.
    pub fn waits(&self) -> bool {
        let mut wanted = self.wanted.iter();
        wanted.any(|words| !self.found.contains_key(words))
    }

    /// Whether a document names somebody or something by these words.
    pub fn names(&self, doc: DocId, words: &Words) -> bool {
        let documents = self.found.get(words);
        documents.is_some_and(|documents| documents.contains(&doc))
    }
}

/// Who is named in the words of the notes and their passages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedInNotes {
    /// Every name and spelling once.
    names: Vec<Ready>,
    number: HashMap<Arc<str>, u32>,
    of: HashMap<RecordId, Names>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Names {
    /// As lists call them, in text order.
    shown: Vec<Arc<str>>,
    /// Numbers of all names they have.
    numbers: Vec<u32>,
}

impl NamedInNotes {
    /// Adds somebody or something that a note names: what lists call it, and all its names.
    pub fn add(&mut self, note: RecordId, shown: &Arc<str>, names: &[Arc<str>]) {
        let of = self.of.entry(note).or_default();
        if !of.shown.contains(shown) {
            of.shown.push(shown.clone());
        }
        for name in names {
            let next = self.names.len() as u32;
            let number = *self.number.entry(name.clone()).or_insert(next);
            if number == next {
                self.names.push(Ready::new(&[name]));
            }
            if !of.numbers.contains(&number) {
                of.numbers.push(number);
            }
        }
    }

    /// The names of all that a note names, each once.
    pub fn of(&self, note: RecordId) -> &[Arc<str>] {
        self.of.get(&note).map_or(&[], |names| &names.shown)
    }

    /// The notes that name what a filter asks for: every name is looked at once, however many notes have it.
    pub fn passing(&self, filter: &Filter) -> Passing {
        let asked = filter.names_asked().into_iter();
        let by_words = asked.map(|words| {
            let named: Vec<bool> = (self.names.iter())
                .map(|name| words.stand_in_ready(name))
                .collect();
            let is_it = |number: &u32| named.get(*number as usize).copied().unwrap_or(false);
            let of = self.of.iter();
            let notes = of.filter(|(_, names)| names.numbers.iter().any(is_it));
            (words.clone(), notes.map(|(note, _)| *note).collect())
        });
        Passing(by_words.collect())
    }
}

/// The notes that name what a filter asks for.
#[derive(Debug, Default)]
pub struct Passing(Vec<(Words, HashSet<RecordId>)>);

impl Passing {
    /// Whether a note names somebody or something by these words.
    pub fn names(&self, note: RecordId, words: &Words) -> bool {
        let mut all = self.0.iter();
        all.any(|(asked, notes)| asked == words && notes.contains(&note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passing(query: &str) -> Vec<i64> {
        let mut named = NamedInNotes::default();
        let korea = ["North Korea".into(), "DPRK".into()];
        named.add(RecordId(1), &korea[0], &korea);
        named.add(RecordId(2), &korea[0], &korea[..1]);
        named.add(RecordId(2), &"Japan".into(), &["Japan".into()]);
        let filter = Filter::parse(query).unwrap();
        let passing = named.passing(&filter);
        let words = filter.names_asked();
        let all = |note: &i64| (words.iter()).all(|words| passing.names(RecordId(*note), words));
        [1, 2, 3].into_iter().filter(all).collect()
    }

    #[test]
    fn a_note_has_all_names_of_whom_it_names() {
        assert_eq!(passing("entity:dprk"), [1]);
        assert_eq!(passing("entity:\"north korea\""), [1, 2]);
        assert_eq!(passing("entity:korea entity:japan"), [2]);
        assert_eq!(passing("entity:kor"), [0_i64; 0]);
        assert_eq!(passing("entity:kor*"), [1, 2]);
    }

    #[test]
    fn what_was_found_for_other_words_is_forgotten() {
        let filter = |query: &str| Filter::parse(query).unwrap();
        let mut named = NamedInDocuments::default();
        named.want(&filter("-entity:japan talks"));
        let japan = named.ask().remove(0);
        assert!(named.waits() && named.ask().is_empty(), "asked once");
        assert!(named.take(japan.clone(), [DocId(1)].into()));
        assert!(named.names(DocId(1), &japan) && !named.waits());
        named.renew();
        assert!(named.ask().contains(&japan));
        assert!(named.names(DocId(1), &japan), "until the answer comes");
        named.want(&filter("talks"));
        assert!(!named.take(japan.clone(), HashSet::new()));
        assert!(!named.names(DocId(1), &japan) && named.ask().is_empty());
    }
}
