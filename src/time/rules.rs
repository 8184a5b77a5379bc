//! The rules that say which tokens are a temporal expression, and their matcher.
//!
//! In: `assets/time/en.rules`, compiled once. Out: [`Rules::longest`], the longest match that starts at a token. What a match means is in `resolve.rs`.

use std::sync::LazyLock;

use super::fields::{Build, Fields, Quantity};
use super::lexicon::{self as lex, Classes, ENGLISH, Lexicon, Marks};
use super::pattern::{Element, Step, firsts, steps};
use super::quantity;
use super::token::{Gap, Token};
use super::work;

/// A condition on the neighbours of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// None.
    Free,
    /// The number reads as a year where it stands.
    Year,
    /// No noun follows that the phrase would describe.
    Alone,
    /// The number is an ordinal and no noun follows that it would count.
    Ordinal,
    /// The number is a year, not the first word of a name ("the 2014 Winter Games").
    Whole,
    /// The clause ends there.
    Ends,
    /// The word before the unit only describes it ("two bloody weeks").
    Described,
    /// The figures are those of the day New York was attacked.
    Attack,
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) build: Build,
    pub(super) guard: Guard,
    steps: Vec<Step>,
}

/// A match: token numbers, `from..to` for the phrase and `past` for where matching goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'a> {
    pub(super) rule: &'a Rule,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) fields: Fields,
}

/// The compiled table.
#[derive(Debug)]
pub(super) struct Rules {
    all: Vec<Rule>,
    /// Rules that can start with a word of the lexicon.
    by_word: Vec<Vec<u16>>,
    /// Rules that can start with a number, by class and by mark.
    by_class: Vec<Vec<u16>>,
    by_mark: Vec<Vec<u16>>,
}

/// The English rules.
pub(super) static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../assets/time/en.rules"), &ENGLISH));

/// Classes and marks of tokens that are numbers, which have no word of their own.
const NUMERIC: Classes = lex::NUM | lex::DAY | lex::YEAR | lex::YEAR2 | lex::ORD | lex::COUNT;
const NUMERIC_MARKS: Marks = lex::CLOCK
    | lex::CLOCK4
    | lex::HOUR
    | lex::FULLDATE
    | lex::YEARMONTH
    | lex::YEAR3
    | lex::DECADENUM
    | lex::DECIMAL
    | lex::FRACTION;

/// Classes whose values count even where the pattern names the word itself.
const SAYS_DIRECTION: Classes = lex::FOLLOW | lex::LATER | lex::SPAN;

impl Rules {
    fn parse(table: &'static str, lexicon: &Lexicon) -> Self {
        let mut macros: Vec<(&str, String)> = Vec::new();
        let mut rules = Vec::new();
        for line in table.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let expand = |text: &str| {
                text.split_whitespace()
                    .map(|word| {
                        macros
                            .iter()
                            .find(|(name, _)| word.strip_prefix('%') == Some(*name))
                            .map_or_else(|| word.to_owned(), |(_, pattern)| pattern.clone())
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            if let Some((name, pattern)) =
                line.strip_prefix("%").and_then(|rest| rest.split_once('='))
            {
                let pattern = expand(pattern);
                macros.push((name.trim(), pattern));
            } else if let Some(rule) = rule(line, expand, lexicon) {
                rules.push(rule);
            }
        }
        let mut compiled = Self {
            by_word: vec![Vec::new(); lexicon.len()],
            by_class: vec![Vec::new(); 64],
            by_mark: vec![Vec::new(); 32],
            all: rules,
        };
        compiled.index(lexicon);
        compiled
    }

    fn index(&mut self, lexicon: &Lexicon) {
        for (number, rule) in self.all.iter().enumerate() {
            let number = number as u16;
            let firsts = firsts(&rule.steps, 0);
            for (id, list) in self.by_word.iter_mut().enumerate().skip(1) {
                let entry = lexicon.entry(id as u16);
                let starts = |element: &Element| {
                    element.classes & entry.classes != 0
                        || element.marks & entry.marks != 0
                        || element.words.contains(&(id as u16))
                };
                if firsts.iter().any(starts) {
                    list.push(number);
                }
            }
            let classes = firsts.iter().fold(0, |all, element| all | element.classes) & NUMERIC;
            let marks = firsts.iter().fold(0, |all, element| all | element.marks) & NUMERIC_MARKS;
            for (bit, list) in self.by_class.iter_mut().enumerate() {
                if classes & (1 << bit) != 0 {
                    list.push(number);
                }
            }
            for (bit, list) in self.by_mark.iter_mut().enumerate() {
                if marks & (1 << bit) != 0 {
                    list.push(number);
                }
            }
        }
    }

    /// The longest match at token `at`; of two equally long the one whose rule stands first.
    pub(super) fn longest<'a>(
        &'a self,
        tokens: &[Token],
        at: usize,
        admit: impl Fn(&Match<'a>) -> bool,
    ) -> Option<Match<'a>> {
        let token = tokens.get(at)?;
        let mut best: Option<(u16, Match<'a>)> = None;
        let mut offer = |number: u16| {
            let Some(rule) = self.all.get(usize::from(number)) else {
                return;
            };
            let Some(found) = rule.run(tokens, at) else {
                return;
            };
            // Lists of classes and marks are not in the order of the table, so equal matches compare by it.
            let better = best
                .as_ref()
                .is_none_or(|(of, best)| best.to < found.to || best.to == found.to && number < *of);
            if better && admit(&found) {
                best = Some((number, found));
            }
        };
        if token.word != 0 {
            let list = self.by_word.get(usize::from(token.word));
            list.into_iter().flatten().for_each(|number| offer(*number));
        } else {
            let mut classes = token.classes & NUMERIC;
            while classes != 0 {
                let list = self.by_class.get(classes.trailing_zeros() as usize);
                list.into_iter().flatten().for_each(|number| offer(*number));
                classes &= classes - 1;
            }
            let mut marks = token.marks & NUMERIC_MARKS;
            while marks != 0 {
                let list = self.by_mark.get(marks.trailing_zeros() as usize);
                list.into_iter().flatten().for_each(|number| offer(*number));
                marks &= marks - 1;
            }
        }
        best.map(|(_, found)| found)
    }
}

impl Rule {
    fn run<'a>(&'a self, tokens: &[Token], at: usize) -> Option<Match<'a>> {
        let mut state = Run {
            tokens,
            steps: &self.steps,
            origin: at,
        };
        let state_fields = Fields::default();
        let (from, to, fields) = state.go(0, at, at, None, state_fields)?;
        (from < to).then_some(Match {
            rule: self,
            from,
            to,
            fields,
        })
    }
}

struct Run<'a> {
    tokens: &'a [Token],
    steps: &'a [Step],
    origin: usize,
}

impl Run<'_> {
    fn go(
        &mut self,
        mut pc: usize,
        mut at: usize,
        mut from: usize,
        mut to: Option<usize>,
        mut fields: Fields,
    ) -> Option<(usize, usize, Fields)> {
        while let Some(step) = self.steps.get(pc) {
            work::step();
            match step {
                Step::Take(element) => {
                    let token = self.tokens.get(at)?;
                    if at > self.origin && token.gap == Gap::Break || !element.takes(token) {
                        return None;
                    }
                    let named = if element.words.contains(&token.word) {
                        SAYS_DIRECTION
                    } else {
                        0
                    };
                    fields.take(
                        token,
                        (element.classes | named) & token.classes,
                        element.marks & token.marks,
                    );
                    at += 1;
                }
                Step::Quantity => {
                    if at > self.origin && self.tokens.get(at)?.gap == Gap::Break {
                        return None;
                    }
                    let (quantity, end) = quantity::at(self.tokens, at)?;
                    fields.quantity = match fields.quantity {
                        // "two to three weeks": no one number.
                        Some(first) if first != quantity => Some(Quantity::Vague),
                        _ => Some(quantity),
                    };
                    at = end;
                }
                Step::Start => {
                    from = at;
                    fields = Fields::default();
                }
                Step::End => to = to.or(Some(at)),
                Step::Maybe(after) => {
                    if let Some(found) = self.go(pc + 1, at, from, to, fields) {
                        return Some(found);
                    }
                    pc = *after;
                    continue;
                }
            }
            pc += 1;
        }
        Some((from, to.unwrap_or(at), fields))
    }
}

/// `name build: pattern` or `name build !guard: pattern`.
fn rule(line: &'static str, expand: impl Fn(&str) -> String, lexicon: &Lexicon) -> Option<Rule> {
    let (head, pattern) = line.split_once(": ")?;
    let mut head = head.split_whitespace();
    let name = head.next()?;
    let build = Build::from_name(head.next()?)?;
    let guard = match head.next() {
        None => Guard::Free,
        Some("!year") => Guard::Year,
        Some("!alone") => Guard::Alone,
        Some("!ordinal") => Guard::Ordinal,
        Some("!whole") => Guard::Whole,
        Some("!ends") => Guard::Ends,
        Some("!described") => Guard::Described,
        Some("!attack") => Guard::Attack,
        Some(_) => return None,
    };
    let expanded = expand(pattern);
    let words: Vec<&str> = expanded.split_whitespace().collect();
    let (steps, rest) = steps(&words, 0, lexicon)?;
    (rest == words.len()).then_some(Rule {
        name,
        build,
        guard,
        steps,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let mut macros: Vec<(&str, String)> = Vec::new();
        for line in include_str!("../../assets/time/en.rules")
            .lines()
            .map(str::trim)
        {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let expand = |text: &str| {
                let word = |word: &str| {
                    macros
                        .iter()
                        .find(|(name, _)| word.strip_prefix('%') == Some(*name))
                        .map_or(word.to_owned(), |(_, p)| p.clone())
                };
                text.split_whitespace()
                    .map(word)
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            match line.strip_prefix("%").and_then(|rest| rest.split_once('=')) {
                Some((name, pattern)) => {
                    let pattern = expand(pattern);
                    macros.push((name.trim(), pattern));
                }
                None => assert!(rule(line, expand, &ENGLISH).is_some(), "{line}"),
            }
        }
    }
}
