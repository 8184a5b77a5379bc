//! On which day the words that a story quotes were said: that of the statement they come from, not that of the story.
//!
//! In: the statements of a library with a known day, then documents with their quotations and what the timeline says of them. Out: the same events, with the day of the statement where a quotation
//! is traced to it for certain. The day of an event told of and that of the publication stay what they were.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Ready, traced};
use crate::document::DocKind;
use crate::language::quotes::Quote;
use crate::text::{Layer, TextRange};
use crate::timeline::{Event, Sort};
use crate::trace::passage::Class;
use crate::trace::reuse::seeds::grams;
use crate::trace::words::Words;

/// Words of a run that a quotation shares with a statement before it is looked at closely.
const RUN: usize = 5;
/// Statements that one document is traced to at most.
const MOST: usize = 16;
/// Statements that share a run at most: in more it is a stock phrase.
const COMMON: usize = 16;

/// The statements of a library by the runs of words in them.
#[derive(Debug, Default)]
pub struct Issued {
    statements: Vec<(Arc<Ready>, Layer<Quote>)>,
    by_run: HashMap<u64, Vec<u32>>,
}

impl Issued {
    /// Takes up a document, if it is a statement whose day is known.
    pub fn add(&mut self, ready: &Arc<Ready>, quotes: &Layer<Quote>) {
        let published = ready.published.as_ref();
        let is_day = published.is_some_and(|date| date.interval().is_day());
        if ready.document.meta.kind != DocKind::Statement || !is_day {
            return;
        }
        let number = self.statements.len() as u32;
        for gram in grams(ready.words.ids(), 0, RUN) {
            let of_run = self.by_run.entry(gram.hash).or_default();
            if of_run.len() <= COMMON && of_run.last() != Some(&number) {
                of_run.push(number);
            }
        }
        self.statements.push((Arc::clone(ready), quotes.clone()));
    }

    /// Gives what is said without a day in `events`, those of the document, the day of the statement it comes from.
    pub fn date(&self, of: &Ready, quotes: &Layer<Quote>, events: &mut [Event]) {
        let is_undated = |event: &Event| {
            event.sort == Sort::Said && event.speaker.is_some() && event.stated.is_none()
        };
        let said: Vec<TextRange> = events
            .iter()
            .filter(|event| is_undated(event))
            .map(|event| event.range)
            .collect();
        let near = self.near(of, &said);
        if near.is_empty() {
            return;
        }
        let texts: Vec<_> = near
            .iter()
            .map(|(ready, quotes)| ready.text(quotes))
            .collect();
        for trace in traced(of.text(quotes), &texts) {
            let Some(link) = trace.link.filter(|link| link.class < Class::Rewritten) else {
                continue;
            };
            let Some(date) = near
                .get(link.source)
                .and_then(|(ready, _)| ready.published.clone())
            else {
                continue;
            };
            let days = date.interval();
            for event in events.iter_mut().filter(|event| is_undated(event)) {
                if !trace.parts.contains(&event.range) {
                    continue;
                }
                event.interval = Some(days);
                event.stated = Some(days);
                event.edtf = Some(date.as_str().into());
                event.said = date.as_str().into();
            }
        }
    }

    /// The statements that share a run of words with what is `said`, those that share most first.
    fn near(&self, of: &Ready, said: &[TextRange]) -> Vec<&(Arc<Ready>, Layer<Quote>)> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for part in said {
            let words = Words::within(&of.document.text, *part);
            for gram in grams(words.ids(), 0, RUN) {
                let of_run = self.by_run.get(&gram.hash).map_or(&[][..], Vec::as_slice);
                if of_run.len() <= COMMON {
                    for number in of_run {
                        *shared.entry(*number).or_default() += 1;
                    }
                }
            }
        }
        let mut numbers: Vec<(u32, usize)> = shared.into_iter().collect();
        numbers.sort_by_key(|(number, n_runs)| (std::cmp::Reverse(*n_runs), *number));
        numbers
            .into_iter()
            .filter_map(|(number, _)| self.statements.get(number as usize))
            .filter(|(ready, _)| ready.document.id != of.document.id)
            .take(MOST)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::library::analyse;

    fn ready(id: &str, day: &str, kind: DocKind, text: &str) -> Arc<Ready> {
        let mut document = import::exact(id, text, None, day.parse().ok());
        document.meta.kind = kind;
        Arc::new(Ready::new(Arc::new(document), None))
    }

    /// The days of what is said in a story of 30 October, told beside a statement of 25 October.
    fn said_in(story: &str) -> Vec<String> {
        let statement = ready(
            "statement",
            "2023-10-25",
            DocKind::Statement,
            "We shall count every crate that is carried over the northern pass, and we shall publish the sum.",
        );
        let story = ready("story", "2023-10-30", DocKind::News, story);
        let mut issued = Issued::default();
        issued.add(&statement, &analyse(&statement.document).quotes);
        let analysis = analyse(&story.document);
        let mut events = analysis.events;
        issued.date(&story, &analysis.quotes, &mut events);
        let day = |event: &Event| event.interval.and_then(|days| days.earliest);
        let lines = events.iter().map(|event| {
            let published = event.published.as_ref().map_or("", |date| date.as_str());
            format!(
                "{} in {published}",
                day(event).map_or(String::new(), |day| day.to_string())
            )
        });
        lines.collect()
    }

    #[test]
    fn what_a_story_quotes_was_said_when_its_source_was_issued() {
        assert_eq!(
            said_in(
                "Sergei Lavrov spoke. “We shall count every crate that is carried over the northern pass,” Lavrov said."
            ),
            ["2023-10-25 in 2023-10-30"]
        );
    }

    #[test]
    fn words_without_a_source_keep_the_day_of_their_story() {
        assert_eq!(
            said_in(
                "Sergei Lavrov spoke. “We have never counted a crate in the south,” Lavrov said."
            ),
            ["2023-10-30 in 2023-10-30"]
        );
    }
}
