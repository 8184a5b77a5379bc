//! The quotations of a document with the passages they come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chains::{Chain, chains_of};
use super::firsthand::traced;
use super::pieces::{Look, Piece, changes, marked, one_line};
use super::{Named, Ready};
use crate::language::quotes::{Quote, quotes};
use crate::text::{Layer, TextRange};
use crate::trace::passage::{Change, Class};
use crate::trace::quotations::{Link, Text, Trace};

/// A quotation and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// Where its parts stand.
    pub parts: Vec<TextRange>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// Its words; what the source does not have is marked.
    pub words: Vec<Piece>,
    /// Where it comes from, if the library has it.
    pub source: Option<Source>,
    /// Its alterations that other documents have too.
    pub chains: Vec<Chain>,
}

/// The passage a quotation comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The document.
    pub of: Named,
    /// Where the passage stands in it.
    pub range: TextRange,
    /// What became of it.
    pub class: Class,
    /// What the quotation leaves out of the last sentence, if it ends as if nothing came.
    pub rest: Option<Rest>,
    /// Whether the words alone are too few to be certain of.
    pub is_probable: bool,
    /// The passage with its sentence; what the quotation does not have is marked.
    pub words: Vec<Piece>,
    /// What was changed, the weightiest first: the sort and the words.
    pub changes: Vec<(&'static str, String)>,
    /// The weightiest change in its fewest words.
    first: Option<String>,
}

/// The end of a sentence that a quotation leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// Its words.
    pub words: String,
    /// Whether it is a condition or an exception.
    pub is_condition: bool,
}

impl Rest {
    /// What was left out, in a line.
    pub fn told(&self) -> String {
        let what = if self.is_condition {
            "a condition or limit left out at the end"
        } else {
            "left out at the end"
        };
        format!("{what}: “{}”", shortened(&self.words))
    }
}

/// The beginning of what is long.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 90;
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let start: String = words.chars().take(LONGEST).collect();
    let whole = start
        .rsplit_once(' ')
        .map_or(start.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

impl Quotation {
    /// What became of it, in a line.
    pub fn verdict(&self) -> String {
        let Some(source) = &self.source else {
            return "no source found in this library".to_owned();
        };
        let early = source
            .rest
            .as_ref()
            .map_or(String::new(), |rest| format!(" · {}", rest.told()));
        let more = source.changes.len().saturating_sub(1);
        let more = if more == 0 {
            String::new()
        } else {
            format!(" and {more} more")
        };
        let first = source.first.as_deref().unwrap_or("words");
        let class = match source.class {
            Class::Verbatim => "verbatim".to_owned(),
            Class::Typographic => "the same words, otherwise written".to_owned(),
            Class::Ellipsis => "words left out openly".to_owned(),
            Class::Cut => "the same words, ended early".to_owned(),
            Class::Altered => format!("altered: {first}{more}"),
            Class::Rewritten => format!("rewritten: {first}{more}"),
        };
        let probably = if source.is_probable {
            "probably from here, "
        } else {
            ""
        };
        format!("{probably}{class}{early}")
    }

    /// Whether it says something else than its source without saying so.
    pub fn is_altered(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|source| matches!(source.class, Class::Altered | Class::Rewritten))
    }
}

/// The quotations of a document that are long enough to be traced, each with its source among `others`.
pub fn sources(of: &Ready, quoted: &Layer<Quote>, others: &[Arc<Ready>]) -> Vec<Quotation> {
    let document = &of.document;
    let others: Vec<&Arc<Ready>> = others
        .iter()
        .filter(|other| {
            other.document.id != document.id && other.document.revision != document.revision
        })
        .collect();
    let of_others: Vec<Layer<Quote>> = others
        .iter()
        .map(|other| quotes(&other.document, other.sentences(), &Layer::default()))
        .collect();
    let texts: Vec<Text> = others
        .iter()
        .zip(&of_others)
        .map(|(other, quotes)| other.text(quotes))
        .collect();
    let traced = traced(of.text(quoted), &texts);
    let shared = shared(of, &traced, &others);
    traced
        .into_iter()
        .map(|trace| {
            let link = trace.link.as_ref();
            let changed = link.map_or(&[][..], |link| &link.changes);
            let speaker = trace.quotes.first().and_then(|first| quoted.get(*first));
            Quotation {
                words: quoted_words(&document.text, &trace.parts, changed),
                speaker: speaker
                    .and_then(|(_, quote)| quote.speaker.as_ref())
                    .map(|speaker| one_line(speaker.range.of_text(&document.text))),
                source: link.and_then(|link| Some(source(of, others.get(link.source)?, link))),
                chains: shared
                    .iter()
                    .filter(|chain| {
                        let has = |part: &TextRange| chain.has(document.id, *part);
                        link.is_some_and(Link::is_altered) && trace.parts.iter().any(has)
                    })
                    .cloned()
                    .collect(),
                parts: trace.parts,
            }
        })
        .collect()
}

/// The alterations of all quotations that other documents have too.
fn shared(of: &Ready, traced: &[Trace], others: &[&Arc<Ready>]) -> Vec<Chain> {
    let mut altered: BTreeMap<usize, Vec<TextRange>> = BTreeMap::new();
    for trace in traced {
        if let Some(link) = trace.link.as_ref().filter(|link| link.is_altered()) {
            let parts = altered.entry(link.source).or_default();
            parts.extend_from_slice(&trace.parts);
        }
    }
    let all: Vec<Arc<Ready>> = others.iter().map(|other| Arc::clone(other)).collect();
    altered
        .into_iter()
        .filter_map(|(number, parts)| Some(chains_of(of, others.get(number)?, &parts, &all)))
        .flatten()
        .collect()
}

/// The words of a quotation, the gap between two parts as an ellipsis outside it.
fn quoted_words(text: &str, parts: &[TextRange], changes: &[Change]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in parts {
        if !pieces.is_empty() {
            pieces.push(Piece::plain(Look::Around, " … "));
        }
        let inside = changes
            .iter()
            .map(|change| change.copy)
            .filter(|copy| part.overlaps(*copy));
        pieces.extend(marked(text, *part, inside, Look::Inserted));
    }
    pieces
}

fn source(of: &Ready, other: &Ready, link: &Link) -> Source {
    let text = &other.document.text;
    let (copy, flat) = (&of.document.text, one_line);
    let first = link.ranked().first().map(|change| {
        let (now, before) = (
            flat(change.copy.of_text(copy)),
            flat(change.source.of_text(text)),
        );
        match (before.is_empty(), now.is_empty()) {
            (false, false) => format!("{before} → {now}"),
            (false, true) => format!("“{before}” left out"),
            (true, _) => format!("“{now}” put in"),
        }
    });
    Source {
        of: other.named(),
        range: link.range,
        class: link.class,
        rest: link.rest.map(|rest| Rest {
            words: flat(rest.of_text(text)),
            is_condition: link.drops_condition(text),
        }),
        is_probable: link.is_probable,
        words: passage(
            other,
            link.range,
            link.changes.iter().map(|change| change.source),
            Look::Deleted,
        ),
        changes: changes(copy, text, &link.changes),
        first,
    }
}

/// A passage with the rest of its first and last sentence around it.
pub(super) fn passage(
    of: &Ready,
    range: TextRange,
    changed: impl Iterator<Item = TextRange>,
    look: Look,
) -> Vec<Piece> {
    let text = &of.document.text;
    let around = of
        .sentences()
        .within(range)
        .fold(range, |all, (sentence, ())| all.union(*sentence));
    let mut pieces = vec![Piece::of(
        text,
        TextRange::new(around.start, range.start),
        Look::Around,
    )];
    pieces.extend(marked(text, range, changed, look));
    pieces.push(Piece::of(
        text,
        TextRange::new(range.end, around.end),
        Look::Around,
    ));
    pieces
}
