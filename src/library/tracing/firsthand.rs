//! The quotations of a document traced to where the words stand first: a passage of a story that itself quotes them is no source, as long as there is a better one.
//!
//! In and out as in [`traces`].

use std::borrow::Cow;

use crate::text::TextRange;
use crate::trace::quotations::{Text, Trace, traces};
use crate::trace::words::Words;

/// Each quotation with its source; one that stands between marks in its source too is looked for once more, where nobody quotes.
pub fn traced(document: Text, sources: &[Text]) -> Vec<Trace> {
    let mut found = traces(document, sources);
    let second_hand = |trace: &Trace| {
        let link = trace.link.as_ref();
        link.is_some_and(|link| {
            let source = sources.get(link.source);
            source.is_some_and(|source| is_quoted(source, link.range))
        })
    };
    if !found.iter().any(second_hand) {
        return found;
    }
    let unquoted: Vec<Cow<Words>> = sources.iter().map(outside_quotations).collect();
    let sources: Vec<Text> = sources
        .iter()
        .zip(&unquoted)
        .map(|(source, words)| Text { words, ..*source })
        .collect();
    for (trace, first) in found.iter_mut().zip(traces(document, &sources)) {
        if second_hand(trace) && first.link.is_some() {
            *trace = first;
        }
    }
    found
}

fn is_quoted(source: &Text, range: TextRange) -> bool {
    let mut around = source.quotes.within(range);
    around.any(|(quote, _)| quote.covers(range))
}

fn outside_quotations<'a>(source: &Text<'a>) -> Cow<'a, Words> {
    if source.quotes.is_empty() {
        return Cow::Borrowed(source.words);
    }
    let mut parts = Vec::with_capacity(source.quotes.len() + 1);
    let mut at = 0;
    for (quote, _) in source.quotes {
        parts.push(TextRange::new(at, quote.start.max(at)));
        at = quote.end.max(at);
    }
    let end = u32::try_from(source.text.len()).unwrap_or(u32::MAX);
    parts.push(TextRange::new(at, end.max(at)));
    Cow::Owned(Words::of_parts(source.text, &parts))
}
