//! Mentions in context: the words before and after each, on one line.

use crate::document::{DocId, Document};
use crate::language::entities::EntityId;
use crate::library::Analysis;
use crate::text::TextRange;

/// Characters kept on each side of a mention.
const SIDE_CHARS: usize = 120;
/// Mentions kept of one document.
const MOST: usize = 500;

/// A mention with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The document.
    pub doc: DocId,
    /// Where the name stands in its text.
    pub range: TextRange,
    /// The words before it in its paragraph, at most 120 characters.
    pub before: Box<str>,
    /// The name as written.
    pub name: Box<str>,
    /// The words after it in its paragraph, at most 120 characters.
    pub after: Box<str>,
}

/// The mentions of any of `members` in a document, in text order, the first 500.
pub fn contexts(document: &Document, analysis: &Analysis, members: &[EntityId]) -> Vec<Context> {
    let text = &document.text;
    analysis
        .mentions
        .iter()
        .filter(|(_, mention)| members.contains(&mention.entity))
        .take(MOST)
        .map(|(range, _)| {
            let block = document.blocks.get(document.block_at(range.start));
            let block = block.map_or(*range, |block| block.range.union(*range));
            let before = TextRange::new(block.start, range.start).of_text(text);
            let after = TextRange::new(range.end, block.end).of_text(text);
            Context {
                doc: document.id,
                range: *range,
                before: last_words(before).into(),
                name: one_line(range.of_text(text)).into(),
                after: first_words(after).into(),
            }
        })
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Blanks at either end stay as one: they part the name from its neighbours.
fn squeezed(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

fn first_words(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(SIDE_CHARS)
        .map_or(text.len(), |(at, _)| at);
    squeezed(text.get(..end).unwrap_or_default())
        .trim_end()
        .to_owned()
}

fn last_words(text: &str) -> String {
    let start = text
        .char_indices()
        .rev()
        .nth(SIDE_CHARS)
        .map_or(0, |(at, _)| at);
    squeezed(text.get(start..).unwrap_or_default())
        .trim_start()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::library::analyse;

    #[test]
    fn a_mention_stands_between_the_words_of_its_paragraph() {
        let text = "Talks begin in Paris on Monday.\n\nNobody spoke of Tokyo.";
        let document = import::exact("a", text, None, None);
        let analysis = analyse(&document);
        let members: Vec<EntityId> = analysis
            .mentions
            .iter()
            .map(|(_, mention)| mention.entity.clone())
            .collect();
        let found = contexts(&document, &analysis, &members[..1]);
        let [context] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            (&*context.before, &*context.name, &*context.after),
            ("Talks begin in ", "Paris", " on Monday.")
        );
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = format!("{}Paris{}", "ä ".repeat(400), " ö".repeat(400));
        let document = import::exact("a", &text, None, None);
        let analysis = analyse(&document);
        let members: Vec<EntityId> = analysis
            .mentions
            .iter()
            .map(|(_, mention)| mention.entity.clone())
            .collect();
        for context in contexts(&document, &analysis, &members) {
            assert!(context.before.chars().count() <= 121 && context.after.chars().count() <= 121);
        }
    }
}
