//! Noun phrases, and the words of them that name somebody.

use super::super::words::Part;
use super::{PHRASE, Phrase, Reader, Weight, Word};
use crate::language::entities::EntityType;
use crate::text::TextRange;

impl Reader<'_> {
    /// The noun phrase that ends before `words[end]`.
    pub(super) fn phrase_before(words: &[Word], end: usize) -> Option<Phrase> {
        let from = end.saturating_sub(PHRASE * 2);
        let mut start = end;
        while start > from && words.get(start - 1)?.part.in_phrase() {
            start -= 1;
            // An article opens a phrase, unless a possessive goes on from it.
            if words.get(start)?.part == Part::Article {
                let more = start.checked_sub(1).and_then(|at| words.get(at));
                start -= usize::from(more.is_some_and(|word| word.part == Part::Article));
                break;
            }
        }
        (start < end).then(|| Self::phrase(words, start, end))?
    }

    /// The noun phrase that starts at `words[start]`.
    pub(super) fn phrase_at(words: &[Word], start: usize) -> Option<Phrase> {
        let n_words = words
            .iter()
            .skip(start)
            .take(PHRASE * 2)
            .enumerate()
            .take_while(|(at, word)| {
                word.part.in_phrase() && (*at < 2 || word.part != Part::Article)
            })
            .count();
        (n_words > 0).then(|| Self::phrase(words, start, start + n_words))?
    }

    pub(super) fn phrase(words: &[Word], from: usize, to: usize) -> Option<Phrase> {
        let inside = words.get(from..to)?;
        let owned = |range: TextRange| {
            inside.iter().any(|word| {
                word.part == Part::Possessive
                    && word.range.start >= range.end
                    && word.range.start <= range.end + 1
            })
        };
        let name = inside
            .iter()
            .rev()
            .filter_map(|word| word.name)
            .find(|(kind, range)| *kind == EntityType::Person && !owned(*range));
        if let Some((_, range)) = name {
            return Some(Phrase {
                from,
                to,
                range,
                weight: Weight::Person,
            });
        }
        let last = inside.last()?;
        if let Some((_, range)) = last.name.filter(|(_, range)| !owned(*range)) {
            return Some(Phrase {
                from,
                to,
                range,
                weight: Weight::Named,
            });
        }
        // What comes behind the last noun that speaks is no part of its name: "officials Tuesday".
        let head = inside.iter().rposition(|word| word.part == Part::Actor);
        let (end, weight) = match head {
            Some(at) => (at + 1, Weight::Named),
            None if inside.iter().any(|word| word.part == Part::Capital) => {
                (inside.len(), Weight::Described)
            }
            None if inside.first()?.part == Part::Small => (inside.len(), Weight::Thing),
            None => (inside.len(), Weight::Described),
        };
        let start = end.saturating_sub(PHRASE);
        let range = inside.get(start)?.range.union(inside.get(end - 1)?.range);
        Some(Phrase {
            from,
            to,
            range,
            weight,
        })
    }

    /// "a spokesman for the Interior Ministry": the noun before the prepositions.
    pub(super) fn head(words: &[Word], phrase: Phrase) -> Phrase {
        let mut head = phrase;
        let mut from = phrase.from;
        for _ in 0..4 {
            let Some(before) = from.checked_sub(1).filter(|at| {
                words
                    .get(*at)
                    .is_some_and(|word| word.part == Part::Preposition)
            }) else {
                break;
            };
            let Some(outer) = Self::phrase_before(words, before) else {
                break;
            };
            if outer.weight >= Weight::Named || head.weight == Weight::Thing {
                head = outer;
            }
            from = outer.from;
        }
        head
    }
}
