//! The words around a quotation: reporting words, pronouns, and who is the subject.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::document::Document;
use crate::language::entities::{EntityType, Mention};
use crate::language::token::{Token, TokenKind, tokens};
use crate::text::{Layer, TextRange};

/// At most this many tokens to either side are looked at.
const REACH: usize = 48;
/// At most this many bytes to either side are looked at.
const REACH_BYTES: u32 = 600;

/// Who reports, and with which word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) speaker: Option<TextRange>,
    pub(super) cue: TextRange,
}

/// A document with its names, read for reports.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) mentions: &'a Layer<Mention>,
}

fn cues() -> &'static HashSet<&'static str> {
    static CUES: OnceLock<HashSet<&'static str>> = OnceLock::new();
    CUES.get_or_init(|| {
        include_str!("../../../assets/language/cues.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect()
    })
}

/// What a word does in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A finite reporting word.
    Finite,
    /// "saying", "adding".
    Participle,
    /// A pronoun that can speak.
    Pronoun,
    /// Between subject and verb: auxiliaries and adverbs.
    Between,
    /// Starts a new clause.
    Clause,
    /// Before a noun that is no subject.
    Preposition,
    Comma,
    Other,
}

fn role(text: &str, token: Token) -> Role {
    let spelled = token.range.of_text(text);
    if token.kind == TokenKind::Mark {
        return if matches!(spelled, "," | "—" | "–" | "-" | "(" | ")") {
            Role::Comma
        } else {
            Role::Clause
        };
    }
    let lower = spelled.to_ascii_lowercase();
    match lower.as_str() {
        "he" | "she" | "they" | "i" | "we" | "who" | "it" => Role::Pronoun,
        "has" | "had" | "have" | "also" | "then" | "later" | "once" | "reportedly" | "was"
        | "is" | "would" | "will" | "again" | "further" | "even" | "repeatedly" | "recently"
        | "did" | "not" | "as" | "being" | "were" | "are" | "been" | "be" => Role::Between,
        "that" | "and" | "but" | "when" | "after" | "because" | "while" | "if" | "although"
        | "so" | "where" | "which" | "before" | "though" => Role::Clause,
        "in" | "of" | "for" | "from" | "at" | "on" | "with" | "by" | "to" | "during" | "about"
        | "against" | "over" | "near" | "into" => Role::Preposition,
        word if cues().contains(word) => {
            // "United States", "the states": capitalised or after "the" they are no verbs; capitals open sentences only in participles.
            if spelled.starts_with(char::is_uppercase) && !word.ends_with("ing") {
                Role::Other
            } else if word.ends_with("ing") {
                Role::Participle
            } else {
                Role::Finite
            }
        }
        word if word.ends_with("ly") => Role::Between,
        _ => Role::Other,
    }
}

impl Reader<'_> {
    fn roles(&self, range: TextRange) -> Vec<(Token, Role)> {
        let text = &self.document.text;
        // "Moore (D-Wis.) said": what stands in brackets is passed over.
        let mut brackets = false;
        tokens(text, range)
            .filter(|token| {
                let mark = token.range.of_text(text);
                brackets = (brackets || mark == "(") && mark != ")";
                !brackets && mark != ")"
            })
            .map(|token| (token, role(text, token)))
            .collect()
    }

    /// The report before a quotation: `X said, “`, `stating, “`, `According to X, “`. `left` ends at the opening mark.
    pub(super) fn before(&self, left: TextRange) -> Option<Report> {
        let left = self.cut_left(left);
        let all = self.roles(left);
        let words = all.get(all.len().saturating_sub(REACH)..)?;
        if let Some(report) = self.according(words) {
            return Some(report);
        }
        let at = words
            .iter()
            .rposition(|(_, role)| matches!(role, Role::Finite | Role::Participle))?;
        let (cue, kind) = words.get(at)?;
        let mut end = at;
        if *kind == Role::Participle {
            // "X met Y, adding": the subject is that of the clause the participle hangs on.
            let finite = words
                .get(..at)?
                .iter()
                .rposition(|(_, role)| *role == Role::Finite);
            end = finite.unwrap_or(0);
            if finite.is_none() {
                return Some(Report {
                    speaker: self.first_actor(words, at),
                    cue: cue.range,
                });
            }
        }
        Some(Report {
            speaker: self
                .subject_before(words, end)
                .or_else(|| self.first_actor(words, at)),
            cue: cue.range,
        })
    }

    /// The report after a quotation: `,” said X`, `,” X, an aide, said`, `,” according to X`. `right` starts behind the closing mark.
    pub(super) fn after(&self, right: TextRange) -> Option<Report> {
        let right = self.cut_right(right);
        let all = self.roles(right);
        let words = all.get(..all.len().min(REACH))?;
        let first = words.iter().position(|(_, role)| *role != Role::Comma)?;
        let words = words.get(first..)?;
        if let Some(report) = words
            .get(..words.len().min(3))
            .and_then(|_| self.according(words.get(..words.len().min(14))?))
        {
            return Some(report);
        }
        let stop = words
            .iter()
            .take(24)
            .position(|(token, role)| *role == Role::Clause && token.kind == TokenKind::Mark);
        let clause = words.get(..stop.unwrap_or(words.len().min(24)))?;
        let at = clause
            .iter()
            .position(|(_, role)| matches!(role, Role::Finite | Role::Participle))?;
        let (cue, _) = clause.get(at)?;
        let only_adverbs = clause
            .get(..at)?
            .iter()
            .all(|(_, role)| *role == Role::Between);
        let speaker = if only_adverbs {
            self.subject_after(clause, at + 1)
        } else if clause
            .get(..at)?
            .iter()
            .any(|(token, role)| *role == Role::Clause && token.kind == TokenKind::Word)
        {
            return None;
        } else {
            self.subject_before(clause, at)
        };
        Some(Report {
            speaker,
            cue: cue.range,
        })
    }

    /// "according to X".
    fn according(&self, words: &[(Token, Role)]) -> Option<Report> {
        let text = &self.document.text;
        let at = words
            .iter()
            .rposition(|(token, _)| token.range.of_text(text).eq_ignore_ascii_case("according"))?;
        words
            .get(at + 1)
            .filter(|(token, _)| token.range.of_text(text) == "to")?;
        let (cue, _) = words.get(at)?;
        Some(Report {
            speaker: self.subject_after(words, at + 2),
            cue: cue.range,
        })
    }

    /// The subject that ends before `words[end]`, the verb.
    fn subject_before(&self, words: &[(Token, Role)], end: usize) -> Option<TextRange> {
        let mut end = end;
        while end > 0
            && words
                .get(end - 1)
                .is_some_and(|(_, role)| *role == Role::Between)
        {
            end -= 1;
        }
        if words.get(end.checked_sub(1)?)?.1 == Role::Comma {
            // "Smith, an aide, said": the subject stands before the apposition.
            let open = words
                .get(..end - 1)?
                .iter()
                .rposition(|(_, role)| matches!(role, Role::Comma | Role::Clause));
            if let Some(open) = open.filter(|open| {
                *open > 0
                    && words
                        .get(*open)
                        .is_some_and(|(_, role)| *role == Role::Comma)
            }) {
                end = open;
            } else {
                end -= 1;
            }
        }
        if let Some((token, Role::Pronoun)) = words.get(end.checked_sub(1)?) {
            return Some(token.range);
        }
        let mut start = end;
        while start > 0
            && words
                .get(start - 1)
                .is_some_and(|(_, role)| matches!(role, Role::Other | Role::Preposition))
        {
            start -= 1;
        }
        self.actor(words.get(start..end)?)
    }

    /// The subject that starts at `words[start]`, behind the verb.
    fn subject_after(&self, words: &[(Token, Role)], start: usize) -> Option<TextRange> {
        let rest = words.get(start..)?;
        if let Some((token, Role::Pronoun)) = rest.first() {
            return Some(token.range);
        }
        let end = rest
            .iter()
            .take(14)
            .position(|(_, role)| !matches!(role, Role::Other | Role::Preposition))
            .unwrap_or(rest.len().min(14));
        self.actor(rest.get(..end)?)
    }

    /// The person, body or noun phrase that acts in a stretch of words.
    fn actor(&self, words: &[(Token, Role)]) -> Option<TextRange> {
        let (first, last) = (words.first()?, words.last()?);
        let all = first.0.range.union(last.0.range);
        let inside = |kind: EntityType| {
            self.mentions.within(all).filter(move |(range, mention)| {
                mention.kind == kind && !mention.adjective && all.covers(*range)
            })
        };
        if let Some((range, _)) = inside(EntityType::Person).last() {
            return Some(*range);
        }
        // What stands behind a preposition is no subject; the noun phrase before it is.
        let end = words
            .iter()
            .position(|(_, role)| *role == Role::Preposition)
            .filter(|at| *at > 0)
            .unwrap_or(words.len());
        let start = words
            .iter()
            .take(end)
            .position(|(token, _)| token.kind != TokenKind::Mark)?;
        let phrase = words
            .get(start..end)?
            .first()?
            .0
            .range
            .union(words.get(start..end)?.last()?.0.range);
        let named = inside(EntityType::Org)
            .chain(inside(EntityType::Place))
            .find(|(range, _)| range.end == phrase.end && phrase.covers(*range));
        Some(named.map_or(phrase, |(range, _)| *range))
    }

    /// The first that can act in a clause: a pronoun, a person, else the noun phrase it opens with.
    fn first_actor(&self, words: &[(Token, Role)], end: usize) -> Option<TextRange> {
        let words = words.get(..end)?;
        let all = words.first()?.0.range.union(words.last()?.0.range);
        if let Some((token, _)) = words.first().filter(|(_, role)| *role == Role::Pronoun) {
            return Some(token.range);
        }
        let person = self
            .mentions
            .within(all)
            .find(|(range, mention)| mention.kind == EntityType::Person && all.covers(*range));
        if let Some((range, _)) = person {
            return Some(*range);
        }
        let end = words
            .iter()
            .position(|(_, role)| !matches!(role, Role::Other))
            .unwrap_or(words.len());
        self.actor(words.get(..end)?)
    }

    /// The one who speaks where a clause ends in a colon and has no reporting word.
    pub(super) fn opening_actor(&self, left: TextRange) -> Option<TextRange> {
        let all = self.roles(self.cut_left(left));
        if let Some((token, Role::Pronoun)) = all.last() {
            return Some(token.range);
        }
        self.first_actor(&all, all.len())
    }

    fn cut_left(&self, left: TextRange) -> TextRange {
        let mut start = left.start.max(left.end.saturating_sub(REACH_BYTES));
        while !self.document.text.is_char_boundary(start as usize) {
            start += 1;
        }
        TextRange::new(start, left.end)
    }

    fn cut_right(&self, right: TextRange) -> TextRange {
        let mut end = right.end.min(right.start.saturating_add(REACH_BYTES));
        while !self.document.text.is_char_boundary(end as usize) {
            end -= 1;
        }
        TextRange::new(right.start, end)
    }
}
