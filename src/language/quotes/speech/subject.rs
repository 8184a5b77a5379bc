//! The subject of a reporting verb: right before it, before an apposition, behind it, or nearest in the clause.

use super::super::verbs::opens_clause;
use super::super::words::Part;
use super::{APPOSITION, Reader, Weight, Word};
use crate::text::TextRange;

impl Reader<'_> {
    /// The subject of the finite verb at `words[at]`.
    pub(super) fn subject_of(&self, words: &[Word], at: usize) -> Option<TextRange> {
        let mut end = at;
        while end > 0
            && words
                .get(end - 1)
                .is_some_and(|word| matches!(word.part, Part::Adverb | Part::Auxiliary))
        {
            end -= 1;
        }
        let before = words.get(end.checked_sub(1)?)?;
        match before.part {
            Part::Pronoun => Some(self.beyond_pronoun(words, end - 1)),
            Part::Comma => self
                .before_apposition(words, end - 1)
                .or_else(|| self.subject_before(words, end)),
            part if part.in_phrase() => {
                let phrase = Self::phrase_before(words, end)?;
                let head = Self::head(words, phrase);
                if head.weight < Weight::Named
                    && let Some(verb) = self.governing(words, head.from)
                {
                    // "They slammed a loophole called “…”": the phrase is an object.
                    return self.subject_of(words, verb);
                }
                if head.weight >= Weight::Described {
                    return Some(head.range);
                }
                self.subject_before(words, end).or(Some(head.range))
            }
            _ => self.subject_before(words, end),
        }
    }

    /// The verb right before the phrase that starts at `words[start]`, if the phrase is its object.
    pub(super) fn governing(&self, words: &[Word], start: usize) -> Option<usize> {
        let at = start.checked_sub(1)?;
        let verb = words.get(at)?;
        let object = matches!(verb.part, Part::Finite | Part::Verb)
            && !opens_clause(verb.range.of_text(&self.document.text));
        object.then_some(at)
    }

    /// "Trump said he believes “…”": who says it is named before the pronoun.
    pub(super) fn beyond_pronoun(&self, words: &[Word], at: usize) -> TextRange {
        let own = words
            .get(at)
            .map_or(TextRange::default(), |word| word.range);
        let text = &*self.document.text;
        let that = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|word| word.range.of_text(text) == "that");
        let verb = at.checked_sub(1 + usize::from(that));
        let outer = verb.filter(|verb| {
            words
                .get(*verb)
                .is_some_and(|word| word.part == Part::Finite)
        });
        outer
            .and_then(|verb| self.subject_of(words, verb))
            .unwrap_or(own)
    }

    /// "Smith, an aide, said": the subject before the apposition that ends at the comma `words[comma]`.
    pub(super) fn before_apposition(&self, words: &[Word], comma: usize) -> Option<TextRange> {
        let text = &*self.document.text;
        let from = comma.saturating_sub(APPOSITION);
        let mut open = comma;
        while let Some(at) = words
            .get(from..open)?
            .iter()
            .rposition(|word| matches!(word.part, Part::Comma | Part::Stop))
        {
            open = from + at;
            if words.get(open)?.part == Part::Stop {
                return None;
            }
            // "The complaint, which was filed in court, alleged".
            let relative = words
                .get(open + 1)
                .is_some_and(|word| matches!(word.range.of_text(text), "which" | "who"));
            if let Some(phrase) = Self::phrase_before(words, open) {
                let head = Self::head(words, phrase);
                if head.weight >= Weight::Named || (relative && head.weight >= Weight::Described) {
                    return Some(head.range);
                }
            }
        }
        // "In a statement, Smith, said" has none: the phrase inside the commas.
        let inside = Self::phrase_before(words, comma)?;
        let head = Self::head(words, inside);
        (head.weight >= Weight::Described).then_some(head.range)
    }

    /// The nearest subject before `words[end]`: a phrase or pronoun with a verb behind it; else the first that could be one.
    pub(in crate::language::quotes) fn subject_before(
        &self,
        words: &[Word],
        end: usize,
    ) -> Option<TextRange> {
        let text = &*self.document.text;
        let words = words.get(..end)?;
        let mut nearest: Option<(Weight, TextRange)> = None;
        let mut first: Option<TextRange> = None;
        let mut pronoun: Option<usize> = None;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let after = at.checked_sub(1).and_then(|at| words.get(at));
            let governed = after.is_some_and(|word| word.part == Part::Preposition);
            if word.part == Part::Pronoun {
                if word.range.of_text(text) == "who"
                    && after.is_some_and(|word| word.part == Part::Comma)
                    && let Some(close) = Self::close_of_relative(words, at)
                {
                    // "X, who had signed it, went on": past the clause.
                    at = close;
                    continue;
                }
                if Self::has_verb(words, at + 1) {
                    nearest = Some((Weight::Person, word.range));
                    pronoun = Some(at);
                }
                first = first.or(Some(word.range));
                at += 1;
                continue;
            }
            if !word.part.in_phrase() || word.part == Part::Possessive {
                at += 1;
                continue;
            }
            let Some(phrase) = Self::phrase_at(words, at) else {
                at += 1;
                continue;
            };
            let inner_person = phrase.weight == Weight::Person;
            if !governed && Self::has_verb(words, phrase.to) {
                let better = nearest.is_none_or(|(weight, _)| {
                    phrase.weight >= Weight::Named || phrase.weight >= weight
                });
                if better && phrase.weight >= Weight::Described {
                    pronoun = None;
                    nearest = Some((phrase.weight, phrase.range));
                }
            }
            if first.is_none()
                && (inner_person || (!governed && phrase.weight >= Weight::Described))
            {
                first = Some(phrase.range);
            }
            at = phrase.to.max(at + 1);
        }
        if let Some(at) = pronoun {
            return Some(self.beyond_pronoun(words, at));
        }
        nearest.map(|(_, range)| range).or(first)
    }

    /// The comma that ends the clause which the pronoun `words[at]` opens, if a verb goes on behind it.
    fn close_of_relative(words: &[Word], at: usize) -> Option<usize> {
        let inside = words.get(at..)?;
        let close = at + inside.iter().position(|word| word.part == Part::Comma)?;
        let own = words.get(at..close)?;
        let opening = words
            .get(close + 1..)?
            .iter()
            .find(|word| word.part != Part::Adverb);
        let goes_on =
            opening.is_none_or(|word| word.part.is_verb() || word.part == Part::Participle);
        (goes_on && own.iter().any(|word| word.part.is_verb())).then_some(close)
    }

    /// Whether a verb follows a subject that ends before `words[at]`: behind adverbs, prepositions or an apposition.
    pub(super) fn has_verb(words: &[Word], at: usize) -> bool {
        let mut nested = false;
        let mut in_object = false;
        for word in words.iter().skip(at).take(APPOSITION) {
            match word.part {
                Part::Adverb => {}
                Part::Comma => {
                    nested = !nested;
                    in_object = nested;
                }
                Part::Preposition => in_object = true,
                part if part.is_verb() && !nested => return true,
                Part::Pronoun | Part::Clause | Part::Stop | Part::And if !nested => return false,
                part if part.in_phrase() && !in_object => return false,
                _ => {}
            }
        }
        false
    }

    /// The subject that starts at `words[start]`, behind the verb.
    pub(super) fn subject_after(words: &[Word], start: usize) -> Option<TextRange> {
        Self::subject_at(words, start).map(|(range, _)| range)
    }

    /// The subject that starts at `words[start]`, and where it ends.
    pub(super) fn subject_at(words: &[Word], start: usize) -> Option<(TextRange, usize)> {
        let word = words.get(start)?;
        if word.part == Part::Pronoun {
            return Some((word.range, start + 1));
        }
        let phrase = Self::phrase_at(words, start)?;
        Some((phrase.range, phrase.to))
    }

    /// The one who speaks where a clause ends in a colon and has no reporting word.
    pub(in crate::language::quotes) fn opening_actor(&self, words: &[Word]) -> Option<TextRange> {
        match words.last() {
            Some(word) if word.part == Part::Pronoun => Some(word.range),
            Some(word) if word.part == Part::Stop => {
                // "It surprises the pollster Ann Bee:"
                let last = Self::phrase_before(words, words.len() - 1);
                last.filter(|phrase| phrase.weight == Weight::Person)
                    .map(|phrase| phrase.range)
                    .or_else(|| self.subject_before(words, words.len()))
            }
            _ => self.subject_before(words, words.len()),
        }
    }
}
