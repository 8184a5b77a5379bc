//! Sentences, names, dates, quotations and events of one document, in one go or piece by piece.

use std::collections::HashMap;
use std::ops::Range;

use super::{Analysis, EntityCount, Heading, Postings};
use crate::document::{Document, SourceMap};
use crate::language::entities::{EntityId, Lists};
use crate::language::{entities, quotes, sentence};
use crate::text::{Layer, TextRange};
use crate::time::Decision;
use crate::{time, timeline};

/// Bytes of text analysed in one go; a larger document is analysed in pieces, cut between blocks.
const PIECE_BYTES: u32 = 1 << 20;
/// Headings kept of a document, and characters of each.
const MOST_HEADINGS: usize = 200;
const HEADING_CHARS: usize = 160;

/// Finds everything in a document; one of many megabytes in pieces, each on its own.
pub fn analyse(document: &Document) -> Analysis {
    analyse_with(document, &[])
}

/// The same, where the reader decided what some dates mean.
pub fn analyse_with(document: &Document, dates: &[Decision]) -> Analysis {
    analyse_naming(document, dates, &Lists::default())
}

/// The same, where the reader has a list of names as well.
pub fn analyse_naming(document: &Document, dates: &[Decision], names: &Lists) -> Analysis {
    let mut whole = Analysis::begun(document, dates);
    let mut pieces = Pieces::new(document, dates, names);
    while let Some(piece) = pieces.next_piece() {
        whole.append(piece);
    }
    whole
}

/// The headings of a document but its title, as a library keeps them: the first 200, each in 160 characters.
pub fn headings(document: &Document) -> Vec<Heading> {
    document
        .headings()
        .filter_map(|(index, level, text)| {
            let text = one_line(text);
            let at = document.blocks.get(index)?.range.start;
            (!text.is_empty() && text != document.title()).then_some(Heading { at, level, text })
        })
        .take(MOST_HEADINGS)
        .collect()
}

fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > HEADING_CHARS * 4 {
            break;
        }
    }
    line.chars().take(HEADING_CHARS).collect()
}

/// The pieces of a large document, analysed one after the other.
///
/// What stands in one piece is not known in the next: a surname is linked within its piece, and "that year" looks back no further.
#[derive(Debug)]
pub struct Pieces<'a> {
    document: &'a Document,
    dates: &'a [Decision],
    names: &'a Lists,
    next_block: usize,
}

impl<'a> Pieces<'a> {
    /// Nothing analysed yet.
    pub const fn new(document: &'a Document, dates: &'a [Decision], names: &'a Lists) -> Self {
        Self {
            document,
            dates,
            names,
            next_block: 0,
        }
    }

    /// Bytes analysed so far.
    pub fn done_bytes(&self) -> usize {
        self.document
            .blocks
            .get(self.next_block)
            .map_or(self.document.text.len(), |block| block.range.start as usize)
    }

    /// What is found in the next piece, at its place in the whole text; none at the end.
    pub fn next_piece(&mut self) -> Option<Analysis> {
        let blocks = &self.document.blocks;
        let first = blocks.get(self.next_block)?;
        if self.next_block == 0 && self.document.text.len() <= PIECE_BYTES as usize {
            self.next_block = blocks.len();
            return Some(analyse_text(self.document, self.dates, self.names));
        }
        let begin = self.next_block;
        let end = begin
            + blocks
                .get(begin..)?
                .partition_point(|block| block.range.start < first.range.start + PIECE_BYTES);
        let end = end.max(begin + 1);
        self.next_block = end;
        let piece = cut(self.document, begin..end)?;
        Some(analyse_text(&piece, self.dates, self.names).shifted(first.range.start))
    }
}

fn analyse_text(document: &Document, dates: &[Decision], names: &Lists) -> Analysis {
    let sentences = sentence::sentences(document);
    let (mentions, foreign) = entities::find(document, &sentences, names);
    let published = document
        .meta
        .published
        .as_ref()
        .map(|published| &published.date);
    let mut timexes = time::timexes(&document.text, &sentences, published);
    let unplaced = time::apply_decisions(&mut timexes, &document.text, dates)
        .into_iter()
        .cloned()
        .collect();
    let quotes = quotes::quotes(document, &sentences, &mentions);
    let events = timeline::events(document, &sentences, &timexes, &mentions, &quotes);
    Analysis {
        of: Some(document.revision),
        sentences,
        mentions,
        foreign,
        timexes,
        quotes,
        events,
        unplaced,
    }
}

/// The blocks of a document as a document of their own, with its metadata.
fn cut(document: &Document, blocks: Range<usize>) -> Option<Document> {
    let blocks = document.blocks.get(blocks)?;
    let range = TextRange::new(blocks.first()?.range.start, blocks.last()?.range.end);
    let moved = |at: TextRange| TextRange::new(at.start - range.start, at.end - range.start);
    Some(Document {
        id: document.id,
        revision: document.revision,
        meta: document.meta.clone(),
        text: range.of_text(&document.text).into(),
        blocks: blocks
            .iter()
            .map(|block| crate::document::Block {
                range: moved(block.range),
                ..*block
            })
            .collect(),
        inlines: Layer::default(),
        source: SourceMap::default(),
    })
}

impl Analysis {
    /// Nothing found yet.
    pub fn begun(document: &Document, dates: &[Decision]) -> Self {
        Self {
            of: Some(document.revision),
            unplaced: dates.to_vec(),
            ..Self::default()
        }
    }

    /// The same, `by` bytes later in the text.
    fn shifted(self, by: u32) -> Self {
        fn layer<T>(layer: Layer<T>, by: u32) -> Layer<T> {
            layer
                .into_items()
                .into_iter()
                .map(|(range, item)| (range.shifted(by), item))
                .collect()
        }
        let mut quotes = layer(self.quotes, by).into_items();
        for (_, quote) in &mut quotes {
            quote.cue = quote.cue.map(|cue| cue.shifted(by));
            if let Some(speaker) = &mut quote.speaker {
                speaker.range = speaker.range.shifted(by);
            }
        }
        let mut events = self.events;
        for event in &mut events {
            event.range = event.range.shifted(by);
            event.timex = event.timex.shifted(by);
        }
        Self {
            of: self.of,
            sentences: layer(self.sentences, by),
            mentions: layer(self.mentions, by),
            foreign: layer(self.foreign, by),
            timexes: layer(self.timexes, by),
            quotes: quotes.into_iter().collect(),
            events,
            unplaced: self.unplaced,
        }
    }

    /// Adds what was found in a later piece of the text.
    pub fn append(&mut self, later: Self) {
        let groups = self
            .quotes
            .iter()
            .map(|(_, quote)| quote.group + 1)
            .max()
            .unwrap_or(0);
        let later_quotes = later
            .quotes
            .into_items()
            .into_iter()
            .map(|(range, mut quote)| {
                quote.group += groups;
                (range, quote)
            });
        self.sentences.append(later.sentences);
        self.mentions.append(later.mentions);
        self.foreign.append(later.foreign);
        self.timexes.append(later.timexes);
        self.quotes.append(later_quotes.collect());
        self.events.extend(later.events);
        self.unplaced
            .retain(|decision| later.unplaced.contains(decision));
    }

    /// What a library keeps of it: each entity once, and the dated passages. [`headings`], [`said`](super::entities::said()) and the sketch need the document itself.
    pub fn postings(&self) -> Postings {
        Postings {
            entities: self.entity_counts(),
            events: self.events.clone(),
            headings: Vec::new(),
            said: Vec::new(),
            sketch: None,
        }
    }

    /// Each entity named, in order of first mention, with how often; of the names used, the longest.
    pub fn entity_counts(&self) -> Vec<EntityCount> {
        let mut at: HashMap<&EntityId, usize> = HashMap::new();
        let mut counts: Vec<EntityCount> = Vec::new();
        for (_, mention) in &self.mentions {
            let index = *at.entry(&mention.entity).or_insert_with(|| {
                counts.push(EntityCount {
                    entity: mention.entity.clone(),
                    name: mention.name.clone(),
                    kind: mention.kind,
                    mentions: 0,
                    documents: 1,
                });
                counts.len() - 1
            });
            if let Some(count) = counts.get_mut(index) {
                count.mentions += 1;
                if mention.name.len() > count.name.len() {
                    count.name = mention.name.clone();
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;

    #[test]
    fn headings_are_kept_but_the_title_and_within_bounds() {
        let mut text = String::from("# Talks\n\nWords.\n\n## On   grain\n\nMore words.\n\n");
        let read = |text: &str| match import::import("/a.md", text.as_bytes()) {
            import::Import::Document(imported) => headings(&imported.document),
            import::Import::Skipped(skip) => panic!("{skip}"),
        };
        let found = read(&text);
        let [heading] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((heading.text.as_str(), heading.level), ("On grain", 2));
        let long = "long ".repeat(100);
        text.extend((0..300).map(|n| format!("## {n} {long}\n\nWords.\n\n")));
        let found = read(&text);
        assert_eq!(found.len(), 200);
        assert!(
            found
                .iter()
                .all(|heading| heading.text.chars().count() <= 160)
        );
    }

    #[test]
    fn what_was_decided_about_a_date_holds_for_the_events_and_what_is_gone_is_told() {
        use crate::time::{Choice, Decision};
        let text = "The ministers met in Berlin on 5 May 2023 and agreed on grain.";
        let document = import::exact("a", text, None, None);
        let (range, _) = analyse(&document).timexes.get(0).unwrap().clone();
        let here = Decision::about(text, range, Choice::Means("2023-05-06".parse().unwrap()));
        let gone = Decision {
            exact: "6 June".into(),
            ..here.clone()
        };
        let analysis = analyse_with(&document, &[here, gone.clone()]);
        let day = analysis.events[0].interval.unwrap().earliest.unwrap();
        assert_eq!(day.to_string(), "2023-05-06");
        assert_eq!(analysis.unplaced, [gone]);
    }

    #[test]
    fn a_large_document_is_analysed_in_pieces_at_the_right_places() {
        let paragraph = "President Emmanuel Macron met ministers in Berlin on 5 May 2023. “We agreed on grain,” Macron said.\n\n";
        let text = paragraph.repeat(12_000);
        let document = import::exact("large", &text, None, None);
        let analysis = analyse(&document);
        let dates = analysis
            .timexes
            .iter()
            .filter(|(range, _)| range.of_text(&text) == "5 May 2023")
            .count();
        assert_eq!(dates, 12_000);
        let places = analysis
            .mentions
            .iter()
            .filter(|(range, _)| range.of_text(&text) == "Berlin")
            .count();
        assert_eq!(places, 12_000);
        let groups: std::collections::HashSet<u32> = analysis
            .quotes
            .iter()
            .map(|(_, quote)| quote.group)
            .collect();
        assert_eq!(groups.len(), 12_000);
    }
}
