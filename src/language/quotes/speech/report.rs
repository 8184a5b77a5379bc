//! The reporting word and who stands beside it: before a quotation, behind it, at the end of the sentence, as a signature.

use super::super::is_mark;
use super::super::verbs::{gives_name, is_said, is_thought, opens_clause};
use super::super::words::Part;
use super::{APPOSITION, Reader, Report, Weight, Word};
use crate::text::TextRange;

impl Reader<'_> {
    /// The report before a quotation: `X said, “`, `stating, “`, `according to X, “`. `words` end at the opening mark.
    pub(in crate::language::quotes) fn before(&self, words: &[Word]) -> Option<Report> {
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
            _ => Self::own_subject(words, at).or_else(|| self.subject_before(words, at)),
        };
        let report = Report {
            speaker,
            cue: cue.range,
        };
        Some(self.outer(words, at, report).unwrap_or(report))
    }

    /// "They parted, Bee saying “…”", "footage of Bee saying “…”": the person right before the participle `words[at]`.
    fn own_subject(words: &[Word], at: usize) -> Option<TextRange> {
        let phrase = Self::phrase_before(words, at)?;
        (phrase.weight == Weight::Person).then_some(phrase.range)
    }

    /// "Bee says if people think it is “…”", "Bee says she would call it “…”", "Bee says he left and says “…”": who says so is named further left.
    fn outer(&self, words: &[Word], at: usize, inner: Report) -> Option<Report> {
        let text = &*self.document.text;
        let cue = words.get(at)?.range.of_text(text);
        let before = at.checked_sub(1).and_then(|at| words.get(at))?;
        let is_modal = before.part == Part::Auxiliary
            && matches!(
                before.range.of_text(text),
                "will"
                    | "would"
                    | "could"
                    | "should"
                    | "can"
                    | "may"
                    | "might"
                    | "'d"
                    | "’d"
                    | "'ll"
                    | "’ll"
            );
        let goes_on = before.part == Part::And && opens_clause(cue);
        if !is_modal && !goes_on && !is_thought(cue) {
            return None;
        }
        let outer = words.get(..at)?.iter().rposition(|word| {
            let word_text = word.range.of_text(text);
            word.part == Part::Finite && opens_clause(word_text) && !is_thought(word_text)
        })?;
        let between = words.get(outer..at)?;
        if between.iter().any(|word| word.part == Part::Stop) {
            return None;
        }
        let outer_cue = words.get(outer)?.range;
        inner
            .speaker
            .filter(|speaker| speaker.start > outer_cue.start)?;
        Some(Report {
            speaker: Some(self.subject_of(words, outer)?),
            cue: outer_cue,
        })
    }

    /// Whether the quotation is a name that is given: "called him “…”".
    pub(in crate::language::quotes) fn gives_name(&self, words: &[Word]) -> bool {
        let text = &*self.document.text;
        let verb = words
            .iter()
            .rposition(|word| matches!(word.part, Part::Finite | Part::Participle));
        let Some((verb, named)) = verb.and_then(|at| Some((words.get(at)?, words.get(at + 1..)?)))
        else {
            return false;
        };
        gives_name(verb.range.of_text(text))
            && named.iter().all(|word| {
                word.part.in_phrase()
                    || matches!(word.part, Part::Object | Part::Preposition | Part::Pronoun)
                    || word.range.of_text(text) == "as"
            })
    }

    /// "Trump's claim that", "their call for", behind the word `words[verb]`.
    pub(super) fn owned(&self, words: &[Word], verb: Option<usize>) -> Option<Report> {
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
        let phrase = match owner.part {
            Part::Owner => None,
            _ => Some(Self::phrase_before(
                words,
                noun.checked_sub(back.len() - at)?,
            )?),
        };
        let start = match phrase {
            Some(phrase) => phrase.from,
            None => noun.checked_sub(back.len() - at)?,
        };
        if verb.is_some() {
            // "said that Bee's comments “…”", "said her note was “…”": the subject of what was said.
            let before = start.checked_sub(1).and_then(|at| words.get(at));
            let is_subject = before.is_some_and(|word| word.range.of_text(text) == "that");
            let mut behind = words.get(noun + 1..)?.iter();
            if is_subject || behind.any(|word| word.part.is_verb() || word.part == Part::Pronoun) {
                return None;
            }
        }
        let speaker = match phrase {
            Some(phrase) => phrase.range,
            // "Bee repeated his promise of “…”".
            None => self
                .subject_before(words, noun)
                .filter(|subject| subject.end <= owner.range.start)
                .unwrap_or(owner.range),
        };
        Some(Report {
            speaker: Some(speaker),
            cue,
        })
    }

    /// The report at the end of the sentence: `“…” is ready, she said.`
    pub(in crate::language::quotes) fn trailing(&self, words: &[Word]) -> Option<Report> {
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
            return None;
        }
        if matches!(opening.part, Part::Finite | Part::Participle | Part::Verb) {
            let subject = match opening.part {
                // "“…,” adding the report was late": what is added, not who adds it.
                Part::Participle => None,
                _ => Self::subject_after(clause, verb + 1).or_else(|| {
                    // "“…,” said retired general Ann Bee".
                    let adjective = clause.get(verb + 1)?.part;
                    matches!(adjective, Part::Verb | Part::Participle | Part::Gerund)
                        .then(|| Self::subject_after(clause, verb + 2))
                        .flatten()
                }),
            };
            if opening.part == Part::Verb && subject.is_none() {
                return None;
            }
            return Some(Report {
                speaker: subject,
                cue: opening.range,
            });
        }
        // "“…” the dawn of it all, Bee said".
        if opening.part != Part::Pronoun
            && Self::phrase_at(clause, verb).is_some_and(|phrase| phrase.weight < Weight::Named)
            && let Some(report) = self.trailing(clause)
        {
            return Some(report);
        }
        let (subject, end) = Self::subject_at(clause, verb)?;
        let cue = Self::verb_after(clause, end)?;
        Some(Report {
            speaker: Some(subject),
            cue,
        })
    }

    /// The reporting verb of the subject that ends before `words[end]`: behind prepositions, an apposition, adverbs.
    pub(super) fn verb_after(words: &[Word], end: usize) -> Option<TextRange> {
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
    pub(super) fn according(&self, words: &[Word]) -> Option<Report> {
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
}
