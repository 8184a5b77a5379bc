//! Each quotation of a document linked to the passage it comes from.
//!
//! In: a document with its quotations, and the documents it may quote. Out: a [`Trace`] a quotation: its source with every change, or none. Candidates are the documents that share the rarest
//! runs of three words; the quotation is then fitted into each. Short agreements are chance: fewer than five words are never linked, five and six only to a document another
//! quotation comes from, and word for word; where one word differs, the link is called probable. What fits nowhere is tried as two passages of one document put together.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use self::accepting::Trust;
use super::ends::{Laid, Starts, rest, turns};
use super::fit::{Fit, fit};
use super::passage::{Change, Class, judged};
use super::reuse::seeds::grams;
use super::spliced::{RUN, Run, seam};
use super::words::Words;
use crate::document::DocKind;
use crate::language::quotes::Quote;
use crate::text::{Layer, TextRange};

/// A document that quotes, or may be quoted.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Its text.
    pub text: &'a str,
    /// The words of it.
    pub words: &'a Words,
    /// Its quotations.
    pub quotes: &'a Layer<Quote>,
    /// The first day it may have been published on.
    pub published: Option<Date>,
    /// What sort of text it is.
    pub kind: DocKind,
}

/// A quotation and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What stands between the marks; an interrupted quotation has several parts.
    pub parts: Vec<TextRange>,
    /// The numbers of the parts among the quotations of the document.
    pub quotes: Vec<usize>,
    /// Where it comes from; none if no source was found.
    pub link: Option<Link>,
}

/// A passage a quotation comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The number of the source among the documents given.
    pub source: usize,
    /// Where the passage stands in it.
    pub range: TextRange,
    /// What became of it.
    pub class: Class,
    /// What the quotation leaves out of the last sentence, where it ends as if nothing came.
    pub rest: Option<TextRange>,
    /// Whether the words alone are too few to be certain of.
    pub is_probable: bool,
    /// Words of the quotation that are the same in the source.
    pub matched: usize,
    /// What was changed, in the order of the quotation.
    pub changes: Vec<Change>,
}

impl Link {
    /// The changes, the weightiest first.
    pub fn ranked(&self) -> Vec<&Change> {
        let mut ranked: Vec<&Change> = self.changes.iter().collect();
        ranked.sort_by_key(|change| change.kind);
        ranked
    }

    /// Whether a sentence ends in the quotation that goes on in the source.
    pub const fn is_cut(&self) -> bool {
        self.rest.is_some()
    }

    /// Whether what was left out at the end is a condition or an exception; `source` is the text of the source.
    pub fn drops_condition(&self, source: &str) -> bool {
        self.rest.is_some_and(|rest| turns(rest.of_text(source)))
    }

    /// Whether it is the same words, as far as it goes.
    const fn is_same(&self) -> bool {
        matches!(
            self.class,
            Class::Verbatim | Class::Typographic | Class::Cut
        )
    }

    /// Whether the quotation says something else than its source without saying so.
    pub const fn is_altered(&self) -> bool {
        matches!(self.class, Class::Altered | Class::Rewritten)
    }
}

/// Fewest words of a quotation that is linked.
const FEWEST: usize = 5;
/// Places tried for a quotation.
const PLACES: usize = 24;
/// Places of one run remembered.
const PLACES_OF_RUN: usize = 400;

/// A quotation being traced.
struct Quotation<'a> {
    parts: Vec<TextRange>,
    /// Who speaks, as the document says it.
    speaker: Option<&'a str>,
    quotes: Vec<usize>,
    words: Words,
    /// The words a new part begins with.
    breaks: Vec<usize>,
    /// Whether an ellipsis stands before each word.
    open: Vec<bool>,
}

/// Where a run of a quotation stands in a source.
#[derive(Clone, Copy)]
struct Place {
    source: u32,
    at: u32,
}

/// Traces the quotations of `document` among `sources`; one that is the document itself must not be among them.
pub fn traces(document: Text, sources: &[Text]) -> Vec<Trace> {
    let quotations = quotations(document);
    let mut wanted: HashMap<u64, Vec<Place>> = HashMap::new();
    for quotation in &quotations {
        for gram in grams(quotation.words.ids(), 0, RUN) {
            wanted.entry(gram.hash).or_default();
        }
    }
    for (number, source) in sources.iter().enumerate() {
        for gram in grams(source.words.ids(), 0, RUN) {
            if let Some(places) = wanted
                .get_mut(&gram.hash)
                .filter(|places| places.len() < PLACES_OF_RUN)
            {
                places.push(Place {
                    source: number as u32,
                    at: gram.at,
                });
            }
        }
    }
    let found: Vec<Vec<Link>> = quotations
        .iter()
        .map(|quotation| links(document, quotation, sources, &wanted))
        .collect();
    let trust = Trust::of(&quotations, &found, sources);
    quotations
        .into_iter()
        .zip(found)
        .map(|(quotation, links)| {
            let mut links = links.into_iter();
            let link = links.find_map(|link| trust.accepted(&quotation, link));
            Trace {
                parts: quotation.parts,
                quotes: quotation.quotes,
                link,
            }
        })
        .collect()
}

/// The quotations of a document, the parts of an interrupted one together.
fn quotations(document: Text<'_>) -> Vec<Quotation<'_>> {
    let mut found: Vec<(u32, Vec<(usize, TextRange)>)> = Vec::new();
    for (number, (range, quote)) in document.quotes.iter().enumerate() {
        match found.last_mut() {
            Some((group, parts)) if *group == quote.group => parts.push((number, *range)),
            _ => found.push((quote.group, vec![(number, *range)])),
        }
    }
    let made = found.into_iter().map(|(_, parts)| {
        let (quotes, parts): (Vec<usize>, Vec<TextRange>) = parts.into_iter().unzip();
        let words = Words::of_parts(document.text, &parts);
        let mut breaks = Vec::new();
        let mut open = vec![false; words.len() + 1];
        let mut at = 0;
        for part in &parts {
            if at > 0 {
                breaks.push(at);
            }
            let inside = Words::within(document.text, *part).len();
            for index in at + 1..at + inside {
                let (Some(before), Some(here)) = (words.range(index - 1), words.range(index))
                else {
                    continue;
                };
                let gap = TextRange::new(before.end, here.start).of_text(document.text);
                let is_open = gap.contains('…')
                    || gap.contains("...")
                    || gap.contains(". .")
                    || gap.contains('[');
                if let Some(mark) = open.get_mut(index).filter(|_| is_open) {
                    *mark = true;
                }
            }
            at += inside;
        }
        let first = quotes.first().and_then(|first| document.quotes.get(*first));
        let speaker = first.and_then(|(_, quote)| quote.speaker.as_ref());
        Quotation {
            speaker: speaker.map(|speaker| speaker.range.of_text(document.text)),
            parts,
            quotes,
            words,
            breaks,
            open,
        }
    });
    made.filter(|quotation| quotation.words.len() >= FEWEST)
        .collect()
}

/// The passages a quotation may come from, the best first.
fn links(
    document: Text,
    quotation: &Quotation<'_>,
    sources: &[Text],
    wanted: &HashMap<u64, Vec<Place>>,
) -> Vec<Link> {
    let mut runs: Vec<(usize, u32, &[Place])> = grams(quotation.words.ids(), 0, RUN)
        .filter_map(|gram| {
            let places = wanted.get(&gram.hash)?;
            (!places.is_empty()).then_some((places.len(), gram.at, places.as_slice()))
        })
        .collect();
    runs.sort_unstable_by_key(|(count, at, _)| (*count, *at));
    let slack = quotation.words.len() / 2
        + 12
        + if quotation.open.contains(&true) {
            60
        } else {
            0
        };
    let mut tried: Vec<(u32, usize)> = Vec::new();
    let mut found: Vec<(Link, u32)> = Vec::new();
    // Sources in which the very words stand as a passage of their own: nothing in them fits better.
    let mut settled: Vec<u32> = Vec::new();
    for (_, in_quote, places) in runs.iter().take(12) {
        for place in *places {
            if tried.len() >= PLACES {
                break;
            }
            if settled.contains(&place.source) {
                continue;
            }
            let from = (place.at as usize).saturating_sub(*in_quote as usize);
            let near = |(source, at): &(u32, usize)| {
                *source == place.source && at.abs_diff(from) <= slack / 2
            };
            if tried.iter().any(near) {
                continue;
            }
            tried.push((place.source, from));
            let Some(source) = sources.get(place.source as usize) else {
                continue;
            };
            if is_later(source, &document) {
                continue;
            }
            let start = from.saturating_sub(slack);
            let end = (from + quotation.words.len() + slack).min(source.words.len());
            let Some(window) = source.words.ids().get(start..end) else {
                continue;
            };
            let Some(fit) = fit(quotation.words.ids(), window, &quotation.open) else {
                continue;
            };
            let number = place.source as usize;
            if let Some((link, cost)) = link(document, quotation, source, number, &fit, start) {
                if cost == 0 && !is_quoted(source, link.range) {
                    settled.push(place.source);
                }
                found.push((link, cost));
            }
        }
    }
    if found.is_empty() {
        found.extend(spliced(document, quotation, sources, &runs));
    }
    found.sort_by_key(|(link, cost)| {
        let (of, published) = sources.get(link.source).map_or((2, None), |source| {
            (rank(source, link.range), source.published)
        });
        (*cost, of, published.is_none(), published, link.source)
    });
    found.into_iter().map(|(link, _)| link).collect()
}

/// A quotation put together of two passages of a document, what stands between them left out silently.
fn spliced(
    document: Text,
    quotation: &Quotation<'_>,
    sources: &[Text],
    runs: &[(usize, u32, &[Place])],
) -> Option<(Link, u32)> {
    let runs = runs.iter().flat_map(|(_, in_quote, places)| {
        places.iter().map(|place| Run {
            source: place.source,
            at: place.at,
            in_quote: *in_quote,
        })
    });
    let seam = seam(quotation.words.len(), runs)?;
    let source = sources.get(seam.source as usize)?;
    if is_later(source, &document) {
        return None;
    }
    let window = source
        .words
        .ids()
        .get(seam.from..seam.to.min(source.words.len()))?;
    let mut open = quotation.open.clone();
    *open.get_mut(seam.before)? = true;
    let fit = fit(quotation.words.ids(), window, &open)?;
    link(
        document,
        quotation,
        source,
        seam.source as usize,
        &fit,
        seam.from,
    )
}

/// Whether one document is known to be younger than another.
fn is_later(source: &Text, document: &Text) -> bool {
    matches!((source.published, document.published), (Some(source), Some(quoting)) if source > quoting)
}

/// What was issued before what reports it, and a passage before a quotation of it.
fn rank(source: &Text, range: TextRange) -> u8 {
    let issued = matches!(source.kind, DocKind::Statement | DocKind::Transcript);
    u8::from(!issued) + u8::from(is_quoted(source, range))
}

/// Whether a passage of a source stands inside a quotation there.
fn is_quoted(source: &Text, range: TextRange) -> bool {
    let mut quotes = source.quotes.within(range);
    quotes.any(|(quote, _)| quote.covers(range))
}

fn link(
    document: Text,
    quotation: &Quotation<'_>,
    source: &Text,
    number: usize,
    fit: &Fit,
    start: usize,
) -> Option<(Link, u32)> {
    let n_words = quotation.words.len();
    // More of them may be the same once both are laid sentence on sentence.
    let maybe = fit.matched * 10 >= n_words * 4 && fit.cost as usize * 10 <= n_words * 6;
    if !maybe {
        return None;
    }
    let mut hunks = fit.hunks.clone();
    for hunk in &mut hunks {
        hunk.b = hunk.b.start + start..hunk.b.end + start;
    }
    let of_source = (source.text, source.words);
    let laid = Laid {
        source: fit.source.start + start..fit.source.end + start,
        hunks,
    };
    let laid = laid.within_sentences(quotation.words.ids(), of_source);
    let starts = quotation.parts.first().map_or(Starts::Within, |first| {
        Starts::of(first.of_text(document.text), of_source, laid.source.start)
    });
    let passage = judged(
        (document.text, &quotation.words),
        of_source,
        &(0..n_words, laid.source),
        &laid.hunks,
        &quotation.breaks,
    )?;
    // At least 60 % of the words of the quotation.
    if passage.matched < FEWEST || passage.matched * 10 < n_words * 6 {
        return None;
    }
    let last = quotation.parts.last()?.of_text(document.text);
    let rest = rest(last, starts, source.text, passage.b);
    let class = match passage.class {
        Class::Verbatim | Class::Typographic if rest.is_some() => Class::Cut,
        class => class,
    };
    let link = Link {
        source: number,
        range: passage.b,
        class,
        rest,
        is_probable: false,
        matched: passage.matched,
        changes: passage.changes,
    };
    Some((link, fit.cost))
}

mod accepting;

#[cfg(test)]
mod tests;
