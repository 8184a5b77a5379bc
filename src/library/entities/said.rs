//! What a document says of its entities: how each is written, and by which titles.

use std::collections::HashMap;

use super::roles;
use crate::document::Document;
use crate::language::entities::{EntityId, EntityType};
use crate::library::Analysis;
use crate::text::TextRange;

/// Different spellings or roles kept of one entity in one document.
const MOST: usize = 40;
/// Longest spelling kept, in characters.
const LONGEST: usize = 120;

/// Words a document has for an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub entity: EntityId,
    /// What the words are.
    pub sort: SaidAs,
    /// The words, on one line.
    pub text: Box<str>,
    /// How often.
    pub times: u32,
}

/// What words said of an entity are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SaidAs {
    /// A name as written.
    Alias,
    /// A title or office: "Russian Foreign Minister".
    Role,
}

/// How the entities of a document are written, and the titles of its people, in order of first mention.
pub fn said(document: &Document, analysis: &Analysis) -> Vec<Said> {
    let text = &document.text;
    let mut all: Vec<Said> = Vec::new();
    let mut at: HashMap<(EntityId, SaidAs, Box<str>), usize> = HashMap::new();
    let mut n_kept: HashMap<EntityId, usize> = HashMap::new();
    let mut note = |entity: &EntityId, sort: SaidAs, words: String| {
        if words.is_empty() {
            return;
        }
        let key = (entity.clone(), sort, words.into_boxed_str());
        if let Some(said) = at.get(&key).and_then(|index| all.get_mut(*index)) {
            said.times = said.times.saturating_add(1);
            return;
        }
        let kept = n_kept.entry(entity.clone()).or_default();
        if *kept < MOST {
            *kept += 1;
            at.insert(key.clone(), all.len());
            all.push(Said {
                entity: key.0,
                sort,
                text: key.2,
                times: 1,
            });
        }
    };
    let persons: Vec<TextRange> = analysis
        .mentions
        .iter()
        .filter(|(_, mention)| mention.kind == EntityType::Person)
        .map(|(range, _)| *range)
        .collect();
    let mut n_persons = 0_usize;
    for (range, mention) in &analysis.mentions {
        note(
            &mention.entity,
            SaidAs::Alias,
            one_line(range.of_text(text)),
        );
        if mention.kind == EntityType::Person {
            let sentence = analysis
                .sentences
                .at(range.start)
                .next()
                .map(|(range, ())| *range);
            // Another person's name ends what can be said of this one.
            let mut within = sentence.unwrap_or(*range);
            let before = n_persons.checked_sub(1).and_then(|at| persons.get(at));
            if let Some(before) = before {
                within.start = within.start.max(before.end).min(range.start);
            }
            n_persons += 1;
            if let Some(after) = persons.get(n_persons) {
                within.end = within.end.min(after.start).max(range.end);
            }
            for role in roles::of(text, within, *range) {
                note(&mention.entity, SaidAs::Role, role);
            }
        }
    }
    all
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::library::analyse;

    #[test]
    fn the_name_of_another_person_ends_a_role() {
        let text = "U.S. Secretary of State Antony Blinken, Japanese Foreign Minister Kamikawa Yoko, and others met. Kim Jong Un and Russian President Vladimir Putin did not.";
        let document = import::exact("a", text, None, None);
        let roles: Vec<String> = said(&document, &analyse(&document))
            .into_iter()
            .filter(|said| said.sort == SaidAs::Role)
            .map(|said| said.text.to_string())
            .collect();
        assert_eq!(
            roles,
            [
                "U.S. Secretary of State",
                "Japanese Foreign Minister",
                "Russian President"
            ]
        );
    }
}
