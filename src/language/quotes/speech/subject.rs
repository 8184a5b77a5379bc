//! The subject of a reporting verb: right before it, before an apposition, behind it, or nearest in the clause.

use super::super::verbs::opens_clause;
use super::super::words::Part;
use super::{APPOSITION, Reader, Weight, Word};
use crate::text::TextRange;

/// Which clause of a sentence a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Main,
    /// "When it was over, …": up to the comma.
    Opening,
    /// "…, which was late, …": up to the comma.
    Relative,
    /// What somebody says, or behind "that", "as", "because".
    Clause,
}

/// Where a subject is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// In the main clause first.
    Main,
    /// In whatever clause is nearest.
    Any,
}

/// What may be a subject.
struct Subject {
    weight: Weight,
    range: TextRange,
    /// The number of the word, if it is a pronoun.
    pronoun: Option<usize>,
}

impl Reader<'_> {
    /// The subject of the finite verb at `words[at]`.
    pub(super) fn subject_of(&self, words: &[Word], at: usize) -> Option<TextRange> {
        let end = self.before_adverbials(words, at);
        let before = words.get(end.checked_sub(1)?)?;
        let listed = end
            .checked_sub(2)
            .and_then(|at| words.get(at))
            .is_some_and(|word| word.part == Part::Comma);
        match before.part {
            // "when Bee spoke and said": the verb goes on with the subject of the one before, in whatever clause.
            Part::And if !listed => self.nearest_subject(words, end - 1, Scope::Any),
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
                    let subject = self.subject_of(words, verb);
                    // "an official who spoke on condition of anonymity told us".
                    let who = words.iter().position(|word| {
                        Some(word.range) == subject
                            && word.range.of_text(&self.document.text) == "who"
                    });
                    let phrase = who.and_then(|who| Self::phrase_before(words, who));
                    return phrase.map(|phrase| phrase.range).or(subject);
                }
                if head.weight >= Weight::Described {
                    return Some(head.range);
                }
                self.subject_before(words, end).or(Some(head.range))
            }
            _ => self.subject_before(words, end),
        }
    }

    /// Where the subject of the verb `words[at]` ends: before auxiliaries, adverbs, and what stands between them ("has in the past called", "Bee, on Friday, called").
    fn before_adverbials(&self, words: &[Word], at: usize) -> usize {
        let mut end = at;
        loop {
            while end > 0
                && words
                    .get(end - 1)
                    .is_some_and(|word| matches!(word.part, Part::Adverb | Part::Auxiliary))
            {
                end -= 1;
            }
            // "Bee later Thursday told us".
            let later = end.checked_sub(2).and_then(|at| words.get(at));
            if later.is_some_and(|word| word.part == Part::Adverb)
                && words
                    .get(end - 1)
                    .is_some_and(|word| word.range.of_text(&self.document.text).ends_with("day"))
            {
                end -= 1;
                continue;
            }
            let inside = Self::phrase_before(words, end)
                .filter(|phrase| phrase.weight < Weight::Named)
                .and_then(|phrase| phrase.from.checked_sub(1))
                .filter(|at| {
                    let lead = at.checked_sub(1).and_then(|lead| words.get(lead));
                    words
                        .get(*at)
                        .is_some_and(|word| word.part == Part::Preposition)
                        && lead.is_some_and(|lead| {
                            matches!(lead.part, Part::Auxiliary | Part::Comma | Part::Pronoun)
                        })
                });
            match inside {
                Some(preposition) => end = preposition,
                None => return end,
            }
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
                let governed = head.from.checked_sub(1).and_then(|at| words.get(at));
                // "Bee, of Flint, said".
                if head.weight != Weight::Person
                    && governed.is_some_and(|word| word.part == Part::Preposition)
                {
                    continue;
                }
                if head.weight < Weight::Person
                    && !relative
                    && let Some(name) = Self::named_in(words, open + 1, comma)
                {
                    // "Bee's spokesman, Cy Dee, said".
                    return Some(name);
                }
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

    /// The subject of the main clause before `words[end]`: the nearest phrase or pronoun with a verb behind it that stands in no clause inside ("that", "who", "as", what
    /// somebody says); else the nearest inside one; else the first that could be one.
    pub(in crate::language::quotes) fn subject_before(
        &self,
        words: &[Word],
        end: usize,
    ) -> Option<TextRange> {
        self.nearest_subject(words, end, Scope::Main)
    }

    fn nearest_subject(&self, words: &[Word], end: usize, scope: Scope) -> Option<TextRange> {
        let text = &*self.document.text;
        let words = words.get(..end)?;
        let mut outside: Option<Subject> = None;
        let mut inside: Option<Subject> = None;
        let mut first: Option<TextRange> = None;
        let mut depth = Depth::Main;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            depth = match scope {
                Scope::Main => self.depth(words, at, depth, outside.is_some()),
                Scope::Any => Depth::Main,
            };
            let nearest = match depth {
                Depth::Main => &mut outside,
                Depth::Opening | Depth::Relative | Depth::Clause => &mut inside,
            };
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
                    // "an official who spoke on condition of anonymity told us": the verb behind the clause is hers.
                    let owner = Self::phrase_before(words, at)
                        .filter(|phrase| phrase.weight >= Weight::Described)
                        .filter(|_| word.range.of_text(text) == "who");
                    *nearest = Some(Subject {
                        weight: Weight::Person,
                        range: owner.map_or(word.range, |owner| owner.range),
                        pronoun: owner.is_none().then_some(at),
                    });
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
                let better = nearest.as_ref().is_none_or(|known| {
                    phrase.weight >= Weight::Named || phrase.weight >= known.weight
                });
                if better && phrase.weight >= Weight::Described {
                    *nearest = Some(Subject {
                        weight: phrase.weight,
                        range: phrase.range,
                        pronoun: None,
                    });
                }
            }
            if first.is_none()
                && (inner_person || (!governed && phrase.weight >= Weight::Described))
            {
                first = Some(phrase.range);
            }
            at = phrase.to.max(at + 1);
        }
        match outside.or(inside) {
            Some(Subject {
                pronoun: Some(at), ..
            }) => Some(self.beyond_pronoun(words, at)),
            Some(subject) => Some(subject.range),
            None => first,
        }
    }

    /// In which clause `words[at]` stands, where the word before stood in `depth`.
    fn depth(&self, words: &[Word], at: usize, depth: Depth, has_subject: bool) -> Depth {
        let Some(word) = words.get(at) else {
            return depth;
        };
        let spelled = word.range.of_text(&self.document.text);
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let at_comma = before.is_some_and(|before| before.part == Part::Comma);
        match word.part {
            Part::Stop => Depth::Main,
            Part::Comma if matches!(depth, Depth::Opening | Depth::Relative) => Depth::Main,
            _ if depth != Depth::Main => depth,
            Part::Clause if spelled == "but" => depth,
            Part::Clause if !has_subject && (before.is_none() || at_comma) => Depth::Opening,
            Part::Clause => Depth::Clause,
            Part::Pronoun | Part::Object
                if matches!(spelled, "who" | "which" | "whom" | "what") =>
            {
                if at_comma {
                    Depth::Relative
                } else {
                    Depth::Clause
                }
            }
            _ => {
                let says = before.is_some_and(|before| {
                    matches!(before.part, Part::Finite | Part::Participle)
                        && opens_clause(before.range.of_text(&self.document.text))
                });
                if says && has_subject && word.part != Part::Comma {
                    Depth::Clause
                } else {
                    depth
                }
            }
        }
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

    /// The person named right at `words[from]`, where a comma closes the name's part of the sentence or `to` is reached.
    fn named_in(words: &[Word], from: usize, to: usize) -> Option<TextRange> {
        let phrase = Self::phrase_at(words, from)?;
        let closed = phrase.to >= to
            || words
                .get(phrase.to)
                .is_some_and(|word| matches!(word.part, Part::Comma | Part::Preposition));
        let own = words.get(phrase.from..phrase.to)?;
        // A name that nobody knows, between commas.
        let capitals = phrase.to >= to
            && (2..=3).contains(&own.len())
            && own.iter().all(|word| word.part == Part::Capital);
        (closed && (phrase.weight == Weight::Person || capitals)).then_some(phrase.range)
    }

    /// The subject that starts at `words[start]`, behind the verb.
    pub(super) fn subject_after(&self, words: &[Word], start: usize) -> Option<TextRange> {
        self.subject_at(words, start).map(|(range, _)| range)
    }

    /// The subject that starts at `words[start]`, and where it ends.
    pub(super) fn subject_at(&self, words: &[Word], start: usize) -> Option<(TextRange, usize)> {
        let word = words.get(start)?;
        if word.part == Part::Pronoun {
            return Some((word.range, start + 1));
        }
        let phrase = Self::phrase_at(words, start)?;
        let text = &*self.document.text;
        let next = words.get(phrase.to);
        if phrase.weight < Weight::Person {
            // "police spokesman, Cy Dee, said".
            if next.is_some_and(|word| word.part == Part::Comma)
                && let Some(name) = Self::named_in(words, phrase.to + 1, words.len())
            {
                return Some((name, phrase.to));
            }
            // "Secretary of State Ann Bee": a title of two parts.
            if next.is_some_and(|word| word.range.of_text(text) == "of")
                && word.part == Part::Capital
                && let Some(more) = Self::phrase_at(words, phrase.to + 1)
                && more.weight == Weight::Person
                && words
                    .get(more.from)
                    .is_some_and(|word| word.part == Part::Capital)
            {
                return Some((more.range, more.to));
            }
        }
        Some((phrase.range, phrase.to))
    }

    /// "Polls agree - Ann Bee:", "From the report:": what stands alone before a colon.
    fn label_before(&self, words: &[Word], colon: usize) -> Option<TextRange> {
        let text = &*self.document.text;
        let lead = words.get(..colon)?;
        let n_capitals = lead
            .iter()
            .rev()
            .take_while(|word| word.part == Part::Capital)
            .count();
        let from = colon - n_capitals;
        let dash = from.checked_sub(1).and_then(|at| words.get(at));
        let first = match dash.map(|dash| dash.range.of_text(text)) {
            Some("-" | "–" | "—") if n_capitals > 0 => from,
            _ => {
                let source = words.first()?.range.of_text(text);
                let phrase = Self::phrase_before(words, colon)?;
                (phrase.from == 1 && source == "From").then_some(1)?
            }
        };
        Some(words.get(first)?.range.union(words.get(colon - 1)?.range))
    }

    /// The one who speaks where a clause ends in a colon and has no reporting word.
    pub(in crate::language::quotes) fn opening_actor(&self, words: &[Word]) -> Option<TextRange> {
        match words.last() {
            Some(word)
                if word.part == Part::Pronoun
                    && !matches!(word.range.of_text(&self.document.text), "it" | "you") =>
            {
                Some(word.range)
            }
            Some(word) if word.part == Part::Stop => {
                if let Some(label) = self.label_before(words, words.len() - 1) {
                    return Some(label);
                }
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
