//! The reporting word before a quotation and who stands beside it; what stands behind is read in `behind`.

use super::super::verbs::{comes_first, gives_name, has_object, is_said, is_thought, opens_clause};
use super::super::words::Part;
use super::{Reader, Report, Weight, Word};
use crate::language::entities::EntityType;
use crate::text::TextRange;

impl Reader<'_> {
    /// The report before a quotation: `X said, “`, `stating, “`, `according to X, “`. `words` end at the opening mark.
    pub(in crate::language::quotes) fn before(&self, words: &[Word]) -> Option<Report> {
        if let Some(report) = self.according(words) {
            return Some(report);
        }
        let view = words
            .iter()
            .rposition(|word| word.range.of_text(&self.document.text) == "in");
        if let Some(report) = view.and_then(|at| self.in_view(words.get(at..)?)) {
            return Some(report);
        }
        let at = self.last_cue(words);
        if let Some(report) = self.owned(words, at).or_else(|| self.aside(words)) {
            return Some(report);
        }
        let at = at?;
        let cue = words.get(at)?;
        if let Some(report) = self.passive(words, at) {
            return Some(report);
        }
        // "the paper quoted Bee as saying, “…”", "Bee quoted Dee: “…”".
        let quoted = words
            .get(..=at)?
            .iter()
            .rposition(|word| word.range.of_text(&self.document.text).starts_with("quot"));
        if let Some(speaker) = quoted.and_then(|quoted| self.quoted_as(words, quoted)) {
            return Some(Report {
                speaker: Some(speaker),
                cue: cue.range,
                passive: false,
            });
        }
        let speaker = match cue.part {
            Part::Finite => self
                .inverted(words, at)
                .or_else(|| self.subject_of(words, at)),
            _ => self
                .own_subject(words, at)
                .or_else(|| self.subject_before(words, at)),
        };
        let report = Report {
            speaker,
            cue: cue.range,
            passive: false,
        };
        Some(self.outer(words, at, report).unwrap_or(report))
    }

    /// The reporting word nearest to the end of `words`; one in a clause that is closed before reports something else ("When Bee spoke, they …", "Bee, who called it late, …").
    fn last_cue(&self, words: &[Word]) -> Option<usize> {
        let text = &*self.document.text;
        let mut end = words.len();
        loop {
            let at = words
                .get(..end)?
                .iter()
                .rposition(|word| matches!(word.part, Part::Finite | Part::Participle))?;
            let lead = words.get(..at)?;
            let open = lead
                .iter()
                .rposition(|word| matches!(word.part, Part::Comma | Part::Stop))
                .map_or(0, |comma| comma + 1);
            let opener = lead.get(open);
            let relative = open > 0
                && opener.is_some_and(|word| {
                    matches!(word.range.of_text(text), "who" | "which" | "whom")
                });
            let opening = open == 0
                && opener.is_some_and(|word| {
                    matches!(
                        word.range.of_text(text),
                        "When"
                            | "After"
                            | "As"
                            | "While"
                            | "If"
                            | "Although"
                            | "Because"
                            | "Before"
                            | "Since"
                            | "Though"
                    )
                });
            let close = words
                .get(at + 1..)?
                .iter()
                .position(|word| word.part == Part::Comma)
                .map(|comma| at + 1 + comma);
            // What follows is a clause of its own, no mere way to the quotation.
            let goes_on = close.is_some_and(|close| {
                words.get(close + 1..).is_some_and(|rest| {
                    let opens = rest.first().is_some_and(|word| word.part != Part::Quoted);
                    opens && rest.iter().any(|word| word.part.is_verb())
                })
            });
            // "As Bee said, it was “…”" reports what follows.
            let reports = opener.is_some_and(|word| word.range.of_text(text) == "As")
                && close.is_some_and(|close| close <= at + 2)
                && words.get(at).is_some_and(|word| {
                    let verb = word.range.of_text(text);
                    opens_clause(verb) || matches!(verb, "put" | "puts")
                });
            if self.reports(words, at) && (!goes_on || reports || !(relative || opening)) {
                return Some(at);
            }
            end = at;
        }
    }

    /// Whether the verb `words[at]` may report: "add to the load" and "went home" do not.
    fn reports(&self, words: &[Word], at: usize) -> bool {
        let text = &*self.document.text;
        let spelled = |at: usize| words.get(at).map_or("", |word| word.range.of_text(text));
        match spelled(at) {
            "add" | "adds" | "added" | "adding" => spelled(at + 1) != "to",
            "went" => spelled(at + 1) == "on",
            _ => true,
        }
    }

    /// "CNN, Bee said, called it", "The paradox, says Ann Bee, is that": who says so stands between commas.
    fn aside(&self, words: &[Word]) -> Option<Report> {
        let text = &*self.document.text;
        let commas: Vec<usize> = words
            .iter()
            .enumerate()
            .filter(|(_, word)| word.part == Part::Comma)
            .map(|(at, _)| at)
            .collect();
        commas.windows(2).rev().find_map(|pair| {
            let inside = words.get(pair.first()? + 1..*pair.last()?)?;
            if inside.len() > 8 {
                return None;
            }
            let first = inside.first()?;
            let (speaker, cue) = if comes_first(first.range.of_text(text)) {
                let (subject, end) = self.subject_at(inside, 1)?;
                (end == inside.len()).then_some((subject, first))?
            } else {
                let (subject, end) = self.subject_at(inside, 0)?;
                let rest = inside.get(end..)?;
                let verb = rest.iter().position(|word| word.part != Part::Adverb)?;
                let cue = rest.get(verb)?;
                let behind = rest.get(verb + 1..)?;
                let bare = behind.iter().all(|word| {
                    matches!(word.part, Part::Capital | Part::Adverb | Part::Preposition)
                });
                (cue.part == Part::Finite && bare).then_some((subject, cue))?
            };
            opens_clause(cue.range.of_text(text)).then_some(Report {
                speaker: Some(speaker),
                cue: cue.range,
                passive: false,
            })
        })
    }

    /// "But, said Ann Bee, “…”": the subject stands between the verb `words[at]` and a comma.
    fn inverted(&self, words: &[Word], at: usize) -> Option<TextRange> {
        let verb = words.get(at)?.range.of_text(&self.document.text);
        if !comes_first(verb) {
            return None;
        }
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let opens = before.is_none_or(|word| matches!(word.part, Part::Comma | Part::Stop));
        let (subject, end) = self.subject_at(words, at + 1)?;
        let closes = words
            .get(end)
            .is_some_and(|word| matches!(word.part, Part::Comma | Part::Stop));
        (opens && closes).then_some(subject)
    }

    /// "Bee was asked by Dee, “…”", "has been called “…”": whoever says so is not the subject.
    fn passive(&self, words: &[Word], at: usize) -> Option<Report> {
        let text = &*self.document.text;
        let cue = words.get(at)?;
        let spelled = cue.range.of_text(text);
        let mut lead = words.get(..at)?.iter().rev();
        let auxiliary = lead.find(|word| word.part != Part::Adverb)?;
        let is_passive = matches!(
            auxiliary.range.of_text(text),
            "is" | "are" | "was" | "were" | "be" | "been" | "being"
        );
        if !is_passive || !has_object(spelled) {
            return None;
        }
        let by = words.get(at + 1).map(|word| word.range.of_text(text));
        Some(Report {
            speaker: (by == Some("by"))
                .then(|| self.subject_after(words, at + 2))
                .flatten(),
            cue: cue.range,
            passive: true,
        })
    }

    /// "They parted, Bee saying “…”", "footage of Bee saying “…”": the person right before the participle `words[at]`.
    fn own_subject(&self, words: &[Word], at: usize) -> Option<TextRange> {
        let lead = words.get(..at)?;
        let end = lead.iter().rposition(|word| word.part != Part::Adverb)? + 1;
        let phrase = Self::phrase_before(words, end)?;
        // "with many in the crowd chanting".
        let with = phrase.from.checked_sub(1).and_then(|at| words.get(at));
        let with = with.is_some_and(|word| word.range.of_text(&self.document.text) == "with");
        let least = if with {
            Weight::Described
        } else {
            Weight::Person
        };
        (phrase.weight >= least).then_some(phrase.range)
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
        let goes_on = before.part == Part::And;
        // "Bee said officials he spoke with warned": a pronoun inside what is said.
        let is_pronoun = inner.speaker.is_some_and(|speaker| {
            let own = words.iter().rposition(|word| word.range == speaker);
            let lead = own.and_then(|own| words.get(..own)).unwrap_or_default();
            let mut back = lead.iter().rev();
            let (last, before) = (back.next(), back.next());
            // "…, which he called “…”", "…, although he said “…”": no longer inside what is said.
            let aside = last.is_some_and(|last| {
                matches!(last.range.of_text(text), "which" | "whom")
                    || (last.part == Part::Clause
                        && before.is_some_and(|before| before.part == Part::Comma))
            });
            !aside && matches!(speaker.of_text(text), "he" | "she" | "they" | "it")
        });
        if !is_modal && !goes_on && !is_thought(cue) && !is_pronoun {
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
            passive: false,
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
            let is_subject = before.is_some_and(|word| {
                let spelled = word.range.of_text(text);
                let says = matches!(word.part, Part::Finite | Part::Participle);
                spelled == "that" || (says && opens_clause(spelled))
            });
            // "by Bee's conclusion that it was “…”": what the noun says.
            let that = words
                .get(noun + 1)
                .is_some_and(|word| word.range.of_text(text) == "that");
            let mut behind = words.get(noun + 1..)?.iter().filter(|_| !that);
            // "Bee denounced her remarks as “…”".
            if is_subject
                || behind.any(|word| {
                    word.part.is_verb()
                        || word.part == Part::Pronoun
                        || word.range.of_text(text) == "as"
                })
            {
                return None;
            }
        }
        let speaker = match phrase {
            Some(phrase) => phrase.range,
            // "Bee repeated his promise of “…”".
            None => self
                .subject_before(words, noun)
                .filter(|subject| subject.end <= owner.range.start && self.is_person(*subject))
                .unwrap_or(owner.range),
        };
        Some(Report {
            speaker: Some(speaker),
            cue,
            passive: false,
        })
    }

    /// Whether the words name a person or stand for one.
    pub(super) fn is_person(&self, range: TextRange) -> bool {
        let spelled = range.of_text(&self.document.text).to_lowercase();
        matches!(spelled.as_str(), "he" | "she" | "they" | "we" | "i" | "who")
            || self
                .mentions
                .within(range)
                .any(|(_, mention)| mention.kind == EntityType::Person)
    }
}
