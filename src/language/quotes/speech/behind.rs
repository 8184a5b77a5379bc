//! The reporting word behind a quotation and who stands beside it: right behind, at the end of the sentence, as a signature.

use super::super::is_mark;
use super::super::verbs::{is_view, told_to};
use super::super::words::Part;
use super::{APPOSITION, Reader, Report, Weight, Word};
use crate::text::TextRange;

impl Reader<'_> {
    /// The report at the end of the sentence: `“…” is ready, she said.`
    pub(in crate::language::quotes) fn trailing(&self, words: &[Word]) -> Option<Report> {
        let text = &*self.document.text;
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
                    speaker: self.subject_after(rest, 2),
                    ..report
                });
            }
            if let Some(report) = self.in_view(rest) {
                return Some(report);
            }
            let first = rest.first()?;
            if first.part == Part::Finite && !told_to(first.range.of_text(text)) {
                let speaker = self.subject_after(rest, 1);
                if speaker.is_some() {
                    return Some(Report {
                        speaker,
                        cue: first.range,
                        passive: false,
                    });
                }
            }
            if let Some((subject, end)) = self.subject_at(rest, 0) {
                let verb = rest
                    .iter()
                    .enumerate()
                    .skip(end)
                    .find(|(_, word)| !matches!(word.part, Part::Adverb | Part::Auxiliary));
                if let Some((_, verb)) = verb.filter(|(_, verb)| verb.part == Part::Finite) {
                    return Some(Report {
                        speaker: Some(subject),
                        cue: verb.range,
                        passive: false,
                    });
                }
            }
        }
        None
    }

    /// The name behind a dash that signs a quotation: `“…” — Ann Bee`.
    pub(in crate::language::quotes) fn signature(&self, range: TextRange) -> Option<TextRange> {
        let text = &*self.document.text;
        let behind = self.cut_right(range).of_text(text);
        let line = behind.lines().next().unwrap_or_default();
        let bare =
            line.trim_start_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
        let signed = bare
            .strip_prefix(['—', '–', '―'])
            .or_else(|| bare.strip_prefix("--"))
            .or_else(|| bare.strip_prefix("- "))?;
        let signed = signed.trim_start();
        let start = range.start + (line.len() - signed.len()) as u32;
        self.name(TextRange::new(start, range.end.max(start)))
    }

    /// The name a line begins with, if what stands there is written like one.
    pub(in crate::language::quotes) fn name(&self, range: TextRange) -> Option<TextRange> {
        let line = self.cut_right(range).of_text(&self.document.text);
        let signed = line.lines().next().unwrap_or_default();
        let start = range.start;
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
    pub(in crate::language::quotes) fn after(&self, words: &[Word]) -> Option<Report> {
        let text = &*self.document.text;
        let mut first = words
            .iter()
            .enumerate()
            .position(|(at, word)| match word.part {
                Part::Comma | Part::Quoted => false,
                // "“…” and “…,” he said"; but "“…” and said" goes on with something else.
                Part::And => words
                    .get(at + 1)
                    .is_none_or(|next| next.part != Part::Quoted),
                _ => true,
            })?;
        if words.get(first)?.part == Part::And {
            return None;
        }
        // "“…,” as Bee said".
        first += usize::from(words.get(first)?.range.of_text(text) == "as");
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
            // "“…,” was all Bee would say".
            let all = clause.get(verb + 1)?.range.of_text(text);
            let (subject, _) = matches!(all, "all" | "what" | "how")
                .then(|| self.subject_at(clause, verb + 2))
                .flatten()?;
            return Some(Report {
                speaker: Some(subject),
                cue: opening.range,
                passive: false,
            });
        }
        if let Some(report) = Self::in_other_words(clause, verb) {
            return Some(report);
        }
        if matches!(opening.part, Part::Finite | Part::Participle | Part::Verb) {
            let subject = match opening.part {
                // "“…,” adding the report was late": what is added, not who adds it.
                Part::Participle => None,
                _ => self.subject_after(clause, verb + 1).or_else(|| {
                    // "“…,” said retired general Ann Bee".
                    let adjective = clause.get(verb + 1)?.part;
                    matches!(adjective, Part::Verb | Part::Participle | Part::Gerund)
                        .then(|| self.subject_after(clause, verb + 2))
                        .flatten()
                }),
            };
            if opening.part == Part::Verb
                && Self::phrase_at(clause, verb + 1)
                    .is_none_or(|phrase| phrase.weight < Weight::Named)
                && subject.is_none_or(|subject| !self.is_person(subject))
            {
                return None;
            }
            return Some(Report {
                speaker: subject,
                cue: opening.range,
                passive: false,
            });
        }
        // "“…” the dawn of it all, Bee said".
        if opening.part != Part::Pronoun
            && Self::phrase_at(clause, verb).is_some_and(|phrase| phrase.weight < Weight::Named)
            && let Some(report) = self.trailing(clause)
        {
            return Some(report);
        }
        let (subject, end) = self.subject_at(clause, verb)?;
        let cue = Self::verb_after(clause, end)?;
        let quoted = clause.iter().position(|word| word.range == cue);
        let speaker = quoted.and_then(|at| self.quoted_as(clause, at));
        Some(Report {
            speaker: speaker.or(Some(subject)),
            cue,
            passive: false,
        })
    }

    /// "the paper quoted Bee as saying": whom the verb `words[at]` quotes.
    pub(super) fn quoted_as(&self, words: &[Word], at: usize) -> Option<TextRange> {
        let text = &*self.document.text;
        let verb = words.get(at)?.range.of_text(text);
        if !matches!(verb, "quote" | "quotes" | "quoted" | "quoting") {
            return None;
        }
        let phrase = Self::phrase_at(words, at + 1)?;
        let next = words.get(phrase.to).map(|word| word.range.of_text(text));
        matches!(next, Some("as" | ":")).then_some(phrase.range)
    }

    /// "«…», rief Bee.": a word this program does not know, then a person and the end.
    fn in_other_words(words: &[Word], at: usize) -> Option<Report> {
        let verb = words.get(at).filter(|word| word.part == Part::Small)?;
        let phrase = Self::phrase_at(words, at + 1)?;
        let closed = words
            .get(phrase.to)
            .is_none_or(|word| matches!(word.part, Part::Comma | Part::Stop));
        (phrase.weight == Weight::Person && phrase.to == at + 2 && closed).then_some(Report {
            speaker: Some(phrase.range),
            cue: verb.range,
            passive: false,
        })
    }

    /// The reporting verb of the subject that ends before `words[end]`: behind prepositions, an apposition, adverbs.
    pub(super) fn verb_after(words: &[Word], end: usize) -> Option<TextRange> {
        let mut nested = false;
        for (index, word) in words.iter().enumerate().skip(end) {
            match word.part {
                Part::Finite => return Some(word.range),
                // "Bee quipped"; not "Bee has now set".
                Part::Verb
                    if !nested
                        && words.get(end..index).is_some_and(|between| {
                            between.iter().all(|word| word.part == Part::Adverb)
                        }) =>
                {
                    return Some(word.range);
                }
                Part::Comma => nested = !nested,
                Part::Clause if !nested => return None,
                _ => {}
            }
        }
        None
    }

    /// "by X", where `words` begin with it.
    pub(in crate::language::quotes) fn agent(&self, words: &[Word]) -> Option<TextRange> {
        let first = words.first()?;
        (first.range.of_text(&self.document.text) == "by")
            .then(|| self.subject_after(words, 1))
            .flatten()
    }

    /// "in X’s view", "in X’s words", where `words` begin with it.
    pub(super) fn in_view(&self, words: &[Word]) -> Option<Report> {
        let text = &*self.document.text;
        if words.first()?.range.of_text(text) != "in" {
            return None;
        }
        let noun = words
            .iter()
            .take(8)
            .position(|word| is_view(word.range.of_text(text)))?;
        let owner = noun.checked_sub(1).and_then(|at| words.get(at))?;
        let speaker = match owner.part {
            Part::Owner => owner.range,
            Part::Possessive => Self::phrase_before(words, noun - 1)?.range,
            _ => return None,
        };
        Some(Report {
            speaker: Some(speaker),
            cue: words.get(noun)?.range,
            passive: false,
        })
    }

    /// "according to X".
    pub(super) fn according(&self, words: &[Word]) -> Option<Report> {
        let text = &*self.document.text;
        let at = words
            .iter()
            .rposition(|word| word.range.of_text(text).eq_ignore_ascii_case("according"))?;
        words
            .get(at + 1)
            .filter(|word| word.range.of_text(text) == "to")?;
        Some(Report {
            speaker: self.subject_after(words, at + 2),
            cue: words.get(at)?.range,
            passive: false,
        })
    }
}
