//! The pattern language of the rules: words of the table compiled to steps.
//!
//! In: `the? EDGE of { MOD -? }? MONTH`. Out: [`Step`]s. A pattern is a line of elements: a class of `lexicon.rs` (`MONTH`), a word of the table (`of`),
//! alternatives (`of|,`), each with `?` if it may be missing; `{…}?` makes a group optional, `<` and `>` say where the phrase itself begins and ends when the
//! pattern looks at its neighbours, `QUANTITY` is a number in figures or words. There are no loops, so a match takes bounded time.

use super::lexicon::{self as lex, Classes, Lexicon, Marks};
use super::token::Token;

/// What one element of a pattern takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) classes: Classes,
    pub(super) marks: Marks,
    pub(super) words: Vec<u16>,
}

/// One step of a pattern.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Take(Element),
    Quantity,
    Start,
    End,
    /// Try what follows; if that fails, go on at the step with this number.
    Maybe(usize),
}

/// Compiles words from `at` to the closing brace or the end; gives the steps and where it stopped.
pub(super) fn steps(
    words: &[&str],
    mut at: usize,
    lexicon: &Lexicon,
) -> Option<(Vec<Step>, usize)> {
    let mut all = Vec::new();
    while let Some(word) = words.get(at) {
        at += 1;
        match *word {
            "{" => {
                let (inner, end) = steps(words, at, lexicon)?;
                if words.get(end)? == &"}?" {
                    optional(&mut all, inner);
                } else {
                    append(&mut all, inner);
                }
                at = end + 1;
            }
            "}" | "}?" => return Some((all, at - 1)),
            "<" => all.push(Step::Start),
            ">" => all.push(Step::End),
            word => {
                let (name, maybe) = match word.strip_suffix('?') {
                    Some(name) if !name.is_empty() => (name, true),
                    _ => (word, false),
                };
                let step = if name == "QUANTITY" {
                    Step::Quantity
                } else {
                    Step::Take(element(name, lexicon)?)
                };
                if maybe {
                    optional(&mut all, vec![step]);
                } else {
                    all.push(step);
                }
            }
        }
    }
    Some((all, at))
}

fn optional(all: &mut Vec<Step>, inner: Vec<Step>) {
    let after = all.len() + 1 + inner.len();
    all.push(Step::Maybe(after));
    append(all, inner);
}

/// Adds steps whose jumps count from their own start.
fn append(all: &mut Vec<Step>, inner: Vec<Step>) {
    let base = all.len();
    all.extend(inner.into_iter().map(|step| match step {
        Step::Maybe(after) => Step::Maybe(after + base),
        other => other,
    }));
}

fn element(name: &str, lexicon: &Lexicon) -> Option<Element> {
    let mut element = Element::default();
    for part in name.split('|') {
        let class = lex::NAMES.iter().find(|(known, _)| *known == part);
        let mark = lex::MARK_NAMES.iter().find(|(known, _)| *known == part);
        match (class, mark, lexicon.find(part)) {
            (Some((_, class)), ..) => element.classes |= class,
            (None, Some((_, mark)), _) => element.marks |= mark,
            (None, None, 0) => return None,
            (None, None, id) => element.words.push(id),
        }
    }
    Some(element)
}

impl Element {
    /// Whether it takes the token.
    pub(super) fn takes(&self, token: &Token) -> bool {
        token.is(self.classes)
            || token.has(self.marks)
            || token.word != 0 && self.words.contains(&token.word)
    }
}

/// The elements a pattern can start with.
pub(super) fn firsts(steps: &[Step], pc: usize) -> Vec<Element> {
    match steps.get(pc) {
        None => Vec::new(),
        Some(Step::Take(element)) => vec![element.clone()],
        Some(Step::Quantity) => vec![Element {
            classes: lex::COUNT,
            ..Element::default()
        }],
        Some(Step::Start | Step::End) => firsts(steps, pc + 1),
        Some(Step::Maybe(after)) => {
            let mut all = firsts(steps, pc + 1);
            all.extend(firsts(steps, *after));
            all
        }
    }
}
