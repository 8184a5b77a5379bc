//! Which fit of a quotation is no chance: by its length, by who speaks, and by what else comes from that document.

use std::collections::HashSet;

use super::{Link, Quotation, Text};
use crate::trace::reuse::weak_words;
use crate::trace::words::Words;

/// Words that are the same, at least, in a quotation that is linked on its own.
const ENOUGH: usize = 7;
/// Words that carry something by themselves and are the same, at least, where somebody speaks whom the source does not name: for a link, and for one that vouches for others.
const OF_STRANGERS: usize = 9;
const VOUCHING: usize = 11;
/// Words that carry something by themselves, at least, in a short quotation that is linked though a word differs.
const TELLING: usize = 3;

/// What is known of the sources when links are accepted.
pub(super) struct Trust {
    /// The sources that one quotation comes from for certain; they vouch for the short ones.
    vouched: HashSet<usize>,
    /// Which speakers' names stand in which sources.
    named: HashSet<(usize, u32)>,
}

impl Trust {
    /// From the fits of all quotations, the best of each first. Reads each source that is fitted once.
    pub(super) fn of(quotations: &[Quotation<'_>], found: &[Vec<Link>], sources: &[Text]) -> Self {
        let names: HashSet<u32> = quotations.iter().flat_map(name_ids).collect();
        let fitted: HashSet<usize> = found.iter().flatten().map(|link| link.source).collect();
        let mut known = HashSet::new();
        for number in fitted.into_iter().filter(|_| !names.is_empty()) {
            let words = sources
                .get(number)
                .map_or(&[][..], |source| source.words.ids());
            let here = words.iter().filter(|id| names.contains(*id));
            known.extend(here.map(|id| (number, *id)));
        }
        let mut trust = Self {
            vouched: HashSet::new(),
            named: known,
        };
        let best = quotations.iter().zip(found);
        trust.vouched = best
            .filter_map(|(quotation, links)| Some((quotation, links.first()?)))
            .filter(|(quotation, link)| {
                link.matched >= ENOUGH
                    && (!trust.is_strangers(quotation, link.source)
                        || n_telling(quotation, link) >= VOUCHING
                        || link.is_same() && link.matched >= VOUCHING)
            })
            .map(|(_, link)| link.source)
            .collect();
        trust
    }

    /// The link, if it is no chance.
    pub(super) fn accepted(&self, quotation: &Quotation<'_>, link: Link) -> Option<Link> {
        let is_same = link.is_same();
        let vouched = self.vouched.contains(&link.source);
        let telling = n_telling(quotation, &link);
        if link.matched < ENOUGH {
            let is_told =
                is_same || telling + 1 >= TELLING && quotation.words.len() <= link.matched + 2;
            let is_probable = !is_same;
            return (vouched && is_told).then_some(Link {
                is_probable,
                ..link
            });
        }
        let enough = vouched
            || telling >= OF_STRANGERS
            || is_same && (link.matched >= ENOUGH + 2 || telling > TELLING + 1)
            || !self.is_strangers(quotation, link.source);
        enough.then_some(link)
    }

    /// Whether somebody speaks whom the source does not name: such a quotation shares stock phrases with it rather than words of its own.
    fn is_strangers(&self, quotation: &Quotation<'_>, source: usize) -> bool {
        let mut names = name_ids(quotation).peekable();
        names.peek().is_some() && !names.any(|id| self.named.contains(&(source, id)))
    }
}

/// How many words of a quotation carry something by themselves and are the same in the source, about.
fn n_telling(quotation: &Quotation<'_>, link: &Link) -> usize {
    let weak = weak_words();
    let ids = quotation.words.ids().iter();
    let telling = ids.filter(|id| !weak.contains(id)).count();
    let changed = link
        .changes
        .iter()
        .filter(|change| change.kind.is_material());
    telling.saturating_sub(changed.count())
}

/// The name of who speaks as a source may write it, alone and as an owner; nothing if no name is told.
fn name_ids(quotation: &Quotation<'_>) -> impl Iterator<Item = u32> {
    let name = quotation.speaker.and_then(surname);
    let forms = name.map(|name| [name.to_owned(), format!("{name}'s")]);
    forms
        .into_iter()
        .flatten()
        .filter_map(|form| Words::of(&form).ids().last().copied())
}

/// The last word of a speaker that is a name.
fn surname(speaker: &str) -> Option<&str> {
    let mut names = speaker
        .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '\'' | '’'))
        .filter(|word| word.starts_with(char::is_uppercase));
    let last = names.next_back()?;
    // What is said by "He" or "They" has no name.
    let alone = names.next().is_none();
    let is_name = !(alone
        && matches!(
            last,
            "A" | "An"
                | "The"
                | "I"
                | "He"
                | "She"
                | "It"
                | "We"
                | "They"
                | "This"
                | "That"
                | "These"
                | "Those"
                | "Both"
        ));
    is_name.then(|| last.trim_end_matches("’s").trim_end_matches("'s"))
}
