//! Who reports a quotation, and with which word: read from the words of its sentence, other quotations in it masked.

use super::words::{Part, is_said, opens_clause, part};
use crate::document::Document;
use crate::language::entities::{EntityType, Mention};
use crate::language::token::tokens;
use crate::text::{Layer, TextRange};

/// At most this many bytes to either side are looked at.
const REACH_BYTES: u32 = 600;
/// A verb belongs to a subject at most this many words before it, behind an apposition.
const APPOSITION: usize = 26;
/// A noun phrase is at most this long.
const PHRASE: usize = 9;

/// Who reports, and with which word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) speaker: Option<TextRange>,
    pub(super) cue: TextRange,
}

/// A word beside a quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) range: TextRange,
    pub(super) part: Part,
    /// The kind of the name it belongs to, and where that name stands.
    name: Option<(EntityType, TextRange)>,
}

/// A noun phrase: its words, and the one it names.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    from: usize,
    to: usize,
    range: TextRange,
    weight: Weight,
}

/// How likely it is that a phrase names somebody who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Thing,
    Described,
    Named,
    Person,
}

/// A document with its names, read for reports.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) mentions: &'a Layer<Mention>,
}

impl Reader<'_> {
    /// The words of `range`, in which each of `quoted` (in order) is one word; what stands in brackets is passed over.
    pub(super) fn words(&self, range: TextRange, quoted: &[TextRange]) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut at = range.start;
        let mut brackets = 0_u32;
        for hole in quoted {
            if hole.start >= at && hole.end <= range.end {
                self.add(TextRange::new(at, hole.start), &mut words, &mut brackets);
                words.push(Word {
                    range: *hole,
                    part: Part::Quoted,
                    name: None,
                });
                at = hole.end;
            }
        }
        self.add(
            TextRange::new(at, range.end.max(at)),
            &mut words,
            &mut brackets,
        );
        words
    }

    fn add(&self, range: TextRange, words: &mut Vec<Word>, brackets: &mut u32) {
        let text = &*self.document.text;
        let mut names = self
            .mentions
            .within(range)
            .filter(|(_, mention)| !mention.adjective)
            .peekable();
        for token in tokens(text, range) {
            match token.range.of_text(text) {
                // "Moore (D-Wis.) said".
                "(" => *brackets = 12,
                ")" => {
                    *brackets = 0;
                    continue;
                }
                "\"" | "“" | "”" | "«" | "»" | "„" | "「" | "」" | "『" | "』" => {
                    continue;
                }
                _ => {}
            }
            if *brackets > 0 {
                *brackets -= 1;
                continue;
            }
            while names
                .next_if(|(name, _)| name.end <= token.range.start)
                .is_some()
            {}
            let name = names
                .peek()
                .filter(|(name, _)| name.overlaps(token.range))
                .map(|(name, mention)| (mention.kind, *name));
            let before = words.last().map(|word| word.part);
            let mut part = part(text, token, before);
            let spelled = token.range.of_text(text);
            if name.is_some() && part != Part::Possessive {
                part = Part::Capital;
            } else if part == Part::Finite
                && words
                    .last()
                    .is_some_and(|word| word.range.of_text(text) == "to")
            {
                // "went on to say".
                part = Part::Participle;
            } else if part == Part::Small
                && spelled.ends_with('s')
                && words.last().is_some_and(|word| {
                    word.part == Part::Pronoun
                        || word
                            .name
                            .is_some_and(|(kind, _)| kind == EntityType::Person)
                            && word.part == Part::Capital
                })
            {
                // "Blige sings".
                part = Part::Verb;
            }
            words.push(Word {
                range: token.range,
                part,
                name,
            });
        }
    }

    /// The report before a quotation: `X said, “`, `stating, “`, `according to X, “`. `words` end at the opening mark.
    pub(super) fn before(&self, words: &[Word]) -> Option<Report> {
        if let Some(report) = self.according(words) {
            return Some(report);
        }
        let at = words
            .iter()
            .rposition(|word| matches!(word.part, Part::Finite | Part::Participle));
        if let Some(report) = self.owned(words, at) {
            return Some(report);
        }
        let at = at?;
        let cue = words.get(at)?;
        let speaker = match cue.part {
            Part::Finite => self.subject_of(words, at),
            _ => Self::subject_before(words, at),
        };
        Some(Report {
            speaker,
            cue: cue.range,
        })
    }

    /// "Trump's claim that", "their call for", behind the word `words[verb]`.
    fn owned(&self, words: &[Word], verb: Option<usize>) -> Option<Report> {
        let text = &*self.document.text;
        let from = verb.map_or(0, |verb| verb + 1);
        let noun = from
            + words
                .get(from..)?
                .iter()
                .rposition(|word| is_said(word.range.of_text(text)))?;
        let cue = words.get(noun)?.range;
        let back = words.get(noun.saturating_sub(4).max(from.min(noun))..noun)?;
        let at = back
            .iter()
            .rposition(|word| matches!(word.part, Part::Possessive | Part::Owner))?;
        if back
            .get(at + 1..)?
            .iter()
            .any(|word| !word.part.in_phrase())
        {
            return None;
        }
        let owner = back.get(at)?;
        let speaker = if owner.part == Part::Owner {
            owner.range
        } else {
            let end = noun.checked_sub(back.len() - at)?;
            let phrase = Self::phrase_before(words, end)?;
            phrase.range
        };
        Some(Report {
            speaker: Some(speaker),
            cue,
        })
    }

    /// The report at the end of the sentence: `“…” is ready, she said.`
    pub(super) fn trailing(&self, words: &[Word]) -> Option<Report> {
        let stop = words
            .iter()
            .position(|word| word.part == Part::Stop)
            .unwrap_or(words.len());
        let clause = words.get(..stop)?;
        for (at, _) in clause
            .iter()
            .enumerate()
            .filter(|(_, word)| word.part == Part::Comma)
        {
            let rest = clause.get(at + 1..)?;
            if let Some(report) = self.according(rest.get(..rest.len().min(3))?) {
                return Some(Report {
                    speaker: Self::subject_after(rest, 2),
                    ..report
                });
            }
            let first = rest.first()?;
            if first.part == Part::Finite {
                let speaker = Self::subject_after(rest, 1);
                if speaker.is_some() {
                    return Some(Report {
                        speaker,
                        cue: first.range,
                    });
                }
            }
            if let Some((subject, end)) = Self::subject_at(rest, 0) {
                let verb = rest
                    .iter()
                    .enumerate()
                    .skip(end)
                    .find(|(_, word)| !matches!(word.part, Part::Adverb | Part::Auxiliary));
                if let Some((_, verb)) = verb.filter(|(_, verb)| verb.part == Part::Finite) {
                    return Some(Report {
                        speaker: Some(subject),
                        cue: verb.range,
                    });
                }
            }
        }
        None
    }

    /// The name behind a dash that signs a quotation: `“…” — Ann Bee`.
    pub(super) fn signature(&self, range: TextRange) -> Option<TextRange> {
        let text = &*self.document.text;
        let behind = self.cut_right(range).of_text(text);
        let line = behind.lines().next().unwrap_or_default();
        let bare = line
            .trim_start_matches(|letter: char| letter.is_whitespace() || super::is_mark(letter));
        let signed = bare
            .strip_prefix(['—', '–', '―'])
            .or_else(|| bare.strip_prefix("--"))
            .or_else(|| bare.strip_prefix("- "))?;
        let signed = signed.trim_start();
        let start = range.start + (line.len() - signed.len()) as u32;
        let end = signed
            .find([',', '.', ';', ':', '(', '"', '“'])
            .unwrap_or(signed.len());
        let name = signed.get(..end)?.trim_end();
        let capitals = name
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase));
        let n_words = name.split_whitespace().count();
        (capitals && (1..=5).contains(&n_words))
            .then(|| TextRange::new(start, start + name.len() as u32))
    }

    /// The report after a quotation: `,” said X`, `,” X, an aide, said`, `,” according to X`. `words` start behind the closing mark.
    pub(super) fn after(&self, words: &[Word]) -> Option<Report> {
        let first = words
            .iter()
            .position(|word| !matches!(word.part, Part::Comma | Part::Quoted | Part::And))?;
        let words = words.get(first..)?;
        let stop = words
            .iter()
            .take(APPOSITION)
            .position(|word| word.part == Part::Stop)
            .unwrap_or(words.len().min(APPOSITION));
        let clause = words.get(..stop)?;
        if let Some(report) = self.according(clause.get(..clause.len().min(14))?) {
            return Some(report);
        }
        let verb = clause.iter().position(|word| word.part != Part::Adverb)?;
        let opening = clause.get(verb)?;
        if opening.part == Part::Auxiliary {
            return None;
        }
        if matches!(opening.part, Part::Finite | Part::Participle | Part::Verb) {
            let subject = Self::subject_after(clause, verb + 1);
            if opening.part == Part::Verb && subject.is_none() {
                return None;
            }
            return Some(Report {
                speaker: subject,
                cue: opening.range,
            });
        }
        let (subject, end) = Self::subject_at(clause, verb)?;
        let cue = Self::verb_after(clause, end)?;
        Some(Report {
            speaker: Some(subject),
            cue,
        })
    }

    /// The reporting verb of the subject that ends before `words[end]`: behind prepositions, an apposition, adverbs.
    fn verb_after(words: &[Word], end: usize) -> Option<TextRange> {
        let mut nested = false;
        for (index, word) in words.iter().enumerate().skip(end) {
            match word.part {
                Part::Finite => return Some(word.range),
                Part::Verb if !nested && index <= end + 2 => return Some(word.range),
                Part::Comma => nested = !nested,
                Part::Clause if !nested => return None,
                _ => {}
            }
        }
        None
    }

    /// "according to X".
    fn according(&self, words: &[Word]) -> Option<Report> {
        let text = &*self.document.text;
        let at = words
            .iter()
            .rposition(|word| word.range.of_text(text).eq_ignore_ascii_case("according"))?;
        words
            .get(at + 1)
            .filter(|word| word.range.of_text(text) == "to")?;
        Some(Report {
            speaker: Self::subject_after(words, at + 2),
            cue: words.get(at)?.range,
        })
    }

    /// The subject of the finite verb at `words[at]`.
    fn subject_of(&self, words: &[Word], at: usize) -> Option<TextRange> {
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
            Part::Comma => {
                Self::before_apposition(words, end - 1).or_else(|| Self::subject_before(words, end))
            }
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
                Self::subject_before(words, end).or(Some(head.range))
            }
            _ => Self::subject_before(words, end),
        }
    }

    /// The verb right before the phrase that starts at `words[start]`, if the phrase is its object.
    fn governing(&self, words: &[Word], start: usize) -> Option<usize> {
        let at = start.checked_sub(1)?;
        let verb = words.get(at)?;
        let object = matches!(verb.part, Part::Finite | Part::Verb)
            && !opens_clause(verb.range.of_text(&self.document.text));
        object.then_some(at)
    }

    /// "Trump said he believes “…”": who says it is named before the pronoun.
    fn beyond_pronoun(&self, words: &[Word], at: usize) -> TextRange {
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
    fn before_apposition(words: &[Word], comma: usize) -> Option<TextRange> {
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
            if let Some(phrase) = Self::phrase_before(words, open) {
                let head = Self::head(words, phrase);
                if head.weight >= Weight::Named {
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
    pub(super) fn subject_before(words: &[Word], end: usize) -> Option<TextRange> {
        let words = words.get(..end)?;
        let mut nearest: Option<(Weight, TextRange)> = None;
        let mut first: Option<TextRange> = None;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let after = at.checked_sub(1).and_then(|at| words.get(at));
            let governed = after.is_some_and(|word| word.part == Part::Preposition);
            if word.part == Part::Pronoun {
                if Self::has_verb(words, at + 1) {
                    nearest = Some((Weight::Person, word.range));
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
        nearest.map(|(_, range)| range).or(first)
    }

    /// Whether a verb follows a subject that ends before `words[at]`: behind adverbs, prepositions or an apposition.
    fn has_verb(words: &[Word], at: usize) -> bool {
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
    fn subject_after(words: &[Word], start: usize) -> Option<TextRange> {
        Self::subject_at(words, start).map(|(range, _)| range)
    }

    /// The subject that starts at `words[start]`, and where it ends.
    fn subject_at(words: &[Word], start: usize) -> Option<(TextRange, usize)> {
        let word = words.get(start)?;
        if word.part == Part::Pronoun {
            return Some((word.range, start + 1));
        }
        let phrase = Self::phrase_at(words, start)?;
        Some((phrase.range, phrase.to))
    }

    /// The noun phrase that ends before `words[end]`.
    fn phrase_before(words: &[Word], end: usize) -> Option<Phrase> {
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
    fn phrase_at(words: &[Word], start: usize) -> Option<Phrase> {
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

    fn phrase(words: &[Word], from: usize, to: usize) -> Option<Phrase> {
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
    fn head(words: &[Word], phrase: Phrase) -> Phrase {
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

    /// The one who speaks where a clause ends in a colon and has no reporting word.
    pub(super) fn opening_actor(words: &[Word]) -> Option<TextRange> {
        match words.last() {
            Some(word) if word.part == Part::Pronoun => Some(word.range),
            _ => Self::subject_before(words, words.len()),
        }
    }

    /// At most [`REACH_BYTES`] before the end of `range`.
    pub(super) fn cut_left(&self, range: TextRange) -> TextRange {
        let mut start = range.start.max(range.end.saturating_sub(REACH_BYTES));
        while !self.document.text.is_char_boundary(start as usize) {
            start += 1;
        }
        TextRange::new(start.min(range.end), range.end)
    }

    /// At most [`REACH_BYTES`] from the start of `range`.
    pub(super) fn cut_right(&self, range: TextRange) -> TextRange {
        let mut end = range.end.min(range.start.saturating_add(REACH_BYTES));
        while !self.document.text.is_char_boundary(end as usize) {
            end -= 1;
        }
        TextRange::new(range.start, end.max(range.start))
    }
}
