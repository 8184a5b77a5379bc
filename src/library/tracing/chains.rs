//! The same alteration of a document in several others, which points to a source they share.
//!
//! In: the uses of a document, or a quotation of it. Out: [`Chain`]s, in the order of the document, the links of each by day. Only what says something else makes a chain: an abbreviation left out or
//! a mark does not.

use std::collections::HashMap;
use std::sync::Arc;

use super::pieces::{one_line, told};
use super::uses::{UseOf, uses_in};
use super::{Named, Ready, Runs};
use crate::document::DocId;
use crate::text::TextRange;
use crate::trace::inverse::{self, Use};
use crate::trace::passage::Change;

/// Documents that share the words of an alteration, of which at most so many are looked at.
const MOST_CARRIERS: usize = 200;

/// One alteration and the documents that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The words of the source that were changed; empty where words were put in.
    pub source: TextRange,
    /// What became of them, in a line.
    pub told: String,
    /// The documents, the earliest first, undated ones last; each once.
    pub links: Vec<Link>,
}

/// A document of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which.
    pub of: Named,
    /// Where the altered passage stands in it.
    pub at: TextRange,
    /// Who is said to speak there.
    pub speaker: Option<String>,
}

impl Chain {
    /// Whether a passage of a document is one of its links.
    pub fn has(&self, doc: DocId, at: TextRange) -> bool {
        self.links
            .iter()
            .any(|link| link.of.doc == doc && link.at.overlaps(at))
    }
}

/// The alterations of `of` that stand in two of its uses and more.
pub(super) fn chains(of: &Ready, uses: &[UseOf]) -> Vec<Chain> {
    // Of each document the changed words alone, one after the other: that is all that is compared.
    let mut numbers: HashMap<DocId, usize> = HashMap::new();
    let mut texts: Vec<String> = Vec::new();
    let mut passed: Vec<(Use, &UseOf)> = Vec::new();
    let later = |one: &&UseOf| one.is_altered() && !one.material.is_empty();
    for one in uses.iter().filter(later) {
        let number = *numbers.entry(one.by.doc).or_insert_with(|| {
            texts.push(String::new());
            texts.len() - 1
        });
        let Some(text) = texts.get_mut(number) else {
            continue;
        };
        let mut moved = Vec::with_capacity(one.material.len());
        for (change, words) in &one.material {
            let start = text.len();
            text.push_str(words);
            moved.push(Change {
                copy: TextRange::of(start, text.len()),
                ..change.clone()
            });
        }
        passed.push((
            Use {
                document: number,
                published: one
                    .by
                    .published
                    .as_ref()
                    .and_then(|day| day.interval().earliest),
                at: one.at,
                range: one.range,
                class: one.class,
                manner: one.manner,
                changes: moved,
            },
            one,
        ));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let numbered: Vec<Use> = passed.iter().map(|(one, _)| one.clone()).collect();
    let found = inverse::chains(&numbered, &texts).into_iter();
    found
        .map(|chain| {
            let mut links: Vec<Link> = Vec::new();
            for (_, one) in chain.uses.iter().filter_map(|number| passed.get(*number)) {
                if links.iter().all(|link| link.of.doc != one.by.doc) {
                    links.push(Link {
                        of: one.by.clone(),
                        at: one.at,
                        speaker: one.speaker.clone(),
                    });
                }
            }
            let before = one_line(chain.source.of_text(&of.document.text));
            Chain {
                source: chain.source,
                told: told(&before, &chain.wording),
                links,
            }
        })
        .collect()
}

/// The alterations that the passages `copies` of `of`, taken from `source`, share with others of the library; `of` is a link of each.
///
/// Only documents that have words of the copy which the source does not have are looked at.
pub fn chains_of(
    of: &Ready,
    source: &Ready,
    copies: &[TextRange],
    others: &[Arc<Ready>],
) -> Vec<Chain> {
    let changed = Runs::of(&of.document.text, copies.iter().copied()).without(source);
    if changed.0.is_empty() {
        return Vec::new();
    }
    let mut carriers: Vec<&Arc<Ready>> = others
        .iter()
        .filter(|other| {
            other.document.id != source.document.id
                && other.document.id != of.document.id
                && other.document.revision != of.document.revision
                && other.shares(&changed)
        })
        .collect();
    if carriers.is_empty() {
        return Vec::new();
    }
    carriers.sort_by_key(|other| (other.day().is_none(), other.day(), other.document.id));
    carriers.truncate(MOST_CARRIERS);
    let mut uses = uses_in(source, of);
    uses.extend(
        carriers
            .into_iter()
            .flat_map(|other| uses_in(source, other)),
    );
    let mut found = chains(source, &uses);
    found.retain(|chain| copies.iter().any(|copy| chain.has(of.document.id, *copy)));
    found
}
