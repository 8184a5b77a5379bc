//! Who says it, and when: dated passages that stand in a quotation, and what was said on a day.
//!
//! Three dates are kept apart: that of the event the words tell of, that on which they were said (from the report around the quotation, or that of the statement they stand in), and that on which the
//! document was published.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::events::{entities_of, names_a_time};
use super::label::{label, one_line};
use super::{Event, Sort};
use crate::document::{DocKind, Document, Interval};
use crate::language::entities::{EntityId, Mention};
use crate::language::quotes::{Quote, Speaker, turns};
use crate::text::{Layer, TextRange};
use crate::time::{Grain, Timex};

/// Bytes around the words that name speaker and report in which the day of the report is looked for.
const NEAR: u32 = 80;
/// Bytes of a sentence around a date, and quotations in it, that are looked at.
const LONGEST_SENTENCE: u32 = 600;
const MOST_QUOTES: usize = 8;
/// A report names no longer time than this, in days: "In 1998, Bee said".
const LONGEST: i64 = 366;
/// Fewer words are no saying.
const FEWEST_WORDS: usize = 5;
/// Speakers of one document whose words enter at its publication.
const MOST_SPEAKERS: usize = 12;

/// A quotation somebody speaks.
#[derive(Debug, Clone)]
pub(super) struct Spoken<'a> {
    /// The words between the marks.
    pub(super) range: TextRange,
    /// Parts of one quotation share it.
    pub(super) group: u32,
    /// Who speaks.
    pub(super) name: Cow<'a, str>,
    /// The day they were said on, as far as the report says so.
    pub(super) on: Option<Interval>,
}

/// The quotations of a document with what is needed to say who speaks.
pub(super) struct Sayings<'a> {
    document: &'a Document,
    quotes: &'a Layer<Quote>,
    timexes: &'a Layer<Timex>,
    mentions: &'a Layer<Mention>,
    /// The fullest name of each entity.
    names: HashMap<&'a EntityId, &'a str>,
}

impl<'a> Sayings<'a> {
    pub(super) fn of(
        document: &'a Document,
        quotes: &'a Layer<Quote>,
        timexes: &'a Layer<Timex>,
        mentions: &'a Layer<Mention>,
    ) -> Self {
        let mut names: HashMap<&EntityId, &str> = HashMap::new();
        if !quotes.is_empty() {
            for (_, mention) in mentions {
                let name = names.entry(&mention.entity).or_insert(&mention.name);
                if mention.name.len() > name.len() {
                    *name = &mention.name;
                }
            }
        }
        Self {
            document,
            quotes,
            timexes,
            mentions,
            names,
        }
    }

    /// The quotation a date stands in, if somebody is known to speak it.
    pub(super) fn around(&self, timex: TextRange) -> Option<Spoken<'_>> {
        let (range, quote) = self.quotes.at(timex.start).next()?;
        self.spoken(*range, quote)
    }

    /// Whether a date stands in a quotation, whoever speaks it.
    pub(super) fn quotes(&self, timex: TextRange) -> bool {
        self.quotes.at(timex.start).next().is_some()
    }

    /// The quotation of a sentence that was said on a date: the date stands in its report.
    pub(super) fn on(&self, sentence: TextRange, timex: TextRange) -> Option<Spoken<'_>> {
        if self.quotes(timex) {
            return None;
        }
        let around = TextRange::new(
            timex.start.saturating_sub(LONGEST_SENTENCE),
            timex.end.saturating_add(LONGEST_SENTENCE),
        );
        let around = around.intersection(sentence).unwrap_or(timex);
        let mut near = self.quotes.within(around).take(MOST_QUOTES);
        near.find_map(|(range, quote)| {
            let (at, _) = self.report_day(*range, quote)?;
            at.overlaps(timex).then(|| self.spoken(*range, quote))?
        })
    }

    fn spoken(&self, range: TextRange, quote: &'a Quote) -> Option<Spoken<'_>> {
        Some(Spoken {
            range,
            group: quote.group,
            name: self.speaker(quote.speaker.as_ref()?)?,
            on: self.report_day(range, quote).map(|(_, days)| days),
        })
    }

    /// The speaker's name, of several all: that of the entity, or the words that name it where they are no pronoun.
    fn speaker(&self, speaker: &Speaker) -> Option<Cow<'a, str>> {
        let known: Vec<&str> = speaker
            .entities()
            .filter_map(|entity| self.names.get(entity).copied())
            .collect();
        match known.as_slice() {
            [] => {}
            [name] => return Some(Cow::Borrowed(name)),
            several => return Some(Cow::Owned(several.join(", "))),
        }
        let words = speaker.range.of_text(&self.document.text);
        let is_name = words.len() <= 80 && words.contains(char::is_whitespace);
        is_name.then_some(Cow::Borrowed(words))
    }

    /// Whose turn it is in a transcript: as in [`Sayings::speaker`], or an office that speaks ("SPOKESPERSON"), but nobody who only asks.
    fn label(&self, speaker: &Speaker) -> Option<Cow<'a, str>> {
        let words = speaker.range.of_text(&self.document.text);
        let asks = [
            "Q",
            "QUESTION",
            "REPORTER",
            "MODERATOR",
            "OPERATOR",
            "THE PRESS",
        ];
        if asks.iter().any(|label| words.eq_ignore_ascii_case(label)) {
            return None;
        }
        self.speaker(speaker)
            .or_else(|| (words.len() > 3).then_some(Cow::Borrowed(words)))
    }

    /// The date in the report of a quotation, the one nearest to speaker and reporting word.
    fn report_day(&self, range: TextRange, quote: &Quote) -> Option<(TextRange, Interval)> {
        let evidence = quote.evidence()?;
        let text = &self.document.text;
        let around = TextRange::new(
            evidence.start.saturating_sub(NEAR),
            evidence.end.saturating_add(NEAR),
        );
        let dates = self.timexes.within(around);
        dates
            .filter_map(|(at, timex)| {
                let days = timex.interval.filter(|_| names_a_time(timex))?;
                let short = days.n_days().is_some_and(|n| n <= LONGEST);
                // Nothing was said after it was printed.
                let published = self.document.meta.published.as_ref();
                let last = published.and_then(|published| published.date.interval().latest);
                let printed = days
                    .earliest
                    .zip(last)
                    .is_none_or(|(day, last)| day <= last);
                let quoted = self.quotes.at(at.start).next().is_some();
                // A stop between them, or a paragraph's end, and it dates something else.
                let (left, right) = if at.end <= evidence.start {
                    (at.end, evidence.start)
                } else {
                    (evidence.end, at.start.max(evidence.end))
                };
                let between = TextRange::new(left, right).of_text(text);
                let apart = between.contains(['.', '!', '?', '\n']) || range.contains(at.start);
                (short && printed && !quoted && !apart).then_some((right - left, *at, days))
            })
            .min_by_key(|(apart, ..)| *apart)
            .map(|(_, at, days)| (at, days))
    }

    /// What was said without a date, on the day of the publication: of each speaker once, but those whose words are told already.
    pub(super) fn undated(&self, told: &HashSet<u32>) -> Vec<Event> {
        let Some(published) = self.document.meta.published.as_ref() else {
            return Vec::new();
        };
        let interval = published.date.interval();
        if !interval.is_day() || self.document.meta.kind == DocKind::Statement {
            return Vec::new();
        }
        let text = &self.document.text;
        let mut at: HashMap<String, usize> = HashMap::new();
        let mut found: Vec<(Event, usize)> = Vec::new();
        let mut last = None;
        let quoted_words = self.quotes.iter().filter_map(|(range, quote)| {
            let again = last.replace(quote.group) == Some(quote.group);
            // Words of a day nobody gives are not of that of the paper: "as Bee once said".
            let once = quote.evidence().is_some_and(|evidence| {
                let mut told = evidence.of_text(text).split_whitespace();
                told.any(|word| matches!(word, "once" | "famously"))
            });
            let speaker = quote.speaker.as_ref()?;
            let new = !again && !once && !told.contains(&quote.group);
            let named = || entities_of(self.mentions, *range);
            new.then(|| Some((*range, self.speaker(speaker)?, speaker, named())))?
        });
        let turns = turns(self.document, self.mentions);
        let turns = turns.iter().filter_map(|(range, turn)| {
            let name = self.label(&turn.speaker)?;
            // The first paragraph stands for what was said, and it is about more than it names.
            let first = range.of_text(text).lines().next().unwrap_or_default();
            let range = TextRange::new(range.start, range.start + first.len() as u32);
            Some((range, name, &turn.speaker, Vec::new()))
        });
        for (range, name, speaker, about) in quoted_words.chain(turns) {
            let words = range.of_text(text);
            let enough = words.split_whitespace().nth(FEWEST_WORDS - 1).is_some();
            if !enough {
                continue;
            }
            if let Some(known) = at.get(&*name) {
                if let Some((_, more)) = found.get_mut(*known) {
                    *more += 1;
                }
                continue;
            }
            if found.len() >= MOST_SPEAKERS {
                break;
            }
            at.insert(name.to_string(), found.len());
            let mut entities: Vec<EntityId> = speaker.entities().cloned().collect();
            for named in about {
                if !entities.contains(&named) {
                    entities.push(named);
                }
            }
            found.push((
                Event {
                    doc: self.document.id,
                    range,
                    timex: TextRange::empty(range.start),
                    interval: Some(interval),
                    grain: Grain::Day,
                    bound: None,
                    // Said before it was printed, but not by much.
                    edtf: Some(
                        format!("{}~", published.date.as_str().trim_end_matches('~')).into(),
                    ),
                    said: published.date.as_str().into(),
                    label: quoted(&name, &label(text, range, TextRange::empty(range.start))),
                    entities,
                    // Without words it is never taken for an event that others tell.
                    words: Vec::new(),
                    sort: Sort::Said,
                    speaker: Some(one_line(&name).into()),
                    stated: None,
                    published: Some(published.date.clone()),
                },
                0,
            ));
        }
        found
            .into_iter()
            .map(|(event, more)| match more {
                0 => event,
                more => Event {
                    label: format!("{} (and {more} more)", event.label).into(),
                    ..event
                },
            })
            .collect()
    }
}

/// "Lavrov: “We met”".
pub(super) fn quoted(name: &str, words: &str) -> Box<str> {
    let words = words.trim_matches(['“', '”', '"', ',', ' ']);
    format!("{}: “{words}”", one_line(name)).into()
}
